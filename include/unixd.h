/* SPDX-License-Identifier: Apache-2.0 */
/* unixd.h -- Unix: identity of children, signals, accepting */
#ifndef CLEAT_UNIXD_H
#define CLEAT_UNIXD_H

#include "httpd.h"
#include "http_config.h"
#include "scoreboard.h"
#include "ap_listen.h"
#include <apr_hooks.h>
#include <apr_thread_proc.h>
#include <apr_proc_mutex.h>
#include <apr_global_mutex.h>

#include <pwd.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/ipc.h>
#include <sys/sem.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_unix_identity_t ap_unix_identity_t;
typedef struct unixd_config_rec unixd_config_rec;
typedef struct ap_unixd_mpm_retained_data ap_unixd_mpm_retained_data;

/* ---- Identity ------------------------------------------------------------ */

/* User and Group where they are not configured. */
#define DEFAULT_USER "#-1"
#define DEFAULT_GROUP "#-1"

/* What mod_unixd configures. */
struct unixd_config_rec {
    const char *user_name;      /* User, as written */
    const char *group_name;     /* Group, as written */
    /* their numbers */
    uid_t user_id;
    gid_t group_id;
    int suexec_enabled;         /* programs may run as others */
    const char *chroot_dir;     /* ChrootDir, NULL: none */
    const char *suexec_disabled_reason; /* why not, for the log; NULL */
};

/* The settings in force; constant while serving. */
extern AP_DECLARE_DATA unixd_config_rec ap_unixd_config;

/* Who a program shall run as, see suexec. */
struct ap_unix_identity_t {
    uid_t uid;          /* user */
    gid_t gid;          /* group */
    int userdir;        /* not 0: from that user's own web directory */
};

/* An identity in r->pool, or NULL for the usual one. */
AP_DECLARE_HOOK(ap_unix_identity_t *, get_suexec_identity,
    (const request_rec *r))

/* Declared by AP_DECLARE_HOOK, too. */
AP_DECLARE(void) ap_hook_get_suexec_identity(ap_HOOK_get_suexec_identity_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder);

/* Gives a mutex that root has created to the user that serves. */
AP_DECLARE(apr_status_t) ap_unixd_set_proc_mutex_perms(apr_proc_mutex_t *pmutex);
AP_DECLARE(apr_status_t) ap_unixd_set_global_mutex_perms(apr_global_mutex_t *gmutex);

/* ---- Limits -------------------------------------------------------------- */

/* Signals a process group. */
#define ap_os_killpg(x, y) killpg(x, y)
#define ap_unixd_killpg(x, y) killpg(x, y)

/* Words of RLimit*: soft and hard limit or "max", into *plimit; errors are
 * logged. */
AP_DECLARE(void) ap_unixd_set_rlimit(cmd_parms *cmd, struct rlimit **plimit,
    const char *arg, const char *arg2, int type);

/* ---- MPMs ---------------------------------------------------------------- */

/* What an MPM keeps over restarts; the same record each time. Signal handlers
 * write the volatile members. */
struct ap_unixd_mpm_retained_data {
    void *baton;                        /* the MPM's own */
    volatile int mpm_state;             /* AP_MPMQ_* */
    /* what a signal asked for */
    volatile int shutdown_pending;
    volatile int restart_pending;
    volatile int is_ungraceful;         /* at once */
    ap_generation_t my_generation;      /* of this process */
    int module_loads;                   /* configurations read so far */
    int was_graceful;                   /* the last restart was */
    /* sets of listeners, now and at most */
    int num_buckets;
    int max_buckets;
};

/* That record, made when first asked for. */
AP_DECLARE(ap_unixd_mpm_retained_data *) ap_unixd_mpm_get_retained_data(void);

/* Handlers for stop and restart; one_process: both end it. */
AP_DECLARE(void) ap_unixd_mpm_set_signals(apr_pool_t *pconf, int once_process);

/* accept_func of listeners. APR_EGENERAL: this child cannot take connections
 * any more; other errors: try again. */
AP_DECLARE(apr_status_t) ap_unixd_accept(void **accepted, ap_listen_rec *lr,
    apr_pool_t *ptrans);

#ifdef __cplusplus
}
#endif

#endif
