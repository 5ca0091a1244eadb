/* SPDX-License-Identifier: Apache-2.0 */
/* headers.c -- field lines into a table (RFC 9112 section 5).
 *
 * Two ways with one grammar: scanning a header section that is in memory as
 * a whole, which knows good sections only, and reading line by line, which
 * knows folds, HttpProtocolOptions Unsafe, and what to say about a fault.
 * Names and values are cut in place: the table points into the lines read.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"
#include "http/octets.h"

APLOG_USE_MODULE(core);

enum { SHOWN = 80 };                    /* bytes of a line shown in the log */

/* ---- grammar ---- */

/* Equal for names that differ in case only. */
static uint32_t hash_name(const char *name, apr_size_t len)
{
    const uint64_t small = 0x2020202020202020u;
    uint64_t first = 0, last = 0;

    if (len >= sizeof first) {
        memcpy(&first, name, sizeof first);
        memcpy(&last, name + len - sizeof last, sizeof last);
    }
    else if (len >= sizeof(uint32_t)) {
        memcpy(&first, name, sizeof(uint32_t));
        memcpy(&last, name + len - sizeof(uint32_t), sizeof(uint32_t));
    }
    else {
        memcpy(&first, name, len);
    }
    return (uint32_t)((((first | small) * 0x9e3779b97f4a7c15u)
                       ^ ((last | small) * 0xc2b2ae3d27d4eb4fu)) >> 32);
}

static bool is_ows(char c)
{
    return c == ' ' || c == '\t';
}

static void trim(const char **p, const char **end)
{
    while (*p < *end && is_ows(**p)) {
        ++*p;
    }
    while (*end > *p && is_ows((*end)[-1])) {
        --*end;
    }
}

/* ---- whole sections ---- */

apr_size_t cl_http_scan_fields(const char *p, const char *end,
                               struct cl_field *fields, int max,
                               apr_size_t longest, int *n)
{
    const char *base = p;

    for (*n = 0; end - p >= 2 && *p != '\r'; ++*n) {
        struct cl_field *f = &fields[*n];
        const char *line = p, *value, *stop;

        if (*n == max) {
            return 0;
        }
        p = cl_http_skip_token(line, end);
        if (p == line || p == end || *p != ':') {
            return 0;
        }
        value = p + 1;
        stop = cl_http_skip_content(value, end);
        if (end - stop < 3 || stop[0] != '\r' || stop[1] != '\n'
            || is_ows(stop[2]) || (apr_size_t)(stop - line) > longest) {
            return 0;
        }
        f->name.at = (uint32_t)(line - base);
        f->name.len = (uint32_t)(p - line);
        f->hash = hash_name(line, p - line);
        p = stop + 2;
        trim(&value, &stop);
        f->value.at = (uint32_t)(value - base);
        f->value.len = (uint32_t)(stop - value);
    }
    return end - p >= 2 && p[1] == '\n' ? (apr_size_t)(p + 2 - base) : 0;
}

/* Remembers names seen, as bits; a hit may be chance, so ask the table. */
struct seen {
    uint64_t bits;
    bool twice;
};

static void see(struct seen *seen, const apr_table_t *table, const char *name,
                uint32_t hash)
{
    uint64_t bit = (uint64_t)1 << (hash & 63);

    if ((seen->bits & bit) && !seen->twice) {
        seen->twice = apr_table_get(table, name) != NULL;
    }
    seen->bits |= bit;
}

/* RFC 9110 section 5.3: lines of the same name are one list. */
static void join_repeated(const struct seen *seen, apr_table_t *table)
{
    if (seen->twice) {
        apr_table_compress(table, APR_OVERLAP_TABLES_MERGE);
    }
}

void cl_http_add_fields(apr_table_t *table, char *block,
                        const struct cl_field *fields, int n)
{
    struct seen seen = { 0 };

    for (int i = 0; i < n; i++) {
        const struct cl_field *f = &fields[i];
        char *name = block + f->name.at, *value = block + f->value.at;

        name[f->name.len] = '\0';
        value[f->value.len] = '\0';
        see(&seen, table, name, f->hash);
        apr_table_addn(table, name, value);
    }
    join_repeated(&seen, table);
}

/* ---- line by line ---- */

