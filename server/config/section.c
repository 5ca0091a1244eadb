/* SPDX-License-Identifier: Apache-2.0 */
/* section.c -- sections that collect configuration for a place: <Directory>,
 * <Files>, <Location> and their regular-expression forms, <If>, <ElseIf>,
 * <Else>, <Limit>, <LimitExcept>, <VirtualHost>.
 *
 * Each reads its argument, runs the directives inside into a new vector, and
 * hangs that vector where the request walks will look: on the server, or on
 * the configuration around it.
 */
#include "config/config.h"

#include "ap_expr.h"
#include "http_core.h"
#include "http_protocol.h"
#include "http_log.h"

#include <string.h>

#include <apr_file_info.h>
#include <apr_fnmatch.h>
#include <apr_strings.h>

APLOG_USE_MODULE(core);

const char cl_section_by_regex[] = "regex";
const char cl_section_else_if[] = "elseif";
const char cl_section_else[] = "else";
const char cl_section_except[] = "except";

/* ----- arguments */

static const char *complain(cmd_parms *cmd, const char *what)
{
    return apr_psprintf(cmd->pool, "%s> %s", cmd->cmd->name, what);
}

/* The text before the last ">"; a quoted ">" may occur in it.  What stands
 * behind it is left alone: people put comments there. */
static const char *take_text(cmd_parms *cmd, const char *arg,
                             const char **text)
{
    const char *end = strrchr(arg, '>');

    if (end == NULL) {
        return complain(cmd, "directive missing closing '>'");
    }
    *text = apr_pstrmemdup(cmd->pool, arg, (apr_size_t)(end - arg));
    return NULL;
}

static const char *take_nonempty_text(cmd_parms *cmd, const char *arg,
                                      const char **text)
{
    const char *error = take_text(cmd, arg, text);

    if (error == NULL && **text == '\0') {
        error = complain(cmd, "directive requires additional arguments");
    }
    return error;
}

struct place {
    const char *text;
    ap_regex_t *regex;                  /* NULL: a path or a name */
};

/* "path", "~ regex", or "regex" in the sections named ...Match */
static const char *take_place(cmd_parms *cmd, const char *arg,
                              struct place *place)
{
    bool is_regex = cmd->cmd->cmd_data == cl_section_by_regex;
    const char *text, *error = take_nonempty_text(cmd, arg, &text);

    place->regex = NULL;
    if (error) {
        return error;
    }
    place->text = ap_getword_conf(cmd->pool, &text);
    if (!is_regex && strcmp(place->text, "~") == 0) {
        is_regex = true;
        place->text = ap_getword_conf(cmd->pool, &text);
    }
    if (*text) {
        return complain(cmd, "takes one place only; quote it if it has "
                             "spaces");
    }
    if (*place->text == '\0') {
        return complain(cmd, "needs a place that is not empty");
    }
    if (is_regex) {
        place->regex = ap_pregcomp(cmd->pool, place->text, AP_REG_EXTENDED);
        if (place->regex == NULL) {
            return complain(cmd, "has a regular expression that could not be "
                                 "compiled");
        }
    }
    return NULL;
}

/* ----- the inside of a section */

struct outside {
    char *path;
    int override;
};

/* The server's own files may say anything in a section; a section inside a
 * .htaccess file may say no more than the file itself. */
static struct outside enter(cmd_parms *cmd, const char *path)
{
    struct outside outside = { cmd->path, cmd->override };

    if (cmd->path == NULL) {
        cmd->override = OR_ALL | ACCESS_CONF;
    }
    cmd->path = (char *)path;
    return outside;
}

static void leave(cmd_parms *cmd, struct outside outside)
{
    cmd->path = outside.path;
    cmd->override = outside.override;
}

static void describe_place(cmd_parms *cmd, core_dir_config *conf,
                           const struct place *place)
{
    conf->r = place->regex;
    if (place->regex) {
        conf->d_is_fnmatch = 0;
        conf->refs = apr_array_make(cmd->pool, 8, sizeof(char *));
        ap_regname(place->regex, conf->refs, AP_REG_MATCH, 1);
    }
}

static core_dir_config *new_vector(cmd_parms *cmd, ap_conf_vector_t **vector)
{
    *vector = ap_create_per_dir_config(cmd->pool);
    return ap_set_config_vectors(cmd->server, *vector, cmd->path,
                                 &core_module, cmd->pool);
}

