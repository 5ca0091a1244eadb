/* SPDX-License-Identifier: Apache-2.0 */
/* error_page.c -- what the client reads when something went wrong: the text
 * of ErrorDocument, or a page of our own from a table of sentences.
 *
 * Pages are templates.  %m is the request's method, %l its Location, %a the
 * address of the administrator, %x the Expect field, %v the list of variants
 * that mod_negotiation left; all of them escaped.
 */
#include "http/http.h"

#include "ap_expr.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"

#include <stdlib.h>

APLOG_USE_MODULE(http);

/* ---- the table ---- */

enum notes { NO_NOTES, NOTES };         /* may the note error-notes follow? */

static const struct page {
    int status;
    enum notes notes;
    const char *text;
} pages[] = {
    { HTTP_MULTIPLE_CHOICES, NO_NOTES, "%v" },
    { HTTP_MOVED_PERMANENTLY, NO_NOTES, "<p>The document has moved "
      "<a href=\"%l\">here</a>.</p>\n" },
    { HTTP_MOVED_TEMPORARILY, NO_NOTES, "<p>The document has moved "
      "<a href=\"%l\">here</a>.</p>\n" },
    { HTTP_TEMPORARY_REDIRECT, NO_NOTES, "<p>The document has moved "
      "<a href=\"%l\">here</a>.</p>\n" },
    { HTTP_PERMANENT_REDIRECT, NO_NOTES, "<p>The document has moved "
      "<a href=\"%l\">here</a>.</p>\n" },
    { HTTP_SEE_OTHER, NO_NOTES, "<p>You find the answer to your request "
      "<a href=\"%l\">here</a>.</p>\n" },
    { HTTP_USE_PROXY, NO_NOTES, "<p>Only a proxy can reach this resource:\n"
      "%l<br />\nConfigure your client to use it.</p>\n" },

    { HTTP_BAD_REQUEST, NOTES, "<p>The server could not make sense of what "
      "your browser sent.<br />\n%n</p>\n" },
    { HTTP_UNAUTHORIZED, NO_NOTES, "<p>This document is only for those who "
      "can prove who they are.\nEither the user name or the password was "
      "wrong, or your browser\ncannot supply what this server asks for."
      "</p>\n" },
    { HTTP_PROXY_AUTHENTICATION_REQUIRED, NO_NOTES, "<p>This proxy is only "
      "for those who can prove who they are.\nEither the user name or the "
      "password was wrong, or your browser\ncannot supply what this proxy "
      "asks for.</p>\n" },
    { HTTP_FORBIDDEN, NOTES, "<p>You do not have permission to access this "
      "resource.%n</p>\n" },
    { HTTP_NOT_FOUND, NO_NOTES, "<p>This server has nothing at the "
      "requested URL.</p>\n" },
    { HTTP_METHOD_NOT_ALLOWED, NO_NOTES, "<p>The method %m cannot be used "
      "on this URL.</p>\n" },
    { HTTP_NOT_ACCEPTABLE, NO_NOTES, "<p>None of the representations of "
      "this resource suits your browser.</p>\n%v" },
    { HTTP_REQUEST_TIME_OUT, NO_NOTES, "<p>The request did not arrive in "
      "time.</p>\n" },
    { HTTP_GONE, NO_NOTES, "<p>This resource has gone for good, and there "
      "is no new address.\nPlease remove links that lead here.</p>\n" },
    { HTTP_LENGTH_REQUIRED, NOTES, "<p>A %m request must tell the length of "
      "its content here.<br />\n%n</p>\n" },
    { HTTP_PRECONDITION_FAILED, NO_NOTES, "<p>A condition that the request "
      "made does not hold for this URL.</p>\n" },
    { HTTP_REQUEST_ENTITY_TOO_LARGE, NO_NOTES, "<p>Either a %m request may "
      "not carry content here, or the content is\nlarger than this server "
      "accepts.</p>\n" },
    { HTTP_REQUEST_URI_TOO_LARGE, NOTES, "<p>The requested URL is longer "
      "than this server accepts.<br />\n%n</p>\n" },
    { HTTP_UNSUPPORTED_MEDIA_TYPE, NO_NOTES, "<p>This resource cannot "
      "process content in the format of the request.</p>\n" },
    { HTTP_RANGE_NOT_SATISFIABLE, NO_NOTES, "<p>All of the requested ranges "
      "lie beyond the end of the resource.</p>\n" },
    { HTTP_EXPECTATION_FAILED, NO_NOTES, "<p>The server cannot meet what "
      "the request expects.\nIts field was<pre>\n    Expect: %x\n</pre>\n"
      "</p><p>The only expectation known here is 100-continue.</p>\n" },
    { HTTP_MISDIRECTED_REQUEST, NO_NOTES, "<p>This connection was made for "
      "another host name (SNI) than the request\nasks for. Please use a new "
      "connection.</p>\n" },
    { HTTP_UNPROCESSABLE_ENTITY, NO_NOTES, "<p>The format of the content is "
      "known here, but its instructions\ncould not be carried out.</p>\n" },
    { HTTP_LOCKED, NO_NOTES, "<p>The resource is locked. Release the lock, "
      "or name it in the request,\nand try again.</p>\n" },
    { HTTP_FAILED_DEPENDENCY, NO_NOTES, "<p>Another action, on which this "
      "one depended, failed.</p>\n" },
    { HTTP_UPGRADE_REQUIRED, NO_NOTES, "<p>This resource is served over "
      "TLS only. Use a client that can\nupgrade the connection, or an "
      "https:// address.</p>\n" },
    { HTTP_PRECONDITION_REQUIRED, NO_NOTES, "<p>Requests for this resource "
      "must be conditional.</p>\n" },
    { HTTP_TOO_MANY_REQUESTS, NO_NOTES, "<p>Too many requests came in too "
      "short a time.</p>\n" },
    { HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE, NO_NOTES, "<p>The header fields "
      "of the request are larger than this server accepts.</p>\n" },
    { HTTP_UNAVAILABLE_FOR_LEGAL_REASONS, NOTES, "<p>Legal reasons forbid "
      "access to this URL.<br />\n%n</p>\n" },

    { HTTP_NOT_IMPLEMENTED, NOTES, "<p>This server does not know how to %m "
      "this URL.<br />\n%n</p>\n" },
    { HTTP_BAD_GATEWAY, NOTES, "<p>The server behind this one gave an "
      "answer that makes no sense.<br />\n%n</p>\n" },
    { HTTP_SERVICE_UNAVAILABLE, NO_NOTES, "<p>The server cannot answer right "
      "now: it is overloaded or under\nmaintenance. Please try again "
      "later.</p>\n" },
    { HTTP_GATEWAY_TIME_OUT, NO_NOTES, "<p>The server behind this one did "
      "not answer in time.</p>\n" },
    { HTTP_VARIANT_ALSO_VARIES, NO_NOTES, "<p>A variant of the resource is "
      "itself to be negotiated:\n<pre>\n%v\n</pre>\nThe server is not "
      "configured well.</p>\n" },
    { HTTP_INSUFFICIENT_STORAGE, NO_NOTES, "<p>There is not enough space "
      "left to store what the request asks for.</p>\n" },
    { HTTP_LOOP_DETECTED, NO_NOTES, "<p>The request led back to itself and "
      "was stopped.</p>\n" },
    { HTTP_NOT_EXTENDED, NO_NOTES, "<p>The request lacks an extension "
      "without which this resource\ncannot be served.</p>\n" },
    { HTTP_NETWORK_AUTHENTICATION_REQUIRED, NO_NOTES, "<p>The network asks "
      "you to log in first.</p>\n" },

    /* all others, and the end of the table */
    { 0, NOTES, "<p>Something went wrong inside the server, or it is not "
      "configured well;\nyour request could not be completed.</p>\n<p>Please "
      "tell the administrator at\n %a when this happened\n and what you did "
      "just before.</p>\n%e" },
};

