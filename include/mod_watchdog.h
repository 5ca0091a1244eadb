/* SPDX-License-Identifier: Apache-2.0 */
/* mod_watchdog.h -- public interface */
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

#define AP_WATCHDOG_DEFAULT "_default_"
#define AP_WATCHDOG_SINGLETON "_singleton_"
#define AP_WATCHDOG_STATE_RUNNING 2
#define AP_WATCHDOG_STATE_STARTING 1
#define AP_WATCHDOG_STATE_STOPPING 3
#define AP_WD_DECLARE(type) type
#define AP_WD_DECLARE_DATA
#define AP_WD_DECLARE_NONSTD(type) type
#define AP_WD_TM_INTERVAL 0xf4240
#define AP_WD_TM_SLICE 0x186a0

typedef struct ap_watchdog_t ap_watchdog_t;

typedef apr_status_t ap_watchdog_callback_fn_t(int, void *, apr_pool_t *);

AP_DECLARE_HOOK(int, watchdog_exit, (server_rec *s, const char *name,
    apr_pool_t *pool))
AP_DECLARE_HOOK(int, watchdog_init, (server_rec *s, const char *name,
    apr_pool_t *pool))
AP_DECLARE_HOOK(int, watchdog_need, (server_rec *s, const char *name,
    int parent, int singleton))
AP_DECLARE_HOOK(int, watchdog_step, (server_rec *s, const char *name,
    apr_pool_t *pool))

APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_get_instance,
    (ap_watchdog_t **watchdog, const char *name, int parent, int singleton,
    apr_pool_t *p));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_register_callback,
    (ap_watchdog_t *watchdog, apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *callback));
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_watchdog_set_callback_interval,
    (ap_watchdog_t *w, apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *callback));

#ifdef __cplusplus
}
#endif

#endif
