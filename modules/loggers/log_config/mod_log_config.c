/* SPDX-License-Identifier: Apache-2.0 */
/* mod_log_config -- access logs in any format.
 *
 *   LogFormat format [nickname]       TransferLog file
 *   CustomLog file format|nickname [env=[!]variable | expr=condition]
 *   GlobalLog ...                     as CustomLog, for every host
 *   BufferedLogs on|off
 *   hooks: pre_config, open_logs, child_init, log_transaction
 *   exports: optional functions ap_register_log_handler, ap_log_set_writer,
 *            ap_log_set_writer_init
 *
 * Hosts without a log of their own write into those of the main server.
 * logfmt_parse.c reads formats, logfmt_items.c knows the % codes,
 * log_writer.c writes.
 */
#include "log_config.h"

#include <string.h>

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#define COMMON_FORMAT "%h %l %u %t \"%r\" %>s %b"
#define STACK_ITEMS 64

static ap_log_writer *write_line = log_writer_write;
static ap_log_writer_init *open_writer = log_writer_open;

static void *log_config_create_server(apr_pool_t *p, server_rec *)
{
    struct log_config_server *s = apr_pcalloc(p, sizeof *s);

    s->own = apr_array_make(p, 1, sizeof(struct access_log));
    s->nicknames = apr_table_make(p, 4);
    apr_table_setn(s->nicknames, "CLF", COMMON_FORMAT);
    return s;
}

static void *log_config_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    struct log_config_server *base = basev;
    struct log_config_server *add = addv;

    add->inherited = base->own;
    if (add->default_text == NULL) {
        add->default_text = base->default_text;
        add->default_items = base->default_items;
    }
    add->nicknames = apr_table_overlay(p, base->nicknames, add->nicknames);
    return add;
}

/* ---- directives */

static struct log_config_server *server_of(const cmd_parms *cmd)
{
    return ap_get_module_config(cmd->server->module_config,
                                &log_config_module);
}

static const char *log_config_format(cmd_parms *cmd, void *,
                                     const char *format, const char *nickname)
{
    struct log_config_server *s = server_of(cmd);
    const char *why = NULL;
    const char *named;

    if (nickname != NULL) {
        logfmt_parse(cmd->temp_pool, format, &why);
        if (why == NULL) {
            apr_table_set(s->nicknames, nickname, format);
        }
    }
    else {
        named = apr_table_get(s->nicknames, format);
        s->default_text = named != NULL ? named : format;
        s->default_items = logfmt_parse(cmd->pool, s->default_text, &why);
    }
    return why != NULL ? apr_pstrcat(cmd->pool, "LogFormat: ", why, NULL)
                       : NULL;
}

static const char *parse_condition(cmd_parms *cmd, struct access_log *log,
                                   const char *condition)
{
    const char *error = NULL;

    if (ap_cstr_casecmpn(condition, "env=", 4) == 0) {
        const char *name = condition + 4;

        if (*name == '\0' || strcmp(name, "!") == 0) {
            return "env= needs the name of a variable";
        }
        log->condition = name;
        return NULL;
    }
    if (ap_cstr_casecmpn(condition, "expr=", 5) != 0) {
        return "the condition must be env=[!]variable or expr=expression";
    }
    log->expr = ap_expr_parse_cmd(cmd, condition + 5, AP_EXPR_FLAG_DONT_VARY,
                                  &error, NULL);
    return error != NULL ? apr_pstrcat(cmd->pool, "could not parse the "
                                       "condition: ", error, NULL) : NULL;
}

static const char *add_log(cmd_parms *cmd, apr_array_header_t *logs,
                           const char *name, const char *format,
                           const char *condition)
{
    struct access_log *log = apr_array_push(logs);

    memset(log, 0, sizeof *log);
    log->name = name;
    log->nickname = format;
    log->directive = cmd->directive;
    if (*name == '\0' || strcmp(name, "|") == 0) {
        return "the log needs a file name or a program";
    }
    return condition != NULL ? parse_condition(cmd, log, condition) : NULL;
}

