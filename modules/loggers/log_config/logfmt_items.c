/* SPDX-License-Identifier: Apache-2.0 */
/* logfmt_items.c -- what each % code of an access log prints.
 *
 * What a client sent is escaped, so that a line stays a line.  NULL prints
 * as "-".  Modules add codes with ap_register_log_handler.
 */
#include "log_config.h"

#include <string.h>
#include <unistd.h>

#include "apr_lib.h"
#include "apr_portable.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "util_time.h"

APLOG_USE_MODULE(log_config);

static apr_hash_t *handlers;        /* code -> ap_log_handler; configuration */

/* ---- helpers */

static const char *escaped(request_rec *r, const char *text)
{
    return text != NULL ? ap_escape_logitem(r->pool, text) : NULL;
}

static const char *number(request_rec *r, apr_int64_t value)
{
    return apr_psprintf(r->pool, "%" APR_INT64_T_FMT, value);
}

/* ---- who */

static const char *remote_host(request_rec *r, char *arg)
{
    return escaped(r, strcmp(arg, "c") == 0
        ? ap_get_remote_host(r->connection, r->per_dir_config, REMOTE_NAME,
                             NULL)
        : ap_get_useragent_host(r, REMOTE_NAME, NULL));
}

static const char *remote_address(request_rec *r, char *arg)
{
    return strcmp(arg, "c") == 0 ? r->connection->client_ip
                                 : r->useragent_ip;
}

static const char *local_address(request_rec *r, char *)
{
    return r->connection->local_ip;
}

static const char *remote_logname(request_rec *r, char *)
{
    return escaped(r, ap_get_remote_logname(r));
}

static const char *remote_user(request_rec *r, char *)
{
    if (r->user == NULL) {
        return NULL;
    }
    return *r->user == '\0' ? "\"\"" : escaped(r, r->user);
}

/* ---- what */

/* The request line; a password in an absolute target is not logged. */
static const char *request_line(request_rec *r, char *)
{
    if (r->parsed_uri.password != NULL) {
        return escaped(r, apr_pstrcat(r->pool, r->method, " ",
            apr_uri_unparse(r->pool, &r->parsed_uri, 0),
            r->assbackwards ? NULL : " ", r->protocol, NULL));
    }
    return escaped(r, r->the_request);
}

static const char *request_file(request_rec *r, char *)
{
    return escaped(r, r->filename);
}

static const char *request_uri(request_rec *r, char *)
{
    return escaped(r, r->uri);
}

static const char *request_method(request_rec *r, char *)
{
    return escaped(r, r->method);
}

static const char *request_protocol(request_rec *r, char *)
{
    return escaped(r, r->protocol);
}

static const char *request_query(request_rec *r, char *)
{
    return r->args != NULL ? apr_pstrcat(r->pool, "?", escaped(r, r->args),
                                         NULL) : "";
}

static const char *status(request_rec *r, char *)
{
    if (r->status > 99 && r->status < 1000) {
        char *text = apr_palloc(r->pool, 4);

        text[0] = '0' + r->status / 100;
        text[1] = '0' + r->status / 10 % 10;
        text[2] = '0' + r->status % 10;
        text[3] = '\0';
        return text;
    }
    return r->status <= 0 ? "-" : number(r, r->status);
}

static const char *handler(request_rec *r, char *)
{
    return escaped(r, r->handler);
}

static const char *body_bytes_or_dash(request_rec *r, char *)
{
    return r->sent_bodyct && r->bytes_sent ? number(r, r->bytes_sent) : "-";
}

static const char *body_bytes(request_rec *r, char *)
{
    return r->sent_bodyct && r->bytes_sent ? number(r, r->bytes_sent) : "0";
}

static const char *header_in(request_rec *r, char *arg)
{
    return escaped(r, apr_table_get(r->headers_in, arg));
}

static const char *trailer_in(request_rec *r, char *arg)
{
    return escaped(r, apr_table_get(r->trailers_in, arg));
}

static const char *trailer_out(request_rec *r, char *arg)
{
    return escaped(r, apr_table_get(r->trailers_out, arg));
}

static const char *join_values(request_rec *r, const apr_table_t *table,
                               const char *name)
{
    return apr_table_getm(r->pool, table, name);
}

static const char *header_out(request_rec *r, char *arg)
{
    const char *value = NULL;

    if (ap_cstr_casecmp(arg, "Content-Type") == 0 && r->content_type != NULL) {
        value = ap_field_noparam(r->pool, r->content_type);
    }
    if (value == NULL) {
        value = join_values(r, r->headers_out, arg);
    }
    if (value == NULL) {
        value = join_values(r, r->err_headers_out, arg);
    }
    return escaped(r, value);
}

