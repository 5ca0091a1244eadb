/* SPDX-License-Identifier: Apache-2.0 */
/* mod_setenvif -- variables by what a request looks like.
 *
 *   SetEnvIf attribute regex [!]name[=value] ...      SetEnvIfNoCase
 *   BrowserMatch regex [!]name[=value] ...            BrowserMatchNoCase
 *   SetEnvIfExpr expression [!]name[=value] ...
 *     attribute: Remote_Host Remote_Addr Server_Addr Request_Method
 *     Request_Protocol Request_URI, OID("...") of the client certificate, a
 *     request field (also as a regular expression) or a variable
 *   hooks: post_read_request (server rules), header_parser (directory rules)
 */
#include <stdbool.h>
#include <string.h>

#include "ap_expr.h"
#include "apr_strings.h"
#include "apr_strmatch.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_ssl.h"

extern module AP_MODULE_DECLARE_DATA setenvif_module;

enum attribute {
    REMOTE_HOST_NAME, REMOTE_ADDRESS, SERVER_ADDRESS, METHOD, PROTOCOL, URI,
    CERTIFICATE_OID, FIELD, FIELD_PATTERN, EXPRESSION
};

struct rule {
    enum attribute attribute;
    const char *name;               /* field, variable, OID */
    const ap_regex_t *name_regex;   /* FIELD_PATTERN */
    const char *text;               /* regex as written */
    const ap_regex_t *regex;
    const apr_strmatch_pattern *plain;  /* regex without special characters */
    const ap_expr_info_t *expr;
    bool any_case;
    apr_table_t *set;               /* name -> value; "!" in front: unset */
};

/* Used for a server and for a directory. */
struct rules {
    apr_array_header_t *list;       /* struct rule */
};

static void *create_rules(apr_pool_t *p)
{
    struct rules *rules = apr_palloc(p, sizeof *rules);

    rules->list = apr_array_make(p, 4, sizeof(struct rule));
    return rules;
}

static void *setenvif_create_dir(apr_pool_t *p, char *)
{
    return create_rules(p);
}

static void *setenvif_create_server(apr_pool_t *p, server_rec *)
{
    return create_rules(p);
}

static void *setenvif_merge(apr_pool_t *p, void *basev, void *addv)
{
    const struct rules *base = basev;
    const struct rules *add = addv;
    struct rules *rules = apr_palloc(p, sizeof *rules);

    rules->list = apr_array_append(p, base->list, add->list);
    return rules;
}

/* ---- directives */

static const struct { const char *name; enum attribute attribute; }
attributes[] = {
    { "Remote_Host", REMOTE_HOST_NAME },
    { "Remote_Addr", REMOTE_ADDRESS },
    { "Server_Addr", SERVER_ADDRESS },
    { "Request_Method", METHOD },
    { "Request_Protocol", PROTOCOL },
    { "Request_URI", URI },
};

static bool is_plain(const char *text)
{
    return strpbrk(text, "^$.?*+|()[]{}\\") == NULL;
}

/* Field names may be given as a pattern. */
static bool is_name_pattern(const char *name)
{
    return strpbrk(name, "^$.?*+|()[]{}\\") != NULL;
}

static const char *parse_attribute(cmd_parms *cmd, struct rule *rule,
                                   const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (ap_cstr_casecmp(name, attributes[i].name) == 0) {
            rule->attribute = attributes[i].attribute;
            return NULL;
        }
    }
    rule->name = name;
    if (strncmp(name, "OID(\"", 5) == 0 || strncmp(name, "oid(\"", 5) == 0) {
        if (len < 8 || strcmp(name + len - 2, "\")") != 0) {
            return "an OID is written OID(\"1.2.3\")";
        }
        rule->attribute = CERTIFICATE_OID;
        rule->name = apr_pstrmemdup(cmd->pool, name + 5, len - 7);
        return NULL;
    }
    rule->attribute = FIELD;
    if (is_name_pattern(name)) {
        rule->attribute = FIELD_PATTERN;
        rule->name_regex = ap_pregcomp(cmd->pool, name,
            AP_REG_EXTENDED | AP_REG_ICASE | AP_REG_NOSUB);
        if (rule->name_regex == NULL) {
            return apr_pstrcat(cmd->pool, cmd->cmd->name,
                               ": the expression for field names does not compile",
                               NULL);
        }
    }
    return NULL;
}

static const char *parse_regex(cmd_parms *cmd, struct rule *rule,
                               const char *text)
{
    rule->text = text;
    if (is_plain(text)) {
        rule->plain = apr_strmatch_precompile(cmd->pool, text,
                                              !rule->any_case);
        return NULL;
    }
    rule->regex = ap_pregcomp(cmd->pool, text, AP_REG_EXTENDED
                              | (rule->any_case ? AP_REG_ICASE : 0));
    return rule->regex == NULL ? apr_pstrcat(cmd->pool, cmd->cmd->name,
        ": the regular expression does not compile", NULL) : NULL;
}

