/* SPDX-License-Identifier: Apache-2.0 */
/* upgrade.c -- the Upgrade field, RFC 9110 section 7.8: change to a protocol
 * the client offers and the server prefers, or tell which it could have.
 */
#include "handler/handler.h"

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(core);

/* Protocols offered, if Connection confirms that Upgrade is meant for us. */
static const char *offered(request_rec *r)
{
    const char *upgrade = apr_table_get(r->headers_in, "Upgrade");
    const char *hops;

    if (!upgrade || !*upgrade) {
        return NULL;
    }
    hops = apr_table_get(r->headers_in, "Connection");
    return hops && ap_find_token(r->pool, hops, "upgrade") ? upgrade : NULL;
}

static apr_array_header_t *split_offers(apr_pool_t *p, const char *list)
{
    apr_array_header_t *offers = apr_array_make(p, 4, sizeof(char *));
    const char *offer;

    while ((offer = ap_get_list_item(p, &list))) {
        APR_ARRAY_PUSH(offers, const char *) = offer;
    }
    return offers;
}

/* From here on the connection speaks the other protocol. */
static int switch_to(request_rec *r, const char *protocol)
{
    conn_rec *c = r->connection;
    apr_status_t rv;

    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(02909)
                  "client and server agree to change to \"%s\"", protocol);
    apr_table_clear(r->headers_out);
    apr_table_setn(r->headers_out, "Upgrade", protocol);
    apr_table_setn(r->headers_out, "Connection", "Upgrade");
    r->status = HTTP_SWITCHING_PROTOCOLS;
    r->status_line = ap_get_status_line(r->status);
    ap_send_interim_response(r, 1);
    rv = ap_switch_protocol(c, r, r->server, protocol);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(50601)
                      "could not change to protocol \"%s\" after agreeing to "
                      "it; the connection is closed", protocol);
        c->aborted = 1;
    }
    c->keepalive = AP_CONN_CLOSE;
    return DONE;
}

/* Tells the client what it may ask for next time. */
static void advertise(request_rec *r)
{
    const apr_array_header_t *upgrades = NULL;

    if (ap_get_protocol_upgrades(r->connection, r, NULL, 0, &upgrades)
            == APR_SUCCESS
        && upgrades && upgrades->nelts > 0) {
        apr_table_setn(r->headers_out, "Upgrade",
                       apr_array_pstrcat(r->pool, upgrades, ','));
        apr_table_setn(r->headers_out, "Connection", "Upgrade");
    }
}

/* Hook handler, asked first: it answers with a switch or stands aside. */
int cl_handler_upgrade(request_rec *r)
{
    conn_rec *c = r->connection;
    const char *field;
    const char *protocol;

    if (c->master || !ap_is_initial_req(r)) {
        return DECLINED;
    }
    field = apr_table_get(r->headers_in, "Upgrade");
    if (!field || !*field) {
        if (c->keepalives == 0) {       /* once a connection is enough */
            advertise(r);
        }
        return DECLINED;
    }
    field = offered(r);
    if (!field) {
        return DECLINED;
    }
    protocol = ap_select_protocol(c, r, r->server,
                                  split_offers(r->pool, field));
    if (!protocol || strcmp(protocol, ap_get_protocol(c)) == 0) {
        return DECLINED;
    }
    return switch_to(r, protocol);
}

/* Hook map_to_storage: "OPTIONS *" reaches no handler. */
int cl_handler_upgrade_server(request_rec *r)
{
    if (r->method_number == M_OPTIONS && r->uri && strcmp(r->uri, "*") == 0) {
        return cl_handler_upgrade(r);
    }
    return DECLINED;
}
