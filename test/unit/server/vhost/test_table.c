/* SPDX-License-Identifier: Apache-2.0 */
#include "vhost/table.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static apr_pool_t *pool;
static server_rec main_server;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    memset(&main_server, 0, sizeof main_server);
    return 0;
}

static apr_sockaddr_t *socket_address(const char *ip, apr_port_t port)
{
    apr_sockaddr_t *sa;

    assert_int_equal(apr_sockaddr_info_get(&sa, ip, APR_UNSPEC, port, 0, pool),
                     APR_SUCCESS);
    return sa;
}

/* ip NULL: any address */
static void also_at(server_rec *s, const char *ip, apr_port_t port,
                    const char *virthost)
{
    server_addr_rec **tail = &s->addrs, *at = apr_pcalloc(pool, sizeof *at);

    while (*tail) {
        tail = &(*tail)->next;
    }
    at->virthost = apr_pstrdup(pool, virthost);
    at->host_addr = socket_address(ip, port);
    at->host_port = port;
    *tail = at;
}

static server_rec *vhost(const char *ip, apr_port_t port, const char *name)
{
    server_rec *s = apr_pcalloc(pool, sizeof *s);

    s->is_virtual = 1;
    s->server_hostname = apr_pstrdup(pool, name);
    s->names = apr_array_make(pool, 1, sizeof(char *));
    s->wild_names = apr_array_make(pool, 1, sizeof(char *));
    also_at(s, ip, port, ip ? ip : "*");
    s->next = main_server.next;
    main_server.next = s;
    return s;
}

static void alias(server_rec *s, const char *name)
{
    APR_ARRAY_PUSH(strpbrk(name, "*?") ? s->wild_names : s->names,
                   const char *) = name;
}

static const struct cl_vhost_set *set_at(const char *ip, apr_port_t port)
{
    return cl_vhost_find_set(cl_vhost_compile(pool, &main_server),
                             socket_address(ip, port));
}

static server_rec *server_for(const char *host)
{
    return cl_vhost_find_server(set_at("192.0.2.9", 80), host);
}

static void the_most_exact_address_wins_whatever_the_order(void **)
{
    server_rec *any = vhost(NULL, 0, "any"), *port = vhost(NULL, 80, "port");
    server_rec *ip = vhost("192.0.2.1", 0, "ip");
    server_rec *both = vhost("192.0.2.1", 80, "both");

    assert_ptr_equal(set_at("192.0.2.1", 80)->members[0].server, both);
    assert_ptr_equal(set_at("192.0.2.1", 81)->members[0].server, ip);
    assert_ptr_equal(set_at("192.0.2.2", 80)->members[0].server, port);
    assert_ptr_equal(set_at("192.0.2.2", 81)->members[0].server, any);
    assert_ptr_equal(set_at("2001:db8::1", 80)->members[0].server, port);
}

static void an_address_nobody_wants_has_no_set(void **)
{
    vhost("192.0.2.1", 80, "a");
    assert_null(set_at("192.0.2.2", 80));
    assert_null(set_at("192.0.2.1", 81));
    main_server.next = NULL;
    assert_null(set_at("192.0.2.1", 80));
}

static void a_mapped_ipv4_address_is_the_ipv4_address(void **)
{
    server_rec *s = vhost("192.0.2.1", 80, "a");

    vhost("::1", 80, "b");
    assert_ptr_equal(set_at("::ffff:192.0.2.1", 80)->members[0].server, s);
    assert_string_equal(set_at("::1", 80)->members[0].virthost, "::1");
}

static void names_and_aliases_lead_to_their_server(void **)
{
    server_rec *a = vhost(NULL, 80, "A.example.com");
    server_rec *b = vhost(NULL, 80, "b.example.com");

    alias(b, "B2.example.com");
    assert_ptr_equal(server_for("a.example.com"), a);
    assert_ptr_equal(server_for("b.example.com"), b);
    assert_ptr_equal(server_for("b2.example.com"), b);
    assert_null(server_for("c.example.com"));
    assert_null(server_for("example.com"));
    assert_null(server_for(""));
}

static void the_first_in_the_files_wins_exact_or_not(void **)
{
    server_rec *a = vhost(NULL, 80, "one.test");
    server_rec *b = vhost(NULL, 80, "x.example.com");

    alias(a, "*.example.com");
    alias(b, "one.test");
    assert_ptr_equal(server_for("x.example.com"), a);
    assert_ptr_equal(server_for("one.test"), a);
}

static void a_later_wildcard_does_not_beat_an_earlier_name(void **)
{
    server_rec *a = vhost(NULL, 80, "x.example.com");
    server_rec *b = vhost(NULL, 80, "b");

    alias(b, "*.example.com");
    alias(b, "x*");
    alias(b, "x.*");
    alias(b, "*");
    assert_ptr_equal(server_for("x.example.com"), a);
    assert_ptr_equal(server_for("y.example.com"), b);
}

