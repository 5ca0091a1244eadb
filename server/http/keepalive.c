/* SPDX-License-Identifier: Apache-2.0 */
/* keepalive.c -- may this connection go on after the response (RFC 9112
 * section 9.3), and does the body travel in chunks so that it may?
 */
#include "http/http.h"

#include "ap_mpm.h"

/* Can the client tell where the response ends?  Chunks are the last resort,
 * chosen here. */
static bool end_is_marked(request_rec *r)
{
    const char *coding;

    if (r->header_only || AP_STATUS_IS_HEADER_ONLY(r->status)
        || ap_is_HTTP_INFO(r->status)
        || apr_table_get(r->headers_out, "Content-Length")) {
        return true;
    }
    coding = apr_table_get(r->headers_out, "Transfer-Encoding");
    if (coding && ap_is_chunked(r->pool, coding)) {
        return true;
    }
    if (r->proto_num >= HTTP_VERSION(1, 1)) {
        r->chunked = 1;
        return true;
    }
    return false;
}

static bool server_agrees(const request_rec *r)
{
    const server_rec *s = r->server;
    const conn_rec *c = r->connection;

    return s->keep_alive
           && (s->keep_alive_max == 0 || s->keep_alive_max > c->keepalives)
           && !apr_table_get(r->subprocess_env, "nokeepalive");
}

/* Someone (a script, a proxied server) has said close already. */
static bool response_closes(request_rec *r)
{
    const char *connection = apr_table_get(r->headers_out, "Connection");

    return connection && ap_find_token(r->pool, connection, "close");
}

static bool may_go_on(request_rec *r, const char *wish)
{
    if (r->connection->keepalive == AP_CONN_CLOSE || r->expecting_100
        || ap_status_drops_connection(r->status) || !server_agrees(r)
        || response_closes(r)) {
        return false;
    }
    if (wish && ap_find_token(r->pool, wish, "close")) {
        return false;
    }
    return r->proto_num >= HTTP_VERSION(1, 1)
           || (wish && ap_find_token(r->pool, wish, "keep-alive"));
}

/* The terms, for a client that asked for them. */
static void offer_terms(request_rec *r)
{
    const server_rec *s = r->server;
    int timeout = (int)apr_time_sec(s->keep_alive_timeout);
    int left = s->keep_alive_max - r->connection->keepalives;
    const char *terms = s->keep_alive_max
        ? apr_psprintf(r->pool, "timeout=%d, max=%d", timeout, left)
        : apr_psprintf(r->pool, "timeout=%d", timeout);

    apr_table_setn(r->headers_out, "Keep-Alive", terms);
    apr_table_mergen(r->headers_out, "Connection", "Keep-Alive");
}

AP_DECLARE(int) ap_set_keepalive(request_rec *r)
{
    conn_rec *c = r->connection;
    const char *wish = apr_table_get(r->headers_in, "Connection");
    bool marked = end_is_marked(r);

    if (marked && may_go_on(r, wish)) {
        if (wish && ap_find_token(r->pool, wish, "keep-alive")) {
            offer_terms(r);
        }
        c->keepalive = AP_CONN_KEEPALIVE;
        c->keepalives++;
        return 1;
    }
    if (!r->assbackwards && !response_closes(r)) {
        apr_table_mergen(r->headers_out, "Connection", "close");
    }
    c->keepalive = AP_CONN_CLOSE;
    return 0;
}
