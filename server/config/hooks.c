/* SPDX-License-Identifier: Apache-2.0 */
/* hooks.c -- the hooks of one configuration cycle, in the order they run;
 * child_init is the one that runs in every child. */
#include "config/config.h"

APR_HOOK_STRUCT(
    APR_HOOK_LINK(pre_config)
    APR_HOOK_LINK(check_config)
    APR_HOOK_LINK(test_config)
    APR_HOOK_LINK(open_logs)
    APR_HOOK_LINK(post_config)
    APR_HOOK_LINK(optional_fn_retrieve)
    APR_HOOK_LINK(child_init)
)

AP_IMPLEMENT_HOOK_RUN_ALL(int, pre_config,
                          (apr_pool_t *pconf, apr_pool_t *plog,
                           apr_pool_t *ptemp),
                          (pconf, plog, ptemp), OK, DECLINED)

AP_IMPLEMENT_HOOK_RUN_ALL(int, check_config,
                          (apr_pool_t *pconf, apr_pool_t *plog,
                           apr_pool_t *ptemp, server_rec *s),
                          (pconf, plog, ptemp, s), OK, DECLINED)

AP_IMPLEMENT_HOOK_VOID(test_config, (apr_pool_t *pconf, server_rec *s),
                       (pconf, s))

AP_IMPLEMENT_HOOK_RUN_ALL(int, open_logs,
                          (apr_pool_t *pconf, apr_pool_t *plog,
                           apr_pool_t *ptemp, server_rec *s),
                          (pconf, plog, ptemp, s), OK, DECLINED)

AP_IMPLEMENT_HOOK_RUN_ALL(int, post_config,
                          (apr_pool_t *pconf, apr_pool_t *plog,
                           apr_pool_t *ptemp, server_rec *s),
                          (pconf, plog, ptemp, s), OK, DECLINED)

/* apr-util's macro for hooks without arguments wants the word void here. */
AP_IMPLEMENT_HOOK_VOID(optional_fn_retrieve, (void), ())

AP_IMPLEMENT_HOOK_VOID(child_init, (apr_pool_t *pchild, server_rec *s),
                       (pchild, s))
