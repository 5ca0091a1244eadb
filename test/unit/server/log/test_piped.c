/* SPDX-License-Identifier: Apache-2.0 */
/* Log programs: that they get the lines, die, come back, and never stop us. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "log/piped.c"

#include <apr_general.h>

#include <stdlib.h>
#include <string.h>

static apr_pool_t *pool;
static char name[] = "/tmp/cleat-test-piped-XXXXXX";

static int set_up(void **)
{
    int fd;

    strcpy(strrchr(name, '-') + 1, "XXXXXX");
    fd = mkstemp(name);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **)
{
    unlink(name);
    return 0;
}

static void write_line(piped_log *pl, const char *line)
{
    assert_int_equal(apr_file_puts(line, ap_piped_log_write_fd(pl)),
                     APR_SUCCESS);
}

/* Waits up to two seconds until the file holds TEXT. */
static void assert_arrives(const char *text)
{
    char found[256];

    for (int i = 0; i < 200; i++) {
        apr_size_t length = sizeof found - 1;
        apr_file_t *file;

        assert_int_equal(apr_file_open(&file, name, APR_READ, 0, pool),
                         APR_SUCCESS);
        apr_file_read_full(file, found, length, &length);
        apr_file_close(file);
        found[length] = '\0';
        if (strcmp(found, text) == 0) {
            return;
        }
        apr_sleep(10000);
    }
    assert_string_equal(found, text);
}

static void a_program_gets_the_lines(void **)
{
    piped_log *pl = ap_open_piped_log(
        pool, apr_pstrcat(pool, "|/usr/bin/dd status=none of=", name, NULL));

    assert_non_null(pl);
    write_line(pl, "one\n");
    ap_close_piped_log(pl);
    assert_arrives("one\n");
}

static void a_dollar_asks_for_the_shell(void **)
{
    piped_log *pl = ap_open_piped_log(
        pool, apr_pstrcat(pool, "$tr a-z A-Z | cat > ", name, NULL));

    assert_non_null(pl);
    write_line(pl, "one\n");
    ap_close_piped_log(pl);
    assert_arrives("ONE\n");
}

static void a_missing_program_is_an_error(void **)
{
    apr_status_t rv;

    assert_null(cl_log_open_piped(pool, "/does/not/exist x", &rv));
    assert_true(APR_STATUS_IS_ENOENT(rv));
    assert_null(cl_log_open_piped(pool, "", &rv));
    assert_int_not_equal(rv, APR_SUCCESS);
    assert_null(open_pipes);
}

static void a_dead_program_is_started_again_and_nothing_is_lost(void **)
{
    piped_log *pl = ap_open_piped_log(
        pool, apr_pstrcat(pool, "/usr/bin/tee -a ", name, NULL));
    pid_t first = pl->process->pid;
    apr_proc_t dead = *pl->process;
    int code;
    apr_exit_why_e why;

    kill(first, SIGKILL);
    assert_int_equal(apr_proc_wait(&dead, &code, &why, APR_WAIT),
                     APR_CHILD_DONE);
    write_line(pl, "two\n");
    apr_proc_other_child_alert(&dead, APR_OC_REASON_DEATH, code);
    assert_non_null(pl->process);
    assert_int_not_equal(pl->process->pid, first);
    assert_arrives("two\n");
    ap_close_piped_log(pl);
}

static void a_program_ends_when_the_log_is_closed(void **)
{
    piped_log *pl = ap_open_piped_log(pool, "/usr/bin/cat");
    apr_proc_t process = *pl->process;
    apr_status_t rv = APR_CHILD_NOTDONE;
    int code;
    apr_exit_why_e why;

    ap_close_piped_log(pl);
    for (int i = 0; i < 200 && rv == APR_CHILD_NOTDONE; i++) {
        rv = apr_proc_wait(&process, &code, &why, APR_NOWAIT);
        apr_sleep(10000);
    }
    assert_int_equal(rv, APR_CHILD_DONE);
    assert_int_equal(code, 0);
}

static void a_pool_that_goes_takes_the_log_along(void **)
{
    apr_pool_t *brief;

    apr_pool_create(&brief, pool);
    assert_non_null(ap_open_piped_log(brief, "/usr/bin/cat"));
    apr_pool_clear(brief);
    assert_null(open_pipes);
    assert_non_null(ap_open_piped_log(brief, "/usr/bin/cat"));
    apr_pool_destroy(brief);
    assert_null(open_pipes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_program_gets_the_lines),
        TEST(a_dollar_asks_for_the_shell),
        TEST(a_missing_program_is_an_error),
        TEST(a_dead_program_is_started_again_and_nothing_is_lost),
        TEST(a_program_ends_when_the_log_is_closed),
        TEST(a_pool_that_goes_takes_the_log_along),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
