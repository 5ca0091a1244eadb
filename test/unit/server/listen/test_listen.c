/* SPDX-License-Identifier: Apache-2.0 */
#include "listen/listen.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <apr_general.h>
#include <cmocka.h>

static apr_pool_t *pool;
static process_rec process;
static server_rec server;
static core_server_config conf;
static void *vector[64];
static const command_rec command = { .name = "X" };
static ap_directive_t node;
static cmd_parms cmd;

static const char *listen_on(const char *where, const char *protocol)
{
    char *argv[] = { (char *)where, (char *)protocol };

    return ap_set_listener(&cmd, NULL, protocol ? 2 : 1, argv);
}

static int start(void **)
{
    memset(&conf, 0, sizeof conf);
    apr_pool_create(&pool, NULL);
    process.pool = process.pconf = pool;
    server.process = &process;
    server.log.level = APLOG_EMERG;
    server.module_config = (struct ap_conf_vector_t *)vector;
    vector[AP_CORE_MODULE_INDEX] = &conf;
    cmd = (cmd_parms){ .pool = pool, .temp_pool = pool, .server = &server,
                       .cmd = &command, .directive = &node,
                       .limited = -1 };
    ap_listen_pre_config();
    return 0;
}

static int stop(void **)
{
    ap_close_listeners();
    ap_listeners = NULL;
    apr_pool_destroy(pool);
    return 0;
}

/* A port that nobody has at the moment. */
static apr_port_t free_port(void)
{
    apr_sockaddr_t *any, *got;
    apr_socket_t *s;
    apr_port_t port;

    apr_sockaddr_info_get(&any, "127.0.0.1", APR_INET, 0, 0, pool);
    apr_socket_create(&s, APR_INET, SOCK_STREAM, 0, pool);
    apr_socket_bind(s, any);
    apr_socket_addr_get(&got, APR_LOCAL, s);
    port = got->port;
    apr_socket_close(s);
    return port;
}

static const char *local(apr_port_t port)
{
    return apr_psprintf(pool, "127.0.0.1:%d", port);
}

static void listen_takes_addresses_ports_and_protocols(void **)
{
    assert_null(listen_on("8080", NULL));
    assert_null(listen_on("127.0.0.1:443", NULL));
    assert_null(listen_on("[::1]:8443", "HTTPS"));
    assert_null(listen_on("*:81", NULL));
    assert_int_equal(ap_listeners->bind_addr->port, 8080);
    assert_string_equal(ap_listeners->protocol, "http");
    assert_string_equal(ap_listeners->next->protocol, "https");
    assert_string_equal(ap_listeners->next->next->protocol, "https");
    assert_int_equal(ap_listeners->next->next->next->bind_addr->port, 81);
}

static void listen_refuses_what_it_cannot_bind(void **)
{
    assert_non_null(listen_on("127.0.0.1", NULL));
    assert_non_null(listen_on("0", NULL));
    assert_non_null(listen_on("99999", NULL));
    assert_non_null(listen_on("127.0.0.1:", NULL));
    assert_non_null(listen_on("", NULL));
    assert_null(ap_listeners);
}

static void the_same_address_counts_once(void **)
{
    assert_null(listen_on("127.0.0.1:8080", NULL));
    assert_null(listen_on("127.0.0.1:8080", NULL));
    assert_null(ap_listeners->next);
}

static void a_taken_port_stops_the_start(void **)
{
    apr_port_t port = free_port();
    ap_listen_rec *first;

    assert_null(listen_on(local(port), NULL));
    assert_int_equal(ap_setup_listeners(&server), 1);
    first = ap_listeners;
    ap_listeners = NULL;
    assert_null(listen_on(local(port), NULL));
    assert_int_equal(ap_setup_listeners(&server), 0);
    ap_close_listeners_ex(first);
}

static void a_restart_keeps_sockets_still_named_and_closes_others(void **)
{
    const char *a = local(free_port());
    ap_listen_rec *first, *second;
    apr_socket_t *sd;

    assert_null(listen_on(a, NULL));
    assert_null(listen_on(local(free_port()), NULL));
    assert_int_equal(ap_setup_listeners(&server), 2);
    first = ap_listeners;
    second = first->next;
    sd = first->sd;
    ap_listen_pre_config();
    assert_null(listen_on(a, "https"));
    assert_int_equal(ap_setup_listeners(&server), 1);
    assert_ptr_equal(ap_listeners, first);
    assert_ptr_equal(ap_listeners->sd, sd);
    assert_string_equal(ap_listeners->protocol, "https");
    assert_false(second->active);
}

static void buckets_share_each_address(void **)
{
    ap_listen_rec **buckets;
    int n = 3;

    cl_listen_settings.cores_per_bucket = 1;
    assert_null(listen_on(local(free_port()), NULL));
    assert_int_equal(ap_setup_listeners(&server), 1);
    assert_int_equal(ap_duplicate_listeners(pool, &server, &buckets, &n),
                     APR_SUCCESS);
    assert_int_equal(n, 3);
    assert_ptr_equal(buckets[0], ap_listeners);
    assert_true(buckets[2]->active);
    assert_int_equal(buckets[2]->bind_addr->port,
                     ap_listeners->bind_addr->port);
    ap_close_listeners();
    assert_false(buckets[2]->active);
    assert_false(ap_listeners->active);
}

static void sizes_are_checked(void **)
{
    assert_null(ap_set_listenbacklog(&cmd, NULL, "10"));
    assert_int_equal(cl_listen_settings.backlog, 10);
    assert_non_null(ap_set_listenbacklog(&cmd, NULL, "0"));
    assert_non_null(ap_set_listenbacklog(&cmd, NULL, "10x"));
    assert_null(ap_set_send_buffer_size(&cmd, NULL, "0"));
    assert_non_null(ap_set_send_buffer_size(&cmd, NULL, "100"));
    assert_null(ap_set_receive_buffer_size(&cmd, NULL, "65536"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            listen_takes_addresses_ports_and_protocols, start, stop),
        cmocka_unit_test_setup_teardown(listen_refuses_what_it_cannot_bind,
                                        start, stop),
        cmocka_unit_test_setup_teardown(the_same_address_counts_once, start,
                                        stop),
        cmocka_unit_test_setup_teardown(a_taken_port_stops_the_start, start,
                                        stop),
        cmocka_unit_test_setup_teardown(
            a_restart_keeps_sockets_still_named_and_closes_others, start,
            stop),
        cmocka_unit_test_setup_teardown(buckets_share_each_address, start,
                                        stop),
        cmocka_unit_test_setup_teardown(sizes_are_checked, start, stop)
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
