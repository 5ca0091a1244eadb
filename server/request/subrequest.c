/* SPDX-License-Identifier: Apache-2.0 */
/* subrequest.c -- requests a module makes inside another one: look up by URI,
 * by directory entry or by file name, perhaps run, and destroy.
 *
 * A subrequest lives in a pool below its parent's and writes into the
 * parent's filters.  Failure to look up is told by its status, never by NULL.
 */
#include "request/request.h"

#include "http_protocol.h"
#include "http_request.h"
#include "util_filter.h"

AP_DECLARE(int) ap_is_initial_req(request_rec *r)
{
    return !r->main && !r->prev;
}

static void inherit_context(request_rec *sub, const request_rec *r)
{
    sub->main = (request_rec *)r;
    sub->connection = r->connection;
    sub->server = r->server;
    sub->log = r->log;
    sub->log_id = r->log_id;
    sub->hostname = r->hostname;
    sub->request_time = r->request_time;
    sub->proto_num = r->proto_num;
    sub->htaccess = r->htaccess;
    sub->per_dir_config = r->server->lookup_defaults;
    sub->kept_body = r->kept_body;
    sub->body_table = r->body_table;
    sub->useragent_addr = r->useragent_addr;
    sub->useragent_ip = r->useragent_ip;
    sub->useragent_host = r->useragent_host;
    sub->double_reverse = r->double_reverse;
}

/* Without a next filter the answer goes past the parent's own filters. */
static void connect_filters(request_rec *sub, const request_rec *r,
                            ap_filter_t *next)
{
    sub->proto_input_filters = r->proto_input_filters;
    sub->proto_output_filters = r->proto_output_filters;
    sub->input_filters = r->input_filters;
    sub->output_filters = next ? next : r->proto_output_filters;
    if (next) {
        ap_add_output_filter_handle(ap_subreq_core_filter_handle, NULL, sub,
                                    sub->connection);
    }
}

static request_rec *make_subrequest(const request_rec *r, ap_filter_t *next)
{
    apr_pool_t *pool;
    request_rec *sub;

    apr_pool_create(&pool, r->pool);
    apr_pool_tag(pool, "subrequest");
    sub = apr_pcalloc(pool, sizeof *sub);
    sub->pool = pool;
    inherit_context(sub, r);
    sub->request_config = ap_create_request_config(pool);
    sub->allowed_methods = ap_make_method_list(pool, 2);
    sub->status = HTTP_OK;
    sub->used_path_info = AP_REQ_DEFAULT_PATH_INFO;
    connect_filters(sub, r, next);
    ap_set_sub_req_protocol(sub, r);
    cl_request_make_tables(sub);
    ap_run_create_request(sub);
    return sub;
}

AP_DECLARE(apr_status_t) ap_sub_req_output_filter(ap_filter_t *f,
                                                  apr_bucket_brigade *bb)
{
    apr_bucket *last;

    if (!APR_BRIGADE_EMPTY(bb)) {
        last = APR_BRIGADE_LAST(bb);
        if (APR_BUCKET_IS_EOS(last)) {  /* the parent's answer goes on */
            apr_bucket_delete(last);
        }
    }
    return APR_BRIGADE_EMPTY(bb) ? APR_SUCCESS : ap_pass_brigade(f->next, bb);
}

static request_rec *walk_subrequest(request_rec *sub, const request_rec *r)
{
    int status;

    if (ap_is_recursion_limit_exceeded(r)) {
        sub->status = HTTP_INTERNAL_SERVER_ERROR;
        return sub;
    }
    status = ap_process_request_internal(sub);
    if (status != OK) {
        sub->status = status;
    }
    return sub;
}

/* A relative reference is one to a sibling of the parent's URI. */
static const char *absolute_uri(request_rec *sub, const request_rec *r,
                                const char *uri)
{
    const char *dir;

    if (uri[0] == '/') {
        return uri;
    }
    dir = ap_make_dirstr_parent(sub->pool, r->uri);
    return ap_make_full_path(sub->pool, ap_escape_uri(sub->pool, dir), uri);
}

