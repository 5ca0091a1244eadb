/* SPDX-License-Identifier: Apache-2.0 */
/* mod_macro -- configuration text with parameters.
 *
 *   <Macro name [$param ...]> lines </Macro>
 *   Use name [value ...]             UndefMacro name
 *   MacroIgnoreEmptyArgs             MacroIgnoreBadNesting
 *
 * Use inserts the lines with the parameters replaced, longest name first.  A
 * parameter that begins with @ is put in quotes.  What is inserted is read as
 * configuration of its own, so that messages name both places.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_hash.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA macro_module;

#define MAX_LEVEL 100               /* Use inside of Use */

struct macro {
    const char *name;
    apr_array_header_t *params;     /* const char * */
    apr_array_header_t *lines;      /* const char * */
    const char *file;
    int line;
};

static apr_hash_t *macros;          /* lower-case name -> struct macro */
static int level;
static bool ignore_empty_args;      /* from the directive on */
static bool ignore_bad_nesting;

static const char *key_of(apr_pool_t *p, const char *name)
{
    char *key = apr_pstrdup(p, name);

    ap_str_tolower(key);
    return key;
}

static struct macro *find_macro(apr_pool_t *p, const char *name)
{
    return macros != NULL ? apr_hash_get(macros, key_of(p, name),
                                         APR_HASH_KEY_STRING) : NULL;
}

static apr_array_header_t *split_words(apr_pool_t *p, const char *text)
{
    apr_array_header_t *words = apr_array_make(p, 4, sizeof(char *));

    while (*text != '\0') {
        APR_ARRAY_PUSH(words, const char *) = ap_getword_conf(p, &text);
    }
    return words;
}

/* ---- <Macro> */

static const char *check_params(cmd_parms *cmd, const char *name,
                                const apr_array_header_t *params)
{
    for (int i = 0; i < params->nelts; i++) {
        const char *param = APR_ARRAY_IDX(params, i, const char *);

        if (*param == '\0') {
            return apr_psprintf(cmd->pool, "<Macro %s>: parameter %d has no "
                                "name", name, i + 1);
        }
        if (strchr("$%@", *param) == NULL) {
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02796)
                         "<Macro %s> at %s:%d: a parameter should begin with $, "
                         "%% or @, and \"%s\" does not", name,
                         cmd->config_file->name,
                         cmd->config_file->line_number, param);
        }
        for (int k = 0; k < i; k++) {
            if (strcmp(param, APR_ARRAY_IDX(params, k, const char *)) == 0) {
                return apr_psprintf(cmd->pool, "<Macro %s>: parameters %d "
                                    "and %d have the same name \"%s\"",
                                    name, k + 1, i + 1, param);
            }
        }
    }
    return NULL;
}

/* "</Macro>" and "<Macro ...>" inside of the lines. */
static int nesting_of(const char *line)
{
    if (ap_cstr_casecmpn(line, "</Macro>", 8) == 0) {
        return -1;
    }
    return ap_cstr_casecmpn(line, "<Macro", 6) == 0
        && (apr_isspace(line[6]) || line[6] == '>');
}

/* How many sections of the configuration a line opens. */
static int sections_of(const char *line)
{
    if (line[0] != '<') {
        return 0;
    }
    return line[1] == '/' ? -1 : 1;
}

/* A macro that closes what it did not open, or leaves a section open, is
 * seldom meant. */
static void check_nesting(const struct macro *macro)
{
    int depth = 0, least = 0;

    for (int i = 0; i < macro->lines->nelts; i++) {
        depth += sections_of(APR_ARRAY_IDX(macro->lines, i, const char *));
        if (depth < least) {
            least = depth;
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02793)
                         "macro '%s' (%s:%d): line %d closes a section that "
                         "the macro did not open", macro->name, macro->file,
                         macro->line, i + 1);
        }
    }
    if (depth != 0) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02795)
                     "macro '%s' (%s:%d): the lines open %+d more sections "
                     "than they close", macro->name, macro->file,
                     macro->line, depth);
    }
}

static const char *read_lines(cmd_parms *cmd, struct macro *macro)
{
    char *line = apr_palloc(cmd->temp_pool, MAX_STRING_LEN);
    int depth = 1;

    macro->lines = apr_array_make(cmd->pool, 8, sizeof(char *));
    while (ap_cfg_getline(line, MAX_STRING_LEN, cmd->config_file)
           == APR_SUCCESS) {
        depth += nesting_of(line);
        if (depth == 0) {
            return NULL;
        }
        APR_ARRAY_PUSH(macro->lines, const char *) = apr_pstrdup(cmd->pool,
                                                                 line);
    }
    return apr_psprintf(cmd->pool, "<Macro %s> is not closed by "
                        "</Macro>", macro->name);
}

