/* SPDX-License-Identifier: Apache-2.0 */
/* restart_check.c -- no restart into a configuration that does not load.
 *
 * A running server that gives up its configuration and then fails to read
 * the new one is down.  So a requested restart first starts this program
 * again with "-t" and the same command line; clients are served meanwhile.
 * Only when that test passes does the MPM learn of the restart; otherwise the
 * test's own words go to the error log and nothing changes.  This sits behind
 * ap_wait_or_timeout(), where every MPM's parent waits, so all MPMs have it.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <apr_strings.h>

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

enum { OUTPUT_SHOWN = 4096, PATIENCE_SECONDS = 120 };

static volatile sig_atomic_t wanted;    /* enum cl_mpm_restart, by handlers */
static const char *start_dir;

static struct {
    pid_t pid;                          /* 0: none is running */
    enum cl_mpm_restart how;
    int output;                         /* what it prints */
    apr_time_t give_up;
} check;

void cl_mpm_restart_remember_start(apr_pool_t *p)
{
    char cwd[PATH_MAX];

    start_dir = getcwd(cwd, sizeof cwd) ? apr_pstrdup(p, cwd) : "/";
}

void cl_mpm_restart_request(enum cl_mpm_restart how)
{
    if ((int)how > wanted) {
        wanted = how;
    }
}

bool cl_mpm_restart_is_wanted(void)
{
    return wanted != CL_MPM_RESTART_NONE && check.pid == 0;
}

/* The command line of this server with -t before everything else. */
static const char **test_argv(const process_rec *process, apr_pool_t *p)
{
    const char **argv = apr_pcalloc(p, sizeof *argv * (process->argc + 2));

    argv[0] = process->argv[0];
    argv[1] = "-t";
    for (int i = 1; i < process->argc; i++) {
        argv[i + 1] = process->argv[i];
    }
    return argv;
}

/* In the new process, between fork and exec. */
static void become_test(const char **argv, int output)
{
    sigset_t none;
    int null = open("/dev/null", O_RDONLY);

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    /* Names on the command line are relative to where we were started. */
    if (start_dir == NULL || chdir(start_dir) == 0) {
        execv("/proc/self/exe", (char *const *)argv);
        execvp(argv[0], (char *const *)argv);
    }
    _exit(127);
}

static void start_check(server_rec *s, enum cl_mpm_restart how, apr_pool_t *p)
{
    apr_pool_t *scratch;
    const char **argv;

    apr_pool_create(&scratch, p);
    argv = test_argv(s->process, scratch);
    check.output = memfd_create("configuration test", MFD_CLOEXEC);
    check.pid = check.output >= 0 ? fork() : -1;
    if (check.pid == 0) {
        become_test(argv, check.output);
    }
    apr_pool_destroy(scratch);
    check.how = how;
    check.give_up = apr_time_now() + apr_time_from_sec(PATIENCE_SECONDS);
    if (check.pid < 0) {
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, s, APLOGNO(50665)
                     "restart refused: could not start a test of the "
                     "configuration; the server goes on as it is");
        close(check.output);
        check.pid = 0;
    }
}

void cl_mpm_restart_step(server_rec *s, apr_pool_t *p)
{
    if (cl_mpm_restart_is_wanted()) {
        enum cl_mpm_restart how = (enum cl_mpm_restart)wanted;

        wanted = CL_MPM_RESTART_NONE;
        start_check(s, how, p);
    }
    else if (check.pid && apr_time_now() > check.give_up) {
        kill(check.pid, SIGKILL);
    }
}

/* Line by line: the log would turn line ends into "\n". */
static void log_output(server_rec *s, char *text)
{
    char *rest = text;
    char *line;

    while ((line = strsep(&rest, "\n")) != NULL) {
        if (*line) {
            ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, APLOGNO(50666)
                         "configuration test: %s", line);
        }
    }
}

static void refuse_restart(server_rec *s, apr_exit_why_e why, int code)
{
    char text[OUTPUT_SHOWN + 1];
    ssize_t got = pread(check.output, text, OUTPUT_SHOWN, 0);

    ap_log_error(APLOG_MARK, APLOG_ERR, 0, s, APLOGNO(50650)
                 "restart refused: the new configuration does not pass its "
                 "test (%s %d); the server goes on with the old one",
                 APR_PROC_CHECK_SIGNALED(why) ? "signal" : "exit status",
                 code);
    text[got > 0 ? got : 0] = '\0';
    log_output(s, text);
}

static void allow_restart(void)
{
    ap_unixd_mpm_retained_data *mpm = ap_unixd_mpm_get_retained_data();

    if (mpm->shutdown_pending) {
        return;
    }
    mpm->is_ungraceful = check.how == CL_MPM_RESTART_HARD;
    mpm->mpm_state = AP_MPMQ_STOPPING;
    mpm->restart_pending = 1;
}

bool cl_mpm_restart_reaped(server_rec *s, const apr_proc_t *child,
                           apr_exit_why_e why, int code)
{
    if (check.pid == 0 || child->pid != check.pid) {
        return false;
    }
    check.pid = 0;
    if (!APR_PROC_CHECK_EXIT(why) || code != 0) {
        refuse_restart(s, why, code);
    }
    else if (wanted != CL_MPM_RESTART_NONE) {
        /* Asked again meanwhile: the files may have changed since, so this
         * answer is stale; keep the stronger wish. */
        cl_mpm_restart_request(check.how);
    }
    else {
        allow_restart();
    }
    close(check.output);
    return true;
}
