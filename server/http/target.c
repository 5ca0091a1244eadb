/* SPDX-License-Identifier: Apache-2.0 */
/* target.c -- the request target, taken apart (RFC 9112 section 3.2).
 *
 * Nearly all targets are a path and perhaps a query; those are split here,
 * in the caller's memory.  Anything with a scheme or an authority goes
 * through APR's URI parser.  Which form is allowed with which method is
 * request_line.c's business.
 */
#include "http_protocol.h"

#include "http/http.h"

/* path [ "?" query ] [ "#" fragment ], in place */
static void split_path(apr_uri_t *u, char *path, apr_size_t len)
{
    char *mark = memchr(path, '#', len);

    if (mark) {
        *mark = '\0';
        u->fragment = mark + 1;
        len = mark - path;
    }
    mark = memchr(path, '?', len);
    if (mark) {
        *mark = '\0';
        u->query = mark + 1;
    }
    u->path = path;
    u->is_initialized = 1;
}

static apr_status_t parse_other(request_rec *r, const char *target)
{
    apr_uri_t *u = &r->parsed_uri;
    apr_status_t rv;

    if (r->method_number == M_CONNECT) {
        rv = apr_uri_parse_hostinfo(r->pool, target, u);
        u->path = NULL;
    }
    else {
        rv = apr_uri_parse(r->pool, target, u);
    }
    if (rv == APR_SUCCESS && u->port_str && *u->port_str
        && apr_atoi64(u->port_str) > 65535) {
        rv = APR_EGENERAL;
    }
    return rv;
}

/* RFC 9112 section 3.2.4: OPTIONS of a host alone is about the server. */
static const char *no_path(const request_rec *r)
{
    return r->method_number == M_OPTIONS && !r->parsed_uri.query ? "*" : "/";
}

int cl_http_parse_target(request_rec *r, const char *target,
                         apr_size_t target_len, char *room)
{
    char *work = room + target_len + 1;

    memcpy(room, target, target_len);
    room[target_len] = '\0';
    r->unparsed_uri = room;
    memset(&r->parsed_uri, 0, sizeof r->parsed_uri);

    if (*room == '/' || (*room == '*' && target_len == 1)) {
        memcpy(work, room, target_len + 1);
        split_path(&r->parsed_uri, work, target_len);
    }
    else if (parse_other(r, room) != APR_SUCCESS) {
        r->args = NULL;
        r->hostname = NULL;
        r->uri = memcpy(work, room, target_len + 1);
        return HTTP_BAD_REQUEST;
    }
    r->args = r->parsed_uri.query;
    if (r->parsed_uri.hostname) {       /* a subrequest keeps its parent's */
        r->hostname = r->parsed_uri.hostname;
    }
    r->uri = r->parsed_uri.path ? r->parsed_uri.path
                                : apr_pstrmemdup(r->pool, no_path(r), 1);
    return OK;
}

AP_DECLARE(void) ap_parse_uri(request_rec *r, const char *uri)
{
    apr_size_t len = strlen(uri);
    int status = cl_http_parse_target(r, uri, len,
                                      apr_palloc(r->pool, 2 * (len + 2)));

    if (status != OK) {
        r->status = status;
    }
}
