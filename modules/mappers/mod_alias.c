/* SPDX-License-Identifier: Apache-2.0 */
/* mod_alias -- map URLs to other places of the file system, or elsewhere.
 *
 *   Alias /url path | Alias path (in <Location>); AliasMatch re path
 *   ScriptAlias, ScriptAliasMatch      the same, and run as CGI
 *   AliasPreservePath on|off           (in <Location>) keep what follows /url
 *   Redirect [status] [/url] [URL]; RedirectMatch; RedirectTemp;
 *   RedirectPermanent; RedirectRelative on|off
 *   hooks: translate_name (redirects of servers, then aliases),
 *          fixups (redirects of directories)
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ap_expr.h"
#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA alias_module;

/* One line of Alias... or Redirect.... */
struct mapping {
    const char *prefix;             /* NULL for a match */
    const ap_regex_t *regex;
    const char *target;
    const ap_expr_info_t *expr;     /* target, in <Location> */
    const char *handler;            /* of ScriptAlias */
    int status;                     /* of Redirect */
};

struct alias_server {
    apr_array_header_t *aliases;    /* struct mapping */
    apr_array_header_t *redirects;
};

struct alias_dir {
    apr_array_header_t *redirects;
    const struct mapping *alias;    /* Alias inside <Location> */
    const struct mapping *redirect; /* Redirect inside <Location> */
    const char *location;           /* the section's path */
    int relative;                   /* RedirectRelative; -1 unset */
    int preserve;                   /* AliasPreservePath; -1 unset */
};

static void *alias_create_server(apr_pool_t *p, server_rec *)
{
    struct alias_server *s = apr_palloc(p, sizeof *s);

    s->aliases = apr_array_make(p, 8, sizeof(struct mapping));
    s->redirects = apr_array_make(p, 8, sizeof(struct mapping));
    return s;
}

static void *alias_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct alias_server *base = basev;
    const struct alias_server *add = addv;
    struct alias_server *s = apr_palloc(p, sizeof *s);

    s->aliases = apr_array_append(p, add->aliases, base->aliases);
    s->redirects = apr_array_append(p, add->redirects, base->redirects);
    return s;
}

static void *alias_create_dir(apr_pool_t *p, char *path)
{
    struct alias_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->redirects = apr_array_make(p, 2, sizeof(struct mapping));
    dir->location = path;
    dir->relative = dir->preserve = -1;
    return dir;
}

static void *alias_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct alias_dir *base = basev;
    const struct alias_dir *add = addv;
    struct alias_dir *dir = apr_palloc(p, sizeof *dir);

    dir->redirects = apr_array_append(p, add->redirects, base->redirects);
    dir->alias = add->alias != NULL ? add->alias : base->alias;
    dir->location = add->alias != NULL ? add->location : base->location;
    dir->redirect = add->redirect != NULL ? add->redirect : base->redirect;
    dir->relative = add->relative != -1 ? add->relative : base->relative;
    dir->preserve = add->preserve != -1 ? add->preserve : base->preserve;
    return dir;
}

/* ---- matching */

/* How much of uri the alias covers; 0 when it does not match.  Runs of
 * slashes count as one on both sides, and a match ends at a segment. */
static size_t matched_length(const char *uri, const char *alias)
{
    const char *u = uri;
    const char *a = alias;

    while (*a != '\0') {
        if (*a == '/') {
            if (*u != '/') {
                return 0;
            }
            while (*a == '/') {
                a++;
            }
            while (*u == '/') {
                u++;
            }
        }
        else if (*u++ != *a++) {
            return 0;
        }
    }
    if (a > alias && a[-1] != '/' && *u != '\0' && *u != '/') {
        return 0;
    }
    return u - uri;
}

static const char *evaluate(request_rec *r, const struct mapping *m,
                            int *status)
{
    const char *error = NULL;
    const char *text = ap_expr_str_exec(r, m->expr, &error);

    if (text == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02825)
                      "could not evaluate the target of a mapping for %s: "
                      "%s", r->uri, error);
        *status = HTTP_INTERNAL_SERVER_ERROR;
    }
    return text;
}

