/* SPDX-License-Identifier: Apache-2.0 */
/* vector.c -- configuration vectors: one pointer per module, by its index.
 *
 * Binaries reach into vectors by inlined array access, so a vector is nothing
 * but the array.  A NULL entry says that nobody configured that module there.
 */
#include "config/config.h"

#undef ap_get_module_config
#undef ap_set_module_config

#define at(vector, i) (((void **)(vector))[i])

AP_DECLARE(void *) ap_get_module_config(const ap_conf_vector_t *cv,
                                        const module *m)
{
    return at(cv, m->module_index);
}

AP_DECLARE(void) ap_set_module_config(ap_conf_vector_t *cv, const module *m,
                                      void *val)
{
    at(cv, m->module_index) = val;
}

ap_conf_vector_t *cl_config_create_vector(apr_pool_t *p)
{
    return apr_pcalloc(p, cl_config_vector_length() * sizeof(void *));
}

AP_DECLARE(ap_conf_vector_t *) ap_create_request_config(apr_pool_t *p)
{
    return cl_config_create_vector(p);
}

AP_DECLARE(ap_conf_vector_t *) ap_create_conn_config(apr_pool_t *p)
{
    return cl_config_create_vector(p);
}

AP_DECLARE(ap_conf_vector_t *) ap_create_per_dir_config(apr_pool_t *p)
{
    return cl_config_create_vector(p);
}

ap_conf_vector_t *cl_config_create_server(apr_pool_t *p, server_rec *s)
{
    ap_conf_vector_t *vector = cl_config_create_vector(p);

    for (module *m = ap_top_module; m != NULL; m = m->next) {
        if (m->create_server_config != NULL) {
            at(vector, m->module_index) = m->create_server_config(p, s);
        }
    }
    return vector;
}

ap_conf_vector_t *cl_config_create_default_dir(apr_pool_t *p)
{
    ap_conf_vector_t *vector = cl_config_create_vector(p);

    for (module *m = ap_top_module; m != NULL; m = m->next) {
        if (m->create_dir_config != NULL) {
            at(vector, m->module_index) = m->create_dir_config(p, NULL);
        }
    }
    return vector;
}

/* On the path of each request: the new vector is mostly empty, so modules
 * are looked at only where it is not. */
AP_DECLARE(ap_conf_vector_t *) ap_merge_per_dir_configs(apr_pool_t *p,
    ap_conf_vector_t *base, ap_conf_vector_t *new_conf)
{
    int length = cl_config_vector_length();
    void **merged = apr_palloc(p, length * sizeof *merged);

    for (int i = 0; i < length; ++i) {
        void *older = at(base, i);
        void *newer = at(new_conf, i);
        const module *m;

        if (newer == NULL || older == NULL) {
            merged[i] = newer ? newer : older;
            continue;
        }
        m = cl_config_module_at(i);
        merged[i] = m != NULL && m->merge_dir_config != NULL
                        ? m->merge_dir_config(p, older, newer)
                        : newer;
    }
    return (ap_conf_vector_t *)merged;
}

/* A module that asks for it gets a merge in every virtual host. */
static void merge_server_entry(apr_pool_t *p, const module *m,
                               const ap_conf_vector_t *base,
                               server_rec *virt)
{
    int i = m->module_index;
    void *older = at(base, i);

    if (at(virt->module_config, i) == NULL
        && m->create_server_config != NULL
        && (ap_get_module_flags(m) & AP_MODULE_FLAG_ALWAYS_MERGE)) {
        at(virt->module_config, i) = m->create_server_config(p, virt);
    }
    void *newer = at(virt->module_config, i);
    if (newer == NULL) {
        at(virt->module_config, i) = older;
    }
    else if (older != NULL && m->merge_server_config != NULL) {
        at(virt->module_config, i) = m->merge_server_config(p, older, newer);
    }
}

void cl_config_merge_server(apr_pool_t *p, const ap_conf_vector_t *base,
                            server_rec *virt)
{
    for (const module *m = ap_top_module; m != NULL; m = m->next) {
        merge_server_entry(p, m, base, virt);
    }
}

AP_DECLARE(void *) ap_set_config_vectors(server_rec *server,
    ap_conf_vector_t *section_vector, const char *section, module *mod,
    apr_pool_t *pconf)
{
    int i = mod->module_index;

    if (at(section_vector, i) == NULL && mod->create_dir_config != NULL) {
        at(section_vector, i) =
            mod->create_dir_config(pconf, (char *)section);
    }
    if (at(server->module_config, i) == NULL
        && mod->create_server_config != NULL) {
        at(server->module_config, i) =
            mod->create_server_config(pconf, server);
    }
    return at(section_vector, i);
}

AP_DECLARE(void) ap_single_module_configure(apr_pool_t *p, server_rec *s,
                                            module *m)
{
    int i = m->module_index;

    if (m->create_server_config != NULL) {
        at(s->module_config, i) = m->create_server_config(p, s);
    }
    if (m->create_dir_config != NULL) {
        at(s->lookup_defaults, i) = m->create_dir_config(p, NULL);
    }
}
