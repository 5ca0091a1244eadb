/* SPDX-License-Identifier: Apache-2.0 */
/* mod_env -- environment variables for scripts, expressions and logs.
 *
 *   PassEnv name ...       from the environment the server was started in
 *   SetEnv name [value]
 *   UnsetEnv name ...      do not pass on what an outer section set
 *   hooks: fixups
 */
#include <stdlib.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA env_module;

struct env_dir {
    apr_table_t *set;
    apr_table_t *unset;     /* names only: undone in sections within */
};

static void *env_create_dir(apr_pool_t *p, char *)
{
    struct env_dir *dir = apr_palloc(p, sizeof *dir);

    dir->set = apr_table_make(p, 8);
    dir->unset = apr_table_make(p, 4);
    return dir;
}

static int unset_one(void *set, const char *name, const char *)
{
    apr_table_unset(set, name);
    return 1;
}

static void *env_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct env_dir *base = basev;
    const struct env_dir *add = addv;
    struct env_dir *dir = apr_palloc(p, sizeof *dir);

    dir->set = apr_table_copy(p, base->set);
    apr_table_do(unset_one, dir->set, add->unset, NULL);
    apr_table_overlap(dir->set, add->set, APR_OVERLAP_TABLES_SET);
    dir->unset = apr_table_overlay(p, add->unset, base->unset);
    return dir;
}

static const char *env_pass(cmd_parms *cmd, void *mconfig, const char *name)
{
    struct env_dir *dir = mconfig;
    const char *value = getenv(name);

    if (value != NULL) {
        apr_table_setn(dir->set, name, apr_pstrdup(cmd->pool, value));
    }
    else {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, cmd->server,
                     APLOGNO(01506) "PassEnv at %s:%d: the environment has "
                     "no variable \"%s\"", cmd->directive->filename,
                     cmd->directive->line_num, name);
    }
    return NULL;
}

static const char *env_set(cmd_parms *, void *mconfig, const char *name,
                           const char *value)
{
    struct env_dir *dir = mconfig;

    apr_table_setn(dir->set, name, value != NULL ? value : "");
    return NULL;
}

static const char *env_unset(cmd_parms *, void *mconfig, const char *name)
{
    struct env_dir *dir = mconfig;

    apr_table_setn(dir->unset, name, "");
    apr_table_unset(dir->set, name);
    return NULL;
}

static int env_fixups(request_rec *r)
{
    const struct env_dir *dir = ap_get_module_config(r->per_dir_config,
                                                     &env_module);

    if (apr_is_empty_table(dir->set)) {
        return DECLINED;
    }
    apr_table_overlap(r->subprocess_env, dir->set, APR_OVERLAP_TABLES_SET);
    return OK;
}

static const command_rec env_directives[] = {
    AP_INIT_ITERATE("PassEnv", env_pass, NULL, OR_FILEINFO,
        "names of environment variables of the server to pass on"),
    AP_INIT_TAKE12("SetEnv", env_set, NULL, OR_FILEINFO,
        "a name and, if it is not to be empty, a value"),
    AP_INIT_ITERATE("UnsetEnv", env_unset, NULL, OR_FILEINFO,
        "names that outer sections set and this one does not want"),
    { 0 }
};

static void env_register_hooks(apr_pool_t *)
{
    ap_hook_fixups(env_fixups, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(env) = {
    STANDARD20_MODULE_STUFF, env_create_dir, env_merge_dir, NULL, NULL,
    env_directives, env_register_hooks, AP_MODULE_FLAG_NONE
};
