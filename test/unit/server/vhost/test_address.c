/* SPDX-License-Identifier: Apache-2.0 */
#include "vhost/address.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;
static server_rec server;

static const char *parse(const char *text)
{
    memset(&server, 0, sizeof server);
    return ap_parse_vhost_addrs(pool, text, &server);
}

static void several_addresses_keep_their_order(void **)
{
    assert_null(parse("192.0.2.1:80 \"[2001:db8::1]:443\" *:81"));
    assert_string_equal(server.addrs->virthost, "192.0.2.1");
    assert_int_equal(server.addrs->host_port, 80);
    assert_string_equal(server.addrs->next->virthost, "2001:db8::1");
    assert_int_equal(server.addrs->next->host_addr->family, APR_INET6);
    assert_string_equal(server.addrs->next->next->virthost, "*");
    assert_null(server.addrs->next->next->next);
    assert_int_equal(server.port, 80);
}

static void no_port_and_a_star_both_mean_any_port(void **)
{
    assert_null(parse("192.0.2.1"));
    assert_int_equal(server.addrs->host_port, 0);
    assert_null(parse("192.0.2.1:*"));
    assert_int_equal(server.addrs->host_port, 0);
    assert_null(parse("*:*"));
    assert_int_equal(server.addrs->host_port, 0);
}

static void any_address_has_four_spellings(void **)
{
    static const char *const any[] = {
        "*:80", "_DEFAULT_:80", "0.0.0.0:80", "[::]:80"
    };

    for (int i = 0; i < 4; i++) {
        assert_null(parse(any[i]));
        assert_true(cl_vhost_is_wildcard(server.addrs));
    }
    assert_null(parse("192.0.2.1:80"));
    assert_false(cl_vhost_is_wildcard(server.addrs));
}

static void impossible_addresses_are_refused(void **)
{
    static const char *const bad[] = {
        "", "80", "*:0", "*:99999", ":80", "[::1", "[*]:80",
        "192.0.2.1:80 5", NULL
    };

    for (const char *const *text = bad; *text; text++) {
        if (parse(*text) == NULL) {
            fail_msg("accepted: %s", *text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(several_addresses_keep_their_order),
        cmocka_unit_test(no_port_and_a_star_both_mean_any_port),
        cmocka_unit_test(any_address_has_four_spellings),
        cmocka_unit_test(impossible_addresses_are_refused),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
