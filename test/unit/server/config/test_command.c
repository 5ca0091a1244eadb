/* SPDX-License-Identifier: Apache-2.0 */
/* Shapes of arguments; the sentences are those of httpd 2.4.71. */
#include "fixture.h"

#include "config/command.c"

static const char *answer;      /* what the functions below return */

static const char *text_of(const char *word)
{
    return word ? word : "NULL";
}

static const char *take_none(cmd_parms *, void *)
{
    note("()");
    return answer;
}

static const char *take_raw(cmd_parms *, void *, const char *args)
{
    note("<%s>", args);
    return answer;
}

static const char *take_one(cmd_parms *, void *, const char *a)
{
    note("(%s)", text_of(a));
    return answer;
}

static const char *take_two(cmd_parms *, void *, const char *a, const char *b)
{
    note("(%s,%s)", text_of(a), text_of(b));
    return answer;
}

static const char *take_three(cmd_parms *, void *, const char *a,
                              const char *b, const char *c)
{
    note("(%s,%s,%s)", text_of(a), text_of(b), text_of(c));
    return answer;
}

static const char *take_flag(cmd_parms *, void *, int on)
{
    note("(%d)", on);
    return answer;
}

static const char *take_argv(cmd_parms *, void *, int argc,
                             char *const *argv)
{
    assert_null(argv[argc]);
    note("%d:", argc);
    for (int i = 0; i < argc; ++i) {
        note("(%s)", argv[i]);
    }
    return answer;
}

static const command_rec rows[] = {
    [RAW_ARGS] = { "X", { .raw_args = take_raw }, NULL, 0, RAW_ARGS, "help" },
    [TAKE1] = { "X", { .take1 = take_one }, NULL, 0, TAKE1, "help" },
    [TAKE2] = { "X", { .take2 = take_two }, NULL, 0, TAKE2, "help" },
    [ITERATE] = { "X", { .take1 = take_one }, NULL, 0, ITERATE, "help" },
    [ITERATE2] = { "X", { .take2 = take_two }, NULL, 0, ITERATE2, "help" },
    [FLAG] = { "X", { .flag = take_flag }, NULL, 0, FLAG, "help" },
    [NO_ARGS] = { "X", { .no_args = take_none }, NULL, 0, NO_ARGS, "help" },
    [TAKE12] = { "X", { .take2 = take_two }, NULL, 0, TAKE12, "help" },
    [TAKE3] = { "X", { .take3 = take_three }, NULL, 0, TAKE3, "help" },
    [TAKE23] = { "X", { .take3 = take_three }, NULL, 0, TAKE23, "help" },
    [TAKE123] = { "X", { .take3 = take_three }, NULL, 0, TAKE123, "help" },
    [TAKE13] = { "X", { .take3 = take_three }, NULL, 0, TAKE13, "help" },
    [TAKE_ARGV] = { "X", { .take_argv = take_argv }, NULL, 0, TAKE_ARGV,
                    "help" },
};

static const char *call(enum cmd_how how, const char *args)
{
    cmd_parms parms = parms_for("");

    called[0] = '\0';
    return cl_config_call(&rows[how], &parms, NULL, args);
}

static void gives(enum cmd_how how, const char *args, const char *calls)
{
    answer = NULL;
    assert_null(call(how, args));
    assert_string_equal(called, calls);
}

static void refuses(enum cmd_how how, const char *args, const char *sentence)
{
    const char *wrong;

    answer = NULL;
    wrong = call(how, args);
    assert_non_null(wrong);
    assert_string_equal(wrong, sentence);
    assert_string_equal(called, "");
}

static void raw_arguments_come_as_they_are(void **)
{
    gives(RAW_ARGS, "a  \"b", "<a  \"b>");
    gives(RAW_ARGS, "", "<>");
}

static void no_arguments_means_none(void **)
{
    gives(NO_ARGS, "", "()");
    refuses(NO_ARGS, "a", "X takes no arguments");
}

static void one_argument(void **)
{
    gives(TAKE1, "a", "(a)");
    gives(TAKE1, "'a b'", "(a b)");
    refuses(TAKE1, "", "X takes one argument, help");
    refuses(TAKE1, "\"\"", "X takes one argument, help");
    refuses(TAKE1, "a b", "X takes one argument, help");
    refuses(TAKE1, "a \"\"", "X takes one argument, help");
}

static void two_arguments(void **)
{
    gives(TAKE2, "a b", "(a,b)");
    refuses(TAKE2, "a", "X takes two arguments, help");
    refuses(TAKE2, "a \"\"", "X takes two arguments, help");
    refuses(TAKE2, "a b c", "X takes two arguments, help");
}

static void three_arguments(void **)
{
    gives(TAKE3, "a b c", "(a,b,c)");
    refuses(TAKE3, "a b", "X takes three arguments, help");
    refuses(TAKE3, "a \"\" c", "X takes three arguments, help");
    refuses(TAKE3, "a b c d", "X takes three arguments, help");
}

