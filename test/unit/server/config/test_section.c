/* SPDX-License-Identifier: Apache-2.0 */
/* The sections' arguments; what happens inside is the business of walk.c. */
#include "config/section.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;
static command_rec record;
static cmd_parms cmd;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    memset(&cmd, 0, sizeof cmd);
    memset(&record, 0, sizeof record);
    record.name = "<X";
    cmd.cmd = &record;
    cmd.pool = cmd.temp_pool = pool;
    cmd.limited = -1;
    cmd.directive = apr_pcalloc(pool, sizeof *cmd.directive);
    cmd.directive->directive = "<X";
    return 0;
}

static struct place place;

static const char *take(const char *arg)
{
    return take_place(&cmd, arg, &place);
}

static void a_place_ends_before_the_last_bracket(void **)
{
    assert_null(take("/a/b>"));
    assert_string_equal(place.text, "/a/b");
    assert_null(take("\"/a > b\">"));
    assert_string_equal(place.text, "/a > b");
    assert_null(take("/a> # why"));
    assert_string_equal(place.text, "/a");
}

static void a_place_is_one_word_that_is_not_empty(void **)
{
    assert_non_null(take("/a"));
    assert_non_null(take(">"));
    assert_non_null(take("/a /b>"));
    assert_non_null(take("\"\">"));
    assert_non_null(take("~>"));
}

static void a_tilde_or_the_section_makes_it_a_regex(void **)
{
    assert_null(take("~ \"^/a\">"));
    assert_non_null(place.regex);
    assert_string_equal(place.text, "^/a");
    assert_null(take("/a>"));
    assert_null(place.regex);
    record.cmd_data = (void *)cl_section_by_regex;
    assert_null(take("/a>"));
    assert_non_null(place.regex);
    assert_non_null(take("\"(\">"));
}

static void a_directory_is_made_canonical_with_a_final_slash(void **)
{
    assert_null(take("/a/../b/./c//d>"));
    assert_null(canonical_dir(&cmd, &place));
    assert_string_equal(place.text, "/b/c/d/");
    assert_null(take("/>"));
    assert_null(canonical_dir(&cmd, &place));
    assert_string_equal(place.text, "/");
    assert_null(take("/home/*/www>"));
    assert_null(canonical_dir(&cmd, &place));
    assert_string_equal(place.text, "/home/*/www/");
}

static void only_the_servers_own_files_may_say_anything(void **)
{
    struct outside outside;

    cmd.override = RSRC_CONF;
    outside = enter(&cmd, "/a");
    assert_int_equal(cmd.override, OR_ALL | ACCESS_CONF);
    assert_string_equal(cmd.path, "/a");
    leave(&cmd, outside);
    assert_int_equal(cmd.override, RSRC_CONF);
    assert_null(cmd.path);

    cmd.path = (char *)"/dir/of/htaccess/";
    cmd.override = OR_FILEINFO;
    outside = enter(&cmd, "a.html");
    assert_int_equal(cmd.override, OR_FILEINFO);
    leave(&cmd, outside);
    assert_string_equal(cmd.path, "/dir/of/htaccess/");
}

static apr_int64_t bit(int method)
{
    return (apr_int64_t)1 << method;
}

static void limit_takes_methods_and_except_the_others(void **)
{
    apr_int64_t methods;

    assert_null(take_methods(&cmd, "GET POST", &methods));
    assert_true(methods == (bit(M_GET) | bit(M_POST)));
    assert_non_null(take_methods(&cmd, "TRACE", &methods));
    record.cmd_data = (void *)cl_section_except;
    assert_null(take_methods(&cmd, "GET TRACE", &methods));
    assert_true(methods == ~(bit(M_GET) | bit(M_TRACE)));
}

static void nested_limits_must_narrow(void **)
{
    cmd.limited = bit(M_GET) | bit(M_POST);
    assert_null(ap_limit_section(&cmd, NULL, "GET>"));
    assert_true(cmd.limited == (bit(M_GET) | bit(M_POST)));
    assert_non_null(ap_limit_section(&cmd, NULL, "PUT>"));
    assert_non_null(ap_limit_section(&cmd, NULL, "GET POST PUT>"));
    assert_non_null(ap_limit_section(&cmd, NULL, ">"));
    assert_non_null(ap_limit_section(&cmd, NULL, "GET"));
}

static void a_method_is_limited_by_the_section_around(void **)
{
    assert_true(ap_method_is_limited(&cmd, "GET"));
    cmd.limited = bit(M_POST);
    assert_false(ap_method_is_limited(&cmd, "GET"));
    assert_true(ap_method_is_limited(&cmd, "POST"));
}

static void else_has_no_condition(void **)
{
    ap_expr_info_t *condition;
    unsigned int kind;

    record.cmd_data = (void *)cl_section_else;
    assert_null(take_if(&cmd, ">", &condition, &kind));
    assert_int_equal(kind, AP_CONDITION_ELSE);
    assert_null(condition);
    assert_non_null(take_if(&cmd, "x>", &condition, &kind));
    record.cmd_data = (void *)cl_section_else_if;
    assert_non_null(take_if(&cmd, ">", &condition, &kind));
    assert_non_null(take_if(&cmd, "true || false>", &condition, &kind));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(a_place_ends_before_the_last_bracket),
        TEST(a_place_is_one_word_that_is_not_empty),
        TEST(a_tilde_or_the_section_makes_it_a_regex),
        TEST(a_directory_is_made_canonical_with_a_final_slash),
        TEST(only_the_servers_own_files_may_say_anything),
        TEST(limit_takes_methods_and_except_the_others),
        TEST(nested_limits_must_narrow),
        TEST(a_method_is_limited_by_the_section_around),
        TEST(else_has_no_condition),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    ap_method_registry_init(pool);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
