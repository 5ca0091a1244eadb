/* SPDX-License-Identifier: Apache-2.0 */
/* eval.c -- a tree and a request to truth or text.
 *
 * A condition that cannot be decided (a provider reports an error) is not
 * false: the error is handed to the caller, which decides what to refuse.
 */
#include "expr/expr.h"

#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "httpd.h"

APLOG_USE_MODULE(core);

typedef struct ap_expr_node node;

static const char *eval_word(ap_expr_eval_ctx_t *ctx, const node *n);

/* ---- words */

static const char *eval_backref(ap_expr_eval_ctx_t *ctx, int number)
{
    const ap_regmatch_t *match = ctx->re_pmatch;

    if (ctx->re_source == NULL || *ctx->re_source == NULL
        || (apr_size_t)number >= ctx->re_nmatch
        || match[number].rm_so < 0 || match[number].rm_eo <= match[number].rm_so) {
        return "";
    }
    return apr_pstrmemdup(ctx->p, *ctx->re_source + match[number].rm_so,
                          match[number].rm_eo - match[number].rm_so);
}

/* A left-leaning chain of parts in one allocation. */
static const char *eval_concat(ap_expr_eval_ctx_t *ctx, const node *n)
{
    apr_array_header_t *parts = apr_array_make(ctx->p, 8, sizeof(char *));
    apr_size_t length = 0;
    char *text, *end;

    while (n->kind == NODE_CONCAT) {
        APR_ARRAY_PUSH(parts, const char *) = eval_word(ctx, n->right);
        n = n->left;
    }
    APR_ARRAY_PUSH(parts, const char *) = eval_word(ctx, n);
    for (int i = 0; i < parts->nelts; i++) {
        length += strlen(APR_ARRAY_IDX(parts, i, const char *));
    }
    text = end = apr_palloc(ctx->p, length + 1);
    for (int i = parts->nelts; i-- > 0;) {
        end = apr_cpystrn(end, APR_ARRAY_IDX(parts, i, const char *),
                          text + length + 1 - end);
    }
    return text;
}

static const char *eval_word(ap_expr_eval_ctx_t *ctx, const node *n)
{
    const char *text = NULL;

    switch (n->kind) {
    case NODE_LITERAL:
        return n->text;
    case NODE_CONCAT:
        return eval_concat(ctx, n);
    case NODE_VARIABLE:
        text = n->call.variable(ctx, n->data);
        break;
    case NODE_FUNCTION:
        text = n->call.string(ctx, n->data, eval_word(ctx, n->left));
        break;
    case NODE_BACKREF:
        return eval_backref(ctx, n->number);
    default:
        *ctx->err = "this expression has no text value";
        break;
    }
    return text != NULL ? text : "";
}

/* ---- comparisons */

static bool holds(enum expr_compare compare, int order)
{
    switch (compare) {
    case CMP_EQ:
        return order == 0;
    case CMP_NE:
        return order != 0;
    case CMP_LT:
        return order < 0;
    case CMP_LE:
        return order <= 0;
    case CMP_GT:
        return order > 0;
    case CMP_GE:
        return order >= 0;
    }
    return false;
}

static int order_numbers(const char *left, const char *right)
{
    apr_int64_t a = apr_atoi64(left);
    apr_int64_t b = apr_atoi64(right);

    return a < b ? -1 : a > b;
}

/* SSLRequire orders shorter strings first. */
static int order_strings(const ap_expr_eval_ctx_t *ctx, const char *left,
                         const char *right)
{
    size_t a, b;

    if (!(ctx->info->flags & AP_EXPR_FLAG_SSL_EXPR_COMPAT)) {
        return strcmp(left, right);
    }
    a = strlen(left);
    b = strlen(right);
    return a != b ? (a < b ? -1 : 1) : strcmp(left, right);
}

static bool eval_compare(ap_expr_eval_ctx_t *ctx, const node *n)
{
    const char *left = eval_word(ctx, n->left);
    const char *right = eval_word(ctx, n->right);

    return holds(n->compare, n->numeric ? order_numbers(left, right)
                                        : order_strings(ctx, left, right));
}

static bool eval_match(ap_expr_eval_ctx_t *ctx, const node *n)
{
    const char *subject = eval_word(ctx, n->left);
    bool matches;

    if (ctx->re_nmatch == 0) {
        matches = ap_regexec(n->regex, subject, 0, NULL, 0) == 0;
    }
    else {
        matches = ap_regexec(n->regex, subject, ctx->re_nmatch,
                             ctx->re_pmatch, 0) == 0;
        *ctx->re_source = matches ? apr_pstrdup(ctx->p, subject) : NULL;
    }
    return matches != n->negate;
}

static bool eval_in_list(ap_expr_eval_ctx_t *ctx, const node *n)
{
    const char *word = eval_word(ctx, n->left);

    for (const node *item = n->right; item != NULL; item = item->right) {
        if (strcmp(word, eval_word(ctx, item->left)) == 0) {
            return true;
        }
    }
    return false;
}

