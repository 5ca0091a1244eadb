/* SPDX-License-Identifier: Apache-2.0 */
/* mod_watchdog -- threads that call other modules at intervals.
 *
 *   WatchdogInterval time            default 1 s: of the watchdog_step hook
 *   A watchdog has a name and lives in the parent or in every child; a
 *   singleton runs in one child only, the one that holds its mutex.
 *   hooks: pre_config, post_config (last), child_init
 *   exports: hooks watchdog_need, _init, _step, _exit; optional functions
 *            ap_watchdog_get_instance, ap_watchdog_register_callback,
 *            ap_watchdog_set_callback_interval
 */
#include <stdbool.h>
#include <string.h>

#include "ap_mpm.h"
#include "ap_provider.h"
#include "apr_atomic.h"
#include "apr_hash.h"
#include "apr_strings.h"
#include "apr_thread_proc.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "httpd.h"
#include "mod_watchdog.h"
#include "mpm_common.h"
#include "util_mutex.h"

extern module AP_MODULE_DECLARE_DATA watchdog_module;

#define MUTEX_TYPE "watchdog-callback"

APR_HOOK_STRUCT(
    APR_HOOK_LINK(watchdog_need)
    APR_HOOK_LINK(watchdog_init)
    APR_HOOK_LINK(watchdog_exit)
    APR_HOOK_LINK(watchdog_step)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(int, watchdog_need,
    (server_rec *s, const char *name, int parent, int singleton),
    (s, name, parent, singleton), DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, watchdog_init,
    (server_rec *s, const char *name, apr_pool_t *pool), (s, name, pool),
    OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, watchdog_exit,
    (server_rec *s, const char *name, apr_pool_t *pool), (s, name, pool),
    OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, watchdog_step,
    (server_rec *s, const char *name, apr_pool_t *pool), (s, name, pool),
    OK, DECLINED)

/* One periodic call; used by the watchdog's thread once it runs. */
struct callback {
    struct callback *next;
    ap_watchdog_callback_fn_t *call;
    const void *data;
    apr_interval_time_t interval;
    apr_interval_time_t left;
};

struct ap_watchdog_t {
    const char *name;
    bool in_parent;
    bool singleton;
    bool runs_hooks;                /* somebody needs the step hook */
    bool active;                    /* the thread has something to do */
    struct callback *callbacks;
    apr_interval_time_t step;       /* time between watchdog_step hooks */
    apr_proc_mutex_t *mutex;        /* of a singleton */
    const char *mutex_file;
    apr_thread_t *thread;
    apr_pool_t *pool;               /* of the thread */
    apr_uint32_t stop;              /* atomic: end the thread */
};

static apr_hash_t *watchdogs;       /* "parent/name" -> ap_watchdog_t */
static apr_interval_time_t step_interval = AP_WD_TM_INTERVAL;

/* ---- the thread */

static bool must_stop(ap_watchdog_t *w)
{
    int state = AP_MPMQ_RUNNING;

    if (apr_atomic_read32(&w->stop)) {
        return true;
    }
    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS
        && state == AP_MPMQ_STOPPING;
}

/* Wait for a slice; false when it is time to end. */
static bool wait_slice(ap_watchdog_t *w)
{
    if (must_stop(w)) {
        return false;
    }
    apr_sleep(AP_WD_TM_SLICE);
    return !must_stop(w);
}

static bool acquire(ap_watchdog_t *w)
{
    if (!w->singleton) {
        return true;
    }
    for (;;) {
        apr_status_t rv = apr_proc_mutex_trylock(w->mutex);

        if (rv == APR_SUCCESS) {
            return true;
        }
        if (!wait_slice(w)) {
            return false;
        }
    }
}

static void call_all(ap_watchdog_t *w, int state, apr_pool_t *pool)
{
    for (struct callback *c = w->callbacks; c != NULL; c = c->next) {
        c->call(state, (void *)c->data, pool);
    }
}

static void call_due(ap_watchdog_t *w, apr_interval_time_t passed,
                     apr_pool_t *pool)
{
    for (struct callback *c = w->callbacks; c != NULL; c = c->next) {
        if (c->interval <= 0) {
            continue;
        }
        c->left -= passed;
        if (c->left <= 0) {
            c->left = c->interval;
            c->call(AP_WATCHDOG_STATE_RUNNING, (void *)c->data, pool);
            apr_pool_clear(pool);
        }
    }
}

static void run_watchdog(ap_watchdog_t *w, apr_pool_t *pool)
{
    apr_time_t before = apr_time_now();
    apr_interval_time_t step_left = w->step;
    apr_pool_t *scratch;

    apr_pool_create(&scratch, pool);
    if (w->runs_hooks) {
        ap_run_watchdog_init(ap_server_conf, w->name, pool);
    }
    call_all(w, AP_WATCHDOG_STATE_STARTING, scratch);
    while (wait_slice(w)) {
        apr_time_t now = apr_time_now();
        apr_interval_time_t passed = now > before ? now - before : 0;

        before = now;
        call_due(w, passed, scratch);
        step_left -= passed;
        if (w->runs_hooks && step_left <= 0) {
            step_left = w->step;
            ap_run_watchdog_step(ap_server_conf, w->name, scratch);
            apr_pool_clear(scratch);
        }
    }
    call_all(w, AP_WATCHDOG_STATE_STOPPING, scratch);
    if (w->runs_hooks) {
        ap_run_watchdog_exit(ap_server_conf, w->name, pool);
    }
}

static void * APR_THREAD_FUNC thread_main(apr_thread_t *thread, void *data)
{
    ap_watchdog_t *w = data;

    if (acquire(w)) {
        run_watchdog(w, w->pool);
        if (w->singleton) {
            apr_proc_mutex_unlock(w->mutex);
        }
    }
    apr_thread_exit(thread, APR_SUCCESS);
    return NULL;
}

static apr_status_t end_thread(void *data)
{
    ap_watchdog_t *w = data;
    apr_status_t rv;

    apr_atomic_set32(&w->stop, 1);
    if (w->thread != NULL) {
        apr_thread_join(&rv, w->thread);
        w->thread = NULL;
    }
    return APR_SUCCESS;
}

static apr_status_t start_thread(ap_watchdog_t *w, apr_pool_t *p)
{
    apr_status_t rv;

    if (w->singleton) {
        rv = apr_proc_mutex_child_init(&w->mutex, w->mutex_file, p);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    apr_pool_create(&w->pool, p);
    apr_pool_tag(w->pool, "watchdog");
    w->stop = 0;
    rv = ap_thread_create(&w->thread, NULL, thread_main, w, w->pool);
    if (rv == APR_SUCCESS) {
        apr_pool_pre_cleanup_register(p, w, end_thread);
    }
    return rv;
}

/* ---- the registry */

static const char *key_of(apr_pool_t *p, const char *name, int parent)
{
    return apr_pstrcat(p, parent ? "parent/" : "child/", name, NULL);
}

static apr_status_t ap_watchdog_get_instance(ap_watchdog_t **watchdog,
    const char *name, int parent, int singleton, apr_pool_t *p)
{
    const char *key = key_of(p, name, parent);
    ap_watchdog_t *w = apr_hash_get(watchdogs, key, APR_HASH_KEY_STRING);

    if (w == NULL) {
        w = apr_pcalloc(p, sizeof *w);
        w->name = apr_pstrdup(p, name);
        w->in_parent = parent != 0;
        w->singleton = !parent && singleton;
        w->step = step_interval;
        apr_hash_set(watchdogs, key, APR_HASH_KEY_STRING, w);
    }
    *watchdog = w;
    return APR_SUCCESS;
}

static struct callback *find_callback(ap_watchdog_t *w, const void *data,
                                      ap_watchdog_callback_fn_t *call)
{
    for (struct callback *c = w->callbacks; c != NULL; c = c->next) {
        if (c->data == data && c->call == call) {
            return c;
        }
    }
    return NULL;
}

static apr_status_t ap_watchdog_set_callback_interval(ap_watchdog_t *w,
    apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *call)
{
    struct callback *c = find_callback(w, data, call);

    if (c == NULL) {
        return APR_EOF;
    }
    c->interval = c->left = interval;
    return APR_SUCCESS;
}

static apr_status_t ap_watchdog_register_callback(ap_watchdog_t *w,
    apr_interval_time_t interval, const void *data,
    ap_watchdog_callback_fn_t *call)
{
    struct callback *c;

    if (find_callback(w, data, call) != NULL) {
        return APR_EEXIST;
    }
    c = apr_pcalloc(apr_hash_pool_get(watchdogs), sizeof *c);
    c->call = call;
    c->data = data;
    c->interval = c->left = interval;
    c->next = w->callbacks;
    w->callbacks = c;
    w->active = true;
    return APR_SUCCESS;
}

/* ---- hooks */

static int watchdog_pre_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *)
{
    apr_status_t rv = ap_mutex_register(p, MUTEX_TYPE, NULL,
                                        APR_LOCK_DEFAULT, 0);

    step_interval = AP_WD_TM_INTERVAL;
    watchdogs = apr_hash_make(p);
    APR_REGISTER_OPTIONAL_FN(ap_watchdog_get_instance);
    APR_REGISTER_OPTIONAL_FN(ap_watchdog_set_callback_interval);
    APR_REGISTER_OPTIONAL_FN(ap_watchdog_register_callback);
    return rv == APR_SUCCESS ? OK : 500;
}

/* The two standard watchdogs exist when a module needs their hooks. */
static void make_standard(apr_pool_t *p, server_rec *s, const char *name,
                          int parent, int singleton)
{
    ap_watchdog_t *w;

    if (ap_run_watchdog_need(s, name, parent, singleton) != OK) {
        return;
    }
    if (ap_watchdog_get_instance(&w, name, parent, singleton, p)
        == APR_SUCCESS) {
        w->runs_hooks = true;
        w->active = true;
    }
}

static int watchdog_post_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *,
                                server_rec *s)
{
    if (ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_CREATE_PRE_CONFIG) {
        return OK;
    }
    make_standard(p, s, AP_WATCHDOG_DEFAULT, 1, 0);
    make_standard(p, s, AP_WATCHDOG_DEFAULT, 0, 0);
    make_standard(p, s, AP_WATCHDOG_SINGLETON, 0, 1);
    for (apr_hash_index_t *i = apr_hash_first(p, watchdogs); i != NULL;
         i = apr_hash_next(i)) {
        ap_watchdog_t *w;
        apr_status_t rv = APR_SUCCESS;

        apr_hash_this(i, NULL, NULL, (void **)&w);
        if (!w->active) {
            continue;
        }
        if (w->singleton) {
            rv = ap_proc_mutex_create(&w->mutex, &w->mutex_file, MUTEX_TYPE,
                                      w->name, s, p, 0);
        }
        if (rv == APR_SUCCESS && w->in_parent
            && ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_NORMAL) {
            rv = start_thread(w, p);
        }
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s, APLOGNO(01571)
                         "could not start the watchdog \"%s\"", w->name);
            return 500;
        }
    }
    return OK;
}

