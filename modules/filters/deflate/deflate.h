/* SPDX-License-Identifier: Apache-2.0 */
/* deflate.h -- what the parts of mod_deflate share. */
#ifndef CLEAT_DEFLATE_H
#define CLEAT_DEFLATE_H

#include <stdbool.h>
#include <zlib.h>

#include "http_config.h"
#include "httpd.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA deflate_module;

#define DEFAULT_BUFFER_SIZE 8096
#define GZIP_WRAPPER 16             /* added to the window bits: RFC 1952 */

enum etag_change { ETAG_UNSET, ETAG_ADD_SUFFIX, ETAG_NO_CHANGE, ETAG_REMOVE };

struct deflate_server {
    int window_bits;                /* 0 unset */
    int memory_level;               /* 0 unset */
    int level;                      /* 0 unset */
    apr_size_t buffer_size;         /* 0 unset */
    const char *note_ratio;
    const char *note_input;
    const char *note_output;
    enum etag_change etag;
};

struct deflate_dir {
    apr_off_t limit;                /* of an inflated body; -1 unset */
    int ratio_limit;                /* 0 unset */
    int ratio_burst;                /* 0 unset */
};

/* A result up to this many buffers goes out with its length in front. */
#define HOLD_BUFFERS 8

/* One direction of one message. */
struct deflate_state {
    z_stream stream;
    apr_bucket_brigade *out;        /* what the stream has produced */
    unsigned char *buffer;
    apr_size_t size;
    apr_size_t held;                /* bytes produced since the last pass */
    bool done;                      /* the end of the stream was seen */
    bool passed;                    /* some of it has gone down the chain */
    int over_ratio;                 /* pieces in a row above the ratio */
};

const struct deflate_server *deflate_server_of(const request_rec *r);
const struct deflate_dir *deflate_dir_of(const request_rec *r);

/* A state with a buffer, in the request's pool; the caller starts the zlib
 * stream and registers its end. */
struct deflate_state *deflate_new_state(request_rec *r,
                                        apr_bucket_alloc_t *alloc);

/* Move what the stream has produced to state->out. */
void deflate_drain(struct deflate_state *state, apr_bucket_alloc_t *alloc);

/* "abc" becomes "abc-gzip": another representation, another tag.  The ending
 * includes the quote. */
void deflate_change_etag(request_rec *r, const char *ending);

/* Does the body grow beyond DeflateInflateRatioLimit or the size limit? */
bool deflate_is_bomb(request_rec *r, struct deflate_state *state);

/* Is the last coding of the list gzip?  If so it is taken off the field. */
bool deflate_strip_coding(request_rec *r, apr_table_t *fields);

apr_status_t deflate_out_filter(ap_filter_t *f, apr_bucket_brigade *bb);
apr_status_t deflate_inflate_out_filter(ap_filter_t *f,
                                        apr_bucket_brigade *bb);
apr_status_t deflate_inflate_in_filter(ap_filter_t *f, apr_bucket_brigade *bb,
                                       ap_input_mode_t mode,
                                       apr_read_type_e block,
                                       apr_off_t readbytes);

#endif
