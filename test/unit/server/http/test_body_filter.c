/* SPDX-License-Identifier: Apache-2.0 */
#include "http/body_filter.c"

#include "reader_fixture.h"

#include <cmocka.h>

static ap_filter_rec_t http_in = { .name = "http_in" };

struct body_reader {
    struct reader *t;
    ap_filter_t filter;
    char text[256];             /* body so far */
    bool ended;
};

static struct body_reader *open_body(const char *name, const char *value)
{
    struct body_reader *b = calloc(1, sizeof *b);

    b->t = reader_make();
    b->filter = (ap_filter_t){ .frec = &http_in, .next = &b->t->filter,
                               .r = &b->t->r, .c = &b->t->conn };
    b->t->r.input_filters = &b->filter;
    if (name) {
        apr_table_setn(b->t->r.headers_in, name, value);
    }
    return b;
}

static void close_body(struct body_reader *b)
{
    reader_free(b->t);
    free(b);
}

static apr_status_t read_once(struct body_reader *b, ap_input_mode_t mode,
                              apr_off_t want)
{
    apr_bucket_brigade *bb = apr_brigade_create(b->t->pool, b->t->alloc);
    apr_status_t rv = ap_http_filter(&b->filter, bb, mode, APR_BLOCK_READ,
                                     want);
    apr_size_t len = sizeof b->text - strlen(b->text) - 1;

    if (rv == APR_SUCCESS) {
        b->ended = !APR_BRIGADE_EMPTY(bb)
                   && APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb));
        apr_brigade_flatten(bb, b->text + strlen(b->text), &len);
    }
    apr_brigade_destroy(bb);
    return rv;
}

static apr_status_t read_all(struct body_reader *b, apr_off_t want)
{
    apr_status_t rv = APR_SUCCESS;

    while (rv == APR_SUCCESS && !b->ended) {
        rv = read_once(b, AP_MODE_READBYTES, want);
    }
    return rv;
}

/* The bytes that the next request will see. */
static void assert_rest(struct body_reader *b, const char *rest)
{
    char text[64] = "";
    apr_size_t len = sizeof text - 1;

    apr_brigade_flatten(b->t->in.b, text, &len);
    assert_string_equal(text, rest);
}

static void a_body_ends_with_its_length_and_leaves_the_next_request(void **)
{
    for (size_t piece = 1; piece < 20; piece++) {
        for (apr_off_t want = 1; want < 8; want += 2) {
            struct body_reader *b = open_body("Content-Length", "5");

            reader_feed(b->t, "helloGET /", 10, piece);
            assert_int_equal(read_all(b, want), APR_SUCCESS);
            assert_string_equal(b->text, "hello");
            assert_int_equal(read_once(b, AP_MODE_READBYTES, 9), APR_SUCCESS);
            assert_true(b->ended);
            assert_rest(b, "GET /");
            close_body(b);
        }
    }
}

static void a_chunked_body_reads_the_same_however_it_is_cut(void **)
{
    const char *bytes = "3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nT: tr\r\n\r\nGET /";

    for (size_t piece = 1; piece < 40; piece++) {
        for (apr_off_t want = 1; want < 8; want += 3) {
            struct body_reader *b = open_body("Transfer-Encoding", "chunked");

            reader_feed(b->t, bytes, strlen(bytes), piece);
            assert_int_equal(read_all(b, want), APR_SUCCESS);
            assert_string_equal(b->text, "hello");
            assert_string_equal(apr_table_get(b->t->r.trailers_in, "T"),
                                "tr");
            assert_null(apr_table_get(b->t->r.headers_in, "T"));
            assert_rest(b, "GET /");
            close_body(b);
        }
    }
}

static void no_framing_is_no_body(void **)
{
    struct body_reader *b = open_body(NULL, NULL);

    reader_feed(b->t, "GET /", 5, 5);
    assert_int_equal(read_all(b, 10), APR_SUCCESS);
    assert_string_equal(b->text, "");
    assert_rest(b, "GET /");
    close_body(b);
}

