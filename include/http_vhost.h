/* SPDX-License-Identifier: Apache-2.0 */
/* http_vhost.h -- virtual hosts: addresses of the configuration, choice for a
 * request */
#ifndef CLEAT_HTTP_VHOST_H
#define CLEAT_HTTP_VHOST_H

#include "httpd.h"
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Configuration ------------------------------------------------------- */

/* Before the tree runs; after it, which makes the tables. */
AP_DECLARE(void) ap_init_vhost_config(apr_pool_t *p);
AP_DECLARE(void) ap_fini_vhost_config(apr_pool_t *p, server_rec *main_server);

/* Addresses of a <VirtualHost> into s->addrs. NULL or an error. */
AP_DECLARE(const char *) ap_parse_vhost_addrs(apr_pool_t *p,
    const char *hostname, server_rec *s);

/* Directive function of NameVirtualHost: a warning that it has no effect. */
AP_DECLARE(const char *) ap_set_name_virtual_host(cmd_parms *cmd, void *dummy,
    const char *arg);

/* ---- Choice -------------------------------------------------------------- */

/* conn->base_server by the local address. */
AP_DECLARE(void) ap_update_vhost_given_ip(conn_rec *conn);

/* r->hostname and r->server by target and Host (RFC 9112 section 3.2); _ex: OK
 * or a status; require_match: no match, no host: 400. */
AP_DECLARE(void) ap_update_vhost_from_headers(request_rec *r);
AP_DECLARE(int) ap_update_vhost_from_headers_ex(request_rec *r,
    int require_match);

/* Whether r's host is known by this name and port. */
AP_DECLARE(int) ap_matches_request_vhost(request_rec *r, const char *host,
    apr_port_t port);

/* Called with (baton, connection, host); not 0 ends the walk. */
typedef int (*ap_vhost_iterate_conn_cb)(void *, conn_rec *, server_rec *);

/* Calls it for the hosts of conn's address. What the last call returned. */
AP_DECLARE(int) ap_vhost_iterate_given_conn(conn_rec *conn,
    ap_vhost_iterate_conn_cb func_cb, void *baton);

#ifdef __cplusplus
}
#endif

#endif
