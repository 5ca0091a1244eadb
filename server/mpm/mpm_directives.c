/* SPDX-License-Identifier: Apache-2.0 */
/* mpm_directives.c -- settings that mean the same in every MPM.
 *
 *   PidFile CoreDumpDirectory GracefulShutdownTimeout MaxMemFree
 *   ThreadStackSize MaxConnectionsPerChild EnableExceptionHook Port
 *
 * The values are public data that MPMs read.  mpm_common_pre_config() puts
 * the defaults back before each reading of the configuration.  Numbers are
 * checked here: what is no number is refused, not read as 0.
 */
#include "mpm/mpm.h"

#include "http_core.h"
#include "http_main.h"

#include <apr_strings.h>

#include <limits.h>

AP_DECLARE_DATA const char *ap_pid_fname = DEFAULT_PIDLOG;
AP_DECLARE_DATA int ap_max_requests_per_child = 0;
AP_DECLARE_DATA char ap_coredump_dir[8192];
AP_DECLARE_DATA int ap_coredumpdir_configured = 0;
AP_DECLARE_DATA int ap_graceful_shutdown_timeout = 0;
AP_DECLARE_DATA apr_uint32_t ap_max_mem_free = 2048 * 1024;
AP_DECLARE_DATA apr_size_t ap_thread_stacksize = 0;

static const apr_uint32_t default_max_mem_free = 2048 * 1024;

/* A whole number from min to max, or a sentence for the administrator. */
static const char *number_of(cmd_parms *cmd, const char *arg,
                             apr_int64_t min, apr_int64_t max,
                             apr_int64_t *value)
{
    char *end;

    errno = 0;
    *value = apr_strtoi64(arg, &end, 10);
    if (end == arg || *end != '\0' || errno != 0
        || *value < min || *value > max) {
        return apr_psprintf(cmd->pool, "%s needs a whole number from %"
                            APR_INT64_T_FMT " to %" APR_INT64_T_FMT
                            ", not \"%s\"", cmd->cmd->name, min, max, arg);
    }
    return NULL;
}

AP_DECLARE(void) mpm_common_pre_config(apr_pool_t *pconf)
{
    ap_pid_fname = DEFAULT_PIDLOG;
    ap_max_requests_per_child = 0;
    apr_cpystrn(ap_coredump_dir, ap_server_root ? ap_server_root : "",
                sizeof ap_coredump_dir);
    ap_coredumpdir_configured = 0;
    ap_graceful_shutdown_timeout = 0;
    ap_max_mem_free = default_max_mem_free;
    ap_thread_stacksize = 0;
    ap_extended_status = 0;
    ap_mod_status_reqtail = 0;
    ap_scoreboard_fname = NULL;
    cl_mpm_exception_hook_enable(false);
    apr_pool_cleanup_register(pconf, NULL, ap_mpm_end_gen_helper,
                              apr_pool_cleanup_null);
}

AP_DECLARE(const char *) ap_mpm_set_pidfile(cmd_parms *cmd, void *,
                                            const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    if (cmd->server->is_virtual) {
        return "PidFile directive not allowed in <VirtualHost>";
    }
    ap_pid_fname = arg;
    return NULL;
}

AP_DECLARE(void) ap_mpm_dump_pidfile(apr_pool_t *p, apr_file_t *out)
{
    apr_file_printf(out, "PidFile: \"%s\"\n",
                    ap_server_root_relative(p, ap_pid_fname));
}

AP_DECLARE(const char *) ap_mpm_set_max_requests(cmd_parms *cmd, void *,
                                                 const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    apr_int64_t n;

    if (!err) {
        err = number_of(cmd, arg, 0, INT_MAX, &n);
    }
    if (err) {
        return err;
    }
    ap_max_requests_per_child = (int)n;
    return NULL;
}

AP_DECLARE(const char *) ap_mpm_set_coredumpdir(cmd_parms *cmd, void *,
                                                const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    const char *dir;
    apr_finfo_t finfo;

    if (err) {
        return err;
    }
    dir = ap_server_root_relative(cmd->temp_pool, arg);
    if (dir == NULL) {
        return apr_pstrcat(cmd->pool, "CoreDumpDirectory \"", arg,
                           "\" is no path", NULL);
    }
    if (apr_stat(&finfo, dir, APR_FINFO_TYPE, cmd->temp_pool) != APR_SUCCESS
        || finfo.filetype != APR_DIR) {
        return apr_pstrcat(cmd->pool, "CoreDumpDirectory \"", dir,
                           "\" is not a directory; create it, writable by "
                           "the server's user", NULL);
    }
    if (strlen(dir) >= sizeof ap_coredump_dir) {
        return "CoreDumpDirectory is too long a path";
    }
    apr_cpystrn(ap_coredump_dir, dir, sizeof ap_coredump_dir);
    ap_coredumpdir_configured = 1;
    return NULL;
}

AP_DECLARE(const char *) ap_mpm_set_graceful_shutdown(cmd_parms *cmd, void *,
                                                      const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    apr_int64_t n;

    if (!err) {
        err = number_of(cmd, arg, 0, INT_MAX, &n);
    }
    if (err) {
        return err;
    }
    ap_graceful_shutdown_timeout = (int)n;
    return NULL;
}

/* Kilobytes in the file, bytes for the allocators; 0 is "no limit". */
AP_DECLARE(const char *) ap_mpm_set_max_mem_free(cmd_parms *cmd, void *,
                                                 const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    apr_int64_t n;

    if (!err) {
        err = number_of(cmd, arg, 0, APR_UINT32_MAX / 1024, &n);
    }
    if (err) {
        return err;
    }
    ap_max_mem_free = (apr_uint32_t)(n * 1024);
    return NULL;
}

AP_DECLARE(const char *) ap_mpm_set_thread_stacksize(cmd_parms *cmd, void *,
                                                     const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    apr_int64_t n;

    if (!err) {
        err = number_of(cmd, arg, 0, APR_INT64_C(1) << 40, &n);
    }
    if (err) {
        return err;
    }
    ap_thread_stacksize = (apr_size_t)n;
    return NULL;
}

const char *cl_set_enable_exception_hook(cmd_parms *cmd, void *, int on)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    cl_mpm_exception_hook_enable(on != 0);
    return NULL;
}

const char *cl_set_port(cmd_parms *, void *, const char *)
{
    return "Port is no longer used; write Listen instead, "
           "for example: Listen 80";
}
