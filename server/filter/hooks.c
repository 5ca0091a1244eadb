/* SPDX-License-Identifier: Apache-2.0 */
/* hooks.c -- what the core brings along: its filters with their handles, its
 * place in the hooks, and the directives about flushing.
 */
#include "filter/filter.h"

#include "http_core.h"
#include "http_protocol.h"
#include "http_request.h"

APR_HOOK_STRUCT(
    APR_HOOK_LINK(insert_network_bucket)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(apr_status_t, insert_network_bucket,
                            (conn_rec *c, apr_bucket_brigade *bb,
                             apr_socket_t *socket),
                            (c, bb, socket), AP_DECLINED)

AP_DECLARE_DATA ap_filter_rec_t *ap_core_input_filter_handle;
AP_DECLARE_DATA ap_filter_rec_t *ap_core_output_filter_handle;
AP_DECLARE_DATA ap_filter_rec_t *ap_content_length_filter_handle;
AP_DECLARE_DATA ap_filter_rec_t *ap_subreq_core_filter_handle;

static apr_status_t insert_socket_bucket(conn_rec *c, apr_bucket_brigade *bb,
                                         apr_socket_t *socket)
{
    apr_bucket *e = apr_bucket_socket_create(socket, c->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, e);
    return APR_SUCCESS;
}

static void register_filters(void)
{
    ap_core_input_filter_handle =
        ap_register_input_filter("CORE_IN", ap_core_input_filter, NULL,
                                 AP_FTYPE_NETWORK);
    ap_core_output_filter_handle =
        ap_register_output_filter("CORE", ap_core_output_filter, NULL,
                                  AP_FTYPE_NETWORK);
    ap_content_length_filter_handle =
        ap_register_output_filter("CONTENT_LENGTH", ap_content_length_filter,
                                  NULL, AP_FTYPE_PROTOCOL);
    ap_subreq_core_filter_handle =
        ap_register_output_filter("SUBREQ_CORE", ap_sub_req_output_filter,
                                  NULL, AP_FTYPE_CONTENT_SET);
    /* in front of every other filter: it is where the handler writes */
    ap_old_write_func =
        ap_register_output_filter("OLD_WRITE", ap_old_write_filter, NULL,
                                  AP_FTYPE_RESOURCE - 10);
}

void cl_filter_register_hooks(apr_pool_t *)
{
    register_filters();
    ap_hook_insert_network_bucket(insert_socket_bucket, NULL, NULL,
                                  APR_HOOK_REALLY_LAST);
    ap_hook_optional_fn_retrieve(cl_filter_find_logio, NULL, NULL,
                                 APR_HOOK_MIDDLE);
}

static core_server_config *server_config_of(cmd_parms *cmd)
{
    return ap_get_core_module_config(cmd->server->module_config);
}

const char *cl_set_flush_max_threshold(cmd_parms *cmd, void *,
                                       const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);
    apr_off_t size;
    char *end;

    if (err) {
        return err;
    }
    if (apr_strtoff(&size, arg, &end, 10) != APR_SUCCESS || *end
        || end == arg || size < 0) {
        return apr_psprintf(cmd->pool, "FlushMaxThreshold needs a number of "
                            "bytes, not \"%s\"; example: FlushMaxThreshold "
                            "65535", arg);
    }
    server_config_of(cmd)->flush_max_threshold =
        size ? (apr_size_t)size : CL_FLUSH_THRESHOLD_DEFAULT;
    return NULL;
}

const char *cl_set_flush_max_pipelined(cmd_parms *cmd, void *,
                                       const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);
    apr_off_t num;
    char *end;

    if (err) {
        return err;
    }
    if (apr_strtoff(&num, arg, &end, 10) != APR_SUCCESS || *end || end == arg
        || num < -1 || num > APR_INT32_MAX) {
        return apr_psprintf(cmd->pool, "FlushMaxPipelined needs a number of "
                            "responses, or -1 for no limit, not \"%s\"; "
                            "example: FlushMaxPipelined 5", arg);
    }
    server_config_of(cmd)->flush_max_pipelined = (apr_int32_t)num;
    return NULL;
}
