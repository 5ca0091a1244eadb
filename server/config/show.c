/* SPDX-License-Identifier: Apache-2.0 */
/* show.c -- lists for the command line: -l and -L (-M is mod_so's). */
#include "config/config.h"

#include <stdio.h>

AP_DECLARE(void) ap_show_modules(void)
{
    puts("Compiled in modules:");
    for (module *const *m = ap_loaded_modules; *m != NULL; ++m) {
        printf("  %s\n", (*m)->name);
    }
}

static void show_command(apr_pool_t *p, const module *m,
                         const command_rec *cmd)
{
    printf("%s (%s)\n", cmd->name, m->name);
    if (cmd->errmsg != NULL) {
        printf("\t%s\n", cmd->errmsg);
    }
    fputs(cl_config_describe_context(p, m, cmd->req_override), stdout);
}

AP_DECLARE(void) ap_show_directives(void)
{
    apr_pool_t *p;

    if (apr_pool_create(&p, NULL) != APR_SUCCESS) {
        return;
    }
    for (module *const *m = ap_loaded_modules; *m != NULL; ++m) {
        const command_rec *cmd = (*m)->cmds;

        for (; cmd != NULL && cmd->name != NULL; ++cmd) {
            show_command(p, *m, cmd);
        }
    }
    apr_pool_destroy(p);
}
