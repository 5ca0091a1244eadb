/* SPDX-License-Identifier: Apache-2.0 */
/* mod_vhost_alias -- document roots made of the host's name or address.
 *
 *   VirtualDocumentRoot, VirtualScriptAlias         by name
 *   VirtualDocumentRootIP, VirtualScriptAliasIP     by address
 *     pattern: %% %p (port) %N[.M] with N, M: part number, -part from the
 *     end, + after it for "and all behind" (or before); 0 is the whole
 *   hooks: translate_name
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA vhost_alias_module;

enum source { UNSET, NONE, BY_NAME, BY_ADDRESS };

struct root {
    const char *pattern;
    enum source source;
};

struct vhost_alias_server {
    struct root documents;
    struct root scripts;
};

static void *vhost_alias_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct vhost_alias_server));
}

static void *vhost_alias_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct vhost_alias_server *base = basev;
    const struct vhost_alias_server *add = addv;
    struct vhost_alias_server *s = apr_palloc(p, sizeof *s);

    s->documents = add->documents.source != UNSET ? add->documents
                                                  : base->documents;
    s->scripts = add->scripts.source != UNSET ? add->scripts : base->scripts;
    return s;
}

/* ---- directives */

/* One "[-]N[+]"; *at is moved behind it. */
static bool parse_part(const char **at)
{
    const char *c = *at;

    if (*c == '-') {
        c++;
    }
    if (!apr_isdigit(*c)) {
        return false;
    }
    c++;
    if (*c == '+') {
        c++;
    }
    *at = c;
    return true;
}

static const char *check_pattern(apr_pool_t *p, const char *pattern)
{
    if (*pattern != '/') {
        return apr_psprintf(p, "the path must begin with /, not \"%s\"",
                            pattern);
    }
    while ((pattern = strchr(pattern, '%')) != NULL) {
        pattern++;
        if (*pattern == 'p' || *pattern == '%') {
            pattern++;
            continue;
        }
        if (!parse_part(&pattern)) {
            return "after a % there must be %, p or a part such as 2, -1 "
                   "or 2+";
        }
        if (*pattern == '.') {
            const char *second = pattern + 1;

            if (parse_part(&second)) {
                pattern = second;
            }
        }
    }
    return NULL;
}

static const char *vhost_alias_set(cmd_parms *cmd, void *, const char *arg)
{
    struct vhost_alias_server *s = ap_get_module_config(
        cmd->server->module_config, &vhost_alias_module);
    bool scripts = strstr(cmd->cmd->name, "Script") != NULL;
    struct root *root = scripts ? &s->scripts : &s->documents;

    if (ap_cstr_casecmp(arg, "none") == 0) {
        root->source = NONE;
        return NULL;
    }
    root->pattern = arg;
    root->source = strstr(cmd->cmd->name, "IP") != NULL ? BY_ADDRESS
                                                        : BY_NAME;
    return check_pattern(cmd->pool, arg);
}

/* ---- expanding */

struct span {
    const char *from;
    const char *to;
};

/* The numbered part of text, cut at separator; "_" when there is none. */
static struct span find_part(struct span text, char separator,
                             const char **at)
{
    static const char missing[] = "_";
    const struct span none = { missing, missing + 1 };
    bool from_end = **at == '-';
    bool open;
    int number;
    const char *from, *to;

    *at += from_end;
    number = *(*at)++ - '0';
    open = **at == '+';
    *at += open;
    if (number == 0) {
        return text;
    }
    if (from_end) {
        for (to = text.to; ; to = from - 1) {
            for (from = to; from > text.from && from[-1] != separator;) {
                from--;
            }
            if (--number == 0) {
                return (struct span){ open ? text.from : from, to };
            }
            if (from == text.from) {
                return none;
            }
        }
    }
    for (from = text.from; ; from = to + 1) {
        for (to = from; to < text.to && *to != separator;) {
            to++;
        }
        if (--number == 0) {
            return (struct span){ from, open ? text.to : to };
        }
        if (to == text.to) {
            return none;
        }
    }
}

/* Characters of a part, counted from 1; "_" when it is too short. */
static struct span find_chars(struct span part, const char **at)
{
    static const char missing[] = "_";
    bool from_end = **at == '-';
    bool open;
    int number;
    const char *c;

    *at += from_end;
    number = *(*at)++ - '0';
    open = **at == '+';
    *at += open;
    if (number == 0) {
        return part;
    }
    if (part.to - part.from < number) {
        return (struct span){ missing, missing + 1 };
    }
    c = from_end ? part.to - number : part.from + number - 1;
    return (struct span){ from_end && open ? part.from : c,
                          !from_end && open ? part.to : c + 1 };
}

