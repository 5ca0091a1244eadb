/* SPDX-License-Identifier: Apache-2.0 */
/* section_match.c -- does a section of the configuration cover this name? */
#include "request/request.h"

static void export_named_groups(request_rec *r, const apr_array_header_t *names,
                                const char *text, const ap_regmatch_t *match)
{
    for (int i = 0; i < names->nelts; i++) {
        const char *name = ((const char *const *)names->elts)[i];

        if (name && *name && match[i].rm_so >= 0) {
            apr_table_setn(r->subprocess_env, name,
                           apr_pstrmemdup(r->pool, text + match[i].rm_so,
                                          match[i].rm_eo - match[i].rm_so));
        }
    }
}

bool cl_section_regex_matches(request_rec *r, const core_dir_config *section,
                              const char *text)
{
    ap_regmatch_t *match;
    int groups = section->refs ? section->refs->nelts : 0;

    if (groups == 0) {
        return ap_regexec(section->r, text, 0, NULL, 0) == 0;
    }
    match = apr_palloc(r->pool, groups * sizeof *match);
    if (ap_regexec(section->r, text, groups, match, 0) != 0) {
        return false;
    }
    export_named_groups(r, section->refs, text, match);
    return true;
}

bool cl_section_holds(const char *dir, const char *path)
{
    const char *at = dir;

    while (*at && *at == *path) {
        at++;
        path++;
    }
    if (*at) {
        return false;
    }
    return *path == '\0' || *path == '/' || (at > dir && at[-1] == '/');
}
