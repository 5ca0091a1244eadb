/* SPDX-License-Identifier: Apache-2.0 */
/* header_filter.c -- HTTP_HEADER: status line and fields in front of the
 * body's first bytes; no body where there must be none.
 *
 * The order of fields is Date, Server, then headers_out as it stands, in
 * which Connection, Transfer-Encoding and Content-Type are put last.  The
 * filter leaves the chain when the header is out, or stays to swallow a body
 * that a HEAD, 204 or 304 must not have.
 */
#include "http/http.h"

#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"
#include "util_time.h"

APLOG_USE_MODULE(http);

AP_DECLARE_DATA ap_filter_rec_t *ap_http_header_filter_handle;
AP_DECLARE_DATA ap_filter_rec_t *ap_chunk_filter_handle;

struct header_ctx {
    bool sent;                  /* only bodyless responses come back here */
    bool replaced;              /* the header was bad; an error took over */
};

/* ---- what goes into the header ---- */

/* Some old browsers are served as if they spoke HTTP/1.0 (mod_setenvif). */
static void obey_downgrades(request_rec *r)
{
    if (apr_is_empty_table(r->subprocess_env)) {
        return;
    }
    if (apr_table_get(r->subprocess_env, "downgrade-1.0")
        && r->proto_num > HTTP_VERSION(1, 0)) {
        r->proto_num = HTTP_VERSION(1, 0);
    }
    if (apr_table_get(r->subprocess_env, "force-no-vary")) {
        apr_table_unset(r->headers_out, "Vary");
        r->proto_num = HTTP_VERSION(1, 0);
        apr_table_setn(r->subprocess_env, "force-response-1.0", "1");
    }
    if (r->proto_num == HTTP_VERSION(1, 0)
        && apr_table_get(r->subprocess_env, "force-response-1.0")) {
        r->connection->keepalive = AP_CONN_CLOSE;
    }
}

static const char *protocol_of(const request_rec *r)
{
    if (r->proto_num == HTTP_VERSION(1, 0)
        && apr_table_get(r->subprocess_env, "force-response-1.0")) {
        return "HTTP/1.0 ";
    }
    return AP_SERVER_PROTOCOL " ";
}

/* A module's own status line counts when it fits the status: three digits,
 * then a space and the reason.  The reason may only be empty where we know
 * none either. */
static bool is_line_of(const char *line, int status)
{
    if (line[0] != '0' + status / 100 || line[1] != '0' + status / 10 % 10
        || line[2] != '0' + status % 10) {
        return false;
    }
    if (!line[3] || !line[4]) {
        return ap_index_of_response(status) == ap_index_of_response(0)
               && status != HTTP_INTERNAL_SERVER_ERROR;
    }
    return line[3] == ' ';
}

static const char *status_line_of(request_rec *r)
{
    if (r->status_line && ap_is_HTTP_VALID_RESPONSE(r->status)
        && is_line_of(r->status_line, r->status)
        && !*ap_scan_http_field_content(r->status_line)) {
        return r->status_line;
    }
    r->status_line = ap_get_status_line_ex(r->pool, r->status);
    return r->status_line;
}

static void add_languages(apr_table_t *out, const apr_array_header_t *languages)
{
    for (int i = 0; i < languages->nelts; i++) {
        apr_table_mergen(out, "Content-Language",
                         APR_ARRAY_IDX(languages, i, const char *));
    }
}

static bool is_bodyless(const request_rec *r)
{
    return AP_STATUS_IS_HEADER_ONLY(r->status)
           || ap_is_HTTP_INFO(r->status);
}

/* What is said about the body, and how it travels. */
static void describe_body(request_rec *r)
{
    const char *type;

    if (is_bodyless(r)) {
        /* RFC 9110 sections 8.6, 15.3.5, 15.4.5 */
        apr_table_unset(r->headers_out, "Content-Length");
        apr_table_unset(r->headers_out, "Content-Type");
        apr_table_unset(r->headers_out, "Transfer-Encoding");
        return;
    }
    if (r->chunked) {
        apr_table_setn(r->headers_out, "Transfer-Encoding", "chunked");
        apr_table_unset(r->headers_out, "Content-Length");
    }
    type = ap_make_content_type(r, r->content_type);
    if (type) {
        /* last of all, where clients have always seen it */
        apr_table_unset(r->headers_out, "Content-Type");
        apr_table_addn(r->headers_out, "Content-Type", type);
    }
    if (r->content_encoding) {
        apr_table_setn(r->headers_out, "Content-Encoding",
                       r->content_encoding);
    }
    if (r->content_languages) {
        add_languages(r->headers_out, r->content_languages);
    }
}

