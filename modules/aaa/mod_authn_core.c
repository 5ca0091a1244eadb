/* SPDX-License-Identifier: Apache-2.0 */
/* mod_authn_core -- how users identify themselves: type, realm, aliases.
 *
 *   AuthType none|basic|digest|form|expr   AuthName realm|expr
 *   <AuthnProviderAlias provider alias>    server
 *   hooks: check_user_id (last: no module took the type)
 *   exports: optional functions authn_ap_auth_type, authn_ap_auth_name
 */
#include <stdbool.h>
#include <string.h>

#include "ap_expr.h"
#include "ap_provider.h"
#include "apr_hash.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA authn_core_module;

/* A directive whose value may be an expression. */
struct text {
    const char *literal;
    const ap_expr_info_t *expr;
};

struct authn_core_dir {
    struct text type;
    struct text name;
};

/* A provider under another name, with its own directives. */
struct authn_alias {
    const authn_provider *provider;
    ap_conf_vector_t *directives;
};

struct authn_core_server {
    apr_hash_t *aliases;            /* name -> struct authn_alias */
};

static void *authn_core_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct authn_core_dir));
}

static bool is_set(const struct text *text)
{
    return text->literal != NULL || text->expr != NULL;
}

static void *authn_core_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct authn_core_dir *base = basev;
    const struct authn_core_dir *add = addv;
    struct authn_core_dir *dir = apr_palloc(p, sizeof *dir);

    dir->type = is_set(&add->type) ? add->type : base->type;
    dir->name = is_set(&add->name) ? add->name : base->name;
    return dir;
}

static void *authn_core_create_server(apr_pool_t *p, server_rec *)
{
    struct authn_core_server *s = apr_palloc(p, sizeof *s);

    s->aliases = apr_hash_make(p);
    return s;
}

/* ---- directives */

static const char *set_text(cmd_parms *cmd, struct text *text,
                            const char *arg)
{
    const char *error = NULL;

    if (strchr(arg, '%') == NULL && strchr(arg, '$') == NULL) {
        text->literal = arg;
        text->expr = NULL;
        return NULL;
    }
    text->literal = NULL;
    text->expr = ap_expr_parse_cmd(cmd, arg, AP_EXPR_FLAG_STRING_RESULT,
                                   &error, NULL);
    return error != NULL ? apr_psprintf(cmd->pool, "%s: could not parse "
                                        "\"%s\": %s", cmd->cmd->name, arg,
                                        error) : NULL;
}

static const char *authn_core_set_type(cmd_parms *cmd, void *mconfig,
                                       const char *arg)
{
    struct authn_core_dir *dir = mconfig;
    const char *wrong = set_text(cmd, &dir->type, arg);

    if (wrong == NULL && dir->type.literal != NULL
        && ap_cstr_casecmp(arg, "none") == 0) {
        dir->type.literal = "None";
    }
    return wrong;
}

static const char *authn_core_set_name(cmd_parms *cmd, void *mconfig,
                                       const char *arg)
{
    struct authn_core_dir *dir = mconfig;

    return set_text(cmd, &dir->name, arg);
}

/* Run the real provider with the alias's directives in force. */
static struct authn_alias *find_alias(request_rec *r)
{
    const struct authn_core_server *s = ap_get_module_config(
        r->server->module_config, &authn_core_module);
    const char *name = apr_table_get(r->notes, AUTHN_PROVIDER_NAME_NOTE);
    struct authn_alias *alias = name != NULL
        ? apr_hash_get(s->aliases, name, APR_HASH_KEY_STRING) : NULL;

    if (alias == NULL) {            /* aliases are set in the main server */
        s = ap_get_module_config(ap_server_conf->module_config,
                                 &authn_core_module);
        alias = name != NULL ? apr_hash_get(s->aliases, name,
                                            APR_HASH_KEY_STRING) : NULL;
    }
    return alias;
}

static authn_status alias_check_password(request_rec *r, const char *user,
                                         const char *password)
{
    const struct authn_alias *alias = find_alias(r);
    ap_conf_vector_t *outer = r->per_dir_config;
    authn_status status = AUTH_USER_NOT_FOUND;

    if (alias != NULL && alias->provider->check_password != NULL) {
        r->per_dir_config = ap_merge_per_dir_configs(r->pool, outer,
                                                     alias->directives);
        status = alias->provider->check_password(r, user, password);
        r->per_dir_config = outer;
    }
    return status;
}

static authn_status alias_get_realm_hash(request_rec *r, const char *user,
                                         const char *realm, char **hash)
{
    const struct authn_alias *alias = find_alias(r);
    ap_conf_vector_t *outer = r->per_dir_config;
    authn_status status = AUTH_USER_NOT_FOUND;

    if (alias != NULL && alias->provider->get_realm_hash != NULL) {
        r->per_dir_config = ap_merge_per_dir_configs(r->pool, outer,
                                                     alias->directives);
        status = alias->provider->get_realm_hash(r, user, realm, hash);
        r->per_dir_config = outer;
    }
    return status;
}

static const authn_provider alias_provider = {
    alias_check_password, alias_get_realm_hash
};

