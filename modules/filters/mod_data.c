/* SPDX-License-Identifier: Apache-2.0 */
/* mod_data -- turn a response into a data: URL (RFC 2397).
 *
 *   filter DATA: data:type;charset=...;base64,...
 */
#include <string.h>

#include "apr_base64.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

#define MAX_ENCODED_LINE 9000       /* a multiple of three: no padding */

extern module AP_MODULE_DECLARE_DATA data_module;

struct data_state {
    unsigned char rest[3];          /* bytes that wait for a third one */
    apr_size_t count;
    apr_bucket_brigade *out;
};

static void add_text(struct data_state *state, const char *text,
                     apr_size_t length)
{
    apr_brigade_write(state->out, NULL, NULL, text, length);
}

static void add_encoded(struct data_state *state, const unsigned char *bytes,
                        apr_size_t length)
{
    char line[MAX_ENCODED_LINE / 3 * 4 + 1];

    while (length > 0) {
        apr_size_t part = length < MAX_ENCODED_LINE ? length
                                                    : MAX_ENCODED_LINE;
        int written = apr_base64_encode_binary(line, bytes, (int)part);

        add_text(state, line, written - 1);
        bytes += part;
        length -= part;
    }
}

/* Encode whole groups of three; keep what is left for the next call. */
static void add_bytes(struct data_state *state, const unsigned char *bytes,
                      apr_size_t length)
{
    while (state->count > 0 && state->count < 3 && length > 0) {
        state->rest[state->count++] = *bytes++;
        length--;
    }
    if (state->count == 3) {
        add_encoded(state, state->rest, 3);
        state->count = 0;
    }
    add_encoded(state, bytes, length - length % 3);
    if (length % 3 != 0) {
        memcpy(state->rest, bytes + length - length % 3, length % 3);
        state->count = length % 3;
    }
}

static void begin(ap_filter_t *f)
{
    request_rec *r = f->r;
    struct data_state *state = f->ctx = apr_pcalloc(r->pool, sizeof *state);
    const char *type = r->content_type != NULL ? r->content_type : "";
    char *prefix = apr_pstrcat(r->pool, "data:", type, ";base64,", NULL);
    char *to = prefix;

    for (const char *from = prefix; *from != '\0'; from++) {
        if (*from != ' ') {         /* "text/html; charset=x" without blank */
            *to++ = *from;
        }
    }
    state->out = apr_brigade_create(r->pool, f->c->bucket_alloc);
    add_text(state, prefix, to - prefix);
    apr_table_unset(r->headers_out, "Content-Length");
    apr_table_unset(r->headers_out, "Content-MD5");
    apr_table_unset(r->headers_out, "ETag");
    ap_set_content_type(r, "text/plain");
}

static apr_status_t data_out_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    struct data_state *state;

    if (APR_BRIGADE_EMPTY(bb)) {
        return APR_SUCCESS;
    }
    if (f->ctx == NULL) {
        begin(f);
    }
    state = f->ctx;
    while (!APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *b = APR_BRIGADE_FIRST(bb);
        const char *bytes;
        apr_size_t length;
        apr_status_t rv;

        if (APR_BUCKET_IS_METADATA(b)) {
            if (APR_BUCKET_IS_EOS(b)) {
                add_encoded(state, state->rest, state->count);
                ap_remove_output_filter(f);
            }
            APR_BUCKET_REMOVE(b);
            APR_BRIGADE_INSERT_TAIL(state->out, b);
            continue;
        }
        rv = apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        add_bytes(state, (const unsigned char *)bytes, length);
        apr_bucket_delete(b);
    }
    return ap_pass_brigade(f->next, state->out);
}

static void data_register_hooks(apr_pool_t *)
{
    ap_register_output_filter("DATA", data_out_filter, NULL,
                              AP_FTYPE_RESOURCE);
}

AP_DECLARE_MODULE(data) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    data_register_hooks, AP_MODULE_FLAG_NONE
};
