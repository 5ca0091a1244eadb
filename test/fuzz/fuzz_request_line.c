/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_request_line.c -- request lines, strict and unsafe.  What is accepted
 * must have a clean method, a target without white space, and what the log
 * shows must be what came.
 */
#include "http/request_line.c"

#include "../unit/server/http/reader_fixture.h"

static void check(const struct reader *t, const char *text)
{
    const request_rec *r = &t->r;

    if (strcmp(r->the_request, text) != 0 || !r->method || !*r->method
        || !r->uri || !*r->uri || !r->protocol || !r->unparsed_uri
        || strpbrk(r->unparsed_uri, " \t\r\n\v\f") || r->proto_num < 9
        || (r->uri[0] != '/' && strcmp(r->uri, "*") != 0)) {
        abort();
    }
}

static void parse(const char *text, char conformance)
{
    struct reader *t = reader_make();

    t->conf.http_conformance = conformance;
    t->r.the_request = apr_pstrdup(t->pool, text);
    if (ap_parse_request_line(&t->r)) {
        check(t, text);
    }
    else if (t->r.status < 400) {
        abort();
    }
    reader_free(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cl_request_line line;
    char *text = malloc(size + 1);

    /* any bytes, exactly as long as said */
    memcpy(text, data, size);
    cl_http_scan_request_line(text, text + size, CL_STRICT, &line);
    if (line.method.at + line.method.len > size
        || line.target.at + line.target.len > size
        || line.version.at + line.version.len > size) {
        abort();
    }
    text[size] = '\0';
    parse(text, AP_HTTP_CONFORMANCE_STRICT);
    parse(text, AP_HTTP_CONFORMANCE_UNSAFE);
    free(text);
    return 0;
}
