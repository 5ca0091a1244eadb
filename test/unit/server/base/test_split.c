/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/split.c"

static void a_run_of_separators_is_one(void **)
{
    const char *line = "a,,b,";

    assert_string_equal(ap_getword(pool, &line, ','), "a");
    assert_string_equal(line, "b,");
    assert_string_equal(ap_getword(pool, &line, ','), "b");
    assert_string_equal(line, "");
    assert_string_equal(ap_getword(pool, &line, ','), "");
}

static void a_leading_separator_makes_an_empty_word(void **)
{
    const char *line = ",,a";

    assert_string_equal(ap_getword(pool, &line, ','), "");
    assert_string_equal(line, "a");
}

static void nulls_returns_the_empty_words(void **)
{
    const char *line = "a,,b";

    assert_string_equal(ap_getword_nulls(pool, &line, ','), "a");
    assert_string_equal(ap_getword_nulls(pool, &line, ','), "");
    assert_string_equal(ap_getword_nulls(pool, &line, ','), "b");
    assert_string_equal(line, "");
}

static void white_space_is_any_and_the_first_may_be_empty(void **)
{
    const char *line = " a\t\r\n\v\fb";

    assert_string_equal(ap_getword_white(pool, &line), "");
    assert_string_equal(ap_getword_white(pool, &line), "a");
    assert_string_equal(ap_getword_white(pool, &line), "b");
    assert_string_equal(ap_getword_white(pool, &line), "");
}

static void the_end_of_the_line_may_be_the_separator(void **)
{
    const char *line = "a b";

    assert_string_equal(ap_getword(pool, &line, '\0'), "a b");
    assert_string_equal(line, "");
    line = "a b";
    assert_string_equal(ap_getword_nulls(pool, &line, '\0'), "a b");
    assert_string_equal(line, "");
}

static void the_forms_for_writable_lines_do_the_same(void **)
{
    char text[] = "a::b c";
    char *line = text;

    assert_string_equal(ap_getword_nc(pool, &line, ':'), "a");
    assert_string_equal(ap_getword_white_nc(pool, &line), "b");
    assert_string_equal(ap_getword_nulls_nc(pool, &line, ':'), "c");
    assert_ptr_equal(line, text + sizeof text - 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_of_separators_is_one),
        cmocka_unit_test(a_leading_separator_makes_an_empty_word),
        cmocka_unit_test(nulls_returns_the_empty_words),
        cmocka_unit_test(white_space_is_any_and_the_first_may_be_empty),
        cmocka_unit_test(the_end_of_the_line_may_be_the_separator),
        cmocka_unit_test(the_forms_for_writable_lines_do_the_same),
    };
    return RUN(tests);
}
