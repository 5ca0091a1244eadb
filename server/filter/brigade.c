/* SPDX-License-Identifier: Apache-2.0 */
/* brigade.c -- hand brigades from filter to filter, save and flush them.
 *
 * A brigade passed on is no longer the caller's: the next filter empties it,
 * keeps what it needs and leaves the empty brigade for reuse.
 */
#include "filter/filter.h"

#include "http_core.h"
#include "http_log.h"

#include <stdarg.h>

APLOG_USE_MODULE(core);

AP_DECLARE(apr_status_t) ap_get_brigade(ap_filter_t *filter,
    apr_bucket_brigade *bucket, ap_input_mode_t mode, apr_read_type_e block,
    apr_off_t readbytes)
{
    if (!filter) {
        return AP_NOBODY_READ;
    }
    return filter->frec->filter_func.in_func(filter, bucket, mode, block,
                                             readbytes);
}

AP_DECLARE(apr_status_t) ap_pass_brigade(ap_filter_t *filter,
    apr_bucket_brigade *bucket)
{
    apr_bucket *last;

    if (!filter) {
        return AP_NOBODY_WROTE;
    }
    last = APR_BRIGADE_LAST(bucket);
    if (last != APR_BRIGADE_SENTINEL(bucket) && APR_BUCKET_IS_EOS(last)) {
        /* whoever was redirected to this request has its answer, too */
        for (request_rec *r = filter->r; r; r = r->prev) {
            r->eos_sent = 1;
        }
    }
    return filter->frec->filter_func.out_func(filter, bucket);
}

/* One line about a failed pass.  A client that went away is not news. */
static void log_failed_pass(request_rec *r, apr_status_t rv, const char *text)
{
    if (r->connection->aborted) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, rv, r, APLOGNO(50453)
                      "client went away: %s", text);
        return;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(50454)
                  "could not send the response: %s", text);
}

AP_DECLARE_NONSTD(apr_status_t) ap_pass_brigade_fchk(request_rec *r,
    apr_bucket_brigade *bucket, const char *fmt, ...)
{
    apr_status_t rv = ap_pass_brigade(r->output_filters, bucket);
    const char *text = "an output filter failed";

    if (rv == APR_SUCCESS) {
        return OK;
    }
    if (rv == AP_FILTER_ERROR) {
        return AP_FILTER_ERROR;             /* the filter has told why */
    }
    if (fmt) {
        va_list args;

        va_start(args, fmt);
        text = apr_pvsprintf(r->pool, fmt, args);
        va_end(args);
    }
    log_failed_pass(r, rv, text);
    return HTTP_INTERNAL_SERVER_ERROR;
}

/* Make the bucket outlive its present owner.  What cannot be set aside is
 * read into memory first, which turns it into something that can. */
static apr_status_t set_aside(apr_bucket *e, apr_pool_t *p)
{
    apr_status_t rv = apr_bucket_setaside(e, p);
    const char *data;
    apr_size_t len;

    if (rv != APR_ENOTIMPL) {
        return rv;
    }
    rv = apr_bucket_read(e, &data, &len, APR_BLOCK_READ);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    rv = apr_bucket_setaside(e, p);
    return rv == APR_ENOTIMPL ? APR_SUCCESS : rv;
}

AP_DECLARE(apr_status_t) ap_save_brigade(ap_filter_t *f,
    apr_bucket_brigade **save_to, apr_bucket_brigade **b, apr_pool_t *p)
{
    apr_status_t first_error = APR_SUCCESS;

    if (!*save_to) {
        *save_to = apr_brigade_create(p, f->c->bucket_alloc);
    }
    for (apr_bucket *e = APR_BRIGADE_FIRST(*b);
         e != APR_BRIGADE_SENTINEL(*b); e = APR_BUCKET_NEXT(e)) {
        apr_status_t rv = set_aside(e, p);

        if (first_error == APR_SUCCESS) {
            first_error = rv;
        }
    }
    APR_BRIGADE_CONCAT(*save_to, *b);
    return first_error;
}

AP_DECLARE(apr_status_t) ap_filter_flush(apr_bucket_brigade *bb, void *ctx)
{
    apr_status_t rv = ap_pass_brigade(ctx, bb);

    /* callers go on writing into bb */
    apr_brigade_cleanup(bb);
    return rv;
}

AP_DECLARE(apr_status_t) ap_fflush(ap_filter_t *f, apr_bucket_brigade *bb)
{
    apr_bucket *flush = apr_bucket_flush_create(f->c->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, flush);
    return ap_pass_brigade(f, bb);
}

AP_DECLARE_NONSTD(apr_status_t) ap_fputstrs(ap_filter_t *f,
    apr_bucket_brigade *bb, ...)
{
    apr_status_t rv;
    va_list args;

    va_start(args, bb);
    rv = apr_brigade_vputstrs(bb, ap_filter_flush, f, args);
    va_end(args);
    return rv;
}

AP_DECLARE_NONSTD(apr_status_t) ap_fprintf(ap_filter_t *f,
    apr_bucket_brigade *bb, const char *fmt, ...)
{
    apr_status_t rv;
    va_list args;

    va_start(args, fmt);
    rv = apr_brigade_vprintf(bb, ap_filter_flush, f, fmt, args);
    va_end(args);
    return rv;
}
