/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/path.c"

#include <stdlib.h>
#include <unistd.h>

static void normal(const char *in, unsigned flags, int good, const char *out)
{
    char *copy = apr_pstrdup(pool, in);

    assert_int_equal(ap_normalize_path(copy, flags), good);
    assert_string_equal(copy, out);
}

static void dot_segments_are_removed(void **)
{
    normal("/a/./b/../c", 0, 1, "/a/c");
    normal("/a/.", 0, 1, "/a/");
    normal("/a/..", 0, 1, "/");
    normal("/a/../", 0, 1, "/");
    normal("/.", 0, 1, "/");
    normal("/a/b/../../../c", 0, 1, "/c");
}

static void dots_within_names_stay(void **)
{
    normal("/.../.a/a./..a/a../..;x", 0, 1, "/.../.a/a./..a/a../..;x");
}

static void an_empty_segment_is_a_segment_unless_merged(void **)
{
    normal("/a//../b", 0, 1, "/a/b");
    normal("/a//../b", AP_NORMALIZE_MERGE_SLASHES, 1, "/b");
    normal("//a///b//", AP_NORMALIZE_MERGE_SLASHES, 1, "/a/b/");
    normal("//a", 0, 1, "//a");
}

static void above_the_root_may_be_an_error(void **)
{
    normal("/../a", 0, 1, "/a");
    normal("/../a", AP_NORMALIZE_NOT_ABOVE_ROOT, 0, "/a");
    normal("/a/../..", AP_NORMALIZE_NOT_ABOVE_ROOT, 0, "/");
    normal("/a/..", AP_NORMALIZE_NOT_ABOVE_ROOT, 1, "/");
}

static void escaped_dots_count_when_unreserved_bytes_are_decoded(void **)
{
    const unsigned decode = AP_NORMALIZE_DECODE_UNRESERVED;

    normal("/a/%2e%2E/b", decode, 1, "/b");
    normal("/a/%2e%2E/b", 0, 1, "/a/%2e%2E/b");
    normal("/%41%2f%20%7e", decode, 1, "/A%2f%20~");
    normal("/%2541", decode, 1, "/%2541");
    normal("/%%34%31", decode, 0, "/%41");
}

static void a_bad_escape_is_an_error(void **)
{
    const unsigned decode = AP_NORMALIZE_DECODE_UNRESERVED;

    normal("/%", decode, 0, "/%");
    normal("/a%4", decode, 0, "/a%4");
    normal("/%zz/../%41", decode, 0, "/A");
}

static void relative_paths_need_leave(void **)
{
    const unsigned relative = AP_NORMALIZE_ALLOW_RELATIVE;

    normal("a/../b", 0, 0, "a/../b");
    normal("a/../b", relative, 1, "b");
    normal("../a", relative, 1, "a");
    normal("../a", relative | AP_NORMALIZE_NOT_ABOVE_ROOT, 0, "a");
    normal("a/..", relative, 1, "");
    normal("./a", relative, 1, "a");
    normal(".//../;", relative, 1, "/;");
}

static void the_asterisk_is_good_and_nothing_is_bad(void **)
{
    normal("*", 0, 1, "*");
    normal("", AP_NORMALIZE_ALLOW_RELATIVE, 0, "");
}

static void parents_above_the_root_empty_the_path(void **)
{
    char good[] = "/a/./b/../c";
    char bad[] = "/a/../../b";

    ap_getparents(good);
    assert_string_equal(good, "/a/c");
    ap_getparents(bad);
    assert_string_equal(bad, "");
}

static void runs_of_slashes_become_one(void **)
{
    char path[] = "//a///b/c//";
    char clean[] = "/a/b";

    ap_no2slash(path);
    assert_string_equal(path, "/a/b/c/");
    ap_no2slash_ex(clean, 0);
    assert_string_equal(clean, "/a/b");
}

static void directories_are_slashes(void **)
{
    assert_int_equal(ap_count_dirs("/a//b/"), 4);
    assert_int_equal(ap_count_dirs("a"), 0);
}

