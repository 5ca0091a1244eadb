/* SPDX-License-Identifier: Apache-2.0 */
/* network_out.c -- CORE, the last filter on the way out: when to write to the
 * socket, when to set aside, when to wait.
 *
 * A brigade is cut in two.  What stands before the last FLUSH (or before a
 * bucket that cannot be kept, such as a pipe) is written now, waiting for the
 * client if need be.  Of the rest, little is kept back, so that a header and
 * a small body, or several pipelined answers, leave in one system call; much
 * is written as far as the socket takes it without waiting.  A call without
 * a brigade (the MPM found the socket writable) continues where the last one
 * stopped.
 *
 * Invariant: what is held survives its makers; c->data_in_output_filters says
 * whether anything is.
 */
#include "filter/filter.h"

#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#include <apr_support.h>

#include <errno.h>
#include <sys/socket.h>

APLOG_USE_MODULE(core);

enum {
    MIN_WRITE = 4096,           /* less than this may wait for company */
    SMALL_FILE = 8192,          /* such a file is read rather than kept open */
    VEC_SIZE = 32
};

struct core_output_filter_ctx {
    apr_bucket_brigade *held;   /* set aside, in order of sending */
    apr_pool_t *hold_pool;      /* what the held buckets need; NULL: unused */
    bool pool_used;
};

enum patience { DO_NOT_WAIT, WAIT };

/* What a brigade asks for. */
struct demand {
    apr_bucket *urgent;         /* all before this must be written now */
    apr_size_t bytes;           /* in front of the network after urgent */
    apr_size_t memory;          /* of these, bytes held in memory */
    int responses;              /* complete ones among them */
    bool closing;               /* the connection ends with them */
};

static APR_OPTIONAL_FN_TYPE(ap_logio_add_bytes_out) *count_bytes_out;

void cl_filter_find_logio(void)
{
    count_bytes_out = APR_RETRIEVE_OPTIONAL_FN(ap_logio_add_bytes_out);
}

static bool is_kept_cheaply(const apr_bucket *b)
{
    return !APR_BUCKET_IS_FILE(b) && b->length != (apr_size_t)-1;
}

/* One step of reading a brigade's demand: look at bucket b. */
static void note_bucket(struct demand *d, apr_bucket *b)
{
    if (APR_BUCKET_IS_FLUSH(b) || b->length == (apr_size_t)-1) {
        d->urgent = APR_BUCKET_NEXT(b);
        d->bytes = d->memory = 0;
        d->responses = 0;
    }
    else if (AP_BUCKET_IS_EOR(b)) {
        d->responses++;
    }
    else if (AP_BUCKET_IS_EOC(b)) {
        d->closing = true;
    }
    else {
        d->bytes += b->length;
        if (is_kept_cheaply(b)) {
            d->memory += b->length;
        }
    }
}

static void study(struct demand *d, apr_bucket_brigade *bb,
                  apr_size_t max_memory, int max_responses)
{
    memset(d, 0, sizeof *d);
    for (apr_bucket *b = APR_BRIGADE_FIRST(bb); b != APR_BRIGADE_SENTINEL(bb);
         b = APR_BUCKET_NEXT(b)) {
        note_bucket(d, b);
        if (d->memory >= max_memory
            || (max_responses >= 0 && d->responses > max_responses)) {
            d->urgent = APR_BUCKET_NEXT(b);
            d->bytes = d->memory = 0;
            d->responses = 0;
        }
    }
}

static apr_status_t wait_writable(apr_socket_t *sock)
{
    return apr_wait_for_io_or_timeout(NULL, sock, 0);
}

/* One sendmsg; more says that file data follows at once. */
static apr_status_t send_vector(int sd, struct iovec *vec, int n, bool more,
                                apr_size_t *sent)
{
    struct msghdr msg = { .msg_iov = vec, .msg_iovlen = (size_t)n };
    int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (more ? MSG_MORE : 0);
    ssize_t rc;

    do {
        rc = sendmsg(sd, &msg, flags);
    } while (rc < 0 && errno == EINTR);
    if (rc < 0) {
        *sent = 0;
        return errno;
    }
    *sent = (apr_size_t)rc;
    return APR_SUCCESS;
}