static void a_fault_lasts_and_closes(void **)
{
    static const struct {
        const char *name, *value, *bytes;
        apr_status_t rv;
    } rows[] = {
        { "Transfer-Encoding", "chunked", "z\r\n", APR_EGENERAL },
        { "Transfer-Encoding", "chunked", "3\r\nabcX\r\n", APR_EGENERAL },
        { "Transfer-Encoding", "chunked", "ffffffffffffffff\r\n",
          APR_EGENERAL },
        { "Transfer-Encoding", "chunked", "3\r\nab", APR_INCOMPLETE },
        { "Transfer-Encoding", "chunked", "3\r\nabc\r\n", APR_INCOMPLETE },
        { "Transfer-Encoding", "chunked", "0\r\n", APR_EGENERAL },
        { "Transfer-Encoding", "chunked", "0\r\nA : b\r\n\r\n",
          APR_EGENERAL },
        { "Transfer-Encoding", "gzip, chunked", "0\r\n\r\n", APR_ENOTIMPL },
        { "Content-Length", "5", "abc", APR_INCOMPLETE },
        { "Content-Length", "x", "abc", APR_EGENERAL }
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct body_reader *b = open_body(rows[i].name, rows[i].value);

        reader_feed(b->t, rows[i].bytes, strlen(rows[i].bytes), 50);
        if (read_all(b, 100) != rows[i].rv) {
            fail_msg("row %zu", i);
        }
        assert_int_equal(read_once(b, AP_MODE_READBYTES, 1), rows[i].rv);
        assert_int_equal(b->t->conn.keepalive, AP_CONN_CLOSE);
        close_body(b);
    }
}

static void the_limit_holds_for_both_framings(void **)
{
    struct body_reader *b = open_body("Content-Length", "6");

    b->t->dir.limit_req_body = 5;
    reader_feed(b->t, "abcdef", 6, 6);
    assert_int_equal(read_all(b, 10), APR_ENOSPC);
    close_body(b);
    b = open_body("Transfer-Encoding", "chunked");
    b->t->dir.limit_req_body = 5;
    reader_feed(b->t, "4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n", 21, 30);
    assert_int_equal(read_all(b, 10), APR_ENOSPC);
    assert_string_equal(b->text, "abcd");
    close_body(b);
}

static void a_response_may_end_with_its_connection(void **)
{
    struct body_reader *b = open_body(NULL, NULL);

    b->t->r.proxyreq = PROXYREQ_RESPONSE;
    reader_feed(b->t, "to the end", 10, 4);
    assert_int_equal(read_all(b, 3), APR_SUCCESS);
    assert_string_equal(b->text, "to the end");
    close_body(b);
}

static void lines_of_a_body_do_not_reach_beyond_it(void **)
{
    for (size_t piece = 1; piece < 30; piece += 2) {
        struct body_reader *b = open_body("Content-Length", "9");

        reader_feed(b->t, "one\ntwo\nxyz\n", 12, piece);
        assert_int_equal(read_once(b, AP_MODE_GETLINE, 0), APR_SUCCESS);
        assert_string_equal(b->text, "one\n");
        assert_int_equal(read_once(b, AP_MODE_READBYTES, 1), APR_SUCCESS);
        assert_string_equal(b->text, "one\nt");
        assert_int_equal(read_once(b, AP_MODE_GETLINE, 0), APR_SUCCESS);
        assert_string_equal(b->text, "one\ntwo\n");
        assert_int_equal(read_once(b, AP_MODE_GETLINE, 0), APR_SUCCESS);
        assert_string_equal(b->text, "one\ntwo\nx");
        assert_true(b->ended);
        assert_rest(b, "yz\n");
        close_body(b);
    }
}

static void merged_trailers_leave_routing_and_framing_alone(void **)
{
    struct body_reader *b = open_body("Transfer-Encoding", "chunked");
    const char *bytes = "0\r\nX: y\r\nHost: evil\r\nContent-Length: 9\r\n\r\n";

    b->t->conf.merge_trailers = AP_MERGE_TRAILERS_ENABLE;
    reader_feed(b->t, bytes, strlen(bytes), 100);
    assert_int_equal(read_all(b, 10), APR_SUCCESS);
    assert_string_equal(apr_table_get(b->t->r.headers_in, "X"), "y");
    assert_null(apr_table_get(b->t->r.headers_in, "Host"));
    assert_null(apr_table_get(b->t->r.headers_in, "Content-Length"));
    assert_string_equal(apr_table_get(b->t->r.trailers_in, "Host"), "evil");
    close_body(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_body_ends_with_its_length_and_leaves_the_next_request),
        cmocka_unit_test(a_chunked_body_reads_the_same_however_it_is_cut),
        cmocka_unit_test(no_framing_is_no_body),
        cmocka_unit_test(a_fault_lasts_and_closes),
        cmocka_unit_test(the_limit_holds_for_both_framings),
        cmocka_unit_test(a_response_may_end_with_its_connection),
        cmocka_unit_test(lines_of_a_body_do_not_reach_beyond_it),
        cmocka_unit_test(merged_trailers_leave_routing_and_framing_alone)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
