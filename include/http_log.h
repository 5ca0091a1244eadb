/* SPDX-License-Identifier: Apache-2.0 */
/* http_log.h -- the error log: levels, functions, pipes to log programs
 *
 * Each file says once whose lines it writes: APLOG_USE_MODULE(name), or
 * AP_DECLARE_MODULE(name) where the module's record is. The ap_log_* macros
 * test the level where they are used, so that a line that is not wanted costs
 * next to nothing: its arguments are not evaluated.
 */
#ifndef CLEAT_HTTP_LOG_H
#define CLEAT_HTTP_LOG_H

#include <apr_thread_proc.h>
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
/* Opaque: a program with a pipe to its standard input. It is started again when
 * it dies, and ends with the pool. */
typedef struct piped_log piped_log;

/* ---- Levels and flags ---------------------------------------------------- */

/* From most important to most verbose; as syslog has them up to DEBUG. */
#define APLOG_EMERG 0   /* the system is unusable */
#define APLOG_ALERT 1   /* act at once */
#define APLOG_CRIT 2    /* a resource failed */
#define APLOG_ERR 3     /* an error */
#define APLOG_WARNING 4 /* looks wrong, works */
#define APLOG_NOTICE 5  /* normal, worth knowing; always logged */
#define APLOG_INFO 6    /* for the curious */
#define APLOG_DEBUG 7   /* for those who look for an error */
#define APLOG_TRACE1 8
#define APLOG_TRACE2 9
#define APLOG_TRACE3 10
#define APLOG_TRACE4 11
#define APLOG_TRACE5 12
#define APLOG_TRACE6 13
#define APLOG_TRACE7 14
#define APLOG_TRACE8 15

/* Or'ed to a level. */
#define APLOG_LEVELMASK 15      /* the level's own bits */
#define APLOG_NOERRNO 16        /* of old; has no effect */
#define APLOG_TOCLIENT 0x20     /* the text may be shown on an error page
                                 * (note "error-notes"); ap_log_rerror() only */
#define APLOG_STARTUP 0x40      /* a line for a terminal: no time, no level */

/* LogLevel where it is not configured; -e changes the variable. */
#define DEFAULT_LOGLEVEL APLOG_WARNING
extern AP_DECLARE_DATA int ap_default_loglevel;

/* A message's number as text, to put in front of the format: found in
 * documentation, whatever the text. */
#define APLOGNO(n) "AH" #n ": "

/* ---- Whose line it is ---------------------------------------------------- */

/* Files that never say APLOG_USE_MODULE() log without a module. */
#ifdef __cplusplus
__attribute__((unused)) static int *const aplog_module_index = 0;
#else
__attribute__((unused)) static int *const aplog_module_index;
#endif

/* No module; the index of this file's module; place and module, the first
 * arguments of all ap_log_* macros. */
#define APLOG_NO_MODULE (-1)
#ifdef __cplusplus
#define APLOG_MODULE_INDEX (*aplog_module_index)
#else
#define APLOG_MODULE_INDEX \
    (aplog_module_index ? *aplog_module_index : APLOG_NO_MODULE)
#endif
#define APLOG_MARK __FILE__, __LINE__, APLOG_MODULE_INDEX

/* ---- Would it be logged? ------------------------------------------------- */

/* For a server, a connection (C), a connection working for a host (CS), a
 * request (R); for a given module, or for this file's. */
#define APLOG_MODULE_IS_LEVEL(s, module_index, level) \
    (((level) & APLOG_LEVELMASK) <= APLOG_NOTICE || (s) == NULL \
     || ((level) & APLOG_LEVELMASK) \
            <= ap_get_server_module_loglevel(s, module_index))
#define APLOG_IS_LEVEL(s, level) \
    APLOG_MODULE_IS_LEVEL(s, APLOG_MODULE_INDEX, level)
#define APLOG_C_MODULE_IS_LEVEL(c, module_index, level) \
    (((level) & APLOG_LEVELMASK) <= APLOG_NOTICE \
     || ((level) & APLOG_LEVELMASK) \
            <= ap_get_conn_module_loglevel(c, module_index))
