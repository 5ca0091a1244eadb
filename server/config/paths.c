/* SPDX-License-Identifier: Apache-2.0 */
/* paths.c -- names in directives, relative to ServerRoot or to the runtime
 * directory. */
#include "config/config.h"

#include "ap_config_layout.h"
#include "http_main.h"

/* NULL when no path can be made of it; the file need not exist. */
static char *join(apr_pool_t *p, const char *root, const char *fname)
{
    char *path = NULL;
    apr_status_t rv = apr_filepath_merge(&path, root, fname,
                                         APR_FILEPATH_TRUENAME, p);

    if (rv == APR_SUCCESS || APR_STATUS_IS_EPATHWILD(rv)
        || APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv)) {
        return path;
    }
    return NULL;
}

AP_DECLARE(char *) ap_server_root_relative(apr_pool_t *p, const char *fname)
{
    return join(p, ap_server_root, fname);
}

AP_DECLARE(char *) ap_runtime_dir_relative(apr_pool_t *p, const char *fname)
{
    const char *root = ap_runtime_dir;

    if (root == NULL) {
        root = ap_server_root_relative(p, DEFAULT_REL_RUNTIMEDIR);
    }
    return join(p, root, fname);
}
