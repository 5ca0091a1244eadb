/* SPDX-License-Identifier: Apache-2.0 */
/* LogLevel: where a level goes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "log/level.c"

#include <apr_general.h>

static apr_pool_t *pool;
static apr_pool_t *scratch;
static server_rec server;
static core_dir_config dir;
static cmd_parms cmd;

static int set_up(void **)
{
    static const command_rec row = { .name = "LogLevel" };

    server = (server_rec){ .log.level = APLOG_EMERG };
    dir = (core_dir_config){ 0 };
    cmd = (cmd_parms){ .pool = pool, .temp_pool = scratch, .limited = -1,
                       .cmd = &row, .server = &server };
    return 0;
}

static void levels_have_names(void **)
{
    assert_string_equal(cl_log_level_name(APLOG_WARNING), "warn");
    assert_string_equal(cl_log_level_name(APLOG_TRACE8), "trace8");
    assert_string_equal(cl_log_level_name(APLOG_STARTUP | APLOG_ERR), "error");
}

static void a_level_at_the_top_is_the_server_s(void **)
{
    assert_null(cl_set_log_level(&cmd, &dir, "trace3"));
    assert_int_equal(server.log.level, APLOG_TRACE3);
    assert_null(dir.log);
}

static void a_level_in_a_section_is_the_directory_s(void **)
{
    cmd.path = apr_pstrdup(pool, "/x");
    assert_null(cl_set_log_level(&cmd, &dir, "debug"));
    assert_int_equal(server.log.level, APLOG_EMERG);
    assert_int_equal(dir.log->level, APLOG_DEBUG);
}

static void mistakes_are_refused(void **)
{
    assert_non_null(cl_set_log_level(&cmd, &dir, "loud"));
    assert_non_null(cl_set_log_level(&cmd, &dir, "no_such_module:info"));
    assert_non_null(cl_set_log_level(&cmd, &dir, ":info"));
    assert_non_null(cl_set_log_level(&cmd, &dir, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(levels_have_names, set_up),
        cmocka_unit_test_setup(a_level_at_the_top_is_the_server_s, set_up),
        cmocka_unit_test_setup(a_level_in_a_section_is_the_directory_s,
                               set_up),
        cmocka_unit_test_setup(mistakes_are_refused, set_up),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_pool_create(&scratch, pool);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
