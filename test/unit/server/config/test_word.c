/* SPDX-License-Identifier: Apache-2.0 */
/* Words and quoting, compared with what httpd 2.4.71 makes of them. */
#include "fixture.h"

#include "config/word.c"

static void words_are(const char *line, const char *expected)
{
    const char *got = "";

    while (*line != '\0') {
        got = apr_pstrcat(pool, got, "[", ap_getword_conf(pool, &line), "]",
                          NULL);
    }
    assert_string_equal(got, expected);
}

static void words2_are(const char *line, const char *expected)
{
    const char *got = "";

    while (*line != '\0') {
        got = apr_pstrcat(pool, got, "[", ap_getword_conf2(pool, &line), "]",
                          NULL);
    }
    assert_string_equal(got, expected);
}

static void words_end_at_white_space(void **)
{
    words_are("a b\tc", "[a][b][c]");
    words_are("  a   b  ", "[a][b]");
}

static void quotes_hold_words_together(void **)
{
    words_are("\"a b\" c", "[a b][c]");
    words_are("'a\"b' c", "[a\"b][c]");
    words_are("\"\" x", "[][x]");
}

static void a_backslash_hides_the_mark_in_use_and_itself(void **)
{
    words_are("\"a'b\\\"c\" d", "[a'b\"c][d]");
    words_are("'a\\'b' c", "[a'b][c]");
    words_are("\"a\\\\b\\x\" d", "[a\\b\\x][d]");
    words_are("\"a\\'b\" c", "[a\\'b][c]");
    words_are("\"a\\\\\" b", "[a\\][b]");
}

static void a_backslash_hides_no_space(void **)
{
    words_are("a\\ b", "[a\\][b]");
    words_are("\\\"a b", "[\\\"a][b]");
}

static void a_word_without_end_takes_the_rest(void **)
{
    words_are("\"no end here", "[no end here]");
    words_are("\"no end\\", "[no end\\]");
    words_are("'", "[]");
}

static void quotes_inside_a_word_are_characters(void **)
{
    words_are("a\"b c\"d e", "[a\"b][c\"d][e]");
}

static void text_after_a_closing_quote_is_the_next_word(void **)
{
    words_are("\"a\"b c", "[a][b][c]");
}

static void braces_are_characters_for_the_first_kind(void **)
{
    words_are("{a b} c", "[{a][b}][c]");
}

static void braces_quote_and_nest_for_the_second_kind(void **)
{
    words2_are("{a b} {c {d} e} f", "[a b][c {d} e][f]");
    words2_are("{} x", "[][x]");
    words2_are("{a b", "[a b]");
    words2_are("{a\\}b} c", "[a\\][b}][c]");
    words2_are("{\"a b} c", "[\"a b][c]");
    words2_are("a{b c}", "[a{b][c}]");
    words2_are("\"a b\" 'c'", "[a b][c]");
}

static void an_empty_line_gives_an_empty_word(void **)
{
    const char *line = "   ";

    assert_string_equal(ap_getword_conf(pool, &line), "");
    assert_string_equal(line, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(words_end_at_white_space),
        test(quotes_hold_words_together),
        test(a_backslash_hides_the_mark_in_use_and_itself),
        test(a_backslash_hides_no_space),
        test(a_word_without_end_takes_the_rest),
        test(quotes_inside_a_word_are_characters),
        test(text_after_a_closing_quote_is_the_next_word),
        test(braces_are_characters_for_the_first_kind),
        test(braces_quote_and_nest_for_the_second_kind),
        test(an_empty_line_gives_an_empty_word),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
