/* SPDX-License-Identifier: Apache-2.0 */
/* mpm_common.h -- what MPMs share: children, signals, pipes of death,
 * directives */
#ifndef CLEAT_MPM_COMMON_H
#define CLEAT_MPM_COMMON_H

#include "ap_config.h"
#include "ap_mpm.h"
#include "scoreboard.h"
#include <apr_proc_mutex.h>
#include <apr_poll.h>
#include "ap_listen.h"

#include <signal.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_pod_t ap_pod_t;

/* ---- Signals and defaults ------------------------------------------------ */

/* Restart, stop, when requests are done. */
#define AP_SIG_GRACEFUL 10
#define AP_SIG_GRACEFUL_SHORT USR1
#define AP_SIG_GRACEFUL_STRING "SIGUSR1"
#define AP_SIG_GRACEFUL_STOP 28
#define AP_SIG_GRACEFUL_STOP_SHORT WINCH
#define AP_SIG_GRACEFUL_STOP_STRING "SIGWINCH"

/* Mutex type under which children take turns to accept. */
#define AP_ACCEPT_MUTEX_TYPE "mpm-accept"

/* ListenBacklog; seconds for ListenTCPDeferAccept. */
#define DEFAULT_LISTENBACKLOG 0x1ff
#define DEFAULT_TCP_DEFER_ACCEPT 30

/* Name of that directive. */
#define AP_GRACEFUL_SHUTDOWN_TIMEOUT_COMMAND "GracefulShutdownTimeout"

/* ---- Settings of all MPMs ------------------------------------------------ */

/* PidFile. */
extern AP_DECLARE_DATA const char *ap_pid_fname;

/* MaxConnectionsPerChild, 0: no limit. */
extern AP_DECLARE_DATA int ap_max_requests_per_child;

/* Seconds, 0: no limit. */
extern AP_DECLARE_DATA int ap_graceful_shutdown_timeout;

/* Bytes an allocator keeps, 0: no limit. */
extern AP_DECLARE_DATA apr_uint32_t ap_max_mem_free;

/* Bytes, 0: the system's. */
extern AP_DECLARE_DATA apr_size_t ap_thread_stacksize;

/* Where processes go to crash; whether that was configured. */
extern AP_DECLARE_DATA char ap_coredump_dir[8192];
extern AP_DECLARE_DATA int ap_coredumpdir_configured;

