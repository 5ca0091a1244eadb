/* SPDX-License-Identifier: Apache-2.0 */
/* mod_watchdog.h -- calls at intervals, from a thread in the parent or in
 * children */
#ifndef CLEAT_MOD_WATCHDOG_H
#define CLEAT_MOD_WATCHDOG_H

#include "httpd.h"
#include "ap_provider.h"
#include "http_config.h"
#include <apr_optional.h>
#include <apr_hooks.h>
#include <apr_pools.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
/* Opaque: a watchdog. */
typedef struct ap_watchdog_t ap_watchdog_t;

/* Linkage. */
#define AP_WD_DECLARE(type) type
#define AP_WD_DECLARE_NONSTD(type) type
#define AP_WD_DECLARE_DATA

/* Watchdogs that exist anyway: in each child; in one child. */
#define AP_WATCHDOG_DEFAULT "_default_"
#define AP_WATCHDOG_SINGLETON "_singleton_"

/* Why a callback is called. */
#define AP_WATCHDOG_STATE_STARTING 1
#define AP_WATCHDOG_STATE_RUNNING 2
#define AP_WATCHDOG_STATE_STOPPING 3

/* Time between steps; how often a thread looks whether to end: microseconds. */
#define AP_WD_TM_INTERVAL 0xf4240
#define AP_WD_TM_SLICE 0x186a0

/* Called in the watchdog's thread with (state, data, pool cleared each
 * time). */
typedef apr_status_t ap_watchdog_callback_fn_t(int, void *, apr_pool_t *);

/* The watchdog of that name, made if needed; in the parent; in one child only.
 * In post_config. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_get_instance,
    (ap_watchdog_t **watchdog, const char *name, int parent, int singleton,
    apr_pool_t *p));

/* A function to call each interval (microseconds); APR_EEXIST. Another
 * interval. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_register_callback,
    (ap_watchdog_t *watchdog, apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *callback));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_set_callback_interval,
    (ap_watchdog_t *w, apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *callback));

/* In post_config: OK: I use this one. */
AP_DECLARE_HOOK(int, watchdog_need, (server_rec *s, const char *name,
    int parent, int singleton))

/* The thread begins, takes a step, ends. */
AP_DECLARE_HOOK(int, watchdog_init, (server_rec *s, const char *name,
    apr_pool_t *pool))
AP_DECLARE_HOOK(int, watchdog_step, (server_rec *s, const char *name,
    apr_pool_t *pool))
AP_DECLARE_HOOK(int, watchdog_exit, (server_rec *s, const char *name,
    apr_pool_t *pool))

#ifdef __cplusplus
}
#endif

#endif
