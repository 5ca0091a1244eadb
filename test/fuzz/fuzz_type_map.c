/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_type_map -- a type map, which users may write.  Bodies lie inside it
 * and there is never a choice that is not in the list. */
#include <stdint.h>
#include <stdlib.h>

#include "mappers/negotiation/neg_accept.c"
#include "mappers/negotiation/neg_variants.c"
#undef APLOG_USE_MODULE
#define APLOG_USE_MODULE(name) extern module name##_module
#include "mappers/negotiation/neg_map.c"

module AP_MODULE_DECLARE_DATA negotiation_module;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *parent;
    server_rec server = { .log = { .level = APLOG_EMERG } };
    conn_rec connection = { .base_server = &server };
    request_rec r = { .server = &server, .connection = &connection };
    struct variant_set *set;

    if (!parent) {
        apr_initialize();
        apr_pool_create(&parent, NULL);
    }
    apr_pool_create(&r.pool, parent);
    connection.pool = r.pool;
    r.headers_in = apr_table_make(r.pool, 1);
    set = negotiation_make_set(&r);
    set->map = "/map.var";
    negotiation_parse_map(set, apr_pstrmemdup(r.pool, (const char *)data,
                                              size));
    for (int i = 0; i < set->variants->nelts; i++) {
        struct variant *variant = &APR_ARRAY_IDX(set->variants, i,
                                                 struct variant);

        if (*variant->name == '\0'
            || (variant->body >= 0 && variant->body > (apr_off_t)size)) {
            abort();
        }
    }
    apr_pool_destroy(r.pool);
    return 0;
}
