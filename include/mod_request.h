/* SPDX-License-Identifier: Apache-2.0 */
/* mod_request.h -- public interface */
#ifndef CLEAT_MOD_REQUEST_H
#define CLEAT_MOD_REQUEST_H

#include "httpd.h"
#include <apr_optional.h>
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

#define KEEP_BODY_FILTER "KEEP_BODY"
#define KEPT_BODY_FILTER "KEPT_BODY"

typedef struct request_dir_conf request_dir_conf;

struct request_dir_conf {
    apr_off_t keep_body;
    int keep_body_set;
};

extern AP_DECLARE_DATA module request_module;
APR_DECLARE_OPTIONAL_FN(void, ap_request_insert_filter, (request_rec *r));
APR_DECLARE_OPTIONAL_FN(void, ap_request_remove_filter, (request_rec *r));

#ifdef __cplusplus
}
#endif

#endif
