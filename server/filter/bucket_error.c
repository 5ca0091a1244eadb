/* SPDX-License-Identifier: Apache-2.0 */
/* bucket_error.c -- the bucket that carries an HTTP status down the chain:
 * the body it follows is broken or must be replaced by an error response.
 */
#include "http_protocol.h"

static apr_status_t read_nothing(apr_bucket *, const char **str,
                                 apr_size_t *len, apr_read_type_e)
{
    *str = NULL;
    *len = 0;
    return APR_SUCCESS;
}

static void destroy(void *data)
{
    if (apr_bucket_shared_destroy(data)) {
        apr_bucket_free(data);
    }
}

AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_error = {
    "ERROR", 5, APR_BUCKET_METADATA,
    destroy,
    read_nothing,
    apr_bucket_setaside_notimpl,
    apr_bucket_split_notimpl,
    apr_bucket_shared_copy
};

AP_DECLARE(apr_bucket *) ap_bucket_error_make(apr_bucket *b, int error,
    const char *buf, apr_pool_t *p)
{
    ap_bucket_error *carried = apr_bucket_alloc(sizeof *carried, b->list);

    carried->status = error;
    carried->data = buf ? apr_pstrdup(p, buf) : NULL;
    b = apr_bucket_shared_make(b, carried, 0, 0);
    b->type = &ap_bucket_type_error;
    return b;
}

AP_DECLARE(apr_bucket *) ap_bucket_error_create(int error, const char *buf,
    apr_pool_t *p, apr_bucket_alloc_t *list)
{
    apr_bucket *b = apr_bucket_alloc(sizeof *b, list);

    APR_BUCKET_INIT(b);
    b->free = apr_bucket_free;
    b->list = list;
    return ap_bucket_error_make(b, error, buf, p);
}
