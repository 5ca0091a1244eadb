/* SPDX-License-Identifier: Apache-2.0 */
/* reader_fixture.h -- a request whose connection is a string of bytes, handed
 * out in pieces of any size by the core's own input filter.
 */
#ifndef CLEAT_TEST_READER_FIXTURE_H
#define CLEAT_TEST_READER_FIXTURE_H

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <apr_buckets.h>
#include <apr_general.h>
#include <apr_strings.h>

struct reader {
    apr_pool_t *pool;
    apr_bucket_alloc_t *alloc;
    process_rec process;
    server_rec server;
    core_server_config conf;
    core_dir_config dir;
    void *vectors[4][64];
    conn_rec conn;
    request_rec r;
    ap_filter_t filter;
    core_net_rec net;
    core_ctx_t in;
};

static ap_filter_rec_t reader_frec = { .name = "core_in" };

static inline struct reader *reader_make(void)
{
    static int started;
    struct reader *t = calloc(1, sizeof *t);

    if (!started++) {
        apr_initialize();
    }
    reader_frec.filter_func.in_func = ap_core_input_filter;
    ap_core_input_filter_handle = &reader_frec;
    apr_pool_create(&t->pool, NULL);
    t->alloc = apr_bucket_alloc_create(t->pool);
    t->process.pool = t->process.pconf = t->pool;
    t->server.process = &t->process;
    t->server.log.level = APLOG_EMERG;
    t->server.limit_req_line = DEFAULT_LIMIT_REQUEST_LINE;
    t->server.limit_req_fields = DEFAULT_LIMIT_REQUEST_FIELDS;
    t->server.limit_req_fieldsize = DEFAULT_LIMIT_REQUEST_FIELDSIZE;
    t->server.module_config = (struct ap_conf_vector_t *)t->vectors[0];
    t->vectors[0][AP_CORE_MODULE_INDEX] = &t->conf;
    t->conn.pool = t->pool;
    t->conn.bucket_alloc = t->alloc;
    t->conn.base_server = &t->server;
    t->conn.conn_config = (struct ap_conf_vector_t *)t->vectors[1];
    t->conn.notes = apr_table_make(t->pool, 4);
    t->r.pool = t->pool;
    t->r.connection = &t->conn;
    t->r.server = &t->server;
    t->r.request_config = (struct ap_conf_vector_t *)t->vectors[2];
    t->dir.limit_req_body = -1;         /* not set */
    t->vectors[3][AP_CORE_MODULE_INDEX] = &t->dir;
    t->r.per_dir_config = (struct ap_conf_vector_t *)t->vectors[3];
    t->r.headers_in = apr_table_make(t->pool, 16);
    t->r.headers_out = apr_table_make(t->pool, 4);
    t->r.trailers_in = apr_table_make(t->pool, 4);
    t->r.notes = apr_table_make(t->pool, 4);
    t->r.status = HTTP_OK;
    t->r.proto_num = HTTP_VERSION(1, 1);
    t->r.the_request = apr_pstrdup(t->pool, "GET / HTTP/1.1");
    t->net.c = &t->conn;
    t->net.in_ctx = &t->in;
    t->in.b = apr_brigade_create(t->pool, t->alloc);
    t->in.tmpbb = apr_brigade_create(t->pool, t->alloc);
    t->filter.frec = &reader_frec;
    t->filter.ctx = &t->net;
    t->filter.c = &t->conn;
    t->conn.input_filters = &t->filter;
    t->r.input_filters = t->r.proto_input_filters = &t->filter;
    return t;
}

static inline void reader_feed(struct reader *t, const char *bytes, size_t len,
                        size_t piece)
{
    for (size_t at = 0; at < len; at += piece) {
        size_t n = len - at < piece ? len - at : piece;

        APR_BRIGADE_INSERT_TAIL(t->in.b,
                                apr_bucket_heap_create(bytes + at, n, NULL,
                                                       t->alloc));
    }
}

static inline void reader_free(struct reader *t)
{
    apr_pool_destroy(t->pool);
    free(t);
}

#endif
