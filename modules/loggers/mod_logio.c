/* SPDX-License-Identifier: Apache-2.0 */
/* mod_logio -- bytes that went over the wire, for access logs.
 *
 *   %I bytes received, %O bytes sent, %S both, with heads and TLS overhead
 *   %^FB  microseconds to the first byte (LogIOTrackTTFB on)
 *   LogIOTrackTTFB on|off
 *   hooks: pre_connection, insert_filter, log_transaction (last, after
 *          mod_log_config: a keep-alive connection counts anew)
 *   exports: optional functions ap_logio_add_bytes_out, _add_bytes_in,
 *            _get_last_bytes
 */
#include <string.h>

#include "apr_optional.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_log_config.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA logio_module;

APR_DECLARE_OPTIONAL_FN(void, ap_logio_add_bytes_out, (conn_rec *, apr_off_t));
APR_DECLARE_OPTIONAL_FN(void, ap_logio_add_bytes_in, (conn_rec *, apr_off_t));
APR_DECLARE_OPTIONAL_FN(apr_off_t, ap_logio_get_last_bytes, (conn_rec *));

/* One connection; used by the thread that runs it. */
struct logio_conn {
    apr_off_t bytes_in;
    apr_off_t bytes_out;
    apr_off_t last_total;           /* of the request before */
};

struct logio_request {
    apr_time_t first_byte;          /* microseconds after request_time */
};

struct logio_dir {
    int track_first_byte;           /* -1 unset */
};

static void *logio_create_dir(apr_pool_t *p, char *)
{
    struct logio_dir *dir = apr_palloc(p, sizeof *dir);

    dir->track_first_byte = -1;
    return dir;
}

static void *logio_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct logio_dir *base = basev;
    const struct logio_dir *add = addv;
    struct logio_dir *dir = apr_palloc(p, sizeof *dir);

    dir->track_first_byte = add->track_first_byte != -1
        ? add->track_first_byte : base->track_first_byte;
    return dir;
}

static struct logio_conn *conn_of(conn_rec *c)
{
    return ap_get_module_config(c->conn_config, &logio_module);
}

/* ---- counters */

static void ap_logio_add_bytes_out(conn_rec *c, apr_off_t bytes)
{
    struct logio_conn *mine = conn_of(c->master != NULL ? c->master : c);

    if (mine != NULL) {
        mine->bytes_out += bytes;
    }
}

static void ap_logio_add_bytes_in(conn_rec *c, apr_off_t bytes)
{
    struct logio_conn *mine = conn_of(c);

    if (mine != NULL) {
        mine->bytes_in += bytes;
    }
}

static apr_off_t ap_logio_get_last_bytes(conn_rec *c)
{
    struct logio_conn *mine = conn_of(c);

    return mine != NULL ? mine->last_total : 0;
}

/* Everything that arrives passes here, below TLS. */
static apr_status_t logio_in_filter(ap_filter_t *f, apr_bucket_brigade *bb,
                                    ap_input_mode_t mode,
                                    apr_read_type_e block,
                                    apr_off_t readbytes)
{
    apr_off_t length = 0;
    apr_status_t rv = ap_get_brigade(f->next, bb, mode, block, readbytes);

    if (rv == APR_SUCCESS && mode != AP_MODE_SPECULATIVE
        && mode != AP_MODE_INIT) {
        apr_brigade_length(bb, 0, &length);
        if (length > 0) {
            ap_logio_add_bytes_in(f->c, length);
        }
    }
    return rv;
}

static apr_status_t logio_first_byte_filter(ap_filter_t *f,
                                            apr_bucket_brigade *bb)
{
    struct logio_request *mine = apr_palloc(f->r->pool, sizeof *mine);

    mine->first_byte = apr_time_now() - f->r->request_time;
    ap_set_module_config(f->r->request_config, &logio_module, mine);
    ap_remove_output_filter(f);
    return ap_pass_brigade(f->next, bb);
}

/* ---- log items */

static const char *number(request_rec *r, apr_off_t value)
{
    return apr_off_t_toa(r->pool, value);
}

