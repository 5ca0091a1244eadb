/* SPDX-License-Identifier: Apache-2.0 */
/* error_log.c -- ap_log_*: make a line of a message and hand it over.
 *
 * Callers have tested the level already (the macros of http_log.h); it is
 * tested again for those that call the functions, and because syslog obeys
 * the level strictly.  Each line leaves with one write, so lines of threads
 * and processes do not mix.
 */
#include "log/log.h"

#include "ap_listen.h"

#include <apr_strings.h>

#include <stdarg.h>
#include <string.h>

APLOG_USE_MODULE(core);

static int configured_level(const ap_errorlog_info *info)
{
    if (info->r != NULL) {
        return ap_get_request_module_loglevel(info->r, info->module_index);
    }
    if (info->c != NULL) {
        return ap_get_conn_server_module_loglevel(info->c, info->s,
                                                  info->module_index);
    }
    return info->s ? ap_get_server_module_loglevel(info->s,
                                                   info->module_index)
                   : ap_default_loglevel;
}

/* A file always gets the notices: they tell the life of the server. */
static bool is_wanted(const ap_errorlog_info *info)
{
    return info->level <= configured_level(info)
           || (info->level == APLOG_NOTICE && !info->using_syslog);
}

static const core_server_config *config_of(const server_rec *s)
{
    return s && s->module_config ? ap_get_core_module_config(s->module_config)
                                 : NULL;
}

/* The extra lines of ErrorLogFormat connection or request. */
static void write_once_lines(const ap_errorlog_info *info, int level,
                             const struct cl_log_target *target,
                             const apr_array_header_t *formats)
{
    char line[CL_LOG_LINE_SIZE];

    for (int i = 0; formats && i < formats->nelts; i++) {
        apr_size_t length = cl_log_format_line(
            info, APR_ARRAY_IDX(formats, i, apr_array_header_t *), NULL, line,
            sizeof line - 1);

        if (length > 0) {
            cl_log_write(target, level, line, length);
        }
    }
}

/* Ids are made with the first line about a connection or a request, which is
 * also the moment for its extra lines. */
static void introduce(const ap_errorlog_info *info,
                      const struct cl_log_target *target,
                      const core_server_config *conf)
{
    ap_errorlog_info about = *info;     /* but not about this message */

    about.file = NULL;
    about.status = 0;
    about.level = CL_LOG_NO_LEVEL;
    about.module_index = APLOG_NO_MODULE;
    if (info->c != NULL && info->c->log_id == NULL) {
        cl_log_add_connection_id(info->c);
        about.r = about.rmain = NULL;
        if (conf != NULL) {
            write_once_lines(&about, info->level, target,
                             conf->error_log_conn);
        }
    }
    if (info->rmain != NULL && info->rmain->log_id == NULL) {
        cl_log_add_request_id(info->rmain);
        about.r = about.rmain = info->rmain;
        if (conf != NULL) {
            write_once_lines(&about, info->level, target,
                             conf->error_log_req);
        }
    }
}

/* The first warning meant for the client is shown by the error page. */
static void note_for_client(const request_rec *r, const char *message)
{
    if (apr_table_get(r->notes, "error-notes") == NULL) {
        apr_table_setn(r->notes, "error-notes",
                       ap_escape_html(r->pool, message));
    }
}

static void write_line(const ap_errorlog_info *info,
                       const struct cl_log_target *target,
                       const core_server_config *conf, const char *message)
{
    bool is_formatted = conf && conf->error_log_format && !info->startup;
    char line[CL_LOG_LINE_SIZE];
    apr_size_t length
        = is_formatted ? cl_log_format_line(info, conf->error_log_format,
                                            message, line, sizeof line - 1)
                       : cl_log_default_line(info, message, line,
                                             sizeof line - 1);

    cl_log_write(target, info->level, line, length);
}

