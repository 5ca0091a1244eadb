/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/token.c"

static void scanners_stop_at_the_first_foreign_byte(void **)
{
    assert_string_equal(ap_scan_http_token("a-Z0!#$%&'*+.^_`|~:x"), ":x");
    assert_string_equal(ap_scan_http_token("\xe9"), "\xe9");
    assert_string_equal(ap_scan_http_field_content("a \t\xe9\x7f"), "\x7f");
    assert_string_equal(ap_scan_http_field_content("a\r\n"), "\r\n");
    assert_string_equal(ap_scan_vchar_obstext("a\xff b"), " b");
    assert_string_equal(ap_scan_vchar_obstext(""), "");
}

static void a_value_loses_its_parameters(void **)
{
    assert_string_equal(ap_field_noparam(pool, "text/html \t;charset=x"),
                        "text/html");
    assert_string_equal(ap_field_noparam(pool, ";x"), "");
    assert_string_equal(ap_field_noparam(pool, "a"), "a");
    assert_null(ap_field_noparam(pool, NULL));
}

static void pieces_of_accept_fields_end_at_comma_semicolon_or_space(void **)
{
    const char *line = "  a;q=\"1,2\" x, b";

    assert_string_equal(ap_get_token(pool, &line, 0), "a");
    assert_string_equal(line, ";q=\"1,2\" x, b");
    line++;
    assert_string_equal(ap_get_token(pool, &line, 1), "q=\"1,2\" x");
    assert_string_equal(line, ", b");
    line++;
    assert_string_equal(ap_get_token(pool, &line, 0), "b");
    assert_string_equal(ap_get_token(pool, &line, 0), "");
}

static void an_open_quote_takes_the_rest(void **)
{
    const char *line = "\"a,b";

    assert_string_equal(ap_get_token(pool, &line, 0), "\"a,b");
    assert_string_equal(line, "");
}

static void check_items(const char *line, const char *first,
                        const char *second)
{
    const char *expected[] = { first, second };

    for (size_t i = 0; i < 2; i++) {
        char *item = ap_get_list_item(pool, &line);
        if (!expected[i]) {
            assert_null(item);
            return;
        }
        assert_string_equal(item, expected[i]);
    }
    assert_null(ap_get_list_item(pool, &line));
}

static void commas_separate_items_and_empty_items_do_not_count(void **)
{
    check_items(", ,a , b,", "a", "b");
    check_items("a,,b", "a", "b");
    check_items(" ,\t,", NULL, NULL);
    check_items("", NULL, NULL);
}

static void quotes_comments_and_backslashes_hide_commas(void **)
{
    check_items("\"A,\\\",b\",c", "\"A,\\\",b\"", "c");
    check_items("(x,(y,Z)) , z", "(x,(y,Z))", "z");
    check_items("a\\,b, c", "a\\,b", "c");
    check_items("\"x, y", "\"x, y", NULL);
    check_items("\"x\\", "\"x\\", NULL);
}

static void items_are_made_canonical(void **)
{
    check_items("Text/HTML ; Charset = \"A  B\"",
                "text/html;charset=\"A  B\"", NULL);
    check_items("A \t B", "a b", NULL);
    check_items("a ( b , C )", "a ( b , C )", NULL);
}

static void the_size_of_an_item_counts_blanks_before_the_comma(void **)
{
    const char *line = " a , b";
    int length;

    assert_string_equal(ap_size_list_item(&line, &length), "a , b");
    assert_int_equal(length, 2);
    assert_string_equal(line, "b");
}

static void items_are_found_whatever_the_case_outside_quotes(void **)
{
    assert_true(ap_find_list_item(pool, "x, GZip", "gzip"));
    assert_true(ap_find_list_item(pool, "a; B=1", "a;b=1"));
    assert_false(ap_find_list_item(pool, "gzip;q=0", "gzip"));
    assert_false(ap_find_list_item(pool, "\"A\"", "\"a\""));
    assert_false(ap_find_list_item(pool, "ab", "a"));
    assert_false(ap_find_list_item(pool, NULL, "a"));
}

static void strong_tags_match_strong_tags_only(void **)
{
    assert_true(ap_find_etag_strong(pool, "W/\"b\", \"a\"", "\"a\""));
    assert_false(ap_find_etag_strong(pool, "W/\"a\"", "\"a\""));
    assert_false(ap_find_etag_strong(pool, "W/\"a\"", "W/\"a\""));
    assert_false(ap_find_etag_strong(pool, "\"A\"", "\"a\""));
    assert_false(ap_find_etag_strong(pool, NULL, "\"a\""));
}

static void weak_comparison_ignores_the_mark(void **)
{
    assert_true(ap_find_etag_weak(pool, "W/\"a\"", "\"a\""));
    assert_true(ap_find_etag_weak(pool, "\"x\" , \"a\"", "W/\"a\""));
    assert_false(ap_find_etag_weak(pool, "w/\"a\"", "\"a\""));
    assert_false(ap_find_etag_weak(pool, "\"ab\"", "\"a\""));
}