static const char *check_alias(cmd_parms *cmd, const char *base,
                               const char *name)
{
    if (*base == '\0' || *name == '\0') {
        return "<AuthnProviderAlias> needs a provider and a name for the "
               "alias";
    }
    if (ap_cstr_casecmp(base, name) == 0) {
        return "<AuthnProviderAlias>: the alias must have a name of its own";
    }
    if (ap_lookup_provider(AUTHN_PROVIDER_GROUP, name,
                           AUTHN_PROVIDER_VERSION) != NULL) {
        return apr_psprintf(cmd->pool, "<AuthnProviderAlias>: there is "
                            "a provider called \"%s\" already", name);
    }
    if (ap_lookup_provider(AUTHN_PROVIDER_GROUP, base,
                           AUTHN_PROVIDER_VERSION) == NULL) {
        return apr_psprintf(cmd->pool, "there is no authentication provider "
                            "\"%s\"; is its module loaded?", base);
    }
    return NULL;
}

static const char *authn_core_alias(cmd_parms *cmd, void *, const char *args)
{
    struct authn_core_server *s = ap_get_module_config(
        cmd->server->module_config, &authn_core_module);
    const char *end = strrchr(args, '>');
    int override = cmd->override;
    struct authn_alias *alias;
    const char *base, *name, *wrong;

    wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    if (wrong != NULL) {
        return wrong;
    }
    if (end == NULL) {
        return "<AuthnProviderAlias> must end with >";
    }
    args = apr_pstrmemdup(cmd->temp_pool, args, end - args);
    base = ap_getword_conf(cmd->pool, &args);
    name = ap_getword_conf(cmd->pool, &args);
    wrong = check_alias(cmd, base, name);
    if (wrong != NULL) {
        return wrong;
    }
    alias = apr_pcalloc(cmd->pool, sizeof *alias);
    alias->provider = ap_lookup_provider(AUTHN_PROVIDER_GROUP, base,
                                         AUTHN_PROVIDER_VERSION);
    alias->directives = ap_create_per_dir_config(cmd->pool);
    cmd->override = OR_AUTHCFG | ACCESS_CONF;
    wrong = ap_walk_config(cmd->directive->first_child, cmd,
                           alias->directives);
    cmd->override = override;
    if (wrong != NULL) {
        return wrong;
    }
    apr_hash_set(s->aliases, name, APR_HASH_KEY_STRING, alias);
    ap_register_auth_provider(cmd->pool, AUTHN_PROVIDER_GROUP, name,
                              AUTHN_PROVIDER_VERSION, &alias_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    return NULL;
}

/* ---- what others ask */

static const char *value_of(request_rec *r, const struct text *text,
                            const char *what)
{
    const char *error = NULL;
    const char *value;

    if (text->expr == NULL) {
        return text->literal;
    }
    value = ap_expr_str_exec(r, text->expr, &error);
    if (error != NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02834)
                      "could not evaluate %s: %s", what, error);
        return NULL;
    }
    return value;
}

static const char *authn_ap_auth_type(request_rec *r)
{
    const struct authn_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authn_core_module);
    const char *type = value_of(r, &dir->type, "AuthType");

    return type != NULL && strcmp(type, "None") != 0 ? type : NULL;
}

static const char *authn_ap_auth_name(request_rec *r)
{
    const struct authn_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authn_core_module);
    const char *name = value_of(r, &dir->name, "AuthName");

    return name != NULL ? ap_escape_quotes(r->pool, name) : NULL;
}

static int authn_core_check_user_id(request_rec *r)
{
    const struct authn_core_dir *dir = ap_get_module_config(
        r->per_dir_config, &authn_core_module);
    const char *type = value_of(r, &dir->type, "AuthType");

    if (type == NULL) {
        return DECLINED;
    }
    if (strcmp(type, "None") == 0) {
        return OK;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01796)
                  "no loaded module does AuthType %s", type);
    return HTTP_INTERNAL_SERVER_ERROR;
}

static const command_rec authn_core_directives[] = {
    AP_INIT_TAKE1("AuthType", authn_core_set_type, NULL, OR_AUTHCFG,
        "Basic, Digest, Form or None"),
    AP_INIT_TAKE1("AuthName", authn_core_set_name, NULL, OR_AUTHCFG,
        "the realm users see in their log-in dialogue"),
    AP_INIT_RAW_ARGS("<AuthnProviderAlias", authn_core_alias, NULL,
        RSRC_CONF, "a provider and a new name for it; the lines up to "
        "</AuthnProviderAlias> are its settings"),
    { 0 }
};

static void authn_core_register_hooks(apr_pool_t *)
{
    ap_hook_check_authn(authn_core_check_user_id, NULL, NULL, APR_HOOK_LAST,
                        AP_AUTH_INTERNAL_PER_CONF);
    APR_REGISTER_OPTIONAL_FN(authn_ap_auth_type);
    APR_REGISTER_OPTIONAL_FN(authn_ap_auth_name);
}

AP_DECLARE_MODULE(authn_core) = {
    STANDARD20_MODULE_STUFF, authn_core_create_dir, authn_core_merge_dir,
    authn_core_create_server, NULL, authn_core_directives,
    authn_core_register_hooks, AP_MODULE_FLAG_NONE
};
