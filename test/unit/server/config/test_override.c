/* SPDX-License-Identifier: Apache-2.0 */
#include "config/override.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { EVERYTHING = OPT_ALL | OPT_SYM_OWNER | OPT_MULTI };

static apr_pool_t *pool;
static server_rec server;
static cmd_parms cmd;
static core_dir_config conf;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    memset(&cmd, 0, sizeof cmd);
    memset(&conf, 0, sizeof conf);
    server.log.level = APLOG_EMERG;
    cmd.pool = cmd.temp_pool = pool;
    cmd.server = &server;
    cmd.override_opts = EVERYTHING;
    cmd.directive = apr_pcalloc(pool, sizeof *cmd.directive);
    conf.opts = OPT_UNSET;
    conf.override = OR_UNSET;
    conf.override_opts = OPT_UNSET | EVERYTHING;
    return 0;
}

static const char *options(const char *args)
{
    return cl_set_options(&cmd, &conf, args);
}

static const char *allow(const char *args)
{
    static const command_rec record = { .name = "AllowOverride" };

    cmd.cmd = &record;
    return cl_set_allow_override(&cmd, &conf, args);
}

static void options_without_sign_replace_what_was(void **)
{
    assert_null(options("Indexes followsymlinks"));
    assert_int_equal(conf.opts, OPT_INDEXES | OPT_SYM_LINKS);
    assert_null(options("None"));
    assert_int_equal(conf.opts, OPT_NONE);
    assert_null(options("All"));
    assert_int_equal(conf.opts, OPT_ALL);
}

static void options_with_signs_are_collected(void **)
{
    assert_null(options("+Indexes -ExecCGI"));
    assert_true(conf.opts & OPT_UNSET);
    assert_int_equal(conf.opts_add, OPT_INDEXES);
    assert_int_equal(conf.opts_remove, OPT_EXECCGI);
    assert_null(options("-Indexes"));
    assert_int_equal(conf.opts_add, 0);
    assert_int_equal(conf.opts_remove, OPT_EXECCGI | OPT_INDEXES);
}

static void signs_are_for_all_options_or_for_none(void **)
{
    assert_non_null(options("Indexes +Includes"));
    assert_non_null(options("+Indexes Includes"));
    assert_non_null(options("All +Indexes Includes"));
    assert_null(options("All -Indexes"));
    assert_int_equal(conf.opts, OPT_ALL & ~OPT_INDEXES);
    assert_null(options("None Indexes"));
    assert_int_equal(conf.opts, OPT_INDEXES);
}

static void all_and_none_come_first_and_without_sign(void **)
{
    assert_non_null(options("+All"));
    assert_non_null(options("-None"));
    assert_non_null(options("Indexes None"));
    assert_non_null(options("Indexes All"));
}

static void unknown_options_are_refused_by_name(void **)
{
    assert_non_null(strstr(options("Foo"), "Foo"));
    assert_non_null(options("+"));
}

static void either_minus_takes_includes_away_with_exec(void **)
{
    assert_null(options("-IncludesNOEXEC"));
    assert_int_equal(conf.opts_remove, INCLUDES_WITH_EXEC);
}

static void plus_noexec_takes_only_exec_away(void **)
{
    assert_null(options("+IncludesNOEXEC"));
    assert_int_equal(conf.opts_add, OPT_INCLUDES);
    assert_int_equal(conf.opts_remove, OPT_INC_WITH_EXEC);
}

static void options_left_out_of_allowoverride_are_refused(void **)
{
    cmd.override_opts = OPT_INDEXES;
    assert_null(options("Indexes"));
    assert_null(options("None"));
    assert_non_null(options("All"));
    assert_non_null(options("-ExecCGI"));
    cmd.override_opts = OPT_INCLUDES;
    assert_null(options("IncludesNOEXEC"));
    assert_non_null(options("Includes"));
}

static void classes_add_up(void **)
{
    assert_null(allow("AuthConfig fileinfo"));
    assert_int_equal(conf.override, OR_AUTHCFG | OR_FILEINFO);
    assert_null(allow("Limit"));
    assert_int_equal(conf.override, OR_LIMIT);
}

static void all_allows_every_option_and_none_nothing(void **)
{
    assert_null(allow("All"));
    assert_int_equal(conf.override, OR_ALL);
    assert_int_equal(conf.override_opts, EVERYTHING);
    assert_null(allow("None"));
    assert_int_equal(conf.override, OR_NONE);
}

static void bare_options_leaves_multiviews_and_owner_match_out(void **)
{
    assert_null(allow("Options"));
    assert_int_equal(conf.override, OR_OPTIONS);
    assert_int_equal(conf.override_opts, OPT_ALL);
}

static void options_may_be_listed(void **)
{
    assert_null(allow("Options=Indexes,multiviews, AuthConfig"));
    assert_int_equal(conf.override, OR_OPTIONS | OR_AUTHCFG);
    assert_int_equal(conf.override_opts, OPT_INDEXES | OPT_MULTI);
    assert_null(allow("Options="));
    assert_int_equal(conf.override_opts, OPT_NONE);
    assert_non_null(allow("Options=Foo"));
    assert_non_null(allow("Options=+Indexes"));
}

static void nonfatal_needs_its_kind(void **)
{
    assert_null(allow("Nonfatal=Override AuthConfig"));
    assert_int_equal(conf.override, NONFATAL_OVERRIDE | OR_AUTHCFG);
    assert_null(allow("nonfatal=ALL"));
    assert_int_equal(conf.override, NONFATAL_ALL);
    assert_non_null(allow("Nonfatal"));
    assert_non_null(allow("Nonfatal=foo"));
}

static void unknown_classes_are_refused(void **)
{
    assert_non_null(allow("Foo"));
    assert_non_null(allow("FileInfo=x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(options_without_sign_replace_what_was),
        TEST(options_with_signs_are_collected),
        TEST(signs_are_for_all_options_or_for_none),
        TEST(all_and_none_come_first_and_without_sign),
        TEST(unknown_options_are_refused_by_name),
        TEST(either_minus_takes_includes_away_with_exec),
        TEST(plus_noexec_takes_only_exec_away),
        TEST(options_left_out_of_allowoverride_are_refused),
        TEST(classes_add_up),
        TEST(all_allows_every_option_and_none_nothing),
        TEST(bare_options_leaves_multiviews_and_owner_match_out),
        TEST(options_may_be_listed),
        TEST(nonfatal_needs_its_kind),
        TEST(unknown_classes_are_refused),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
