/* SPDX-License-Identifier: Apache-2.0 */
/* ap_config.h -- linkage markers and what the platform can do
 *
 * Included by every header. ap_config_auto.h and ap_config_layout.h are written
 * by configure.
 */
#ifndef CLEAT_AP_CONFIG_H
#define CLEAT_AP_CONFIG_H

#include "ap_config_auto.h"
#include "ap_config_layout.h"
#include <apr.h>
#include "ap_hooks.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Linkage: on ELF everything is visible, so these say little ---------- */

/* Functions, variadic functions and callbacks, data of the server. */
#define AP_DECLARE(type) type
#define AP_DECLARE_NONSTD(type) type
#define AP_DECLARE_DATA

/* The same of modules. */
#define AP_MODULE_DECLARE(type) type
#define AP_MODULE_DECLARE_NONSTD(type) type
#define AP_MODULE_DECLARE_DATA

/* ---- What the compiler and the platform can do --------------------------- */

/* C99; initialisers by name; log programs are restarted. */
#define AP_HAVE_C99
#define AP_HAVE_DESIGNATED_INITIALIZER
#define AP_HAVE_RELIABLE_PIPED_LOGS 1

/* For compilers' checks: which arguments are a size; a list ends in NULL; the
 * result must be used. */
#define AP_FN_ATTR_ALLOC_SIZE(x) __attribute__((alloc_size(x)))
#define AP_FN_ATTR_ALLOC_SIZE2(x, y) __attribute__((alloc_size(x, y)))
#define AP_FN_ATTR_SENTINEL __attribute__((sentinel))
#define AP_FN_ATTR_WARN_UNUSED_RESULT __attribute__((warn_unused_result))

#ifdef __cplusplus
}
#endif

#endif
