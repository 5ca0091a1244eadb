/* SPDX-License-Identifier: Apache-2.0 */
#include "vhost/match.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;
static server_rec main_server;
static core_server_config core_conf;
static void *main_vector[64] = { &core_conf };
static conn_rec conn;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    memset(&main_server, 0, sizeof main_server);
    memset(&core_conf, 0, sizeof core_conf);
    memset(&conn, 0, sizeof conn);
    main_server.server_hostname = (char *)"main.test";
    main_server.module_config = (struct ap_conf_vector_t *)main_vector;
    main_server.log.level = APLOG_EMERG;
    conn.pool = pool;
    conn.base_server = &main_server;
    return apr_sockaddr_info_get(&conn.local_addr, "192.0.2.1", APR_UNSPEC, 80,
                                 0, pool);
}

static server_rec *vhost(const char *addresses, const char *name)
{
    server_rec *s = apr_pmemdup(pool, &main_server, sizeof *s);

    s->is_virtual = 1;
    s->addrs = NULL;
    s->server_hostname = apr_pstrdup(pool, name);
    s->names = apr_array_make(pool, 1, sizeof(char *));
    s->wild_names = apr_array_make(pool, 1, sizeof(char *));
    assert_null(ap_parse_vhost_addrs(pool, addresses, s));
    s->next = main_server.next;
    main_server.next = s;
    return s;
}

static void accept_connection(void)
{
    current_table = cl_vhost_compile(pool, &main_server);
    ap_update_vhost_given_ip(&conn);
}

static request_rec *request(const char *uri, const char *host)
{
    request_rec *r = apr_pcalloc(pool, sizeof *r);

    r->pool = pool;
    r->connection = &conn;
    r->server = conn.base_server;
    r->status = HTTP_OK;
    r->uri = apr_pstrdup(pool, uri);
    r->headers_in = apr_table_make(pool, 2);
    if (host) {
        apr_table_setn(r->headers_in, "Host", host);
    }
    return r;
}

static server_rec *server_of(const char *host)
{
    request_rec *r = request("/", host);

    ap_update_vhost_from_headers(r);
    return r->server;
}

static void the_host_field_chooses_among_servers_of_the_address(void **)
{
    server_rec *a = vhost("*:80", "a"), *b = vhost("*:80", "b");

    vhost("*:81", "c");
    accept_connection();
    assert_ptr_equal(conn.base_server, a);
    assert_ptr_equal(server_of("b"), b);
    assert_ptr_equal(server_of("B.:8080"), b);
    assert_ptr_equal(server_of("c"), a);
    assert_ptr_equal(server_of(NULL), a);
}

static void the_port_of_the_field_is_kept_for_urls(void **)
{
    request_rec *r = request("/", "Main.test:8080");

    ap_update_vhost_from_headers(r);
    assert_string_equal(r->hostname, "main.test");
    assert_int_equal(r->parsed_uri.port, 8080);
    assert_string_equal(r->parsed_uri.port_str, "8080");
}

static void a_malformed_field_is_a_bad_request(void **)
{
    request_rec *r = request("/", "a..b");

    assert_int_equal(ap_update_vhost_from_headers_ex(r, 0), HTTP_BAD_REQUEST);
    assert_int_equal(r->status, HTTP_BAD_REQUEST);
    assert_null(r->hostname);
}

static void unsafe_lets_more_names_pass(void **)
{
    core_conf.http_conformance = AP_HTTP_CONFORMANCE_UNSAFE;
    assert_int_equal(ap_update_vhost_from_headers_ex(request("/", "a!b"), 0),
                     HTTP_OK);
}

/* RFC 9112 section 3.2.2 */
static void the_host_of_the_target_beats_the_field(void **)
{
    server_rec *a = vhost("*:80", "a"), *b = vhost("*:80", "b");
    request_rec *r;

    accept_connection();
    r = request("/", "bad host");
    r->hostname = "B.";
    r->parsed_uri.port_str = apr_pstrdup(pool, "99");
    r->parsed_uri.port = 99;
    ap_update_vhost_from_headers(r);
    assert_ptr_equal(r->server, b);
    assert_string_equal(r->hostname, "b");
    assert_string_equal(apr_table_get(r->headers_in, "Host"), "b:99");

    r = request("/", "a");
    r->hostname = "::1";
    ap_update_vhost_from_headers(r);
    assert_ptr_equal(r->server, a);
    assert_string_equal(apr_table_get(r->headers_in, "Host"), "[::1]");
}

