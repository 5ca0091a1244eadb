/* SPDX-License-Identifier: Apache-2.0 */
/* mod_include.h -- new elements for server-side includes */
#ifndef CLEAT_MOD_INCLUDE_H
#define CLEAT_MOD_INCLUDE_H

#include <apr_pools.h>
#include <apr_optional.h>
#include "httpd.h"
#include "util_filter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct include_ctx_t include_ctx_t;

/* This header was included. */
#define _MOD_INCLUDE_H 1

/* include_ctx_t.flags. */
#define SSI_FLAG_PRINTING 1     /* not in a branch that is left out */
#define SSI_FLAG_COND_TRUE 2    /* a branch of this if was taken */
#define SSI_FLAG_SIZE_IN_BYTES 4        /* sizefmt="bytes" */
#define SSI_FLAG_NO_EXEC 8      /* no programs */
#define SSI_FLAG_COND_ERROR 16  /* a condition could not be decided */

/* Masks that clear some of them. */
#define SSI_FLAG_CLEAR_PRINTING (-2)
#define SSI_FLAG_CLEAR_PRINT_COND (-4)
#define SSI_FLAG_SIZE_ABBREV (-5)

/* A page being parsed; valid during a call. */
struct include_ctx_t {
    apr_pool_t *pool;           /* of the request */
    apr_pool_t *dpool;          /* until the brigade is passed on */
    int flags;                  /* SSI_FLAG_* */
    int if_nesting_level;       /* of ifs in branches left out */
    int flush_now;              /* set it: send what is there */
    unsigned int argc;          /* attributes of this element */
    const char *error_str;      /* errmsg in force */
    const char *time_str;       /* timefmt in force */
    request_rec *r;             /* the request */
    struct ssi_internal_ctx *intern;    /* private */
};

/* Writes an element to the brigade. */
typedef apr_status_t include_handler_fn_t(include_ctx_t *, ap_filter_t *,
    apr_bucket_brigade *);

/* Adds the error message to a brigade. */
#define SSI_CREATE_ERROR_BUCKET(ctx, f, bb) \
    APR_BRIGADE_INSERT_TAIL((bb), \
        apr_bucket_pool_create(apr_pstrdup((ctx)->pool, (ctx)->error_str), \
                               strlen((ctx)->error_str), (ctx)->pool, \
                               (f)->c->bucket_alloc))

/* Adds an element; from pre_config. */
APR_DECLARE_OPTIONAL_FN(void, ap_register_include_handler, (char *tag,
    include_handler_fn_t *func));

/* dodecode: as written, or with entities decoded. */
#define SSI_VALUE_RAW 0
#define SSI_VALUE_DECODED 1

/* The next attribute of the element, NULL: no more. */
APR_DECLARE_OPTIONAL_FN(void, ap_ssi_get_tag_and_value, (include_ctx_t *ctx,
    char **tag, char **tag_val, int dodecode));

/* leave_name: an unknown variable becomes "", or stays. */
#define SSI_EXPAND_DROP_NAME 0
#define SSI_EXPAND_LEAVE_NAME 1

/* in with $variables replaced, into out of length bytes; out NULL: in a
 * pool. */
APR_DECLARE_OPTIONAL_FN(char *, ap_ssi_parse_string, (include_ctx_t *ctx,
    const char *in, char *out, apr_size_t length, int leave_name));

#ifdef __cplusplus
}
#endif

#endif
