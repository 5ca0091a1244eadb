/* SPDX-License-Identifier: Apache-2.0 */
/* mod_request.h -- keeping a request body, so that a form can be sent again */
#ifndef CLEAT_MOD_REQUEST_H
#define CLEAT_MOD_REQUEST_H

#include "httpd.h"
#include <apr_optional.h>
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct request_dir_conf request_dir_conf;

/* Filters: one keeps, the other gives again. */
#define KEEP_BODY_FILTER "KEEP_BODY"
#define KEPT_BODY_FILTER "KEPT_BODY"

/* The module, for its configuration. */
extern AP_DECLARE_DATA module request_module;

/* Its per-directory record. */
struct request_dir_conf {
    apr_off_t keep_body;        /* KeptBodySize, bytes */
    int keep_body_set;          /* it was configured */
};

/* Puts the giving filter in; takes it out. */
APR_DECLARE_OPTIONAL_FN(void, ap_request_insert_filter, (request_rec *r));
APR_DECLARE_OPTIONAL_FN(void, ap_request_remove_filter, (request_rec *r));

#ifdef __cplusplus
}
#endif

#endif
