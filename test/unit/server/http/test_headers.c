/* SPDX-License-Identifier: Apache-2.0 */
#include "http/headers.c"

#include "reader_fixture.h"

#include <cmocka.h>

struct result {
    int status;
    char table[512];            /* "name=value;" of each row */
};

static int append_row(void *to, const char *name, const char *value)
{
    size_t room = 512 - strlen(to);

    apr_snprintf((char *)to + strlen(to), room, "%s=%s;", name, value);
    return 1;
}

static struct reader *fresh(enum cl_strictness how)
{
    struct reader *t = reader_make();

    t->conf.http_conformance = how == CL_UNSAFE ? AP_HTTP_CONFORMANCE_UNSAFE
                                                : 0;
    t->server.limit_req_fields = 6;
    t->server.limit_req_fieldsize = 20;
    return t;
}

static struct result read_lines(const char *bytes, size_t len, size_t piece,
                                enum cl_strictness how)
{
    struct reader *t = fresh(how);
    struct result result = { 0 };

    reader_feed(t, bytes, len, piece);
    ap_get_mime_headers(&t->r);
    result.status = t->r.status == HTTP_OK ? OK : t->r.status;
    apr_table_do(append_row, result.table, t->r.headers_in, NULL);
    reader_free(t);
    return result;
}

/* The whole section at once; 0: it wants to be read by line. */
static struct result scan_all(const char *bytes, size_t len)
{
    struct reader *t = fresh(CL_STRICT);
    struct cl_field fields[6];
    struct result result = { HTTP_BAD_REQUEST, "" };
    int n;

    if (len
        && cl_http_scan_fields(bytes, bytes + len, fields, 6, 21, &n) == len) {
        result.status = OK;
        cl_http_add_fields(t->r.headers_in,
                           apr_pmemdup(t->pool, bytes, len), fields, n);
        apr_table_do(append_row, result.table, t->r.headers_in, NULL);
    }
    reader_free(t);
    return result;
}

#define S(text) text, sizeof text - 1

