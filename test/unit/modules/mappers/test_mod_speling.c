/* SPDX-License-Identifier: Apache-2.0 */
/* How far apart two names are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mappers/mod_speling.c"

static const struct speling_dir everything = { 1, 0, 1 };
static const struct speling_dir case_only = { 1, 1, 1 };
static const struct speling_dir no_basename = { 1, 0, 0 };

static void each_single_edit_has_its_name(void **)
{
    static const struct {
        const char *wanted, *found;
        enum likeness likeness;
    } rows[] = {
        { "abcdef", "abcdef", SAME },
        { "abcdef", "ABCdef", CASE },
        { "abcdef", "bacdef", TRANSPOSED },
        { "abcdef", "abcdfe", TRANSPOSED },
        { "abcdef", "ABDCEF", TRANSPOSED },
        { "abcdef", "abcdefg", MISSING },
        { "abcdef", "xabcdef", MISSING },
        { "abcdef", "abcxdef", MISSING },
        { "abcdef", "abcde", EXTRA },
        { "abcdef", "bcdef", EXTRA },
        { "abcdef", "abcdex", MISTYPED },
        { "abcdef", "xbcdef", MISTYPED },
        { "aab", "aba", TRANSPOSED },
        { "h", ".", MISTYPED },
        { "h", "", EXTRA },
        { "", "h", MISSING },
        { "", "", CASE },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum likeness likeness = rows[i].likeness == SAME
            ? compare_names(&everything, rows[i].wanted, rows[i].found)
            : compare_edit(rows[i].wanted, rows[i].found);

        assert_int_equal(likeness, rows[i].likeness);
    }
}

static void two_edits_are_another_name(void **)
{
    assert_int_equal(compare_edit("abcdef", "abcd"), UNLIKE);
    assert_int_equal(compare_edit("abcdef", "badcef"), UNLIKE);
    assert_int_equal(compare_edit("abcdef", "xbcdex"), UNLIKE);
    assert_int_equal(compare_edit("abcdef", "abcdefgh"), UNLIKE);
    assert_int_equal(compare_edit("abc", "cab"), UNLIKE);
    assert_int_equal(compare_edit("ab", ""), UNLIKE);
}

static void a_base_ends_at_the_first_dot(void **)
{
    assert_int_equal(compare_names(&everything, "multi.zip", "Multi.tar.gz"),
                     BASENAME);
    assert_int_equal(compare_names(&everything, "multi", "multi.tar.gz"),
                     BASENAME);
    assert_int_equal(compare_names(&everything, "multi.zip", "multix.tar"),
                     UNLIKE);
    assert_int_equal(compare_names(&everything, ".world", ".htaccess"),
                     BASENAME);
    assert_int_equal(compare_names(&no_basename, "multi.zip", "multi.tar.gz"),
                     UNLIKE);
}

static void case_only_forgives_no_edit(void **)
{
    assert_int_equal(compare_names(&case_only, "abc", "ABC"), CASE);
    assert_int_equal(compare_names(&case_only, "abc", "abd"), UNLIKE);
    assert_int_equal(compare_names(&case_only, "a.htm", "a.html"), BASENAME);
}

static void one_best_candidate_is_clear(void **)
{
    static const struct {
        enum likeness first, second;
        bool clear;
    } rows[] = {
        { CASE, MISTYPED, true }, { MISTYPED, BASENAME, true },
        { CASE, CASE, false }, { BASENAME, BASENAME, false },
        { CASE, UNLIKE, true }, { BASENAME, UNLIKE, false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct candidate all[] = { { "a", rows[i].first, 1 },
                                   { "b", rows[i].second, 2 } };
        apr_array_header_t found = {
            .elts = (char *)all, .elt_size = sizeof *all,
            .nelts = rows[i].second == UNLIKE ? 1 : 2,
        };

        assert_int_equal(is_clear(&found), rows[i].clear);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_single_edit_has_its_name),
        cmocka_unit_test(two_edits_are_another_name),
        cmocka_unit_test(a_base_ends_at_the_first_dot),
        cmocka_unit_test(case_only_forgives_no_edit),
        cmocka_unit_test(one_best_candidate_is_clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
