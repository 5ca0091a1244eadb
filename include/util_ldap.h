/* SPDX-License-Identifier: Apache-2.0 */
/* util_ldap.h -- LDAP: pooled connections and cached questions, by mod_ldap
 *
 * Results of questions are LDAP result codes; ldc->reason has words for them.
 */
#ifndef CLEAT_UTIL_LDAP_H
#define CLEAT_UTIL_LDAP_H

#include <apr.h>
#include <apr_ldap.h>
#include <apr_optional.h>
#include <apr_tables.h>
#include <apr_thread_mutex.h>
#include <apr_thread_rwlock.h>
#include <apr_reslist.h>
#include <apr_shm.h>
#include <apr_rmm.h>
#include "httpd.h"
#include "ap_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct util_ldap_connection_t util_ldap_connection_t;
typedef struct util_ldap_config_t util_ldap_config_t;
typedef struct util_ldap_state_t util_ldap_state_t;

/* Linkage. */
#define LDAP_DECLARE(type) type
#define LDAP_DECLARE_NONSTD(type) type
#define LDAP_DECLARE_DATA

/* Whether another try, on a new connection, makes sense. */
#define AP_LDAP_IS_SERVER_DOWN(s) \
    ((s) == LDAP_SERVER_DOWN || (s) == LDAP_UNAVAILABLE)

/* ---- Records ------------------------------------------------------------- */

/* When aliases are followed. */
typedef enum deref_options {
    never = 0,          /* never */
    searching = 1,      /* in what is found */
    finding = 2,        /* when the base is looked for */
    always = 3          /* both */
} deref_options;

/* A connection of the pool; used by who holds its lock. */
struct util_ldap_connection_t {
    LDAP *ldap;                         /* the library's handle, NULL: closed */
    apr_pool_t *pool;                   /* as long as this record */
    apr_thread_mutex_t *lock;           /* held from find to close */
    /* where */
    const char *host;
    int port;
    deref_options deref;                /* aliases */
    /* as whom to bind, NULL: anonymous */
    const char *binddn;
    const char *bindpw;
    int bound;                          /* 1: it is */
    int secure;                         /* kind of TLS */
    apr_array_header_t *client_certs;   /* apr_ldap_opt_tls_cert_t */
    const char *reason;                 /* text for the last result */
    struct util_ldap_connection_t *next;        /* of the pool */
    struct util_ldap_state_t *st;       /* its pool */
    int keep;                           /* reuse it when it is free again */
    /* follow referrals, how many */
    int ChaseReferrals;
    int ReferralHopLimit;
    apr_time_t freed;                   /* since when it is free */
    apr_pool_t *rebind_pool;            /* for referrals */
    int must_rebind;                    /* bound as a user: bind anew before
                                         * reuse */
    request_rec *r;                     /* whose request uses it */
    apr_time_t last_backend_conn;       /* last answer */
};

/* Per-directory record of mod_ldap. */
struct util_ldap_config_t {
    int ChaseReferrals;                 /* LDAPReferrals */
    int ReferralHopLimit;               /* LDAPReferralHopLimit */
    apr_array_header_t *client_certs;   /* LDAPTrustedClientCert */
};

