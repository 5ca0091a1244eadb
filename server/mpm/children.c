/* SPDX-License-Identifier: Apache-2.0 */
/* children.c -- wait for children, make them go, say how they went.
 *
 * A child is known by its pid in the scoreboard, which children can write to,
 * so a pid is never signalled before the kernel confirms that the process is
 * in our group.  "Extra" processes are children that lost their slot to a
 * younger one but still finish their requests.
 */
#include "mpm/mpm.h"

#include "ap_mpm.h"
#include "http_log.h"
#include "http_main.h"

#include <apr_signal.h>
#include <apr_strings.h>

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

APLOG_USE_MODULE(core);

/* ---- processes without a slot */

struct extra_process {
    struct extra_process *next;
    pid_t pid;
    ap_generation_t gen;
};

static struct extra_process *extras;

AP_DECLARE(void) ap_register_extra_mpm_process(pid_t pid, ap_generation_t gen)
{
    struct extra_process *extra = malloc(sizeof *extra);

    if (extra == NULL) {
        ap_abort_on_oom();
    }
    *extra = (struct extra_process){ extras, pid, gen };
    extras = extra;
}

/* 1: it was one of them (its generation in *old_gen), and is forgotten. */
AP_DECLARE(int) ap_unregister_extra_mpm_process(pid_t pid,
                                                ap_generation_t *old_gen)
{
    for (struct extra_process **at = &extras; *at; at = &(*at)->next) {
        struct extra_process *extra = *at;

        if (extra->pid == pid) {
            *old_gen = extra->gen;
            *at = extra->next;
            free(extra);
            return 1;
        }
    }
    return 0;
}

/* ---- signals to children */

AP_DECLARE(apr_status_t) ap_mpm_safe_kill(pid_t pid, int sig)
{
    pid_t group;

    if (pid == 0) {
        return APR_EINVAL;              /* an empty slot */
    }
    if (pid < 2) {
        ap_log_error(APLOG_MARK, APLOG_ALERT, 0, ap_server_conf,
                     APLOGNO(50658) "refused to send signal %d to pid %ld, "
                     "which cannot be a child", sig, (long)pid);
        return APR_EINVAL;
    }
    group = getpgid(pid);
    if (group == -1) {
        return errno;                   /* gone already */
    }
    if (group != getpgrp()) {
        ap_log_error(APLOG_MARK, APLOG_ALERT, 0, ap_server_conf,
                     APLOGNO(50659) "refused to send signal %d to pid %ld: "
                     "it is in process group %ld, not in ours", sig,
                     (long)pid, (long)group);
        return APR_EINVAL;
    }
    return kill(pid, sig) == 0 ? APR_SUCCESS : errno;
}

/* ---- the end of a child in words */

static bool is_stopping(void)
{
    int state;

    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS
           && state == AP_MPMQ_STOPPING;
}

/* Signals the parent itself sends are no news; SIGKILL it sends at the end
 * only, before that it is an administrator or the kernel out of memory. */
static bool is_ours(int sig)
{
    return sig == SIGTERM || sig == SIGHUP || sig == AP_SIG_GRACEFUL
           || (sig == SIGKILL && is_stopping());
}

static void report_signal(const apr_proc_t *child, apr_exit_why_e why, int sig)
{
    const char *name = apr_signal_description_get(sig);

    if (is_ours(sig)) {
        return;
    }
    if (APR_PROC_CHECK_CORE_DUMP(why)) {
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, ap_server_conf,
                     APLOGNO(00051) "child pid %ld exit signal %s (%d), "
                     "possible coredump in %s", (long)child->pid, name, sig,
                     ap_coredump_dir);
        return;
    }
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, ap_server_conf, APLOGNO(00052)
                 "child pid %ld exit signal %s (%d)", (long)child->pid, name,
                 sig);
}

