/* SPDX-License-Identifier: Apache-2.0 */
/* signal.c -- signals to the server: those it receives, and those that
 * "cleat -k VERB" sends.
 *
 *   SIGTERM SIGINT   stop now                 -k stop
 *   SIGWINCH         stop when all is served  -k graceful-stop
 *   SIGHUP           restart now              -k restart
 *   SIGUSR1          restart, finish requests -k graceful
 *
 * A handler only takes a note.  Stopping is noted where the MPM looks; a
 * restart is first proved to be possible (restart_check.c).  The handlers
 * stay in place while the configuration is read anew, so that no signal
 * then kills the server.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <apr_getopt.h>
#include <apr_strings.h>

#include <signal.h>

APLOG_USE_MODULE(core);

/* ---- received */

static ap_unixd_mpm_retained_data *retained;

AP_DECLARE(ap_unixd_mpm_retained_data *) ap_unixd_mpm_get_retained_data(void)
{
    static const char key[] = "cleat mpm";

    if (retained == NULL) {
        retained = ap_retained_data_get(key);
    }
    if (retained == NULL) {
        retained = ap_retained_data_create(key, sizeof *retained);
        retained->mpm_state = AP_MPMQ_STARTING;
    }
    return retained;
}

static void on_stop(int sig)
{
    bool gently = sig == AP_SIG_GRACEFUL_STOP;

    if (!gently) {
        retained->is_ungraceful = 1;
    }
    else if (!retained->shutdown_pending) {
        retained->is_ungraceful = 0;
    }
    retained->mpm_state = AP_MPMQ_STOPPING;
    retained->shutdown_pending = 1;
}

static void on_restart(int sig)
{
    cl_mpm_restart_request(sig == AP_SIG_GRACEFUL ? CL_MPM_RESTART_GRACEFUL
                                                  : CL_MPM_RESTART_HARD);
}

static apr_status_t forget_restart(void *)
{
    retained->restart_pending = 0;
    retained->was_graceful = !retained->is_ungraceful;
    retained->is_ungraceful = 0;
    return APR_SUCCESS;
}

static void handle(int sig, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };

    sigemptyset(&action.sa_mask);
    if (sigaction(sig, &action, NULL) != 0) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, errno, ap_server_conf,
                     APLOGNO(50663) "could not watch for signal %d", sig);
    }
}

/* one_process: there is no parent to restart anything, so the signals that
 * ask for a restart end the process in an orderly way too. */
AP_DECLARE(void) ap_unixd_mpm_set_signals(apr_pool_t *pconf, int once_process)
{
    ap_unixd_mpm_get_retained_data();
    if (!once_process) {
        ap_fatal_signal_setup(ap_server_conf, pconf);
    }
    handle(SIGTERM, on_stop);
    handle(SIGINT, on_stop);
    handle(AP_SIG_GRACEFUL_STOP, on_stop);
    handle(SIGHUP, once_process ? on_stop : on_restart);
    handle(AP_SIG_GRACEFUL, once_process ? on_stop : on_restart);
    handle(SIGPIPE, SIG_IGN);
    handle(SIGXFSZ, SIG_IGN);
    handle(SIGXCPU, SIG_DFL);
    apr_pool_cleanup_register(pconf, NULL, forget_restart,
                              apr_pool_cleanup_null);
}

/* ---- sent by -k */

struct verb {
    const char *name;
    int sig;                            /* 0: start */
    bool start_if_absent;
};

static const struct verb verbs[] = {
    { "start", 0, true },
    { "stop", SIGTERM, false },
    { "restart", SIGHUP, true },
    { "graceful", AP_SIG_GRACEFUL, true },
    { "graceful-stop", AP_SIG_GRACEFUL_STOP, false },
    { 0 }
};

static const struct verb *wanted_verb;

static const struct verb *find_verb(const char *name)
{
    for (const struct verb *verb = verbs; verb->name; verb++) {
        if (strcmp(verb->name, name) == 0) {
            return verb;
        }
    }
    return NULL;
}

/* Take "-k VERB" out of the command line: it is for this start only and must
 * not come back in a restart or in the log.  What cannot be understood stays
 * for the main parser to complain about. */
AP_DECLARE(void) ap_mpm_rewrite_args(process_rec *process)
{
    apr_array_header_t *kept = apr_array_make(process->pool, process->argc + 1,
                                              sizeof(const char *));
    const struct verb *verb;
    const char *arg;
    apr_getopt_t *scan;
    apr_status_t rv;
    char letter;

    cl_mpm_restart_remember_start(process->pool);
    apr_getopt_init(&scan, process->pool, process->argc, process->argv);
    scan->errfn = NULL;
    APR_ARRAY_PUSH(kept, const char *) = process->argv[0];
    while ((rv = apr_getopt(scan, AP_SERVER_BASEARGS "k:", &letter, &arg))
           == APR_SUCCESS) {
        verb = letter == 'k' ? find_verb(arg) : NULL;
        if (verb) {
            wanted_verb = verb;
            continue;
        }
        APR_ARRAY_PUSH(kept, const char *) =
            apr_psprintf(process->pool, "-%c", letter);
        if (arg) {
            APR_ARRAY_PUSH(kept, const char *) = arg;
        }
    }
    if (rv != APR_EOF) {
        return;
    }
    for (int i = scan->ind; i < process->argc; i++) {
        APR_ARRAY_PUSH(kept, const char *) = process->argv[i];
    }
    process->argc = kept->nelts;
    APR_ARRAY_PUSH(kept, const char *) = NULL;
    process->argv = (const char *const *)kept->elts;
}

/* Who the pid file names, as far as that is a live process. */
struct other_server {
    pid_t pid;
    bool alive;
    const char *status;                 /* for people */
};

static bool find_other(struct other_server *other, apr_pool_t *p)
{
    apr_status_t rv = ap_read_pid(p, ap_pid_fname, &other->pid);

    other->alive = false;
    if (APR_STATUS_IS_ENOENT(rv)) {
        other->status = "cleat (no pid file) not running";
        return true;
    }
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_STARTUP, rv, NULL, APLOGNO(00058)
                     "could not read a process id from \"%s\"; if the file "
                     "is damaged, stop the server by hand and remove it",
                     ap_server_root_relative(p, ap_pid_fname));
        return false;
    }
    other->alive = kill(other->pid, 0) == 0 || errno == EPERM;
    other->status = apr_psprintf(p, other->alive
                                        ? "cleat (pid %ld) already running"
                                        : "cleat (pid %ld?) not running",
                                 (long)other->pid);
    return true;
}

static int send_signal(pid_t pid, int sig)
{
    if (kill(pid, sig) == 0) {
        return 0;
    }
    ap_log_error(APLOG_MARK, APLOG_STARTUP, errno, NULL, APLOGNO(50664)
                 "could not send a signal to the server, pid %ld", (long)pid);
    return 1;
}

/* 1: the process has done its work and ends with *exit_status; 0: start. */
AP_DECLARE(int) ap_signal_server(int *exit_status, apr_pool_t *pconf)
{
    const struct verb *verb = wanted_verb;
    struct other_server other;

    *exit_status = 0;
    if (verb == NULL) {
        return 0;
    }
    if (!find_other(&other, pconf)) {
        *exit_status = 1;
        return 1;
    }
    if (!other.alive && verb->start_if_absent) {
        if (verb->sig) {
            printf("cleat not running, trying to start\n");
        }
        return 0;
    }
    if (!other.alive || verb->sig == 0) {
        printf("%s\n", other.status);
        return 1;
    }
    *exit_status = send_signal(other.pid, verb->sig);
    return 1;
}