static const char *macro_define(cmd_parms *cmd, void *, const char *args)
{
    struct macro *macro = apr_pcalloc(cmd->pool, sizeof *macro);
    const char *end = strrchr(args, '>');
    const struct macro *before;
    const char *wrong;

    if (end == NULL) {
        return "<Macro> must end with >";
    }
    args = apr_pstrmemdup(cmd->temp_pool, args, end - args);
    macro->name = ap_getword_conf(cmd->pool, &args);
    if (*macro->name == '\0') {
        return "<Macro macro-name [parameters...]>: a name is missing";
    }
    macro->params = split_words(cmd->pool, args);
    macro->file = cmd->config_file->name;
    macro->line = cmd->config_file->line_number;
    before = find_macro(cmd->temp_pool, macro->name);
    if (before != NULL) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02797)
                     "<Macro %s> of line %d in \"%s\" is replaced by line "
                     "%d in \"%s\"", macro->name,
                     before->line, before->file, macro->line, macro->file);
    }
    wrong = check_params(cmd, macro->name, macro->params);
    if (wrong == NULL) {
        wrong = read_lines(cmd, macro);
    }
    if (wrong != NULL) {
        return wrong;
    }
    if (!ignore_bad_nesting) {
        check_nesting(macro);
    }
    if (macros == NULL) {
        macros = apr_hash_make(cmd->pool);
        apr_pool_cleanup_register(cmd->pool, &macros, ap_pool_cleanup_set_null,
                                  apr_pool_cleanup_null);
    }
    apr_hash_set(macros, key_of(cmd->pool, macro->name), APR_HASH_KEY_STRING,
                 macro);
    return NULL;
}

/* ---- Use */

/* The longest parameter name that stands at the text; -1 when none does. */
static int param_at(const struct macro *macro, const char *text)
{
    size_t longest = 0;
    int found = -1;

    for (int i = 0; i < macro->params->nelts; i++) {
        const char *param = APR_ARRAY_IDX(macro->params, i, const char *);
        size_t length = strlen(param);

        if (length > longest && strncmp(text, param, length) == 0) {
            longest = length;
            found = i;
        }
    }
    return found;
}

/* The line with the values in place of the parameters; marks used ones. */
static const char *fill_in(apr_pool_t *p, const struct macro *macro,
                           const apr_array_header_t *values,
                           const char *line, bool *used)
{
    const char *result = "";
    const char *from = line;

    for (const char *at = line; *at != '\0';) {
        int i = param_at(macro, at);
        const char *param, *value;

        if (i < 0) {
            at++;
            continue;
        }
        used[i] = true;
        param = APR_ARRAY_IDX(macro->params, i, const char *);
        value = APR_ARRAY_IDX(values, i, const char *);
        result = apr_pstrcat(p, result, apr_pstrmemdup(p, from, at - from),
                             *param == '@' ? "\"" : "", *param == '@'
                             ? ap_escape_quotes(p, value) : value,
                             *param == '@' ? "\"" : "", NULL);
        at += strlen(param);
        from = at;
    }
    return apr_pstrcat(p, result, from, NULL);
}

/* Lines as a configuration source. */
struct text_source {
    const apr_array_header_t *lines;
    int next;
    const char *at;                 /* rest of the current line */
};

static apr_status_t source_getstr(void *buffer, apr_size_t size, void *param)
{
    struct text_source *source = param;
    const char *line;

    if (source->next >= source->lines->nelts) {
        return APR_EOF;
    }
    line = APR_ARRAY_IDX(source->lines, source->next++, const char *);
    if (strlen(line) + 2 > size) {
        return APR_ENOSPC;
    }
    memcpy(buffer, line, strlen(line) + 1);
    strcat(buffer, "\n");
    return APR_SUCCESS;
}

static apr_status_t source_getch(char *c, void *param)
{
    struct text_source *source = param;

    if (source->at == NULL) {
        if (source->next >= source->lines->nelts) {
            return APR_EOF;
        }
        source->at = APR_ARRAY_IDX(source->lines, source->next++,
                                   const char *);
    }
    if (*source->at == '\0') {
        *c = '\n';
        source->at = NULL;
    }
    else {
        *c = *source->at++;
    }
    return APR_SUCCESS;
}

static apr_status_t source_close(void *)
{
    return APR_SUCCESS;
}

static void warn_unused(cmd_parms *cmd, const struct macro *macro,
                        const bool *used)
{
    for (int i = 0; i < macro->params->nelts; i++) {
        if (!used[i]) {
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02800)
                         "macro '%s' (%s:%d): argument '%s' is never used "
                         "(Use at %s:%d)", macro->name, macro->file,
                         macro->line, APR_ARRAY_IDX(macro->params, i,
                                                    const char *),
                         cmd->config_file->name,
                         cmd->config_file->line_number);
        }
    }
}

static void warn_empty(cmd_parms *cmd, const struct macro *macro,
                       const apr_array_header_t *values)
{
    for (int i = 0; i < values->nelts; i++) {
        if (*APR_ARRAY_IDX(values, i, const char *) == '\0') {
            ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(02798)
                         "macro '%s' (%s:%d): argument #%d is empty "
                         "(Use at %s:%d)", macro->name, macro->file,
                         macro->line, i + 1, cmd->config_file->name,
                         cmd->config_file->line_number);
        }
    }
}

