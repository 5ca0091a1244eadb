/* SPDX-License-Identifier: Apache-2.0 */
/* translate.c -- from URI to file name below DocumentRoot, and the walks that
 * give the file its configuration. */
#include "request/request.h"

#include "http_log.h"
#include "http_main.h"
#include "http_request.h"
#include "mpm_common.h"

APLOG_USE_MODULE(core);

/* The part of the URI behind ServerPath. */
static const char *below_server_path(const request_rec *r)
{
    const server_rec *s = r->server;

    if (s->path && s->pathlen > 0 && cl_section_holds(s->path, r->uri)) {
        return r->uri + s->pathlen;
    }
    return r->uri;
}

/* root and path joined with one slash; path is normalised already */
static char *join(apr_pool_t *p, const char *root, const char *path)
{
    size_t root_length = strlen(root);
    size_t path_length = strlen(path);
    char *name = apr_palloc(p, root_length + path_length + 2);

    while (root_length > 0 && root[root_length - 1] == '/') {
        root_length--;
    }
    memcpy(name, root, root_length);
    name[root_length] = '/';
    memcpy(name + root_length + 1, path, path_length + 1);
    return name;
}

AP_DECLARE(int) ap_core_translate(request_rec *r)
{
    const char *root = ap_document_root(r);
    const char *path;
    apr_status_t rv;

    if (r->proxyreq) {
        return HTTP_FORBIDDEN;
    }
    if (!r->uri || (r->uri[0] != '/' && strcmp(r->uri, "*") != 0)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00126)
                      "Invalid URI in request \"%s\": \"%s\" starts with no "
                      "slash", r->the_request ? r->the_request : "",
                      r->uri ? r->uri : "");
        return HTTP_BAD_REQUEST;
    }
    path = below_server_path(r);
    while (*path == '/') {
        path++;
    }
    if (!cl_request_path_needs_care(r->uri)) {
        r->filename = join(r->pool, root, path);
    }
    else {
        rv = apr_filepath_merge(&r->filename, root, path,
                                APR_FILEPATH_TRUENAME
                                | APR_FILEPATH_SECUREROOT, r->pool);
        if (rv != APR_SUCCESS) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00127)
                          "\"%s\" names no file below \"%s\"",
                          r->uri, root);
            return HTTP_FORBIDDEN;
        }
    }
    r->canonical_filename = r->filename;
    return OK;
}

int cl_request_map_to_storage(request_rec *r)
{
    int status = ap_directory_walk(r);

    return status == OK ? ap_file_walk(r) : status;
}

/* Once per start: in the second pass, or the only one of a test (-t). */
static bool is_time_to_check(void)
{
    return ap_document_root_check
           && (ap_state_query(AP_SQ_MAIN_STATE) != AP_SQ_MS_CREATE_PRE_CONFIG
               || ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST);
}

static char *canonical_directory(cmd_parms *cmd, const char *arg)
{
    const char *full = ap_server_root_relative(cmd->pool, arg);
    char *clean;
    size_t length;

    if (!full || apr_filepath_merge(&clean, NULL, full,
                                    APR_FILEPATH_TRUENAME
                                    | APR_FILEPATH_NOTRELATIVE, cmd->pool)
                 != APR_SUCCESS) {
        return NULL;
    }
    length = strlen(clean);
    while (length > 1 && clean[length - 1] == '/') {
        clean[--length] = '\0';
    }
    return clean;
}

const char *cl_set_document_root(cmd_parms *cmd, void *, const char *arg)
{
    core_server_config *sconf
        = ap_get_core_module_config(cmd->server->module_config);
    char *root = canonical_directory(cmd, arg);

    if (!root) {
        return apr_psprintf(cmd->pool, "DocumentRoot \"%s\" is no usable "
                            "path; give the absolute name of a directory",
                            arg);
    }
    if (is_time_to_check() && !ap_is_directory(cmd->temp_pool, root)) {
        if (!cmd->server->is_virtual) {
            return apr_psprintf(cmd->pool, "DocumentRoot \"%s\" is no directory "
                                "that can be read", root);
        }
        ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, cmd->server,
                     APLOGNO(00112) "DocumentRoot \"%s\" does not "
                     "exist; create it or correct \"%s:%u\"", root,
                     cmd->directive->filename, cmd->directive->line_num);
    }
    sconf->ap_document_root = root;
    return NULL;
}
