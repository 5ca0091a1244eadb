/* SPDX-License-Identifier: Apache-2.0 */
/* os.h -- public interface */
#ifndef CLEAT_OS_H
#define CLEAT_OS_H

#include "ap_config.h"
#include <apr.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define AP_NEED_SET_MUTEX_PERMS 1
#define AP_PLATFORM_REWRITE_ARGS_HOOK ap_mpm_rewrite_args
#define PLATFORM "Unix"

#ifdef __cplusplus
}
#endif

#endif
