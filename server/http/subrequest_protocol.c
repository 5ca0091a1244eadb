/* SPDX-License-Identifier: Apache-2.0 */
/* subrequest_protocol.c -- what a sub-request looks like to whoever thinks of
 * it as an HTTP request: a GET without content and without a header of its
 * own in the answer.
 */
#include "http/http.h"

/* Fields about the content of the parent's request: it is not ours. */
static const char *const content_fields[] = {
    "Content-Encoding", "Content-Language", "Content-Length",
    "Content-Location", "Content-MD5", "Content-Range", "Content-Type",
    "Expires", "Last-Modified", "Transfer-Encoding"
};

static apr_table_t *fields_without_content(apr_pool_t *p,
                                           const apr_table_t *fields)
{
    apr_table_t *copy = apr_table_copy(p, fields);

    for (size_t i = 0; i < sizeof content_fields / sizeof *content_fields;
         i++) {
        apr_table_unset(copy, content_fields[i]);
    }
    return copy;
}

AP_DECLARE(void) ap_set_sub_req_protocol(request_rec *rnew,
    const request_rec *r)
{
    static char included[] = "INCLUDED";
    bool has_body = r->headers_in
                    && (apr_table_get(r->headers_in, "Content-Length")
                        || apr_table_get(r->headers_in, "Transfer-Encoding"));

    rnew->the_request = r->the_request;     /* keeps the original in logs */
    rnew->assbackwards = 1;                 /* no header from here */
    rnew->method = "GET";
    rnew->method_number = M_GET;
    rnew->protocol = included;
    rnew->status = HTTP_OK;
    rnew->headers_in = has_body
        ? fields_without_content(rnew->pool, r->headers_in) : r->headers_in;
    rnew->trailers_in = r->trailers_in;
    rnew->subprocess_env = apr_table_copy(rnew->pool, r->subprocess_env);
    rnew->headers_out = apr_table_make(rnew->pool, 5);
    rnew->err_headers_out = apr_table_make(rnew->pool, 5);
    rnew->trailers_out = apr_table_make(rnew->pool, 5);
    rnew->notes = apr_table_make(rnew->pool, 5);
    rnew->expecting_100 = r->expecting_100;
    rnew->read_length = r->read_length;
    rnew->read_body = REQUEST_NO_BODY;
    rnew->main = (request_rec *)r;
}
