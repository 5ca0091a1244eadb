/* SPDX-License-Identifier: Apache-2.0 */
/* mod_auth_basic -- HTTP Basic authentication (RFC 7617).
 *
 *   AuthBasicProvider name ...         default file
 *   AuthBasicAuthoritative on|off      off: unknown users go to other modules
 *   AuthBasicFake off|user [password]  expressions; send as credentials
 *   AuthBasicUseDigestAlgorithm MD5|off
 *   hooks: check_user_id, note_auth_failure, fixups (last: fake)
 */
#include <stdbool.h>
#include <string.h>

#include "ap_expr.h"
#include "ap_provider.h"
#include "apr_md5.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"
#include "util_md5.h"

extern module AP_MODULE_DECLARE_DATA auth_basic_module;

struct provider {
    const char *name;
    const authn_provider *functions;
};

struct auth_basic_dir {
    apr_array_header_t *providers;  /* struct provider; NULL unset */
    int authoritative;              /* -1 unset */
    bool fake_set;
    const ap_expr_info_t *fake_user;    /* NULL: off */
    const ap_expr_info_t *fake_password;
    int use_digest;                 /* -1 unset */
};

static void *auth_basic_create_dir(apr_pool_t *p, char *)
{
    struct auth_basic_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->authoritative = dir->use_digest = -1;
    return dir;
}

static void *auth_basic_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct auth_basic_dir *base = basev;
    const struct auth_basic_dir *add = addv;
    struct auth_basic_dir *dir = apr_pmemdup(p, base, sizeof *dir);

    if (add->providers != NULL) {
        dir->providers = add->providers;
    }
    if (add->authoritative != -1) {
        dir->authoritative = add->authoritative;
    }
    if (add->fake_set) {
        dir->fake_set = true;
        dir->fake_user = add->fake_user;
        dir->fake_password = add->fake_password;
    }
    if (add->use_digest != -1) {
        dir->use_digest = add->use_digest;
    }
    return dir;
}

/* ---- directives */

static const char *auth_basic_add_provider(cmd_parms *cmd, void *mconfig,
                                           const char *name)
{
    struct auth_basic_dir *dir = mconfig;
    struct provider provider = { name, ap_lookup_provider(
        AUTHN_PROVIDER_GROUP, name, AUTHN_PROVIDER_VERSION) };

    if (provider.functions == NULL) {
        return apr_psprintf(cmd->pool, "there is no authentication provider "
                            "\"%s\"; is its module loaded?", name);
    }
    if (provider.functions->check_password == NULL) {
        return apr_psprintf(cmd->pool, "the provider \"%s\" cannot check "
                            "passwords as Basic needs it", name);
    }
    if (dir->providers == NULL) {
        dir->providers = apr_array_make(cmd->pool, 2, sizeof provider);
    }
    APR_ARRAY_PUSH(dir->providers, struct provider) = provider;
    return NULL;
}

static const char *auth_basic_set_digest(cmd_parms *cmd, void *mconfig,
                                         const char *arg)
{
    struct auth_basic_dir *dir = mconfig;

    if (ap_cstr_casecmp(arg, "Off") == 0) {
        dir->use_digest = 0;
    }
    else if (ap_cstr_casecmp(arg, "MD5") == 0) {
        dir->use_digest = 1;
    }
    else {
        return apr_psprintf(cmd->pool, "AuthBasicUseDigestAlgorithm needs "
                            "MD5 or Off, not \"%s\"",
                            arg);
    }
    return NULL;
}

static const char *auth_basic_set_fake(cmd_parms *cmd, void *mconfig,
                                       const char *user, const char *password)
{
    struct auth_basic_dir *dir = mconfig;
    const char *error = NULL;

    dir->fake_set = true;
    dir->fake_user = dir->fake_password = NULL;
    if (ap_cstr_casecmp(user, "off") == 0 && password == NULL) {
        return NULL;
    }
    dir->fake_user = ap_expr_parse_cmd(cmd, user, AP_EXPR_FLAG_STRING_RESULT,
                                       &error, NULL);
    if (error == NULL) {
        dir->fake_password = ap_expr_parse_cmd(cmd,
            password != NULL ? password : "password",
            AP_EXPR_FLAG_STRING_RESULT, &error, NULL);
    }
    return error != NULL ? apr_psprintf(cmd->pool, "AuthBasicFake: %s", error)
                         : NULL;
}

