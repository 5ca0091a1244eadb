/* SPDX-License-Identifier: Apache-2.0 */
#include "vhost/names.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;
static server_rec server;
static cmd_parms cmd;
static const command_rec record = { .name = "ServerName" };
static core_dir_config conf;
static void *vector[64] = { &conf };
static conn_rec conn;
static apr_sockaddr_t local;
static request_rec r;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    memset(&server, 0, sizeof server);
    memset(&cmd, 0, sizeof cmd);
    memset(&conf, 0, sizeof conf);
    memset(&conn, 0, sizeof conn);
    memset(&r, 0, sizeof r);
    server.is_virtual = 1;
    server.names = apr_array_make(pool, 1, sizeof(char *));
    server.wild_names = apr_array_make(pool, 1, sizeof(char *));
    cmd.pool = cmd.temp_pool = pool;
    cmd.server = &server;
    cmd.cmd = &record;
    cmd.limited = -1;
    cmd.directive = apr_pcalloc(pool, sizeof *cmd.directive);
    local.port = 8080;
    conn.local_addr = &local;
    r.pool = conn.pool = pool;
    r.server = &server;
    r.connection = &conn;
    r.per_dir_config = (struct ap_conf_vector_t *)vector;
    return 0;
}

static const char *name_it(const char *arg)
{
    return cl_set_server_name(&cmd, NULL, arg);
}

static void a_server_name_may_have_scheme_and_port(void **)
{
    assert_null(name_it("www.example.com"));
    assert_string_equal(server.server_hostname, "www.example.com");
    assert_null(server.server_scheme);
    assert_int_equal(server.port, 0);
    assert_null(name_it("HTTPS://Www.example.com:444"));
    assert_string_equal(server.server_hostname, "Www.example.com");
    assert_string_equal(server.server_scheme, "https");
    assert_int_equal(server.port, 444);
}

static void a_later_name_without_port_forgets_the_port(void **)
{
    server.port = 81;
    assert_null(name_it("a"));
    assert_int_equal(server.port, 0);
}

static void what_is_not_one_name_is_refused(void **)
{
    static const char *const bad[] = {
        "*.x", "a?", "[::1]", "::1", "a:", "a:0", "a:65536", "a:8x", "a:-1",
        "://a", "http://", ":80", "http:a", NULL
    };

    for (const char *const *text = bad; *text; text++) {
        if (name_it(*text) == NULL) {
            fail_msg("accepted: %s", *text);
        }
    }
}

static void aliases_are_sorted_into_names_and_patterns(void **)
{
    assert_null(cl_set_server_alias(&cmd, NULL, "a *.b \"c\" d?"));
    assert_int_equal(server.names->nelts, 2);
    assert_int_equal(server.wild_names->nelts, 2);
    server.is_virtual = 0;
    assert_non_null(cl_set_server_alias(&cmd, NULL, "a"));
}

static void the_name_is_the_clients_unless_canonical(void **)
{
    server.server_hostname = (char *)"canonical";
    r.hostname = "asked";
    conf.use_canonical_name = USE_CANONICAL_NAME_UNSET;
    assert_string_equal(ap_get_server_name(&r), "asked");
    conf.use_canonical_name = USE_CANONICAL_NAME_ON;
    assert_string_equal(ap_get_server_name(&r), "canonical");
    conf.use_canonical_name = USE_CANONICAL_NAME_OFF;
    r.hostname = NULL;
    assert_string_equal(ap_get_server_name(&r), "canonical");
    conf.use_canonical_name = USE_CANONICAL_NAME_DNS;
    conn.local_host = (char *)"dns";
    assert_string_equal(ap_get_server_name(&r), "dns");
}

static void an_ipv6_name_gets_brackets_in_urls(void **)
{
    r.hostname = "::1";
    assert_string_equal(ap_get_server_name_for_url(&r), "[::1]");
}

/* The order that the manual gives for UseCanonicalPhysicalPort */
static void ports_are_looked_up_in_the_documented_order(void **)
{
    server.port = 81;
    conf.use_canonical_name = USE_CANONICAL_NAME_OFF;
    conf.use_canonical_phys_port = USE_CANONICAL_PHYS_PORT_ON;
    assert_int_equal(ap_get_server_port(&r), 8080);
    r.parsed_uri.port_str = (char *)"99";
    r.parsed_uri.port = 99;
    assert_int_equal(ap_get_server_port(&r), 99);
    r.parsed_uri.port_str = NULL;
    conf.use_canonical_phys_port = USE_CANONICAL_PHYS_PORT_UNSET;
    assert_int_equal(ap_get_server_port(&r), 81);
    conf.use_canonical_name = USE_CANONICAL_NAME_ON;
    r.parsed_uri.port_str = (char *)"99";
    assert_int_equal(ap_get_server_port(&r), 81);
    server.port = 0;
    conf.use_canonical_phys_port = USE_CANONICAL_PHYS_PORT_ON;
    assert_int_equal(ap_get_server_port(&r), 8080);
}

static void a_vhost_on_any_address_is_called_as_the_main_server(void **)
{
    server_rec main = { .server_hostname = (char *)"main.test",
                        .next = &server };
    server_addr_rec at = { 0 };

    assert_int_equal(apr_sockaddr_info_get(&at.host_addr, NULL, APR_INET, 80,
                                           0, pool), APR_SUCCESS);
    server.addrs = &at;
    cl_vhost_settle_names(pool, &main);
    assert_string_equal(server.server_hostname, "main.test");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(a_server_name_may_have_scheme_and_port),
        TEST(a_later_name_without_port_forgets_the_port),
        TEST(what_is_not_one_name_is_refused),
        TEST(aliases_are_sorted_into_names_and_patterns),
        TEST(the_name_is_the_clients_unless_canonical),
        TEST(an_ipv6_name_gets_brackets_in_urls),
        TEST(ports_are_looked_up_in_the_documented_order),
        TEST(a_vhost_on_any_address_is_called_as_the_main_server),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
