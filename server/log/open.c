/* SPDX-License-Identifier: Apache-2.0 */
/* open.c -- where the lines go: stderr, files, programs, syslog.
 *
 * Until ap_open_logs() everything goes to stderr; then stderr itself becomes
 * the main error log, so that what libraries and crashing children print is
 * found there too.  Lines about no server go to stderr always.
 */
#include "log/log.h"

#include "http_main.h"

#include <apr_file_info.h>
#include <apr_file_io.h>
#include <apr_portable.h>
#include <apr_strings.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <syslog.h>

APLOG_USE_MODULE(core);

static apr_file_t *stderr_log;          /* NULL before ap_open_stderr_log() */
static bool stderr_is_error_log;
static bool syslog_is_open;

/* ---- syslog ---- */

static const struct {
    const char *name;
    int facility;
} facilities[] = {
    { "auth", LOG_AUTH }, { "authpriv", LOG_AUTHPRIV }, { "cron", LOG_CRON },
    { "daemon", LOG_DAEMON }, { "ftp", LOG_FTP }, { "kern", LOG_KERN },
    { "lpr", LOG_LPR }, { "mail", LOG_MAIL }, { "news", LOG_NEWS },
    { "syslog", LOG_SYSLOG }, { "user", LOG_USER }, { "uucp", LOG_UUCP },
    { "local0", LOG_LOCAL0 }, { "local1", LOG_LOCAL1 },
    { "local2", LOG_LOCAL2 }, { "local3", LOG_LOCAL3 },
    { "local4", LOG_LOCAL4 }, { "local5", LOG_LOCAL5 },
    { "local6", LOG_LOCAL6 }, { "local7", LOG_LOCAL7 },
};

struct syslog_target {
    int facility;
    const char *tag;            /* NULL: the name of the program */
};

bool cl_log_is_syslog(const char *name)
{
    return name != NULL && strncasecmp(name, "syslog", 6) == 0
           && (name[6] == '\0' || name[6] == ':');
}

/* syslog[:[facility][:tag]].  False: the facility is not known. */
static bool parse_syslog(apr_pool_t *p, const char *name,
                         struct syslog_target *target)
{
    const char *facility = name[6] == ':' ? name + 7 : "";
    const char *colon = strchr(facility, ':');
    const char *word = colon ? apr_pstrmemdup(p, facility, colon - facility)
                             : facility;

    target->facility = LOG_LOCAL7;
    target->tag = colon && colon[1] ? colon + 1 : NULL;
    if (*word == '\0') {
        return true;
    }
    for (apr_size_t i = 0; i < sizeof facilities / sizeof *facilities; i++) {
        if (strcasecmp(facilities[i].name, word) == 0) {
            target->facility = facilities[i].facility;
            return true;
        }
    }
    return false;
}

static apr_status_t close_syslog(void *)
{
    closelog();
    syslog_is_open = false;
    return APR_SUCCESS;
}

/* The C library has one facility and one tag: the last server wins.  It
 * keeps the pointer to the tag. */
static void open_syslog(apr_pool_t *p, server_rec *s)
{
    struct syslog_target target;

    parse_syslog(p, s->error_fname, &target);
    openlog(target.tag ? apr_pstrdup(p, target.tag) : ap_server_argv0,
            LOG_NDELAY | LOG_CONS | LOG_PID, target.facility);
    if (!syslog_is_open) {
        apr_pool_cleanup_register(p, NULL, close_syslog,
                                  apr_pool_cleanup_null);
    }
    syslog_is_open = true;
    s->error_log = NULL;
}

/* ---- writing ---- */

struct cl_log_target cl_log_target_of(const server_rec *s)
{
    if (s != NULL && s->error_log != NULL) {
        return (struct cl_log_target){ .file = s->error_log };
    }
    if (s != NULL && syslog_is_open && cl_log_is_syslog(s->error_fname)) {
        return (struct cl_log_target){ .is_syslog = true };
    }
    return (struct cl_log_target){ .file = stderr_log };
}

/* A program that does not read must not stop the server: wait a second for
 * room in its pipe, then drop lines until there is room again. */
static bool has_room(apr_file_t *file)
{
    static AP_THREAD_LOCAL bool is_dropping;
    apr_interval_time_t unused;
    struct pollfd fd = { .events = POLLOUT };

    if (apr_file_pipe_timeout_get(file, &unused) != APR_SUCCESS) {
        return true;                    /* a file */
    }
    apr_os_file_get(&fd.fd, file);
    is_dropping = poll(&fd, 1, is_dropping ? 0 : 1000) == 0;
    return !is_dropping;
}

