/* SPDX-License-Identifier: Apache-2.0 */
/* cgi_headers.c -- the header section a script writes (RFC 3875 section 6).
 *
 * Lines come from a getsfunc: a file, a brigade, a list of strings, or what a
 * module brings.  Each line is cleaned of control characters and goes to the
 * response: Status and Content-Type to the request_rec, what describes the
 * body to headers_out, the rest to err_headers_out so that it survives an
 * error.  Result: OK, a status that ends the request (304 ...), or 500.
 */
#include "base/base.h"

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "util_script.h"

#include <apr_buckets.h>
#include <apr_date.h>
#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

APLOG_USE_MODULE(core);

enum { LINE_SIZE = MAX_STRING_LEN };     /* what callers bring as buffer */

typedef int line_source(char *line, int size, void *data);

struct header_scan {
    request_rec *r;
    int module_index;           /* whose log level and name messages carry */
    int lines;                  /* read so far */
    int status;                 /* from Status:, 0 if there was none */
};

static const char *script_name(const request_rec *r)
{
    return apr_filepath_name_get(r->filename ? r->filename : "");
}

/* Cuts the line ending and drops control characters but tabs. */
static void clean_line(char *line)
{
    char *to = line;

    for (const char *from = line; *from; from++) {
        if (*from == '\t' || !apr_iscntrl((unsigned char)*from)) {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static void scan_status(struct header_scan *scan, const char *value)
{
    request_rec *r = scan->r;

    r->status = scan->status = atoi(value);
    if (!ap_is_HTTP_VALID_RESPONSE(scan->status)) {
        ap_log_rerror(__FILE__, __LINE__, scan->module_index,
                      APLOG_ERR | APLOG_TOCLIENT, 0, r, APLOGNO(50058)
                      "script \"%s\" sent the Status \"%.30s\"; it must be "
                      "a number from 100 to 599", script_name(r), value);
    }
    else {
        ap_log_rerror(__FILE__, __LINE__, scan->module_index, APLOG_TRACE1,
                      0, r, "status line of script \"%s\": %s",
                      script_name(r), value);
    }
    r->status_line = apr_pstrdup(r->pool, value);
}

static void scan_content_type(struct header_scan *scan, const char *value)
{
    char *type = apr_pstrdup(scan->r->pool, value);

    ap_content_type_tolower(type);
    ap_set_content_type(scan->r, type);
}

static void scan_last_modified(struct header_scan *scan, const char *value)
{
    apr_time_t time = apr_date_parse_http(value);

    if (time == APR_DATE_BAD) {
        ap_log_rerror(__FILE__, __LINE__, scan->module_index, APLOG_DEBUG, 0,
                      scan->r, APLOGNO(50057) "ignoring Last-Modified \"%s\" "
                      "of script \"%s\": not a date", value,
                      script_name(scan->r));
        return;
    }
    ap_update_mtime(scan->r, time);
    ap_set_last_modified(scan->r);
}

static void set_in_response(struct header_scan *scan, const char *name,
                            const char *value)
{
    apr_table_set(scan->r->headers_out, name, value);
}

static void scan_location(struct header_scan *scan, const char *value)
{
    set_in_response(scan, "Location", value);
}

static void scan_content_length(struct header_scan *scan, const char *value)
{
    set_in_response(scan, "Content-Length", value);
}

static void scan_transfer_encoding(struct header_scan *scan, const char *value)
{
    set_in_response(scan, "Transfer-Encoding", value);
}

static void scan_etag(struct header_scan *scan, const char *value)
{
    set_in_response(scan, "ETag", value);
}

/* Never merged: a comma means something else inside (RFC 6265 section 3). */
static void scan_set_cookie(struct header_scan *scan, const char *value)
{
    apr_table_add(scan->r->err_headers_out, "Set-Cookie", value);
}

static const struct {
    const char *name;
    void (*scan)(struct header_scan *scan, const char *value);
} known_fields[] = {
    { "Content-Type", scan_content_type },
    { "Status", scan_status },
    { "Location", scan_location },
    { "Content-Length", scan_content_length },
    { "Last-Modified", scan_last_modified },
    { "ETag", scan_etag },
    { "Set-Cookie", scan_set_cookie },
    { "Transfer-Encoding", scan_transfer_encoding },
};

/* NAME and VALUE are parts of the line buffer. */
static void scan_field(struct header_scan *scan, const char *name,
                       const char *value)
{
    for (apr_size_t i = 0; i < sizeof known_fields / sizeof *known_fields;
         i++) {
        if (strcasecmp(name, known_fields[i].name) == 0) {
            known_fields[i].scan(scan, value);
            return;
        }
    }
    apr_table_merge(scan->r->err_headers_out, name, value);
}

static int refuse_line(struct header_scan *scan, const char *line)
{
    ap_log_rerror(__FILE__, __LINE__, scan->module_index,
                  APLOG_ERR | APLOG_TOCLIENT, 0, scan->r, APLOGNO(50059)
                  "script \"%s\" sent a line that is no header field: "
                  "\"%.30s\"", script_name(scan->r), line);
    return HTTP_INTERNAL_SERVER_ERROR;
}

static int refuse_end(const struct header_scan *scan)
{
    ap_log_rerror(__FILE__, __LINE__, scan->module_index,
                  APLOG_ERR | APLOG_TOCLIENT, 0, scan->r, APLOGNO(50060)
                  "script \"%s\" ended %s", script_name(scan->r),
                  scan->lines ? "inside its header section"
                              : "without sending a header section");
    return HTTP_INTERNAL_SERVER_ERROR;
}

/* A script that leaves the status to us may be answered with 304 or 412. */
static int finish(const struct header_scan *scan)
{
    return scan->status == 0 && scan->r->status == HTTP_OK
               ? ap_meets_conditions(scan->r) : OK;
}

static void trace_line(const struct header_scan *scan, const char *line)
{
    if (scan->lines == 1) {
        ap_log_rerror(__FILE__, __LINE__, scan->module_index, APLOG_TRACE4,
                      0, scan->r, "header section of script \"%s\":",
                      script_name(scan->r));
    }
    ap_log_rerror(__FILE__, __LINE__, scan->module_index, APLOG_TRACE4, 0,
                  scan->r, "  %s", line);
}

/* The rest of a line that fills the buffer must not pass for a line. */
static bool is_cut(const char *line)
{
    apr_size_t length = strlen(line);

    return length >= LINE_SIZE - 2 && line[length - 1] != '\n';
}

static int scan_headers(struct header_scan *scan, char *line,
                        line_source *next_line, void *source)
{
    for (;;) {
        bool too_long;
        char *value;

        if (next_line(line, LINE_SIZE - 1, source) == 0) {
            return refuse_end(scan);
        }
        too_long = is_cut(line);
        clean_line(line);
        if (*line == '\0') {
            return finish(scan);
        }
        scan->lines++;
        trace_line(scan, line);
        value = strchr(line, ':');
        if (value == NULL || too_long) {
            return refuse_line(scan, line);
        }
        *value++ = '\0';
        while (apr_isspace(*value)) {
            value++;
        }
        scan_field(scan, line, value);
    }
}

AP_DECLARE(int) ap_scan_script_header_err_core_ex(request_rec *r, char *buffer,
    int (*getsfunc)(char *, int, void *), void *getsfunc_data,
    int module_index)
{
    char own[LINE_SIZE];
    struct header_scan scan = { .r = r, .module_index = module_index };
    char *line = buffer ? buffer : own;

    *line = '\0';
    return scan_headers(&scan, line, getsfunc, getsfunc_data);
}

AP_DECLARE(int) ap_scan_script_header_err_core(request_rec *r, char *buffer,
    int (*getsfunc)(char *, int, void *), void *getsfunc_data)
{
    return ap_scan_script_header_err_core_ex(r, buffer, getsfunc,
                                             getsfunc_data,
                                             APLOG_MODULE_INDEX);
}

static int line_of_file(char *line, int size, void *data)
{
    return apr_file_gets(line, size, data) == APR_SUCCESS;
}

AP_DECLARE(int) ap_scan_script_header_err_ex(request_rec *r, apr_file_t *f,
    char *buffer, int module_index)
{
    return ap_scan_script_header_err_core_ex(r, buffer, line_of_file, f,
                                             module_index);
}

AP_DECLARE(int) ap_scan_script_header_err(request_rec *r, apr_file_t *f,
    char *buffer)
{
    return ap_scan_script_header_err_ex(r, f, buffer, APLOG_MODULE_INDEX);
}

/* Moves up to ROOM bytes, a newline being the last, from the first bucket to
 * TO; what remains of the bucket stays in the brigade. */
static apr_size_t take_bytes(apr_bucket_brigade *bb, char *to, apr_size_t room,
                             bool *ended)
{
    apr_bucket *bucket = APR_BRIGADE_FIRST(bb);
    const char *data;
    const char *newline;
    apr_size_t length;

    *ended = true;
    if (APR_BUCKET_IS_EOS(bucket)
        || apr_bucket_read(bucket, &data, &length, APR_BLOCK_READ)
               != APR_SUCCESS) {
        return 0;
    }
    if (length > room) {
        length = room;
    }
    newline = length ? memchr(data, '\n', length) : NULL;
    if (newline != NULL) {
        length = newline - data + 1;
    }
    *ended = newline != NULL || (room && length == room);
    if (length > 0) {
        memcpy(to, data, length);
    }
    if (length < bucket->length) {
        apr_bucket_split(bucket, length);
    }
    apr_bucket_delete(bucket);
    return length;
}

static int line_of_brigade(char *line, int size, void *data)
{
    apr_bucket_brigade *bb = data;
    apr_size_t filled = 0;
    bool ended = false;

    while (!ended && !APR_BRIGADE_EMPTY(bb)) {
        filled += take_bytes(bb, line + filled, size - 1 - filled, &ended);
    }
    line[filled] = '\0';
    return filled > 0;
}

AP_DECLARE(int) ap_scan_script_header_err_brigade_ex(request_rec *r,
    apr_bucket_brigade *bb, char *buffer, int module_index)
{
    return ap_scan_script_header_err_core_ex(r, buffer, line_of_brigade, bb,
                                             module_index);
}

AP_DECLARE(int) ap_scan_script_header_err_brigade(request_rec *r,
    apr_bucket_brigade *bb, char *buffer)
{
    return ap_scan_script_header_err_brigade_ex(r, bb, buffer,
                                                APLOG_MODULE_INDEX);
}

struct string_list {
    va_list rest;
    const char *at;             /* NULL: past the last string */
    int index;                  /* of the string AT points into */
};

static int line_of_strings(char *line, int size, void *data)
{
    struct string_list *list = data;
    int filled = 0;

    while (list->at != NULL && *list->at != '\0' && filled < size - 1) {
        char byte = *list->at++;

        line[filled++] = byte;
        if (*list->at == '\0') {
            list->at = va_arg(list->rest, const char *);
            list->index++;
        }
        if (byte == '\n') {
            break;
        }
    }
    line[filled] = '\0';
    return filled > 0;
}

static int scan_strings(request_rec *r, char *buffer, int module_index,
                        const char **termch, int *termarg,
                        struct string_list *list)
{
    int result;

    list->at = va_arg(list->rest, const char *);
    result = ap_scan_script_header_err_core_ex(r, buffer, line_of_strings,
                                               list, module_index);
    if (termch != NULL) {
        *termch = list->at;
    }
    if (termarg != NULL) {
        *termarg = list->index;
    }
    return result;
}

AP_DECLARE_NONSTD(int) ap_scan_script_header_err_strs_ex(request_rec *r,
    char *buffer, int module_index, const char **termch, int *termarg, ...)
{
    struct string_list list = { .index = 0 };
    int result;

    va_start(list.rest, termarg);
    result = scan_strings(r, buffer, module_index, termch, termarg, &list);
    va_end(list.rest);
    return result;
}

AP_DECLARE_NONSTD(int) ap_scan_script_header_err_strs(request_rec *r,
    char *buffer, const char **termch, int *termarg, ...)
{
    struct string_list list = { .index = 0 };
    int result;

    va_start(list.rest, termarg);
    result = scan_strings(r, buffer, APLOG_MODULE_INDEX, termch, termarg,
                          &list);
    va_end(list.rest);
    return result;
}
