/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mappers/mod_vhost_alias.c"

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

static void patterns_take_parts_of_the_name(void **)
{
    static const struct { const char *pattern, *name, *path; } rows[] = {
        { "/www/%0/docs", "www.example.com", "/www/www.example.com/docs" },
        { "/www/%1", "www.example.com", "/www/www" },
        { "/www/%2", "www.example.com", "/www/example" },
        { "/www/%-1", "www.example.com", "/www/com" },
        { "/www/%-2", "www.example.com", "/www/example" },
        { "/www/%2+", "www.example.com", "/www/example.com" },
        { "/www/%-2+", "www.example.com", "/www/www.example" },
        { "/www/%4", "www.example.com", "/www/_" },
        { "/www/%2.1/%2.2/%2", "www.example.com", "/www/e/x/example" },
        { "/www/%2.-1", "www.example.com", "/www/e" },
        { "/www/%2.4+", "www.example.com", "/www/mple" },
        { "/www/%2.9", "www.example.com", "/www/_" },
        { "/100%%/%1", "WWW.example.com", "/100%/www" },
    };
    request_rec r = { .pool = pool };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_null(check_pattern(pool, rows[i].pattern));
        assert_string_equal(expand(&r, rows[i].pattern, rows[i].name),
                            rows[i].path);
    }
}

static void bad_patterns_are_refused(void **)
{
    assert_non_null(check_pattern(pool, "www/%0"));
    assert_non_null(check_pattern(pool, "/www/%x"));
    assert_non_null(check_pattern(pool, "/www/%"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_take_parts_of_the_name),
        cmocka_unit_test(bad_patterns_are_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
