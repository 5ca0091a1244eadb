/* SPDX-License-Identifier: Apache-2.0 */
/* inflate_in.c -- the filter DEFLATE on request bodies: undo gzip.
 *
 * A small body may expand to anything: the size limit and the ratio limit
 * end it with 413.
 */
#include "deflate.h"

#include <string.h>

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(deflate);

struct inflate_in {
    struct deflate_state *state;
    apr_bucket_brigade *in;
};

static apr_status_t end_stream(void *state)
{
    inflateEnd(&((struct deflate_state *)state)->stream);
    return APR_SUCCESS;
}

static struct inflate_in *begin(ap_filter_t *f)
{
    request_rec *r = f->r;
    struct inflate_in *mine;

    if (r->main != NULL || !deflate_strip_coding(r, r->headers_in)) {
        return NULL;
    }
    mine = apr_pcalloc(r->pool, sizeof *mine);
    mine->state = deflate_new_state(r, f->c->bucket_alloc);
    mine->in = apr_brigade_create(r->pool, f->c->bucket_alloc);
    if (inflateInit2(&mine->state->stream, 15 + GZIP_WRAPPER) != Z_OK) {
        return NULL;
    }
    apr_pool_cleanup_register(r->pool, mine->state, end_stream,
                              apr_pool_cleanup_null);
    apr_table_unset(r->headers_in, "Content-Length");
    apr_table_unset(r->headers_in, "Content-MD5");
    return mine;
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
    while (state->stream.avail_in > 0) {
        int rc;

        if (state->done) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(02485)
                          "%u bytes follow the end of the compressed body",
                          state->stream.avail_in);
            return APR_EGENERAL;
        }
        rc = inflate(&state->stream, Z_NO_FLUSH);
        if (rc == Z_STREAM_END) {
            state->done = true;
        }
        else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(01392)
                          "the compressed request body is damaged: zlib "
                          "error %d", rc);
            return APR_EGENERAL;
        }
        deflate_drain(state, f->c->bucket_alloc);
        if (deflate_is_bomb(f->r, state)) {
            return APR_ENOSPC;
        }
    }
    apr_bucket_delete(b);
    return APR_SUCCESS;
}

static apr_status_t take(ap_filter_t *f, struct inflate_in *mine)
{
    while (!APR_BRIGADE_EMPTY(mine->in)) {
        apr_bucket *b = APR_BRIGADE_FIRST(mine->in);
        apr_status_t rv;

        if (!APR_BUCKET_IS_METADATA(b)) {
            rv = expand(f, mine->state, b);
            if (rv != APR_SUCCESS) {
                return rv;
            }
            continue;
        }
        if (APR_BUCKET_IS_EOS(b) && !mine->state->done
            && mine->state->stream.total_in > 0) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, f->r, APLOGNO(01390)
                          "the compressed request body ends too early");
            return APR_EGENERAL;
        }
        APR_BUCKET_REMOVE(b);
        APR_BRIGADE_INSERT_TAIL(mine->state->out, b);
    }
    return APR_SUCCESS;
}

apr_status_t deflate_inflate_in_filter(ap_filter_t *f, apr_bucket_brigade *bb,
                                       ap_input_mode_t mode,
                                       apr_read_type_e block,
                                       apr_off_t readbytes)
{
    struct inflate_in *mine = f->ctx;
    apr_bucket *after;
    apr_status_t rv;

    if (mode != AP_MODE_READBYTES) {
        return ap_get_brigade(f->next, bb, mode, block, readbytes);
    }
    if (mine == NULL) {
        mine = f->ctx = begin(f);
        if (mine == NULL) {
            ap_remove_input_filter(f);
            return ap_get_brigade(f->next, bb, mode, block, readbytes);
        }
    }
    while (APR_BRIGADE_EMPTY(mine->state->out)) {
        rv = ap_get_brigade(f->next, mine->in, mode, block, readbytes);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        rv = take(f, mine);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (block == APR_NONBLOCK_READ) {
            break;
        }
    }
    rv = apr_brigade_partition(mine->state->out, readbytes, &after);
    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return rv;
    }
    apr_brigade_split_ex(mine->state->out, after, mine->in);
    APR_BRIGADE_CONCAT(bb, mine->state->out);
    APR_BRIGADE_CONCAT(mine->state->out, mine->in);
    return APR_SUCCESS;
}