static void one_or_two_arguments(void **)
{
    gives(TAKE12, "a", "(a,NULL)");
    gives(TAKE12, "a b", "(a,b)");
    gives(TAKE12, "a \"\"", "(a,NULL)");
    refuses(TAKE12, "", "X takes 1-2 arguments, help");
    refuses(TAKE12, "a b c", "X takes 1-2 arguments, help");
}

static void two_or_three_arguments(void **)
{
    gives(TAKE23, "a b", "(a,b,NULL)");
    gives(TAKE23, "a b c", "(a,b,c)");
    gives(TAKE23, "a b \"\"", "(a,b,)");
    refuses(TAKE23, "a", "X takes two or three arguments, help");
    refuses(TAKE23, "a \"\"", "X takes two or three arguments, help");
    refuses(TAKE23, "a b c d", "X takes two or three arguments, help");
}

static void one_two_or_three_arguments(void **)
{
    gives(TAKE123, "a", "(a,NULL,NULL)");
    gives(TAKE123, "a b", "(a,b,NULL)");
    gives(TAKE123, "a \"\" c", "(a,,c)");
    refuses(TAKE123, "", "X takes one, two or three arguments, help");
    refuses(TAKE123, "a b c d", "X takes one, two or three arguments, help");
}

static void one_or_three_arguments(void **)
{
    gives(TAKE13, "a", "(a,NULL,NULL)");
    gives(TAKE13, "a b c", "(a,b,c)");
    gives(TAKE13, "a \"\"", "(a,,NULL)");
    refuses(TAKE13, "a b", "X takes one or three arguments, help");
    refuses(TAKE13, "", "X takes one or three arguments, help");
}

static void iterate_calls_once_per_word(void **)
{
    gives(ITERATE, "a b c", "(a)(b)(c)");
    gives(ITERATE, "a \"\" c", "(a)");
    refuses(ITERATE, "", "X requires at least one argument, help");
}

static void iterate2_repeats_the_first_word(void **)
{
    gives(ITERATE2, "a b c", "(a,b)(a,c)");
    refuses(ITERATE2, "a", "X requires at least two arguments, help");
}

static void iterating_stops_at_an_error_but_not_at_a_decline(void **)
{
    answer = "wrong";
    assert_string_equal(call(ITERATE, "a b"), "wrong");
    assert_string_equal(called, "(a)");
    answer = DECLINE_CMD;
    assert_string_equal(call(ITERATE2, "a b c"), DECLINE_CMD);
    assert_string_equal(called, "(a,b)(a,c)");
}

static void flags_are_on_or_off(void **)
{
    gives(FLAG, "On", "(1)");
    gives(FLAG, "OFF", "(0)");
    refuses(FLAG, "", "X must be On or Off");
    refuses(FLAG, "1", "X must be On or Off, not \"1\"");
}

static void argv_has_up_to_64_words(void **)
{
    const char *args = "";

    gives(TAKE_ARGV, "", "0:");
    gives(TAKE_ARGV, "a \"\" b", "3:(a)()(b)");
    gives(TAKE_ARGV, "a \"\" \"\"", "2:(a)()");
    for (int i = 0; i < 70; ++i) {
        args = apr_pstrcat(pool, args, "x ", NULL);
    }
    answer = NULL;
    assert_null(call(TAKE_ARGV, args));
    assert_memory_equal(called, "64:", 3);
}

static void without_help_the_sentence_ends_early(void **)
{
    command_rec row = rows[TAKE1];
    cmd_parms parms = parms_for("");

    row.errmsg = NULL;
    assert_string_equal(cl_config_call(&row, &parms, NULL, ""),
                        "X takes one argument");
}

static void an_unknown_shape_is_the_modules_bug(void **)
{
    command_rec row = rows[TAKE1];
    cmd_parms parms = parms_for("");

    row.args_how = (enum cmd_how)99;
    assert_non_null(strstr(cl_config_call(&row, &parms, NULL, ""),
                           "unknown kind 99"));
}

static void the_function_finds_its_row_and_data(void **)
{
    command_rec row = rows[TAKE1];
    cmd_parms parms = parms_for("");

    row.cmd_data = &row;
    answer = NULL;
    assert_null(cl_config_call(&row, &parms, NULL, "a"));
    assert_ptr_equal(parms.cmd, &row);
    assert_ptr_equal(parms.info, &row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(raw_arguments_come_as_they_are),
        test(no_arguments_means_none),
        test(one_argument),
        test(two_arguments),
        test(three_arguments),
        test(one_or_two_arguments),
        test(two_or_three_arguments),
        test(one_two_or_three_arguments),
        test(one_or_three_arguments),
        test(iterate_calls_once_per_word),
        test(iterate2_repeats_the_first_word),
        test(iterating_stops_at_an_error_but_not_at_a_decline),
        test(flags_are_on_or_off),
        test(argv_has_up_to_64_words),
        test(without_help_the_sentence_ends_early),
        test(an_unknown_shape_is_the_modules_bug),
        test(the_function_finds_its_row_and_data),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
