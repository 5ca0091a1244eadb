/* SPDX-License-Identifier: Apache-2.0 */
/* range_filter.c -- BYTERANGE: of a complete response, send the parts that
 * the client asked for (RFC 9110 section 14).
 *
 * It works only when the first brigade is the whole body with a known length;
 * any other response goes through as it is, and the filter steps aside.
 */
#include "http/http.h"

#include "http_core.h"
#include "http_log.h"
#include "mod_core.h"

#include "http/ranges.h"

APLOG_USE_MODULE(http);

AP_DECLARE_DATA ap_filter_rec_t *ap_byterange_filter_handle;
AP_DECLARE_DATA const char *ap_multipart_boundary;

/* ---- may this response be cut? ---- */

/* Length of the body if the brigade is all of it, or -1. */
static apr_off_t whole_length(apr_bucket_brigade *bb)
{
    apr_off_t length = 0;

    for (apr_bucket *e = APR_BRIGADE_FIRST(bb); e != APR_BRIGADE_SENTINEL(bb);
         e = APR_BUCKET_NEXT(e)) {
        if (APR_BUCKET_IS_EOS(e)) {
            return length;
        }
        if (e->length == (apr_size_t)-1) {
            return -1;
        }
        length += (apr_off_t)e->length;
    }
    return -1;
}

/* The field to obey, if the request and the response so far allow it. */
static const char *range_field(request_rec *r)
{
    const char *field = apr_table_get(r->headers_in, "Range");
    ap_condition_e same;

    /* section 14.2: of all methods only GET has ranges, not HEAD */
    if (!field || r->status != HTTP_OK || r->method_number != M_GET
        || r->header_only
        || r->assbackwards || r->main
        || apr_table_get(r->headers_out, "Content-Range")
        || apr_table_get(r->notes, "HTTP_IGNORE_RANGE")) {
        return NULL;
    }
    /* section 13.1.5: anything but certainty sends everything */
    same = ap_condition_if_range(r, r->headers_out);
    return same == AP_CONDITION_NONE || same == AP_CONDITION_STRONG ? field
                                                                    : NULL;
}

/* ---- cutting ---- */

static apr_status_t copy_bucket(apr_bucket *e, apr_bucket **copy)
{
    apr_status_t rv = apr_bucket_copy(e, copy);
    const char *data;
    apr_size_t len;

    if (rv == APR_ENOTIMPL) {
        rv = apr_bucket_read(e, &data, &len, APR_BLOCK_READ);
        if (rv == APR_SUCCESS) {
            rv = apr_bucket_copy(e, copy);
        }
    }
    return rv;
}

/* Append copies of the bytes of range in bb to out. */
static apr_status_t copy_range(apr_bucket_brigade *bb,
                               const struct cl_range *range,
                               apr_bucket_brigade *out)
{
    apr_bucket *from, *to;
    apr_status_t rv = apr_brigade_partition(bb, range->first, &from);

    if (rv == APR_SUCCESS) {
        rv = apr_brigade_partition(bb, range->last + 1, &to);
    }
    for (; rv == APR_SUCCESS && from != to; from = APR_BUCKET_NEXT(from)) {
        apr_bucket *copy;

        if (APR_BUCKET_IS_METADATA(from)) {
            continue;
        }
        rv = copy_bucket(from, &copy);
        if (rv == APR_SUCCESS) {
            APR_BRIGADE_INSERT_TAIL(out, copy);
        }
    }
    return rv;
}

static const char *content_range(request_rec *r, const struct cl_range *range,
                                 apr_off_t length)
{
    return apr_psprintf(r->pool, "bytes %" APR_OFF_T_FMT "-%" APR_OFF_T_FMT
                        "/%" APR_OFF_T_FMT, range->first, range->last,
                        length);
}

