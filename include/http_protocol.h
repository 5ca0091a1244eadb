/* SPDX-License-Identifier: Apache-2.0 */
/* http_protocol.h -- reading requests and writing responses */
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

#define AP_GETLINE_CRLF 2
#define AP_GETLINE_FOLD 1
#define AP_GETLINE_NOSPC_EOL 4
#define AP_GET_BASIC_AUTH_PW_NOTE "AP_GET_BASIC_AUTH_PW_NOTE"
#define AP_PROTOCOL_HTTP1 "http/1.1"

typedef enum ap_condition_e {
    AP_CONDITION_NONE = 0,
    AP_CONDITION_NOMATCH = 1,
    AP_CONDITION_WEAK = 2,
    AP_CONDITION_STRONG = 3
} ap_condition_e;

typedef struct etag_rec etag_rec;
typedef struct ap_bucket_error ap_bucket_error;

struct etag_rec {
    const char *vlist_validator;
    apr_time_t request_time;
    apr_finfo_t *finfo;
    const char *pathname;
    apr_file_t *fd;
    int force_weak;
};

struct ap_bucket_error {
    apr_bucket_refcount refcount;
    int status;
    const char *data;
};

#define AP_BUCKET_IS_ERROR(e) ((e)->type == &ap_bucket_type_error)
#define AP_METHOD_CHECK_ALLOWED(mask, methname) \
    ((mask) & (AP_METHOD_BIT << ap_method_number_of((methname))))
#define ap_rgetline(s, n, read, r, fold, bb) \
    ap_rgetline_core((s), (n), (read), (r), (fold), (bb))

AP_DECLARE_HOOK(apr_port_t, default_port, (const request_rec *r))
AP_DECLARE_HOOK(const char *, http_scheme, (const request_rec *r))
AP_DECLARE_HOOK(void, insert_error_filter, (request_rec *r))
AP_DECLARE_HOOK(int, log_transaction, (request_rec *r))
AP_DECLARE_HOOK(int, note_auth_failure, (request_rec *r,
    const char *auth_type))
AP_DECLARE_HOOK(int, post_read_request, (request_rec *r))
AP_DECLARE_HOOK(void, pre_read_request, (request_rec *r, conn_rec *c))
AP_DECLARE_HOOK(const char *, protocol_get, (const conn_rec *c))
AP_DECLARE_HOOK(int, protocol_propose, (conn_rec *c, request_rec *r,
    server_rec *s, const apr_array_header_t *offers,
    apr_array_header_t *proposals))
AP_DECLARE_HOOK(int, protocol_switch, (conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol))

extern AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_error;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_old_write_func;
AP_DECLARE(apr_bucket *) ap_bucket_error_create(int error, const char *buf,
    apr_pool_t *p, apr_bucket_alloc_t *list);
AP_DECLARE(apr_bucket *) ap_bucket_error_make(apr_bucket *b, int error,
    const char *buf, apr_pool_t *p);
AP_DECLARE(apr_status_t) ap_byterange_filter(ap_filter_t *f,
    apr_bucket_brigade *b);
