/* SPDX-License-Identifier: Apache-2.0 */
/* The command line. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "start/options.c"

#include <apr_general.h>
#include <unistd.h>

static apr_pool_t *pool;
static struct cl_start_options got;

#define PARSE(...) \
    parse((const char *const[]){ "cleat", __VA_ARGS__, NULL })

static void parse(const char *const *argv)
{
    process_rec process = { .pool = pool, .argv = argv };

    while (argv[process.argc]) {
        process.argc++;
    }
    ap_run_mode = AP_SQ_RM_UNKNOWN;
    ap_document_root_check = 1;
    cl_start_parse(&got, &process);
}

static const char *defined(int i)
{
    return i < ap_server_config_defines->nelts
               ? APR_ARRAY_IDX(ap_server_config_defines, i, const char *)
               : NULL;
}

static void without_options_the_server_runs_from_its_own_places(void **)
{
    PARSE("-T");
    assert_int_equal(ap_run_mode, AP_SQ_RM_NORMAL);
    assert_int_equal(got.show, CL_SHOW_NOTHING);
    assert_string_equal(got.root, HTTPD_ROOT);
    assert_string_equal(got.config, SERVER_CONFIG_FILE);
    assert_int_equal(ap_document_root_check, 0);
}

static void directories_and_files_are_taken(void **)
{
    PARSE("-d", "/tmp", "-f", "x.conf", "-E", "errors");
    assert_string_equal(got.root, "/tmp");
    assert_string_equal(got.config, "x.conf");
    assert_string_equal(got.startup_log, "errors");
}

static void directives_before_and_after_keep_their_order(void **)
{
    PARSE("-C", "A 1", "-c", "B 2", "-C", "C 3");
    assert_int_equal(ap_server_pre_read_config->nelts, 2);
    assert_string_equal(APR_ARRAY_IDX(ap_server_pre_read_config, 1,
                                      const char *), "C 3");
    assert_int_equal(ap_server_post_read_config->nelts, 1);
}

static void t_alone_is_a_test(void **)
{
    PARSE("-t", "-DX");
    assert_int_equal(ap_run_mode, AP_SQ_RM_CONFIG_TEST);
    assert_string_equal(defined(0), "X");
}

static void a_dump_define_makes_it_a_dump_in_any_order(void **)
{
    PARSE("-t", "-D", "DUMP_RUN_CFG");
    assert_int_equal(ap_run_mode, AP_SQ_RM_CONFIG_DUMP);
    PARSE("-D", "DUMP_INCLUDES", "-t");
    assert_int_equal(ap_run_mode, AP_SQ_RM_CONFIG_DUMP);
    PARSE("-M");
    assert_string_equal(defined(0), "DUMP_MODULES");
    assert_int_equal(ap_run_mode, AP_SQ_RM_CONFIG_DUMP);
    PARSE("-S");
    assert_string_equal(defined(0), "DUMP_VHOSTS");
    assert_string_equal(defined(1), "DUMP_RUN_CFG");
}

static void x_means_debug(void **)
{
    PARSE("-X");
    assert_string_equal(defined(0), "DEBUG");
    assert_int_equal(ap_run_mode, AP_SQ_RM_NORMAL);
}

static void each_list_has_its_letter(void **)
{
    PARSE("-v");
    assert_int_equal(got.show, CL_SHOW_VERSION);
    PARSE("-V");
    assert_int_equal(got.show, CL_SHOW_SETTINGS);
    PARSE("-l");
    assert_int_equal(got.show, CL_SHOW_STATIC_MODULES);
    PARSE("-L");
    assert_int_equal(got.show, CL_SHOW_DIRECTIVES);
    PARSE("-h");
    assert_int_equal(got.show, CL_SHOW_USAGE);
}

static void what_is_not_understood_ends_in_the_usage(void **)
{
    PARSE("-x");
    assert_int_equal(got.show, CL_SHOW_USAGE);
    PARSE("-f");
    assert_int_equal(got.show, CL_SHOW_USAGE);
    PARSE("operand");
    assert_int_equal(got.show, CL_SHOW_USAGE);
}

static void a_wrong_level_or_verb_is_explained(void **)
{
    PARSE("-e", "loud");
    assert_int_equal(got.show, CL_SHOW_USAGE);
    assert_non_null(got.wrong);
    PARSE("-k", "dance");
    assert_int_equal(got.show, CL_SHOW_USAGE);
    assert_non_null(strstr(got.wrong, "dance"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_options_the_server_runs_from_its_own_places),
        cmocka_unit_test(directories_and_files_are_taken),
        cmocka_unit_test(directives_before_and_after_keep_their_order),
        cmocka_unit_test(t_alone_is_a_test),
        cmocka_unit_test(a_dump_define_makes_it_a_dump_in_any_order),
        cmocka_unit_test(x_means_debug),
        cmocka_unit_test(each_list_has_its_letter),
        cmocka_unit_test(what_is_not_understood_ends_in_the_usage),
        cmocka_unit_test(a_wrong_level_or_verb_is_explained),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
