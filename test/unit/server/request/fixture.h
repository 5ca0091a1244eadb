/* SPDX-License-Identifier: Apache-2.0 */
/* fixture.h -- a request on a server, made by hand and quiet: nothing in it
 * but what the request room looks at. */
#ifndef CLEAT_TEST_REQUEST_FIXTURE_H
#define CLEAT_TEST_REQUEST_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <cmocka.h>

#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "state.h"

#define VECTOR_LENGTH 4

static apr_pool_t *pool;
static server_rec server;
static core_server_config server_conf;
static core_dir_config dir_conf;

static inline ap_conf_vector_t *make_vector(void *core_conf)
{
    void **vector = apr_pcalloc(pool, VECTOR_LENGTH * sizeof *vector);

    vector[AP_CORE_MODULE_INDEX] = core_conf;
    return (ap_conf_vector_t *)vector;
}

static inline request_rec *make_request(const char *uri)
{
    request_rec *r = apr_pcalloc(pool, sizeof *r);

    r->pool = pool;
    r->server = &server;
    r->connection = apr_pcalloc(pool, sizeof *r->connection);
    r->connection->pool = pool;
    r->connection->base_server = &server;
    r->log = &server.log;
    r->per_dir_config = server.lookup_defaults;
    r->request_config
        = make_vector(apr_pcalloc(pool, sizeof(core_request_config)));
    r->headers_in = apr_table_make(pool, 4);
    r->headers_out = apr_table_make(pool, 4);
    r->subprocess_env = apr_table_make(pool, 4);
    r->notes = apr_table_make(pool, 4);
    r->unparsed_uri = apr_pstrdup(pool, uri);
    r->parsed_uri.path = r->uri = apr_pstrdup(pool, uri);
    r->status = HTTP_OK;
    return r;
}

static inline int open_fixture(void **)
{
    apr_pool_create(&pool, NULL);
    cleat_core_module.module_index = 1;
    server = (server_rec){ .log.level = -1 };
    server_conf = (core_server_config){ .merge_slashes = AP_CORE_CONFIG_UNSET };
    dir_conf = (core_dir_config){ .override = OR_NONE };
    server.module_config = make_vector(&server_conf);
    server.lookup_defaults = make_vector(&dir_conf);
    return 0;
}

static inline int close_fixture(void **)
{
    apr_pool_destroy(pool);
    return 0;
}

#define FIXTURE_TEST(f) \
    cmocka_unit_test_setup_teardown(f, open_fixture, close_fixture)

#endif
