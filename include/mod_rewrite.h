/* SPDX-License-Identifier: Apache-2.0 */
/* mod_rewrite.h -- functions for RewriteMap */
#ifndef CLEAT_MOD_REWRITE_H
#define CLEAT_MOD_REWRITE_H

#include <apr_optional.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* This header was included. */
#define MOD_REWRITE_H 1

/* Handler of rewrites in directories. */
#define REWRITE_REDIRECT_HANDLER_NAME "redirect-handler"

/* Value for a key, in r->pool; NULL: none. */
typedef char *rewrite_mapfunc_t(request_rec *, char *);

/* Adds "int:name"; from pre_config. */
APR_DECLARE_OPTIONAL_FN(void, ap_register_rewrite_mapfunc, (char *name,
    rewrite_mapfunc_t *func));

#ifdef __cplusplus
}
#endif

#endif
