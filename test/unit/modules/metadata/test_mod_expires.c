/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "metadata/mod_expires.c"

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

static void times_are_short_or_in_words(void **)
{
    static const struct { const char *text; enum base base; int seconds; }
    rows[] = {
        { "A300", FROM_ACCESS, 300 }, { "M-10", FROM_MODIFICATION, -10 },
        { "access plus 1 month", FROM_ACCESS, 2592000 },
        { "now plus 1 year 2 days", FROM_ACCESS, 31536000 + 172800 },
        { "modification 5 hours 3 minutes", FROM_MODIFICATION, 18180 },
        { "access 1 second", FROM_ACCESS, 1 },
        { "access plus 0 seconds", FROM_ACCESS, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rule rule = { 0 };

        assert_null(parse_rule(pool, rows[i].text, &rule));
        assert_int_equal(rule.base, rows[i].base);
        assert_int_equal(rule.seconds, rows[i].seconds);
    }
}

static void wrong_times_are_explained(void **)
{
    static const char *const rows[] = { "", "tomorrow", "access",
        "access plus", "access plus x days", "access plus 1 fortnight",
        "A12x", "access plus 1" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rule rule = { 0 };

        assert_non_null(parse_rule(pool, rows[i], &rule));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_short_or_in_words),
        cmocka_unit_test(wrong_times_are_explained),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
