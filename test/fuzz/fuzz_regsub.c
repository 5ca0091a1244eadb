/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_regsub.c -- input: pattern, NUL, replacement, NUL, subject.  What is
 * measured is what is written, by all three functions. */
#include "base/base.h"
#include "util_varbuf.h"

#include <apr_general.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void substitute(apr_pool_t *p, const char *pattern, const char *text,
                       const char *subject)
{
    ap_regmatch_t group[AP_MAX_REG_MATCH];
    ap_regex_t *regex = ap_pregcomp(p, pattern, 0);
    struct ap_varbuf vb;
    char *limited;

    if (!regex
        || ap_regexec(regex, subject, AP_MAX_REG_MATCH, group, 0) != 0) {
        return;
    }
    char *plain = ap_pregsub(p, text, subject, AP_MAX_REG_MATCH, group);
    ap_varbuf_init(p, &vb, 0);
    if (ap_varbuf_regsub(&vb, text, subject, AP_MAX_REG_MATCH, group, 0)
            != APR_SUCCESS
        || strcmp(vb.buf, plain) != 0 || vb.strlen != strlen(plain)) {
        abort();
    }
    ap_varbuf_free(&vb);
    if (ap_pregsub_ex(p, &limited, text, subject, AP_MAX_REG_MATCH, group, 8)
            == APR_SUCCESS && strlen(limited) >= 8) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *root;
    apr_pool_t *p;
    char *result = NULL;

    if (!root) {
        apr_initialize();
        apr_pool_create(&root, NULL);
    }
    if (size > 300) {
        return 0;
    }
    char *input = calloc(1, size + 3);
    memcpy(input, data, size);
    const char *text = input + strlen(input) + 1;
    const char *subject = text + strlen(text) + 1;
    if (subject > input + size + 2) {
        subject = "";
    }
    apr_pool_create(&p, root);
    substitute(p, input, text, subject);
    ap_rxplus_t *rx = ap_rxplus_compile(p, input);
    if (rx) {
        ap_rxplus_exec(p, rx, subject, &result);
        ap_rxplus_pmatch(p, rx, 0);
    }
    apr_pool_destroy(p);
    free(input);
    return 0;
}
