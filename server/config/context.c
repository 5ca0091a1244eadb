/* SPDX-License-Identifier: Apache-2.0 */
/* context.c -- where a directive is allowed, and how to say so.
 *
 * req_override of a directive is a set of places; the override mask of the
 * place being read or run must share a bit with it.  ACCESS_CONF and
 * RSRC_CONF are sections and server level; the OR_ bits are .htaccess classes
 * and count in server files too: AuthConfig and Limit in sections only, the
 * others everywhere.
 */
#include "config/config.h"

#include <apr_strings.h>

/* Bits of req_override that are no places. */
#define NOT_PLACES (EXEC_ON_READ | NONFATAL_ALL)

#define ONLY_IN_SECTIONS (OR_AUTHCFG | OR_LIMIT)

struct section_kind {
    const char *prefix;         /* of the directive, < included */
    unsigned forbidden;
};

static const struct section_kind section_kinds[] = {
    { "<Directory", NOT_IN_DIRECTORY },
    { "<Location", NOT_IN_LOCATION },
    { "<Files", NOT_IN_FILES },
    { "<If", NOT_IN_FILES },
    { "<ElseIf", NOT_IN_FILES },
    { "<Else", NOT_IN_FILES },
    { "<Proxy", NOT_IN_PROXY },
};

static unsigned kind_of(const ap_directive_t *section)
{
    for (size_t i = 0; i < sizeof section_kinds / sizeof *section_kinds;
         ++i) {
        const char *prefix = section_kinds[i].prefix;

        if (ap_cstr_casecmpn(section->directive, prefix, strlen(prefix))
            == 0) {
            return section_kinds[i].forbidden;
        }
    }
    return 0;
}

static const char *cannot_occur(cmd_parms *cmd, const char *where)
{
    return apr_pstrcat(cmd->pool, cmd->cmd->name, " cannot occur within ",
                       where, NULL);
}

static const char *check_parents(cmd_parms *cmd, unsigned forbidden)
{
    const ap_directive_t *at = cmd->directive;

    for (at = at ? at->parent : NULL; at != NULL; at = at->parent) {
        if (kind_of(at) & forbidden) {
            return cannot_occur(cmd, apr_pstrcat(cmd->pool, at->directive,
                                                 "> section", NULL));
        }
    }
    return NULL;
}

/* .htaccess files are known by one pool serving both purposes. */
AP_DECLARE(const char *) ap_check_cmd_context(cmd_parms *cmd,
                                              unsigned int forbidden)
{
    if ((forbidden & NOT_IN_VIRTUALHOST) && cmd->server->is_virtual) {
        return cannot_occur(cmd, "<VirtualHost> section");
    }
    if ((forbidden & NOT_IN_DIR_CONTEXT) && cmd->limited != -1) {
        return cannot_occur(cmd, "<Limit> or <LimitExcept> section");
    }
    if ((forbidden & NOT_IN_HTACCESS) && cmd->pool == cmd->temp_pool) {
        return cannot_occur(cmd, "htaccess files");
    }
    if ((forbidden & NOT_IN_DIR_LOC_FILE) == NOT_IN_DIR_LOC_FILE
        && cmd->path != NULL) {
        return cannot_occur(cmd, "directory context");
    }
    if (forbidden & (NOT_IN_DIR_LOC_FILE | NOT_IN_PROXY)) {
        return check_parents(cmd, forbidden);
    }
    return NULL;
}

/* AuthConfig or Limit ... */
static const char *override_classes(apr_pool_t *p, int req_override)
{
    static const struct {
        int bit;
        const char *name;
    } classes[] = {
        { OR_AUTHCFG, "AuthConfig" }, { OR_FILEINFO, "FileInfo" },
        { OR_INDEXES, "Indexes" }, { OR_LIMIT, "Limit" },
        { OR_OPTIONS, "Options" },
    };
    const char *text = "";

    for (size_t i = 0; i < sizeof classes / sizeof *classes; ++i) {
        if (req_override & classes[i].bit) {
            text = apr_pstrcat(p, text, *text ? " or " : "",
                               classes[i].name, NULL);
        }
    }
    return text;
}

static bool is_for_sections(int req_override)
{
    return (req_override & (ACCESS_CONF | OR_ALL)) != 0;
}

static bool is_for_servers(int req_override)
{
    return (req_override & (RSRC_CONF | (OR_ALL & ~ONLY_IN_SECTIONS))) != 0;
}

static const char *in_files(int req_override)
{
    if (!is_for_servers(req_override)) {
        return "only inside <Directory>, <Files>, <Location>, or <If>";
    }
    if (!is_for_sections(req_override)) {
        return "only outside <Directory>, <Files>, <Location>, or <If>";
    }
    return "anywhere";
}

const char *cl_config_describe_context(apr_pool_t *p, const module *m,
                                       int req_override)
{
    const char *text = apr_pstrcat(p, "\tAllowed in *.conf ",
                                   in_files(req_override), NULL);

    if (is_for_servers(req_override) && is_for_sections(req_override)
        && m->create_dir_config == NULL) {
        text = apr_pstrcat(p, text, " [no per-dir config]", NULL);
    }
    if ((req_override & OR_ALL) == 0) {
        return apr_pstrcat(p, text, "\n", NULL);
    }
    text = apr_pstrcat(p, text, " and in .htaccess\n"
                       "\twhen AllowOverride ", NULL);
    if ((req_override & OR_ALL) == OR_ALL) {
        return apr_pstrcat(p, text, "isn't None\n", NULL);
    }
    return apr_pstrcat(p, text, "includes ",
                       override_classes(p, req_override), "\n", NULL);
}

/* What to do about a directive in the wrong place. */
static const char *advice(cmd_parms *parms, int req_override)
{
    apr_pool_t *p = parms->pool;

    if (parms->pool != parms->temp_pool) {
        return apr_pstrcat(p, "it is allowed ", in_files(req_override),
                           req_override & OR_ALL ? ", and in .htaccess"
                                                 : NULL, NULL);
    }
    if ((req_override & OR_ALL) == 0) {
        return "it is for server configuration files, not for .htaccess";
    }
    return apr_pstrcat(p, "AllowOverride for this directory must include ",
                       override_classes(p, req_override), NULL);
}

const char *cl_config_refuse_context(cmd_parms *parms, const command_rec *cmd,
                                     const ap_directive_t *parent)
{
    if (parms->override & cmd->req_override & ~NOT_PLACES) {
        return NULL;
    }
    if (parms->override_list != NULL
        && apr_table_get(parms->override_list, cmd->name) != NULL) {
        return NULL;
    }
    if (parent != NULL) {
        return apr_pstrcat(parms->pool, cmd->name, " not allowed in ",
                           parent->directive, "> context; ",
                           advice(parms, cmd->req_override), NULL);
    }
    return apr_pstrcat(parms->pool, cmd->name, " not allowed here; ",
                       advice(parms, cmd->req_override), NULL);
}
