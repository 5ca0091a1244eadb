/* SPDX-License-Identifier: Apache-2.0 */
/* normalize.c -- one spelling for each path of a URI.
 *
 * First dot segments go and harmless %xx are decoded; then, unless a module
 * took the raw path in pre_translate_name, the remaining %xx are decoded by
 * the rules of AllowEncodedSlashes.  Only a decoded "%2f" can build new dot
 * segments, so only then the path is normalised again; it cannot climb out of
 * the root any more.
 */
#include "request/request.h"

#include "http_log.h"

APLOG_USE_MODULE(core);

static bool merges_slashes(const request_rec *r)
{
    const core_server_config *sconf
        = ap_get_core_module_config(r->server->module_config);

    return sconf->merge_slashes != AP_CORE_CONFIG_OFF;
}

/* Is this, behind a slash, a segment of one or two dots? */
static bool is_dot_segment(const char *at)
{
    at++;
    if (*at == '.') {
        at++;
    }
    return *at == '/' || *at == '\0';
}

/* Each request comes here three times: one plain loop. */
bool cl_request_path_needs_care(const char *path)
{
    for (; *path; path++) {
        if (path[0] != '/') {
            continue;
        }
        if (path[1] == '/' || (path[1] == '.' && is_dot_segment(path + 1))) {
            return true;
        }
    }
    return false;
}

static int refuse_path(request_rec *r)
{
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(10244)
                  "invalid URI path (%s): it climbs above the root or holds a "
                  "malformed %%xx", r->unparsed_uri ? r->unparsed_uri : r->uri);
    return HTTP_BAD_REQUEST;
}

int cl_request_normalize(request_rec *r)
{
    char *path = r->parsed_uri.path;
    unsigned int flags = AP_NORMALIZE_NOT_ABOVE_ROOT
                         | AP_NORMALIZE_DECODE_UNRESERVED;

    if (!path || strcmp(path, "*") == 0) {
        return OK;
    }
    if (path[0] != '/') {
        return refuse_path(r);
    }
    if (!strchr(path, '%') && !cl_request_path_needs_care(path)) {
        return OK;
    }
    if (merges_slashes(r)) {
        flags |= AP_NORMALIZE_MERGE_SLASHES;
    }
    return ap_normalize_path(path, flags) ? OK : refuse_path(r);
}

/* "%00" or, where it is not allowed, "%2f" */
static int refuse_encoding(request_rec *r, int status)
{
    if (status == HTTP_NOT_FOUND) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00026)
                      "\"%s\" has an encoded slash or NUL in its path; "
                      "AllowEncodedSlashes can permit the slash",
                      r->unparsed_uri ? r->unparsed_uri : r->uri);
    }
    return status;
}

int cl_request_decode(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);
    char *path = r->parsed_uri.path;
    int status;

    if (r->proxyreq || !path || !strchr(path, '%')) {
        return OK;
    }
    if (!conf->allow_encoded_slashes) {
        status = ap_unescape_url(path);
        return status == OK ? OK : refuse_encoding(r, status);
    }
    status = ap_unescape_url_keep2f(path, conf->decode_encoded_slashes);
    if (status != OK) {
        return refuse_encoding(r, status);
    }
    if (conf->decode_encoded_slashes && cl_request_path_needs_care(path)) {
        unsigned int flags = merges_slashes(r) ? AP_NORMALIZE_MERGE_SLASHES
                                               : 0;

        return ap_normalize_path(path, flags) ? OK : refuse_path(r);
    }
    return OK;
}

const char *cl_set_allow_encoded_slashes(cmd_parms *, void *conf,
                                         const char *arg)
{
    enum { REFUSE, DECODE, KEEP };
    static const struct cl_choice choices[] = {
        { "off", REFUSE }, { "on", DECODE }, { "nodecode", KEEP }, { 0 }
    };
    core_dir_config *dir = conf;
    int choice = cl_request_choose(choices, arg);

    if (choice < 0) {
        return "AllowEncodedSlashes must be On, Off or NoDecode";
    }
    dir->allow_encoded_slashes = choice != REFUSE;
    dir->decode_encoded_slashes = choice == DECODE;
    return NULL;
}

const char *cl_set_merge_slashes(cmd_parms *cmd, void *, int on)
{
    core_server_config *sconf
        = ap_get_core_module_config(cmd->server->module_config);

    sconf->merge_slashes = on ? AP_CORE_CONFIG_ON : AP_CORE_CONFIG_OFF;
    return NULL;
}