static const char *with_escaped_path(apr_pool_t *p, const char *url)
{
    apr_uri_t uri;

    apr_uri_parse(p, url, &uri);
    uri.path = uri.path != NULL ? ap_escape_uri(p, uri.path) : NULL;
    return apr_uri_unparse(p, &uri, 0);
}

/* The mapping's target for this URI, or NULL. */
static const char *apply_match(request_rec *r, const struct mapping *m,
                               bool escape, int *status)
{
    ap_regmatch_t found[AP_MAX_REG_MATCH];
    char *result;

    if (ap_regexec(m->regex, r->uri, AP_MAX_REG_MATCH, found, 0) != 0) {
        return NULL;
    }
    if (m->target == NULL) {
        return "";
    }
    result = ap_pregsub(r->pool, m->target, r->uri, AP_MAX_REG_MATCH, found);
    if (result == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00672)
                      "could not build the target \"%s\" for %s",
                      m->target, r->uri);
        *status = HTTP_INTERNAL_SERVER_ERROR;
        return NULL;
    }
    return escape ? with_escaped_path(r->pool, result) : result;
}

/* ---- aliases */

static void note_context(request_rec *r, const struct mapping *m,
                         const char *file, size_t matched)
{
    if (m->handler != NULL) {
        r->handler = m->handler;
        apr_table_setn(r->notes, "alias-forced-type", r->handler);
    }
    if (m->prefix != NULL && m->target != NULL) {
        ap_set_context_info(r, apr_pstrmemdup(r->pool, r->uri, matched),
                            m->target);
    }
    ap_log_rerror(APLOG_MARK, APLOG_TRACE2, 0, r, "alias: %s is %s", r->uri,
                  file);
}

static const char *alias_by_server(request_rec *r, int *status)
{
    const struct alias_server *s = ap_get_module_config(
        r->server->module_config, &alias_module);

    for (int i = 0; i < s->aliases->nelts; i++) {
        const struct mapping *m = &APR_ARRAY_IDX(s->aliases, i,
                                                 struct mapping);
        const char *file = NULL;
        size_t matched = 0;

        if (m->regex != NULL) {
            file = apply_match(r, m, false, status);
        }
        else if ((matched = matched_length(r->uri, m->prefix)) > 0) {
            file = apr_pstrcat(r->pool, m->target, r->uri + matched, NULL);
        }
        if (*status != OK) {
            return NULL;
        }
        if (file != NULL) {
            note_context(r, m, file, matched);
            return file;
        }
    }
    return NULL;
}

static const char *alias_by_location(request_rec *r, int *status)
{
    const struct alias_dir *dir = ap_get_module_config(r->per_dir_config,
                                                       &alias_module);
    const char *file;

    if (dir->alias == NULL) {
        return NULL;
    }
    file = evaluate(r, dir->alias, status);
    if (file != NULL && dir->location != NULL && dir->preserve == 1) {
        size_t matched = matched_length(r->uri, dir->location);

        file = apr_pstrcat(r->pool, file, r->uri + matched, NULL);
    }
    if (file != NULL) {
        note_context(r, dir->alias, file, 0);
    }
    return file;
}

/* ---- redirects */

static const char *redirect_by_list(request_rec *r,
                                    const apr_array_header_t *list,
                                    const struct mapping **by, int *status)
{
    for (int i = 0; i < list->nelts; i++) {
        const struct mapping *m = &APR_ARRAY_IDX(list, i, struct mapping);
        const char *target = NULL;
        size_t matched;

        if (m->regex != NULL) {
            target = apply_match(r, m, true, status);
        }
        else if ((matched = matched_length(r->uri, m->prefix)) > 0) {
            target = m->target == NULL ? "" : apr_pstrcat(r->pool, m->target,
                ap_escape_uri(r->pool, r->uri + matched), NULL);
        }
        if (*status != OK) {
            return NULL;
        }
        if (target != NULL) {
            *by = m;
            return target;
        }
    }
    return NULL;
}

static bool has_path(const char *url)
{
    return *url == '/';
}

