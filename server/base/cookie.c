/* SPDX-License-Identifier: Apache-2.0 */
/* cookie.c -- read, take out and set cookies, for modules that keep sessions.
 *
 * Values are opaque: no quoting, no decoding.  A request may carry several
 * cookie fields, each a list of name=value; when the same name comes with
 * two values nobody can say which is right, so neither is used.
 */
#include "util_cookies.h"

#include "base/base.h"
#include "http_log.h"

#include <apr_strings.h>
#include <apr_tables.h>

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

APLOG_USE_MODULE(core);

/* ---- set ---- */

static void set_cookie(apr_table_t *table, const char *field,
                       const char *cookie, va_list tables)
{
    for (; table; table = va_arg(tables, apr_table_t *)) {
        apr_table_addn(table, field, cookie);
    }
}

static const char *format_cookie(apr_pool_t *p, const char *name,
                                 const char *value, long maxage,
                                 const char *attributes)
{
    const char *age = maxage
        ? apr_psprintf(p, "Max-Age=%ld;", maxage) : "";

    if (!attributes || !*attributes) {
        attributes = DEFAULT_ATTRS;
    }
    return apr_pstrcat(p, name, "=", value ? value : "", ";", age, attributes,
                       NULL);
}

static const char *format_removal(apr_pool_t *p, const char *name,
                                  const char *attributes)
{
    return apr_pstrcat(p, name, "=;Max-Age=0;",
                       attributes ? attributes : CLEAR_ATTRS, NULL);
}

/* Each public function takes the tables to set the cookie in, up to NULL. */
#define SET_IN_TABLES(last_named, field, cookie) \
    do { \
        va_list tables; \
        va_start(tables, last_named); \
        apr_table_t *first = va_arg(tables, apr_table_t *); \
        set_cookie(first, field, cookie, tables); \
        va_end(tables); \
    } while (0)

AP_DECLARE_NONSTD(apr_status_t) ap_cookie_write(request_rec *r,
    const char *name, const char *val, const char *attrs, long maxage, ...)
{
    SET_IN_TABLES(maxage, SET_COOKIE,
                  format_cookie(r->pool, name, val, maxage, attrs));
    return APR_SUCCESS;
}

AP_DECLARE_NONSTD(apr_status_t) ap_cookie_write2(request_rec *r,
    const char *name2, const char *val, const char *attrs2, long maxage, ...)
{
    SET_IN_TABLES(maxage, SET_COOKIE2,
                  format_cookie(r->pool, name2, val, maxage, attrs2));
    return APR_SUCCESS;
}

AP_DECLARE_NONSTD(apr_status_t) ap_cookie_remove(request_rec *r,
    const char *name, const char *attrs, ...)
{
    SET_IN_TABLES(attrs, SET_COOKIE, format_removal(r->pool, name, attrs));
    return APR_SUCCESS;
}