/* "name", "name=value" and "!name" up to the end of the line. */
static const char *parse_variables(cmd_parms *cmd, struct rule *rule,
                                   const char *args)
{
    const char *word;

    rule->set = apr_table_make(cmd->pool, 2);
    while (*(word = ap_getword_conf(cmd->pool, &args)) != '\0') {
        char *name = apr_pstrdup(cmd->pool, word);
        char *equals = strchr(name, '=');

        if (equals != NULL) {
            *equals = '\0';
            apr_table_setn(rule->set, name, equals + 1);
        }
        else {
            apr_table_setn(rule->set, name, *name == '!' ? "!" : "1");
        }
    }
    return apr_is_empty_table(rule->set) ? apr_pstrcat(cmd->pool,
        cmd->cmd->name, " needs a variable to set", NULL) : NULL;
}

static struct rule *new_rule(cmd_parms *cmd, void *mconfig)
{
    struct rules *rules = cmd->path != NULL ? mconfig
        : ap_get_module_config(cmd->server->module_config, &setenvif_module);
    struct rule *rule = apr_array_push(rules->list);

    memset(rule, 0, sizeof *rule);
    return rule;
}

static const char *add_rule(cmd_parms *cmd, struct rule *rule,
                            const char *attribute, const char *args)
{
    const char *regex = ap_getword_conf(cmd->pool, &args);
    const char *wrong;

    if (*regex == '\0') {
        return apr_pstrcat(cmd->pool, cmd->cmd->name,
                           " needs a regular expression", NULL);
    }
    wrong = parse_attribute(cmd, rule, attribute);
    if (wrong == NULL) {
        wrong = parse_regex(cmd, rule, regex);
    }
    return wrong != NULL ? wrong : parse_variables(cmd, rule, args);
}

/* cmd->info is set for the NoCase forms. */
static const char *setenvif_add(cmd_parms *cmd, void *mconfig,
                                const char *args)
{
    const char *attribute = ap_getword_conf(cmd->pool, &args);
    struct rule *rule;

    if (*attribute == '\0') {
        return apr_pstrcat(cmd->pool, cmd->cmd->name,
                           " needs a property or a field", NULL);
    }
    rule = new_rule(cmd, mconfig);
    rule->any_case = cmd->info != NULL;
    return add_rule(cmd, rule, attribute, args);
}

static const char *setenvif_add_browser(cmd_parms *cmd, void *mconfig,
                                        const char *args)
{
    struct rule *rule = new_rule(cmd, mconfig);

    rule->any_case = cmd->info != NULL;
    return add_rule(cmd, rule, "User-Agent", args);
}

static const char *setenvif_add_expr(cmd_parms *cmd, void *mconfig,
                                     const char *args)
{
    const char *text = ap_getword_conf(cmd->pool, &args);
    const char *error = NULL;
    struct rule *rule;

    if (*text == '\0') {
        return apr_pstrcat(cmd->pool, cmd->cmd->name,
                           " needs an expression", NULL);
    }
    rule = new_rule(cmd, mconfig);
    rule->attribute = EXPRESSION;
    rule->expr = ap_expr_parse_cmd(cmd, text, 0, &error, NULL);
    if (error != NULL) {
        return apr_psprintf(cmd->pool, "could not parse \"%s\": %s", text, error);
    }
    return parse_variables(cmd, rule, args);
}

/* ---- work */

struct pattern_search {
    const ap_regex_t *regex;
    const char *value;
};

static int find_by_pattern(void *searchv, const char *name, const char *value)
{
    struct pattern_search *search = searchv;

    if (ap_regexec(search->regex, name, 0, NULL, 0) == 0) {
        search->value = value;
        return 0;
    }
    return 1;
}

static const char *certificate_value(request_rec *r, const char *oid)
{
    APR_OPTIONAL_FN_TYPE(ssl_ext_list) *list =
        APR_RETRIEVE_OPTIONAL_FN(ssl_ext_list);
    apr_array_header_t *values = list != NULL
        ? list(r->pool, r->connection, 1, oid) : NULL;

    return values != NULL && values->nelts > 0
        ? apr_array_pstrcat(r->pool, values, ',') : NULL;
}

/* A field, or a variable that an earlier rule has set. */
static const char *field_value(request_rec *r, const char *name)
{
    const char *value = apr_table_get(r->headers_in, name);

    return value != NULL ? value : apr_table_get(r->subprocess_env, name);
}

static const char *value_of(request_rec *r, const struct rule *rule)
{
    struct pattern_search search = { rule->name_regex, NULL };

    switch (rule->attribute) {
    case REMOTE_HOST_NAME:
        return ap_get_useragent_host(r, REMOTE_NAME, NULL);
    case REMOTE_ADDRESS:
        return r->useragent_ip;
    case SERVER_ADDRESS:
        return r->connection->local_ip;
    case METHOD:
        return r->method;
    case PROTOCOL:
        return r->protocol;
    case URI:
        return r->uri;
    case CERTIFICATE_OID:
        return certificate_value(r, rule->name);
    case FIELD_PATTERN:
        apr_table_do(find_by_pattern, &search, r->headers_in, NULL);
        return search.value;
    default:
        return field_value(r, rule->name);
    }
}