static void forbid_caching(request_rec *r)
{
    char *date;

    if (!r->no_cache || apr_table_get(r->headers_out, "Expires")) {
        return;
    }
    date = apr_palloc(r->pool, APR_RFC822_DATE_LEN);
    ap_recent_rfc822_date(date, r->request_time);
    apr_table_addn(r->headers_out, "Expires", date);
}

/* Bring headers_out into its final state. */
static void complete_fields(request_rec *r)
{
    obey_downgrades(r);
    cl_http_unify_vary(r);
    if (apr_table_get(r->notes, "no-etag")) {
        apr_table_unset(r->headers_out, "ETag");
    }
    ap_set_keepalive(r);
    describe_body(r);
    forbid_caching(r);
}

static void merge_error_fields(request_rec *r)
{
    if (!apr_is_empty_table(r->err_headers_out)) {
        r->headers_out = apr_table_overlay(r->pool, r->err_headers_out,
                                           r->headers_out);
        apr_table_clear(r->err_headers_out);
    }
}

/* ---- the bytes ---- */

/* First lines: everything that is not in the table any more. */
struct opening {
    const char *protocol;
    const char *status;
    const char *date;
    const char *server;
    char date_buf[APR_RFC822_DATE_LEN];
};

static void make_opening(request_rec *r, struct opening *o)
{
    o->protocol = protocol_of(r);
    o->status = status_line_of(r);
    o->date = o->server = NULL;
    if (r->proxyreq != PROXYREQ_NONE) {
        /* these belong to the origin server */
        o->date = apr_table_get(r->headers_out, "Date");
        o->server = apr_table_get(r->headers_out, "Server");
    }
    if (!o->date) {
        ap_recent_rfc822_date(o->date_buf, r->request_time);
        o->date = o->date_buf;
    }
    if (!o->server) {
        o->server = ap_get_server_banner();
    }
    apr_table_unset(r->headers_out, "Date");
    apr_table_unset(r->headers_out, "Server");
}

static apr_size_t opening_size(const struct opening *o)
{
    return strlen(o->protocol) + strlen(o->status) + strlen(o->date)
           + strlen(o->server) + sizeof "\r\nDate: \r\nServer: \r\n";
}

static char *put_opening(char *to, const struct opening *o)
{
    to = stpcpy(to, o->protocol);
    to = stpcpy(to, o->status);
    if (!o->status[3]) {
        *to++ = ' ';            /* the space belongs to the grammar */
    }
    *to++ = '\r';
    *to++ = '\n';
    to = cl_http_put_field(to, "Date", o->date);
    return *o->server ? cl_http_put_field(to, "Server", o->server) : to;
}

AP_DECLARE(void) ap_basic_http_header(request_rec *r, apr_bucket_brigade *bb)
{
    struct opening o;
    char *block;

    if (r->assbackwards) {
        return;
    }
    make_opening(r, &o);
    block = apr_palloc(r->pool, opening_size(&o) + 1);
    apr_brigade_write(bb, NULL, NULL, block,
                      (apr_size_t)(put_opening(block, &o) - block));
}

/* The whole header as one bucket.  Its bytes live in the request's pool,
 * which the EOR bucket behind them keeps alive until they are sent. */
static apr_bucket *make_header_bucket(request_rec *r)
{
    struct opening o;
    char *block, *end;

    make_opening(r, &o);
    block = apr_palloc(r->pool, opening_size(&o) + 3
                                + cl_http_fields_size(r->headers_out));
    end = put_opening(block, &o);
    end = cl_http_put_fields(end, r->headers_out);
    *end++ = '\r';
    *end++ = '\n';
    return apr_bucket_immortal_create(block, (apr_size_t)(end - block),
                                      r->connection->bucket_alloc);
}

/* ---- the filter ---- */

static void drop_body(apr_bucket_brigade *b)
{
    apr_bucket *next;

    for (apr_bucket *e = APR_BRIGADE_FIRST(b); e != APR_BRIGADE_SENTINEL(b);
         e = next) {
        next = APR_BUCKET_NEXT(e);
        if (!APR_BUCKET_IS_METADATA(e)) {
            apr_bucket_delete(e);
        }
    }
}

/* Look for buckets that change everything.  Returns the HTTP status of the
 * first error, or OK. */
static int find_signals(apr_bucket_brigade *b, bool *closing)
{
    int status = OK;

    *closing = false;
    for (apr_bucket *e = APR_BRIGADE_FIRST(b); e != APR_BRIGADE_SENTINEL(b);
         e = APR_BUCKET_NEXT(e)) {
        if (!APR_BUCKET_IS_METADATA(e)) {
            continue;
        }
        if (AP_BUCKET_IS_ERROR(e) && status == OK) {
            status = ((ap_bucket_error *)e->data)->status;
        }
        else if (AP_BUCKET_IS_EOC(e)) {
            *closing = true;
        }
    }
    return status;
}

