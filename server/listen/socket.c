/* SPDX-License-Identifier: Apache-2.0 */
/* socket.c -- one listening socket: options, bind, listen, accept filter. */
#include "http_core.h"
#include "http_log.h"
#include "mpm_common.h"

#include "listen/listen.h"

#include <netinet/in.h>
#include <sys/socket.h>

APLOG_USE_MODULE(core);

enum { STARTUP = APLOG_STARTUP | APLOG_CRIT };

static apr_status_t set_descriptor_option(apr_socket_t *sd, int option)
{
    apr_os_sock_t fd;
    int on = 1;

    apr_os_sock_get(&fd, sd);
    return setsockopt(fd, SOL_SOCKET, option, &on, sizeof on) == 0
               ? APR_SUCCESS : errno;
}

bool cl_listen_can_share_port(apr_pool_t *p)
{
    apr_socket_t *probe;

    if (ap_have_so_reuseport < 0) {
        ap_have_so_reuseport = 0;
        if (apr_socket_create(&probe, APR_INET, SOCK_STREAM, 0, p)
            == APR_SUCCESS) {
            ap_have_so_reuseport
                = set_descriptor_option(probe, SO_REUSEPORT) == APR_SUCCESS;
            apr_socket_close(probe);
        }
    }
    return ap_have_so_reuseport;
}

static bool is_any(const apr_sockaddr_t *a)
{
    return a->family == APR_INET
               ? a->sa.sin.sin_addr.s_addr == INADDR_ANY
               : IN6_IS_ADDR_UNSPECIFIED(&a->sa.sin6.sin6_addr);
}

/* [::]:80 takes IPv4 clients too, unless 0.0.0.0:80 is listed beside it. */
static int is_ipv6_only(const apr_sockaddr_t *addr)
{
    for (const ap_listen_rec *lr = ap_listeners; lr; lr = lr->next) {
        if (lr->bind_addr->family == APR_INET
            && lr->bind_addr->port == addr->port && is_any(lr->bind_addr)) {
            return 1;
        }
    }
    return 0;
}

struct option {
    int name, value;
    const char *what;
};

static apr_status_t set_options(apr_pool_t *p, ap_listen_rec *lr,
                                bool shared_port)
{
    const struct option options[] = {
        { APR_SO_REUSEADDR, 1, "SO_REUSEADDR" },
        { APR_SO_KEEPALIVE, 1, "SO_KEEPALIVE" },
        { APR_SO_SNDBUF, cl_listen_settings.send_buffer, "SendBufferSize" },
        { APR_SO_RCVBUF, cl_listen_settings.receive_buffer,
          "ReceiveBufferSize" }
    };
    apr_status_t rv = APR_SUCCESS;

    for (unsigned i = 0; i < sizeof options / sizeof *options; i++) {
        if (options[i].value) {
            rv = apr_socket_opt_set(lr->sd, options[i].name,
                                    options[i].value);
        }
        if (rv != APR_SUCCESS) {
            ap_log_perror(APLOG_MARK, STARTUP, rv, p, APLOGNO(50400)
                          "could not set %s of the socket for address %pI",
                          options[i].what, lr->bind_addr);
            return rv;
        }
    }
    if (lr->bind_addr->family == APR_INET6) {
        apr_socket_opt_set(lr->sd, APR_IPV6_V6ONLY,
                           is_ipv6_only(lr->bind_addr));
    }
    if (shared_port) {
        rv = set_descriptor_option(lr->sd, SO_REUSEPORT);
    }
    ap_sock_disable_nagle(lr->sd);      /* accepted sockets inherit it */
    return rv;
}

static apr_status_t bind_and_listen(apr_pool_t *p, ap_listen_rec *lr)
{
    apr_status_t rv = apr_socket_bind(lr->sd, lr->bind_addr);

    if (rv != APR_SUCCESS) {
        ap_log_perror(APLOG_MARK, STARTUP, rv, p, APLOGNO(00072)
                      "make_sock: could not bind to address %pI",
                      lr->bind_addr);
        return rv;
    }
    rv = apr_socket_listen(lr->sd, cl_listen_settings.backlog);
    if (rv != APR_SUCCESS) {
        ap_log_perror(APLOG_MARK, STARTUP, rv, p, APLOGNO(50404)
                      "make_sock: could not listen on address %pI", lr->bind_addr);
    }
    return rv;
}

apr_status_t cl_listen_open(apr_pool_t *p, const server_rec *s,
                            ap_listen_rec *lr, bool shared_port)
{
    apr_status_t rv = apr_socket_create(&lr->sd, lr->bind_addr->family,
                                        SOCK_STREAM, 0, p);

    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, STARTUP, rv, s, APLOGNO(50403)
                     "make_sock: could not create a socket for address %pI",
                     lr->bind_addr);
        return rv;
    }
    rv = set_options(p, lr, shared_port);
    if (rv == APR_SUCCESS) {
        rv = bind_and_listen(p, lr);
    }
    if (rv != APR_SUCCESS) {
        apr_socket_close(lr->sd);
        lr->sd = NULL;
        return rv;
    }
    lr->active = 1;
    return APR_SUCCESS;
}

void cl_listen_close(ap_listen_rec *lr)
{
    /* the record keeps its socket: MPMs look at the descriptor while
     * they stop */
    if (lr->active && lr->sd) {
        apr_socket_close(lr->sd);
    }
    lr->active = 0;
}

/* ---- accept filter ---- */

static const char *filter_of(const ap_listen_rec *lr, const server_rec *s)
{
    const core_server_config *conf
        = ap_get_core_module_config(s->module_config);
    const char *protocol = lr->protocol ? lr->protocol : "http";
    const char *filter = conf->accf_map
                             ? apr_table_get(conf->accf_map, protocol) : NULL;

    if (filter) {
        return filter;
    }
    /* clients of these speak first, so wake nobody before they do */
    return strcmp(protocol, "http") == 0 || strcmp(protocol, "https") == 0
               ? "data" : "none";
}

void cl_listen_tune(ap_listen_rec *lr, const server_rec *s, bool nonblocking)
{
    bool wait = strcmp(filter_of(lr, s), "none") != 0;
    int seconds = wait ? cl_listen_settings.defer_seconds : 0;
    apr_status_t rv;

    apr_socket_opt_set(lr->sd, APR_SO_NONBLOCK, nonblocking);
    rv = apr_socket_opt_set(lr->sd, APR_TCP_DEFER_ACCEPT, seconds);
    if (rv != APR_SUCCESS && !APR_STATUS_IS_ENOTIMPL(rv)) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, s, APLOGNO(50405)
                     "could not set accept filter \"%s\" for address %pI",
                     filter_of(lr, s), lr->bind_addr);
    }
    /* the backlog may have changed since a kept socket was opened */
    apr_socket_listen(lr->sd, cl_listen_settings.backlog);
}

const char *cl_set_accept_filter(cmd_parms *cmd, void *, const char *protocol,
                                 const char *filter)
{
    core_server_config *conf
        = ap_get_core_module_config(cmd->server->module_config);
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    if (!conf->accf_map) {
        conf->accf_map = apr_table_make(cmd->pool, 5);
    }
    apr_table_set(conf->accf_map, protocol, filter);
    return NULL;
}
