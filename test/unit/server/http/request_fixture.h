/* SPDX-License-Identifier: Apache-2.0 */
/* request_fixture.h -- a request_rec as a handler would meet it, made by hand:
 * GET over HTTP/1.1, 200, default configuration, empty tables.
 */
#ifndef TEST_HTTP_REQUEST_FIXTURE_H
#define TEST_HTTP_REQUEST_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "http_config.h"
#include "http_core.h"
#include "http_protocol.h"
#include "httpd.h"

enum { FIXTURE_MODULES = 64 };

static apr_pool_t *fixture_pool;

static inline core_dir_config *fixture_dir(const request_rec *r)
{
    return ap_get_core_module_config(r->per_dir_config);
}

static inline ap_conf_vector_t *fixture_vector(apr_pool_t *p, void *core)
{
    void **vector = apr_pcalloc(p, sizeof(void *) * FIXTURE_MODULES);

    vector[0] = core;
    return (ap_conf_vector_t *)vector;
}

static inline server_rec *fixture_server(apr_pool_t *p)
{
    server_rec *s = apr_pcalloc(p, sizeof *s);
    core_server_config *conf = apr_pcalloc(p, sizeof *conf);

    conf->trace_enable = AP_TRACE_UNSET;
    conf->flush_max_pipelined = 5;
    s->module_config = fixture_vector(p, conf);
    s->server_admin = "you@example.com";
    s->server_hostname = "localhost";
    s->keep_alive = 1;
    s->keep_alive_max = 100;
    s->keep_alive_timeout = apr_time_from_sec(5);
    s->timeout = apr_time_from_sec(60);
    s->log.level = APLOG_WARNING;
    return s;
}

static inline request_rec *fixture_request(void)
{
    apr_pool_t *p = fixture_pool;
    request_rec *r = apr_pcalloc(p, sizeof *r);
    conn_rec *c = apr_pcalloc(p, sizeof *c);
    core_dir_config *dir = apr_pcalloc(p, sizeof *dir);
    core_request_config *mine = apr_pcalloc(p, sizeof *mine);

    dir->max_ranges = dir->max_overlaps = dir->max_reversals
        = AP_MAXRANGES_UNSET;
    dir->add_default_charset = ADD_DEFAULT_CHARSET_UNSET;
    c->pool = r->pool = p;
    c->base_server = r->server = fixture_server(p);
    c->bucket_alloc = apr_bucket_alloc_create(p);
    c->conn_config = fixture_vector(p, NULL);
    c->notes = apr_table_make(p, 1);
    r->connection = c;
    r->per_dir_config = fixture_vector(p, dir);
    r->request_config = fixture_vector(p, mine);
    r->headers_in = apr_table_make(p, 4);
    r->headers_out = apr_table_make(p, 4);
    r->err_headers_out = apr_table_make(p, 4);
    r->subprocess_env = apr_table_make(p, 4);
    r->notes = apr_table_make(p, 4);
    r->trailers_out = apr_table_make(p, 1);
    r->the_request = "GET /x HTTP/1.1";
    r->method = "GET";
    r->method_number = M_GET;
    r->protocol = "HTTP/1.1";
    r->proto_num = HTTP_VERSION(1, 1);
    r->status = HTTP_OK;
    r->uri = "/x";
    r->request_time = apr_time_from_sec(1000000);
    return r;
}

static int fixture_begin(void **state)
{
    *state = NULL;
    apr_pool_create(&fixture_pool, NULL);
    return 0;
}

static int fixture_end(void **state)
{
    *state = NULL;
    apr_pool_destroy(fixture_pool);
    return 0;
}

#define A_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_begin, fixture_end)

static inline int fixture_run(const struct CMUnitTest *tests, size_t n)
{
    int failed;

    apr_initialize();
    failed = _cmocka_run_group_tests("tests", tests, n, NULL, NULL);
    apr_terminate();
    return failed;
}

#endif
