/* SPDX-License-Identifier: Apache-2.0 */
/* mod_http2.h -- HTTP/2: questions of other modules */
#ifndef CLEAT_MOD_HTTP2_H
#define CLEAT_MOD_HTTP2_H

#include "httpd.h"
#include <apr_optional.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
/* Opaque: one. */
typedef struct h2_req_engine h2_req_engine;

/* This header was included; http2_get_pollfd_from_conn() is here. */
#define __MOD_HTTP2_H__
#define AP_HTTP2_HAS_GET_POLLFD

/* Whether c is an HTTP/2 connection or a stream of one. */
APR_DECLARE_OPTIONAL_FN(int, http2_is_h2, (conn_rec *));

/* HTTP2, H2PUSH, H2_STREAM_ID and the like, in the pool; "" where it does not
 * apply. */
APR_DECLARE_OPTIONAL_FN(char *, http2_var_lookup, (apr_pool_t *, server_rec *,
    conn_rec *, request_rec *, char *));

/* Threads for streams, least and most. */
APR_DECLARE_OPTIONAL_FN(void, http2_get_num_workers, (server_rec *s, int *minw,
    int *max));

/* See ap_get_pollfd_from_conn(). */
APR_DECLARE_OPTIONAL_FN(apr_status_t, http2_get_pollfd_from_conn, (conn_rec *c,
    struct apr_pollfd_t *pfd, apr_interval_time_t *ptimeout));

/* ---- Request engines: of old; push always fails -------------------------- */

/* Callbacks of such engines. */
typedef void http2_output_consumed(void *, conn_rec *, apr_off_t);
typedef apr_status_t http2_req_engine_init(h2_req_engine *, const char *,
    const char *, apr_pool_t *, apr_size_t, request_rec *,
    http2_output_consumed **, void **);

/* Give a request to one, take one from it, say that it is done. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, http2_req_engine_push,
    (const char *engine_type, request_rec *r, http2_req_engine_init *einit));
APR_DECLARE_OPTIONAL_FN(apr_status_t, http2_req_engine_pull,
    (h2_req_engine *engine, apr_read_type_e block, int capacity,
    request_rec **pr));
APR_DECLARE_OPTIONAL_FN(void, http2_req_engine_done, (h2_req_engine *engine,
    conn_rec *rconn, apr_status_t status));

#ifdef __cplusplus
}
#endif

#endif
