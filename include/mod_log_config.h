/* SPDX-License-Identifier: Apache-2.0 */
/* mod_log_config.h -- new letters for LogFormat, other ways to write access
 * logs */
#ifndef CLEAT_MOD_LOG_CONFIG_H
#define CLEAT_MOD_LOG_CONFIG_H

#include "httpd.h"
#include "scoreboard.h"
#include <apr_optional.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_log_handler ap_log_handler;

/* This header was included. */
#define _MOD_LOG_CONFIG_H 1

/* Text of an item (request, argument in braces), in r->pool; NULL is "-".
 * Client bytes must be escaped. */
typedef const char *ap_log_handler_fn_t(request_rec *, char *);

/* An item. */
struct ap_log_handler {
    ap_log_handler_fn_t *func;  /* what writes it */
    int want_orig_default;      /* of a redirected request: the first one,
                                 * unless > is written */
};

/* Adds tag to the items; from pre_config. def: want_orig_default. */
APR_DECLARE_OPTIONAL_FN(void, ap_register_log_handler, (apr_pool_t *p,
    char *tag, ap_log_handler_fn_t *func, int def));

/* Opens a log (pool, host, name); what the writer gets. */
typedef void *ap_log_writer_init(apr_pool_t *, server_rec *, const char *);

/* Writes a line of nelts strings with their lengths, total length last. */
typedef apr_status_t ap_log_writer(request_rec *, void *, const char **, int *,
    int, apr_size_t);

/* Replace those; return the ones before. */
APR_DECLARE_OPTIONAL_FN(ap_log_writer_init *, ap_log_set_writer_init,
    (ap_log_writer_init *func));
APR_DECLARE_OPTIONAL_FN(ap_log_writer *, ap_log_set_writer,
    (ap_log_writer *func));

#ifdef __cplusplus
}
#endif

#endif
