/* SPDX-License-Identifier: Apache-2.0 */
/* authz_tree.c -- one result out of many.
 *
 *   all    granted when one member grants and none denies
 *   any    granted when one member grants
 *   none   denied when one member grants; it never grants by itself
 * A line that would need to know the user, who is not known yet, gives
 * "denied, no user": then the user is asked for, unless the section has
 * decided without.
 */
#include "authz_core.h"

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(authz_core);

static authz_status negated(authz_status status)
{
    switch (status) {
    case AUTHZ_GRANTED:
        return AUTHZ_DENIED;
    case AUTHZ_DENIED:
    case AUTHZ_DENIED_NO_USER:          /* nobody is not "not bob" */
        return AUTHZ_NEUTRAL;
    default:
        return status;
    }
}

static authz_status run_line(request_rec *r, const struct requirement *line)
{
    authz_status status;

    apr_table_setn(r->notes, AUTHZ_PROVIDER_NAME_NOTE, line->name);
    status = line->provider->check_authorization(r, line->args, line->parsed);
    apr_table_unset(r->notes, AUTHZ_PROVIDER_NAME_NOTE);
    return status;
}

static const char *word_for(authz_status status)
{
    switch (status) {
    case AUTHZ_DENIED:
        return "denied";
    case AUTHZ_GRANTED:
        return "granted";
    case AUTHZ_NEUTRAL:
        return "neutral";
    case AUTHZ_DENIED_NO_USER:
        return "denied (no authenticated user yet)";
    default:
        return "failed";
    }
}

/* Combine what was found so far with one more result; *done when no further
 * member can change the outcome. */
static authz_status combine_any(authz_status so_far, authz_status add,
                                bool *done)
{
    *done = add == AUTHZ_GRANTED;
    if (*done || so_far == AUTHZ_NEUTRAL || add == AUTHZ_DENIED_NO_USER) {
        return add;
    }
    return so_far;
}

static authz_status combine_all(authz_status so_far, authz_status add,
                                bool *done)
{
    *done = add == AUTHZ_DENIED;
    if (*done || add == AUTHZ_DENIED_NO_USER) {
        return add;
    }
    return so_far == AUTHZ_NEUTRAL ? add : so_far;
}

static authz_status evaluate_members(request_rec *r,
                                     const struct requirement *section)
{
    authz_status result = AUTHZ_NEUTRAL;
    apr_int64_t method = AP_METHOD_BIT << r->method_number;
    bool done = false;

    for (const struct requirement *m = section->first; m != NULL && !done;
         m = m->next) {
        authz_status status;

        if (!(m->limited & method)) {
            continue;
        }
        status = authz_evaluate(r, m);
        if (status == AUTHZ_GENERAL_ERROR) {
            return status;
        }
        result = section->logic == LOGIC_ALL
            ? combine_all(result, status, &done)
            : combine_any(result, status, &done);
    }
    return result;
}

authz_status authz_evaluate(request_rec *r, const struct requirement *item)
{
    authz_status status;

    if (item->provider != NULL) {
        status = run_line(r, item);
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(01626)
                      "authorization result of Require %s%s %s: %s",
                      item->negate ? "not " : "", item->name,
                      item->args != NULL ? item->args : "",
                      word_for(item->negate ? negated(status) : status));
        return item->negate ? negated(status) : status;
    }
    status = evaluate_members(r, item);
    if (item->logic == LOGIC_NONE) {
        status = negated(status);
    }
    if (item->negate) {
        status = negated(status);
    }
    return status;
}
