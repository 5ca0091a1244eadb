/* SPDX-License-Identifier: Apache-2.0 */
/* gate.c -- may this client have this? Access, authentication and
 * authorisation in order, combined by Satisfy.
 *
 * access_checker_ex answers OK (no user needed), DECLINED (find out who it
 * is) or a refusal.  An internal request passes if its parent did under the
 * same configuration (and the same URI, if some module's rules look at it).
 */
#include "request/request.h"

#include "http_log.h"
#include "http_request.h"

APLOG_USE_MODULE(core);

/* Found when all modules are loaded; NULL: the module is not there. */
static APR_OPTIONAL_FN_TYPE(access_compat_ap_satisfies) *satisfies;
static APR_OPTIONAL_FN_TYPE(authn_ap_auth_name) *auth_name;
static APR_OPTIONAL_FN_TYPE(authn_ap_auth_type) *auth_type;
static APR_OPTIONAL_FN_TYPE(authz_some_auth_required) *auth_required;

void cl_request_find_auth_functions(void)
{
    satisfies = APR_RETRIEVE_OPTIONAL_FN(access_compat_ap_satisfies);
    auth_name = APR_RETRIEVE_OPTIONAL_FN(authn_ap_auth_name);
    auth_type = APR_RETRIEVE_OPTIONAL_FN(authn_ap_auth_type);
    auth_required = APR_RETRIEVE_OPTIONAL_FN(authz_some_auth_required);
}

AP_DECLARE(const char *) ap_auth_type(request_rec *r)
{
    return auth_type ? auth_type(r) : NULL;
}

AP_DECLARE(const char *) ap_auth_name(request_rec *r)
{
    return auth_name ? auth_name(r) : NULL;
}

AP_DECLARE(int) ap_satisfies(request_rec *r)
{
    return satisfies ? satisfies(r) : SATISFY_NOSPEC;
}

AP_DECLARE(int) ap_some_auth_required(request_rec *r)
{
    return auth_required ? auth_required(r) : 0;
}

int cl_request_phase_failed(request_rec *r, int status, const char *phase)
{
    if (status != DECLINED) {
        return status;
    }
    ap_log_rerror(APLOG_MARK, APLOG_CRIT, 0, r, APLOGNO(50559)
                  "no module is set up to %s for \"%s\"; load one that is",
                  phase, r->uri);
    return HTTP_INTERNAL_SERVER_ERROR;
}

static int authenticate(request_rec *r)
{
    int status = ap_run_check_user_id(r);

    if (status != OK) {
        return cl_request_phase_failed(r, status, "check the user");
    }
    if (!r->user) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00027)
                      "\"%s\" requires a user, but nothing is set up to ask "
                      "for one; add AuthType and what belongs to it", r->uri);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    status = ap_run_auth_checker(r);
    return status == OK
           ? OK : cl_request_phase_failed(r, status, "check authorization");
}

/* The rules that may need a user. */
static int check_user_rules(request_rec *r)
{
    int status = ap_run_access_checker_ex(r);

    if (status == DECLINED) {
        return authenticate(r);
    }
    if (status == OK && ap_run_force_authn(r) == OK) {
        return authenticate(r);
    }
    return status;
}

static int check_all(request_rec *r)
{
    int status = ap_run_access_checker(r);

    if (status != OK) {
        return cl_request_phase_failed(r, status, "check access");
    }
    return check_user_rules(r);
}

static int check_any(request_rec *r)
{
    return ap_run_access_checker(r) == OK ? OK : check_user_rules(r);
}

/* Has a parent of r been let in for the same reasons? Then be its user. */
static bool inherits_decision(request_rec *r)
{
    const request_rec *parent = r->prev ? r->prev : r->main;

    if (!parent || parent->per_dir_config != r->per_dir_config) {
        return false;
    }
    if (!cl_request_auth_is_per_conf()
        && !(parent->uri && r->uri && strcmp(parent->uri, r->uri) == 0)) {
        return false;
    }
    r->user = parent->user;
    r->ap_auth_type = parent->ap_auth_type;
    return true;
}

int cl_request_gate(request_rec *r)
{
    int status;

    if (inherits_decision(r)) {
        return OK;
    }
    status = ap_satisfies(r) == SATISFY_ANY ? check_any(r) : check_all(r);
    return status;
}

static int needs_user(request_rec *r)
{
    int status = ap_run_access_checker(r);

    if (ap_satisfies(r) == SATISFY_ANY) {
        if (status == OK) {
            return 0;
        }
    }
    else if (status != OK) {
        return 0;                       /* refused whoever it is */
    }
    status = ap_run_access_checker_ex(r);
    return status == DECLINED
           || (status == OK && ap_run_force_authn(r) == OK);
}

/* Asks the hooks themselves, silently: this is only a question. */
AP_DECLARE(int) ap_some_authn_required(request_rec *r)
{
    static const struct ap_logconf silent = { NULL, APLOG_EMERG };
    const struct ap_logconf *log = r->log;
    int answer;

    r->log = &silent;
    answer = needs_user(r);
    r->log = log;
    return answer;
}