/* APEXIT_CHILDFATAL: stop the server; APEXIT_CHILDSICK: fork slowly; 0. */
AP_DECLARE(int) ap_process_child_status(apr_proc_t *pid, apr_exit_why_e why,
                                        int status)
{
    if (APR_PROC_CHECK_SIGNALED(why)) {
        report_signal(pid, why, status);
        return APEXIT_OK;
    }
    if (status == APEXIT_CHILDFATAL) {
        ap_log_error(APLOG_MARK, APLOG_ALERT, 0, ap_server_conf,
                     APLOGNO(00050) "child %ld could not start for a reason "
                     "that other children would meet too (see the line "
                     "above)", (long)pid->pid);
        return APEXIT_CHILDFATAL;
    }
    return status == APEXIT_CHILDSICK ? APEXIT_CHILDSICK : APEXIT_OK;
}

/* ---- waiting */

static const int waking_signals[] = {
    SIGCHLD, SIGTERM, SIGINT, SIGHUP, AP_SIG_GRACEFUL, AP_SIG_GRACEFUL_STOP
};

static void look_up(int)
{
}

/* Sleep until a signal or the time is over.  The signals are blocked by the
 * caller and let in only while sleeping: none is missed in between. */
static void doze(apr_interval_time_t left, const sigset_t *let_in)
{
    struct timespec ts = {
        .tv_sec = apr_time_sec(left),
        .tv_nsec = apr_time_usec(left) * 1000
    };

    ppoll(NULL, 0, &ts, let_in);
}

static bool something_pending(void)
{
    const ap_unixd_mpm_retained_data *mpm = ap_unixd_mpm_get_retained_data();

    return mpm->shutdown_pending || mpm->restart_pending;
}

/* True when a child has ended; those of this room are dealt with here. */
static bool reap(apr_proc_t *child, int *code, apr_exit_why_e *why,
                 apr_pool_t *p, server_rec *s)
{
    for (;;) {
        apr_status_t rv = apr_proc_wait_all_procs(child, code, why,
                                                  APR_NOWAIT, p);
        if (!APR_STATUS_IS_CHILD_DONE(rv)) {
            return false;
        }
        if (!cl_mpm_restart_reaped(s, child, *why, *code)) {
            return true;
        }
    }
}

static bool wait_a_second(apr_proc_t *child, int *code, apr_exit_why_e *why,
                          apr_pool_t *p, server_rec *s, const sigset_t *open)
{
    apr_time_t end = apr_time_now() + apr_time_from_sec(1);

    for (;;) {
        apr_interval_time_t left;

        cl_mpm_restart_step(s, p);
        if (reap(child, code, why, p, s)) {
            return true;
        }
        left = end - apr_time_now();
        if (something_pending() || left <= 0) {
            return false;
        }
        if (!cl_mpm_restart_is_wanted()) {
            doze(left, open);
        }
    }
}

static void run_monitor_when_due(apr_pool_t *p, server_rec *s)
{
    static apr_time_t due;
    apr_time_t now = apr_time_now();

    if (now >= due) {
        if (due != 0) {
            ap_run_monitor(p, s);
        }
        due = now + apr_time_from_sec(10);
    }
}

/* A child that has ended, or ret->pid == -1 after about a second.  The death
 * of a child and the signals of an MPM end the wait at once. */
AP_DECLARE(void) ap_wait_or_timeout(apr_exit_why_e *status, int *exitcode,
                                    apr_proc_t *ret, apr_pool_t *p,
                                    server_rec *s)
{
    struct sigaction wake = { .sa_handler = look_up, .sa_flags = SA_RESTART };
    struct sigaction before;
    sigset_t closed, open;

    run_monitor_when_due(p, s);
    sigemptyset(&closed);
    for (size_t i = 0; i < sizeof waking_signals / sizeof *waking_signals;
         i++) {
        sigaddset(&closed, waking_signals[i]);
    }
    /* Only while waiting, so that no child inherits it. */
    sigaction(SIGCHLD, &wake, &before);
    sigprocmask(SIG_BLOCK, &closed, &open);
    if (!wait_a_second(ret, exitcode, status, p, s, &open)) {
        ret->pid = -1;
    }
    sigaction(SIGCHLD, &before, NULL);
    sigprocmask(SIG_SETMASK, &open, NULL);
}

/* ---- making all children go */

