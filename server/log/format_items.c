/* SPDX-License-Identifier: Apache-2.0 */
/* format_items.c -- what stands behind the letters of ErrorLogFormat.
 *
 * An item writes at most SIZE - 1 bytes and a NUL and returns how many; 0
 * means it has nothing to say.  Client bytes are escaped.  Modules add
 * letters with ap_register_errorlog_handler().
 */
#include "log/log.h"

#include "ap_mpm.h"
#include "http_protocol.h"
#include "util_time.h"

#include <apr_portable.h>
#include <apr_strings.h>

#include <string.h>
#include <unistd.h>

/* Like strlcpy, but returns what was written. */
static int put(char *to, int size, const char *text)
{
    return text && size > 0 ? (int)(apr_cpystrn(to, text, size) - to) : 0;
}

static int put_escaped(char *to, int size, const char *text)
{
    return text && *text ? (int)ap_escape_errorlog_item(to, text, size) : 0;
}

static int put_address(char *to, int size, const char *ip,
                       const apr_sockaddr_t *address)
{
    if (ip == NULL || address == NULL) {
        return put(to, size, ip);
    }
    return apr_snprintf(to, size, "%s:%d", ip, address->port);
}

int cl_log_item_client(const ap_errorlog_info *info, const char *arg,
                       char *buf, int size)
{
    const request_rec *r = info->r;
    const conn_rec *c = info->c;

    if (r != NULL && !(arg && *arg == 'c')) {
        return put_address(buf, size, r->useragent_ip, r->useragent_addr
                           ? r->useragent_addr : r->connection->client_addr);
    }
    return c ? put_address(buf, size, c->client_ip, c->client_addr) : 0;
}

static int item_local(const ap_errorlog_info *info, const char *, char *buf,
                      int size)
{
    return info->c ? put_address(buf, size, info->c->local_ip,
                                 info->c->local_addr) : 0;
}

static int item_environment(const ap_errorlog_info *info, const char *arg,
                            char *buf, int size)
{
    if (info->r == NULL || info->r->subprocess_env == NULL || arg == NULL) {
        return 0;
    }
    return put_escaped(buf, size, apr_table_get(info->r->subprocess_env, arg));
}

/* Which system the number belongs to decides how it is written. */
int cl_log_item_status(const ap_errorlog_info *info, const char *, char *buf,
                       int size)
{
    apr_status_t status = info->status;
    int length;

    if (status == 0) {
        return 0;
    }
    if (status < APR_OS_START_EAIERR) {
        length = apr_snprintf(buf, size, "(%d)", status);
    }
    else if (status < APR_OS_START_SYSERR) {
        length = apr_snprintf(buf, size, "(EAI %d)",
                              status - APR_OS_START_EAIERR);
    }
    else {
        length = apr_snprintf(buf, size, "(OS %d)",
                              status - APR_OS_START_SYSERR);
    }
    apr_strerror(status, buf + length, size - length);
    return length + (int)strlen(buf + length);
}

int cl_log_item_source(const ap_errorlog_info *info, const char *, char *buf,
                       int size)
{
    const char *slash;

    if (info->file == NULL) {
        return 0;
    }
    slash = strrchr(info->file, '/');
    return apr_snprintf(buf, size, "%s(%d)", slash ? slash + 1 : info->file,
                        info->line);
}

int cl_log_item_header(const ap_errorlog_info *info, const char *arg,
                       char *buf, int size)
{
    if (info->r == NULL || info->r->headers_in == NULL || arg == NULL) {
        return 0;
    }
    return put_escaped(buf, size, apr_table_get(info->r->headers_in, arg));
}

static int item_keepalives(const ap_errorlog_info *info, const char *,
                           char *buf, int size)
{
    return info->c ? apr_snprintf(buf, size, "%d", info->c->keepalives) : 0;
}

static int item_level(const ap_errorlog_info *info, const char *, char *buf,
                      int size)
{
    return info->level == CL_LOG_NO_LEVEL
               ? 0 : put(buf, size, cl_log_level_name(info->level));
}

static int item_log_id(const ap_errorlog_info *info, const char *arg,
                       char *buf, int size)
{
    const request_rec *r = info->rmain;
    const char *id = NULL;

    if (arg && *arg == 'c') {
        id = info->c ? info->c->log_id : NULL;
    }
    else if (arg && *arg == 'C') {      /* in connection scope only */
        id = info->c && !r ? info->c->log_id : NULL;
    }
    else {
        id = r ? r->log_id : NULL;
    }
    return put(buf, size, id);
}

const char *cl_log_module_name(int index)
{
    return index < 0 ? NULL : ap_find_module_short_name(index);
}

static int item_module(const ap_errorlog_info *info, const char *, char *buf,
                       int size)
{
    return put(buf, size, cl_log_module_name(info->module_index));
}

