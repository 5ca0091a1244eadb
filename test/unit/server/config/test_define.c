/* SPDX-License-Identifier: Apache-2.0 */
/* Define, UnDefine and ${NAME}. */
#include "fixture.h"

#include "config/define.c"

static cmd_parms parms;

static void define(const char *name, const char *value)
{
    static const command_rec cmd = { .name = "Define" };

    parms = parms_for("");
    parms.cmd = &cmd;
    assert_null(cl_set_define(&parms, NULL, name, value));
}

static void resolves(const char *text, const char *expected)
{
    assert_string_equal(ap_resolve_env(pool, text), expected);
}

static void values_replace_names(void **)
{
    define("a", "1");
    define("b", "two words");
    resolves("x${a}y${b}${a}", "x1ytwo words1");
    resolves("\\${a} $${a} ${a}}", "\\1 $1 1}");
}

static void text_without_names_is_not_copied(void **)
{
    const char *text = "plain $x %{y}";

    assert_ptr_equal(ap_resolve_env(pool, text), text);
}

static void undefined_names_stay(void **)
{
    define("a", "1");
    resolves("${nope} ${} ${a", "${nope} ${} ${a");
    resolves("${x ${a}}", "${x ${a}}");
}

static void rewrite_maps_stay(void **)
{
    define("a", "1");
    resolves("${map:key} ${a:${a}}", "${map:key} ${a:${a}}");
}

static void values_are_not_looked_into(void **)
{
    define("a", "1");
    define("outer", "${a}");
    resolves("${outer}", "${a}");
}

static void the_environment_comes_second(void **)
{
    setenv("CLEAT_TEST_NAME", "environment", 1);
    resolves("${CLEAT_TEST_NAME}", "environment");
    define("CLEAT_TEST_NAME", "defined");
    resolves("${CLEAT_TEST_NAME}", "defined");
    assert_null(cl_set_un_define(&parms, NULL, "CLEAT_TEST_NAME"));
    resolves("${CLEAT_TEST_NAME}", "environment");
}

static void names_of_values_have_no_case(void **)
{
    define("Name", "x");
    resolves("${NAME}${name}", "xx");
}

static void a_name_without_value_is_defined_but_empty_of_text(void **)
{
    define("flag", NULL);
    assert_true(ap_exists_config_define("flag"));
    assert_false(ap_exists_config_define("FLAG"));
    resolves("${flag}", "${flag}");
}

static void undefine_takes_back_the_command_line_too(void **)
{
    APR_ARRAY_PUSH(ap_server_config_defines, const char *) = "cli";
    define("other", NULL);
    assert_null(cl_set_un_define(&parms, NULL, "cli"));
    assert_false(ap_exists_config_define("cli"));
    assert_true(ap_exists_config_define("other"));
}

static void the_next_configuration_starts_from_the_command_line(void **)
{
    apr_array_header_t *cli = ap_server_config_defines;
    apr_pool_t *pconf;

    APR_ARRAY_PUSH(cli, const char *) = "cli";
    apr_pool_create(&pconf, pool);
    process.pconf = pconf;
    define("a", "1");
    assert_ptr_not_equal(ap_server_config_defines, cli);
    apr_pool_destroy(pconf);
    assert_ptr_equal(ap_server_config_defines, cli);
    assert_int_equal(cli->nelts, 1);
    assert_null(value_of("a"));
}

static void names_have_no_colon(void **)
{
    define("a", NULL);
    assert_non_null(strstr(cl_set_define(&parms, NULL, "a:b", NULL),
                           "cannot have a colon"));
    assert_non_null(strstr(cl_set_un_define(&parms, NULL, "a:b"),
                           "cannot have a colon"));
}

static void htaccess_files_define_nothing(void **)
{
    define("a", NULL);
    parms.temp_pool = parms.pool;
    assert_string_equal(cl_set_define(&parms, NULL, "b", NULL),
                        "Define cannot occur within htaccess files");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(values_replace_names),
        test(text_without_names_is_not_copied),
        test(undefined_names_stay),
        test(rewrite_maps_stay),
        test(values_are_not_looked_into),
        test(the_environment_comes_second),
        test(names_of_values_have_no_case),
        test(a_name_without_value_is_defined_but_empty_of_text),
        test(undefine_takes_back_the_command_line_too),
        test(the_next_configuration_starts_from_the_command_line),
        test(names_have_no_colon),
        test(htaccess_files_define_nothing),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
