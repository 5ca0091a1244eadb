/* SPDX-License-Identifier: Apache-2.0 */
/* mod_authz_host -- authorize by where the client is.
 *
 *   Require ip address[/mask] ...     Require host name ...
 *   Require forward-dns name ...      Require local
 *   providers: authz "ip", "host", "forward-dns", "local"
 */
#include <stdbool.h>
#include <string.h>

#include "ap_expr.h"
#include "ap_provider.h"
#include "apr_network_io.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA authz_host_module;

/* ---- ip */

static const char *parse_subnets(cmd_parms *cmd, const char *line,
                                 const void **parsed)
{
    apr_array_header_t *subnets = apr_array_make(cmd->pool, 4,
                                                 sizeof(apr_ipsubnet_t *));
    const char *word;

    while (*(word = ap_getword_conf(cmd->temp_pool, &line)) != '\0') {
        char *address = apr_pstrdup(cmd->temp_pool, word);
        char *mask = strchr(address, '/');
        apr_ipsubnet_t *subnet;
        apr_status_t rv;

        if (strcmp(word, "all") == 0) {
            return "Require ip needs addresses; for everybody: Require all "
                   "granted";
        }
        if (mask != NULL) {
            *mask++ = '\0';
        }
        rv = apr_ipsubnet_create(&subnet, address, mask, cmd->pool);
        if (rv != APR_SUCCESS) {
            return apr_psprintf(cmd->pool, "Require ip: \"%s\" is no address "
                                "or subnet; example: 192.0.2.0/24", word);
        }
        APR_ARRAY_PUSH(subnets, apr_ipsubnet_t *) = subnet;
    }
    if (subnets->nelts == 0) {
        return "Require ip needs an address; example: 192.0.2.0/24";
    }
    *parsed = subnets;
    return NULL;
}

static authz_status check_subnets(request_rec *r, const char *,
                                  const void *parsed)
{
    const apr_array_header_t *subnets = parsed;

    for (int i = 0; i < subnets->nelts; i++) {
        if (apr_ipsubnet_test(APR_ARRAY_IDX(subnets, i, apr_ipsubnet_t *),
                              r->useragent_addr)) {
            return AUTHZ_GRANTED;
        }
    }
    /* no log line: a part of a <RequireAny> may fail */
    return AUTHZ_DENIED;
}

/* ---- host, forward-dns */

static const char *parse_hosts(cmd_parms *cmd, const char *line,
                               const void **parsed)
{
    const char *error = NULL;

    *parsed = ap_expr_parse_cmd(cmd, line, AP_EXPR_FLAG_STRING_RESULT,
                                &error, NULL);
    return error != NULL ? apr_psprintf(cmd->pool, "could not parse host "
                                        "names \"%s\": %s", line, error)
                         : NULL;
}

static const char *hosts_of(request_rec *r, const void *parsed,
                            const char *what)
{
    const char *error = NULL;
    const char *hosts = ap_expr_str_exec(r, parsed, &error);

    if (error != NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02593)
                      "could not evaluate the names of Require %s: %s", what,
                      error);
        return NULL;
    }
    return hosts;
}

/* Is host the domain, or inside of it? */
static bool is_in_domain(const char *domain, const char *host)
{
    size_t d = strlen(domain);
    size_t h = strlen(host);

    if (d > h || ap_cstr_casecmp(domain, host + h - d) != 0) {
        return false;
    }
    return d == h || domain[0] == '.' || host[h - d - 1] == '.';
}

static authz_status check_hosts(request_rec *r, const char *,
                                const void *parsed)
{
    int is_address = 0;
    const char *hosts = hosts_of(r, parsed, "host");
    const char *client;

    if (hosts == NULL) {
        return AUTHZ_DENIED;
    }
    client = ap_get_useragent_host(r, REMOTE_DOUBLE_REV, &is_address);
    if (client == NULL || is_address) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(01753)
                      "no name is known for the client, so Require host %s "
                      "does not admit it to %s", hosts, r->uri);
        return AUTHZ_DENIED;
    }
    while (*hosts != '\0') {
        if (is_in_domain(ap_getword_conf(r->pool, &hosts), client)) {
            return AUTHZ_GRANTED;
        }
    }
    return AUTHZ_DENIED;
}

static authz_status check_forward_dns(request_rec *r, const char *,
                                      const void *parsed)
{
    const char *hosts = hosts_of(r, parsed, "forward-dns");

    while (hosts != NULL && *hosts != '\0') {
        const char *name = ap_getword_conf(r->pool, &hosts);
        apr_sockaddr_t *addr = NULL;
        apr_status_t rv = apr_sockaddr_info_get(&addr, name, APR_UNSPEC, 0, 0,
                                                r->pool);

        if (rv != APR_SUCCESS) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(03354)
                          "could not find the address of \"%s\"", name);
            continue;
        }
        for (; addr != NULL; addr = addr->next) {
            if (apr_sockaddr_equal(addr, r->useragent_addr)) {
                return AUTHZ_GRANTED;
            }
        }
    }
    return AUTHZ_DENIED;
}

/* ---- local */

static apr_ipsubnet_t *loopback4, *loopback6;

static authz_status check_local(request_rec *r, const char *, const void *)
{
    if (apr_sockaddr_equal(r->connection->local_addr, r->useragent_addr)
        || apr_ipsubnet_test(loopback4, r->useragent_addr)
        || (loopback6 != NULL
            && apr_ipsubnet_test(loopback6, r->useragent_addr))) {
        return AUTHZ_GRANTED;
    }
    return AUTHZ_DENIED;
}

static const char *parse_local(cmd_parms *, const char *line, const void **)
{
    return line != NULL && *line != '\0'
        ? "Require local stands alone, without arguments" : NULL;
}

static int authz_host_pre_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *)
{
    apr_status_t rv = apr_ipsubnet_create(&loopback4, "127.0.0.0", "8", p);

    if (rv != APR_SUCCESS) {
        return !OK;
    }
    if (apr_ipsubnet_create(&loopback6, "::1", NULL, p) != APR_SUCCESS) {
        loopback6 = NULL;
    }
    return OK;
}

static const authz_provider ip_provider = { check_subnets, parse_subnets };
static const authz_provider host_provider = { check_hosts, parse_hosts };
static const authz_provider forward_dns_provider = { check_forward_dns,
                                                     parse_hosts };
static const authz_provider local_provider = { check_local, parse_local };

static void authz_host_register_hooks(apr_pool_t *p)
{
    static const struct { const char *name; const authz_provider *provider; }
    providers[] = {
        { "ip", &ip_provider }, { "host", &host_provider },
        { "forward-dns", &forward_dns_provider }, { "local", &local_provider },
    };

    ap_hook_pre_config(authz_host_pre_config, NULL, NULL, APR_HOOK_MIDDLE);
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
        ap_register_auth_provider(p, AUTHZ_PROVIDER_GROUP, providers[i].name,
                                  AUTHZ_PROVIDER_VERSION,
                                  providers[i].provider,
                                  AP_AUTH_INTERNAL_PER_CONF);
    }
}

AP_DECLARE_MODULE(authz_host) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    authz_host_register_hooks, AP_MODULE_FLAG_NONE
};
