/* SPDX-License-Identifier: Apache-2.0 */
/* http_protocol.h -- HTTP/1.x: reading requests, writing responses
 *
 * Handlers write with ap_rwrite() and its kin or pass brigades to
 * r->output_filters. The status line and fields go out with the first bytes, so
 * set r->status and r->headers_out before.
 */
#ifndef CLEAT_HTTP_PROTOCOL_H
#define CLEAT_HTTP_PROTOCOL_H

#include "httpd.h"
#include <apr_portable.h>
#include <apr_mmap.h>
#include <apr_buckets.h>
#include "util_filter.h"
#include "http_config.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct etag_rec etag_rec;
typedef struct ap_bucket_error ap_bucket_error;

/* ---- Reading a request --------------------------------------------------- */

/* Name of HTTP/1.x in protocol negotiation. */
#define AP_PROTOCOL_HTTP1 "http/1.1"

/* flags of ap_getline(). */
#define AP_GETLINE_FOLD 1       /* join continuation lines (obsolete folding) */
#define AP_GETLINE_CRLF 2       /* a line ends in CR LF, LF alone is refused */
#define AP_GETLINE_NOSPC_EOL 4  /* a line that is too long is read to its end
                                 * before APR_ENOSPC */

/* Reads request line and fields of the next request. NULL: nothing came, the
 * connection ends, or the client was answered with an error already. */
AP_DECLARE(request_rec *) ap_read_request(conn_rec *c);

/* r->the_request into method, target and version (RFC 9112 section 3). 1, or 0
 * with r->status set. */
AP_DECLARE(int) ap_parse_request_line(request_rec *r);

/* A target into r->uri, args, parsed_uri and unparsed_uri; r->status when it is
 * none. */
AP_DECLARE(void) ap_parse_uri(request_rec *r, const char *uri);

/* Reads fields up to the empty line into r->headers_in; r->status on errors. bb
 * is scratch. */
AP_DECLARE(void) ap_get_mime_headers(request_rec *r);
AP_DECLARE(void) ap_get_mime_headers_core(request_rec *r,
    apr_bucket_brigade *bb);

/* Host and Expect of a request (RFC 9112 section 3.2, RFC 9110 section 10.1.1).
 * 1, or 0 with r->status set. */
AP_DECLARE(int) ap_check_request_header(request_rec *r);

/* Runs that hook. OK or a status. */
AP_DECLARE(int) ap_post_read_request(request_rec *r);

/* A line of at most n - 1 bytes into *s (allocated in r->pool when it is NULL),
 * without its line end; *read is its length. APR_ENOSPC: it is longer. */
#define ap_rgetline(s, n, read, r, fold, bb) \
    ap_rgetline_core((s), (n), (read), (r), (fold), (bb))
AP_DECLARE(apr_status_t) ap_rgetline_core(char **s, apr_size_t n,
    apr_size_t *read, request_rec *r, int flags, apr_bucket_brigade *bb);

/* The same, simpler: the length, n when the line is longer, -1 on errors. */
AP_DECLARE(int) ap_getline(char *s, int n, request_rec *r, int flags);

/* ---- Request bodies ------------------------------------------------------ */

/* Begins to read a body by blocks; read_policy is REQUEST_* of httpd.h. OK or a
 * status to return. */
AP_DECLARE(int) ap_setup_client_block(request_rec *r, int read_policy);

/* 1 when there is a body; a client that waits for it gets 100 Continue when it
 * is read. */
AP_DECLARE(int) ap_should_client_block(request_rec *r);

/* The next bytes; 0 at the end, -1 on errors (then r->status may say which). */
AP_DECLARE(long) ap_get_client_block(request_rec *r, char *buffer,
    apr_size_t bufsiz);

/* Reads and forgets the rest of a body. OK or a status. Handlers that do not
 * read it call this. */
AP_DECLARE(int) ap_discard_request_body(request_rec *r);

/* The status for an error of an input filter; status where nothing fits. */
AP_DECLARE(int) ap_map_http_request_error(apr_status_t rv, int status);

/* ---- Response: what it is ------------------------------------------------ */

/* r->content_type, not copied. trusted: it comes from the administrator,
 * browsers need not guess. */
AP_DECLARE(void) ap_set_content_type(request_rec *r, const char *ct);
AP_DECLARE(void) ap_set_content_type_ex(request_rec *r, const char *ct,
    int trusted);

