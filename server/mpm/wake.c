/* SPDX-License-Identifier: Apache-2.0 */
/* wake.c -- one connection to ourselves, to wake a process out of accept().
 *
 * The kernel may hold a connection back until data has come, so something is
 * sent: a request that costs little and is easy to tell in the access log,
 * or on a TLS port the polite end of a conversation that never began.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <apr_network_io.h>
#include <apr_strings.h>

#include <strings.h>

APLOG_USE_MODULE(core);

/* RFC 5246 section 7.2: record type alert, TLS 1.0, two bytes: warning,
 * close_notify. */
static const char tls_goodbye[] = { 21, 3, 1, 0, 2, 1, 0 };

static bool is_tls(const ap_listen_rec *lr)
{
    return lr->protocol && strcasecmp(lr->protocol, "https") == 0;
}

/* Prefer a port without TLS: there the waker shows up as a proper request. */
static const ap_listen_rec *choose_listener(const ap_listen_rec *all)
{
    for (const ap_listen_rec *lr = all; lr; lr = lr->next) {
        if (!is_tls(lr)) {
            return lr;
        }
    }
    return all;
}

static apr_status_t say_something(apr_socket_t *sock, const ap_listen_rec *lr,
                                  apr_pool_t *p)
{
    const char *text = tls_goodbye;
    apr_size_t len = sizeof tls_goodbye;

    if (!is_tls(lr)) {
        text = apr_pstrcat(p, "OPTIONS * HTTP/1.0\r\nUser-Agent: ",
                           ap_get_server_description(),
                           " (internal dummy connection)\r\n\r\n", NULL);
        len = strlen(text);
    }
    return apr_socket_send(sock, text, &len);
}

static apr_status_t call(const ap_listen_rec *lr, apr_pool_t *p)
{
    apr_socket_t *sock;
    apr_status_t rv = apr_socket_create(&sock, lr->bind_addr->family,
                                        SOCK_STREAM, 0, p);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    /* A full backlog must not hold the parent up: then children are awake. */
    apr_socket_timeout_set(sock, apr_time_from_sec(3));
    rv = apr_socket_connect(sock, lr->bind_addr);
    if (rv == APR_SUCCESS) {
        rv = say_something(sock, lr, p);
    }
    apr_socket_close(sock);
    return rv;
}

apr_status_t cl_mpm_wake_one(apr_pool_t *p)
{
    const ap_listen_rec *lr = choose_listener(ap_listeners);
    apr_pool_t *scratch;
    apr_status_t rv;

    if (lr == NULL) {
        return APR_ENOSOCKET;
    }
    apr_pool_create(&scratch, p);
    rv = call(lr, scratch);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_DEBUG, rv, ap_server_conf,
                     APLOGNO(50652) "could not wake a child by a connection "
                     "to our own port %d", lr->bind_addr->port);
    }
    apr_pool_destroy(scratch);
    return rv;
}
