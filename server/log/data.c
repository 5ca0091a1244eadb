/* SPDX-License-Identifier: Apache-2.0 */
/* data.c -- ap_log_*data: bytes as text and hex, 16 to a line. */
#include "log/log.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include <string.h>

enum { ROW = 16 };

/* Who logs, and about whom; the first of r, c, s that is set counts. */
struct data_log {
    const char *file;
    int line;
    int module_index;
    int level;
    const request_rec *r;
    const conn_rec *c;
    const server_rec *s;
};

static void log_text(const struct data_log *log, const char *text)
{
    if (log->r != NULL) {
        ap_log_rerror_(log->file, log->line, log->module_index, log->level, 0,
                       log->r, "%s", text);
    }
    else if (log->c != NULL) {
        ap_log_cserror_(log->file, log->line, log->module_index, log->level,
                        0, log->c, log->s, "%s", text);
    }
    else {
        ap_log_error_(log->file, log->line, log->module_index, log->level, 0,
                      log->s, "%s", text);
    }
}

/* A backslash would be doubled by the escaping of the log. */
static char shown(unsigned char byte)
{
    return apr_isascii(byte) && apr_isprint(byte) && byte != '\\' ? byte : '.';
}

static void format_row(char *to, const unsigned char *bytes, apr_size_t count)
{
    static const char digits[] = "0123456789abcdef";

    memset(to, ' ', ROW + 1 + 2 * ROW);
    for (apr_size_t i = 0; i < count; i++) {
        to[i] = shown(bytes[i]);
        to[ROW + 1 + 2 * i] = digits[bytes[i] >> 4];
        to[ROW + 2 + 2 * i] = digits[bytes[i] & 15];
    }
    to[ROW + 1 + 2 * ROW] = '\0';
}

static void log_rows(const struct data_log *log, const char *label,
                     const void *data, apr_size_t length, unsigned int flags)
{
    const unsigned char *bytes = data;
    char text[ROW * 4 + 32];
    char heading[MAX_STRING_LEN];

    if (label != NULL) {
        apr_snprintf(heading, sizeof heading, "%s (%" APR_SIZE_T_FMT " bytes)",
                     label, length);
        log_text(log, heading);
    }
    for (apr_size_t at = 0; at < length; at += ROW) {
        int prefix = 0;

        if (flags & AP_LOG_DATA_SHOW_OFFSET) {
            prefix = apr_snprintf(text, sizeof text, "%04x: ",
                                  (unsigned int)at);
        }
        format_row(text + prefix, bytes + at,
                   length - at < ROW ? length - at : ROW);
        log_text(log, text);
    }
}

AP_DECLARE(void) ap_log_data_(const char *file, int line, int module_index,
    int level, const server_rec *s, const char *label, const void *data,
    apr_size_t len, unsigned int flags)
{
    struct data_log log = { file, line, module_index, level, NULL, NULL, s };

    log_rows(&log, label, data, len, flags);
}

AP_DECLARE(void) ap_log_rdata_(const char *file, int line, int module_index,
    int level, const request_rec *r, const char *label, const void *data,
    apr_size_t len, unsigned int flags)
{
    struct data_log log = { file, line, module_index, level, r, NULL, NULL };

    log_rows(&log, label, data, len, flags);
}

AP_DECLARE(void) ap_log_cdata_(const char *file, int line, int module_index,
    int level, const conn_rec *c, const char *label, const void *data,
    apr_size_t len, unsigned int flags)
{
    struct data_log log = {
        file, line, module_index, level, NULL, c, c->base_server
    };

    log_rows(&log, label, data, len, flags);
}

AP_DECLARE(void) ap_log_csdata_(const char *file, int line, int module_index,
    int level, const conn_rec *c, const server_rec *s, const char *label,
    const void *data, apr_size_t len, unsigned int flags)
{
    struct data_log log = { file, line, module_index, level, NULL, c, s };

    log_rows(&log, label, data, len, flags);
}
