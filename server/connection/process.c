/* SPDX-License-Identifier: Apache-2.0 */
/* process.c -- the hooks of a connection's life, and who calls them. */
#include "http_core.h"
#include "http_log.h"
#include "http_vhost.h"

#include "connection/connection.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(create_connection)
    APR_HOOK_LINK(pre_connection)
    APR_HOOK_LINK(process_connection)
    APR_HOOK_LINK(pre_close_connection)
    APR_HOOK_LINK(get_pollfd_from_conn)
)
AP_IMPLEMENT_HOOK_RUN_FIRST(conn_rec *, create_connection,
                            (apr_pool_t *p, server_rec *server,
                             apr_socket_t *csd, long conn_id, void *sbh,
                             apr_bucket_alloc_t *alloc),
                            (p, server, csd, conn_id, sbh, alloc), NULL)
AP_IMPLEMENT_HOOK_RUN_ALL(int, pre_connection, (conn_rec *c, void *csd),
                          (c, csd), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, process_connection, (conn_rec *c), (c),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, pre_close_connection, (conn_rec *c), (c), OK,
                          DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(apr_status_t, get_pollfd_from_conn,
                            (conn_rec *c, struct apr_pollfd_t *pfd,
                             apr_interval_time_t *ptimeout),
                            (c, pfd, ptimeout), APR_ENOTIMPL)

AP_DECLARE(int) ap_pre_connection(conn_rec *c, void *csd)
{
    int rc = ap_run_pre_connection(c, csd);

    if (rc == OK || rc == DONE) {
        return OK;
    }
    ap_log_cerror(APLOG_MARK, APLOG_DEBUG, 0, c, APLOGNO(50371)
                  "a module refused the connection (%d)", rc);
    c->aborted = 1;
    return rc;
}

AP_DECLARE(void) ap_process_connection(conn_rec *c, void *csd)
{
    ap_update_vhost_given_ip(c);
    ap_pre_connection(c, csd);
    if (!c->aborted) {
        ap_run_process_connection(c);
    }
}