/* type, with the charset of AddDefaultCharset where that applies. */
AP_DECLARE(const char *) ap_make_content_type(request_rec *r,
    const char *type);

/* Nothing to prepare here. */
AP_DECLARE(void) ap_setup_make_content_type(apr_pool_t *pool);

/* r->clength and the Content-Length field. */
AP_DECLARE(void) ap_set_content_length(request_rec *r, apr_off_t length);

/* Accept-Ranges, as MaxRanges allows. */
AP_DECLARE(void) ap_set_accept_ranges(request_rec *r);

/* Last-Modified from r->mtime; a time that is not in the future (RFC 9110
 * section 8.8.2.1). */
AP_DECLARE(void) ap_set_last_modified(request_rec *r);
AP_DECLARE(apr_time_t) ap_rationalize_mtime(request_rec *r, apr_time_t mtime);

/* What an entity tag is made from. */
struct etag_rec {
    const char *vlist_validator;        /* from content negotiation, NULL:
                                         * none */
    apr_time_t request_time;            /* younger files get weak tags */
    apr_finfo_t *finfo;                 /* of the file */
    /* the file itself, for a digest; either */
    const char *pathname;
    apr_file_t *fd;
    int force_weak;                     /* a weak tag whatever the file's age */
};

/* The entity tag of r's file, as FileETag says; "" when that is None. */
AP_DECLARE(char *) ap_make_etag(request_rec *r, int force_weak);
AP_DECLARE(char *) ap_make_etag_ex(request_rec *r, etag_rec *er);

/* The ETag field, from r->finfo; fd: the file is open. */
AP_DECLARE(void) ap_set_etag(request_rec *r);
AP_DECLARE(void) ap_set_etag_fd(request_rec *r, apr_file_t *fd);

/* Decides whether the connection stays and whether the body is chunked; sets
 * the fields. 1: stays. */
AP_DECLARE(int) ap_set_keepalive(request_rec *r);

/* ---- Conditional requests (RFC 9110 section 13) -------------------------- */

/* How a field of the request compares with the response. */
typedef enum ap_condition_e {
    AP_CONDITION_NONE = 0,      /* the request does not have it */
    AP_CONDITION_NOMATCH = 1,   /* it does not match */
    AP_CONDITION_WEAK = 2,      /* it matches, weakly */
    AP_CONDITION_STRONG = 3     /* it matches */
} ap_condition_e;

/* OK to send the response, or 304 or 412. Needs ETag and Last-Modified set. */
AP_DECLARE(int) ap_meets_conditions(request_rec *r);

