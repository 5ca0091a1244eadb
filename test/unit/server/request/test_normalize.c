/* SPDX-License-Identifier: Apache-2.0 */
/* One spelling for each path, and no way above the root. */
#include "fixture.h"

#include "request/normalize.c"

static request_rec *r;

static int walk(const char *uri)
{
    int status;

    r = make_request(uri);
    status = cl_request_normalize(r);
    return status == OK ? cl_request_decode(r) : status;
}

static void care_is_needed_for_dots_and_double_slashes_only(void **)
{
    static const char *const plain[] = {
        "/", "/a/b", "/.hidden", "/a..b/", "/...", "/a./b", "/..a"
    };
    static const char *const odd[] = {
        "//", "/a//b", "/.", "/..", "/a/./b", "/a/../b", "/a/..", "/a/."
    };

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        assert_false(cl_request_path_needs_care(plain[i]));
    }
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        assert_true(cl_request_path_needs_care(odd[i]));
    }
}

static void dot_segments_never_leave_the_root(void **)
{
    static const char *const paths[] = {
        "/..", "/../etc", "/%2e%2e/etc", "/%2E./x", "/.%2e", "/a/../../b",
        "/a/%2e%2e/%2e%2e/b", "/./..", "//..//..",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        assert_int_equal(walk(paths[i]), HTTP_BAD_REQUEST);
    }
}

static void dot_segments_inside_are_removed(void **)
{
    assert_int_equal(walk("/sub/%2e%2e/a.html"), OK);
    assert_string_equal(r->uri, "/a.html");
    assert_int_equal(walk("/./a/./b/."), OK);
    assert_string_equal(r->uri, "/a/b/");
}

static void a_path_is_decoded_once(void **)
{
    assert_int_equal(walk("/%252e%252e/x"), OK);
    assert_string_equal(r->uri, "/%2e%2e/x");
    assert_int_equal(walk("/a%20b"), OK);
    assert_string_equal(r->uri, "/a b");
}

static void slashes_are_merged_unless_switched_off(void **)
{
    assert_int_equal(walk("//a///b"), OK);
    assert_string_equal(r->uri, "/a/b");
    server_conf.merge_slashes = AP_CORE_CONFIG_OFF;
    assert_int_equal(walk("//a///b"), OK);
    assert_string_equal(r->uri, "//a///b");
}

static void malformed_escapes_are_refused(void **)
{
    assert_int_equal(walk("/a%zz"), HTTP_BAD_REQUEST);
    assert_int_equal(walk("/a%"), HTTP_BAD_REQUEST);
}

static void an_encoded_nul_is_not_found(void **)
{
    assert_int_equal(walk("/a%00b"), HTTP_NOT_FOUND);
    dir_conf.allow_encoded_slashes = 1;
    assert_int_equal(walk("/a%00b"), HTTP_NOT_FOUND);
}

static void an_encoded_slash_is_not_found_by_default(void **)
{
    assert_int_equal(walk("/a%2fb"), HTTP_NOT_FOUND);
}

static void an_encoded_slash_is_kept_with_nodecode(void **)
{
    dir_conf.allow_encoded_slashes = 1;
    assert_int_equal(walk("/sub/..%2fa"), OK);
    assert_string_equal(r->uri, "/sub/..%2fa");
}

static void a_decoded_slash_cannot_climb_out(void **)
{
    dir_conf.allow_encoded_slashes = 1;
    dir_conf.decode_encoded_slashes = 1;
    assert_int_equal(walk("/sub/..%2fa"), OK);
    assert_string_equal(r->uri, "/a");
    assert_int_equal(walk("/sub%2f..%2f..%2fetc%2fpasswd"), OK);
    assert_string_equal(r->uri, "/etc/passwd");
    assert_int_equal(walk("/a%2f%2fb"), OK);
    assert_string_equal(r->uri, "/a/b");
}

static void the_asterisk_passes(void **)
{
    assert_int_equal(walk("*"), OK);
    assert_int_equal(walk("relative"), HTTP_BAD_REQUEST);
}

static void a_proxy_request_is_not_decoded(void **)
{
    r = make_request("/a%2fb");
    r->proxyreq = PROXYREQ_REVERSE;
    assert_int_equal(cl_request_decode(r), OK);
    assert_string_equal(r->uri, "/a%2fb");
}

static void allow_encoded_slashes_knows_three_words(void **)
{
    core_dir_config conf = { 0 };

    assert_null(cl_set_allow_encoded_slashes(NULL, &conf, "NoDecode"));
    assert_int_equal(conf.allow_encoded_slashes, 1);
    assert_int_equal(conf.decode_encoded_slashes, 0);
    assert_null(cl_set_allow_encoded_slashes(NULL, &conf, "on"));
    assert_int_equal(conf.decode_encoded_slashes, 1);
    assert_null(cl_set_allow_encoded_slashes(NULL, &conf, "Off"));
    assert_int_equal(conf.allow_encoded_slashes, 0);
    assert_non_null(cl_set_allow_encoded_slashes(NULL, &conf, "maybe"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(care_is_needed_for_dots_and_double_slashes_only),
        FIXTURE_TEST(dot_segments_never_leave_the_root),
        FIXTURE_TEST(dot_segments_inside_are_removed),
        FIXTURE_TEST(a_path_is_decoded_once),
        FIXTURE_TEST(slashes_are_merged_unless_switched_off),
        FIXTURE_TEST(malformed_escapes_are_refused),
        FIXTURE_TEST(an_encoded_nul_is_not_found),
        FIXTURE_TEST(an_encoded_slash_is_not_found_by_default),
        FIXTURE_TEST(an_encoded_slash_is_kept_with_nodecode),
        FIXTURE_TEST(a_decoded_slash_cannot_climb_out),
        FIXTURE_TEST(the_asterisk_passes),
        FIXTURE_TEST(a_proxy_request_is_not_decoded),
        cmocka_unit_test(allow_encoded_slashes_knows_three_words),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
