/* SPDX-License-Identifier: Apache-2.0 */
/* source.c -- where configuration text comes from: files or callbacks, read
 * as logical lines.
 *
 * A logical line is one or more physical lines: a backslash right before the
 * line end (LF or CR LF) joins the next one.  White space at both ends goes.
 * line_number counts physical lines; in the middle of a logical line it names
 * its last one.
 */
#include "config/config.h"

#include "http_log.h"

#include <apr_lib.h>
#include <apr_strings.h>

APLOG_USE_MODULE(core);

/* Where the reader of one logical line stands; survives a full buffer. */
struct line_reader {
    ap_configfile_t *cfp;
    char *buf;
    apr_size_t size;
    apr_size_t len;             /* so far, over all physical lines */
    apr_size_t start;           /* where the current physical line began */
    bool in_middle;             /* of a physical line */
    bool got_any;
};

static apr_status_t file_getch(char *ch, void *param)
{
    return apr_file_getc(ch, param);
}

static apr_status_t file_getstr(void *buf, apr_size_t size, void *param)
{
    return apr_file_gets(buf, (int)size, param);
}

static apr_status_t file_close(void *param)
{
    return apr_file_close(param);
}

static apr_status_t refuse_file(const char *name, const char *why)
{
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, APLOGNO(00554)
                 "Access to file %s denied by server: %s", name, why);
    return APR_EBADF;
}

AP_DECLARE(apr_status_t) ap_pcfg_openfile(ap_configfile_t **ret_cfg,
                                          apr_pool_t *p, const char *name)
{
    apr_file_t *file;
    apr_finfo_t info;
    apr_status_t rv;

    if (name == NULL) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, APLOGNO(50150)
                     "a module asked for a configuration file without a "
                     "name");
        return APR_EBADF;
    }
    rv = apr_file_open(&file, name, APR_FOPEN_READ | APR_FOPEN_BUFFERED,
                       APR_FPROT_OS_DEFAULT, p);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    rv = apr_file_info_get(&info, APR_FINFO_TYPE, file);
    if (rv == APR_SUCCESS && info.filetype != APR_REG
        && strcmp(name, "/dev/null") != 0) {
        apr_file_close(file);
        return refuse_file(name, "not a regular file");
    }
    *ret_cfg = ap_pcfg_open_custom(p, name, file, file_getch, file_getstr,
                                   file_close);
    return APR_SUCCESS;
}

AP_DECLARE(ap_configfile_t *) ap_pcfg_open_custom(apr_pool_t *p,
    const char *descr, void *param, apr_status_t (*getc_func)(char *, void *),
    apr_status_t (*gets_func)(void *, apr_size_t, void *),
    apr_status_t (*close_func)(void *))
{
    ap_configfile_t *cfp = apr_pcalloc(p, sizeof *cfp);

    cfp->name = apr_pstrdup(p, descr);
    cfp->param = param;
    cfp->getch = getc_func;
    cfp->getstr = gets_func;
    cfp->close = close_func;
    return cfp;
}

AP_DECLARE(int) ap_cfg_closefile(ap_configfile_t *cfp)
{
    return cfp->close ? cfp->close(cfp->param) : 0;
}

AP_DECLARE(apr_status_t) ap_cfg_getc(char *ch, ap_configfile_t *cfp)
{
    apr_status_t rv = cfp->getch(ch, cfp->param);

    if (rv == APR_SUCCESS && *ch == LF) {
        ++cfp->line_number;
    }
    return rv;
}

AP_DECLARE(const char *) ap_pcfg_strerror(apr_pool_t *p,
                                          ap_configfile_t *cfp,
                                          apr_status_t rc)
{
    char text[AP_USERERR_LEN];

    if (rc == APR_SUCCESS) {
        return NULL;
    }
    return apr_psprintf(p, "Error reading %s at line %u: %s", cfp->name,
                        cfp->line_number,
                        rc == APR_ENOSPC
                            ? "the line is too long"
                            : apr_strerror(rc, text, sizeof text));
}

