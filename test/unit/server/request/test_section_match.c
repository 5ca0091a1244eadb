/* SPDX-License-Identifier: Apache-2.0 */
/* Which paths a plain section covers. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "request/section_match.c"

static void a_section_covers_itself_and_what_is_below(void **)
{
    assert_true(cl_section_holds("/sub", "/sub"));
    assert_true(cl_section_holds("/sub", "/sub/"));
    assert_true(cl_section_holds("/sub", "/sub/deep/f"));
}

static void a_section_does_not_cover_a_longer_name(void **)
{
    assert_false(cl_section_holds("/sub", "/subx"));
    assert_false(cl_section_holds("/sub", "/su"));
    assert_false(cl_section_holds("/sub", "/"));
}

static void a_slash_at_the_end_leaves_out_the_name_itself(void **)
{
    assert_false(cl_section_holds("/sub/", "/sub"));
    assert_true(cl_section_holds("/sub/", "/sub/f"));
}

static void the_root_covers_everything(void **)
{
    assert_true(cl_section_holds("/", "/"));
    assert_true(cl_section_holds("/", "/any/thing"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_covers_itself_and_what_is_below),
        cmocka_unit_test(a_section_does_not_cover_a_longer_name),
        cmocka_unit_test(a_slash_at_the_end_leaves_out_the_name_itself),
        cmocka_unit_test(the_root_covers_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
