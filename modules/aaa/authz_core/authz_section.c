/* SPDX-License-Identifier: Apache-2.0 */
/* authz_section.c -- reading Require lines, sections and aliases. */
#include "authz_core.h"

#include <string.h>

#include "ap_provider.h"
#include "apr_hash.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(authz_core);

struct requirement *authz_new_section(apr_pool_t *p, enum logic logic,
                                      apr_int64_t limited)
{
    struct requirement *section = apr_pcalloc(p, sizeof *section);

    section->logic = logic;
    section->limited = limited;
    return section;
}

/* What never grants is nothing to choose from. */
static const char *append(apr_pool_t *p, struct requirement *section,
                          struct requirement *item)
{
    struct requirement **end = &section->first;

    if (section->logic != LOGIC_ALL
        && (item->negate || item->logic == LOGIC_NONE)) {
        return apr_pstrcat(p, item->negate ? "Require not"
                                           : "<RequireNone>",
                           " changes nothing inside of ",
                           section->logic == LOGIC_ANY ? "<RequireAny>"
                                                       : "<RequireNone>",
                           NULL);
    }
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = item;
    section->limited |= item->limited;
    return NULL;
}

/* The section that lines go into; lines outside any are in an "any". */
static struct requirement *current_section(cmd_parms *cmd,
                                           struct authz_core_dir *dir)
{
    if (dir->open != NULL) {
        return dir->open;
    }
    if (dir->root == NULL) {
        dir->root = authz_new_section(cmd->pool, LOGIC_ANY, cmd->limited);
    }
    return dir->root;
}

static const char *parse_line(cmd_parms *cmd, struct requirement *line)
{
    line->provider = ap_lookup_provider(AUTHZ_PROVIDER_GROUP, line->name,
                                        AUTHZ_PROVIDER_VERSION);
    if (line->provider == NULL) {
        return apr_psprintf(cmd->pool, "there is no authorization provider "
                            "\"%s\"; is its module loaded?", line->name);
    }
    if (line->provider->check_authorization == NULL) {
        return apr_psprintf(cmd->pool, "the provider \"%s\" cannot authorize", line->name);
    }
    if (line->provider->parse_require_line == NULL) {
        return NULL;
    }
    return line->provider->parse_require_line(cmd, line->args,
                                              &line->parsed);
}

const char *authz_add_requirement(cmd_parms *cmd, void *mconfig,
                                  const char *args)
{
    struct authz_core_dir *dir = mconfig;
    struct requirement *line = apr_pcalloc(cmd->pool, sizeof *line);
    struct requirement *section = current_section(cmd, dir);
    const char *wrong;

    line->name = ap_getword_conf(cmd->pool, &args);
    if (ap_cstr_casecmp(line->name, "not") == 0) {
        line->name = ap_getword_conf(cmd->pool, &args);
        line->negate = true;
    }
    if (*line->name == '\0') {
        return "Require needs a provider such as all, ip or valid-user";
    }
    line->args = apr_pstrdup(cmd->pool, args);
    line->limited = cmd->limited;
    cmd->info = section;
    wrong = parse_line(cmd, line);
    if (wrong != NULL) {
        return wrong;
    }
    return append(cmd->pool, section, line);
}

/* An "all" needs a member that can grant. */
static bool may_decide(const struct requirement *section)
{
    for (const struct requirement *m = section->first; m; m = m->next) {
        if (!m->negate && m->logic != LOGIC_NONE) {
            return true;
        }
    }
    return section->logic != LOGIC_ALL;
}

/* cmd->info is the logic. */
const char *authz_add_section(cmd_parms *cmd, void *mconfig,
                              const char *args)
{
    struct authz_core_dir *dir = mconfig;
    struct requirement *outer = current_section(cmd, dir);
    struct requirement *section = authz_new_section(cmd->pool,
        (enum logic)(intptr_t)cmd->info, 0);
    const char *end = strrchr(args, '>');
    const char *wrong;

    if (end == NULL) {
        return apr_psprintf(cmd->pool, "%s must end with >",
                            cmd->cmd->name);
    }
    if (end != args) {
        return apr_psprintf(cmd->pool, "%s> has no arguments", cmd->cmd->name);
    }
    dir->open = section;
    wrong = ap_walk_config(cmd->directive->first_child, cmd, cmd->context);
    dir->open = outer == dir->root ? NULL : outer;
    if (wrong != NULL) {
        return wrong;
    }
    if (section->first == NULL) {
        return apr_psprintf(cmd->pool, "%s> is empty: put Require lines "
                            "into it", cmd->cmd->name);
    }
    if (!may_decide(section)) {
        return "<RequireAll> has only lines that refuse: nobody would be "
               "admitted";
    }
    return append(cmd->pool, outer, section);
}

