/* SPDX-License-Identifier: Apache-2.0 */
/* retained.c -- data that outlives pconf: one named block of zeroed memory,
 * kept until the process ends. */
#include "config/config.h"

#include "http_main.h"

#include <apr_strings.h>

AP_DECLARE(void *) ap_retained_data_get(const char *key)
{
    void *data = NULL;

    apr_pool_userdata_get(&data, key, ap_pglobal);
    return data;
}

/* The key is copied: it may be in a module that is going to be unloaded. */
AP_DECLARE(void *) ap_retained_data_create(const char *key, apr_size_t size)
{
    void *data = apr_pcalloc(ap_pglobal, size);

    apr_pool_userdata_set(data, apr_pstrdup(ap_pglobal, key),
                          apr_pool_cleanup_null, ap_pglobal);
    return data;
}
