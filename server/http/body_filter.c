/* SPDX-License-Identifier: Apache-2.0 */
/* body_filter.c -- HTTP_IN: from the bytes of a connection to one body.
 *
 * Ends the body where its framing says, decodes chunked, enforces
 * LimitRequestBody, sends 100 Continue when the body is first wanted, and
 * reads trailers.  mod_proxy uses the same filter for responses.  Invariant:
 * never takes a byte beyond the body from the filter below, and after a
 * fault every further read fails the same way.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "mod_core.h"

#include "http/http.h"

APLOG_USE_MODULE(http);

enum { LINE_PIECE = HUGE_STRING_LEN };

struct body {
    enum cl_framing framing;
    bool ended;                 /* nothing left below */
    apr_status_t failure;       /* returned from now on */
    apr_off_t left;             /* of the length or of this chunk */
    apr_off_t limit, total;     /* LimitRequestBody; chunk bytes announced */
    struct cl_chunk chunk;
    apr_bucket_brigade *held;   /* read for a GETLINE and not yet asked for */
    apr_bucket_brigade *lines;  /* scratch for chunk lines */
};

static bool is_response(const request_rec *r)
{
    return r->proxyreq == PROXYREQ_RESPONSE;
}

static apr_status_t fail(ap_filter_t *f, struct body *body, apr_status_t rv)
{
    body->failure = rv;
    f->r->connection->keepalive = AP_CONN_CLOSE;
    return rv;
}

static apr_status_t refuse_bytes(ap_filter_t *f, struct body *body,
                                 apr_off_t bytes)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(01588)
                  "request body of %" APR_OFF_T_FMT " bytes or more is "
                  "larger than LimitRequestBody %" APR_OFF_T_FMT, bytes,
                  body->limit);
    return fail(f, body, APR_ENOSPC);
}

/* ---- start ---- */

/* A response may also end with its connection, and a coding that was not
 * asked for is the receiver's to judge. */
static enum cl_framing response_framing(const request_rec *r,
                                        enum cl_framing framing)
{
    if (framing == CL_FRAMING_NONE) {
        return CL_FRAMING_CLOSE;
    }
    if (framing == CL_FRAMING_UNKNOWN) {
        return CL_FRAMING_CHUNKED;
    }
    if (framing == CL_FRAMING_BAD
        && apr_table_get(r->headers_in, "Transfer-Encoding")) {
        return CL_FRAMING_CLOSE;
    }
    return framing;
}

static struct body *make_body(ap_filter_t *f)
{
    struct body *body = apr_pcalloc(f->r->pool, sizeof *body);

    f->ctx = body;
    return body;
}

static void start(ap_filter_t *f, struct body *body)
{
    request_rec *r = f->r;
    const char *why = NULL;

    body->framing = cl_http_framing(r->headers_in, &body->left, &why);
    if (is_response(r)) {
        body->framing = response_framing(r, body->framing);
    }
    else {
        body->limit = ap_get_limit_req_body(r);
    }
    switch (body->framing) {
    case CL_FRAMING_BAD:
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50359)
                      "could not tell where the body ends: %s", why);
        fail(f, body, APR_EGENERAL);
        break;
    case CL_FRAMING_UNKNOWN:
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50360)
                      "could not decode the body: %s", why);
        fail(f, body, APR_ENOTIMPL);
        break;
    case CL_FRAMING_CHUNKED:
        cl_http_chunk_init(&body->chunk, cl_http_strictness(r->server),
                           r->server->limit_req_line + 2);
        body->left = 0;
        break;
    case CL_FRAMING_LENGTH:
        if (body->limit && body->left > body->limit) {
            refuse_bytes(f, body, body->left);
        }
        body->ended = body->left == 0;
        break;
    case CL_FRAMING_NONE:
        body->ended = true;
        break;
    case CL_FRAMING_CLOSE:
        break;
    }
}

/* RFC 9110 section 10.1.1: a final status may be sent instead, and so may
 * nothing once the response has begun. */