/* Answer with the mapping's status; target "" means no Location. */
static int answer(request_rec *r, const struct mapping *m, const char *target)
{
    const struct alias_dir *dir = ap_get_module_config(r->per_dir_config,
                                                       &alias_module);

    if (!ap_is_HTTP_REDIRECT(m->status) || *target == '\0') {
        return m->status;
    }
    if (r->args != NULL && strchr(target, '?') == NULL) {
        const char *fragment = strchr(target, '#');

        target = fragment == NULL
            ? apr_pstrcat(r->pool, target, "?", r->args, NULL)
            : apr_pstrcat(r->pool, apr_pstrmemdup(r->pool, target,
                                                  fragment - target),
                          "?", r->args, fragment, NULL);
    }
    if (has_path(target) && dir->relative != 1) {
        target = ap_construct_url(r->pool, target, r);
    }
    apr_table_setn(r->headers_out, "Location", target);
    return m->status;
}

static int alias_translate_name(request_rec *r)
{
    const struct alias_server *s = ap_get_module_config(
        r->server->module_config, &alias_module);
    const struct mapping *by = NULL;
    int status = OK;
    const char *found;

    if (r->uri[0] != '/' && r->uri[0] != '\0') {
        return DECLINED;
    }
    found = redirect_by_list(r, s->redirects, &by, &status);
    if (found != NULL) {
        return answer(r, by, found);
    }
    if (status == OK) {
        found = alias_by_location(r, &status);
    }
    if (found == NULL && status == OK) {
        found = alias_by_server(r, &status);
    }
    if (status != OK) {
        return status;
    }
    if (found == NULL) {
        return DECLINED;
    }
    r->filename = apr_pstrdup(r->pool, found);
    return OK;
}

static int alias_fixups(request_rec *r)
{
    const struct alias_dir *dir = ap_get_module_config(r->per_dir_config,
                                                       &alias_module);
    const struct mapping *by = NULL;
    const char *found = NULL;
    int status = OK;

    if (dir->redirect != NULL) {
        by = dir->redirect;
        found = by->expr != NULL ? evaluate(r, by, &status) : "";
        if (found != NULL && *found != '\0') {
            found = with_escaped_path(r->pool, found);
        }
    }
    else if (dir->redirects->nelts > 0) {
        found = redirect_by_list(r, dir->redirects, &by, &status);
    }
    if (status != OK) {
        return status;
    }
    return found != NULL ? answer(r, by, found) : DECLINED;
}

/* ---- directives */

static const char *compile_target(cmd_parms *cmd, const char *text,
                                  const ap_expr_info_t **expr)
{
    const char *error = NULL;

    *expr = ap_expr_parse_cmd(cmd, text, AP_EXPR_FLAG_STRING_RESULT, &error,
                              NULL);
    return error != NULL ? apr_psprintf(cmd->pool, "could not parse \"%s\": "
                                        "%s", text, error) : NULL;
}

static const char *compile_match(cmd_parms *cmd, const char *text,
                                 const ap_regex_t **regex)
{
    *regex = ap_pregcomp(cmd->pool, text, AP_REG_EXTENDED);
    return *regex == NULL ? apr_psprintf(cmd->pool, "\"%s\" is not a regular "
                                         "expression", text) : NULL;
}

static void warn_shadowed(cmd_parms *cmd, const apr_array_header_t *list,
                          const struct mapping *add)
{
    for (int i = 0; i + 1 < list->nelts; i++) {
        const struct mapping *m = &APR_ARRAY_IDX(list, i, struct mapping);

        if (m->prefix != NULL && add->prefix != NULL
            && matched_length(add->prefix, m->prefix) > 0) {
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server,
                         APLOGNO(00671) "%s at %s:%d is never reached: an "
                         "earlier %s covers its path", cmd->cmd->name,
                         cmd->directive->filename, cmd->directive->line_num,
                         m->handler != NULL ? "ScriptAlias" : "Alias");
            return;
        }
    }
}

/* cmd->info is "cgi-script" for ScriptAlias. */
static const char *alias_in_location(cmd_parms *cmd, struct alias_dir *dir,
                                     const char *target)
{
    struct mapping *m = apr_pcalloc(cmd->pool, sizeof *m);

    m->handler = cmd->info;
    m->target = target;
    dir->alias = m;
    return compile_target(cmd, target, &m->expr);
}

