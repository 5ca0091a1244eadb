/* SPDX-License-Identifier: Apache-2.0 */
/* mod_core.h -- filters and handlers of HTTP/1.x, between the parts of the
 * core
 *
 * Other modules have no need for these, but mod_proxy and HTTP/2.
 */
#ifndef CLEAT_MOD_CORE_H
#define CLEAT_MOD_CORE_H

#include <apr.h>
#include <apr_buckets.h>
#include "httpd.h"
#include "util_filter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Filters ------------------------------------------------------------- */

/* Handles of those below, and of ap_http_header_filter() and
 * ap_byterange_filter(). */
extern AP_DECLARE_DATA ap_filter_rec_t *ap_http_input_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_http_header_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_chunk_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_byterange_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_http_outerror_filter_handle;

/* Input: one body out of a connection's bytes (RFC 9112 section 6); also a
 * backend's. */
AP_DECLARE(apr_status_t) ap_http_filter(ap_filter_t *f, apr_bucket_brigade *b,
    ap_input_mode_t mode, apr_read_type_e block, apr_off_t readbytes);

/* Output: chunks (RFC 9112 section 7.1). */
AP_DECLARE(apr_status_t) ap_http_chunk_filter(ap_filter_t *f,
    apr_bucket_brigade *b);

/* Output: closes the connection behind a body that broke off. */
AP_DECLARE(apr_status_t) ap_http_outerror_filter(ap_filter_t *f,
    apr_bucket_brigade *b);

/* Of multipart/byteranges; fixed at the start. */
extern AP_DECLARE_DATA const char *ap_multipart_boundary;

/* ---- Responses ----------------------------------------------------------- */

/* Writes status line, Date and Server to bb. */
AP_DECLARE(void) ap_basic_http_header(request_rec *r, apr_bucket_brigade *bb);

/* Answers OPTIONS (RFC 9110 section 9.3.7), TRACE (9.3.8). OK, DECLINED or a
 * status. */
AP_DECLARE(int) ap_send_http_options(request_rec *r);
AP_DECLARE(int) ap_send_http_trace(request_rec *r);

/* ErrorDocument for a status, by ap_index_of_response(); NULL: none. */
AP_DECLARE(char *) ap_response_code_string(request_rec *r, int error_index);

/* ---- Randomness ---------------------------------------------------------- */

/* Sees that the system has random bytes; nothing to do. */
AP_DECLARE(void) ap_init_rng(apr_pool_t *p);
AP_DECLARE(void) ap_random_parent_after_fork(void);

#ifdef __cplusplus
}
#endif

#endif
