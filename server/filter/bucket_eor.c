/* SPDX-License-Identifier: Apache-2.0 */
/* bucket_eor.c -- the bucket that ends a request.
 *
 * It follows the last byte of a response down the connection's filters; when
 * the network has taken everything in front of it, the bucket is destroyed,
 * and with it the request's pool.  The transaction is logged as that pool
 * goes, whichever of the two dies first.
 */
#include "filter/filter.h"

#include "http_protocol.h"
#include "http_request.h"
#include "scoreboard.h"

/* Runs before anything of the pool is released: loggers see a whole request.
 */
static apr_status_t end_request(void *bucket)
{
    apr_bucket *b = bucket;
    request_rec *r = b->data;

    b->data = NULL;                 /* nothing left for the bucket to do */
    if (!r) {
        return APR_SUCCESS;
    }
    ap_run_log_transaction(r);
    if (r->connection->sbh && ap_extended_status) {
        ap_increment_counts(r->connection->sbh, r);
    }
    return APR_SUCCESS;
}

static void destroy(void *data)
{
    request_rec *r = data;

    if (r) {
        apr_pool_destroy(r->pool);
    }
}

static apr_status_t read_nothing(apr_bucket *, const char **str,
                                 apr_size_t *len, apr_read_type_e)
{
    *str = NULL;
    *len = 0;
    return APR_SUCCESS;
}

AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_eor = {
    "EOR", 5, APR_BUCKET_METADATA,
    destroy,
    read_nothing,
    apr_bucket_setaside_noop,
    apr_bucket_split_notimpl,
    apr_bucket_copy_notimpl         /* a request ends once */
};

AP_DECLARE(apr_bucket *) ap_bucket_eor_make(apr_bucket *b, request_rec *r)
{
    b->length = 0;
    b->start = 0;
    b->type = &ap_bucket_type_eor;
    b->data = r;
    apr_pool_pre_cleanup_register(r->pool, b, end_request);
    return b;
}

AP_DECLARE(apr_bucket *) ap_bucket_eor_create(apr_bucket_alloc_t *list,
    request_rec *r)
{
    apr_bucket *b = apr_bucket_alloc(sizeof *b, list);

    APR_BUCKET_INIT(b);
    b->free = apr_bucket_free;
    b->list = list;
    return ap_bucket_eor_make(b, r);
}
