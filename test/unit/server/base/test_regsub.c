/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/regsub.c"

static ap_regmatch_t groups[] = { { 0, 3 }, { 1, 2 }, { -1, -1 } };

static const char *put(const char *text)
{
    return ap_pregsub(pool, text, "abc", ROWS(groups), groups);
}

static void dollar_and_a_digit_are_a_group(void **)
{
    assert_string_equal(put("<$0|$1>"), "<abc|b>");
    assert_string_equal(put("$10"), "b0");
    assert_string_equal(put("$2$9"), "");
}

static void other_dollars_and_ampersands_are_plain(void **)
{
    assert_string_equal(put("$ $a & $$1 $"), "$ $a & $b $");
    assert_string_equal(put(""), "");
}

static void a_backslash_makes_the_next_byte_plain(void **)
{
    assert_string_equal(put("\\$1 \\& \\\\ \\n"), "$1 & \\ n");
    assert_string_equal(put("\\\\$1"), "\\b");
    assert_string_equal(put("end\\"), "end\\");
}

static void without_a_match_the_text_is_as_it_is(void **)
{
    assert_string_equal(ap_pregsub(pool, "\\$1", "abc", 0, groups), "\\$1");
    assert_string_equal(ap_pregsub(pool, "$1", "abc", 3, NULL), "$1");
}

static void the_limit_includes_the_end_of_the_string(void **)
{
    char *result;

    assert_int_equal(ap_pregsub_ex(pool, &result, "$0x", "abc", 3, groups, 5),
                     APR_SUCCESS);
    assert_string_equal(result, "abcx");
    assert_int_equal(ap_pregsub_ex(pool, &result, "$0x", "abc", 3, groups, 4),
                     APR_ENOMEM);
    assert_null(result);
}

static void a_buffer_is_appended_to(void **)
{
    struct ap_varbuf vb;

    ap_varbuf_init(pool, &vb, 0);
    ap_varbuf_strmemcat(&vb, "12", 2);
    assert_int_equal(ap_varbuf_regsub(&vb, "$1$0", "abc", 3, groups, 0),
                     APR_SUCCESS);
    assert_string_equal(vb.buf, "12babc");
    assert_int_equal(vb.strlen, 6);
    assert_int_equal(ap_varbuf_regsub(&vb, "$0", "abc", 3, groups, 3),
                     APR_ENOMEM);
    assert_int_equal(vb.strlen, 6);
    ap_varbuf_free(&vb);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(dollar_and_a_digit_are_a_group),
        cmocka_unit_test(other_dollars_and_ampersands_are_plain),
        cmocka_unit_test(a_backslash_makes_the_next_byte_plain),
        cmocka_unit_test(without_a_match_the_text_is_as_it_is),
        cmocka_unit_test(the_limit_includes_the_end_of_the_string),
        cmocka_unit_test(a_buffer_is_appended_to),
    };
    return RUN(tests);
}