static const char *log_config_custom(cmd_parms *cmd, void *, const char *name,
                                     const char *format,
                                     const char *condition)
{
    return add_log(cmd, server_of(cmd)->own, name, format, condition);
}

/* Logs of GlobalLog; in the main server's own list, but used by all. */
static apr_array_header_t *global_logs;

static const char *log_config_global(cmd_parms *cmd, void *, const char *name,
                                     const char *format,
                                     const char *condition)
{
    const char *wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    return wrong != NULL ? wrong
        : add_log(cmd, global_logs, name, format, condition);
}

static const char *log_config_transfer(cmd_parms *cmd, void *,
                                       const char *name)
{
    return add_log(cmd, server_of(cmd)->own, name, NULL, NULL);
}

static const char *log_config_buffered(cmd_parms *cmd, void *, int flag)
{
    const char *wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (wrong == NULL) {
        log_writer_buffered = flag;
    }
    return wrong;
}

/* ---- opening */

/* Formats are resolved late: a nickname may be defined after its use. */
static const char *resolve_format(apr_pool_t *p,
                                  const struct log_config_server *s,
                                  struct access_log *log)
{
    const char *format = log->nickname;
    const char *why = NULL;
    const char *named;

    if (format == NULL) {
        if (s->default_items != NULL) {
            log->items = s->default_items;
            return NULL;
        }
        format = COMMON_FORMAT;
    }
    named = apr_table_get(s->nicknames, format);
    log->items = logfmt_parse(p, named != NULL ? named : format, &why);
    return why;
}

static int open_list(apr_pool_t *p, server_rec *server,
                     const struct log_config_server *s,
                     apr_array_header_t *logs)
{
    for (int i = 0; i < logs->nelts; i++) {
        struct access_log *log = &APR_ARRAY_IDX(logs, i, struct access_log);
        const char *why;

        if (log->writer != NULL) {
            continue;
        }
        why = resolve_format(p, s, log);
        if (why != NULL) {
            ap_log_error(APLOG_MARK, APLOG_CRIT, 0, server, APLOGNO(00646)
                         "%s:%d: %s: %s", log->directive->filename,
                         log->directive->line_num, log->directive->directive,
                         why);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        log->writer = open_writer(p, server, log->name);
        if (log->writer == NULL) {
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

static int log_config_open_logs(apr_pool_t *p, apr_pool_t *, apr_pool_t *,
                                server_rec *main_server)
{
    int status = open_list(p, main_server,
        ap_get_module_config(main_server->module_config, &log_config_module),
        global_logs);

    for (server_rec *server = main_server; server != NULL && status == OK;
         server = server->next) {
        struct log_config_server *s = ap_get_module_config(
            server->module_config, &log_config_module);

        status = open_list(p, server, s, s->own);
    }
    return status;
}

/* ---- writing */

static bool is_wanted(request_rec *r, const struct access_log *log)
{
    if (log->condition != NULL) {
        const char *name = log->condition;
        bool set;

        if (*name == '!') {
            return apr_table_get(r->subprocess_env, name + 1) == NULL;
        }
        set = apr_table_get(r->subprocess_env, name) != NULL;
        return set;
    }
    if (log->expr != NULL) {
        const char *error = NULL;
        int result = ap_expr_exec(r, log->expr, &error);

        if (result < 0) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00644)
                          "could not evaluate the condition of the log "
                          "\"%s\": %s", log->name, error);
        }
        return result > 0;
    }
    return true;
}

static bool status_fits(const struct log_item *item, int status)
{
    bool listed = false;

    for (int i = 0; i < item->statuses->nelts && !listed; i++) {
        listed = APR_ARRAY_IDX(item->statuses, i, int) == status;
    }
    return listed != item->negate;
}

static const char *run_item(request_rec *r, request_rec *original,
                            const struct log_item *item)
{
    const char *text;

    if (item->run == NULL) {
        return item->arg;
    }
    if (item->statuses != NULL && !status_fits(item, r->status)) {
        return "-";
    }
    text = item->run(item->original ? original : r, item->arg);
    return text != NULL ? text : "-";
}

static void write_log(request_rec *r, request_rec *original,
                      const struct access_log *log)
{
    const struct log_item *items = (const void *)log->items->elts;
    int count = log->items->nelts;
    const char *stack_strings[STACK_ITEMS];
    int stack_lengths[STACK_ITEMS];
    const char **strings = stack_strings;
    int *lengths = stack_lengths;
    apr_size_t total = 0;
    apr_status_t rv;

    if (count > STACK_ITEMS) {
        strings = apr_palloc(r->pool, count * sizeof *strings);
        lengths = apr_palloc(r->pool, count * sizeof *lengths);
    }
    for (int i = 0; i < count; i++) {
        strings[i] = run_item(r, original, &items[i]);
        lengths[i] = items[i].run == NULL ? items[i].length
                                          : (int)strlen(strings[i]);
        total += lengths[i];
    }
    rv = write_line(r, log->writer, strings, lengths, count, total);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, rv, r, APLOGNO(00647)
                      "could not write to the access log \"%s\"; is the disk "
                      "full?", log->name);
    }
}

