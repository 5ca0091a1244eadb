/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_chunk.c -- chunked bodies.  First byte: strictness and where to cut.
 * The parser must come to the same end however the bytes are cut, and what
 * it announces is never negative.
 */
#include "http/chunk_parse.c"

#include <stdlib.h>

struct outcome {
    enum cl_chunk_result result;
    size_t at;
    apr_off_t data;
};

/* Walk a whole body, skipping the data, in pieces. */
static struct outcome walk(const char *bytes, size_t size,
                           enum cl_strictness how, size_t piece)
{
    struct outcome o = { CL_CHUNK_MORE, 0, 0 };
    struct cl_chunk c;

    cl_http_chunk_init(&c, how, 100);
    while (o.at < size) {
        size_t n = size - o.at < piece ? size - o.at : piece;
        apr_size_t used;

        o.result = cl_http_chunk_parse(&c, bytes + o.at, n, &used);
        if (used > n || c.left < 0
            || (o.result == CL_CHUNK_MORE && used != n)) {
            abort();
        }
        o.at += used;
        if (o.result == CL_CHUNK_DATA) {
            size_t left = size - o.at;

            o.at += c.left < (apr_off_t)left ? (size_t)c.left : left;
            o.data += c.left < (apr_off_t)left ? c.left : (apr_off_t)left;
        }
        else if (o.result != CL_CHUNK_MORE) {
            break;
        }
    }
    return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum cl_strictness how;
    struct outcome a, b;

    if (size < 2) {
        return 0;
    }
    how = data[0] & 1 ? CL_STRICT : CL_UNSAFE;
    a = walk((const char *)data + 1, size - 1, how, size);
    b = walk((const char *)data + 1, size - 1, how, 1 + data[0] / 2 % 16);
    if (a.result != b.result || a.at != b.at || a.data != b.data) {
        abort();
    }
    return 0;
}
