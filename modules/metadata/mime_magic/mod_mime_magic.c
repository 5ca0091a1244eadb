/* SPDX-License-Identifier: Apache-2.0 */
/* mod_mime_magic -- media types by what is in a file, where its name does
 * not tell (second line of defence behind mod_mime).
 *
 *   MimeMagicFile file       rules; without it the module does nothing
 *   hooks: post_config (read the rules), type_checker (behind mod_mime)
 */
#include "mime_magic.h"

#include <string.h>

#include "apr_file_io.h"
#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA mime_magic_module;

struct magic_server {
    const char *path;                   /* NULL: not set */
    const struct magic_rules *rules;    /* NULL: path is not set */
};

static void *mime_magic_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct magic_server));
}

static void *mime_magic_merge_server(apr_pool_t *, void *basev, void *addv)
{
    const struct magic_server *add = addv;

    return add->path != NULL ? addv : basev;
}

static const char *mime_magic_set_file(cmd_parms *cmd, void *,
                                       const char *path)
{
    struct magic_server *server = ap_get_module_config(
        cmd->server->module_config, &mime_magic_module);

    server->path = ap_server_root_relative(cmd->pool, path);
    if (server->path == NULL) {
        return apr_psprintf(cmd->pool, "MimeMagicFile: could not make a path "
                            "of \"%s\"", path);
    }
    return NULL;
}

/* ---- the rules */

static const struct magic_rules *read_rules(apr_pool_t *p,
                                            ap_configfile_t *file,
                                            server_rec *s)
{
    apr_array_header_t *list = apr_array_make(p, 64,
                                              sizeof(struct magic_rule));
    struct magic_rules *rules = apr_palloc(p, sizeof *rules);
    char line[MAX_STRING_LEN];

    while (ap_cfg_getline(line, sizeof line, file) == APR_SUCCESS) {
        struct magic_rule rule;
        const char *problem;

        if (*line == '\0' || *line == '#') {
            continue;
        }
        problem = magic_parse_line(p, line, &rule);
        if (problem == NULL) {
            APR_ARRAY_PUSH(list, struct magic_rule) = rule;
            continue;
        }
        ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, APLOGNO(01524)
                     "left out line %u of magic file \"%s\": %s",
                     file->line_number, file->name, problem);
    }
    rules->rule = (struct magic_rule *)list->elts;
    rules->count = list->nelts;
    return rules;
}

/* Without the file the server starts, as types are no matter of safety. */
static void load_rules(apr_pool_t *p, apr_pool_t *ptemp, server_rec *s,
                       struct magic_server *server)
{
    ap_configfile_t *file;
    apr_status_t rv;

    rv = ap_pcfg_openfile(&file, ptemp, server->path);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, APLOGNO(01515)
                     "could not open magic file \"%s\"; set MimeMagicFile to "
                     "a file that is there, or take it out", server->path);
        return;
    }
    server->rules = read_rules(p, file, s);
    ap_cfg_closefile(file);
}

static int mime_magic_post_config(apr_pool_t *p, apr_pool_t *,
                                  apr_pool_t *ptemp, server_rec *s)
{
    for (; s != NULL; s = s->next) {
        struct magic_server *server = ap_get_module_config(
            s->module_config, &mime_magic_module);

        if (server->path != NULL && server->rules == NULL) {
            load_rules(p, ptemp, s, server);
        }
    }
    return OK;
}

/* ---- the work */

/* What rules or, without them, guesses say about some bytes. */
static void judge(apr_pool_t *p, const struct magic_rules *rules,
                  const unsigned char *data, size_t size,
                  struct magic_result *result)
{
    if (!magic_match_rules(p, rules, data, size, result)) {
        result->type = magic_guess_text(data, size);
    }
}

/* Compressed files get the type of what is in them and an encoding. */
static void judge_file(apr_pool_t *p, const struct magic_rules *rules,
                       const unsigned char *data, size_t size,
                       struct magic_result *result)
{
    unsigned char inner[MAGIC_WINDOW];
    size_t inner_size;
    const char *encoding;

    if (size == 0) {
        result->type = "text/plain";
        return;
    }
    encoding = magic_unpack(data, size, inner, &inner_size);
    if (encoding == NULL) {
        judge(p, rules, data, size, result);
        return;
    }
    judge(p, rules, inner, inner_size, result);
    result->encoding = encoding;
}

/* The beginning of the file of a request.  False: it could not be read. */
static bool read_window(request_rec *r, unsigned char *data, size_t *size)
{
    apr_file_t *file;
    apr_status_t rv;

    rv = apr_file_open(&file, r->filename, APR_READ, APR_OS_DEFAULT, r->pool);
    if (rv == APR_SUCCESS) {
        rv = apr_file_read_full(file, data, MAGIC_WINDOW, size);
        apr_file_close(file);
    }
    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv)) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, rv, r, APLOGNO(01548)
                      "could not read \"%s\" to find out its type; check "
                      "that the server's user may read it", r->filename);
        return false;
    }
    return true;
}

/* "page.html@17" is a revision of page.html and has its type. */
static int use_type_of_original(request_rec *r)
{
    const char *at = strrchr(r->filename, '@');
    request_rec *sub;

    if (at == NULL || at[1] == '\0'
        || at[1 + strspn(at + 1, "0123456789")] != '\0') {
        return DECLINED;
    }
    sub = ap_sub_req_lookup_file(apr_pstrmemdup(r->pool, r->filename,
                                                at - r->filename), r, NULL);
    if (sub->content_type == NULL) {
        ap_destroy_sub_req(sub);
        return DECLINED;
    }
    ap_set_content_type_ex(r, sub->content_type,
                           AP_REQUEST_IS_TRUSTED_CT(sub) != 0);
    r->content_encoding = sub->content_encoding;
    r->content_languages = sub->content_languages;
    return OK;                      /* what it lent lives as long as sub */
}

static int mime_magic_type_checker(request_rec *r)
{
    const struct magic_server *server = ap_get_module_config(
        r->server->module_config, &mime_magic_module);
    struct magic_result result = { 0 };
    unsigned char data[MAGIC_WINDOW];
    size_t size = 0;

    if (server->rules == NULL || r->filename == NULL
        || r->finfo.filetype != APR_REG || r->content_type != NULL
        || !read_window(r, data, &size)) {
        return DECLINED;
    }
    judge_file(r->pool, server->rules, data, size, &result);
    if (result.type == NULL && result.encoding == NULL) {
        return use_type_of_original(r);
    }
    if (result.type != NULL) {
        char *type = apr_pstrdup(r->pool, result.type);

        ap_content_type_tolower(type);
        ap_set_content_type_ex(r, type, 0);     /* content is no authority */
    }
    if (result.encoding != NULL) {
        char *encoding = apr_pstrdup(r->pool, result.encoding);

        ap_str_tolower(encoding);
        r->content_encoding = encoding;
    }
    return OK;
}

static const command_rec mime_magic_directives[] = {
    AP_INIT_TAKE1("MimeMagicFile", mime_magic_set_file, NULL, RSRC_CONF,
        "the file with rules that tell media types by content"),
    { 0 }
};

static void mime_magic_register_hooks(apr_pool_t *)
{
    /* type_checker: only where the name said nothing */
    static const char *const before[] = { "mod_mime.c", NULL };

    ap_hook_post_config(mime_magic_post_config, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_type_checker(mime_magic_type_checker, before, NULL,
                         APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(mime_magic) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, mime_magic_create_server,
    mime_magic_merge_server, mime_magic_directives,
    mime_magic_register_hooks, AP_MODULE_FLAG_NONE
};