static void watchdog_child_init(apr_pool_t *p, server_rec *s)
{
    for (apr_hash_index_t *i = apr_hash_first(p, watchdogs); i != NULL;
         i = apr_hash_next(i)) {
        ap_watchdog_t *w;
        apr_status_t rv;

        apr_hash_this(i, NULL, NULL, (void **)&w);
        if (w->in_parent || !w->active) {
            continue;
        }
        rv = start_thread(w, p);
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s, APLOGNO(01573)
                         "could not start the watchdog \"%s\" in a child",
                         w->name);
        }
    }
}

static const char *watchdog_set_interval(cmd_parms *cmd, void *,
                                         const char *arg)
{
    const char *wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (wrong != NULL) {
        return wrong;
    }
    if (ap_timeout_parameter_parse(arg, &step_interval, "s") != APR_SUCCESS
        || step_interval < AP_WD_TM_SLICE) {
        return apr_psprintf(cmd->pool, "WatchdogInterval needs a time of at "
                            "least 100ms, not \"%s\"; example: "
                            "WatchdogInterval 5s", arg);
    }
    return NULL;
}

static const command_rec watchdog_directives[] = {
    AP_INIT_TAKE1("WatchdogInterval", watchdog_set_interval, NULL, RSRC_CONF,
        "time between two steps, in seconds or with a unit"),
    { 0 }
};

static void watchdog_register_hooks(apr_pool_t *)
{
    ap_hook_pre_config(watchdog_pre_config, NULL, NULL, APR_HOOK_FIRST);
    /* after every module that asks for a watchdog */
    ap_hook_post_config(watchdog_post_config, NULL, NULL, APR_HOOK_LAST);
    ap_hook_child_init(watchdog_child_init, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(watchdog) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL,
    watchdog_directives, watchdog_register_hooks, AP_MODULE_FLAG_NONE
};
