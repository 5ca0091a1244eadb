/* SPDX-License-Identifier: Apache-2.0 */
/* buckets.c -- several sockets for each address (SO_REUSEPORT), one set for
 * each group of children, so that they do not wait for one queue's lock.
 *
 * Bucket 0 is ap_listeners; the others live in the configuration's pool and
 * close with it.
 */
#include "http_core.h"
#include "http_log.h"

#include "listen/listen.h"

#include <unistd.h>

APLOG_USE_MODULE(core);

static ap_listen_rec **all_buckets;

void cl_listen_forget_buckets(void)
{
    all_buckets = NULL;
}

static int wanted_buckets(apr_pool_t *p, const server_rec *s)
{
    int ratio = cl_listen_settings.cores_per_bucket;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    if (ratio <= 0) {
        return 1;
    }
    if (!cl_listen_can_share_port(p)) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, s, APLOGNO(50401)
                     "ListenCoresBucketsRatio has no effect, as this kernel "
                     "knows no SO_REUSEPORT");
        return 1;
    }
    return cores > ratio ? (int)(cores / ratio) : 1;
}

static apr_status_t duplicate(apr_pool_t *p, server_rec *s,
                              ap_listen_rec **copies)
{
    bool several = ap_listeners && ap_listeners->next;

    for (ap_listen_rec *lr = ap_listeners; lr; lr = lr->next) {
        ap_listen_rec *copy = apr_pmemdup(p, lr, sizeof *lr);
        apr_status_t rv;

        copy->next = NULL;
        copy->sd = NULL;
        copy->active = 0;
        rv = cl_listen_open(p, s, copy, true);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        cl_listen_tune(copy, s, several);
        *copies = copy;
        copies = &copy->next;
    }
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_duplicate_listeners(apr_pool_t *p, server_rec *s,
                                                ap_listen_rec ***buckets,
                                                int *num_buckets)
{
    if (*num_buckets < 1) {
        *num_buckets = wanted_buckets(p, s);
    }
    *buckets = apr_pcalloc(p, *num_buckets * sizeof **buckets);
    (*buckets)[0] = ap_listeners;
    for (int i = 1; i < *num_buckets; i++) {
        apr_status_t rv = duplicate(p, s, &(*buckets)[i]);

        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    all_buckets = *buckets;
    ap_num_listen_buckets = *num_buckets;
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_close_listeners(void)
{
    ap_close_listeners_ex(ap_listeners);
    for (int i = 1; all_buckets && i < ap_num_listen_buckets; i++) {
        ap_close_listeners_ex(all_buckets[i]);
    }
}
