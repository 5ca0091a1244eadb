/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_basic_auth.c -- any bytes a client can put into Authorization. */
#include "http_config.h"
#include "http_core.h"
#include "http_protocol.h"
#include "state.h"

#include <stdint.h>

static apr_pool_t *root;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    request_rec r = { 0 };
    const char *user = NULL;
    const char *password = NULL;

    if (!root) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    apr_pool_create(&r.pool, root);
    r.headers_in = apr_table_make(r.pool, 1);
    apr_table_setn(r.headers_in, "Authorization",
                   apr_pstrmemdup(r.pool, (const char *)data, size));
    if (ap_get_basic_auth_components(&r, &user, &password) == APR_SUCCESS
        && (!user || !password || strchr(user, ':'))) {
        __builtin_trap();
    }
    apr_pool_destroy(r.pool);
    return 0;
}