static const char *shown(request_rec *r, const char *line, apr_size_t len)
{
    return ap_escape_logitem(r->pool,
                             apr_pstrmemdup(r->pool, line,
                                            len < SHOWN ? len : SHOWN));
}

static int refuse_field(request_rec *r, const char *text, const char *line,
                        apr_size_t len, const char *note)
{
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, text, shown(r, line, len));
    apr_table_setn(r->notes, "error-notes", note);
    return HTTP_BAD_REQUEST;
}

/* Too much of something: the limits are the administrator's, so this may be
 * of interest at a usual LogLevel. */
static int refuse_size(request_rec *r, const char *text, const char *line,
                       apr_size_t len, const char *note)
{
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, text, shown(r, line, len));
    apr_table_setn(r->notes, "error-notes", note);
    return HTTP_BAD_REQUEST;
}

static const char note_name[] = "A header field of the request has a "
                                "malformed name.";
static const char note_value[] = "A header field of the request has control "
                                 "characters in its value.";

/* The unsafe reader takes any visible name, yet never a blank before the
 * colon: RFC 9112 section 5.1 demands 400 for that. */
static int check_loose_name(request_rec *r, const char *line, const char *colon,
                            apr_size_t len)
{
    const char *p = line;

    if (!colon) {
        return refuse_field(r, APLOGNO(00564) "field line \"%s\" has no "
                            "colon", line, len, note_name);
    }
    if (colon == line) {
        return refuse_field(r, APLOGNO(03453) "field line \"%s\" has no "
                            "name", line, len, note_name);
    }
    while (p < colon && cl_octet_is(*p, CL_OCTET_VISIBLE)) {
        p++;
    }
    if (p < colon) {
        return refuse_field(r, APLOGNO(03452) "field line \"%s\" has white "
                            "space or control characters in its name", line,
                            len, note_name);
    }
    return OK;
}

static const char *find_loose_fault(const char *p, const char *end)
{
    while (p < end && *p != '\r' && *p != '\n' && *p != '\0') {
        p++;
    }
    return p;
}

static int add_line(request_rec *r, apr_table_t *table, struct seen *seen,
                    enum cl_strictness how, char *line, apr_size_t len)
{
    const char *end = line + len, *value, *stop;
    char *colon = (char *)cl_http_skip_token(line, end);

    if (colon == line || *colon != ':') {
        if (how == CL_STRICT) {
            return refuse_field(r, APLOGNO(02426) "field line \"%s\" does "
                                "not begin with a name of token characters "
                                "and a colon", line, len, note_name);
        }
        colon = memchr(line, ':', len);
        if (check_loose_name(r, line, colon, len) != OK) {
            return HTTP_BAD_REQUEST;
        }
    }
    value = colon + 1;
    stop = end;
    trim(&value, &stop);
    if (how == CL_STRICT) {
        if (cl_http_skip_content(value, stop) != stop) {
            return refuse_field(r, APLOGNO(02427) "field line \"%s\" has "
                                "control characters in its value", line, len,
                                note_value);
        }
    }
    else if (find_loose_fault(value, stop) != stop) {
        return refuse_field(r, APLOGNO(03451) "field line \"%s\" has CR, LF "
                            "or NUL in its value", line, len, note_value);
    }
    *colon = '\0';
    line[stop - line] = '\0';
    see(seen, table, line, hash_name(line, colon - line));
    apr_table_addn(table, line, value);
    return OK;
}

static int refuse_read(request_rec *r, apr_status_t rv, const char *line,
                       apr_size_t len)
{
    if (rv == APR_ENOSPC) {
        return refuse_size(r, APLOGNO(00561) "field line \"%s...\" is longer "
                           "than LimitRequestFieldSize allows", line, len,
                           "A header field of the request is larger than "
                           "this server accepts.");
    }
    if (rv == APR_EINVAL) {
        return refuse_field(r, APLOGNO(50352) "field line \"%s\" ends in LF "
                            "without CR", line, len, "A header field of the "
                            "request does not end in CR LF.");
    }
    if (APR_STATUS_IS_TIMEUP(rv)) {
        return HTTP_REQUEST_TIME_OUT;
    }
    ap_log_rerror(APLOG_MARK, APLOG_DEBUG, rv, r, APLOGNO(50353)
                  "could not read the header section to its end");
    return HTTP_BAD_REQUEST;
}

