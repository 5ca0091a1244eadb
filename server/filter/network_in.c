/* SPDX-License-Identifier: Apache-2.0 */
/* network_in.c -- CORE_IN, the first filter on the way in: it owns the socket
 * bucket and hands out lines or numbers of bytes.
 *
 * The filter's ctx is the core_net_rec; its in_ctx->b holds what was read and
 * not yet taken, always ending in the socket bucket until the client's end of
 * file has been seen.
 */
#include "filter/filter.h"

#include "http_core.h"

static apr_status_t begin_input(ap_filter_t *f, core_net_rec *net)
{
    core_ctx_t *ctx = apr_palloc(f->c->pool, sizeof *ctx);
    apr_status_t rv;

    ctx->b = apr_brigade_create(f->c->pool, f->c->bucket_alloc);
    ctx->tmpbb = apr_brigade_create(f->c->pool, f->c->bucket_alloc);
    rv = ap_run_insert_network_bucket(f->c, ctx->b, net->client_socket);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    net->in_ctx = ctx;
    return APR_SUCCESS;
}

static void drop_empty_front(apr_bucket_brigade *bb)
{
    apr_bucket *e;

    while ((e = APR_BRIGADE_FIRST(bb)) != APR_BRIGADE_SENTINEL(bb)
           && e->length == 0) {
        apr_bucket_delete(e);
    }
}

/* Throw away line ends between two requests, as far as they are here. */
static apr_status_t eat_line_ends(apr_bucket_brigade *held)
{
    while (!APR_BRIGADE_EMPTY(held)) {
        apr_bucket *e = APR_BRIGADE_FIRST(held);
        const char *s;
        apr_size_t len, n = 0;
        apr_status_t rv = apr_bucket_read(e, &s, &len, APR_NONBLOCK_READ);

        if (rv != APR_SUCCESS) {
            return rv;
        }
        while (n < len && (s[n] == CR || s[n] == LF)) {
            n++;
        }
        if (n < len) {
            if (n > 0) {
                apr_bucket_split(e, n);
                apr_bucket_delete(e);
            }
            return APR_SUCCESS;
        }
        apr_bucket_delete(e);
    }
    return APR_SUCCESS;
}

static void append_eos(apr_bucket_brigade *bb, conn_rec *c)
{
    apr_bucket *eos = apr_bucket_eos_create(c->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, eos);
}

/* Copies of the first buckets up to `bytes`, which stay where they are. */
static apr_status_t copy_out(apr_bucket_brigade *held, apr_bucket_brigade *out,
                             apr_off_t bytes)
{
    for (apr_bucket *e = APR_BRIGADE_FIRST(held);
         e != APR_BRIGADE_SENTINEL(held) && bytes > 0;
         e = APR_BUCKET_NEXT(e)) {
        apr_bucket *copy;
        apr_status_t rv;

        if (e->length == (apr_size_t)-1) {
            break;                      /* the socket: not read yet */
        }
        rv = apr_bucket_copy(e, &copy);
        if (rv != APR_SUCCESS) {
            return rv;
        }
        APR_BRIGADE_INSERT_TAIL(out, copy);
        if ((apr_off_t)copy->length > bytes) {
            rv = apr_bucket_split(copy, (apr_size_t)bytes);
            if (rv == APR_SUCCESS) {
                apr_bucket_delete(APR_BUCKET_NEXT(copy));
            }
            return rv;
        }
        bytes -= (apr_off_t)copy->length;
    }
    return APR_SUCCESS;
}

static apr_status_t move_out(apr_bucket_brigade *held, apr_bucket_brigade *out,
                             apr_off_t bytes)
{
    while (bytes > 0 && !APR_BRIGADE_EMPTY(held)) {
        apr_bucket *e = APR_BRIGADE_FIRST(held);

        if (e->length == (apr_size_t)-1) {
            break;
        }
        if ((apr_off_t)e->length > bytes) {
            apr_status_t rv = apr_bucket_split(e, (apr_size_t)bytes);

            if (rv != APR_SUCCESS) {
                return rv;
            }
        }
        bytes -= (apr_off_t)e->length;
        APR_BUCKET_REMOVE(e);
        APR_BRIGADE_INSERT_TAIL(out, e);
    }
    return APR_SUCCESS;
}

/* At least one byte, at most `bytes`, without waiting for more than the first.
 */
static apr_status_t read_bytes(ap_filter_t *f, core_ctx_t *ctx,
                               apr_bucket_brigade *out, bool keep,
                               apr_read_type_e block, apr_off_t bytes)
{
    apr_bucket *e = APR_BRIGADE_FIRST(ctx->b);
    const char *s;
    apr_size_t len;
    apr_status_t rv = apr_bucket_read(e, &s, &len, block);

    if (APR_STATUS_IS_EAGAIN(rv) && block == APR_NONBLOCK_READ) {
        return APR_SUCCESS;             /* nothing now: an empty brigade */
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (len == 0) {
        /* the client's end of file; the bucket has become an empty one */
        if (!keep) {
            apr_bucket_delete(e);
        }
        append_eos(out, f->c);
        return APR_SUCCESS;
    }
    return keep ? copy_out(ctx->b, out, bytes) : move_out(ctx->b, out, bytes);
}

AP_DECLARE(apr_status_t) ap_core_input_filter(ap_filter_t *f,
    apr_bucket_brigade *b, ap_input_mode_t mode, apr_read_type_e block,
    apr_off_t readbytes)
{
    core_net_rec *net = f->ctx;
    core_ctx_t *ctx = net->in_ctx;

    if (mode == AP_MODE_INIT) {
        return APR_SUCCESS;             /* for filters that greet first */
    }
    if (!ctx) {
        apr_status_t rv = begin_input(f, net);

        if (rv != APR_SUCCESS) {
            return rv;
        }
        ctx = net->in_ctx;
    }
    drop_empty_front(ctx->b);
    if (APR_BRIGADE_EMPTY(ctx->b)) {
        return APR_EOF;
    }
    switch (mode) {
    case AP_MODE_GETLINE:
        return apr_brigade_split_line(b, ctx->b, block, HUGE_STRING_LEN);
    case AP_MODE_EATCRLF:
        return eat_line_ends(ctx->b);
    case AP_MODE_EXHAUSTIVE:
        APR_BRIGADE_CONCAT(b, ctx->b);
        append_eos(b, f->c);
        return APR_SUCCESS;
    case AP_MODE_READBYTES:
    case AP_MODE_SPECULATIVE:
        if (readbytes <= 0) {
            return APR_EINVAL;
        }
        return read_bytes(f, ctx, b, mode == AP_MODE_SPECULATIVE, block,
                          readbytes);
    default:
        return APR_EINVAL;
    }
}

/* Filters that never keep bytes back for themselves. */
static bool is_see_through(const ap_filter_t *f)
{
    static const char *const names[] = { "reqtimeout", "log_input_output" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(f->frec->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool cl_filter_input_is_idle(conn_rec *c)
{
    ap_filter_t *f = c->input_filters;
    core_net_rec *net;
    apr_bucket *e;

    while (f && f->frec != ap_core_input_filter_handle && is_see_through(f)) {
        f = f->next;
    }
    if (!f || f->frec != ap_core_input_filter_handle) {
        return false;
    }
    net = f->ctx;
    if (!net->in_ctx) {
        return true;
    }
    drop_empty_front(net->in_ctx->b);
    e = APR_BRIGADE_FIRST(net->in_ctx->b);
    return e != APR_BRIGADE_SENTINEL(net->in_ctx->b)
           && APR_BUCKET_IS_SOCKET(e);
}
