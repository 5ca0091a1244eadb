/* SPDX-License-Identifier: Apache-2.0 */
/* http_main.h -- variables of the whole program
 *
 * Set by the server's start; read only for everybody else.
 */
#ifndef CLEAT_HTTP_MAIN_H
#define CLEAT_HTTP_MAIN_H

#include "httpd.h"
#include <apr_optional.h>
#include <apr_tables.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Options of the command line, as getopt() wants them. */
#define AP_SERVER_BASEARGS "C:c:D:d:E:e:f:vVlLtTSMh?X"

/* Name of the program; ServerRoot; DefaultRuntimeDir, NULL: the built-in
 * one. */
extern AP_DECLARE_DATA const char *ap_server_argv0;
extern AP_DECLARE_DATA const char *ap_server_root;
extern AP_DECLARE_DATA const char *ap_runtime_dir;

/* Pool of the whole process; allocate nothing in it while serving. */
extern AP_DECLARE_DATA apr_pool_t *ap_pglobal;

/* The main server; NULL between two configurations. */
extern AP_DECLARE_DATA server_rec *ap_server_conf;

/* Arguments of -C, of -c and of -D: char *. */
extern AP_DECLARE_DATA apr_array_header_t *ap_server_pre_read_config;
extern AP_DECLARE_DATA apr_array_header_t *ap_server_post_read_config;
extern AP_DECLARE_DATA apr_array_header_t *ap_server_config_defines;

/* See ap_state_query(). */
extern AP_DECLARE_DATA int ap_run_mode;
extern AP_DECLARE_DATA int ap_main_state;
extern AP_DECLARE_DATA int ap_config_generation;

/* 0 with -T: a DocumentRoot needs not exist. */
extern AP_DECLARE_DATA int ap_document_root_check;

/* Of an MPM: does what -k says. 1: done, the process ends with *status. */
APR_DECLARE_OPTIONAL_FN(int, ap_signal_server, (int *status,
    apr_pool_t *pool));

#ifdef __cplusplus
}
#endif

#endif
