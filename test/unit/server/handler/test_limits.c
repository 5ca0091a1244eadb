/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of bytes in directives. */
#include "../request/fixture.h"

#include "handler/limits.c"

static void digits_are_a_number_of_bytes(void **)
{
    assert_int_equal(parse_bytes("0", LONG_MAX), 0);
    assert_int_equal(parse_bytes("1048576", LONG_MAX), 1048576);
}

static void everything_else_is_refused(void **)
{
    static const char *const bad[] = {
        "", "-1", "+1", " 1", "1k", "x", "99999999999999999999"
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(parse_bytes(bad[i], LONG_MAX), -1);
    }
    assert_int_equal(parse_bytes("11", 10), -1);
}

static void a_body_is_limited_to_a_gigabyte_by_default(void **)
{
    request_rec *r = make_request("/");

    dir_conf.limit_req_body = -1;
    assert_int_equal(ap_get_limit_req_body(r), 1 << 30);
    dir_conf.limit_req_body = 0;
    assert_int_equal(ap_get_limit_req_body(r), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(digits_are_a_number_of_bytes),
        FIXTURE_TEST(everything_else_is_refused),
        FIXTURE_TEST(a_body_is_limited_to_a_gigabyte_by_default),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
