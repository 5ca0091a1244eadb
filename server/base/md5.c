/* SPDX-License-Identifier: Apache-2.0 */
/* md5.c -- MD5 sums as text, for digest authentication and Content-MD5.
 *
 * Not for secrets: MD5 is broken as a cryptographic hash.
 */
#include "util_md5.h"

#include "base/base.h"

#include <apr_base64.h>

#include <string.h>

AP_DECLARE(char *) ap_md5_binary(apr_pool_t *a, const unsigned char *buf,
                                 int len)
{
    unsigned char digest[APR_MD5_DIGESTSIZE];
    char *text = apr_palloc(a, 2 * sizeof digest + 1);

    apr_md5(digest, buf, (apr_size_t)len);
    ap_bin2hex(digest, sizeof digest, text);
    return text;
}

AP_DECLARE(char *) ap_md5(apr_pool_t *a, const unsigned char *string)
{
    return ap_md5_binary(a, string, (int)strlen((const char *)string));
}

AP_DECLARE(char *) ap_md5contextTo64(apr_pool_t *p, apr_md5_ctx_t *context)
{
    unsigned char digest[APR_MD5_DIGESTSIZE];
    char *text = apr_palloc(p,
        (apr_size_t)apr_base64_encode_len(sizeof digest));

    apr_md5_final(digest, context);
    apr_base64_encode_binary(text, digest, sizeof digest);
    return text;
}

/* The sum of a whole file, which is rewound afterwards. */
AP_DECLARE(char *) ap_md5digest(apr_pool_t *p, apr_file_t *infile)
{
    apr_md5_ctx_t context;
    unsigned char block[4096];
    apr_size_t got = sizeof block;
    apr_off_t start = 0;

    apr_md5_init(&context);
    while (apr_file_read(infile, block, &got) == APR_SUCCESS) {
        apr_md5_update(&context, block, got);
        got = sizeof block;
    }
    apr_file_seek(infile, APR_SET, &start);
    return ap_md5contextTo64(p, &context);
}
