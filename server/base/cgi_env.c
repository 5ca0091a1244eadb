/* SPDX-License-Identifier: Apache-2.0 */
/* cgi_env.c -- what a script learns about its request (RFC 3875 section 4.1).
 *
 * ap_add_common_vars() is for everything that runs programs or expands
 * variables, ap_add_cgi_vars() adds what only gateways need.  Both write to
 * r->subprocess_env; ap_create_environment() makes an envp of a table.
 */
#include "base/base.h"

#include "http_core.h"
#include "http_protocol.h"
#include "http_request.h"
#include "util_script.h"

#include <apr_hash.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char request_uri_variable[] = "REQUEST_URI";
static const char current_uri_rule[] = "current-uri";
static const char original_uri_rule[] = "original-uri";

/* Variables of the server's own environment that scripts inherit. */
static const char *const inherited[] = { "LD_LIBRARY_PATH", "TZ" };

/* A shell takes no other bytes in a variable's name. */
static void make_shell_name(char *entry)
{
    if (apr_isdigit(*entry)) {
        *entry++ = '_';
    }
    for (; *entry != '=' && *entry != '\0'; entry++) {
        if (!apr_isalnum(*entry)) {
            *entry = '_';
        }
    }
}

AP_DECLARE(char **) ap_create_environment(apr_pool_t *p, apr_table_t *t)
{
    const apr_array_header_t *all = apr_table_elts(t);
    const apr_table_entry_t *entry = (const void *)all->elts;
    char **env = apr_palloc(p, (all->nelts + 1) * sizeof *env);
    int n = 0;

    for (int i = 0; i < all->nelts; i++) {
        if (entry[i].key != NULL && entry[i].val != NULL) {
            env[n] = apr_pstrcat(p, entry[i].key, "=", entry[i].val, NULL);
            make_shell_name(env[n++]);
        }
    }
    env[n] = NULL;
    return env;
}

/* "Accept-Language" gives HTTP_ACCEPT_LANGUAGE.  A name with anything but
 * letters, digits and hyphens gives NULL: "X_Y" must not pass for "X-Y". */
static char *http_variable(apr_pool_t *p, const char *field)
{
    apr_size_t length = strlen(field);
    char *name = apr_palloc(p, length + 6);
    char *to = name + 5;

    memcpy(name, "HTTP_", 5);
    for (; *field; field++) {
        if (!apr_isalnum(*field) && *field != '-') {
            return NULL;
        }
        *to++ = *field == '-' ? '_' : apr_toupper(*field);
    }
    *to = '\0';
    return length ? name : NULL;
}

static bool is_credential(const char *field)
{
    return strcasecmp(field, "Authorization") == 0
           || strcasecmp(field, "Proxy-Authorization") == 0;
}

static void add_header_vars(request_rec *r, apr_table_t *env)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);
    const apr_array_header_t *all = apr_table_elts(r->headers_in);
    const apr_table_entry_t *field = (const void *)all->elts;

    for (int i = 0; i < all->nelts; i++) {
        const char *name = field[i].key;
        const char *variable;

        if (name == NULL) {
            continue;
        }
        if (strcasecmp(name, "Content-Type") == 0) {
            apr_table_addn(env, "CONTENT_TYPE", field[i].val);
        }
        else if (strcasecmp(name, "Content-Length") == 0) {
            apr_table_addn(env, "CONTENT_LENGTH", field[i].val);
        }
        else if (strcasecmp(name, "Proxy") == 0) {
            continue;       /* HTTP_PROXY is a setting of client libraries */
        }
        else if (is_credential(name)
                 && conf->cgi_pass_auth != AP_CGI_PASS_AUTH_ON) {
            continue;       /* RFC 3875 section 4.1.18 */
        }
        else if ((variable = http_variable(r->pool, name)) != NULL) {
            apr_table_addn(env, variable, field[i].val);
        }
    }
}

static void add_if_known(apr_table_t *env, const char *name, const char *value)
{
    if (value != NULL) {
        apr_table_addn(env, name, value);
    }
}

