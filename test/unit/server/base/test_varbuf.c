/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/varbuf.c"

static void an_empty_buffer_is_an_empty_string(void **)
{
    struct ap_varbuf vb;
    apr_size_t length;

    ap_varbuf_init(pool, &vb, 0);
    assert_string_equal(vb.buf, "");
    assert_int_equal(vb.avail, 0);
    assert_string_equal(ap_varbuf_pdup(pool, &vb, NULL, 0, NULL, 0, &length),
                        "");
    assert_int_equal(length, 0);
    ap_varbuf_free(&vb);
    ap_varbuf_free(&vb);
}

static void growing_keeps_what_is_there(void **)
{
    struct ap_varbuf vb;

    ap_varbuf_init(pool, &vb, 10);
    assert_true(vb.avail >= 10);
    strcpy(vb.buf, "0123456789");
    vb.strlen = AP_VARBUF_UNKNOWN;
    for (apr_size_t size = 11; size < 100000; size = size * 3 / 2) {
        ap_varbuf_grow(&vb, size);
        assert_true(vb.avail >= size);
        assert_string_equal(vb.buf, "0123456789");
        vb.buf[vb.avail] = '\0';        /* a byte for the NUL is there */
    }
    assert_int_equal(vb.strlen, 10);
    ap_varbuf_free(&vb);
    assert_null(vb.buf);
}

static void a_freed_buffer_can_grow_again(void **)
{
    struct ap_varbuf vb;

    ap_varbuf_init(pool, &vb, 5000);
    ap_varbuf_free(&vb);
    ap_varbuf_strmemcat(&vb, "abc", 3);
    assert_string_equal(vb.buf, "abc");
    ap_varbuf_free(&vb);
}

static void text_is_appended_and_copied_out(void **)
{
    struct ap_varbuf vb;
    apr_size_t length;

    ap_varbuf_init(pool, &vb, 0);
    ap_varbuf_strmemcat(&vb, "abc", 2);
    ap_varbuf_strmemcat(&vb, "", 0);
    for (int i = 0; i < 3000; i++) {
        ap_varbuf_strmemcat(&vb, "x", 1);
    }
    assert_int_equal(vb.strlen, 3002);
    assert_int_equal(strlen(vb.buf), 3002);
    const char *copy = ap_varbuf_pdup(pool, &vb, "<", 1, ">>", 2, &length);
    assert_int_equal(length, 3005);
    assert_memory_equal(copy, "<abxxx", 6);
    assert_string_equal(copy + 3002, "x>>");
    ap_varbuf_free(&vb);
}

/* ---- configuration lines ---- */

static apr_status_t get_byte(char *c, void *text)
{
    const char **rest = text;

    if (!**rest) {
        return APR_EOF;
    }
    *c = *(*rest)++;
    return APR_SUCCESS;
}

static apr_status_t get_line(void *buf, apr_size_t size, void *text)
{
    char *out = buf;
    const char **rest = text;

    if (!**rest) {
        return APR_EOF;
    }
    while (size-- > 1 && **rest) {
        *out = *(*rest)++;
        if (*out++ == '\n') {
            break;
        }
    }
    *out = '\0';
    return APR_SUCCESS;
}

static void lines(const char *text, apr_size_t max, apr_status_t last,
                  const char *const *expected)
{
    for (int by_line = 0; by_line < 2; by_line++) {
        const char *rest = text;
        ap_configfile_t file = {
            .getch = get_byte, .getstr = by_line ? get_line : NULL,
            .param = &rest
        };
        struct ap_varbuf vb;
        ap_varbuf_init(pool, &vb, 0);
        for (const char *const *e = expected; *e; e++) {
            assert_int_equal(ap_varbuf_cfg_getline(&vb, &file, max),
                             APR_SUCCESS);
            assert_string_equal(vb.buf, *e);
            assert_int_equal(vb.strlen, strlen(*e));
        }
        assert_int_equal(ap_varbuf_cfg_getline(&vb, &file, max), last);
        ap_varbuf_free(&vb);
    }
}

#define LINES(...) ((const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL })

static void lines_are_trimmed_and_continued(void **)
{
    lines("  a b \t\nc", 1000, APR_EOF, LINES("a b", "c"));
    lines("a \\\n b\nc\n", 1000, APR_EOF, LINES("a  b", "c"));
    lines("a\\\r\nb\r\n", 1000, APR_EOF, LINES("ab"));
    lines("\\\n\\\nx\n\ny", 1000, APR_EOF, LINES("x", "", "y"));
    lines("", 1000, APR_EOF, LINES());
}

static void a_backslash_at_the_end_of_the_file_stays(void **)
{
    lines("a\\", 1000, APR_EOF, LINES("a\\"));
    lines("a\\\n", 1000, APR_EOF, LINES("a"));
    lines("a\\ \nb", 1000, APR_EOF, LINES("a\\", "b"));
}

static void a_line_may_be_too_long(void **)
{
    lines("1234567\n12345678901\n", 10, APR_ENOSPC, LINES("1234567"));
    lines("12345\\\n678901\n", 10, APR_ENOSPC, LINES());
    lines("1234567890", 10, APR_EOF, LINES("1234567890"));
}

static void a_long_line_is_read_in_pieces(void **)
{
    char *text = apr_palloc(pool, 20002);

    memset(text, 'x', 20000);
    strcpy(text + 20000, "\n");
    const char *expected = apr_pstrmemdup(pool, text, 20000);
    lines(text, 30000, APR_EOF, LINES(expected));
    lines(text, APR_SIZE_MAX, APR_EOF, LINES(expected));
}

static void lines_are_counted(void **)
{
    const char *rest = "a\nb\\\nc\n";
    ap_configfile_t file = {
        .getch = get_byte, .getstr = get_line, .param = &rest
    };
    struct ap_varbuf vb;

    ap_varbuf_init(pool, &vb, 0);
    ap_varbuf_cfg_getline(&vb, &file, 100);
    assert_int_equal(file.line_number, 1);
    ap_varbuf_cfg_getline(&vb, &file, 100);
    assert_int_equal(file.line_number, 3);
    ap_varbuf_free(&vb);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_string),
        cmocka_unit_test(growing_keeps_what_is_there),
        cmocka_unit_test(a_freed_buffer_can_grow_again),
        cmocka_unit_test(text_is_appended_and_copied_out),
        cmocka_unit_test(lines_are_trimmed_and_continued),
        cmocka_unit_test(a_backslash_at_the_end_of_the_file_stays),
        cmocka_unit_test(a_line_may_be_too_long),
        cmocka_unit_test(a_long_line_is_read_in_pieces),
        cmocka_unit_test(lines_are_counted),
    };
    return RUN(tests);
}
