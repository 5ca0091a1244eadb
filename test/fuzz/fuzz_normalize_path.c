/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_normalize_path.c -- a good normal path has no dot segments left, and
 * normalizing it again changes nothing. */
#include "base/base.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int has_dot_segment(const char *path)
{
    for (const char *s = path; *s; s++) {
        int starts = s == path || s[-1] == '/';
        size_t length = strcspn(s, "/");
        if (starts && ((length == 1 && s[0] == '.')
                       || (length == 2 && s[0] == '.' && s[1] == '.'))) {
            return 1;
        }
    }
    return 0;
}

static void check(const char *text, unsigned flags)
{
    char *path = strdup(text);
    int good = ap_normalize_path(path, flags);

    if (strlen(path) > strlen(text)) {
        abort();
    }
    if (good && strcmp(path, "*") != 0) {
        if (has_dot_segment(path)
            || (flags & AP_NORMALIZE_MERGE_SLASHES && strstr(path, "//"))) {
            abort();
        }
        char *again = strdup(path);
        /* A decoded path may hold what looks like an escape: leave that. */
        ap_normalize_path(again, flags & ~AP_NORMALIZE_DECODE_UNRESERVED);
        if (strcmp(again, path) != 0) {
            abort();
        }
        free(again);
    }
    free(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);

    memcpy(text, data, size);
    text[size] = '\0';
    for (unsigned flags = 0; flags < 16; flags++) {
        check(text, flags);
    }
    ap_no2slash(text);
    ap_getparents(text);
    free(text);
    return 0;
}