/* URLs and file names are kept as written, without the slash that a directory
 * gets at its end. */
static void set_literal_text(core_dir_config *conf, const char *text)
{
    conf->d = (char *)text;
    conf->d_is_fnmatch = apr_fnmatch_test(text) != 0;
    conf->d_components = (unsigned int)ap_count_dirs(text);
}

static const char *run_inside(cmd_parms *cmd, ap_conf_vector_t *vector)
{
    return ap_walk_config(cmd->directive->first_child, cmd, vector);
}

/* ----- <Directory> <DirectoryMatch> */

/* "/a/../b/./c" as the walk will see it; a pattern keeps its wildcards. */
static const char *canonical_dir(cmd_parms *cmd, struct place *place)
{
    char *clean;

    if (place->regex || strcmp(place->text, "/") == 0) {
        return NULL;
    }
    if (apr_filepath_merge(&clean, NULL, place->text, APR_FILEPATH_TRUENAME,
                           cmd->pool) != APR_SUCCESS) {
        return complain(cmd, "has a path that is not valid");
    }
    if (clean[strlen(clean) - 1] != '/') {
        clean = apr_pstrcat(cmd->pool, clean, "/", NULL);
    }
    place->text = clean;
    return NULL;
}

const char *cl_section_directory(cmd_parms *cmd, void *, const char *arg)
{
    struct place place = { 0 };
    struct outside outside;
    ap_conf_vector_t *vector;
    const char *error = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (error == NULL) {
        error = take_place(cmd, arg, &place);
    }
    if (error == NULL) {
        error = canonical_dir(cmd, &place);
    }
    if (error) {
        return error;
    }
    outside = enter(cmd, place.text);
    describe_place(cmd, new_vector(cmd, &vector), &place);
    error = run_inside(cmd, vector);
    if (error == NULL) {
        ap_add_per_dir_conf(cmd->server, vector);
    }
    leave(cmd, outside);
    return error;
}

/* ----- <Location> <LocationMatch> */

const char *cl_section_location(cmd_parms *cmd, void *, const char *arg)
{
    struct place place = { 0 };
    struct outside outside;
    ap_conf_vector_t *vector;
    core_dir_config *conf;
    const char *error = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (error == NULL) {
        error = take_place(cmd, arg, &place);
    }
    if (error) {
        return error;
    }
    outside = enter(cmd, place.text);
    conf = new_vector(cmd, &vector);
    set_literal_text(conf, place.text);
    describe_place(cmd, conf, &place);
    error = run_inside(cmd, vector);
    if (error == NULL) {
        ap_add_per_url_conf(cmd->server, vector);
    }
    leave(cmd, outside);
    return error;
}

/* ----- <Files> <FilesMatch> */

const char *cl_section_files(cmd_parms *cmd, void *around, const char *arg)
{
    struct place place = { 0 };
    struct outside outside;
    ap_conf_vector_t *vector;
    core_dir_config *conf;
    const char *error = ap_check_cmd_context(cmd, NOT_IN_LIMIT
                                                      | NOT_IN_LOCATION);

    if (error == NULL) {
        error = take_place(cmd, arg, &place);
    }
    if (error) {
        return error;
    }
    outside = enter(cmd, place.text);
    conf = new_vector(cmd, &vector);
    set_literal_text(conf, place.text);
    describe_place(cmd, conf, &place);
    error = run_inside(cmd, vector);
    if (error == NULL) {
        ap_add_file_conf(cmd->pool, around, vector);
    }
    leave(cmd, outside);
    return error;
}

/* ----- <If> <ElseIf> <Else> */

static const char *take_condition(cmd_parms *cmd, const char *arg,
                                  ap_expr_info_t **condition)
{
    const char *text, *expression;
    const char *error = take_nonempty_text(cmd, arg, &text);

    if (error) {
        return error;
    }
    expression = ap_getword_conf(cmd->pool, &text);
    if (*text) {
        return complain(cmd, "takes one expression; put it in quotes");
    }
    *condition = ap_expr_parse_cmd(cmd, expression, 0, &error, NULL);
    if (error) {
        return apr_psprintf(cmd->pool, "Cannot parse condition clause: %s",
                            error);
    }
    return NULL;
}

