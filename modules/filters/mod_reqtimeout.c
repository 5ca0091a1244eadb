/* SPDX-License-Identifier: Apache-2.0 */
/* mod_reqtimeout -- time limits for handshake, head and body of a request.
 *
 *   RequestReadTimeout stage=time[-max][,MinRate=bytes] ...
 *     stage: handshake (default 0), header (20-40,MinRate=500), body
 *     (20,MinRate=500); times in seconds, 0: no limit
 *   hooks: process_connection (first: the timer starts), pre_read_request,
 *          post_read_request; input filter reqtimeout
 *
 * Each stage has a deadline; received bytes move it by bytes / MinRate, not
 * beyond max.  A client that is too late gets 408 and the connection closes.
 * Waiting for the next request on a kept connection is KeepAliveTimeout's.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "apr_support.h"
#include "http_config.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA reqtimeout_module;

enum stage_name { HANDSHAKE, HEADER, BODY, STAGES };

static const char *const stage_names[STAGES] = { "handshake", "header",
                                                 "body" };

struct stage {
    int seconds;                    /* -1 unset, 0 no limit */
    int max;                        /* seconds; 0 none */
    int rate;                       /* bytes a second; 0 none */
};

static const struct stage defaults[STAGES] = {
    { 0, 0, 0 }, { 20, 40, 500 }, { 20, 0, 500 }
};

struct reqtimeout_server {
    struct stage stages[STAGES];
};

/* One connection; used by the thread that runs it. */
struct reqtimeout_conn {
    enum stage_name name;
    struct stage stage;
    apr_time_t deadline;            /* 0: no limit now */
    apr_time_t last;                /* deadline may not move beyond; 0 none */
    bool waiting;                   /* for a first byte on a kept connection */
    bool expired;
    apr_bucket_brigade *line;       /* a line that is not complete */
    apr_socket_t *socket;
};

static void *reqtimeout_create_server(apr_pool_t *p, server_rec *)
{
    struct reqtimeout_server *s = apr_pcalloc(p, sizeof *s);

    for (int i = 0; i < STAGES; i++) {
        s->stages[i].seconds = -1;
    }
    return s;
}

static void *reqtimeout_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct reqtimeout_server *base = basev;
    const struct reqtimeout_server *add = addv;
    struct reqtimeout_server *s = apr_palloc(p, sizeof *s);

    for (int i = 0; i < STAGES; i++) {
        s->stages[i] = add->stages[i].seconds != -1 ? add->stages[i]
                                                    : base->stages[i];
    }
    return s;
}

/* ---- directive */

static bool parse_number(const char **at, int *number)
{
    char *end;
    long value = strtol(*at, &end, 10);

    if (end == *at || value < 0 || value > 1000000000) {
        return false;
    }
    *number = (int)value;
    *at = end;
    return true;
}

static const char *parse_stage(struct stage *stage, const char *at)
{
    memset(stage, 0, sizeof *stage);
    if (!parse_number(&at, &stage->seconds)) {
        return "needs a number of seconds";
    }
    if (*at == '-') {
        at++;
        if (!parse_number(&at, &stage->max) || stage->max <= stage->seconds) {
            return "needs a maximum above the first number";
        }
    }
    if (*at == ',') {
        if (ap_cstr_casecmpn(at, ",MinRate=", 9) != 0) {
            return "knows only MinRate= after the comma";
        }
        at += 9;
        if (!parse_number(&at, &stage->rate) || stage->rate == 0) {
            return "needs a MinRate above zero";
        }
    }
    if (*at != '\0') {
        return "has something behind the last number";
    }
    if (stage->max > 0 && stage->rate == 0) {
        return "needs MinRate= when it has a maximum";
    }
    return NULL;
}

static const char *reqtimeout_set(cmd_parms *cmd, void *, const char *args)
{
    struct reqtimeout_server *s = ap_get_module_config(
        cmd->server->module_config, &reqtimeout_module);
    const char *word;

    while (*(word = ap_getword_conf(cmd->pool, &args)) != '\0') {
        const char *equals = strchr(word, '=');
        const char *wrong = "must be handshake=, header= or body=";

        for (int i = 0; equals != NULL && i < STAGES; i++) {
            size_t length = strlen(stage_names[i]);

            if ((size_t)(equals - word) == length
                && ap_cstr_casecmpn(word, stage_names[i], length) == 0) {
                wrong = parse_stage(&s->stages[i], equals + 1);
            }
        }
        if (wrong != NULL) {
            return apr_psprintf(cmd->pool, "RequestReadTimeout: %s: %s",
                                word, wrong);
        }
    }
    return NULL;
}

/* ---- the deadline */

static void begin_stage(struct reqtimeout_conn *mine, const server_rec *server,
                        enum stage_name name)
{
    const struct reqtimeout_server *s = ap_get_module_config(
        server->module_config, &reqtimeout_module);
    const struct stage *stage = &s->stages[name];

    mine->name = name;
    mine->stage = stage->seconds != -1 ? *stage : defaults[name];
    mine->deadline = mine->last = 0;
}

