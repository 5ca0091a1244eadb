/* SPDX-License-Identifier: Apache-2.0 */
/* authz_providers.c -- Require all, env, method, expr. */
#include "authz_core.h"

#include <string.h>

#include "ap_expr.h"
#include "ap_provider.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(authz_core);

/* ---- all */

static const char *parse_all(cmd_parms *, const char *line,
                             const void **parsed)
{
    if (ap_cstr_casecmp(line, "granted") == 0) {
        *parsed = "granted";
        return NULL;
    }
    if (ap_cstr_casecmp(line, "denied") == 0) {
        return NULL;
    }
    return "Require all needs granted or denied";
}

static authz_status check_all(request_rec *, const char *, const void *parsed)
{
    return parsed != NULL ? AUTHZ_GRANTED : AUTHZ_DENIED;
}

/* ---- env */

static authz_status check_env(request_rec *r, const char *line, const void *)
{
    while (*line != '\0') {
        const char *name = ap_getword_conf(r->pool, &line);

        if (apr_table_get(r->subprocess_env, name) != NULL) {
            return AUTHZ_GRANTED;
        }
    }
    return AUTHZ_DENIED;
}

/* ---- method */

static const char *parse_methods(cmd_parms *cmd, const char *line,
                                 const void **parsed)
{
    apr_int64_t *methods = apr_pcalloc(cmd->pool, sizeof *methods);

    while (*line != '\0') {
        const char *name = ap_getword_conf(cmd->temp_pool, &line);
        int number = ap_method_number_of(name);

        if (number == M_INVALID) {
            return apr_psprintf(cmd->pool, "there is no method \"%s\"; "
                                "RegisterHttpMethod makes it known", name);
        }
        *methods |= AP_METHOD_BIT << number;
    }
    *parsed = methods;
    return NULL;
}

static authz_status check_methods(request_rec *r, const char *,
                                  const void *parsed)
{
    const apr_int64_t *methods = parsed;

    return *methods & (AP_METHOD_BIT << r->method_number) ? AUTHZ_GRANTED
                                                          : AUTHZ_DENIED;
}

/* ---- expr */

struct condition {
    const ap_expr_info_t *expr;
    bool needs_user;
};

/* The look-up runs while the one configuration thread parses. */
static bool saw_remote_user;

static int notice_remote_user(ap_expr_lookup_parms *parms)
{
    if (parms->type == AP_EXPR_FUNC_VAR
        && ap_cstr_casecmp(parms->name, "REMOTE_USER") == 0) {
        saw_remote_user = true;
    }
    return ap_run_expr_lookup(parms);
}

static const char *parse_condition(cmd_parms *cmd, const char *line,
                                   const void **parsed)
{
    struct condition *condition = apr_pcalloc(cmd->pool, sizeof *condition);
    const char *error = NULL;
    const char *rest = line;
    const char *word = ap_getword_conf(cmd->temp_pool, &rest);

    if (*word != '\0' && *rest == '\0' && *line == '"') {
        line = word;                /* the whole condition in quotes */
    }
    saw_remote_user = false;
    condition->expr = ap_expr_parse_cmd(cmd, line, 0, &error,
                                        notice_remote_user);
    condition->needs_user = saw_remote_user;
    *parsed = condition;
    return error != NULL ? apr_pstrcat(cmd->pool, "Require expr: ", error, NULL) : NULL;
}

static authz_status check_condition(request_rec *r, const char *,
                                    const void *parsed)
{
    const struct condition *condition = parsed;
    const char *error = NULL;
    int result = ap_expr_exec(r, condition->expr, &error);

    if (result < 0) {
        return AUTHZ_GENERAL_ERROR;
    }
    if (result == 0) {
        return condition->needs_user && r->user == NULL
            ? AUTHZ_DENIED_NO_USER : AUTHZ_DENIED;
    }
    return AUTHZ_GRANTED;
}

/* ---- table */

static const authz_provider all_provider = { check_all, parse_all };
static const authz_provider env_provider = { check_env, NULL };
static const authz_provider method_provider = { check_methods,
                                                parse_methods };
static const authz_provider expr_provider = { check_condition,
                                              parse_condition };

void authz_register_providers(apr_pool_t *p)
{
    static const struct { const char *name; const authz_provider *provider; }
    providers[] = {
        { "all", &all_provider }, { "env", &env_provider },
        { "method", &method_provider }, { "expr", &expr_provider },
    };

    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
        ap_register_auth_provider(p, AUTHZ_PROVIDER_GROUP, providers[i].name,
                                  AUTHZ_PROVIDER_VERSION,
                                  providers[i].provider,
                                  AP_AUTH_INTERNAL_PER_CONF);
    }
}
