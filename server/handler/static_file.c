/* SPDX-License-Identifier: Apache-2.0 */
/* static_file.c -- the default handler: r->filename as it lies on the disk.
 *
 * The last handler asked, so it also answers for methods and names nobody
 * wanted: OPTIONS, 405 for methods a file does not know, 501 for methods the
 * server does not know, 404 for what is not there.
 */
#include "handler/handler.h"

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "mod_core.h"
#include "util_filter.h"
#include "util_md5.h"

#include <stdbool.h>

APLOG_USE_MODULE(core);

#define TLS_HANDSHAKE_RECORD 0x16

static int refuse_unknown_method(request_rec *r)
{
    const char *line = r->the_request ? r->the_request : "";

    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00135)
                  "Invalid method in request %s%s", line,
                  (unsigned char)line[0] == TLS_HANDSHAKE_RECORD
                  ? "; it looks like TLS spoken to a plain HTTP port" : "");
    return HTTP_NOT_IMPLEMENTED;
}

static int answer_other_method(request_rec *r)
{
    if (r->method_number == M_INVALID) {
        return refuse_unknown_method(r);
    }
    if (r->method_number == M_OPTIONS) {
        return ap_send_http_options(r);
    }
    return HTTP_METHOD_NOT_ALLOWED;
}

static const char *path_info_of(const request_rec *r)
{
    return r->path_info ? r->path_info : "";
}

/* Is there a plain file to send, and is all of the URI used up? */
static int check_file(request_rec *r)
{
    if (r->finfo.filetype == APR_NOFILE) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00128)
                      "File does not exist: %s%s",
                      r->filename ? r->filename : r->uri, path_info_of(r));
        return HTTP_NOT_FOUND;
    }
    if (r->finfo.filetype == APR_DIR) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00129)
                      "\"%s\" is a directory, and nothing lists it",
                      r->filename);
        return HTTP_NOT_FOUND;
    }
    if (r->used_path_info != AP_REQ_ACCEPT_PATH_INFO && *path_info_of(r)) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00130)
                      "File does not exist: %s%s", r->filename, r->path_info);
        return HTTP_NOT_FOUND;
    }
    return OK;
}

/* A script language may forbid that its source answers a POST. */
static bool may_answer_post(const request_rec *r)
{
    const core_request_config *mine
        = ap_get_core_module_config(r->request_config);

    return mine->deliver_script;
}

static int open_file(request_rec *r, const core_dir_config *conf,
                     apr_file_t **file)
{
    apr_int32_t flags = APR_FOPEN_READ | APR_FOPEN_BINARY;
    apr_status_t rv;

    if (AP_SENDFILE_ENABLED(conf->enable_sendfile)) {
        flags |= APR_FOPEN_SENDFILE_ENABLED;
    }
    rv = apr_file_open(file, r->filename, flags, APR_FPROT_OS_DEFAULT,
                       r->pool);
    if (rv == APR_SUCCESS) {
        return OK;
    }
    if (APR_STATUS_IS_ENOENT(rv)) {     /* it was there a moment ago */
        ap_log_rerror(APLOG_MARK, APLOG_INFO, rv, r, APLOGNO(50600)
                      "File does not exist: %s (any more)", r->filename);
        return HTTP_NOT_FOUND;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00132)
                  "could not open \"%s\"; check that the server's user may "
                  "read it", r->filename);
    return HTTP_FORBIDDEN;
}

static void set_fields(request_rec *r, const core_dir_config *conf,
                       apr_file_t *file)
{
    ap_update_mtime(r, r->finfo.mtime);
    ap_set_last_modified(r);
    ap_set_etag_fd(r, file);
    ap_set_accept_ranges(r);
    ap_set_content_length(r, r->finfo.size);
    if (conf->content_md5 == AP_CORE_CONFIG_ON) {
        apr_table_setn(r->headers_out, "Content-MD5",
                       ap_md5digest(r->pool, file));
    }
}

static void append_file(request_rec *r, const core_dir_config *conf,
                        apr_bucket_brigade *bb, apr_file_t *file)
{
    apr_bucket *e;

    if (r->finfo.size == 0) {
        return;
    }
    e = apr_brigade_insert_file(bb, file, 0, r->finfo.size, r->pool);
    if (conf->enable_mmap == ENABLE_MMAP_OFF) {
        apr_bucket_file_enable_mmap(e, 0);
    }
    if (conf->read_buf_size) {
        apr_bucket_file_set_buf_size(e, conf->read_buf_size);
    }
}

static int pass_answer(request_rec *r, apr_bucket_brigade *bb)
{
    conn_rec *c = r->connection;
    apr_status_t rv;

    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(c->bucket_alloc));
    rv = ap_pass_brigade(r->output_filters, bb);
    apr_brigade_cleanup(bb);
    if (rv == APR_SUCCESS || r->status != HTTP_OK || c->aborted) {
        return OK;
    }
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, rv, r, APLOGNO(50605)
                  "could not send \"%s\"", r->filename);
    return AP_FILTER_ERROR;
}

static int send_file(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);
    apr_bucket_brigade *bb;
    apr_file_t *file;
    int status = open_file(r, conf, &file);

    if (status != OK) {
        return status;
    }
    set_fields(r, conf, file);
    bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    status = ap_meets_conditions(r);
    if (status == OK) {
        append_file(r, conf, bb, file);
    }
    else {
        apr_file_close(file);
        r->status = status;             /* 304 or 412, with our fields */
    }
    return pass_answer(r, bb);
}

int cl_handler_static_file(request_rec *r)
{
    int status;

    ap_allow_standard_methods(r, MERGE_ALLOW, M_GET, M_OPTIONS, M_POST, -1);
    if (r->method_number != M_GET && r->method_number != M_POST) {
        return answer_other_method(r);
    }
    status = check_file(r);
    if (status != OK) {
        return status;
    }
    if (r->method_number != M_GET && !may_answer_post(r)) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50604)
                      "\"%s\" does not take method %s", r->filename, r->method);
        return HTTP_METHOD_NOT_ALLOWED;
    }
    /* input filters may live on the body even if nobody else does */
    status = ap_discard_request_body(r);
    return status == OK ? send_file(r) : status;
}