static void log_message(ap_errorlog_info *info, int level, va_list args)
{
    struct cl_log_target target = cl_log_target_of(info->s);
    const core_server_config *conf = config_of(info->s);
    char raw[CL_LOG_LINE_SIZE];
    char message[CL_LOG_LINE_SIZE];

    info->level = level & APLOG_LEVELMASK;
    info->startup = (level & APLOG_STARTUP) != 0;
    info->using_syslog = target.is_syslog;
    if (!is_wanted(info)) {
        return;
    }
    if (apr_vsnprintf(raw, sizeof raw, info->format, args) < 0) {
        raw[0] = '\0';
    }
    ap_escape_errorlog_item(message, raw, sizeof message);
    if (info->r != NULL && (level & APLOG_TOCLIENT)
        && info->level <= APLOG_WARNING) {
        note_for_client(info->r, raw);
    }
    if (target.file == NULL && !target.is_syslog) {
        return;
    }
    introduce(info, &target, conf);
    write_line(info, &target, conf, message);
    ap_run_error_log(info, message);
}

static const request_rec *main_of(const request_rec *r)
{
    while (r->main != NULL) {
        r = r->main;
    }
    return r;
}

AP_DECLARE_NONSTD(void) ap_log_error_(const char *file, int line,
    int module_index, int level, apr_status_t status, const server_rec *s,
    const char *fmt, ...)
{
    ap_errorlog_info info = {
        .s = s, .file = file, .line = line, .module_index = module_index,
        .status = status, .format = fmt,
    };
    va_list args;

    va_start(args, fmt);
    log_message(&info, level, args);
    va_end(args);
}

AP_DECLARE_NONSTD(void) ap_log_perror_(const char *file, int line,
    int module_index, int level, apr_status_t status, apr_pool_t *p,
    const char *fmt, ...)
{
    ap_errorlog_info info = {
        .pool = p, .file = file, .line = line, .module_index = module_index,
        .status = status, .format = fmt,
    };
    va_list args;

    va_start(args, fmt);
    log_message(&info, level, args);
    va_end(args);
}

AP_DECLARE_NONSTD(void) ap_log_rerror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const request_rec *r,
    const char *fmt, ...)
{
    ap_errorlog_info info = {
        .s = r->server, .c = r->connection, .r = r, .rmain = main_of(r),
        .file = file, .line = line, .module_index = module_index,
        .status = status, .format = fmt,
    };
    va_list args;

    va_start(args, fmt);
    log_message(&info, level, args);
    va_end(args);
}

AP_DECLARE_NONSTD(void) ap_log_cserror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const conn_rec *c,
    const server_rec *s, const char *fmt, ...)
{
    ap_errorlog_info info = {
        .s = s, .c = c, .file = file, .line = line,
        .module_index = module_index, .status = status, .format = fmt,
    };
    va_list args;

    va_start(args, fmt);
    log_message(&info, level, args);
    va_end(args);
}

AP_DECLARE_NONSTD(void) ap_log_cerror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const conn_rec *c,
    const char *fmt, ...)
{
    ap_errorlog_info info = {
        .s = c->base_server, .c = c, .file = file, .line = line,
        .module_index = module_index, .status = status, .format = fmt,
    };
    va_list args;

    va_start(args, fmt);
    log_message(&info, level, args);
    va_end(args);
}

AP_DECLARE(void) ap_log_command_line(apr_pool_t *p, server_rec *s)
{
    const process_rec *process = s->process;
    apr_array_header_t *words = apr_array_make(p, process->argc,
                                               sizeof(const char *));

    for (int i = 0; i < process->argc; i++) {
        APR_ARRAY_PUSH(words, const char *)
            = ap_escape_quotes(p, process->argv[i]);
    }
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, APLOGNO(00094)
                 "Command line: '%s'",
                 apr_array_pstrcat(p, words, ' '));
}

AP_DECLARE(void) ap_log_mpm_common(server_rec *s)
{
    ap_log_error(APLOG_MARK, APLOG_DEBUG, 0, s, APLOGNO(02639)
                 "SO_REUSEPORT is %savailable, %d listener bucket(s)",
                 ap_have_so_reuseport ? "" : "not ", ap_num_listen_buckets);
}
