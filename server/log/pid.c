/* SPDX-License-Identifier: Apache-2.0 */
/* pid.c -- the pid file: how scripts find the parent process. */
#include "log/log.h"

#include "http_main.h"

#include <apr_file_io.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

enum { LONGEST_PID_FILE = 80 };

static pid_t written_pid = -1;      /* what this process wrote */

static const char *full_name(apr_pool_t *p, const char *name)
{
    return ap_server_root_relative(p, name);
}

static apr_status_t parse_pid(const char *text, pid_t *pid)
{
    char *end = NULL;
    long number;

    while (apr_isspace(*text)) {
        text++;
    }
    if (!apr_isdigit(*text)) {
        return APR_EGENERAL;
    }
    errno = 0;
    number = strtol(text, &end, 10);
    while (apr_isspace(*end)) {
        end++;
    }
    if (*end != '\0' || errno != 0 || number < 1 || number != (pid_t)number) {
        return APR_EGENERAL;
    }
    *pid = (pid_t)number;
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_read_pid(apr_pool_t *p, const char *filename,
    pid_t *mypid)
{
    const char *name = filename ? full_name(p, filename) : NULL;
    char text[LONGEST_PID_FILE];
    apr_size_t length = sizeof text - 1;
    apr_file_t *file = NULL;
    apr_status_t rv;

    if (name == NULL) {
        return APR_EGENERAL;
    }
    rv = apr_file_open(&file, name, APR_READ, APR_OS_DEFAULT, p);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    rv = apr_file_read_full(file, text, length, &length);
    apr_file_close(file);
    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv)) {
        return rv;
    }
    text[length] = '\0';
    return parse_pid(text, mypid);
}

static void warn_of_other_pid(apr_pool_t *p, const char *name)
{
    pid_t found;

    if (ap_read_pid(p, name, &found) == APR_SUCCESS && found != getpid()) {
        ap_log_perror(APLOG_MARK, APLOG_WARNING, 0, p, APLOGNO(00098)
                      "pid file \"%s\" holds another process id, %"
                      APR_PID_T_FMT "; overwriting it as left over from an "
                      "unclean shutdown", name, found);
    }
}

/* By way of a second file: a reader never sees half a number. */
static apr_status_t write_pid(apr_pool_t *p, const char *name)
{
    const char *draft = apr_pstrcat(p, name, ".new", NULL);
    const char *text = apr_psprintf(p, "%" APR_PID_T_FMT "\n", getpid());
    apr_file_t *file = NULL;
    apr_status_t rv;

    apr_file_remove(draft, p);
    rv = apr_file_open(&file, draft, APR_WRITE | APR_CREATE | APR_EXCL,
                       APR_UREAD | APR_UWRITE | APR_GREAD | APR_WREAD, p);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    rv = apr_file_puts(text, file);
    apr_file_close(file);
    if (rv == APR_SUCCESS) {
        rv = apr_file_rename(draft, name, p);
    }
    if (rv != APR_SUCCESS) {
        apr_file_remove(draft, p);
    }
    return rv;
}

AP_DECLARE(void) ap_log_pid(apr_pool_t *p, const char *fname)
{
    const char *name = fname ? full_name(p, fname) : NULL;
    apr_status_t rv;

    if (fname == NULL) {
        return;
    }
    if (name == NULL) {
        ap_log_perror(APLOG_MARK, APLOG_STARTUP | APLOG_CRIT, APR_EBADPATH, p,
                      APLOGNO(50062) "PidFile \"%s\" is no usable path",
                      fname);
        return;
    }
    if (written_pid != getpid()) {
        warn_of_other_pid(p, name);
    }
    rv = write_pid(p, name);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, ap_server_conf,
                     APLOGNO(50071) "could not create pid file \"%s\"; check "
                     "that its directory exists and may be written", name);
        exit(1);                /* public promise: no server without it */
    }
    written_pid = getpid();
}

AP_DECLARE(void) ap_remove_pid(apr_pool_t *p, const char *fname)
{
    const char *name = fname ? full_name(p, fname) : NULL;
    apr_status_t rv;

    if (name == NULL) {
        return;
    }
    rv = apr_file_remove(name, p);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_INFO, rv, ap_server_conf,
                     APLOGNO(50070) "could not remove pid file \"%s\"", name);
        return;
    }
    ap_log_error(APLOG_MARK, APLOG_INFO, 0, ap_server_conf, APLOGNO(00096)
                 "removed pid file \"%s\" of process %" APR_PID_T_FMT, name,
                 getpid());
}
