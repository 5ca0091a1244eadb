/* SPDX-License-Identifier: Apache-2.0 */
/* trailers.c -- fields after a chunked body (RFC 9112 section 7.1.2).
 *
 * They go to trailers_in; MergeTrailers adds them to headers_in too, except
 * those that RFC 9110 section 6.5.1 forbids there: they were needed before
 * the body was read, so whoever sends them late means to deceive someone.
 */
#include "http_core.h"
#include "http_protocol.h"

#include "http/http.h"

static const char *const never_merged[] = {
    "Authorization", "Cache-Control", "Connection", "Content-Encoding",
    "Content-Length", "Content-Range", "Content-Type", "Cookie", "Expect",
    "Forwarded", "Host", "If-Match", "If-Modified-Since", "If-None-Match",
    "If-Range", "If-Unmodified-Since", "Keep-Alive", "Max-Forwards",
    "Proxy-Authorization", "Proxy-Connection", "Range", "TE", "Trailer",
    "Transfer-Encoding", "Upgrade", "Via", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server"
};

static int merge_one(void *headers, const char *name, const char *value)
{
    for (unsigned i = 0; i < sizeof never_merged / sizeof *never_merged;
         i++) {
        if (ap_cstr_casecmp(name, never_merged[i]) == 0) {
            return 1;
        }
    }
    apr_table_mergen(headers, name, value);
    return 1;
}

static bool may_merge(const request_rec *r)
{
    const core_server_config *conf
        = ap_get_core_module_config(r->server->module_config);

    return conf->merge_trailers == AP_MERGE_TRAILERS_ENABLE;
}

int cl_http_read_trailers(request_rec *r, ap_filter_t *from,
                          apr_bucket_brigade *bb)
{
    int status;

    if (!r->trailers_in) {
        r->trailers_in = apr_table_make(r->pool, 4);
    }
    status = cl_http_read_fields(r, from, r->trailers_in, bb);
    if (status == OK && may_merge(r) && !apr_is_empty_table(r->trailers_in)) {
        apr_table_do(merge_one, r->headers_in, r->trailers_in, NULL);
    }
    return status;
}

/* MergeTrailers on|off */
const char *cl_set_merge_trailers(cmd_parms *cmd, void *, int on)
{
    core_server_config *conf
        = ap_get_core_module_config(cmd->server->module_config);
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (err) {
        return err;
    }
    conf->merge_trailers = on ? AP_MERGE_TRAILERS_ENABLE
                              : AP_MERGE_TRAILERS_DISABLE;
    return NULL;
}
