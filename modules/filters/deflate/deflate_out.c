/* SPDX-License-Identifier: Apache-2.0 */
/* deflate_out.c -- the filter DEFLATE on responses: gzip (RFC 1952).
 *
 * The first brigade decides: what the client accepts, what the response
 * already is, what variables say.  Then every brigade goes through zlib and
 * the result is passed on in pieces of the buffer's size.
 */
#include "deflate.h"

#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(deflate);

/* The shortest body that is compressed when its length is known. */
#define WORTH_IT 69

/* ---- decisions */

/* Is "gzip" in Accept-Encoding, with a q above zero? */
static bool accepts_gzip(request_rec *r)
{
    const char *accepted = apr_table_get(r->headers_in, "Accept-Encoding");
    const char *item;

    while (accepted != NULL && *accepted != '\0'
           && (item = ap_get_list_item(r->pool, &accepted)) != NULL) {
        const char *q;

        if (strncmp(item, "gzip", 4) != 0 || (item[4] != '\0'
                                              && item[4] != ';')) {
            continue;
        }
        q = strstr(item, ";q=");
        return q == NULL || atof(q + 3) > 0;
    }
    return false;
}

static bool is_encoded(const request_rec *r, const char *value)
{
    return value != NULL && *value != '\0'
        && !ap_find_token(r->pool, value, "identity");
}

/* Is this all of the body, and less than gzip could make shorter? */
static bool is_tiny(apr_bucket_brigade *bb)
{
    apr_size_t total = 0;

    for (apr_bucket *b = APR_BRIGADE_FIRST(bb); b != APR_BRIGADE_SENTINEL(bb)
         && total < WORTH_IT; b = APR_BUCKET_NEXT(b)) {
        if (APR_BUCKET_IS_EOS(b)) {
            return true;
        }
        if (b->length == (apr_size_t)-1) {
            return false;
        }
        total += b->length;
    }
    return false;
}

static bool is_suitable(request_rec *r, apr_bucket_brigade *bb)
{
    const char *only_html = apr_table_get(r->subprocess_env,
                                          "gzip-only-text/html");

    if (r->main != NULL || r->status == HTTP_NO_CONTENT
        || r->status == HTTP_NOT_MODIFIED || is_tiny(bb)
        || apr_table_get(r->headers_out, "Content-Range") != NULL
        || apr_table_get(r->subprocess_env, "no-gzip") != NULL) {
        return false;
    }
    if (only_html != NULL
        && (r->content_type == NULL
            || strncmp(r->content_type, "text/html", 9) != 0)) {
        return false;
    }
    return !is_encoded(r, r->content_encoding)
        && !is_encoded(r, apr_table_get(r->headers_out, "Content-Encoding"))
        && !is_encoded(r, apr_table_get(r->err_headers_out,
                                        "Content-Encoding"));
}

static void set_fields(request_rec *r)
{
    if (apr_table_get(r->err_headers_out, "Content-Encoding") != NULL) {
        apr_table_mergen(r->err_headers_out, "Content-Encoding", "gzip");
    }
    else if (r->content_encoding != NULL) {
        r->content_encoding = apr_table_get(r->headers_out,
                                            "Content-Encoding");
        apr_table_mergen(r->headers_out, "Content-Encoding", "gzip");
    }
    else {
        apr_table_mergen(r->headers_out, "Content-Encoding", "gzip");
    }
    apr_table_unset(r->headers_out, "Content-Length");
    apr_table_unset(r->headers_out, "Content-MD5");
    deflate_change_etag(r, "-gzip\"");
}

/* ---- compressing */

static apr_status_t end_stream(void *state)
{
    deflateEnd(&((struct deflate_state *)state)->stream);
    return APR_SUCCESS;
}

static struct deflate_state *begin(ap_filter_t *f)
{
    request_rec *r = f->r;
    const struct deflate_server *s = deflate_server_of(r);
    struct deflate_state *state = deflate_new_state(r, f->c->bucket_alloc);
    int rc = deflateInit2(&state->stream,
                          s->level != 0 ? s->level : Z_DEFAULT_COMPRESSION,
                          Z_DEFLATED,
                          (s->window_bits != 0 ? s->window_bits : 15)
                              + GZIP_WRAPPER,
                          s->memory_level != 0 ? s->memory_level : 9,
                          Z_DEFAULT_STRATEGY);

    if (rc != Z_OK) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01383)
                      "could not start compression for %s: zlib error %d",
                      r->uri, rc);
        return NULL;
    }
    apr_pool_cleanup_register(r->pool, state, end_stream,
                              apr_pool_cleanup_null);
    return state;
}

