/* SPDX-License-Identifier: Apache-2.0 */
/* match.c -- choose the server: by address when a connection is made, by name
 * when a request has been read.
 *
 * conn_rec.vhost_lookup_data holds the set of servers for the connection's
 * local address; connections made by copying (HTTP/2 streams) inherit it.
 * base_server may be another member meanwhile, if TLS has seen a name (SNI).
 */
#include "vhost.h"

#include <string.h>

#include <apr_strings.h>

#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"
#include "http_vhost.h"

APLOG_USE_MODULE(core);

/* Written while configuring, before there are threads; read by all after. */
static const struct cl_vhost_table *current_table;

static apr_status_t forget_table(void *)
{
    current_table = NULL;
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_init_vhost_config(apr_pool_t *p)
{
    current_table = NULL;
    apr_pool_cleanup_register(p, NULL, forget_table, apr_pool_cleanup_null);
}

AP_DECLARE(void) ap_fini_vhost_config(apr_pool_t *p, server_rec *main_server)
{
    struct cl_vhost_table *table;

    cl_vhost_settle_names(p, main_server);
    table = cl_vhost_compile(p, main_server);
    current_table = table;
    if (ap_exists_config_define("DUMP_VHOSTS")) {
        cl_vhost_dump(table);
    }
}

AP_DECLARE(void) ap_update_vhost_given_ip(conn_rec *conn)
{
    const struct cl_vhost_set *set = NULL;

    if (current_table) {
        set = cl_vhost_find_set(current_table, conn->local_addr);
    }
    conn->vhost_lookup_data = (void *)set;
    if (set) {
        conn->base_server = set->members[0].server;
    }
    else if (ap_server_conf) {
        conn->base_server = ap_server_conf;
    }
}

AP_DECLARE(int) ap_vhost_iterate_given_conn(conn_rec *conn,
                                            ap_vhost_iterate_conn_cb func_cb,
                                            void *baton)
{
    const struct cl_vhost_set *set = conn->vhost_lookup_data;
    const server_rec *last = NULL;
    int rv = 0;

    if (set == NULL) {
        return func_cb(baton, conn, conn->base_server);
    }
    for (uint32_t i = 0; rv == 0 && i < set->count; i++) {
        server_rec *s = set->members[i].server;

        if (s != last) {
            rv = func_cb(baton, conn, s);
        }
        last = s;
    }
    return rv;
}

AP_DECLARE(int) ap_matches_request_vhost(request_rec *r, const char *host,
                                         apr_port_t port)
{
    const server_rec *s = r->server;

    for (const server_addr_rec *at = s->addrs; at; at = at->next) {
        if ((at->host_port == 0 || at->host_port == port)
            && strcasecmp(host, at->virthost) == 0) {
            return 1;
        }
    }
    return port == s->port && cl_vhost_server_has_name(s, host);
}

static enum cl_host_rules rules_for(const request_rec *r)
{
    const core_server_config *conf =
        ap_get_core_module_config(r->server->module_config);

    return conf->http_conformance == AP_HTTP_CONFORMANCE_UNSAFE
               ? CL_HOST_LAX : CL_HOST_STRICT;
}

static bool refuse_host(request_rec *r, const char *host, const char *wrong)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50252)
                  "Client sent malformed Host header: \"%s\", %s", host,
                  wrong);
    r->status = HTTP_BAD_REQUEST;
    return false;
}

/* RFC 9112 section 3.2.2: with a target in absolute form its host counts and
 * the Host field is ignored.  Who reads the field later (scripts, backends)
 * must not see another name than the one we chose by. */
static void replace_host_field(request_rec *r, const char *name)
{
    const char *port = r->parsed_uri.port_str;
    const char *open = strchr(name, ':') ? "[" : "";
    const char *host = apr_pstrcat(r->pool, open, name, *open ? "]" : "",
                                   port ? ":" : NULL, port, NULL);
    const char *before = apr_table_get(r->headers_in, "Host");

    if (before && strcmp(before, host) != 0) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(50253)
                      "using host \"%s\" of the request target, not \"%s\" "
                      "of the Host field", host, before);
        apr_table_setn(r->headers_in, "Host", host);
    }
}

static bool take_host_of_target(request_rec *r, enum cl_host_rules rules)
{
    const char *name;
    const char *wrong = cl_vhost_check_name(r->pool, r->hostname, rules,
                                            &name);

    if (wrong) {
        return refuse_host(r, r->hostname, wrong);
    }
    r->hostname = name;
    if (rules == CL_HOST_STRICT) {
        replace_host_field(r, name);
    }
    return true;
}

static bool take_host_of_field(request_rec *r, const char *field,
                               enum cl_host_rules rules)
{
    struct cl_host host;
    const char *wrong = cl_vhost_parse_host(r->pool, field, rules, &host);

    if (wrong) {
        return refuse_host(r, field, wrong);
    }
    if (host.port) {
        r->parsed_uri.port = host.port;
        r->parsed_uri.port_str = apr_itoa(r->pool, host.port);
    }
    r->hostname = host.name;
    return true;
}

/* An empty field says nothing; http/ refuses it where a host must be given. */
static bool settle_hostname(request_rec *r)
{
    const char *field;

    if (r->hostname) {
        return take_host_of_target(r, rules_for(r));
    }
    field = apr_table_get(r->headers_in, "Host");
    if (field == NULL || *field == '\0') {
        return true;
    }
    return take_host_of_field(r, field, rules_for(r));
}

static bool is_below(const char *uri, const char *path, size_t length)
{
    return strncmp(uri, path, length) == 0
           && (path[length - 1] == '/' || uri[length] == '/'
               || uri[length] == '\0');
}

/* ServerPath stands in for a name that an HTTP/1.0 client did not send. */
static server_rec *find_by_path(const struct cl_vhost_set *set,
                                const request_rec *r)
{
    for (uint32_t i = 0; set->paths && r->uri && i < set->count; i++) {
        server_rec *s = set->members[i].server;

        if (s->path && s->pathlen > 0
            && is_below(r->uri, s->path, (size_t)s->pathlen)) {
            return s;
        }
    }
    return NULL;
}

static server_rec *find_by_name(const struct cl_vhost_set *set,
                                const request_rec *r)
{
    server_rec *base = r->connection->base_server;

    if (set) {
        return cl_vhost_find_server(set, r->hostname);
    }
    return cl_vhost_server_has_name(base, r->hostname) ? base : NULL;
}

static int refuse_name(const request_rec *r)
{
    ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, r, APLOGNO(50254)
                  "refusing host \"%s\", which no ServerName or ServerAlias "
                  "lists for this address; add it or turn StrictHostCheck "
                  "off", r->hostname);
    return HTTP_BAD_REQUEST;
}

AP_DECLARE(int) ap_update_vhost_from_headers_ex(request_rec *r,
                                                int require_match)
{
    const struct cl_vhost_set *set = r->connection->vhost_lookup_data;
    server_rec *s = NULL;

    if (r->status != HTTP_OK) {
        return r->status;               /* reading it has failed already */
    }
    if (!settle_hostname(r)) {
        return HTTP_BAD_REQUEST;
    }
    if (r->hostname == NULL) {
        s = set ? find_by_path(set, r) : NULL;
    }
    else if (set || require_match) {
        s = find_by_name(set, r);
        if (s == NULL && require_match) {
            return refuse_name(r);
        }
    }
    if (s) {
        r->server = s;
    }
    return HTTP_OK;
}

AP_DECLARE(void) ap_update_vhost_from_headers(request_rec *r)
{
    ap_update_vhost_from_headers_ex(r, 0);
}