/* ---- work */

static bool is_basic(request_rec *r)
{
    const char *type = ap_auth_type(r);

    return type != NULL && ap_cstr_casecmp(type, "Basic") == 0;
}

static int auth_basic_note_failure(request_rec *r, const char *auth_type)
{
    if (ap_cstr_casecmp(auth_type, "Basic") != 0) {
        return DECLINED;
    }
    apr_table_setn(r->err_headers_out,
                   r->proxyreq == PROXYREQ_PROXY ? "Proxy-Authenticate"
                                                 : "WWW-Authenticate",
                   apr_pstrcat(r->pool, "Basic realm=\"", ap_auth_name(r),
                               "\"", NULL));
    return OK;
}

static int get_credentials(request_rec *r, const char **user,
                           const char **password)
{
    const char *field = apr_table_get(r->headers_in,
        r->proxyreq == PROXYREQ_PROXY ? "Proxy-Authorization"
                                      : "Authorization");
    char *decoded, *colon;

    if (field == NULL) {
        ap_note_auth_failure(r);
        return HTTP_UNAUTHORIZED;
    }
    if (ap_cstr_casecmp(ap_getword(r->pool, &field, ' '), "Basic") != 0) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(01614)
                      "client used wrong authentication scheme: %s", r->uri);
        ap_note_auth_failure(r);
        return HTTP_UNAUTHORIZED;
    }
    while (apr_isspace(*field)) {
        field++;
    }
    decoded = ap_pbase64decode(r->pool, field);
    colon = strchr(decoded, ':');
    *password = colon != NULL ? colon + 1 : "";
    if (colon != NULL) {
        *colon = '\0';
    }
    *user = decoded;
    return OK;
}

static authn_status check_one(request_rec *r, const struct provider *provider,
                              const char *user, const char *password,
                              bool digest)
{
    char *stored = NULL;
    const char *realm, *given;
    authn_status status;

    if (!digest) {
        return provider->functions->check_password(r, user, password);
    }
    if (provider->functions->get_realm_hash == NULL) {
        return AUTH_GENERAL_ERROR;
    }
    realm = ap_auth_name(r);
    status = provider->functions->get_realm_hash(r, user, realm, &stored);
    if (status != AUTH_USER_FOUND && status != AUTH_GRANTED) {
        return status;
    }
    given = ap_md5(r->pool, (const unsigned char *)apr_pstrcat(
        r->pool, user, ":", realm, ":", password, NULL));
    return ap_streq_timingsafe(given, stored) ? AUTH_GRANTED : AUTH_DENIED;
}

static authn_status check_all(request_rec *r, const struct auth_basic_dir *dir,
                              const char *user, const char *password)
{
    struct provider fallback = { AUTHN_DEFAULT_PROVIDER, NULL };
    const struct provider *list = &fallback;
    int count = 1;
    authn_status status = AUTH_GENERAL_ERROR;

    if (dir->providers != NULL) {
        list = (const struct provider *)dir->providers->elts;
        count = dir->providers->nelts;
    }
    else {
        fallback.functions = ap_lookup_provider(AUTHN_PROVIDER_GROUP,
            AUTHN_DEFAULT_PROVIDER, AUTHN_PROVIDER_VERSION);
    }
    for (int i = 0; i < count; i++) {
        if (list[i].functions == NULL
            || list[i].functions->check_password == NULL) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01615)
                          "no authentication provider can answer; load one, such "
                          "as mod_authn_file");
            return AUTH_GENERAL_ERROR;
        }
        apr_table_setn(r->notes, AUTHN_PROVIDER_NAME_NOTE, list[i].name);
        status = check_one(r, &list[i], user, password,
                           dir->use_digest == 1);
        apr_table_unset(r->notes, AUTHN_PROVIDER_NAME_NOTE);
        if (status != AUTH_USER_NOT_FOUND) {
            break;
        }
    }
    return status;
}

