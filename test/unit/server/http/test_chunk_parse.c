/* SPDX-License-Identifier: Apache-2.0 */
#include "http/chunk_parse.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { LIMIT = 60 };

#define S(text) text, sizeof text - 1
#define CTL "\x01"

static const struct {
    const char *line;
    size_t len;
    enum cl_chunk_result strict, unsafe;
    apr_off_t size;
} lines[] = {
    { S("3\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("aBc\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 0xabc },
    { S("0\r\n"), CL_CHUNK_LAST, CL_CHUNK_LAST, 0 },
    { S("000\r\n"), CL_CHUNK_LAST, CL_CHUNK_LAST, 0 },
    { S("00000000000000000000000000000003\r\n"), CL_CHUNK_DATA,
      CL_CHUNK_DATA, 3 },
    { S("7fffffffffffffff\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA,
      APR_INT64_MAX },
    { S("8000000000000000\r\n"), CL_CHUNK_TOO_BIG, CL_CHUNK_TOO_BIG, 0 },
    { S("ffffffffffffffff\r\n"), CL_CHUNK_TOO_BIG, CL_CHUNK_TOO_BIG, 0 },
    { S("10000000000000003\r\n"), CL_CHUNK_TOO_BIG, CL_CHUNK_TOO_BIG, 0 },
    { S("3 \t\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("3;a\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("3;a=b\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("3 ; a = b ; c\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("3;a=\"b;\\\"=\xff\";c\r\n"), CL_CHUNK_DATA, CL_CHUNK_DATA, 3 },
    { S("3\n"), CL_CHUNK_BAD, CL_CHUNK_DATA, 3 },
    { S("3;a\n"), CL_CHUNK_BAD, CL_CHUNK_DATA, 3 },
    { S("\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S(" 3\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("-3\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("+3\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("0x3\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3g\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3 3\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3\rabc"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3\r\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3\0\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;=b\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;a=\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;a b\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;a=" CTL "b\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;a=\"b\r\nc\"\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;a=\"b\"c\r\n"), CL_CHUNK_BAD, CL_CHUNK_BAD, 0 },
    { S("3;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
      CL_CHUNK_TOO_LONG, CL_CHUNK_TOO_LONG, 0 },
    { S("3;a"), CL_CHUNK_MORE, CL_CHUNK_MORE, 3 }
};

/* Feed head and tail apart, and tell how it came out. */
static enum cl_chunk_result feed(struct cl_chunk *c, const char *line,
                                 size_t len, size_t cut)
{
    enum cl_chunk_result result;
    apr_size_t used;

    result = cl_http_chunk_parse(c, line, cut, &used);
    if (result != CL_CHUNK_MORE) {
        return result;
    }
    assert_int_equal(used, cut);
    return cl_http_chunk_parse(c, line + cut, len - cut, &used);
}

static void each_line_parses_the_same_at_every_cut(void **)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        for (size_t cut = 0; cut <= lines[i].len; cut++) {
            for (int how = CL_UNSAFE; how <= CL_STRICT; how++) {
                enum cl_chunk_result want = how == CL_STRICT
                                                ? lines[i].strict
                                                : lines[i].unsafe, got;
                struct cl_chunk c;

                cl_http_chunk_init(&c, how, LIMIT);
                got = feed(&c, lines[i].line, lines[i].len, cut);
                if (got != want
                    || (got <= CL_CHUNK_LAST && c.left != lines[i].size)) {
                    fail_msg("line %zu cut at %zu: %d", i, cut, got);
                }
            }
        }
    }
}

static void data_must_end_in_crlf(void **)
{
    static const struct {
        const char *text;
        enum cl_chunk_result strict, unsafe;
    } after[] = {
        { "\r\n2\r\n", CL_CHUNK_DATA, CL_CHUNK_DATA },
        { "\r\n0\r\n", CL_CHUNK_LAST, CL_CHUNK_LAST },
        { "\n2\n", CL_CHUNK_BAD, CL_CHUNK_DATA },
        { "2\r\n", CL_CHUNK_BAD, CL_CHUNK_BAD },
        { "X\r\n2\r\n", CL_CHUNK_BAD, CL_CHUNK_BAD },
        { "\rX2\r\n", CL_CHUNK_BAD, CL_CHUNK_BAD },
        { "\r\n\r\n2\r\n", CL_CHUNK_BAD, CL_CHUNK_BAD }
    };

    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        size_t len = strlen(after[i].text);

        for (size_t cut = 0; cut <= len; cut++) {
            struct cl_chunk c;
            apr_size_t used;

            cl_http_chunk_init(&c, CL_STRICT, LIMIT);
            assert_int_equal(cl_http_chunk_parse(&c, "5\r\n", 3, &used),
                             CL_CHUNK_DATA);
            assert_int_equal(feed(&c, after[i].text, len, cut),
                             after[i].strict);
            cl_http_chunk_init(&c, CL_UNSAFE, LIMIT);
            cl_http_chunk_parse(&c, "5\r\n", 3, &used);
            assert_int_equal(feed(&c, after[i].text, len, cut),
                             after[i].unsafe);
        }
    }
}

static void the_parser_stops_before_the_data(void **)
{
    struct cl_chunk c;
    apr_size_t used;

    cl_http_chunk_init(&c, CL_STRICT, LIMIT);
    assert_int_equal(cl_http_chunk_parse(&c, "3\r\nabc\r\n", 8, &used),
                     CL_CHUNK_DATA);
    assert_int_equal(used, 3);
}

static void after_a_fault_there_is_no_way_back(void **)
{
    struct cl_chunk c;
    apr_size_t used;

    cl_http_chunk_init(&c, CL_STRICT, LIMIT);
    assert_int_equal(cl_http_chunk_parse(&c, "z", 1, &used), CL_CHUNK_BAD);
    assert_int_equal(cl_http_chunk_parse(&c, "3\r\n", 3, &used),
                     CL_CHUNK_BAD);
    assert_int_equal(used, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_parses_the_same_at_every_cut),
        cmocka_unit_test(data_must_end_in_crlf),
        cmocka_unit_test(the_parser_stops_before_the_data),
        cmocka_unit_test(after_a_fault_there_is_no_way_back)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
