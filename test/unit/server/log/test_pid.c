/* SPDX-License-Identifier: Apache-2.0 */
/* Pid files, ours and broken ones. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "log/pid.c"

#include <apr_general.h>

static apr_pool_t *pool;

static void a_number_with_blanks_around_is_a_pid(void **)
{
    pid_t pid = 0;

    assert_int_equal(parse_pid("123\n", &pid), APR_SUCCESS);
    assert_int_equal(pid, 123);
    assert_int_equal(parse_pid(" 7 ", &pid), APR_SUCCESS);
    assert_int_equal(pid, 7);
}

static void anything_else_is_not(void **)
{
    pid_t pid = 0;

    assert_int_not_equal(parse_pid("", &pid), APR_SUCCESS);
    assert_int_not_equal(parse_pid("-1", &pid), APR_SUCCESS);
    assert_int_not_equal(parse_pid("0", &pid), APR_SUCCESS);
    assert_int_not_equal(parse_pid("12x", &pid), APR_SUCCESS);
    assert_int_not_equal(parse_pid("99999999999999999999", &pid), APR_SUCCESS);
}

static void what_is_written_can_be_read(void **)
{
    const char *name = apr_psprintf(pool, "/tmp/cleat-test-pid.%d", getpid());
    pid_t pid = 0;

    ap_log_pid(pool, name);
    assert_int_equal(ap_read_pid(pool, name, &pid), APR_SUCCESS);
    assert_int_equal(pid, getpid());
    ap_remove_pid(pool, name);
    assert_true(APR_STATUS_IS_ENOENT(ap_read_pid(pool, name, &pid)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_with_blanks_around_is_a_pid),
        cmocka_unit_test(anything_else_is_not),
        cmocka_unit_test(what_is_written_can_be_read),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
