/* SPDX-License-Identifier: Apache-2.0 */
/* mod_headers -- edit request and response fields.
 *
 *   Header [always|onsuccess] action field [value [replacement]]
 *          [early|env=[!]variable|expr=condition]
 *   RequestHeader action field ...
 *     action: add append echo edit edit* merge note set setifempty unset
 *     value: text with % codes, or expr=string
 *   hooks: post_read_request (early), fixups (request fields, last),
 *          insert_filter and insert_error_filter (last)
 *   filters: FIXUP_HEADERS_OUT, FIXUP_HEADERS_ERR
 */
#include <stdbool.h>
#include <string.h>

#include "ap_expr.h"
#include "apr_hash.h"
#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "http_ssl.h"
#include "httpd.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA headers_module;

enum action {
    ACTION_ADD, ACTION_APPEND, ACTION_ECHO, ACTION_EDIT, ACTION_EDIT_ALL,
    ACTION_MERGE, ACTION_NOTE, ACTION_SET, ACTION_SETIFEMPTY, ACTION_UNSET
};

enum kind { KIND_RESPONSE, KIND_ALWAYS, KIND_REQUEST };

/* One piece of a value. */
struct piece {
    const char *(*run)(request_rec *r, const char *arg);    /* NULL: text */
    const char *arg;
};

struct edit {
    enum action action;
    const char *field;
    const ap_regex_t *regex;        /* echo: of names; edit: of values */
    const apr_array_header_t *pieces;   /* struct piece: the value */
    const ap_expr_info_t *value_expr;
    const char *condition;          /* variable; ! negates */
    const ap_expr_info_t *expr;
    bool early;
};

struct headers_dir {
    apr_array_header_t *request;    /* struct edit */
    apr_array_header_t *response;
    apr_array_header_t *always;
    bool any_early;
};

static void *headers_create_dir(apr_pool_t *p, char *)
{
    struct headers_dir *dir = apr_palloc(p, sizeof *dir);

    dir->request = apr_array_make(p, 2, sizeof(struct edit));
    dir->response = apr_array_make(p, 2, sizeof(struct edit));
    dir->always = apr_array_make(p, 2, sizeof(struct edit));
    dir->any_early = false;
    return dir;
}

static void *headers_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct headers_dir *base = basev;
    const struct headers_dir *add = addv;
    struct headers_dir *dir = apr_palloc(p, sizeof *dir);

    dir->request = apr_array_append(p, base->request, add->request);
    dir->response = apr_array_append(p, base->response, add->response);
    dir->always = apr_array_append(p, base->always, add->always);
    dir->any_early = base->any_early || add->any_early;
    return dir;
}

/* ---- codes of values */

/* A value must stay on its line. */
static const char *one_line(apr_pool_t *p, const char *text)
{
    char *copy;

    if (strpbrk(text, "\r\n") == NULL) {
        return text;
    }
    copy = apr_pstrdup(p, text);
    for (char *c = copy; *c != '\0'; c++) {
        if (*c == '\r' || *c == '\n') {
            *c = ' ';
        }
    }
    return copy;
}

static const char *code_time(request_rec *r, const char *)
{
    return apr_psprintf(r->pool, "t=%" APR_TIME_T_FMT, r->request_time);
}

static const char *code_duration(request_rec *r, const char *)
{
    return apr_psprintf(r->pool, "D=%" APR_TIME_T_FMT,
                        apr_time_now() - r->request_time);
}

static const char *code_environment(request_rec *r, const char *name)
{
    const char *value = apr_table_get(r->subprocess_env, name);

    return value != NULL ? one_line(r->pool, value) : "(null)";
}

static const char *code_ssl(request_rec *r, const char *name)
{
    const char *value = ap_ssl_var_lookup(r->pool, r->server, r->connection,
                                          r, name);

    return value != NULL && *value != '\0' ? one_line(r->pool, value)
                                           : "(null)";
}

