/* SPDX-License-Identifier: Apache-2.0 */
#include "http/line.c"

#include "reader_fixture.h"

#include <cmocka.h>

static struct {
    apr_status_t rv;
    char text[64];
    apr_size_t len;
} got;

/* Read one line of bytes that come in pieces; fixed 0: the line may grow. */
static void read_line(const char *bytes, size_t piece, apr_size_t n,
                      bool fixed, int flags)
{
    struct reader *t = reader_make();
    char buffer[64], *s = fixed ? buffer : NULL;
    apr_bucket_brigade *bb = apr_brigade_create(t->pool, t->alloc);

    reader_feed(t, bytes, strlen(bytes), piece);
    got.rv = ap_rgetline_core(&s, n, &got.len, &t->r, flags, bb);
    apr_cpystrn(got.text, s, sizeof got.text);
    reader_free(t);
}

static void assert_line(apr_status_t rv, const char *text)
{
    assert_int_equal(got.rv, rv);
    assert_string_equal(got.text, text);
    assert_int_equal(got.len, strlen(text));
}

static void a_line_is_the_same_however_it_is_cut(void **)
{
    for (size_t piece = 1; piece < 12; piece++) {
        read_line("hello there\r\nnext\r\n", piece, 40, piece & 1, 0);
        assert_line(APR_SUCCESS, "hello there");
        read_line("a\rb\r\r\n", piece, 40, piece & 1, 0);
        assert_line(APR_SUCCESS, "a\rb\r");
    }
}

static void the_ending_does_not_count_against_the_limit(void **)
{
    for (size_t piece = 1; piece < 8; piece++) {
        read_line("1234\r\n", piece, 5, true, AP_GETLINE_CRLF);
        assert_line(APR_SUCCESS, "1234");
        read_line("12345\r\n", piece, 5, piece & 1, AP_GETLINE_CRLF);
        assert_line(APR_ENOSPC, "1234");
    }
}

static void a_lone_lf_ends_a_line_only_when_crlf_is_not_asked_for(void **)
{
    read_line("abc\n", 4, 40, false, 0);
    assert_line(APR_SUCCESS, "abc");
    read_line("abc\n", 4, 40, false, AP_GETLINE_CRLF);
    assert_line(APR_EINVAL, "abc");
}

static void a_fold_reads_as_one_space(void **)
{
    read_line("a: b \r\n  c\r\n\t\td\r\nx: y\r\n", 100, 40, false,
              AP_GETLINE_FOLD);
    assert_line(APR_SUCCESS, "a: b c d");
}

static void an_end_inside_a_line_is_no_line(void **)
{
    read_line("abc", 2, 40, false, 0);
    assert_int_equal(got.rv, APR_EOF);
}

static void the_rest_of_a_long_line_is_dropped_on_request(void **)
{
    struct reader *t = reader_make();
    apr_bucket_brigade *bb = apr_brigade_create(t->pool, t->alloc);
    char buffer[4], *s = buffer;
    apr_size_t len;

    reader_feed(t, "too long\r\nok\r\n", 14, 3);
    assert_int_equal(ap_rgetline_core(&s, 4, &len, &t->r,
                                      AP_GETLINE_NOSPC_EOL, bb),
                     APR_ENOSPC);
    assert_int_equal(ap_rgetline_core(&s, 4, &len, &t->r, 0, bb),
                     APR_SUCCESS);
    assert_string_equal(s, "ok");
    reader_free(t);
}

static void getline_tells_length_limit_and_end(void **)
{
    struct reader *t = reader_make();
    char buffer[8];

    reader_feed(t, "ab\r\nlonger than that\r\n", 22, 22);
    assert_int_equal(ap_getline(buffer, sizeof buffer, &t->r, 0), 2);
    assert_int_equal(ap_getline(buffer, sizeof buffer, &t->r,
                                AP_GETLINE_NOSPC_EOL), 8);
    assert_int_equal(ap_getline(buffer, sizeof buffer, &t->r, 0), -1);
    reader_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_the_same_however_it_is_cut),
        cmocka_unit_test(the_ending_does_not_count_against_the_limit),
        cmocka_unit_test(a_lone_lf_ends_a_line_only_when_crlf_is_not_asked_for),
        cmocka_unit_test(a_fold_reads_as_one_space),
        cmocka_unit_test(an_end_inside_a_line_is_no_line),
        cmocka_unit_test(the_rest_of_a_long_line_is_dropped_on_request),
        cmocka_unit_test(getline_tells_length_limit_and_end)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