static void put_text(apr_bucket_brigade *out, const char *text)
{
    apr_bucket *e = apr_bucket_pool_create(text, strlen(text), out->p,
                                           out->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(out, e);
}

static apr_status_t cut_one(request_rec *r, apr_bucket_brigade *bb,
                            const struct cl_range *range, apr_off_t length,
                            apr_bucket_brigade *out)
{
    apr_table_setn(r->headers_out, "Content-Range",
                   content_range(r, range, length));
    return copy_range(bb, range, out);
}

static apr_status_t cut_parts(request_rec *r, apr_bucket_brigade *bb,
                              const apr_array_header_t *ranges,
                              apr_off_t length, apr_bucket_brigade *out)
{
    const char *type = ap_make_content_type(r, r->content_type);
    const char *opening = apr_pstrcat(r->pool, CRLF "--",
                                      ap_multipart_boundary, CRLF,
                                      type ? "Content-type: " : "",
                                      type ? type : "", type ? CRLF : "",
                                      "Content-range: ", NULL);

    for (int i = 0; i < ranges->nelts; i++) {
        const struct cl_range *range =
            &APR_ARRAY_IDX(ranges, i, struct cl_range);
        apr_status_t rv;

        put_text(out, apr_pstrcat(r->pool, opening,
                                  content_range(r, range, length),
                                  CRLF CRLF, NULL));
        rv = copy_range(bb, range, out);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    put_text(out, apr_pstrcat(r->pool, CRLF "--", ap_multipart_boundary,
                              "--" CRLF, NULL));
    ap_set_content_type(r, apr_pstrcat(r->pool, "multipart/byteranges; "
                                       "boundary=", ap_multipart_boundary,
                                       NULL));
    return APR_SUCCESS;
}

/* ---- the filter ---- */

static void put_eos(apr_bucket_brigade *bb)
{
    apr_bucket *eos = apr_bucket_eos_create(bb->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, eos);
}

/* Section 15.5.17: the client learns the length. */
static apr_status_t answer_beyond(ap_filter_t *f, apr_bucket_brigade *bb,
                                  apr_off_t length)
{
    request_rec *r = f->r;
    apr_bucket *error = ap_bucket_error_create(HTTP_RANGE_NOT_SATISFIABLE,
                                               NULL, r->pool,
                                               f->c->bucket_alloc);

    apr_table_setn(r->err_headers_out, "Content-Range",
                   apr_psprintf(r->pool, "bytes */%" APR_OFF_T_FMT, length));
    apr_brigade_cleanup(bb);
    APR_BRIGADE_INSERT_TAIL(bb, error);
    put_eos(bb);
    return ap_pass_brigade(f->next, bb);
}

static apr_status_t answer_ranges(ap_filter_t *f, apr_bucket_brigade *bb,
                                  const apr_array_header_t *ranges,
                                  apr_off_t length)
{
    request_rec *r = f->r;
    apr_bucket_brigade *out = apr_brigade_create(r->pool,
                                                 f->c->bucket_alloc);
    apr_status_t rv;

    r->status = HTTP_PARTIAL_CONTENT;
    r->status_line = NULL;
    if (ranges->nelts == 1) {
        rv = cut_one(r, bb, &APR_ARRAY_IDX(ranges, 0, struct cl_range),
                     length, out);
    }
    else {
        rv = cut_parts(r, bb, ranges, length, out);
    }
    apr_brigade_cleanup(bb);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(50456)
                      "could not copy a range of \"%s\"", r->uri);
        apr_brigade_cleanup(out);
        return rv;
    }
    put_eos(out);
    return ap_pass_brigade(f->next, out);
}

AP_DECLARE(apr_status_t) ap_byterange_filter(ap_filter_t *f,
    apr_bucket_brigade *bb)
{
    request_rec *r = f->r;
    const char *field = range_field(r);
    apr_off_t length = field ? whole_length(bb) : -1;
    apr_array_header_t *ranges = NULL;
    struct cl_range_limits limits;

    ap_remove_output_filter(f);
    if (length <= 0) {                  /* unknown, or nothing to cut */
        return ap_pass_brigade(f->next, bb);
    }
    cl_http_range_limits(r, &limits);
    switch (cl_http_parse_ranges(r->pool, field, length, limits, &ranges)) {
    case CL_RANGE_BEYOND:
        return answer_beyond(f, bb, length);
    case CL_RANGE_OK:
        return answer_ranges(f, bb, ranges, length);
    default:
        return ap_pass_brigade(f->next, bb);
    }
}