#define APLOG_C_IS_LEVEL(c, level) \
    APLOG_C_MODULE_IS_LEVEL(c, APLOG_MODULE_INDEX, level)
#define APLOG_CS_MODULE_IS_LEVEL(c, s, module_index, level) \
    (((level) & APLOG_LEVELMASK) <= APLOG_NOTICE \
     || ((level) & APLOG_LEVELMASK) \
            <= ap_get_conn_server_module_loglevel(c, s, module_index))
#define APLOG_CS_IS_LEVEL(c, s, level) \
    APLOG_CS_MODULE_IS_LEVEL(c, s, APLOG_MODULE_INDEX, level)
#define APLOG_R_MODULE_IS_LEVEL(r, module_index, level) \
    (((level) & APLOG_LEVELMASK) <= APLOG_NOTICE \
     || ((level) & APLOG_LEVELMASK) \
            <= ap_get_request_module_loglevel(r, module_index))
#define APLOG_R_IS_LEVEL(r, level) \
    APLOG_R_MODULE_IS_LEVEL(r, APLOG_MODULE_INDEX, level)

/* The same for one level, about a server. */
#define APLOGinfo(s) APLOG_IS_LEVEL(s, APLOG_INFO)
#define APLOGdebug(s) APLOG_IS_LEVEL(s, APLOG_DEBUG)
#define APLOGtrace1(s) APLOG_IS_LEVEL(s, APLOG_TRACE1)
#define APLOGtrace2(s) APLOG_IS_LEVEL(s, APLOG_TRACE2)
#define APLOGtrace3(s) APLOG_IS_LEVEL(s, APLOG_TRACE3)
#define APLOGtrace4(s) APLOG_IS_LEVEL(s, APLOG_TRACE4)
#define APLOGtrace5(s) APLOG_IS_LEVEL(s, APLOG_TRACE5)
#define APLOGtrace6(s) APLOG_IS_LEVEL(s, APLOG_TRACE6)
#define APLOGtrace7(s) APLOG_IS_LEVEL(s, APLOG_TRACE7)
#define APLOGtrace8(s) APLOG_IS_LEVEL(s, APLOG_TRACE8)

/* About a request. */
#define APLOGrinfo(r) APLOG_R_IS_LEVEL(r, APLOG_INFO)
#define APLOGrdebug(r) APLOG_R_IS_LEVEL(r, APLOG_DEBUG)
#define APLOGrtrace1(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE1)
#define APLOGrtrace2(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE2)
#define APLOGrtrace3(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE3)
#define APLOGrtrace4(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE4)
#define APLOGrtrace5(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE5)
#define APLOGrtrace6(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE6)
#define APLOGrtrace7(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE7)
#define APLOGrtrace8(r) APLOG_R_IS_LEVEL(r, APLOG_TRACE8)

/* About a connection. */
#define APLOGcinfo(c) APLOG_C_IS_LEVEL(c, APLOG_INFO)
#define APLOGcdebug(c) APLOG_C_IS_LEVEL(c, APLOG_DEBUG)
#define APLOGctrace1(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE1)
#define APLOGctrace2(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE2)
#define APLOGctrace3(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE3)
#define APLOGctrace4(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE4)
#define APLOGctrace5(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE5)
#define APLOGctrace6(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE6)
#define APLOGctrace7(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE7)
#define APLOGctrace8(c) APLOG_C_IS_LEVEL(c, APLOG_TRACE8)

/* ---- Write a line -------------------------------------------------------- */

/* Functions behind the macros below; they test the level again. status is named
 * in the line when it is an error. Control characters of the text are escaped.
 * Any thread. */
AP_DECLARE_NONSTD(void) ap_log_error_(const char *file, int line,
    int module_index, int level, apr_status_t status, const server_rec *s,
    const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
AP_DECLARE_NONSTD(void) ap_log_cerror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const conn_rec *c,
    const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
AP_DECLARE_NONSTD(void) ap_log_cserror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const conn_rec *c,
    const server_rec *s, const char *fmt,
    ...)
    __attribute__((format(printf, 8, 9)));
