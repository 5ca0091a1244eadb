/* SPDX-License-Identifier: Apache-2.0 */
/* content.c -- what the configuration says about handler, media type, filters
 * and path info, applied over what the type checkers found. */
#include "request/request.h"

#include "ap_expr.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "util_filter.h"

APLOG_USE_MODULE(core);

#define NONE "none"

static bool is_none(const char *word)
{
    return ap_cstr_casecmp(word, NONE) == 0;
}

static int set_handler_by_expression(request_rec *r, ap_expr_info_t *expr)
{
    const char *problem = NULL;
    const char *name = ap_expr_str_exec(r, expr, &problem);

    if (problem || !name) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50558)
                      "could not evaluate SetHandler in \"%s:%u\": %s",
                      expr->filename, expr->line_number,
                      problem ? problem : "no result");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    if (*name && !is_none(name)) {
        r->handler = name;
    }
    return OK;
}

/* First of the fixups, so that modules can overrule it. */
int cl_request_apply_content_config(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);

    if (conf->mime_type && !is_none(conf->mime_type)) {
        ap_set_content_type_ex(r, conf->mime_type, 1);
    }
    if (r->used_path_info == AP_REQ_DEFAULT_PATH_INFO
        && (conf->accept_path_info == AP_REQ_ACCEPT_PATH_INFO
            || conf->accept_path_info == AP_REQ_REJECT_PATH_INFO)) {
        r->used_path_info = conf->accept_path_info;
    }
    if (conf->expr_handler) {
        return set_handler_by_expression(r, conf->expr_handler);
    }
    if (conf->handler && !is_none(conf->handler)) {
        r->handler = conf->handler;
    }
    return OK;
}

typedef ap_filter_t *add_filter(const char *name, void *ctx, request_rec *r,
                                conn_rec *c);

static void add_listed(request_rec *r, const char *list, add_filter *add)
{
    const char *name;

    while (*list && (name = ap_getword(r->pool, &list, ';'))) {
        add(name, NULL, r, r->connection);
    }
}

void cl_request_insert_filters(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);

    if (conf->output_filters) {
        add_listed(r, conf->output_filters, ap_add_output_filter);
    }
    if (conf->input_filters) {
        add_listed(r, conf->input_filters, ap_add_input_filter);
    }
}

const char *cl_set_set_handler(cmd_parms *cmd, void *conf, const char *arg)
{
    static const char mark[] = "expr=";
    core_dir_config *dir = conf;
    const char *problem = NULL;

    if (strncmp(arg, mark, sizeof mark - 1) != 0) {
        dir->handler = arg;
        dir->expr_handler = NULL;
        return NULL;
    }
    dir->expr_handler = ap_expr_parse_cmd(cmd, arg + sizeof mark - 1,
                                          AP_EXPR_FLAG_STRING_RESULT,
                                          &problem, NULL);
    dir->handler = NULL;
    return problem ? apr_psprintf(cmd->pool, "could not parse the expression "
                                  "of SetHandler: %s", problem) : NULL;
}

const char *cl_set_force_type(cmd_parms *cmd, void *conf, const char *arg)
{
    core_dir_config *dir = conf;

    char *lower = apr_pstrdup(cmd->pool, arg);

    ap_str_tolower(lower);
    dir->mime_type = lower;
    return NULL;
}

const char *cl_set_default_type(cmd_parms *cmd, void *, const char *arg)
{
    if (!is_none(arg)) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server, APLOGNO(00117)
                     "DefaultType in \"%s:%u\" has no effect; use AddType or "
                     "ForceType", cmd->directive->filename,
                     cmd->directive->line_num);
    }
    return NULL;
}

const char *cl_set_set_input_filter(cmd_parms *, void *conf, const char *arg)
{
    core_dir_config *dir = conf;

    dir->input_filters = arg;
    return NULL;
}

const char *cl_set_set_output_filter(cmd_parms *, void *conf, const char *arg)
{
    core_dir_config *dir = conf;

    dir->output_filters = arg;
    return NULL;
}

const char *cl_set_accept_path_info(cmd_parms *, void *conf, const char *arg)
{
    static const struct cl_choice choices[] = {
        { "on", AP_REQ_ACCEPT_PATH_INFO }, { "off", AP_REQ_REJECT_PATH_INFO },
        { "default", AP_REQ_DEFAULT_PATH_INFO }, { 0 }
    };
    core_dir_config *dir = conf;
    int choice = cl_request_choose(choices, arg);

    if (choice < 0) {
        return "AcceptPathInfo must be On, Off or Default";
    }
    dir->accept_path_info = choice;
    return NULL;
}
