/* SPDX-License-Identifier: Apache-2.0 */
/* include.c -- read a file into the tree; Include with directories and
 * wildcards.
 *
 * Files of a directory or pattern are read in byte order of their names.
 * With -D DUMP_INCLUDES each file is listed when it is opened, under the file
 * and line that asked for it.  Only the main thread gets here.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"

#include <apr_fnmatch.h>
#include <apr_strings.h>

#include <glob.h>
#include <stdio.h>

APLOG_USE_MODULE(core);

#define MAX_INCLUDE_DEPTH 128

struct include {
    server_rec *server;
    ap_directive_t **tree;
    bool has_read;
};

static const char too_deep[] =
    "files include each other more than " APR_STRINGIFY(MAX_INCLUDE_DEPTH)
    " deep; does one of them include itself?";

static int depth;
static unsigned including_line;         /* 0: nobody includes */
static bool has_listed;

void cl_config_start_includes(void)
{
    depth = 0;
    including_line = 0;
    has_listed = false;
}

static void list_file(const char *name)
{
    if (!has_listed) {
        puts("Included configuration files:");
        has_listed = true;
    }
    if (including_line == 0) {
        printf("%*s(*) %s\n", 2 * depth, "", name);
    }
    else {
        printf("%*s(%u) %s\n", 2 * depth, "", including_line, name);
    }
    fflush(stdout);
}

/* The endless chain of files is not repeated file by file. */
static const char *where_wrong(const cmd_parms *parms, apr_pool_t *p,
                               const char *wrong)
{
    if (parms->err_directive == NULL || (wrong == too_deep && depth > 1)) {
        return wrong;
    }
    return apr_psprintf(p, "Syntax error on line %d of %s: %s",
                        parms->err_directive->line_num,
                        parms->err_directive->filename, wrong);
}

static const char *read_open_file(server_rec *s, ap_configfile_t *cfp,
                                  ap_directive_t **conftree, apr_pool_t *p,
                                  apr_pool_t *ptemp)
{
    cmd_parms parms;
    const char *wrong;

    cl_config_init_parms(&parms, s, p, ptemp);
    parms.config_file = cfp;
    wrong = ap_build_config(&parms, p, ptemp, conftree);
    return wrong ? where_wrong(&parms, p, wrong) : NULL;
}

AP_DECLARE(const char *) ap_process_resource_config(server_rec *s,
    const char *fname, ap_directive_t **conftree, apr_pool_t *p,
    apr_pool_t *ptemp)
{
    unsigned outer_line = including_line;
    ap_configfile_t *cfp;
    const char *wrong;
    apr_status_t rv;

    if (depth >= MAX_INCLUDE_DEPTH) {
        return too_deep;
    }
    rv = ap_pcfg_openfile(&cfp, p, fname);
    if (rv != APR_SUCCESS) {
        return apr_psprintf(p, "Could not open configuration file %s: %pm",
                            fname, &rv);
    }
    ++depth;
    if (ap_exists_config_define("DUMP_INCLUDES")) {
        list_file(fname);
    }
    wrong = read_open_file(s, cfp, conftree, p, ptemp);
    --depth;
    including_line = outer_line;
    ap_cfg_closefile(cfp);
    return wrong;
}

static const char *read_match(ap_dir_match_t *match, const char *fname)
{
    struct include *include = match->ctx;

    include->has_read = true;
    return ap_process_resource_config(include->server, fname, include->tree,
                                      match->p, match->ptemp);
}

static bool is_missing(const char *fname, apr_pool_t *ptemp)
{
    apr_finfo_t info;
    apr_status_t rv = apr_stat(&info, fname, APR_FINFO_TYPE, ptemp);

    return APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv);
}

/* An empty directory is a match, too. */
static bool matches_something(const char *pattern)
{
    glob_t found;
    int rc = glob(pattern, GLOB_NOSORT, NULL, &found);

    if (rc == 0) {
        globfree(&found);
    }
    return rc == 0;
}

static const char *read_matches(ap_dir_match_t *match, const char *pattern)
{
    const struct include *include = match->ctx;
    const char *rest = pattern;
    const char *root;
    const char *wrong;

    if (apr_filepath_root(&root, &rest, APR_FILEPATH_TRUENAME, match->ptemp)
        != APR_SUCCESS) {
        return apr_pstrcat(match->p, "a wildcard needs an absolute path, "
                           "unlike ", pattern, NULL);
    }
    wrong = ap_dir_fnmatch(match, root, rest);
    if (wrong == NULL && !include->has_read
        && !(match->flags & AP_DIR_FLAG_OPTIONAL)
        && !matches_something(pattern)) {
        return apr_psprintf(match->p, "%sno file matches \"%s\"; use "
                            "IncludeOptional where that may be so",
                            match->prefix, pattern);
    }
    return wrong;
}

AP_DECLARE(const char *) ap_process_fnmatch_configs(server_rec *s,
    const char *fname, ap_directive_t **conftree, apr_pool_t *p,
    apr_pool_t *ptemp, int optional)
{
    struct include include = { .server = s, .tree = conftree };
    ap_dir_match_t match = {
        .p = p,
        .ptemp = ptemp,
        .prefix = "Include/IncludeOptional: ",
        .cb = read_match,
        .ctx = &include,
        .flags = AP_DIR_FLAG_RECURSIVE
                 | (optional ? AP_DIR_FLAG_OPTIONAL : AP_DIR_FLAG_NONE),
    };

    if (apr_fnmatch_test(fname)) {
        return read_matches(&match, fname);
    }
    return optional && is_missing(fname, ptemp)
               ? NULL : ap_dir_nofnmatch(&match, fname);
}

AP_DECLARE(ap_dir_match_t *) ap_dir_cfgmatch(cmd_parms *cmd, int flags,
    const char *(*cb)(ap_dir_match_t *, const char *), void *ctx)
{
    ap_dir_match_t *match = apr_pcalloc(cmd->temp_pool, sizeof *match);

    match->p = cmd->pool;
    match->ptemp = cmd->temp_pool;
    match->prefix = apr_pstrcat(cmd->pool, cmd->cmd->name, ": ", NULL);
    match->flags = flags;
    match->cb = cb;
    match->ctx = ctx;
    return match;
}

static const char *include(cmd_parms *cmd, void *tree, const char *name,
                           int optional)
{
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_HTACCESS);
    ap_directive_t *list = NULL;
    unsigned outer_line = including_line;
    const char *path;

    if (wrong != NULL) {
        return wrong;
    }
    path = ap_server_root_relative(cmd->pool, name);
    if (path == NULL) {
        return apr_psprintf(cmd->pool, "no path can be made of \"%s\"; it is "
                            "too long or has characters no path has", name);
    }
    if (cmd->config_file != NULL) {
        including_line = cmd->config_file->line_number;
    }
    wrong = ap_process_fnmatch_configs(cmd->server, path, &list, cmd->pool,
                                       cmd->temp_pool, optional);
    including_line = outer_line;
    *(ap_directive_t **)tree = list;
    return wrong;
}

const char *cl_set_include(cmd_parms *cmd, void *tree, const char *name)
{
    return include(cmd, tree, name, 0);
}

const char *cl_set_include_optional(cmd_parms *cmd, void *tree,
                                    const char *name)
{
    return include(cmd, tree, name, 1);
}
