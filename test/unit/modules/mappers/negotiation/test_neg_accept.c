/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of the Accept family, well formed or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mappers/negotiation/neg_accept.c"

static apr_pool_t *pool;

static struct range *at(apr_array_header_t *list, int i)
{
    assert_true(i < list->nelts);
    return &APR_ARRAY_IDX(list, i, struct range);
}

static void a_quality_has_three_decimals(void **)
{
    static const struct { const char *text; int quality; } rows[] = {
        { "1", 1000 }, { "1.0", 1000 }, { "0", 0 }, { "0.5", 500 },
        { "0.001", 1 }, { "0.0009", 0 }, { "0.25", 250 }, { ".7", 700 },
        { "0.1234", 123 }, { "0x", 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(negotiation_read_quality(rows[i].text),
                         rows[i].quality);
    }
}

static void a_senseless_quality_is_one(void **)
{
    assert_int_equal(negotiation_read_quality(""), 1000);
    assert_int_equal(negotiation_read_quality("-1"), 1000);
    assert_int_equal(negotiation_read_quality("2"), 1000);
    assert_int_equal(negotiation_read_quality("foo"), 1000);
}

static void elements_come_in_order_with_parameters(void **)
{
    apr_array_header_t *list = negotiation_read_list(pool,
        "Text/HTML;level=1;q=0.3, image/* ; Q = \"0.2\" ,*/*;charset=UTF-8");

    assert_int_equal(list->nelts, 3);
    assert_string_equal(at(list, 0)->name, "text/html");
    assert_int_equal(at(list, 0)->level, 1);
    assert_int_equal(at(list, 0)->quality, 300);
    assert_string_equal(at(list, 1)->name, "image/*");
    assert_int_equal(at(list, 1)->quality, 200);
    assert_int_equal(at(list, 1)->level, -1);
    assert_string_equal(at(list, 2)->charset, "utf-8");
}

static void a_comma_in_quotes_parts_nothing(void **)
{
    apr_array_header_t *list = negotiation_read_list(pool,
                                                     "a;x=\"1,2\";q=0, b");

    assert_int_equal(list->nelts, 2);
    assert_int_equal(at(list, 0)->quality, 0);
    assert_string_equal(at(list, 1)->name, "b");
}

static void empty_elements_are_passed_over(void **)
{
    assert_int_equal(negotiation_read_list(pool, ", ,;q=1,,a,")->nelts, 1);
    assert_int_equal(negotiation_read_list(pool, "")->nelts, 0);
}

static void no_field_is_not_an_empty_field(void **)
{
    assert_null(negotiation_read_list(pool, NULL));
}

static void negotiate_says_what_is_permitted(void **)
{
    assert_int_equal(read_permission(pool, "trans"),
                     NO_GUESSING | WANTS_LIST);
    assert_int_equal(read_permission(pool, "foo, 1.0"),
                     NO_GUESSING | WANTS_LIST | MAY_CHOOSE_RVSA);
    assert_int_equal(read_permission(pool, "guess-small, *"),
                     NO_GUESSING | WANTS_LIST | MAY_CHOOSE);
    assert_int_equal(read_permission(pool, "2.0"),
                     NO_GUESSING | WANTS_LIST);
    assert_int_equal(read_permission(pool, "1.0;q=1"),
                     NO_GUESSING | WANTS_LIST);
    assert_int_equal(read_permission(pool, "foo"), NO_GUESSING);
    assert_int_equal(read_permission(pool, ""), NO_GUESSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quality_has_three_decimals),
        cmocka_unit_test(a_senseless_quality_is_one),
        cmocka_unit_test(elements_come_in_order_with_parameters),
        cmocka_unit_test(a_comma_in_quotes_parts_nothing),
        cmocka_unit_test(empty_elements_are_passed_over),
        cmocka_unit_test(no_field_is_not_an_empty_field),
        cmocka_unit_test(negotiate_says_what_is_permitted),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
