/* SPDX-License-Identifier: Apache-2.0 */
/* Who may keep the connection, and what the header says of it. */
#include "request_fixture.h"

#include "http/keepalive.c"

enum body { LENGTH, UNKNOWN };

static const struct row {
    int proto;
    const char *wish;           /* the request's Connection */
    enum body body;
    int status;
    int keeps, chunked;
    const char *connection;     /* of the response; NULL for none */
} matrix[] = {
    { 1001, NULL, LENGTH, 200, 1, 0, NULL },
    { 1001, NULL, UNKNOWN, 200, 1, 1, NULL },
    { 1001, "keep-alive", LENGTH, 200, 1, 0, "Keep-Alive" },
    { 1001, "close", LENGTH, 200, 0, 0, "close" },
    { 1001, "close", UNKNOWN, 200, 0, 1, "close" },
    { 1001, "keep-alive, Close", LENGTH, 200, 0, 0, "close" },
    { 1001, NULL, LENGTH, 404, 1, 0, NULL },
    { 1001, NULL, LENGTH, 400, 0, 0, "close" },
    { 1001, NULL, LENGTH, 408, 0, 0, "close" },
    { 1001, NULL, LENGTH, 413, 0, 0, "close" },
    { 1001, NULL, UNKNOWN, 503, 0, 1, "close" },
    { 1001, NULL, UNKNOWN, 204, 1, 0, NULL },
    { 1001, NULL, UNKNOWN, 304, 1, 0, NULL },
    { 1000, NULL, LENGTH, 200, 0, 0, "close" },
    { 1000, "Keep-Alive", LENGTH, 200, 1, 0, "Keep-Alive" },
    { 1000, "Keep-Alive", UNKNOWN, 200, 0, 0, "close" },
    { 1000, "Keep-Alive", UNKNOWN, 304, 1, 0, "Keep-Alive" },
};

static request_rec *request(const struct row *row)
{
    request_rec *r = fixture_request();

    r->proto_num = row->proto;
    r->status = row->status;
    if (row->wish) {
        apr_table_setn(r->headers_in, "Connection", row->wish);
    }
    if (row->body == LENGTH) {
        apr_table_setn(r->headers_out, "Content-Length", "5");
    }
    return r;
}

static void the_decision_table_holds(void **)
{
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++) {
        const struct row *row = &matrix[i];
        request_rec *r = request(row);
        int keeps = ap_set_keepalive(r);
        const char *said = apr_table_get(r->headers_out, "Connection");

        if (keeps != row->keeps || r->chunked != row->chunked
            || strcmp(said ? said : "", row->connection ? row->connection
                                                        : "") != 0) {
            fail_msg("row %u: keeps %d, chunked %d, Connection %s",
                     (unsigned)i, keeps, r->chunked, said ? said : "-");
        }
        assert_int_equal(r->connection->keepalive,
                         keeps ? AP_CONN_KEEPALIVE : AP_CONN_CLOSE);
    }
}

static const struct row asks = { 1001, "keep-alive", LENGTH, 200, 1, 0, NULL };

static void terms_name_timeout_and_requests_left(void **)
{
    request_rec *r = request(&asks);

    r->connection->keepalives = 1;
    assert_int_equal(ap_set_keepalive(r), 1);
    assert_string_equal(apr_table_get(r->headers_out, "Keep-Alive"),
                        "timeout=5, max=99");
    assert_int_equal(r->connection->keepalives, 2);
}

static void without_a_limit_none_is_named(void **)
{
    request_rec *r = request(&asks);

    r->server->keep_alive_max = 0;
    r->connection->keepalives = 5000;
    assert_int_equal(ap_set_keepalive(r), 1);
    assert_string_equal(apr_table_get(r->headers_out, "Keep-Alive"),
                        "timeout=5");
}

static void the_last_request_closes(void **)
{
    request_rec *r = request(&asks);

    r->connection->keepalives = 100;
    assert_int_equal(ap_set_keepalive(r), 0);
}

static void anyone_may_close(void **)
{
    request_rec *r = request(&asks);

    r->server->keep_alive = 0;
    assert_int_equal(ap_set_keepalive(r), 0);
    r = request(&asks);
    apr_table_setn(r->subprocess_env, "nokeepalive", "1");
    assert_int_equal(ap_set_keepalive(r), 0);
    r = request(&asks);
    r->expecting_100 = 1;
    assert_int_equal(ap_set_keepalive(r), 0);
    r = request(&asks);
    r->connection->keepalive = AP_CONN_CLOSE;
    assert_int_equal(ap_set_keepalive(r), 0);
}

static void close_is_said_once(void **)
{
    request_rec *r = request(&asks);

    apr_table_setn(r->headers_out, "Connection", "close");
    assert_int_equal(ap_set_keepalive(r), 0);
    assert_string_equal(apr_table_get(r->headers_out, "Connection"), "close");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(the_decision_table_holds),
        A_TEST(terms_name_timeout_and_requests_left),
        A_TEST(without_a_limit_none_is_named),
        A_TEST(the_last_request_closes),
        A_TEST(anyone_may_close),
        A_TEST(close_is_said_once),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
