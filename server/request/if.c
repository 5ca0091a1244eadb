/* SPDX-License-Identifier: Apache-2.0 */
/* if.c -- <If>, <ElseIf> and <Else> sections.
 *
 * One level after the other: what stands inside a section that holds is
 * looked at when its whole level is done.  A condition that cannot be
 * evaluated selects neither its own section nor the <Else> parts behind it.
 */
#include "request/request.h"

#include "ap_expr.h"
#include "http_log.h"
#include "http_request.h"

APLOG_USE_MODULE(core);

#define MAX_LEVELS 64

enum outcome { IF_FAILED = -1, IF_FALSE = 0, IF_TRUE = 1 };

static enum outcome evaluate(request_rec *r, const core_dir_config *section)
{
    const char *problem = NULL;
    int result;

    if (!section->condition) {
        return IF_TRUE;                         /* <Else> */
    }
    result = ap_expr_exec(r, section->condition, &problem);
    if (result < 0 || problem) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50555)
                      "could not evaluate the condition of <If> in "
                      "\"%s:%u\": %s; its sections are left out",
                      section->condition->filename,
                      section->condition->line_number,
                      problem ? problem : "unknown reason");
        return IF_FAILED;
    }
    return result ? IF_TRUE : IF_FALSE;
}

/* The sections of one level that hold, merged; NULL if none does. */
static ap_conf_vector_t *merge_level(request_rec *r,
                                     const apr_array_header_t *sections)
{
    ap_conf_vector_t *found = NULL;
    enum outcome chain = IF_FALSE;      /* of the <If> we are in */

    for (int i = 0; i < sections->nelts; i++) {
        ap_conf_vector_t *v = ((ap_conf_vector_t **)sections->elts)[i];
        const core_dir_config *section = ap_get_core_module_config(v);

        if ((section->condition_ifelse & AP_CONDITION_ELSE)
            && chain != IF_FALSE) {
            continue;
        }
        chain = evaluate(r, section);
        if (chain == IF_TRUE) {
            found = found ? cl_request_merge(r, found, v) : v;
        }
    }
    return found;
}

AP_DECLARE(int) ap_if_walk(request_rec *r)
{
    ap_conf_vector_t *level = r->per_dir_config;

    for (int depth = 0; depth < MAX_LEVELS; depth++) {
        const core_dir_config *core = ap_get_core_module_config(level);
        const apr_array_header_t *sections = core->sec_if;

        if (!sections || sections->nelts == 0) {
            break;
        }
        level = merge_level(r, sections);
        if (!level) {
            break;
        }
        r->per_dir_config = cl_request_merge(r, r->per_dir_config, level);
    }
    return OK;
}