static const char *note(request_rec *r, char *arg)
{
    return escaped(r, apr_table_get(r->notes, arg));
}

static const char *environment(request_rec *r, char *arg)
{
    return escaped(r, apr_table_get(r->subprocess_env, arg));
}

/* Value of a cookie by name, version 0 (name=value; name=value). */
static const char *find_cookie(request_rec *r, const char *cookies,
                               const char *name)
{
    char *rest = apr_pstrdup(r->pool, cookies);
    char *pair, *last;

    while ((pair = apr_strtok(rest, ";", &last)) != NULL) {
        char *equals = strchr(pair, '=');
        char *end;

        rest = NULL;
        while (apr_isspace(*pair)) {
            pair++;
        }
        if (equals == NULL) {
            continue;
        }
        *equals = '\0';
        for (end = equals; end > pair && apr_isspace(end[-1]);) {
            *--end = '\0';
        }
        if (ap_cstr_casecmp(pair, name) == 0) {
            char *value = equals + 1;

            for (end = value + strlen(value);
                 end > value && apr_isspace(end[-1]);) {
                *--end = '\0';
            }
            while (apr_isspace(*value)) {
                value++;
            }
            return *value != '\0' ? value : NULL;
        }
    }
    return NULL;
}

static const char *cookie(request_rec *r, char *arg)
{
    const char *cookies = apr_table_get(r->headers_in, "Cookie");

    return cookies != NULL ? escaped(r, find_cookie(r, cookies, arg)) : NULL;
}

/* ---- when */

/* The usual stamp, rebuilt once a second. */
static const char *common_stamp(request_rec *r, apr_time_t when)
{
    static AP_THREAD_LOCAL apr_int64_t cached_second;
    static AP_THREAD_LOCAL char cached[40];
    apr_int64_t second = apr_time_sec(when);

    if (second != cached_second || cached[0] == '\0') {
        apr_time_exp_t t;
        int zone;
        char sign;

        ap_explode_recent_localtime(&t, when);
        sign = t.tm_gmtoff < 0 ? '-' : '+';
        zone = (t.tm_gmtoff < 0 ? -t.tm_gmtoff : t.tm_gmtoff) / 60;
        apr_snprintf(cached, sizeof cached,
                     "[%02d/%s/%d:%02d:%02d:%02d %c%.2d%.2d]", t.tm_mday,
                     apr_month_snames[t.tm_mon], t.tm_year + 1900, t.tm_hour,
                     t.tm_min, t.tm_sec, sign, zone / 60, zone % 60);
        cached_second = second;
    }
    return apr_pstrdup(r->pool, cached);
}

static const char *fraction(request_rec *r, apr_time_t when, const char *arg)
{
    if (strcmp(arg, "sec") == 0) {
        return number(r, apr_time_sec(when));
    }
    if (strcmp(arg, "msec") == 0) {
        return number(r, apr_time_as_msec(when));
    }
    if (strcmp(arg, "usec") == 0) {
        return number(r, when);
    }
    if (strcmp(arg, "msec_frac") == 0) {
        return apr_psprintf(r->pool, "%03d", (int)apr_time_msec(when));
    }
    if (strcmp(arg, "usec_frac") == 0) {
        return apr_psprintf(r->pool, "%06d", (int)apr_time_usec(when));
    }
    return NULL;
}

static const char *formatted(request_rec *r, apr_time_t when, const char *arg)
{
    char text[MAX_STRING_LEN];
    apr_time_exp_t t;
    apr_size_t length;

    ap_explode_recent_localtime(&t, when);
    apr_strftime(text, &length, sizeof text, arg, &t);
    text[length < sizeof text ? length : sizeof text - 1] = '\0';
    return apr_pstrdup(r->pool, text);
}

/* The end of the request: when its first log line asked. */
static apr_time_t end_time(request_rec *r)
{
    apr_time_t *end = ap_get_module_config(r->request_config,
                                           &log_config_module);

    if (end == NULL) {
        end = apr_palloc(r->pool, sizeof *end);
        *end = apr_time_now();
        ap_set_module_config(r->request_config, &log_config_module, end);
    }
    return *end;
}

static const char *request_time(request_rec *r, char *arg)
{
    apr_time_t when = r->request_time;
    const char *text;

    if (strncmp(arg, "begin:", 6) == 0 || strcmp(arg, "begin") == 0) {
        arg += arg[5] == ':' ? 6 : 5;
    }
    else if (strncmp(arg, "end:", 4) == 0 || strcmp(arg, "end") == 0) {
        when = end_time(r);
        arg += arg[3] == ':' ? 4 : 3;
    }
    if (*arg == '\0') {
        return common_stamp(r, when);
    }
    text = fraction(r, when, arg);
    return text != NULL ? text : formatted(r, when, arg);
}

