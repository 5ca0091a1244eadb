/* SPDX-License-Identifier: Apache-2.0 */
/* mod_actions -- run a CGI script for a media type, a handler or a method.
 *
 *   Action type-or-handler /script [virtual]
 *   Script method /script            GET only with a query string
 *   hooks: handler (last: every other handler goes first)
 */
#include <stdbool.h>
#include <string.h>

#include "apr_hash.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_script.h"

extern module AP_MODULE_DECLARE_DATA actions_module;

struct action {
    const char *script;
    bool is_virtual;                /* the file need not exist */
};

struct actions_dir {
    apr_hash_t *by_type;            /* name -> struct action */
    const char *by_method[METHODS];
    bool any_method;
};

static void *actions_create_dir(apr_pool_t *p, char *)
{
    struct actions_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->by_type = apr_hash_make(p);
    return dir;
}

static void *actions_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct actions_dir *base = basev;
    const struct actions_dir *add = addv;
    struct actions_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->by_type = apr_hash_overlay(p, add->by_type, base->by_type);
    for (int i = 0; i < METHODS; i++) {
        dir->by_method[i] = add->by_method[i] != NULL ? add->by_method[i]
                                                      : base->by_method[i];
    }
    dir->any_method = add->any_method || base->any_method;
    return dir;
}

static const char *actions_add(cmd_parms *cmd, void *mconfig,
                               const char *type, const char *script,
                               const char *option)
{
    struct actions_dir *dir = mconfig;
    struct action *action = apr_pcalloc(cmd->pool, sizeof *action);

    if (option != NULL && ap_cstr_casecmp(option, "virtual") != 0) {
        return apr_psprintf(cmd->pool, "Action has the unknown option \"%s\";"
                            " the only one is virtual", option);
    }
    action->script = script;
    action->is_virtual = option != NULL;
    apr_hash_set(dir->by_type, type, APR_HASH_KEY_STRING, action);
    return NULL;
}

static const char *actions_add_method(cmd_parms *cmd, void *mconfig,
                                      const char *method, const char *script)
{
    struct actions_dir *dir = mconfig;
    int number = ap_method_number_of(method);

    if (number == M_TRACE) {
        return "Script cannot be used for TRACE";
    }
    if (number == M_INVALID) {          /* known from now on */
        number = ap_method_register(cmd->server->process->pool, method);
    }
    dir->by_method[number] = script;
    dir->any_method = true;
    return NULL;
}

static const char *script_for_method(const request_rec *r,
                                     const struct actions_dir *dir)
{
    if (!dir->any_method || r->method_number < 0
        || r->method_number >= METHODS) {
        return NULL;
    }
    if (r->method_number == M_GET && (r->args == NULL || *r->args == '\0')) {
        return NULL;
    }
    if (r->prev != NULL && r->prev->prev != NULL) {
        return NULL;            /* the script is one for a script: a loop */
    }
    return dir->by_method[r->method_number];
}

static int actions_handler(request_rec *r)
{
    const struct actions_dir *dir = ap_get_module_config(r->per_dir_config,
                                                         &actions_module);
    const char *script = script_for_method(r, dir);
    const char *type = r->handler;
    const struct action *action;

    if (type != NULL && strcmp(type, DIR_MAGIC_TYPE) == 0
        && apr_hash_get(dir->by_type, type, APR_HASH_KEY_STRING) == NULL) {
        type = NULL;
    }
    if (type == NULL) {
        type = r->content_type != NULL
            ? ap_field_noparam(r->pool, r->content_type) : NULL;
    }
    action = type != NULL ? apr_hash_get(dir->by_type, type,
                                         APR_HASH_KEY_STRING) : NULL;
    if (action != NULL) {
        if (r->finfo.filetype == APR_NOFILE && !action->is_virtual) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00652)
                          "File does not exist: %s", r->filename);
            return HTTP_NOT_FOUND;
        }
        script = action->script;
    }
    if (script == NULL) {
        return DECLINED;
    }
    ap_internal_redirect_handler(
        apr_pstrcat(r->pool, script, ap_escape_uri(r->pool, r->uri),
                    r->args != NULL ? "?" : NULL, r->args, NULL), r);
    return OK;
}

static const command_rec actions_directives[] = {
    AP_INIT_TAKE23("Action", actions_add, NULL, OR_FILEINFO,
        "a media type or handler and the script that serves it; virtual: "
        "also for files that do not exist"),
    AP_INIT_TAKE2("Script", actions_add_method, NULL,
        ACCESS_CONF | RSRC_CONF,
        "a method and the script that serves requests with it"),
    { 0 }
};

static void actions_register_hooks(apr_pool_t *)
{
    ap_hook_handler(actions_handler, NULL, NULL, APR_HOOK_LAST);
}

AP_DECLARE_MODULE(actions) = {
    STANDARD20_MODULE_STUFF, actions_create_dir, actions_merge_dir, NULL,
    NULL, actions_directives, actions_register_hooks, AP_MODULE_FLAG_NONE
};
