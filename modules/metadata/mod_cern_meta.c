/* SPDX-License-Identifier: Apache-2.0 */
/* mod_cern_meta -- header fields from a file beside the document.
 *
 *   MetaFiles on|off         MetaDir directory (.web)    MetaSuffix (.meta)
 *   hooks: fixups
 *   /dir/page.html has its fields in /dir/.web/page.html.meta; lines are
 *   "Name: value", and Content-Type:, Status: as in the output of a script.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_script.h"

extern module AP_MODULE_DECLARE_DATA cern_meta_module;

struct cern_meta_dir {
    const char *folder;
    const char *suffix;
    int on;                         /* -1 unset */
};

static void *cern_meta_create_dir(apr_pool_t *p, char *)
{
    struct cern_meta_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->on = -1;
    return dir;
}

static void *cern_meta_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct cern_meta_dir *base = basev;
    const struct cern_meta_dir *add = addv;
    struct cern_meta_dir *dir = apr_palloc(p, sizeof *dir);

    dir->folder = add->folder != NULL ? add->folder : base->folder;
    dir->suffix = add->suffix != NULL ? add->suffix : base->suffix;
    dir->on = add->on != -1 ? add->on : base->on;
    return dir;
}

/* One "Name: value" line; false when it is none. */
static bool apply_line(request_rec *r, char *line)
{
    char *value = strchr(line, ':');

    if (value == NULL) {
        return false;
    }
    *value++ = '\0';
    while (apr_isspace(*value)) {
        value++;
    }
    if (ap_cstr_casecmp(line, "Content-Type") == 0) {
        char *type = apr_pstrdup(r->pool, value);

        ap_content_type_tolower(type);
        ap_set_content_type(r, type);
    }
    else if (ap_cstr_casecmp(line, "Status") == 0) {
        r->status = atoi(value);
        r->status_line = apr_pstrdup(r->pool, value);
    }
    else {
        apr_table_set(r->headers_out, line, value);
    }
    return true;
}

static int read_fields(request_rec *r, const char *path, ap_configfile_t *f)
{
    char line[MAX_STRING_LEN];

    while (ap_cfg_getline(line, sizeof line, f) == APR_SUCCESS) {
        if (line[0] == '\0' || line[0] == '#') {
            continue;
        }
        if (!apply_line(r, line)) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01580)
                          "a line of the meta file \"%s\" has no colon: "
                          "\"%.60s\"", path, line);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
    }
    return OK;
}

static int cern_meta_fixups(request_rec *r)
{
    const struct cern_meta_dir *dir = ap_get_module_config(
        r->per_dir_config, &cern_meta_module);
    const char *name, *path;
    ap_configfile_t *f;
    apr_status_t rv;
    int status;

    if (dir->on != 1 || r->finfo.filetype == APR_NOFILE
        || r->finfo.filetype == APR_DIR || *r->uri == '\0'
        || r->uri[strlen(r->uri) - 1] == '/') {
        return DECLINED;
    }
    name = r->filename != NULL ? strrchr(r->filename, '/') : NULL;
    if (name == NULL) {
        return DECLINED;
    }
    path = apr_pstrcat(r->pool, apr_pstrmemdup(r->pool, r->filename,
                                               name - r->filename), "/",
                       dir->folder != NULL ? dir->folder : ".web", name,
                       dir->suffix != NULL ? dir->suffix : ".meta", NULL);
    rv = ap_pcfg_openfile(&f, r->pool, path);
    if (APR_STATUS_IS_ENOENT(rv)) {
        return DECLINED;
    }
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(01585)
                      "could not read the meta file \"%s\"", path);
        return HTTP_FORBIDDEN;
    }
    status = read_fields(r, path, f);
    ap_cfg_closefile(f);
    return status;
}

static const command_rec cern_meta_directives[] = {
    AP_INIT_FLAG("MetaFiles", ap_set_flag_slot,
        (void *)offsetof(struct cern_meta_dir, on), OR_INDEXES,
        "on: read header fields from meta files"),
    AP_INIT_TAKE1("MetaDir", ap_set_string_slot,
        (void *)offsetof(struct cern_meta_dir, folder), OR_INDEXES,
        "folder with the meta files, beside the documents"),
    AP_INIT_TAKE1("MetaSuffix", ap_set_string_slot,
        (void *)offsetof(struct cern_meta_dir, suffix), OR_INDEXES,
        "what is appended to a document's name"),
    { 0 }
};

static void cern_meta_register_hooks(apr_pool_t *)
{
    ap_hook_fixups(cern_meta_fixups, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(cern_meta) = {
    STANDARD20_MODULE_STUFF, cern_meta_create_dir, cern_meta_merge_dir, NULL,
    NULL, cern_meta_directives, cern_meta_register_hooks, AP_MODULE_FLAG_NONE
};
