/* SPDX-License-Identifier: Apache-2.0 */
/* ap_mpm.h -- what a multi-processing module offers */
#ifndef CLEAT_AP_MPM_H
#define CLEAT_AP_MPM_H

#include <apr_thread_proc.h>
#include "httpd.h"
#include "scoreboard.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Questions ----------------------------------------------------------- */

/* query_code of ap_mpm_query(). */
#define AP_MPMQ_MAX_DAEMON_USED 1       /* highest slot of the scoreboard
                                         * used, plus one */
#define AP_MPMQ_IS_THREADED 2           /* NOT_SUPPORTED, STATIC or DYNAMIC */
#define AP_MPMQ_IS_FORKED 3             /* the same */
#define AP_MPMQ_HARD_LIMIT_DAEMONS 4    /* ServerLimit */
#define AP_MPMQ_HARD_LIMIT_THREADS 5    /* ThreadLimit */
#define AP_MPMQ_MAX_THREADS 6           /* threads per child */
#define AP_MPMQ_MIN_SPARE_DAEMONS 7
#define AP_MPMQ_MIN_SPARE_THREADS 8
#define AP_MPMQ_MAX_SPARE_DAEMONS 9
#define AP_MPMQ_MAX_SPARE_THREADS 10
#define AP_MPMQ_MAX_REQUESTS_DAEMON 11  /* connections per child, 0: no limit */
#define AP_MPMQ_MAX_DAEMONS 12          /* most children at a time */
#define AP_MPMQ_MPM_STATE 13            /* STARTING, RUNNING, STOPPING */
#define AP_MPMQ_IS_ASYNC 14             /* waits for clients without a thread */
#define AP_MPMQ_GENERATION 15           /* of this process */
#define AP_MPMQ_HAS_SERF 16
#define AP_MPMQ_CAN_WAITIO 19           /* knows CONN_STATE_ASYNC_WAITIO */

/* No; yes, a fixed number; yes, as many as needed. */
#define AP_MPMQ_NOT_SUPPORTED 0
#define AP_MPMQ_STATIC 1
#define AP_MPMQ_DYNAMIC 2

/* Answers to AP_MPMQ_MPM_STATE. */
#define AP_MPMQ_STARTING 0
#define AP_MPMQ_RUNNING 1
#define AP_MPMQ_STOPPING 2

/* Asks the MPM. APR_SUCCESS, APR_ENOTIMPL: it does not know; APR_EGENERAL: none
 * is loaded. */
AP_DECLARE(apr_status_t) ap_mpm_query(int query_code, int *result);

/* ---- Services ------------------------------------------------------------ */

/* Called in a worker thread with its baton. */
typedef void ap_mpm_callback_fn_t(void *);

/* Calls cbfn once, at time t from now on. APR_ENOTIMPL: this MPM has no
 * timers. */
AP_DECLARE(apr_status_t) ap_mpm_register_timed_callback(apr_time_t t,
    ap_mpm_callback_fn_t *cbfn, void *baton);

/* As apr_proc_create(), through suexec where a get_suexec_identity hook says
 * who. */
AP_DECLARE(apr_status_t) ap_os_create_privileged_process(const request_rec *r,
    apr_proc_t *newproc, const char *progname, const char *const *args,
    const char *const *env, apr_procattr_t *attr, apr_pool_t *p);

/* Profiling control; does nothing. */
#define AP_MONCONTROL(x)

/* ---- Hooks in the parent ------------------------------------------------- */

/* What happened to a child. */
typedef enum mpm_child_status {
    MPM_CHILD_STARTED = 0,      /* it runs */
    MPM_CHILD_EXITED = 1,       /* it has gone */
    MPM_CHILD_LOST_SLOT = 2     /* it runs, but another has its scoreboard
                                 * slot */
} mpm_child_status;

/* Serve. OK: restart; DONE: end; anything else is an error. */
AP_DECLARE_HOOK(int, mpm, (apr_pool_t *pconf, apr_pool_t *plog,
    server_rec *server_conf))

/* A child of generation gen in a slot of the scoreboard. */
AP_DECLARE_HOOK(void, child_status, (server_rec *s, pid_t pid,
    ap_generation_t gen, int slot, mpm_child_status state))

/* The last child of gen has gone: what only it needed may go. */
AP_DECLARE_HOOK(void, end_generation, (server_rec *s, ap_generation_t gen))

#ifdef __cplusplus
}
#endif

#endif
