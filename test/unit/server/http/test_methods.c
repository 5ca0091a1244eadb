/* SPDX-License-Identifier: Apache-2.0 */
#include "http/methods.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <apr_general.h>
#include <cmocka.h>

static void every_standard_method_is_found_by_name(void **)
{
    assert_int_equal(sizeof standard / sizeof *standard,
                     by_length[LONGEST + 1]);
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++) {
        assert_int_equal(ap_method_number_of(standard[i].name),
                         standard[i].number);
    }
    assert_int_equal(ap_method_number_of("get"), M_INVALID);
    assert_int_equal(ap_method_number_of(""), M_INVALID);
    assert_int_equal(ap_method_number_of("GETT"), M_INVALID);
    assert_int_equal(ap_method_number_of("VERSION-CONTROL-AND-MORE"),
                     M_INVALID);
}

static void a_registered_method_lasts_as_long_as_its_pool(void **)
{
    apr_pool_t *p;
    int number;

    apr_pool_create(&p, NULL);
    ap_method_registry_init(p);
    number = ap_method_register(p, "PURGE");
    assert_true(number > M_INVALID);
    assert_int_equal(ap_method_register(p, "PURGE"), number);
    assert_int_equal(ap_method_register(p, "GET"), M_GET);
    assert_int_equal(ap_method_number_of("PURGE"), number);
    assert_string_equal(ap_method_name_of(p, number), "PURGE");
    assert_string_equal(ap_method_name_of(p, M_GET), "GET");
    assert_int_equal(ap_method_register(p, ""), M_INVALID);
    last_number = METHODS - 1;
    assert_int_equal(ap_method_register(p, "ONEMORE"), M_INVALID);
    apr_pool_destroy(p);
    assert_int_equal(ap_method_number_of("PURGE"), M_INVALID);
}

static void a_list_holds_known_and_unknown_methods(void **)
{
    apr_pool_t *p;
    ap_method_list_t *l, *copy;

    apr_pool_create(&p, NULL);
    l = ap_make_method_list(p, 1);
    ap_method_list_add(l, "GET");
    ap_method_list_add(l, "FOO");
    ap_method_list_add(l, "FOO");
    ap_method_list_add(l, "BAR");
    assert_int_equal(l->method_list->nelts, 2);
    assert_true(ap_method_in_list(l, "GET") && ap_method_in_list(l, "FOO"));
    assert_false(ap_method_in_list(l, "PUT") || ap_method_in_list(l, "BAZ"));
    copy = ap_make_method_list(p, 1);
    ap_copy_method_list(copy, l);
    ap_method_list_remove(l, "FOO");
    ap_method_list_remove(l, "GET");
    assert_false(ap_method_in_list(l, "GET") || ap_method_in_list(l, "FOO"));
    assert_true(ap_method_in_list(l, "BAR"));
    assert_true(ap_method_in_list(copy, "FOO"));
    ap_clear_method_list(copy);
    assert_false(ap_method_in_list(copy, "FOO"));
    apr_pool_destroy(p);
}

static int start(void **)
{
    return apr_initialize();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_standard_method_is_found_by_name),
        cmocka_unit_test(a_registered_method_lasts_as_long_as_its_pool),
        cmocka_unit_test(a_list_holds_known_and_unknown_methods)
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
