/* SPDX-License-Identifier: Apache-2.0 */
/* read.c -- one request from a connection: request line, fields, framing,
 * host, then the modules' post_read_request.
 *
 * When the filters below allow it the whole head is scanned where it lies
 * and taken in one go.  That way knows good requests only; anything else --
 * incomplete, folded, faulty, Unsafe -- is left in place for the way line by
 * line, which finds the same and says what is wrong.
 */
#include "ap_expr.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "http_vhost.h"
#include "mod_core.h"
#include "scoreboard.h"

#include "http/http.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(pre_read_request)
    APR_HOOK_LINK(post_read_request)
)
AP_IMPLEMENT_HOOK_VOID(pre_read_request, (request_rec *r, conn_rec *c),
                       (r, c))
AP_IMPLEMENT_HOOK_RUN_ALL(int, post_read_request, (request_rec *r), (r), OK,
                          DECLINED)

enum {
    PEEK = 8192,                /* bytes of a head read in one go */
    FIELDS_AT_ONCE = 100,
    NOTHING_CAME = -100         /* the client left before the request line */
};

/* ---- the whole head at once ---- */

/* Filters known to hand out bytes twice without counting them twice. */
static bool is_transparent(const char *name)
{
    return ap_cstr_casecmp(name, "reqtimeout") == 0
        || ap_cstr_casecmp(name, "log_input_output") == 0;
}

static bool may_peek(const ap_filter_t *f)
{
    for (; f && f->frec != ap_core_input_filter_handle; f = f->next) {
        if (!is_transparent(f->frec->name)) {
            return false;
        }
    }
    return f != NULL;
}

static apr_status_t skip_bytes(ap_filter_t *from, apr_bucket_brigade *bb,
                               apr_off_t n)
{
    while (n > 0) {
        apr_off_t got = 0;
        apr_status_t rv = ap_get_brigade(from, bb, AP_MODE_READBYTES,
                                         APR_BLOCK_READ, n);

        if (rv == APR_SUCCESS) {
            rv = apr_brigade_length(bb, 1, &got);
        }
        apr_brigade_cleanup(bb);
        if (rv != APR_SUCCESS || got == 0) {
            return rv != APR_SUCCESS ? rv : APR_EOF;
        }
        n -= got;
    }
    return APR_SUCCESS;
}

struct head {
    struct cl_request_line line;
    struct cl_field fields[FIELDS_AT_ONCE];
    int n;
    const char *start, *block;  /* request line, header section */
    apr_size_t line_len, block_len;
};

static bool scan_head(const server_rec *s, const char *p, const char *end,
                      struct head *head)
{
    int max = FIELDS_AT_ONCE;
    const char *lf;

    if (end - p > 2 && p[0] == '\r' && p[1] == '\n') {
        p += 2;                 /* RFC 9112 section 2.2 */
    }
    lf = p < end ? memchr(p, '\n', end - p) : NULL;
    if (!lf || lf == p || lf[-1] != '\r'
        || lf - 1 - p > (ptrdiff_t)s->limit_req_line + 1) {
        return false;
    }
    cl_http_scan_request_line(p, lf - 1, CL_STRICT, &head->line);
    if (head->line.fault != CL_LINE_OK
        || head->line.proto_num < HTTP_VERSION(1, 0)) {
        return false;
    }
    if (s->limit_req_fields && s->limit_req_fields < max) {
        max = s->limit_req_fields;
    }
    head->start = p;
    head->line_len = lf - 1 - p;
    head->block = lf + 1;
    head->block_len = cl_http_scan_fields(head->block, end, head->fields, max,
                                          s->limit_req_fieldsize + 1,
                                          &head->n);
    return head->block_len != 0;
}

/* One piece of memory for everything: line, header section, target twice. */
static int keep_head(request_rec *r, const struct head *head)
{
    char *memory = apr_palloc(r->pool,
                              head->line_len + 1 + head->block_len
                                  + cl_http_request_line_room(&head->line));
    char *block = memory + head->line_len + 1;

    r->the_request = memcpy(memory, head->start, head->line_len);
    memory[head->line_len] = '\0';
    memcpy(block, head->block, head->block_len);
    cl_http_add_fields(r->headers_in, block, head->fields, head->n);
    return cl_http_apply_request_line(r, &head->line,
                                      block + head->block_len);
}

/* DECLINED: read it line by line instead; nothing was taken. */
static int read_at_once(request_rec *r, apr_bucket_brigade *bb,
                        apr_status_t *failure)
{
    ap_filter_t *from = r->proto_input_filters;
    struct head head;
    const char *data;
    apr_size_t len;
    int status = DECLINED;

    if (!may_peek(from) || cl_http_strictness(r->server) != CL_STRICT) {
        return DECLINED;
    }
    *failure = ap_get_brigade(from, bb, AP_MODE_SPECULATIVE, APR_BLOCK_READ,
                              PEEK);
    if (*failure == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)
        && apr_bucket_read(APR_BRIGADE_FIRST(bb), &data, &len,
                           APR_NONBLOCK_READ) == APR_SUCCESS
        && scan_head(r->server, data, data + len, &head)) {
        apr_off_t taken = head.block + head.block_len - data;

        r->request_time = apr_time_now();
        status = keep_head(r, &head);
        apr_brigade_cleanup(bb);
        *failure = skip_bytes(from, bb, taken);
        return status;
    }
    apr_brigade_cleanup(bb);
    return DECLINED;
}

