/* SPDX-License-Identifier: Apache-2.0 */
/* form.c -- read application/x-www-form-urlencoded from the request body.
 *
 * The body comes in pieces of any size, so the decoder is a machine fed byte
 * by byte: name, value, and an escape within each.  The caller bounds the
 * number of pairs and the number of decoded bytes; what is over the bound is
 * read to its end, so that the connection can go on, but not kept.
 */
#include "base/base.h"
#include "http_protocol.h"
#include "util_filter.h"

#include <apr_buckets.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

#define FORM_TYPE "application/x-www-form-urlencoded"

enum part { NAME, VALUE };

struct form {
    request_rec *r;
    apr_array_header_t *pairs;
    apr_size_t pairs_left;
    apr_size_t bytes_left;
    bool is_full;               /* a bound was reached */

    enum part part;
    char escape[3];             /* "%", "%4": an escape that has begun */
    int escape_length;
    apr_size_t length;          /* of the text collected in buffer */
    char buffer[HUGE_STRING_LEN];
};

static ap_form_pair_t *last_pair(const struct form *form)
{
    return &APR_ARRAY_IDX(form->pairs, form->pairs->nelts - 1,
                          ap_form_pair_t);
}

static void flush_value(struct form *form)
{
    if (form->length) {
        apr_bucket_brigade *value = last_pair(form)->value;
        APR_BRIGADE_INSERT_TAIL(value, apr_bucket_pool_create(
            apr_pmemdup(form->r->pool, form->buffer, form->length),
            form->length, form->r->pool, value->bucket_alloc));
        form->length = 0;
    }
}

/* A decoded byte of a name or value. */
static void keep(struct form *form, char byte)
{
    if (form->bytes_left == 0) {
        form->is_full = true;
        return;
    }
    if (form->length == sizeof form->buffer) {
        if (form->part == NAME) {       /* a name that long is no name */
            form->is_full = true;
            return;
        }
        flush_value(form);
    }
    form->buffer[form->length++] = byte;
    form->bytes_left -= form->bytes_left != (apr_size_t)-1;
}

/* What began like an escape is none: it stands for itself. */
static void keep_broken_escape(struct form *form)
{
    int length = form->escape_length;

    form->escape_length = 0;
    for (int i = 0; i < length; i++) {
        keep(form, form->escape[i]);
    }
}

static void start_value(struct form *form)
{
    if (form->pairs_left == 0) {
        form->is_full = true;
        return;
    }
    form->pairs_left -= form->pairs_left != (apr_size_t)-1;
    ap_form_pair_t *pair = apr_array_push(form->pairs);
    pair->name = apr_pstrndup(form->r->pool, form->buffer, form->length);
    pair->value = apr_brigade_create(form->r->pool,
                                     form->r->connection->bucket_alloc);
    form->length = 0;
    form->part = VALUE;
}

/* A name without value is dropped, as it always was. */
static void end_pair(struct form *form)
{
    keep_broken_escape(form);
    if (form->part == VALUE && !form->is_full) {
        flush_value(form);
    }
    form->length = 0;
    form->part = NAME;
}

static void take_plain(struct form *form, char byte)
{
    switch (byte) {
    case '&':
        end_pair(form);
        break;
    case '%':
        form->escape[form->escape_length++] = byte;
        break;
    case '+':
        keep(form, ' ');
        break;
    case '=':
        if (form->part == NAME) {
            start_value(form);
            break;
        }
        keep(form, byte);
        break;
    default:
        keep(form, byte);
    }
}

static void take(struct form *form, char byte)
{
    if (form->escape_length == 0) {
        take_plain(form, byte);
    }
    else if (CL_HEX(byte) < 0) {
        keep_broken_escape(form);
        take_plain(form, byte);
    }
    else if (form->escape_length == 1) {
        form->escape[form->escape_length++] = byte;
    }
    else {
        form->escape_length = 0;
        keep(form, (char)(CL_HEX(form->escape[1]) << 4 | CL_HEX(byte)));
    }
}

static int take_bucket(struct form *form, apr_bucket *bucket)
{
    const char *data;
    apr_size_t length;

    if (APR_BUCKET_IS_METADATA(bucket)) {
        return OK;
    }
    if (apr_bucket_read(bucket, &data, &length, APR_BLOCK_READ)
        != APR_SUCCESS) {
        return HTTP_BAD_REQUEST;
    }
    for (apr_size_t i = 0; i < length && !form->is_full; i++) {
        take(form, data[i]);
    }
    return OK;
}

/* One brigade; SEEN_EOS tells whether it was the last. */
static int take_brigade(struct form *form, apr_bucket_brigade *bb,
                        bool *seen_eos)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(bb);
         b != APR_BRIGADE_SENTINEL(bb); b = APR_BUCKET_NEXT(b)) {
        if (APR_BUCKET_IS_EOS(b)) {
            *seen_eos = true;
            return OK;
        }
        int status = take_bucket(form, b);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

static int read_form(struct form *form, ap_filter_t *f)
{
    apr_bucket_brigade *bb = apr_brigade_create(form->r->pool,
        form->r->connection->bucket_alloc);
    bool seen_eos = false;
    int status = OK;

    while (status == OK && !seen_eos) {
        apr_status_t rv = ap_get_brigade(f, bb, AP_MODE_READBYTES,
                                         APR_BLOCK_READ, HUGE_STRING_LEN);
        status = rv == APR_SUCCESS ? take_brigade(form, bb, &seen_eos)
            : ap_map_http_request_error(rv, HTTP_BAD_REQUEST);
        apr_brigade_cleanup(bb);
    }
    apr_brigade_destroy(bb);
    if (status == OK && form->is_full) {
        return HTTP_REQUEST_ENTITY_TOO_LARGE;
    }
    return status;
}

static bool is_form(const char *type)
{
    return type && ap_cstr_casecmpn(type, FORM_TYPE, sizeof FORM_TYPE - 1) == 0;
}

/* NUM and SIZE bound the pairs and their bytes; -1 is no bound.  A body of
 * another type has no pairs and is discarded. */
AP_DECLARE(int) ap_parse_form_data(request_rec *r, struct ap_filter_t *f,
                                   apr_array_header_t **ptr, apr_size_t num,
                                   apr_size_t size)
{
    *ptr = apr_array_make(r->pool, 4, sizeof(ap_form_pair_t));
    if (!is_form(apr_table_get(r->headers_in, "Content-Type"))) {
        return ap_discard_request_body(r);
    }
    struct form *form = apr_palloc(r->pool, sizeof *form);
    *form = (struct form){
        .r = r, .pairs = *ptr, .pairs_left = num, .bytes_left = size
    };
    int status = read_form(form, f ? f : r->input_filters);
    if (status == OK) {
        end_pair(form);
    }
    return status;
}