/* Send from the front of bb once: a vector, else a piece of a file.  Reports
 * APR_INCOMPLETE when a bucket must be waited for before anything can be sent.
 */
static apr_status_t send_once(conn_rec *c, int sd, apr_bucket_brigade *bb,
                              apr_bucket *upto)
{
    struct iovec vec[VEC_SIZE];
    apr_bucket *file;
    apr_size_t bytes, sent = 0;
    int n;
    apr_status_t rv = cl_filter_gather(bb, upto, vec, VEC_SIZE, &n, &bytes,
                                       &file);

    if (rv != APR_SUCCESS && !(APR_STATUS_IS_EAGAIN(rv) && n > 0)) {
        return APR_STATUS_IS_EAGAIN(rv) ? APR_INCOMPLETE : rv;
    }
    if (n > 0) {
        rv = send_vector(sd, vec, n, file != NULL, &sent);
    }
    else if (file) {
        cl_filter_consume(bb, file, 0);
        rv = cl_filter_sendfile(sd, file, &sent);
    }
    else {
        rv = APR_SUCCESS;
    }
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (sent && count_bytes_out) {
        count_bytes_out(c, (apr_off_t)sent);
    }
    cl_filter_consume(bb, upto, sent);
    return APR_SUCCESS;
}

/* Wait until the front bucket that is no memory yet has become some. */
static apr_status_t read_front(apr_bucket_brigade *bb)
{
    const char *data;
    apr_size_t len;
    apr_bucket *b = APR_BRIGADE_FIRST(bb);

    while (b != APR_BRIGADE_SENTINEL(bb) && b->length == 0) {
        b = APR_BUCKET_NEXT(b);
    }
    return b == APR_BRIGADE_SENTINEL(bb)
           ? APR_SUCCESS : apr_bucket_read(b, &data, &len, APR_BLOCK_READ);
}

/* Write what stands before upto (NULL: everything).  Without patience stops
 * with APR_SUCCESS when the socket is full. */
static apr_status_t write_out(conn_rec *c, apr_socket_t *sock,
                              apr_bucket_brigade *bb, apr_bucket *upto,
                              enum patience patience)
{
    apr_os_sock_t sd;

