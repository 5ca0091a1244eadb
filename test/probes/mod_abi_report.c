/* SPDX-License-Identifier: Apache-2.0 */
/* mod_abi_report -- writes what the running server holds: every module record,
 * every directive, every hook registration, one line each, tab separated.
 *
 *   AbiReportFile FILE        where to write, once the server is set up
 *   AbiReportHooks NAME ...   functions ap_hook_get_X to ask
 *
 *   module     name version minor index cookie flags
 *   directive  module-name name args_how req_override
 *   hook       getter name order predecessors successors
 */
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "httpd.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <apr_strings.h>

extern module AP_MODULE_DECLARE_DATA abi_report_module;

static const char *report_file;
static apr_array_header_t *getters;

static const char *set_file(cmd_parms *cmd, void *, const char *path)
{
    report_file = apr_pstrdup(cmd->pool, path);
    return NULL;
}

static const char *add_getter(cmd_parms *, void *, const char *name)
{
    APR_ARRAY_PUSH(getters, const char *) = name;
    return NULL;
}

static void write_module(FILE *out, const module *m)
{
    fprintf(out, "module\t%s\t%d\t%d\t%d\t%lx\t%d\n", m->name, m->version,
            m->minor_version, m->module_index, m->magic,
            m->minor_version >= AP_MODULE_FLAGS_MMN_MINOR ? m->flags : 0);
    for (const command_rec *cmd = m->cmds; cmd && cmd->name; cmd++) {
        fprintf(out, "directive\t%s\t%s\t%d\t%d\n", m->name, cmd->name,
                (int)cmd->args_how, cmd->req_override);
    }
}

static void write_names(FILE *out, const char *const *names)
{
    fputc('\t', out);
    for (int i = 0; names && names[i]; i++) {
        fprintf(out, "%s%s", i ? "," : "", names[i]);
    }
}

/* Every hook's list holds rows of this shape. */
static void write_hook(FILE *out, const char *getter)
{
    apr_array_header_t *(*get)(void) = NULL;
    void *symbol = dlsym(RTLD_DEFAULT, getter);
    const apr_array_header_t *rows;

    memcpy(&get, &symbol, sizeof get);
    rows = get ? get() : NULL;
    for (int i = 0; rows && i < rows->nelts; i++) {
        const ap_LINK_handler_t *row = &APR_ARRAY_IDX(rows, i,
                                                      ap_LINK_handler_t);

        fprintf(out, "hook\t%s\t%s\t%d", getter, row->szName, row->nOrder);
        write_names(out, row->aszPredecessors);
        write_names(out, row->aszSuccessors);
        fputc('\n', out);
    }
}

static void write_all(FILE *out)
{
    for (const module *m = ap_top_module; m; m = m->next) {
        write_module(out, m);
    }
    for (int i = 0; i < getters->nelts; i++) {
        write_hook(out, APR_ARRAY_IDX(getters, i, const char *));
    }
}

/* Under another name until it is whole: somebody waits for it. */
static void write_report(server_rec *s, apr_pool_t *ptemp)
{
    const char *unfinished = apr_pstrcat(ptemp, report_file, ".new", NULL);
    FILE *out = fopen(unfinished, "w");

    if (!out) {
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, s,
                     "could not write \"%s\"", unfinished);
        return;
    }
    write_all(out);
    fclose(out);
    rename(unfinished, report_file);
}

/* At the very end, as modules register hooks until post_config. */
static int report_post_config(apr_pool_t *, apr_pool_t *, apr_pool_t *ptemp,
                              server_rec *s)
{
    if (report_file
        && ap_state_query(AP_SQ_MAIN_STATE) != AP_SQ_MS_CREATE_PRE_CONFIG) {
        write_report(s, ptemp);
    }
    return OK;
}

static int report_pre_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *)
{
    getters = apr_array_make(pconf, 64, sizeof(const char *));
    return OK;
}

static const command_rec report_directives[] = {
    AP_INIT_TAKE1("AbiReportFile", set_file, NULL, RSRC_CONF,
                  "file to write the report into"),
    AP_INIT_ITERATE("AbiReportHooks", add_getter, NULL, RSRC_CONF,
                    "names of ap_hook_get functions"),
    { 0 }
};

static void report_register_hooks(apr_pool_t *)
{
    ap_hook_pre_config(report_pre_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_post_config(report_post_config, NULL, NULL,
                        APR_HOOK_REALLY_LAST + 100);
}

AP_DECLARE_MODULE(abi_report) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL,
    report_directives, report_register_hooks, AP_MODULE_FLAG_NONE
};
