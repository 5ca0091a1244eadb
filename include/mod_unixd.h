/* SPDX-License-Identifier: Apache-2.0 */
/* mod_unixd.h -- becoming the user that serves */
#ifndef CLEAT_MOD_UNIXD_H
#define CLEAT_MOD_UNIXD_H

#include "ap_config.h"
#include <apr_pools.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Group, root directory, user as configured. 0, or -1 (logged): end. */
AP_DECLARE(int) ap_unixd_setup_child(void);

#ifdef __cplusplus
}
#endif

#endif
