/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_token_list.c -- list functions end, stay within the line, and find
 * the items they return. */
#include "base/base.h"

#include <apr_general.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void walk_items(apr_pool_t *p, const char *line)
{
    const char *rest = line;
    char *item;

    while ((item = ap_get_list_item(p, &rest))) {
        if (!ap_find_list_item(p, line, item)) {
            abort();
        }
    }
    if (*rest) {
        abort();
    }
}

static void walk_words(apr_pool_t *p, const char *line)
{
    for (const char *rest = line; *rest;) {
        const char *before = rest;
        ap_get_token(p, &rest, line[0] & 1);
        if (*rest) {                    /* the separator is the caller's */
            rest += rest == before || *rest == ',' || *rest == ';';
        }
    }
    for (const char *rest = line; *rest;) {
        ap_getword_white(p, &rest);
    }
    for (const char *rest = line; *rest;) {
        ap_getword(p, &rest, ',');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *root;
    apr_pool_t *p;

    if (!root) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    if (size > 2000) {
        return 0;
    }
    apr_pool_create(&p, root);
    char *line = malloc(size + 1);
    memcpy(line, data, size);
    line[size] = '\0';
    walk_items(p, line);
    walk_words(p, line);
    for (int skip = 0; skip < 2; skip++) {
        apr_array_header_t *tokens = NULL;
        ap_parse_token_list_strict(p, line, &tokens, skip);
        for (int i = 0; tokens && i < tokens->nelts; i++) {
            const char *token = APR_ARRAY_IDX(tokens, i, const char *);
            if (!*token || *ap_scan_http_token(token)
                || !ap_find_token(p, line, token)) {
                abort();
            }
        }
    }
    ap_find_etag_strong(p, line, line);
    ap_find_etag_weak(p, line, "W/\"a\"");
    ap_find_last_token(p, line, "chunked");
    ap_is_chunked(p, line);
    ap_field_noparam(p, line);
    free(line);
    apr_pool_destroy(p);
    return 0;
}
