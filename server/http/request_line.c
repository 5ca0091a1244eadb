/* SPDX-License-Identifier: Apache-2.0 */
/* request_line.c -- method SP target SP version (RFC 9112 section 3).
 *
 * Two steps: scanning knows bytes and offsets only; applying fills the
 * request, checks it against HttpProtocolOptions and logs what is wrong.
 * Both ways of reading (read.c) and ap_parse_request_line() share them.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"
#include "http/octets.h"

APLOG_USE_MODULE(core);

enum { VERSION_LEN = 8 };               /* HTTP/1.1 */

enum cl_strictness cl_http_strictness(const server_rec *s)
{
    const core_server_config *conf
        = ap_get_core_module_config(s->module_config);

    return conf && conf->http_conformance == AP_HTTP_CONFORMANCE_UNSAFE
               ? CL_UNSAFE : CL_STRICT;
}

static void note_fault(struct cl_request_line *line, enum cl_line_fault fault)
{
    if (line->fault == CL_LINE_OK) {
        line->fault = fault;
    }
}

/* The rest of a word whose first bytes, up to p, are as they should be. */
static const char *end_word(const char *p, const char *end,
                            struct cl_request_line *line,
                            enum cl_line_fault fault)
{
    if (p < end && !cl_octet_is(*p, CL_OCTET_BLANK)) {
        note_fault(line, fault);
        while (p < end && !cl_octet_is(*p, CL_OCTET_BLANK)) {
            p++;
        }
    }
    return p;
}

/* The space between words: one SP; the unsafe reader takes several. */
static const char *scan_gap(const char *p, const char *end,
                            enum cl_strictness how,
                            struct cl_request_line *line)
{
    const char *start = p;

    for (; p < end && cl_octet_is(*p, CL_OCTET_BLANK); p++) {
        if (*p != ' ') {
            note_fault(line, CL_LINE_LEADING_SPACE);
        }
    }
    if (how == CL_STRICT && (p - start > 1 || (p > start && p == end))) {
        note_fault(line, CL_LINE_EXTRA_SPACE);
    }
    return p;
}

static int scan_version(const char *p, apr_size_t len, enum cl_strictness how)
{
    if (len == 0) {
        return HTTP_VERSION(0, 9);
    }
    if (len != VERSION_LEN || p[6] != '.' || p[5] < '1' || p[5] > '9'
        || p[7] < '0' || p[7] > '9') {
        return 0;
    }
    if (memcmp(p, "HTTP/", 5) != 0
        && (how == CL_STRICT || strncasecmp(p, "HTTP/", 5) != 0)) {
        return 0;
    }
    return HTTP_VERSION(p[5] - '0', p[7] - '0');
}

static struct cl_span span_of(const char *base, const char *from,
                              const char *to)
{
    return (struct cl_span){ (uint32_t)(from - base), (uint32_t)(to - from) };
}

void cl_http_scan_request_line(const char *p, const char *end,
                               enum cl_strictness how,
                               struct cl_request_line *line)
{
    const char *base = p, *start;

    *line = (struct cl_request_line){ 0 };
    while (p < end && cl_octet_is(*p, CL_OCTET_BLANK)) {
        note_fault(line, CL_LINE_LEADING_SPACE);
        p++;
    }
    start = p;
    p = how == CL_STRICT ? cl_http_skip_token(p, end)
                         : cl_http_skip_visible(p, end);
    p = end_word(p, end, line, CL_LINE_BAD_METHOD);
    line->method = span_of(base, start, p);
    if (p == start) {
        note_fault(line, CL_LINE_BAD_METHOD);
    }
    start = p = scan_gap(p, end, how, line);
    p = end_word(cl_http_skip_visible(p, end), end, line,
                 CL_LINE_BAD_TARGET);
    line->target = span_of(base, start, p);
    if (p == start) {
        note_fault(line, CL_LINE_NO_TARGET);
    }
    start = p = scan_gap(p, end, how, line);
    while (p < end && !cl_octet_is(*p, CL_OCTET_BLANK)) {
        p++;
    }
    line->version = span_of(base, start, p);
    line->proto_num = scan_version(start, line->version.len, how);
    p = scan_gap(p, end, how, line);
    if (p < end) {
        note_fault(line, CL_LINE_EXTRA_WORD);
    }
    if (line->proto_num == 0) {
        note_fault(line, CL_LINE_BAD_VERSION);
    }
}

