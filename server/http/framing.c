/* SPDX-License-Identifier: Apache-2.0 */
/* framing.c -- where a message body ends (RFC 9112 section 6).
 *
 * Whoever disagrees with a proxy about that serves one client's bytes as
 * another's request, so doubt ends the connection.  HttpProtocolOptions
 * Unsafe lets Transfer-Encoding win where the strict reader refuses.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"

APLOG_USE_MODULE(core);

static const char chunked_name[] = "chunked";

static bool next_coding(const char **p, const char **word, apr_size_t *len)
{
    const char *end;

    *p += strspn(*p, ", \t");
    *word = *p;
    *p += strcspn(*p, ",");
    for (end = *p; end > *word && (end[-1] == ' ' || end[-1] == '\t'); end--) {
    }
    *len = end - *word;
    return *len != 0;
}

/* RFC 9112 section 6.1: chunked must be there, once, and last. */
static enum cl_framing transfer_framing(const char *te, const char **why)
{
    const char *word;
    apr_size_t len;
    int codings = 0, chunked = 0, last = 0;

    while (next_coding(&te, &word, &len)) {
        codings++;
        last = len == sizeof chunked_name - 1
               && ap_cstr_casecmpn(word, chunked_name, len) == 0;
        chunked += last;
    }
    if (!last || chunked != 1) {
        *why = "Transfer-Encoding does not end in one \"chunked\"";
        return CL_FRAMING_BAD;
    }
    if (codings > 1) {
        *why = "Transfer-Encoding has codings besides \"chunked\"";
        return CL_FRAMING_UNKNOWN;
    }
    return CL_FRAMING_CHUNKED;
}

enum cl_framing cl_http_framing(const apr_table_t *headers, apr_off_t *length,
                                const char **why)
{
    const char *te = apr_table_get(headers, "Transfer-Encoding");
    const char *cl;

    *length = 0;
    if (te) {
        return transfer_framing(te, why);
    }
    cl = apr_table_get(headers, "Content-Length");
    if (!cl) {
        return CL_FRAMING_NONE;
    }
    if (!ap_parse_strict_length(length, cl)) {
        *length = 0;
        *why = "Content-Length is not one number of bytes";
        return CL_FRAMING_BAD;
    }
    return CL_FRAMING_LENGTH;
}

static int refuse(request_rec *r, int status, const char *text,
                  const char *why)
{
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, text,
                  ap_escape_logitem(r->pool, r->the_request), why);
    r->connection->keepalive = AP_CONN_CLOSE;
    return status;
}

#define WHERE "could not tell where the body of \"%s\" ends: %s"

/* Chunked, but in company that makes it suspect. */
static int check_chunked(request_rec *r)
{
    bool strict = cl_http_strictness(r->server) == CL_STRICT;
    bool both = apr_table_get(r->headers_in, "Content-Length") != NULL;
    bool old = r->proto_num < HTTP_VERSION(1, 1);

    if (strict && both) {
        return refuse(r, HTTP_BAD_REQUEST, APLOGNO(50354) WHERE,
                      "both Transfer-Encoding and "
                      "Content-Length are there");
    }
    if (strict && old) {
        return refuse(r, HTTP_BAD_REQUEST, APLOGNO(50355) WHERE,
                      "Transfer-Encoding is not part of "
                      "HTTP/1.0");
    }
    if (both || old) {
        /* RFC 9112 sections 6.1 and 6.3: Transfer-Encoding wins, and the
         * connection ends after the response */
        apr_table_unset(r->headers_in, "Content-Length");
        r->connection->keepalive = AP_CONN_CLOSE;
    }
    return OK;
}

int cl_http_check_framing(request_rec *r)
{
    const char *why = NULL;
    apr_off_t length;

    switch (cl_http_framing(r->headers_in, &length, &why)) {
    case CL_FRAMING_CHUNKED:
        return check_chunked(r);
    case CL_FRAMING_UNKNOWN:
        return refuse(r, HTTP_NOT_IMPLEMENTED, APLOGNO(50356) WHERE, why);
    case CL_FRAMING_BAD:
        return refuse(r, HTTP_BAD_REQUEST,
                      apr_table_get(r->headers_in, "Transfer-Encoding")
                          ? APLOGNO(02539) WHERE : APLOGNO(10242) WHERE, why);
    default:
        return OK;
    }
}

AP_DECLARE(int) ap_request_has_body(request_rec *r)
{
    apr_off_t length;
    const char *cl;

    if (r->header_only) {
        return 0;
    }
    if (r->kept_body || apr_table_get(r->headers_in, "Transfer-Encoding")) {
        return 1;
    }
    cl = apr_table_get(r->headers_in, "Content-Length");
    return cl && ap_parse_strict_length(&length, cl) && length > 0;
}
