/* SPDX-License-Identifier: Apache-2.0 */
/* mod_echo -- the echo protocol (RFC 862): the smallest protocol module.
 *
 *   ProtocolEcho on|off      server, virtual host
 *   hooks: process_connection
 */
#include "http_config.h"
#include "http_connection.h"
#include "http_log.h"
#include "http_protocol.h"
#include "httpd.h"
#include "scoreboard.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA echo_module;

struct echo_server {
    int on;
};

static void *echo_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct echo_server));
}

static const char *echo_set(cmd_parms *cmd, void *, int on)
{
    struct echo_server *s = ap_get_module_config(cmd->server->module_config,
                                                 &echo_module);

    s->on = on;
    return NULL;
}

static int echo_process_connection(conn_rec *c)
{
    const struct echo_server *s = ap_get_module_config(
        c->base_server->module_config, &echo_module);
    apr_bucket_brigade *bb;
    apr_status_t rv;

    if (!s->on) {
        return DECLINED;
    }
    ap_update_child_status_from_conn(c->sbh, SERVER_BUSY_READ, c);
    bb = apr_brigade_create(c->pool, c->bucket_alloc);
    do {
        apr_brigade_cleanup(bb);
        rv = ap_get_brigade(c->input_filters, bb, AP_MODE_READBYTES,
                            APR_BLOCK_READ, 8192);
        if (rv != APR_SUCCESS || APR_BRIGADE_EMPTY(bb)
            || APR_BUCKET_IS_EOS(APR_BRIGADE_LAST(bb))) {
            break;
        }
        APR_BRIGADE_INSERT_TAIL(bb,
                                apr_bucket_flush_create(c->bucket_alloc));
        rv = ap_pass_brigade(c->output_filters, bb);
    } while (rv == APR_SUCCESS);
    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv)
        && !APR_STATUS_IS_TIMEUP(rv) && !APR_STATUS_IS_ECONNRESET(rv)) {
        ap_log_cerror(APLOG_MARK, APLOG_INFO, rv, c, APLOGNO(01612)
                      "could not echo to %s", c->client_ip);
    }
    return OK;
}

static const command_rec echo_directives[] = {
    AP_INIT_FLAG("ProtocolEcho", echo_set, NULL, RSRC_CONF,
        "on: this server sends back what it receives"),
    { 0 }
};

static void echo_register_hooks(apr_pool_t *)
{
    ap_hook_process_connection(echo_process_connection, NULL, NULL,
                               APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(echo) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, echo_create_server, NULL,
    echo_directives, echo_register_hooks, AP_MODULE_FLAG_NONE
};
