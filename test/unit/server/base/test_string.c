/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/string.c"

static void positions_are_counted_from_zero(void **)
{
    assert_int_equal(ap_ind("abca", 'a'), 0);
    assert_int_equal(ap_rind("abca", 'a'), 3);
    assert_int_equal(ap_ind("abca", 'x'), -1);
    assert_int_equal(ap_rind("", 'x'), -1);
    assert_int_equal(ap_ind("ab", '\0'), 2);
}

static void text_is_found_in_any_case(void **)
{
    const char *text = "xAbC";

    assert_ptr_equal(ap_strcasestr(text, "abc"), text + 1);
    assert_ptr_equal(ap_strcasestr(text, ""), text);
    assert_null(ap_strcasestr(text, "abcd"));
    assert_null(ap_strcasestr("", "a"));
}

static void a_prefix_is_taken_off_only_when_it_is_there(void **)
{
    const char *text = "abc";

    assert_string_equal(ap_stripprefix(text, "ab"), "c");
    assert_ptr_equal(ap_stripprefix(text, "b"), text);
    assert_ptr_equal(ap_stripprefix(text, "abcd"), text);
}

static void comparison_ignores_ascii_case_only(void **)
{
    assert_int_equal(ap_cstr_casecmp("AbZ", "aBz"), 0);
    assert_true(ap_cstr_casecmp("a", "B") < 0);
    assert_true(ap_cstr_casecmp("ab", "a") > 0);
    assert_true(ap_cstr_casecmp("_", "a") < 0);
    assert_int_not_equal(ap_cstr_casecmp("\xc9", "\xe9"), 0);
    assert_int_equal(ap_cstr_casecmpn("abX", "ABy", 2), 0);
    assert_int_not_equal(ap_cstr_casecmpn("abX", "ABy", 3), 0);
    assert_int_equal(ap_cstr_casecmpn("a", "a", 9), 0);
    assert_int_equal(ap_cstr_casecmpn("a", "b", 0), 0);
}

static void timing_safe_comparison_tells_equal_from_different(void **)
{
    assert_true(ap_streq_timingsafe("secret", "secret"));
    assert_false(ap_streq_timingsafe("secret", "secre"));
    assert_false(ap_streq_timingsafe("secre", "secret"));
    assert_false(ap_streq_timingsafe("", "a"));
    assert_true(ap_streq_timingsafe("", ""));
    assert_true(ap_strneq_timingsafe("abX", "abY", 2));
    assert_false(ap_strneq_timingsafe("abX", "abY", 3));
    assert_true(ap_strneq_timingsafe("ab", "ab", 99));
    assert_true(ap_memeq_timingsafe("a\0b", "a\0b", 3));
    assert_false(ap_memeq_timingsafe("a\0b", "a\0c", 3));
}

static void case_changes_for_ascii_only(void **)
{
    char text[] = "aZ[\xc9@";
    char type[] = "Text/HTML; A=B";

    ap_str_tolower(text);
    assert_string_equal(text, "az[\xc9@");
    ap_str_toupper(text);
    assert_string_equal(text, "AZ[\xc9@");
    ap_content_type_tolower(type);
    assert_string_equal(type, "text/html; A=B");
}

static void a_strict_length_is_digits_only(void **)
{
    apr_off_t length;

    assert_true(ap_parse_strict_length(&length, "0012"));
    assert_int_equal(length, 12);
    assert_true(ap_parse_strict_length(&length, "9223372036854775807"));
    assert_false(ap_parse_strict_length(&length, "9223372036854775808"));
    assert_false(ap_parse_strict_length(&length, ""));
    assert_false(ap_parse_strict_length(&length, " 1"));
    assert_false(ap_parse_strict_length(&length, "+1"));
    assert_false(ap_parse_strict_length(&length, "-1"));
    assert_false(ap_parse_strict_length(&length, "1 "));
    assert_false(ap_parse_strict_length(&length, "0x1"));
}

static void strings_are_found_in_arrays(void **)
{
    apr_array_header_t *array = apr_array_make(pool, 2, sizeof(char *));

    APR_ARRAY_PUSH(array, const char *) = "x";
    APR_ARRAY_PUSH(array, const char *) = "y";
    APR_ARRAY_PUSH(array, const char *) = "x";
    assert_int_equal(ap_array_str_index(array, "x", 0), 0);
    assert_int_equal(ap_array_str_index(array, "x", 1), 2);
    assert_int_equal(ap_array_str_index(array, "x", 3), -1);
    assert_int_equal(ap_array_str_index(array, "x", -1), -1);
    assert_true(ap_array_str_contains(array, "y"));
    assert_false(ap_array_str_contains(array, "z"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_are_counted_from_zero),
        cmocka_unit_test(text_is_found_in_any_case),
        cmocka_unit_test(a_prefix_is_taken_off_only_when_it_is_there),
        cmocka_unit_test(comparison_ignores_ascii_case_only),
        cmocka_unit_test(timing_safe_comparison_tells_equal_from_different),
        cmocka_unit_test(case_changes_for_ascii_only),
        cmocka_unit_test(a_strict_length_is_digits_only),
        cmocka_unit_test(strings_are_found_in_arrays),
    };
    return RUN(tests);
}
