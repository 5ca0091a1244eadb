/* SPDX-License-Identifier: Apache-2.0 */
/* mod_autoindex -- a listing for a directory without an index file.
 *
 *   IndexOptions IndexOrderDefault IndexIgnore IndexIgnoreReset
 *   AddIcon AddIconByType AddIconByEncoding DefaultIcon
 *   AddAlt AddAltByType AddAltByEncoding AddDescription
 *   HeaderName ReadmeName IndexHeadInsert IndexStyleSheet
 *                                     all: Override Indexes (index_config.c)
 *   hooks: handler for directories, where Options Indexes allows it
 *   query: C= O= F= V= P= (index_read.c)
 */
#include "autoindex.h"

#include <string.h>

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#include "apr_strings.h"

#define DEFAULT_TYPE "text/html"
#define DEFAULT_CHARSET "ISO-8859-1"

static int refuse(request_rec *r)
{
    const char *names = apr_table_get(r->notes, "dir-index-names");

    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01276)
                  "could not answer for directory \"%s\": it has no index "
                  "file (%s) and Options does not allow Indexes",
                  r->filename, names != NULL ? names : "none is named");
    return HTTP_FORBIDDEN;
}

static void set_type(request_rec *r, const struct index_dir *dir)
{
    const char *type = dir->type != NULL ? dir->type : DEFAULT_TYPE;
    const char *charset = dir->charset != NULL ? dir->charset
                                               : DEFAULT_CHARSET;

    ap_set_content_type(r, *charset == '\0' ? type
        : apr_pstrcat(r->pool, type, ";charset=", charset, NULL));
}

static int list_directory(request_rec *r, const struct index_dir *dir)
{
    apr_array_header_t *entries;
    struct index_view view;
    apr_status_t rv;

    index_view_of(r, dir, &view);
    rv = index_read(r, &view, &entries);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(01275)
                      "could not read directory \"%s\" to list it",
                      r->filename);
        return HTTP_FORBIDDEN;
    }
    set_type(r, dir);
    /* clients compare what HEAD says; no condition is checked here, as the
     * entries may change without the directory
     */
    if (view.options & INDEX_TRACK_MODIFIED) {
        ap_update_mtime(r, r->finfo.mtime);
        ap_set_last_modified(r);
        ap_set_etag(r);
    }
    if (!r->header_only) {
        index_write(r, &view, entries);
    }
    return OK;
}

/* Look-ups of entries take the part up to the last slash for the directory. */
static void end_in_slash(request_rec *r)
{
    size_t len = strlen(r->filename);

    if (len == 0 || r->filename[len - 1] != '/') {
        r->filename = apr_pstrcat(r->pool, r->filename, "/", NULL);
    }
}

static int autoindex_handler(request_rec *r)
{
    if (r->handler == NULL || strcmp(r->handler, DIR_MAGIC_TYPE) != 0) {
        return DECLINED;
    }
    r->allowed |= AP_METHOD_BIT << M_GET;
    if (r->method_number != M_GET) {
        return DECLINED;
    }
    if (!(ap_allow_options(r) & OPT_INDEXES)) {
        return refuse(r);
    }
    end_in_slash(r);
    return list_directory(r, ap_get_module_config(r->per_dir_config,
                                                  &autoindex_module));
}

static void autoindex_register_hooks(apr_pool_t *)
{
    ap_hook_handler(autoindex_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(autoindex) = {
    STANDARD20_MODULE_STUFF, index_create_dir, index_merge_dir, NULL, NULL,
    index_directives, autoindex_register_hooks, AP_MODULE_FLAG_NONE
};
