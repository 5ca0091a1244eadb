/* SPDX-License-Identifier: Apache-2.0 */
/* process.c -- the process: its pools, its name, its root directories, and
 * what may be asked about its state.
 *
 *   process->pool     as long as the process
 *     process->pconf  one configuration; cleared between generations
 *     plog            its logs; cleared a little later (see generation.c)
 */
#include "start/start.h"

#include "ap_config_layout.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "mod_core.h"
#include "mpm_common.h"

#include <apr_general.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

AP_DECLARE_DATA apr_pool_t *ap_pglobal = NULL;
AP_DECLARE_DATA server_rec *ap_server_conf = NULL;
AP_DECLARE_DATA const char *ap_server_argv0 = "cleat";
AP_DECLARE_DATA const char *ap_server_root = HTTPD_ROOT;
AP_DECLARE_DATA const char *ap_runtime_dir = NULL;
AP_DECLARE_DATA int ap_main_state = AP_SQ_MS_INITIAL_STARTUP;
AP_DECLARE_DATA int ap_config_generation = 0;

/* ---- what may be asked */

AP_DECLARE(int) ap_state_query(int query_code)
{
    switch (query_code) {
    case AP_SQ_MAIN_STATE:
        return ap_main_state;
    case AP_SQ_RUN_MODE:
        return ap_run_mode;
    case AP_SQ_CONFIG_GEN:
        return ap_config_generation;
    default:
        return AP_SQ_NOT_SUPPORTED;
    }
}

/* ---- begin and end */

static int out_of_memory(int)
{
    ap_abort_on_oom();
    return APR_ENOMEM;
}

/* Without memory there is no log either: one write, then a core file. */
AP_DECLARE(void) ap_abort_on_oom(void)
{
    static const char text[] = "[crit] Memory allocation failed, "
                               "aborting process.\n";

    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) {
        /* Nobody hears us. */
    }
    abort();
}

/* A descriptor below 3 that is free would become a socket or a log, and the
 * first message to stderr would go to a client. */
static void fill_standard_descriptors(void)
{
    int fd = open("/dev/null", O_RDWR);

    while (fd >= 0 && fd <= STDERR_FILENO) {
        fd = dup(fd);
    }
    if (fd > STDERR_FILENO) {
        close(fd);
    }
}

process_rec *cl_start_create_process(int argc, const char *const *argv)
{
    process_rec *process;
    apr_thread_t *main_thread;
    apr_pool_t *pool;

    fill_standard_descriptors();
    if (apr_app_initialize(&argc, &argv, NULL) != APR_SUCCESS
        || apr_pool_create(&pool, NULL) != APR_SUCCESS) {
        fputs("cleat: could not start the APR library\n", stderr);
        exit(1);
    }
    apr_pool_abort_set(out_of_memory, pool);
    apr_pool_tag(pool, "process");
    ap_pglobal = pool;
    ap_open_stderr_log(pool);

    process = apr_pcalloc(pool, sizeof *process);
    process->pool = pool;
    apr_pool_create(&process->pconf, pool);
    apr_pool_tag(process->pconf, "pconf");
    process->argc = argc;
    process->argv = argv;
    process->short_name = argc > 0 ? apr_filepath_name_get(argv[0]) : "cleat";
    ap_server_argv0 = process->short_name;
    ap_thread_main_create(&main_thread, pool);
    ap_init_rng(pool);
    ap_mpm_rewrite_args(process);
    return process;
}

void cl_start_end_process(process_rec *process, int status)
{
    ap_main_state = AP_SQ_MS_EXITING;
    fflush(stdout);
    apr_pool_destroy(process->pool);
    apr_terminate();
    exit(status);
}

/* ---- directories */

static bool is_directory(apr_pool_t *p, const char *path)
{
    return path && ap_is_directory(p, path);
}

const char *cl_set_server_root(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    char *path = NULL;

    if (err) {
        return err;
    }
    if (apr_filepath_merge(&path, NULL, arg, APR_FILEPATH_TRUENAME,
                           cmd->pool) != APR_SUCCESS
        || !is_directory(cmd->temp_pool, path)) {
        return apr_psprintf(cmd->pool, "ServerRoot must be a valid directory, "
                            "and \"%s\" is none", arg);
    }
    ap_server_root = path;
    return NULL;
}

const char *cl_set_default_runtime_dir(cmd_parms *cmd, void *,
                                       const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    const char *path;

    if (err) {
        return err;
    }
    path = ap_server_root_relative(cmd->pool, arg);
    if (!is_directory(cmd->temp_pool, path)) {
        return apr_psprintf(cmd->pool, "DefaultRuntimeDir must be a valid "
                            "directory, absolute or relative to ServerRoot, "
                            "and \"%s\" is none", path ? path : arg);
    }
    ap_runtime_dir = path;
    return NULL;
}
