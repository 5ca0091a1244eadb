/* SPDX-License-Identifier: Apache-2.0 */
/* mpm_query.c -- the hooks an MPM stands on, and questions about the MPM.
 *
 * Which MPM runs is known only through its mpm_query and mpm_get_name hooks:
 * each loaded MPM adds one, so their number tells whether the setup is sane.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(mpm)
    APR_HOOK_LINK(mpm_query)
    APR_HOOK_LINK(mpm_register_timed_callback)
    APR_HOOK_LINK(mpm_get_name)
    APR_HOOK_LINK(pre_mpm)
    APR_HOOK_LINK(monitor)
    APR_HOOK_LINK(drop_privileges)
    APR_HOOK_LINK(child_status)
    APR_HOOK_LINK(child_stopping)
    APR_HOOK_LINK(end_generation)
    APR_HOOK_LINK(suspend_connection)
    APR_HOOK_LINK(resume_connection)
    APR_HOOK_LINK(get_suexec_identity)
    APR_HOOK_LINK(fatal_exception)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(int, mpm,
    (apr_pool_t *pconf, apr_pool_t *plog, server_rec *s),
    (pconf, plog, s), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, mpm_query,
    (int query_code, int *result, apr_status_t *status),
    (query_code, result, status), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(apr_status_t, mpm_register_timed_callback,
    (apr_time_t t, ap_mpm_callback_fn_t *cbfn, void *baton),
    (t, cbfn, baton), APR_ENOTIMPL)
AP_IMPLEMENT_HOOK_RUN_FIRST(const char *, mpm_get_name, (void), (), NULL)
AP_IMPLEMENT_HOOK_RUN_ALL(int, pre_mpm,
    (apr_pool_t *p, ap_scoreboard_e sb_type), (p, sb_type), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, monitor,
    (apr_pool_t *p, server_rec *s), (p, s), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, drop_privileges,
    (apr_pool_t *pchild, server_rec *s), (pchild, s), OK, DECLINED)
AP_IMPLEMENT_HOOK_VOID(child_status,
    (server_rec *s, pid_t pid, ap_generation_t gen, int slot,
     mpm_child_status state), (s, pid, gen, slot, state))
AP_IMPLEMENT_HOOK_VOID(child_stopping,
    (apr_pool_t *pchild, int graceful), (pchild, graceful))
AP_IMPLEMENT_HOOK_VOID(end_generation,
    (server_rec *s, ap_generation_t gen), (s, gen))
AP_IMPLEMENT_HOOK_VOID(suspend_connection,
    (conn_rec *c, request_rec *r), (c, r))
AP_IMPLEMENT_HOOK_VOID(resume_connection,
    (conn_rec *c, request_rec *r), (c, r))
AP_IMPLEMENT_HOOK_RUN_FIRST(ap_unix_identity_t *, get_suexec_identity,
    (const request_rec *r), (r), NULL)
AP_IMPLEMENT_HOOK_RUN_ALL(int, fatal_exception,
    (ap_exception_info_t *ei), (ei), OK, DECLINED)

static int hook_count(const apr_array_header_t *registered)
{
    return registered ? registered->nelts : 0;
}

static int mpm_pre_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *)
{
    mpm_common_pre_config(pconf);
    return OK;
}

/* A server started by root must have somebody who gives that up. */
static int mpm_post_config(apr_pool_t *, apr_pool_t *, apr_pool_t *,
                           server_rec *s)
{
    if (geteuid() == 0 && ap_sys_privileges_handlers(0) == 0) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, 0, s, APLOGNO(00136)
                     "started as root but no module gives up root's rights "
                     "before clients are served; load mod_unixd");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return OK;
}

void cl_mpm_register_hooks(apr_pool_t *)
{
    ap_hook_pre_config(mpm_pre_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_post_config(mpm_post_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_optional_fn_retrieve(cl_mpm_scoreboard_retrieve, NULL, NULL,
                                 APR_HOOK_MIDDLE);
    ap_hook_pre_mpm(ap_create_scoreboard, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_status(ap_core_child_status, NULL, NULL, APR_HOOK_MIDDLE);
    APR_REGISTER_OPTIONAL_FN(ap_signal_server);
}

AP_DECLARE(apr_status_t) ap_mpm_query(int query_code, int *result)
{
    apr_status_t rv;

    if (ap_run_mpm_query(query_code, result, &rv) == DECLINED) {
        return APR_EGENERAL;
    }
    return rv;
}

AP_DECLARE(apr_status_t) ap_mpm_register_timed_callback(
    apr_time_t t, ap_mpm_callback_fn_t *cbfn, void *baton)
{
    return ap_run_mpm_register_timed_callback(t, cbfn, baton);
}

AP_DECLARE(const char *) ap_show_mpm(void)
{
    const char *name = ap_run_mpm_get_name();

    return name ? name : "";
}

/* NULL, or what is wrong with the number of MPMs loaded. */
AP_DECLARE(const char *) ap_check_mpm(void)
{
    if (hook_count(_hooks.link_mpm_query) == 0
        || hook_count(_hooks.link_mpm) == 0) {
        return "No MPM loaded.";
    }
    if (hook_count(_hooks.link_mpm_query) > 1) {
        return "More than one MPM loaded.";
    }
    return NULL;
}
