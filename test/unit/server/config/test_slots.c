/* SPDX-License-Identifier: Apache-2.0 */
/* The ready-made setters. */
#include "fixture.h"

#include "config/slots.c"

struct settings {
    int number;
    int flag;
    char small_flag;
    const char *text;
};

static struct settings settings;
static const command_rec row = { .name = "X", .errmsg = "use Y" };

static cmd_parms slot(size_t offset)
{
    cmd_parms parms = parms_for("");

    parms.info = (void *)offset;
    parms.cmd = &row;
    return parms;
}

static void strings_are_kept(void **)
{
    cmd_parms parms = slot(offsetof(struct settings, text));

    assert_null(ap_set_string_slot(&parms, &settings, "A b"));
    assert_string_equal(settings.text, "A b");
    assert_null(ap_set_string_slot_lower(&parms, &settings, "A b"));
    assert_string_equal(settings.text, "a b");
}

static void numbers_are_decimal(void **)
{
    cmd_parms parms = slot(offsetof(struct settings, number));

    assert_null(ap_set_int_slot(&parms, &settings, "5"));
    assert_int_equal(settings.number, 5);
    assert_null(ap_set_int_slot(&parms, &settings, "-3"));
    assert_int_equal(settings.number, -3);
    assert_null(ap_set_int_slot(&parms, &settings, "010"));
    assert_int_equal(settings.number, 10);
}

static void what_is_no_number_is_refused(void **)
{
    static const char *const texts[] = { "", "-", "5x", "0x10", "99999999999",
                                         "-2147483649" };
    cmd_parms parms = slot(offsetof(struct settings, number));

    settings.number = 7;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) {
        const char *wrong = ap_set_int_slot(&parms, &settings, texts[i]);

        assert_non_null(wrong);
        assert_memory_equal(wrong, "X needs a ", 10);
    }
    assert_int_equal(settings.number, 7);
}

static void flags_come_as_int_or_char(void **)
{
    cmd_parms wide = slot(offsetof(struct settings, flag));
    cmd_parms small = slot(offsetof(struct settings, small_flag));

    assert_null(ap_set_flag_slot(&wide, &settings, 1));
    assert_null(ap_set_flag_slot_char(&small, &settings, 1));
    assert_int_equal(settings.flag, 1);
    assert_int_equal(settings.small_flag, 1);
    assert_null(ap_set_flag_slot(&wide, &settings, 0));
    assert_null(ap_set_flag_slot_char(&small, &settings, 0));
    assert_int_equal(settings.flag, 0);
    assert_int_equal(settings.small_flag, 0);
}

static void files_are_under_the_server_root(void **)
{
    cmd_parms parms = slot(offsetof(struct settings, text));

    assert_null(ap_set_file_slot(&parms, &settings, "conf/x"));
    assert_string_equal(settings.text, "/srv/root/conf/x");
    assert_null(ap_set_file_slot(&parms, &settings, "/a/../b"));
    assert_string_equal(settings.text, "/b");
}

static void names_too_long_for_a_path_are_refused(void **)
{
    cmd_parms parms = slot(offsetof(struct settings, text));
    char *name = apr_palloc(pool, 5001);

    memset(name, 'a', 5000);
    name[5000] = '\0';
    assert_memory_equal(ap_set_file_slot(&parms, &settings, name),
                        "X cannot make a path of \"aaa", 28);
}

static void deprecated_directives_say_what_their_row_says(void **)
{
    cmd_parms parms = slot(0);

    assert_string_equal(ap_set_deprecated(&parms, NULL, "a"), "use Y");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(strings_are_kept),
        test(numbers_are_decimal),
        test(what_is_no_number_is_refused),
        test(flags_come_as_int_or_char),
        test(files_are_under_the_server_root),
        test(names_too_long_for_a_path_are_refused),
        test(deprecated_directives_say_what_their_row_says),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