/* Decide and prepare; NULL: the response stays as it is. */
static struct deflate_state *decide(ap_filter_t *f, apr_bucket_brigade *bb)
{
    request_rec *r = f->r;
    bool forced = apr_table_get(r->subprocess_env, "force-gzip") != NULL;
    struct deflate_state *state;

    if (!is_suitable(r, bb)) {
        return NULL;
    }
    apr_table_mergen(r->headers_out, "Vary", "Accept-Encoding");
    if (!forced && !accepts_gzip(r)) {
        return NULL;
    }
    state = begin(f);
    if (state != NULL) {
        set_fields(r);
    }
    return state;
}

static apr_status_t run(ap_filter_t *f, struct deflate_state *state, int flush)
{
    int rc;

    do {
        rc = deflate(&state->stream, flush);
        if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, f->r, APLOGNO(01384)
                          "compression failed for %s: zlib error %d",
                          f->r->uri, rc);
            return APR_EGENERAL;
        }
        if (state->stream.avail_out > 0 && flush == Z_NO_FLUSH) {
            return APR_SUCCESS;     /* room left: all input is taken */
        }
        deflate_drain(state, f->c->bucket_alloc);
        if (state->held >= HOLD_BUFFERS * state->size) {
            apr_status_t rv = ap_pass_brigade(f->next, state->out);

            state->held = 0;
            if (rv != APR_SUCCESS) {
                return rv;
            }
        }
    } while (rc == Z_OK && (state->stream.avail_in > 0
                            || flush == Z_FINISH));
    return APR_SUCCESS;
}

static void set_notes(request_rec *r, const z_stream *stream)
{
    const struct deflate_server *s = deflate_server_of(r);

    if (s->note_input != NULL) {
        apr_table_setn(r->notes, s->note_input,
                       apr_off_t_toa(r->pool, stream->total_in));
    }
    if (s->note_output != NULL) {
        apr_table_setn(r->notes, s->note_output,
                       apr_off_t_toa(r->pool, stream->total_out));
    }
    if (s->note_ratio != NULL) {
        apr_table_setn(r->notes, s->note_ratio, stream->total_in > 0
            ? apr_itoa(r->pool, (int)(stream->total_out * 100
                                      / stream->total_in)) : "-");
    }
}

static apr_status_t compress_bucket(ap_filter_t *f,
                                    struct deflate_state *state,
                                    apr_bucket *b)
{
    const char *bytes;
    apr_size_t length;
    apr_status_t rv = apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ);

    if (rv != APR_SUCCESS || length == 0) {
        apr_bucket_delete(b);
        return rv;
    }
    state->stream.next_in = (unsigned char *)bytes;
    state->stream.avail_in = (uInt)length;
    rv = run(f, state, Z_NO_FLUSH);
    apr_bucket_delete(b);
    return rv;
}

static apr_status_t handle_metadata(ap_filter_t *f,
                                    struct deflate_state *state,
                                    apr_bucket *b)
{
    apr_status_t rv = APR_SUCCESS;
    bool last = APR_BUCKET_IS_EOS(b);
    bool flush = APR_BUCKET_IS_FLUSH(b);

    if (last) {
        rv = run(f, state, Z_FINISH);
        set_notes(f->r, &state->stream);
        state->done = true;
    }
    else if (flush && state->stream.total_in > 0) {
        rv = run(f, state, Z_SYNC_FLUSH);
    }
    APR_BUCKET_REMOVE(b);
    APR_BRIGADE_INSERT_TAIL(state->out, b);
    if (rv == APR_SUCCESS && (last || flush)) {
        rv = ap_pass_brigade(f->next, state->out);
    }
    return rv;
}

apr_status_t deflate_out_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    struct deflate_state *state = f->ctx;
    apr_status_t rv = APR_SUCCESS;

    if (APR_BRIGADE_EMPTY(bb)) {
        return APR_SUCCESS;
    }
    if (state == NULL) {
        state = f->ctx = decide(f, bb);
        if (state == NULL) {
            ap_remove_output_filter(f);
            return ap_pass_brigade(f->next, bb);
        }
    }
    while (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *b = APR_BRIGADE_FIRST(bb);

        if (state->done) {
            ap_remove_output_filter(f);
            return ap_pass_brigade(f->next, bb);
        }
        rv = APR_BUCKET_IS_METADATA(b) ? handle_metadata(f, state, b)
                                       : compress_bucket(f, state, b);
    }
    apr_brigade_cleanup(bb);
    return rv;
}
