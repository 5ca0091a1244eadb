/* SPDX-License-Identifier: Apache-2.0 */
/* http_core.c -- the record http_module: HTTP/1.x as a guest in the house.
 *
 *   KeepAlive on|off                server, default on
 *   KeepAliveTimeout seconds[ms]    server, default 5
 *   MaxKeepAliveRequests number     server, default 100; 0: no limit
 *   hooks: post_config, http_scheme, default_port, create_request,
 *          map_to_storage (TRACE, OPTIONS *), process_connection
 *   filters: HTTP_IN, HTTP_HEADER, HTTP_OUTERROR, CHUNK, BYTERANGE
 *
 * Module order lists and <IfModule> know this file by its name.
 */
#include "http/http.h"

#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"

#include <stdlib.h>

/* ---- hooks that are called here ---- */

APR_HOOK_STRUCT(
    APR_HOOK_LINK(http_scheme)
    APR_HOOK_LINK(default_port)
    APR_HOOK_LINK(insert_error_filter)
    APR_HOOK_LINK(log_transaction)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(const char *, http_scheme, (const request_rec *r),
                            (r), NULL)
AP_IMPLEMENT_HOOK_RUN_FIRST(apr_port_t, default_port, (const request_rec *r),
                            (r), 0)
AP_IMPLEMENT_HOOK_VOID(insert_error_filter, (request_rec *r), (r))
AP_IMPLEMENT_HOOK_RUN_ALL(int, log_transaction, (request_rec *r), (r), OK,
                          DECLINED)

AP_DECLARE_DATA ap_filter_rec_t *ap_http_input_filter_handle;

/* ---- directives ---- */

static const char *set_keep_alive(cmd_parms *cmd, void *, int on)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);

    if (!err) {
        cmd->server->keep_alive = on;
    }
    return err;
}

static const char *set_keep_alive_timeout(cmd_parms *cmd, void *,
                                          const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);
    apr_interval_time_t timeout;

    if (err) {
        return err;
    }
    if (ap_timeout_parameter_parse(arg, &timeout, "s") != APR_SUCCESS
        || timeout < 0) {
        return apr_psprintf(cmd->pool, "KeepAliveTimeout needs a time, not "
                            "\"%s\"; examples: 5, 500ms", arg);
    }
    cmd->server->keep_alive_timeout = timeout;
    cmd->server->keep_alive_timeout_set = 1;
    return NULL;
}

static const char *set_keep_alive_max(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);
    char *end;
    long n;

    if (err) {
        return err;
    }
    n = strtol(arg, &end, 10);
    if (end == arg || *end || n < 0 || n > INT_MAX) {
        return apr_psprintf(cmd->pool, "MaxKeepAliveRequests needs a number, "
                            "or 0 for no limit, not \"%s\"", arg);
    }
    cmd->server->keep_alive_max = (int)n;
    return NULL;
}

/* ---- random ---- */

/* Randomness comes from the operating system each time; there is no generator
 * to seed, only to see that it answers before the first connection does. */
AP_DECLARE(void) ap_init_rng(apr_pool_t *)
{
    unsigned char probe[8];
    apr_status_t rv = apr_generate_random_bytes(probe, sizeof probe);

    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, NULL, APLOGNO(00141)
                     "could not get random bytes from the operating system");
        exit(1);
    }
}

AP_DECLARE(void) ap_random_parent_after_fork(void)
{
    /* Parent and child share no generator, so they cannot repeat each other:
     * nothing to stir. */
}

/* ---- hook functions ---- */

static int http_post_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *,
                            server_rec *)
{
    unsigned char random[8];
    char *boundary = apr_palloc(p, 2 * sizeof random + 1);

    ap_random_insecure_bytes(random, sizeof random);
    ap_bin2hex(random, sizeof random, boundary);
    ap_multipart_boundary = boundary;
    return OK;
}

static bool is_https(const request_rec *r)
{
    return r->server->server_scheme
           && strcmp(r->server->server_scheme, "https") == 0;
}

static const char *http_scheme(const request_rec *r)
{
    return is_https(r) ? "https" : "http";
}

static apr_port_t http_default_port(const request_rec *r)
{
    return is_https(r) ? DEFAULT_HTTPS_PORT : DEFAULT_HTTP_PORT;
}

/* The filters that every answer to a client passes.  A redirected request
 * takes over those of the first; a sub-request's parent has them. */
static int http_create_request(request_rec *r)
{
    conn_rec *c = r->connection;

    if (r->main || r->prev) {
        return OK;
    }
    ap_add_output_filter_handle(ap_byterange_filter_handle, NULL, r, c);
    ap_add_output_filter_handle(ap_content_length_filter_handle, NULL, r, c);
    ap_add_output_filter_handle(ap_http_header_filter_handle, NULL, r, c);
    ap_add_output_filter_handle(ap_http_outerror_filter_handle, NULL, r, c);
    return OK;
}

static void register_filters(void)
{
    ap_http_input_filter_handle =
        ap_register_input_filter("HTTP_IN", ap_http_filter, NULL,
                                 AP_FTYPE_PROTOCOL);
    ap_http_header_filter_handle =
        ap_register_output_filter("HTTP_HEADER", ap_http_header_filter, NULL,
                                  AP_FTYPE_PROTOCOL);
    ap_chunk_filter_handle =
        ap_register_output_filter("CHUNK", ap_http_chunk_filter, NULL,
                                  AP_FTYPE_TRANSCODE);
    ap_http_outerror_filter_handle =
        ap_register_output_filter("HTTP_OUTERROR", ap_http_outerror_filter,
                                  NULL, AP_FTYPE_PROTOCOL);
    ap_byterange_filter_handle =
        ap_register_output_filter("BYTERANGE", ap_byterange_filter, NULL,
                                  AP_FTYPE_PROTOCOL);
}

/* ---- the record ---- */

static const command_rec http_directives[] = {
    AP_INIT_FLAG("KeepAlive", set_keep_alive, NULL, RSRC_CONF,
                 "on: a connection may carry several requests; off: one"),
    AP_INIT_TAKE1("KeepAliveTimeout", set_keep_alive_timeout, NULL, RSRC_CONF,
                  "how long to wait for the next request, in seconds, or "
                  "with ms in milliseconds"),
    AP_INIT_TAKE1("MaxKeepAliveRequests", set_keep_alive_max, NULL, RSRC_CONF,
                  "requests on one connection at most; 0 for no limit"),
    { 0 }
};

static void http_register_hooks(apr_pool_t *p)
{
    ap_hook_post_config(http_post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_process_connection(cl_http_process_connection, NULL, NULL,
                               APR_HOOK_REALLY_LAST);
    ap_hook_create_request(http_create_request, NULL, NULL,
                           APR_HOOK_REALLY_LAST);
    ap_hook_map_to_storage(ap_send_http_trace, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_map_to_storage(cl_http_answer_options_star, NULL, NULL,
                           APR_HOOK_MIDDLE);
    ap_hook_http_scheme(http_scheme, NULL, NULL, APR_HOOK_REALLY_LAST);
    ap_hook_default_port(http_default_port, NULL, NULL, APR_HOOK_REALLY_LAST);
    register_filters();
    ap_method_registry_init(p);
}

AP_DECLARE_MODULE(http) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, http_directives,
    http_register_hooks, AP_MODULE_FLAG_NONE
};