static int item_note(const ap_errorlog_info *info, const char *arg, char *buf,
                     int size)
{
    if (info->r == NULL || info->r->notes == NULL || arg == NULL) {
        return 0;
    }
    return put_escaped(buf, size, apr_table_get(info->r->notes, arg));
}

static int item_pid(const ap_errorlog_info *, const char *, char *buf,
                    int size)
{
    return apr_snprintf(buf, size, "%" APR_PID_T_FMT, getpid());
}

static int item_thread(const ap_errorlog_info *, const char *arg, char *buf,
                       int size)
{
    int is_threaded = 0;
    apr_os_thread_t self;

    if (arg && *arg == 'g') {
        return apr_snprintf(buf, size, "%" APR_PID_T_FMT, gettid());
    }
    if (ap_mpm_query(AP_MPMQ_IS_THREADED, &is_threaded) != APR_SUCCESS
        || is_threaded == AP_MPMQ_NOT_SUPPORTED) {
        return 0;
    }
    self = apr_os_thread_current();
    return apr_snprintf(buf, size, "%pT", &self);
}

static int time_options(const char *arg)
{
    int options = AP_CTIME_OPTION_NONE;

    for (; arg && *arg; arg++) {
        options |= *arg == 'u' ? AP_CTIME_OPTION_USEC
                   : *arg == 'm' ? AP_CTIME_OPTION_MSEC
                   : *arg == 'c' ? AP_CTIME_OPTION_COMPACT
                   : *arg == 'z' ? AP_CTIME_OPTION_GMTOFF : 0;
    }
    return options;
}

int cl_log_item_time(const ap_errorlog_info *, const char *arg, char *buf,
                     int size)
{
    apr_time_t now = apr_time_now();
    apr_time_exp_t exploded;
    apr_size_t length = 0;
    int room = size;

    if (arg && *arg == '%') {
        ap_explode_recent_localtime(&exploded, now);
        return apr_strftime(buf, &length, size, arg, &exploded) == APR_SUCCESS
                   ? (int)length : 0;
    }
    if (ap_recent_ctime_ex(buf, now, time_options(arg), &room)
            != APR_SUCCESS) {
        return 0;
    }
    return (int)strlen(buf);
}

static int item_server(const ap_errorlog_info *info, const char *, char *buf,
                       int size)
{
    return info->s ? put(buf, size, info->s->server_hostname) : 0;
}

static int item_server_asked(const ap_errorlog_info *info, const char *,
                             char *buf, int size)
{
    if (info->r == NULL) {
        return 0;
    }
    return put_escaped(buf, size, ap_get_server_name((request_rec *)info->r));
}

/* The message itself is copied by the formatter; this row carries its flag. */
static int item_message(const ap_errorlog_info *, const char *, char *, int)
{
    return 0;
}

static const struct {
    char letter;
    ap_errorlog_handler handler;
} core_items[] = {
    { 'a', { cl_log_item_client, 0 } },
    { 'A', { item_local, 0 } },
    { 'e', { item_environment, 0 } },
    { 'E', { cl_log_item_status, 0 } },
    { 'F', { cl_log_item_source, 0 } },
    { 'i', { cl_log_item_header, 0 } },
    { 'k', { item_keepalives, 0 } },
    { 'l', { item_level, 0 } },
    { 'L', { item_log_id, 0 } },
    { 'm', { item_module, 0 } },
    { 'M', { item_message, AP_ERRORLOG_FLAG_MESSAGE } },
    { 'n', { item_note, 0 } },
    { 'P', { item_pid, 0 } },
    { 't', { cl_log_item_time, 0 } },
    { 'T', { item_thread, 0 } },
    { 'v', { item_server, 0 } },
    { 'V', { item_server_asked, 0 } },
};

/* Letters of modules: gone with the pool they were registered in. */
static ap_errorlog_handler registered[256];

static apr_status_t forget_handler(void *data)
{
    *(ap_errorlog_handler *)data = (ap_errorlog_handler){ 0 };
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_register_errorlog_handler(apr_pool_t *p, char *tag,
    ap_errorlog_handler_fn_t *handler, int flags)
{
    ap_errorlog_handler *slot = &registered[(unsigned char)*tag];

    slot->func = handler;
    slot->flags = flags;
    apr_pool_cleanup_register(p, slot, forget_handler, apr_pool_cleanup_null);
}

const ap_errorlog_handler *cl_log_find_item(char letter)
{
    const ap_errorlog_handler *own = &registered[(unsigned char)letter];

    if (own->func != NULL) {
        return own;
    }
    for (apr_size_t i = 0; i < sizeof core_items / sizeof *core_items; i++) {
        if (core_items[i].letter == letter) {
            return &core_items[i].handler;
        }
    }
    return NULL;
}