AP_DECLARE_NONSTD(void) ap_log_rerror_(const char *file, int line,
    int module_index, int level, apr_status_t status, const request_rec *r,
    const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));
AP_DECLARE_NONSTD(void) ap_log_perror_(const char *file, int line,
    int module_index, int level, apr_status_t status, apr_pool_t *p,
    const char *fmt, ...)
    __attribute__((format(printf, 7, 8)));

/* ap_log_error(APLOG_MARK, level, status, server or NULL, format, ...) */
#define ap_log_error(...) ap_log_error__(__VA_ARGS__)
#define ap_log_error__(file, line, mi, level, status, s, ...) \
    do { \
        const server_rec *ap_log_sr_ = (s); \
        if (APLOG_MODULE_IS_LEVEL(ap_log_sr_, mi, level)) { \
            ap_log_error_(file, line, mi, level, status, ap_log_sr_, __VA_ARGS__); \
        } \
    } while (0)

/* The same about a request; best in hooks and handlers. */
#define ap_log_rerror(...) ap_log_rerror__(__VA_ARGS__)
#define ap_log_rerror__(file, line, mi, level, status, r, ...) \
    do { \
        if (APLOG_R_MODULE_IS_LEVEL(r, mi, level)) { \
            ap_log_rerror_(file, line, mi, level, status, r, __VA_ARGS__); \
        } \
    } while (0)

/* About a connection; about a connection and the host it works for. */
#define ap_log_cerror(...) ap_log_cerror__(__VA_ARGS__)
#define ap_log_cerror__(file, line, mi, level, status, c, ...) \
    do { \
        if (APLOG_C_MODULE_IS_LEVEL(c, mi, level)) { \
            ap_log_cerror_(file, line, mi, level, status, c, __VA_ARGS__); \
        } \
    } while (0)
#define ap_log_cserror(...) ap_log_cserror__(__VA_ARGS__)
#define ap_log_cserror__(file, line, mi, level, status, c, s, ...) \
    do { \
        if (APLOG_CS_MODULE_IS_LEVEL(c, s, mi, level)) { \
            ap_log_cserror_(file, line, mi, level, status, c, s, __VA_ARGS__); \
        } \
    } while (0)

/* About nothing but a pool: start-up, command line. Always to stderr's log. */
#define ap_log_perror ap_log_perror_

/* ---- Write bytes --------------------------------------------------------- */

/* flags: text and hexadecimal; with the offset in front of each row. */
#define AP_LOG_DATA_DEFAULT 0
#define AP_LOG_DATA_SHOW_OFFSET 1

/* Functions behind the macros below: label, then 16 bytes a line. */
AP_DECLARE(void) ap_log_data_(const char *file, int line, int module_index,
    int level, const server_rec *s, const char *label, const void *data,
    apr_size_t len, unsigned int flags);
AP_DECLARE(void) ap_log_rdata_(const char *file, int line, int module_index,
    int level, const request_rec *r, const char *label, const void *data,
    apr_size_t len, unsigned int flags);
AP_DECLARE(void) ap_log_cdata_(const char *file, int line, int module_index,
    int level, const conn_rec *c, const char *label, const void *data,
    apr_size_t len, unsigned int flags);
AP_DECLARE(void) ap_log_csdata_(const char *file, int line, int module_index,
    int level, const conn_rec *c, const server_rec *s, const char *label,
    const void *data, apr_size_t len, unsigned int flags);

/* ap_log_data(APLOG_MARK, level, server, label, bytes, length, flags) and the
 * like. */
#define ap_log_data(...) ap_log_data__(__VA_ARGS__)
#define ap_log_data__(file, line, mi, level, s, ...) \
    do { \
        const server_rec *ap_log_sr_ = (s); \
        if (APLOG_MODULE_IS_LEVEL(ap_log_sr_, mi, level)) { \
            ap_log_data_(file, line, mi, level, ap_log_sr_, __VA_ARGS__); \
        } \
    } while (0)
