/* SPDX-License-Identifier: Apache-2.0 */
#include "connection/protocols.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <apr_general.h>
#include <cmocka.h>

static apr_pool_t *pool;
static server_rec server;
static core_server_config conf;
static void *vector[64];
static conn_rec conn;

static apr_array_header_t *words(const char *list)
{
    apr_array_header_t *a = apr_array_make(pool, 4, sizeof(char *));
    char *last, *word = apr_strtok(apr_pstrdup(pool, list), " ", &last);

    for (; word; word = apr_strtok(NULL, " ", &last)) {
        APR_ARRAY_PUSH(a, const char *) = word;
    }
    return a;
}

/* A module that speaks h2 and foo. */
static int propose(conn_rec *c, request_rec *r, server_rec *s,
                   const apr_array_header_t *offers,
                   apr_array_header_t *proposals)
{
    const char *const spoken[] = { "foo", "h2" };

    for (int i = 0; i < 2; i++) {
        if (ap_array_str_contains(offers, spoken[i])
            && ap_is_allowed_protocol(c, r, s, spoken[i])) {
            APR_ARRAY_PUSH(proposals, const char *) = spoken[i];
        }
    }
    return OK;
}

static int start(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_hook_global_pool = pool;
    server.log.level = APLOG_EMERG;
    server.module_config = (struct ap_conf_vector_t *)vector;
    vector[AP_CORE_MODULE_INDEX] = &conf;
    conn.pool = pool;
    conn.base_server = &server;
    ap_hook_protocol_propose(propose, NULL, NULL, APR_HOOK_MIDDLE);
    return 0;
}

static const char *choose(const char *configured, int honor,
                          const char *offered)
{
    conf.protocols = configured ? words(configured) : NULL;
    conf.protocols_honor_order = honor;
    return ap_select_protocol(&conn, NULL, &server, words(offered));
}

static void without_protocols_http1_it_is(void **)
{
    assert_string_equal(choose(NULL, -1, "h2 http/1.1"), "http/1.1");
    assert_true(ap_is_allowed_protocol(&conn, NULL, &server, "http/1.1"));
    assert_false(ap_is_allowed_protocol(&conn, NULL, &server, "h2"));
}

static void the_server_order_rules_unless_told_otherwise(void **)
{
    assert_string_equal(choose("h2 http/1.1", -1, "http/1.1 h2"), "h2");
    assert_string_equal(choose("http/1.1 h2", 1, "h2 http/1.1"), "http/1.1");
    assert_string_equal(choose("http/1.1 h2", 0, "h2 http/1.1"), "h2");
    assert_string_equal(choose("h2 foo http/1.1", 0, "foo h2"), "foo");
}

static void what_nobody_speaks_leaves_things_as_they_are(void **)
{
    assert_string_equal(choose("h2 http/1.1", -1, "bar"), "http/1.1");
    assert_null(choose("h2", -1, "bar"));
}

static void upgrades_are_the_protocols_liked_better(void **)
{
    const apr_array_header_t *got = NULL;

    conf.protocols = words("h2 http/1.1 foo");
    ap_get_protocol_upgrades(&conn, NULL, &server, 0, &got);
    assert_int_equal(got->nelts, 1);
    ap_get_protocol_upgrades(&conn, NULL, &server, 1, &got);
    assert_int_equal(got->nelts, 2);
    conf.protocols = NULL;
    ap_get_protocol_upgrades(&conn, NULL, &server, 1, &got);
    assert_null(got);
}

static void a_protocol_nobody_switches_to_is_an_error(void **)
{
    assert_int_equal(ap_switch_protocol(&conn, NULL, &server, "http/1.1"),
                     APR_EINVAL);
    assert_int_equal(ap_switch_protocol(&conn, NULL, &server, "h2"),
                     APR_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_protocols_http1_it_is),
        cmocka_unit_test(the_server_order_rules_unless_told_otherwise),
        cmocka_unit_test(what_nobody_speaks_leaves_things_as_they_are),
        cmocka_unit_test(upgrades_are_the_protocols_liked_better),
        cmocka_unit_test(a_protocol_nobody_switches_to_is_an_error)
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
