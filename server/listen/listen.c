/* SPDX-License-Identifier: Apache-2.0 */
/* listen.c -- Listen and the directives about listening, and opening what
 * they name.
 *
 * Records live in the process pool: sockets outlast the configuration that
 * named them, and a restart takes them over (inherit.c).
 */
#include "http_core.h"
#include "unixd.h"

#include "listen/listen.h"

enum { BACKLOG = 511, DEFER_SECONDS = 30 };

AP_DECLARE_DATA ap_listen_rec *ap_listeners;
AP_DECLARE_DATA int ap_num_listen_buckets;
AP_DECLARE_DATA int ap_have_so_reuseport = -1;  /* not tried yet */

struct cl_listen_settings cl_listen_settings = {
    .backlog = BACKLOG, .defer_seconds = DEFER_SECONDS
};

AP_DECLARE(void) ap_listen_pre_config(void)
{
    cl_listen_keep(ap_listeners);
    ap_listeners = NULL;
    ap_num_listen_buckets = 0;
    cl_listen_forget_buckets();
    cl_listen_settings = (struct cl_listen_settings){
        .backlog = BACKLOG, .defer_seconds = DEFER_SECONDS
    };
}

/* ---- Listen ---- */

static bool is_same(const apr_sockaddr_t *a, const apr_sockaddr_t *b)
{
    return a->port == b->port && a->family == b->family
           && apr_sockaddr_equal(a, b);
}

static ap_listen_rec **tail_unless_listed(const apr_sockaddr_t *addr)
{
    ap_listen_rec **tail = &ap_listeners;

    for (; *tail; tail = &(*tail)->next) {
        if (is_same((*tail)->bind_addr, addr)) {
            return NULL;
        }
    }
    return tail;
}

static void add_listener(apr_pool_t *p, apr_sockaddr_t *addr,
                         const char *protocol)
{
    ap_listen_rec **tail = tail_unless_listed(addr);
    ap_listen_rec *lr;

    if (!tail) {
        return;                         /* named twice */
    }
    lr = cl_listen_take_kept(addr);
    if (!lr) {
        lr = apr_pcalloc(p, sizeof *lr);
        lr->bind_addr = addr;
        lr->accept_func = ap_unixd_accept;
    }
    lr->next = NULL;
    lr->protocol = protocol;
    *tail = lr;
}

/* Every address: an IPv6 socket takes IPv4 clients too, where there is
 * IPv6. */
static apr_int32_t any_family(apr_pool_t *p)
{
    static int has_ipv6 = -1;
    apr_socket_t *probe;

    if (has_ipv6 < 0) {
        has_ipv6 = apr_socket_create(&probe, APR_INET6, SOCK_STREAM, 0, p)
                   == APR_SUCCESS;
        if (has_ipv6) {
            apr_socket_close(probe);
        }
    }
    return has_ipv6 ? APR_INET6 : APR_INET;
}

static const char *find_addresses(cmd_parms *cmd, const char *arg,
                                  apr_sockaddr_t **addrs)
{
    apr_pool_t *p = cmd->server->process->pool;
    char *host, *scope;
    apr_port_t port;
    apr_status_t rv = apr_parse_addr_port(&host, &scope, &port, arg,
                                          cmd->temp_pool);

    if (rv != APR_SUCCESS) {
        return apr_psprintf(cmd->pool, "Listen needs [address:]port, not "
                            "\"%s\"; example: Listen [::1]:8080", arg);
    }
    if (port == 0) {
        return apr_psprintf(cmd->pool, "Listen needs a port, 1 to 65535, in "
                            "\"%s\"; example: Listen 8080", arg);
    }
    if (host && strcmp(host, "*") == 0) {
        host = NULL;
    }
    rv = apr_sockaddr_info_get(addrs, host,
                               host ? APR_UNSPEC : any_family(cmd->temp_pool),
                               port, 0, p);
    if (rv == APR_SUCCESS && scope) {
        rv = apr_sockaddr_zone_set(*addrs, scope);
    }
    if (rv != APR_SUCCESS) {
        return apr_psprintf(cmd->pool, "Listen could not find an address for "
                            "\"%s\": %pm", arg, &rv);
    }
    return NULL;
}

AP_DECLARE(const char *) ap_set_listener(cmd_parms *cmd, void *, int argc,
                                         char *const argv[])
{
    apr_pool_t *p = cmd->server->process->pool;
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    apr_sockaddr_t *addr;
    char *protocol;

    if (err) {
        return err;
    }
    if (argc < 1 || argc > 2) {
        return "Listen needs [address:]port and perhaps a protocol; example: "
               "Listen 192.0.2.1:8443 https";
    }
    err = find_addresses(cmd, argv[0], &addr);
    if (err) {
        return err;
    }
    protocol = apr_pstrdup(p, argc == 2 ? argv[1]
                              : addr->port == DEFAULT_HTTPS_PORT ? "https"
                                                                 : "http");
    ap_str_tolower(protocol);
    for (; addr; addr = addr->next) {
        add_listener(p, addr, protocol);
    }
    return NULL;
}

