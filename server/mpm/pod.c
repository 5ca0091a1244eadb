/* SPDX-License-Identifier: Apache-2.0 */
/* pod.c -- the pipe of death: a pipe in which each byte is an order for one
 * child to leave.
 *
 * Children look into it without waiting.  The plain pod is for processes that
 * sleep in accept(): each byte comes with a connection that wakes one of
 * them.  The podx variant says how to leave and wakes nobody, because the
 * listener thread of a threaded MPM polls the pipe itself.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <apr_file_io.h>

APLOG_USE_MODULE(core);

static apr_status_t put(ap_pod_t *pod, char order)
{
    apr_size_t one = 1;
    apr_status_t rv = apr_file_write(pod->pod_out, &order, &one);

    /* A full pipe holds more orders than there can be children. */
    return APR_STATUS_IS_EAGAIN(rv) ? APR_SUCCESS : rv;
}

static apr_status_t signal_one(ap_pod_t *pod, char order)
{
    apr_status_t rv = put(pod, order);

    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, ap_server_conf,
                     APLOGNO(50651) "could not write to the pipe that tells "
                     "children to leave; they stay until they are idle and "
                     "a new connection comes");
    }
    return rv;
}

static apr_status_t open_pod(apr_pool_t *p, ap_pod_t **pod)
{
    ap_pod_t *made = apr_pcalloc(p, sizeof *made);
    apr_status_t rv = apr_file_pipe_create_ex(&made->pod_in, &made->pod_out,
                                              APR_FULL_NONBLOCK, p);

    *pod = NULL;
    if (rv != APR_SUCCESS) {
        return rv;
    }
    /* Programs started by a child must not hold the pipe. */
    apr_file_inherit_unset(made->pod_in);
    apr_file_inherit_unset(made->pod_out);
    made->p = p;
    *pod = made;
    return APR_SUCCESS;
}

static apr_status_t close_pod(ap_pod_t *pod)
{
    apr_status_t out = apr_file_close(pod->pod_out);
    apr_status_t in = apr_file_close(pod->pod_in);

    return out != APR_SUCCESS ? out : in;
}

/* The next order, or 0 when there is none. */
static char take(ap_pod_t *pod)
{
    char order = 0;
    apr_size_t one = 1;

    if (apr_file_read(pod->pod_in, &order, &one) != APR_SUCCESS || one != 1) {
        return 0;
    }
    return order;
}

AP_DECLARE(apr_status_t) ap_mpm_pod_open(apr_pool_t *p, ap_pod_t **pod)
{
    return open_pod(p, pod);
}

AP_DECLARE(apr_status_t) ap_mpm_pod_close(ap_pod_t *pod)
{
    return close_pod(pod);
}

/* APR_SUCCESS: leave. */
AP_DECLARE(apr_status_t) ap_mpm_pod_check(ap_pod_t *pod)
{
    return take(pod) == AP_MPM_PODX_GRACEFUL_CHAR ? APR_SUCCESS
                                                  : AP_NORESTART;
}

AP_DECLARE(apr_status_t) ap_mpm_pod_signal(ap_pod_t *pod)
{
    apr_status_t rv = signal_one(pod, AP_MPM_PODX_GRACEFUL_CHAR);

    return rv == APR_SUCCESS ? cl_mpm_wake_one(pod->p) : rv;
}

AP_DECLARE(void) ap_mpm_pod_killpg(ap_pod_t *pod, int num)
{
    apr_status_t rv = APR_SUCCESS;

    for (int i = 0; i < num && rv == APR_SUCCESS; i++) {
        rv = signal_one(pod, AP_MPM_PODX_GRACEFUL_CHAR);
    }
    for (int i = 0; i < num && rv == APR_SUCCESS; i++) {
        rv = cl_mpm_wake_one(pod->p);
    }
}

AP_DECLARE(apr_status_t) ap_mpm_podx_open(apr_pool_t *p, ap_pod_t **pod)
{
    return open_pod(p, pod);
}

AP_DECLARE(apr_status_t) ap_mpm_podx_close(ap_pod_t *pod)
{
    return close_pod(pod);
}

AP_DECLARE(int) ap_mpm_podx_check(ap_pod_t *pod)
{
    switch (take(pod)) {
    case AP_MPM_PODX_RESTART_CHAR:
        return AP_MPM_PODX_RESTART;
    case AP_MPM_PODX_GRACEFUL_CHAR:
        return AP_MPM_PODX_GRACEFUL;
    default:
        return AP_MPM_PODX_NORESTART;
    }
}

AP_DECLARE(apr_status_t) ap_mpm_podx_signal(ap_pod_t *pod,
                                            ap_podx_restart_t graceful)
{
    return signal_one(pod, graceful == AP_MPM_PODX_RESTART
                               ? AP_MPM_PODX_RESTART_CHAR
                               : AP_MPM_PODX_GRACEFUL_CHAR);
}

AP_DECLARE(void) ap_mpm_podx_killpg(ap_pod_t *pod, int num,
                                    ap_podx_restart_t graceful)
{
    apr_status_t rv = APR_SUCCESS;

    for (int i = 0; i < num && rv == APR_SUCCESS; i++) {
        rv = ap_mpm_podx_signal(pod, graceful);
    }
}