static int answer(request_rec *r, const struct auth_basic_dir *dir,
                  authn_status status, const char *user)
{
    switch (status) {
    case AUTH_GRANTED:
        return OK;
    case AUTH_GENERAL_ERROR:
        return HTTP_INTERNAL_SERVER_ERROR;
    case AUTH_DENIED:
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01617)
                      "user %s: authentication failure for \"%s\": Password "
                      "Mismatch", user, r->uri);
        break;
    default:
        if (dir->authoritative == 0 && status != AUTH_DENIED) {
            return DECLINED;
        }
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01618)
                      "user %s not found: %s", user, r->uri);
        break;
    }
    ap_note_auth_failure(r);
    return HTTP_UNAUTHORIZED;
}

static int auth_basic_check_user_id(request_rec *r)
{
    const struct auth_basic_dir *dir = ap_get_module_config(
        r->per_dir_config, &auth_basic_module);
    const char *user, *password;
    int status;

    if (!is_basic(r)) {
        return DECLINED;
    }
    if (ap_auth_name(r) == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01613)
                      "Basic authentication of %s needs an AuthName", r->uri);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    r->ap_auth_type = (char *)"Basic";
    status = get_credentials(r, &user, &password);
    if (status != OK) {
        return status;
    }
    r->user = (char *)user;
    return answer(r, dir, check_all(r, dir, user, password), user);
}

/* Credentials for a backend, made of what is known of the user. */
static int auth_basic_fake(request_rec *r)
{
    const struct auth_basic_dir *dir = ap_get_module_config(
        r->per_dir_config, &auth_basic_module);
    const char *user, *password;
    const char *error = NULL;

    if (dir->fake_user == NULL) {
        return DECLINED;
    }
    user = ap_expr_str_exec(r, dir->fake_user, &error);
    if (user == NULL || *user == '\0') {
        return error != NULL ? HTTP_INTERNAL_SERVER_ERROR : DECLINED;
    }
    password = ap_expr_str_exec(r, dir->fake_password, &error);
    if (password == NULL || *password == '\0') {
        return error != NULL ? HTTP_INTERNAL_SERVER_ERROR : DECLINED;
    }
    apr_table_setn(r->headers_in, "Authorization", apr_pstrcat(r->pool,
        "Basic ", ap_pbase64encode(r->pool, apr_pstrcat(r->pool, user, ":",
                                                        password, NULL)),
        NULL));
    return OK;
}

static const command_rec auth_basic_directives[] = {
    AP_INIT_ITERATE("AuthBasicProvider", auth_basic_add_provider, NULL,
        OR_AUTHCFG, "names of the providers that know users, in order"),
    AP_INIT_FLAG("AuthBasicAuthoritative", ap_set_flag_slot,
        (void *)offsetof(struct auth_basic_dir, authoritative), OR_AUTHCFG,
        "off: users unknown here may be known to other modules"),
    AP_INIT_TAKE12("AuthBasicFake", auth_basic_set_fake, NULL, OR_AUTHCFG,
        "a user and a password (expressions) to send on as credentials; or "
        "off"),
    AP_INIT_TAKE1("AuthBasicUseDigestAlgorithm", auth_basic_set_digest, NULL,
        OR_AUTHCFG, "MD5: check against the hashes of Digest providers"),
    { 0 }
};

static void auth_basic_register_hooks(apr_pool_t *)
{
    ap_hook_check_authn(auth_basic_check_user_id, NULL, NULL,
                        APR_HOOK_MIDDLE, AP_AUTH_INTERNAL_PER_CONF);
    ap_hook_fixups(auth_basic_fake, NULL, NULL, APR_HOOK_LAST);
    ap_hook_note_auth_failure(auth_basic_note_failure, NULL, NULL,
                              APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(auth_basic) = {
    STANDARD20_MODULE_STUFF, auth_basic_create_dir, auth_basic_merge_dir,
    NULL, NULL, auth_basic_directives, auth_basic_register_hooks,
    AP_MODULE_FLAG_NONE
};
