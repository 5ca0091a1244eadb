/* SPDX-License-Identifier: Apache-2.0 */
/* finish.c -- run a request that was read, then end it: EOS, the EOR bucket,
 * and a look for the next request in what was read already.
 */
#include "http/http.h"

#include "ap_mpm.h"
#include "filter/filter.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "mod_core.h"
#include "scoreboard.h"

APLOG_USE_MODULE(http);

/* A brigade for one call, on the stack: a connection's pool must not grow
 * with each request. */
static void begin_brigade(apr_bucket_brigade *bb, conn_rec *c)
{
    bb->p = c->pool;
    bb->bucket_alloc = c->bucket_alloc;
    APR_RING_INIT(&bb->list, apr_bucket, link);
}

static void pass_one(conn_rec *c, apr_bucket *e)
{
    apr_bucket_brigade bb;

    begin_brigade(&bb, c);
    APR_BRIGADE_INSERT_TAIL(&bb, e);
    ap_pass_brigade(c->output_filters, &bb);
    apr_brigade_cleanup(&bb);
}

/* ---- the end of the response ---- */

static void pass_eos(request_rec *r)
{
    conn_rec *c = r->connection;
    apr_bucket_brigade bb;
    apr_bucket *eos = apr_bucket_eos_create(c->bucket_alloc);

    begin_brigade(&bb, c);
    APR_BRIGADE_INSERT_TAIL(&bb, eos);
    ap_pass_brigade(r->output_filters, &bb);
    apr_brigade_cleanup(&bb);
}

AP_DECLARE(void) ap_finalize_request_protocol(request_rec *r)
{
    ap_discard_request_body(r);
    while (r->next) {
        r = r->next;            /* the one that answers in the end */
    }
    if (!r->eos_sent) {
        pass_eos(r);
    }
}

AP_DECLARE(void) ap_finalize_sub_req_protocol(request_rec *sub_r)
{
    if (!sub_r->eos_sent) {
        pass_eos(sub_r);
    }
}

/* ---- pipelining ---- */

/* One byte of lookahead.  APR_EAGAIN: nothing there. */
static apr_status_t peek(conn_rec *c, apr_bucket_brigade *bb, char *byte)
{
    apr_status_t rv = ap_get_brigade(c->input_filters, bb,
                                     AP_MODE_SPECULATIVE, APR_NONBLOCK_READ,
                                     1);
    const char *data;
    apr_size_t len;

    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (APR_BRIGADE_EMPTY(bb)) {
        return APR_EAGAIN;
    }
    if (APR_BUCKET_IS_EOS(APR_BRIGADE_FIRST(bb))) {
        return APR_EOF;
    }
    rv = apr_bucket_read(APR_BRIGADE_FIRST(bb), &data, &len,
                         APR_NONBLOCK_READ);
    if (rv == APR_SUCCESS && len == 0) {
        rv = APR_EAGAIN;
    }
    if (rv == APR_SUCCESS) {
        *byte = *data;
    }
    return rv;
}

static void skip_byte(conn_rec *c, apr_bucket_brigade *bb)
{
    apr_brigade_cleanup(bb);
    ap_get_brigade(c->input_filters, bb, AP_MODE_READBYTES,
                   APR_NONBLOCK_READ, 1);
}

/* Is another request (some of it) here?  Empty lines in front of it are
 * dropped, up to a number (RFC 9112 section 2.2).  APR_SUCCESS: yes.
 * APR_NOTFOUND: too many empty lines. */
AP_DECLARE(apr_status_t) ap_check_pipeline(conn_rec *c, apr_bucket_brigade *bb,
    unsigned int max_blank_lines)
{
    unsigned int lines = 0;
    apr_status_t rv;
    char byte = 0;

    if (c->keepalive == AP_CONN_CLOSE || c->aborted) {
        return APR_EOF;
    }
    while ((rv = peek(c, bb, &byte)) == APR_SUCCESS) {
        if (byte != CR && byte != LF) {
            break;
        }
        if (byte == LF && ++lines > max_blank_lines) {
            rv = APR_NOTFOUND;
            break;
        }
        skip_byte(c, bb);
        apr_brigade_cleanup(bb);
    }
    apr_brigade_cleanup(bb);
    return rv;
}

static void look_for_more(conn_rec *c)
{
    apr_bucket_brigade bb;
    apr_status_t rv;

    c->data_in_input_filters = 0;
    if (c->keepalive == AP_CONN_CLOSE || c->aborted
        || cl_filter_input_is_idle(c)) {
        return;
    }
    begin_brigade(&bb, c);
    rv = ap_check_pipeline(c, &bb, DEFAULT_LIMIT_BLANK_LINES);
    if (rv == APR_NOTFOUND) {
        c->keepalive = AP_CONN_CLOSE;
    }
    c->data_in_input_filters = rv == APR_SUCCESS;
}

/* ---- the whole request ---- */

AP_DECLARE(void) ap_process_request_after_handler(request_rec *r)
{
    conn_rec *c = r->connection;

    if (ap_extended_status && c->sbh) {
        ap_time_process_request(c->sbh, STOP_PREQUEST);
    }
    /* r may be gone when this returns */
    pass_one(c, ap_bucket_eor_create(c->bucket_alloc, r));
    look_for_more(c);
    if (c->cs) {
        c->cs->state = c->aborted ? CONN_STATE_LINGER
                                  : CONN_STATE_WRITE_COMPLETION;
    }
}

/* While the handler runs, timers that it started must wait for it: only an
 * asynchronous MPM has such timers. */
static void lock_for_handler(request_rec *r)
{
    int is_async = 0;

    ap_mpm_query(AP_MPMQ_IS_ASYNC, &is_async);
    if (is_async
        && apr_thread_mutex_create(&r->invoke_mtx, APR_THREAD_MUTEX_DEFAULT,
                                   r->pool) == APR_SUCCESS) {
        apr_thread_mutex_lock(r->invoke_mtx);
    }
}

static void unlock_after_handler(request_rec *r)
{
    if (r->invoke_mtx) {
        apr_thread_mutex_unlock(r->invoke_mtx);
        r->invoke_mtx = NULL;
    }
}

static int run_walk(request_rec *r)
{
    int status = ap_run_quick_handler(r, 0);

    if (status != DECLINED) {
        return status;
    }
    status = ap_process_request_internal(r);
    return status == OK ? ap_invoke_handler(r) : status;
}

/* Somebody will call ap_process_request_after_handler() later.  r belongs to
 * him from the unlock on. */
static void suspend(request_rec *r)
{
    conn_rec *c = r->connection;

    if (ap_extended_status && c->sbh) {
        ap_time_process_request(c->sbh, STOP_PREQUEST);
    }
    if (c->cs) {
        c->cs->state = CONN_STATE_SUSPENDED;
    }
    if (r->invoke_mtx) {
        apr_thread_mutex_unlock(r->invoke_mtx);
    }
}

AP_DECLARE(void) ap_process_async_request(request_rec *r)
{
    int status;

    lock_for_handler(r);
    status = run_walk(r);
    if (status == SUSPENDED) {
        suspend(r);
        return;
    }
    unlock_after_handler(r);
    ap_die(status, r);
    ap_process_request_after_handler(r);
}

/* As above for an MPM that will not write later: with no request waiting,
 * everything must leave now. */
AP_DECLARE(void) ap_process_request(request_rec *r)
{
    conn_rec *c = r->connection;

    ap_process_async_request(r);
    if (!c->data_in_input_filters || c->keepalive == AP_CONN_CLOSE) {
        pass_one(c, apr_bucket_flush_create(c->bucket_alloc));
    }
}
