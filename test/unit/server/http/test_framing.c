/* SPDX-License-Identifier: Apache-2.0 */
#include "http/framing.c"

#include "reader_fixture.h"

#include <cmocka.h>

/* NULL: the field is not there */
static const struct {
    const char *te, *cl;
    int proto, strict, unsafe;
} rows[] = {
    { NULL, NULL, 1001, OK, OK },
    { NULL, "0", 1001, OK, OK },
    { NULL, "9223372036854775807", 1001, OK, OK },
    { NULL, "", 1001, 400, 400 },
    { NULL, "+3", 1001, 400, 400 },
    { NULL, "-3", 1001, 400, 400 },
    { NULL, "0x3", 1001, 400, 400 },
    { NULL, "3;", 1001, 400, 400 },
    { NULL, "3, 3", 1001, 400, 400 },
    { NULL, "3, 4", 1001, 400, 400 },
    { NULL, "99999999999999999999", 1001, 400, 400 },
    { "chunked", NULL, 1001, OK, OK },
    { "CHUNKED", NULL, 1001, OK, OK },
    { " , chunked ,", NULL, 1001, OK, OK },
    { "chunked", "3", 1001, 400, OK },
    { "chunked", NULL, 1000, 400, OK },
    { "gzip, chunked", NULL, 1001, 501, 501 },
    { "chunked, chunked", NULL, 1001, 400, 400 },
    { "chunked, gzip", NULL, 1001, 400, 400 },
    { "gzip", NULL, 1001, 400, 400 },
    { "identity", NULL, 1001, 400, 400 },
    { "", NULL, 1001, 400, 400 },
    { "xchunked", NULL, 1001, 400, 400 },
    { "chunked;q=1", NULL, 1001, 400, 400 },
    { "\"chunked\"", NULL, 1001, 400, 400 },
    { "chunked\v", NULL, 1001, 400, 400 }
};

static int check(struct reader *t, size_t i, char conformance)
{
    t->conf.http_conformance = conformance;
    t->r.proto_num = rows[i].proto;
    if (rows[i].te) {
        apr_table_setn(t->r.headers_in, "Transfer-Encoding", rows[i].te);
    }
    if (rows[i].cl) {
        apr_table_setn(t->r.headers_in, "Content-Length", rows[i].cl);
    }
    return cl_http_check_framing(&t->r);
}

static void each_framing_is_judged(void **)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reader *strict = reader_make(), *unsafe = reader_make();
        int a = check(strict, i, AP_HTTP_CONFORMANCE_UNSET);
        int b = check(unsafe, i, AP_HTTP_CONFORMANCE_UNSAFE);

        if (a != rows[i].strict || b != rows[i].unsafe) {
            fail_msg("row %zu: %d and %d", i, a, b);
        }
        if (a != OK) {
            assert_int_equal(strict->conn.keepalive, AP_CONN_CLOSE);
        }
        reader_free(strict);
        reader_free(unsafe);
    }
}

/* RFC 9112 section 6.3 item 3 */
static void where_both_are_taken_the_length_goes_and_so_does_the_connection(
    void **)
{
    struct reader *t = reader_make();

    t->conf.http_conformance = AP_HTTP_CONFORMANCE_UNSAFE;
    apr_table_setn(t->r.headers_in, "Transfer-Encoding", "chunked");
    apr_table_setn(t->r.headers_in, "Content-Length", "3");
    assert_int_equal(cl_http_check_framing(&t->r), OK);
    assert_null(apr_table_get(t->r.headers_in, "Content-Length"));
    assert_int_equal(t->conn.keepalive, AP_CONN_CLOSE);
    reader_free(t);
}

static void a_body_of_no_bytes_is_no_body(void **)
{
    struct reader *t = reader_make();

    assert_false(ap_request_has_body(&t->r));
    apr_table_setn(t->r.headers_in, "Content-Length", "0");
    assert_false(ap_request_has_body(&t->r));
    apr_table_setn(t->r.headers_in, "Content-Length", "1");
    assert_true(ap_request_has_body(&t->r));
    t->r.header_only = 1;
    assert_false(ap_request_has_body(&t->r));
    reader_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_framing_is_judged),
        cmocka_unit_test(
            where_both_are_taken_the_length_goes_and_so_does_the_connection),
        cmocka_unit_test(a_body_of_no_bytes_is_no_body)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
