/* SPDX-License-Identifier: Apache-2.0 */
/* override.c -- Options, and what a .htaccess file may say: AllowOverride by
 * class, AllowOverrideList by name.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"

#include <string.h>

#include <apr_strings.h>

APLOG_USE_MODULE(core);

static const char NONFATAL[] = "Nonfatal";

struct keyword {
    const char *name;
    int bits;
};

enum { INCLUDES_WITH_EXEC = OPT_INCLUDES | OPT_INC_WITH_EXEC };

static const struct keyword option_names[] = {
    { "None", OPT_NONE },
    { "All", OPT_ALL },
    { "Indexes", OPT_INDEXES },
    { "Includes", INCLUDES_WITH_EXEC },
    { "IncludesNOEXEC", OPT_INCLUDES },
    { "FollowSymLinks", OPT_SYM_LINKS },
    { "SymLinksIfOwnerMatch", OPT_SYM_OWNER },
    { "ExecCGI", OPT_EXECCGI },
    { "RunScripts", OPT_MULTI | OPT_EXECCGI },
    { "MultiViews", OPT_MULTI },
    { 0 }
};

static const struct keyword override_classes[] = {
    { "FileInfo", OR_FILEINFO },
    { "AuthConfig", OR_AUTHCFG },
    { "Indexes", OR_INDEXES },
    { "Limit", OR_LIMIT },
    { "Options", OR_OPTIONS },
    { 0 }
};

static const struct keyword nonfatal_kinds[] = {
    { "Override", NONFATAL_OVERRIDE },
    { "Unknown", NONFATAL_UNKNOWN },
    { "All", NONFATAL_ALL },
    { 0 }
};

static const struct keyword *find_keyword(const struct keyword *list,
                                          const char *name)
{
    for (; list->name; list++) {
        if (strcasecmp(list->name, name) == 0) {
            return list;
        }
    }
    return NULL;
}

static const char *illegal_option(apr_pool_t *p, const char *name)
{
    return apr_psprintf(p, "Illegal option \"%s\"; known are All, None, "
                        "ExecCGI, FollowSymLinks, Includes, IncludesNOEXEC, "
                        "Indexes, MultiViews and SymLinksIfOwnerMatch", name);
}

/* ----- Options */

/* "Options" without signs builds opts anew, with signs it collects what to
 * add to and remove from the inherited ones. */
static void apply_option(core_dir_config *conf, char sign, int bits)
{
    if (sign == '-') {
        /* either spelling takes server-side includes away altogether */
        bits |= bits & OPT_INCLUDES ? INCLUDES_WITH_EXEC : 0;
        conf->opts_remove |= (allow_options_t)bits;
        conf->opts_add &= (allow_options_t)~bits;
        conf->opts &= (allow_options_t)~bits;
        return;
    }
    if (sign == '+') {
        bool noexec = (bits & INCLUDES_WITH_EXEC) == OPT_INCLUDES;

        if (noexec) {
            apply_option(conf, '-', OPT_INC_WITH_EXEC);
        }
        conf->opts_add |= (allow_options_t)bits;
        conf->opts_remove &= (allow_options_t)~bits;
    }
    conf->opts |= (allow_options_t)bits;
}

struct options_line {
    int words;
    int with_sign;
    int without_sign;                   /* All and None do not count */
};

/* A line that begins without sign makes the inherited options void. */
static void begin_options(core_dir_config *conf, char sign)
{
    if (sign == '\0') {
        conf->opts = OPT_NONE;
        conf->opts_add = conf->opts_remove = 0;
    }
}

static const char *check_signs(apr_pool_t *p, const struct keyword *option,
                               char sign, struct options_line *line)
{
    if (option->bits == OPT_NONE || option->bits == OPT_ALL) {
        if (sign || line->words > 0) {
            return apr_psprintf(p, "\"Options %s\" must be the first option "
                                "given, without + or -", option->name);
        }
        return NULL;
    }
    if (sign) {
        line->with_sign++;
    }
    else {
        line->without_sign++;
    }
    if (line->with_sign && line->without_sign) {
        return "Either all Options must start with + or -, or no Option may";
    }
    return NULL;
}

static const char *set_option(cmd_parms *cmd, core_dir_config *conf,
                              const char *word, struct options_line *line)
{
    char sign = *word == '+' || *word == '-' ? *word++ : '\0';
    const struct keyword *option = find_keyword(option_names, word);
    const char *error;

    if (option == NULL) {
        return illegal_option(cmd->pool, word);
    }
    error = check_signs(cmd->pool, option, sign, line);
    if (error) {
        return error;
    }
    if (option->bits & ~cmd->override_opts) {
        return apr_psprintf(cmd->pool, "Option %s not allowed here; the "
                            "AllowOverride of this directory leaves it out",
                            option->name);
    }
    if (line->words++ == 0) {
        begin_options(conf, sign);
    }
    apply_option(conf, sign, option->bits);
    return NULL;
}

const char *cl_set_options(cmd_parms *cmd, void *conf, const char *args)
{
    struct options_line line = { 0 };
    const char *error = NULL;

    while (error == NULL && *args) {
        error = set_option(cmd, conf, ap_getword_conf(cmd->temp_pool, &args),
                           &line);
    }
    return error;
}

