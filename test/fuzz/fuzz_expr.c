/* SPDX-License-Identifier: Apache-2.0 */
/* Any text given as an expression: parsed, or refused with a sentence. */
#include <stddef.h>
#include <stdint.h>

#include "expr/parser.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *root;
    ap_expr_info_t info = { 0 };
    apr_pool_t *pool;
    const char *wrong;

    if (root == NULL) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    apr_pool_create(&pool, root);
    info.flags = size > 0 && data[0] & 1 ? AP_EXPR_FLAG_STRING_RESULT : 0;
    wrong = ap_expr_parse(pool, pool, &info,
                          apr_pstrmemdup(pool, (const char *)data, size),
                          ap_expr_lookup_default);
    if (wrong == NULL && info.root_node == NULL) {
        __builtin_trap();
    }
    apr_pool_destroy(pool);
    return 0;
}