/* What to log about each fault, with httpd's numbers. */
static const char *const fault_text[] = {
    [CL_LINE_LEADING_SPACE] = APLOGNO(03447)
        "request line \"%s\" has white space that is not the one SP between "
        "two words",
    [CL_LINE_BAD_METHOD] = APLOGNO(03445)
        "request line \"%s\" does not begin with a method of token "
        "characters",
    [CL_LINE_NO_TARGET] = APLOGNO(03454)
        "request line \"%s\" has no target",
    [CL_LINE_BAD_TARGET] = APLOGNO(03454)
        "request line \"%s\" has control characters in its target",
    [CL_LINE_EXTRA_SPACE] = APLOGNO(03448)
        "request line \"%s\" has more than one SP between words; "
        "HttpProtocolOptions Unsafe would accept it",
    [CL_LINE_EXTRA_WORD] = APLOGNO(03449)
        "request line \"%s\" has more than three words",
    [CL_LINE_BAD_VERSION] = APLOGNO(02418)
        "request line \"%s\" does not end in a version such as HTTP/1.1"
};

static void log_line(request_rec *r, const char *text)
{
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, text,
                  ap_escape_logitem(r->pool, r->the_request));
}

static char http11[] = "HTTP/1.1", http10[] = "HTTP/1.0",
            http09[] = "HTTP/0.9";

static void set_protocol(request_rec *r, const char *word,
                         const struct cl_request_line *line)
{
    r->proto_num = line->proto_num;
    r->assbackwards = line->proto_num == HTTP_VERSION(0, 9);
    switch (line->proto_num) {
    case HTTP_VERSION(1, 1):
        r->protocol = http11;
        break;
    case HTTP_VERSION(0, 9):
        r->protocol = http09;
        break;
    case HTTP_VERSION(1, 0):
        r->protocol = http10;
        break;
    case 0:                             /* not a version: refused later */
        r->proto_num = HTTP_VERSION(1, 0);
        r->protocol = http10;
        break;
    default:
        r->protocol = apr_pstrmemdup(r->pool, word, line->version.len);
        ap_str_toupper(r->protocol);
    }
}

/* What is refused need not be HTTP/0.9; a status line tells more. */
static void answer_with_status_line(request_rec *r)
{
    r->assbackwards = 0;
    r->proto_num = HTTP_VERSION(1, 0);
    r->protocol = http10;
}

/* A request of one word and a target, as before HTTP/1.0. */
static int check_simple_request(request_rec *r, enum cl_strictness how,
                                const core_server_config *conf)
{
    if (conf->http09_enable == AP_HTTP09_DISABLE) {
        log_line(r, APLOGNO(02401) "request line \"%s\" has no version; "
                 "HttpProtocolOptions Require1.0 refuses it");
    }
    else if (how == CL_STRICT
             && (r->method_number != M_GET || r->header_only)) {
        log_line(r, APLOGNO(03444) "request line \"%s\" has no version, "
                 "and HTTP/0.9 knows GET only");
    }
    else {
        return OK;
    }
    return HTTP_BAD_REQUEST;
}

/* RFC 9110 section 7.4: no other scheme names something of ours. */
static bool is_web_scheme(const char *scheme)
{
    return ap_cstr_casecmp(scheme, "http") == 0
           || ap_cstr_casecmp(scheme, "https") == 0;
}

/* Which of the four forms of RFC 9112 section 3.2 may come with which
 * method, and what no http URI may have. */