static void start_timer(struct reqtimeout_conn *mine)
{
    apr_time_t now;

    if (mine->stage.seconds == 0) {
        return;
    }
    now = apr_time_now();
    mine->deadline = now + apr_time_from_sec(mine->stage.seconds);
    mine->last = mine->stage.max > 0 ? now + apr_time_from_sec(mine->stage.max)
                                     : 0;
}

static void extend(struct reqtimeout_conn *mine, apr_bucket_brigade *bb)
{
    apr_off_t length = 0;

    if (mine->stage.rate == 0
        || apr_brigade_length(bb, 0, &length) != APR_SUCCESS || length <= 0) {
        return;
    }
    mine->deadline += apr_time_from_sec(length) / mine->stage.rate;
    if (mine->last != 0 && mine->deadline > mine->last) {
        mine->deadline = mine->last;
    }
}

/* ---- the filter */

static apr_status_t give_up(ap_filter_t *f, struct reqtimeout_conn *mine)
{
    conn_rec *c = f->c;

    if (!mine->expired) {
        mine->expired = true;
        ap_log_cerror(APLOG_MARK, APLOG_INFO, 0, c, APLOGNO(01382)
                      "the client was too slow with the %s of its request", stage_names[mine->name]);
        /* the client had its chance: do not linger for it */
        apr_table_setn(c->notes, "short-lingering-close", "1");
        c->keepalive = AP_CONN_CLOSE;
    }
    return APR_TIMEUP;
}

/* Wait until the socket is readable, at most up to the deadline. */
static apr_status_t wait_readable(struct reqtimeout_conn *mine)
{
    apr_interval_time_t normal, left;
    apr_status_t rv;

    apr_socket_timeout_get(mine->socket, &normal);
    left = mine->deadline - apr_time_now();
    if (left <= 0) {
        return APR_TIMEUP;
    }
    if (normal >= 0 && normal < left) {
        left = normal;
    }
    apr_socket_timeout_set(mine->socket, left);
    rv = apr_wait_for_io_or_timeout(NULL, mine->socket, 1);
    apr_socket_timeout_set(mine->socket, normal);
    return rv;
}

static bool is_complete(ap_input_mode_t mode, apr_bucket_brigade *bb)
{
    apr_bucket *b = APR_BRIGADE_LAST(bb);
    const char *bytes;
    apr_size_t length;

    if (mode != AP_MODE_GETLINE || b == APR_BRIGADE_SENTINEL(bb)
        || APR_BUCKET_IS_METADATA(b)) {
        return true;
    }
    return apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ) != APR_SUCCESS
        || length == 0 || bytes[length - 1] == '\n';
}

/* Read without blocking and wait in between, so that a client cannot stretch
 * the deadline byte by byte. */
