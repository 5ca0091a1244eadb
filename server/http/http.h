/* SPDX-License-Identifier: Apache-2.0 */
/* http.h -- HTTP/1.1 in and out: what the files of this room, and the rooms
 * above it, may use beyond the public http_protocol.h and mod_core.h.
 */
#ifndef CLEAT_HTTP_HTTP_H
#define CLEAT_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "httpd.h"
#include "http_config.h"
#include "http_protocol.h"
#include "util_filter.h"

/* ---- reading ---------------------------------------------------------- */

/* process_connection hook (REALLY_LAST): one async step under an event MPM,
 * the whole keep-alive loop otherwise. */
int cl_http_process_connection(conn_rec *c);

/* line.c: one line through any input filter.  As ap_rgetline_core(), but
 * from the filter given; the line lives in pool when *s is NULL.
 * APR_ENOSPC: longer than n - 1; APR_EINVAL: no CR before LF though
 * AP_GETLINE_CRLF asked for it; APR_EOF: the input ended inside the line. */
apr_status_t cl_http_read_line(char **s, apr_size_t n, apr_size_t *len,
                               ap_filter_t *from, apr_pool_t *pool, int flags,
                               apr_bucket_brigade *bb);

/* request_line.c: split [p, end) (without line ending).  Offsets are from p.
 * The scan goes on after the first fault as far as it makes sense, so that
 * the log can name method and target of a refused request. */
enum cl_line_fault {
    CL_LINE_OK,
    CL_LINE_LEADING_SPACE,      /* before the method, or a tab for a space */
    CL_LINE_BAD_METHOD,
    CL_LINE_NO_TARGET,
    CL_LINE_BAD_TARGET,
    CL_LINE_EXTRA_SPACE,
    CL_LINE_EXTRA_WORD,
    CL_LINE_BAD_VERSION
};
struct cl_span {
    uint32_t at, len;
};
struct cl_request_line {
    struct cl_span method, target, version;
    int proto_num;              /* 9 for a line without version */
    enum cl_line_fault fault;
};
enum cl_strictness { CL_UNSAFE, CL_STRICT };
void cl_http_scan_request_line(const char *p, const char *end,
                               enum cl_strictness how,
                               struct cl_request_line *line);
/* Put what was scanned into r, check it against the configuration, log
 * faults.  the_request is set; room has space for two copies of the target
 * and one of the method, each with its NUL.  Returns the HTTP status. */
int cl_http_apply_request_line(request_rec *r,
                               const struct cl_request_line *line,
                               char *room);
static inline apr_size_t
cl_http_request_line_room(const struct cl_request_line *line)
{
    return 2 * ((apr_size_t)line->target.len + 2) + line->method.len + 1;
}
enum cl_strictness cl_http_strictness(const server_rec *s);

/* methods.c: the method of that name (case matters): its permanent name and
 * number, or NULL and M_INVALID. */
const char *cl_http_find_method(const char *name, apr_size_t len, int *number);

/* target.c: fill unparsed_uri, parsed_uri, uri and args from target, which
 * has target_len bytes; copies go to room (2 * (target_len + 2) bytes).
 * Returns OK or the HTTP status. */
int cl_http_parse_target(request_rec *r, const char *target,
                         apr_size_t target_len, char *room);

/* headers.c: field lines. */
struct cl_field {
    struct cl_span name, value;
    uint32_t hash;              /* of the lower-case name */
};
/* Scan a complete, strictly well-formed, unfolded header section in
 * [p, end), up to and with its empty line; at most max fields of at most
 * longest bytes each.  Returns its length and sets *n, or 0 when the section
 * is incomplete, folded or faulty: then the slow way must tell which. */
apr_size_t cl_http_scan_fields(const char *p, const char *end,
                               struct cl_field *fields, int max,
                               apr_size_t longest, int *n);
/* Add scanned fields to table; block is the pool's own copy of the bytes
 * scanned, in which names and values get their NUL. */
void cl_http_add_fields(apr_table_t *table, char *block,
                        const struct cl_field *fields, int n);
/* Read field lines from the filter into table until the empty line; repeated
 * names are joined with ", ".  Returns OK or the HTTP status, logged. */
int cl_http_read_fields(request_rec *r, ap_filter_t *from, apr_table_t *table,
                        apr_bucket_brigade *bb);

/* framing.c: how a message body ends (RFC 9112 section 6.3). */
enum cl_framing {
    CL_FRAMING_NONE,            /* no body */
    CL_FRAMING_LENGTH,
    CL_FRAMING_CHUNKED,
    CL_FRAMING_CLOSE,           /* responses only: until the end of input */
    CL_FRAMING_BAD,             /* 400 and close */
    CL_FRAMING_UNKNOWN          /* a transfer coding we do not speak: 501 */
};
enum cl_framing cl_http_framing(const apr_table_t *headers, apr_off_t *length,
                                const char **why);
