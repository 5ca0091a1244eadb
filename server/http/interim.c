/* SPDX-License-Identifier: Apache-2.0 */
/* interim.c -- 1xx responses ahead of the real one (RFC 9110 section 15.2).
 *
 * They go straight to the connection's filters: the request's own filters
 * may hold, change or count only the final response.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"

APLOG_USE_MODULE(http);

struct out {
    ap_filter_t *to;
    apr_bucket_brigade *bb;
};

static int send_field(void *data, const char *name, const char *value)
{
    struct out *out = data;

    /* what cannot be a field must not split the response */
    if (*name && !*ap_scan_http_token(name)
        && !*ap_scan_http_field_content(value)) {
        ap_fputstrs(out->to, out->bb, name, ": ", value, CRLF, NULL);
    }
    return 1;
}

static bool is_wanted(request_rec *r)
{
    if (r->proto_num < HTTP_VERSION(1, 1)) {
        return false;           /* HTTP/1.0 has no 1xx */
    }
    if (!ap_is_HTTP_INFO(r->status)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50357)
                      "could not send status %d as an interim response to "
                      "\"%s\"; it must be 1xx", r->status, r->uri);
        return false;
    }
    return r->status != HTTP_CONTINUE || r->expecting_100;
}

/* Whoever is asked next about this request, the expectation was met. */
static void settle_expectation(request_rec *r)
{
    for (; r; r = r->main ? r->main : r->prev) {
        r->expecting_100 = 0;
    }
}

AP_DECLARE(void) ap_send_interim_response(request_rec *r, int send_headers)
{
    struct out out = { .to = r->connection->output_filters };
    const char *line = r->status_line ? r->status_line
                                      : ap_get_status_line(r->status);

    if (!is_wanted(r)) {
        return;
    }
    if (r->status == HTTP_CONTINUE) {
        settle_expectation(r);
    }
    out.bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    ap_fputstrs(out.to, out.bb, AP_SERVER_PROTOCOL, " ", line, CRLF, NULL);
    if (send_headers) {
        apr_table_do(send_field, &out, r->headers_out, NULL);
        apr_table_clear(r->headers_out);
    }
    ap_fputs(out.to, out.bb, CRLF);
    ap_fflush(out.to, out.bb);
    apr_brigade_destroy(out.bb);
}
