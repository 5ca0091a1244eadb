/* SPDX-License-Identifier: Apache-2.0 */
/* location.c -- <Location> sections for the URI of a request.
 *
 * Walked twice: before the URI becomes a file name, and again on top of what
 * the directory walk found.  The second time the answer of the first is used
 * unless somebody changed the URI.
 */
#include "request/request.h"

#include "http_request.h"

#include <apr_fnmatch.h>

/* Plain and wildcard sections see runs of slashes as one slash, whatever
 * MergeSlashes says. */
static const char *with_single_slashes(apr_pool_t *p, const char *uri)
{
    char *flat;

    if (uri[0] != '/' || !strstr(uri, "//")) {
        return uri;
    }
    flat = apr_pstrdup(p, uri);
    ap_no2slash_ex(flat, 0);
    return flat;
}

static bool section_matches(request_rec *r, const core_dir_config *section,
                            const char *flat)
{
    if (section->r) {
        return cl_section_regex_matches(r, section, r->uri);
    }
    if (section->d_is_fnmatch) {
        return apr_fnmatch(section->d, flat, APR_FNM_PATHNAME) == APR_SUCCESS;
    }
    return cl_section_holds(section->d, flat);
}

static ap_conf_vector_t *merge_matching(request_rec *r,
                                        const apr_array_header_t *sections)
{
    const char *flat = with_single_slashes(r->pool, r->uri);
    ap_conf_vector_t *found = NULL;

    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *v = ((ap_conf_vector_t **)sections->elts)[i];

        if (section_matches(r, ap_get_core_module_config(v), flat)) {
            found = found ? cl_request_merge(r, found, v) : v;
        }
    }
    return found;
}

AP_DECLARE(int) ap_location_walk(request_rec *r)
{
    const core_server_config *sconf
        = ap_get_core_module_config(r->server->module_config);
    struct cl_request_walk *walk;

    if (!r->uri || !sconf->sec_url || sconf->sec_url->nelts == 0) {
        return OK;
    }
    walk = cl_request_walk_of(r);
    if (!walk->located_uri || walk->located_server != r->server
        || strcmp(walk->located_uri, r->uri) != 0) {
        walk->located = merge_matching(r, sconf->sec_url);
        walk->located_uri = apr_pstrdup(r->pool, r->uri);
        walk->located_server = r->server;
    }
    if (walk->located) {
        r->per_dir_config = cl_request_merge(r, r->per_dir_config,
                                             walk->located);
    }
    return OK;
}
