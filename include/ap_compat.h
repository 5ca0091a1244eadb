/* SPDX-License-Identifier: Apache-2.0 */
/* ap_compat.h -- public interface */
#ifndef CLEAT_AP_COMPAT_H
#define CLEAT_AP_COMPAT_H

#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MODULE_VAR_EXPORT AP_MODULE_DECLARE_DATA

#define ap_send_http_header(r) ((void)0)

#ifdef __cplusplus
}
#endif

#endif
