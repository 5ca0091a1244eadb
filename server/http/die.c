/* SPDX-License-Identifier: Apache-2.0 */
/* die.c -- from a status code to a response: nothing to do, an ErrorDocument
 * elsewhere, or a page made here.
 *
 * An error while an ErrorDocument is being made must not look for another
 * one: then the client gets the first error's page, with a word on the second.
 */
#include "http/http.h"

#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"

#include <stdlib.h>

APLOG_USE_MODULE(http);

/* The first request of a chain of redirects that failed, if any before r. */
static request_rec *first_failure(request_rec *r)
{
    request_rec *found = NULL;

    for (request_rec *at = r->prev; at; at = at->prev) {
        if (at->status != HTTP_OK) {
            found = at;
        }
    }
    return found;
}

/* A filter failed.  When it has begun or replaced the response, all is said;
 * when nothing has left yet, say that something went wrong. */
static bool filter_left_nothing(const request_rec *r)
{
    return !r->connection->aborted && cl_http_awaits_header(r);
}

/* A code counts when it is in our table, or when its module has said what the
 * status line is to be. */
static bool is_status(int type, const request_rec *r)
{
    return cl_http_status_of_index(ap_index_of_response(type)) == type
           || (ap_is_HTTP_VALID_RESPONSE(type) && r->status_line
               && atoi(r->status_line) == type);
}

/* 500 in place of a number that is no status. */
static int checked_status(int type, request_rec *r)
{
    if (is_status(type, r)) {
        return type;
    }
    if (type != AP_FILTER_ERROR) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01579)
                      "could not answer \"%s\" with %d, as its handler "
                      "\"%s\" wants: this is no HTTP status", r->uri, type,
                      r->handler ? r->handler : "");
    }
    return HTTP_INTERNAL_SERVER_ERROR;
}

/* Variables for the ErrorDocument; the redirect puts REDIRECT_ in front. */
static void tell_document(request_rec *r)
{
    const char *notes = apr_table_get(r->notes, "error-notes");

    apr_table_setn(r->subprocess_env, "REQUEST_METHOD", r->method);
    if (notes) {
        apr_table_setn(r->subprocess_env, "ERROR_NOTES", notes);
    }
}

/* The document is fetched with GET, whatever was asked for: its author must
 * not care.  HEAD stays what it is in effect, through header_only. */
static void redirect_to_document(request_rec *r, const char *path)
{
    const char *method = r->method;
    int number = r->method_number;

    tell_document(r);
    r->no_local_copy = 1;       /* the document's age answers no condition */
    r->method = "GET";
    r->method_number = M_GET;
    ap_internal_redirect(path, r);
    r->method = method;                 /* for the log */
    r->method_number = number;
}

/* Use the custom response, if it is elsewhere.  False: make the page here. */
static bool use_document(request_rec *r, const char *document)
{
    if (!document || *document == '"') {
        return false;
    }
    if (*document == '/') {
        redirect_to_document(r, document);
        return true;
    }
    if (ap_is_url(document) && r->status != HTTP_UNAUTHORIZED) {
        r->status = HTTP_MOVED_TEMPORARILY;
        apr_table_setn(r->headers_out, "Location", document);
    }
    return false;
}

/* Unread content would be taken for the next request. */
static void settle_connection(request_rec *r)
{
    if (ap_status_drops_connection(r->status)) {
        r->connection->keepalive = AP_CONN_CLOSE;
    }
    else if (r->status != HTTP_NOT_MODIFIED
             && r->connection->keepalive != AP_CONN_CLOSE
             && ap_discard_request_body(r) != OK) {
        r->connection->keepalive = AP_CONN_CLOSE;
    }
}

AP_DECLARE(void) ap_die(int type, request_rec *r)
{
    request_rec *first = first_failure(r);
    int recursive = 0;

    if (type == OK || type == DONE) {
        ap_finalize_request_protocol(r);
        return;
    }
    if (type == AP_FILTER_ERROR && !filter_left_nothing(r)) {
        return;
    }
    type = checked_status(type, r);
    if (first && first->status != type) {
        recursive = type;
        type = first->status;
    }
    r->status = type;
    settle_connection(r);
    if (!first && use_document(r, ap_response_code_string(r,
                                  ap_index_of_response(type)))) {
        return;
    }
    ap_send_error_response(r, recursive);
}