static const struct page *page_for(int status)
{
    const struct page *page = pages;

    while (page->status && page->status != status) {
        page++;
    }
    return page;
}

/* ---- templates ---- */

static const char *escaped(request_rec *r, const char *text)
{
    return text ? ap_escape_html(r->pool, text) : "";
}

/* Explanations are shown where the page has a place for them; they were made
 * by modules, in HTML. */
static const char *notes_of(request_rec *r)
{
    const char *notes = apr_table_get(r->notes, "error-notes");

    return notes ? notes : "";
}

/* The end of the general page: details only for whom they are meant. */
static const char *error_hint(request_rec *r)
{
    const char *to = apr_table_get(r->notes, "verbose-error-to");
    const char *notes = notes_of(r);

    if (*notes && to && strcmp(to, "*") == 0) {
        return notes;
    }
    return "<p>The error log of the server may tell more.</p>\n";
}

static const char *location_of(request_rec *r)
{
    const char *location = apr_table_get(r->headers_out, "Location");

    return location ? location : apr_table_get(r->err_headers_out, "Location");
}

static const char *value_of(request_rec *r, char letter)
{
    const char *variants;

    switch (letter) {
    case 'm': return escaped(r, r->method);
    case 'l': return escaped(r, location_of(r));
    case 'a': return escaped(r, r->server->server_admin
                                ? r->server->server_admin : DEFAULT_ADMIN);
    case 'x': return escaped(r, apr_table_get(r->headers_in, "Expect"));
    case 'v': variants = apr_table_get(r->notes, "variant-list");
              return variants ? variants : "";      /* HTML already */
    case 'n': return notes_of(r);
    case 'e': return error_hint(r);
    default:  return "%";
    }
}

