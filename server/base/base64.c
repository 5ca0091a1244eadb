/* SPDX-License-Identifier: Apache-2.0 */
/* base64.c -- base64 of strings, results on a pool. */
#include "base/base.h"

#include <apr_base64.h>

#include <string.h>

AP_DECLARE(char *) ap_pbase64decode(apr_pool_t *p, const char *bufcoded)
{
    int size = apr_base64_decode_len(bufcoded) + 1;
    char *plain = apr_palloc(p, (apr_size_t)size);

    plain[apr_base64_decode(plain, bufcoded)] = '\0';
    return plain;
}

AP_DECLARE(char *) ap_pbase64encode(apr_pool_t *p, char *string)
{
    int length = (int)strlen(string);
    int size = apr_base64_encode_len(length) + 1;
    char *coded = apr_palloc(p, (apr_size_t)size);

    coded[apr_base64_encode(coded, string, length)] = '\0';
    return coded;
}
