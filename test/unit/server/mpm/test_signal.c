/* SPDX-License-Identifier: Apache-2.0 */
/* -k on the command line, and what a pid file says about another server. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "mpm/signal.c"

#include <apr_general.h>
#include <sys/wait.h>
#include <unistd.h>

static apr_pool_t *pool;
static process_rec process;

#define REWRITE(...) \
    rewrite((const char *const[]){ "cleat", __VA_ARGS__, NULL })

static const char *rewrite(const char *const *argv)
{
    const char *line = "";

    process = (process_rec){ .pool = pool, .argv = argv };
    while (argv[process.argc]) {
        process.argc++;
    }
    wanted_verb = NULL;
    ap_mpm_rewrite_args(&process);
    for (int i = 1; i < process.argc; i++) {
        line = apr_pstrcat(pool, line, i > 1 ? " " : "", process.argv[i],
                           NULL);
    }
    assert_null(process.argv[process.argc]);
    return line;
}

static void a_verb_leaves_the_command_line(void **)
{
    assert_string_equal(REWRITE("-f", "x", "-k", "graceful", "-X"),
                        "-f x -X");
    assert_string_equal(wanted_verb->name, "graceful");
    assert_string_equal(REWRITE("-kstop"), "");
    assert_int_equal(wanted_verb->sig, SIGTERM);
}

static void without_a_verb_nothing_is_wanted(void **)
{
    int status = 7;

    assert_string_equal(REWRITE("-t", "-DX"), "-t -D X");
    assert_null(wanted_verb);
    assert_int_equal(ap_signal_server(&status, pool), 0);
}

static void an_unknown_verb_stays_for_the_main_parser(void **)
{
    assert_string_equal(REWRITE("-k", "dance"), "-k dance");
    assert_null(wanted_verb);
}

static void a_line_that_is_not_understood_stays_as_it_is(void **)
{
    assert_string_equal(REWRITE("-t", "-z", "-k", "stop"), "-t -z -k stop");
}

static void without_a_pid_file_no_server_runs(void **)
{
    struct other_server other;

    ap_pid_fname = "/nonexistent/pid";
    assert_true(find_other(&other, pool));
    assert_false(other.alive);
}

static void a_pid_file_may_name_a_live_or_a_dead_process(void **)
{
    struct other_server other;
    apr_file_t *file;
    pid_t dead = fork();

    if (dead == 0) {
        _exit(0);
    }
    waitpid(dead, NULL, 0);
    ap_pid_fname = apr_psprintf(pool, "/tmp/cleat-test-signal.%d", getpid());
    for (int live = 0; live < 2; live++) {
        apr_file_open(&file, ap_pid_fname,
                      APR_WRITE | APR_CREATE | APR_TRUNCATE,
                      APR_OS_DEFAULT, pool);
        apr_file_printf(file, "%d\n", live ? getpid() : dead);
        apr_file_close(file);
        assert_true(find_other(&other, pool));
        assert_int_equal(other.alive, live);
    }
    unlink(ap_pid_fname);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_leaves_the_command_line),
        cmocka_unit_test(without_a_verb_nothing_is_wanted),
        cmocka_unit_test(an_unknown_verb_stays_for_the_main_parser),
        cmocka_unit_test(a_line_that_is_not_understood_stays_as_it_is),
        cmocka_unit_test(without_a_pid_file_no_server_runs),
        cmocka_unit_test(a_pid_file_may_name_a_live_or_a_dead_process),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
