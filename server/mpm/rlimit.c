/* SPDX-License-Identifier: Apache-2.0 */
/* rlimit.c -- read the two words of RLimitCPU, RLimitMEM and RLimitNPROC.
 *
 * First word: the limit a program starts with; second: how far it may raise
 * it itself.  "max" is what the system allows the server.  The public
 * function cannot return an error, so what is wrong is logged and the limit
 * stays as it was.
 */
#include "mpm/mpm.h"

#include "http_log.h"

#include <apr_strings.h>

#include <strings.h>

APLOG_USE_MODULE(core);

static bool read_limit(const char *arg, rlim_t max, rlim_t *value)
{
    char *end;
    apr_int64_t n;

    if (strcasecmp(arg, "max") == 0) {
        *value = max;
        return true;
    }
    errno = 0;
    n = apr_strtoi64(arg, &end, 10);
    if (end == arg || *end != '\0' || errno != 0 || n < 0) {
        return false;
    }
    *value = (rlim_t)n;
    return true;
}

static void refuse(cmd_parms *cmd, const char *why, const char *arg)
{
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, cmd->server, APLOGNO(50657)
                 "%s \"%s\" %s; the limit stays as the system set it",
                 cmd->cmd->name, arg, why);
}

AP_DECLARE(void) ap_unixd_set_rlimit(cmd_parms *cmd, struct rlimit **plimit,
                                     const char *arg, const char *arg2,
                                     int type)
{
    struct rlimit *limit = *plimit = apr_pcalloc(cmd->pool, sizeof **plimit);
    rlim_t soft, hard;

    if (getrlimit(type, limit) != 0) {
        *plimit = NULL;
        refuse(cmd, "cannot be used: getrlimit failed", arg);
        return;
    }
    hard = limit->rlim_max;
    if (!read_limit(arg, limit->rlim_max, &soft)) {
        refuse(cmd, "is neither a number nor \"max\"", arg);
        return;
    }
    if (arg2 && !read_limit(arg2, limit->rlim_max, &hard)) {
        refuse(cmd, "is neither a number nor \"max\"", arg2);
        return;
    }
    if (hard > limit->rlim_max && geteuid() != 0) {
        refuse(cmd, "is above what the server itself may use", arg2);
        return;
    }
    if (soft > hard) {
        refuse(cmd, "is above the maximum", arg);
        return;
    }
    limit->rlim_cur = soft;
    limit->rlim_max = hard;
}