static const char *alias_add(cmd_parms *cmd, void *mconfig, const char *url,
                             const char *target)
{
    struct alias_server *s = ap_get_module_config(cmd->server->module_config,
                                                  &alias_module);
    const char *wrong = ap_check_cmd_context(cmd, target == NULL
        ? NOT_IN_DIRECTORY | NOT_IN_FILES
        : NOT_IN_DIRECTORY | NOT_IN_FILES | NOT_IN_LOCATION);
    struct mapping *m;

    if (wrong != NULL) {
        return wrong;
    }
    if (target == NULL) {
        return cmd->path != NULL ? alias_in_location(cmd, mconfig, url)
            : apr_psprintf(cmd->pool, "%s needs a URL path and a file path",
                           cmd->cmd->name);
    }
    m = apr_array_push(s->aliases);
    memset(m, 0, sizeof *m);
    m->prefix = url;
    m->handler = cmd->info;
    m->target = ap_server_root_relative(cmd->pool, target);
    if (m->target == NULL) {
        return apr_psprintf(cmd->pool, "\"%s\" is not a path", target);
    }
    warn_shadowed(cmd, s->aliases, m);
    return NULL;
}

static const char *alias_add_match(cmd_parms *cmd, void *, const char *regex,
                                   const char *target)
{
    struct alias_server *s = ap_get_module_config(cmd->server->module_config,
                                                  &alias_module);
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_DIR_LOC_FILE);
    struct mapping *m;

    if (wrong != NULL) {
        return wrong;
    }
    m = apr_array_push(s->aliases);
    memset(m, 0, sizeof *m);
    m->handler = cmd->info;
    m->target = target;
    return compile_match(cmd, regex, &m->regex);
}

/* "permanent", "gone", 303 ...; 0 when the word is no status. */
static int parse_status(const char *word)
{
    static const struct { const char *word; int status; } words[] = {
        { "permanent", HTTP_MOVED_PERMANENTLY },
        { "temp", HTTP_MOVED_TEMPORARILY },
        { "seeother", HTTP_SEE_OTHER },
        { "gone", HTTP_GONE },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(word, words[i].word) == 0) {
            return words[i].status;
        }
    }
    return apr_isdigit(*word) ? atoi(word) : 0;
}

struct redirect_args {
    int status;
    const char *from;
    const char *to;
};

static const char *sort_redirect_args(cmd_parms *cmd, const char *one,
                                      const char *two, const char *three,
                                      struct redirect_args *args)
{
    int forced = (int)(intptr_t)cmd->info & 0x3ff;

    args->status = parse_status(one);
    if (args->status != 0) {
        one = two;
        two = three;
        three = NULL;
    }
    else {
        args->status = forced != 0 ? forced : HTTP_MOVED_TEMPORARILY;
    }
    if (three != NULL) {
        return apr_psprintf(cmd->pool, "%s has a status it does not know; "
                            "use permanent, temp, seeother, gone or a number",
                            cmd->cmd->name);
    }
    args->from = one;
    args->to = two;
    if (cmd->path != NULL && two == NULL && one != NULL
        && ap_is_HTTP_REDIRECT(args->status)
        && !((intptr_t)cmd->info & 0x400)) {
        args->from = NULL;
        args->to = one;             /* <Location>: only a target */
    }
    return NULL;
}

static const char *check_target(cmd_parms *cmd,
                                const struct redirect_args *args)
{
    if (ap_is_HTTP_REDIRECT(args->status)) {
        if (args->to == NULL) {
            return "the URL to go to is missing";
        }
    }
    else if (args->to != NULL) {
        return "this status has no URL to go to";
    }
    if (args->to != NULL && args->from != NULL
        && !((intptr_t)cmd->info & 0x400)
        && !ap_is_url(args->to) && args->to[0] != '/') {
        return "the target must be a URL or begin with /";
    }
    return NULL;
}

