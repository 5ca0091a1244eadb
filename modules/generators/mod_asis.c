/* SPDX-License-Identifier: Apache-2.0 */
/* mod_asis -- send a file that holds its own header fields.
 *
 *   hooks: handler for "send-as-is" (and type httpd/send-as-is)
 *   The head of the file is read as a script's output would be: Status:,
 *   Location: and other fields up to an empty line.
 */
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_script.h"

#define ASIS_MAGIC_TYPE "httpd/send-as-is"

extern module AP_MODULE_DECLARE_DATA asis_module;

static int send_rest(request_rec *r, apr_file_t *f)
{
    conn_rec *c = r->connection;
    apr_bucket_brigade *bb;
    apr_off_t at = 0;
    apr_status_t rv = apr_file_seek(f, APR_CUR, &at);

    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(01236)
                      "could not find the body in \"%s\"", r->filename);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    bb = apr_brigade_create(r->pool, c->bucket_alloc);
    if (r->finfo.size > at) {
        apr_brigade_insert_file(bb, f, at, r->finfo.size - at, r->pool);
    }
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(c->bucket_alloc));
    rv = ap_pass_brigade(r->output_filters, bb);
    return rv == APR_SUCCESS || c->aborted ? OK
        : ap_map_http_request_error(rv, AP_FILTER_ERROR);
}

static int asis_handler(request_rec *r)
{
    const char *location;
    apr_file_t *f;
    apr_status_t rv;

    if (r->handler == NULL || (strcmp(r->handler, ASIS_MAGIC_TYPE) != 0
                               && strcmp(r->handler, "send-as-is") != 0)) {
        return DECLINED;
    }
    r->allowed |= AP_METHOD_BIT << M_GET;
    if (r->method_number != M_GET) {
        return DECLINED;
    }
    if (r->finfo.filetype == APR_NOFILE) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(01233)
                      "File does not exist: %s", r->filename);
        return HTTP_NOT_FOUND;
    }
    rv = apr_file_open(&f, r->filename, APR_READ, APR_OS_DEFAULT, r->pool);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(01234)
                      "file permissions deny server access: %s",
                      r->filename);
        return HTTP_FORBIDDEN;
    }
    ap_scan_script_header_err(r, f, NULL);
    location = apr_table_get(r->headers_out, "Location");
    if (location != NULL && location[0] == '/'
        && (r->status == HTTP_OK || ap_is_HTTP_REDIRECT(r->status))) {
        apr_file_close(f);
        r->status = HTTP_OK;
        r->method = "GET";
        r->method_number = M_GET;
        ap_internal_redirect_handler(location, r);
        return OK;
    }
    return r->header_only ? (apr_file_close(f), OK) : send_rest(r, f);
}

static void asis_register_hooks(apr_pool_t *)
{
    ap_hook_handler(asis_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(asis) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    asis_register_hooks, AP_MODULE_FLAG_NONE
};
