/* SPDX-License-Identifier: Apache-2.0 */
/* conditions.c -- conditional requests (RFC 9110 section 13): one function
 * for each field, and one decision in the order of section 13.2.2.
 *
 * The functions compare the request's fields with a table of response fields
 * (caches bring their own); with a date they also say how far it can be
 * trusted: a thing modified less than a minute before the request could have
 * changed again within the same second.
 */
#include "http/http.h"

#include <apr_date.h>

enum { DATE_IS_WEAK_FOR = 60 };         /* seconds after a change */

static apr_int64_t last_modified(const request_rec *r, apr_table_t *headers)
{
    const char *field = apr_table_get(headers, "Last-Modified");
    apr_time_t mtime = APR_DATE_BAD;

    if (field) {
        mtime = apr_date_parse_http(field);
    }
    if (mtime == APR_DATE_BAD) {
        mtime = r->mtime ? r->mtime : r->request_time;
    }
    return apr_time_sec(mtime);
}

/* The date that the response carries, in seconds. */
static apr_int64_t response_date(const request_rec *r, apr_table_t *headers)
{
    const char *field = apr_table_get(headers, "Date");
    apr_time_t date = field ? apr_date_parse_http(field) : APR_DATE_BAD;

    return apr_time_sec(date == APR_DATE_BAD ? r->request_time : date);
}

static ap_condition_e date_strength(apr_int64_t mtime, apr_int64_t date)
{
    return date < mtime + DATE_IS_WEAK_FOR ? AP_CONDITION_WEAK
                                           : AP_CONDITION_STRONG;
}

static bool is_star(const char *list)
{
    return list[strspn(list, " \t")] == '*';
}

AP_DECLARE(ap_condition_e) ap_condition_if_match(request_rec *r,
    apr_table_t *headers)
{
    const char *list = apr_table_get(r->headers_in, "If-Match");
    const char *etag;

    if (!list) {
        return AP_CONDITION_NONE;
    }
    etag = apr_table_get(headers, "ETag");
    if (is_star(list)
        || (etag && ap_find_etag_strong(r->pool, list, etag))) {
        return AP_CONDITION_STRONG;
    }
    return AP_CONDITION_NOMATCH;
}

AP_DECLARE(ap_condition_e) ap_condition_if_unmodified_since(request_rec *r,
    apr_table_t *headers)
{
    const char *field = apr_table_get(r->headers_in, "If-Unmodified-Since");
    apr_time_t since;
    apr_int64_t mtime;

    if (!field) {
        return AP_CONDITION_NONE;
    }
    since = apr_date_parse_http(field);
    if (since == APR_DATE_BAD) {
        return AP_CONDITION_NONE;       /* section 13.1.4: ignore it */
    }
    mtime = last_modified(r, headers);
    if (mtime > apr_time_sec(since)) {
        return AP_CONDITION_NOMATCH;
    }
    return date_strength(mtime, response_date(r, headers));
}

AP_DECLARE(ap_condition_e) ap_condition_if_none_match(request_rec *r,
    apr_table_t *headers)
{
    const char *list = apr_table_get(r->headers_in, "If-None-Match");
    const char *etag;

    if (!list) {
        return AP_CONDITION_NONE;
    }
    if (is_star(list)) {
        return AP_CONDITION_STRONG;
    }
    etag = apr_table_get(headers, "ETag");
    if (!etag) {
        return AP_CONDITION_NOMATCH;
    }
    if (ap_find_etag_strong(r->pool, list, etag)) {
        return AP_CONDITION_STRONG;
    }
    /* section 13.1.2: the weak comparison decides */
    return ap_find_etag_weak(r->pool, list, etag) ? AP_CONDITION_WEAK
                                                  : AP_CONDITION_NOMATCH;
}

AP_DECLARE(ap_condition_e) ap_condition_if_modified_since(request_rec *r,
    apr_table_t *headers)
{
    const char *field = apr_table_get(r->headers_in, "If-Modified-Since");
    apr_int64_t mtime, date, since;
    apr_time_t parsed;

    if (!field) {
        return AP_CONDITION_NONE;
    }
    parsed = apr_date_parse_http(field);
    if (parsed == APR_DATE_BAD) {
        return AP_CONDITION_NONE;       /* section 13.1.3: ignore it */
    }
    since = apr_time_sec(parsed);
    mtime = last_modified(r, headers);
    date = response_date(r, headers);
    if (since < mtime || since > apr_time_sec(r->request_time)) {
        return AP_CONDITION_NOMATCH;    /* newer, or a date yet to come */
    }
    return date_strength(mtime, date);
}

AP_DECLARE(ap_condition_e) ap_condition_if_range(request_rec *r,
    apr_table_t *headers)
{
    const char *field = apr_table_get(r->headers_in, "If-Range");
    const char *etag;
    apr_int64_t mtime;
    apr_time_t since;

    if (!field || !apr_table_get(r->headers_in, "Range")) {
        return AP_CONDITION_NONE;
    }
    if (field[0] == '"') {
        etag = apr_table_get(headers, "ETag");
        return etag && strcmp(field, etag) == 0 ? AP_CONDITION_STRONG
                                                : AP_CONDITION_NOMATCH;
    }
    since = apr_date_parse_http(field);
    mtime = last_modified(r, headers);
    if (since == APR_DATE_BAD || apr_time_sec(since) != mtime) {
        return AP_CONDITION_NOMATCH;    /* a weak tag comes here, too */
    }
    return date_strength(mtime, response_date(r, headers));
}

AP_DECLARE(int) ap_meets_conditions(request_rec *r)
{
    bool is_get = r->method_number == M_GET;        /* HEAD as well */
    ap_condition_e found;

    /* section 13.2.1: only a request that would succeed is conditional; a
     * sub-request's part of the answer is none of its own */
    if (!ap_is_HTTP_SUCCESS(r->status) || r->no_local_copy || r->main) {
        return OK;
    }
    found = ap_condition_if_match(r, r->headers_out);
    if (found == AP_CONDITION_NONE) {
        found = ap_condition_if_unmodified_since(r, r->headers_out);
    }
    if (found == AP_CONDITION_NOMATCH) {
        return HTTP_PRECONDITION_FAILED;
    }
    found = ap_condition_if_none_match(r, r->headers_out);
    if (found >= AP_CONDITION_WEAK) {
        return is_get ? HTTP_NOT_MODIFIED : HTTP_PRECONDITION_FAILED;
    }
    if (found == AP_CONDITION_NONE && is_get
        && ap_condition_if_modified_since(r, r->headers_out)
           >= AP_CONDITION_WEAK) {
        return HTTP_NOT_MODIFIED;
    }
    return OK;
}
