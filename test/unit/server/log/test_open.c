/* SPDX-License-Identifier: Apache-2.0 */
/* Targets of the error log, and how writing to bad ones ends. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "log/open.c"

#include <apr_general.h>

static apr_pool_t *pool;
static apr_pool_t *scratch;

static void syslog_is_a_word_of_its_own(void **)
{
    assert_true(cl_log_is_syslog("syslog"));
    assert_true(cl_log_is_syslog("syslog:user"));
    assert_false(cl_log_is_syslog("syslog.log"));
    assert_false(cl_log_is_syslog(NULL));
}

static void syslog_takes_facility_and_tag(void **)
{
    struct syslog_target target;

    assert_true(parse_syslog(pool, "syslog", &target));
    assert_int_equal(target.facility, LOG_LOCAL7);
    assert_null(target.tag);
    assert_true(parse_syslog(pool, "syslog:USER:srv1", &target));
    assert_int_equal(target.facility, LOG_USER);
    assert_string_equal(target.tag, "srv1");
    assert_true(parse_syslog(pool, "syslog::srv2", &target));
    assert_int_equal(target.facility, LOG_LOCAL7);
    assert_string_equal(target.tag, "srv2");
    assert_false(parse_syslog(pool, "syslog:bogus", &target));
}

static void a_full_disk_does_not_stop_us(void **)
{
    struct cl_log_target target = { 0 };
    char line[CL_LOG_LINE_SIZE] = "text";

    assert_int_equal(apr_file_open(&target.file, "/dev/full", APR_WRITE, 0,
                                   pool), APR_SUCCESS);
    cl_log_write(&target, APLOG_ERR, line, 4);
}

static void a_program_that_does_not_read_does_not_stop_us(void **)
{
    struct cl_log_target target = { 0 };
    char line[CL_LOG_LINE_SIZE];
    apr_file_t *read_end;
    apr_time_t start = apr_time_now();

    assert_int_equal(apr_file_pipe_create(&read_end, &target.file, pool),
                     APR_SUCCESS);
    memset(line, 'x', sizeof line);
    for (int i = 0; i < 2000; i++) {
        cl_log_write(&target, APLOG_ERR, line, 1000);
    }
    assert_true(apr_time_now() - start < apr_time_from_sec(3));
}

static void a_line_is_one_write(void **)
{
    struct cl_log_target target = { 0 };
    char line[CL_LOG_LINE_SIZE] = "text";
    char found[64];
    apr_size_t length = sizeof found;
    apr_file_t *read_end;

    assert_int_equal(apr_file_pipe_create(&read_end, &target.file, pool),
                     APR_SUCCESS);
    cl_log_write(&target, APLOG_ERR, line, 4);
    assert_int_equal(apr_file_read(read_end, found, &length), APR_SUCCESS);
    assert_int_equal(length, 5);
    assert_memory_equal(found, "text\n", 5);
}

static void error_log_needs_a_target(void **)
{
    static const command_rec row = { .name = "ErrorLog" };
    server_rec server = { 0 };
    cmd_parms cmd = { .pool = pool, .temp_pool = scratch, .limited = -1,
                      .cmd = &row, .server = &server };

    assert_non_null(cl_set_error_log(&cmd, NULL, ""));
    assert_non_null(cl_set_error_log(&cmd, NULL, "|"));
    assert_non_null(cl_set_error_log(&cmd, NULL, "||"));
    assert_non_null(cl_set_error_log(&cmd, NULL, "|$ "));
    assert_non_null(cl_set_error_log(&cmd, NULL, "syslog:bogus"));
    assert_null(cl_set_error_log(&cmd, NULL, "logs/x"));
    assert_string_equal(server.error_fname, "logs/x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syslog_is_a_word_of_its_own),
        cmocka_unit_test(syslog_takes_facility_and_tag),
        cmocka_unit_test(a_full_disk_does_not_stop_us),
        cmocka_unit_test(a_program_that_does_not_read_does_not_stop_us),
        cmocka_unit_test(a_line_is_one_write),
        cmocka_unit_test(error_log_needs_a_target),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_pool_create(&scratch, pool);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
