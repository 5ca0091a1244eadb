/* SPDX-License-Identifier: Apache-2.0 */
/* Options and AllowOverride as the directory walk reads them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "request/options.c"

static void links_are_refused_without_an_option(void **)
{
    assert_int_equal(cl_request_link_policy(OPT_NONE), CL_LINKS_NEVER);
    assert_int_equal(cl_request_link_policy(OPT_INDEXES), CL_LINKS_NEVER);
}

static void links_are_followed_with_all(void **)
{
    assert_int_equal(cl_request_link_policy(OPT_ALL), CL_LINKS_FOLLOW);
}

static void the_owner_is_checked_even_beside_follow_sym_links(void **)
{
    assert_int_equal(cl_request_link_policy(OPT_SYM_OWNER), CL_LINKS_OWNER);
    assert_int_equal(cl_request_link_policy(OPT_SYM_LINKS | OPT_SYM_OWNER),
                     CL_LINKS_OWNER);
}

static void htaccess_is_off_when_nothing_may_be_overridden(void **)
{
    core_dir_config conf = { .override = OR_NONE };

    assert_false(cl_request_reads_htaccess(&conf));
}

/* Then any directive in one is refused: it is not passed over in silence. */
static void htaccess_is_read_where_nothing_was_said(void **)
{
    core_dir_config conf = { .override = OR_UNSET | OR_NONE };

    assert_true(cl_request_reads_htaccess(&conf));
    conf.override = NONFATAL_ALL;
    assert_true(cl_request_reads_htaccess(&conf));
}

static void htaccess_is_read_for_a_class_or_a_list(void **)
{
    apr_pool_t *p;
    core_dir_config conf = { .override = OR_AUTHCFG };

    apr_pool_create(&p, NULL);
    assert_true(cl_request_reads_htaccess(&conf));
    conf.override = OR_NONE;
    conf.override_list = apr_table_make(p, 1);
    assert_false(cl_request_reads_htaccess(&conf));
    apr_table_setn(conf.override_list, "Redirect", "1");
    assert_true(cl_request_reads_htaccess(&conf));
    apr_pool_destroy(p);
}

static void words_of_directives_ignore_case(void **)
{
    assert_int_equal(cl_request_on_off("ON"), 1);
    assert_int_equal(cl_request_on_off("Off"), 0);
    assert_int_equal(cl_request_on_off("yes"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_refused_without_an_option),
        cmocka_unit_test(links_are_followed_with_all),
        cmocka_unit_test(the_owner_is_checked_even_beside_follow_sym_links),
        cmocka_unit_test(htaccess_is_off_when_nothing_may_be_overridden),
        cmocka_unit_test(htaccess_is_read_where_nothing_was_said),
        cmocka_unit_test(htaccess_is_read_for_a_class_or_a_list),
        cmocka_unit_test(words_of_directives_ignore_case),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