static void a_prefix_ends_with_a_slash(void **)
{
    char out[32];

    assert_ptr_equal(ap_make_dirstr_prefix(out, "/a/b/c", 2), out + 3);
    assert_string_equal(out, "/a/");
    ap_make_dirstr_prefix(out, "/a", 9);
    assert_string_equal(out, "/a/");
    ap_make_dirstr_prefix(out, "/a", 0);
    assert_string_equal(out, "/");
}

static void the_parent_ends_with_a_slash(void **)
{
    assert_string_equal(ap_make_dirstr_parent(pool, "/a/b"), "/a/");
    assert_string_equal(ap_make_dirstr_parent(pool, "/a/"), "/a/");
    assert_string_equal(ap_make_dirstr_parent(pool, "a"), "");
}

static void paths_are_joined_with_one_slash(void **)
{
    assert_string_equal(ap_make_full_path(pool, "/a", "b"), "/a/b");
    assert_string_equal(ap_make_full_path(pool, "/a/", "b"), "/a/b");
    assert_string_equal(ap_make_full_path(pool, "", "b"), "/b");
    assert_string_equal(ap_make_full_path(pool, "/a", ""), "/a/");
}

static void urls_have_a_scheme(void **)
{
    assert_true(ap_is_url("http://x"));
    assert_true(ap_is_url("a+b-c.1:"));
    assert_false(ap_is_url("/a:b"));
    assert_false(ap_is_url(":x"));
    assert_false(ap_is_url("a_b:c"));
    assert_false(ap_is_url("abc"));
}

static void links_to_directories_are_no_real_directories(void **)
{
    char dir[] = "/tmp/cleat-path-XXXXXX";

    assert_non_null(mkdtemp(dir));
    const char *link = apr_pstrcat(pool, dir, "/link", NULL);
    assert_int_equal(symlink(".", link), 0);
    assert_true(ap_is_directory(pool, dir));
    assert_true(ap_is_rdirectory(pool, dir));
    assert_true(ap_is_directory(pool, link));
    assert_false(ap_is_rdirectory(pool, link));
    assert_false(ap_is_directory(pool, "/dev/null"));
    unlink(link);
    rmdir(dir);
}

static void merging_keeps_to_the_root_when_told(void **)
{
    char *path;

    assert_int_equal(ap_filepath_merge(&path, "/a", "b/../c", 0, pool),
                     APR_SUCCESS);
    assert_string_equal(path, "/a/c");
    assert_int_equal(ap_filepath_merge(&path, "/a", "../b",
                                       APR_FILEPATH_NOTABOVEROOT, pool),
                     APR_EABOVEROOT);
    assert_int_equal(ap_stat_check("/a", pool), APR_SUCCESS);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(dot_segments_are_removed),
        cmocka_unit_test(dots_within_names_stay),
        cmocka_unit_test(an_empty_segment_is_a_segment_unless_merged),
        cmocka_unit_test(above_the_root_may_be_an_error),
        cmocka_unit_test(escaped_dots_count_when_unreserved_bytes_are_decoded),
        cmocka_unit_test(a_bad_escape_is_an_error),
        cmocka_unit_test(relative_paths_need_leave),
        cmocka_unit_test(the_asterisk_is_good_and_nothing_is_bad),
        cmocka_unit_test(parents_above_the_root_empty_the_path),
        cmocka_unit_test(runs_of_slashes_become_one),
        cmocka_unit_test(directories_are_slashes),
        cmocka_unit_test(a_prefix_ends_with_a_slash),
        cmocka_unit_test(the_parent_ends_with_a_slash),
        cmocka_unit_test(paths_are_joined_with_one_slash),
        cmocka_unit_test(urls_have_a_scheme),
        cmocka_unit_test(links_to_directories_are_no_real_directories),
        cmocka_unit_test(merging_keeps_to_the_root_when_told),
    };
    return RUN(tests);
}
