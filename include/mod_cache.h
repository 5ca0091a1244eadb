/* SPDX-License-Identifier: Apache-2.0 */
/* mod_cache.h -- public interface */
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

#define AP_CACHE_HIT_ENV "cache-hit"
#define AP_CACHE_INVALIDATE_ENV "cache-invalidate"
#define AP_CACHE_MISS_ENV "cache-miss"
#define AP_CACHE_REVALIDATE_ENV "cache-revalidate"
#define AP_CACHE_STATUS_ENV "cache-status"
#define CACHE_DECLARE(type) type
#define CACHE_DECLARE_DATA
#define CACHE_DECLARE_NONSTD(type) type
#define CACHE_PROVIDER_GROUP "cache"

typedef enum ap_cache_status_e {
    AP_CACHE_HIT = 0,
    AP_CACHE_REVALIDATE = 1,
    AP_CACHE_MISS = 2,
    AP_CACHE_INVALIDATE = 3
} ap_cache_status_e;

typedef struct cache_info cache_info;
typedef struct cache_object cache_object_t;
typedef struct cache_handle cache_handle_t;
typedef struct cache_provider cache_provider;

struct cache_info {
    apr_time_t date;
    apr_time_t expire;
    apr_time_t request_time;
    apr_time_t response_time;
    int status;
    cache_control_t control;
};

struct cache_object {
    const char *key;
    cache_object_t *next;
    cache_info info;
    void *vobj;
};

struct cache_handle {
    cache_object_t *cache_obj;
    apr_table_t *req_hdrs;
    apr_table_t *resp_hdrs;
};

struct cache_provider {
    int (*remove_entity)(cache_handle_t *);
    apr_status_t (*store_headers)(cache_handle_t *, request_rec *,
        cache_info *);
    apr_status_t (*store_body)(cache_handle_t *, request_rec *,
        apr_bucket_brigade *, apr_bucket_brigade *);
    apr_status_t (*recall_headers)(cache_handle_t *, request_rec *);
    apr_status_t (*recall_body)(cache_handle_t *, apr_pool_t *,
        apr_bucket_brigade *);
    int (*create_entity)(cache_handle_t *, request_rec *, const char *,
        apr_off_t, apr_bucket_brigade *);
    int (*open_entity)(cache_handle_t *, request_rec *, const char *);
    int (*remove_url)(cache_handle_t *, request_rec *);
    apr_status_t (*commit_entity)(cache_handle_t *, request_rec *);
    apr_status_t (*invalidate_entity)(cache_handle_t *, request_rec *);
};

APR_DECLARE_EXTERNAL_HOOK(cache, CACHE, int, cache_status, (cache_handle_t *h,
    request_rec *r, apr_table_t *headers, ap_cache_status_e status,
    const char *reason))

CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers(apr_pool_t *pool,
    apr_table_t *t, server_rec *s);
CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers_in(request_rec *r);
CACHE_DECLARE(apr_table_t *) ap_cache_cacheable_headers_out(request_rec *r);
CACHE_DECLARE(int) ap_cache_control(request_rec *r, cache_control_t *cc,
    const char *cc_header, const char *pragma_header, apr_table_t *headers);
CACHE_DECLARE(apr_time_t) ap_cache_current_age(cache_info *info,
    const apr_time_t age_value, apr_time_t now);
CACHE_DECLARE(char *) ap_cache_generate_name(apr_pool_t *p, int dirlevels,
    int dirlength, const char *name);
CACHE_DECLARE(apr_time_t) ap_cache_hex2usec(const char *x);
CACHE_DECLARE(const char *) ap_cache_tokstr(apr_pool_t *p, const char *list,
    const char **str);
CACHE_DECLARE(void) ap_cache_usec2hex(apr_time_t j, char *y);
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_cache_generate_key, (request_rec *r,
    apr_pool_t *p, const char **key));

#ifdef __cplusplus
}
#endif

#endif
