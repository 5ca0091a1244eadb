/* SPDX-License-Identifier: Apache-2.0 */
/* ap_socache.h -- caches of small objects: a provider
 *
 * For sessions and the like, in shared memory, a DBM file or on another host.
 */
#ifndef CLEAT_AP_SOCACHE_H
#define CLEAT_AP_SOCACHE_H

#include "httpd.h"
#include "ap_provider.h"
#include <apr_pools.h>
#include <apr_time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_socache_provider_t ap_socache_provider_t;

/* Opaque: a cache. */
typedef struct ap_socache_instance_t ap_socache_instance_t;

/* For ap_lookup_provider(); the name of the best one here. */
#define AP_SOCACHE_PROVIDER_GROUP "socache"
#define AP_SOCACHE_PROVIDER_VERSION "0"
#define AP_SOCACHE_DEFAULT_PROVIDER "default"

/* Callers must hold a mutex of all processes. */
#define AP_SOCACHE_FLAG_NOTMPSAFE 1

/* Called with (cache, host, userctx, id, its length, data, its length, pool)
 * for each object; not APR_SUCCESS ends the walk. */
typedef apr_status_t ap_socache_iterator_t(ap_socache_instance_t *,
    server_rec *, void *, const unsigned char *, unsigned int,
    const unsigned char *, unsigned int, apr_pool_t *);

/* What will be stored; a hint only. */
struct ap_socache_hints {
    apr_size_t avg_id_len;              /* bytes of an id */
    apr_size_t avg_obj_size;            /* bytes of an object */
    apr_interval_time_t expiry_interval;        /* time until it expires,
                                                 * microseconds */
};

/* What a provider can do. Ids and data are bytes; APR_NOTFOUND: there is no
 * such object. */
struct ap_socache_provider_t {
    const char *name;           /* its name */
    unsigned int flags;         /* AP_SOCACHE_FLAG_* */
    /* from the argument of a directive (scratch pool, pool); NULL or an
     * error */
    const char *(*create)(ap_socache_instance_t **, const char *, apr_pool_t *,
        apr_pool_t *);
    /* in post_config: a namespace name and hints */
    apr_status_t (*init)(ap_socache_instance_t *, const char *,
        const struct ap_socache_hints *, server_rec *, apr_pool_t *);
    /* when the configuration goes */
    void (*destroy)(ap_socache_instance_t *, server_rec *);
    /* id, expiry time, data */
    apr_status_t (*store)(ap_socache_instance_t *, server_rec *,
        const unsigned char *, unsigned int, apr_time_t, unsigned char *,
        unsigned int, apr_pool_t *);
    /* id, data, its length: room before, size after; APR_ENOSPC */
    apr_status_t (*retrieve)(ap_socache_instance_t *, server_rec *,
        const unsigned char *, unsigned int, unsigned char *, unsigned int *,
        apr_pool_t *);
    /* id */
    apr_status_t (*remove)(ap_socache_instance_t *, server_rec *,
        const unsigned char *, unsigned int, apr_pool_t *);
    /* for a status page; flags as those of mod_status */
    void (*status)(ap_socache_instance_t *, request_rec *, int);
    /* over all objects that have not expired */
    apr_status_t (*iterate)(ap_socache_instance_t *, server_rec *, void *,
        ap_socache_iterator_t *, apr_pool_t *);
};

#ifdef __cplusplus
}
#endif

#endif
