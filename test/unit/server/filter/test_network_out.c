/* SPDX-License-Identifier: Apache-2.0 */
/* CORE over a socket pair: what is held, what is written, in how many calls.
 */
#include "../http/request_fixture.h"

#include <errno.h>
#include <sys/socket.h>

static int sends;               /* calls of sendmsg */
static ssize_t counted_sendmsg(int sd, const struct msghdr *msg, int flags)
{
    sends++;
    return sendmsg(sd, msg, flags);
}

#define sendmsg counted_sendmsg
#include "filter/network_out.c"
#undef sendmsg

static int far;                 /* the client's end */
static apr_socket_t *near;
static ap_filter_t filter;
static core_net_rec net;

static conn_rec *connection(void)
{
    conn_rec *c = fixture_request()->connection;
    int pair[2];

    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    far = pair[1];
    near = NULL;
    apr_os_sock_put(&near, &pair[0], fixture_pool);
    apr_socket_timeout_set(near, apr_time_from_sec(5));
    net = (core_net_rec){ .client_socket = near, .c = c };
    filter = (ap_filter_t){ .ctx = &net, .c = c };
    c->client_ip = "192.0.2.1";
    sends = 0;
    return c;
}

static apr_bucket_brigade *brigade(conn_rec *c)
{
    return apr_brigade_create(fixture_pool, c->bucket_alloc);
}

static void put(apr_bucket_brigade *bb, apr_bucket *e)
{
    APR_BRIGADE_INSERT_TAIL(bb, e);
}

static apr_bucket *text(conn_rec *c, const char *s)
{
    return apr_bucket_transient_create(s, strlen(s), c->bucket_alloc);
}

static apr_bucket *block(conn_rec *c, apr_size_t size)
{
    return apr_bucket_heap_create(apr_pcalloc(fixture_pool, size), size, NULL,
                                  c->bucket_alloc);
}

static apr_size_t arrived(void)
{
    static char buf[1 << 20];
    apr_size_t total = 0;
    ssize_t n;

    while ((n = recv(far, buf, sizeof buf, MSG_DONTWAIT)) > 0) {
        total += (apr_size_t)n;
    }
    return total;
}

static void end(void)
{
    apr_socket_close(near);
    close(far);
}

static void little_is_held_and_leaves_in_one_call(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);
    char line[] = "header";

    put(bb, text(c, line));
    put(bb, text(c, "body"));
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    memset(line, 'x', 6);       /* the maker goes his way */
    assert_int_equal(c->data_in_output_filters, 1);
    assert_int_equal(arrived(), 0);
    assert_int_equal(ap_core_output_filter(&filter, NULL), APR_SUCCESS);
    assert_int_equal(c->data_in_output_filters, 0);
    assert_int_equal(sends, 1);

    char got[16];
    assert_int_equal(recv(far, got, sizeof got, MSG_DONTWAIT), 10);
    assert_memory_equal(got, "headerbody", 10);
    end();
}

static void a_flush_writes_at_once(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);

    put(bb, text(c, "abc"));
    put(bb, apr_bucket_flush_create(c->bucket_alloc));
    put(bb, text(c, "de"));
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    assert_int_equal(arrived(), 3);
    assert_int_equal(c->data_in_output_filters, 1);
    end();
}

static void much_is_written_as_far_as_it_goes(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);
    apr_size_t got;

    for (int i = 0; i < 6; i++) {
        put(bb, block(c, 10000));
    }
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    got = arrived();
    while (c->data_in_output_filters) {
        assert_int_equal(ap_core_output_filter(&filter, NULL), APR_SUCCESS);
        got += arrived();
    }
    assert_int_equal(got, 60000);
    end();
}

static void only_so_many_answers_are_held(void **)
{
    conn_rec *c = connection();

    for (int i = 0; i < 6; i++) {
        apr_bucket_brigade *bb = brigade(c);
        request_rec *r = apr_pcalloc(fixture_pool, sizeof *r);

        apr_pool_create(&r->pool, fixture_pool);
        r->connection = c;
        put(bb, text(c, "answer"));
        put(bb, ap_bucket_eor_create(c->bucket_alloc, r));
        assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
        assert_int_equal(c->data_in_output_filters, i < 5);
    }
    assert_int_equal(sends, 1);
    assert_int_equal(arrived(), 36);
    end();
}

static void a_gone_client_ends_all_work(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);

    close(far);
    put(bb, text(c, "abc"));
    put(bb, apr_bucket_flush_create(c->bucket_alloc));
    assert_int_not_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    assert_int_equal(c->aborted, 1);
    assert_true(APR_BRIGADE_EMPTY(bb));
    put(bb, text(c, "more"));
    sends = 0;
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_ECONNABORTED);
    assert_int_equal(sends, 0);
    assert_true(APR_BRIGADE_EMPTY(bb));
    apr_socket_close(near);
}

static apr_file_t *file_of(apr_size_t size, apr_int32_t flags)
{
    char name[] = "/tmp/coreXXXXXX";
    apr_file_t *file;

    apr_file_mktemp(&file, name, APR_READ | APR_WRITE | APR_CREATE
                                 | APR_DELONCLOSE | flags, fixture_pool);
    apr_file_trunc(file, (apr_off_t)size);
    return file;
}

static apr_size_t send_file(conn_rec *c, apr_int32_t flags)
{
    apr_bucket_brigade *bb = brigade(c);
    apr_size_t got;

    put(bb, text(c, "header"));
    apr_brigade_insert_file(bb, file_of(3 << 20, flags), 0, 3 << 20,
                            fixture_pool);
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    got = arrived();
    while (c->data_in_output_filters) {
        assert_int_equal(ap_core_output_filter(&filter, NULL), APR_SUCCESS);
        got += arrived();
    }
    return got;
}

static void a_file_arrives_whole_either_way(void **)
{
    conn_rec *c = connection();

    assert_int_equal(send_file(c, 0), 6 + (3 << 20));
    end();
    c = connection();
    assert_int_equal(send_file(c, APR_SENDFILE_ENABLED), 6 + (3 << 20));
    assert_int_equal(sends, 1);         /* the header */
    end();
}

static void a_small_file_costs_one_call(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);

    put(bb, text(c, "header"));
    apr_brigade_insert_file(bb, file_of(600, 0), 0, 600, fixture_pool);
    put(bb, apr_bucket_eos_create(c->bucket_alloc));
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    put(bb, apr_bucket_flush_create(c->bucket_alloc));
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_SUCCESS);
    assert_int_equal(sends, 1);
    assert_int_equal(arrived(), 606);
    end();
}

static void a_shrunken_file_ends_the_connection(void **)
{
    conn_rec *c = connection();
    apr_bucket_brigade *bb = brigade(c);

    apr_brigade_insert_file(bb, file_of(100, APR_SENDFILE_ENABLED), 0,
                            1 << 20, fixture_pool);
    put(bb, apr_bucket_flush_create(c->bucket_alloc));
    assert_int_equal(ap_core_output_filter(&filter, bb), APR_EOF);
    assert_int_equal(c->aborted, 1);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(little_is_held_and_leaves_in_one_call),
        A_TEST(a_flush_writes_at_once),
        A_TEST(much_is_written_as_far_as_it_goes),
        A_TEST(only_so_many_answers_are_held),
        A_TEST(a_gone_client_ends_all_work),
        A_TEST(a_file_arrives_whole_either_way),
        A_TEST(a_small_file_costs_one_call),
        A_TEST(a_shrunken_file_ends_the_connection),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
