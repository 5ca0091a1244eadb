/* SPDX-License-Identifier: Apache-2.0 */
/* inflate_out.c -- the filter INFLATE on responses: undo gzip, so that other
 * filters can read what a backend or a file has compressed. */
#include "deflate.h"

#include <string.h>

#include "apr_strings.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(deflate);

static apr_status_t end_stream(void *state)
{
    inflateEnd(&((struct deflate_state *)state)->stream);
    return APR_SUCCESS;
}

static struct deflate_state *begin(ap_filter_t *f)
{
    request_rec *r = f->r;
    struct deflate_state *state;

    if (r->main != NULL || r->header_only || r->status == HTTP_NO_CONTENT
        || r->status == HTTP_NOT_MODIFIED
        || apr_table_get(r->headers_out, "Content-Range") != NULL
        || !deflate_strip_coding(r, r->headers_out)) {
        return NULL;
    }
    state = deflate_new_state(r, f->c->bucket_alloc);
    if (inflateInit2(&state->stream, 15 + GZIP_WRAPPER) != Z_OK) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01397)
                      "could not start decompression for %s", r->uri);
        return NULL;
    }
    apr_pool_cleanup_register(r->pool, state, end_stream,
                              apr_pool_cleanup_null);
    apr_table_unset(r->headers_out, "Content-Length");
    apr_table_unset(r->headers_out, "Content-MD5");
    deflate_change_etag(r, "-gunzip\"");
    return state;
}

/* Nothing more comes out of it.  What has been sent must not look whole: the
 * error bucket keeps the end of the body from being told. */
static apr_status_t give_up(ap_filter_t *f, struct deflate_state *state,
                            const char *why)
{
    request_rec *r = f->r;

    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01398)
                  "could not decompress the response for %s: %s", r->uri, why);
    apr_brigade_cleanup(state->out);
    ap_remove_output_filter(f);
    if (state->passed) {
        APR_BRIGADE_INSERT_TAIL(state->out,
            ap_bucket_error_create(HTTP_BAD_GATEWAY, NULL, r->pool,
                                   f->c->bucket_alloc));
        APR_BRIGADE_INSERT_TAIL(state->out,
            apr_bucket_eos_create(f->c->bucket_alloc));
        ap_pass_brigade(f->next, state->out);
    }
    return APR_EGENERAL;
}

static apr_status_t pass(ap_filter_t *f, struct deflate_state *state)
{
    state->held = 0;
    state->passed = true;
    return ap_pass_brigade(f->next, state->out);
}

static apr_status_t expand(ap_filter_t *f, struct deflate_state *state,
                           apr_bucket *b)
{
    const char *bytes;
    apr_size_t length;
    apr_status_t rv = apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    state->stream.next_in = (unsigned char *)bytes;
    state->stream.avail_in = (uInt)length;
    while (state->stream.avail_in > 0 && !state->done) {
        int rc = inflate(&state->stream, Z_NO_FLUSH);

        if (rc == Z_STREAM_END) {
            state->done = true;
        }
        else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            return give_up(f, state, "it is damaged");
        }
        deflate_drain(state, f->c->bucket_alloc);
        if (state->held >= HOLD_BUFFERS * state->size) {
            rv = pass(f, state);
            if (rv != APR_SUCCESS) {
                return rv;
            }
        }
    }
    apr_bucket_delete(b);
    return APR_SUCCESS;
}

static apr_status_t take_metadata(ap_filter_t *f, struct deflate_state *state,
                                  apr_bucket *b)
{
    bool last = APR_BUCKET_IS_EOS(b);
    bool flush = APR_BUCKET_IS_FLUSH(b);

    if (last && state->stream.total_in > 0 && !state->done) {
        return give_up(f, state, "it ends too early");
    }
    APR_BUCKET_REMOVE(b);
    APR_BRIGADE_INSERT_TAIL(state->out, b);
    return last || flush ? pass(f, state) : APR_SUCCESS;
}

apr_status_t deflate_inflate_out_filter(ap_filter_t *f,
                                        apr_bucket_brigade *bb)
{
    struct deflate_state *state = f->ctx;
    apr_status_t rv = APR_SUCCESS;

    if (APR_BRIGADE_EMPTY(bb)) {
        return APR_SUCCESS;
    }
    if (state == NULL) {
        state = f->ctx = begin(f);
        if (state == NULL) {
            ap_remove_output_filter(f);
            return ap_pass_brigade(f->next, bb);
        }
    }
    while (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *b = APR_BRIGADE_FIRST(bb);

        rv = APR_BUCKET_IS_METADATA(b) ? take_metadata(f, state, b)
                                       : expand(f, state, b);
    }
    apr_brigade_cleanup(bb);
    return rv;
}
