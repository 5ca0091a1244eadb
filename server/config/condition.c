/* SPDX-License-Identifier: Apache-2.0 */
/* condition.c -- sections that are decided while the file is read:
 * <IfDefine> <IfDirective> <IfFile> <IfModule> <IfSection>; and Error.
 *
 * What is inside a section that applies becomes part of the tree as if the
 * section's own two lines were not there; the rest is skipped unread.
 */
#include "config/config.h"

#include "http_core.h"
#include "mod_so.h"

#include <apr_lib.h>
#include <apr_strings.h>

/* The name between <IfX and >, without its ! and quotes.  NULL and *wrong
 * set when there is none. */
static const char *condition_name(cmd_parms *cmd, const char *args,
                                  bool *negated, const char **wrong)
{
    const char *close = strrchr(args, '>');
    const char *name;

    if (close == NULL && *args != '\0') {
        *wrong = apr_pstrcat(cmd->pool, cmd->cmd->name,
                             "> directive missing closing '>'", NULL);
        return NULL;
    }
    args = close ? apr_pstrmemdup(cmd->temp_pool, args, close - args) : "";
    while (apr_isspace(*args)) {
        ++args;
    }
    *negated = *args == '!';
    if (*negated) {
        ++args;
    }
    name = ap_getword_conf(cmd->temp_pool, &args);
    if (*name == '\0') {
        *wrong = apr_pstrcat(cmd->pool, cmd->cmd->name, "> directive "
                             "requires additional arguments", NULL);
        return NULL;
    }
    return name;
}

static const char *read_section(cmd_parms *cmd, ap_directive_t **tree)
{
    ap_directive_t *head = NULL;
    ap_directive_t *parent = NULL;
    const char *wrong = ap_build_cont_config(cmd->pool, cmd->temp_pool, cmd,
                                             &head, &parent,
                                             (char *)cmd->cmd->name);

    *tree = head;
    return wrong;
}

/* cmd is used up by the directives inside, so its own part is kept. */
static const char *decide(cmd_parms *cmd, void *tree, const char *args,
                          bool (*holds)(cmd_parms *cmd, const char *name))
{
    const command_rec *own = cmd->cmd;
    void *info = cmd->info;
    const char *wrong = NULL;
    bool negated;
    const char *name = condition_name(cmd, args, &negated, &wrong);

    if (name == NULL) {
        return wrong;
    }
    if (holds(cmd, name) != negated) {
        wrong = read_section(cmd, tree);
    }
    else {
        *(ap_directive_t **)tree = NULL;
        wrong = ap_soak_end_container(cmd, (char *)own->name);
    }
    cmd->cmd = own;
    cmd->info = info;
    return wrong;
}

static bool is_defined(cmd_parms *, const char *name)
{
    return ap_exists_config_define(name) != 0;
}

static bool is_directive(cmd_parms *cmd, const char *name)
{
    return ap_exists_directive(cmd->temp_pool, name) != 0;
}

static bool is_file(cmd_parms *cmd, const char *name)
{
    const char *path = ap_server_root_relative(cmd->temp_pool, name);
    apr_finfo_t info;

    return path != NULL
           && apr_stat(&info, path, APR_FINFO_LINK, cmd->temp_pool)
                  == APR_SUCCESS;
}

/* By source name (mod_ssl.c) or by the name LoadModule uses (ssl_module). */
static bool is_module(cmd_parms *cmd, const char *name)
{
    APR_OPTIONAL_FN_TYPE(ap_find_loaded_module_symbol) *find =
        APR_RETRIEVE_OPTIONAL_FN(ap_find_loaded_module_symbol);

    if (ap_find_linked_module(name) != NULL) {
        return true;
    }
    for (const ap_module_symbol_t *sym = ap_prelinked_module_symbols;
         sym->name != NULL; ++sym) {
        if (strcmp(sym->name, name) == 0) {
            return true;
        }
    }
    return find != NULL && find(cmd->server, name) != NULL;
}

static bool is_section(cmd_parms *cmd, const char *name)
{
    return is_directive(cmd, apr_pstrcat(cmd->temp_pool, "<", name, NULL));
}

const char *cl_section_if_define(cmd_parms *cmd, void *tree, const char *args)
{
    return decide(cmd, tree, args, is_defined);
}

const char *cl_section_if_directive(cmd_parms *cmd, void *tree,
                                    const char *args)
{
    return decide(cmd, tree, args, is_directive);
}

const char *cl_section_if_file(cmd_parms *cmd, void *tree, const char *args)
{
    return decide(cmd, tree, args, is_file);
}

const char *cl_section_if_module(cmd_parms *cmd, void *tree,
                                 const char *args)
{
    return decide(cmd, tree, args, is_module);
}

const char *cl_section_if_section(cmd_parms *cmd, void *tree,
                                  const char *args)
{
    return decide(cmd, tree, args, is_section);
}

static bool has_one_word(apr_pool_t *ptemp, const char *text)
{
    ap_getword_conf(ptemp, &text);
    return *text == '\0';
}

/* Quotes around the whole message are not part of it. */
const char *cl_set_error(cmd_parms *cmd, void *, const char *message)
{
    if (*message == '\0') {
        return "Error stands here without saying what is wrong";
    }
    return has_one_word(cmd->temp_pool, message)
        ? ap_getword_conf(cmd->pool, &message)
        : apr_pstrdup(cmd->pool, message);
}
