/* SPDX-License-Identifier: Apache-2.0 */
/* linger.c -- ending a connection so that the client gets what was sent.
 *
 * Closing while the client still sends makes the kernel answer with a reset,
 * which may destroy the response on its way (RFC 9112 section 9.6).  So: end
 * our half, and read for a while until the client ends its own.
 */
#include "http_core.h"
#include "http_log.h"
#include "scoreboard.h"

#include "connection/connection.h"

APLOG_USE_MODULE(core);

enum {
    LINGER_WAIT = 2,            /* seconds for the next bytes to come */
    LINGER_LIMIT = 30,          /* seconds in all */
    LINGER_SHORT = 2,           /* in all, when asked to be brief */
    DROP_BYTES = 32 * 1024
};

AP_DECLARE(apr_status_t) ap_shutdown_conn(conn_rec *c, int flush)
{
    apr_bucket_brigade *bb = apr_brigade_create(c->pool, c->bucket_alloc);
    apr_status_t rv;

    if (flush) {
        APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_flush_create(c->bucket_alloc));
    }
    /* end of connection: filters such as TLS say good-bye */
    APR_BRIGADE_INSERT_TAIL(bb, ap_bucket_eoc_create(c->bucket_alloc));
    rv = ap_pass_brigade(c->output_filters, bb);
    apr_brigade_destroy(bb);
    return rv;
}

AP_DECLARE(void) ap_flush_conn(conn_rec *c)
{
    ap_shutdown_conn(c, 1);
}

AP_DECLARE(int) ap_prep_lingering_close(conn_rec *c)
{
    ap_run_pre_close_connection(c);
    if (c->sbh) {
        ap_update_child_status(c->sbh, SERVER_CLOSING, NULL);
    }
    return 0;
}

/* Returns 0 when the caller should linger, else the socket is closed. */
AP_DECLARE(int) ap_start_lingering_close(conn_rec *c)
{
    apr_socket_t *csd = ap_get_conn_socket(c);

    if (!csd) {
        return 1;
    }
    ap_prep_lingering_close(c);
    ap_flush_conn(c);
    if (c->aborted
        || apr_socket_shutdown(csd, APR_SHUTDOWN_WRITE) != APR_SUCCESS
        || c->aborted) {
        apr_socket_close(csd);
        return 1;
    }
    return 0;
}

static apr_interval_time_t linger_limit(conn_rec *c)
{
    return apr_time_from_sec(apr_table_get(c->notes, "short-lingering-close")
                                 ? LINGER_SHORT : LINGER_LIMIT);
}

/* Read and forget until the client ends, falls silent, or time is up. */
static void drop_input(conn_rec *c, apr_socket_t *csd)
{
    apr_time_t now = apr_time_now(), end = now + linger_limit(c);
    char buffer[DROP_BYTES];
    apr_status_t rv = APR_SUCCESS;

    while (rv == APR_SUCCESS && now < end) {
        apr_interval_time_t wait = apr_time_from_sec(LINGER_WAIT);
        apr_size_t n = sizeof buffer;

        apr_socket_timeout_set(csd, wait < end - now ? wait : end - now);
        rv = apr_socket_recv(csd, buffer, &n);
        now = apr_time_now();
    }
}

AP_DECLARE(void) ap_lingering_close(conn_rec *c)
{
    apr_socket_t *csd = ap_get_conn_socket(c);

    if (ap_start_lingering_close(c)) {
        return;
    }
    drop_input(c, csd);
    apr_socket_close(csd);
}
