/* SPDX-License-Identifier: Apache-2.0 */
/* util_time.h -- times near now, as text and parts: cached per thread */
#ifndef CLEAT_UTIL_TIME_H
#define CLEAT_UTIL_TIME_H

#include <apr_time.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Seconds in the past for which the cache is meant. */
#define AP_TIME_RECENT_THRESHOLD 15

/* option of ap_recent_ctime_ex(). */
#define AP_CTIME_OPTION_NONE 0
#define AP_CTIME_OPTION_USEC 1          /* microseconds */
#define AP_CTIME_OPTION_COMPACT 2       /* as 2026-01-31 23:59:59 */
#define AP_CTIME_OPTION_GMTOFF 4        /* offset from UTC */
#define AP_CTIME_OPTION_MSEC 8          /* milliseconds */

/* As apr_time_exp_lt() and apr_time_exp_gmt(). APR_SUCCESS. */
AP_DECLARE(apr_status_t) ap_explode_recent_localtime(apr_time_exp_t *tm,
    apr_time_t t);
AP_DECLARE(apr_status_t) ap_explode_recent_gmt(apr_time_exp_t *tm,
    apr_time_t t);

/* Local time into date_str, of APR_CTIME_LEN bytes; _ex: of *len bytes, which
 * becomes what was used; APR_ENOMEM when that is too little. */
AP_DECLARE(apr_status_t) ap_recent_ctime(char *date_str, apr_time_t t);
AP_DECLARE(apr_status_t) ap_recent_ctime_ex(char *date_str, apr_time_t t,
    int option, int *len);

/* An HTTP date (RFC 9110 section 5.6.7), APR_RFC822_DATE_LEN bytes. */
AP_DECLARE(apr_status_t) ap_recent_rfc822_date(char *date_str, apr_time_t t);

#ifdef __cplusplus
}
#endif

#endif