/* A full disk takes a part of the line or nothing; what it refuses is lost,
 * for there is no place left to complain. */
static void write_all(apr_file_t *file, const char *bytes, apr_size_t length)
{
    while (length > 0) {
        apr_size_t written = length;

        if (apr_file_write(file, bytes, &written) != APR_SUCCESS
            || written == 0) {
            return;
        }
        bytes += written;
        length -= written;
    }
}

void cl_log_write(const struct cl_log_target *target, int level, char *line,
                  apr_size_t length)
{
    if (target->is_syslog) {
        syslog(level < APLOG_DEBUG ? level : LOG_DEBUG, "%.*s", (int)length,
               line);
    }
    else if (target->file != NULL && has_room(target->file)) {
        line[length] = '\n';
        write_all(target->file, line, length + 1);
    }
}

/* ---- stderr ---- */

bool cl_log_owns_stderr(void)
{
    return stderr_is_error_log;
}

AP_DECLARE(void) ap_open_stderr_log(apr_pool_t *p)
{
    apr_file_open_stderr(&stderr_log, p);
}

AP_DECLARE(void) ap_error_log2stderr(server_rec *s)
{
    apr_file_t *err = NULL;

    apr_file_open_stderr(&err, s->process->pool);
    if (s->error_log != NULL && err != NULL) {
        apr_file_dup2(err, s->error_log, s->process->pool);
    }
}

AP_DECLARE(apr_status_t) ap_replace_stderr_log(apr_pool_t *p,
    const char *file)
{
    const char *name = ap_server_root_relative(p, file);
    apr_file_t *opened = NULL;
    apr_status_t rv = APR_EBADPATH;

    if (name == NULL) {
        ap_log_perror(APLOG_MARK, APLOG_STARTUP | APLOG_CRIT, rv, p,
                      APLOGNO(50067) "error log \"%s\" is no usable path",
                      file);
        return rv;
    }
    rv = apr_file_open(&opened, name, APR_APPEND | APR_READ | APR_WRITE
                       | APR_CREATE | APR_LARGEFILE, APR_OS_DEFAULT, p);
    if (rv != APR_SUCCESS) {
        ap_log_perror(APLOG_MARK, APLOG_STARTUP | APLOG_CRIT, rv, p,
                      APLOGNO(50068) "could not open error log \"%s\"", name);
        return rv;
    }
    if (stderr_log == NULL) {
        ap_open_stderr_log(p);
    }
    rv = apr_file_dup2(stderr_log, opened, p);
    apr_file_close(opened);
    return rv;
}

/* ---- opening ---- */

static int refuse(server_rec *s, apr_status_t rv, const char *what,
                  const char *name)
{
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_EMERG, rv, NULL,
                 APLOGNO(00091) "could not %s \"%s\" for the errors of %s "
                 "\"%s\"", what, name,
                 s->is_virtual ? "virtual host" : "the main server",
                 s->server_hostname ? s->server_hostname : "");
    return DONE;
}

static int open_program_log(apr_pool_t *p, server_rec *s)
{
    apr_status_t rv;
    piped_log *pl = cl_log_open_piped(p, s->error_fname + 1, &rv);

    if (pl == NULL) {
        return refuse(s, rv, "start log program", s->error_fname + 1);
    }
    s->error_log = ap_piped_log_write_fd(pl);
    return OK;
}

static int open_file_log(apr_pool_t *p, server_rec *s)
{
    const char *name = ap_server_root_relative(p, s->error_fname);
    apr_status_t rv;

    if (name == NULL) {
        return refuse(s, APR_EBADPATH, "use log file", s->error_fname);
    }
    rv = apr_file_open(&s->error_log, name, APR_APPEND | APR_READ | APR_WRITE
                       | APR_CREATE | APR_LARGEFILE, APR_OS_DEFAULT, p);
    return rv == APR_SUCCESS ? OK : refuse(s, rv, "open log file", name);
}

static int open_error_log(apr_pool_t *p, server_rec *s)
{
    if (*s->error_fname == '|') {
        return open_program_log(p, s);
    }
    if (cl_log_is_syslog(s->error_fname)) {
        open_syslog(p, s);
        return OK;
    }
    return open_file_log(p, s);
}

