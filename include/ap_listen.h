/* SPDX-License-Identifier: Apache-2.0 */
/* ap_listen.h -- listening sockets */
#ifndef CLEAT_AP_LISTEN_H
#define CLEAT_AP_LISTEN_H

#include <apr_network_io.h>
#include "httpd.h"
#include "http_config.h"
#include <apr_optional.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_listen_rec ap_listen_rec;

/* Opaque: whoever takes connections besides the MPM. */
typedef struct ap_slave_t ap_slave_t;

/* Accepts from a listener: *accepted is the socket, in the pool. */
typedef apr_status_t (*accept_function)(void **, ap_listen_rec *,
    apr_pool_t *);

/* A listener; in the pool of the process, as sockets outlast configurations. */
struct ap_listen_rec {
    ap_listen_rec *next;        /* the next one */
    apr_socket_t *sd;           /* its socket */
    apr_sockaddr_t *bind_addr;  /* address and port */
    accept_function accept_func;        /* usually ap_unixd_accept() */
    int active;                 /* it is open */
    const char *protocol;       /* of Listen, or by port: "http", "https" */
    ap_slave_t *slave;          /* NULL: the MPM's */
};

/* All; how many sets of them; whether a port can have several sockets: 1, 0, or
 * -1: not known. */
extern AP_DECLARE_DATA ap_listen_rec *ap_listeners;
extern AP_DECLARE_DATA int ap_num_listen_buckets;
extern AP_DECLARE_DATA int ap_have_so_reuseport;

/* Before each reading: no listeners, defaults. */
AP_DECLARE(void) ap_listen_pre_config(void);

/* Rows for an MPM's table of directives. */
#define LISTEN_COMMANDS \
    AP_INIT_TAKE_ARGV("Listen", ap_set_listener, NULL, RSRC_CONF, \
        "an address (optional) and a port to accept connections on, " \
        "and a protocol (optional); example: Listen [::1]:443 https"), \
    AP_INIT_TAKE1("ListenBacklog", ap_set_listenbacklog, NULL, RSRC_CONF, \
        "longest queue of connections that wait to be accepted"), \
    AP_INIT_TAKE1("ListenCoresBucketsRatio", \
        ap_set_listencbratio, NULL, RSRC_CONF, \
        "one set of listening sockets for each this many CPU cores; " \
        "0: a single set"), \
    AP_INIT_TAKE1("ListenTCPDeferAccept", \
        ap_set_listentcpdeferaccept, NULL, RSRC_CONF, \
        "seconds the kernel may wait for data before a connection is " \
        "accepted; 0: its default"), \
    AP_INIT_TAKE1("SendBufferSize", ap_set_send_buffer_size, NULL, \
        RSRC_CONF, "bytes the kernel may hold for sending; 0: its default"), \
    AP_INIT_TAKE1("ReceiveBufferSize", ap_set_receive_buffer_size, NULL, \
        RSRC_CONF, "bytes the kernel may hold on receive; 0: its default")

/* Their functions. */
AP_DECLARE(const char *) ap_set_listener(cmd_parms *cmd, void *dummy, int argc,
    char *const argv[]);
AP_DECLARE(const char *) ap_set_listenbacklog(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_set_listencbratio(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_set_listentcpdeferaccept(cmd_parms *cmd,
    void *dummy, const char *arg);
AP_DECLARE(const char *) ap_set_send_buffer_size(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_set_receive_buffer_size(cmd_parms *cmd,
    void *dummy, const char *arg);

/* Opens those the configuration names, keeps those that were open. How many; 0:
 * stop the start. */
AP_DECLARE(int) ap_setup_listeners(server_rec *s);

/* One set for each bucket of children; *num_buckets 0: as many as configured.
 * Set 0 is ap_listeners. */
AP_DECLARE(apr_status_t) ap_duplicate_listeners(apr_pool_t *p, server_rec *s,
    ap_listen_rec ***buckets, int *num_buckets);

/* All sets; one; those of a slave, how many. */
AP_DECLARE(void) ap_close_listeners(void);
AP_DECLARE(void) ap_close_listeners_ex(ap_listen_rec *listeners);
AP_DECLARE(int) ap_close_selected_listeners(ap_slave_t *);

#ifdef __cplusplus
}
#endif

#endif
