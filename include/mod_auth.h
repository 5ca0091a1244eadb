/* SPDX-License-Identifier: Apache-2.0 */
/* mod_auth.h -- providers of authentication and authorisation
 *
 * Register them with ap_register_auth_provider() (http_request.h).
 */
#ifndef CLEAT_MOD_AUTH_H
#define CLEAT_MOD_AUTH_H

#include <apr_pools.h>
#include <apr_optional.h>
#include "httpd.h"
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct authn_provider authn_provider;
typedef struct authn_provider_list authn_provider_list;
typedef struct authz_provider authz_provider;

/* ---- Authentication: who is it ------------------------------------------- */

/* Group and version; the provider used where none is configured; the note with
 * the name of the one at work. */
#define AUTHN_PROVIDER_GROUP "authn"
#define AUTHN_PROVIDER_VERSION "0"
#define AUTHN_DEFAULT_PROVIDER "file"
#define AUTHN_PROVIDER_NAME_NOTE "authn_provider_name"

/* Variables made by a provider begin so. */
#define AUTHN_PREFIX "AUTHENTICATE_"

/* A provider's answer. */
typedef enum authn_status {
    AUTH_DENIED = 0,            /* wrong password */
    AUTH_GRANTED = 1,           /* right password */
    AUTH_USER_FOUND = 2,        /* the realm hash was found */
    AUTH_USER_NOT_FOUND = 3,    /* ask the next provider */
    AUTH_GENERAL_ERROR = 4      /* it failed: 500 */
} authn_status;

/* A way to know users; either may be NULL. */
struct authn_provider {
    /* (request, user, password): for Basic */
    authn_status (*check_password)(request_rec *, const char *, const char *);
    /* (request, user, realm, hash): MD5 of "user:realm:password", in
     * hexadecimal, in r->pool: for Digest */
    authn_status (*get_realm_hash)(request_rec *, const char *, const char *,
        char **);
};

/* Providers as configured, in order. */
struct authn_provider_list {
    const char *provider_name;          /* its name */
    const authn_provider *provider;     /* the provider */
    authn_provider_list *next;          /* the next one, NULL: the last */
};

/* Of mod_authn_socache: (request, provider, user, realm or NULL, password or
 * hash) was right. */
APR_DECLARE_OPTIONAL_FN(void, ap_authn_cache_store, (request_rec *,
    const char *, const char *, const char *, const char *));

/* ---- Authorisation: may they --------------------------------------------- */

/* Group and version; the note and the prefix as above. */
#define AUTHZ_PROVIDER_GROUP "authz"
#define AUTHZ_PROVIDER_VERSION "0"
#define AUTHZ_PROVIDER_NAME_NOTE "authz_provider_name"
#define AUTHZ_PREFIX "AUTHORIZE_"

/* A provider's answer. */
typedef enum authz_status {
    AUTHZ_DENIED = 0,           /* no */
    AUTHZ_GRANTED = 1,          /* yes */
    AUTHZ_NEUTRAL = 2,          /* no opinion */
    AUTHZ_GENERAL_ERROR = 3,    /* it failed: 500 */
    AUTHZ_DENIED_NO_USER = 4    /* not without a user: authenticate, then ask
                                 * again */
} authz_status;

/* A kind of Require. */
struct authz_provider {
    /* (request, line, parsed line); r->user may be NULL */
    authz_status (*check_authorization)(request_rec *, const char *,
        const void *);
    /* when the configuration is read: NULL or an error; may be NULL */
    const char *(*parse_require_line)(cmd_parms *, const char *,
        const void **);
};

#ifdef __cplusplus
}
#endif

#endif
