/* SPDX-License-Identifier: Apache-2.0 */
/* files.c -- <Files> sections for the last part of the file name. */
#include "request/request.h"

#include "http_request.h"

#include <apr_fnmatch.h>

static bool section_matches(request_rec *r, const core_dir_config *section,
                            const char *name)
{
    if (section->r) {
        return cl_section_regex_matches(r, section, name);
    }
    if (section->d_is_fnmatch) {
        return apr_fnmatch(section->d, name, APR_FNM_PATHNAME) == APR_SUCCESS;
    }
    return strcmp(section->d, name) == 0;
}

AP_DECLARE(int) ap_file_walk(request_rec *r)
{
    const core_dir_config *core = ap_get_core_module_config(r->per_dir_config);
    const apr_array_header_t *sections = core->sec_file;
    const char *name;
    ap_conf_vector_t *found = NULL;

    if (!sections || sections->nelts == 0 || !r->filename) {
        return OK;
    }
    name = strrchr(r->filename, '/');
    if (!name) {
        return OK;
    }
    name++;
    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *v = ((ap_conf_vector_t **)sections->elts)[i];

        if (section_matches(r, ap_get_core_module_config(v), name)) {
            found = found ? cl_request_merge(r, found, v) : v;
        }
    }
    if (found) {
        r->per_dir_config = cl_request_merge(r, r->per_dir_config, found);
    }
    return OK;
}