static void write_list(request_rec *r, request_rec *original,
                       const apr_array_header_t *logs)
{
    for (int i = 0; i < logs->nelts; i++) {
        const struct access_log *log = &APR_ARRAY_IDX(logs, i,
                                                      struct access_log);

        if (log->writer != NULL && is_wanted(r, log)) {
            write_log(r, original, log);
        }
    }
}

static int log_config_log_transaction(request_rec *r)
{
    const struct log_config_server *s = ap_get_module_config(
        r->server->module_config, &log_config_module);
    request_rec *original = r;

    while (original->prev != NULL) {
        original = original->prev;
    }
    while (r->next != NULL) {
        r = r->next;
    }
    write_list(r, original, s->own->nelts > 0 || s->inherited == NULL
               ? s->own : s->inherited);
    write_list(r, original, global_logs);
    return OK;
}

/* ---- the rest */

static ap_log_writer *ap_log_set_writer(ap_log_writer *writer)
{
    ap_log_writer *before = write_line;

    write_line = writer;
    return before;
}

static ap_log_writer_init *ap_log_set_writer_init(ap_log_writer_init *init)
{
    ap_log_writer_init *before = open_writer;

    open_writer = init;
    return before;
}

static int log_config_pre_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *)
{
    write_line = log_writer_write;
    open_writer = log_writer_open;
    log_writer_buffered = false;
    global_logs = apr_array_make(p, 1, sizeof(struct access_log));
    logfmt_register_items(p);
    APR_REGISTER_OPTIONAL_FN(ap_log_set_writer);
    APR_REGISTER_OPTIONAL_FN(ap_log_set_writer_init);
    return OK;
}

static void log_config_child_init(apr_pool_t *p, server_rec *)
{
    log_writer_child_init(p);
}

static const command_rec log_config_directives[] = {
    AP_INIT_TAKE23("CustomLog", log_config_custom, NULL, RSRC_CONF,
        "a file or |program, a format or its nickname, and a condition "
        "(optional): env=variable, env=!variable or expr=expression"),
    AP_INIT_TAKE23("GlobalLog", log_config_global, NULL, RSRC_CONF,
        "as CustomLog, for the requests of every host"),
    AP_INIT_TAKE1("TransferLog", log_config_transfer, NULL, RSRC_CONF,
        "a file or |program, in the format of the last LogFormat"),
    AP_INIT_TAKE12("LogFormat", log_config_format, NULL, RSRC_CONF,
        "a format with % codes and a nickname for it (optional)"),
    AP_INIT_FLAG("BufferedLogs", log_config_buffered, NULL, RSRC_CONF,
        "on: gather lines in memory before writing them"),
    { 0 }
};

static void log_config_register_hooks(apr_pool_t *)
{
    /* before others register their codes */
    ap_hook_pre_config(log_config_pre_config, NULL, NULL,
                       APR_HOOK_REALLY_FIRST);
    ap_hook_open_logs(log_config_open_logs, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(log_config_child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_log_transaction(log_config_log_transaction, NULL, NULL,
                            APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(log_config) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, log_config_create_server,
    log_config_merge_server, log_config_directives,
    log_config_register_hooks, AP_MODULE_FLAG_NONE
};
