/* SPDX-License-Identifier: Apache-2.0 */
/* mod_dir -- what a request for a directory gets.
 *
 *   DirectoryIndex file ... | disabled
 *   DirectoryIndexRedirect on|off|temp|permanent|seeother|3xx
 *   DirectorySlash on|off            redirect /dir to /dir/
 *   DirectoryCheckHandler on|off     off: step in although a handler is set
 *   FallbackResource /url|disabled   for what does not exist
 *   hooks: fixups (last: others choose handlers first)
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

extern module AP_MODULE_DECLARE_DATA dir_module;

enum flag { UNSET = -1, OFF, ON };

struct dir_dir {
    apr_array_header_t *names;      /* NULL unset; empty: disabled */
    int slash;
    int check_handler;
    int redirect;                   /* UNSET, 0 or a status */
    const char *fallback;           /* NULL unset; "" disabled */
};

static void *dir_create_dir(apr_pool_t *p, char *)
{
    struct dir_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->slash = dir->check_handler = dir->redirect = UNSET;
    return dir;
}

static void *dir_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct dir_dir *base = basev;
    const struct dir_dir *add = addv;
    struct dir_dir *dir = apr_palloc(p, sizeof *dir);

    dir->names = add->names != NULL ? add->names : base->names;
    dir->slash = add->slash != UNSET ? add->slash : base->slash;
    dir->check_handler = add->check_handler != UNSET ? add->check_handler
                                                     : base->check_handler;
    dir->redirect = add->redirect != UNSET ? add->redirect : base->redirect;
    dir->fallback = add->fallback != NULL ? add->fallback : base->fallback;
    return dir;
}

/* ---- directives */

static const char *dir_set_index(cmd_parms *cmd, void *mconfig,
                                 const char *args)
{
    struct dir_dir *dir = mconfig;
    const char *rest = args;
    const char *word = ap_getword_conf(cmd->pool, &rest);

    if (*args == '\0') {
        return "DirectoryIndex needs at least one file name, or disabled";
    }
    if (ap_cstr_casecmp(word, "disabled") == 0 && *rest == '\0') {
        dir->names = apr_array_make(cmd->pool, 1, sizeof(char *));
        return NULL;
    }
    if (dir->names == NULL) {
        dir->names = apr_array_make(cmd->pool, 4, sizeof(char *));
    }
    for (;; word = ap_getword_conf(cmd->pool, &rest)) {
        APR_ARRAY_PUSH(dir->names, const char *) = word;
        if (*rest == '\0') {
            break;
        }
    }
    return NULL;
}

static const char *dir_set_redirect(cmd_parms *cmd, void *mconfig,
                                    const char *arg)
{
    static const struct { const char *word; int status; } words[] = {
        { "on", HTTP_MOVED_TEMPORARILY }, { "off", 0 },
        { "temp", HTTP_MOVED_TEMPORARILY },
        { "permanent", HTTP_MOVED_PERMANENTLY },
        { "seeother", HTTP_SEE_OTHER },
    };
    struct dir_dir *dir = mconfig;
    int status = atoi(arg);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(arg, words[i].word) == 0) {
            dir->redirect = words[i].status;
            return NULL;
        }
    }
    if (!ap_is_HTTP_REDIRECT(status)) {
        return apr_psprintf(cmd->pool, "DirectoryIndexRedirect needs on, off, "
                            "temp, permanent, seeother or a status from 300 "
                            "to 399, not \"%s\"", arg);
    }
    dir->redirect = status;
    return NULL;
}

static const char *dir_set_fallback(cmd_parms *, void *mconfig,
                                    const char *arg)
{
    struct dir_dir *dir = mconfig;

    dir->fallback = ap_cstr_casecmp(arg, "disabled") == 0 ? "" : arg;
    return NULL;
}

/* ---- work */

static const char *with_args(request_rec *r, const char *url)
{
    return r->args != NULL ? apr_pstrcat(r->pool, url, "?", r->args, NULL)
                           : url;
}

/* Pass the decision on to the request that is really wanted. */
static int become(request_rec *r, request_rec *wanted)
{
    ap_internal_fast_redirect(wanted, r);
    return OK;
}

static int use_fallback(request_rec *r, const struct dir_dir *dir)
{
    request_rec *sub;
    const char *url;

    if (dir->fallback == NULL || *dir->fallback == '\0'
        || (r->main != NULL && r->main->filename == NULL)) {
        return DECLINED;
    }
    url = r->main == NULL || *dir->fallback == '/' ? dir->fallback
        : apr_pstrcat(r->pool, ap_make_dirstr_parent(r->pool, r->uri),
                      dir->fallback, NULL);
    sub = ap_sub_req_lookup_uri(with_args(r, url), r, NULL);
    if (sub->status == HTTP_OK && sub->finfo.filetype == APR_REG) {
        return become(r, sub);
    }
    ap_destroy_sub_req(sub);
    return DECLINED;
}

static int fix_file(request_rec *r, const struct dir_dir *dir)
{
    bool from_request = r->path_info == NULL || *r->path_info == '\0'
        || r->finfo.filetype == APR_NOFILE;

    if (r->finfo.filetype != APR_NOFILE || r->handler != NULL
        || !from_request) {
        return DECLINED;
    }
    return use_fallback(r, dir);
}