static const char *code_load(request_rec *r, const char *)
{
    ap_loadavg_t load;

    ap_get_loadavg(&load);
    return apr_psprintf(r->pool, "l=%.2f/%.2f/%.2f", load.loadavg,
                        load.loadavg5, load.loadavg15);
}

static const char *code_idle(request_rec *r, const char *)
{
    ap_sload_t load;

    ap_get_sload(&load);
    return apr_psprintf(r->pool, "i=%d", load.idle);
}

static const char *code_busy(request_rec *r, const char *)
{
    ap_sload_t load;

    ap_get_sload(&load);
    return apr_psprintf(r->pool, "b=%d", load.busy);
}

static const struct {
    char code;
    const char *(*run)(request_rec *r, const char *arg);
} codes[] = {
    { 't', code_time }, { 'D', code_duration }, { 'e', code_environment },
    { 's', code_ssl }, { 'l', code_load }, { 'i', code_idle },
    { 'b', code_busy },
};

/* ---- reading values */

static void add_text(apr_pool_t *p, apr_array_header_t *pieces,
                     const char *text, size_t length)
{
    struct piece *piece = apr_array_push(pieces);

    piece->run = NULL;
    piece->arg = apr_pstrmemdup(p, text, length);
}

static char unescape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

/* Text up to the next %, with backslash escapes undone. */
static const char *parse_text(apr_pool_t *p, apr_array_header_t *pieces,
                              const char *at)
{
    char *text = apr_palloc(p, strlen(at) + 1);
    char *to = text;

    while (*at != '\0' && *at != '%') {
        if (*at == '\\' && at[1] != '\0') {
            if (strchr("nrt\"\\%", at[1]) == NULL) {
                *to++ = '\\';
            }
            *to++ = unescape(at[1]);
            at += 2;
        }
        else {
            *to++ = *at++;
        }
    }
    add_text(p, pieces, text, to - text);
    return at;
}

static const char *parse_code(apr_pool_t *p, apr_array_header_t *pieces,
                              const char *at, const char **why)
{
    struct piece piece = { NULL, "" };

    if (*at == '%') {
        add_text(p, pieces, "%", 1);
        return at + 1;
    }
    if (*at == '{') {
        const char *close = strchr(at, '}');

        if (close == NULL) {
            *why = "the { in the value has no }";
            return NULL;
        }
        piece.arg = apr_pstrmemdup(p, at + 1, close - at - 1);
        at = close + 1;
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (*at == codes[i].code) {
            piece.run = codes[i].run;
        }
    }
    if (piece.run == NULL) {
        *why = apr_psprintf(p, "there is no code %%%c; a percent sign is "
                            "written %%%%", *at);
        return NULL;
    }
    APR_ARRAY_PUSH(pieces, struct piece) = piece;
    return at + 1;
}

static const char *parse_value(cmd_parms *cmd, struct edit *edit,
                               const char *value)
{
    apr_array_header_t *pieces;
    const char *why = NULL;

    if (strncmp(value, "expr=", 5) == 0) {
        const char *error = NULL;

        edit->value_expr = ap_expr_parse_cmd(cmd, value + 5,
            AP_EXPR_FLAG_STRING_RESULT, &error, NULL);
        return error != NULL ? apr_psprintf(cmd->pool, "could not parse the "
                                            "value: %s", error) : NULL;
    }
    pieces = apr_array_make(cmd->pool, 4, sizeof(struct piece));
    edit->pieces = pieces;
    if (edit->action == ACTION_EDIT || edit->action == ACTION_EDIT_ALL) {
        add_text(cmd->pool, pieces, value, strlen(value));
        return NULL;                /* $1 and & are for the replacement */
    }
    while (*value != '\0') {
        value = *value == '%' ? parse_code(cmd->pool, pieces, value + 1, &why)
                              : parse_text(cmd->pool, pieces, value);
        if (value == NULL) {
            return why;
        }
    }
    return NULL;
}

/* ---- reading directives */

