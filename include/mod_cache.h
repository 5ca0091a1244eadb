/* SPDX-License-Identifier: Apache-2.0 */
/* mod_cache.h -- storage for cached responses: a provider; cache status for
 * other modules */
#ifndef CLEAT_MOD_CACHE_H
#define CLEAT_MOD_CACHE_H

#include "httpd.h"
#include "http_config.h"
#include "util_filter.h"
#include "ap_provider.h"
#include "cache_common.h"
#include <apr_optional.h>
#include <apr_hooks.h>
#include <apr_buckets.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct cache_info cache_info;
typedef struct cache_object cache_object_t;
typedef struct cache_handle cache_handle_t;
typedef struct cache_provider cache_provider;

/* Linkage. */
#define CACHE_DECLARE(type) type
#define CACHE_DECLARE_NONSTD(type) type
#define CACHE_DECLARE_DATA

/* ---- Records ------------------------------------------------------------- */

/* What is known of a cached response. Times are in microseconds. */
struct cache_info {
    apr_time_t date;            /* Date */
    apr_time_t expire;          /* until when it is fresh */
    apr_time_t request_time;    /* when it was asked for */
    apr_time_t response_time;   /* when it came */
    int status;                 /* of the response */
    cache_control_t control;    /* its Cache-Control */
};

/* A cached response. */
struct cache_object {
    const char *key;            /* its key */
    cache_object_t *next;       /* another variant */
    cache_info info;            /* about it */
    void *vobj;                 /* the provider's */
};

/* A response being stored or sent. */
struct cache_handle {
    cache_object_t *cache_obj;  /* which one */
    apr_table_t *req_hdrs;      /* fields of the request that made it */
    apr_table_t *resp_hdrs;     /* its fields */
};

/* ---- Storage ------------------------------------------------------------- */

/* For ap_lookup_provider(), version "0". */
#define CACHE_PROVIDER_GROUP "cache"

/* What a storage can do. OK, DECLINED or APR_SUCCESS, an error. */
struct cache_provider {
    int (*remove_entity)(cache_handle_t *);     /* drops one that was being
                                                 * stored */
    /* begins to store */
    apr_status_t (*store_headers)(cache_handle_t *, request_rec *,
        cache_info *);
    /* takes a brigade, gives what may be sent on */
    apr_status_t (*store_body)(cache_handle_t *, request_rec *,
        apr_bucket_brigade *, apr_bucket_brigade *);
    /* reads the fields */
    apr_status_t (*recall_headers)(cache_handle_t *, request_rec *);
    /* makes a brigade */
    apr_status_t (*recall_body)(cache_handle_t *, apr_pool_t *,
        apr_bucket_brigade *);
    /* for key and length; DECLINED: not here */
    int (*create_entity)(cache_handle_t *, request_rec *, const char *,
        apr_off_t, apr_bucket_brigade *);
    /* finds a key; DECLINED: not there */
    int (*open_entity)(cache_handle_t *, request_rec *, const char *);
    int (*remove_url)(cache_handle_t *, request_rec *); /* drops a stored one */
    /* all has come: it counts from now on */
    apr_status_t (*commit_entity)(cache_handle_t *, request_rec *);
    /* must be checked before use */
    apr_status_t (*invalidate_entity)(cache_handle_t *, request_rec *);
};

/* ---- Status -------------------------------------------------------------- */

/* What a cache did for a request. */
typedef enum ap_cache_status_e {
    AP_CACHE_HIT = 0,           /* sent from it */
    AP_CACHE_REVALIDATE = 1,    /* asked whether it is still good */
    AP_CACHE_MISS = 2,          /* fetched */
    AP_CACHE_INVALIDATE = 3     /* dropped, as the request changes it */
} ap_cache_status_e;

/* Variables that say so. */
#define AP_CACHE_HIT_ENV "cache-hit"
#define AP_CACHE_REVALIDATE_ENV "cache-revalidate"
#define AP_CACHE_MISS_ENV "cache-miss"
#define AP_CACHE_INVALIDATE_ENV "cache-invalidate"
#define AP_CACHE_STATUS_ENV "cache-status"

/* It did that, for this reason. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(cache, CACHE, int, cache_status, (cache_handle_t *h,
    request_rec *r, apr_table_t *headers, ap_cache_status_e status,
    const char *reason))

/* ---- Helpers ------------------------------------------------------------- */

/* The key of a request, in p. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_cache_generate_key, (request_rec *r,
    apr_pool_t *p, const char **key));

/* Parses Cache-Control and Pragma into cc. 1: there was one. */
CACHE_DECLARE(int) ap_cache_control(request_rec *r, cache_control_t *cc,
    const char *cc_header, const char *pragma_header, apr_table_t *headers);

/* Age now (RFC 9111 section 4.2.3), in seconds. */
CACHE_DECLARE(apr_time_t) ap_cache_current_age(cache_info *info,
    const apr_time_t age_value, apr_time_t now);

/* A copy without fields of the connection (RFC 9111 section 3.1): of a table;
 * of r's fields in; of r's fields out with the content type. */
CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers(apr_pool_t *pool,
    apr_table_t *t, server_rec *s);
CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers_in(request_rec *r);
CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers_out(request_rec *r);

/* A file name below dirlevels directories of dirlength letters, from a digest
 * of name. */
CACHE_DECLARE(char *) ap_cache_generate_name(apr_pool_t *p, int dirlevels,
    int dirlength, const char *name);

/* The next word of a comma-separated list, *str: what follows. */
CACHE_DECLARE(const char *) ap_cache_tokstr(apr_pool_t *p, const char *list,
    const char **str);

/* A time as 16 digits and a NUL, and back. */
CACHE_DECLARE(void) ap_cache_usec2hex(apr_time_t j, char *y);
CACHE_DECLARE(apr_time_t) ap_cache_hex2usec(const char *x);

#ifdef __cplusplus
}
#endif

#endif
