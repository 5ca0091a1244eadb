/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mappers/mod_alias.c"

static void an_alias_covers_whole_segments(void **)
{
    static const struct { const char *uri, *alias; size_t length; } rows[] = {
        { "/icons/a.png", "/icons/", 7 }, { "/icons", "/icons/", 0 },
        { "/icons/a.png", "/icons", 6 }, { "/iconsx", "/icons", 0 },
        { "/icons", "/icons", 6 }, { "//icons//a", "/icons/", 9 },
        { "/a/b", "/a//b", 4 }, { "/", "/", 1 }, { "/x", "/", 1 },
        { "/a", "/a/b", 0 }, { "/A/b", "/a", 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (matched_length(rows[i].uri, rows[i].alias) != rows[i].length) {
            fail_msg("%s under %s: %zu", rows[i].uri, rows[i].alias,
                     matched_length(rows[i].uri, rows[i].alias));
        }
    }
}

static void statuses_are_words_or_numbers(void **)
{
    assert_int_equal(parse_status("permanent"), 301);
    assert_int_equal(parse_status("TEMP"), 302);
    assert_int_equal(parse_status("seeother"), 303);
    assert_int_equal(parse_status("gone"), 410);
    assert_int_equal(parse_status("451"), 451);
    assert_int_equal(parse_status("/path"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alias_covers_whole_segments),
        cmocka_unit_test(statuses_are_words_or_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
