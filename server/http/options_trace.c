/* SPDX-License-Identifier: Apache-2.0 */
/* options_trace.c -- the methods that ask about the server or the way to it,
 * and the Allow field.
 */
#include "http/http.h"

#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"

#include <stdarg.h>

APLOG_USE_MODULE(http);

/* ---- Allow ---- */

/* Well-known methods in the order in which Allow names them. */
static const struct {
    int number;
    const char *name;
} known[] = {
    { M_OPTIONS, "OPTIONS" }, { M_GET, "HEAD" }, { M_GET, "GET" },
    { M_POST, "POST" }, { M_PUT, "PUT" }, { M_DELETE, "DELETE" },
    { M_PATCH, "PATCH" }, { M_CONNECT, "CONNECT" },
    { M_PROPFIND, "PROPFIND" }, { M_PROPPATCH, "PROPPATCH" },
    { M_MKCOL, "MKCOL" }, { M_COPY, "COPY" }, { M_MOVE, "MOVE" },
    { M_LOCK, "LOCK" }, { M_UNLOCK, "UNLOCK" },
    { M_VERSION_CONTROL, "VERSION-CONTROL" }, { M_CHECKOUT, "CHECKOUT" },
    { M_UNCHECKOUT, "UNCHECKOUT" }, { M_CHECKIN, "CHECKIN" },
    { M_UPDATE, "UPDATE" }, { M_LABEL, "LABEL" }, { M_REPORT, "REPORT" },
    { M_MKWORKSPACE, "MKWORKSPACE" }, { M_MKACTIVITY, "MKACTIVITY" },
    { M_BASELINE_CONTROL, "BASELINE-CONTROL" }, { M_MERGE, "MERGE" },
};

static bool is_known(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void add_unique(apr_array_header_t *names, const char *name)
{
    if (!ap_array_str_contains(names, name)) {
        APR_ARRAY_PUSH(names, const char *) = name;
    }
}

/* Methods that a module registered; they have numbers above the known. */
static void add_registered(apr_array_header_t *names, request_rec *r,
                           apr_int64_t mask)
{
    for (int i = M_INVALID + 1; i < METHODS; i++) {
        if ((apr_uint64_t)mask >> i & 1) {
            const char *name = ap_method_name_of(r->pool, i);

            if (name) {
                add_unique(names, name);
            }
        }
    }
}

static void add_listed(apr_array_header_t *names,
                       const apr_array_header_t *list)
{
    for (int i = 0; list && i < list->nelts; i++) {
        const char *name = APR_ARRAY_IDX(list, i, const char *);

        if (!is_known(name) && strcmp(name, "TRACE") != 0) {
            add_unique(names, name);
        }
    }
}

static int trace_setting(const request_rec *r)
{
    const core_server_config *conf =
        ap_get_core_module_config(r->server->module_config);

    return conf->trace_enable == AP_TRACE_UNSET ? AP_TRACE_ENABLE
                                                : conf->trace_enable;
}

const char *cl_http_allowed_methods(request_rec *r)
{
    apr_int64_t mask = r->allowed | r->allowed_methods->method_mask;
    apr_array_header_t *names = apr_array_make(r->pool, 10,
                                               sizeof(const char *));

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (mask & (AP_METHOD_BIT << known[i].number)) {
            APR_ARRAY_PUSH(names, const char *) = known[i].name;
        }
    }
    if (trace_setting(r) != AP_TRACE_DISABLE) {
        APR_ARRAY_PUSH(names, const char *) = "TRACE";
    }
    add_registered(names, r, mask);
    add_listed(names, r->allowed_methods->method_list);
    return apr_array_pstrcat(r->pool, names, ',');
}

AP_DECLARE_NONSTD(void) ap_allow_methods(request_rec *r, int reset, ...)
{
    const char *name;
    va_list args;

    if (reset == REPLACE_ALLOW) {
        ap_clear_method_list(r->allowed_methods);
    }
    va_start(args, reset);
    while ((name = va_arg(args, const char *)) != NULL) {
        ap_method_list_add(r->allowed_methods, name);
    }
    va_end(args);
}

