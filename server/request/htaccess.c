/* SPDX-License-Identifier: Apache-2.0 */
/* htaccess.c -- find, read and parse the .htaccess file of a directory.
 *
 * Parsed files are listed in r->htaccess, which subrequests and internal
 * redirects inherit, so a file is read once for a request and its relatives.
 * A file that exists but cannot be read refuses the request: its rules might
 * have done so.
 */
#include "request/request.h"

#include "http_log.h"
#include "http_request.h"
#include "util_cfgtree.h"

APLOG_USE_MODULE(core);

/* ap_open_htaccess() is a hook function too: the last one asked. */
AP_DECLARE(apr_status_t) ap_open_htaccess(request_rec *r, const char *dir_name,
                                          const char *access_name,
                                          ap_configfile_t **conffile,
                                          const char **full_name)
{
    *full_name = ap_make_full_path(r->pool, dir_name, access_name);
    return ap_pcfg_openfile(conffile, r->pool, *full_name);
}

static const struct htaccess_result *find_parsed(const request_rec *r,
                                                 int override,
                                                 int override_opts,
                                                 const apr_table_t *list,
                                                 const char *dir)
{
    const struct htaccess_result *known = r->htaccess;

    while (known
           && !(known->override == override
                && known->override_opts == override_opts
                && known->override_list == list
                && strcmp(known->dir, dir) == 0)) {
        known = known->next;
    }
    return known;
}

static int parse_file(ap_conf_vector_t *into, request_rec *r,
                      cmd_parms *parms, const char *name)
{
    ap_directive_t *tree = NULL;
    const char *problem;

    problem = ap_build_config(parms, r->pool, r->pool, &tree);
    if (!problem) {
        problem = ap_walk_config(tree, parms, into);
    }
    ap_cfg_closefile(parms->config_file);
    if (problem) {
        ap_log_rerror(APLOG_MARK, APLOG_ALERT, 0, r, "%s: %s", name, problem);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return OK;
}

static int refuse_unreadable(request_rec *r, apr_status_t rv, const char *name,
                             const char *dir)
{
    ap_log_rerror(APLOG_MARK, APLOG_CRIT, rv, r, APLOGNO(00529)
                  "could not read \"%s\"; the server's user needs read "
                  "permission on it and execute permission on \"%s\"",
                  name, dir);
    apr_table_setn(r->notes, "error-notes",
                   "The access rules of this directory cannot be read, so "
                   "the request is refused.");
    return HTTP_FORBIDDEN;
}

/* Tries each name of AccessFileName; *opened stays NULL if there is none. */
static int open_first(request_rec *r, const char *dir, const char *names,
                      ap_configfile_t **opened, const char **full_name)
{
    while (*names) {
        const char *name = ap_getword_conf(r->pool, &names);
        apr_status_t rv;

        *full_name = NULL;
        rv = ap_run_open_htaccess(r, dir, name, opened, full_name);
        if (rv == APR_SUCCESS) {
            return OK;
        }
        *opened = NULL;
        if (!APR_STATUS_IS_ENOENT(rv) && !APR_STATUS_IS_ENOTDIR(rv)) {
            return refuse_unreadable(r, rv, *full_name ? *full_name : name,
                                     dir);
        }
    }
    return OK;
}

static void remember(request_rec *r, const cmd_parms *parms,
                     ap_conf_vector_t *conf)
{
    struct htaccess_result *entry = apr_palloc(r->pool, sizeof *entry);

    entry->dir = parms->path;
    entry->override = parms->override;
    entry->override_opts = parms->override_opts;
    entry->override_list = parms->override_list;
    entry->htaccess = conf;
    entry->next = r->htaccess;
    r->htaccess = entry;
}

AP_DECLARE(int) ap_parse_htaccess(ap_conf_vector_t **result, request_rec *r,
                                  int override, int override_opts,
                                  apr_table_t *override_list, const char *path,
                                  const char *access_names)
{
    const struct htaccess_result *known;
    ap_configfile_t *file = NULL;
    const char *name = NULL;
    ap_conf_vector_t *conf;
    cmd_parms parms = { 0 };
    int status;

    known = find_parsed(r, override, override_opts, override_list, path);
    if (known) {
        *result = known->htaccess;
        return OK;
    }
    status = open_first(r, path, access_names, &file, &name);
    if (status != OK || !file) {
        return status;
    }
    parms.override = override;
    parms.override_opts = override_opts;
    parms.override_list = override_list;
    parms.limited = -1;
    parms.pool = r->pool;
    parms.temp_pool = r->pool;
    parms.server = r->server;
    parms.path = apr_pstrdup(r->pool, path);
    parms.config_file = file;
    conf = ap_create_per_dir_config(r->pool);
    status = parse_file(conf, r, &parms, name);
    if (status == OK) {
        *result = conf;
        remember(r, &parms, conf);
    }
    return status;
}

const char *cl_set_access_file_name(cmd_parms *cmd, void *, const char *args)
{
    core_server_config *sconf
        = ap_get_core_module_config(cmd->server->module_config);

    if (*args == '\0') {
        return "AccessFileName needs at least one file name; example: "
               "AccessFileName .htaccess";
    }
    sconf->access_name = apr_pstrdup(cmd->pool, args);
    return NULL;
}