/* Check and settle the framing of a request just read; drops Content-Length
 * where Transfer-Encoding wins.  Returns OK or the HTTP status, logged. */
int cl_http_check_framing(request_rec *r);

/* chunk_parse.c: the bytes around chunk data, in pieces of any size. */
enum cl_chunk_result {
    CL_CHUNK_MORE,              /* all bytes used, line not finished */
    CL_CHUNK_DATA,              /* left bytes of data follow */
    CL_CHUNK_LAST,              /* the zero chunk: trailer section follows */
    CL_CHUNK_BAD,
    CL_CHUNK_TOO_BIG,           /* size beyond apr_off_t */
    CL_CHUNK_TOO_LONG           /* line longer than limit */
};
struct cl_chunk {
    apr_off_t left;             /* size of the chunk just announced */
    uint32_t line_bytes, limit;
    uint8_t state;
    bool lenient;               /* bare LF may end a line */
};
void cl_http_chunk_init(struct cl_chunk *c, enum cl_strictness how,
                        uint32_t limit);
enum cl_chunk_result cl_http_chunk_parse(struct cl_chunk *c, const char *buf,
                                         apr_size_t len, apr_size_t *used);

/* body_filter.c: add HTTP_IN to a request of which no byte may be read any
 * more, since its head could not be understood. */
void cl_http_add_no_body(request_rec *r);

/* trailers.c: read the trailer section into trailers_in; MergeTrailers. */
int cl_http_read_trailers(request_rec *r, ap_filter_t *from,
                          apr_bucket_brigade *bb);

/* Directives of the reading half. */
const char *cl_set_limit_request_line(cmd_parms *, void *, const char *);
const char *cl_set_limit_request_fields(cmd_parms *, void *, const char *);
const char *cl_set_limit_request_field_size(cmd_parms *, void *, const char *);
const char *cl_set_http_protocol_options(cmd_parms *, void *, const char *);
const char *cl_set_merge_trailers(cmd_parms *, void *, int);
const char *cl_set_register_http_method(cmd_parms *, void *, const char *);

/* The reading half implements the hooks pre_read_request and
 * post_read_request, and ap_read_request() adds HTTP_IN itself, after the
 * header section (so the header is read below it). */

/* ---- writing ---------------------------------------------------------- */

/* Hooks, filters and data of the record http_module are registered by the
 * record itself (http_core.c); the core's directives of this half: */
const char *cl_set_add_default_charset(cmd_parms *, void *, const char *);
const char *cl_set_content_digest(cmd_parms *, void *, int);
const char *cl_set_error_document(cmd_parms *, void *, const char *,
                                  const char *);
const char *cl_set_file_etag(cmd_parms *, void *, const char *);
const char *cl_set_max_ranges(cmd_parms *, void *, const char *);
const char *cl_set_max_range_overlaps(cmd_parms *, void *, const char *);
const char *cl_set_max_range_reversals(cmd_parms *, void *, const char *);
const char *cl_set_qualify_redirect_url(cmd_parms *, void *, int);
const char *cl_set_server_signature(cmd_parms *, void *, const char *);
const char *cl_set_trace_enable(cmd_parms *, void *, const char *);

/* status.c: the inverse of ap_index_of_response(); 0 for a hole. */
int cl_http_status_of_index(int index);

/* fields.c: response fields.  The names and values of a table can be sent;
 * the first that cannot is logged. */
bool cl_http_fields_are_clean(request_rec *r, const apr_table_t *fields);
/* All Vary fields of headers_out as one, each name once. */
void cl_http_unify_vary(request_rec *r);
/* A table as field lines, without the empty line: its size in bytes, and the
 * bytes; put_* return the end, no NUL is part of it. */
apr_size_t cl_http_fields_size(const apr_table_t *fields);
char *cl_http_put_field(char *to, const char *name, const char *value);
char *cl_http_put_fields(char *to, const apr_table_t *fields);

/* options_trace.c: the two map_to_storage hooks, the value of Allow. */
int cl_http_answer_options_star(request_rec *r);
const char *cl_http_allowed_methods(request_rec *r);

/* header_filter.c: has nothing of the answer to r left yet? */
bool cl_http_awaits_header(const request_rec *r);

/* redirect.c: a request for new_uri in place of r, ready for the walk; NULL
 * when r has been answered with an error. */
request_rec *cl_http_redirected_request(const char *new_uri, request_rec *r);


#endif