/* A physical line, or as much of it as fits: by characters ... */
static apr_status_t get_by_chars(char *buf, apr_size_t size,
                                 ap_configfile_t *cfp)
{
    apr_size_t len = 0;

    while (len + 1 < size) {
        apr_status_t rv = ap_cfg_getc(buf + len, cfp);

        if (rv == APR_EOF && len > 0) {
            break;
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (buf[len++] == LF) {
            break;
        }
    }
    buf[len] = '\0';
    return APR_SUCCESS;
}

/* ... or by the source's own idea of a line. */
static apr_status_t get_piece(struct line_reader *reader)
{
    char *at = reader->buf + reader->len;
    apr_size_t room = reader->size - reader->len;

    if (reader->cfp->getstr == NULL) {
        return get_by_chars(at, room, reader->cfp);
    }
    if (!reader->in_middle) {
        ++reader->cfp->line_number;
    }
    return reader->cfp->getstr(at, room, reader->cfp->param);
}

/* Drops the line end; true when a backslash before it asks for more. */
static bool end_physical_line(struct line_reader *reader)
{
    char *buf = reader->buf;
    apr_size_t len = reader->len - 1;

    if (len > reader->start && buf[len - 1] == CR) {
        --len;
    }
    bool joined = len > reader->start && buf[len - 1] == '\\';
    if (joined) {
        --len;
    }
    buf[len] = '\0';
    reader->len = reader->start = len;
    reader->in_middle = false;
    return joined;
}

/* APR_ENOSPC: the buffer is full; give a bigger one and call again. */
static apr_status_t read_logical(struct line_reader *reader)
{
    for (;;) {
        if (reader->size - reader->len < 2) {
            return APR_ENOSPC;
        }
        reader->buf[reader->len] = '\0';
        apr_status_t rv = get_piece(reader);
        if (rv == APR_EOF && reader->got_any) {
            return APR_SUCCESS;
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
        reader->got_any = true;
        reader->len += strlen(reader->buf + reader->len);
        if (reader->len > reader->start
            && reader->buf[reader->len - 1] == LF) {
            if (!end_physical_line(reader)) {
                return APR_SUCCESS;
            }
        }
        else if (reader->len + 1 < reader->size) {
            return APR_SUCCESS;         /* last line, or a NUL in it */
        }
        else {
            reader->in_middle = true;
        }
    }
}

static void trim(char *text)
{
    char *begin = text;
    char *end = text + strlen(text);

    while (apr_isspace(*begin)) {
        ++begin;
    }
    while (end > begin && apr_isspace(end[-1])) {
        --end;
    }
    memmove(text, begin, end - begin);
    text[end - begin] = '\0';
}

AP_DECLARE(apr_status_t) ap_cfg_getline(char *buf, apr_size_t bufsize,
                                        ap_configfile_t *cfp)
{
    struct line_reader reader = { .cfp = cfp, .buf = buf, .size = bufsize };

    if (bufsize < 2) {
        return APR_ENOSPC;
    }
    apr_status_t rv = read_logical(&reader);
    if (rv == APR_SUCCESS) {
        trim(buf);
    }
    return rv;
}

static void grow(struct cl_config_line *line, apr_size_t used)
{
    apr_size_t size = line->size ? line->size * 2 : 512;
    char *text = apr_palloc(line->pool, size);

    if (used > 0) {
        memcpy(text, line->text, used);
    }
    text[used] = '\0';
    line->text = text;
    line->size = size;
}

apr_status_t cl_config_read_line(struct cl_config_line *line,
                                 ap_configfile_t *cfp)
{
    struct line_reader reader = { .cfp = cfp };
    apr_status_t rv;

    if (line->size == 0) {
        grow(line, 0);
    }
    for (;;) {
        reader.buf = line->text;
        reader.size = line->size;
        rv = read_logical(&reader);
        if (rv != APR_ENOSPC || line->size >= CL_CONFIG_MAX_LINE) {
            break;
        }
        grow(line, reader.len);
    }
    if (rv == APR_SUCCESS) {
        trim(line->text);
    }
    return rv;
}
