/* SPDX-License-Identifier: Apache-2.0 */
/* util_fcgi.h -- FastCGI 1.0: records as structs and as bytes */
#ifndef CLEAT_UTIL_FCGI_H
#define CLEAT_UTIL_FCGI_H

#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_fcgi_header ap_fcgi_header;
typedef struct ap_fcgi_begin_request_body ap_fcgi_begin_request_body;

/* ---- Record header ------------------------------------------------------- */

/* Version; bytes of a header; most bytes of content behind it. */
#define AP_FCGI_VERSION_1 1
#define AP_FCGI_HEADER_LEN 8
#define AP_FCGI_MAX_CONTENT_LEN 0xffff

/* Where its bytes are; B1 is the higher byte. */
#define AP_FCGI_HDR_VERSION_OFFSET 0
#define AP_FCGI_HDR_TYPE_OFFSET 1
#define AP_FCGI_HDR_REQUEST_ID_B1_OFFSET 2
#define AP_FCGI_HDR_REQUEST_ID_B0_OFFSET 3
#define AP_FCGI_HDR_CONTENT_LEN_B1_OFFSET 4
#define AP_FCGI_HDR_CONTENT_LEN_B0_OFFSET 5
#define AP_FCGI_HDR_PADDING_LEN_OFFSET 6
#define AP_FCGI_HDR_RESERVED_OFFSET 7

/* Types of records. */
#define AP_FCGI_BEGIN_REQUEST 1
#define AP_FCGI_ABORT_REQUEST 2
#define AP_FCGI_END_REQUEST 3
#define AP_FCGI_PARAMS 4
#define AP_FCGI_STDIN 5
#define AP_FCGI_STDOUT 6
#define AP_FCGI_STDERR 7
#define AP_FCGI_DATA 8
#define AP_FCGI_GET_VALUES 9
#define AP_FCGI_GET_VALUES_RESULT 10
#define AP_FCGI_UNKNOWN_TYPE 11
#define AP_FCGI_MAXTYPE AP_FCGI_UNKNOWN_TYPE

/* A header as on the wire. */
struct ap_fcgi_header {
    unsigned char version;              /* AP_FCGI_VERSION_1 */
    unsigned char type;                 /* of the record */
    /* which request */
    unsigned char requestIdB1;
    unsigned char requestIdB0;
    /* bytes that follow */
    unsigned char contentLengthB1;
    unsigned char contentLengthB0;
    unsigned char paddingLength;        /* bytes to skip behind them */
    unsigned char reserved;             /* 0 */
};

/* All members, version 1. */
AP_DECLARE(void) ap_fcgi_fill_in_header(ap_fcgi_header *header,
    unsigned char type, apr_uint16_t request_id, apr_uint16_t content_len,
    unsigned char padding_len);

/* To and from AP_FCGI_HEADER_LEN bytes; the last: into numbers. */
AP_DECLARE(void) ap_fcgi_header_to_array(ap_fcgi_header *h, unsigned char a[]);
AP_DECLARE(void) ap_fcgi_header_from_array(ap_fcgi_header *h,
    unsigned char a[]);
AP_DECLARE(void) ap_fcgi_header_fields_from_array(unsigned char *version,
    unsigned char *type, apr_uint16_t *request_id, apr_uint16_t *content_len,
    unsigned char *padding_len, unsigned char a[]);

/* ---- Beginning a request ------------------------------------------------- */

/* Roles; the flag: leave the connection open. */
#define AP_FCGI_RESPONDER 1
#define AP_FCGI_AUTHORIZER 2
#define AP_FCGI_FILTER 3
#define AP_FCGI_KEEP_CONN 1

/* Values of FCGI_ROLE and FCGI_APACHE_ROLE. */
#define AP_FCGI_RESPONDER_STR "RESPONDER"
#define AP_FCGI_AUTHORIZER_STR "AUTHORIZER"
#define AP_FCGI_FILTER_STR "FILTER"
#define AP_FCGI_APACHE_ROLE_AUTHENTICATOR_STR "AUTHENTICATOR"
#define AP_FCGI_APACHE_ROLE_AUTHORIZER_STR "AUTHORIZER"
#define AP_FCGI_APACHE_ROLE_ACCESS_CHECKER_STR "ACCESS_CHECKER"

/* Where the bytes of its body are. */
#define AP_FCGI_BRB_ROLEB1_OFFSET 0
#define AP_FCGI_BRB_ROLEB0_OFFSET 1
#define AP_FCGI_BRB_FLAGS_OFFSET 2
#define AP_FCGI_BRB_RESERVED0_OFFSET 3
#define AP_FCGI_BRB_RESERVED1_OFFSET 4
#define AP_FCGI_BRB_RESERVED2_OFFSET 5
#define AP_FCGI_BRB_RESERVED3_OFFSET 6
#define AP_FCGI_BRB_RESERVED4_OFFSET 7

/* Content of a BEGIN_REQUEST record. */
struct ap_fcgi_begin_request_body {
    /* role */
    unsigned char roleB1;
    unsigned char roleB0;
    unsigned char flags;        /* AP_FCGI_KEEP_CONN or 0 */
    unsigned char reserved[5];  /* 0 */
};

/* All members; to eight bytes. */
AP_DECLARE(void) ap_fcgi_fill_in_request_body(ap_fcgi_begin_request_body *brb,
    int role, unsigned char flags);
AP_DECLARE(void) ap_fcgi_begin_request_body_to_array(ap_fcgi_begin_request_body *h,
    unsigned char a[]);

/* ---- Parameters ---------------------------------------------------------- */

/* Bytes that entries of env need from *starting_elem on, at most maxlen;
 * *starting_elem becomes the first that does not fit. */
AP_DECLARE(apr_size_t) ap_fcgi_encoded_env_len(apr_table_t *env,
    apr_size_t maxlen, int *starting_elem);

/* Writes those; APR_ENOSPC when buflen is too small. */
AP_DECLARE(apr_status_t) ap_fcgi_encode_env(request_rec *r, apr_table_t *env,
    void *buffer, apr_size_t buflen, int *starting_elem);

#ifdef __cplusplus
}
#endif

#endif
