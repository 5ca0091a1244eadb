/* SPDX-License-Identifier: Apache-2.0 */
/* mod_userdir -- /~user/ is a directory of that user.
 *
 *   UserDir directory ... | enabled [user ...] | disabled [user ...]
 *     directory: relative to the home; absolute, with the user's name
 *     appended or in place of "*"; or a URL to redirect to
 *   hooks: translate_name, get_suexec_identity (as the user)
 */
#include <stdbool.h>
#include <string.h>

#include "apr_strings.h"
#include "apr_user.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "unixd.h"

extern module AP_MODULE_DECLARE_DATA userdir_module;

enum globally { UNSET, ENABLED, DISABLED };

struct userdir_server {
    enum globally globally;
    const char *places;             /* words; NULL: unset */
    apr_table_t *enabled;
    apr_table_t *disabled;
};

static void *userdir_create_server(apr_pool_t *p, server_rec *)
{
    struct userdir_server *s = apr_pcalloc(p, sizeof *s);

    s->enabled = apr_table_make(p, 4);
    s->disabled = apr_table_make(p, 4);
    return s;
}

static void *userdir_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct userdir_server *base = basev;
    const struct userdir_server *add = addv;
    struct userdir_server *s = apr_pcalloc(p, sizeof *s);

    s->globally = add->globally != UNSET ? add->globally : base->globally;
    s->places = add->places != NULL ? add->places : base->places;
    s->enabled = add->enabled;
    s->disabled = add->disabled;
    return s;
}

static void add_names(apr_pool_t *p, apr_table_t *names, const char *words)
{
    while (*words != '\0') {
        apr_table_setn(names, ap_getword_conf(p, &words), "");
    }
}

static const char *userdir_set(cmd_parms *cmd, void *, const char *args)
{
    struct userdir_server *s = ap_get_module_config(
        cmd->server->module_config, &userdir_module);
    const char *rest = args;
    const char *word = ap_getword_conf(cmd->pool, &rest);

    if (ap_cstr_casecmp(word, "disabled") == 0
        || ap_cstr_casecmp(word, "disable") == 0) {
        if (*rest == '\0') {
            s->globally = DISABLED;
        }
        else {
            add_names(cmd->pool, s->disabled, rest);
        }
        return NULL;
    }
    if (ap_cstr_casecmp(word, "enabled") == 0
        || ap_cstr_casecmp(word, "enable") == 0) {
        if (*rest == '\0') {
            s->globally = ENABLED;
        }
        add_names(cmd->pool, s->enabled, rest);
        return NULL;
    }
    if (*word == '\0') {
        return "UserDir needs a directory, or enabled or disabled and names";
    }
    s->places = apr_pstrdup(cmd->pool, args);
    return NULL;
}

/* ---- work */

static bool is_served(const struct userdir_server *s, const char *user)
{
    /* no user is called . or .. and root's home needs UserDir enabled root */
    if (strcmp(user, ".") == 0 || strcmp(user, "..") == 0) {
        return false;
    }
    if (apr_table_get(s->disabled, user) != NULL) {
        return false;
    }
    return s->globally != DISABLED
        || apr_table_get(s->enabled, user) != NULL;
}

/* What follows it begins with one of its own, or is nothing. */
static const char *without_final_slash(apr_pool_t *p, const char *text)
{
    size_t len = strlen(text);

    return len > 0 && text[len - 1] == '/' ? apr_pstrmemdup(p, text, len - 1)
                                           : text;
}

/* Put the user in place of "*", or behind the directory. */
static const char *fill_in(apr_pool_t *p, const char *place, const char *user,
                           const char *rest)
{
    const char *star = strchr(place, '*');

    if (star == NULL) {
        return apr_pstrcat(p, without_final_slash(p, place), "/", user, rest,
                           NULL);
    }
    return apr_pstrcat(p, apr_pstrmemdup(p, place, star - place), user,
                       without_final_slash(p, star + 1), rest, NULL);
}

static const char *in_home(apr_pool_t *p, const char *place, const char *user,
                           const char *rest)
{
    char *home;

    if (apr_uid_homepath_get(&home, user, p) != APR_SUCCESS) {
        return NULL;
    }
    return apr_pstrcat(p, home, "/", place, rest, NULL);
}

static int serve(request_rec *r, const char *file, const char *user,
                 const char *rest)
{
    r->filename = apr_pstrdup(r->pool, file);
    ap_set_context_info(r, apr_pstrmemdup(r->pool, r->uri,
                                          strlen(r->uri) - strlen(rest)),
                        apr_pstrmemdup(r->pool, file,
                                       strlen(file) - strlen(rest)));
    apr_table_setn(r->notes, "mod_userdir_user", user);
    return OK;
}

static int userdir_translate_name(request_rec *r)
{
    const struct userdir_server *s = ap_get_module_config(
        r->server->module_config, &userdir_module);
    const char *places = s->places;
    const char *rest, *user;

    if (places == NULL || r->uri[0] != '/' || r->uri[1] != '~') {
        return DECLINED;
    }
    rest = r->uri + 2;
    user = ap_getword(r->pool, &rest, '/');
    if (rest[-1] == '/') {
        rest--;                     /* keep the slash with the rest */
    }
    if (*user == '\0' || !is_served(s, user)) {
        return DECLINED;
    }
    while (*places != '\0') {
        const char *place = ap_getword_conf(r->pool, &places);
        const char *file;
        apr_finfo_t info;

        if (strstr(place, "://") != NULL) {
            apr_table_setn(r->headers_out, "Location",
                           fill_in(r->pool, place, user, rest));
            return HTTP_MOVED_TEMPORARILY;
        }
        file = ap_os_is_path_absolute(r->pool, place)
            ? fill_in(r->pool, place, user, rest)
            : strchr(place, '*') != NULL ? NULL
            : in_home(r->pool, place, user, rest);
        if (file == NULL) {
            continue;
        }
        /* the last place is taken as it is, for a proper 404 */
        if (*places == '\0'
            || apr_stat(&info, file, APR_FINFO_MIN, r->pool) == APR_SUCCESS) {
            return serve(r, file, user, rest);
        }
    }
    return DECLINED;
}

static ap_unix_identity_t *userdir_suexec_identity(const request_rec *r)
{
    const char *user = apr_table_get(r->notes, "mod_userdir_user");
    ap_unix_identity_t *identity;

    if (user == NULL) {
        return NULL;
    }
    identity = apr_palloc(r->pool, sizeof *identity);
    if (apr_uid_get(&identity->uid, &identity->gid, user, r->pool)
        != APR_SUCCESS) {
        return NULL;
    }
    identity->userdir = 1;
    return identity;
}

static const command_rec userdir_directives[] = {
    AP_INIT_RAW_ARGS("UserDir", userdir_set, NULL, RSRC_CONF,
        "directories below users' homes, paths with * for the user, URLs; "
        "or enabled or disabled and names of users"),
    { 0 }
};

static void userdir_register_hooks(apr_pool_t *)
{
    static const char *const before[] = { "mod_alias.c", NULL };
    static const char *const after[] = { "mod_vhost_alias.c", NULL };

    ap_hook_translate_name(userdir_translate_name, before, after,
                           APR_HOOK_MIDDLE);
    ap_hook_get_suexec_identity(userdir_suexec_identity, NULL, NULL,
                                APR_HOOK_FIRST);
}

AP_DECLARE_MODULE(userdir) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, userdir_create_server,
    userdir_merge_server, userdir_directives, userdir_register_hooks,
    AP_MODULE_FLAG_NONE
};
