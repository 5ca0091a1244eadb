/* SPDX-License-Identifier: Apache-2.0 */
/* crash.c -- fatal signals: go where a core file may be written, tell the
 * modules that asked for it, and die of the same signal.
 *
 * The handler runs in a broken process.  A child does as little as possible:
 * its parent reports it.  A crashing parent has nobody above, so it logs, and
 * an alarm ends it should the logging hang.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <signal.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

static const int fatal_signals[] = {
    SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE
};

static pid_t parent_pid;
static pid_t my_pid;
static bool exception_hook_on;

void cl_mpm_exception_hook_enable(bool on)
{
    exception_hook_on = on;
}

static void on_fatal_signal(int sig)
{
    if (chdir(ap_coredump_dir) != 0) {
        /* Then the core file is tried where we are. */
    }
    if (my_pid == parent_pid && getpid() == parent_pid) {
        signal(SIGALRM, SIG_DFL);
        alarm(2);
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, ap_server_conf,
                     APLOGNO(00060) "seg fault or similar nasty error "
                     "detected in the parent process (signal %d); children "
                     "that are left may need to be stopped by hand", sig);
    }
    else if (exception_hook_on) {
        ap_exception_info_t info = { .sig = sig, .pid = my_pid };

        ap_run_fatal_exception(&info);
    }
    /* SA_RESETHAND put the default action back: this ends the process as
     * soon as the handler returns and the signal is unblocked. */
    kill(getpid(), sig);
}

AP_DECLARE(apr_status_t) ap_fatal_signal_setup(server_rec *s, apr_pool_t *)
{
    struct sigaction action = {
        .sa_handler = on_fatal_signal,
        .sa_flags = SA_RESETHAND
    };

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals;
         i++) {
        if (sigaction(fatal_signals[i], &action, NULL) != 0) {
            ap_log_error(APLOG_MARK, APLOG_WARNING, errno, s, APLOGNO(50662)
                         "could not watch for fatal signal %d",
                         fatal_signals[i]);
        }
    }
    parent_pid = my_pid = getpid();
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_fatal_signal_child_setup(server_rec *)
{
    my_pid = getpid();
    return APR_SUCCESS;
}