static void print_template(request_rec *r, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "%");

        if (plain) {
            ap_rwrite(text, (int)plain, r);
        }
        text += plain;
        if (!*text) {
            return;
        }
        ap_rputs(value_of(r, text[1]), r);
        text += text[1] ? 2 : 1;
    }
}

static void print_page(request_rec *r, int status, int recursive_error)
{
    const struct page *page = page_for(status);
    const char *line = ap_escape_html(r->pool,
                                      ap_get_status_line_ex(r->pool, status));

    ap_rvputs(r, DOCTYPE_HTML_4_01 "\n<html><head>\n<title>", line,
              "</title>\n</head><body>\n<h1>", line + 4, "</h1>\n", NULL);
    print_template(r, page->text);
    if (page->notes == NO_NOTES && apr_table_get(r->notes, "verbose-error-to")
        && *notes_of(r)) {
        ap_rvputs(r, "<p>", notes_of(r), "</p>\n", NULL);
    }
    if (recursive_error) {
        ap_rvputs(r, "<p>Besides, a ",
                  ap_get_status_line_ex(r->pool, recursive_error),
                  "\nerror came up while an ErrorDocument was used to handle "
                  "the request.</p>\n", NULL);
    }
    ap_rvputs(r, ap_psignature("<hr>\n", r), "</body></html>\n", NULL);
}

AP_DECLARE(const char *) ap_psignature(const char *prefix, request_rec *r)
{
    const core_dir_config *conf =
        ap_get_core_module_config(r->per_dir_config);
    const char *name, *admin = r->server->server_admin;

    if (conf->server_signature != srv_sig_on
        && conf->server_signature != srv_sig_withmail) {
        return "";
    }
    name = escaped(r, ap_get_server_name(r));
    if (conf->server_signature == srv_sig_withmail && admin) {
        name = apr_pstrcat(r->pool, "<a href=\"",
                           ap_is_url(admin) ? "" : "mailto:",
                           escaped(r, admin), "\">", name, "</a>", NULL);
    }
    return apr_psprintf(r->pool, "%s<address>%s Server at %s Port %u"
                        "</address>\n", prefix, ap_get_server_banner(), name,
                        (unsigned)ap_get_server_port(r));
}

/* ---- ErrorDocument ---- */

/* In response_code_exprs: "back to the page of the server". */
static ap_expr_info_t no_document;

static const char *document_from_config(request_rec *r, int error_index)
{
    const core_dir_config *conf =
        ap_get_core_module_config(r->per_dir_config);
    int status = cl_http_status_of_index(error_index);
    ap_expr_info_t *expr = NULL;
    const char *err = NULL, *text;

    if (conf->response_code_exprs) {
        expr = apr_hash_get(conf->response_code_exprs, &status,
                            sizeof status);
    }
    if (!expr) {
        return conf->response_code_strings
               ? conf->response_code_strings[error_index] : NULL;
    }
    if (expr == &no_document) {
        return NULL;
    }
    text = ap_expr_str_exec(r, expr, &err);
    if (err) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50457)
                      "could not evaluate the ErrorDocument for status %d: "
                      "%s", status, err);
        return NULL;
    }
    return text;
}

AP_DECLARE(char *) ap_response_code_string(request_rec *r, int error_index)
{
    const core_request_config *mine =
        ap_get_core_module_config(r->request_config);

    if (mine && mine->response_code_strings
        && mine->response_code_strings[error_index]) {
        return mine->response_code_strings[error_index];
    }
    return (char *)document_from_config(r, error_index);
}

AP_DECLARE(void) ap_custom_response(request_rec *r, int status,
    const char *string)
{
    core_request_config *mine = ap_get_core_module_config(r->request_config);
    bool is_place = ap_is_url(string) || *string == '/';

    if (!mine->response_code_strings) {
        mine->response_code_strings =
            apr_pcalloc(r->pool, sizeof(char *) * RESPONSE_CODES);
    }
    /* a text is marked by the quote in front of it */
    mine->response_code_strings[ap_index_of_response(status)] =
        apr_pstrcat(r->pool, is_place || *string == '"' ? "" : "\"", string,
                    NULL);
}

