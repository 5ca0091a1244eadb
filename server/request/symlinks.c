/* SPDX-License-Identifier: Apache-2.0 */
/* symlinks.c -- may this symbolic link be followed? (Options FollowSymLinks
 * and SymLinksIfOwnerMatch) */
#include "request/request.h"

#include "http_log.h"
#include "http_request.h"

#include <apr_user.h>

APLOG_USE_MODULE(core);

static bool may_follow(request_rec *r, enum cl_link_policy policy,
                       const apr_finfo_t *link, apr_finfo_t *target)
{
    apr_int32_t wanted = APR_FINFO_MIN;
    apr_status_t rv;

    if (policy == CL_LINKS_NEVER) {
        return false;
    }
    if (policy == CL_LINKS_OWNER) {
        wanted |= APR_FINFO_USER;
    }
    rv = ap_run_dirwalk_stat(target, r, wanted);
    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return false;
    }
    return policy == CL_LINKS_FOLLOW
           || ((link->valid & APR_FINFO_USER)
               && (target->valid & APR_FINFO_USER)
               && apr_uid_compare(link->user, target->user) == APR_SUCCESS);
}

int cl_request_follow_link(request_rec *r, allow_options_t options,
                           const apr_finfo_t *link, apr_finfo_t *target)
{
    if (may_follow(r, cl_request_link_policy(options), link, target)) {
        return OK;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00037)
                  "Symbolic link not allowed or link target not accessible: "
                  "%s", r->filename);
    return HTTP_FORBIDDEN;
}