static int check_target(request_rec *r, enum cl_strictness how)
{
    const apr_uri_t *u = &r->parsed_uri;
    bool authority = r->method_number == M_CONNECT;
    bool asterisk = r->method_number == M_OPTIONS && r->unparsed_uri[0] == '*'
                    && !r->unparsed_uri[1];

    bool path_or_url = r->unparsed_uri[0] == '/' || u->scheme;

    if (authority ? !u->hostname || !*u->hostname || !u->port_str
                  : !path_or_url && !asterisk) {
        log_line(r, APLOGNO(03450) "request line \"%s\" has no target in a "
                 "form that its method allows");
        return HTTP_BAD_REQUEST;
    }
    if (u->scheme && !is_web_scheme(u->scheme)) {
        log_line(r, APLOGNO(50495) "request line \"%s\" asks for another "
                 "scheme than http and https");
        return HTTP_BAD_REQUEST;
    }
    if (u->scheme && (!u->hostname || !*u->hostname)) {
        log_line(r, APLOGNO(50351) "request line \"%s\" names a scheme but "
                 "no host");
        return HTTP_BAD_REQUEST;
    }
    if (how == CL_STRICT && u->fragment) {
        log_line(r, APLOGNO(02421) "request line \"%s\" has a fragment in "
                 "its target");
        return HTTP_BAD_REQUEST;
    }
    if (how == CL_STRICT && (u->user || u->password)) {
        log_line(r, APLOGNO(02422) "request line \"%s\" has a user name or "
                 "password in its target");
        return HTTP_BAD_REQUEST;
    }
    return OK;
}

static int check_request_line(request_rec *r, int target_status,
                              const struct cl_request_line *line)
{
    enum cl_strictness how = cl_http_strictness(r->server);
    const core_server_config *conf
        = ap_get_core_module_config(r->server->module_config);
    int status;

    if (line->fault != CL_LINE_OK) {
        log_line(r, fault_text[line->fault]);
        return HTTP_BAD_REQUEST;
    }
    if (conf->http_methods == AP_HTTP_METHODS_REGISTERED
        && r->method_number == M_INVALID) {
        log_line(r, APLOGNO(02423) "request line \"%s\" has a method that is "
                 "not registered; RegisterHttpMethod could do that");
        return HTTP_NOT_IMPLEMENTED;
    }
    if (target_status != OK) {
        log_line(r, APLOGNO(03450) "request line \"%s\" has a target that is "
                 "no URI");
        return target_status;
    }
    status = check_target(r, how);
    if (status == OK && r->assbackwards) {
        status = check_simple_request(r, how, conf);
    }
    return status;
}

int cl_http_apply_request_line(request_rec *r,
                               const struct cl_request_line *line, char *room)
{
    const char *base = r->the_request;
    apr_size_t method_len = line->method.len;
    int status, target_status;

    r->method = cl_http_find_method(base + line->method.at, method_len,
                                    &r->method_number);
    if (!r->method) {
        memcpy(room, base + line->method.at, method_len);
        room[method_len] = '\0';
        r->method = room;
        room += method_len + 1;
    }
    r->header_only = r->method_number == M_GET && r->method[0] == 'H';
    set_protocol(r, base + line->version.at, line);
    target_status = cl_http_parse_target(r, base + line->target.at,
                                         line->target.len, room);
    status = check_request_line(r, target_status, line);
    if (status != OK && r->assbackwards) {
        answer_with_status_line(r);
    }
    return status;
}

AP_DECLARE(int) ap_parse_request_line(request_rec *r)
{
    struct cl_request_line line;
    int status;

    cl_http_scan_request_line(r->the_request,
                              r->the_request + strlen(r->the_request),
                              cl_http_strictness(r->server), &line);
    status = cl_http_apply_request_line(
        r, &line, apr_palloc(r->pool, cl_http_request_line_room(&line)));
    if (status != OK) {
        r->status = status;
        return 0;
    }
    return 1;
}
