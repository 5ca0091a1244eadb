/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_form.c -- form data in pieces of any size.  The first byte of the
 * input says how long the pieces are; bounds are never exceeded. */
#include "base/form.c"

#include <apr_general.h>

#include <stdint.h>
#include <stdlib.h>

#define MOST_PAIRS 20
#define MOST_BYTES 500

static void feed(struct form *form, const uint8_t *data, size_t size,
                 size_t piece)
{
    while (size) {
        size_t n = size < piece ? size : piece;
        for (size_t i = 0; i < n && !form->is_full; i++) {
            take(form, (char)data[i]);
        }
        data += n;
        size -= n;
    }
    if (!form->is_full) {
        end_pair(form);
    }
}

static void check_bounds(const struct form *form)
{
    apr_off_t total = 0;

    for (int i = 0; i < form->pairs->nelts; i++) {
        const ap_form_pair_t *pair =
            &APR_ARRAY_IDX(form->pairs, i, ap_form_pair_t);
        apr_off_t length;
        apr_brigade_length(pair->value, 1, &length);
        total += length + (apr_off_t)strlen(pair->name);
    }
    if (total > MOST_BYTES || form->pairs->nelts > MOST_PAIRS) {
        abort();
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
    if (size < 1) {
        return 0;
    }
    apr_pool_create(&p, root);
    request_rec *r = apr_pcalloc(p, sizeof *r);
    r->pool = p;
    r->connection = apr_pcalloc(p, sizeof *r->connection);
    r->connection->bucket_alloc = apr_bucket_alloc_create(p);
    struct form *form = apr_palloc(p, sizeof *form);
    *form = (struct form){
        .r = r, .pairs = apr_array_make(p, 1, sizeof(ap_form_pair_t)),
        .pairs_left = MOST_PAIRS, .bytes_left = MOST_BYTES
    };
    feed(form, data + 1, size - 1, data[0] + 1u);
    check_bounds(form);
    apr_pool_destroy(p);
    return 0;
}
