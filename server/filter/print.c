/* SPDX-License-Identifier: Apache-2.0 */
/* print.c -- ap_rwrite and friends, and the buffer behind them.
 *
 * Small writes of a handler are collected by the filter OLD_WRITE, which the
 * first write puts at the front of the request's chain.  Whatever else enters
 * the chain passes that filter and pushes the collected bytes ahead of it, so
 * bytes leave in the order in which they were written.
 */
#include "filter/filter.h"

#include "http_protocol.h"

#include <stdarg.h>

AP_DECLARE_DATA ap_filter_rec_t *ap_old_write_func;

/* The buffer of this very request; a parent's buffer further down the chain
 * is somebody else's. */
static ap_filter_t *writer_of(request_rec *r)
{
    ap_filter_t *f = r->output_filters;

    if (f && f->frec == ap_old_write_func && f->r == r) {
        return f;
    }
    f = ap_add_output_filter_handle(ap_old_write_func, NULL, r, r->connection);
    if (f) {
        f->ctx = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    }
    return f;
}

AP_DECLARE(apr_status_t) ap_old_write_filter(ap_filter_t *f,
    apr_bucket_brigade *b)
{
    apr_bucket_brigade *held = f->ctx;

    if (held && !APR_BRIGADE_EMPTY(held)) {
        APR_BRIGADE_PREPEND(b, held);
    }
    return ap_pass_brigade(f->next, b);
}

AP_DECLARE(int) ap_rwrite(const void *buf, int nbyte, request_rec *r)
{
    ap_filter_t *f;

    if (r->connection->aborted || nbyte < 0) {
        return -1;
    }
    if (nbyte == 0) {
        return 0;
    }
    f = writer_of(r);
    if (!f || apr_brigade_write(f->ctx, ap_filter_flush, f->next, buf,
                                (apr_size_t)nbyte) != APR_SUCCESS) {
        return -1;
    }
    return nbyte;
}

AP_DECLARE(int) ap_rputc(int c, request_rec *r)
{
    char byte = (char)c;

    return ap_rwrite(&byte, 1, r) < 0 ? -1 : c;
}

AP_DECLARE_NONSTD(int) ap_rvputs(request_rec *r, ...)
{
    int written = 0;
    va_list args;
    const char *s;

    va_start(args, r);
    while ((s = va_arg(args, const char *)) != NULL) {
        int n = ap_rputs(s, r);

        if (n < 0) {
            written = -1;
            break;
        }
        written += n;
    }
    va_end(args);
    return written;
}

struct print_state {
    apr_vformatter_buff_t vbuff;
    request_rec *r;
    int written;
    char buf[AP_IOBUFSIZE];
};

static int flush_print(apr_vformatter_buff_t *vbuff)
{
    struct print_state *state = (struct print_state *)vbuff;
    int n = (int)(vbuff->curpos - state->buf);

    if (n > 0 && ap_rwrite(state->buf, n, state->r) != n) {
        return -1;
    }
    state->written += n;
    vbuff->curpos = state->buf;
    return 0;
}

AP_DECLARE(int) ap_vrprintf(request_rec *r, const char *fmt, va_list vlist)
{
    struct print_state state;

    if (r->connection->aborted) {
        return -1;
    }
    state.r = r;
    state.written = 0;
    state.vbuff.curpos = state.buf;
    state.vbuff.endpos = state.buf + sizeof state.buf;
    if (apr_vformatter(flush_print, &state.vbuff, fmt, vlist) < 0
        || flush_print(&state.vbuff) != 0) {
        return -1;
    }
    return state.written;
}

AP_DECLARE_NONSTD(int) ap_rprintf(request_rec *r, const char *fmt, ...)
{
    va_list args;
    int n;

    va_start(args, fmt);
    n = ap_vrprintf(r, fmt, args);
    va_end(args);
    return n;
}

static apr_bucket_brigade *new_brigade(request_rec *r)
{
    return apr_brigade_create(r->pool, r->connection->bucket_alloc);
}

AP_DECLARE(int) ap_rflush(request_rec *r)
{
    apr_bucket_brigade *bb = new_brigade(r);
    apr_status_t rv = ap_fflush(r->output_filters, bb);

    apr_brigade_destroy(bb);
    return rv == APR_SUCCESS ? 0 : -1;
}

AP_DECLARE(apr_status_t) ap_send_fd(apr_file_t *fd, request_rec *r,
    apr_off_t offset, apr_size_t length, apr_size_t *nbytes)
{
    apr_bucket_brigade *bb = new_brigade(r);
    apr_status_t rv;

    apr_brigade_insert_file(bb, fd, offset, (apr_off_t)length, r->pool);
    rv = ap_pass_brigade(r->output_filters, bb);
    *nbytes = rv == APR_SUCCESS ? length : 0;
    return rv;
}

AP_DECLARE(apr_size_t) ap_send_mmap(apr_mmap_t *mm, request_rec *r,
    apr_size_t offset, apr_size_t length)
{
    apr_bucket_brigade *bb = new_brigade(r);
    apr_bucket *e = apr_bucket_mmap_create(mm, (apr_off_t)offset, length,
                                           r->connection->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, e);
    ap_pass_brigade(r->output_filters, bb);
    return mm->size;        /* the public promise, whatever became of it */
}