static const struct {
    const char *bytes;
    size_t len;
    int strict, unsafe;
    const char *table;          /* where accepted */
} sections[] = {
    { S("\r\n"), OK, OK, "" },
    { S("A: b\r\n\r\n"), OK, OK, "A=b;" },
    { S("A:b\r\nC: \t d e \t\r\n\r\n"), OK, OK, "A=b;C=d e;" },
    { S("A:\r\nB: \r\n\r\n"), OK, OK, "A=;B=;" },
    { S("A: \xff\tx\r\n\r\n"), OK, OK, "A=\xff\tx;" },
    { S("A: 1\r\nb: 2\r\na: 3\r\n\r\n"), OK, OK, "A=1, 3;b=2;" },
    { S("A: b\r\n  c\r\n\td\r\nE: f\r\n\r\n"), OK, OK, "A=b c d;E=f;" },
    { S("A: 12345678901234567\r\n\r\n"), OK, OK, "A=12345678901234567;" },
    { S("A: 1234567890123456789\r\n\r\n"), 400, 400, "" },
    { S("A: 1234567\r\n 1234567\r\n 1234\r\n\r\n"), 400, 400, "" },
    { S("A:1\r\nB:2\r\nC:3\r\nD:4\r\nE:5\r\nF:6\r\n\r\n"), OK, OK,
      "A=1;B=2;C=3;D=4;E=5;F=6;" },
    { S("A:1\r\nB:2\r\nC:3\r\nD:4\r\nE:5\r\nF:6\r\nG:7\r\n\r\n"), 400, 400,
      "" },
    { S("A: b\n\n"), 400, OK, "A=b;" },
    { S("A: b\r\n\n"), 400, OK, "A=b;" },
    { S(" A: b\r\n\r\n"), 400, 400, "" },
    { S("A : b\r\n\r\n"), 400, 400, "" },
    { S("A\t: b\r\n\r\n"), 400, 400, "" },
    { S("A b: c\r\n\r\n"), 400, 400, "" },
    { S(": b\r\n\r\n"), 400, 400, "" },
    { S("A\r\n\r\n"), 400, 400, "" },
    { S("A@(: b\r\n\r\n"), 400, OK, "A@(=b;" },
    { S("A: b\x01\r\n\r\n"), 400, OK, "A=b\x01;" },
    { S("A: b\x7f" "c\r\n\r\n"), 400, OK, "A=b\x7f" "c;" },
    { S("A: b\rc\r\n\r\n"), 400, 400, "" },
    { S("A: b\0c\r\n\r\n"), 400, 400, "" },
    { S("A\0: b\r\n\r\n"), 400, 400, "" },
    { S("A: b\r\r\n\r\n"), 400, 400, "" },
    { S("A: 12345678\x01" "12345\r\n\r\n"), 400, OK, "A=12345678\x01" "12345;" },
    { S("A: b\r\n"), 400, 400, "" },
    { S("A: b"), 400, 400, "" },
    { S(""), 400, 400, "" }
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static void check(int i, struct result got, int status, const char *how)
{
    if (got.status != status
        || (status == OK && strcmp(got.table, sections[i].table) != 0)) {
        fail_msg("section %d (%s): %d \"%s\"", i, how, got.status, got.table);
    }
}

static void each_section_reads_the_same_however_it_is_cut(void **)
{
    for (int i = 0; i < SECTIONS; i++) {
        for (size_t piece = 1; piece < 40; piece += 3) {
            check(i, read_lines(sections[i].bytes, sections[i].len, piece,
                                CL_STRICT), sections[i].strict, "strict");
            check(i, read_lines(sections[i].bytes, sections[i].len, piece,
                                CL_UNSAFE), sections[i].unsafe, "unsafe");
        }
    }
}

static void the_whole_scan_takes_good_unfolded_sections_only(void **)
{
    for (int i = 0; i < SECTIONS; i++) {
        bool folded = strstr(sections[i].bytes, "\r\n\t")
                      || strstr(sections[i].bytes, "\r\n ");

        check(i, scan_all(sections[i].bytes, sections[i].len),
              folded ? 400 : sections[i].strict, "whole");
    }
}

static void the_whole_scan_needs_the_empty_line(void **)
{
    const char *text = "Host: x\r\nAccept: */*\r\n\r\nrest";
    struct cl_field fields[4];
    int n;

    for (size_t len = 0; len < 24; len++) {
        assert_int_equal(cl_http_scan_fields(text, text + len, fields, 4, 100,
                                             &n), 0);
    }
    assert_int_equal(cl_http_scan_fields(text, text + 28, fields, 4, 100,
                                         &n), 24);
    assert_int_equal(n, 2);
}

static void silence_is_a_timeout_and_not_a_bad_request(void **)
{
    struct reader *t = reader_make();

    assert_int_equal(refuse_read(&t->r, APR_TIMEUP, "", 0), 408);
    assert_int_equal(refuse_read(&t->r, APR_EOF, "", 0), 400);
    reader_free(t);
}

static void control_characters_are_found_wherever_they_are(void **)
{
    char text[40];

    for (size_t at = 0; at < sizeof text; at++) {
        for (int c = 0; c < 256; c++) {
            bool bad = (c < 32 && c != '\t') || c == 127;

            memset(text, c & 1 ? 'x' : '\xff', sizeof text);
            text[at] = (char)c;
            assert_ptr_equal(cl_http_skip_content(text, text + sizeof text),
                             text + (bad ? at : sizeof text));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_section_reads_the_same_however_it_is_cut),
        cmocka_unit_test(the_whole_scan_takes_good_unfolded_sections_only),
        cmocka_unit_test(the_whole_scan_needs_the_empty_line),
        cmocka_unit_test(silence_is_a_timeout_and_not_a_bad_request),
        cmocka_unit_test(control_characters_are_found_wherever_they_are)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
