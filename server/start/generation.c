/* SPDX-License-Identifier: Apache-2.0 */
/* generation.c -- one reading of the configuration, step by step.
 *
 *   load    file to tree (loads modules), pre_config, tree to settings,
 *           virtual hosts
 *   check   check_config
 *   open    open_logs, post_config
 *   discard take the settings and the modules apart
 *
 * Hooks are sorted after reading and again after processing, since both may
 * bring in modules.  plog is cleared only when the new configuration has
 * passed its check, so what is said until then still reaches the old log.
 */
#include "start/start.h"

#include "http_log.h"
#include "http_main.h"
#include "http_vhost.h"
#include "mpm_common.h"
#include "util_cfgtree.h"
#include "util_mutex.h"

#include <apr_hooks.h>

APLOG_USE_MODULE(core);

static bool failed(const char *number, const char *what)
{
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, 0, NULL, "%s%s",
                 number, what);
    return false;
}

static bool read_tree(struct cl_generation *gen)
{
    apr_pool_t *pconf = gen->process->pconf;

    apr_pool_create(&gen->ptemp, pconf);
    apr_pool_tag(gen->ptemp, "ptemp");
    ap_server_root = gen->options->root;
    ap_runtime_dir = NULL;
    ap_conftree = NULL;
    ap_mutex_init(pconf);
    ap_init_vhost_config(pconf);
    ap_server_conf = ap_read_config(gen->process, gen->ptemp,
                                    gen->options->config, &ap_conftree);
    return ap_server_conf != NULL;
}

bool cl_generation_load(struct cl_generation *gen)
{
    apr_pool_t *pconf = gen->process->pconf;

    if (!read_tree(gen)) {
        return false;
    }
    apr_hook_sort_all();
    if (ap_run_pre_config(pconf, gen->plog, gen->ptemp) != OK) {
        return failed(APLOGNO(00013), "a module could not prepare for the "
                      "configuration (see the line above)");
    }
    if (ap_process_config_tree(ap_server_conf, ap_conftree, pconf,
                               gen->ptemp) != OK) {
        return false;                   /* said where the tree is known */
    }
    ap_fixup_virtual_hosts(pconf, ap_server_conf);
    ap_fini_vhost_config(pconf, ap_server_conf);
    apr_hook_sort_all();
    return true;
}

bool cl_generation_check(struct cl_generation *gen)
{
    if (ap_run_check_config(gen->process->pconf, gen->plog, gen->ptemp,
                            ap_server_conf) != OK) {
        return failed(APLOGNO(00014), "Configuration check failed");
    }
    return true;
}

bool cl_generation_open(struct cl_generation *gen)
{
    apr_pool_t *pconf = gen->process->pconf;

    apr_pool_clear(gen->plog);
    if (ap_run_open_logs(pconf, gen->plog, gen->ptemp, ap_server_conf)
        != OK) {
        return failed(APLOGNO(00015), "Unable to open logs");
    }
    if (ap_run_post_config(pconf, gen->plog, gen->ptemp, ap_server_conf)
        != OK) {
        return failed(APLOGNO(00016), "Configuration Failed");
    }
    apr_pool_destroy(gen->ptemp);
    gen->ptemp = NULL;
    return true;
}

void cl_generation_discard(struct cl_generation *gen)
{
    apr_pool_t *pconf = gen->process->pconf;

    /* The hooks are still there to hear that their generation ends. */
    apr_pool_cleanup_run(pconf, NULL, ap_mpm_end_gen_helper);
    apr_hook_deregister_all();
    apr_pool_clear(pconf);
    gen->ptemp = NULL;
    ap_server_conf = NULL;
    for (module **m = ap_prelinked_modules; *m; m++) {
        ap_register_hooks(*m, pconf);
    }
}