/* ---- aliases */

static authz_status check_alias(request_rec *r, const char *, const void *)
{
    const struct authz_core_server *s = ap_get_module_config(
        ap_server_conf->module_config, &authz_core_module);
    const char *name = apr_table_get(r->notes, AUTHZ_PROVIDER_NAME_NOTE);
    const struct authz_alias *alias = name != NULL
        ? apr_hash_get(s->aliases, name, APR_HASH_KEY_STRING) : NULL;
    ap_conf_vector_t *outer = r->per_dir_config;
    authz_status status;

    if (alias == NULL) {
        return AUTHZ_DENIED;
    }
    r->per_dir_config = ap_merge_per_dir_configs(r->pool, outer,
                                                 alias->directives);
    status = alias->provider->check_authorization(r, alias->args,
                                                  alias->parsed);
    r->per_dir_config = outer;
    return status;
}

static const authz_provider alias_provider = { check_alias, NULL };

static const char *read_alias(cmd_parms *cmd, const char *args,
                              struct authz_alias *alias, const char **name)
{
    const char *base = ap_getword_conf(cmd->pool, &args);

    *name = ap_getword_conf(cmd->pool, &args);
    alias->args = ap_getword_conf(cmd->pool, &args);
    if (**name == '\0') {
        return "<AuthzProviderAlias> needs a provider, a name for the alias "
               "and arguments";
    }
    if (*args != '\0') {
        return "<AuthzProviderAlias>: put the arguments of the provider in "
               "quotes";
    }
    if (ap_cstr_casecmp(base, *name) == 0) {
        return "<AuthzProviderAlias>: the alias must have a name of its own";
    }
    if (ap_lookup_provider(AUTHZ_PROVIDER_GROUP, *name,
                           AUTHZ_PROVIDER_VERSION) != NULL) {
        return apr_psprintf(cmd->pool, "<AuthzProviderAlias>: there is "
                            "a provider called \"%s\" already", *name);
    }
    alias->provider = ap_lookup_provider(AUTHZ_PROVIDER_GROUP, base,
                                         AUTHZ_PROVIDER_VERSION);
    return alias->provider == NULL ? apr_psprintf(cmd->pool,
        "there is no authorization provider \"%s\"; is its module loaded?", base) : NULL;
}

const char *authz_add_alias(cmd_parms *cmd, void *, const char *args)
{
    struct authz_core_server *s = ap_get_module_config(
        cmd->server->module_config, &authz_core_module);
    struct authz_alias *alias = apr_pcalloc(cmd->pool, sizeof *alias);
    const char *end = strrchr(args, '>');
    int override = cmd->override;
    const char *name;
    const char *wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (wrong != NULL) {
        return wrong;
    }
    if (end == NULL) {
        return "<AuthzProviderAlias> must end with >";
    }
    wrong = read_alias(cmd, apr_pstrmemdup(cmd->temp_pool, args, end - args),
                       alias, &name);
    if (wrong != NULL) {
        return wrong;
    }
    alias->directives = ap_create_per_dir_config(cmd->pool);
    cmd->override = OR_AUTHCFG | ACCESS_CONF;
    wrong = ap_walk_config(cmd->directive->first_child, cmd,
                           alias->directives);
    cmd->override = override;
    if (wrong == NULL && alias->provider->parse_require_line != NULL) {
        wrong = alias->provider->parse_require_line(cmd, alias->args,
                                                    &alias->parsed);
    }
    if (wrong != NULL) {
        return wrong;
    }
    apr_hash_set(s->aliases, name, APR_HASH_KEY_STRING, alias);
    ap_register_auth_provider(cmd->pool, AUTHZ_PROVIDER_GROUP, name,
                              AUTHZ_PROVIDER_VERSION, &alias_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    return NULL;
}