AP_DECLARE(int) ap_check_request_header(request_rec *r);
AP_DECLARE(void) ap_clear_method_list(ap_method_list_t *l);
AP_DECLARE(ap_condition_e) ap_condition_if_match(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_modified_since(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_none_match(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_range(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(ap_condition_e) ap_condition_if_unmodified_since(request_rec *r,
    apr_table_t *headers);
AP_DECLARE(apr_status_t) ap_content_length_filter(ap_filter_t *,
    apr_bucket_brigade *);
AP_DECLARE(void) ap_copy_method_list(ap_method_list_t *dest,
    ap_method_list_t *src);
AP_DECLARE(request_rec *) ap_create_request(conn_rec *c);
AP_DECLARE(int) ap_discard_request_body(request_rec *r);
AP_DECLARE(void) ap_finalize_request_protocol(request_rec *r);
AP_DECLARE(void) ap_finalize_sub_req_protocol(request_rec *sub_r);
AP_DECLARE(apr_status_t) ap_get_basic_auth_components(const request_rec *r,
    const char **username, const char **password);
AP_DECLARE(int) ap_get_basic_auth_pw(request_rec *r, const char **pw);
AP_DECLARE(long) ap_get_client_block(request_rec *r, char *buffer,
    apr_size_t bufsiz);
AP_DECLARE(void) ap_get_mime_headers(request_rec *r);
AP_DECLARE(void) ap_get_mime_headers_core(request_rec *r,
    apr_bucket_brigade *bb);
AP_DECLARE(const char *) ap_get_protocol(conn_rec *c);
AP_DECLARE(apr_status_t) ap_get_protocol_upgrades(conn_rec *c, request_rec *r,
    server_rec *s, int report_all, const apr_array_header_t **pupgrades);
AP_DECLARE(const char *) ap_get_status_line(int status);
AP_DECLARE(const char *) ap_get_status_line_ex(apr_pool_t *p, int status);
AP_DECLARE(int) ap_getline(char *s, int n, request_rec *r, int flags);
AP_DECLARE(apr_status_t) ap_http_header_filter(ap_filter_t *f,
    apr_bucket_brigade *b);
AP_DECLARE(int) ap_index_of_response(int status);
AP_DECLARE(int) ap_is_allowed_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol);
AP_DECLARE(const char *) ap_make_content_type(request_rec *r,
    const char *type);
AP_DECLARE(char *) ap_make_etag(request_rec *r, int force_weak);
AP_DECLARE(char *) ap_make_etag_ex(request_rec *r, etag_rec *er);
AP_DECLARE(ap_method_list_t *) ap_make_method_list(apr_pool_t *p, int nelts);
AP_DECLARE(int) ap_map_http_request_error(apr_status_t rv, int status);
AP_DECLARE(int) ap_meets_conditions(request_rec *r);
AP_DECLARE(int) ap_method_in_list(ap_method_list_t *l, const char *method);
AP_DECLARE(void) ap_method_list_add(ap_method_list_t *l, const char *method);
AP_DECLARE(void) ap_method_list_remove(ap_method_list_t *l,
    const char *method);
AP_DECLARE(const char *) ap_method_name_of(apr_pool_t *p, int methnum);
AP_DECLARE(int) ap_method_number_of(const char *method);
AP_DECLARE(int) ap_method_register(apr_pool_t *p, const char *methname);
AP_DECLARE(void) ap_method_registry_init(apr_pool_t *p);
AP_DECLARE(void) ap_note_auth_failure(request_rec *r);
AP_DECLARE(void) ap_note_basic_auth_failure(request_rec *r);
AP_DECLARE(void) ap_note_digest_auth_failure(request_rec *r);
AP_DECLARE(apr_status_t) ap_old_write_filter(ap_filter_t *f,
    apr_bucket_brigade *b);
AP_DECLARE(int) ap_parse_request_line(request_rec *r);
AP_DECLARE(void) ap_parse_uri(request_rec *r, const char *uri);
AP_DECLARE(int) ap_post_read_request(request_rec *r);
AP_DECLARE(apr_time_t) ap_rationalize_mtime(request_rec *r, apr_time_t mtime);
AP_DECLARE(request_rec *) ap_read_request(conn_rec *c);
AP_DECLARE(int) ap_rflush(request_rec *r);
AP_DECLARE(apr_status_t) ap_rgetline_core(char **s, apr_size_t n,
    apr_size_t *read, request_rec *r, int flags, apr_bucket_brigade *bb);
AP_DECLARE_NONSTD(int) ap_rprintf(request_rec *r, const char *fmt,
    ...)
    __attribute__((format(printf, 2, 3)));
AP_DECLARE(int) ap_rputc(int c, request_rec *r);
AP_DECLARE_NONSTD(int) ap_rvputs(request_rec *r, ...);
AP_DECLARE(int) ap_rwrite(const void *buf, int nbyte, request_rec *r);
AP_DECLARE(const char *) ap_select_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const apr_array_header_t *choices);
AP_DECLARE(void) ap_send_error_response(request_rec *r, int recursive_error);
AP_DECLARE(apr_status_t) ap_send_fd(apr_file_t *fd, request_rec *r,
    apr_off_t offset, apr_size_t length, apr_size_t *nbytes);
AP_DECLARE(void) ap_send_interim_response(request_rec *r, int send_headers);
AP_DECLARE(apr_size_t) ap_send_mmap(apr_mmap_t *mm, request_rec *r,
    apr_size_t offset, apr_size_t length);
AP_DECLARE(void) ap_set_accept_ranges(request_rec *r);
AP_DECLARE(void) ap_set_content_length(request_rec *r, apr_off_t length);
AP_DECLARE(void) ap_set_content_type(request_rec *r, const char *ct);
AP_DECLARE(void) ap_set_content_type_ex(request_rec *r, const char *ct,
    int trusted);
AP_DECLARE(void) ap_set_etag(request_rec *r);
AP_DECLARE(void) ap_set_etag_fd(request_rec *r, apr_file_t *fd);
AP_DECLARE(int) ap_set_keepalive(request_rec *r);
AP_DECLARE(void) ap_set_last_modified(request_rec *r);
AP_DECLARE(void) ap_set_sub_req_protocol(request_rec *rnew,
    const request_rec *r);
AP_DECLARE(int) ap_setup_client_block(request_rec *r, int read_policy);
AP_DECLARE(void) ap_setup_make_content_type(apr_pool_t *pool);
AP_DECLARE(int) ap_should_client_block(request_rec *r);
AP_DECLARE(apr_status_t) ap_switch_protocol(conn_rec *c, request_rec *r,
    server_rec *s, const char *protocol);
AP_DECLARE(int) ap_vrprintf(request_rec *r, const char *fmt,
    va_list vlist)
    __attribute__((format(printf, 2, 0)));

static APR_INLINE int ap_rputs(const char *str, request_rec *r)
{
    apr_size_t len = strlen(str);

    /* the result is an int: what cannot be counted is not written */
    return len <= INT_MAX ? ap_rwrite(str, (int)len, r) : -1;
}

#ifdef __cplusplus
}
#endif

#endif