static void a_target_with_an_empty_host_is_refused(void **)
{
    request_rec *r = request("/", "a");

    r->hostname = "";
    assert_int_equal(ap_update_vhost_from_headers_ex(r, 0), HTTP_BAD_REQUEST);
}

static void a_path_stands_in_for_a_missing_host(void **)
{
    server_rec *a = vhost("*:80", "a"), *b = vhost("*:80", "b");
    const char *uris[] = { "/sp", "/sp/", "/sp/x", "/spx", "/" };

    b->path = "/sp";
    b->pathlen = 3;
    accept_connection();
    for (int i = 0; i < 5; i++) {
        request_rec *r = request(uris[i], NULL);

        ap_update_vhost_from_headers(r);
        assert_ptr_equal(r->server, i < 3 ? b : a);
    }
    assert_ptr_equal(server_of("a"), a);
}

static void a_required_match_refuses_unknown_names(void **)
{
    request_rec *r;

    assert_int_equal(ap_update_vhost_from_headers_ex(request("/", "x"), 1),
                     HTTP_BAD_REQUEST);
    r = request("/", "MAIN.test");
    assert_int_equal(ap_update_vhost_from_headers_ex(r, 1), HTTP_OK);
    assert_int_equal(ap_update_vhost_from_headers_ex(request("/", NULL), 1),
                     HTTP_OK);
    vhost("192.0.2.1:80", "one");
    accept_connection();
    assert_int_equal(ap_update_vhost_from_headers_ex(request("/", "x"), 1),
                     HTTP_BAD_REQUEST);
    assert_int_equal(ap_update_vhost_from_headers_ex(request("/", "one"), 1),
                     HTTP_OK);
}

static void an_unknown_name_keeps_the_server_that_tls_chose(void **)
{
    server_rec *b;

    vhost("*:80", "a");
    b = vhost("*:80", "b");
    accept_connection();
    conn.base_server = b;
    assert_ptr_equal(server_of("x"), b);
}

static int collect(void *seen, conn_rec *, server_rec *s)
{
    strcat(seen, s->server_hostname);
    return strcmp(s->server_hostname, "b") == 0 ? 7 : 0;
}

static void iteration_visits_each_server_until_one_answers(void **)
{
    char seen[64] = "";

    assert_int_equal(ap_vhost_iterate_given_conn(&conn, collect, seen), 0);
    assert_string_equal(seen, "main.test");
    seen[0] = '\0';
    vhost("192.0.2.1:80 192.0.2.1:80", "a");
    vhost("192.0.2.1:80", "b");
    vhost("192.0.2.1:80", "c");
    accept_connection();
    assert_int_equal(ap_vhost_iterate_given_conn(&conn, collect, seen), 7);
    assert_string_equal(seen, "ab");
}

static void a_server_is_matched_by_name_and_its_port(void **)
{
    server_rec *s = vhost("192.0.2.1:80", "a");
    request_rec *r;

    s->port = 8080;
    accept_connection();
    r = request("/", NULL);
    assert_true(ap_matches_request_vhost(r, "A", 8080));
    assert_false(ap_matches_request_vhost(r, "a", 80));
    assert_true(ap_matches_request_vhost(r, "192.0.2.1", 80));
    assert_false(ap_matches_request_vhost(r, "192.0.2.1", 81));
    assert_false(ap_matches_request_vhost(r, "b", 8080));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(the_host_field_chooses_among_servers_of_the_address),
        TEST(the_port_of_the_field_is_kept_for_urls),
        TEST(a_malformed_field_is_a_bad_request),
        TEST(unsafe_lets_more_names_pass),
        TEST(the_host_of_the_target_beats_the_field),
        TEST(a_target_with_an_empty_host_is_refused),
        TEST(a_path_stands_in_for_a_missing_host),
        TEST(a_required_match_refuses_unknown_names),
        TEST(an_unknown_name_keeps_the_server_that_tls_chose),
        TEST(iteration_visits_each_server_until_one_answers),
        TEST(a_server_is_matched_by_name_and_its_port),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