static apr_status_t read_timed(ap_filter_t *f, struct reqtimeout_conn *mine,
                               apr_bucket_brigade *bb, ap_input_mode_t mode,
                               apr_off_t readbytes)
{
    apr_status_t rv;

    if (mine->line == NULL) {
        mine->line = apr_brigade_create(f->c->pool, f->c->bucket_alloc);
    }
    for (;;) {
        if (apr_time_now() >= mine->deadline) {
            return give_up(f, mine);
        }
        rv = ap_get_brigade(f->next, bb, mode, APR_NONBLOCK_READ, readbytes);
        if (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
            bool complete;

            extend(mine, bb);
            complete = is_complete(mode, bb);
            APR_BRIGADE_CONCAT(mine->line, bb);
            if (complete) {
                break;
            }
            if (mode == AP_MODE_GETLINE) {
                apr_off_t so_far = 0;

                /* the reader limits a line; do not gather more than it */
                apr_brigade_length(mine->line, 0, &so_far);
                if (so_far >= HUGE_STRING_LEN) {
                    break;
                }
            }
            continue;
        }
        if (rv != APR_SUCCESS && !APR_STATUS_IS_EAGAIN(rv)) {
            return rv;
        }
        rv = wait_readable(mine);
        if (APR_STATUS_IS_TIMEUP(rv)) {
            return apr_time_now() >= mine->deadline ? give_up(f, mine) : rv;
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    APR_BRIGADE_CONCAT(bb, mine->line);
    return APR_SUCCESS;
}

/* On a kept connection the first byte is KeepAliveTimeout's business. */
static apr_status_t await_first_byte(ap_filter_t *f,
                                     struct reqtimeout_conn *mine,
                                     apr_bucket_brigade *bb,
                                     apr_read_type_e block)
{
    if (block == APR_BLOCK_READ) {
        apr_status_t rv = ap_get_brigade(f->next, bb, AP_MODE_SPECULATIVE,
                                         block, 1);

        apr_brigade_cleanup(bb);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    mine->waiting = false;
    start_timer(mine);
    return APR_SUCCESS;
}

/* Looking ahead does not move the deadline. */
static apr_status_t peek_timed(ap_filter_t *f, struct reqtimeout_conn *mine,
                               apr_bucket_brigade *bb, apr_read_type_e block,
                               apr_off_t readbytes)
{
    apr_status_t rv = ap_get_brigade(f->next, bb, AP_MODE_SPECULATIVE,
                                     APR_NONBLOCK_READ, readbytes);

    if (block != APR_BLOCK_READ
        || (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb))
        || (rv != APR_SUCCESS && !APR_STATUS_IS_EAGAIN(rv))) {
        return rv;
    }
    rv = wait_readable(mine);
    if (rv != APR_SUCCESS) {
        return APR_STATUS_IS_TIMEUP(rv) && apr_time_now() >= mine->deadline
            ? give_up(f, mine) : rv;
    }
    return ap_get_brigade(f->next, bb, AP_MODE_SPECULATIVE, block, readbytes);
}

static apr_status_t reqtimeout_filter(ap_filter_t *f, apr_bucket_brigade *bb,
                                      ap_input_mode_t mode,
                                      apr_read_type_e block,
                                      apr_off_t readbytes)
{
    struct reqtimeout_conn *mine = f->ctx;
    apr_status_t rv;

    if (mine->expired) {
        return APR_TIMEUP;
    }
    if (mine->waiting && mode != AP_MODE_INIT && mode != AP_MODE_EATCRLF) {
        rv = await_first_byte(f, mine, bb, block);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    if (mine->deadline == 0 || mode == AP_MODE_INIT
        || mode == AP_MODE_EATCRLF) {
        return ap_get_brigade(f->next, bb, mode, block, readbytes);
    }
    if (mode == AP_MODE_SPECULATIVE) {
        return peek_timed(f, mine, bb, block, readbytes);
    }
    if (block == APR_BLOCK_READ) {
        return read_timed(f, mine, bb, mode, readbytes);
    }
    if (apr_time_now() >= mine->deadline) {
        return give_up(f, mine);
    }
    rv = ap_get_brigade(f->next, bb, mode, block, readbytes);
    if (rv == APR_SUCCESS) {
        extend(mine, bb);
    }
    return rv;
}

/* ---- hooks */

static struct reqtimeout_conn *conn_of(conn_rec *c)
{
    return ap_get_module_config(c->conn_config, &reqtimeout_module);
}

static bool has_limits(const server_rec *server)
{
    const struct reqtimeout_server *s = ap_get_module_config(
        server->module_config, &reqtimeout_module);

    for (int i = 0; i < STAGES; i++) {
        if (s->stages[i].seconds == -1 ? defaults[i].seconds != 0
                                       : s->stages[i].seconds != 0) {
            return true;
        }
    }
    return false;
}

static int reqtimeout_process_connection(conn_rec *c)
{
    struct reqtimeout_conn *mine = conn_of(c);

    if (mine != NULL || c->master != NULL || !has_limits(c->base_server)) {
        return DECLINED;
    }
    mine = apr_pcalloc(c->pool, sizeof *mine);
    mine->socket = ap_get_conn_socket(c);
    ap_set_module_config(c->conn_config, &reqtimeout_module, mine);
    ap_add_input_filter("reqtimeout", mine, NULL, c);
    begin_stage(mine, c->base_server, HANDSHAKE);
    if (mine->stage.seconds == 0) {
        begin_stage(mine, c->base_server, HEADER);
    }
    start_timer(mine);
    return DECLINED;
}

static void reqtimeout_pre_read_request(request_rec *, conn_rec *c)
{
    struct reqtimeout_conn *mine = conn_of(c);

    if (mine == NULL || mine->expired) {
        return;
    }
    if (mine->name != HEADER || c->keepalives > 0) {
        begin_stage(mine, c->base_server, HEADER);
        mine->waiting = c->keepalives > 0;
        if (!mine->waiting) {
            start_timer(mine);
        }
    }
}

static int reqtimeout_post_read_request(request_rec *r)
{
    struct reqtimeout_conn *mine = conn_of(r->connection);

    if (mine == NULL || r->main != NULL || r->prev != NULL) {
        return OK;
    }
    begin_stage(mine, r->server, BODY);
    mine->waiting = false;
    if (ap_request_has_body(r)) {
        start_timer(mine);
    }
    return OK;
}

static const command_rec reqtimeout_directives[] = {
    AP_INIT_RAW_ARGS("RequestReadTimeout", reqtimeout_set, NULL, RSRC_CONF,
        "handshake=, header= and body= with seconds, a maximum and a lowest "
        "rate; example: header=20-40,MinRate=500"),
    { 0 }
};

static void reqtimeout_register_hooks(apr_pool_t *)
{
    /* next to the network, so that TLS handshakes are timed as well */
    ap_register_input_filter("reqtimeout", reqtimeout_filter, NULL,
                             AP_FTYPE_CONNECTION + 8);
    ap_hook_process_connection(reqtimeout_process_connection, NULL, NULL,
                               APR_HOOK_FIRST);
    ap_hook_pre_read_request(reqtimeout_pre_read_request, NULL, NULL,
                             APR_HOOK_MIDDLE);
    ap_hook_post_read_request(reqtimeout_post_read_request, NULL, NULL,
                              APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(reqtimeout) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, reqtimeout_create_server,
    reqtimeout_merge_server, reqtimeout_directives,
    reqtimeout_register_hooks, AP_MODULE_FLAG_NONE
};
