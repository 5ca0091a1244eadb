/* SPDX-License-Identifier: Apache-2.0 */
/* A magic file and a file for it: up to the first NUL the rules, then bytes. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "http_config.h"

#include "metadata/mime_magic/magic_parse.c"
#undef APLOG_USE_MODULE
#define APLOG_USE_MODULE(name) extern module name##_module
#include "metadata/mime_magic/magic_match.c"
#include "metadata/mime_magic/magic_text.c"

module AP_MODULE_DECLARE_DATA mime_magic_module;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *root;
    const uint8_t *end = size > 0 ? memchr(data, '\0', size) : NULL;
    size_t length = end != NULL ? (size_t)(end - data) : size;
    struct magic_rule list[100];
    struct magic_rules rules = { list, 0 };
    struct magic_result result;
    apr_pool_t *pool;
    char *text, *line, *last;

    if (root == NULL) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    apr_pool_create(&pool, root);
    text = apr_pstrmemdup(pool, (const char *)data, length);
    while (rules.count < 100
           && (line = apr_strtok(text, "\n", &last)) != NULL) {
        text = NULL;
        if (magic_parse_line(pool, line, &list[rules.count]) == NULL) {
            rules.count++;
        }
    }
    magic_match_rules(pool, &rules, data + length, size - length, &result);
    magic_guess_text(data + length, size - length);
    apr_pool_destroy(pool);
    return 0;
}
