/* SPDX-License-Identifier: Apache-2.0 */
/* suexec.c -- start a program as another user by way of the suexec helper.
 *
 * The helper checks everything again; the server only says who and what:
 * "suexec USER GROUP PROGRAM ARGS...", the user as a number, behind "~" when
 * the program lives in that user's own web directory.
 */
#include "mpm/mpm.h"

#include <apr_strings.h>

/* NULL-terminated argument list for the helper. */
static const char *const *suexec_args(apr_pool_t *p,
                                      const ap_unix_identity_t *who,
                                      const char *progname,
                                      const char *const *args)
{
    const char *slash = strrchr(progname, '/');
    apr_array_header_t *argv = apr_array_make(p, 8, sizeof(char *));

    APR_ARRAY_PUSH(argv, const char *) = SUEXEC_BIN;
    APR_ARRAY_PUSH(argv, const char *) =
        apr_psprintf(p, "%s%ld", who->userdir ? "~" : "", (long)who->uid);
    APR_ARRAY_PUSH(argv, const char *) =
        apr_psprintf(p, "%ld", (long)who->gid);
    /* The helper takes a name in the current directory only. */
    APR_ARRAY_PUSH(argv, const char *) = slash ? slash + 1 : progname;
    if (args && args[0]) {
        for (const char *const *arg = args + 1; *arg; arg++) {
            APR_ARRAY_PUSH(argv, const char *) = *arg;
        }
    }
    APR_ARRAY_PUSH(argv, const char *) = NULL;
    return (const char *const *)argv->elts;
}

AP_DECLARE(apr_status_t) ap_os_create_privileged_process(
    const request_rec *r, apr_proc_t *newproc, const char *progname,
    const char *const *args, const char *const *env, apr_procattr_t *attr,
    apr_pool_t *p)
{
    const ap_unix_identity_t *who = NULL;

    if (ap_unixd_config.suexec_enabled) {
        who = ap_run_get_suexec_identity(r);
    }
    if (who == NULL) {
        return apr_proc_create(newproc, progname, args, env, attr, p);
    }
    return apr_proc_create(newproc, SUEXEC_BIN,
                           suexec_args(p, who, progname, args), env, attr, p);
}