static bool matches(const struct rule *rule,
                    const char *value, ap_regmatch_t *found)
{
    if (rule->plain != NULL) {
        return apr_strmatch(rule->plain, value, strlen(value)) != NULL;
    }
    return ap_regexec(rule->regex, value, AP_MAX_REG_MATCH, found, 0) == 0;
}

/* Set the rule's variables; $1 ... stand for what the regex found. */
static void apply(request_rec *r, const struct rule *rule, const char *source,
                  ap_regmatch_t *found)
{
    const apr_array_header_t *list = apr_table_elts(rule->set);
    const apr_table_entry_t *entry = (const void *)list->elts;

    for (int i = 0; i < list->nelts; i++) {
        const char *value = entry[i].val;

        if (*entry[i].key == '!') {
            apr_table_unset(r->subprocess_env, entry[i].key + 1);
            continue;
        }
        if (source != NULL && strchr(value, '$') != NULL) {
            value = ap_pregsub(r->pool, value, source, AP_MAX_REG_MATCH,
                               found);
            if (value == NULL) {
                ap_log_rerror(APLOG_MARK, APLOG_CRIT, 0, r, APLOGNO(01505)
                              "could not build the value of \"%s\" out of "
                              "\"%s\"", entry[i].key, entry[i].val);
                continue;
            }
        }
        apr_table_setn(r->subprocess_env, entry[i].key, value);
        ap_log_rerror(APLOG_MARK, APLOG_TRACE2, 0, r, "Setting %s",
                      entry[i].key);
    }
}

static void apply_expression(request_rec *r, const struct rule *rule)
{
    ap_regmatch_t found[AP_MAX_REG_MATCH];
    const char *source = NULL;
    const char *error = NULL;
    int result;

    memset(found, 0, sizeof found);
    result = ap_expr_exec_re(r, rule->expr, AP_MAX_REG_MATCH, found, &source,
                             &error);
    if (result < 0) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, r, APLOGNO(01504)
                      "could not evaluate the expression of SetEnvIfExpr: "
                      "%s", error);
    }
    else if (result > 0) {
        apply(r, rule, source, found);
    }
}

static int run_rules(request_rec *r, const struct rules *rules)
{
    for (int i = 0; i < rules->list->nelts; i++) {
        const struct rule *rule = &APR_ARRAY_IDX(rules->list, i,
                                                 struct rule);
        ap_regmatch_t found[AP_MAX_REG_MATCH];
        const char *value;

        if (rule->attribute == EXPRESSION) {
            apply_expression(r, rule);
            continue;
        }
        value = value_of(r, rule);
        if (value == NULL) {
            value = "";             /* ^$ matches what is not there */
        }
        if (matches(rule, value, found)) {
            apply(r, rule, rule->regex != NULL ? value : NULL, found);
        }
    }
    return DECLINED;
}

static int setenvif_post_read_request(request_rec *r)
{
    return run_rules(r, ap_get_module_config(r->server->module_config,
                                             &setenvif_module));
}

static int setenvif_header_parser(request_rec *r)
{
    return run_rules(r, ap_get_module_config(r->per_dir_config,
                                             &setenvif_module));
}

static const command_rec setenvif_directives[] = {
    AP_INIT_RAW_ARGS("SetEnvIf", setenvif_add, NULL, OR_FILEINFO,
        "a property or field, a regular expression, and the variables to "
        "set when it matches"),
    AP_INIT_RAW_ARGS("SetEnvIfNoCase", setenvif_add, (void *)"i",
        OR_FILEINFO, "as SetEnvIf, any case matches"),
    AP_INIT_RAW_ARGS("SetEnvIfExpr", setenvif_add_expr, NULL, OR_FILEINFO,
        "a condition and the variables to set when it holds"),
    AP_INIT_RAW_ARGS("BrowserMatch", setenvif_add_browser, NULL, OR_FILEINFO,
        "a regular expression for User-Agent, and variables"),
    AP_INIT_RAW_ARGS("BrowserMatchNoCase", setenvif_add_browser, (void *)"i",
        OR_FILEINFO, "as BrowserMatch, any case matches"),
    { 0 }
};

static void setenvif_register_hooks(apr_pool_t *)
{
    ap_hook_header_parser(setenvif_header_parser, NULL, NULL,
                          APR_HOOK_MIDDLE);
    ap_hook_post_read_request(setenvif_post_read_request, NULL, NULL,
                              APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(setenvif) = {
    STANDARD20_MODULE_STUFF, setenvif_create_dir, setenvif_merge,
    setenvif_create_server, setenvif_merge, setenvif_directives,
    setenvif_register_hooks, AP_MODULE_FLAG_NONE
};
