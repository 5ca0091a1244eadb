/* SPDX-License-Identifier: Apache-2.0 */
/* cleat_core.c -- the module record cleat_core: slots for the server's private
 * state (state.h).  It has no directives and no hooks of its own.
 *
 * A vhost never shares its record with the main server: rooms keep open files
 * and compiled tables there, and who wants a setting inherited copies it.
 * Directories are merged while requests run, pointer by pointer: what a
 * section has stored is finished and only read from then on.
 */
#include "state.h"

static void *create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct cl_dir));
}

static void *merge_dir(apr_pool_t *p, void *base_conf, void *add_conf)
{
    const struct cl_dir *base = base_conf, *add = add_conf;
    struct cl_dir *conf = apr_palloc(p, sizeof *conf);

    conf->request = add->request ? add->request : base->request;
    conf->http = add->http ? add->http : base->http;
    return conf;
}

static void *create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct cl_server));
}

static void *merge_server(apr_pool_t *, void *, void *own)
{
    return own;
}

AP_DECLARE_MODULE(cleat_core) = {
    STANDARD20_MODULE_STUFF, create_dir, merge_dir, create_server,
    merge_server, NULL, NULL, AP_MODULE_FLAG_ALWAYS_MERGE
};
