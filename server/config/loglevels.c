/* SPDX-License-Identifier: Apache-2.0 */
/* loglevels.c -- log levels as configuration: one in general, one per module.
 *
 * Callers all over read module_levels[index] inline, where a negative entry
 * means the general level.  The array has as many entries as vectors have.
 * CL_LOG_LEVEL_UNSET additionally says "ask the outer configuration".
 */
#include "config/config.h"

#include "http_log.h"

#include <apr_lib.h>
#include <apr_strings.h>

#undef ap_get_conn_module_loglevel
#undef ap_get_conn_server_module_loglevel
#undef ap_get_request_module_loglevel
#undef ap_get_server_module_loglevel

AP_DECLARE(int) ap_get_server_module_loglevel(const server_rec *s, int index)
{
    return ap_get_module_loglevel(&s->log, index);
}

AP_DECLARE(int) ap_get_conn_module_loglevel(const conn_rec *c, int index)
{
    const struct ap_logconf *log = ap_get_conn_logconf(c);

    return ap_get_module_loglevel(log, index);
}

AP_DECLARE(int) ap_get_conn_server_module_loglevel(const conn_rec *c,
                                                   const server_rec *s,
                                                   int index)
{
    const struct ap_logconf *log = ap_get_conn_server_logconf(c, s);

    return ap_get_module_loglevel(log, index);
}

AP_DECLARE(int) ap_get_request_module_loglevel(const request_rec *r,
                                               int index)
{
    const struct ap_logconf *log = ap_get_request_logconf(r);

    return ap_get_module_loglevel(log, index);
}

AP_DECLARE(const char *) ap_parse_log_level(const char *str, int *val)
{
    static const char *const names[] = {
        [APLOG_EMERG] = "emerg", [APLOG_ALERT] = "alert",
        [APLOG_CRIT] = "crit", [APLOG_ERR] = "error",
        [APLOG_WARNING] = "warn", [APLOG_NOTICE] = "notice",
        [APLOG_INFO] = "info", [APLOG_DEBUG] = "debug",
    };

    for (int i = 0; i < (int)(sizeof names / sizeof *names); ++i) {
        if (ap_cstr_casecmp(str, names[i]) == 0) {
            *val = i;
            return NULL;
        }
    }
    if (ap_cstr_casecmpn(str, "trace", 5) == 0 && str[5] >= '1'
        && str[5] <= '8' && str[6] == '\0') {
        *val = APLOG_TRACE1 + (str[5] - '1');
        return NULL;
    }
    return "a log level is one of emerg, alert, crit, error, warn, notice, "
           "info, debug, trace1 to trace8";
}

AP_DECLARE(struct ap_logconf *) ap_new_log_config(apr_pool_t *p,
    const struct ap_logconf *old)
{
    struct ap_logconf *log = apr_pcalloc(p, sizeof *log);

    if (old == NULL) {
        log->level = CL_LOG_LEVEL_UNSET;
        return log;
    }
    log->level = old->level;
    if (old->module_levels != NULL) {
        log->module_levels = apr_pmemdup(p, old->module_levels,
                                         cl_config_vector_length());
    }
    return log;
}

AP_DECLARE(void) ap_reset_module_loglevels(struct ap_logconf *l, int val)
{
    if (l->module_levels != NULL) {
        memset(l->module_levels, val, cl_config_vector_length());
    }
}

/* Where the general level is set, it holds for the modules not named. */
AP_DECLARE(void) ap_set_module_loglevel(apr_pool_t *p, struct ap_logconf *l,
                                        int index, int level)
{
    if (l->module_levels == NULL) {
        l->module_levels = apr_palloc(p, cl_config_vector_length());
        ap_reset_module_loglevels(l, l->level == CL_LOG_LEVEL_UNSET
                                         ? CL_LOG_LEVEL_UNSET
                                         : APLOG_NO_MODULE);
    }
    l->module_levels[index] = (signed char)level;
}

/* A general level resets what the outer configuration said about modules. */
AP_DECLARE(void) ap_merge_log_config(const struct ap_logconf *old_conf,
                                     struct ap_logconf *new_conf)
{
    if (new_conf->level != CL_LOG_LEVEL_UNSET) {
        return;
    }
    new_conf->level = old_conf->level;
    if (new_conf->module_levels == NULL) {
        new_conf->module_levels = old_conf->module_levels;
        return;
    }
    if (old_conf->module_levels == NULL) {
        return;
    }
    for (int i = cl_config_vector_length() - 1; i >= 0; --i) {
        if (new_conf->module_levels[i] == CL_LOG_LEVEL_UNSET) {
            new_conf->module_levels[i] = old_conf->module_levels[i];
        }
    }
}