static const struct { const char *word; enum action action; } actions[] = {
    { "set", ACTION_SET }, { "setifempty", ACTION_SETIFEMPTY },
    { "add", ACTION_ADD }, { "append", ACTION_APPEND },
    { "merge", ACTION_MERGE }, { "unset", ACTION_UNSET },
    { "echo", ACTION_ECHO }, { "edit", ACTION_EDIT },
    { "edit*", ACTION_EDIT_ALL }, { "note", ACTION_NOTE },
};

static const char *find_action(const char *word, enum kind kind,
                               enum action *action)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (ap_cstr_casecmp(word, actions[i].word) != 0) {
            continue;
        }
        *action = actions[i].action;
        if (kind == KIND_REQUEST
            && (*action == ACTION_ECHO || *action == ACTION_NOTE)) {
            break;
        }
        return NULL;
    }
    return kind == KIND_REQUEST
        ? "the action must be add, append, edit, edit*, merge, set, "
          "setifempty or unset"
        : "the action must be add, append, echo, edit, edit*, merge, note, "
          "set, setifempty or unset";
}

static const char *parse_condition(cmd_parms *cmd, struct headers_dir *dir,
                                   struct edit *edit, const char *word)
{
    const char *error = NULL;

    if (ap_cstr_casecmp(word, "early") == 0) {
        edit->early = dir->any_early = true;
        return NULL;
    }
    if (ap_cstr_casecmpn(word, "env=", 4) == 0) {
        edit->condition = word + 4;
        return word[4] == '\0' || strcmp(word + 4, "!") == 0
            ? "env= needs the name of a variable" : NULL;
    }
    if (ap_cstr_casecmpn(word, "expr=", 5) == 0) {
        edit->expr = ap_expr_parse_cmd(cmd, word + 5, 0, &error, NULL);
        return error != NULL ? apr_pstrcat(cmd->pool, "could not parse the "
                                           "condition: ", error, NULL)
                             : NULL;
    }
    return apr_psprintf(cmd->pool, "the condition \"%s\" must be early, "
                        "env=[!]variable or expr=condition", word);
}

static const char *parse_regex(cmd_parms *cmd, struct edit *edit,
                               const char *text, int flags)
{
    edit->regex = ap_pregcomp(cmd->pool, text, AP_REG_EXTENDED | flags);
    return edit->regex == NULL ? apr_psprintf(cmd->pool, "Header %s: the "
        "regex \"%s\" does not compile", edit->field, text) : NULL;
}

static bool is_condition(const char *word)
{
    return ap_cstr_casecmp(word, "early") == 0
        || ap_cstr_casecmpn(word, "env=", 4) == 0
        || ap_cstr_casecmpn(word, "expr=", 5) == 0;
}

static bool takes_value(enum action action)
{
    return action != ACTION_UNSET && action != ACTION_ECHO;
}

/* Field, value, replacement and condition, as far as the action has them. */
static const char *parse_edit(cmd_parms *cmd, struct headers_dir *dir,
                              struct edit *edit, const char *args)
{
    const char *field = ap_getword_conf(cmd->pool, &args);
    const char *word = ap_getword_conf(cmd->pool, &args);
    size_t length = strlen(field);
    const char *wrong = NULL;

    if (length == 0) {
        return "a field name is missing";
    }
    edit->field = field[length - 1] == ':'
        ? apr_pstrmemdup(cmd->pool, field, length - 1) : field;
    if (edit->action == ACTION_ECHO) {
        wrong = parse_regex(cmd, edit, edit->field,
                            AP_REG_ICASE | AP_REG_NOSUB);
    }
    else if (edit->action == ACTION_EDIT || edit->action == ACTION_EDIT_ALL) {
        if (*word == '\0') {
            return "edit needs a regular expression and a replacement";
        }
        wrong = parse_regex(cmd, edit, word, 0);
        word = ap_getword_conf(cmd->pool, &args);
    }
    if (wrong != NULL) {
        return wrong;
    }
    if (takes_value(edit->action)) {
        if (*word == '\0' && edit->action != ACTION_EDIT
            && edit->action != ACTION_EDIT_ALL && edit->action != ACTION_SET
            && edit->action != ACTION_SETIFEMPTY) {
            return "this action needs a value";
        }
        wrong = parse_value(cmd, edit, word);
        word = ap_getword_conf(cmd->pool, &args);
    }
    else if (*word != '\0' && !is_condition(word)) {
        return edit->action == ACTION_UNSET
            ? "unset takes only a field"
            : "echo takes only an expression for fields";
    }
    if (wrong == NULL && *word != '\0') {
        wrong = parse_condition(cmd, dir, edit, word);
        if (wrong == NULL && *ap_getword_conf(cmd->pool, &args) != '\0') {
            wrong = "nothing may follow the condition";
        }
    }
    return wrong;
}

