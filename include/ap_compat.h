/* SPDX-License-Identifier: Apache-2.0 */
/* ap_compat.h -- names of older APIs
 *
 * New code does not include this.
 */
#ifndef CLEAT_AP_COMPAT_H
#define CLEAT_AP_COMPAT_H

#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* AP_MODULE_DECLARE_DATA. */
#define MODULE_VAR_EXPORT AP_MODULE_DECLARE_DATA

/* The header goes out by itself: nothing to do. */
#define ap_send_http_header(r) ((void)0)

#ifdef __cplusplus
}
#endif

#endif
