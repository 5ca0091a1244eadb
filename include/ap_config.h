/* SPDX-License-Identifier: Apache-2.0 */
/* ap_config.h -- platform and linkage markers */
#ifndef CLEAT_AP_CONFIG_H
#define CLEAT_AP_CONFIG_H

#include "ap_config_auto.h"
#include "ap_config_layout.h"
#include <apr.h>
#include "ap_hooks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Build platform: Linux and other POSIX systems. */

#define AP_DECLARE_DATA
#define AP_HAVE_C99
#define AP_HAVE_DESIGNATED_INITIALIZER
#define AP_HAVE_RELIABLE_PIPED_LOGS 1
#define AP_MODULE_DECLARE_DATA

#define AP_DECLARE(type) type
#define AP_DECLARE_NONSTD(type) type
#define AP_FN_ATTR_ALLOC_SIZE(x) __attribute__((alloc_size(x)))
#define AP_FN_ATTR_ALLOC_SIZE2(x, y) __attribute__((alloc_size(x, y)))
#define AP_FN_ATTR_SENTINEL __attribute__((sentinel))
#define AP_FN_ATTR_WARN_UNUSED_RESULT __attribute__((warn_unused_result))
#define AP_MODULE_DECLARE(type) type
#define AP_MODULE_DECLARE_NONSTD(type) type

#ifdef __cplusplus
}
#endif

#endif
