/* SPDX-License-Identifier: Apache-2.0 */
/* vary.c -- which request fields the value of an expression depends on. */
#include "expr/expr.h"

#include "apr_strings.h"

void cl_expr_note_vary(ap_expr_eval_ctx_t *ctx, const char *field)
{
    /* Host is part of the URL, and so of every cache's key */
    if (ctx->vary_this == NULL || ap_cstr_casecmp(field, "Host") == 0) {
        return;
    }
    *ctx->vary_this = *ctx->vary_this == NULL ? field
        : apr_pstrcat(ctx->p, *ctx->vary_this, ", ", field, NULL);
}