/* What to do to a child that is still there so long after the start. */
struct escalation {
    apr_interval_time_t after;
    int sig;                            /* 0: nothing, give up */
    int level;
    const char *text;
};

static const struct escalation escalations[] = {
    { apr_time_from_sec(3), SIGTERM, APLOG_WARNING,
      APLOGNO(00045) "child process %ld still did not exit, "
      "sending a SIGTERM" },
    { apr_time_from_sec(6), SIGTERM, APLOG_WARNING,
      APLOGNO(00045) "child process %ld still did not exit, "
      "sending a SIGTERM" },
    { apr_time_from_sec(9), SIGKILL, APLOG_ERR,
      APLOGNO(00046) "child process %ld still did not exit, "
      "sending a SIGKILL" },
    { apr_time_from_sec(10), 0, APLOG_ERR,
      APLOGNO(00047) "could not make child process %ld exit; "
      "continuing without it" }
};
enum { ESCALATIONS = sizeof escalations / sizeof *escalations };

static bool is_gone(pid_t pid)
{
    pid_t got;
    int how;

    do {
        got = waitpid(pid, &how, WNOHANG);
    } while (got == -1 && errno == EINTR);
    return got == pid || got == -1;     /* -1: no child of ours */
}

static void urge(pid_t pid, const struct escalation *step)
{
    if (step == NULL) {
        return;
    }
    ap_log_error(APLOG_MARK, step->level, 0, ap_server_conf, step->text,
                 (long)pid);
    if (step->sig) {
        ap_mpm_safe_kill(pid, step->sig);
    }
}

static int visit_slots(ap_reclaim_callback_fn_t *gone,
                       const struct escalation *step)
{
    int slots = 0;
    int alive = 0;

    ap_mpm_query(AP_MPMQ_MAX_DAEMON_USED, &slots);
    for (int i = 0; i < slots; i++) {
        const process_score *ps = ap_get_scoreboard_process(i);
        pid_t pid = ps ? ps->pid : 0;

        if (pid == 0) {
            continue;
        }
        if (is_gone(pid)) {
            gone(i, 0, 0);
            continue;
        }
        urge(pid, step);
        alive++;
    }
    return alive;
}

static int visit_extras(ap_reclaim_callback_fn_t *gone,
                        const struct escalation *step)
{
    struct extra_process *next;
    int alive = 0;

    for (struct extra_process *extra = extras; extra; extra = next) {
        pid_t pid = extra->pid;
        ap_generation_t gen;

        next = extra->next;
        if (is_gone(pid)) {
            if (ap_unregister_extra_mpm_process(pid, &gen)) {
                gone(-1, pid, gen);
            }
            continue;
        }
        urge(pid, step);
        alive++;
    }
    return alive;
}

static int visit_all(ap_reclaim_callback_fn_t *gone,
                     const struct escalation *step)
{
    return visit_extras(gone, step) + visit_slots(gone, step);
}

/* terminate: a SIGTERM first, instead of time to go by themselves. */
AP_DECLARE(void) ap_reclaim_child_processes(
    int terminate, ap_reclaim_callback_fn_t *mpm_callback)
{
    static const struct escalation at_once = {
        0, SIGTERM, APLOG_TRACE1, "sending SIGTERM to child process %ld"
    };
    apr_time_t start = apr_time_now();
    apr_interval_time_t pause = 1000;
    int next = 0;
    int alive = visit_all(mpm_callback, terminate ? &at_once : NULL);

    while (alive > 0 && next < ESCALATIONS) {
        const struct escalation *step = NULL;

        apr_sleep(pause);
        pause = pause < apr_time_from_msec(250) ? pause * 2 : pause;
        if (apr_time_now() - start >= escalations[next].after) {
            step = &escalations[next++];
        }
        alive = visit_all(mpm_callback, step);
    }
    apr_proc_other_child_refresh_all(APR_OC_REASON_RESTART);
}

/* Collect those that have ended, without waiting or urging. */
AP_DECLARE(void) ap_relieve_child_processes(
    ap_reclaim_callback_fn_t *mpm_callback)
{
    visit_all(mpm_callback, NULL);
}
