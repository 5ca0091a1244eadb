/* SPDX-License-Identifier: Apache-2.0 */
/* hooks.c -- the stations of a request as hooks, in the order it meets them.
 *
 * Besides the implementations, ap_hook_check_*() live here: they register an
 * access hook and count how it wants internal requests to be treated
 * (auth_registry.c asks for the totals).
 */
#include "httpd.h"
#include "http_config.h"
#include "http_core.h"
#include "http_protocol.h"
#include "http_request.h"

#include "request/request.h"

APR_HOOK_STRUCT(
    APR_HOOK_LINK(create_request)
    APR_HOOK_LINK(quick_handler)
    APR_HOOK_LINK(pre_translate_name)
    APR_HOOK_LINK(translate_name)
    APR_HOOK_LINK(map_to_storage)
    APR_HOOK_LINK(dirwalk_stat)
    APR_HOOK_LINK(open_htaccess)
    APR_HOOK_LINK(post_perdir_config)
    APR_HOOK_LINK(header_parser)
    APR_HOOK_LINK(access_checker)
    APR_HOOK_LINK(access_checker_ex)
    APR_HOOK_LINK(force_authn)
    APR_HOOK_LINK(check_user_id)
    APR_HOOK_LINK(note_auth_failure)
    APR_HOOK_LINK(auth_checker)
    APR_HOOK_LINK(type_checker)
    APR_HOOK_LINK(fixups)
    APR_HOOK_LINK(insert_filter)
    APR_HOOK_LINK(error_log)
)

AP_IMPLEMENT_HOOK_RUN_ALL(int, create_request, (request_rec *r), (r),
                          OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, quick_handler,
                            (request_rec *r, int lookup_uri), (r, lookup_uri),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, pre_translate_name, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, translate_name, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, map_to_storage, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(apr_status_t, dirwalk_stat,
                            (apr_finfo_t *finfo, request_rec *r,
                             apr_int32_t wanted),
                            (finfo, r, wanted), AP_DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(apr_status_t, open_htaccess,
                            (request_rec *r, const char *dir_name,
                             const char *access_name,
                             ap_configfile_t **conffile,
                             const char **full_name),
                            (r, dir_name, access_name, conffile, full_name),
                            AP_DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, post_perdir_config, (request_rec *r), (r),
                          OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, header_parser, (request_rec *r), (r),
                          OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, access_checker, (request_rec *r), (r),
                          OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, access_checker_ex, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, force_authn, (request_rec *r), (r), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, check_user_id, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, note_auth_failure,
                            (request_rec *r, const char *auth_type),
                            (r, auth_type), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, auth_checker, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, type_checker, (request_rec *r), (r),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, fixups, (request_rec *r), (r), OK, DECLINED)
AP_IMPLEMENT_HOOK_VOID(insert_filter, (request_rec *r), (r))
AP_IMPLEMENT_HOOK_VOID(error_log,
                       (const ap_errorlog_info *info, const char *errstr),
                       (info, errstr))

static int per_conf_hooks;      /* written while modules register only */

static void count_access_hook(int type)
{
    if ((type & AP_AUTH_INTERNAL_MASK) == AP_AUTH_INTERNAL_PER_CONF) {
        per_conf_hooks++;
    }
}

void cl_request_forget_access_hooks(void)
{
    per_conf_hooks = 0;
}

bool cl_request_access_hooks_are_per_conf(void)
{
    const apr_array_header_t *lists[] = {
        ap_hook_get_access_checker(), ap_hook_get_access_checker_ex(),
        ap_hook_get_check_user_id(), ap_hook_get_auth_checker(),
    };
    int total = 0;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        total += lists[i] ? lists[i]->nelts : 0;
    }
    return total == per_conf_hooks;
}

AP_DECLARE(void) ap_hook_check_access(ap_HOOK_access_checker_t *pf,
                                      const char *const *before,
                                      const char *const *after, int order,
                                      int type)
{
    count_access_hook(type);
    ap_hook_access_checker(pf, before, after, order);
}

AP_DECLARE(void) ap_hook_check_access_ex(ap_HOOK_access_checker_ex_t *pf,
                                         const char *const *before,
                                         const char *const *after, int order,
                                         int type)
{
    count_access_hook(type);
    ap_hook_access_checker_ex(pf, before, after, order);
}

AP_DECLARE(void) ap_hook_check_authn(ap_HOOK_check_user_id_t *pf,
                                     const char *const *before,
                                     const char *const *after, int order,
                                     int type)
{
    count_access_hook(type);
    ap_hook_check_user_id(pf, before, after, order);
}

AP_DECLARE(void) ap_hook_check_authz(ap_HOOK_auth_checker_t *pf,
                                     const char *const *before,
                                     const char *const *after, int order,
                                     int type)
{
    count_access_hook(type);
    ap_hook_auth_checker(pf, before, after, order);
}
