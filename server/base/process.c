/* SPDX-License-Identifier: Apache-2.0 */
/* process.c -- our own process id in names; the first line a program says. */
#include "httpd.h"
#include "http_log.h"

#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include <unistd.h>

APLOG_USE_MODULE(core);

AP_DECLARE(char *) ap_append_pid(apr_pool_t *p, const char *string,
    const char *delim)
{
    return apr_psprintf(p, "%s%s%" APR_PID_T_FMT, string, delim, getpid());
}

/* Reads up to the first control character or the end of the buffer. */
static void read_first_line(apr_file_t *from, char *line, apr_size_t size)
{
    apr_size_t filled = 0;

    while (filled < size - 1) {
        apr_size_t got = size - 1 - filled;

        if (apr_file_read(from, line + filled, &got) != APR_SUCCESS) {
            break;
        }
        filled += got;
    }
    for (apr_size_t i = 0; i < filled; i++) {
        if (apr_iscntrl((unsigned char)line[i])) {
            filled = i;
        }
    }
    line[filled] = '\0';
}

static void log_no_start(apr_pool_t *p, apr_status_t rv, const char *cmd)
{
    ap_log_perror(APLOG_MARK, APLOG_ERR, rv, p, APLOGNO(50050)
                  "could not run \"%s\"; check that the file exists and may "
                  "be executed", cmd);
}

AP_DECLARE(char *) ap_get_exec_line(apr_pool_t *p, const char *cmd,
    const char *const *argv)
{
    char line[MAX_STRING_LEN];
    apr_procattr_t *attr = NULL;
    apr_proc_t *child = apr_pcalloc(p, sizeof *child);
    apr_status_t rv = apr_procattr_create(&attr, p);

    if (rv == APR_SUCCESS) {
        rv = apr_procattr_io_set(attr, APR_NO_FILE, APR_FULL_BLOCK,
                                 APR_NO_PIPE);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_procattr_cmdtype_set(attr, APR_PROGRAM);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_proc_create(child, cmd, argv, NULL, attr, p);
    }
    if (rv != APR_SUCCESS) {
        log_no_start(p, rv, cmd);
        return NULL;
    }
    apr_pool_note_subprocess(p, child, APR_KILL_AFTER_TIMEOUT);
    read_first_line(child->out, line, sizeof line);
    apr_file_close(child->out);
    return apr_pstrdup(p, line);
}
