/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_accept -- a field of the Accept family.  Qualities stay in range and
 * reading comes to an end. */
#include <stdint.h>
#include <stdlib.h>

#include "mappers/negotiation/neg_accept.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *parent;
    apr_array_header_t *list;
    apr_pool_t *p;
    char *field;

    if (!parent) {
        apr_initialize();
        apr_pool_create(&parent, NULL);
    }
    apr_pool_create(&p, parent);
    field = apr_pstrmemdup(p, (const char *)data, size);
    list = negotiation_read_list(p, field);
    for (int i = 0; i < list->nelts; i++) {
        struct range *range = &APR_ARRAY_IDX(list, i, struct range);

        if (range->quality < 0 || range->quality > QUALITY_ONE
            || *range->name == '\0') {
            abort();
        }
    }
    read_permission(p, field);
    apr_pool_destroy(p);
    return 0;
}
