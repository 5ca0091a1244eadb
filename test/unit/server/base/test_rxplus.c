/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/rxplus.c"

static int run(const char *pattern, const char *subject, char **result)
{
    ap_rxplus_t *rx = ap_rxplus_compile(pool, pattern);

    assert_non_null(rx);
    *result = NULL;
    return ap_rxplus_exec(pool, rx, subject, result);
}

static void check(const char *pattern, const char *subject, int count,
                  const char *expected)
{
    char *result;

    assert_int_equal(run(pattern, subject, &result), count);
    if (expected) {
        assert_string_equal(result, expected);
    }
    else {
        assert_null(result);
    }
}

static void one_or_all_matches_are_replaced(void **)
{
    check("s/a/b/", "xaya", 1, "xbya");
    check("s/a/b/g", "xaya", 2, "xbyb");
    check("s/(a)(b)?/[$1|$2]/g", "abXa", 2, "[a|b]X[a|]");
    check("s/a//g", "aXa", 2, "X");
    check("s/a/b/", "x", 0, NULL);
}

static void the_rest_is_a_new_string(void **)
{
    check("s/^a/b/g", "aaa", 3, "bbb");
}

static void empty_matches_move_on(void **)
{
    check("s/x*/-/g", "ab", 2, "-a-b");
    check("s//-/g", "", 1, "-");
    check("s/$/!/g", "ab", 1, "ab!");
}

static void patterns_without_s_only_match(void **)
{
    check("m/a/", "xa", 1, NULL);
    check("/a/", "xa", 1, NULL);
    check("#a#i", "A", 1, NULL);
    check("a", "xa", 1, NULL);
    check("/a", "/a", 1, NULL);
}

static void letters_change_the_meaning(void **)
{
    check("/A/i", "a", 1, NULL);
    check("/A/", "a", 0, NULL);
    check("/^b/m", "a\nb", 1, NULL);
    check("/a.b/s", "a\nb", 1, NULL);
    check("/a.b/", "a\nb", 0, NULL);
    check("s/a/b/ig ", "aA", 2, "bb");
    check("s/a/b/n", "xa", 1, "xb");
}

static void incomplete_and_bad_patterns_are_refused(void **)
{
    assert_null(ap_rxplus_compile(pool, "s/a/b"));
    assert_null(ap_rxplus_compile(pool, "m/(/"));
    assert_null(ap_rxplus_compile(pool, "("));
}

static void the_groups_of_the_match_can_be_had(void **)
{
    ap_rxplus_t *rx = ap_rxplus_compile(pool, "/(b)(x)?/");
    const char *start;
    int length;

    assert_int_equal(ap_rxplus_exec(pool, rx, "abc", NULL), 1);
    assert_int_equal(ap_rxplus_nmatch(rx), 3);
    ap_rxplus_match(rx, 1, &length, &start);
    assert_int_equal(length, 1);
    assert_string_equal(start, "bc");
    assert_string_equal(ap_rxplus_pmatch(pool, rx, 0), "b");
    assert_string_equal(ap_rxplus_pmatch(pool, rx, 2), "");
    assert_null(ap_rxplus_pmatch(pool, rx, 3));
    assert_null(ap_rxplus_pmatch(pool, rx, -1));
    ap_rxplus_exec(pool, rx, "x", NULL);
    assert_int_equal(ap_rxplus_nmatch(rx), 0);
    assert_null(ap_rxplus_pmatch(pool, rx, 0));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_or_all_matches_are_replaced),
        cmocka_unit_test(the_rest_is_a_new_string),
        cmocka_unit_test(empty_matches_move_on),
        cmocka_unit_test(patterns_without_s_only_match),
        cmocka_unit_test(letters_change_the_meaning),
        cmocka_unit_test(incomplete_and_bad_patterns_are_refused),
        cmocka_unit_test(the_groups_of_the_match_can_be_had),
    };
    return RUN(tests);
}
