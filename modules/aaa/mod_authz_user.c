/* SPDX-License-Identifier: Apache-2.0 */
/* mod_authz_user -- Require user name ... and Require valid-user.
 *
 *   providers: authz "user", "valid-user"
 */
#include <string.h>

#include "ap_expr.h"
#include "ap_provider.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA authz_user_module;

static const char *parse_names(cmd_parms *cmd, const char *line,
                               const void **parsed)
{
    const char *error = NULL;

    *parsed = ap_expr_parse_cmd(cmd, line, AP_EXPR_FLAG_STRING_RESULT,
                                &error, NULL);
    return error != NULL ? apr_psprintf(cmd->pool, "Require user: could not "
                                        "parse \"%s\": %s", line, error)
                         : NULL;
}

static authz_status check_names(request_rec *r, const char *,
                                const void *parsed)
{
    const char *error = NULL;
    const char *names;

    if (r->user == NULL) {
        return AUTHZ_DENIED_NO_USER;
    }
    names = ap_expr_str_exec(r, parsed, &error);
    if (error != NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02594)
                      "could not evaluate the names of Require user: %s", error);
        return AUTHZ_DENIED;
    }
    while (*names != '\0') {
        if (strcmp(ap_getword_conf(r->pool, &names), r->user) == 0) {
            return AUTHZ_GRANTED;
        }
    }
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(01663)
                  "access to %s failed, reason: user '%s' does not meet "
                  "'require'ments for user to be allowed access", r->uri,
                  r->user);
    return AUTHZ_DENIED;
}

static authz_status check_valid(request_rec *r, const char *, const void *)
{
    return r->user != NULL ? AUTHZ_GRANTED : AUTHZ_DENIED_NO_USER;
}

static const authz_provider user_provider = { check_names, parse_names };
static const authz_provider valid_user_provider = { check_valid, NULL };

static void authz_user_register_hooks(apr_pool_t *p)
{
    ap_register_auth_provider(p, AUTHZ_PROVIDER_GROUP, "user",
                              AUTHZ_PROVIDER_VERSION, &user_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    ap_register_auth_provider(p, AUTHZ_PROVIDER_GROUP, "valid-user",
                              AUTHZ_PROVIDER_VERSION, &valid_user_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
}

AP_DECLARE_MODULE(authz_user) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    authz_user_register_hooks, AP_MODULE_FLAG_NONE
};
