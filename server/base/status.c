/* SPDX-License-Identifier: Apache-2.0 */
/* status.c -- translate why the system refused into what the client is told.
 *
 * The border between the apr_status_t dialect and the HTTP one; used where a
 * handler meets a file.  Bodies use ap_map_http_request_error() instead.
 */
#include "base/base.h"

#include <apr_errno.h>

#include <errno.h>

int cl_status_from_apr(apr_status_t rv)
{
    if (rv == APR_SUCCESS) {
        return OK;
    }
    if (APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv)) {
        return HTTP_NOT_FOUND;
    }
    if (APR_STATUS_IS_EACCES(rv) || rv == EPERM || rv == ELOOP
        || rv == EROFS || APR_STATUS_IS_ENAMETOOLONG(rv)) {
        return HTTP_FORBIDDEN;
    }
    if (APR_STATUS_IS_ENOSPC(rv) || rv == EDQUOT) {
        return HTTP_INSUFFICIENT_STORAGE;
    }
    if (APR_STATUS_IS_TIMEUP(rv)) {
        return HTTP_REQUEST_TIME_OUT;
    }
    if (rv == EFBIG) {
        return HTTP_REQUEST_ENTITY_TOO_LARGE;
    }
    if (APR_STATUS_IS_EMFILE(rv) || rv == ENFILE
        || APR_STATUS_IS_ENOMEM(rv)) {
        return HTTP_SERVICE_UNAVAILABLE;
    }
    return HTTP_INTERNAL_SERVER_ERROR;
}