AP_DECLARE(request_rec *) ap_sub_req_method_uri(const char *method,
                                                const char *new_uri,
                                                const request_rec *r,
                                                ap_filter_t *next_filter)
{
    request_rec *sub = make_subrequest(r, next_filter);

    sub->method = method;
    sub->method_number = ap_method_number_of(method);
    ap_parse_uri(sub, absolute_uri(sub, r, new_uri));
    if (sub->status != HTTP_OK) {
        return sub;
    }
    if (next_filter && !ap_is_recursion_limit_exceeded(r)
        && ap_run_quick_handler(sub, 1) == OK) {
        return sub;                     /* only a look-up: it can be served */
    }
    return walk_subrequest(sub, r);
}

AP_DECLARE(request_rec *) ap_sub_req_lookup_uri(const char *new_uri,
                                                const request_rec *r,
                                                ap_filter_t *next_filter)
{
    return ap_sub_req_method_uri("GET", new_uri, r, next_filter);
}

/* The URI of a sibling called name; both forms, decoded and encoded. */
static void set_sibling_uri(request_rec *sub, const request_rec *r,
                            const char *name, const char *args)
{
    const char *dir = ap_make_dirstr_parent(sub->pool, r->uri);

    sub->uri = ap_make_full_path(sub->pool, dir, name);
    sub->unparsed_uri = ap_escape_uri(sub->pool, sub->uri);
    if (args) {
        sub->args = apr_pstrdup(sub->pool, args);
        sub->unparsed_uri = apr_pstrcat(sub->pool, sub->unparsed_uri, "?",
                                        args, NULL);
    }
    sub->parsed_uri.path = sub->uri;
    sub->parsed_uri.query = sub->args;
    sub->parsed_uri.is_initialized = 1;
}

/* What reading the directory told, if that is all the walk wants to know. */
static void adopt_finfo(request_rec *sub, const apr_finfo_t *finfo)
{
    bool complete = (finfo->valid & APR_FINFO_MIN) == APR_FINFO_MIN;

    if (complete
        && (finfo->filetype == APR_REG || finfo->filetype == APR_DIR)) {
        sub->finfo = *finfo;
        sub->finfo.fname = sub->filename;
        sub->finfo.pool = sub->pool;
    }
}

AP_DECLARE(request_rec *) ap_sub_req_lookup_dirent(const apr_finfo_t *finfo,
                                                   const request_rec *r,
                                                   int subtype,
                                                   ap_filter_t *next_filter)
{
    request_rec *sub = make_subrequest(r, next_filter);
    const char *dir = ap_make_dirstr_parent(sub->pool, r->filename);

    set_sibling_uri(sub, r, finfo->name,
                    subtype == AP_SUBREQ_MERGE_ARGS ? r->args : NULL);
    sub->filename = ap_make_full_path(sub->pool, dir, finfo->name);
    adopt_finfo(sub, finfo);
    return walk_subrequest(sub, r);
}

AP_DECLARE(request_rec *) ap_sub_req_lookup_file(const char *new_file,
                                                 const request_rec *r,
                                                 ap_filter_t *next_filter)
{
    request_rec *sub = make_subrequest(r, next_filter);
    const char *dir = ap_make_dirstr_parent(sub->pool, r->filename);
    size_t length = strlen(dir);

    if (apr_filepath_merge(&sub->filename, dir, new_file,
                           APR_FILEPATH_TRUENAME, sub->pool) != APR_SUCCESS) {
        sub->status = HTTP_NOT_FOUND;
        return sub;
    }
    if (strncmp(sub->filename, dir, length) == 0
        && !strchr(sub->filename + length, '/')) {
        set_sibling_uri(sub, r, sub->filename + length, NULL);
    }
    else {
        sub->uri = apr_pstrdup(sub->pool, "");  /* it may have no URI */
        sub->unparsed_uri = sub->uri;
    }
    return walk_subrequest(sub, r);
}

AP_DECLARE(int) ap_run_sub_req(request_rec *r)
{
    bool is_file = r->filename && r->finfo.filetype != APR_NOFILE;
    int status = is_file ? DECLINED : ap_run_quick_handler(r, 0);

    if (status != OK) {
        status = ap_invoke_handler(r);
        if (status == DONE) {
            status = OK;
        }
    }
    ap_finalize_sub_req_protocol(r);
    return status;
}

AP_DECLARE(void) ap_destroy_sub_req(request_rec *r)
{
    apr_pool_destroy(r->pool);
}
