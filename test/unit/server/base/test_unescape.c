/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include <apr_strings.h>

#include "base/unescape.c"

static void check(int (*function)(char *), const char *in, int status,
                  const char *out)
{
    char *copy = apr_pstrdup(pool, in);

    assert_int_equal(function(copy), status);
    assert_string_equal(copy, out);
}

static void check_ex(unsigned flags, const char *in, int status,
                     const char *out)
{
    char *copy = apr_pstrdup(pool, in);

    assert_int_equal(ap_unescape_url_ex(copy, flags), status);
    assert_string_equal(copy, out);
}

static void escapes_are_decoded_once(void **)
{
    check(ap_unescape_url, "%41%7e%2541", OK, "A~%41");
    check(ap_unescape_url, "", OK, "");
    check(ap_unescape_url, "a+b", OK, "a+b");
}

static void a_bad_escape_is_400_and_stays(void **)
{
    check(ap_unescape_url, "%", HTTP_BAD_REQUEST, "%");
    check(ap_unescape_url, "%4", HTTP_BAD_REQUEST, "%4");
    check(ap_unescape_url, "%zz%42", HTTP_BAD_REQUEST, "%zzB");
    check(ap_unescape_url, "%%41", HTTP_BAD_REQUEST, "%A");
}

static void slash_and_nul_are_404(void **)
{
    check(ap_unescape_url, "a%2Fb", HTTP_NOT_FOUND, "a/b");
    check(ap_unescape_url, "a%00b", HTTP_NOT_FOUND, "a");
}

static void a_bad_escape_outweighs_a_bad_path(void **)
{
    check(ap_unescape_url, "%2f%zz", HTTP_BAD_REQUEST, "/%zz");
    check(ap_unescape_url, "%zz%00", HTTP_BAD_REQUEST, "%zz");
}

static void slashes_may_be_kept_or_decoded(void **)
{
    char kept[] = "a%2Fb%41";
    char decoded[] = "a%2fb";

    assert_int_equal(ap_unescape_url_keep2f(kept, 0), OK);
    assert_string_equal(kept, "a%2FbA");
    assert_int_equal(ap_unescape_url_keep2f(decoded, 1), OK);
    assert_string_equal(decoded, "a/b");
    check(ap_unescape_all, "%2f%00", HTTP_NOT_FOUND, "/");
}

static void unreserved_bytes_may_be_kept(void **)
{
    check_ex(AP_UNESCAPE_URL_KEEP_UNRESERVED, "%41%2d%20%7E", OK,
             "%41%2d %7E");
    check_ex(AP_UNESCAPE_URL_KEEP_SLASHES, "%2f%41", OK, "%2fA");
    check_ex(AP_UNESCAPE_URL_FORBID_SLASHES | AP_UNESCAPE_URL_KEEP_SLASHES,
             "%2f", HTTP_NOT_FOUND, "/");
}

static void form_data_has_spaces_for_plus(void **)
{
    check(ap_unescape_urlencoded, "a+b%2B%20c", OK, "a b+ c");
    check(ap_unescape_urlencoded, "+%2f", OK, " /");
    check(ap_unescape_urlencoded, "a%4+", HTTP_BAD_REQUEST, "a%4 ");
    assert_int_equal(ap_unescape_urlencoded(NULL), OK);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_are_decoded_once),
        cmocka_unit_test(a_bad_escape_is_400_and_stays),
        cmocka_unit_test(slash_and_nul_are_404),
        cmocka_unit_test(a_bad_escape_outweighs_a_bad_path),
        cmocka_unit_test(slashes_may_be_kept_or_decoded),
        cmocka_unit_test(unreserved_bytes_may_be_kept),
        cmocka_unit_test(form_data_has_spaces_for_plus),
    };
    return RUN(tests);
}
