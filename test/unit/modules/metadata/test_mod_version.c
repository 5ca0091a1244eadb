/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "metadata/mod_version.c"

static apr_pool_t *pool;

static int set_up(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static void versions_compare_by_their_parts(void **)
{
    static const struct { const char *text; int order; } rows[] = {
        { "2.4.71", 0 }, { "2.4.70", 1 }, { "2.4.72", -1 }, { "2.4", 1 },
        { "2", 1 }, { "2.5", -1 }, { "3", -1 }, { "1.9.99", 1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *why = NULL;

        assert_int_equal(compare_version(pool, rows[i].text, &why),
                         rows[i].order);
        assert_null(why);
    }
}

static void what_is_no_version_is_refused(void **)
{
    static const char *const rows[] = { "", "a", "2.x", "2.4.71.1", "2..4",
                                        "-1" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *why = NULL;

        compare_version(pool, rows[i], &why);
        assert_non_null(why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_compare_by_their_parts),
        cmocka_unit_test(what_is_no_version_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
