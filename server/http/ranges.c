/* SPDX-License-Identifier: Apache-2.0 */
/* ranges.c -- parse a Range field, coalesce, keep the limits.
 *
 * A field that is not well formed, or asks for more than the limits allow, is
 * ignored as a whole: the client gets everything.  Ranges beyond the end are
 * left out; if none remains the answer is 416 (RFC 9110 section 14.2).
 */
#include "http/http.h"

#include "http_core.h"

#include "http/ranges.h"

#include <stdlib.h>

enum {
    DEFAULT_MAX_RANGES = 200,
    DEFAULT_MAX_OVERLAPS = 20,
    DEFAULT_MAX_REVERSALS = 20
};

/* ---- limits ---- */

static int settle(int configured, int fallback)
{
    switch (configured) {
    case AP_MAXRANGES_UNSET:
    case AP_MAXRANGES_DEFAULT:
        return fallback;
    case AP_MAXRANGES_UNLIMITED:
        return INT_MAX;
    default:
        return configured;
    }
}

void cl_http_range_limits(const request_rec *r, struct cl_range_limits *limits)
{
    const core_dir_config *conf =
        ap_get_core_module_config(r->per_dir_config);

    limits->ranges = settle(conf->max_ranges, DEFAULT_MAX_RANGES);
    limits->overlaps = settle(conf->max_overlaps, DEFAULT_MAX_OVERLAPS);
    limits->reversals = settle(conf->max_reversals, DEFAULT_MAX_REVERSALS);
}

/* ---- grammar ---- */

/* Digits into *value; false when there are none or too many. */
static bool take_number(const char **p, apr_off_t *value)
{
    const apr_off_t max = APR_INT64_MAX;
    const char *start = *p;

    *value = 0;
    while (apr_isdigit(**p)) {
        int digit = **p - '0';

        if (*value > (max - digit) / 10) {
            return false;
        }
        *value = *value * 10 + digit;
        ++*p;
    }
    return *p != start;
}

enum item { ITEM_BAD, ITEM_BEYOND, ITEM_GOOD };

/* "first-last", "first-" or "-suffix"; *p is left at what follows. */
static enum item take_item(const char **p, apr_off_t length,
                           struct cl_range *range)
{
    apr_off_t suffix;

    if (**p == '-') {
        ++*p;
        if (!take_number(p, &suffix) || suffix == 0) {
            return ITEM_BAD;
        }
        range->first = suffix < length ? length - suffix : 0;
        range->last = length - 1;
        return length > 0 ? ITEM_GOOD : ITEM_BEYOND;
    }
    if (!take_number(p, &range->first) || **p != '-') {
        return ITEM_BAD;
    }
    ++*p;
    range->last = length - 1;
    if (apr_isdigit(**p)) {
        apr_off_t last;

        if (!take_number(p, &last) || last < range->first) {
            return ITEM_BAD;
        }
        if (last < length) {
            range->last = last;
        }
    }
    return range->first < length ? ITEM_GOOD : ITEM_BEYOND;
}

/* RFC 9110 section 5.6.1: a list may have empty elements and white space
 * around its commas. */
static const char *skip_separators(const char *p)
{
    return p + strspn(p, ", \t");
}

/* ---- coalescing ---- */

static bool touches(const struct cl_range *a, const struct cl_range *b)
{
    return b->first <= a->last + 1 && b->last + 1 >= a->first;
}

/* Add a range to the list, or to its last one if they touch.  False when a
 * limit is passed: a client that wants the same bytes over and over, or
 * backwards, is out for our memory and not for data. */
static bool add_range(apr_array_header_t *list, const struct cl_range *range,
                      struct cl_range_limits *left)
{
    struct cl_range *tail = list->nelts
        ? &APR_ARRAY_IDX(list, list->nelts - 1, struct cl_range) : NULL;

    if (!tail || !touches(tail, range)) {
        APR_ARRAY_PUSH(list, struct cl_range) = *range;
        return true;
    }
    if (left->overlaps-- <= 0) {
        return false;
    }
    if (range->first < tail->first) {
        if (left->reversals-- <= 0) {
            return false;
        }
        tail->first = range->first;
    }
    if (range->last > tail->last) {
        tail->last = range->last;
    }
    return true;
}

enum cl_range_answer cl_http_parse_ranges(apr_pool_t *p, const char *field,
                                          apr_off_t length,
                                          struct cl_range_limits limits,
                                          apr_array_header_t **ranges)
{
    apr_array_header_t *list;
    const char *at = field;

    if (ap_cstr_casecmpn(at, "bytes=", 6) != 0) {
        return CL_RANGE_IGNORE;         /* a unit we do not know */
    }
    list = apr_array_make(p, 4, sizeof(struct cl_range));
    at = skip_separators(at + 6);
    if (!*at) {
        return CL_RANGE_IGNORE;
    }
    while (*at) {
        struct cl_range range;
        enum item item = take_item(&at, length, &range);

        at += strspn(at, " \t");
        if (item == ITEM_BAD || limits.ranges-- <= 0
            || (*at && *at != ',')) {
            return CL_RANGE_IGNORE;
        }
        if (item == ITEM_GOOD && !add_range(list, &range, &limits)) {
            return CL_RANGE_IGNORE;
        }
        at = skip_separators(at);
    }
    *ranges = list;
    return list->nelts ? CL_RANGE_OK : CL_RANGE_BEYOND;
}

/* ---- directives ---- */

static const char *set_limit(cmd_parms *cmd, int *slot, const char *arg)
{
    char *end;
    long n;

    if (ap_cstr_casecmp(arg, "none") == 0) {
        *slot = AP_MAXRANGES_NORANGES;
    }
    else if (ap_cstr_casecmp(arg, "default") == 0) {
        *slot = AP_MAXRANGES_DEFAULT;
    }
    else if (ap_cstr_casecmp(arg, "unlimited") == 0) {
        *slot = AP_MAXRANGES_UNLIMITED;
    }
    else {
        n = strtol(arg, &end, 10);
        if (*end || end == arg || n < 1 || n > INT_MAX) {
            return apr_psprintf(cmd->pool, "%s needs none, default, unlimited "
                                "or a number above 0, not \"%s\"",
                                cmd->cmd->name, arg);
        }
        *slot = (int)n;
    }
    return NULL;
}

const char *cl_set_max_ranges(cmd_parms *cmd, void *dir, const char *arg)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->max_ranges, arg);
}

const char *cl_set_max_range_overlaps(cmd_parms *cmd, void *dir,
                                      const char *arg)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->max_overlaps, arg);
}

const char *cl_set_max_range_reversals(cmd_parms *cmd, void *dir,
                                       const char *arg)
{
    core_dir_config *conf = dir;

    return set_limit(cmd, &conf->max_reversals, arg);
}