/* ---- opening ---- */

/* A vhost without Protocol speaks what its port's listener speaks; the
 * listener of its very address knows better than one of the port alone. */
static const char *protocol_for(const server_rec *s)
{
    const char *by_port = NULL;

    for (server_addr_rec *a = s->addrs; a; a = a->next) {
        for (ap_listen_rec *lr = ap_listeners; lr; lr = lr->next) {
            if (lr->bind_addr->port != a->host_port) {
                continue;
            }
            if (a->host_addr
                && apr_sockaddr_equal(lr->bind_addr, a->host_addr)) {
                return lr->protocol;
            }
            if (!by_port) {
                by_port = lr->protocol;
            }
        }
    }
    return by_port;
}

static void set_server_protocols(server_rec *s)
{
    for (; s; s = s->next) {
        const char *known = ap_get_server_protocol(s);

        if (!known || !*known) {
            const char *protocol = protocol_for(s);

            if (protocol) {
                ap_set_server_protocol(s, protocol);
            }
        }
    }
}

AP_DECLARE(int) ap_setup_listeners(server_rec *s)
{
    bool several = ap_listeners && ap_listeners->next;
    bool shared = cl_listen_settings.cores_per_bucket > 0
                  && cl_listen_can_share_port(s->process->pool);
    int count = 0;

    set_server_protocols(s);
    /* first, as a kept [::]:80 is in the way of a new 192.0.2.1:80 */
    cl_listen_close_kept();
    for (ap_listen_rec *lr = ap_listeners; lr; lr = lr->next) {
        if (!lr->active
            && cl_listen_open(s->process->pool, s, lr, shared)
               != APR_SUCCESS) {
            return 0;                   /* said why; the MPM says the rest */
        }
        cl_listen_tune(lr, s, several);
        count++;
    }
    return count;
}

/* ---- closing ---- */

AP_DECLARE(void) ap_close_listeners_ex(ap_listen_rec *listeners)
{
    for (; listeners; listeners = listeners->next) {
        cl_listen_close(listeners);
    }
}

AP_DECLARE(int) ap_close_selected_listeners(ap_slave_t *slave)
{
    int closed = 0;

    for (ap_listen_rec *lr = ap_listeners; lr; lr = lr->next) {
        if (lr->active && lr->slave == slave) {
            cl_listen_close(lr);
            closed++;
        }
    }
    return closed;
}

/* ---- the other directives ---- */

static const char *set_number(cmd_parms *cmd, const char *arg, int least,
                              int *number)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    char *end;
    apr_int64_t n = apr_strtoi64(arg, &end, 10);

    if (err) {
        return err;
    }
    if (end == arg || *end || n < least || n > APR_INT32_MAX) {
        return apr_psprintf(cmd->pool, "%s needs a whole number of %d or "
                            "more, not \"%s\"", cmd->cmd->name, least, arg);
    }
    *number = (int)n;
    return NULL;
}

AP_DECLARE(const char *) ap_set_listenbacklog(cmd_parms *cmd, void *,
                                              const char *arg)
{
    return set_number(cmd, arg, 1, &cl_listen_settings.backlog);
}

AP_DECLARE(const char *) ap_set_listencbratio(cmd_parms *cmd, void *,
                                              const char *arg)
{
    return set_number(cmd, arg, 0, &cl_listen_settings.cores_per_bucket);
}

AP_DECLARE(const char *) ap_set_listentcpdeferaccept(cmd_parms *cmd, void *,
                                                     const char *arg)
{
    return set_number(cmd, arg, 0, &cl_listen_settings.defer_seconds);
}

/* Below 512 bytes a buffer holds no packet; 0 leaves it to the kernel. */
static const char *set_buffer(cmd_parms *cmd, const char *arg, int *size)
{
    const char *err = set_number(cmd, arg, 0, size);

    if (!err && *size > 0 && *size < 512) {
        err = apr_psprintf(cmd->pool, "%s needs 512 or more bytes, or 0 for "
                           "the kernel's choice, not \"%s\"", cmd->cmd->name,
                           arg);
    }
    return err;
}

AP_DECLARE(const char *) ap_set_send_buffer_size(cmd_parms *cmd, void *,
                                                 const char *arg)
{
    return set_buffer(cmd, arg, &cl_listen_settings.send_buffer);
}

AP_DECLARE(const char *) ap_set_receive_buffer_size(cmd_parms *cmd, void *,
                                                    const char *arg)
{
    return set_buffer(cmd, arg, &cl_listen_settings.receive_buffer);
}
