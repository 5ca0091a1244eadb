/* SPDX-License-Identifier: Apache-2.0 */
/* util_script.h -- what programs behind the server are told, and what they
 * answer */
#ifndef CLEAT_UTIL_SCRIPT_H
#define CLEAT_UTIL_SCRIPT_H

#include <apr_buckets.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Environment (RFC 3875 section 4.1) ---------------------------------- */

/* Variable that lets a script's Content-Length stand. */
#define AP_TRUST_CGILIKE_CL_ENVVAR "ap_trust_cgilike_cl"

/* Most bytes of a command line for programs. */
#define APACHE_ARG_MAX 0x1000

/* Variables for all who run programs; those that only gateways need: into
 * r->subprocess_env. */
AP_DECLARE(void) ap_add_common_vars(request_rec *r);
AP_DECLARE(void) ap_add_cgi_vars(request_rec *r);

/* A table as envp, in p; names have only letters, digits and _. */
AP_DECLARE(char **) ap_create_environment(apr_pool_t *p, apr_table_t *t);

/* Length of uri without the path_info at its end. */
AP_DECLARE(int) ap_find_path_info(const char *uri, const char *path_info);

/* r->args as a new table, decoded. */
AP_DECLARE(void) ap_args_to_table(request_rec *r, apr_table_t **table);

/* ---- Header section of a script's answer (RFC 3875 section 6) ------------ */

/* Read it from a file, a brigade, strings up to NULL (*termch and *termarg:
 * where it ended), a function that reads lines; fields go to r. buffer, of
 * MAX_STRING_LEN or NULL, has the bad line. OK, 304 or 412 (conditions), or an
 * error. module_index: for logs. */
AP_DECLARE(int) ap_scan_script_header_err(request_rec *r, apr_file_t *f,
    char *buffer);
AP_DECLARE(int) ap_scan_script_header_err_ex(request_rec *r, apr_file_t *f,
    char *buffer, int module_index);
AP_DECLARE(int) ap_scan_script_header_err_brigade(request_rec *r,
    apr_bucket_brigade *bb, char *buffer);
AP_DECLARE(int) ap_scan_script_header_err_brigade_ex(request_rec *r,
    apr_bucket_brigade *bb, char *buffer, int module_index);
AP_DECLARE_NONSTD(int) ap_scan_script_header_err_strs(request_rec *r,
    char *buffer, const char **termch, int *termarg, ...);
AP_DECLARE_NONSTD(int) ap_scan_script_header_err_strs_ex(request_rec *r,
    char *buffer, int module_index, const char **termch, int *termarg, ...);
AP_DECLARE(int) ap_scan_script_header_err_core(request_rec *r, char *buffer,
    int (*getsfunc)(char *, int, void *), void *getsfunc_data);
AP_DECLARE(int) ap_scan_script_header_err_core_ex(request_rec *r, char *buffer,
    int (*getsfunc)(char *, int, void *), void *getsfunc_data,
    int module_index);

#ifdef __cplusplus
}
#endif

#endif
