/* SPDX-License-Identifier: Apache-2.0 */
/* http_connection.h -- a client's connection: from accept to lingering close
 *
 * An MPM makes a conn_rec by create_connection, hands it to
 * ap_process_connection() and closes it by ap_lingering_close().
 */
#ifndef CLEAT_HTTP_CONNECTION_H
#define CLEAT_HTTP_CONNECTION_H

#include <apr_network_io.h>
#include <apr_buckets.h>
#include <apr_hooks.h>
#include "httpd.h"
#include "util_filter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Serving ------------------------------------------------------------- */

/* Serves a connection to its end or until an MPM must wait: chooses the host by
 * address, runs pre_connection and process_connection. csd is the socket. */
AP_DECLARE(void) ap_process_connection(conn_rec *c, void *csd);

/* Runs that hook. OK or a status, with c->aborted set. */
AP_DECLARE(int) ap_pre_connection(conn_rec *c, void *csd);

/* ---- Ending (RFC 9112 section 9.6) --------------------------------------- */

/* Writes what filters keep; with an end-of-connection bucket, flush:
 * waiting. */
AP_DECLARE(void) ap_flush_conn(conn_rec *c);
AP_DECLARE(apr_status_t) ap_shutdown_conn(conn_rec *c, int flush);

/* Runs pre_close_connection; flushes and closes our half (0: the caller
 * lingers, 1: it is closed); both, and reads until the client closes, for a few
 * seconds. */
AP_DECLARE(int) ap_prep_lingering_close(conn_rec *c);
AP_DECLARE(int) ap_start_lingering_close(conn_rec *c);
AP_DECLARE(void) ap_lingering_close(conn_rec *c);

/* ---- End-of-connection bucket: nothing follows, send without delay ------- */

/* Its type, and the test for it. */
extern AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_eoc;
#define AP_BUCKET_IS_EOC(e) ((e)->type == &ap_bucket_type_eoc)

/* Makes one of b; a new one. */
AP_DECLARE(apr_bucket *) ap_bucket_eoc_make(apr_bucket *b);
AP_DECLARE(apr_bucket *) ap_bucket_eoc_create(apr_bucket_alloc_t *list);

/* ---- Hooks --------------------------------------------------------------- */

/* Make a conn_rec for a socket: NULL: not me. The core's is the last. */
AP_DECLARE_HOOK(conn_rec *, create_connection, (apr_pool_t *p,
    server_rec *server, apr_socket_t *csd, long conn_id, void *sbh,
    apr_bucket_alloc_t *alloc))

/* Add connection filters. csd is the socket, NULL for streams. OK; DONE: nobody
 * else; or a status. */
AP_DECLARE_HOOK(int, pre_connection, (conn_rec *c, void *csd))

/* Serve it. OK or DECLINED. An MPM may call it several times, when there is
 * more to read. */
AP_DECLARE_HOOK(int, process_connection, (conn_rec *c))

/* The connection ends; filters still work. */
AP_DECLARE_HOOK(int, pre_close_connection, (conn_rec *c))

#ifdef __cplusplus
}
#endif

#endif
