/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "loggers/log_config/logfmt_items.c"
#undef APLOG_USE_MODULE
#define APLOG_USE_MODULE(foo) extern module foo##_module
#include "loggers/log_config/logfmt_parse.c"

module AP_MODULE_DECLARE_DATA log_config_module;

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

static const struct log_item *parse(const char *format, int *count)
{
    const char *why = NULL;
    apr_array_header_t *items = logfmt_parse(pool, format, &why);

    if (items == NULL) {
        fail_msg("%s: %s", format, why);
    }
    *count = items->nelts;
    return (const struct log_item *)items->elts;
}

static void a_format_is_text_and_items(void **)
{
    int count;
    const struct log_item *items = parse("%h [%{Host}i] \"%r\" 100%%",
                                         &count);

    assert_int_equal(count, 8);
    assert_ptr_equal(items[0].run, remote_host);
    assert_string_equal(items[1].arg, " [");
    assert_ptr_equal(items[2].run, header_in);
    assert_string_equal(items[2].arg, "Host");
    assert_string_equal(items[3].arg, "] \"");
    assert_ptr_equal(items[4].run, request_line);
    assert_true(items[4].original);
    assert_string_equal(items[5].arg, "\" 100");
    assert_string_equal(items[6].arg, "%");
    assert_string_equal(items[7].arg, "\n");
}

static void modifiers_choose_request_and_status(void **)
{
    int count;
    const struct log_item *items = parse("%>s%<U%!200,304{Referer}i", &count);

    assert_false(items[0].original);
    assert_true(items[1].original);
    assert_true(items[2].negate);
    assert_int_equal(items[2].statuses->nelts, 2);
    assert_string_equal(items[2].arg, "Referer");
    items = parse("%400,501{User-agent}i %^ti", &count);
    assert_false(items[0].negate);
    assert_ptr_equal(items[2].run, trailer_in);
}

static void broken_formats_are_explained(void **)
{
    static const char *const rows[] = { "%", "%{a", "%{a}", "%!", "%Y",
                                        "%^", "%^zz", "%200" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *why = NULL;

        if (logfmt_parse(pool, rows[i], &why) != NULL) {
            fail_msg("\"%s\" was accepted", rows[i]);
        }
        assert_non_null(why);
    }
}

static int set_up_items(void **state)
{
    set_up(state);
    apr_hook_global_pool = pool;
    logfmt_register_items(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_format_is_text_and_items),
        cmocka_unit_test(modifiers_choose_request_and_status),
        cmocka_unit_test(broken_formats_are_explained),
    };

    return cmocka_run_group_tests(tests, set_up_items, tear_down);
}
