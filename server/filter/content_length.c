/* SPDX-License-Identifier: Apache-2.0 */
/* content_length.c -- CONTENT_LENGTH: count the body, and say its length in
 * the header when the whole of it is known before anything was sent.
 *
 * A source that makes us wait (a pipe, a socket) is not waited for with data
 * in hand: what is there goes out first, and the length stays unknown.
 */
#include "filter/filter.h"

#include "http_protocol.h"

struct length_ctx {
    apr_bucket_brigade *later;  /* the part behind a slow bucket */
    bool passed;                /* some of the body is on its way */
};

enum seen { SEEN_ALL, SEEN_EOS, SEEN_SLOW };

/* Count buckets from *at on, stopping in front of a slow one or at EOS. */
static apr_status_t count(apr_bucket_brigade *b, apr_bucket **at,
                          apr_off_t *total, enum seen *seen)
{
    const char *data;
    apr_size_t len;

    *seen = SEEN_ALL;
    for (; *at != APR_BRIGADE_SENTINEL(b); *at = APR_BUCKET_NEXT(*at)) {
        if (APR_BUCKET_IS_EOS(*at)) {
            *seen = SEEN_EOS;
            return APR_SUCCESS;
        }
        if ((*at)->length == (apr_size_t)-1) {
            apr_status_t rv = apr_bucket_read(*at, &data, &len,
                                              APR_NONBLOCK_READ);

            if (APR_STATUS_IS_EAGAIN(rv)) {
                *seen = SEEN_SLOW;
                return APR_SUCCESS;
            }
            if (rv != APR_SUCCESS) {
                return rv;
            }
        }
        *total += (apr_off_t)(*at)->length;
    }
    return APR_SUCCESS;
}

/* Send what stands before the slow bucket, then wait for it. */
static apr_status_t pass_front(ap_filter_t *f, struct length_ctx *ctx,
                               apr_bucket_brigade *b, apr_bucket *slow)
{
    apr_bucket *flush = apr_bucket_flush_create(f->c->bucket_alloc);
    const char *data;
    apr_size_t len;
    apr_status_t rv;

    APR_BUCKET_INSERT_BEFORE(slow, flush);
    ctx->later = apr_brigade_split_ex(b, slow, ctx->later);
    ctx->passed = true;
    rv = ap_pass_brigade(f->next, b);
    apr_brigade_cleanup(b);
    if (rv != APR_SUCCESS || f->c->aborted) {
        apr_brigade_cleanup(ctx->later);
        return rv != APR_SUCCESS ? rv : APR_ECONNABORTED;
    }
    APR_BRIGADE_CONCAT(b, ctx->later);
    return apr_bucket_read(APR_BRIGADE_FIRST(b), &data, &len, APR_BLOCK_READ);
}

/* A HEAD answer whose handler made no body says nothing about its length. */
static bool length_is_meaningful(const request_rec *r)
{
    return !(r->header_only && r->bytes_sent == 0);
}

AP_DECLARE(apr_status_t) ap_content_length_filter(ap_filter_t *f,
    apr_bucket_brigade *b)
{
    request_rec *r = f->r;
    struct length_ctx *ctx = f->ctx;
    apr_bucket *at = APR_BRIGADE_FIRST(b);
    enum seen seen;

    if (!ctx) {
        f->ctx = ctx = apr_pcalloc(r->pool, sizeof *ctx);
    }
    for (;;) {
        apr_status_t rv = count(b, &at, &r->bytes_sent, &seen);

        if (rv == APR_SUCCESS && seen == SEEN_SLOW) {
            rv = pass_front(f, ctx, b, at);
            at = APR_BRIGADE_FIRST(b);
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (seen != SEEN_SLOW) {
            break;
        }
    }
    if (seen == SEEN_EOS && !ctx->passed && length_is_meaningful(r)) {
        ap_set_content_length(r, r->bytes_sent);
    }
    ctx->passed = true;
    return ap_pass_brigade(f->next, b);
}
