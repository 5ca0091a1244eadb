/* SPDX-License-Identifier: Apache-2.0 */
/* os.h -- the platform's part of the server */
#ifndef CLEAT_OS_H
#define CLEAT_OS_H

#include "ap_config.h"
#include <apr.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Its name, for the Server field. */
#define PLATFORM "Unix"

/* Mutexes made by root must be given to children. */
#define AP_NEED_SET_MUTEX_PERMS 1

/* What changes the command line ahead of its parsing. */
#define AP_PLATFORM_REWRITE_ARGS_HOOK ap_mpm_rewrite_args

#ifdef __cplusplus
}
#endif

#endif
