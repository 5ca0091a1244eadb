/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/escape.c"

static void html_escapes_the_four_special_characters(void **)
{
    assert_string_equal(ap_escape_html2(pool, "<a b=\"c\">&'", 0),
                        "&lt;a b=&quot;c&quot;&gt;&amp;'");
}

static void html_leaves_clean_text_and_the_empty_text(void **)
{
    assert_string_equal(ap_escape_html2(pool, "plain \xc3\xa9", 0),
                        "plain \xc3\xa9");
    assert_string_equal(ap_escape_html2(pool, "", 1), "");
}

static void html_to_ascii_writes_numbers_for_high_bytes(void **)
{
    assert_string_equal(ap_escape_html2(pool, "\x80<\xff", 1),
                        "&#128;&lt;&#255;");
}

static void log_items_get_letters_and_hexadecimal(void **)
{
    assert_string_equal(
        ap_escape_logitem(pool, "a\b\n\r\t\v\"\\\x01\x7f\xe9\f"),
        "a\\b\\n\\r\\t\\v\\\"\\\\\\x01\\x7f\\xe9\\x0c");
    assert_string_equal(ap_escape_logitem(pool, ""), "");
    assert_null(ap_escape_logitem(pool, NULL));
}

static void error_log_items_keep_their_quotes(void **)
{
    char out[64];

    assert_int_equal(ap_escape_errorlog_item(out, "\"a\"\n", sizeof out), 5);
    assert_string_equal(out, "\"a\"\\n");
}

static void error_log_items_never_cut_an_escape(void **)
{
    char out[8];

    assert_int_equal(ap_escape_errorlog_item(out, "a\xe9z", 5), 1);
    assert_string_equal(out, "a");
    assert_int_equal(ap_escape_errorlog_item(out, "a\xe9z", 6), 5);
    assert_string_equal(out, "a\\xe9");
    assert_int_equal(ap_escape_errorlog_item(out, "abc", 1), 0);
    assert_string_equal(out, "");
    assert_int_equal(ap_escape_errorlog_item(NULL, "abc", 0), 0);
}

static void path_segments_escape_slash_and_semicolon(void **)
{
    assert_string_equal(ap_escape_path_segment(pool, "a/b;c d%?#"),
                        "a%2fb%3bc%20d%25%3f%23");
    assert_string_equal(ap_escape_path_segment(pool, "!$&'()*+,-._~:=@"),
                        "!$&'()*+,-._~:=@");
}

static void the_buffer_form_returns_its_start(void **)
{
    char out[32];

    assert_ptr_equal(ap_escape_path_segment_buffer(out, "a b"), out);
    assert_string_equal(out, "a%20b");
}

static void url_paths_keep_slash_and_semicolon(void **)
{
    assert_string_equal(ap_os_escape_path(pool, "/a/b;c \"<\x01\xff", 1),
                        "/a/b;c%20%22%3c%01%ff");
}

static void a_colon_before_the_first_slash_gets_a_dot_segment(void **)
{
    assert_string_equal(ap_os_escape_path(pool, "a:b/c", 0), "./a:b/c");
    assert_string_equal(ap_os_escape_path(pool, "a/b:c", 0), "a/b:c");
    assert_string_equal(ap_os_escape_path(pool, "/a:b", 0), "/a:b");
    assert_string_equal(ap_os_escape_path(pool, "?a:", 0), "./%3fa:");
    assert_string_equal(ap_os_escape_path(pool, "a:b/c", 1), "a:b/c");
}

static void form_data_has_plus_for_space(void **)
{
    char out[16];

    assert_string_equal(ap_escape_urlencoded(pool, "a b+c=~*-._/"),
                        "a+b%2bc%3d%7e*-._%2f");
    assert_ptr_equal(ap_escape_urlencoded_buffer(out, " "), out);
    assert_string_equal(out, "+");
}

static void shell_metacharacters_get_a_backslash(void **)
{
    assert_string_equal(
        ap_escape_shell_cmd(pool, "a\n\"$&'()*;<>?[\\]^`{|}~b#%!"),
        "a\\\n\\\"\\$\\&\\'\\(\\)\\*\\;\\<\\>\\?\\[\\\\\\]\\^\\`"
        "\\{\\|\\}\\~b#%!");
}

static void quotes_that_are_escaped_already_stay(void **)
{
    assert_string_equal(ap_escape_quotes(pool, "a\"b"), "a\\\"b");
    assert_string_equal(ap_escape_quotes(pool, "a\\\"b"), "a\\\"b");
    assert_string_equal(ap_escape_quotes(pool, "a\\\\\"b"), "a\\\\\\\"b");
    assert_string_equal(ap_escape_quotes(pool, "a\\"), "a\\");
}

static void bytes_become_lower_case_hexadecimal(void **)
{
    char out[9];

    ap_bin2hex("\x00\x7f\xab\xff", 4, out);
    assert_string_equal(out, "007fabff");
}

static void names_are_made_of_letters_digits_and_marks(void **)
{
    const char *name;

    assert_int_equal(ap_pstr2_alnum(pool, "a/B 9\n\xe9", &name), APR_SUCCESS);
    assert_string_equal(name, "a_B_9xx");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_escapes_the_four_special_characters),
        cmocka_unit_test(html_leaves_clean_text_and_the_empty_text),
        cmocka_unit_test(html_to_ascii_writes_numbers_for_high_bytes),
        cmocka_unit_test(log_items_get_letters_and_hexadecimal),
        cmocka_unit_test(error_log_items_keep_their_quotes),
        cmocka_unit_test(error_log_items_never_cut_an_escape),
        cmocka_unit_test(path_segments_escape_slash_and_semicolon),
        cmocka_unit_test(the_buffer_form_returns_its_start),
        cmocka_unit_test(url_paths_keep_slash_and_semicolon),
        cmocka_unit_test(a_colon_before_the_first_slash_gets_a_dot_segment),
        cmocka_unit_test(form_data_has_plus_for_space),
        cmocka_unit_test(shell_metacharacters_get_a_backslash),
        cmocka_unit_test(quotes_that_are_escaped_already_stay),
        cmocka_unit_test(bytes_become_lower_case_hexadecimal),
        cmocka_unit_test(names_are_made_of_letters_digits_and_marks),
    };
    return RUN(tests);
}