/* ---- line by line ---- */

static int refuse_line(request_rec *r, apr_status_t rv)
{
    const char *line = ap_escape_logitem(r->pool, r->the_request);

    if (rv == APR_ENOSPC) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00565)
                      "request failed: URI too long (longer than %d): "
                      "\"%.80s...\"; LimitRequestLine may allow more",
                      r->server->limit_req_line, line);
        return HTTP_REQUEST_URI_TOO_LARGE;
    }
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(00566)
                  "request failed: invalid characters in URI: \"%.80s\" has "
                  "a NUL in it or ends in LF without CR", line);
    return HTTP_BAD_REQUEST;
}

/* The network's fault or silence, as opposed to the client's words. */
static int give_up(request_rec *r, apr_status_t rv)
{
    r->the_request = NULL;
    return APR_STATUS_IS_TIMEUP(rv) ? HTTP_REQUEST_TIME_OUT : NOTHING_CAME;
}

static int read_request_line(request_rec *r, apr_bucket_brigade *bb)
{
    enum cl_strictness how = cl_http_strictness(r->server);
    struct cl_request_line line;
    apr_size_t len;

    for (int blank = 0; blank <= DEFAULT_LIMIT_BLANK_LINES; blank++) {
        apr_status_t rv;

        r->the_request = NULL;
        rv = cl_http_read_line(&r->the_request,
                               r->server->limit_req_line + 2, &len,
                               r->proto_input_filters, r->pool,
                               how == CL_STRICT ? AP_GETLINE_CRLF : 0, bb);
        if (rv == APR_ENOSPC || rv == APR_EINVAL) {
            r->request_time = apr_time_now();
            return refuse_line(r, rv);
        }
        if (rv != APR_SUCCESS) {
            return give_up(r, rv);
        }
        if (len) {
            break;
        }
    }
    r->request_time = apr_time_now();
    if (strlen(r->the_request) != len) {
        return refuse_line(r, APR_EINVAL);
    }
    cl_http_scan_request_line(r->the_request, r->the_request + len, how,
                              &line);
    return cl_http_apply_request_line(
        r, &line, apr_palloc(r->pool, cl_http_request_line_room(&line)));
}

/* ---- time ---- */

/* The wait for a request may have been shorter or longer than the wait for
 * the rest of it. */
static void set_timeout(conn_rec *c, apr_interval_time_t timeout)
{
    apr_socket_t *socket = c->master ? NULL : ap_get_conn_socket(c);
    apr_interval_time_t now;

    if (socket && apr_socket_timeout_get(socket, &now) == APR_SUCCESS
        && now != timeout) {
        apr_socket_timeout_set(socket, timeout);
    }
}

static int read_line_by_line(request_rec *r, apr_bucket_brigade *bb)
{
    int status = read_request_line(r, bb);

    if (status != OK || r->assbackwards) {
        return status;
    }
    set_timeout(r->connection, r->server->timeout);
    status = cl_http_read_fields(r, r->proto_input_filters, r->headers_in,
                                 bb);
    if (status != OK) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(00567)
                      "could not read the header section of \"%s\"",
                      ap_escape_logitem(r->pool, r->the_request));
    }
    return status;
}

static int read_head(request_rec *r)
{
    apr_bucket_brigade *bb = apr_brigade_create(r->pool,
                                                r->connection->bucket_alloc);
    apr_status_t failure = APR_SUCCESS;
    int status = read_at_once(r, bb, &failure);

    if (failure != APR_SUCCESS) {
        status = give_up(r, failure);
    }
    else if (status == DECLINED) {
        status = read_line_by_line(r, bb);
    }
    apr_brigade_destroy(bb);
    if (status == OK && r->proto_num >= HTTP_VERSION(2, 0)) {
        /* a later HTTP has other framing; it is not spoken in this form */
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(50358)
                      "could not serve version \"%s\"; HTTP/1.x is spoken "
                      "here", ap_escape_logitem(r->pool, r->protocol));
        return HTTP_VERSION_NOT_SUPPORTED;
    }
    return status;
}

/* ---- what the fields must say ---- */

/* RFC 9112 section 3.2.2: the host in the target wins, for everyone who
 * looks at Host from now on. */
static void use_host_of_target(request_rec *r)
{
    const char *host = r->parsed_uri.hostinfo;
    const char *said = host ? apr_table_get(r->headers_in, "Host") : NULL;

    if (said && strcmp(said, host) != 0) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(02417)
                      "host \"%s\" of the target replaces Host \"%s\"",
                      ap_escape_logitem(r->pool, host),
                      ap_escape_logitem(r->pool, said));
        apr_table_setn(r->headers_in, "Host", host);
    }
}