const char *cl_set_error_document(cmd_parms *cmd, void *dir,
                                  const char *code, const char *document)
{
    core_dir_config *conf = dir;
    bool is_place = ap_is_url(document) || *document == '/';
    int *status = apr_palloc(cmd->pool, sizeof *status);
    ap_expr_info_t *expr = &no_document;

    *status = atoi(code);
    if (ap_index_of_response(*status) == ap_index_of_response(0)
        && *status != HTTP_INTERNAL_SERVER_ERROR) {
        return apr_psprintf(cmd->pool, "ErrorDocument needs an HTTP status "
                            "code, not \"%s\"; example: ErrorDocument 404 "
                            "/notfound.html", code);
    }
    if (*status == HTTP_UNAUTHORIZED && ap_is_url(document)) {
        /* a client that is sent away never sees the challenge */
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, cmd->server, APLOGNO(00113)
                     "%s:%u: ErrorDocument 401 with the URL \"%s\" is not "
                     "used: it would hide the question for a password; use a "
                     "local path", cmd->directive->filename,
                     cmd->directive->line_num, document);
        return NULL;
    }
    if (ap_cstr_casecmp(document, "default") != 0) {
        const char *err = NULL;
        const char *text = is_place || *document == '"'
            ? document : apr_pstrcat(cmd->pool, "\"", document, NULL);

        expr = ap_expr_parse_cmd(cmd, text, AP_EXPR_FLAG_STRING_RESULT, &err,
                                 NULL);
        if (err) {
            return apr_psprintf(cmd->pool, "ErrorDocument %s: could not "
                                "parse \"%s\": %s", code, document, err);
        }
    }
    if (!conf->response_code_exprs) {
        conf->response_code_exprs = apr_hash_make(cmd->pool);
    }
    apr_hash_set(conf->response_code_exprs, status, sizeof *status, expr);
    return NULL;
}

const char *cl_set_server_signature(cmd_parms *, void *dir, const char *arg)
{
    core_dir_config *conf = dir;

    if (ap_cstr_casecmp(arg, "On") == 0) {
        conf->server_signature = srv_sig_on;
    }
    else if (ap_cstr_casecmp(arg, "Off") == 0) {
        conf->server_signature = srv_sig_off;
    }
    else if (ap_cstr_casecmp(arg, "EMail") == 0) {
        conf->server_signature = srv_sig_withmail;
    }
    else {
        return "ServerSignature needs On, Off or EMail";
    }
    return NULL;
}

/* ---- sending ---- */

static void run_error_filters(request_rec *r)
{
    /* content filters were made for another content */
    r->output_filters = r->proto_output_filters;
    ap_run_insert_error_filter(r);
}

/* Forget what was said about the content that will not come. */
static void reset_fields(request_rec *r)
{
    const char *location = location_of(r);

    r->content_languages = NULL;
    r->content_encoding = NULL;
    r->clength = 0;
    r->chunked = 0;
    apr_table_clear(r->headers_out);
    if (location && (ap_is_HTTP_REDIRECT(r->status)
                     || r->status == HTTP_CREATED)) {
        apr_table_unset(r->err_headers_out, "Location");
        apr_table_setn(r->headers_out, "Location", location);
    }
    if (r->status == HTTP_METHOD_NOT_ALLOWED
        || r->status == HTTP_NOT_IMPLEMENTED) {
        apr_table_setn(r->headers_out, "Allow", cl_http_allowed_methods(r));
    }
}

static void set_type(request_rec *r)
{
    core_request_config *mine = ap_get_core_module_config(r->request_config);

    /* clients that would carry our charset over to the redirect's target */
    if (apr_table_get(r->subprocess_env, "suppress-error-charset")) {
        mine->suppress_charset = 1;
        ap_set_content_type_ex(r, "text/html", 1);
    }
    else {
        ap_set_content_type_ex(r, "text/html; charset=iso-8859-1", 1);
    }
}

AP_DECLARE(void) ap_send_error_response(request_rec *r, int recursive_error)
{
    int status = r->status;
    const char *document =
        ap_response_code_string(r, ap_index_of_response(status));

    r->eos_sent = 0;
    run_error_filters(r);
    if (AP_STATUS_IS_HEADER_ONLY(status)) {
        ap_finalize_request_protocol(r);
        return;
    }
    if (!r->assbackwards) {
        reset_fields(r);
        set_type(r);
    }
    if (!r->header_only) {
        if (document && *document == '"') {
            ap_rputs(document + 1, r);
        }
        else {
            print_page(r, status, recursive_error);
        }
    }
    ap_finalize_request_protocol(r);
}