static void answer_expectation(ap_filter_t *f, struct body *body)
{
    request_rec *r = f->r;
    int status = r->status;
    const char *status_line = r->status_line;

    if (is_response(r) || r->proto_num < HTTP_VERSION(1, 1)
        || r->eos_sent || r->bytes_sent) {
        return;
    }
    if (!ap_is_HTTP_SUCCESS(status)) {
        /* the client was told no: it may or may not send the body */
        r->expecting_100 = 0;
        r->connection->keepalive = AP_CONN_CLOSE;
        body->ended = true;
        return;
    }
    r->status = HTTP_CONTINUE;
    r->status_line = NULL;
    ap_send_interim_response(r, 0);
    r->status = status;
    r->status_line = status_line;
}

/* ---- data ---- */

static apr_off_t bytes_in(apr_bucket_brigade *bb)
{
    apr_off_t total = 0;

    for (apr_bucket *e = APR_BRIGADE_FIRST(bb); e != APR_BRIGADE_SENTINEL(bb);
         e = APR_BUCKET_NEXT(e)) {
        total += e->length;
    }
    return total;
}

static void append_eos(ap_filter_t *f, apr_bucket_brigade *bb)
{
    APR_BRIGADE_INSERT_TAIL(bb,
                            apr_bucket_eos_create(f->c->bucket_alloc));
}

/* The end of the input is not the end of the body. */
static bool drop_eos(apr_bucket_brigade *bb)
{
    if (APR_BRIGADE_EMPTY(bb) || !APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb))) {
        return false;
    }
    apr_bucket_delete(APR_BRIGADE_LAST(bb));
    return true;
}

static apr_status_t read_data(ap_filter_t *f, struct body *body,
                              apr_bucket_brigade *bb, apr_read_type_e block,
                              apr_off_t want)
{
    apr_status_t rv;
    apr_off_t got;
    bool ended;

    rv = ap_get_brigade(f->next, bb, AP_MODE_READBYTES, block,
                        want < body->left ? want : body->left);
    if (APR_STATUS_IS_EOF(rv)) {
        return fail(f, body, APR_INCOMPLETE);
    }
    if (rv != APR_SUCCESS) {
        return APR_STATUS_IS_EAGAIN(rv) ? rv : fail(f, body, rv);
    }
    got = bytes_in(bb);
    ended = drop_eos(bb);
    if (got == 0 && (ended || block == APR_BLOCK_READ)) {
        return fail(f, body, APR_INCOMPLETE);
    }
    if (got > body->left) {             /* a filter that does not count */
        return fail(f, body, APR_EGENERAL);
    }
    body->left -= got;
    if (body->left == 0 && body->framing == CL_FRAMING_LENGTH) {
        body->ended = true;
        append_eos(f, bb);
    }
    return APR_SUCCESS;
}

static apr_status_t read_to_close(ap_filter_t *f, struct body *body,
                                  apr_bucket_brigade *bb,
                                  apr_read_type_e block, apr_off_t want)
{
    apr_status_t rv = ap_get_brigade(f->next, bb, AP_MODE_READBYTES, block,
                                     want);

    if (APR_STATUS_IS_EOF(rv)
        || (rv == APR_SUCCESS && block == APR_BLOCK_READ
            && APR_BRIGADE_EMPTY(bb))) {
        body->ended = true;
        append_eos(f, bb);
        return APR_SUCCESS;
    }
    if (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
        body->ended = APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb));
    }
    return rv;
}

/* ---- chunks ---- */

static apr_status_t refuse_chunk(ap_filter_t *f, struct body *body,
                                 enum cl_chunk_result result)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(01590)
                  "could not read the body: %s",
                  result == CL_CHUNK_TOO_BIG ? "chunk size is beyond all "
                                               "numbers"
                  : result == CL_CHUNK_TOO_LONG ? "chunk line is longer than "
                                                  "LimitRequestLine allows"
                                                : "chunk line is malformed");
    return fail(f, body,
                result == CL_CHUNK_TOO_LONG ? APR_ENOSPC : APR_EGENERAL);
}

