/* SPDX-License-Identifier: Apache-2.0 */
/* ap_expr.h -- expressions of <If>, SetEnvIfExpr and others: parsed once, run
 * per request
 *
 * A parsed expression lives in the configuration's pool and is constant: any
 * thread may run it.
 */
#ifndef CLEAT_AP_EXPR_H
#define CLEAT_AP_EXPR_H

#include "httpd.h"
#include "http_config.h"
#include "ap_regex.h"
#include "http_log.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_expr_info_t ap_expr_info_t;
typedef struct ap_expr_eval_ctx_t ap_expr_eval_ctx_t;
typedef struct ap_expr_lookup_parms ap_expr_lookup_parms;

/* Opaque: a node of the tree. */
typedef struct ap_expr_node ap_expr_t;

/* ---- Parsed expressions -------------------------------------------------- */

/* ap_expr_info_t.flags. */
#define AP_EXPR_FLAG_SSL_EXPR_COMPAT 1  /* SSLRequire: old operators */
#define AP_EXPR_FLAG_DONT_VARY 2        /* do not add fields used to Vary */
#define AP_EXPR_FLAG_RESTRICTED 4       /* from .htaccess: no functions that
                                         * read files or otherwise reach
                                         * outside */
#define AP_EXPR_FLAG_STRING_RESULT 8    /* text with %{variables}, not a
                                         * condition */
#define AP_EXPR_FLAG_RESTRICTED_FILE_FUNC 16    /* no functions that read
                                                 * files */

/* An expression; made by ap_expr_parse_cmd(), or zeroed for ap_expr_parse(). */
struct ap_expr_info_t {
    ap_expr_t *root_node;       /* the tree */
    /* where it was written */
    const char *filename;
    unsigned int line_number;
    unsigned int flags;         /* AP_EXPR_FLAG_*, set before parsing */
    int module_index;           /* whose log lines its errors are */
};

/* ---- Variables and functions --------------------------------------------- */

/* ap_expr_lookup_parms.type. */
#define AP_EXPR_FUNC_VAR 0              /* %{name} */
#define AP_EXPR_FUNC_STRING 1           /* name(string): a string */
#define AP_EXPR_FUNC_LIST 2             /* name(string): an array of char * */
#define AP_EXPR_FUNC_OP_UNARY 3         /* -x word */
#define AP_EXPR_FUNC_OP_BINARY 4        /* word -name word */

/* What they are called as: context, data of the lookup, arguments. Results live
 * in ctx->p; NULL is "", operators return truth. */
typedef const char *ap_expr_var_func_t(ap_expr_eval_ctx_t *, const void *);
typedef const char *ap_expr_string_func_t(ap_expr_eval_ctx_t *, const void *,
    const char *);
typedef apr_array_header_t *ap_expr_list_func_t(ap_expr_eval_ctx_t *,
    const void *, const char *);
typedef int ap_expr_op_unary_t(ap_expr_eval_ctx_t *, const void *,
    const char *);
typedef int ap_expr_op_binary_t(ap_expr_eval_ctx_t *, const void *,
    const char *, const char *);

/* A question of the parser: what is this name? */
struct ap_expr_lookup_parms {
    int type;           /* AP_EXPR_FUNC_* */
    const char *name;   /* as written */
    int flags;          /* of the expression */
    apr_pool_t *pool;   /* for what stays */
    apr_pool_t *ptemp;  /* scratch */
    const void **func;  /* answer: the function */
    const void **data;  /* answer: its second argument */
    const char **err;   /* answer, with !OK: why not */
    const char *arg;    /* constant argument, or NULL */
};

/* Answers: OK; DECLINED: not known; else *err is set. */
typedef int ap_expr_lookup_fn_t(ap_expr_lookup_parms *);

/* What the core knows; registers it. */
AP_DECLARE(int) ap_expr_lookup_default(ap_expr_lookup_parms *parms);
AP_DECLARE(void) ap_expr_init(apr_pool_t *pool);

/* A name is to be looked up, see above. The first that knows it. */
AP_DECLARE_HOOK(int, expr_lookup, (ap_expr_lookup_parms *parms))

/* ---- Parsing ------------------------------------------------------------- */

/* Parses an argument of a directive in cmd->pool. NULL and *err, a sentence for
 * the administrator. lookup_fn NULL: the hook. The macro gives this module's
 * index. */
#define ap_expr_parse_cmd(cmd, expr, flags, err, lookup_fn) \
    ap_expr_parse_cmd_mi(cmd, expr, flags, err, lookup_fn, \
                         APLOG_MODULE_INDEX)
AP_DECLARE(ap_expr_info_t *) ap_expr_parse_cmd_mi(const cmd_parms *cmd,
    const char *expr, unsigned int flags, const char **err,
    ap_expr_lookup_fn_t *lookup_fn, int module_index);

/* The same without a directive. NULL or an error, in pool. */
AP_DECLARE(const char *) ap_expr_parse(apr_pool_t *pool, apr_pool_t *ptemp,
    ap_expr_info_t *info, const char *expr, ap_expr_lookup_fn_t *lookup_fn);

/* ---- Running ------------------------------------------------------------- */

/* 1 or 0; below 0: cannot be decided, *err says why (logged). */
AP_DECLARE(int) ap_expr_exec(request_rec *r, const ap_expr_info_t *expr,
    const char **err);

/* The same; $0 to $9 mean the nmatch groups of pmatch in *source, and a =~ that
 * matches changes them. */
AP_DECLARE(int) ap_expr_exec_re(request_rec *r, const ap_expr_info_t *expr,
    apr_size_t nmatch, ap_regmatch_t *pmatch, const char **source,
    const char **err);

/* The text, in r's pool; "true" or "false" of a condition; NULL on errors. */
AP_DECLARE(const char *) ap_expr_str_exec(request_rec *r,
    const ap_expr_info_t *expr, const char **err);
AP_DECLARE(const char *) ap_expr_str_exec_re(request_rec *r,
    const ap_expr_info_t *expr, apr_size_t nmatch, ap_regmatch_t *pmatch,
    const char **source, const char **err);

/* All that running needs. */
struct ap_expr_eval_ctx_t {
    /* request, connection (or NULL), server */
    request_rec *r;
    conn_rec *c;
    server_rec *s;
    apr_pool_t *p;                      /* where results live */
    const char **err;                   /* what went wrong, NULL: nothing */
    const ap_expr_info_t *info;         /* the expression */
    /* groups for $0 to $9, the string they are in */
    ap_regmatch_t *re_pmatch;
    apr_size_t re_nmatch;
    const char **re_source;
    const char **vary_this;             /* fields used, for Vary; NULL: not
                                         * wanted */
    const char **result_string;         /* of a string expression */
    void *data;                         /* for functions of callers */
    int reclvl;                         /* depth, to stop recursion */
};

/* Runs with all of that given; as ap_expr_exec(). */
AP_DECLARE(int) ap_expr_exec_ctx(ap_expr_eval_ctx_t *ctx);

#ifdef __cplusplus
}
#endif

#endif
