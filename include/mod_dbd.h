/* SPDX-License-Identifier: Apache-2.0 */
/* mod_dbd.h -- public interface */
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

#define DBD_DECLARE(type) type
#define DBD_DECLARE_DATA
#define DBD_DECLARE_NONSTD(type) type

typedef struct dbd_cfg_t dbd_cfg_t;
typedef struct ap_dbd_t ap_dbd_t;

struct dbd_cfg_t {
    server_rec *server;
    const char *name;
    const char *params;
    int persist;
    int nmin;
    int nkeep;
    int nmax;
    int exptime;
    int set;
    apr_hash_t *queries;
    apr_array_header_t *init_queries;
};

struct ap_dbd_t {
    apr_dbd_t *handle;
    const apr_dbd_driver_t *driver;
    apr_hash_t *prepared;
    apr_pool_t *pool;
};

APR_DECLARE_EXTERNAL_HOOK(dbd, DBD, apr_status_t, post_connect, (apr_pool_t *,
    dbd_cfg_t *, ap_dbd_t *))

DBD_DECLARE(ap_dbd_t *) ap_dbd_acquire(request_rec *);
DBD_DECLARE(ap_dbd_t *) ap_dbd_cacquire(conn_rec *);
DBD_DECLARE(void) ap_dbd_close(server_rec *, ap_dbd_t *);
DBD_DECLARE(ap_dbd_t *) ap_dbd_open(apr_pool_t *, server_rec *);
DBD_DECLARE(void) ap_dbd_prepare(server_rec *, const char *, const char *);
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_acquire, (request_rec *));
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_cacquire, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(void, ap_dbd_close, (server_rec *, ap_dbd_t *));
APR_DECLARE_OPTIONAL_FN(ap_dbd_t *, ap_dbd_open, (apr_pool_t *, server_rec *));
APR_DECLARE_OPTIONAL_FN(void, ap_dbd_prepare, (server_rec *, const char *,
    const char *));

#ifdef __cplusplus
}
#endif

#endif