static apr_status_t end_chunks(ap_filter_t *f, struct body *body)
{
    int status = cl_http_read_trailers(f->r, f->next, body->lines);

    if (status == HTTP_REQUEST_TIME_OUT) {
        return fail(f, body, APR_TIMEUP);
    }
    if (status != OK) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(02656)
                      "could not read the trailer section");
        return fail(f, body, APR_EGENERAL);
    }
    body->ended = true;
    return APR_SUCCESS;
}

static apr_status_t begin_chunk(ap_filter_t *f, struct body *body)
{
    body->left = body->chunk.left;
    if (body->limit && body->left > body->limit - body->total) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(01591)
                      "request body in chunks is larger than "
                      "LimitRequestBody %" APR_OFF_T_FMT, body->limit);
        return fail(f, body, APR_ENOSPC);
    }
    body->total += body->left;
    return APR_SUCCESS;
}

/* Feed one line, or a piece of one, to the chunk parser. */
static apr_status_t parse_line(ap_filter_t *f, struct body *body,
                               enum cl_chunk_result *result)
{
    apr_bucket *e;
    const char *data;
    apr_size_t len, used;

    *result = CL_CHUNK_MORE;
    for (e = APR_BRIGADE_FIRST(body->lines);
         e != APR_BRIGADE_SENTINEL(body->lines); e = APR_BUCKET_NEXT(e)) {
        apr_status_t rv = apr_bucket_read(e, &data, &len, APR_BLOCK_READ);

        if (rv != APR_SUCCESS) {
            return fail(f, body, rv);
        }
        if (len == 0) {
            continue;
        }
        if (*result != CL_CHUNK_MORE) { /* bytes beyond the line asked for */
            return refuse_chunk(f, body, CL_CHUNK_BAD);
        }
        *result = cl_http_chunk_parse(&body->chunk, data, len, &used);
        if (*result >= CL_CHUNK_BAD) {
            return refuse_chunk(f, body, *result);
        }
        if (used < len) {
            return refuse_chunk(f, body, CL_CHUNK_BAD);
        }
    }
    return APR_SUCCESS;
}

static apr_status_t read_chunk_line(ap_filter_t *f, struct body *body,
                                    apr_read_type_e block)
{
    enum cl_chunk_result result = CL_CHUNK_MORE;
    apr_status_t rv;

    if (!body->lines) {
        body->lines = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
    }
    while (result == CL_CHUNK_MORE) {
        rv = ap_get_brigade(f->next, body->lines, AP_MODE_GETLINE, block, 0);
        if (rv == APR_SUCCESS && APR_BRIGADE_EMPTY(body->lines)) {
            rv = block == APR_BLOCK_READ ? APR_EOF : APR_EAGAIN;
        }
        if (rv != APR_SUCCESS) {
            apr_brigade_cleanup(body->lines);
            if (APR_STATUS_IS_EAGAIN(rv)) {
                return rv;
            }
            return fail(f, body, APR_STATUS_IS_EOF(rv) ? APR_INCOMPLETE : rv);
        }
        rv = parse_line(f, body, &result);
        if (rv == APR_SUCCESS && bytes_in(body->lines) == 0
            && !APR_BRIGADE_EMPTY(body->lines)
            && APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(body->lines))) {
            rv = fail(f, body, APR_INCOMPLETE);
        }
        apr_brigade_cleanup(body->lines);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return result == CL_CHUNK_LAST ? end_chunks(f, body)
                                   : begin_chunk(f, body);
}

static apr_status_t read_chunked(ap_filter_t *f, struct body *body,
                                 apr_bucket_brigade *bb,
                                 apr_read_type_e block, apr_off_t want)
{
    if (body->left == 0) {
        apr_status_t rv = read_chunk_line(f, body, block);

        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (body->ended) {
            append_eos(f, bb);
            return APR_SUCCESS;
        }
    }
    return read_data(f, body, bb, block, want);
}

