/* SPDX-License-Identifier: Apache-2.0 */
/* names.c -- what a server is called: the directives that name it, the name
 * it gets when nobody named it, and the name and port that self-referential
 * URLs show (UseCanonicalName, UseCanonicalPhysicalPort).
 */
#include "vhost.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

APLOG_USE_MODULE(core);

/* ----- directives */

static bool parse_port(const char *digits, apr_port_t *port)
{
    char *end;
    apr_int64_t value = apr_strtoi64(digits, &end, 10);

    *port = (apr_port_t)value;
    return apr_isdigit(*digits) && *end == '\0' && value > 0 && value < 65536;
}

const char *cl_set_server_name(cmd_parms *cmd, void *, const char *arg)
{
    const char *error = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    const char *scheme_end = strstr(arg, "://");
    const char *name = scheme_end ? scheme_end + 3 : arg;
    const char *colon;
    apr_port_t port = 0;

    if (error) {
        return error;
    }
    if (strpbrk(name, "*?[")) {
        return apr_psprintf(cmd->pool, "ServerName needs one name, not \"%s\";"
                            " ServerAlias takes several and patterns", arg);
    }
    if (scheme_end == arg || *name == ':' || *name == '\0') {
        return apr_psprintf(cmd->pool, "ServerName needs a name, not \"%s\"; "
                            "example: https://www.example.com:443", arg);
    }
    colon = strchr(name, ':');
    if (colon && !parse_port(colon + 1, &port)) {
        return apr_psprintf(cmd->pool, "ServerName needs a port from 1 to "
                            "65535 behind the colon, not \"%s\"", arg);
    }
    if (scheme_end) {
        char *scheme = apr_pstrmemdup(cmd->pool, arg,
                                      (apr_size_t)(scheme_end - arg));

        ap_str_tolower(scheme);
        cmd->server->server_scheme = scheme;
    }
    cmd->server->server_hostname =
        colon ? apr_pstrmemdup(cmd->pool, name, (apr_size_t)(colon - name))
              : apr_pstrdup(cmd->pool, name);
    cmd->server->port = port;
    return NULL;
}

const char *cl_set_server_alias(cmd_parms *cmd, void *, const char *args)
{
    server_rec *s = cmd->server;

    if (!s->is_virtual) {
        return "ServerAlias belongs into a <VirtualHost> section";
    }
    while (*args) {
        char *name = ap_getword_conf(cmd->pool, &args);

        APR_ARRAY_PUSH(strpbrk(name, "*?") ? s->wild_names : s->names,
                       char *) = name;
    }
    return NULL;
}

const char *cl_set_server_path(cmd_parms *cmd, void *, const char *arg)
{
    const char *error = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (error == NULL) {
        cmd->server->path = arg;
        cmd->server->pathlen = (int)strlen(arg);
    }
    return error;
}

const char *cl_set_strict_host_check(cmd_parms *cmd, void *, int on)
{
    core_server_config *conf =
        ap_get_core_module_config(cmd->server->module_config);

    conf->strict_host_check = on ? AP_CORE_CONFIG_ON : AP_CORE_CONFIG_OFF;
    return NULL;
}

/* ----- servers without a ServerName */

static bool has_wildcard(const server_rec *s)
{
    const server_addr_rec *at = s->addrs;

    while (at && !cl_vhost_is_wildcard(at)) {
        at = at->next;
    }
    return at != NULL;
}

static char *name_by_address(apr_pool_t *p, const server_rec *s)
{
    char *name;
    apr_status_t rv = apr_getnameinfo(&name, s->addrs->host_addr, 0);

    if (rv == APR_SUCCESS) {
        return apr_pstrdup(p, name);
    }
    ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, APLOGNO(50255)
                 "could not find the name of address \"%s\" for the vhost in "
                 "\"%s\" line %u; give it a ServerName", s->addrs->virthost,
                 s->defn_name, s->defn_line_number);
    return apr_pstrdup(p, "bogus_host_without_reverse_dns");
}

void cl_vhost_settle_names(apr_pool_t *p, server_rec *main)
{
    if (main->server_hostname == NULL) {
        main->server_hostname = ap_get_local_host(p);
    }
    for (server_rec *s = main->next; s; s = s->next) {
        if (s->server_hostname == NULL) {
            s->server_hostname = s->addrs == NULL || has_wildcard(s)
                                     ? main->server_hostname
                                     : name_by_address(p, s);
        }
    }
}

bool cl_vhost_server_has_name(const server_rec *s, const char *host)
{
    if (s->server_hostname && strcasecmp(host, s->server_hostname) == 0) {
        return true;
    }
    for (int i = 0; s->names && i < s->names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(s->names, i, const char *);

        if (name && strcasecmp(host, name) == 0) {
            return true;
        }
    }
    for (int i = 0; s->wild_names && i < s->wild_names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(s->wild_names, i, const char *);

        if (name && ap_strcasecmp_match(host, name) == 0) {
            return true;
        }
    }
    return false;
}

/* ----- self-referential URLs */

/* The name of the address the client reached; asked once per connection. */
static const char *name_by_dns(request_rec *r)
{
    conn_rec *c = r->connection;

    if (c->local_host == NULL) {
        if (apr_getnameinfo(&c->local_host, c->local_addr, 0) == APR_SUCCESS) {
            ap_str_tolower(c->local_host);
        }
        else {
            c->local_host = apr_pstrdup(c->pool, r->server->server_hostname);
        }
    }
    return c->local_host;
}

AP_DECLARE(const char *) ap_get_server_name(request_rec *r)
{
    const core_dir_config *conf =
        ap_get_core_module_config(r->per_dir_config);

    if (conf->use_canonical_name == USE_CANONICAL_NAME_DNS) {
        return name_by_dns(r);
    }
    if (conf->use_canonical_name == USE_CANONICAL_NAME_ON || !r->hostname) {
        return r->server->server_hostname;
    }
    return r->hostname;
}

AP_DECLARE(const char *) ap_get_server_name_for_url(request_rec *r)
{
    const char *name = ap_get_server_name(r);

    if (name && *name != '[' && strchr(name, ':')) {
        return apr_pstrcat(r->pool, "[", name, "]", NULL);
    }
    return name;
}

AP_DECLARE(apr_port_t) ap_get_server_port(const request_rec *r)
{
    const core_dir_config *conf =
        ap_get_core_module_config(r->per_dir_config);
    apr_port_t physical = 0, first, third;

    if (conf->use_canonical_phys_port == USE_CANONICAL_PHYS_PORT_ON) {
        physical = r->connection->local_addr->port;
    }
    if (conf->use_canonical_name == USE_CANONICAL_NAME_ON) {
        first = r->server->port;
        third = 0;
    }
    else {
        first = r->parsed_uri.port_str ? r->parsed_uri.port : 0;
        third = r->server->port;
    }
    if (first == 0) {
        first = physical ? physical : third;
    }
    return first ? first : ap_run_default_port(r);
}

AP_DECLARE(char *) ap_construct_server(apr_pool_t *p, const char *hostname,
                                       apr_port_t port, const request_rec *r)
{
    if (ap_is_default_port(port, r)) {
        return apr_pstrdup(p, hostname);
    }
    return apr_psprintf(p, "%s:%u", hostname, port);
}

AP_DECLARE(char *) ap_construct_url(apr_pool_t *p, const char *uri,
                                    request_rec *r)
{
    apr_port_t port = ap_get_server_port(r);
    const char *host = ap_get_server_name_for_url(r);

    return apr_pstrcat(p, ap_run_http_scheme(r), "://",
                       ap_construct_server(p, host, port, r), uri, NULL);
}
