/* SPDX-License-Identifier: Apache-2.0 */
/* variables.c -- %{NAME}: one reader for each, found by name when parsing.
 *
 * Names are case-insensitive.  A value that is not known yet in this phase of
 * the request is the empty string.
 */
#include "expr/expr.h"

#include <string.h>

#include "ap_mmn.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_ssl.h"
#include "httpd.h"
#include "util_time.h"

typedef const char *conn_reader(conn_rec *c, apr_pool_t *p);
typedef const char *request_reader(request_rec *r);

/* ---- of the connection */

static const char *read_https(conn_rec *c, apr_pool_t *)
{
    return ap_ssl_conn_is_ssl(c) ? "on" : "off";
}

static const char *read_ipv6(conn_rec *c, apr_pool_t *)
{
    const apr_sockaddr_t *addr = c->client_addr;

    return addr->family == APR_INET6
        && !IN6_IS_ADDR_V4MAPPED((struct in6_addr *)addr->ipaddr_ptr)
        ? "on" : "off";
}

static const char *read_conn_log_id(conn_rec *c, apr_pool_t *)
{
    return c->log_id;
}

static const char *read_conn_remote_addr(conn_rec *c, apr_pool_t *)
{
    return c->client_ip;
}

static const char *read_http2(conn_rec *c, apr_pool_t *)
{
    const char *protocol = ap_get_protocol(c);

    return protocol != NULL && strncmp(protocol, "h2", 2) == 0 ? "on" : "off";
}

/* ---- of the request */

#define READER(name, expression) \
    static const char *name(request_rec *r) \
    { \
        return expression; \
    }

READER(read_method, r->method)
READER(read_scheme, ap_http_scheme(r))
READER(read_uri, r->uri)
READER(read_filename, r->filename != NULL ? r->filename : r->uri)
READER(read_remote_host,
       ap_get_useragent_host(r, REMOTE_NAME, NULL))
READER(read_remote_ident, ap_get_remote_logname(r))
READER(read_user, r->user)
READER(read_server_admin, r->server->server_admin)
READER(read_server_name, ap_get_server_name_for_url(r))
READER(read_server_port, apr_psprintf(r->pool, "%u", ap_get_server_port(r)))
READER(read_protocol, r->protocol)
READER(read_path_info, r->path_info)
READER(read_query, r->args)
READER(read_is_subreq, r->main != NULL ? "true" : "false")
READER(read_document_root, ap_document_root(r))
READER(read_auth_type, r->ap_auth_type)
READER(read_the_request, r->the_request)
READER(read_content_type, r->content_type)
READER(read_handler, r->handler)
READER(read_log_id, r->log_id)
READER(read_context_prefix, ap_context_prefix(r))
READER(read_context_root, ap_context_document_root(r))
READER(read_status, r->status ? apr_itoa(r->pool, r->status) : "")
READER(read_remote_addr, r->useragent_ip)
READER(read_remote_port, apr_itoa(r->pool, r->useragent_addr->port))

static const char *read_script_user(request_rec *r)
{
    char *name = NULL;

    if (r->finfo.valid & APR_FINFO_USER) {
        apr_uid_name_get(&name, r->finfo.user, r->pool);
    }
    return name;
}

static const char *read_script_group(request_rec *r)
{
    char *name = NULL;

    if (r->finfo.valid & APR_FINFO_GROUP) {
        apr_gid_name_get(&name, r->finfo.group, r->pool);
    }
    return name;
}

static const char *format_time(apr_pool_t *p, apr_time_t when)
{
    apr_time_exp_t t;

    ap_explode_recent_localtime(&t, when);
    return apr_psprintf(p, "%04d%02d%02d%02d%02d%02d", t.tm_year + 1900,
                        t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
                        t.tm_sec);
}

static const char *read_last_modified(request_rec *r)
{
    return r->finfo.filetype != APR_NOFILE ? format_time(r->pool,
                                                         r->finfo.mtime)
                                           : NULL;
}

/* ---- tables */

static const struct { const char *name; conn_reader *read; } of_conn[] = {
    { "HTTPS", read_https },
    { "IPV6", read_ipv6 },
    { "CONN_LOG_ID", read_conn_log_id },
    { "CONN_REMOTE_ADDR", read_conn_remote_addr },
    { "HTTP2", read_http2 },
};

