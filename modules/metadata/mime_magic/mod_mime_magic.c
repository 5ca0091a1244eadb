/* SPDX-License-Identifier: Apache-2.0 */
/* mod_mime_magic -- the type of a file by its first bytes.
 *
 *   MimeMagicFile path         server, virtual host; without it: nothing
 *   hooks: post_config, type_checker (after mod_mime: names go first)
 *
 * magic_parse.c reads the rules, magic_match.c runs them, magic_text.c knows
 * what rules cannot say.
 */
#include "mime_magic.h"

#include <string.h>

#include "apr_file_io.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#define PEEK 4096                   /* bytes of a file that are looked at */

struct magic_server {
    const char *path;
    struct magic_rule *rules;
};

static void *magic_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct magic_server));
}

static void *magic_merge_server(apr_pool_t *, void *base, void *addv)
{
    struct magic_server *add = addv;

    return add->path != NULL ? add : base;
}

static const char *magic_set_file(cmd_parms *cmd, void *, const char *path)
{
    struct magic_server *s = ap_get_module_config(cmd->server->module_config,
                                                  &mime_magic_module);

    s->path = ap_server_root_relative(cmd->pool, path);
    return s->path == NULL ? apr_pstrcat(cmd->pool, "Invalid MimeMagicFile "
                                         "path ", path, NULL) : NULL;
}

/* ---- rules */

/* A wrong line is told and left out: the rest still works. */
static void read_rules(apr_pool_t *p, server_rec *server,
                       struct magic_server *s, apr_file_t *f)
{
    struct magic_rule **end = &s->rules;
    char line[MAX_STRING_LEN];
    int number = 0;

    while (apr_file_gets(line, sizeof line, f) == APR_SUCCESS) {
        struct magic_rule *rule;
        const char *wrong;

        line[strcspn(line, "\r\n")] = '\0';
        number++;
        wrong = magic_parse_line(p, line, &rule);
        if (wrong != NULL) {
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, server,
                         APLOGNO(50764) "%s:%d: %s; the line is left out",
                         s->path, number, wrong);
            continue;
        }
        if (rule != NULL) {
            rule->line = number;
            *end = rule;
            end = &rule->next;
        }
    }
}

static int magic_post_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *,
                             server_rec *main_server)
{
    for (server_rec *server = main_server; server != NULL;
         server = server->next) {
        struct magic_server *s = ap_get_module_config(server->module_config,
                                                      &mime_magic_module);
        apr_file_t *f;
        apr_status_t rv;

        if (s->path == NULL || s->rules != NULL) {
            continue;
        }
        rv = apr_file_open(&f, s->path, APR_READ | APR_BUFFERED,
                           APR_OS_DEFAULT, p);
        if (rv != APR_SUCCESS) {
            ap_log_error(APLOG_MARK, APLOG_ERR, rv, server, APLOGNO(01515)
                         "could not read the magic file \"%s\"", s->path);
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        read_rules(p, server, s, f);
        apr_file_close(f);
    }
    return OK;
}

/* ---- requests */

static apr_status_t peek(request_rec *r, unsigned char *bytes, size_t *length)
{
    apr_file_t *f;
    apr_status_t rv = apr_file_open(&f, r->filename, APR_READ | APR_BINARY,
                                    APR_OS_DEFAULT, r->pool);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    rv = apr_file_read_full(f, bytes, PEEK, length);
    apr_file_close(f);
    return rv == APR_EOF ? APR_SUCCESS : rv;
}

static int magic_type_checker(request_rec *r)
{
    const struct magic_server *s = ap_get_module_config(
        r->server->module_config, &mime_magic_module);
    unsigned char bytes[PEEK];
    size_t length = PEEK;
    struct magic_result found = { NULL, NULL };
    apr_status_t rv;

    if (s->path == NULL || r->finfo.filetype != APR_REG
        || r->filename == NULL || r->content_type != NULL
        || r->handler != NULL) {
        return DECLINED;
    }
    rv = peek(r, bytes, &length);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, rv, r, APLOGNO(01512)
                      "could not read \"%s\" to find its type", r->filename);
        return DECLINED;
    }
    if (!magic_match(s->rules, bytes, length, &found)) {
        found.type = magic_guess(bytes, length);
    }
    if (found.type == NULL) {
        return DECLINED;
    }
    ap_set_content_type(r, found.type);
    if (found.encoding != NULL && r->content_encoding == NULL) {
        r->content_encoding = found.encoding;
    }
    return OK;
}

static const command_rec magic_directives[] = {
    AP_INIT_TAKE1("MimeMagicFile", magic_set_file, NULL, RSRC_CONF,
        "a file with rules: offset, kind, value, type and encoding"),
    { 0 }
};

static void magic_register_hooks(apr_pool_t *)
{
    static const char *const before[] = { "mod_mime.c", NULL };

    ap_hook_post_config(magic_post_config, NULL, NULL, APR_HOOK_MIDDLE);
    /* what the name says counts first */
    ap_hook_type_checker(magic_type_checker, before, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(mime_magic) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, magic_create_server,
    magic_merge_server, magic_directives, magic_register_hooks,
    AP_MODULE_FLAG_NONE
};
