/* SPDX-License-Identifier: Apache-2.0 */
/* mod_session.h -- sessions: small tables that stay with a client */
#ifndef CLEAT_MOD_SESSION_H
#define CLEAT_MOD_SESSION_H

#include <apr_hooks.h>
#include <apr_optional.h>
#include <apr_tables.h>
#include <apr_uuid.h>
#include <apr_pools.h>
#include <apr_time.h>
#include "httpd.h"
#include "http_config.h"
#include "ap_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct session_rec session_rec;
typedef struct session_dir_conf session_dir_conf;

/* Linkage. */
#define SESSION_DECLARE(type) type
#define SESSION_DECLARE_NONSTD(type) type
#define SESSION_DECLARE_DATA

/* Note under which a request keeps its session. */
#define MOD_SESSION_NOTES_KEY "mod_session_key"

/* Keys of user and password. */
#define MOD_SESSION_USER "user"
#define MOD_SESSION_PW "pw"

/* A session; in pool, for one request. */
struct session_rec {
    apr_pool_t *pool;           /* of the request */
    apr_uuid_t *uuid;           /* its name, NULL: none */
    const char *remote_user;    /* to whom it belongs, NULL: nobody */
    apr_table_t *entries;       /* key and value */
    const char *encoded;        /* entries as stored */
    apr_time_t expiry;          /* time of its end, 0: none */
    long maxage;                /* seconds it lives, 0: no limit */
    int dirty;                  /* must be saved */
    int cached;                 /* of the request's cache */
    int written;                /* has been saved */
};

/* Per-directory record of mod_session; each member has one that says it was
 * configured. */
struct session_dir_conf {
    /* Session */
    int enabled;
    int enabled_set;
    /* SessionMaxAge, seconds */
    long maxage;
    int maxage_set;
    /* SessionHeader */
    const char *header;
    int header_set;
    /* SessionEnv */
    int env;
    int env_set;
    /* SessionInclude, SessionExclude: URL prefixes */
    apr_array_header_t *includes;
    apr_array_header_t *excludes;
    /* SessionExpiryUpdateInterval, microseconds */
    apr_time_t expiry_update_time;
    int expiry_update_set;
};

/* The module, for its configuration. */
extern SESSION_DECLARE_DATA module session_module;

/* The session of r, NULL where there is none; saves it, if that is needed. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_load, (request_rec *,
    session_rec **));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_save, (request_rec *,
    session_rec *));

/* A value, NULL: not there; sets one, NULL removes it. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_get, (request_rec *r,
    session_rec *z, const char *key, const char **value));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_set, (request_rec *r,
    session_rec *z, const char *key, const char *value));

/* Read or write the storage. OK: done; DECLINED: not mine. */
AP_DECLARE_HOOK(apr_status_t, session_load, (request_rec *r, session_rec **z))
AP_DECLARE_HOOK(apr_status_t, session_save, (request_rec *r, session_rec *z))

/* Between z->entries and z->encoded. All are called. */
AP_DECLARE_HOOK(apr_status_t, session_encode, (request_rec *r, session_rec *z))
AP_DECLARE_HOOK(apr_status_t, session_decode, (request_rec *r, session_rec *z))

#ifdef __cplusplus
}
#endif

#endif
