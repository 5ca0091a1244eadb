/* SPDX-License-Identifier: Apache-2.0 */
/* show.c -- what -v, -V and -D DUMP_RUN_CFG print.
 *
 * Scripts read these lines (apxs, a2enmod, monitoring), so their form is
 * httpd's.
 */
#include "start/start.h"

#include "ap_config_layout.h"
#include "ap_mmn.h"
#include "http_core.h"
#include "http_main.h"
#include "mpm_common.h"
#include "util_mutex.h"

#include <apr_version.h>
#include <apu_version.h>

#include <stdio.h>

/* ---- -v, -V */

void cl_start_print_version(void)
{
    printf("Server version: Cleat/" CLEAT_VERSION " ("
           AP_SERVER_BASEVERSION " compatible)\n");
    printf("Server built:   %s\n", ap_get_server_built());
}

static const char *yes_no(int code)
{
    int result;

    if (ap_mpm_query(code, &result) != APR_SUCCESS
        || result == AP_MPMQ_NOT_SUPPORTED) {
        return "no";
    }
    return result == AP_MPMQ_DYNAMIC ? "dynamic" : "static";
}

static void print_ability(const char *title, int code, const char *what)
{
    const char *answer = yes_no(code);

    if (answer[0] == 'n') {
        printf("  %s     no\n", title);
        return;
    }
    printf("  %s     yes (%s %s count)\n", title,
           answer[0] == 'd' ? "variable" : "fixed", what);
}

static void print_mpm(void)
{
    const char *name = ap_show_mpm();

    printf("Server MPM:     %s\n", name);
    if (*name) {
        print_ability("threaded:", AP_MPMQ_IS_THREADED, "thread");
        print_ability("  forked:", AP_MPMQ_IS_FORKED, "process");
    }
}

#ifdef AP_ENABLE_V4_MAPPED
#define V4_MAPPED "enabled"
#else
#define V4_MAPPED "disabled"
#endif

static const char *const features[] = {
#if APR_HAS_SENDFILE
    "APR_HAS_SENDFILE",
#endif
#if APR_HAS_MMAP
    "APR_HAS_MMAP",
#endif
#if APR_HAVE_IPV6
    "APR_HAVE_IPV6 (IPv4-mapped addresses " V4_MAPPED ")",
#endif
#if APR_USE_PROC_PTHREAD_SERIALIZE
    "APR_USE_PROC_PTHREAD_SERIALIZE",
#endif
#if APR_USE_PTHREAD_SERIALIZE
    "APR_USE_PTHREAD_SERIALIZE",
#endif
    "SINGLE_LISTEN_UNSERIALIZED_ACCEPT",
#if APR_HAS_OTHER_CHILD
    "APR_HAS_OTHER_CHILD",
#endif
    "AP_HAVE_RELIABLE_PIPED_LOGS"
};

static const char *const places[] = {
    "HTTPD_ROOT=\"" HTTPD_ROOT "\"",
    "SUEXEC_BIN=\"" SUEXEC_BIN "\"",
    "DEFAULT_PIDLOG=\"" DEFAULT_PIDLOG "\"",
    "DEFAULT_SCOREBOARD=\"" DEFAULT_SCOREBOARD "\"",
    "DEFAULT_ERRORLOG=\"" DEFAULT_ERRORLOG "\"",
    "AP_TYPES_CONFIG_FILE=\"" AP_TYPES_CONFIG_FILE "\"",
    "SERVER_CONFIG_FILE=\"" SERVER_CONFIG_FILE "\""
};

static void print_build_settings(void)
{
    puts("Server compiled with....");
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        printf(" -D %s\n", features[i]);
    }
    printf(" -D DYNAMIC_MODULE_LIMIT=%d\n", DYNAMIC_MODULE_LIMIT);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        printf(" -D %s\n", places[i]);
    }
}

void cl_start_print_settings(void)
{
    cl_start_print_version();
    printf("Server's Module Magic Number: %d:%d\n", MODULE_MAGIC_NUMBER_MAJOR,
           MODULE_MAGIC_NUMBER_MINOR);
    printf("Server loaded:  APR %s, APR-UTIL %s, PCRE %s\n",
           apr_version_string(), apu_version_string(),
           ap_pcre_version_string(AP_REG_PCRE_LOADED));
    printf("Compiled using: APR " APR_VERSION_STRING ", APR-UTIL "
           APU_VERSION_STRING ", PCRE %s\n",
           ap_pcre_version_string(AP_REG_PCRE_COMPILED));
    printf("Architecture:   %zu-bit\n", 8 * sizeof(void *));
    print_mpm();
    print_build_settings();
}

/* ---- -D DUMP_RUN_CFG */

static void dump_error_log(apr_pool_t *p, apr_file_t *out,
                           const server_rec *s)
{
    const char *name = s->error_fname;
    bool is_file;

    if (name == NULL) {
        return;
    }
    is_file = name[0] != '|' && strncmp(name, "syslog", 6) != 0;
    apr_file_printf(out, "Main ErrorLog: \"%s\"\n",
                    is_file ? ap_server_root_relative(p, name) : name);
}

static void dump_defines(apr_file_t *out)
{
    const apr_array_header_t *defines = ap_server_config_defines;

    for (int i = 0; i < defines->nelts; i++) {
        const char *name = APR_ARRAY_IDX(defines, i, const char *);

        apr_file_printf(out, "Define: %s\n", name);
    }
}

static void dump_run_settings(apr_pool_t *p, server_rec *s)
{
    const core_server_config *core;
    apr_file_t *out;

    if (!ap_exists_config_define("DUMP_RUN_CFG")
        || apr_file_open_stdout(&out, p) != APR_SUCCESS) {
        return;
    }
    core = ap_get_core_module_config(s->module_config);
    apr_file_printf(out, "ServerRoot: \"%s\"\n", ap_server_root);
    apr_file_printf(out, "Main DocumentRoot: \"%s\"\n",
                    core->ap_document_root ? core->ap_document_root : "");
    dump_error_log(p, out, s);
    ap_dump_mutexes(p, s, out);
    ap_mpm_dump_pidfile(p, out);
    dump_defines(out);
}

void cl_start_register_hooks(apr_pool_t *)
{
    /* The core's lines come before those of modules. */
    ap_hook_test_config(dump_run_settings, NULL, NULL, APR_HOOK_FIRST);
}
