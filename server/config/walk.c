/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c -- run a tree of directives.
 *
 * Each node's directive is looked up, its place is checked, and the modules
 * that have it are called, newest first, until one does not decline.  Section
 * functions call ap_walk_config() for what is inside them.  On an error
 * parms->err_directive is the node that failed.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"

APLOG_USE_MODULE(core);

void cl_config_log_refused(cmd_parms *parms, const ap_directive_t *node)
{
    ap_log_perror(APLOG_MARK, APLOG_WARNING, 0, parms->temp_pool,
                  APLOGNO(02295) "%s in .htaccess forbidden by "
                  "AllowOverride; ignored, at %s:%d", node->directive,
                  node->filename, node->line_num);
}

static const char *refuse_unknown(cmd_parms *parms,
                                  const ap_directive_t *node)
{
    if (!(parms->override & NONFATAL_UNKNOWN)) {
        return cl_config_unknown_directive(parms->pool, node->directive);
    }
    ap_log_perror(APLOG_MARK, APLOG_WARNING, 0, parms->temp_pool,
                  APLOGNO(02296) "Unknown directive %s perhaps misspelled or "
                  "defined by a module not included in the server "
                  "configuration; ignored, at %s:%d", node->directive,
                  node->filename, node->line_num);
    return NULL;
}

static const char *call_module(const struct cl_config_command *found,
                               cmd_parms *parms, const ap_directive_t *node,
                               ap_conf_vector_t *vector)
{
    void *dir_config = ap_set_config_vectors(parms->server, vector,
                                             parms->path, found->mod,
                                             parms->pool);
    const char *wrong = cl_config_refuse_context(parms, found->cmd,
                                                 node->parent);

    if (wrong == NULL) {
        return cl_config_call(found->cmd, parms, dir_config, node->args);
    }
    if (parms->override & NONFATAL_OVERRIDE) {
        cl_config_log_refused(parms, node);
        return NULL;
    }
    return wrong;
}

static const char *run_node(cmd_parms *parms, const ap_directive_t *node,
                            ap_conf_vector_t *vector)
{
    const struct cl_config_command *found =
        cl_config_find_command(node->directive);
    const char *result;

    if (found == NULL) {
        return refuse_unknown(parms, node);
    }
    while (found != NULL) {
        result = call_module(found, parms, node, vector);
        if (result == NULL || strcmp(result, DECLINE_CMD) != 0) {
            return result;
        }
        found = cl_config_next_command(found);
    }
    return NULL;
}

/* Was the error noted in the section at node, by the walk inside it? */
static bool is_noted_inside(const cmd_parms *parms,
                            const ap_directive_t *node)
{
    const ap_directive_t *at = parms->err_directive;

    while (at != NULL && at != node) {
        at = at->parent;
    }
    return at != NULL;
}

AP_DECLARE(const char *) ap_walk_config(ap_directive_t *conftree,
                                        cmd_parms *parms,
                                        ap_conf_vector_t *section_vector)
{
    ap_conf_vector_t *outer_context = parms->context;
    ap_directive_t *outer_directive = parms->directive;
    const char *wrong = NULL;

    parms->context = section_vector;
    while (conftree != NULL && wrong == NULL) {
        parms->directive = conftree;
        wrong = run_node(parms, conftree, section_vector);
        if (wrong != NULL && !is_noted_inside(parms, conftree)) {
            parms->err_directive = conftree;
        }
        conftree = conftree->next;
    }
    parms->context = outer_context;
    parms->directive = outer_directive;
    return wrong;
}

void cl_config_init_parms(cmd_parms *parms, server_rec *s, apr_pool_t *p,
                          apr_pool_t *ptemp)
{
    *parms = (cmd_parms){
        .server = s,
        .pool = p,
        .temp_pool = ptemp,
        .limited = -1,
        .override = (RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT),
        .override_opts = OPT_ALL | OPT_SYM_OWNER | OPT_MULTI,
    };
}

AP_DECLARE(int) ap_process_config_tree(server_rec *s,
                                       ap_directive_t *conftree,
                                       apr_pool_t *p, apr_pool_t *ptemp)
{
    cmd_parms parms;
    const char *wrong;

    cl_config_close_slots(conftree);
    cl_config_init_parms(&parms, s, p, ptemp);
    wrong = ap_walk_config(conftree, &parms, s->lookup_defaults);
    if (wrong == NULL) {
        return OK;
    }
    ap_log_perror(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, p,
                  APLOGNO(00526) "Syntax error on line %d of %s:",
                  parms.err_directive->line_num,
                  parms.err_directive->filename);
    ap_log_perror(APLOG_MARK, APLOG_ERR | APLOG_STARTUP, 0, p, "%s", wrong);
    return HTTP_INTERNAL_SERVER_ERROR;
}
