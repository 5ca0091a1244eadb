/* SPDX-License-Identifier: Apache-2.0 */
/* redirect.c -- another request in place of this one, within the server.
 *
 * The new request shares pool, connection and protocol filters with the old
 * one, starts with none of its content filters, and finds the old one's
 * environment with REDIRECT_ in front of each name.
 */
#include "http/http.h"

#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"

APLOG_USE_MODULE(http);

/* ---- environment ---- */

static apr_table_t *redirected_env(apr_pool_t *p, const apr_table_t *env)
{
    const apr_array_header_t *elts = apr_table_elts(env);
    const apr_table_entry_t *var = (const apr_table_entry_t *)elts->elts;
    apr_table_t *out = apr_table_make(p, elts->nelts + 4);

    for (int i = 0; i < elts->nelts; i++) {
        apr_table_setn(out, apr_pstrcat(p, "REDIRECT_", var[i].key, NULL),
                       var[i].val);
    }
    return out;
}

static void tell_origin(request_rec *fresh, const request_rec *r)
{
    apr_table_t *env = fresh->subprocess_env;

    apr_table_setn(env, "REDIRECT_STATUS",
                   apr_itoa(fresh->pool, r->status));
    if (r->uri) {
        apr_table_setn(env, "REDIRECT_URL", r->uri);
    }
    if (r->args) {
        apr_table_setn(env, "REDIRECT_QUERY_STRING", r->args);
    }
}

/* ---- filters ---- */

static void hand_over(ap_filter_t *f, request_rec *from, request_rec *to)
{
    for (; f; f = f->next) {
        if (f->r == from) {
            f->r = to;
        }
    }
}

/* A redirected sub-request still has to pass its parent's content filters,
 * which SUBREQ_CORE stands in front of. */
static void keep_subrequest_filters(request_rec *fresh, const request_rec *r)
{
    ap_filter_t *f = r->output_filters;

    while (f && f->frec != ap_subreq_core_filter_handle) {
        f = f->next;
    }
    if (f) {
        fresh->output_filters = f;
    }
}

static void share_filters(request_rec *fresh, request_rec *r)
{
    fresh->proto_output_filters = r->proto_output_filters;
    fresh->proto_input_filters = r->proto_input_filters;
    fresh->output_filters = fresh->proto_output_filters;
    fresh->input_filters = fresh->proto_input_filters;
    if (fresh->main) {
        keep_subrequest_filters(fresh, r);
    }
    hand_over(fresh->input_filters, r, fresh);
    hand_over(fresh->output_filters, r, fresh);
}

/* ---- the new request ---- */

/* What the client said stays said. */
static void copy_client_side(request_rec *fresh, const request_rec *r)
{
    fresh->the_request = r->the_request;
    fresh->assbackwards = r->assbackwards;
    fresh->proxyreq = PROXYREQ_NONE;
    fresh->header_only = r->header_only;
    fresh->proto_num = r->proto_num;
    fresh->protocol = r->protocol;
    fresh->hostname = r->hostname;
    fresh->request_time = r->request_time;
    fresh->method = r->method;
    fresh->method_number = r->method_number;
    fresh->headers_in = r->headers_in;
    fresh->trailers_in = r->trailers_in;
    fresh->range = r->range;
    fresh->useragent_addr = r->useragent_addr;
    fresh->useragent_ip = r->useragent_ip;
    fresh->useragent_host = r->useragent_host;
    fresh->double_reverse = r->double_reverse;
    fresh->log_id = r->log_id;

    fresh->read_body = r->read_body;
    fresh->read_chunked = r->read_chunked;
    fresh->read_length = r->read_length;
    fresh->remaining = r->remaining;
    fresh->expecting_100 = r->expecting_100;
    fresh->kept_body = r->kept_body;
    fresh->body_table = r->body_table;
}

static void begin_answer(request_rec *fresh, request_rec *r)
{
    fresh->status = r->status;
    fresh->headers_out = apr_table_make(fresh->pool, 12);
    fresh->err_headers_out = r->err_headers_out;
    fresh->trailers_out = apr_table_make(fresh->pool, 5);
    fresh->subprocess_env = redirected_env(fresh->pool, r->subprocess_env);
    fresh->notes = apr_table_make(fresh->pool, 5);
    fresh->allowed_methods = ap_make_method_list(fresh->pool, 2);
    fresh->sent_bodyct = r->sent_bodyct;
    fresh->eos_sent = r->eos_sent;
    fresh->no_cache = r->no_cache;
    fresh->no_local_copy = r->no_local_copy;
    fresh->vlist_validator = r->vlist_validator;
    fresh->used_path_info = AP_REQ_DEFAULT_PATH_INFO;
    fresh->htaccess = r->htaccess;
    fresh->log = r->server ? &r->server->log : r->log;
    fresh->invoke_mtx = r->invoke_mtx;
    /* mod_rewrite decides with this note that a Vary made on the way is part
     * of the final answer */
    if (apr_table_get(r->notes, "redirect-keeps-vary")) {
        const char *vary = apr_table_get(r->headers_out, "Vary");

        if (vary) {
            apr_table_setn(fresh->headers_out, "Vary", vary);
        }
    }
}

