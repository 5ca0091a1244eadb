/* SPDX-License-Identifier: Apache-2.0 */
/* The registry of providers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/provider.c"

#include <apr_general.h>

static apr_pool_t *pool;

static void providers_are_found_by_all_three_words(void **)
{
    ap_register_provider(pool, "g", "n", "0", "zero");
    ap_register_provider(pool, "g", "n", "1", "one");
    assert_string_equal(ap_lookup_provider("g", "n", "1"), "one");
    assert_string_equal(ap_lookup_provider("g", "n", "0"), "zero");
    assert_null(ap_lookup_provider("g", "m", "0"));
}

static void the_last_registration_wins(void **)
{
    ap_register_provider(pool, "g", "again", "0", "first");
    ap_register_provider(pool, "g", "again", "0", "second");
    assert_string_equal(ap_lookup_provider("g", "again", "0"), "second");
}

static void lists_are_in_order_of_registration(void **)
{
    apr_array_header_t *names;

    ap_register_provider(pool, "list", "b", "0", "");
    ap_register_provider(pool, "list", "a", "0", "");
    names = ap_list_provider_names(pool, "list", "0");
    assert_int_equal(names->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(names, 0,
                        ap_list_provider_names_t).provider_name, "b");
    assert_int_equal(ap_list_provider_names(pool, "none", "0")->nelts, 0);
}

static void providers_leave_with_their_pool(void **)
{
    apr_pool_t *brief;

    apr_pool_create(&brief, pool);
    ap_register_provider(brief, "brief", "n", "0", "");
    ap_register_provider(pool, "lasting", "n", "0", "");
    apr_pool_destroy(brief);
    assert_null(ap_lookup_provider("brief", "n", "0"));
    assert_non_null(ap_lookup_provider("lasting", "n", "0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(providers_are_found_by_all_three_words),
        cmocka_unit_test(the_last_registration_wins),
        cmocka_unit_test(lists_are_in_order_of_registration),
        cmocka_unit_test(providers_leave_with_their_pool),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
