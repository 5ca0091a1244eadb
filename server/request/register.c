/* SPDX-License-Identifier: Apache-2.0 */
/* register.c -- the places of this room's functions in the hooks, in the
 * order a request meets them. */
#include "request/request.h"

#include "http_request.h"

#include <apr_optional_hooks.h>

static int accept_any_type(request_rec *)
{
    return OK;
}

/* A request the proxy makes to a backend gets our part of it as well. */
static int create_proxy_request(request_rec *, request_rec *made)
{
    return cl_request_core_config_hook(made);
}

static int after_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *ptemp,
                        server_rec *servers)
{
    ap_setup_auth_internal(ptemp);
    cl_request_walk_cache_open(pconf, servers);
    return OK;
}

static void find_functions(void)
{
    cl_request_find_auth_functions();
    cl_request_find_ident_function();
}

void cl_request_register_hooks(apr_pool_t *)
{
    ap_clear_auth_internal();   /* a new configuration: all register anew */

    /* last: other modules may still add sections */
    ap_hook_post_config(after_config, NULL, NULL, APR_HOOK_REALLY_LAST);
    ap_hook_optional_fn_retrieve(find_functions, NULL, NULL, APR_HOOK_MIDDLE);

    /* others find the core's part of the request when they are called */
    ap_hook_create_request(cl_request_core_config_hook, NULL, NULL,
                           APR_HOOK_MIDDLE);
    apr_optional_hook_add("create_req", (void (*)(void))create_proxy_request,
                          NULL, NULL, APR_HOOK_MIDDLE);

    /* the core answers when nobody else did */
    ap_hook_translate_name(ap_core_translate, NULL, NULL,
                           APR_HOOK_REALLY_LAST);
    ap_hook_map_to_storage(cl_request_map_to_storage, NULL, NULL,
                           APR_HOOK_REALLY_LAST);
    ap_hook_dirwalk_stat(cl_request_dirwalk_stat, NULL, NULL,
                         APR_HOOK_REALLY_LAST);
    ap_hook_open_htaccess(ap_open_htaccess, NULL, NULL, APR_HOOK_REALLY_LAST);
    ap_hook_type_checker(accept_any_type, NULL, NULL, APR_HOOK_REALLY_LAST);

    /* first, so that modules can overrule SetHandler and AcceptPathInfo */
    ap_hook_fixups(cl_request_apply_content_config, NULL, NULL,
                   APR_HOOK_REALLY_FIRST);
    ap_hook_insert_filter(cl_request_insert_filters, NULL, NULL,
                          APR_HOOK_MIDDLE);
}
