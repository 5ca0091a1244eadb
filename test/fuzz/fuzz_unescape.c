/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_unescape.c -- unescaping in place never grows and never reads on. */
#include "base/base.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static char *copy_of(const uint8_t *data, size_t size)
{
    char *copy = malloc(size + 1);

    memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (unsigned flags = 0; flags < 9; flags++) {
        char *text = copy_of(data, size);
        size_t before = strlen(text);
        int status = flags < 8 ? ap_unescape_url_ex(text, flags)
                               : ap_unescape_urlencoded(text);
        if (strlen(text) > before
            || (status != OK && status != HTTP_BAD_REQUEST
                && status != HTTP_NOT_FOUND)) {
            abort();
        }
        free(text);
    }
    return 0;
}