/* ----- AllowOverride */

static const char *parse_option_list(cmd_parms *cmd, core_dir_config *conf,
                                     const char *list)
{
    conf->override_opts = OPT_NONE;
    while (*list) {
        const char *word = ap_getword(cmd->temp_pool, &list, ',');
        const struct keyword *option = find_keyword(option_names, word);

        if (*word == '\0') {
            continue;
        }
        if (option == NULL) {
            return illegal_option(cmd->pool, word);
        }
        conf->override_opts |= (allow_options_t)option->bits;
    }
    return NULL;
}

static const char *parse_nonfatal(core_dir_config *conf, const char *kind)
{
    const struct keyword *found = kind ? find_keyword(nonfatal_kinds, kind)
                                       : NULL;

    if (found == NULL) {
        return "AllowOverride Nonfatal needs =Override, =Unknown or =All";
    }
    conf->override |= (overrides_t)found->bits;
    return NULL;
}

static const char *parse_class(cmd_parms *cmd, core_dir_config *conf,
                               const char *name, const char *value)
{
    const struct keyword *found = find_keyword(override_classes, name);

    if (found == NULL) {
        return apr_psprintf(cmd->pool, "Illegal override option \"%s\"; known "
                            "are All, None, AuthConfig, FileInfo, Indexes, "
                            "Limit, Nonfatal=... and Options[=...]", name);
    }
    conf->override |= (overrides_t)found->bits;
    if (found->bits != OR_OPTIONS) {
        return value ? apr_psprintf(cmd->pool, "AllowOverride %s takes no "
                                    "list", found->name) : NULL;
    }
    if (value) {
        return parse_option_list(cmd, conf, value);
    }
    conf->override_opts = OPT_ALL;
    return NULL;
}

static const char *allow_word(cmd_parms *cmd, core_dir_config *conf,
                              char *word)
{
    char *value = strchr(word, '=');

    if (value) {
        *value++ = '\0';
    }
    if (strcasecmp(word, NONFATAL) == 0) {
        return parse_nonfatal(conf, value);
    }
    if (strcasecmp(word, "All") == 0) {
        conf->override = OR_ALL;
        conf->override_opts = OPT_ALL | OPT_SYM_OWNER | OPT_MULTI;
        return NULL;
    }
    if (strcasecmp(word, "None") == 0) {
        conf->override = OR_NONE;
        return NULL;
    }
    return parse_class(cmd, conf, word, value);
}

/* .htaccess files are read while directories are walked, so other sections
 * have no say about them. */
static void warn_if_useless(cmd_parms *cmd)
{
    if (ap_check_cmd_context(cmd, NOT_IN_LOCATION | NOT_IN_FILES
                                      | NOT_IN_LIMIT)) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server,
                     APLOGNO(50256) "%s on line %d of \"%s\" has no effect; "
                     "move it to a <Directory> section", cmd->cmd->name,
                     cmd->directive->line_num, cmd->directive->filename);
    }
}

const char *cl_set_allow_override(cmd_parms *cmd, void *dir_conf,
                                  const char *args)
{
    core_dir_config *conf = dir_conf;
    const char *error = NULL;

    warn_if_useless(cmd);
    conf->override = OR_NONE;
    while (error == NULL && *args) {
        error = allow_word(cmd, conf, ap_getword_conf(cmd->temp_pool, &args));
    }
    return error;
}

/* ----- AllowOverrideList */

/* The same name may come from several modules, in other contexts. */
static bool may_be_in_htaccess(const char *name, bool *is_known)
{
    enum { IN_HTACCESS = OR_ALL };

    *is_known = false;
    for (module *m = ap_top_module; m; m = m->next) {
        const command_rec *command = ap_find_command(name, m->cmds);

        if (command) {
            *is_known = true;
            if (command->req_override & IN_HTACCESS) {
                return true;
            }
        }
    }
    return false;
}

static void allow_directive(cmd_parms *cmd, core_dir_config *conf,
                            const char *name)
{
    bool is_known;

    if (may_be_in_htaccess(name, &is_known)) {
        apr_table_setn(conf->override_list, name, "1");
        return;
    }
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server, APLOGNO(50257)
                 "AllowOverrideList on line %d of \"%s\" leaves out \"%s\", "
                 "%s", cmd->directive->line_num, cmd->directive->filename,
                 name, is_known ? "which may not be in a .htaccess file"
                                : "which no loaded module knows");
}

const char *cl_set_allow_override_list(cmd_parms *cmd, void *dir_conf,
                                       int argc, char *const *argv)
{
    core_dir_config *conf = dir_conf;

    warn_if_useless(cmd);
    conf->override_list = apr_table_make(cmd->pool, argc);
    for (int i = 0; i < argc; i++) {
        if (strcasecmp(argv[i], "None") != 0) {
            allow_directive(cmd, conf, argv[i]);
        }
        else if (argc > 1) {
            return "AllowOverrideList takes None or names, not both";
        }
    }
    return NULL;
}