static void add_server_vars(request_rec *r, apr_table_t *env)
{
    const char *path = getenv("PATH");

    apr_table_addn(env, "PATH", apr_pstrdup(r->pool,
                                            path ? path : DEFAULT_PATH));
    for (apr_size_t i = 0; i < sizeof inherited / sizeof *inherited; i++) {
        add_if_known(env, inherited[i], getenv(inherited[i]));
    }
    apr_table_addn(env, "SERVER_SIGNATURE", ap_psignature("", r));
    apr_table_addn(env, "SERVER_SOFTWARE", ap_get_server_banner());
    apr_table_addn(env, "SERVER_NAME",
                   ap_escape_html(r->pool, ap_get_server_name_for_url(r)));
    add_if_known(env, "SERVER_ADDR", r->connection->local_ip);
    apr_table_addn(env, "SERVER_PORT",
                   apr_itoa(r->pool, ap_get_server_port(r)));
}

static void add_client_vars(request_rec *r, apr_table_t *env)
{
    conn_rec *c = r->connection;

    add_if_known(env, "REMOTE_HOST",
                 ap_get_useragent_host(r, REMOTE_HOST, NULL));
    add_if_known(env, "REMOTE_ADDR", r->useragent_ip);
    apr_table_addn(env, "DOCUMENT_ROOT", ap_document_root(r));
    apr_table_addn(env, "REQUEST_SCHEME", ap_http_scheme(r));
    apr_table_addn(env, "CONTEXT_PREFIX", ap_context_prefix(r));
    apr_table_addn(env, "CONTEXT_DOCUMENT_ROOT", ap_context_document_root(r));
    add_if_known(env, "SERVER_ADMIN", r->server->server_admin);
    add_if_known(env, "SCRIPT_FILENAME", r->filename);
    if (c->client_addr != NULL) {
        apr_table_addn(env, "REMOTE_PORT",
                       apr_itoa(r->pool, c->client_addr->port));
    }
}

static void add_user_vars(request_rec *r, apr_table_t *env)
{
    if (r->user != NULL) {
        apr_table_addn(env, "REMOTE_USER", r->user);
    }
    else if (r->prev != NULL) {
        add_if_known(env, "REDIRECT_REMOTE_USER", r->prev->user);
    }
    add_if_known(env, "AUTH_TYPE", r->ap_auth_type);
    add_if_known(env, "REMOTE_IDENT", ap_get_remote_logname(r));
}

static const char *redirect_url(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);
    request_rec *from = r->prev;
    const char *uri = from->uri;

    if (conf->qualify_redirect_url != AP_CORE_CONFIG_ON) {
        return uri;
    }
    if (from->args != NULL) {
        uri = apr_pstrcat(r->pool, uri, "?", from->args, NULL);
    }
    return ap_construct_url(r->pool, uri, from);
}

AP_DECLARE(void) ap_add_common_vars(request_rec *r)
{
    apr_table_t *env = apr_table_make(r->pool, 40);

    add_header_vars(r, env);
    add_server_vars(r, env);
    add_client_vars(r, env);
    add_user_vars(r, env);
    if (r->prev != NULL) {
        if (r->prev->uri != NULL) {
            apr_table_addn(env, "REDIRECT_URL", redirect_url(r));
        }
        add_if_known(env, "REDIRECT_QUERY_STRING", r->prev->args);
    }
    apr_table_overlap(r->subprocess_env, env, APR_OVERLAP_TABLES_SET);
}

AP_DECLARE(int) ap_find_path_info(const char *uri, const char *path_info)
{
    apr_size_t end = strlen(uri);
    apr_size_t tail = strlen(path_info);

    while (end > 0 && tail > 0 && uri[end - 1] == path_info[tail - 1]) {
        end--;
        tail--;
    }
    while (end > 0 && uri[end - 1] == '/') {
        end--;                          /* slashes that merging removed */
    }
    return (int)end;
}

/* The target as the client wrote it: redirects keep r->the_request. */
static char *original_uri(const request_rec *r)
{
    const char *from = r->the_request;
    const char *to;

    if (from == NULL) {
        return apr_pstrdup(r->pool, "");
    }
    while (*from != '\0' && !apr_isspace(*from)) {
        from++;
    }
    while (apr_isspace(*from)) {
        from++;
    }
    to = from;
    while (*to != '\0' && !apr_isspace(*to)) {
        to++;
    }
    return apr_pstrmemdup(r->pool, from, to - from);
}