static const char *take_if(cmd_parms *cmd, const char *arg,
                           ap_expr_info_t **condition, unsigned int *kind)
{
    const char *text = "";
    const char *error;

    *condition = NULL;
    if (cmd->cmd->cmd_data != cl_section_else) {
        *kind = cmd->cmd->cmd_data == cl_section_else_if ? AP_CONDITION_ELSEIF
                                                         : AP_CONDITION_IF;
        return take_condition(cmd, arg, condition);
    }
    *kind = AP_CONDITION_ELSE;
    error = take_text(cmd, arg, &text);
    if (error == NULL && *text) {
        error = complain(cmd, "does not take an argument");
    }
    return error;
}

const char *cl_section_if(cmd_parms *cmd, void *around, const char *arg)
{
    struct outside outside;
    ap_conf_vector_t *vector;
    core_dir_config *conf;
    ap_expr_info_t *condition = NULL;
    unsigned int kind = 0;
    const char *error = ap_check_cmd_context(cmd, NOT_IN_LIMIT);

    if (error == NULL) {
        error = take_if(cmd, arg, &condition, &kind);
    }
    if (error) {
        return error;
    }
    outside = enter(cmd, "*If");
    conf = new_vector(cmd, &vector);
    set_literal_text(conf, cmd->path);
    conf->condition = condition;
    conf->condition_ifelse = kind & 3;
    error = ap_add_if_conf(cmd->pool, around, vector);
    if (error == NULL) {
        error = run_inside(cmd, vector);
    }
    leave(cmd, outside);
    return error;
}

/* ----- <Limit> <LimitExcept> */

static const char *take_methods(cmd_parms *cmd, const char *text,
                                apr_int64_t *methods)
{
    bool is_except = cmd->cmd->cmd_data == cl_section_except;

    *methods = 0;
    while (*text) {
        const char *name = ap_getword_conf(cmd->pool, &text);
        int number = ap_method_number_of(name);

        if (number == M_TRACE && !is_except) {
            return "TRACE cannot be controlled by <Limit>, see TraceEnable";
        }
        if (number == M_INVALID) {
            number = ap_method_register(cmd->pool, name);
        }
        if (number == M_INVALID) {
            return apr_psprintf(cmd->pool, "%s> could not register method "
                                "\"%s\"; there are too many", cmd->cmd->name,
                                name);
        }
        *methods |= (apr_int64_t)AP_METHOD_BIT << number;
    }
    if (is_except) {
        *methods = ~*methods;
    }
    return NULL;
}

AP_DECLARE(const char *) ap_limit_section(cmd_parms *cmd, void *,
                                          const char *arg)
{
    apr_int64_t outer = cmd->limited, methods = 0;
    const char *text, *error = take_nonempty_text(cmd, arg, &text);

    if (error == NULL) {
        error = take_methods(cmd, text, &methods);
    }
    if (error) {
        return error;
    }
    if ((outer & methods) == 0) {
        return complain(cmd, "directive excludes all methods");
    }
    if ((outer & methods) == outer) {
        return complain(cmd, "directive specifies methods already excluded");
    }
    cmd->limited = outer & methods;
    error = run_inside(cmd, cmd->context);
    cmd->limited = outer;
    return error;
}

AP_DECLARE(int) ap_method_is_limited(cmd_parms *cmd, const char *method)
{
    int number = ap_method_number_of(method);

    if (number != M_INVALID) {
        return (cmd->limited & ((apr_int64_t)AP_METHOD_BIT << number)) != 0;
    }
    return cmd->limited_xmethods
           && ap_array_str_contains(cmd->limited_xmethods, method);
}

/* ----- <VirtualHost> */

const char *cl_section_virtual_host(cmd_parms *cmd, void *, const char *arg)
{
    server_rec *main = cmd->server, *s;
    const char *text, *error = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (error == NULL) {
        error = take_nonempty_text(cmd, arg, &text);
    }
    if (error == NULL) {
        error = ap_init_virtual_host(cmd->pool, text, main, &s);
    }
    if (error) {
        return error;
    }
    s->defn_name = cmd->directive->filename;
    s->defn_line_number = (unsigned int)cmd->directive->line_num;
    s->next = main->next;               /* last in the files, first here */
    main->next = s;
    cmd->server = s;
    error = run_inside(cmd, s->lookup_defaults);
    cmd->server = main;
    return error;
}
