/* SPDX-License-Identifier: Apache-2.0 */
/* cache_common.h -- Cache-Control as parsed */
#ifndef CLEAT_CACHE_COMMON_H
#define CLEAT_CACHE_COMMON_H

#include "httpd.h"
#include <apr_time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct cache_control cache_control_t;

/* Directives of a request or response (RFC 9111 section 5.2); a bit says which
 * were there. */
struct cache_control {
    unsigned int parsed : 1;            /* the rest is valid */
    unsigned int cache_control : 1;     /* there was a Cache-Control */
    unsigned int pragma : 1;            /* there was a Pragma */
    unsigned int no_cache : 1;          /* no-cache */
    unsigned int no_cache_header : 1;   /* no-cache with field names */
    unsigned int no_store : 1;          /* no-store */
    unsigned int max_age : 1;           /* max-age */
    unsigned int max_stale : 1;         /* max-stale */
    unsigned int min_fresh : 1;         /* min-fresh */
    unsigned int no_transform : 1;      /* no-transform */
    unsigned int only_if_cached : 1;    /* only-if-cached */
    unsigned int public : 1;            /* public */
    unsigned int private : 1;           /* private */
    unsigned int private_header : 1;    /* private with field names */
    unsigned int must_revalidate : 1;   /* must-revalidate */
    unsigned int proxy_revalidate : 1;  /* proxy-revalidate */
    unsigned int s_maxage : 1;          /* s-maxage */
    unsigned int invalidated : 1;       /* the entry was invalidated (RFC
                                         * 9111 section 4.4) */
    /* their values, seconds; -1: without one */
    apr_int64_t max_age_value;
    apr_int64_t max_stale_value;
    apr_int64_t min_fresh_value;
    apr_int64_t s_maxage_value;
};

#ifdef __cplusplus
}
#endif

#endif
