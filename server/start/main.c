/* SPDX-License-Identifier: Apache-2.0 */
/* main.c -- the program: configure, run the MPM, and again.
 *
 * A cold start reads the configuration twice: a rehearsal, which a person at
 * a terminal watches, and the one that serves, which may be in the
 * background already.  A restart goes round the loop once more.
 */
#include "start/start.h"

#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "mpm_common.h"

#include <stdio.h>
#include <stdlib.h>

APLOG_USE_MODULE(core);

enum { GO_ON = -1 };                    /* beside exit statuses */

/* What needs no configuration. */
static int answer_at_once(const struct cl_start_options *options,
                          const process_rec *process)
{
    switch (options->show) {
    case CL_SHOW_VERSION:
        cl_start_print_version();
        return 0;
    case CL_SHOW_STATIC_MODULES:
        ap_show_modules();
        return 0;
    case CL_SHOW_USAGE:
        if (options->wrong) {
            fprintf(stderr, "%s: %s\n", process->short_name, options->wrong);
        }
        cl_start_print_usage(process->short_name);
        return 1;
    default:
        return GO_ON;
    }
}

/* What needs the modules loaded. */
static int answer_after_reading(const struct cl_start_options *options,
                                bool loaded)
{
    switch (options->show) {
    case CL_SHOW_SETTINGS:
        cl_start_print_settings();
        return loaded ? 0 : 1;
    case CL_SHOW_DIRECTIVES:
        if (loaded) {
            ap_show_directives();
        }
        return loaded ? 0 : 1;
    default:
        return loaded ? GO_ON : 1;
    }
}

static int test_only(process_rec *process)
{
    fflush(stdout);                     /* what follows may not use stdio */
    ap_run_test_config(process->pconf, ap_server_conf);
    fflush(stdout);
    if (ap_run_mode == AP_SQ_RM_CONFIG_TEST) {
        ap_log_error(APLOG_MARK, APLOG_STARTUP, 0, NULL, "Syntax OK");
    }
    return 0;
}

static int rehearse(struct cl_generation *gen)
{
    process_rec *process = gen->process;
    int status;

    ap_main_state = AP_SQ_MS_CREATE_PRE_CONFIG;
    status = answer_after_reading(gen->options, cl_generation_load(gen));
    if (status != GO_ON) {
        return status;
    }
    if (!cl_generation_check(gen)) {
        return 1;
    }
    if (ap_run_mode != AP_SQ_RM_NORMAL) {
        return test_only(process);
    }
    if (ap_signal_server(&status, process->pconf)) {
        return status;
    }
    return cl_generation_open(gen) ? GO_ON : 1;
}

static bool configure(struct cl_generation *gen)
{
    ap_main_state = AP_SQ_MS_DESTROY_CONFIG;
    cl_generation_discard(gen);
    ap_main_state = AP_SQ_MS_CREATE_CONFIG;
    ap_config_generation++;
    return cl_generation_load(gen) && cl_generation_check(gen)
           && cl_generation_open(gen);
}

static int run(struct cl_generation *gen)
{
    ap_run_optional_fn_retrieve();
    ap_main_state = AP_SQ_MS_RUN_MPM;
    return ap_run_mpm(gen->process->pconf, gen->plog, ap_server_conf);
}

/* The test before a restart cannot foresee everything: a certificate or a
 * port may fail later. */
static void give_up_restart(const struct cl_generation *gen,
                            const char *pid_file)
{
    ap_log_error(APLOG_MARK, APLOG_EMERG, 0, NULL, APLOGNO(50700)
                 "the server stops: its new configuration could be read, but "
                 "not put to work (see the lines above)");
    ap_remove_pid(gen->process->pool, pid_file);
}

static int serve(struct cl_generation *gen)
{
    char *pid_file = NULL;              /* of the generation before */
    int outcome = OK;

    while (outcome == OK) {
        if (!configure(gen)) {
            if (pid_file) {
                give_up_restart(gen, pid_file);
            }
            outcome = HTTP_INTERNAL_SERVER_ERROR;
            break;
        }
        free(pid_file);
        pid_file = strdup(ap_server_root_relative(gen->plog, ap_pid_fname));
        outcome = run(gen);
    }
    free(pid_file);
    return outcome == DONE ? 0 : 1;
}

int main(int argc, const char *const *argv)
{
    process_rec *process = cl_start_create_process(argc, argv);
    struct cl_start_options options;
    struct cl_generation gen = { .process = process, .options = &options };
    const char *wrong = ap_setup_prelinked_modules(process);
    int status;

    if (wrong) {
        fprintf(stderr, "%s: %s\n", process->short_name, wrong);
        cl_start_end_process(process, 1);
    }
    ap_run_rewrite_args(process);
    cl_start_parse(&options, process);
    status = answer_at_once(&options, process);
    if (status == GO_ON && options.startup_log
        && ap_replace_stderr_log(process->pool, options.startup_log)
               != APR_SUCCESS) {
        status = 1;
    }
    if (status == GO_ON) {
        apr_pool_create(&gen.plog, process->pool);
        apr_pool_tag(gen.plog, "plog");
        status = rehearse(&gen);
    }
    if (status == GO_ON) {
        status = serve(&gen);
    }
    cl_start_end_process(process, status);
}
