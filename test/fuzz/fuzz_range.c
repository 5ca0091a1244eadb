/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_range -- a Range field and, in the first two bytes, the length of the
 * body.  Whatever is accepted must lie inside the body and stay in order. */
#include <stdint.h>
#include <stdlib.h>

#include "http/ranges.h"

#include <apr_strings.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *parent;
    struct cl_range_limits limits = { 200, 20, 20 };
    apr_array_header_t *ranges = NULL;
    apr_off_t length;
    apr_pool_t *p;

    if (size < 2) {
        return 0;
    }
    if (!parent) {
        apr_initialize();
        apr_pool_create(&parent, NULL);
    }
    apr_pool_create(&p, parent);
    length = data[0] << 8 | data[1];
    if (cl_http_parse_ranges(p, apr_pstrmemdup(p, (const char *)data + 2,
                                               size - 2),
                             length, limits, &ranges) == CL_RANGE_OK) {
        for (int i = 0; i < ranges->nelts; i++) {
            struct cl_range *range = &APR_ARRAY_IDX(ranges, i,
                                                    struct cl_range);

            if (range->first < 0 || range->first > range->last
                || range->last >= length) {
                abort();
            }
        }
    }
    apr_pool_destroy(p);
    return 0;
}
