/* SPDX-License-Identifier: Apache-2.0 */
/* state.c -- get or make the private side of a public record. */
#include "state.h"

struct cl_request *cl_request_of(const request_rec *r)
{
    struct cl_request *mine = ap_get_module_config(r->request_config,
                                                   &cleat_core_module);

    if (mine == NULL) {
        mine = apr_pcalloc(r->pool, sizeof *mine);
        ap_set_module_config(r->request_config, &cleat_core_module, mine);
    }
    return mine;
}

struct cl_conn *cl_conn_of(const conn_rec *c)
{
    struct cl_conn *mine = ap_get_module_config(c->conn_config,
                                                &cleat_core_module);

    if (mine == NULL) {
        mine = apr_pcalloc(c->pool, sizeof *mine);
        ap_set_module_config(c->conn_config, &cleat_core_module, mine);
    }
    return mine;
}

struct cl_server *cl_server_of(apr_pool_t *p, const server_rec *s)
{
    struct cl_server *mine = ap_get_module_config(s->module_config,
                                                  &cleat_core_module);

    if (mine == NULL) {
        mine = apr_pcalloc(p, sizeof *mine);
        ap_set_module_config(s->module_config, &cleat_core_module, mine);
    }
    return mine;
}

struct cl_dir *cl_dir_of(const request_rec *r)
{
    return ap_get_module_config(r->per_dir_config, &cleat_core_module);
}
