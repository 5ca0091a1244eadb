/* SPDX-License-Identifier: Apache-2.0 */
/* accept.c -- take one client from a listening socket, and tell an MPM what
 * a refusal means.
 *
 * APR_SUCCESS: *accepted is the client's socket.  APR_EGENERAL: this process
 * cannot take clients any more (out of descriptors, no memory, network gone)
 * and had better end.  Anything else: that client is lost or there was none;
 * go on.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <apr_network_io.h>

APLOG_USE_MODULE(core);

/* Is this error about one client only?  accept(2) passes on what already
 * happened to the connection on the network. */
static bool concerns_one_client(apr_status_t rv)
{
    switch (rv) {
    case EINTR:
    case EAGAIN:
    case ECONNABORTED:
    case ECONNRESET:
    case EPROTO:
    case ETIMEDOUT:
    case EHOSTUNREACH:
    case ENETUNREACH:
    case EHOSTDOWN:
    case ENONET:
    case ENOPROTOOPT:
    case EOPNOTSUPP:
    case EPERM:                         /* refused by a firewall rule */
        return true;
    default:
        return false;
    }
}

AP_DECLARE(apr_status_t) ap_unixd_accept(void **accepted, ap_listen_rec *lr,
                                         apr_pool_t *ptrans)
{
    apr_socket_t *client = NULL;
    apr_status_t rv = apr_socket_accept(&client, lr->sd, ptrans);

    *accepted = NULL;
    if (rv == APR_SUCCESS) {
        *accepted = client;
        return APR_SUCCESS;
    }
    if (concerns_one_client(rv)) {
        return rv;
    }
    if (rv == EBADF || rv == EINVAL || rv == ENOTSOCK) { /* closed: leaving */
        return APR_EGENERAL;
    }
    ap_log_error(APLOG_MARK, APLOG_ERR, rv, ap_server_conf, APLOGNO(50653)
                 "could not accept a client on port %d; this process ends, "
                 "a new one takes its place",
                 lr->bind_addr ? lr->bind_addr->port : 0);
    return APR_EGENERAL;
}

AP_DECLARE(void) ap_sock_disable_nagle(apr_socket_t *s)
{
    apr_status_t rv = apr_socket_opt_set(s, APR_TCP_NODELAY, 1);

    if (rv != APR_SUCCESS && rv != APR_ENOTIMPL) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, ap_server_conf,
                     APLOGNO(50654) "could not set TCP_NODELAY on a client's "
                     "socket; small answers may come late");
    }
}
