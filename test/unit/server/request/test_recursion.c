/* SPDX-License-Identifier: Apache-2.0 */
/* When a chain of requests is too long, and how it is told. */
#include "fixture.h"

#include "request/recursion.c"

static request_rec *chain(int redirects, int subrequests)
{
    request_rec *r = make_request("/0");

    while (subrequests-- > 0) {
        request_rec *next = make_request("/sub");

        next->main = r;
        r = next;
    }
    while (redirects-- > 0) {
        request_rec *next = make_request("/again");

        next->prev = r;
        r = next;
    }
    return r;
}

static void ten_redirects_are_too_many_by_default(void **)
{
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(9, 0)), 0);
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(10, 0)), 1);
}

static void redirects_and_subrequests_are_counted_apart(void **)
{
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(9, 9)), 0);
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(0, 10)), 1);
}

static void the_server_sets_both_limits(void **)
{
    server_conf.redirect_limit = 2;
    server_conf.subreq_limit = 3;
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(1, 2)), 0);
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(2, 0)), 1);
    assert_int_equal(ap_is_recursion_limit_exceeded(chain(0, 3)), 1);
}

static void the_trail_names_each_station_and_ends(void **)
{
    assert_string_equal(describe_trail(chain(1, 1)),
                        "\"/again\", redirected from \"/sub\", "
                        "subrequest of \"/0\"");
    assert_non_null(strstr(describe_trail(chain(50, 0)), ", ..."));
}

static void one_number_sets_both_and_nonsense_is_refused(void **)
{
    cmd_parms cmd = { .pool = pool, .server = &server };

    assert_null(cl_set_limit_internal_recursion(&cmd, NULL, "5", NULL));
    assert_int_equal(server_conf.redirect_limit, 5);
    assert_int_equal(server_conf.subreq_limit, 5);
    assert_null(cl_set_limit_internal_recursion(&cmd, NULL, "5", "7"));
    assert_int_equal(server_conf.subreq_limit, 7);
    assert_non_null(cl_set_limit_internal_recursion(&cmd, NULL, "0", NULL));
    assert_non_null(cl_set_limit_internal_recursion(&cmd, NULL, "5x", NULL));
    assert_non_null(cl_set_limit_internal_recursion(&cmd, NULL, "", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(ten_redirects_are_too_many_by_default),
        FIXTURE_TEST(redirects_and_subrequests_are_counted_apart),
        FIXTURE_TEST(the_server_sets_both_limits),
        FIXTURE_TEST(the_trail_names_each_station_and_ends),
        FIXTURE_TEST(one_number_sets_both_and_nonsense_is_refused),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
