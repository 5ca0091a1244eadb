/* SPDX-License-Identifier: Apache-2.0 */
/* util_cookies.h -- cookies for modules that keep sessions
 *
 * Values are opaque: nothing is quoted or decoded. Attributes are text such as
 * "path=/;Secure". The tables to set it in follow as arguments up to NULL, such
 * as r->headers_out and r->err_headers_out.
 */
#ifndef CLEAT_UTIL_COOKIES_H
#define CLEAT_UTIL_COOKIES_H

#include <apr_errno.h>
#include <apr_pools.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_cookie_do ap_cookie_do;

/* Field names; attributes for setting and for removing where none are given. */
#define SET_COOKIE "Set-Cookie"
#define SET_COOKIE2 "Set-Cookie2"
#define DEFAULT_ATTRS "HttpOnly;Secure;Version=1"
#define CLEAR_ATTRS "Version=1"

/* State of a search; of old, nothing here uses it. */
struct ap_cookie_do {
    request_rec *r;             /* the request */
    const char *name;           /* of the cookie */
    const char *encoded;        /* its value */
    apr_table_t *new_cookies;   /* the field without it */
    int duplicated;             /* it came twice */
};

/* Sets one: Set-Cookie, or Set-Cookie2; maxage in seconds, 0: for the session.
 * APR_SUCCESS. */
AP_DECLARE_NONSTD(apr_status_t) ap_cookie_write(request_rec *r,
    const char *name, const char *val, const char *attrs, long maxage, ...);
AP_DECLARE_NONSTD(apr_status_t) ap_cookie_write2(request_rec *r,
    const char *name2, const char *val, const char *attrs2, long maxage, ...);

/* Tells the client to forget one. */
AP_DECLARE_NONSTD(apr_status_t) ap_cookie_remove(request_rec *r,
    const char *name, const char *attrs, ...);
AP_DECLARE_NONSTD(apr_status_t) ap_cookie_remove2(request_rec *r,
    const char *name2, const char *attrs2, ...);

/* *val in r->pool, NULL when it is not there or came with two values; remove:
 * backends do not see it. APR_SUCCESS. */
AP_DECLARE(apr_status_t) ap_cookie_read(request_rec *r, const char *name,
    const char **val, int remove);

/* APR_EGENERAL when a name or value is empty or has one of = & ; */
AP_DECLARE(apr_status_t) ap_cookie_check_string(const char *string);

#ifdef __cplusplus
}
#endif

#endif
