/* SPDX-License-Identifier: Apache-2.0 */
/* mod_unixd.h -- public interface */
#ifndef CLEAT_MOD_UNIXD_H
#define CLEAT_MOD_UNIXD_H

#include "ap_config.h"
#include <apr_pools.h>

#ifdef __cplusplus
extern "C" {
#endif

AP_DECLARE(int) ap_unixd_setup_child(void);

#ifdef __cplusplus
}
#endif

#endif
