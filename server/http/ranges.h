/* SPDX-License-Identifier: Apache-2.0 */
/* ranges.h -- a parsed Range field, between ranges.c and range_filter.c. */
#ifndef CLEAT_HTTP_RANGES_H
#define CLEAT_HTTP_RANGES_H

#include "httpd.h"

struct cl_range {
    apr_off_t first, last;      /* both inside the representation */
};

struct cl_range_limits {
    int ranges;                 /* asked for, before coalescing */
    int overlaps;               /* ranges that touch the one before */
    int reversals;              /* of these, those that begin earlier */
};

enum cl_range_answer {
    CL_RANGE_IGNORE,            /* send everything */
    CL_RANGE_BEYOND,            /* 416 */
    CL_RANGE_OK                 /* send *ranges, an array of cl_range */
};

void cl_http_range_limits(const request_rec *r,
                          struct cl_range_limits *limits);

/* Parse field for a representation of length bytes.  Ranges stay in the order
 * asked for; those that touch their predecessor are joined with it. */
enum cl_range_answer cl_http_parse_ranges(apr_pool_t *p, const char *field,
                                          apr_off_t length,
                                          struct cl_range_limits limits,
                                          apr_array_header_t **ranges);

#endif
