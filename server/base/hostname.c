/* SPDX-License-Identifier: Apache-2.0 */
/* hostname.c -- what this machine calls itself, for servers without a
 * ServerName. */
#include "httpd.h"
#include "http_log.h"

#include <apr_network_io.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

APLOG_USE_MODULE(core);

static bool is_full_name(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot != NULL && dot != name;
}

/* The canonical name of our address, if it has a dot; else NULL. */
static char *resolve_full_name(apr_pool_t *p, const char *short_name,
                               apr_sockaddr_t **address)
{
    char *name = NULL;

    if (apr_sockaddr_info_get(address, short_name, APR_UNSPEC, 0, 0, p)
            != APR_SUCCESS) {
        *address = NULL;
        return NULL;
    }
    if (apr_getnameinfo(&name, *address, 0) == APR_SUCCESS
        && name != NULL && is_full_name(name)) {
        return apr_pstrdup(p, name);
    }
    return NULL;
}

AP_DECLARE(char *) ap_get_local_host(apr_pool_t *p)
{
    char name[APRMAXHOSTLEN + 1];
    apr_sockaddr_t *address = NULL;
    char *full = NULL;

    if (apr_gethostname(name, sizeof name, p) == APR_SUCCESS) {
        name[sizeof name - 1] = '\0';
        full = resolve_full_name(p, name, &address);
        if (full == NULL && is_full_name(name)) {
            full = apr_pstrdup(p, name);
        }
    }
    if (full != NULL) {
        return full;
    }
    if (address == NULL || apr_sockaddr_ip_get(&full, address) != APR_SUCCESS) {
        full = apr_pstrdup(p, "127.0.0.1");
    }
    ap_log_perror(APLOG_MARK, APLOG_ALERT | APLOG_STARTUP, 0, p,
                  APLOGNO(00558) "could not find out the full name of this "
                  "host, using \"%s\"; set \"ServerName\" in the main "
                  "configuration", full);
    return full;
}