/* cmd->info is the kind. */
static const char *headers_add(cmd_parms *cmd, void *mconfig,
                               const char *args)
{
    struct headers_dir *dir = mconfig;
    enum kind kind = cmd->info != NULL ? KIND_REQUEST : KIND_RESPONSE;
    const char *word = ap_getword_conf(cmd->pool, &args);
    apr_array_header_t *list;
    struct edit edit = { 0 };
    const char *wrong;

    if (kind == KIND_RESPONSE && ap_cstr_casecmp(word, "always") == 0) {
        kind = KIND_ALWAYS;
        word = ap_getword_conf(cmd->pool, &args);
    }
    else if (kind == KIND_RESPONSE
             && ap_cstr_casecmp(word, "onsuccess") == 0) {
        word = ap_getword_conf(cmd->pool, &args);
    }
    wrong = find_action(word, kind, &edit.action);
    if (wrong == NULL) {
        wrong = parse_edit(cmd, dir, &edit, args);
    }
    if (wrong != NULL) {
        return wrong;
    }
    list = kind == KIND_REQUEST ? dir->request
        : kind == KIND_ALWAYS ? dir->always : dir->response;
    APR_ARRAY_PUSH(list, struct edit) = edit;
    return NULL;
}

/* ---- work */

static const char *build_value(request_rec *r, const struct edit *edit)
{
    const struct piece *pieces;
    const char *text = "";

    if (edit->value_expr != NULL) {
        const char *error = NULL;

        text = ap_expr_str_exec(r, edit->value_expr, &error);
        if (error != NULL) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02557)
                          "could not evaluate the value of %s: %s",
                          edit->field, error);
            return "";
        }
        return one_line(r->pool, text);
    }
    pieces = (const void *)edit->pieces->elts;
    for (int i = 0; i < edit->pieces->nelts; i++) {
        const char *part = pieces[i].run != NULL
            ? pieces[i].run(r, pieces[i].arg) : pieces[i].arg;

        text = i == 0 ? part : apr_pstrcat(r->pool, text, part, NULL);
    }
    return text;
}

static bool is_wanted(request_rec *r, const struct edit *edit)
{
    const char *error = NULL;

    if (edit->condition != NULL) {
        bool negated = *edit->condition == '!';

        return (apr_table_get(r->subprocess_env, edit->condition + negated)
                != NULL) != negated;
    }
    if (edit->expr != NULL) {
        int result = ap_expr_exec(r, edit->expr, &error);

        if (error != NULL) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01501)
                          "could not evaluate the condition (%s); the "
                          "line is left out",
                          error);
            return false;
        }
        return result > 0;
    }
    return true;
}

/* ---- edit, edit* */

