/* SPDX-License-Identifier: Apache-2.0 */
/* operators.c -- unary -x and binary -word operators, and the default answer
 * to the expr_lookup hook. */
#include "expr/expr.h"

#include <string.h>

#include "apr_fnmatch.h"
#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(expr_lookup)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(int, expr_lookup, (ap_expr_lookup_parms *parms),
                            (parms), DECLINED)

/* ---- subnets */

const char *cl_expr_parse_subnet(apr_pool_t *p, const char *text,
                                 apr_ipsubnet_t **subnet)
{
    char *address = apr_pstrdup(p, text);
    char *mask = strchr(address, '/');

    if (mask != NULL) {
        *mask++ = '\0';
    }
    if (apr_ipsubnet_create(subnet, address, mask, p) != APR_SUCCESS) {
        return apr_psprintf(p, "\"%s\" is not an address or subnet; example: "
                            "192.0.2.0/24", text);
    }
    return NULL;
}

/* The subnet prepared while parsing, or one made from text now. */
static apr_ipsubnet_t *subnet_of(ap_expr_eval_ctx_t *ctx, const void *data,
                                 const char *text)
{
    apr_ipsubnet_t *subnet = (apr_ipsubnet_t *)data;

    if (subnet == NULL) {
        const char *why = cl_expr_parse_subnet(ctx->p, text, &subnet);

        if (why != NULL) {
            *ctx->err = why;
            return NULL;
        }
    }
    return subnet;
}

/* ---- unary */

static int is_not_empty(ap_expr_eval_ctx_t *, const void *, const char *word)
{
    return *word != '\0';
}

static int is_empty(ap_expr_eval_ctx_t *, const void *, const char *word)
{
    return *word == '\0';
}

static int is_true(ap_expr_eval_ctx_t *, const void *, const char *word)
{
    static const char *const falsehoods[] = { "", "0", "off", "false", "no" };

    for (size_t i = 0; i < sizeof falsehoods / sizeof *falsehoods; i++) {
        if (ap_cstr_casecmp(word, falsehoods[i]) == 0) {
            return 0;
        }
    }
    return 1;
}

static int is_remote_in(ap_expr_eval_ctx_t *ctx, const void *data,
                        const char *word)
{
    apr_ipsubnet_t *subnet = subnet_of(ctx, data, word);

    return subnet != NULL && ctx->r != NULL
        && apr_ipsubnet_test(subnet, ctx->r->useragent_addr);
}

/* data is the operator's letter */
static int is_file(ap_expr_eval_ctx_t *ctx, const void *data, const char *word)
{
    const char *letter = data;
    apr_finfo_t info;
    bool link = *letter == 'L' || *letter == 'h';
    apr_status_t rv = apr_stat(&info, word, APR_FINFO_MIN | APR_FINFO_PROT
                               | (link ? APR_FINFO_LINK : 0), ctx->p);

    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return 0;
    }
    switch (*letter) {
    case 'd':
        return info.filetype == APR_DIR;
    case 'f':
        return info.filetype == APR_REG;
    case 's':
        return info.filetype == APR_REG && info.size > 0;
    case 'x':
        return (info.protection & (APR_UEXECUTE | APR_GEXECUTE
                                   | APR_WEXECUTE)) != 0;
    case 'L':
    case 'h':
        return info.filetype == APR_LNK;
    default:
        return 1;
    }
}

static int is_accessible_file(ap_expr_eval_ctx_t *ctx, const void *,
                              const char *word)
{
    request_rec *sub;
    int yes;

    if (ctx->r == NULL) {
        return 0;
    }
    sub = ap_sub_req_lookup_file(word, ctx->r, NULL);
    yes = sub->finfo.filetype == APR_REG && sub->status == HTTP_OK;
    ap_destroy_sub_req(sub);
    return yes;
}

static int is_accessible_url(ap_expr_eval_ctx_t *ctx, const void *,
                             const char *word)
{
    request_rec *sub;
    int yes;

    if (ctx->r == NULL || *word == '\0') {
        return 0;
    }
    sub = ap_sub_req_lookup_uri(word, ctx->r, NULL);
    yes = sub->status == HTTP_OK;
    ap_destroy_sub_req(sub);
    return yes;
}

