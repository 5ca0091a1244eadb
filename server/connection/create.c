/* SPDX-License-Identifier: Apache-2.0 */
/* create.c -- a conn_rec from an accepted socket, and the network filters
 * at the ends of its two chains.
 *
 * The core's slot of the connection's config holds the socket: by old custom
 * other modules look there, and mod_http2 puts a stand-in there for its
 * secondary connections, which therefore get no network filters.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_ssl.h"
#include "mpm_common.h"

#include "connection/connection.h"

APLOG_USE_MODULE(core);

static apr_status_t find_addresses(conn_rec *c, apr_socket_t *csd)
{
    apr_status_t rv = apr_socket_addr_get(&c->local_addr, APR_LOCAL, csd);

    if (rv == APR_SUCCESS) {
        rv = apr_sockaddr_ip_get(&c->local_ip, c->local_addr);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_socket_addr_get(&c->client_addr, APR_REMOTE, csd);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_sockaddr_ip_get(&c->client_ip, c->client_addr);
    }
    return rv;
}

conn_rec *cl_connection_create(apr_pool_t *p, server_rec *server,
                               apr_socket_t *csd, long id, void *sbh,
                               apr_bucket_alloc_t *alloc)
{
    conn_rec *c = apr_pcalloc(p, sizeof *c);
    apr_status_t rv;

    c->pool = p;
    c->sbh = sbh;
    c->id = id;
    c->base_server = server;
    c->bucket_alloc = alloc;
    c->current_thread = ap_thread_current();
    rv = find_addresses(c, csd);
    if (rv != APR_SUCCESS) {
        /* the client has gone already, no more than that */
        ap_log_error(APLOG_MARK, APLOG_INFO, rv, server, APLOGNO(50372)
                     "could not find out the addresses of a new connection");
        apr_socket_close(csd);
        return NULL;
    }
    c->conn_config = ap_create_conn_config(p);
    c->notes = apr_table_make(p, 5);
    ap_set_core_module_config(c->conn_config, csd);
    return c;
}

/* SendBufferSize and ReceiveBufferSize come with the listening socket. */
static void set_socket(conn_rec *c, apr_socket_t *csd)
{
    apr_status_t rv = apr_socket_timeout_set(csd, c->base_server->timeout);

    ap_sock_disable_nagle(csd);
    if (rv != APR_SUCCESS) {
        ap_log_cerror(APLOG_MARK, APLOG_DEBUG, rv, c, APLOGNO(50370)
                      "could not set the time-out of the connection");
    }
}

int cl_connection_prepare(conn_rec *c, void *csd)
{
    core_net_rec *net;

    if (c->master) {
        return DONE;
    }
    net = apr_pcalloc(c->pool, sizeof *net);
    net->c = c;
    net->client_socket = csd;
    set_socket(c, csd);
    ap_set_core_module_config(c->conn_config, csd);
    ap_add_input_filter_handle(ap_core_input_filter_handle, net, NULL, c);
    ap_add_output_filter_handle(ap_core_output_filter_handle, net, NULL, c);
    return DONE;
}

AP_DECLARE(apr_socket_t *) ap_get_conn_socket(conn_rec *c)
{
    return ap_get_core_module_config(c->conn_config);
}

apr_status_t cl_connection_get_pollfd(conn_rec *c, struct apr_pollfd_t *pfd,
                                      apr_interval_time_t *timeout)
{
    apr_socket_t *csd = c->master ? NULL : ap_get_conn_socket(c);

    if (!csd) {
        return APR_ENOTIMPL;
    }
    pfd->desc_type = APR_POLL_SOCKET;
    pfd->desc.s = csd;
    if (timeout) {
        apr_socket_timeout_get(csd, timeout);
    }
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_get_pollfd_from_conn(conn_rec *c,
                                                 struct apr_pollfd_t *pfd,
                                                 apr_interval_time_t *ptimeout)
{
    return ap_run_get_pollfd_from_conn(c, pfd, ptimeout);
}

/* Every module has registered its functions by now. */
static void retrieve_ssl_functions(void)
{
    ap_setup_ssl_optional_fns(apr_hook_global_pool);
}

void cl_connection_register_hooks(apr_pool_t *)
{
    /* last: the functions of a TLS module come first */
    ap_hook_optional_fn_retrieve(retrieve_ssl_functions, NULL, NULL,
                                 APR_HOOK_REALLY_LAST);
    ap_hook_create_connection(cl_connection_create, NULL, NULL,
                              APR_HOOK_REALLY_LAST);
    /* last: every other filter must sit above the network's */
    ap_hook_pre_connection(cl_connection_prepare, NULL, NULL,
                           APR_HOOK_REALLY_LAST);
    ap_hook_get_pollfd_from_conn(cl_connection_get_pollfd, NULL, NULL,
                                 APR_HOOK_REALLY_LAST);
}