    apr_os_sock_get(&sd, sock);
    while (!APR_BRIGADE_EMPTY(bb) && APR_BRIGADE_FIRST(bb) != upto) {
        apr_status_t rv = send_once(c, sd, bb, upto);

        if (rv == APR_INCOMPLETE) {
            rv = read_front(bb);
        }
        else if (APR_STATUS_IS_EAGAIN(rv)) {
            if (patience == DO_NOT_WAIT) {
                return APR_SUCCESS;
            }
            rv = wait_writable(sock);
        }
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    return APR_SUCCESS;
}

static apr_pool_t *hold_pool_of(core_output_filter_ctx_t *ctx, conn_rec *c)
{
    if (!ctx->hold_pool) {
        apr_pool_create(&ctx->hold_pool, c->pool);
        apr_pool_tag(ctx->hold_pool, "held_output");
    }
    ctx->pool_used = true;
    return ctx->hold_pool;
}

/* Make *at independent of its maker; another bucket may take its place. */
static apr_status_t keep(core_output_filter_ctx_t *ctx, conn_rec *c,
                         apr_bucket **at)
{
    apr_bucket *b = *at, *loaded;
    apr_status_t rv;

    if (APR_BUCKET_IS_HEAP(b) || APR_BUCKET_IS_IMMORTAL(b)
        || APR_BUCKET_IS_METADATA(b) || APR_BUCKET_IS_POOL(b)) {
        return APR_SUCCESS;         /* lives long, or moves when it must */
    }
    loaded = cl_filter_load_file(b, SMALL_FILE);
    if (loaded) {
        *at = loaded;
        return APR_SUCCESS;
    }
    rv = apr_bucket_setaside(b, APR_BUCKET_IS_TRANSIENT(b)
                                ? c->pool : hold_pool_of(ctx, c));
    return rv == APR_ENOTIMPL ? APR_SUCCESS : rv;
}

/* Move a brigade behind what is held already. */
static apr_status_t hold(core_output_filter_ctx_t *ctx, conn_rec *c,
                         apr_bucket_brigade *bb)
{
    apr_status_t rv = APR_SUCCESS;

    for (apr_bucket *b = APR_BRIGADE_FIRST(bb);
         rv == APR_SUCCESS && b != APR_BRIGADE_SENTINEL(bb);
         b = APR_BUCKET_NEXT(b)) {
        rv = keep(ctx, c, &b);
    }
    APR_BRIGADE_CONCAT(ctx->held, bb);
    return rv;
}

static void release_if_empty(core_output_filter_ctx_t *ctx)
{
    if (ctx->pool_used && APR_BRIGADE_EMPTY(ctx->held)) {
        apr_pool_clear(ctx->hold_pool);
        ctx->pool_used = false;
    }
}

/* The connection is of no more use: nobody may work for it any longer. */
static apr_status_t abort_output(conn_rec *c, core_output_filter_ctx_t *ctx,
                                 apr_bucket_brigade *bb, apr_status_t rv)
{
    if (!c->aborted && c->keepalive != AP_CONN_CLOSE) {
        ap_log_cerror(APLOG_MARK, APLOG_TRACE1, rv, c,
                      "could not write to client \"%s\"", c->client_ip);
    }
    c->aborted = 1;
    if (bb) {
        apr_brigade_cleanup(bb);
    }
    if (ctx) {
        apr_brigade_cleanup(ctx->held);
        release_if_empty(ctx);
    }
    c->data_in_output_filters = 0;
    return rv;
}

static core_output_filter_ctx_t *ctx_of(core_net_rec *net, conn_rec *c)
{
    core_output_filter_ctx_t *ctx = net->out_ctx;

    if (!ctx) {
        ctx = apr_pcalloc(c->pool, sizeof *ctx);
        ctx->held = apr_brigade_create(c->pool, c->bucket_alloc);
        net->out_ctx = ctx;
    }
    return ctx;
}

static void study_for(struct demand *d, apr_bucket_brigade *bb,
                      const conn_rec *c)
{
    const core_server_config *conf =
        ap_get_core_module_config(c->base_server->module_config);
    apr_size_t max = conf->flush_max_threshold;

    study(d, bb, max ? max : CL_FLUSH_THRESHOLD_DEFAULT,
          conf->flush_max_pipelined);
}

/* Write what must be and what should be written of bb. */
static apr_status_t write_some(conn_rec *c, apr_socket_t *sock,
                               apr_bucket_brigade *bb)
{
    struct demand d;

    study_for(&d, bb, c);
    if (d.urgent) {
        apr_bucket *upto = d.urgent == APR_BRIGADE_SENTINEL(bb) ? NULL
                                                                : d.urgent;
        apr_status_t rv = write_out(c, sock, bb, upto, WAIT);

        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    if (d.bytes >= MIN_WRITE || (d.closing && !APR_BRIGADE_EMPTY(bb))) {
        return write_out(c, sock, bb, NULL, DO_NOT_WAIT);
    }
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_core_output_filter(ap_filter_t *f,
    apr_bucket_brigade *new_bb)
{
    conn_rec *c = f->c;
    core_net_rec *net = f->ctx;
    core_output_filter_ctx_t *ctx = ctx_of(net, c);
    apr_socket_t *sock = net->client_socket;
    apr_status_t rv = APR_SUCCESS;

    if (c->aborted) {
        return abort_output(c, ctx, new_bb, APR_ECONNABORTED);
    }
    if (!new_bb) {
        rv = write_out(c, sock, ctx->held, NULL, DO_NOT_WAIT);
    }
    else if (APR_BRIGADE_EMPTY(ctx->held)) {
        /* what is written at once need not be made to last */
        rv = write_some(c, sock, new_bb);
        if (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(new_bb)) {
            rv = hold(ctx, c, new_bb);
        }
    }
    else {
        rv = hold(ctx, c, new_bb);
        if (rv == APR_SUCCESS) {
            rv = write_some(c, sock, ctx->held);
        }
    }
    if (rv != APR_SUCCESS) {
        return abort_output(c, ctx, new_bb, rv);
    }
    release_if_empty(ctx);
    c->data_in_output_filters = !APR_BRIGADE_EMPTY(ctx->held);
    return APR_SUCCESS;
}
