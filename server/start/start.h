/* SPDX-License-Identifier: Apache-2.0 */
/* start.h -- from argv to a running generation: private side of the room. */
#ifndef CLEAT_SERVER_START_H
#define CLEAT_SERVER_START_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"

void cl_start_register_hooks(apr_pool_t *p);

/* Directives. */
const char *cl_set_server_root(cmd_parms *cmd, void *, const char *arg);
const char *cl_set_default_runtime_dir(cmd_parms *cmd, void *,
                                       const char *arg);
const char *cl_set_server_tokens(cmd_parms *cmd, void *, const char *arg);

/* options.c: what the command line asked for, beyond the public data
 * (ap_run_mode, the arrays of -C -c -D) it goes to. */
enum cl_start_show {
    CL_SHOW_NOTHING,
    CL_SHOW_VERSION,                    /* -v: before any configuration */
    CL_SHOW_STATIC_MODULES,             /* -l: likewise */
    CL_SHOW_SETTINGS,                   /* -V: after reading it */
    CL_SHOW_DIRECTIVES,                 /* -L: likewise */
    CL_SHOW_USAGE                       /* -h, or something is wrong */
};

struct cl_start_options {
    const char *root;                   /* -d */
    const char *config;                 /* -f */
    const char *startup_log;            /* -E */
    const char *wrong;                  /* NULL, or a sentence */
    enum cl_start_show show;
};

void cl_start_parse(struct cl_start_options *options, process_rec *process);
void cl_start_print_usage(const char *program);

/* process.c: the process and its pools; `end` does not return. */
process_rec *cl_start_create_process(int argc, const char *const *argv);
void cl_start_end_process(process_rec *process, int status);

/* generation.c: one reading of the configuration.  `load` reads and checks
 * it; `open` opens logs and sockets and finishes it; `discard` takes it all
 * apart and puts the static modules' hooks back. */
struct cl_generation {
    process_rec *process;
    const struct cl_start_options *options;
    apr_pool_t *plog;
    apr_pool_t *ptemp;                  /* NULL outside load ... open */
};

bool cl_generation_load(struct cl_generation *gen);
bool cl_generation_check(struct cl_generation *gen);
bool cl_generation_open(struct cl_generation *gen);
void cl_generation_discard(struct cl_generation *gen);

/* show.c */
void cl_start_print_version(void);
void cl_start_print_settings(void);

#endif
