/* SPDX-License-Identifier: Apache-2.0 */
/* fcgi.c -- FastCGI 1.0 records: headers, BEGIN_REQUEST bodies, name-value
 * pairs.  The sizes of the wire are the sizes of the structs: all bytes. */
#include "util_fcgi.h"

#include "http_log.h"

#include <apr_tables.h>

#include <errno.h>
#include <string.h>

APLOG_USE_MODULE(core);

AP_DECLARE(void) ap_fcgi_header_to_array(ap_fcgi_header *h, unsigned char a[])
{
    memcpy(a, h, AP_FCGI_HEADER_LEN);
}

AP_DECLARE(void) ap_fcgi_header_from_array(ap_fcgi_header *h,
    unsigned char a[])
{
    memcpy(h, a, AP_FCGI_HEADER_LEN);
}

static apr_uint16_t read_u16(const unsigned char *at)
{
    return (apr_uint16_t)(at[0] << 8 | at[1]);
}

AP_DECLARE(void) ap_fcgi_header_fields_from_array(unsigned char *version,
    unsigned char *type, apr_uint16_t *request_id, apr_uint16_t *content_len,
    unsigned char *padding_len, unsigned char a[])
{
    *version = a[AP_FCGI_HDR_VERSION_OFFSET];
    *type = a[AP_FCGI_HDR_TYPE_OFFSET];
    *request_id = read_u16(a + AP_FCGI_HDR_REQUEST_ID_B1_OFFSET);
    *content_len = read_u16(a + AP_FCGI_HDR_CONTENT_LEN_B1_OFFSET);
    *padding_len = a[AP_FCGI_HDR_PADDING_LEN_OFFSET];
}

AP_DECLARE(void) ap_fcgi_begin_request_body_to_array(
    ap_fcgi_begin_request_body *h, unsigned char a[])
{
    memcpy(a, h, sizeof *h);
}

AP_DECLARE(void) ap_fcgi_fill_in_header(ap_fcgi_header *header,
    unsigned char type, apr_uint16_t request_id, apr_uint16_t content_len,
    unsigned char padding_len)
{
    *header = (ap_fcgi_header){
        .version = AP_FCGI_VERSION_1,
        .type = type,
        .requestIdB1 = request_id >> 8,
        .requestIdB0 = request_id & 0xff,
        .contentLengthB1 = content_len >> 8,
        .contentLengthB0 = content_len & 0xff,
        .paddingLength = padding_len,
    };
}

AP_DECLARE(void) ap_fcgi_fill_in_request_body(ap_fcgi_begin_request_body *brb,
    int role, unsigned char flags)
{
    *brb = (ap_fcgi_begin_request_body){
        .roleB1 = (role >> 8) & 0xff,
        .roleB0 = role & 0xff,
        .flags = flags,
    };
}

/* Lengths below 128 take one byte, others four (FastCGI 1.0 section 3.4). */
static apr_size_t length_size(apr_size_t length)
{
    return length < 0x80 ? 1 : 4;
}

static apr_size_t pair_size(const apr_table_entry_t *pair)
{
    apr_size_t name = strlen(pair->key);
    apr_size_t value = strlen(pair->val);

    return length_size(name) + length_size(value) + name + value;
}

static unsigned char *put_length(unsigned char *to, apr_size_t length)
{
    if (length >= 0x80) {
        *to++ = (unsigned char)((length >> 24 & 0x7f) | 0x80);
        *to++ = (unsigned char)(length >> 16);
        *to++ = (unsigned char)(length >> 8);
    }
    *to++ = (unsigned char)length;
    return to;
}

static unsigned char *put_pair(unsigned char *to, const apr_table_entry_t *pair)
{
    apr_size_t name = strlen(pair->key);
    apr_size_t value = strlen(pair->val);

    to = put_length(to, name);
    to = put_length(to, value);
    memcpy(to, pair->key, name);
    memcpy(to + name, pair->val, value);
    return to + name + value;
}

AP_DECLARE(apr_size_t) ap_fcgi_encoded_env_len(apr_table_t *env,
    apr_size_t maxlen, int *starting_elem)
{
    const apr_array_header_t *all = apr_table_elts(env);
    const apr_table_entry_t *pair = (const void *)all->elts;
    int i = starting_elem ? *starting_elem : 0;
    apr_size_t total = 0;

    for (; i < all->nelts; i++) {
        apr_size_t size;

        if (pair[i].key == NULL || pair[i].val == NULL) {
            continue;
        }
        size = pair_size(&pair[i]);
        if (size > maxlen - total) {
            break;
        }
        total += size;
    }
    if (starting_elem != NULL) {
        *starting_elem = i;
    }
    return total;
}

AP_DECLARE(apr_status_t) ap_fcgi_encode_env(request_rec *r, apr_table_t *env,
    void *buffer, apr_size_t buflen, int *starting_elem)
{
    const apr_array_header_t *all = apr_table_elts(env);
    const apr_table_entry_t *pair = (const void *)all->elts;
    unsigned char *to = buffer;
    const unsigned char *end = to + buflen;

    for (; *starting_elem < all->nelts; (*starting_elem)++) {
        const apr_table_entry_t *each = &pair[*starting_elem];

        if (each->key == NULL || each->val == NULL) {
            continue;
        }
        if (pair_size(each) > (apr_size_t)(end - to)) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50051)
                          "could not encode variable \"%s\" for FastCGI: no "
                          "room in %" APR_SIZE_T_FMT " bytes", each->key,
                          buflen);
            return APR_ENOSPC;
        }
        to = put_pair(to, each);
    }
    return APR_SUCCESS;
}
