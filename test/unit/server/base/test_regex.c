/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/regex.c"

static int try(const char *pattern, int cflags, const char *text)
{
    ap_regex_t regex;

    assert_int_equal(ap_regcomp(&regex, pattern, cflags), 0);
    int result = ap_regexec(&regex, text, 0, NULL, 0);
    ap_regfree(&regex);
    return result;
}

static void by_default_dot_is_all_and_dollar_is_the_end(void **)
{
    assert_int_equal(try("a.b", 0, "a\nb"), 0);
    assert_int_equal(try("a$", 0, "a\n"), AP_REG_NOMATCH);
    assert_int_equal(try("a.b", AP_REG_NO_DEFAULT, "a\nb"), AP_REG_NOMATCH);
    assert_int_equal(try("a$", AP_REG_NO_DEFAULT, "a\n"), 0);
}

static void flags_change_the_meaning(void **)
{
    assert_int_equal(try("A", AP_REG_ICASE, "a"), 0);
    assert_int_equal(try("A", 0, "a"), AP_REG_NOMATCH);
    assert_int_equal(try("^b", AP_REG_NEWLINE, "a\nb"), 0);
    assert_int_equal(try("^b", 0, "a\nb"), AP_REG_NOMATCH);
}

static void the_defaults_can_be_changed(void **)
{
    ap_regcomp_set_default_cflags(AP_REG_ICASE);
    assert_int_equal(try("A", 0, "a"), 0);
    assert_int_equal(try("a$", 0, "a\n"), 0);
    assert_int_equal(ap_regcomp_get_default_cflags(), AP_REG_ICASE);
    ap_regcomp_set_default_cflags(AP_REG_DEFAULT);
}

static void options_have_names(void **)
{
    assert_int_equal(ap_regcomp_default_cflag_by_name("icase"), AP_REG_ICASE);
    assert_int_equal(ap_regcomp_default_cflag_by_name("DOLLAR_ENDONLY"),
                     AP_REG_DOLLAR_ENDONLY);
    assert_int_equal(ap_regcomp_default_cflag_by_name("MULTI"), 0);
}

static void option(const char *word, int before, int after)
{
    int cflags = before;

    assert_null(apply_option(pool, word, &cflags));
    assert_int_equal(cflags, after);
}

static void a_sign_keeps_the_other_options(void **)
{
    option("+ICASE", AP_REG_DOTALL, AP_REG_DOTALL | AP_REG_ICASE);
    option("-DOTALL", AP_REG_DEFAULT, AP_REG_DOLLAR_ENDONLY);
    option("ICASE", AP_REG_DEFAULT, AP_REG_ICASE);
    option("None", AP_REG_DEFAULT, 0);
}

static void an_unknown_option_is_named(void **)
{
    int cflags = 7;

    assert_non_null(strstr(apply_option(pool, "+foo", &cflags), "\"foo\""));
    assert_non_null(apply_option(pool, "-none", &cflags));
    assert_non_null(apply_option(pool, "EXTENDED", &cflags));
    assert_int_equal(cflags, 7);
}

static void groups_are_reported_and_missing_ones_are_minus_1(void **)
{
    ap_regex_t regex;
    ap_regmatch_t group[5];

    assert_int_equal(ap_regcomp(&regex, "a(x)?(b)", 0), 0);
    assert_int_equal(regex.re_nsub, 2);
    assert_int_equal(ap_regexec(&regex, "zab", ROWS(group), group, 0), 0);
    assert_int_equal(group[0].rm_so, 1);
    assert_int_equal(group[0].rm_eo, 3);
    assert_int_equal(group[1].rm_so, -1);
    assert_int_equal(group[2].rm_so, 2);
    assert_int_equal(group[4].rm_eo, -1);
    ap_regfree(&regex);
}

static void fewer_groups_than_there_are_may_be_asked_for(void **)
{
    ap_regex_t regex;
    ap_regmatch_t group[2] = { 0 };

    ap_regcomp(&regex, "(a)(b)(c)", 0);
    assert_int_equal(ap_regexec(&regex, "abc", 1, group, 0), 0);
    assert_int_equal(group[0].rm_eo, 3);
    assert_int_equal(group[1].rm_eo, 0);
    assert_int_equal(ap_regexec(&regex, "abc", 9, NULL, 0), 0);
    ap_regfree(&regex);
}

static void no_match_leaves_the_groups_alone(void **)
{
    ap_regex_t regex;
    ap_regmatch_t group = { 7, 7 };

    ap_regcomp(&regex, "a", 0);
    assert_int_equal(ap_regexec(&regex, "b", 1, &group, 0), AP_REG_NOMATCH);
    assert_int_equal(group.rm_so, 7);
    ap_regfree(&regex);
}

static void the_length_may_be_given(void **)
{
    ap_regex_t regex;
    ap_regmatch_t group;

    ap_regcomp(&regex, "b$", 0);
    assert_int_equal(ap_regexec_len(&regex, "a\0bX", 3, 1, &group, 0), 0);
    assert_int_equal(group.rm_so, 2);
    assert_int_equal(ap_regexec_len(&regex, "ab", 1, 0, NULL, 0),
                     AP_REG_NOMATCH);
    ap_regfree(&regex);
}

static void the_text_may_be_a_part_of_a_line(void **)
{
    ap_regex_t regex;

    ap_regcomp(&regex, "^a", 0);
    assert_int_equal(ap_regexec(&regex, "a", 0, NULL, AP_REG_NOTBOL),
                     AP_REG_NOMATCH);
    ap_regfree(&regex);
    ap_regcomp(&regex, "a$", 0);
    assert_int_equal(ap_regexec(&regex, "a", 0, NULL, AP_REG_NOTEOL),
                     AP_REG_NOMATCH);
    ap_regfree(&regex);
}