AP_DECLARE_NONSTD(apr_status_t) ap_cookie_remove2(request_rec *r,
    const char *name2, const char *attrs2, ...)
{
    SET_IN_TABLES(attrs2, SET_COOKIE2,
                  format_removal(r->pool, name2, attrs2));
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_cookie_check_string(const char *string)
{
    return !string || !*string || strpbrk(string, "=&;") ? APR_EGENERAL
                                                         : APR_SUCCESS;
}

/* ---- read ---- */

/* One name=value of a field, and the separator before it. */
struct crumb {
    const char *start;
    size_t length;
    char separator;
};

/* The next piece of *FIELD; empty pieces do not count. */
static bool next_crumb(const char **field, struct crumb *crumb)
{
    size_t gap = strspn(*field, ";,");

    crumb->separator = memchr(*field, ';', gap) ? ';' : ',';
    crumb->start = *field + gap;
    crumb->length = strcspn(crumb->start, ";,");
    *field = crumb->start + crumb->length;
    return crumb->length > 0;
}

/* The value when the crumb is a cookie called NAME, else NULL. */
static const char *value_for(const struct crumb *crumb, const char *name,
                             size_t name_length)
{
    const char *start = crumb->start;
    const char *end = start + crumb->length;

    while (start < end && CL_CHAR_IS(*start, CL_CHAR_SPACE)) {
        start++;
    }
    if ((size_t)(end - start) <= name_length || start[name_length] != '='
        || memcmp(start, name, name_length) != 0) {
        return NULL;
    }
    return start + name_length + 1;
}

static bool is_cookie_field(const char *key)
{
    return ap_cstr_casecmp(key, "Cookie") == 0
        || ap_cstr_casecmp(key, "Cookie2") == 0;
}

struct search {
    apr_pool_t *p;
    const char *name;
    size_t name_length;
    const char *value;          /* NULL: not found yet */
};

/* False when FIELD has another value for the name than was found before. */
static bool search_field(struct search *search, const char *field)
{
    struct crumb crumb;

    while (next_crumb(&field, &crumb)) {
        const char *start = value_for(&crumb, search->name,
                                      search->name_length);
        if (!start) {
            continue;
        }
        size_t length = (size_t)(crumb.start + crumb.length - start);
        if (!search->value) {
            search->value = apr_pstrmemdup(search->p, start, length);
        }
        else if (strlen(search->value) != length
                 || memcmp(search->value, start, length) != 0) {
            return false;
        }
    }
    return true;
}

/* RFC 2965's $Version, $Path ... say something about a cookie beside them. */
static bool is_attribute(const struct crumb *crumb)
{
    size_t i = 0;

    while (i < crumb->length && CL_CHAR_IS(crumb->start[i], CL_CHAR_SPACE)) {
        i++;
    }
    return i < crumb->length && crumb->start[i] == '$';
}

/* FIELD without the cookie; NULL when no other cookie is in it. */
static const char *without_cookie(const struct search *search,
                                  const char *field)
{
    char *kept = apr_palloc(search->p, strlen(field) + 1);
    char *out = kept;
    bool has_cookie = false;
    struct crumb crumb;

    while (next_crumb(&field, &crumb)) {
        if (value_for(&crumb, search->name, search->name_length)) {
            continue;
        }
        if (out > kept) {
            *out++ = crumb.separator;
        }
        memcpy(out, crumb.start, crumb.length);
        out += crumb.length;
        has_cookie |= !is_attribute(&crumb);
    }
    *out = '\0';
    return has_cookie ? kept : NULL;
}

/* Rewrite the cookie fields in the same table, whoever holds it. */
static void remove_from(apr_table_t *headers, const struct search *search)
{
    apr_table_t *copy = apr_table_copy(search->p, headers);
    const apr_array_header_t *fields = apr_table_elts(copy);

    apr_table_clear(headers);
    for (int i = 0; i < fields->nelts; i++) {
        const apr_table_entry_t *field =
            &APR_ARRAY_IDX(fields, i, apr_table_entry_t);
        const char *value = field->val;
        if (is_cookie_field(field->key)) {
            value = without_cookie(search, value);
            if (!value) {
                continue;
            }
        }
        apr_table_addn(headers, field->key, value);
    }
}

AP_DECLARE(apr_status_t) ap_cookie_read(request_rec *r, const char *name,
                                        const char **val, int remove)
{
    struct search search = { r->pool, name, strlen(name), NULL };
    const apr_array_header_t *fields = apr_table_elts(r->headers_in);

    for (int i = 0; i < fields->nelts; i++) {
        const apr_table_entry_t *field =
            &APR_ARRAY_IDX(fields, i, apr_table_entry_t);
        if (is_cookie_field(field->key)
            && !search_field(&search, field->val)) {
            ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00011)
                          "could not use cookie \"%s\" of \"%s\": it came "
                          "with different values", name, r->uri);
            return APR_EGENERAL;
        }
    }
    if (remove) {
        remove_from(r->headers_in, &search);
    }
    *val = search.value;
    return APR_SUCCESS;
}