/* RFC 9112 section 5.2 lets a server join a fold with a space. */
static int join_fold(request_rec *r, char **line, apr_size_t *len,
                     const char *more, apr_size_t more_len)
{
    const char *end = more + more_len;
    apr_size_t size = r->server->limit_req_fieldsize;
    char *joined;

    if (!*line) {
        return refuse_field(r, APLOGNO(03442) "first field line \"%s\" "
                            "begins with white space", more, more_len,
                            "The header section of the request begins with "
                            "white space.");
    }
    while (*len && is_ows((*line)[*len - 1])) {
        --*len;
    }
    trim(&more, &end);
    if (*len + 1 + (end - more) > size + 1) {
        return refuse_size(r, APLOGNO(00562) "folded field line \"%s...\" is "
                           "longer than LimitRequestFieldSize allows", *line,
                           *len, "A header field of the request is larger "
                           "than this server accepts.");
    }
    joined = apr_palloc(r->pool, *len + 1 + (end - more) + 1);
    memcpy(joined, *line, *len);
    joined[*len] = ' ';
    memcpy(joined + *len + 1, more, end - more);
    *len += 1 + (end - more);
    joined[*len] = '\0';
    *line = joined;
    return OK;
}

int cl_http_read_fields(request_rec *r, ap_filter_t *from, apr_table_t *table,
                        apr_bucket_brigade *bb)
{
    enum cl_strictness how = cl_http_strictness(r->server);
    const server_rec *s = r->server;
    struct seen seen = { 0 };
    char *line = NULL, *next;
    apr_size_t len = 0, next_len;
    int fields = 0, status = OK;

    while (status == OK) {
        apr_status_t rv;

        next = NULL;
        rv = cl_http_read_line(&next, s->limit_req_fieldsize + 2, &next_len,
                               from, r->pool,
                               how == CL_STRICT ? AP_GETLINE_CRLF : 0, bb);
        if (rv != APR_SUCCESS) {
            return refuse_read(r, rv, next, next_len);
        }
        if (next_len && is_ows(*next)) {
            status = join_fold(r, &line, &len, next, next_len);
            continue;
        }
        if (line) {
            status = add_line(r, table, &seen, how, line, len);
        }
        if (!next_len) {
            break;
        }
        if (s->limit_req_fields && ++fields > s->limit_req_fields) {
            return refuse_size(r, APLOGNO(00563) "more field lines than "
                               "LimitRequestFields allows, at \"%s\"", next,
                               next_len, "The request has more header "
                               "fields than this server accepts.");
        }
        line = next;
        len = next_len;
    }
    join_repeated(&seen, table);
    return status;
}

AP_DECLARE(void) ap_get_mime_headers_core(request_rec *r,
                                          apr_bucket_brigade *bb)
{
    int status = cl_http_read_fields(r, r->proto_input_filters, r->headers_in,
                                     bb);

    if (status != OK) {
        r->status = status;
    }
}

AP_DECLARE(void) ap_get_mime_headers(request_rec *r)
{
    apr_bucket_brigade *bb = apr_brigade_create(r->pool,
                                                r->connection->bucket_alloc);

    ap_get_mime_headers_core(r, bb);
    apr_brigade_destroy(bb);
}

/* ---- limits ---- */

static const char *set_limit(cmd_parms *cmd, const char *arg, int least,
                             int *limit)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    char *end;
    apr_int64_t n;

    if (err) {
        return err;
    }
    n = apr_strtoi64(arg, &end, 10);
    if (end == arg || *end || n < least || n > INT_MAX - 2) {
        return apr_psprintf(cmd->pool, "%s needs a whole number of %d or "
                            "more, not \"%s\"; example: %s 100",
                            cmd->cmd->name, least, arg, cmd->cmd->name);
    }
    *limit = (int)n;
    return NULL;
}

const char *cl_set_limit_request_line(cmd_parms *cmd, void *, const char *arg)
{
    return set_limit(cmd, arg, 0, &cmd->server->limit_req_line);
}

const char *cl_set_limit_request_fields(cmd_parms *cmd, void *,
                                        const char *arg)
{
    return set_limit(cmd, arg, 0, &cmd->server->limit_req_fields);
}

const char *cl_set_limit_request_field_size(cmd_parms *cmd, void *,
                                            const char *arg)
{
    return set_limit(cmd, arg, 0, &cmd->server->limit_req_fieldsize);
}