static void append(apr_pool_t *p, char **text, struct span add)
{
    char *copy = apr_pstrmemdup(p, add.from, add.to - add.from);

    ap_str_tolower(copy);
    *text = apr_pstrcat(p, *text, copy, NULL);
}

static const char *expand(request_rec *r, const char *pattern,
                          const char *name)
{
    struct span whole = { name, name + strlen(name) };
    char *text = apr_pstrdup(r->pool, "");

    for (const char *at = pattern; *at != '\0';) {
        const char *percent = strchr(at, '%');

        if (percent == NULL) {
            return apr_pstrcat(r->pool, text, at, NULL);
        }
        text = apr_pstrcat(r->pool, text,
                           apr_pstrmemdup(r->pool, at, percent - at), NULL);
        at = percent + 1;
        if (*at == '%') {
            text = apr_pstrcat(r->pool, text, "%", NULL);
            at++;
        }
        else if (*at == 'p') {
            text = apr_psprintf(r->pool, "%s%d", text,
                                (int)ap_get_server_port(r));
            at++;
        }
        else {
            struct span part = find_part(whole, '.', &at);
            const char *second = at + 1;

            if (*at == '.' && parse_part(&second)) {
                at++;
                part = find_chars(part, &at);
            }
            append(r->pool, &text, part);
        }
    }
    return text;
}

static bool has_unsafe_part(const char *name)
{
    return strstr(name, "..") != NULL || strchr(name, '/') != NULL;
}

static int vhost_alias_translate_name(request_rec *r)
{
    static const char cgi_path[] = "/cgi-bin/";
    const struct vhost_alias_server *s = ap_get_module_config(
        r->server->module_config, &vhost_alias_module);
    bool script = strncmp(r->uri, cgi_path, sizeof cgi_path - 1) == 0
        && (s->scripts.source == BY_NAME || s->scripts.source == BY_ADDRESS);
    const struct root *root = script ? &s->scripts : &s->documents;
    const char *name, *path, *rest;

    if (root->source != BY_NAME && root->source != BY_ADDRESS) {
        return DECLINED;
    }
    if (r->uri[0] != '/' && r->uri[0] != '\0') {
        return DECLINED;
    }
    name = root->source == BY_NAME ? ap_get_server_name(r)
                                   : r->connection->local_ip;
    if (has_unsafe_part(name)) {
        return HTTP_BAD_REQUEST;
    }
    path = expand(r, root->pattern, name);
    rest = script ? r->uri + sizeof cgi_path - 2 : r->uri;
    if (path[strlen(path) - 1] == '/' && *rest == '/') {
        rest++;
    }
    if (script) {
        r->handler = "cgi-script";
        apr_table_setn(r->notes, "alias-forced-type", r->handler);
    }
    r->filename = apr_pstrcat(r->pool, path, rest, NULL);
    if (script) {
        ap_set_context_info(r, "/cgi-bin", path);
    }
    else {
        ap_set_context_info(r, NULL, path);
        ap_set_document_root(r, path);
    }
    return OK;
}

static const command_rec vhost_alias_directives[] = {
    AP_INIT_TAKE1("VirtualScriptAlias", vhost_alias_set, NULL, RSRC_CONF,
        "where /cgi-bin/ is, with parts of the host's name; or none"),
    AP_INIT_TAKE1("VirtualDocumentRoot", vhost_alias_set, NULL, RSRC_CONF,
        "the document root, with parts of the host's name; or none"),
    AP_INIT_TAKE1("VirtualScriptAliasIP", vhost_alias_set, NULL, RSRC_CONF,
        "where /cgi-bin/ is, with parts of the server's address; or none"),
    AP_INIT_TAKE1("VirtualDocumentRootIP", vhost_alias_set, NULL, RSRC_CONF,
        "the document root, with parts of the server's address; or none"),
    { 0 }
};

static void vhost_alias_register_hooks(apr_pool_t *)
{
    static const char *const before[] = { "mod_alias.c", "mod_userdir.c",
                                          NULL };

    ap_hook_translate_name(vhost_alias_translate_name, before, NULL,
                           APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(vhost_alias) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, vhost_alias_create_server,
    vhost_alias_merge_server, vhost_alias_directives,
    vhost_alias_register_hooks, AP_MODULE_FLAG_NONE
};
