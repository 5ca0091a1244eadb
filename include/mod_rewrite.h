/* SPDX-License-Identifier: Apache-2.0 */
/* mod_rewrite.h -- public interface */
#ifndef CLEAT_MOD_REWRITE_H
#define CLEAT_MOD_REWRITE_H

#include <apr_optional.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MOD_REWRITE_H 1
#define REWRITE_REDIRECT_HANDLER_NAME "redirect-handler"

typedef char *rewrite_mapfunc_t(request_rec *, char *);

APR_DECLARE_OPTIONAL_FN(void, ap_register_rewrite_mapfunc, (char *name,
    rewrite_mapfunc_t *func));

#ifdef __cplusplus
}
#endif

#endif