static const char *log_bytes_in(request_rec *r, char *)
{
    return number(r, conn_of(r->connection)->bytes_in);
}

static const char *log_bytes_out(request_rec *r, char *)
{
    return number(r, conn_of(r->connection)->bytes_out);
}

static const char *log_bytes_both(request_rec *r, char *)
{
    const struct logio_conn *mine = conn_of(r->connection);

    return number(r, mine->bytes_in + mine->bytes_out);
}

static const char *log_first_byte(request_rec *r, char *)
{
    const struct logio_request *mine = ap_get_module_config(r->request_config,
                                                            &logio_module);

    return mine != NULL ? number(r, mine->first_byte) : NULL;
}

/* ---- hooks */

static int logio_pre_connection(conn_rec *c, void *)
{
    struct logio_conn *mine;

    if (c->master != NULL) {
        return DECLINED;
    }
    mine = apr_pcalloc(c->pool, sizeof *mine);
    ap_set_module_config(c->conn_config, &logio_module, mine);
    ap_add_input_filter("LOG_INPUT_OUTPUT", NULL, NULL, c);
    return OK;
}

static void logio_insert_filter(request_rec *r)
{
    const struct logio_dir *dir = ap_get_module_config(r->per_dir_config,
                                                       &logio_module);

    if (dir->track_first_byte == 1) {
        ap_add_output_filter("LOGIO_TTFB_OUT", NULL, r, r->connection);
    }
}

static int logio_log_transaction(request_rec *r)
{
    struct logio_conn *mine = conn_of(r->connection);

    if (mine == NULL) {
        return DECLINED;
    }
    mine->last_total = mine->bytes_in + mine->bytes_out;
    mine->bytes_in = mine->bytes_out = 0;
    return OK;
}

static int logio_pre_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *)
{
    static const struct { const char *code; ap_log_handler_fn_t *item; }
    items[] = {
        { "I", log_bytes_in }, { "O", log_bytes_out },
        { "S", log_bytes_both }, { "^FB", log_first_byte },
    };
    APR_OPTIONAL_FN_TYPE(ap_register_log_handler) *add =
        APR_RETRIEVE_OPTIONAL_FN(ap_register_log_handler);

    for (size_t i = 0; add != NULL && i < sizeof items / sizeof *items; i++) {
        add(p, (char *)items[i].code, items[i].item, 0);
    }
    return OK;
}

static const command_rec logio_directives[] = {
    AP_INIT_FLAG("LogIOTrackTTFB", ap_set_flag_slot,
        (void *)offsetof(struct logio_dir, track_first_byte), OR_ALL,
        "on: measure the time to the first byte for %^FB"),
    { 0 }
};

static void logio_register_hooks(apr_pool_t *)
{
    static const char *const before[] = { "mod_log_config.c", NULL };

    /* %I and %O must be known before LogFormat lines are read */
    ap_hook_pre_config(logio_pre_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_pre_connection(logio_pre_connection, NULL, NULL,
                           APR_HOOK_MIDDLE);
    ap_hook_insert_filter(logio_insert_filter, NULL, NULL, APR_HOOK_LAST);
    ap_hook_log_transaction(logio_log_transaction, before, NULL,
                            APR_HOOK_MIDDLE);
    ap_register_input_filter("LOG_INPUT_OUTPUT", logio_in_filter, NULL,
                             AP_FTYPE_NETWORK - 1);
    ap_register_output_filter("LOGIO_TTFB_OUT", logio_first_byte_filter,
                              NULL, AP_FTYPE_RESOURCE);
    APR_REGISTER_OPTIONAL_FN(ap_logio_add_bytes_out);
    APR_REGISTER_OPTIONAL_FN(ap_logio_add_bytes_in);
    APR_REGISTER_OPTIONAL_FN(ap_logio_get_last_bytes);
}

AP_DECLARE_MODULE(logio) = {
    STANDARD20_MODULE_STUFF, logio_create_dir, logio_merge_dir, NULL, NULL,
    logio_directives, logio_register_hooks, AP_MODULE_FLAG_NONE
};