static const char *duration_usec(request_rec *r, char *)
{
    return number(r, end_time(r) - r->request_time);
}

static const char *duration(request_rec *r, char *arg)
{
    apr_time_t spent = end_time(r) - r->request_time;

    if (strcmp(arg, "us") == 0) {
        return number(r, spent);
    }
    if (strcmp(arg, "ms") == 0) {
        return number(r, apr_time_as_msec(spent));
    }
    return number(r, apr_time_sec(spent));
}

/* ---- where */

static const char *server_name(request_rec *r, char *)
{
    return escaped(r, ap_get_server_name(r));
}

static const char *virtual_host(request_rec *r, char *)
{
    return escaped(r, r->server->server_hostname);
}

static const char *server_port(request_rec *r, char *arg)
{
    if (strcmp(arg, "remote") == 0) {
        return number(r, r->useragent_addr->port);
    }
    if (strcmp(arg, "local") == 0) {
        return number(r, r->connection->local_addr->port);
    }
    return number(r, r->server->port ? r->server->port
                                     : ap_default_port(r));
}

static const char *process_id(request_rec *r, char *arg)
{
    if (strcmp(arg, "tid") == 0 || strcmp(arg, "hextid") == 0) {
        apr_os_thread_t tid = apr_os_thread_current();

        return apr_psprintf(r->pool, *arg == 't' ? "%pT" : "%pt", &tid);
    }
    return number(r, getpid());
}

static const char *connection_status(request_rec *r, char *)
{
    if (r->connection->aborted) {
        return "X";
    }
    if (r->connection->keepalive == AP_CONN_KEEPALIVE
        && (!r->server->keep_alive_max
            || r->server->keep_alive_max - r->connection->keepalives > 0)) {
        return "+";
    }
    return "-";
}

static const char *keepalive_number(request_rec *r, char *)
{
    return r->connection->keepalives > 0
        ? number(r, r->connection->keepalives - 1) : "0";
}

static const char *log_id(request_rec *r, char *arg)
{
    return strcmp(arg, "c") == 0 ? r->connection->log_id : r->log_id;
}

/* ---- table */

static const struct {
    const char *code;
    ap_log_handler_fn_t *run;
    int original;
} table[] = {
    { "h", remote_host, 0 },
    { "a", remote_address, 0 },
    { "A", local_address, 0 },
    { "l", remote_logname, 0 },
    { "u", remote_user, 0 },
    { "t", request_time, 0 },
    { "f", request_file, 0 },
    { "b", body_bytes_or_dash, 0 },
    { "B", body_bytes, 0 },
    { "i", header_in, 0 },
    { "o", header_out, 0 },
    { "n", note, 0 },
    { "L", log_id, 1 },
    { "e", environment, 0 },
    { "V", server_name, 0 },
    { "v", virtual_host, 0 },
    { "p", server_port, 0 },
    { "P", process_id, 0 },
    { "H", request_protocol, 0 },
    { "m", request_method, 0 },
    { "q", request_query, 0 },
    { "X", connection_status, 0 },
    { "C", cookie, 0 },
    { "k", keepalive_number, 0 },
    { "r", request_line, 1 },
    { "D", duration_usec, 1 },
    { "T", duration, 1 },
    { "U", request_uri, 1 },
    { "s", status, 1 },
    { "R", handler, 1 },
    { "^ti", trailer_in, 0 },
    { "^to", trailer_out, 0 },
};

/* The optional function for modules with codes of their own. */
static void ap_register_log_handler(apr_pool_t *p, char *tag,
                                    ap_log_handler_fn_t *run, int original)
{
    ap_log_handler *mine = apr_palloc(p, sizeof *mine);

    mine->func = run;
    mine->want_orig_default = original;
    apr_hash_set(handlers, tag, APR_HASH_KEY_STRING, mine);
}

void logfmt_register_items(apr_pool_t *p)
{
    handlers = apr_hash_make(p);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        ap_register_log_handler(p, (char *)table[i].code, table[i].run,
                                table[i].original);
    }
    APR_REGISTER_OPTIONAL_FN(ap_register_log_handler);
}

const ap_log_handler *logfmt_find_item(const char **at)
{
    /* "^" and two more characters; otherwise a single one */
    apr_ssize_t length = **at == '^' ? 3 : 1;
    const ap_log_handler *found;

    if (strnlen(*at, 3) < (size_t)length) {
        return NULL;
    }
    found = apr_hash_get(handlers, *at, length);
    if (found != NULL) {
        *at += length;
    }
    return found;
}
