/* SPDX-License-Identifier: Apache-2.0 */
/* pool_fixture.h -- a pool for every test of the leaf room. */
#ifndef CLEAT_TEST_BASE_POOL_FIXTURE_H
#define CLEAT_TEST_BASE_POOL_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <apr_general.h>
#include <apr_pools.h>

static apr_pool_t *pool;

static int make_pool(void **)
{
    apr_initialize();
    return apr_pool_create(&pool, NULL);
}

static int destroy_pool(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

#define RUN(tests) cmocka_run_group_tests(tests, make_pool, destroy_pool)
#define ROWS(table) (sizeof(table) / sizeof *(table))

#endif
