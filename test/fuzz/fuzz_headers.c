/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_headers.c -- header sections.  The two ways of reading must agree:
 * what the whole scan takes, reading by line takes with the same table; and
 * no accepted name or value may hold what could split a message.
 */
#include "http/headers.c"

#include "../unit/server/http/reader_fixture.h"

enum { MAX = 20, LONGEST = 200 };

static int check_row(void *other, const char *name, const char *value)
{
    if (!*name || strpbrk(name, " \t\r\n:") || strpbrk(value, "\r\n")) {
        abort();
    }
    if (other) {
        const char *twin = apr_table_get(other, name);

        if (!twin || strcmp(twin, value) != 0) {
            abort();
        }
    }
    return 1;
}

static struct reader *make(char conformance)
{
    struct reader *t = reader_make();

    t->conf.http_conformance = conformance;
    t->server.limit_req_fields = MAX;
    t->server.limit_req_fieldsize = LONGEST - 1;
    return t;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader *t = make(AP_HTTP_CONFORMANCE_STRICT);
    struct reader *u = make(AP_HTTP_CONFORMANCE_UNSAFE);
    struct cl_field fields[MAX];
    apr_table_t *whole = apr_table_make(t->pool, 4);
    char *bytes = malloc(size + !size);
    apr_size_t taken;
    int n;

    memcpy(bytes, data, size);
    taken = cl_http_scan_fields(bytes, bytes + size, fields, MAX, LONGEST,
                                &n);
    if (size) {
        reader_feed(t, bytes, size, 1 + data[0] % 32);
        reader_feed(u, bytes, size, 1 + data[0] % 32);
    }
    ap_get_mime_headers(&t->r);
    ap_get_mime_headers(&u->r);
    apr_table_do(check_row, NULL, u->r.headers_in, NULL);
    if (taken) {
        cl_http_add_fields(whole, apr_pmemdup(t->pool, bytes, taken), fields,
                           n);
        if (t->r.status != HTTP_OK) {
            abort();
        }
        apr_table_do(check_row, whole, t->r.headers_in, NULL);
        apr_table_do(check_row, t->r.headers_in, whole, NULL);
    }
    apr_table_do(check_row, NULL, t->r.headers_in, NULL);
    free(bytes);
    reader_free(t);
    reader_free(u);
    return 0;
}
