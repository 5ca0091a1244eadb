/* SPDX-License-Identifier: Apache-2.0 */
/* rlimit.c -- RLimitCPU, RLimitMEM, RLimitNPROC: limits for the programs that
 * children start.  Kept in the directory configuration, put into force by
 * whoever forks the program. */
#include "base/base.h"

#include "http_core.h"
#include "unixd.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <strings.h>
#include <sys/resource.h>

static bool is_limit(const char *word)
{
    if (strcasecmp(word, "max") == 0) {
        return true;
    }
    for (const char *at = word; *at; at++) {
        if (!apr_isdigit(*at)) {
            return false;
        }
    }
    return *word != '\0';
}

static const char *set_limit(cmd_parms *cmd, struct rlimit **limit,
                             const char *soft, const char *hard, int resource)
{
    const char *wrong = !is_limit(soft) ? soft
                        : hard && !is_limit(hard) ? hard : NULL;

    if (wrong != NULL) {
        return apr_psprintf(cmd->pool, "%s needs a number or \"max\", not "
                            "\"%s\"; example: %s 10 max", cmd->cmd->name,
                            wrong, cmd->cmd->name);
    }
    ap_unixd_set_rlimit(cmd, limit, soft, hard, resource);
    return NULL;
}

const char *cl_set_rlimit_cpu(cmd_parms *cmd, void *dir, const char *soft,
                              const char *hard)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->limit_cpu, soft, hard, RLIMIT_CPU);
}

const char *cl_set_rlimit_mem(cmd_parms *cmd, void *dir, const char *soft,
                              const char *hard)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->limit_mem, soft, hard, RLIMIT_AS);
}

const char *cl_set_rlimit_nproc(cmd_parms *cmd, void *dir, const char *soft,
                                const char *hard)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->limit_nproc, soft, hard, RLIMIT_NPROC);
}
