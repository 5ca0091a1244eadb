/* SPDX-License-Identifier: Apache-2.0 */
/* body_block.c -- the body of a request in blocks, for handlers that do not
 * care for brigades: setup, should, get; and throwing a body away.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"

APLOG_USE_MODULE(http);

enum { DISCARD_PIECE = 16384 };

AP_DECLARE(int) ap_map_http_request_error(apr_status_t rv, int status)
{
    static const struct {
        apr_status_t rv;
        int status;
    } map[] = {
        { AP_FILTER_ERROR, AP_FILTER_ERROR },   /* answered already */
        { APR_EGENERAL, HTTP_BAD_REQUEST },
        { APR_ENOSPC, HTTP_REQUEST_ENTITY_TOO_LARGE },
        { APR_ENOTIMPL, HTTP_NOT_IMPLEMENTED },
        { APR_TIMEUP, HTTP_REQUEST_TIME_OUT },
        { APR_ETIMEDOUT, HTTP_REQUEST_TIME_OUT }
    };

    for (unsigned i = 0; i < sizeof map / sizeof *map; i++) {
        if (map[i].rv == rv) {
            return map[i].status;
        }
    }
    return status;
}

static int setup_transfer_coding(request_rec *r, const char *te)
{
    if (ap_cstr_casecmp(te, "chunked") != 0) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50361)
                      "could not decode transfer coding \"%s\"; only "
                      "\"chunked\" is spoken",
                      ap_escape_logitem(r->pool, te));
        return HTTP_NOT_IMPLEMENTED;
    }
    if (r->read_body == REQUEST_CHUNKED_ERROR) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50362)
                      "\"%s\" takes no chunked body, it must know the length "
                      "beforehand", ap_escape_logitem(r->pool, r->uri));
        return HTTP_LENGTH_REQUIRED;
    }
    r->read_chunked = 1;
    return OK;
}

AP_DECLARE(int) ap_setup_client_block(request_rec *r, int read_policy)
{
    const char *te = apr_table_get(r->headers_in, "Transfer-Encoding");
    const char *cl = apr_table_get(r->headers_in, "Content-Length");
    int status = OK;

    r->read_body = read_policy;
    r->read_chunked = 0;
    r->remaining = 0;
    if (te) {
        status = setup_transfer_coding(r, te);
    }
    else if (cl && !ap_parse_strict_length(&r->remaining, cl)) {
        r->remaining = 0;
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50363)
                      "Content-Length \"%s\" is not one number of bytes",
                      ap_escape_logitem(r->pool, cl));
        status = HTTP_BAD_REQUEST;
    }
    if (status == OK && r->read_body == REQUEST_NO_BODY
        && (r->read_chunked || r->remaining > 0)) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(50364)
                      "\"%s\" with method %s takes no body",
                      ap_escape_logitem(r->pool, r->uri), r->method);
        status = HTTP_REQUEST_ENTITY_TOO_LARGE;
    }
    return status;
}

AP_DECLARE(int) ap_should_client_block(request_rec *r)
{
    /* once reading has begun, the question was answered */
    return !r->read_length && (r->read_chunked || r->remaining > 0);
}

/* One brigade into the buffer; *len may come out as 0 when there was
 * metadata only. */
static apr_status_t read_block(request_rec *r, apr_bucket_brigade *bb,
                               char *buffer, apr_size_t *len)
{
    apr_status_t rv = ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES,
                                     APR_BLOCK_READ, *len);

    if (rv == APR_SUCCESS && APR_BRIGADE_EMPTY(bb)) {
        rv = APR_EOF;
    }
    if (rv == APR_SUCCESS) {
        if (APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb))) {
            r->remaining = -1;          /* the body has ended */
        }
        rv = apr_brigade_flatten(bb, buffer, len);
    }
    apr_brigade_cleanup(bb);
    return rv;
}

AP_DECLARE(long) ap_get_client_block(request_rec *r, char *buffer,
                                     apr_size_t bufsiz)
{
    apr_bucket_brigade *bb;
    apr_status_t rv;
    apr_size_t len;

    if (r->remaining < 0 || (!r->read_chunked && r->remaining == 0)) {
        return 0;
    }
    bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    do {
        len = bufsiz;
        rv = read_block(r, bb, buffer, &len);
    } while (rv == APR_SUCCESS && len == 0 && r->remaining >= 0);
    apr_brigade_destroy(bb);
    if (rv != APR_SUCCESS) {
        r->connection->keepalive = AP_CONN_CLOSE;
        return -1;
    }
    r->read_length += len;
    return (long)len;
}

/* ---- nobody wants it ---- */

static bool has_nothing_to_discard(request_rec *r)
{
    conn_rec *c = r->connection;

    if (r->main || c->keepalive == AP_CONN_CLOSE || c->aborted
        || ap_status_drops_connection(r->status)) {
        return true;
    }
    return !apr_table_get(r->headers_in, "Content-Length")
           && !apr_table_get(r->headers_in, "Transfer-Encoding")
           && !r->kept_body;
}

static bool drop_brigade(apr_bucket_brigade *bb, apr_status_t *rv)
{
    bool ended = false;

    for (apr_bucket *e = APR_BRIGADE_FIRST(bb);
         !ended && e != APR_BRIGADE_SENTINEL(bb); e = APR_BUCKET_NEXT(e)) {
        const char *data;
        apr_size_t len;

        ended = APR_BUCKET_IS_EOS(e);
        if (!ended && e->length == (apr_size_t)-1) {
            *rv = apr_bucket_read(e, &data, &len, APR_BLOCK_READ);
            ended = *rv != APR_SUCCESS;
        }
    }
    apr_brigade_cleanup(bb);
    return ended;
}

AP_DECLARE(int) ap_discard_request_body(request_rec *r)
{
    apr_bucket_brigade *bb;
    apr_status_t rv = APR_SUCCESS;
    bool ended = false;

    if (has_nothing_to_discard(r)) {
        return OK;
    }
    bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    while (rv == APR_SUCCESS && !ended) {
        rv = ap_get_brigade(r->input_filters, bb, AP_MODE_READBYTES,
                            APR_BLOCK_READ, DISCARD_PIECE);
        if (rv == APR_SUCCESS) {
            ended = APR_BRIGADE_EMPTY(bb) || drop_brigade(bb, &rv);
        }
    }
    apr_brigade_destroy(bb);
    if (rv == APR_SUCCESS) {
        return OK;
    }
    r->connection->keepalive = AP_CONN_CLOSE;
    return ap_map_http_request_error(rv, HTTP_BAD_REQUEST);
}
