/* SPDX-License-Identifier: Apache-2.0 */
/* mod_so.h -- public interface */
#ifndef CLEAT_MOD_SO_H
#define CLEAT_MOD_SO_H

#include <apr_optional.h>
#include "httpd.h"
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOD_SO_H 1

APR_DECLARE_OPTIONAL_FN(module *, ap_find_loaded_module_symbol, (server_rec *s,
    const char *modname));

#ifdef __cplusplus
}
#endif

#endif
