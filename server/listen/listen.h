/* SPDX-License-Identifier: Apache-2.0 */
/* listen.h -- sockets before any client: what the files of this room share,
 * and what other rooms may use beyond the public ap_listen.h.
 */
#ifndef CLEAT_LISTEN_LISTEN_H
#define CLEAT_LISTEN_LISTEN_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"
#include "ap_listen.h"

/* What the directives said; reset before each reading of the configuration.
 * Start-up thread only. */
struct cl_listen_settings {
    int backlog;
    int send_buffer, receive_buffer;    /* bytes; 0: the kernel's choice */
    int cores_per_bucket;               /* 0: one bucket */
    int defer_seconds;                  /* longest wait for first bytes */
};
extern struct cl_listen_settings cl_listen_settings;

/* socket.c: create, bind and listen; lr->bind_addr is set, lr->sd and active
 * are the result.  Logs what fails. */
apr_status_t cl_listen_open(apr_pool_t *p, const server_rec *s,
                            ap_listen_rec *lr, bool shared_port);
void cl_listen_close(ap_listen_rec *lr);
/* Settle what may differ between generations of an open socket. */
void cl_listen_tune(ap_listen_rec *lr, const server_rec *s, bool nonblocking);
bool cl_listen_can_share_port(apr_pool_t *p);

/* inherit.c: sockets of the generation before. */
void cl_listen_keep(ap_listen_rec *listeners);
ap_listen_rec *cl_listen_take_kept(const apr_sockaddr_t *addr);
void cl_listen_close_kept(void);

/* buckets.c: forget the buckets of the generation before. */
void cl_listen_forget_buckets(void);

/* AcceptFilter PROTOCOL FILTER */
const char *cl_set_accept_filter(cmd_parms *cmd, void *dir,
                                 const char *protocol, const char *filter);

#endif
