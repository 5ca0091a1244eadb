/* SPDX-License-Identifier: Apache-2.0 */
/* mod_dbd.h -- connections to SQL databases, shared by modules */
#ifndef CLEAT_MOD_DBD_H
#define CLEAT_MOD_DBD_H

#include "httpd.h"
#include "http_config.h"
#include <apr_optional.h>
#include <apr_hash.h>
#include <apr_hooks.h>
#include <apr_dbd.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct dbd_cfg_t dbd_cfg_t;
typedef struct ap_dbd_t ap_dbd_t;

/* Linkage. */
#define DBD_DECLARE(type) type
#define DBD_DECLARE_NONSTD(type) type
#define DBD_DECLARE_DATA

/* A database of the configuration. */
struct dbd_cfg_t {
    server_rec *server;         /* its host */
    const char *name;           /* DBDriver */
    const char *params;         /* DBDParams */
    int persist;                /* DBDPersist */
    /* DBDMin, DBDKeep, DBDMax */
    int nmin;
    int nkeep;
    int nmax;
    int exptime;                /* DBDExptime, seconds */
    int set;                    /* bits: which were configured */
    apr_hash_t *queries;        /* prepared statements: label to text */
    apr_array_header_t *init_queries;   /* statements to run on a new
                                         * connection */
};

/* A connection; one thread at a time uses it. */
struct ap_dbd_t {
    apr_dbd_t *handle;                  /* for apr_dbd_*() */
    const apr_dbd_driver_t *driver;     /* for apr_dbd_*() */
    apr_hash_t *prepared;               /* label to apr_dbd_prepared_t * */
    apr_pool_t *pool;                   /* as long as the connection */
};

/* A new connection: (pool, configuration, connection). APR_SUCCESS or it is
 * closed. */
APR_DECLARE_EXTERNAL_HOOK(dbd, DBD, apr_status_t, post_connect, (apr_pool_t *,
    dbd_cfg_t *, ap_dbd_t *))

/* A statement under a label, for a host; in post_config. */
DBD_DECLARE(void) ap_dbd_prepare(server_rec *, const char *, const char *);

/* A connection until the end of the request, of the connection; NULL: none. */
DBD_DECLARE(ap_dbd_t *) ap_dbd_acquire(request_rec *);
DBD_DECLARE(ap_dbd_t *) ap_dbd_cacquire(conn_rec *);

/* A connection of the host until it is closed. */
DBD_DECLARE(ap_dbd_t *) ap_dbd_open(apr_pool_t *, server_rec *);
DBD_DECLARE(void) ap_dbd_close(server_rec *, ap_dbd_t *);

/* The same as optional functions. */
APR_DECLARE_OPTIONAL_FN(void, ap_dbd_prepare, (server_rec *, const char *,
    const char *));
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_acquire, (request_rec *));
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_cacquire, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_open, (apr_pool_t *, server_rec *));
APR_DECLARE_OPTIONAL_FN(void, ap_dbd_close, (server_rec *, ap_dbd_t *));

#ifdef __cplusplus
}
#endif

#endif
