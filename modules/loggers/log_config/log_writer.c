/* SPDX-License-Identifier: Apache-2.0 */
/* log_writer.c -- where the lines of an access log go: a file or a program.
 *
 * A line is one write to a file opened for appending, so that processes do
 * not mix.  With BufferedLogs lines gather in a buffer of the process, which
 * is written when it is full and when the process ends.
 */
#include "log_config.h"

#include <limits.h>
#include <string.h>

#include "ap_mpm.h"
#include "apr_file_io.h"
#include "apr_strings.h"
#include "apr_thread_mutex.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"

APLOG_USE_MODULE(log_config);

#define BUFFER_SIZE 65536           /* bytes, for files */
#define STACK_LINE 2048             /* most lines are shorter */

bool log_writer_buffered;

struct log_writer {
    apr_file_t *file;
    apr_thread_mutex_t *mutex;      /* NULL: one thread */
    apr_size_t size;                /* of the buffer; 0: not buffered */
    apr_size_t used;                /* lock: mutex */
    char *buffer;
};

static apr_array_header_t *writers; /* all of them, for child_init */

static apr_status_t flush(struct log_writer *w)
{
    apr_status_t rv = APR_SUCCESS;

    if (w->used > 0) {
        rv = apr_file_write_full(w->file, w->buffer, w->used, NULL);
        w->used = 0;
    }
    return rv;
}

static apr_status_t flush_at_end(void *writer)
{
    return flush(writer);
}

/* Every process flushes its own buffer when it ends. */
void log_writer_child_init(apr_pool_t *p)
{
    int threads = 0;

    ap_mpm_query(AP_MPMQ_MAX_THREADS, &threads);
    for (int i = 0; writers != NULL && i < writers->nelts; i++) {
        struct log_writer *w = APR_ARRAY_IDX(writers, i,
                                             struct log_writer *);

        if (w->size == 0) {
            continue;
        }
        apr_pool_cleanup_register(p, w, flush_at_end, apr_pool_cleanup_null);
        if (threads > 1) {
            apr_thread_mutex_create(&w->mutex, APR_THREAD_MUTEX_DEFAULT, p);
        }
    }
}

static apr_file_t *open_program(apr_pool_t *p, const char *name)
{
    apr_cmdtype_e type = APR_PROGRAM_ENV;
    piped_log *pipe;

    if (*name == '|') {
        name++;
    }
    else if (*name == '$') {
        type = APR_SHELLCMD_ENV;
        name++;
    }
    pipe = ap_open_piped_log_ex(p, name, type);
    return pipe != NULL ? ap_piped_log_write_fd(pipe) : NULL;
}

static apr_file_t *open_file(apr_pool_t *p, server_rec *s, const char *name)
{
    const char *path = ap_server_root_relative(p, name);
    apr_file_t *file = NULL;
    apr_status_t rv;

    if (path == NULL) {
        ap_log_error(APLOG_MARK, APLOG_ERR, APR_EBADPATH, s, APLOGNO(00648)
                     "the access log \"%s\" is not a path", name);
        return NULL;
    }
    rv = apr_file_open(&file, path, APR_WRITE | APR_APPEND | APR_CREATE
                       | APR_LARGEFILE, APR_UREAD | APR_UWRITE | APR_GREAD
                       | APR_WREAD, p);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, APLOGNO(00649)
                     "could not open the access log \"%s\"; check that its "
                     "directory exists and may be written", path);
        return NULL;
    }
    return file;
}

void *log_writer_open(apr_pool_t *p, server_rec *s, const char *name)
{
    struct log_writer *w = apr_pcalloc(p, sizeof *w);

    w->file = *name == '|' ? open_program(p, name + 1)
                           : open_file(p, s, name);
    if (w->file == NULL) {
        return NULL;
    }
    if (log_writer_buffered) {
        /* a pipe takes PIPE_BUF bytes at once without mixing */
        w->size = *name == '|' ? PIPE_BUF : BUFFER_SIZE;
        w->buffer = apr_palloc(p, w->size);
        if (writers == NULL) {
            writers = apr_array_make(p, 4, sizeof w);
            apr_pool_cleanup_register(p, &writers, ap_pool_cleanup_set_null,
                                      apr_pool_cleanup_null);
        }
        APR_ARRAY_PUSH(writers, struct log_writer *) = w;
    }
    return w;
}

static char *gather(char *to, const char **strings, const int *lengths,
                    int count)
{
    for (int i = 0; i < count; i++) {
        memcpy(to, strings[i], lengths[i]);
        to += lengths[i];
    }
    return to;
}

static apr_status_t write_now(request_rec *r, struct log_writer *w,
                              const char **strings, const int *lengths,
                              int count, apr_size_t total)
{
    char line[STACK_LINE];
    char *text = total <= sizeof line ? line : apr_palloc(r->pool, total);

    gather(text, strings, lengths, count);
    return apr_file_write_full(w->file, text, total, NULL);
}

apr_status_t log_writer_write(request_rec *r, void *handle,
                              const char **strings, int *lengths, int count,
                              apr_size_t total)
{
    struct log_writer *w = handle;
    apr_status_t rv = APR_SUCCESS;

    if (w->size == 0) {
        return write_now(r, w, strings, lengths, count, total);
    }
    if (w->mutex != NULL) {
        apr_thread_mutex_lock(w->mutex);
    }
    if (w->used + total > w->size) {
        rv = flush(w);
    }
    if (total >= w->size) {
        rv = write_now(r, w, strings, lengths, count, total);
    }
    else {
        gather(w->buffer + w->used, strings, lengths, count);
        w->used += total;
    }
    if (w->mutex != NULL) {
        apr_thread_mutex_unlock(w->mutex);
    }
    return rv;
}