static int check_host(request_rec *r)
{
    const core_server_config *conf
        = ap_get_core_module_config(r->server->module_config);
    bool strict = conf->strict_host_check == AP_CORE_CONFIG_ON;
    bool has_host = apr_table_get(r->headers_in, "Host") != NULL;
    int status;

    if (r->proto_num == HTTP_VERSION(1, 1) && !has_host) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(00569)
                      "HTTP/1.1 request without Host (RFC 9112 section 3.2)");
        return HTTP_BAD_REQUEST;
    }
    status = ap_update_vhost_from_headers_ex(r, strict);
    if (status != OK && status != HTTP_OK) {
        return status;
    }
    if (ap_is_HTTP_ERROR(r->status)) {
        return r->status;
    }
    use_host_of_target(r);
    if (r->proto_num >= HTTP_VERSION(1, 1)
        && (!r->hostname || !*r->hostname)) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(00569)
                      "HTTP/1.1 request with an empty Host");
        return HTTP_BAD_REQUEST;
    }
    return OK;
}

static int check_expectation(request_rec *r)
{
    const char *expect = apr_table_get(r->headers_in, "Expect");

    if (!expect || !*expect || r->proto_num < HTTP_VERSION(1, 1)) {
        return OK;
    }
    if (ap_cstr_casecmp(expect, "100-continue") == 0) {
        r->expecting_100 = 1;
        return OK;
    }
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00570)
                  "could not meet expectation \"%s\"; only 100-continue is "
                  "known", ap_escape_logitem(r->pool, expect));
    return HTTP_EXPECTATION_FAILED;
}

AP_DECLARE(int) ap_check_request_header(request_rec *r)
{
    int status = check_host(r);

    if (status == OK) {
        status = check_expectation(r);
    }
    if (status != OK) {
        r->status = status;
    }
    return status == OK;
}

AP_DECLARE(int) ap_post_read_request(request_rec *r)
{
    int status = ap_run_post_read_request(r);

    return status == DECLINED ? OK : status;
}

/* ---- outcomes ---- */

/* Nobody to answer.  A silent first request is worth an access log line, the
 * end of a kept connection is not. */
static request_rec *drop(request_rec *r, int status)
{
    conn_rec *c = r->connection;

    c->keepalive = AP_CONN_CLOSE;
    if (status == HTTP_REQUEST_TIME_OUT && !c->keepalives) {
        r->status = status;
        r->request_time = apr_time_now();
        ap_update_child_status(c->sbh, SERVER_BUSY_LOG, r);
        ap_run_log_transaction(r);
    }
    apr_pool_destroy(r->pool);
    return NULL;
}

/* What the log and the error page show of a request hardly begun. */
static void fill_gaps(request_rec *r)
{
    if (!r->the_request) {
        r->the_request = apr_pstrdup(r->pool, "");
    }
    if (!r->method) {
        r->method = "-";
        r->method_number = M_INVALID;
    }
    if (!r->uri) {
        r->uri = apr_pstrdup(r->pool, "-");
    }
    if (!r->unparsed_uri) {
        r->unparsed_uri = apr_pstrdup(r->pool, "-");
    }
}

/* Answer now and end the connection: after a fault nobody can tell where
 * the next request begins. */
static request_rec *refuse(request_rec *r, int status)
{
    conn_rec *c = r->connection;
    apr_bucket_brigade *bb = apr_brigade_create(c->pool, c->bucket_alloc);
    apr_bucket *end;

    fill_gaps(r);
    c->keepalive = AP_CONN_CLOSE;
    r->status = HTTP_OK;
    ap_update_child_status(c->sbh, SERVER_BUSY_WRITE, r);
    ap_die(status, r);
    end = ap_bucket_eor_create(c->bucket_alloc, r);
    APR_BRIGADE_INSERT_TAIL(bb, end);
    ap_pass_brigade(c->output_filters, bb);
    apr_brigade_cleanup(bb);
    return NULL;
}

AP_DECLARE(request_rec *) ap_read_request(conn_rec *conn)
{
    static char unknown_yet[] = "HTTP/1.0";
    request_rec *r = ap_create_request(conn);
    int status;

    r->protocol = unknown_yet;
    r->proto_num = HTTP_VERSION(1, 0);
    ap_run_pre_read_request(r, conn);
    status = read_head(r);
    if (status == NOTHING_CAME
        || (status == HTTP_REQUEST_TIME_OUT && !r->the_request)) {
        return drop(r, status);
    }
    if (status != OK) {
        cl_http_add_no_body(r);
        return refuse(r, status);
    }
    conn->keepalive = AP_CONN_UNKNOWN;
    r->status = HTTP_OK;
    if (!r->assbackwards) {
        status = cl_http_check_framing(r);
    }
    if (status == OK && !ap_check_request_header(r)) {
        status = r->status;
    }
    if (status != OK) {
        cl_http_add_no_body(r);
        return refuse(r, status);
    }
    r->per_dir_config = r->server->lookup_defaults;
    set_timeout(conn, r->server->timeout);
    ap_add_input_filter_handle(ap_http_input_filter_handle, NULL, r, conn);
    status = ap_post_read_request(r);
    return status == OK ? r : refuse(r, status);
}