static const struct { const char *name; request_reader *read; }
of_request[] = {
    { "REQUEST_METHOD", read_method },
    { "REQUEST_SCHEME", read_scheme },
    { "REQUEST_URI", read_uri },
    { "DOCUMENT_URI", read_uri },
    { "REQUEST_FILENAME", read_filename },
    { "SCRIPT_FILENAME", read_filename },
    { "LAST_MODIFIED", read_last_modified },
    { "SCRIPT_USER", read_script_user },
    { "SCRIPT_GROUP", read_script_group },
    { "REMOTE_HOST", read_remote_host },
    { "REMOTE_IDENT", read_remote_ident },
    { "REMOTE_USER", read_user },
    { "SERVER_ADMIN", read_server_admin },
    { "SERVER_NAME", read_server_name },
    { "SERVER_PORT", read_server_port },
    { "SERVER_PROTOCOL", read_protocol },
    { "PATH_INFO", read_path_info },
    { "QUERY_STRING", read_query },
    { "IS_SUBREQ", read_is_subreq },
    { "DOCUMENT_ROOT", read_document_root },
    { "AUTH_TYPE", read_auth_type },
    { "THE_REQUEST", read_the_request },
    { "CONTENT_TYPE", read_content_type },
    { "HANDLER", read_handler },
    { "REQUEST_LOG_ID", read_log_id },
    { "CONTEXT_PREFIX", read_context_prefix },
    { "CONTEXT_DOCUMENT_ROOT", read_context_root },
    { "REQUEST_STATUS", read_status },
    { "REMOTE_ADDR", read_remote_addr },
    { "REMOTE_PORT", read_remote_port },
};

static const struct { const char *name; const char *field; } of_header[] = {
    { "HTTP_USER_AGENT", "User-Agent" },
    { "HTTP_PROXY_CONNECTION", "Proxy-Connection" },
    { "HTTP_REFERER", "Referer" },
    { "HTTP_COOKIE", "Cookie" },
    { "HTTP_FORWARDED", "Forwarded" },
    { "HTTP_HOST", "Host" },
    { "HTTP_ACCEPT", "Accept" },
};

/* The parts of the local time, by the format of their value. */
static const char *const of_time[] = {
    "TIME_YEAR", "TIME_MON", "TIME_DAY", "TIME_HOUR", "TIME_MIN", "TIME_SEC",
    "TIME_WDAY", "TIME",
};

/* ---- callbacks: data points at the row */

static const char *conn_variable(ap_expr_eval_ctx_t *ctx, const void *data)
{
    conn_reader *const *read = data;

    return ctx->c != NULL ? (*read)(ctx->c, ctx->p) : NULL;
}

static const char *request_variable(ap_expr_eval_ctx_t *ctx, const void *data)
{
    request_reader *const *read = data;

    return ctx->r != NULL ? (*read)(ctx->r) : NULL;
}

static const char *header_variable(ap_expr_eval_ctx_t *ctx, const void *data)
{
    const char *field = data;

    if (ctx->r == NULL) {
        return NULL;
    }
    cl_expr_note_vary(ctx, field);
    return apr_table_get(ctx->r->headers_in, field);
}

static const char *time_variable(ap_expr_eval_ctx_t *ctx, const void *data)
{
    apr_time_t now = apr_time_now();
    apr_time_exp_t t;
    const char *const *row = data;

    ap_explode_recent_localtime(&t, now);
    switch (row - of_time) {
    case 0:
        return apr_psprintf(ctx->p, "%04d", t.tm_year + 1900);
    case 1:
        return apr_psprintf(ctx->p, "%02d", t.tm_mon + 1);
    case 2:
        return apr_psprintf(ctx->p, "%02d", t.tm_mday);
    case 3:
        return apr_psprintf(ctx->p, "%02d", t.tm_hour);
    case 4:
        return apr_psprintf(ctx->p, "%02d", t.tm_min);
    case 5:
        return apr_psprintf(ctx->p, "%02d", t.tm_sec);
    case 6:
        return apr_psprintf(ctx->p, "%d", t.tm_wday);
    default:
        return format_time(ctx->p, now);
    }
}

static const char *server_software(ap_expr_eval_ctx_t *, const void *)
{
    return ap_get_server_banner();
}

static const char *api_version(ap_expr_eval_ctx_t *ctx, const void *)
{
    return apr_itoa(ctx->p, MODULE_MAGIC_NUMBER_MAJOR);
}

static bool found(ap_expr_lookup_parms *parms, ap_expr_var_func_t *function,
                  const void *data)
{
    *parms->func = function;
    *parms->data = data;
    return true;
}

#define COUNT(table) (sizeof table / sizeof *table)

bool cl_expr_find_variable(ap_expr_lookup_parms *parms)
{
    const char *name = parms->name;

    for (size_t i = 0; i < COUNT(of_request); i++) {
        if (ap_cstr_casecmp(name, of_request[i].name) == 0) {
            return found(parms, request_variable, &of_request[i].read);
        }
    }
    for (size_t i = 0; i < COUNT(of_conn); i++) {
        if (ap_cstr_casecmp(name, of_conn[i].name) == 0) {
            return found(parms, conn_variable, &of_conn[i].read);
        }
    }
    for (size_t i = 0; i < COUNT(of_header); i++) {
        if (ap_cstr_casecmp(name, of_header[i].name) == 0) {
            return found(parms, header_variable, of_header[i].field);
        }
    }
    for (size_t i = 0; i < COUNT(of_time); i++) {
        if (ap_cstr_casecmp(name, of_time[i]) == 0) {
            return found(parms, time_variable, &of_time[i]);
        }
    }
    if (ap_cstr_casecmp(name, "SERVER_SOFTWARE") == 0) {
        return found(parms, server_software, NULL);
    }
    if (ap_cstr_casecmp(name, "API_VERSION") == 0) {
        return found(parms, api_version, NULL);
    }
    return false;
}
