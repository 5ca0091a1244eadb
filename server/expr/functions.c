/* SPDX-License-Identifier: Apache-2.0 */
/* functions.c -- name(word) and %{name:text}: text to text. */
#include "expr/expr.h"

#include <stdlib.h>
#include <string.h>

#include "apr_base64.h"
#include "apr_env.h"
#include "apr_escape.h"
#include "apr_file_io.h"
#include "apr_md5.h"
#include "apr_sha1.h"
#include "apr_strings.h"
#include "http_log.h"
#include "http_protocol.h"
#include "httpd.h"
#include "util_md5.h"

APLOG_USE_MODULE(core);

#define MAX_FILE_SIZE (10 * 1024 * 1024)    /* bytes file() reads at most */

/* ---- fields and variables of the request */

static const char *req(ap_expr_eval_ctx_t *ctx, const void *, const char *name)
{
    if (ctx->r == NULL) {
        return NULL;
    }
    cl_expr_note_vary(ctx, name);
    return apr_table_get(ctx->r->headers_in, name);
}

static const char *req_novary(ap_expr_eval_ctx_t *ctx, const void *,
                              const char *name)
{
    return ctx->r != NULL ? apr_table_get(ctx->r->headers_in, name) : NULL;
}

static const char *resp(ap_expr_eval_ctx_t *ctx, const void *,
                        const char *name)
{
    const char *value;

    if (ctx->r == NULL) {
        return NULL;
    }
    value = apr_table_get(ctx->r->headers_out, name);
    return value != NULL ? value
                         : apr_table_get(ctx->r->err_headers_out, name);
}

static const char *note(ap_expr_eval_ctx_t *ctx, const void *,
                        const char *name)
{
    return ctx->r != NULL ? apr_table_get(ctx->r->notes, name) : NULL;
}

static const char *reqenv(ap_expr_eval_ctx_t *ctx, const void *,
                          const char *name)
{
    return ctx->r != NULL ? apr_table_get(ctx->r->subprocess_env, name)
                          : NULL;
}

static const char *osenv(ap_expr_eval_ctx_t *, const void *, const char *name)
{
    return getenv(name);
}

static const char *env(ap_expr_eval_ctx_t *ctx, const void *data,
                       const char *name)
{
    const char *value = note(ctx, data, name);

    if (value == NULL) {
        value = reqenv(ctx, data, name);
    }
    return value != NULL ? value : osenv(ctx, data, name);
}

/* ---- text to text */

static const char *lower(ap_expr_eval_ctx_t *ctx, const void *,
                         const char *text)
{
    char *copy = apr_pstrdup(ctx->p, text);

    ap_str_tolower(copy);
    return copy;
}

static const char *upper(ap_expr_eval_ctx_t *ctx, const void *,
                         const char *text)
{
    char *copy = apr_pstrdup(ctx->p, text);

    ap_str_toupper(copy);
    return copy;
}

static const char *escape(ap_expr_eval_ctx_t *ctx, const void *,
                          const char *text)
{
    return ap_escape_uri(ctx->p, text);
}

static const char *unescape(ap_expr_eval_ctx_t *ctx, const void *,
                            const char *text)
{
    char *copy = apr_pstrdup(ctx->p, text);
    int status = ap_unescape_url_keep2f(copy, 0);

    return status == OK ? copy : "";
}

static const char *base64(ap_expr_eval_ctx_t *ctx, const void *,
                          const char *text)
{
    return ap_pbase64encode(ctx->p, (char *)text);
}

static const char *unbase64(ap_expr_eval_ctx_t *ctx, const void *,
                            const char *text)
{
    return ap_pbase64decode(ctx->p, text);
}

static const char *md5(ap_expr_eval_ctx_t *ctx, const void *,
                       const char *text)
{
    return ap_md5(ctx->p, (const unsigned char *)text);
}

static const char *sha1(ap_expr_eval_ctx_t *ctx, const void *,
                        const char *text)
{
    apr_sha1_ctx_t sum;
    unsigned char digest[APR_SHA1_DIGESTSIZE];

    apr_sha1_init(&sum);
    apr_sha1_update(&sum, text, (unsigned int)strlen(text));
    apr_sha1_final(digest, &sum);
    return apr_pescape_hex(ctx->p, digest, sizeof digest, 0);
}

