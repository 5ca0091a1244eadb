/* SPDX-License-Identifier: Apache-2.0 */
/* mpm.h -- what every MPM needs: private side of the room.
 *
 * The MPMs themselves are modules and see public headers only; what they call
 * here is in mpm_common.h, scoreboard.h, unixd.h and ap_mpm.h.  This header
 * is for the rooms above (start) and for the files of this room.
 */
#ifndef CLEAT_SERVER_MPM_H
#define CLEAT_SERVER_MPM_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"
#include "mpm_common.h"
#include "unixd.h"

/* What a signal asked of the running server. */
enum cl_mpm_restart {
    CL_MPM_RESTART_NONE,
    CL_MPM_RESTART_GRACEFUL,
    CL_MPM_RESTART_HARD
};

void cl_mpm_register_hooks(apr_pool_t *p);

/* Directives without a public function. */
const char *cl_set_port(cmd_parms *cmd, void *, const char *arg);
const char *cl_set_enable_exception_hook(cmd_parms *cmd, void *, int on);

/* scoreboard_update.c: an optional_fn_retrieve hook. */
void cl_mpm_scoreboard_retrieve(void);

/* crash.c: EnableExceptionHook, off again for each configuration. */
void cl_mpm_exception_hook_enable(bool on);

/* restart_check.c: a restart waits until a child has proved that the new
 * configuration can be read.  `remember` keeps the directory that relative
 * names on the command line mean.  `request` is for signal handlers.  The
 * others run in the parent: `step` starts what was requested, `reaped` says
 * whether that pid was the check's. */
void cl_mpm_restart_remember_start(apr_pool_t *p);
void cl_mpm_restart_request(enum cl_mpm_restart how);
bool cl_mpm_restart_is_wanted(void);
void cl_mpm_restart_step(server_rec *s, apr_pool_t *p);
bool cl_mpm_restart_reaped(server_rec *s, const apr_proc_t *child,
                           apr_exit_why_e why, int code);

/* wake.c: one short connection to our own listener, so that a process that
 * sleeps in accept() looks up. */
apr_status_t cl_mpm_wake_one(apr_pool_t *p);

/* fatal_exception: run in a crashing child when EnableExceptionHook is on. */
typedef struct ap_exception_info_t {
    int sig;
    pid_t pid;
} ap_exception_info_t;
AP_DECLARE_HOOK(int, fatal_exception, (ap_exception_info_t *ei))

#endif
