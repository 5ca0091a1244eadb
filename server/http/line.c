/* SPDX-License-Identifier: Apache-2.0 */
/* line.c -- one line from an input filter, with limits.
 *
 * The general way to read a message head: it works with every filter that
 * honours AP_MODE_GETLINE.  read.c has a faster way for the common case.
 * Invariant: what is stored never exceeds the n given, NUL included; the
 * line ending is neither stored nor counted.
 */
#include "http_protocol.h"

#include "http/http.h"
#include "http/octets.h"

enum { FIRST_ROOM = 128 };

struct line {
    char *s;
    apr_size_t room, len, max;  /* room and max count the NUL */
    apr_pool_t *pool;           /* NULL: the caller's buffer, fixed */
    bool held_cr;               /* a CR that may belong to the ending */
    bool full;                  /* something did not fit */
};

static bool grow(struct line *l, apr_size_t need)
{
    apr_size_t room = l->room ? l->room * 2 : FIRST_ROOM;
    char *s;

    if (need > l->max || !l->pool) {
        return false;
    }
    if (room < need) {
        room = need;
    }
    if (room > l->max) {
        room = l->max;
    }
    s = apr_palloc(l->pool, room);
    if (l->len) {
        memcpy(s, l->s, l->len);
    }
    l->s = s;
    l->room = room;
    return true;
}

/* Store as much as fits, so that the log can show the beginning. */
static void store(struct line *l, const char *data, apr_size_t n)
{
    if (l->len + n + 1 > l->room && !grow(l, l->len + n + 1)) {
        l->full = true;
        if (l->room < l->max) {
            grow(l, l->max);
        }
        n = l->room - 1 - l->len;
    }
    if (n) {
        memcpy(l->s + l->len, data, n);
        l->len += n;
    }
}

/* Returns true when the data ended the line. */
static bool take(struct line *l, const char *data, apr_size_t n)
{
    bool ended = data[n - 1] == '\n';

    n -= ended;
    if (l->held_cr && (n || !ended)) {
        l->held_cr = false;
        store(l, "\r", 1);
    }
    if (n && data[n - 1] == '\r') {
        l->held_cr = true;
        n--;
    }
    store(l, data, n);
    return ended;
}

static apr_status_t take_brigade(struct line *l, apr_bucket_brigade *bb,
                                 bool *ended)
{
    apr_bucket *e;
    const char *data;
    apr_size_t n;

    for (e = APR_BRIGADE_FIRST(bb); e != APR_BRIGADE_SENTINEL(bb);
         e = APR_BUCKET_NEXT(e)) {
        if (APR_BUCKET_IS_EOS(e)) {
            *ended = true;
            return l->len || l->held_cr ? APR_SUCCESS : APR_EOF;
        }
        apr_status_t rv = apr_bucket_read(e, &data, &n, APR_BLOCK_READ);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (n && take(l, data, n)) {
            *ended = true;
            return APR_SUCCESS;
        }
    }
    return APR_SUCCESS;
}

/* One line as sent, appended to l. */
static apr_status_t read_one(struct line *l, ap_filter_t *from, int flags,
                             apr_bucket_brigade *bb)
{
    bool ended = false;

    l->held_cr = false;
    while (!ended) {
        apr_status_t rv;

        apr_brigade_cleanup(bb);
        rv = ap_get_brigade(from, bb, AP_MODE_GETLINE, APR_BLOCK_READ, 0);
        if (rv == APR_SUCCESS && APR_BRIGADE_EMPTY(bb)) {
            rv = APR_EOF;
        }
        if (rv == APR_SUCCESS) {
            rv = take_brigade(l, bb, &ended);
        }
        apr_brigade_cleanup(bb);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (l->full && !(flags & AP_GETLINE_NOSPC_EOL)) {
            return APR_ENOSPC;
        }
    }
    if (l->full) {
        return APR_ENOSPC;
    }
    /* RFC 9112 section 2.2: a lone LF may be taken for an ending, but two
     * readers that disagree about it are how requests get smuggled */
    return (flags & AP_GETLINE_CRLF) && !l->held_cr ? APR_EINVAL
                                                    : APR_SUCCESS;
}

static bool next_is_folded(ap_filter_t *from, apr_bucket_brigade *bb)
{
    apr_bucket *e;
    const char *data;
    apr_size_t n = 0;
    bool folded = false;

    if (ap_get_brigade(from, bb, AP_MODE_SPECULATIVE, APR_BLOCK_READ, 1)
        == APR_SUCCESS) {
        for (e = APR_BRIGADE_FIRST(bb);
             n == 0 && e != APR_BRIGADE_SENTINEL(bb);
             e = APR_BUCKET_NEXT(e)) {
            if (apr_bucket_read(e, &data, &n, APR_BLOCK_READ)
                != APR_SUCCESS) {
                break;
            }
        }
        folded = n && (*data == ' ' || *data == '\t');
    }
    apr_brigade_cleanup(bb);
    return folded;
}

/* RFC 9112 section 5.2: a fold reads as one space. */
static apr_status_t read_folds(struct line *l, ap_filter_t *from, int flags,
                               apr_bucket_brigade *bb)
{
    while (next_is_folded(from, bb)) {
        apr_size_t start, skip;
        apr_status_t rv;

        while (l->len && cl_octet_is(l->s[l->len - 1], CL_OCTET_BLANK)) {
            l->len--;
        }
        store(l, " ", 1);
        start = l->len;
        rv = read_one(l, from, flags, bb);
        for (skip = start; skip < l->len
             && cl_octet_is(l->s[skip], CL_OCTET_BLANK); skip++) {
        }
        memmove(l->s + start, l->s + skip, l->len - skip);
        l->len -= skip - start;
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return APR_SUCCESS;
}

apr_status_t cl_http_read_line(char **s, apr_size_t n, apr_size_t *len,
                               ap_filter_t *from, apr_pool_t *pool, int flags,
                               apr_bucket_brigade *bb)
{
    struct line l = { .s = *s, .room = *s ? n : 0, .max = n,
                      .pool = *s ? NULL : pool };
    apr_status_t rv;

    *len = 0;
    if (n < 1) {
        return APR_EINVAL;
    }
    rv = read_one(&l, from, flags, bb);
    if (rv == APR_SUCCESS && (flags & AP_GETLINE_FOLD) && l.len) {
        rv = read_folds(&l, from, flags, bb);
    }
    if (!l.s) {
        grow(&l, 1);
    }
    l.s[l.len] = '\0';
    *s = l.s;
    *len = l.len;
    return rv;
}

AP_DECLARE(apr_status_t) ap_rgetline_core(char **s, apr_size_t n,
                                          apr_size_t *read, request_rec *r,
                                          int flags, apr_bucket_brigade *bb)
{
    return cl_http_read_line(s, n, read, r->proto_input_filters, r->pool,
                             flags, bb);
}

AP_DECLARE(int) ap_getline(char *s, int n, request_rec *r, int flags)
{
    apr_bucket_brigade *bb;
    apr_status_t rv;
    apr_size_t len;

    if (n < 1) {
        return -1;
    }
    bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    rv = ap_rgetline_core(&s, n, &len, r, flags, bb);
    apr_brigade_destroy(bb);
    if (rv == APR_ENOSPC) {
        return n;
    }
    return rv == APR_SUCCESS ? (int)len : -1;
}
