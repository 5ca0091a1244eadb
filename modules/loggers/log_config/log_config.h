/* SPDX-License-Identifier: Apache-2.0 */
/* log_config.h -- what the parts of mod_log_config share. */
#ifndef CLEAT_LOG_CONFIG_H
#define CLEAT_LOG_CONFIG_H

#include <stdbool.h>

#include "ap_expr.h"
#include "apr_hash.h"
#include "http_config.h"
#include "httpd.h"
#include "mod_log_config.h"

extern module AP_MODULE_DECLARE_DATA log_config_module;

/* One piece of a format: literal text, or a % item. */
struct log_item {
    ap_log_handler_fn_t *run;       /* NULL: literal */
    char *arg;                      /* literal text, or the {argument} */
    int length;                     /* of the literal */
    bool original;                  /* the request before redirects */
    bool negate;                    /* statuses are those to leave out */
    const apr_array_header_t *statuses; /* int; NULL: any */
};

/* One CustomLog, GlobalLog or TransferLog. */
struct access_log {
    const char *name;               /* as in the configuration */
    const char *nickname;           /* format or name of one; NULL: default */
    const apr_array_header_t *items;    /* struct log_item */
    const ap_directive_t *directive;
    const char *condition;          /* variable; a leading ! negates */
    const ap_expr_info_t *expr;
    void *writer;                   /* what the writer's init returned */
};

struct log_config_server {
    const char *default_text;       /* LogFormat without nickname */
    const apr_array_header_t *default_items;
    apr_array_header_t *own;        /* struct access_log: replace inherited */
    apr_array_header_t *inherited;  /* used while own is empty */
    apr_table_t *nicknames;         /* name -> format text */
};

/* ---- logfmt_parse.c */

/* The items of a format, ended by a newline; NULL with *why set on error. */
apr_array_header_t *logfmt_parse(apr_pool_t *p, const char *format,
                                 const char **why);

/* ---- logfmt_items.c */

/* Know the codes of the table; called when the configuration is read. */
void logfmt_register_items(apr_pool_t *p);

/* The handler of a code at *at, the longest that fits; moves *at behind it.
 * NULL when there is none. */
const ap_log_handler *logfmt_find_item(const char **at);

/* ---- log_writer.c */

extern bool log_writer_buffered;    /* BufferedLogs */

void *log_writer_open(apr_pool_t *p, server_rec *s, const char *name);
apr_status_t log_writer_write(request_rec *r, void *handle,
                              const char **strings, int *lengths, int count,
                              apr_size_t total);
void log_writer_child_init(apr_pool_t *p);

#endif
