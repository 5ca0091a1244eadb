/* SPDX-License-Identifier: Apache-2.0 */
/* <IfDefine> and its relatives. */
#include "fixture.h"
#include "test_module.h"

#include "config/condition.c"

static const char *read_text(const char *text)
{
    ap_directive_t *tree = NULL;
    cmd_parms parms = parms_for(text);
    const char *wrong = ap_build_config(&parms, pool, parms.temp_pool, &tree);

    if (wrong != NULL) {
        return wrong;
    }
    return tree ? tree->args : "nothing";
}

/* condition stands for "<IfX ...>"; is the section read? */
static bool applies(const char *section, const char *condition)
{
    const char *got = read_text(apr_psprintf(pool, "<%s %s\nAny yes\n</%s>\n",
                                             section, condition, section));

    assert_true(strcmp(got, "yes") == 0 || strcmp(got, "nothing") == 0);
    return strcmp(got, "yes") == 0;
}

static void defined_names_apply(void **)
{
    APR_ARRAY_PUSH(ap_server_config_defines, const char *) = "cli";
    assert_true(applies("IfDefine", "cli>"));
    assert_true(applies("IfDefine", "\"cli\">"));
    assert_true(applies("ifdefine", "  cli >"));
    assert_true(applies("IfDefine", "cli>extra"));
    assert_false(applies("IfDefine", "CLI>"));
    assert_false(applies("IfDefine", "cli>>"));
    assert_false(applies("IfDefine", "!cli>"));
    assert_false(applies("IfDefine", "! cli>"));
    assert_true(applies("IfDefine", "!other>"));
    assert_false(applies("IfDefine", "\"!other\">"));
}

static void define_takes_effect_on_the_next_line(void **)
{
    assert_string_equal(read_text("Define x\n<IfDefine x>\nAny yes\n"
                                  "</IfDefine>\n"), "yes");
}

static void known_directives_apply(void **)
{
    assert_true(applies("IfDirective", "any>"));
    assert_true(applies("IfDirective", "!Bogus>"));
    assert_true(applies("IfDirective", "\"<Sec\">"));
    assert_true(applies("IfDirective", "<Sec>"));
    assert_false(applies("IfDirective", "Sec>"));
}

static void known_sections_apply(void **)
{
    assert_true(applies("IfSection", "Sec>"));
    assert_true(applies("IfSection", "!Bogus>"));
    assert_false(applies("IfSection", "Any>"));
}

static void linked_modules_apply(void **)
{
    assert_true(applies("IfModule", "mod_test.c>"));
    assert_true(applies("IfModule", "so_module>"));
    assert_false(applies("IfModule", "MOD_TEST.c>"));
    assert_false(applies("IfModule", "!mod_test.c>"));
}

static void existing_files_apply(void **)
{
    ap_server_root = "/";
    assert_true(applies("IfFile", "/dev/null>"));
    assert_true(applies("IfFile", "\"dev/null\">"));
    assert_true(applies("IfFile", "/tmp>"));
    assert_true(applies("IfFile", "!/no/such/file>"));
    assert_false(applies("IfFile", "/dev/nul*>"));
}

static void conditions_nest_and_are_skipped_unread(void **)
{
    assert_string_equal(
        read_text("<IfDefine x>\n<IfDefine !x>\nNow a\n</IfDefine>\n"
                  "<Bogus\n</Bogus>\n</IfDefine>\nAny after"), "after");
    assert_string_equal(called, "");
    assert_string_equal(
        read_text("<IfDefine !x>\n<IfDefine !y>\nAny in\n</IfDefine>\n"
                  "</IfDefine>\n"), "in");
}

static void a_condition_is_needed(void **)
{
    static const char *const empty[] = { "<IfDefine>", "<IfDefine >",
                                         "<IfDefine \"\">", "<IfDefine !>",
                                         "<IfDefine" };

    for (size_t i = 0; i < sizeof empty / sizeof *empty; ++i) {
        assert_string_equal(read_text(apr_pstrcat(pool, empty[i],
                                                  "\n</IfDefine>", NULL)),
                            "<IfDefine> directive requires additional "
                            "arguments");
    }
    assert_string_equal(read_text("<IfDefine x\n</IfDefine>"),
                        "<IfDefine> directive missing closing '>'");
}

static void the_end_must_come(void **)
{
    assert_string_equal(read_text("<IfDefine x>\nAny\n"),
                        "Expected </IfDefine> before the end of the file");
}

static void error_says_its_message(void **)
{
    cmd_parms parms = parms_for("");

    assert_string_equal(cl_set_error(&parms, NULL, "this is bad"),
                        "this is bad");
    assert_non_null(strstr(cl_set_error(&parms, NULL, ""),
                           "without saying"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_module(defined_names_apply),
        test_with_module(define_takes_effect_on_the_next_line),
        test_with_module(known_directives_apply),
        test_with_module(known_sections_apply),
        test_with_module(linked_modules_apply),
        test_with_module(existing_files_apply),
        test_with_module(conditions_nest_and_are_skipped_unread),
        test_with_module(a_condition_is_needed),
        test_with_module(the_end_must_come),
        test_with_module(error_says_its_message),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
