/* SPDX-License-Identifier: Apache-2.0 */
/* mod_authz_core -- who may do what: Require and its sections.
 *
 *   Require [not] provider args         <RequireAll> <RequireAny> <RequireNone>
 *   AuthMerging off|and|or              AuthzSendForbiddenOnFailure on|off
 *   <AuthzProviderAlias provider alias args>
 *   hooks: access_checker_ex (last: decide without a user when possible),
 *          auth_checker (last: decide with the user)
 *   exports: optional function authz_some_auth_required
 *
 * authz_section.c reads the lines into a tree, authz_tree.c runs the tree,
 * authz_providers.c has the providers all, env, method and expr.
 */
#include "authz_core.h"

#include <string.h>

#include "ap_provider.h"
#include "apr_hash.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

static void *authz_core_create_dir(apr_pool_t *p, char *)
{
    struct authz_core_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->forbidden_on_failure = -1;
    return dir;
}

static struct requirement *join(apr_pool_t *p, enum logic logic,
                                struct requirement *outer,
                                struct requirement *inner)
{
    struct requirement *both = authz_new_section(p, logic,
        outer->limited | inner->limited);

    both->first = apr_pmemdup(p, outer, sizeof *outer);
    both->first->next = apr_pmemdup(p, inner, sizeof *inner);
    both->first->next->next = NULL;
    return both;
}

static void *authz_core_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct authz_core_dir *base = basev;
    const struct authz_core_dir *add = addv;
    struct authz_core_dir *dir = apr_pcalloc(p, sizeof *dir);

    /* AuthMerging itself is not inherited */
    dir->merging = add->merging;
    if (add->root == NULL) {
        dir->root = add->merging_off ? NULL : base->root;
    }
    else if (base->root == NULL || add->merging == LOGIC_UNSET) {
        dir->root = add->root;
    }
    else {
        dir->root = join(p, add->merging, base->root, add->root);
    }
    dir->forbidden_on_failure = add->forbidden_on_failure != -1
        ? add->forbidden_on_failure : base->forbidden_on_failure;
    return dir;
}

static void *authz_core_create_server(apr_pool_t *p, server_rec *)
{
    struct authz_core_server *s = apr_pcalloc(p, sizeof *s);

    s->aliases = apr_hash_make(p);
    return s;
}

static const char *authz_core_set_merging(cmd_parms *cmd, void *mconfig,
                                          const char *arg)
{
    static const struct { const char *word; enum logic logic; } words[] = {
        { "Off", LOGIC_UNSET }, { "And", LOGIC_ALL }, { "Or", LOGIC_ANY },
    };
    struct authz_core_dir *dir = mconfig;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(arg, words[i].word) == 0) {
            dir->merging = words[i].logic;
            dir->merging_off = words[i].logic == LOGIC_UNSET;
            return NULL;
        }
    }
    return apr_pstrcat(cmd->pool, cmd->cmd->name, " needs off, and or or", NULL);
}

/* ---- hooks */

static void log_denied(request_rec *r)
{
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01630)
                  "client denied by server configuration: %s%s",
                  r->filename != NULL ? "" : "uri ",
                  r->filename != NULL ? r->filename : r->uri);
}

static int authorize_without_user(request_rec *r)
{
    const struct authz_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authz_core_module);

    if (dir->root == NULL
        || !(dir->root->limited & (AP_METHOD_BIT << r->method_number))) {
        if (dir->root == NULL && ap_auth_type(r) != NULL) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01627)
                          "AuthType is set, but no Require line asks for a "
                          "user");
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        return OK;
    }
    switch (authz_evaluate(r, dir->root)) {
    case AUTHZ_GRANTED:
        return OK;
    case AUTHZ_DENIED_NO_USER:
        return DECLINED;
    case AUTHZ_GENERAL_ERROR:
        return HTTP_INTERNAL_SERVER_ERROR;
    default:
        if (ap_satisfies(r) != SATISFY_ANY) {
            log_denied(r);
        }
        return HTTP_FORBIDDEN;
    }
}

static int refuse_user(request_rec *r, const struct authz_core_dir *dir)
{
    if (ap_auth_type(r) == NULL) {
        log_denied(r);
        return HTTP_FORBIDDEN;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01631)
                  "user %s: authorization failure for \"%s\": ",
                  r->user != NULL ? r->user : "-", r->uri);
    if (dir->forbidden_on_failure == 1) {
        return HTTP_FORBIDDEN;
    }
    ap_note_auth_failure(r);
    return HTTP_UNAUTHORIZED;
}

static int authorize_user(request_rec *r)
{
    const struct authz_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authz_core_module);
    authz_status status;

    if (dir->root == NULL
        || !(dir->root->limited & (AP_METHOD_BIT << r->method_number))) {
        return OK;
    }
    status = authz_evaluate(r, dir->root);
    if (status == AUTHZ_GRANTED) {
        return OK;
    }
    if (status == AUTHZ_GENERAL_ERROR) {
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return refuse_user(r, dir);
}

static int authz_some_auth_required(request_rec *r)
{
    const struct authz_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authz_core_module);

    return dir->root != NULL
        && (dir->root->limited & (AP_METHOD_BIT << r->method_number)) != 0;
}

static const command_rec authz_core_directives[] = {
    AP_INIT_RAW_ARGS("<AuthzProviderAlias", authz_add_alias, NULL, RSRC_CONF,
        "a provider, a new name for it and its arguments; the lines up to "
        "</AuthzProviderAlias> are its settings"),
    AP_INIT_RAW_ARGS("Require", authz_add_requirement, NULL, OR_AUTHCFG,
        "a provider and what it needs; after \"not\": must not hold"),
    AP_INIT_RAW_ARGS("<RequireAll", authz_add_section, (void *)LOGIC_ALL,
        OR_AUTHCFG, "none of the lines up to </RequireAll> may fail"),
    AP_INIT_RAW_ARGS("<RequireAny", authz_add_section, (void *)LOGIC_ANY,
        OR_AUTHCFG, "one of the lines up to </RequireAny> must hold"),
    AP_INIT_RAW_ARGS("<RequireNone", authz_add_section, (void *)LOGIC_NONE,
        OR_AUTHCFG, "none of the lines up to </RequireNone> may hold"),
    AP_INIT_TAKE1("AuthMerging", authz_core_set_merging, NULL, OR_AUTHCFG,
        "off, and, or: how the lines of outer sections count"),
    AP_INIT_FLAG("AuthzSendForbiddenOnFailure", ap_set_flag_slot,
        (void *)offsetof(struct authz_core_dir, forbidden_on_failure),
        OR_AUTHCFG, "on: answer 403, not 401, to users who may not"),
    { 0 }
};

static void authz_core_register_hooks(apr_pool_t *p)
{
    APR_REGISTER_OPTIONAL_FN(authz_some_auth_required);
    ap_hook_check_access_ex(authorize_without_user, NULL, NULL,
                            APR_HOOK_LAST, AP_AUTH_INTERNAL_PER_CONF);
    ap_hook_check_authz(authorize_user, NULL, NULL, APR_HOOK_LAST,
                        AP_AUTH_INTERNAL_PER_CONF);
    authz_register_providers(p);
}

AP_DECLARE_MODULE(authz_core) = {
    STANDARD20_MODULE_STUFF, authz_core_create_dir, authz_core_merge_dir,
    authz_core_create_server, NULL, authz_core_directives,
    authz_core_register_hooks, AP_MODULE_FLAG_NONE
};