/* ---- the filter ---- */

static apr_status_t read_body(ap_filter_t *f, struct body *body,
                              apr_bucket_brigade *bb, apr_read_type_e block,
                              apr_off_t want)
{
    if (body->failure != APR_SUCCESS) {
        return body->failure;
    }
    if (!body->ended && f->r->expecting_100) {
        answer_expectation(f, body);
    }
    if (body->ended) {
        append_eos(f, bb);
        return APR_SUCCESS;
    }
    switch (body->framing) {
    case CL_FRAMING_CHUNKED:
        return read_chunked(f, body, bb, block, want);
    case CL_FRAMING_CLOSE:
        return read_to_close(f, body, bb, block, want);
    default:
        return read_data(f, body, bb, block, want);
    }
}

/* Bytes that a GETLINE left over come first. */
static apr_status_t read_held(struct body *body, apr_bucket_brigade *bb,
                              apr_off_t want)
{
    apr_bucket *after;
    apr_status_t rv = apr_brigade_partition(body->held, want, &after);

    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return rv;
    }
    while (APR_BRIGADE_FIRST(body->held) != after
           && !APR_BRIGADE_EMPTY(body->held)) {
        apr_bucket *e = APR_BRIGADE_FIRST(body->held);

        APR_BUCKET_REMOVE(e);
        APR_BRIGADE_INSERT_TAIL(bb, e);
    }
    return APR_SUCCESS;
}

static bool line_is_complete(apr_bucket_brigade *bb)
{
    apr_bucket *e = APR_BRIGADE_LAST(bb);
    const char *data;
    apr_size_t len;

    if (APR_BRIGADE_EMPTY(bb)) {
        return false;
    }
    if (APR_BUCKET_IS_EOS(e)) {
        return true;
    }
    return apr_bucket_read(e, &data, &len, APR_BLOCK_READ) == APR_SUCCESS
           && len && data[len - 1] == '\n';
}

/* A line of the body: the filter below must not be asked for lines, it
 * would read past the end. */
static apr_status_t read_body_line(ap_filter_t *f, struct body *body,
                                   apr_bucket_brigade *bb,
                                   apr_read_type_e block)
{
    apr_off_t got = 0;

    if (!body->held) {
        body->held = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
    }
    for (;;) {
        apr_status_t rv = APR_SUCCESS;

        if (APR_BRIGADE_EMPTY(body->held)) {
            rv = read_body(f, body, body->held, block, LINE_PIECE);
            if (rv != APR_SUCCESS || APR_BRIGADE_EMPTY(body->held)) {
                /* what there is of the line now is not lost */
                return APR_BRIGADE_EMPTY(bb) ? rv : APR_SUCCESS;
            }
        }
        rv = apr_brigade_split_line(bb, body->held, block, LINE_PIECE - got);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        got = bytes_in(bb);
        if (got >= LINE_PIECE || line_is_complete(bb)) {
            return APR_SUCCESS;
        }
    }
}

AP_DECLARE(apr_status_t) ap_http_filter(ap_filter_t *f, apr_bucket_brigade *b,
                                        ap_input_mode_t mode,
                                        apr_read_type_e block,
                                        apr_off_t readbytes)
{
    struct body *body = f->ctx;

    if (mode != AP_MODE_READBYTES && mode != AP_MODE_GETLINE) {
        return ap_get_brigade(f->next, b, mode, block, readbytes);
    }
    if (!body) {
        body = make_body(f);
        start(f, body);
    }
    if (mode == AP_MODE_GETLINE) {
        return read_body_line(f, body, b, block);
    }
    if (body->held && !APR_BRIGADE_EMPTY(body->held)) {
        return read_held(body, b, readbytes);
    }
    return read_body(f, body, b, block, readbytes);
}

void cl_http_add_no_body(request_rec *r)
{
    ap_filter_t *f = ap_add_input_filter_handle(ap_http_input_filter_handle,
                                                NULL, r, r->connection);

    if (f) {
        make_body(f)->ended = true;
    }
}
