/* SPDX-License-Identifier: Apache-2.0 */
#include "vhost/host.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;

static const char *name_of(const char *text, enum cl_host_rules rules)
{
    struct cl_host host;

    return cl_vhost_parse_host(pool, text, rules, &host) ? NULL : host.name;
}

static int port_of(const char *text)
{
    struct cl_host host;

    return cl_vhost_parse_host(pool, text, CL_HOST_STRICT, &host) ? -1
                                                                  : host.port;
}

static void assert_refused(const char *const *texts, enum cl_host_rules rules)
{
    for (; *texts; texts++) {
        if (name_of(*texts, rules)) {
            fail_msg("accepted: %s", *texts);
        }
    }
}

static void a_name_comes_out_in_lower_case_without_final_dot(void **)
{
    assert_string_equal(name_of("WWW.Example.COM.", CL_HOST_STRICT),
                        "www.example.com");
    assert_string_equal(name_of("a_b-1.c", CL_HOST_STRICT), "a_b-1.c");
    assert_string_equal(name_of(".a", CL_HOST_STRICT), ".a");
}

static void a_port_is_a_number_from_1_to_65535(void **)
{
    assert_int_equal(port_of("a:80"), 80);
    assert_int_equal(port_of("a.:65535"), 65535);
    assert_int_equal(port_of("a:0000000000000080"), 80);
    assert_int_equal(port_of("a"), 0);
    assert_int_equal(port_of("a:"), -1);
    assert_int_equal(port_of("a:0"), -1);
    assert_int_equal(port_of("a:65536"), -1);
    assert_int_equal(port_of("a:99999999999999999999"), -1);
    assert_int_equal(port_of("a:8x"), -1);
    assert_int_equal(port_of("a:+80"), -1);
    assert_int_equal(port_of("a:80:80"), -1);
}

static void strict_names_have_letters_digits_and_three_signs(void **)
{
    static const char *const bad[] = {
        "", ".", "..", "a..b", "a..", "a b", "a/b", "a\\b", "a%41", "u@a",
        "a,b", "a!b", "*", "\"a\"", "a#b", "a?b", "\xc3\xa9", "a\x01", ":80",
        ".:80", NULL
    };

    assert_refused(bad, CL_HOST_STRICT);
}

static void a_numeric_last_label_must_end_an_address(void **)
{
    static const char *const bad[] = {
        "1", "12", "1.2", "1.2.3", "1.2.3.4.5", "a.12", "12.", "01.2.3.4",
        "1.2.3.04", "1.2.3.1000", ".12", "1..2.3", "a.2.3.4", NULL
    };

    assert_refused(bad, CL_HOST_STRICT);
    assert_string_equal(name_of("1.2.3.4", CL_HOST_STRICT), "1.2.3.4");
    assert_string_equal(name_of("1.2.3.4.", CL_HOST_STRICT), "1.2.3.4");
    assert_string_equal(name_of("10.0.0.1:80", CL_HOST_STRICT), "10.0.0.1");
    assert_string_equal(name_of("1.2.3.a", CL_HOST_STRICT), "1.2.3.a");
    assert_string_equal(name_of("12a", CL_HOST_STRICT), "12a");
}

static void ipv6_needs_brackets_and_loses_them(void **)
{
    static const char *const bad[] = {
        "[::1", "::1", "[]", "[zz]", "[1.2.3.4]", "[v1.a]", "[::1]x", "[::1]:",
        "[fe80::1%lo]", "[fe80::1%25lo]", "[1::2::3]", "[::1].",
        "[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb]", NULL
    };

    assert_refused(bad, CL_HOST_STRICT);
    assert_string_equal(name_of("[::FFFF]:80", CL_HOST_STRICT), "::ffff");
    assert_string_equal(name_of("[::ffff:1.2.3.4]", CL_HOST_STRICT),
                        "::ffff:1.2.3.4");
    assert_int_equal(port_of("[::1]:8080"), 8080);
}

static void lax_names_still_cannot_climb_directories(void **)
{
    static const char *const bad[] = {
        "", "a/b", "a\\b", "a..b", "..", "e..", "e:0", "e:99999", "[zz]",
        ":80", NULL
    };

    assert_refused(bad, CL_HOST_LAX);
    assert_string_equal(name_of("A!b%41", CL_HOST_LAX), "a!b%41");
    assert_string_equal(name_of("e:xx", CL_HOST_LAX), "e:xx");
    assert_string_equal(name_of("e:", CL_HOST_LAX), "e:");
    assert_string_equal(name_of("e:80", CL_HOST_LAX), "e");
}

static void a_bare_name_of_a_uri_may_be_an_ipv6_address(void **)
{
    const char *name;

    assert_null(cl_vhost_check_name(pool, "::1", CL_HOST_STRICT, &name));
    assert_string_equal(name, "::1");
    assert_null(cl_vhost_check_name(pool, "A.b.", CL_HOST_STRICT, &name));
    assert_string_equal(name, "a.b");
    assert_non_null(cl_vhost_check_name(pool, "", CL_HOST_STRICT, &name));
    assert_non_null(cl_vhost_check_name(pool, "a:80", CL_HOST_STRICT, &name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_comes_out_in_lower_case_without_final_dot),
        cmocka_unit_test(a_port_is_a_number_from_1_to_65535),
        cmocka_unit_test(strict_names_have_letters_digits_and_three_signs),
        cmocka_unit_test(a_numeric_last_label_must_end_an_address),
        cmocka_unit_test(ipv6_needs_brackets_and_loses_them),
        cmocka_unit_test(lax_names_still_cannot_climb_directories),
        cmocka_unit_test(a_bare_name_of_a_uri_may_be_an_ipv6_address),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