static void what_is_no_tag_ends_the_search(void **)
{
    assert_false(ap_find_etag_weak(pool, "a, \"a\"", "\"a\""));
    assert_false(ap_find_etag_weak(pool, "\"b\"x, \"a\"", "\"a\""));
    assert_false(ap_find_etag_weak(pool, "a", "a"));
}

static void tokens_are_found_whole_and_in_any_case(void **)
{
    assert_true(ap_find_token(pool, "keep-alive, Close", "close"));
    assert_true(ap_find_token(pool, "a;close=b", "close"));
    assert_false(ap_find_token(pool, "closed", "close"));
    assert_false(ap_find_token(pool, "clo", "close"));
    assert_false(ap_find_token(pool, "", "close"));
    assert_false(ap_find_token(pool, NULL, "close"));
}

static void the_last_token_needs_a_separator_before_it(void **)
{
    assert_true(ap_find_last_token(pool, "gzip, Chunked", "chunked"));
    assert_true(ap_find_last_token(pool, "gzip,chunked", "chunked"));
    assert_true(ap_find_last_token(pool, "chunked", "chunked"));
    assert_false(ap_find_last_token(pool, "xchunked", "chunked"));
    assert_false(ap_find_last_token(pool, "chunked,gzip", "chunked"));
    assert_false(ap_find_last_token(pool, "ked", "chunked"));
}

static void chunked_counts_as_the_last_coding_only(void **)
{
    assert_true(ap_is_chunked(pool, "Chunked"));
    assert_true(ap_is_chunked(pool, "gzip, chunked"));
    assert_true(ap_is_chunked(pool, "gzip,,chunked"));
    assert_false(ap_is_chunked(pool, "chunked, gzip"));
    assert_false(ap_is_chunked(pool, "x chunked"));
    assert_false(ap_is_chunked(pool, "chunked "));
    assert_false(ap_is_chunked(pool, "chunked;x"));
    assert_false(ap_is_chunked(pool, NULL));
}

static const char *parse(const char *list, int skip_invalid,
                         apr_array_header_t **tokens)
{
    *tokens = NULL;
    return ap_parse_token_list_strict(pool, list, tokens, skip_invalid);
}

static const char *token_at(const apr_array_header_t *tokens, int i)
{
    return APR_ARRAY_IDX(tokens, i, const char *);
}

static void strict_lists_are_tokens_and_commas(void **)
{
    apr_array_header_t *tokens;

    assert_null(parse(" a , ,b\t,", 0, &tokens));
    assert_int_equal(tokens->nelts, 2);
    assert_string_equal(token_at(tokens, 0), "a");
    assert_string_equal(token_at(tokens, 1), "b");
    assert_null(parse(" ,", 0, &tokens));
    assert_null(tokens);
    assert_null(parse(NULL, 0, &tokens));
}

static void strict_lists_say_what_is_wrong(void **)
{
    apr_array_header_t *tokens;

    assert_non_null(strstr(parse("a;b", 0, &tokens), "\\x3b"));
    assert_null(tokens);
    assert_non_null(parse("a,b c", 1, &tokens));
    assert_int_equal(tokens->nelts, 1);
}

static void strict_lists_may_leave_out_what_is_wrong(void **)
{
    apr_array_header_t *tokens;

    assert_null(parse("a;q=1, b, \"c d\", e", 1, &tokens));
    assert_int_equal(tokens->nelts, 2);
    assert_string_equal(token_at(tokens, 0), "b");
    assert_string_equal(token_at(tokens, 1), "e");
}

static void strict_lists_append_to_what_is_there(void **)
{
    apr_array_header_t *tokens;

    assert_null(parse("a", 0, &tokens));
    assert_null(ap_parse_token_list_strict(pool, "b", &tokens, 0));
    assert_int_equal(tokens->nelts, 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(scanners_stop_at_the_first_foreign_byte),
        cmocka_unit_test(a_value_loses_its_parameters),
        cmocka_unit_test(
            pieces_of_accept_fields_end_at_comma_semicolon_or_space),
        cmocka_unit_test(an_open_quote_takes_the_rest),
        cmocka_unit_test(commas_separate_items_and_empty_items_do_not_count),
        cmocka_unit_test(quotes_comments_and_backslashes_hide_commas),
        cmocka_unit_test(items_are_made_canonical),
        cmocka_unit_test(the_size_of_an_item_counts_blanks_before_the_comma),
        cmocka_unit_test(items_are_found_whatever_the_case_outside_quotes),
        cmocka_unit_test(strong_tags_match_strong_tags_only),
        cmocka_unit_test(weak_comparison_ignores_the_mark),
        cmocka_unit_test(what_is_no_tag_ends_the_search),
        cmocka_unit_test(tokens_are_found_whole_and_in_any_case),
        cmocka_unit_test(the_last_token_needs_a_separator_before_it),
        cmocka_unit_test(chunked_counts_as_the_last_coding_only),
        cmocka_unit_test(strict_lists_are_tokens_and_commas),
        cmocka_unit_test(strict_lists_say_what_is_wrong),
        cmocka_unit_test(strict_lists_may_leave_out_what_is_wrong),
        cmocka_unit_test(strict_lists_append_to_what_is_there),
    };
    return RUN(tests);
}