AP_DECLARE_NONSTD(void) ap_allow_standard_methods(request_rec *r, int reset,
    ...)
{
    apr_int64_t mask = 0;
    va_list args;
    int number;

    if (reset == REPLACE_ALLOW) {
        ap_clear_method_list(r->allowed_methods);
    }
    va_start(args, reset);
    while ((number = va_arg(args, int)) != -1) {
        mask |= AP_METHOD_BIT << number;
    }
    va_end(args);
    r->allowed_methods->method_mask |= mask;
}

/* ---- OPTIONS ---- */

AP_DECLARE(int) ap_send_http_options(request_rec *r)
{
    if (r->assbackwards) {
        return DECLINED;
    }
    apr_table_setn(r->headers_out, "Allow", cl_http_allowed_methods(r));
    /* RFC 9110 section 9.3.7: no content, said explicitly */
    ap_set_content_length(r, 0);
    return OK;
}

int cl_http_answer_options_star(request_rec *r)
{
    if (r->method_number != M_OPTIONS || !r->uri || strcmp(r->uri, "*") != 0) {
        return DECLINED;
    }
    return DONE;                /* 200 with nothing in it: "I am here" */
}

/* ---- TRACE ---- */

static int refuse_trace(request_rec *r, int status, const char *why)
{
    apr_table_setn(r->notes, "error-notes", why);
    apr_table_setn(r->notes, "verbose-error-to", "*");
    return status;
}

static int print_line(void *rec, const char *name, const char *value)
{
    return ap_rvputs(rec, name, ": ", value, CRLF, NULL) >= 0;
}

enum { MAX_TRACED_BODY = 64 * 1024 };

/* TraceEnable extended: the body is part of the mirror image. */
static int echo_body(request_rec *r)
{
    char buf[AP_IOBUFSIZE];
    apr_off_t total = 0;
    long n;

    while ((n = ap_get_client_block(r, buf, sizeof buf)) > 0) {
        total += n;
        if (total > MAX_TRACED_BODY) {
            return HTTP_REQUEST_ENTITY_TOO_LARGE;
        }
        ap_rwrite(buf, (int)n, r);
    }
    return n < 0 ? HTTP_BAD_REQUEST : OK;
}

AP_DECLARE(int) ap_send_http_trace(request_rec *r)
{
    request_rec *first = r;
    int setting = trace_setting(r);
    int status;

    if (r->method_number != M_TRACE) {
        return DECLINED;
    }
    while (first->prev) {
        first = first->prev;            /* what the client really sent */
    }
    if (setting == AP_TRACE_DISABLE) {
        return refuse_trace(r, HTTP_METHOD_NOT_ALLOWED,
                            "TRACE denied by server configuration");
    }
    status = ap_setup_client_block(r, setting == AP_TRACE_EXTENDED
                                      ? REQUEST_CHUNKED_DECHUNK
                                      : REQUEST_NO_BODY);
    if (status != OK) {
        if (status == HTTP_REQUEST_ENTITY_TOO_LARGE) {
            return refuse_trace(r, status, "TRACE with a request body is not "
                                "allowed");
        }
        return status;
    }
    ap_set_content_type_ex(r, "message/http", 1);
    ap_rvputs(r, first->the_request, CRLF, NULL);
    apr_table_do(print_line, r, first->headers_in, NULL);
    ap_rputs(CRLF, r);
    if (setting == AP_TRACE_EXTENDED && ap_should_client_block(r)) {
        status = echo_body(r);
        if (status != OK) {
            return status;
        }
    }
    return DONE;
}

const char *cl_set_trace_enable(cmd_parms *cmd, void *, const char *arg)
{
    core_server_config *conf =
        ap_get_core_module_config(cmd->server->module_config);

    if (ap_cstr_casecmp(arg, "on") == 0) {
        conf->trace_enable = AP_TRACE_ENABLE;
    }
    else if (ap_cstr_casecmp(arg, "off") == 0) {
        conf->trace_enable = AP_TRACE_DISABLE;
    }
    else if (ap_cstr_casecmp(arg, "extended") == 0) {
        conf->trace_enable = AP_TRACE_EXTENDED;
    }
    else {
        return "TraceEnable needs on, off or extended";
    }
    return NULL;
}