/* One or all matches of the regex in value replaced. */
static const char *replace(request_rec *r, const struct edit *edit,
                           const char *value)
{
    const char *result = "";
    bool any = false;
    int flags = 0;

    for (;;) {
        ap_regmatch_t found[AP_MAX_REG_MATCH];
        const char *text, *put;

        if (ap_regexec(edit->regex, value, AP_MAX_REG_MATCH, found, flags)) {
            break;
        }
        any = true;
        text = build_value(r, edit);
        put = ap_pregsub(r->pool, text, value, AP_MAX_REG_MATCH, found);
        result = apr_pstrcat(r->pool, result, apr_pstrmemdup(r->pool, value,
                                                             found[0].rm_so),
                             put != NULL ? put : "", NULL);
        value += found[0].rm_eo;
        if (edit->action == ACTION_EDIT || *value == '\0') {
            break;
        }
        if (found[0].rm_eo == found[0].rm_so) {
            result = apr_pstrcat(r->pool, result,
                                 apr_pstrmemdup(r->pool, value, 1), NULL);
            value++;                /* an empty match must not loop */
        }
        flags = AP_REG_NOTBOL;
    }
    return any ? apr_pstrcat(r->pool, result, value, NULL) : value;
}

struct editing {
    request_rec *r;
    const struct edit *edit;
    apr_table_t *result;
};

static int edit_one(void *editingv, const char *name, const char *value)
{
    struct editing *editing = editingv;

    apr_table_addn(editing->result, name,
                   one_line(editing->r->pool,
                            replace(editing->r, editing->edit, value)));
    return 1;
}

static void edit_field(request_rec *r, const struct edit *edit,
                       apr_table_t *fields)
{
    struct editing editing = { r, edit, NULL };

    if (ap_cstr_casecmp(edit->field, "Content-Type") == 0
        && fields == r->headers_out && r->content_type != NULL) {
        ap_set_content_type(r, replace(r, edit, r->content_type));
        return;
    }
    if (apr_table_get(fields, edit->field) == NULL) {
        return;
    }
    editing.result = apr_table_make(r->pool, 5);
    apr_table_do(edit_one, &editing, fields, edit->field, NULL);
    apr_table_unset(fields, edit->field);
    apr_table_overlap(fields, editing.result, APR_OVERLAP_TABLES_ADD);
}

/* ---- echo, merge */

struct echoing {
    request_rec *r;
    const ap_regex_t *regex;
};

static int echo_one(void *echoingv, const char *name, const char *value)
{
    struct echoing *echoing = echoingv;

    if (ap_regexec(echoing->regex, name, 0, NULL, 0) == 0) {
        apr_table_add(echoing->r->headers_out, name, value);
    }
    return 1;
}

static void merge_field(request_rec *r, const struct edit *edit,
                        apr_table_t *fields)
{
    const char *value = build_value(r, edit);
    const char *have = apr_table_get(fields, edit->field);

    if (have != NULL && ap_find_list_item(r->pool, have, value)) {
        return;
    }
    apr_table_mergen(fields, edit->field, value);
}

static void set_field(request_rec *r, const struct edit *edit,
                      apr_table_t *fields)
{
    if (fields == r->headers_out
        && ap_cstr_casecmp(edit->field, "Content-Type") == 0) {
        ap_set_content_type(r, build_value(r, edit));
    }
    apr_table_setn(fields, edit->field, build_value(r, edit));
}

static void run_edit(request_rec *r, const struct edit *edit,
                     apr_table_t *fields)
{
    struct echoing echoing = { r, edit->regex };

    switch (edit->action) {
    case ACTION_ADD:
        apr_table_addn(fields, edit->field, build_value(r, edit));
        break;
    case ACTION_APPEND:
        apr_table_mergen(fields, edit->field, build_value(r, edit));
        break;
    case ACTION_MERGE:
        merge_field(r, edit, fields);
        break;
    case ACTION_SETIFEMPTY:
        if (apr_table_get(fields, edit->field) == NULL) {
            set_field(r, edit, fields);
        }
        break;
    case ACTION_SET:
        set_field(r, edit, fields);
        break;
    case ACTION_UNSET:
        apr_table_unset(fields, edit->field);
        break;
    case ACTION_ECHO:
        apr_table_do(echo_one, &echoing, r->headers_in, NULL);
        break;
    case ACTION_NOTE:
        if (apr_table_get(fields, edit->field) != NULL) {
            apr_table_setn(r->notes, build_value(r, edit),
                           apr_table_get(fields, edit->field));
        }
        break;
    case ACTION_EDIT:
    case ACTION_EDIT_ALL:
        edit_field(r, edit, fields);
        break;
    }
}

