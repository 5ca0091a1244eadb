/* SPDX-License-Identifier: Apache-2.0 */
/* util_md5.h -- MD5 sums as text: for digests of old protocols, not for
 * secrets
 *
 * Results live in the pool.
 */
#ifndef CLEAT_UTIL_MD5_H
#define CLEAT_UTIL_MD5_H

#include "httpd.h"
#include <apr_md5.h>
#include <apr_file_io.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 32 lower-case digits, of a string, of len bytes. */
AP_DECLARE(char *) ap_md5(apr_pool_t *a, const unsigned char *string);
AP_DECLARE(char *) ap_md5_binary(apr_pool_t *a, const unsigned char *buf,
    int len);

/* Ends a context: base64. */
AP_DECLARE(char *) ap_md5contextTo64(apr_pool_t *p, apr_md5_ctx_t *context);

/* Base64 of a file's sum (Content-MD5); the file is rewound. */
AP_DECLARE(char *) ap_md5digest(apr_pool_t *p, apr_file_t *infile);

#ifdef __cplusplus
}
#endif

#endif
