/* SPDX-License-Identifier: Apache-2.0 */
/* log.h -- private face of the room log/.
 *
 * Callers outside use the public ap_log_*; from here they need the directive
 * functions, the hooks and the check of the configuration.
 */
#ifndef CLEAT_SERVER_LOG_LOG_H
#define CLEAT_SERVER_LOG_LOG_H

#include "httpd.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"

#include <stdbool.h>

/* Directive functions. */
const char *cl_set_error_log(cmd_parms *cmd, void *dummy, const char *arg);
const char *cl_set_error_log_format(cmd_parms *cmd, void *dummy,
                                    const char *first, const char *second);
const char *cl_set_log_level(cmd_parms *cmd, void *dir, const char *arg);

/* open_logs, check_config, child_init and generate_log_id of the core. */
void cl_log_register_hooks(apr_pool_t *p);

/* ---- inside the room ---- */

enum { CL_LOG_LINE_SIZE = MAX_STRING_LEN };     /* with newline and NUL */

enum { CL_LOG_NO_LEVEL = -1 };  /* the line is not about a message */

enum cl_log_scope {             /* which ErrorLogFormat */
    CL_LOG_MAIN,
    CL_LOG_ONCE                 /* per connection or request: no message */
};

/* Parses an ErrorLogFormat.  Items live in P.  NULL: *WRONG says why. */
apr_array_header_t *cl_log_parse_format(apr_pool_t *p, const char *format,
                                        enum cl_log_scope scope,
                                        const char **wrong);

/* Writes one line without newline and NUL; returns its length, 0 to omit it.
 * MESSAGE is escaped text, NULL in CL_LOG_ONCE formats. */
apr_size_t cl_log_format_line(const ap_errorlog_info *info,
                              const apr_array_header_t *items,
                              const char *message, char *line,
                              apr_size_t size);
apr_size_t cl_log_default_line(const ap_errorlog_info *info,
                               const char *message, char *line,
                               apr_size_t size);

/* The handler behind a format letter, or NULL. */
const ap_errorlog_handler *cl_log_find_item(char letter);

/* One item each, used by the default line as well. */
ap_errorlog_handler_fn_t cl_log_item_client;
ap_errorlog_handler_fn_t cl_log_item_status;
ap_errorlog_handler_fn_t cl_log_item_source;
ap_errorlog_handler_fn_t cl_log_item_header;
ap_errorlog_handler_fn_t cl_log_item_time;

const char *cl_log_level_name(int level);
const char *cl_log_module_name(int index);     /* NULL: none */

/* Gives the connection and the request their ids. */
void cl_log_add_connection_id(const conn_rec *c);
void cl_log_add_request_id(const request_rec *r);
int cl_log_make_id(const conn_rec *c, const request_rec *r, const char **id);

/* open.c: where lines about S go now.  Nothing: no file and no syslog. */
struct cl_log_target {
    apr_file_t *file;
    bool is_syslog;
};
struct cl_log_target cl_log_target_of(const server_rec *s);
bool cl_log_owns_stderr(void);          /* it is the main error log now */

/* One write(2) for one line; LINE gets its newline here. */
void cl_log_write(const struct cl_log_target *target, int level, char *line,
                  apr_size_t length);

int cl_log_check_config(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp,
                        server_rec *s);

/* piped.c: opens "|cmd", "||cmd" (COMMAND without the first bar) or "|$cmd". */
piped_log *cl_log_open_piped(apr_pool_t *p, const char *command,
                             apr_status_t *rv);
void cl_log_close_read_ends(void);

#endif
