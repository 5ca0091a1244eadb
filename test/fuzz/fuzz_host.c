/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_host.c -- Host fields, strict and lax.  First byte: which rules.
 * Whatever is accepted must be safe as a file name and as part of a URL.
 */
#include "vhost/host.c"

#include <stdlib.h>

#include <apr_general.h>

static void check(const char *name, enum cl_host_rules rules)
{
    if (name == NULL || *name == '\0' || strchr(name, '/')
        || strchr(name, '\\') || strstr(name, "..")) {
        abort();
    }
    for (; *name; name++) {
        if (apr_isupper(*name)
            || (rules == CL_HOST_STRICT && !apr_isalnum(*name)
                && !strchr("-_.:", *name))) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *pool;
    enum cl_host_rules rules;
    struct cl_host host;
    const char *name, *text;

    if (pool == NULL) {
        apr_initialize();
        apr_pool_create(&pool, NULL);
    }
    if (size == 0) {
        return 0;
    }
    rules = data[0] & 1 ? CL_HOST_LAX : CL_HOST_STRICT;
    text = apr_pstrmemdup(pool, (const char *)data + 1, size - 1);
    if (cl_vhost_parse_host(pool, text, rules, &host) == NULL) {
        check(host.name, rules);
    }
    if (cl_vhost_check_name(pool, text, rules, &name) == NULL) {
        check(name, rules);
    }
    apr_pool_clear(pool);
    return 0;
}
