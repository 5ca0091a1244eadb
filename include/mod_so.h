/* SPDX-License-Identifier: Apache-2.0 */
/* mod_so.h -- loaded modules */
#ifndef CLEAT_MOD_SO_H
#define CLEAT_MOD_SO_H

#include <apr_optional.h>
#include "httpd.h"
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* This header was included. */
#define MOD_SO_H 1

/* A loaded module by its identifier, such as "ssl_module"; NULL: not loaded. */
APR_DECLARE_OPTIONAL_FN(module *, ap_find_loaded_module_symbol, (server_rec *s,
    const char *modname));

#ifdef __cplusplus
}
#endif

#endif