static bool eval_in_function(ap_expr_eval_ctx_t *ctx, const node *n)
{
    const char *word = eval_word(ctx, n->left);
    const node *call = n->right;
    const apr_array_header_t *set = call->call.list(
        ctx, call->data, eval_word(ctx, call->left));

    return set != NULL && ap_array_str_contains(set, word);
}

/* ---- conditions */

static bool eval_condition(ap_expr_eval_ctx_t *ctx, const node *n)
{
    switch (n->kind) {
    case NODE_TRUE:
        return true;
    case NODE_FALSE:
        return false;
    case NODE_NOT:
        return !eval_condition(ctx, n->left);
    case NODE_AND:
        return eval_condition(ctx, n->left) && eval_condition(ctx, n->right);
    case NODE_OR:
        return eval_condition(ctx, n->left) || eval_condition(ctx, n->right);
    case NODE_COMPARE:
        return eval_compare(ctx, n);
    case NODE_MATCH:
        return eval_match(ctx, n);
    case NODE_IN_LIST:
        return eval_in_list(ctx, n);
    case NODE_IN_FUNCTION:
        return eval_in_function(ctx, n);
    case NODE_UNARY:
        return n->call.unary(ctx, n->data, eval_word(ctx, n->left)) != 0;
    case NODE_BINARY:
        return n->call.binary(ctx, n->data, eval_word(ctx, n->left),
                              eval_word(ctx, n->right)) != 0;
    default:
        *ctx->err = "this expression has no truth value";
        return false;
    }
}

static void send_vary(ap_expr_eval_ctx_t *ctx)
{
    if (ctx->vary_this != NULL && *ctx->vary_this != NULL && ctx->r != NULL) {
        apr_table_merge(ctx->r->headers_out, "Vary", *ctx->vary_this);
    }
}

/* ---- the door */

AP_DECLARE(int) ap_expr_exec_ctx(ap_expr_eval_ctx_t *ctx)
{
    int result = 1;

    *ctx->err = NULL;
    if (ctx->info->flags & AP_EXPR_FLAG_STRING_RESULT) {
        *ctx->result_string = eval_word(ctx, ctx->info->root_node);
    }
    else {
        result = eval_condition(ctx, ctx->info->root_node);
        send_vary(ctx);
    }
    if (*ctx->err != NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, ctx->r, APLOGNO(50750)
                      "could not evaluate the expression at %s:%d: %s",
                      ctx->info->filename != NULL ? ctx->info->filename : "?",
                      ctx->info->line_number, *ctx->err);
        return -1;
    }
    return result;
}

static int run(request_rec *r, const ap_expr_info_t *info, apr_size_t nmatch,
               ap_regmatch_t *pmatch, const char **source, const char **err,
               const char **text)
{
    const char *vary = NULL;
    ap_expr_eval_ctx_t ctx = { .r = r, .c = r->connection, .s = r->server,
        .p = r->pool, .err = err, .info = info, .re_pmatch = pmatch,
        .re_nmatch = nmatch, .re_source = source, .result_string = text };

    if (!(info->flags & AP_EXPR_FLAG_DONT_VARY)) {
        ctx.vary_this = &vary;
    }
    return ap_expr_exec_ctx(&ctx);
}

AP_DECLARE(int) ap_expr_exec_re(request_rec *r, const ap_expr_info_t *expr,
    apr_size_t nmatch, ap_regmatch_t *pmatch, const char **source,
    const char **err)
{
    const char *text = NULL;

    return run(r, expr, nmatch, pmatch, source, err, &text);
}

AP_DECLARE(int) ap_expr_exec(request_rec *r, const ap_expr_info_t *expr,
    const char **err)
{
    ap_regmatch_t pmatch[AP_MAX_REG_MATCH];
    const char *source = NULL;

    return ap_expr_exec_re(r, expr, AP_MAX_REG_MATCH, pmatch, &source, err);
}

AP_DECLARE(const char *) ap_expr_str_exec_re(request_rec *r,
    const ap_expr_info_t *expr, apr_size_t nmatch, ap_regmatch_t *pmatch,
    const char **source, const char **err)
{
    const char *text = NULL;
    int result = run(r, expr, nmatch, pmatch, source, err, &text);

    if (result < 0) {
        return NULL;
    }
    if (expr->flags & AP_EXPR_FLAG_STRING_RESULT) {
        return text;
    }
    return result ? "true" : "false";
}

AP_DECLARE(const char *) ap_expr_str_exec(request_rec *r,
    const ap_expr_info_t *expr, const char **err)
{
    ap_regmatch_t pmatch[AP_MAX_REG_MATCH];
    const char *source = NULL;

    return ap_expr_str_exec_re(r, expr, AP_MAX_REG_MATCH, pmatch, &source,
                               err);
}