request_rec *cl_http_redirected_request(const char *new_uri, request_rec *r)
{
    request_rec *fresh;
    int status;

    if (ap_is_recursion_limit_exceeded(r)) {
        ap_die(HTTP_INTERNAL_SERVER_ERROR, r);
        return NULL;
    }
    fresh = apr_pcalloc(r->pool, sizeof *fresh);
    fresh->pool = r->pool;
    fresh->connection = r->connection;
    fresh->server = r->server;
    fresh->main = r->main;
    fresh->prev = r;
    r->next = fresh;
    copy_client_side(fresh, r);
    begin_answer(fresh, r);
    ap_parse_uri(fresh, new_uri);
    fresh->unparsed_uri = r->unparsed_uri;
    fresh->request_config = ap_create_request_config(fresh->pool);
    fresh->per_dir_config = fresh->server->lookup_defaults;
    share_filters(fresh, r);
    tell_origin(fresh, r);

    status = ap_run_create_request(fresh);
    if (status == OK) {
        status = ap_post_read_request(fresh);
    }
    if (status != OK && status != DECLINED) {
        ap_die(status, fresh);
        return NULL;
    }
    return fresh;
}

AP_DECLARE(void) ap_internal_redirect(const char *new_uri, request_rec *r)
{
    request_rec *fresh = cl_http_redirected_request(new_uri, r);
    int status;

    if (!fresh) {
        return;
    }
    status = ap_run_quick_handler(fresh, 0);
    if (status == DECLINED) {
        status = ap_process_request_internal(fresh);
        if (status == OK) {
            status = ap_invoke_handler(fresh);
        }
    }
    ap_die(status, fresh);
}

AP_DECLARE(void) ap_internal_redirect_handler(const char *new_uri,
    request_rec *r)
{
    request_rec *fresh = cl_http_redirected_request(new_uri, r);
    int status;

    if (!fresh) {
        return;
    }
    if (r->handler) {
        ap_set_content_type_ex(fresh, r->content_type,
                               AP_REQUEST_IS_TRUSTED_CT(r) != 0);
    }
    status = ap_process_request_internal(fresh);
    if (status == OK) {
        status = ap_invoke_handler(fresh);
    }
    ap_die(status, fresh);
}

/* ---- fast redirect: r becomes what a sub-request found ---- */

static void adopt_resource(request_rec *r, request_rec *found)
{
    r->uri = found->uri;
    r->filename = found->filename;
    r->canonical_filename = found->canonical_filename;
    r->path_info = found->path_info;
    r->args = found->args;
    r->finfo = found->finfo;
    r->used_path_info = found->used_path_info;
    r->mtime = found->mtime;
    r->proxyreq = found->proxyreq;
    r->handler = found->handler;
    ap_set_content_type_ex(r, found->content_type,
                           AP_REQUEST_IS_TRUSTED_CT(found) != 0);
    r->content_encoding = found->content_encoding;
    r->content_languages = found->content_languages;
    r->vlist_validator = found->vlist_validator;
    r->per_dir_config = found->per_dir_config;
    r->log = found->log;
    r->no_cache = found->no_cache;
    r->no_local_copy = found->no_local_copy;
}

/* Tables of both; what the sub-request set comes first. */
static void join_tables(request_rec *r, const request_rec *found)
{
    r->notes = apr_table_overlay(r->pool, found->notes, r->notes);
    r->headers_out = apr_table_overlay(r->pool, found->headers_out,
                                       r->headers_out);
    r->err_headers_out = apr_table_overlay(r->pool, found->err_headers_out,
                                           r->err_headers_out);
    r->trailers_out = apr_table_overlay(r->pool, found->trailers_out,
                                        r->trailers_out);
    r->subprocess_env = apr_table_overlay(r->pool, found->subprocess_env,
                                          r->subprocess_env);
}

/* The one of the sub-request must not swallow the end of the main response;
 * a request that is a sub-request itself keeps its own, the last. */
static void drop_subrequest_core(request_rec *r)
{
    ap_filter_t *kept = NULL;
    ap_filter_t *next;

    for (ap_filter_t *f = r->output_filters; f; f = next) {
        next = f->next;
        if (f->r != r || f->frec != ap_subreq_core_filter_handle) {
            continue;
        }
        if (kept != NULL || r->main == NULL) {
            ap_remove_output_filter(kept != NULL ? kept : f);
        }
        kept = r->main != NULL ? f : NULL;
    }
}

AP_DECLARE(void) ap_internal_fast_redirect(request_rec *rr, request_rec *r)
{
    /* what is in the sub-request's pool lives on in ours */
    apr_pool_join(r->pool, rr->pool);
    adopt_resource(r, rr);
    join_tables(r, rr);
    r->output_filters = rr->output_filters;
    r->input_filters = rr->input_filters;
    if (rr->proto_output_filters) {
        r->proto_output_filters = rr->proto_output_filters;
    }
    if (rr->proto_input_filters) {
        r->proto_input_filters = rr->proto_input_filters;
    }
    hand_over(r->output_filters, rr, r);
    hand_over(r->input_filters, rr, r);
    drop_subrequest_core(r);
}

/* ---- directives ---- */

const char *cl_set_qualify_redirect_url(cmd_parms *, void *dir, int on)
{
    core_dir_config *conf = dir;

    conf->qualify_redirect_url = on ? AP_CORE_CONFIG_ON : AP_CORE_CONFIG_OFF;
    return NULL;
}
