/* SPDX-License-Identifier: Apache-2.0 */
/* address.c -- the addresses of <VirtualHost>: "addr", "addr:port", "addr:*",
 * "*", "_default_" and their ports, several of them separated by spaces.
 *
 * Names are resolved here, while the configuration is read; one that has no
 * address is reported and leaves its vhost without that address.
 */
#include "vhost.h"

#include <string.h>

#include <apr_strings.h>

#include "http_core.h"
#include "http_log.h"

APLOG_USE_MODULE(core);

static bool is_any(const char *host)
{
    return strcmp(host, "*") == 0 || strcasecmp(host, "_default_") == 0;
}

bool cl_vhost_is_wildcard(const server_addr_rec *address)
{
    static const unsigned char unspecified[16];
    const apr_sockaddr_t *sa = address->host_addr;

    return memcmp(sa->ipaddr_ptr, unspecified, (size_t)sa->ipaddr_len) == 0;
}

static apr_status_t resolve(apr_pool_t *p, const char *host, apr_port_t port,
                            apr_sockaddr_t **sa)
{
    return apr_sockaddr_info_get(sa, is_any(host) ? NULL : host, APR_UNSPEC,
                                 port, 0, p);
}

/* A name may stand for several addresses: one record for each. */
static server_addr_rec **append_addresses(apr_pool_t *p, apr_sockaddr_t *sa,
                                          const char *host, apr_port_t port,
                                          server_addr_rec **tail)
{
    for (; sa; sa = sa->next) {
        server_addr_rec *address = apr_pcalloc(p, sizeof *address);

        address->virthost = apr_pstrdup(p, host);
        address->host_addr = sa;
        address->host_port = port;
        *tail = address;
        tail = &address->next;
        if (is_any(host)) {
            break;                      /* "any" of one family is enough */
        }
    }
    return tail;
}

/* "addr:*" means any port, as does "addr". */
static const char *without_any_port(apr_pool_t *p, const char *word)
{
    size_t length = strlen(word);

    if (length > 2 && strcmp(word + length - 2, ":*") == 0) {
        return apr_pstrmemdup(p, word, length - 2);
    }
    return word;
}

static const char *parse_address(apr_pool_t *p, const char *word,
                                 server_addr_rec ***tail)
{
    char *host, *scope;
    apr_port_t port;
    apr_sockaddr_t *sa;
    apr_status_t rv = apr_parse_addr_port(&host, &scope, &port,
                                          without_any_port(p, word), p);

    if (rv != APR_SUCCESS) {
        return apr_psprintf(p, "<VirtualHost> cannot use \"%s\": give an "
                            "address and a port from 1 to 65535, such as "
                            "192.0.2.1:80, [2001:db8::1]:80 or *:80", word);
    }
    if (host == NULL) {
        return apr_psprintf(p, "<VirtualHost> needs an address before port "
                            "\"%s\"; use *:%s for all addresses", word, word);
    }
    if (scope) {
        host = apr_pstrcat(p, host, "%", scope, NULL);
    }
    rv = resolve(p, host, port, &sa);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, NULL, APLOGNO(50250)
                     "could not find the address of \"%s\" for "
                     "<VirtualHost>; the vhost goes without it", host);
        return NULL;
    }
    *tail = append_addresses(p, sa, host, port, *tail);
    return NULL;
}

AP_DECLARE(const char *) ap_parse_vhost_addrs(apr_pool_t *p,
                                              const char *hostname,
                                              server_rec *s)
{
    server_addr_rec **tail = &s->addrs;
    const char *error = NULL;

    if (*hostname == '\0') {
        return "<VirtualHost> needs an address, such as *:80";
    }
    while (error == NULL && *hostname) {
        error = parse_address(p, ap_getword_conf(p, &hostname), &tail);
    }
    if (s->addrs) {
        s->port = s->addrs->host_port;  /* until ServerName says otherwise */
    }
    return error;
}

AP_DECLARE(const char *) ap_set_name_virtual_host(cmd_parms *cmd, void *,
                                                  const char *)
{
    ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, NULL,
                 APLOGNO(50251) "NameVirtualHost on line %d of \"%s\" has no "
                 "effect; remove it, vhosts are told apart by name anyway",
                 cmd->directive->line_num, cmd->directive->filename);
    return NULL;
}