static const struct {
    const char *name;
    ap_expr_op_unary_t *call;
    bool reads_files;
} unary[] = {
    { "n", is_not_empty, false },
    { "z", is_empty, false },
    { "T", is_true, false },
    { "R", is_remote_in, false },
    { "F", is_accessible_file, false },
    { "U", is_accessible_url, false },
    { "A", is_accessible_url, false },
    { "d", is_file, true },
    { "e", is_file, true },
    { "f", is_file, true },
    { "s", is_file, true },
    { "L", is_file, true },
    { "h", is_file, true },
    { "x", is_file, true },
};

/* A literal subnet is parsed once, with the expression. */
static bool prepare_subnet(ap_expr_lookup_parms *parms)
{
    apr_ipsubnet_t *subnet = NULL;
    const char *why = NULL;

    if (parms->arg != NULL) {
        why = cl_expr_parse_subnet(parms->pool, parms->arg, &subnet);
    }
    if (why != NULL) {
        *parms->err = why;
        return false;
    }
    *parms->data = subnet;
    return true;
}

bool cl_expr_find_unary(ap_expr_lookup_parms *parms)
{
    for (size_t i = 0; i < sizeof unary / sizeof *unary; i++) {
        if (strcmp(parms->name, unary[i].name) != 0) {
            continue;
        }
        if (unary[i].reads_files && (parms->flags & AP_EXPR_FLAG_RESTRICTED)) {
            *parms->err = apr_psprintf(parms->ptemp, "the operator -%s may "
                "not be used here: it reads files", parms->name);
            return false;
        }
        *parms->func = unary[i].call;
        *parms->data = unary[i].name;
        return unary[i].call != is_remote_in || prepare_subnet(parms);
    }
    return false;
}

/* ---- binary */

static int is_in_subnet(ap_expr_eval_ctx_t *ctx, const void *data,
                        const char *address, const char *network)
{
    apr_ipsubnet_t *subnet = subnet_of(ctx, data, network);
    apr_sockaddr_t *addr;

    if (subnet == NULL || *address == '\0') {
        return 0;
    }
    /* a number, not a name: look-ups would block */
    if (strspn(address, "0123456789abcdefABCDEF.:") != strlen(address)
        || apr_sockaddr_info_get(&addr, address, APR_UNSPEC, 0, 0, ctx->p)
           != APR_SUCCESS) {
        *ctx->err = apr_psprintf(ctx->p, "\"%s\" is not an address", address);
        return 0;
    }
    return apr_ipsubnet_test(subnet, addr);
}

static int matches_glob(ap_expr_eval_ctx_t *, const void *data,
                        const char *text, const char *pattern)
{
    const int *flags = data;

    return apr_fnmatch(pattern, text, *flags) == APR_SUCCESS;
}

static const int across_slashes = 0;
static const int across_slashes_any_case = APR_FNM_CASE_BLIND;
static const int within_segment = APR_FNM_PATHNAME;

static const struct {
    const char *name;
    const int *flags;
} globs[] = {
    { "strmatch", &across_slashes },
    { "strcmatch", &across_slashes_any_case },
    { "fnmatch", &within_segment },
};

bool cl_expr_find_binary(ap_expr_lookup_parms *parms)
{
    if (ap_cstr_casecmp(parms->name, "ipmatch") == 0) {
        *parms->func = is_in_subnet;
        return prepare_subnet(parms);
    }
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        if (ap_cstr_casecmp(parms->name, globs[i].name) == 0) {
            *parms->func = matches_glob;
            *parms->data = globs[i].flags;
            return true;
        }
    }
    return false;
}

/* ---- the default provider */

AP_DECLARE(int) ap_expr_lookup_default(ap_expr_lookup_parms *parms)
{
    bool known = false;

    switch (parms->type) {
    case AP_EXPR_FUNC_VAR:
        known = cl_expr_find_variable(parms);
        break;
    case AP_EXPR_FUNC_STRING:
        known = cl_expr_find_string_function(parms);
        break;
    case AP_EXPR_FUNC_OP_UNARY:
        known = cl_expr_find_unary(parms);
        break;
    case AP_EXPR_FUNC_OP_BINARY:
        known = cl_expr_find_binary(parms);
        break;
    default:
        break;
    }
    if (known) {
        return OK;
    }
    return *parms->err != NULL ? !OK : DECLINED;
}

AP_DECLARE(void) ap_expr_init(apr_pool_t *)
{
    ap_hook_expr_lookup(ap_expr_lookup_default, NULL, NULL, APR_HOOK_MIDDLE);
}

void cl_expr_register_hooks(apr_pool_t *p)
{
    ap_expr_init(p);
}