static void a_bad_pattern_says_where(void **)
{
    ap_regex_t regex;
    char text[80];

    assert_int_equal(ap_regcomp(&regex, "ab(", 0), AP_REG_INVARG);
    assert_int_equal(regex.re_erroffset, 3);
    apr_size_t size = ap_regerror(AP_REG_INVARG, &regex, text, sizeof text);
    assert_int_equal(size, strlen(text) + 1);
    assert_non_null(strstr(text, "offset 3"));
    assert_int_equal(ap_regerror(AP_REG_INVARG, &regex, text, 4), size);
    assert_int_equal(strlen(text), 3);
    assert_int_equal(ap_regerror(99, NULL, NULL, 0),
                     sizeof "unknown error");
    assert_null(ap_pregcomp(pool, "(", 0));
}

static void names_are_put_at_the_number_of_their_group(void **)
{
    ap_regex_t *regex = ap_pregcomp(pool, "(?<one>a)(b)(?<Two>c)", 0);
    apr_array_header_t *names = apr_array_make(pool, 1, sizeof(char *));

    assert_int_equal(ap_regname(regex, names, AP_REG_MATCH, 1), 2);
    assert_int_equal(names->nelts, 4);
    assert_null(APR_ARRAY_IDX(names, 0, char *));
    assert_string_equal(APR_ARRAY_IDX(names, 1, char *), "MATCH_ONE");
    assert_null(APR_ARRAY_IDX(names, 2, char *));
    assert_string_equal(APR_ARRAY_IDX(names, 3, char *), "MATCH_TWO");
}

static void two_groups_may_have_one_name(void **)
{
    ap_regex_t *regex = ap_pregcomp(pool, "(?<n>a)|(?<n>b)", 0);
    apr_array_header_t *names = apr_array_make(pool, 1, sizeof(char *));

    assert_int_equal(ap_regname(regex, names, NULL, 0), 2);
    assert_string_equal(APR_ARRAY_IDX(names, 2, char *), "n");
}

static void more_groups_than_usual_grow_the_scratch_memory(void **)
{
    char pattern[301] = "";
    char text[101] = "";

    for (int i = 0; i < 100; i++) {
        strcat(pattern, "(a)");
        strcat(text, "a");
    }
    assert_int_equal(try(pattern, 0, text), 0);
    assert_true(pcre2_get_ovector_count(scratch) > 100);
    assert_int_equal(try("a", 0, "a"), 0);
}

static void catastrophic_patterns_end(void **)
{
    int result = try("(a+)+\\1b", 0, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    assert_int_not_equal(result, 0);
}

static void a_long_text_does_not_exhaust_the_stack(void **)
{
    char *text = apr_palloc(pool, 200001);

    memset(text, 'a', 200000);
    text[200000] = '\0';
    assert_int_equal(try("^(a|b|c)*$", 0, text), 0);
}

static void *match_in_thread(void *regex)
{
    ap_regmatch_t group[2];
    intptr_t failures = 0;

    for (int i = 0; i < 1000; i++) {
        failures += ap_regexec(regex, "xxab", 2, group, 0) != 0
            || group[1].rm_so != 3;
    }
    return (void *)failures;
}

static void threads_share_a_pattern(void **)
{
    ap_regex_t *regex = ap_pregcomp(pool, "a(b)", 0);
    pthread_t threads[4];

    for (size_t i = 0; i < ROWS(threads); i++) {
        pthread_create(&threads[i], NULL, match_in_thread, regex);
    }
    for (size_t i = 0; i < ROWS(threads); i++) {
        void *failures;
        pthread_join(threads[i], &failures);
        assert_null(failures);
    }
    ap_pregfree(pool, regex);
}

static void both_versions_are_known(void **)
{
    assert_true(atoi(ap_pcre_version_string(AP_REG_PCRE_COMPILED)) >= 10);
    assert_true(atoi(ap_pcre_version_string(AP_REG_PCRE_LOADED)) >= 10);
    assert_non_null(ap_pcre_version_string(9));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_default_dot_is_all_and_dollar_is_the_end),
        cmocka_unit_test(flags_change_the_meaning),
        cmocka_unit_test(the_defaults_can_be_changed),
        cmocka_unit_test(options_have_names),
        cmocka_unit_test(a_sign_keeps_the_other_options),
        cmocka_unit_test(an_unknown_option_is_named),
        cmocka_unit_test(groups_are_reported_and_missing_ones_are_minus_1),
        cmocka_unit_test(fewer_groups_than_there_are_may_be_asked_for),
        cmocka_unit_test(no_match_leaves_the_groups_alone),
        cmocka_unit_test(the_length_may_be_given),
        cmocka_unit_test(the_text_may_be_a_part_of_a_line),
        cmocka_unit_test(a_bad_pattern_says_where),
        cmocka_unit_test(names_are_put_at_the_number_of_their_group),
        cmocka_unit_test(two_groups_may_have_one_name),
        cmocka_unit_test(more_groups_than_usual_grow_the_scratch_memory),
        cmocka_unit_test(catastrophic_patterns_end),
        cmocka_unit_test(a_long_text_does_not_exhaust_the_stack),
        cmocka_unit_test(threads_share_a_pattern),
        cmocka_unit_test(both_versions_are_known),
    };
    return RUN(tests);
}
