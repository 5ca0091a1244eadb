/* SPDX-License-Identifier: Apache-2.0 */
/* mod_status.h -- additions to the status page */
#ifndef CLEAT_MOD_STATUS_H
#define CLEAT_MOD_STATUS_H

#include "ap_config.h"
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Linkage. */
#define STATUS_DECLARE(type) type
#define STATUS_DECLARE_NONSTD(type) type
#define STATUS_DECLARE_DATA

/* flags: for programs (?auto); without tables; ExtendedStatus is on. */
#define AP_STATUS_SHORT 1
#define AP_STATUS_NOTABLE 2
#define AP_STATUS_EXTENDED 4

/* Write a piece of the page to r. OK or DECLINED. */
AP_DECLARE_HOOK(int, status_hook, (request_rec *r, int flags))

#ifdef __cplusplus
}
#endif

#endif
