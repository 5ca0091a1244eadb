/* SPDX-License-Identifier: Apache-2.0 */
/* define.c -- names that are defined, and ${NAME} in configuration text.
 *
 * A name without a value is only in ap_server_config_defines, as if given
 * with -D.  A value is in a table besides.  Both live as long as the
 * configuration that made them: the list of -D names comes back when pconf
 * is cleared.  Names in the list are compared by case, ${names} are not.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"
#include "http_main.h"

#include <apr_strings.h>

#include <stdlib.h>

APLOG_USE_MODULE(core);

static apr_table_t *values;                     /* main thread, reading */
static apr_array_header_t *command_line_defines;
static _Thread_local const ap_configfile_t *source;

const ap_configfile_t *cl_config_reading(const ap_configfile_t *cfp)
{
    const ap_configfile_t *before = source;

    source = cfp;
    return before;
}

static apr_status_t forget_defines(void *)
{
    ap_server_config_defines = command_line_defines;
    command_line_defines = NULL;
    values = NULL;
    return APR_SUCCESS;
}

/* The list of -D stays as it is; this configuration works on a copy. */
static void own_defines(apr_pool_t *p)
{
    if (values != NULL) {
        return;
    }
    values = apr_table_make(p, 8);
    command_line_defines = ap_server_config_defines;
    ap_server_config_defines =
        command_line_defines ? apr_array_copy(p, command_line_defines)
                             : apr_array_make(p, 4, sizeof(char *));
    apr_pool_cleanup_register(p, NULL, forget_defines,
                              apr_pool_cleanup_null);
}

static const char *check_name(cmd_parms *cmd, const char *name)
{
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_HTACCESS);

    if (wrong != NULL) {
        return wrong;
    }
    if (strchr(name, ':') != NULL) {
        return apr_psprintf(cmd->pool, "a name to define cannot have a colon, "
                            "as \"%s\" has: ${map:key} is for RewriteMap",
                            name);
    }
    return NULL;
}

static void remove_name(const char *name)
{
    apr_array_header_t *list = ap_server_config_defines;
    const char **names = (const char **)list->elts;
    int kept = 0;

    for (int i = 0; i < list->nelts; ++i) {
        if (strcmp(names[i], name) != 0) {
            names[kept++] = names[i];
        }
    }
    list->nelts = kept;
}

const char *cl_set_define(cmd_parms *cmd, void *, const char *name,
                          const char *value)
{
    const char *wrong = check_name(cmd, name);

    if (wrong != NULL) {
        return wrong;
    }
    own_defines(cmd->server->process->pconf);
    if (!ap_exists_config_define(name)) {
        APR_ARRAY_PUSH(ap_server_config_defines, const char *) =
            apr_pstrdup(ap_server_config_defines->pool, name);
    }
    if (value != NULL) {
        apr_table_set(values, name, value);
    }
    return NULL;
}

const char *cl_set_un_define(cmd_parms *cmd, void *, const char *name)
{
    const char *wrong = check_name(cmd, name);

    if (wrong != NULL) {
        return wrong;
    }
    own_defines(cmd->server->process->pconf);
    remove_name(name);
    apr_table_unset(values, name);
    return NULL;
}

static const char *value_of(const char *name)
{
    const char *value = values ? apr_table_get(values, name) : NULL;

    return value ? value : getenv(name);
}

static void warn_undefined(apr_pool_t *p, const char *name)
{
    const char *place = "";

    if (source != NULL) {
        place = apr_psprintf(p, ", at %s:%u", source->name,
                             source->line_number);
    }
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(00111)
                 "Config variable ${%s} is not defined%s; Define it before "
                 "this line or set it in the environment", name, place);
}

/* What stands for ${name}; the text itself when nothing does. */
static const char *replacement(apr_pool_t *p, const char *text,
                               apr_size_t len)
{
    const char *name = apr_pstrmemdup(p, text + 2, len - 3);
    const char *value;

    if (strchr(name, ':') != NULL) {    /* ${map:key} of mod_rewrite */
        return apr_pstrmemdup(p, text, len);
    }
    value = value_of(name);
    if (value == NULL) {
        warn_undefined(p, name);
        return apr_pstrmemdup(p, text, len);
    }
    return value;
}

/* Values are not looked into again: ${x} in a value stays. */
AP_DECLARE(const char *) ap_resolve_env(apr_pool_t *p, const char *word)
{
    const char *open = strstr(word, "${");
    const char *rest = word;
    apr_array_header_t *parts;

    if (open == NULL) {
        return word;
    }
    parts = apr_array_make(p, 8, sizeof(char *));
    while (open != NULL) {
        const char *close = strchr(open, '}');

        if (close == NULL) {
            break;
        }
        APR_ARRAY_PUSH(parts, const char *) =
            apr_pstrmemdup(p, rest, open - rest);
        APR_ARRAY_PUSH(parts, const char *) =
            replacement(p, open, close + 1 - open);
        rest = close + 1;
        open = strstr(rest, "${");
    }
    APR_ARRAY_PUSH(parts, const char *) = rest;
    return apr_array_pstrcat(p, parts, 0);
}
