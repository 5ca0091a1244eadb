/* SPDX-License-Identifier: Apache-2.0 */
/* mod_so.c -- load modules and libraries at run time.
 *
 *   LoadModule name file        server config, while the file is read
 *   LoadFile file [file ...]    server config, while the file is read
 *   hooks: test_config (-M)     offers: ap_find_loaded_module_symbol
 *
 * A module stays for one configuration: clearing pconf removes it from the
 * server first and unloads the object after that, as pool cleanups run newest
 * first.  A bare file name that is not under ServerRoot is left to the
 * system's search path.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"
#include "mod_so.h"

#include <apr_dso.h>
#include <apr_strings.h>

#include <stdio.h>

extern module so_module;        /* its record ends this file */

struct loaded_module {
    const char *name;           /* as given to LoadModule: ssl_module */
    module *mod;                /* NULL once removed */
};

struct so_server {
    apr_array_header_t *modules;        /* of struct loaded_module */
};

static void *so_create_server(apr_pool_t *p, server_rec *)
{
    struct so_server *server = apr_pcalloc(p, sizeof *server);

    server->modules = apr_array_make(p, 64, sizeof(struct loaded_module));
    return server;
}

static struct so_server *so_server_of(const server_rec *s)
{
    return ap_get_module_config(s->module_config, &so_module);
}

static struct loaded_module *find_loaded(const server_rec *s,
                                         const char *name)
{
    apr_array_header_t *modules = so_server_of(s)->modules;

    for (int i = 0; i < modules->nelts; ++i) {
        struct loaded_module *at = &APR_ARRAY_IDX(modules, i,
                                                  struct loaded_module);

        if (at->name != NULL && strcmp(at->name, name) == 0) {
            return at;
        }
    }
    return NULL;
}

static module *ap_find_loaded_module_symbol(server_rec *s,
                                            const char *name)
{
    struct loaded_module *found = find_loaded(s, name);

    return found ? found->mod : NULL;
}

static bool is_built_in(const char *name)
{
    const ap_module_symbol_t *sym = ap_prelinked_module_symbols;

    while (sym->name != NULL && strcmp(sym->name, name) != 0) {
        ++sym;
    }
    return sym->name != NULL;
}

static apr_status_t remove_loaded(void *mod)
{
    ap_remove_loaded_module(mod);
    return APR_SUCCESS;
}

/* NULL is good; *object is set then. */
static const char *open_object(cmd_parms *cmd, const char *name,
                               apr_dso_handle_t **object)
{
    const char *path = ap_server_root_relative(cmd->temp_pool, name);
    char reason[AP_USERERR_LEN];
    apr_status_t rv;

    if (path == NULL) {
        return apr_psprintf(cmd->pool, "Cannot load %s into server: the "
                            "name makes no path", name);
    }
    rv = apr_dso_load(object, path, cmd->pool);
    if (rv != APR_SUCCESS && strchr(name, '/') == NULL) {
        path = name;
        rv = apr_dso_load(object, path, cmd->pool);
    }
    if (rv == APR_SUCCESS) {
        ap_log_perror(APLOG_MARK, APLOG_DEBUG, 0, cmd->temp_pool,
                      APLOGNO(01575) "loaded \"%s\"", path);
        return NULL;
    }
    return apr_psprintf(cmd->pool, "Cannot load %s into server: %s", name,
                        apr_dso_error(*object, reason, sizeof reason));
}

/* The symbol may be anything: nothing is written before the magic fits. */
static const char *find_record(cmd_parms *cmd, apr_dso_handle_t *object,
                               const char *name, const char *file,
                               module **mod)
{
    apr_dso_handle_sym_t symbol = NULL;
    char reason[AP_USERERR_LEN];

    if (apr_dso_sym(&symbol, object, name) != APR_SUCCESS) {
        return apr_psprintf(cmd->pool, "there is no module record \"%s\" in "
                            "%s: %s", name, file,
                            apr_dso_error(object, reason, sizeof reason));
    }
    *mod = symbol;
    if ((*mod)->magic != MODULE_MAGIC_COOKIE) {
        return apr_psprintf(cmd->pool, "\"%s\" in %s is no module record for "
                            "httpd 2.4: its magic is %08lx, not %08lx",
                            name, file, (*mod)->magic,
                            MODULE_MAGIC_COOKIE);
    }
    return NULL;
}

static void remember(cmd_parms *cmd, const char *name, module *mod)
{
    struct loaded_module *entry =
        apr_array_push(so_server_of(cmd->server)->modules);

    entry->name = name;
    entry->mod = mod;
}

static const char *so_load_module(cmd_parms *cmd, void *, const char *name,
                                  const char *file)
{
    apr_dso_handle_t *object;
    const char *wrong;
    module *mod;

    if (find_loaded(cmd->server, name) != NULL) {
        ap_log_perror(APLOG_MARK, APLOG_WARNING, 0, cmd->temp_pool,
                      APLOGNO(01574) "module %s is already loaded, skipping",
                      name);
        return NULL;
    }
    if (is_built_in(name)) {
        return apr_psprintf(cmd->pool, "module %s is built-in and can't be "
                            "loaded; remove this line", name);
    }
    wrong = open_object(cmd, file, &object);
    if (wrong == NULL) {
        wrong = find_record(cmd, object, name, file, &mod);
    }
    if (wrong != NULL) {
        return wrong;
    }
    mod->dynamic_load_handle = object;
    wrong = ap_add_loaded_module(mod, cmd->pool, name);
    if (wrong != NULL) {
        return wrong;
    }
    apr_pool_cleanup_register(cmd->pool, mod, remove_loaded,
                              apr_pool_cleanup_null);
    remember(cmd, name, mod);
    ap_single_module_configure(cmd->pool, cmd->server, mod);
    return NULL;
}

static const char *so_load_file(cmd_parms *cmd, void *, const char *file)
{
    apr_dso_handle_t *object;

    return open_object(cmd, file, &object);
}

static void so_list_modules(apr_pool_t *, server_rec *s)
{
    apr_array_header_t *modules = so_server_of(s)->modules;

    if (!ap_exists_config_define("DUMP_MODULES")) {
        return;
    }
    puts("Loaded Modules:");
    for (const ap_module_symbol_t *sym = ap_prelinked_module_symbols;
         sym->name != NULL; ++sym) {
        printf(" %s (static)\n", sym->name);
    }
    for (int i = 0; i < modules->nelts; ++i) {
        printf(" %s (shared)\n",
               APR_ARRAY_IDX(modules, i, struct loaded_module).name);
    }
    fflush(stdout);
}

static const command_rec so_directives[] = {
    AP_INIT_TAKE2("LoadModule", so_load_module, NULL,
                  RSRC_CONF | EXEC_ON_READ,
                  "a module's name, as in <IfModule>, and the file it is in"),
    AP_INIT_ITERATE("LoadFile", so_load_file, NULL, RSRC_CONF | EXEC_ON_READ,
                    "one or more shared libraries that modules need"),
    { 0 }
};

static void so_register_hooks(apr_pool_t *)
{
    APR_REGISTER_OPTIONAL_FN(ap_find_loaded_module_symbol);
    ap_hook_test_config(so_list_modules, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(so) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, so_create_server, NULL,
    so_directives, so_register_hooks, AP_MODULE_FLAG_NONE
};
