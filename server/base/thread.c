/* SPDX-License-Identifier: Apache-2.0 */
/* thread.c -- threads that know who they are.
 *
 * APR 1.7 cannot say which apr_thread_t runs the caller.  Threads made here
 * keep it in a thread local; threads of others (main, foreign libraries) get
 * a record with ap_thread_current_create().
 */
#include "httpd.h"

#include <apr_portable.h>
#include <apr_thread_proc.h>

static AP_THREAD_LOCAL apr_thread_t *current_thread;

struct thread_start {
    apr_thread_start_t function;
    void *data;
};

static void *APR_THREAD_FUNC run_thread(apr_thread_t *thread, void *data)
{
    struct thread_start *start = data;

    current_thread = thread;
    return start->function(thread, start->data);
}

static apr_status_t forget_current_thread(void *data)
{
    if (current_thread == data) {
        current_thread = NULL;
    }
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_thread_create(apr_thread_t **thread,
    apr_threadattr_t *attr, apr_thread_start_t func, void *data,
    apr_pool_t *pool)
{
    struct thread_start *start = apr_palloc(pool, sizeof *start);

    start->function = func;
    start->data = data;
    return apr_thread_create(thread, attr, run_thread, start, pool);
}

AP_DECLARE(apr_thread_t *) ap_thread_current(void)
{
    return current_thread;
}

AP_DECLARE(void) ap_thread_current_after_fork(void)
{
    current_thread = NULL;
}

AP_DECLARE(apr_status_t) ap_thread_current_create(apr_thread_t **current,
    apr_threadattr_t *, apr_pool_t *pool)
{
    apr_os_thread_t self = apr_os_thread_current();
    apr_thread_t *made = NULL;
    apr_status_t rv;

    if (current_thread != NULL) {
        *current = current_thread;
        return APR_SUCCESS;
    }
    rv = apr_os_thread_put(&made, &self, pool);
    if (rv != APR_SUCCESS) {
        *current = NULL;
        return rv;
    }
    current_thread = made;
    apr_pool_cleanup_register(pool, made, forget_current_thread,
                              apr_pool_cleanup_null);
    *current = made;
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_thread_main_create(apr_thread_t **thread,
    apr_pool_t *pool)
{
    apr_pool_t *own = NULL;
    apr_status_t rv = apr_pool_create(&own, pool);

    if (rv != APR_SUCCESS) {
        *thread = NULL;
        return rv;
    }
    apr_pool_tag(own, "main_thread");
    rv = ap_thread_current_create(thread, NULL, own);
    if (rv != APR_SUCCESS) {
        apr_pool_destroy(own);
    }
    return rv;
}