static const char *ldap(ap_expr_eval_ctx_t *ctx, const void *,
                        const char *text)
{
    return apr_pescape_ldap(ctx->p, text, APR_ESCAPE_STRING,
                            APR_ESCAPE_LDAP_ALL);
}

/* ---- files */

static const char *file_failed(ap_expr_eval_ctx_t *ctx, const char *name,
                               apr_status_t rv)
{
    char reason[120];

    *ctx->err = apr_psprintf(ctx->p, "could not read the file \"%s\": %s",
                             name, apr_strerror(rv, reason, sizeof reason));
    return NULL;
}

static const char *file(ap_expr_eval_ctx_t *ctx, const void *,
                        const char *name)
{
    apr_file_t *f;
    apr_finfo_t info;
    apr_size_t length;
    char *text;
    apr_status_t rv = apr_file_open(&f, name, APR_READ, APR_OS_DEFAULT,
                                    ctx->p);

    if (rv != APR_SUCCESS) {
        return file_failed(ctx, name, rv);
    }
    rv = apr_file_info_get(&info, APR_FINFO_SIZE, f);
    if (rv == APR_SUCCESS && info.size > MAX_FILE_SIZE) {
        rv = APR_ENOSPC;
    }
    if (rv == APR_SUCCESS) {
        length = (apr_size_t)info.size;
        text = apr_palloc(ctx->p, length + 1);
        rv = length > 0 ? apr_file_read_full(f, text, length, &length)
                        : APR_SUCCESS;
    }
    apr_file_close(f);
    if (rv != APR_SUCCESS) {
        return file_failed(ctx, name, rv);
    }
    text[length] = '\0';
    return text;
}

static const char *filesize(ap_expr_eval_ctx_t *ctx, const void *,
                            const char *name)
{
    apr_finfo_t info;

    if (apr_stat(&info, name, APR_FINFO_MIN, ctx->p) == APR_SUCCESS
        && info.filetype == APR_REG) {
        return apr_psprintf(ctx->p, "%" APR_OFF_T_FMT, info.size);
    }
    return "0";
}

/* ---- table */

enum restriction { ANYWHERE, NOT_RESTRICTED };

static const struct {
    const char *name;
    ap_expr_string_func_t *call;
    enum restriction where;
} functions[] = {
    { "req", req, ANYWHERE },
    { "http", req, ANYWHERE },
    { "req_novary", req_novary, ANYWHERE },
    { "resp", resp, ANYWHERE },
    { "note", note, ANYWHERE },
    { "reqenv", reqenv, ANYWHERE },
    { "v", reqenv, ANYWHERE },
    { "osenv", osenv, ANYWHERE },
    { "env", env, ANYWHERE },
    { "tolower", lower, ANYWHERE },
    { "toupper", upper, ANYWHERE },
    { "escape", escape, ANYWHERE },
    { "unescape", unescape, ANYWHERE },
    { "file", file, NOT_RESTRICTED },
    { "filesize", filesize, NOT_RESTRICTED },
    { "base64", base64, ANYWHERE },
    { "unbase64", unbase64, ANYWHERE },
    { "sha1", sha1, ANYWHERE },
    { "md5", md5, ANYWHERE },
    { "ldap", ldap, ANYWHERE },
};

static bool is_refused(const ap_expr_lookup_parms *parms,
                       enum restriction where)
{
    return where == NOT_RESTRICTED
           && (parms->flags & (AP_EXPR_FLAG_RESTRICTED
                               | AP_EXPR_FLAG_RESTRICTED_FILE_FUNC));
}

bool cl_expr_find_string_function(ap_expr_lookup_parms *parms)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (ap_cstr_casecmp(parms->name, functions[i].name) != 0) {
            continue;
        }
        if (is_refused(parms, functions[i].where)) {
            *parms->err = apr_psprintf(parms->ptemp, "the function \"%s\" "
                "may not be used here: it reads files", functions[i].name);
            return false;
        }
        *parms->func = functions[i].call;
        *parms->data = NULL;
        return true;
    }
    return false;
}