/* Virtual hosts that name the same log share it. */
static server_rec *find_sharer(server_rec *s_main, const server_rec *s)
{
    for (server_rec *each = s_main; each != s; each = each->next) {
        if (each->error_fname != NULL
            && strcmp(each->error_fname, s->error_fname) == 0) {
            return each;
        }
    }
    return NULL;
}

static int open_vhost_log(apr_pool_t *p, server_rec *s_main, server_rec *s)
{
    server_rec *sharer = s->error_fname ? find_sharer(s_main, s) : s_main;

    if (sharer == NULL) {
        return open_error_log(p, s);
    }
    s->error_fname = sharer->error_fname;
    s->error_log = sharer->error_log;
    return OK;
}

static void redirect_stderr(apr_pool_t *p, server_rec *s_main)
{
    apr_status_t rv;

    if (s_main->error_log == NULL) {
        return;
    }
    if (stderr_log == NULL) {
        ap_open_stderr_log(s_main->process->pool);
    }
    fflush(stderr);
    rv = apr_file_dup2(stderr_log, s_main->error_log, p);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s_main, APLOGNO(50069)
                     "could not point standard error to the error log");
    }
    stderr_is_error_log = stderr_is_error_log || rv == APR_SUCCESS;
}

AP_DECLARE(int) ap_open_logs(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *,
    server_rec *s_main)
{
    int result;

    if (s_main->error_fname == NULL) {
        s_main->error_fname = apr_pstrdup(pconf, DEFAULT_ERRORLOG);
    }
    result = open_error_log(plog, s_main);
    if (result != OK) {
        return result;
    }
    redirect_stderr(s_main->process->pool, s_main);
    for (server_rec *s = s_main->next; s && result == OK; s = s->next) {
        result = open_vhost_log(plog, s_main, s);
    }
    return result;
}

AP_DECLARE(void) ap_logs_child_init(apr_pool_t *, server_rec *)
{
    cl_log_close_read_ends();
}

/* ---- configuration ---- */

const char *cl_set_error_log(cmd_parms *cmd, void *, const char *arg)
{
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    struct syslog_target target;

    if (wrong != NULL) {
        return wrong;
    }
    if (*arg == '\0' || (*arg == '|' && arg[1 + strspn(arg + 1, "|$ ")]
                                            == '\0')) {
        return "ErrorLog needs a file, \"|program\" or \"syslog\"";
    }
    if (cl_log_is_syslog(arg) && !parse_syslog(cmd->temp_pool, arg, &target)) {
        return apr_psprintf(cmd->pool, "ErrorLog: syslog has no facility as "
                            "in \"%s\"; example: syslog:local7:cleat", arg);
    }
    cmd->server->error_fname = apr_pstrdup(cmd->pool, arg);
    return NULL;
}

static bool has_directory(apr_pool_t *p, const server_rec *s)
{
    const char *name = s->error_fname;
    const char *directory;
    apr_finfo_t info;
    apr_status_t rv;

    if (name == NULL || *name == '|' || cl_log_is_syslog(name)) {
        return true;
    }
    name = ap_server_root_relative(p, name);
    directory = name ? ap_make_dirstr_parent(p, name) : s->error_fname;
    rv = apr_stat(&info, directory, APR_FINFO_TYPE, p);
    if (rv == APR_SUCCESS && info.filetype == APR_DIR) {
        return true;
    }
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_EMERG,
                 rv ? rv : APR_ENOTDIR, NULL, APLOGNO(02291)
                 "could not use directory \"%s\" for the error log of %s "
                 "(%s:%d); create it first", directory,
                 s->is_virtual ? "a virtual host" : "the main server",
                 s->defn_name ? s->defn_name : "default",
                 s->defn_line_number);
    return false;
}

int cl_log_check_config(apr_pool_t *, apr_pool_t *, apr_pool_t *ptemp,
                        server_rec *s)
{
    int result = OK;

    for (; s != NULL; s = s->next) {
        if (!has_directory(ptemp, s)) {
            result = HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return result;
}

AP_DECLARE(void) ap_register_log_hooks(apr_pool_t *)
{
    ap_hook_open_logs(ap_open_logs, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_check_config(cl_log_check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(ap_logs_child_init, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_generate_log_id(cl_log_make_id, NULL, NULL, APR_HOOK_REALLY_LAST);
}

void cl_log_register_hooks(apr_pool_t *p)
{
    ap_register_log_hooks(p);
}