/* cmd->info: status, plus 0x400 for RedirectMatch. */
static const char *redirect_add(cmd_parms *cmd, void *mconfig,
                                const char *one, const char *two,
                                const char *three)
{
    struct alias_dir *dir = mconfig;
    struct alias_server *s = ap_get_module_config(cmd->server->module_config,
                                                  &alias_module);
    struct redirect_args args = { 0 };
    struct mapping *m;
    bool match = ((intptr_t)cmd->info & 0x400) != 0;
    const char *wrong = sort_redirect_args(cmd, one, two, three, &args);

    if (wrong == NULL) {
        wrong = check_target(cmd, &args);
    }
    if (wrong != NULL) {
        return wrong;
    }
    if (args.from == NULL) {
        if (cmd->path == NULL) {
            return "Redirect needs a URL path outside of <Location>";
        }
        m = apr_pcalloc(cmd->pool, sizeof *m);
        m->status = args.status;
        dir->redirect = m;
        return args.to != NULL ? compile_target(cmd, args.to, &m->expr)
                               : NULL;
    }
    m = apr_array_push(cmd->path != NULL ? dir->redirects : s->redirects);
    memset(m, 0, sizeof *m);
    m->status = args.status;
    m->target = args.to;
    if (match) {
        return compile_match(cmd, args.from, &m->regex);
    }
    m->prefix = args.from;
    return NULL;
}

static const char *redirect_add2(cmd_parms *cmd, void *mconfig,
                                 const char *one, const char *two)
{
    return redirect_add(cmd, mconfig, one, two, NULL);
}

static const command_rec alias_directives[] = {
    AP_INIT_TAKE12("Alias", alias_add, NULL, RSRC_CONF | ACCESS_CONF,
        "a URL path and the file path it stands for; in <Location> only the "
        "file path"),
    AP_INIT_TAKE12("ScriptAlias", alias_add, "cgi-script",
        RSRC_CONF | ACCESS_CONF,
        "as Alias, and what is there is run as CGI"),
    AP_INIT_TAKE2("AliasMatch", alias_add_match, NULL, RSRC_CONF,
        "a regular expression for URL paths and a file path with $1 ..."),
    AP_INIT_TAKE2("ScriptAliasMatch", alias_add_match, "cgi-script",
        RSRC_CONF, "as AliasMatch, and what is there is run as CGI"),
    AP_INIT_FLAG("AliasPreservePath", ap_set_flag_slot,
        (void *)offsetof(struct alias_dir, preserve), OR_FILEINFO,
        "on: an Alias in <Location> keeps the rest of the URL path"),
    AP_INIT_TAKE123("Redirect", redirect_add,
        (void *)HTTP_MOVED_TEMPORARILY, OR_FILEINFO,
        "a status (optional), a URL path and the URL to go to"),
    AP_INIT_TAKE2("RedirectTemp", redirect_add2,
        (void *)HTTP_MOVED_TEMPORARILY, OR_FILEINFO,
        "a URL path and the URL where it is for now (302)"),
    AP_INIT_TAKE2("RedirectPermanent", redirect_add2,
        (void *)HTTP_MOVED_PERMANENTLY, OR_FILEINFO,
        "a URL path and the URL where it is for good (301)"),
    AP_INIT_TAKE23("RedirectMatch", redirect_add,
        (void *)(0x400 | HTTP_MOVED_TEMPORARILY), OR_FILEINFO,
        "a status (optional), a regular expression for URL paths and a URL "
        "with $1 ..."),
    AP_INIT_FLAG("RedirectRelative", ap_set_flag_slot,
        (void *)offsetof(struct alias_dir, relative), OR_FILEINFO,
        "on: send a target without host as it is"),
    { 0 }
};

static void alias_register_hooks(apr_pool_t *)
{
    /* these map before aliases do, as binaries of third parties expect */
    static const char *const after[] = { "mod_userdir.c",
                                         "mod_vhost_alias.c", NULL };

    ap_hook_translate_name(alias_translate_name, NULL, after,
                           APR_HOOK_MIDDLE);
    ap_hook_fixups(alias_fixups, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(alias) = {
    STANDARD20_MODULE_STUFF, alias_create_dir, alias_merge_dir,
    alias_create_server, alias_merge_server, alias_directives,
    alias_register_hooks, AP_MODULE_FLAG_NONE
};