#define ap_log_rdata(...) ap_log_rdata__(__VA_ARGS__)
#define ap_log_rdata__(file, line, mi, level, r, ...) \
    do { \
        if (APLOG_R_MODULE_IS_LEVEL(r, mi, level)) { \
            ap_log_rdata_(file, line, mi, level, r, __VA_ARGS__); \
        } \
    } while (0)
#define ap_log_cdata(...) ap_log_cdata__(__VA_ARGS__)
#define ap_log_cdata__(file, line, mi, level, c, ...) \
    do { \
        if (APLOG_C_MODULE_IS_LEVEL(c, mi, level)) { \
            ap_log_cdata_(file, line, mi, level, c, __VA_ARGS__); \
        } \
    } while (0)
#define ap_log_csdata(...) ap_log_csdata__(__VA_ARGS__)
#define ap_log_csdata__(file, line, mi, level, c, s, ...) \
    do { \
        if (APLOG_CS_MODULE_IS_LEVEL(c, s, mi, level)) { \
            ap_log_csdata_(file, line, mi, level, c, s, __VA_ARGS__); \
        } \
    } while (0)

/* ---- Opening logs -------------------------------------------------------- */

/* Start with stderr as the log; make stderr a server's log again; send stderr
 * to a file (-E). */
AP_DECLARE(void) ap_open_stderr_log(apr_pool_t *p);
AP_DECLARE(void) ap_error_log2stderr(server_rec *s);
AP_DECLARE(apr_status_t) ap_replace_stderr_log(apr_pool_t *p,
    const char *file);

/* The core's open_logs hook: opens the logs of all hosts, then stderr goes to
 * the main one. OK, or DONE to stop the start. */
AP_DECLARE(int) ap_open_logs(apr_pool_t *pconf, apr_pool_t *plog,
    apr_pool_t *ptemp, server_rec *s_main);

/* In a child: closes what only the parent needs. */
AP_DECLARE(void) ap_logs_child_init(apr_pool_t *p, server_rec *s);

/* Says how the server was started; what MPMs have in common to say. */
AP_DECLARE(void) ap_log_command_line(apr_pool_t *p, server_rec *s);
AP_DECLARE(void) ap_log_mpm_common(server_rec *s);

/* ---- Programs that read a log -------------------------------------------- */

/* Starts one; _ex says how (with a shell or without). NULL when it cannot,
 * logged. */
AP_DECLARE(piped_log *) ap_open_piped_log(apr_pool_t *p, const char *program);
AP_DECLARE(piped_log *) ap_open_piped_log_ex(apr_pool_t *p,
    const char *program, apr_cmdtype_e cmdtype);

/* Closes the pipe ahead of its pool; the program sees the end. */
AP_DECLARE(void) ap_close_piped_log(piped_log *pl);

/* Ends of the pipe; children may write only. */
AP_DECLARE(apr_file_t *) ap_piped_log_read_fd(piped_log *pl);
AP_DECLARE(apr_file_t *) ap_piped_log_write_fd(piped_log *pl);

/* ---- The pid file -------------------------------------------------------- */

/* Writes our pid to a file (ends the process when it cannot); reads one
 * (APR_EGENERAL: there is no pid in it); removes the file. */
AP_DECLARE(void) ap_log_pid(apr_pool_t *p, const char *fname);
AP_DECLARE(apr_status_t) ap_read_pid(apr_pool_t *p, const char *filename,
    pid_t *mypid);
AP_DECLARE(void) ap_remove_pid(apr_pool_t *p, const char *fname);

/* ---- Hook ---------------------------------------------------------------- */

/* Make *id, a short text unique to this connection (r NULL) or request, in its
 * pool. OK, DECLINED. */
AP_DECLARE_HOOK(int, generate_log_id, (const conn_rec *c, const request_rec *r,
    const char **id))

#ifdef __cplusplus
}
#endif

#endif