static const char *insert(cmd_parms *cmd, const struct macro *macro,
                          const apr_array_header_t *values,
                          ap_directive_t **tree)
{
    struct text_source *source = apr_pcalloc(cmd->temp_pool, sizeof *source);
    apr_array_header_t *lines = apr_array_make(cmd->temp_pool, 8,
                                               sizeof(char *));
    bool *used = apr_pcalloc(cmd->temp_pool,
                             (macro->params->nelts + 1) * sizeof *used);
    const ap_configfile_t *outer = cmd->config_file;
    cmd_parms inner = *cmd;
    const char *wrong;

    for (int i = 0; i < macro->lines->nelts; i++) {
        APR_ARRAY_PUSH(lines, const char *) = fill_in(cmd->temp_pool, macro,
            values, APR_ARRAY_IDX(macro->lines, i, const char *), used);
    }
    warn_unused(cmd, macro, used);
    source->lines = lines;
    inner.config_file = ap_pcfg_open_custom(cmd->pool,
        apr_psprintf(cmd->pool, "macro '%s' (defined on line %d of \"%s\") "
                     "used on line %d of \"%s\"", macro->name, macro->line,
                     macro->file, outer->line_number, outer->name),
        source, source_getch, source_getstr, source_close);
    level++;
    *tree = NULL;
    wrong = ap_build_config(&inner, cmd->pool, cmd->temp_pool, tree);
    level--;
    ap_cfg_closefile(inner.config_file);
    cmd->err_directive = inner.err_directive;
    return wrong;
}

static const char *macro_use(cmd_parms *cmd, void *mconfig, const char *args)
{
    const char *name = ap_getword_conf(cmd->temp_pool, &args);
    apr_array_header_t *values = split_words(cmd->temp_pool, args);
    const struct macro *macro;

    if (*name == '\0') {
        return "Use needs the name of a macro";
    }
    macro = find_macro(cmd->temp_pool, name);
    if (macro == NULL) {
        return apr_psprintf(cmd->pool, "there is no macro \"%s\"", name);
    }
    if (level >= MAX_LEVEL) {
        return apr_psprintf(cmd->pool, "macro \"%s\" uses itself without "
                            "end", name);
    }
    if (values->nelts != macro->params->nelts) {
        return apr_psprintf(cmd->pool, "macro \"%s\" (%s:%d) got %d "
                            "values for its %d parameters", name, macro->file,
                            macro->line, values->nelts,
                            macro->params->nelts);
    }
    if (!ignore_empty_args) {
        warn_empty(cmd, macro, values);
    }
    return insert(cmd, macro, values, mconfig);
}

static const char *macro_undefine(cmd_parms *cmd, void *mconfig,
                                  const char *name)
{
    *(ap_directive_t **)mconfig = NULL;
    if (find_macro(cmd->temp_pool, name) == NULL) {
        return apr_psprintf(cmd->pool, "UndefMacro: there is no macro \"%s\"",
                            name);
    }
    apr_hash_set(macros, key_of(cmd->temp_pool, name), APR_HASH_KEY_STRING,
                 NULL);
    return NULL;
}

/* These run while the file is read, so they too leave nothing in the tree. */
static const char *macro_ignore_empty_args(cmd_parms *, void *mconfig,
                                           const char *)
{
    *(ap_directive_t **)mconfig = NULL;
    ignore_empty_args = true;
    return NULL;
}

static const char *macro_ignore_bad_nesting(cmd_parms *, void *mconfig,
                                            const char *)
{
    *(ap_directive_t **)mconfig = NULL;
    ignore_bad_nesting = true;
    return NULL;
}

static const command_rec macro_directives[] = {
    AP_INIT_RAW_ARGS("<Macro", macro_define, NULL, EXEC_ON_READ | OR_ALL,
        "a name and parameters; the lines up to </Macro> are its text"),
    AP_INIT_RAW_ARGS("Use", macro_use, NULL, EXEC_ON_READ | OR_ALL,
        "the name of a macro and a value for each of its parameters"),
    AP_INIT_TAKE1("UndefMacro", macro_undefine, NULL, EXEC_ON_READ | OR_ALL,
        "the name of a macro to forget"),
    AP_INIT_RAW_ARGS("MacroIgnoreEmptyArgs", macro_ignore_empty_args, NULL,
        EXEC_ON_READ | OR_ALL, "do not warn of empty arguments of Use"),
    AP_INIT_RAW_ARGS("MacroIgnoreBadNesting", macro_ignore_bad_nesting, NULL,
        EXEC_ON_READ | OR_ALL, "do not warn of sections that a macro does "
        "not open and close"),
    { 0 }
};

AP_DECLARE_MODULE(macro) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL,
    macro_directives, NULL, AP_MODULE_FLAG_NONE
};
