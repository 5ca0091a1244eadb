/* SPDX-License-Identifier: Apache-2.0 */
/* state.h -- the server's private state beside the frozen public records.
 *
 * Public structs are ABI and other people copy them, so what the server wants
 * to remember about a request, a connection, a server or a directory sits in
 * the configuration slot of cleat_core_module.  Rank 0: every room may include
 * this; it knows the rooms' types by name only.  Each pointer belongs to the
 * room of its name, which allocates it on first use.
 */
#ifndef CLEAT_SERVER_STATE_H
#define CLEAT_SERVER_STATE_H

#include "httpd.h"
#include "http_config.h"

extern module cleat_core_module;

struct cl_request {
    struct cl_request_walk *walk;       /* request/: results of the walks */
    struct cl_request_misc *misc;       /* request/: recursion, context */
    struct cl_http_request *http;       /* http/: parsing and framing */
    struct cl_filter_request *filter;   /* filter/: the print buffer */
    struct cl_handler_request *handler; /* handler/ */
    struct cl_log_request *log;         /* log/ */
};

struct cl_conn {
    struct cl_http_conn *http;          /* http/: keep-alive, async state */
    struct cl_filter_conn *filter;      /* filter/: recycled filter records */
    struct cl_vhost_conn *vhost;        /* vhost/: matched address list */
    struct cl_connection_conn *connection;
};

struct cl_server {
    struct cl_vhost_server *vhost;      /* vhost/: names as compiled */
    struct cl_config_server *config;    /* config/ */
    struct cl_log_server *log;          /* log/ */
    struct cl_http_server *http;        /* http/ */
};

struct cl_dir {
    struct cl_request_dir *request;     /* request/ */
    struct cl_http_dir *http;           /* http/ */
};

/* The private side of a record, made on first use; never NULL.  Request and
 * connection sides live in the record's own pool and are used by the thread
 * that runs the request or connection.  Server and directory sides are
 * written during configuration only. */
struct cl_request *cl_request_of(const request_rec *r);
struct cl_conn *cl_conn_of(const conn_rec *c);
struct cl_server *cl_server_of(apr_pool_t *p, const server_rec *s);
struct cl_dir *cl_dir_of(const request_rec *r);

#endif
