/* SPDX-License-Identifier: Apache-2.0 */
/* inherit.c -- sockets of the generation before, until the new
 * configuration has either claimed them or been read to its end.
 *
 * A claimed socket stays open all the time, so that no connection that
 * waits in its queue is lost over a restart.
 */
#include "listen/listen.h"

static ap_listen_rec *kept;

void cl_listen_keep(ap_listen_rec *listeners)
{
    ap_listen_rec **tail = &kept;

    while (*tail) {
        tail = &(*tail)->next;
    }
    *tail = listeners;
}

ap_listen_rec *cl_listen_take_kept(const apr_sockaddr_t *addr)
{
    for (ap_listen_rec **at = &kept; *at; at = &(*at)->next) {
        ap_listen_rec *lr = *at;

        if (lr->bind_addr->port == addr->port
            && lr->bind_addr->family == addr->family
            && apr_sockaddr_equal(lr->bind_addr, addr)) {
            *at = lr->next;
            return lr;
        }
    }
    return NULL;
}

void cl_listen_close_kept(void)
{
    for (; kept; kept = kept->next) {
        cl_listen_close(kept);
    }
}
