/* SPDX-License-Identifier: Apache-2.0 */
/* mod_cgi.h -- changing how CGI programs are started */
#ifndef CLEAT_MOD_CGI_H
#define CLEAT_MOD_CGI_H

#include "httpd.h"
#include <apr_optional.h>
#include <apr_thread_proc.h>
#include "util_filter.h"
#include "mod_include.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct cgi_exec_info_t cgi_exec_info_t;

/* This header was included. */
#define _MOD_CGI_H 1

/* Why a program runs. */
typedef enum prog_types {
    RUN_AS_SSI = 0,     /* exec of a page */
    RUN_AS_CGI = 1      /* as a handler */
} prog_types;

/* How to start it; see apr_procattr_io_set() and its kin. */
struct cgi_exec_info_t {
    /* kind of each pipe */
    apr_int32_t in_pipe;
    apr_int32_t out_pipe;
    apr_int32_t err_pipe;
    int process_cgi;            /* it is a CGI program, not a shell command */
    apr_cmdtype_e cmd_type;     /* with a shell or without */
    apr_int32_t detached;       /* apr_procattr_detach_set() */
    prog_types prog_type;       /* why */
    apr_bucket_brigade **bb;    /* of a page: output before it */
    include_ctx_t *ctx;         /* of a page */
    ap_filter_t *next;          /* of a page: where output goes */
    apr_int32_t addrspace;      /* apr_procattr_addrspace_set() */
};

/* Command and arguments for r. Another module may replace this function, for
 * script interpreters by suffix and the like. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ap_cgi_build_command, (const char **cmd,
    const char ***argv, request_rec *r, apr_pool_t *p,
    cgi_exec_info_t *e_info));

#ifdef __cplusplus
}
#endif

#endif