/* The fields cannot be sent: nothing of this response can.  Answer 500 with
 * clean ones; should these be bad again, with none. */
static apr_status_t refuse_fields(ap_filter_t *f, struct header_ctx *ctx,
                                  apr_bucket_brigade *b)
{
    request_rec *r = f->r;

    apr_brigade_cleanup(b);
    apr_table_clear(r->headers_out);
    apr_table_clear(r->err_headers_out);
    r->status_line = NULL;
    ctx->replaced = true;
    ap_die(HTTP_INTERNAL_SERVER_ERROR, r);
    return AP_FILTER_ERROR;
}

/* The header goes ahead, as it must not be cut into chunks itself. */
static apr_status_t send_before_chunks(ap_filter_t *f, apr_bucket_brigade *b)
{
    request_rec *r = f->r;
    apr_bucket_brigade *header = apr_brigade_create(r->pool,
                                                    f->c->bucket_alloc);
    apr_status_t rv;

    APR_BRIGADE_INSERT_TAIL(header, make_header_bucket(r));
    rv = ap_pass_brigade(f->next, header);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    ap_add_output_filter_handle(ap_chunk_filter_handle, NULL, r, f->c);
    ap_remove_output_filter(f);
    return ap_pass_brigade(f->next, b);
}

static apr_status_t send_header(ap_filter_t *f, struct header_ctx *ctx,
                                apr_bucket_brigade *b)
{
    request_rec *r = f->r;
    bool no_body;

    complete_fields(r);
    no_body = r->header_only || is_bodyless(r);
    if (no_body) {
        drop_body(b);
    }
    ctx->sent = true;
    if (!no_body) {
        r->sent_bodyct = 1;
        if (r->chunked) {
            return send_before_chunks(f, b);
        }
        ap_remove_output_filter(f);
    }
    APR_BRIGADE_INSERT_HEAD(b, make_header_bucket(r));
    return ap_pass_brigade(f->next, b);
}

bool cl_http_awaits_header(const request_rec *r)
{
    for (const ap_filter_t *f = r->output_filters; f; f = f->next) {
        if (f->frec == ap_http_header_filter_handle) {
            const struct header_ctx *ctx = f->ctx;

            return !ctx || !ctx->sent;
        }
    }
    return false;
}

AP_DECLARE(apr_status_t) ap_http_header_filter(ap_filter_t *f,
    apr_bucket_brigade *b)
{
    request_rec *r = f->r;
    struct header_ctx *ctx = f->ctx;
    bool closing;
    int status;

    if (!ctx) {
        f->ctx = ctx = apr_pcalloc(r->pool, sizeof *ctx);
    }
    if (ctx->sent) {
        drop_body(b);
        return ap_pass_brigade(f->next, b);
    }
    status = find_signals(b, &closing);
    if (status != OK) {
        apr_brigade_cleanup(b);
        ap_die(status, r);
        return AP_FILTER_ERROR;
    }
    if (closing || r->assbackwards) {
        /* no header: nothing is to be sent, or HTTP/0.9 */
        r->sent_bodyct = r->assbackwards;
        ap_remove_output_filter(f);
        return ap_pass_brigade(f->next, b);
    }
    merge_error_fields(r);
    if (!cl_http_fields_are_clean(r, r->headers_out)) {
        if (!ctx->replaced) {
            return refuse_fields(f, ctx, b);
        }
        apr_table_clear(r->headers_out);
    }
    return send_header(f, ctx, b);
}

/* ---- HTTP_OUTERROR ---- */

AP_DECLARE_DATA ap_filter_rec_t *ap_http_outerror_filter_handle;

/* A body that broke off must not look complete: close after it, and after an
 * EOC let no more data through.  f->ctx is set once one was seen. */
AP_DECLARE(apr_status_t) ap_http_outerror_filter(ap_filter_t *f,
    apr_bucket_brigade *b)
{
    for (apr_bucket *e = APR_BRIGADE_FIRST(b); e != APR_BRIGADE_SENTINEL(b);
         e = APR_BUCKET_NEXT(e)) {
        if (!APR_BUCKET_IS_METADATA(e)) {
            continue;
        }
        if (AP_BUCKET_IS_ERROR(e)
            && ((ap_bucket_error *)e->data)->status == HTTP_BAD_GATEWAY) {
            f->r->connection->keepalive = AP_CONN_CLOSE;
        }
        else if (AP_BUCKET_IS_EOC(e)) {
            f->r->connection->keepalive = AP_CONN_CLOSE;
            f->ctx = f;
        }
    }
    if (f->ctx) {
        drop_body(b);
    }
    return ap_pass_brigade(f->next, b);
}