static void wildcards_of_every_shape_match_as_patterns_do(void **)
{
    server_rec *w1 = vhost(NULL, 80, "w1"), *w2 = vhost(NULL, 80, "w2");
    server_rec *w3 = vhost(NULL, 80, "w3"), *w4 = vhost(NULL, 80, "w4");

    alias(w1, "*.x.com");
    alias(w1, "*y");
    alias(w2, "1?2");
    alias(w2, "WWW.*");
    alias(w3, "mid*dle.*.org");
    alias(w4, "*");
    assert_ptr_equal(server_for("a.b.x.com"), w1);
    assert_ptr_equal(server_for(".x.com"), w1);
    assert_ptr_equal(server_for("y"), w1);
    assert_ptr_equal(server_for("x.com"), w4);
    assert_ptr_equal(server_for("1a2"), w2);
    assert_ptr_equal(server_for("www.k"), w2);
    assert_ptr_equal(server_for("www."), w2);
    assert_ptr_equal(server_for("www"), w4);
    assert_ptr_equal(server_for("middle.a.org"), w3);
    assert_ptr_equal(server_for("mid.xdle.a.org"), w3);
}

static void a_star_of_the_first_server_takes_all(void **)
{
    server_rec *a = vhost(NULL, 80, "a");

    vhost(NULL, 80, "b");
    alias(a, "*");
    assert_ptr_equal(server_for("b"), a);
}

static void names_in_the_section_line_count_last(void **)
{
    server_rec *a = vhost(NULL, 80, "a"), *b = vhost(NULL, 80, "b");

    a->addrs->virthost = (char *)"Here.test";
    assert_ptr_equal(server_for("here.test"), a);
    alias(b, "*.test");
    assert_ptr_equal(server_for("here.test"), b);
}

static void a_wildcard_section_lists_a_server_once(void **)
{
    server_rec *a = vhost(NULL, 80, "a");

    also_at(a, NULL, 80, "_default_");
    vhost(NULL, 80, "b");
    assert_int_equal(set_at("192.0.2.1", 80)->count, 2);
}

static void a_server_with_several_addresses_is_in_each_set(void **)
{
    server_rec *a = vhost("192.0.2.1", 80, "a");

    also_at(a, "192.0.2.2", 80, "192.0.2.2");
    also_at(a, NULL, 81, "*");
    assert_ptr_equal(set_at("192.0.2.1", 80)->members[0].server, a);
    assert_ptr_equal(set_at("192.0.2.2", 80)->members[0].server, a);
    assert_ptr_equal(set_at("192.0.2.3", 81)->members[0].server, a);
}

static void sets_are_listed_addresses_first(void **)
{
    const struct cl_vhost_table *table;

    vhost(NULL, 80, "a");
    vhost("192.0.2.1", 80, "b");
    vhost(NULL, 0, "c");
    vhost("192.0.2.1", 0, "d");
    table = cl_vhost_compile(pool, &main_server);
    assert_int_equal(cl_vhost_count_sets(table), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_string_equal(
            cl_vhost_nth_set(table, i)->members[0].server->server_hostname,
            i == 0 ? "b" : i == 1 ? "d" : i == 2 ? "a" : "c");
    }
}

static void paths_are_counted(void **)
{
    vhost(NULL, 80, "a")->path = "/a";
    vhost(NULL, 80, "b");
    assert_int_equal(set_at("192.0.2.1", 80)->paths, 1);
}

static double look_up_all(const struct cl_vhost_set *set, int vhosts,
                          int rounds)
{
    struct timespec from, to;
    char host[40];

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    for (int i = 0; i < rounds; i++) {
        snprintf(host, sizeof host, "www.site%d.example", i % vhosts);
        assert_string_equal(cl_vhost_find_server(set, host)->server_hostname,
                            host);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec)
           + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static const struct cl_vhost_set *many(int vhosts)
{
    start_anew(NULL);
    for (int i = 0; i < vhosts; i++) {
        server_rec *s = vhost(NULL, 80, apr_psprintf(pool,
                                                     "www.site%d.example", i));

        alias(s, apr_psprintf(pool, "*.site%d.example", i));
    }
    return set_at("192.0.2.1", 80);
}

/* A linear search would be a thousand times slower; caches may cost ten. */
static void ten_thousand_vhosts_with_wildcards_cost_as_ten(void **)
{
    double few = look_up_all(many(10), 10, 20000);
    double lots = look_up_all(many(10000), 10000, 20000);

    assert_true(lots < few * 20 + 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(the_most_exact_address_wins_whatever_the_order),
        TEST(an_address_nobody_wants_has_no_set),
        TEST(a_mapped_ipv4_address_is_the_ipv4_address),
        TEST(names_and_aliases_lead_to_their_server),
        TEST(the_first_in_the_files_wins_exact_or_not),
        TEST(a_later_wildcard_does_not_beat_an_earlier_name),
        TEST(wildcards_of_every_shape_match_as_patterns_do),
        TEST(a_star_of_the_first_server_takes_all),
        TEST(names_in_the_section_line_count_last),
        TEST(a_wildcard_section_lists_a_server_once),
        TEST(a_server_with_several_addresses_is_in_each_set),
        TEST(sets_are_listed_addresses_first),
        TEST(paths_are_counted),
        TEST(ten_thousand_vhosts_with_wildcards_cost_as_ten),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