/* Per-server record of mod_ldap: pool and cache. */
struct util_ldap_state_t {
    apr_pool_t *pool;                   /* of the configuration */
    apr_thread_mutex_t *mutex;          /* of the list of connections */
    apr_global_mutex_t *util_ldap_cache_lock;   /* of the cache */
    /* LDAPSharedCacheSize, LDAPSharedCacheFile */
    apr_size_t cache_bytes;
    char *cache_file;
    /* LDAPCacheTTL (microseconds), LDAPCacheEntries */
    long search_cache_ttl;
    long search_cache_size;
    /* LDAPOpCacheTTL (microseconds), LDAPOpCacheEntries */
    long compare_cache_ttl;
    long compare_cache_size;
    struct util_ldap_connection_t *connections; /* the pool */
    apr_array_header_t *global_certs;   /* LDAPTrustedGlobalCert */
    int ssl_supported;                  /* the library can */
    /* LDAPTrustedMode */
    int secure;
    int secure_set;
    int verify_svr_cert;                /* LDAPVerifyServerCert */
    /* memory of the cache, its blocks, its root */
    apr_shm_t *cache_shm;
    apr_rmm_t *cache_rmm;
    void *util_ldap_cache;
    long connectionTimeout;             /* LDAPConnectionTimeout, seconds */
    struct timeval *opTimeout;          /* LDAPTimeout */
    int debug_level;                    /* LDAPLibraryDebug */
    apr_interval_time_t connection_pool_ttl;    /* LDAPConnectionPoolTTL,
                                                 * microseconds */
    int retries;                        /* LDAPRetries */
    apr_interval_time_t retry_delay;    /* LDAPRetryDelay, microseconds */
};

/* An attribute that lists members of a group. */
struct mod_auth_ldap_groupattr_entry_t {
    char *name;         /* its name */
};

/* ---- Connections --------------------------------------------------------- */

/* A connection like that, locked, perhaps not open; gives it back. */
APR_DECLARE_OPTIONAL_FN(util_ldap_connection_t *, uldap_connection_find,
    (request_rec *r, const char *host, int port, const char *binddn,
    const char *bindpw, deref_options deref, int secure));
APR_DECLARE_OPTIONAL_FN(void, uldap_connection_close,
    (util_ldap_connection_t *ldc));

/* Opens and binds; closes (a pool cleanup). */
APR_DECLARE_OPTIONAL_FN(int, uldap_connection_open, (request_rec *r,
    util_ldap_connection_t *ldc));
APR_DECLARE_OPTIONAL_FN(apr_status_t, uldap_connection_unbind, (void *param));

/* Whether TLS works. */
APR_DECLARE_OPTIONAL_FN(int, uldap_ssl_supported, (request_rec *r));

/* ---- Questions, with a cache --------------------------------------------- */

/* Finds the one entry for filter below basedn: its name, and the values of
 * attrs in r's pool; checkuserid: binds as it with bindpw. */
APR_DECLARE_OPTIONAL_FN(int, uldap_cache_checkuserid, (request_rec *r,
    util_ldap_connection_t *ldc, const char *url, const char *basedn,
    int scope, char **attrs, const char *filter, const char *bindpw,
    const char **binddn, const char ***retvals));
APR_DECLARE_OPTIONAL_FN(int, uldap_cache_getuserdn, (request_rec *r,
    util_ldap_connection_t *ldc, const char *url, const char *basedn,
    int scope, char **attrs, const char *filter, const char **binddn,
    const char ***retvals));

/* Whether dn has that value; whether two names are one. */
APR_DECLARE_OPTIONAL_FN(int, uldap_cache_compare, (request_rec *r,
    util_ldap_connection_t *ldc, const char *url, const char *dn,
    const char *attrib, const char *value));
APR_DECLARE_OPTIONAL_FN(int, uldap_cache_comparedn, (request_rec *r,
    util_ldap_connection_t *ldc, const char *url, const char *dn,
    const char *reqdn, int compare_dn_on_server));

/* Whether dn or groups in it, at most so deep, have that value. */
APR_DECLARE_OPTIONAL_FN(int, uldap_cache_check_subgroups, (request_rec *r,
    util_ldap_connection_t *ldc, const char *url, const char *dn,
    const char *attrib, const char *value, char **subgroupAttrs,
    apr_array_header_t *subgroupclasses, int cur_subgroup_depth,
    int max_subgroup_depth));

/* ---- The cache ----------------------------------------------------------- */

/* Makes it, in post_config; its status as HTML. */
LDAP_DECLARE(apr_status_t) util_ldap_cache_init(apr_pool_t *pool,
    util_ldap_state_t *st);
LDAP_DECLARE(char *) util_ald_cache_display(request_rec *r,
    util_ldap_state_t *st);

#ifdef __cplusplus
}
#endif

#endif
