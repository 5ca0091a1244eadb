/* SPDX-License-Identifier: Apache-2.0 */
/* connection.h -- one client, no protocol yet: what other rooms may use
 * beyond the public http_connection.h and http_ssl.h.
 */
#ifndef CLEAT_CONNECTION_CONNECTION_H
#define CLEAT_CONNECTION_CONNECTION_H

#include <limits.h>
#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"
#include "http_connection.h"

/* The core's create_connection, pre_connection (both REALLY_LAST) and
 * get_pollfd_from_conn hooks. */
void cl_connection_register_hooks(apr_pool_t *p);

/* create.c: the hooks themselves. */
conn_rec *cl_connection_create(apr_pool_t *p, server_rec *server,
                               apr_socket_t *csd, long id, void *sbh,
                               apr_bucket_alloc_t *alloc);
int cl_connection_prepare(conn_rec *c, void *csd);
apr_status_t cl_connection_get_pollfd(conn_rec *c, struct apr_pollfd_t *pfd,
                                      apr_interval_time_t *timeout);

/* Directives of this room. */
const char *cl_set_protocol(cmd_parms *cmd, void *dir, const char *arg);
const char *cl_set_protocols(cmd_parms *cmd, void *dir, const char *arg);
const char *cl_set_protocols_honor_order(cmd_parms *cmd, void *dir,
                                         const char *arg);
const char *cl_set_timeout(cmd_parms *cmd, void *dir, const char *arg);

#endif
