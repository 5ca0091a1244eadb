/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/fnmatch.c"

#include <sys/stat.h>
#include <unistd.h>

static void stars_and_question_marks_match(void **)
{
    assert_int_equal(ap_strcmp_match("abc", "a*c"), 0);
    assert_int_equal(ap_strcmp_match("abc", "a?c"), 0);
    assert_int_equal(ap_strcmp_match("", "*"), 0);
    assert_int_equal(ap_strcmp_match("ac", "a**c"), 0);
    assert_int_equal(ap_strcmp_match("aXbXc", "*X*c"), 0);
    assert_int_equal(ap_strcmp_match("aab", "*ab"), 0);
}

static void a_mismatch_is_1_and_a_short_string_is_minus_1(void **)
{
    assert_int_equal(ap_strcmp_match("abc", "abd"), 1);
    assert_int_equal(ap_strcmp_match("abc", "ab"), 1);
    assert_int_equal(ap_strcmp_match("ab", "abc"), -1);
    assert_int_equal(ap_strcmp_match("", "?"), -1);
    assert_int_equal(ap_strcmp_match("abc", "*d"), -1);
    assert_int_equal(ap_strcmp_match("Abc", "a*"), 1);
}

static void case_may_be_ignored(void **)
{
    assert_int_equal(ap_strcasecmp_match("ABC.Example", "*.example"), 0);
    assert_int_equal(ap_strcasecmp_match("x", "Y"), 1);
}

static void many_stars_do_not_explode(void **)
{
    char text[2001];

    memset(text, 'a', 2000);
    text[2000] = '\0';
    assert_int_equal(ap_strcmp_match(text, "*a*a*a*a*a*a*a*a*a*a*a*b"), -1);
}

static void wildcards_are_recognized(void **)
{
    assert_true(ap_is_matchexp("a*"));
    assert_true(ap_is_matchexp("?"));
    assert_false(ap_is_matchexp("a[b]"));
}

/* ---- files: a tree is made in a directory of its own ---- */

static char root[] = "/tmp/cleat-fnmatch-XXXXXX";
static char found[2000];

static const char *note_file(ap_dir_match_t *, const char *name)
{
    strcat(found, name + strlen(root));
    strcat(found, " ");
    return strstr(name, "bad") ? "refused" : NULL;
}

static const char *in_root(const char *name)
{
    return apr_pstrcat(pool, root, "/", name, NULL);
}

static int make_tree(void **state)
{
    static const char *const dirs[] = { "d1", "d2", "d1/s" };
    static const char *const files[] = {
        "d1/b.conf", "d1/a.conf", "d2/a.conf", "d1/s/z", "x.conf", ".hid.conf"
    };

    make_pool(state);
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < ROWS(dirs); i++) {
        assert_int_equal(mkdir(in_root(dirs[i]), 0700), 0);
    }
    for (size_t i = 0; i < ROWS(files); i++) {
        FILE *f = fopen(in_root(files[i]), "w");
        assert_non_null(f);
        fclose(f);
    }
    return symlink("d1", in_root("link"));
}

static int remove_tree(void **state)
{
    int rc = system(apr_pstrcat(pool, "rm -r ", root, NULL));

    destroy_pool(state);
    return rc;
}

static const char *walk(int flags, const char *pattern)
{
    ap_dir_match_t w = {
        .p = pool, .ptemp = pool, .prefix = "Include: ", .cb = note_file,
        .flags = flags
    };

    found[0] = '\0';
    return ap_dir_fnmatch(&w, root, pattern);
}

static void files_come_in_the_order_of_names(void **)
{
    assert_null(walk(0, "d1/*.conf"));
    assert_string_equal(found, "/d1/a.conf /d1/b.conf ");
}

static void wildcards_may_stand_in_directories(void **)
{
    assert_null(walk(0, "d[12]/a.conf"));
    assert_string_equal(found, "/d1/a.conf /d2/a.conf ");
    assert_null(walk(0, "*/s/z"));
    assert_string_equal(found, "/d1/s/z /d2/s/z ");
}

static void hidden_files_need_a_dot_in_the_pattern(void **)
{
    assert_null(walk(0, "*.conf"));
    assert_string_equal(found, "/x.conf ");
    assert_null(walk(0, ".*.conf"));
    assert_string_equal(found, "/.hid.conf ");
}

static void a_name_without_wildcards_is_passed_on(void **)
{
    assert_null(walk(0, "nope"));
    assert_string_equal(found, "/nope ");
    assert_null(walk(AP_DIR_FLAG_OPTIONAL, "nope"));
    assert_string_equal(found, "");
}

static void a_missing_directory_is_an_error_unless_optional(void **)
{
    assert_non_null(strstr(walk(0, "nope/*"), "Include: "));
    assert_null(walk(AP_DIR_FLAG_OPTIONAL, "nope/*"));
    assert_non_null(walk(AP_DIR_FLAG_OPTIONAL, "x.conf/*"));
}

static void directories_are_descended_into_when_told(void **)
{
    assert_null(walk(AP_DIR_FLAG_RECURSIVE, "d1"));
    assert_string_equal(found, "/d1/a.conf /d1/b.conf /d1/s/z ");
    assert_null(walk(0, "d1"));
    assert_string_equal(found, "/d1 ");
}

static void a_loop_of_links_ends(void **)
{
    ap_dir_match_t w = {
        .p = pool, .ptemp = pool, .prefix = "", .cb = note_file,
        .flags = AP_DIR_FLAG_RECURSIVE, .depth = 128
    };

    assert_non_null(strstr(ap_dir_nofnmatch(&w, root), "128 levels"));
}

static void the_error_of_the_callback_ends_the_walk(void **)
{
    assert_string_equal(walk(0, "d*/bad"), "refused");
    assert_string_equal(found, "/d1/bad ");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(stars_and_question_marks_match),
        cmocka_unit_test(a_mismatch_is_1_and_a_short_string_is_minus_1),
        cmocka_unit_test(case_may_be_ignored),
        cmocka_unit_test(many_stars_do_not_explode),
        cmocka_unit_test(wildcards_are_recognized),
        cmocka_unit_test(files_come_in_the_order_of_names),
        cmocka_unit_test(wildcards_may_stand_in_directories),
        cmocka_unit_test(hidden_files_need_a_dot_in_the_pattern),
        cmocka_unit_test(a_name_without_wildcards_is_passed_on),
        cmocka_unit_test(a_missing_directory_is_an_error_unless_optional),
        cmocka_unit_test(directories_are_descended_into_when_told),
        cmocka_unit_test(a_loop_of_links_ends),
        cmocka_unit_test(the_error_of_the_callback_ends_the_walk),
    };
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