static const char *request_uri(const request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);
    const char *rule = NULL;

    if (conf->cgi_var_rules != NULL) {
        rule = apr_hash_get(conf->cgi_var_rules, request_uri_variable,
                            APR_HASH_KEY_STRING);
    }
    return rule && strcmp(rule, current_uri_rule) == 0 ? r->uri
                                                       : original_uri(r);
}

static bool has_path_info(const request_rec *r)
{
    return r->path_info != NULL && *r->path_info != '\0';
}

/* Where PATH_INFO would lead if it were a URL (RFC 3875 section 4.1.6). */
static void add_path_translated(request_rec *r, apr_table_t *env)
{
    request_rec *sub
        = ap_sub_req_lookup_uri(ap_escape_uri(r->pool, r->path_info), r, NULL);

    if (sub->filename != NULL) {
        apr_table_setn(env, "PATH_TRANSLATED",
                       apr_pstrcat(r->pool, sub->filename, sub->path_info,
                                   NULL));
    }
    ap_destroy_sub_req(sub);
}

AP_DECLARE(void) ap_add_cgi_vars(request_rec *r)
{
    apr_table_t *env = r->subprocess_env;

    apr_table_setn(env, "GATEWAY_INTERFACE", "CGI/1.1");
    apr_table_setn(env, "SERVER_PROTOCOL", r->protocol);
    apr_table_setn(env, "REQUEST_METHOD", r->method);
    apr_table_setn(env, "QUERY_STRING", r->args ? r->args : "");
    apr_table_setn(env, request_uri_variable, request_uri(r));
    if (has_path_info(r) && strcmp(r->protocol, "INCLUDED") != 0) {
        apr_table_setn(env, "SCRIPT_NAME",
                       apr_pstrmemdup(r->pool, r->uri,
                                      ap_find_path_info(r->uri,
                                                        r->path_info)));
    }
    else {
        apr_table_setn(env, "SCRIPT_NAME", r->uri);
    }
    if (has_path_info(r)) {
        apr_table_setn(env, "PATH_INFO", r->path_info);
        add_path_translated(r, env);
    }
}

AP_DECLARE(void) ap_args_to_table(request_rec *r, apr_table_t **table)
{
    char *last = NULL;
    char *pair;

    *table = apr_table_make(r->pool, 10);
    if (r->args == NULL) {
        return;
    }
    for (pair = apr_strtok(apr_pstrdup(r->pool, r->args), "&", &last);
         pair != NULL; pair = apr_strtok(NULL, "&", &last)) {
        char *value = strchr(pair, '=');

        if (value != NULL) {
            *value++ = '\0';
            ap_unescape_url(value);
        }
        ap_unescape_url(pair);
        apr_table_set(*table, pair, value ? value : "1");
    }
}

const char *cl_set_cgi_pass_auth(cmd_parms *, void *dir, int flag)
{
    core_dir_config *conf = dir;

    conf->cgi_pass_auth = flag ? AP_CGI_PASS_AUTH_ON : AP_CGI_PASS_AUTH_OFF;
    return NULL;
}

const char *cl_set_cgi_var(cmd_parms *cmd, void *dir, const char *variable,
                           const char *rule)
{
    core_dir_config *conf = dir;
    const char *known = strcasecmp(rule, current_uri_rule) == 0
                            ? current_uri_rule
                        : strcasecmp(rule, original_uri_rule) == 0
                            ? original_uri_rule : NULL;

    if (strcmp(variable, request_uri_variable) != 0) {
        return apr_psprintf(cmd->pool, "CGIVar knows REQUEST_URI only, not "
                            "\"%s\"", variable);
    }
    if (known == NULL) {
        return apr_psprintf(cmd->pool, "CGIVar REQUEST_URI needs "
                            "\"current-uri\" or \"original-uri\", not \"%s\"",
                            rule);
    }
    if (conf->cgi_var_rules == NULL) {
        conf->cgi_var_rules = apr_hash_make(cmd->pool);
    }
    apr_hash_set(conf->cgi_var_rules, request_uri_variable,
                 APR_HASH_KEY_STRING, known);
    return NULL;
}
