/* SPDX-License-Identifier: Apache-2.0 */
/* pool.c -- cleanups that many owners share. */
#include "http_config.h"

AP_DECLARE(apr_status_t) ap_pool_cleanup_set_null(void *data)
{
    void **pointer = data;

    *pointer = NULL;
    return APR_SUCCESS;
}