/* Directive functions. */
AP_DECLARE(const char *) ap_mpm_set_pidfile(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_mpm_set_max_requests(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_mpm_set_coredumpdir(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_mpm_set_graceful_shutdown(cmd_parms *cmd,
    void *dummy, const char *arg);
AP_DECLARE(const char *) ap_mpm_set_max_mem_free(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_mpm_set_thread_stacksize(cmd_parms *cmd,
    void *dummy, const char *arg);

/* Defaults, before each reading. */
AP_DECLARE(void) mpm_common_pre_config(apr_pool_t *pconf);

/* Says where it is (-D DUMP_RUN_CFG). */
AP_DECLARE(void) ap_mpm_dump_pidfile(apr_pool_t *p, apr_file_t *out);

/* ---- Start --------------------------------------------------------------- */

/* NULL when one MPM is loaded, or what is wrong. */
AP_DECLARE(const char *) ap_check_mpm(void);

/* Takes -k out of the command line. */
AP_DECLARE(void) ap_mpm_rewrite_args(process_rec *);

/* Does what -k said. 1: done, end with that status; 0: start. */
AP_DECLARE(int) ap_signal_server(int *, apr_pool_t *);

/* Number by name or "#number"; the process ends when there is no such one. */
AP_DECLARE(uid_t) ap_uname2id(const char *name);
AP_DECLARE(gid_t) ap_gname2id(const char *name);

/* Adds inc to the number of modules that give up root's rights; returns it. */
AP_DECLARE(int) ap_sys_privileges_handlers(int inc);

/* In a new child: become the user that serves. OK, DECLINED, or the child
 * ends. */
AP_DECLARE_HOOK(int, drop_privileges, (apr_pool_t *pchild, server_rec *s))

/* ---- Children ------------------------------------------------------------ */

/* Called with (slot, pid, generation) of a child that has gone. */
typedef void ap_reclaim_callback_fn_t(int, pid_t, ap_generation_t);

/* Makes all children go, more and more urgently; terminate: begins with
 * SIGTERM. Waits. */
AP_DECLARE(void) ap_reclaim_child_processes(int terminate,
    ap_reclaim_callback_fn_t *mpm_callback);

/* Collects those that have ended. */
AP_DECLARE(void) ap_relieve_child_processes(ap_reclaim_callback_fn_t *mpm_callback);

/* Remembers a child without a slot; forgets it: 1 and its generation, 0: not
 * known. */
AP_DECLARE(void) ap_register_extra_mpm_process(pid_t pid, ap_generation_t gen);
AP_DECLARE(int) ap_unregister_extra_mpm_process(pid_t pid,
    ap_generation_t *old_gen);

/* Sends a signal to a process of our group only. APR_SUCCESS, APR_EINVAL or why
 * not. */
AP_DECLARE(apr_status_t) ap_mpm_safe_kill(pid_t pid, int sig);

/* Logs how a child ended. APEXIT_CHILDFATAL: stop; APEXIT_CHILDSICK: slow down;
 * APEXIT_OK. */
AP_DECLARE(int) ap_process_child_status(apr_proc_t *pid, apr_exit_why_e why,
    int status);

/* Waits about a second for a child's end: ret->pid, -1: none. Runs the monitor
 * hook. */
AP_DECLARE(void) ap_wait_or_timeout(apr_exit_why_e *status, int *exitcode,
    apr_proc_t *ret, apr_pool_t *p, server_rec *s);

/* The core's child_status hook; a cleanup of pconf: they count generations. */
AP_DECLARE(void) ap_core_child_status(server_rec *s, pid_t pid,
    ap_generation_t gen, int slot, mpm_child_status status);
AP_DECLARE(apr_status_t) ap_mpm_end_gen_helper(void *unused);

/* In the parent, every ten seconds or so. OK or DECLINED. */
AP_DECLARE_HOOK(int, monitor, (apr_pool_t *p, server_rec *s))

/* In a child that is going to end; graceful: when requests are done. */
AP_DECLARE_HOOK(void, child_stopping, (apr_pool_t *pchild, int graceful))

/* ---- Crashes ------------------------------------------------------------- */

/* Handlers for fatal signals; in a child: it is not the parent. */
AP_DECLARE(apr_status_t) ap_fatal_signal_setup(server_rec *s,
    apr_pool_t *in_pconf);
AP_DECLARE(apr_status_t) ap_fatal_signal_child_setup(server_rec *s);

/* ---- Pipes of death: a byte tells one child to go ------------------------ */

/* Bytes in such a pipe: go now; go when requests are done. */
#define AP_MPM_PODX_RESTART_CHAR 36
#define AP_MPM_PODX_GRACEFUL_CHAR 33

/* The same, for callers. */
typedef enum ap_podx_restart_t {
    AP_MPM_PODX_NORESTART = 0,  /* nothing there */
    AP_MPM_PODX_RESTART = 1,    /* go now */
    AP_MPM_PODX_GRACEFUL = 2    /* go when requests are done */
} ap_podx_restart_t;

/* A pipe. */
struct ap_pod_t {
    apr_file_t *pod_in;         /* read by children */
    apr_file_t *pod_out;        /* written by the parent */
    apr_pool_t *p;              /* where it lives */
};

/* For children that sleep in accept(): each byte comes with a connection that
 * wakes one. check: APR_SUCCESS: go; AP_NORESTART: stay. */
AP_DECLARE(apr_status_t) ap_mpm_pod_open(apr_pool_t *p, ap_pod_t **pod);
AP_DECLARE(apr_status_t) ap_mpm_pod_close(ap_pod_t *pod);
AP_DECLARE(apr_status_t) ap_mpm_pod_check(ap_pod_t *pod);
AP_DECLARE(apr_status_t) ap_mpm_pod_signal(ap_pod_t *pod);
AP_DECLARE(void) ap_mpm_pod_killpg(ap_pod_t *pod, int num);

/* The same with a word on how to go; wakes nobody. */
AP_DECLARE(apr_status_t) ap_mpm_podx_open(apr_pool_t *p, ap_pod_t **pod);
AP_DECLARE(apr_status_t) ap_mpm_podx_close(ap_pod_t *pod);
AP_DECLARE(int) ap_mpm_podx_check(ap_pod_t *pod);
AP_DECLARE(apr_status_t) ap_mpm_podx_signal(ap_pod_t *pod,
    ap_podx_restart_t graceful);
AP_DECLARE(void) ap_mpm_podx_killpg(ap_pod_t *pod, int num,
    ap_podx_restart_t graceful);

/* ---- Sockets ------------------------------------------------------------- */

/* Sets TCP_NODELAY on a client's socket. */
AP_DECLARE(void) ap_sock_disable_nagle(apr_socket_t *s);

/* ---- Hooks that an MPM answers, with functions in ap_mpm.h --------------- */

/* Sets *result, and *rv when it does not know. OK or DECLINED. */
AP_DECLARE_HOOK(int, mpm_query, (int query_code, int *result,
    apr_status_t *rv))

/* Its name, such as "event". */
AP_DECLARE_HOOK(const char *, mpm_get_name, (void))

/* See ap_mpm_register_timed_callback(). */
AP_DECLARE_HOOK(apr_status_t, mpm_register_timed_callback, (apr_time_t t,
    ap_mpm_callback_fn_t *cbfn, void *baton))

/* ---- Hooks of asynchronous MPMs ------------------------------------------ */

/* The connection (and r, or NULL) leaves its thread; comes to another one. */
AP_DECLARE_HOOK(void, suspend_connection, (conn_rec *c, request_rec *r))
AP_DECLARE_HOOK(void, resume_connection, (conn_rec *c, request_rec *r))

#ifdef __cplusplus
}
#endif

#endif