static int add_slash(request_rec *r)
{
    char *url;

    /* a cross-site form post to /dir would lose its body: still redirect */
    url = apr_pstrcat(r->pool, ap_escape_uri(r->pool, r->uri), "/", NULL);
    apr_table_setn(r->headers_out, "Location",
                   ap_construct_url(r->pool, with_args(r, url), r));
    return HTTP_MOVED_PERMANENTLY;
}

static int redirect_to(request_rec *r, const char *name, int status)
{
    const char *url = *name == '/' ? name
        : apr_pstrcat(r->pool, r->uri, name, NULL);

    apr_table_setn(r->headers_out, "Location",
                   ap_construct_url(r->pool,
                       with_args(r, ap_escape_uri(r->pool, url)), r));
    return status;
}

/* May this result of a look-up stand for the directory? */
static bool is_answer(const request_rec *sub)
{
    return sub->status == HTTP_OK && sub->finfo.filetype == APR_REG;
}

static bool is_redirect(const request_rec *sub)
{
    return ap_is_HTTP_REDIRECT(sub->status)
        || (sub->status == HTTP_NOT_ACCEPTABLE);
}

/* The first index that answers; otherwise the worst refusal met. */
static int use_index(request_rec *r, const struct dir_dir *dir)
{
    static const char *const standard[] = { AP_DEFAULT_INDEX };
    const char *const *names = standard;
    int count = 1;
    int refused = 0;

    if (dir->names != NULL) {
        names = (const char *const *)dir->names->elts;
        count = dir->names->nelts;
    }
    for (int i = 0; i < count; i++) {
        const char *name = names[i];
        request_rec *sub;

        if (*name == '\0') {
            continue;
        }
        sub = ap_sub_req_lookup_uri(with_args(r,
                  ap_escape_uri(r->pool, name)), r, r->output_filters);
        if (is_answer(sub)) {
            if (dir->redirect > 0) {
                ap_destroy_sub_req(sub);
                return redirect_to(r, name, dir->redirect);
            }
            return become(r, sub);
        }
        if (is_redirect(sub)) {
            int status = sub->status;

            apr_table_overlap(r->headers_out, sub->headers_out,
                              APR_OVERLAP_TABLES_SET);
            apr_table_overlap(r->err_headers_out, sub->err_headers_out,
                              APR_OVERLAP_TABLES_SET);
            return status;
        }
        if (sub->status != HTTP_NOT_FOUND && sub->status != HTTP_OK) {
            refused = sub->status;
        }
        ap_destroy_sub_req(sub);
    }
    return refused != 0 ? refused : DECLINED;
}

static int fix_directory(request_rec *r, const struct dir_dir *dir)
{
    int answer;

    if (r->handler == NULL) {
        r->handler = DIR_MAGIC_TYPE;
    }
    if (*r->uri == '\0' || r->uri[strlen(r->uri) - 1] != '/') {
        if (dir->slash == OFF) {
            return DECLINED;
        }
        return add_slash(r);
    }
    if ((dir->check_handler == ON && r->handler != NULL
         && strcmp(r->handler, DIR_MAGIC_TYPE) != 0)
        || (dir->names != NULL && dir->names->nelts == 0)) {
        return DECLINED;
    }
    answer = use_index(r, dir);
    return answer != DECLINED ? answer : use_fallback(r, dir);
}

static int dir_fixups(request_rec *r)
{
    const struct dir_dir *dir = ap_get_module_config(r->per_dir_config,
                                                     &dir_module);

    if (r->finfo.filetype == APR_DIR) {
        return fix_directory(r, dir);
    }
    return fix_file(r, dir);
}

static const command_rec dir_directives[] = {
    AP_INIT_FLAG("DirectoryCheckHandler", ap_set_flag_slot,
        (void *)offsetof(struct dir_dir, check_handler), OR_INDEXES,
        "on: leave directories alone when another handler is set for them"),
    AP_INIT_RAW_ARGS("DirectoryIndex", dir_set_index, NULL, OR_INDEXES,
        "files to look for in a directory, in this order; or disabled"),
    AP_INIT_TAKE1("DirectoryIndexRedirect", dir_set_redirect, NULL,
        OR_INDEXES, "on or a redirect status: send the client to the index "
        "file instead of serving it in place"),
    AP_INIT_FLAG("DirectorySlash", ap_set_flag_slot,
        (void *)offsetof(struct dir_dir, slash), OR_INDEXES,
        "off: do not redirect /dir to /dir/"),
    AP_INIT_TAKE1("FallbackResource", dir_set_fallback, NULL, OR_INDEXES,
        "a URL that handles requests for what does not exist; or disabled"),
    { 0 }
};

static void dir_register_hooks(apr_pool_t *)
{
    ap_hook_fixups(dir_fixups, NULL, NULL, APR_HOOK_LAST);
}

AP_DECLARE_MODULE(dir) = {
    STANDARD20_MODULE_STUFF, dir_create_dir, dir_merge_dir, NULL, NULL,
    dir_directives, dir_register_hooks, AP_MODULE_FLAG_NONE
};
