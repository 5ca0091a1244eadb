/* SPDX-License-Identifier: Apache-2.0 */
/* chunk_write.c -- CHUNK: a body of unknown length in chunks, and the trailer
 * section behind it (RFC 9112 section 7.1).
 *
 * One brigade makes one chunk.  After a broken body (an error bucket with 502)
 * the last chunk is not sent, so that the client sees the break.
 */
#include "http/http.h"

#include "mod_core.h"

static const char last_chunk[] = "0\r\n\r\n";
static const char end_and_last_chunk[] = "\r\n0\r\n\r\n";

/* What a brigade holds: bytes of data, and what they end with. */
struct content {
    apr_off_t bytes;
    apr_bucket *eos;
    apr_bucket *flush;          /* the last one */
    bool broken;
};

/* Count the data in front of EOS.  A bucket of unknown length is read, which
 * waits for it; CONTENT_LENGTH has let go of what came before. */
static apr_status_t measure(apr_bucket_brigade *b, struct content *seen)
{
    memset(seen, 0, sizeof *seen);
    for (apr_bucket *e = APR_BRIGADE_FIRST(b); e != APR_BRIGADE_SENTINEL(b);
         e = APR_BUCKET_NEXT(e)) {
        if (APR_BUCKET_IS_EOS(e)) {
            seen->eos = e;
            return APR_SUCCESS;
        }
        if (APR_BUCKET_IS_FLUSH(e)) {
            seen->flush = e;
        }
        else if (AP_BUCKET_IS_ERROR(e)) {
            seen->broken |= ((ap_bucket_error *)e->data)->status
                            == HTTP_BAD_GATEWAY;
        }
        else if (e->length == (apr_size_t)-1) {
            const char *data;
            apr_size_t len;
            apr_status_t rv = apr_bucket_read(e, &data, &len, APR_BLOCK_READ);

            if (rv != APR_SUCCESS) {
                return rv;
            }
            seen->bytes += (apr_off_t)len;
        }
        else {
            seen->bytes += (apr_off_t)e->length;
        }
    }
    return APR_SUCCESS;
}

static void put_size(ap_filter_t *f, apr_bucket_brigade *b, apr_off_t bytes)
{
    char line[20];
    int len = apr_snprintf(line, sizeof line, "%" APR_UINT64_T_HEX_FMT CRLF,
                           (apr_uint64_t)bytes);
    apr_bucket *e = apr_bucket_heap_create(line, (apr_size_t)len, NULL,
                                           f->c->bucket_alloc);

    APR_BRIGADE_INSERT_HEAD(b, e);
}

static apr_bucket *literal(ap_filter_t *f, const char *text, apr_size_t len)
{
    return apr_bucket_immortal_create(text, len, f->c->bucket_alloc);
}

/* RFC 9110 section 6.5.1: only to a client that asks for trailers, and only
 * fields that can be sent. */
static const char *trailer_section(request_rec *r)
{
    const char *te;
    char *block, *end;

    if (!r->trailers_out || apr_is_empty_table(r->trailers_out)) {
        return NULL;
    }
    te = apr_table_get(r->headers_in, "TE");
    if (!te || !ap_find_token(r->pool, te, "trailers")
        || !cl_http_fields_are_clean(r, r->trailers_out)) {
        return NULL;
    }
    block = apr_palloc(r->pool, cl_http_fields_size(r->trailers_out) + 1);
    end = cl_http_put_fields(block, r->trailers_out);
    *end = '\0';
    return block;
}

/* The end of the message, in front of EOS; CRLF ends the open chunk if any. */
static void put_end(ap_filter_t *f, const struct content *seen)
{
    const char *trailers = trailer_section(f->r);
    apr_bucket *e;

    if (trailers) {
        const char *text = apr_pstrcat(f->r->pool, seen->bytes ? CRLF : "",
                                       "0" CRLF, trailers, CRLF, NULL);

        e = literal(f, text, strlen(text));
    }
    else if (seen->bytes) {
        e = literal(f, end_and_last_chunk, sizeof end_and_last_chunk - 1);
    }
    else {
        e = literal(f, last_chunk, sizeof last_chunk - 1);
    }
    APR_BUCKET_INSERT_BEFORE(seen->eos, e);
}

static void end_chunk(ap_filter_t *f, apr_bucket_brigade *b,
                      const struct content *seen)
{
    apr_bucket *e = literal(f, CRLF, 2);

    if (seen->eos) {
        APR_BUCKET_INSERT_BEFORE(seen->eos, e);
    }
    else if (seen->flush && APR_BRIGADE_LAST(b) == seen->flush) {
        APR_BUCKET_INSERT_BEFORE(seen->flush, e);
    }
    else {
        APR_BRIGADE_INSERT_TAIL(b, e);
    }
}

AP_DECLARE(apr_status_t) ap_http_chunk_filter(ap_filter_t *f,
    apr_bucket_brigade *b)
{
    struct content seen;
    apr_status_t rv = measure(b, &seen);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (seen.broken) {
        f->ctx = f;             /* remember, the EOS may come later */
    }
    if (seen.bytes) {
        put_size(f, b, seen.bytes);
    }
    if (seen.eos && !f->ctx) {
        put_end(f, &seen);
    }
    else if (seen.bytes) {
        end_chunk(f, b, &seen);
    }
    if (seen.eos) {
        ap_remove_output_filter(f);
    }
    return ap_pass_brigade(f->next, b);
}