/* One field each, against the fields of a response in headers. */
AP_DECLARE(ap_condition_e) ap_condition_if_match(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_unmodified_since(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_none_match(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_modified_since(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_range(request_rec *r,
    apr_table_t *headers);

/* ---- Response: sending content ------------------------------------------- */

/* Writes, with a buffer, to r->output_filters: bytes; a byte; a string; strings
 * up to NULL; by a format. Bytes written (ap_rputc: the byte), -1 when the
 * client is gone. */
AP_DECLARE(int) ap_rwrite(const void *buf, int nbyte, request_rec *r);
AP_DECLARE(int) ap_rputc(int c, request_rec *r);
static APR_INLINE int ap_rputs(const char *str, request_rec *r)
{
    apr_size_t len = strlen(str);

    /* the result is an int: what cannot be counted is not written */
    return len <= INT_MAX ? ap_rwrite(str, (int)len, r) : -1;
}
AP_DECLARE_NONSTD(int) ap_rvputs(request_rec *r, ...);
AP_DECLARE_NONSTD(int) ap_rprintf(request_rec *r, const char *fmt,
    ...)
    __attribute__((format(printf, 2, 3)));
AP_DECLARE(int) ap_vrprintf(request_rec *r, const char *fmt,
    va_list vlist)
    __attribute__((format(printf, 2, 0)));

/* Sends what was written. 0 or -1. */
AP_DECLARE(int) ap_rflush(request_rec *r);

/* Part of a file; of a mapping, which must outlive r. ap_send_mmap() returns
 * the mapping's size. */
AP_DECLARE(apr_status_t) ap_send_fd(apr_file_t *fd, request_rec *r,
    apr_off_t offset, apr_size_t length, apr_size_t *nbytes);
AP_DECLARE(apr_size_t) ap_send_mmap(apr_mmap_t *mm, request_rec *r,
    apr_size_t offset, apr_size_t length);

/* The filter in which small writes gather, and its handle. */
AP_DECLARE(apr_status_t) ap_old_write_filter(ap_filter_t *f,
    apr_bucket_brigade *b);
extern AP_DECLARE_DATA ap_filter_rec_t *ap_old_write_func;

/* Core filters: count the body; cut ranges (RFC 9110 section 14); status line
 * and fields. */
AP_DECLARE(apr_status_t) ap_content_length_filter(ap_filter_t *,
    apr_bucket_brigade *);
AP_DECLARE(apr_status_t) ap_byterange_filter(ap_filter_t *f,
    apr_bucket_brigade *b);
AP_DECLARE(apr_status_t) ap_http_header_filter(ap_filter_t *f,
    apr_bucket_brigade *b);

/* Sends the page or document of r->status. recursive_error: a status met while
 * making it. */
AP_DECLARE(void) ap_send_error_response(request_rec *r, int recursive_error);

/* A 1xx response of r->status; send_headers: with r->headers_out, which is
 * emptied. Not to HTTP/1.0 clients. */
AP_DECLARE(void) ap_send_interim_response(request_rec *r, int send_headers);

/* Ends a response: reads the rest of the body, sends the end of stream. */
AP_DECLARE(void) ap_finalize_request_protocol(request_rec *r);

/* The protocol side of a subrequest; its end. */
AP_DECLARE(void) ap_set_sub_req_protocol(request_rec *rnew,
    const request_rec *r);
AP_DECLARE(void) ap_finalize_sub_req_protocol(request_rec *sub_r);

/* An empty record on a connection, in a pool of its own. */
AP_DECLARE(request_rec *) ap_create_request(conn_rec *c);

/* ---- Status lines -------------------------------------------------------- */

/* "404 Not Found"; that of 500 for unknown codes, _ex: "299 Status 299" in
 * p. */
AP_DECLARE(const char *) ap_get_status_line(int status);
AP_DECLARE(const char *) ap_get_status_line_ex(apr_pool_t *p, int status);

/* Place in tables of RESPONSE_CODES entries; that of 500 for unknown codes. */
AP_DECLARE(int) ap_index_of_response(int status);

/* ---- Methods (RFC 9110 section 9) ---------------------------------------- */

/* M_* by name, M_INVALID: has no number; the name by number, NULL. */
AP_DECLARE(int) ap_method_number_of(const char *method);
AP_DECLARE(const char *) ap_method_name_of(apr_pool_t *p, int methnum);

/* Empties the registry (start-up); gives a name a number, M_INVALID when all
 * are used. From pre_config or directives, not while serving. */
AP_DECLARE(void) ap_method_registry_init(apr_pool_t *p);
AP_DECLARE(int) ap_method_register(apr_pool_t *p, const char *methname);

/* Whether a mask has a method, by name. */
#define AP_METHOD_CHECK_ALLOWED(mask, methname) \
    ((mask) & (AP_METHOD_BIT << ap_method_number_of((methname))))

/* A new list, empty, with room for nelts unregistered names; copies;
 * empties. */
AP_DECLARE(ap_method_list_t *) ap_make_method_list(apr_pool_t *p, int nelts);
AP_DECLARE(void) ap_copy_method_list(ap_method_list_t *dest,
    ap_method_list_t *src);
AP_DECLARE(void) ap_clear_method_list(ap_method_list_t *l);

/* A method by name. Names without numbers are not copied. */
AP_DECLARE(void) ap_method_list_add(ap_method_list_t *l, const char *method);
AP_DECLARE(void) ap_method_list_remove(ap_method_list_t *l,
    const char *method);
AP_DECLARE(int) ap_method_in_list(ap_method_list_t *l, const char *method);

/* ---- Authentication (RFC 9110 section 11) -------------------------------- */

/* Note that lets ap_get_basic_auth_pw() work where AuthType is not Basic. */
#define AP_GET_BASIC_AUTH_PW_NOTE "AP_GET_BASIC_AUTH_PW_NOTE"

/* User to r->user, password to *pw (RFC 7617). OK; DECLINED: another AuthType;
 * 401 with a challenge noted; 500. */
AP_DECLARE(int) ap_get_basic_auth_pw(request_rec *r, const char **pw);

/* User and password, if the client sent them; APR_EINVAL if not. Nothing else
 * changes. */
AP_DECLARE(apr_status_t) ap_get_basic_auth_components(const request_rec *r,
    const char **username, const char **password);

/* Adds the challenge of AuthType, of Basic, of Digest to a response with
 * 401. */
AP_DECLARE(void) ap_note_auth_failure(request_rec *r);
AP_DECLARE(void) ap_note_basic_auth_failure(request_rec *r);
AP_DECLARE(void) ap_note_digest_auth_failure(request_rec *r);

/* ---- Protocols on a connection (ALPN, Upgrade) --------------------------- */

/* What c speaks now. */
AP_DECLARE(const char *) ap_get_protocol(conn_rec *c);

/* Whether Protocols has this one. */
AP_DECLARE(int) ap_is_allowed_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol);

/* Protocols better than the current one (report_all: all others) into
 * *pupgrades, NULL when there is none. */
AP_DECLARE(apr_status_t) ap_get_protocol_upgrades(conn_rec *c, request_rec *r,
    server_rec *s, int report_all, const apr_array_header_t **pupgrades);

/* The best of the client's choices that modules and configuration agree to. r
 * is NULL for ALPN. */
AP_DECLARE(const char *) ap_select_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const apr_array_header_t *choices);

/* Makes c speak it. APR_SUCCESS: done, or even over (c->keepalive says);
 * APR_EINVAL: it does already, or nobody can; logged. */
AP_DECLARE(apr_status_t) ap_switch_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol);

/* ---- Error buckets: a status on its way down the filters ----------------- */

/* Data of such a bucket. */
struct ap_bucket_error {
    apr_bucket_refcount refcount;       /* as every shared bucket */
    int status;                         /* HTTP status */
    const char *data;                   /* text, NULL: the usual one */
};

/* Its type, and the test for it. */
extern AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_error;
#define AP_BUCKET_IS_ERROR(e) ((e)->type == &ap_bucket_type_error)

/* Makes one of b; a new one. buf is copied to p. */
AP_DECLARE(apr_bucket *) ap_bucket_error_make(apr_bucket *b, int error,
    const char *buf, apr_pool_t *p);
AP_DECLARE(apr_bucket *) ap_bucket_error_create(int error, const char *buf,
    apr_pool_t *p, apr_bucket_alloc_t *list);

/* ---- Hooks --------------------------------------------------------------- */

/* r is empty, nothing was read; not for subrequests. */
AP_DECLARE_HOOK(void, pre_read_request, (request_rec *r, conn_rec *c))

/* Fields are read, the host is chosen; also for internal redirects. OK,
 * DECLINED or a status. */
AP_DECLARE_HOOK(int, post_read_request, (request_rec *r))

/* The response has left; r may be read, no longer changed. OK, DECLINED. */
AP_DECLARE_HOOK(int, log_transaction, (request_rec *r))

/* Scheme and port of the connection of r; 0 and NULL for "not mine". */
AP_DECLARE_HOOK(const char *, http_scheme, (const request_rec *r))
AP_DECLARE_HOOK(apr_port_t, default_port, (const request_rec *r))

/* Add the challenge of this type. OK, or DECLINED. */
AP_DECLARE_HOOK(int, note_auth_failure, (request_rec *r,
    const char *auth_type))

/* An error response will be sent with content filters removed: add those it
 * needs. */
AP_DECLARE_HOOK(void, insert_error_filter, (request_rec *r))

/* Put names of offers (or all one speaks, when there are none) into proposals.
 * OK, DECLINED. */
AP_DECLARE_HOOK(int, protocol_propose, (conn_rec *c, request_rec *r,
    server_rec *s, const apr_array_header_t *offers,
    apr_array_header_t *proposals))

/* Take over the connection. OK: the core goes on reading; DONE: the connection
 * was served; DECLINED. */
AP_DECLARE_HOOK(int, protocol_switch, (conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol))

/* Name of what c speaks, NULL: not mine. */
AP_DECLARE_HOOK(const char *, protocol_get, (const conn_rec *c))

#ifdef __cplusplus
}
#endif

#endif
