/* SPDX-License-Identifier: Apache-2.0 */
/* Header sections of scripts, in a brigade cut at arbitrary places. */
#include "httpd.h"
#include "http_log.h"
#include "util_script.h"

#include <apr_buckets.h>
#include <apr_general.h>

#include <stdint.h>

static void fill_request(request_rec *r, conn_rec *c, server_rec *s)
{
    s->log.level = APLOG_EMERG;
    c->base_server = s;
    r->connection = c;
    r->server = s;
    r->status = HTTP_OK;
    r->method = "GET";
    r->filename = "/srv/cgi/script";
    r->headers_in = apr_table_make(r->pool, 4);
    r->headers_out = apr_table_make(r->pool, 4);
    r->err_headers_out = apr_table_make(r->pool, 4);
    r->notes = apr_table_make(r->pool, 4);
    r->subprocess_env = apr_table_make(r->pool, 4);
}

/* The first byte says how long the pieces are. */
static apr_bucket_brigade *cut(apr_pool_t *p, apr_bucket_alloc_t *buckets,
                               const uint8_t *data, size_t size)
{
    apr_bucket_brigade *bb = apr_brigade_create(p, buckets);
    size_t piece = size ? data[0] + 1 : 1;

    for (size_t at = 1; at < size; at += piece) {
        size_t length = size - at < piece ? size - at : piece;

        APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_transient_create(
            (const char *)data + at, length, buckets));
    }
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(buckets));
    return bb;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *root;
    apr_bucket_alloc_t *buckets;
    request_rec r = { 0 };
    conn_rec c = { 0 };
    server_rec s = { 0 };

    if (root == NULL) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    apr_pool_create(&r.pool, root);
    buckets = apr_bucket_alloc_create(r.pool);
    c.pool = r.pool;
    c.bucket_alloc = buckets;
    fill_request(&r, &c, &s);
    ap_scan_script_header_err_brigade(&r, cut(r.pool, buckets, data, size),
                                      NULL);
    apr_pool_destroy(r.pool);
    return 0;
}
