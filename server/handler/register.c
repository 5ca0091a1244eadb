/* SPDX-License-Identifier: Apache-2.0 */
/* register.c -- the places of this room's functions in the hooks. */
#include "handler/handler.h"

#include "http_request.h"

void cl_handler_register_hooks(apr_pool_t *)
{
    /* before anyone maps or answers what should be another protocol */
    ap_hook_map_to_storage(cl_handler_upgrade_server, NULL, NULL,
                           APR_HOOK_REALLY_FIRST);
    ap_hook_handler(cl_handler_upgrade, NULL, NULL, APR_HOOK_REALLY_FIRST);
    /* when no module wanted it, it is a file */
    ap_hook_handler(cl_handler_static_file, NULL, NULL, APR_HOOK_REALLY_LAST);
}
