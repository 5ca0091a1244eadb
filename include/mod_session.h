/* SPDX-License-Identifier: Apache-2.0 */
/* mod_session.h -- public interface */
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

#define MOD_SESSION_NOTES_KEY "mod_session_key"
#define MOD_SESSION_PW "pw"
#define MOD_SESSION_USER "user"
#define SESSION_DECLARE(type) type
#define SESSION_DECLARE_DATA
#define SESSION_DECLARE_NONSTD(type) type

typedef struct session_rec session_rec;
typedef struct session_dir_conf session_dir_conf;

struct session_rec {
    apr_pool_t *pool;
    apr_uuid_t *uuid;
    const char *remote_user;
    apr_table_t *entries;
    const char *encoded;
    apr_time_t expiry;
    long maxage;
    int dirty;
    int cached;
    int written;
};

struct session_dir_conf {
    int enabled;
    int enabled_set;
    long maxage;
    int maxage_set;
    const char *header;
    int header_set;
    int env;
    int env_set;
    apr_array_header_t *includes;
    apr_array_header_t *excludes;
    apr_time_t expiry_update_time;
    int expiry_update_set;
};

AP_DECLARE_HOOK(apr_status_t, session_decode, (request_rec *r, session_rec *z))
AP_DECLARE_HOOK(apr_status_t, session_encode, (request_rec *r, session_rec *z))
AP_DECLARE_HOOK(apr_status_t, session_load, (request_rec *r, session_rec **z))
AP_DECLARE_HOOK(apr_status_t, session_save, (request_rec *r, session_rec *z))

extern SESSION_DECLARE_DATA module session_module;
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_get, (request_rec *r,
    session_rec *z, const char *key, const char **value));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_load, (request_rec *,
    session_rec **));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_save, (request_rec *,
    session_rec *));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_session_set, (request_rec *r,
    session_rec *z, const char *key, const char *value));

#ifdef __cplusplus
}
#endif

#endif