static void run_list(request_rec *r, const apr_array_header_t *list,
                     apr_table_t *fields, bool early)
{
    for (int i = 0; i < list->nelts; i++) {
        const struct edit *edit = &APR_ARRAY_IDX(list, i, struct edit);

        if (edit->early == early && is_wanted(r, edit)) {
            run_edit(r, edit, fields);
        }
    }
}

/* ---- hooks and filters */

static const struct headers_dir *dir_of(request_rec *r)
{
    return ap_get_module_config(r->per_dir_config, &headers_module);
}

static apr_status_t headers_out_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    const struct headers_dir *dir = dir_of(f->r);

    run_list(f->r, dir->always, f->r->err_headers_out, false);
    run_list(f->r, dir->response, f->r->headers_out, false);
    ap_remove_output_filter(f);
    return ap_pass_brigade(f->next, bb);
}

/* Error responses get the fields of "always" only. */
static apr_status_t headers_error_filter(ap_filter_t *f,
                                         apr_bucket_brigade *bb)
{
    run_list(f->r, dir_of(f->r)->always, f->r->err_headers_out, false);
    ap_remove_output_filter(f);
    return ap_pass_brigade(f->next, bb);
}

static void headers_insert_filter(request_rec *r)
{
    const struct headers_dir *dir = dir_of(r);

    if (dir->response->nelts > 0 || dir->always->nelts > 0) {
        ap_add_output_filter("FIXUP_HEADERS_OUT", NULL, r, r->connection);
    }
}

static void headers_insert_error_filter(request_rec *r)
{
    if (dir_of(r)->always->nelts > 0) {
        ap_add_output_filter("FIXUP_HEADERS_ERR", NULL, r, r->connection);
    }
}

static int headers_fixups(request_rec *r)
{
    const struct headers_dir *dir = dir_of(r);

    if (dir->request->nelts > 0) {
        run_list(r, dir->request, r->headers_in, false);
    }
    return DECLINED;
}

static int headers_early(request_rec *r)
{
    const struct headers_dir *dir = dir_of(r);

    if (dir->any_early) {
        run_list(r, dir->request, r->headers_in, true);
        run_list(r, dir->response, r->headers_out, true);
        run_list(r, dir->always, r->err_headers_out, true);
    }
    return DECLINED;
}

static const command_rec headers_directives[] = {
    AP_INIT_RAW_ARGS("Header", headers_add, NULL, OR_FILEINFO,
        "always or onsuccess (optional), an action, a response field, a "
        "value and a condition (optional)"),
    AP_INIT_RAW_ARGS("RequestHeader", headers_add, (void *)"request",
        OR_FILEINFO, "an action, a request field, a value and a condition "
        "(optional)"),
    { 0 }
};

static void headers_register_hooks(apr_pool_t *)
{
    ap_register_output_filter("FIXUP_HEADERS_OUT", headers_out_filter, NULL,
                              AP_FTYPE_CONTENT_SET);
    ap_register_output_filter("FIXUP_HEADERS_ERR", headers_error_filter,
                              NULL, AP_FTYPE_CONTENT_SET);
    /* last: other modules' fields can be edited */
    ap_hook_fixups(headers_fixups, NULL, NULL, APR_HOOK_LAST);
    ap_hook_insert_filter(headers_insert_filter, NULL, NULL, APR_HOOK_LAST);
    ap_hook_insert_error_filter(headers_insert_error_filter, NULL, NULL,
                                APR_HOOK_LAST);
    ap_hook_post_read_request(headers_early, NULL, NULL, APR_HOOK_FIRST);
}

AP_DECLARE_MODULE(headers) = {
    STANDARD20_MODULE_STUFF, headers_create_dir, headers_merge_dir, NULL,
    NULL, headers_directives, headers_register_hooks, AP_MODULE_FLAG_NONE
};
