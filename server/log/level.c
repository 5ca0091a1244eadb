/* SPDX-License-Identifier: Apache-2.0 */
/* level.c -- LogLevel, for the server, a directory, and single modules. */
#include "log/log.h"

#include <apr_strings.h>

#include <string.h>
#include <strings.h>

APLOG_USE_MODULE(core);

AP_DECLARE_DATA int ap_default_loglevel = DEFAULT_LOGLEVEL;

static const char *const level_names[] = {
    "emerg", "alert", "crit", "error", "warn", "notice", "info", "debug",
    "trace1", "trace2", "trace3", "trace4", "trace5", "trace6", "trace7",
    "trace8"
};

const char *cl_log_level_name(int level)
{
    return level_names[level & APLOG_LEVELMASK];
}

/* "ssl", "ssl_module" and "mod_ssl.c" are the same module. */
static bool is_called(const module *m, const char *name)
{
    const char *base = ap_find_module_short_name(m->module_index);
    apr_size_t length;

    if (strcmp(m->name, name) == 0) {
        return true;
    }
    if (base == NULL) {
        return false;
    }
    length = strlen(base);
    return strncmp(base, name, length) == 0
           && (name[length] == '\0' || strcmp(name + length, "_module") == 0);
}

static const module *find_module(const char *name)
{
    const module *m = ap_top_module;

    while (m != NULL && !is_called(m, name)) {
        m = m->next;
    }
    return m;
}

static struct ap_logconf *logconf_of(cmd_parms *cmd, core_dir_config *dir)
{
    if (cmd->path == NULL) {
        return &cmd->server->log;
    }
    if (dir->log == NULL) {
        dir->log = ap_new_log_config(cmd->pool, NULL);
    }
    return dir->log;
}

static const char *set_module_level(cmd_parms *cmd, struct ap_logconf *conf,
                                    const char *arg, const char *colon)
{
    const char *name = apr_pstrmemdup(cmd->temp_pool, arg, colon - arg);
    const module *m = find_module(name);
    const char *wrong;
    int level;

    if (m == NULL) {
        return apr_psprintf(cmd->pool, "LogLevel: no module \"%s\" is loaded; "
                            "put LogLevel after its LoadModule", name);
    }
    if (colon[1] == '\0') {
        return apr_psprintf(cmd->pool, "LogLevel \"%s\" lacks the level after "
                            "the colon", arg);
    }
    wrong = ap_parse_log_level(colon + 1, &level);
    if (wrong != NULL) {
        return apr_pstrcat(cmd->pool, arg, ": ", wrong, NULL);
    }
    ap_set_module_loglevel(cmd->pool, conf, m->module_index, level);
    ap_log_error(APLOG_MARK, APLOG_TRACE3, 0, cmd->server,
                 "level of module \"%s\" is now %s", m->name,
                 cl_log_level_name(level));
    return NULL;
}

const char *cl_set_log_level(cmd_parms *cmd, void *dir, const char *arg)
{
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_HTACCESS);
    struct ap_logconf *conf;
    const char *colon = strchr(arg, ':');
    int level;

    if (wrong != NULL) {
        return wrong;
    }
    conf = logconf_of(cmd, dir);
    if (colon != NULL) {
        return set_module_level(cmd, conf, arg, colon);
    }
    wrong = ap_parse_log_level(arg, &level);
    if (wrong != NULL) {
        return wrong;
    }
    ap_reset_module_loglevels(conf, APLOG_NO_MODULE);
    conf->level = level;
    return NULL;
}
