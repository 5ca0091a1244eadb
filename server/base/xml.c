/* SPDX-License-Identifier: Apache-2.0 */
/* xml.c -- read a request body as an XML document.
 *
 * Size is bounded by LimitXMLRequestBody; the parser of APR-util refuses
 * entity declarations, so a small body cannot grow.
 */
#include "util_xml.h"

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "util_filter.h"

#include <apr_buckets.h>

#include <stdbool.h>

APLOG_USE_MODULE(core);

enum { READ_SIZE = 8192 };

struct xml_body {
    request_rec *r;
    apr_xml_parser *parser;
    apr_size_t limit;           /* 0: none */
    apr_size_t seen;
    bool ended;
};

static int refuse_xml(const struct xml_body *body)
{
    char reason[256];

    apr_xml_parser_geterror(body->parser, reason, sizeof reason);
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, body->r, APLOGNO(50052)
                  "could not parse the request body as XML: %s", reason);
    return HTTP_BAD_REQUEST;
}

static int feed(struct xml_body *body, const char *data, apr_size_t length)
{
    body->seen += length;
    if (body->limit != 0 && body->seen > body->limit) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, body->r, APLOGNO(50053)
                      "XML request body is larger than LimitXMLRequestBody "
                      "%" APR_SIZE_T_FMT, body->limit);
        return HTTP_REQUEST_ENTITY_TOO_LARGE;
    }
    if (apr_xml_parser_feed(body->parser, data, length) != APR_SUCCESS) {
        return refuse_xml(body);
    }
    return OK;
}

static int feed_brigade(struct xml_body *body, apr_bucket_brigade *bb)
{
    int result = OK;

    while (result == OK && !body->ended && !APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *bucket = APR_BRIGADE_FIRST(bb);
        const char *data;
        apr_size_t length;

        body->ended = APR_BUCKET_IS_EOS(bucket);
        if (!APR_BUCKET_IS_METADATA(bucket)) {
            apr_status_t rv = apr_bucket_read(bucket, &data, &length,
                                              APR_BLOCK_READ);

            result = rv != APR_SUCCESS
                         ? ap_map_http_request_error(rv, HTTP_BAD_REQUEST)
                     : length ? feed(body, data, length) : OK;
        }
        apr_bucket_delete(bucket);
    }
    return result;
}

static int read_body(struct xml_body *body)
{
    request_rec *r = body->r;
    apr_bucket_brigade *bb
        = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    int result = OK;

    while (result == OK && !body->ended) {
        apr_status_t rv = ap_get_brigade(r->input_filters, bb,
                                         AP_MODE_READBYTES, APR_BLOCK_READ,
                                         READ_SIZE);

        if (rv != APR_SUCCESS) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, rv, r, APLOGNO(50054)
                          "could not read the XML request body");
            result = ap_map_http_request_error(rv, HTTP_BAD_REQUEST);
            break;
        }
        result = feed_brigade(body, bb);
        apr_brigade_cleanup(bb);
    }
    apr_brigade_destroy(bb);
    return result;
}

AP_DECLARE(int) ap_xml_parse_input(request_rec *r, apr_xml_doc **pdoc)
{
    struct xml_body body = {
        .r = r,
        .parser = apr_xml_parser_create(r->pool),
        .limit = ap_get_limit_xml_body(r),
    };
    int result = read_body(&body);

    *pdoc = NULL;
    if (result != OK || body.seen == 0) {
        apr_xml_parser_done(body.parser, NULL);
        return result;
    }
    if (apr_xml_parser_done(body.parser, pdoc) != APR_SUCCESS) {
        return refuse_xml(&body);
    }
    return OK;
}
