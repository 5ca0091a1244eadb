/* SPDX-License-Identifier: Apache-2.0 */
/* recursion.c -- stop internal redirects and subrequests that go in circles,
 * and say in the log which way they went. */
#include "request/request.h"

#include "http_log.h"

APLOG_USE_MODULE(core);

#define TRAIL_SHOWN 8

/* The way to r, newest first, as text. */
static const char *describe_trail(const request_rec *r)
{
    char *text = apr_psprintf(r->pool, "\"%s\"", r->uri ? r->uri : "");

    for (int shown = 1; r->prev || r->main; shown++) {
        const char *how = r->prev ? "redirected from" : "subrequest of";

        r = r->prev ? r->prev : r->main;
        if (shown == TRAIL_SHOWN) {
            return apr_pstrcat(r->pool, text, ", ...", NULL);
        }
        text = apr_psprintf(r->pool, "%s, %s \"%s\"", text, how,
                            r->uri ? r->uri : "");
    }
    return text;
}

static int stop_redirects(const request_rec *r, int limit)
{
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00124)
                  "stopped after %d internal redirects: %s; "
                  "look for a rewrite rule or ErrorDocument that leads back "
                  "to itself, or raise LimitInternalRecursion", limit,
                  describe_trail(r));
    return 1;
}

static int stop_subrequests(const request_rec *r, int limit)
{
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00125)
                  "stopped after %d subrequests inside each other: %s; "
                  "look for documents that include each other, or raise "
                  "LimitInternalRecursion", limit, describe_trail(r));
    return 1;
}

AP_DECLARE(int) ap_is_recursion_limit_exceeded(const request_rec *r)
{
    const core_server_config *sconf
        = ap_get_core_module_config(r->server->module_config);
    int redirect_limit = sconf->redirect_limit
                         ? sconf->redirect_limit
                         : AP_DEFAULT_MAX_INTERNAL_REDIRECTS;
    int subreq_limit = sconf->subreq_limit ? sconf->subreq_limit
                                           : AP_DEFAULT_MAX_SUBREQ_DEPTH;
    int redirects = 0;
    int subreqs = 0;
    const request_rec *at = r;

    while (at) {
        if (at->prev && ++redirects >= redirect_limit) {
            return stop_redirects(r, redirect_limit);
        }
        if (!at->prev && at->main && ++subreqs >= subreq_limit) {
            return stop_subrequests(r, subreq_limit);
        }
        at = at->prev ? at->prev : at->main;
    }
    return 0;
}

/* NULL, or what is wrong with text */
static const char *parse_limit(apr_pool_t *p, const char *text, int *limit)
{
    char *end;
    apr_int64_t number = apr_strtoi64(text, &end, 10);

    if (end == text || *end || number < 1 || number > APR_INT32_MAX) {
        return apr_psprintf(p, "LimitInternalRecursion needs numbers greater "
                            "than zero, not \"%s\"; example: "
                            "LimitInternalRecursion 10", text);
    }
    *limit = (int)number;
    return NULL;
}

const char *cl_set_limit_internal_recursion(cmd_parms *cmd, void *,
                                            const char *redirects,
                                            const char *subreqs)
{
    core_server_config *sconf
        = ap_get_core_module_config(cmd->server->module_config);
    const char *problem;

    problem = parse_limit(cmd->pool, redirects, &sconf->redirect_limit);
    if (!problem) {
        problem = parse_limit(cmd->pool, subreqs ? subreqs : redirects,
                              &sconf->subreq_limit);
    }
    if (problem) {
        return problem;
    }
    if (sconf->redirect_limit < 2 || sconf->subreq_limit < 2) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server, APLOGNO(50553)
                     "LimitInternalRecursion below 2 breaks error documents "
                     "and directory indexes; see \"%s:%u\"",
                     cmd->directive->filename, cmd->directive->line_num);
    }
    return NULL;
}
