/* SPDX-License-Identifier: Apache-2.0 */
/* fields.c -- response fields: which may go out, one Vary with each name
 * once, and the header section as a block of bytes.
 */
#include "http/http.h"

#include "http_log.h"

APLOG_USE_MODULE(http);

/* RFC 9110 section 5.5: no control characters but the tab, or the value could
 * end the field and begin another (response splitting). */
static bool is_clean_value(const char *s)
{
    unsigned char c;

    while ((c = (unsigned char)*s++) != '\0') {
        if ((c < ' ' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_clean_name(const char *name)
{
    return *name && !*ap_scan_http_token(name);
}

bool cl_http_fields_are_clean(request_rec *r, const apr_table_t *fields)
{
    const apr_array_header_t *elts = apr_table_elts(fields);
    const apr_table_entry_t *field = (const apr_table_entry_t *)elts->elts;

    for (int i = 0; i < elts->nelts; i++) {
        if (!is_clean_name(field[i].key)) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02429)
                          "could not send response field \"%s\": its name is "
                          "no token; correct the script or module that "
                          "made it", ap_escape_logitem(r->pool, field[i].key));
            return false;
        }
        if (!is_clean_value(field[i].val)) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(02430)
                          "could not send response field \"%s\": control "
                          "characters in its value \"%s\"; correct the script "
                          "or module that made it", field[i].key,
                          ap_escape_logitem(r->pool, field[i].val));
            return false;
        }
    }
    return true;
}

/* ---- Vary ---- */

static bool is_listed(const apr_array_header_t *names, const char *name)
{
    for (int i = 0; i < names->nelts; i++) {
        if (ap_cstr_casecmp(APR_ARRAY_IDX(names, i, const char *), name)
            == 0) {
            return true;
        }
    }
    return false;
}

static int collect_names(void *list, const char *, const char *value)
{
    apr_array_header_t *names = list;

    while (*value) {
        const char *name;
        size_t len;

        value += strspn(value, ", \t");
        len = strcspn(value, ", \t");
        if (len == 0) {
            break;
        }
        name = apr_pstrmemdup(names->pool, value, len);
        if (!is_listed(names, name)) {
            APR_ARRAY_PUSH(names, const char *) = name;
        }
        value += len;
    }
    return 1;
}

void cl_http_unify_vary(request_rec *r)
{
    apr_array_header_t *names;

    if (!apr_table_get(r->headers_out, "Vary")) {
        return;
    }
    names = apr_array_make(r->pool, 5, sizeof(const char *));
    apr_table_do(collect_names, names, r->headers_out, "Vary", NULL);
    if (names->nelts > 0) {
        apr_table_setn(r->headers_out, "Vary",
                       apr_array_pstrcat(r->pool, names, ','));
    }
}

/* ---- the block ---- */

apr_size_t cl_http_fields_size(const apr_table_t *fields)
{
    const apr_array_header_t *elts = apr_table_elts(fields);
    const apr_table_entry_t *field = (const apr_table_entry_t *)elts->elts;
    apr_size_t size = 0;

    for (int i = 0; i < elts->nelts; i++) {
        size += strlen(field[i].key) + strlen(field[i].val) + 4;
    }
    return size;
}

char *cl_http_put_field(char *to, const char *name, const char *value)
{
    to = stpcpy(to, name);
    *to++ = ':';
    *to++ = ' ';
    to = stpcpy(to, value);
    *to++ = '\r';
    *to++ = '\n';
    return to;
}

char *cl_http_put_fields(char *to, const apr_table_t *fields)
{
    const apr_array_header_t *elts = apr_table_elts(fields);
    const apr_table_entry_t *field = (const apr_table_entry_t *)elts->elts;

    for (int i = 0; i < elts->nelts; i++) {
        to = cl_http_put_field(to, field[i].key, field[i].val);
    }
    return to;
}
