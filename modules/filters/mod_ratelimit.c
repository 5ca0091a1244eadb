/* SPDX-License-Identifier: Apache-2.0 */
/* mod_ratelimit -- limit the bandwidth of a response.
 *
 *   filter RATE_LIMIT, with the variables
 *     rate-limit           KiB a second
 *     rate-initial-burst   KiB at full speed first (optional)
 * The thread sleeps between pieces of a fifth of a second.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

#define PIECE_INTERVAL (APR_USEC_PER_SEC / 5)

extern module AP_MODULE_DECLARE_DATA ratelimit_module;

struct ratelimit_state {
    apr_off_t piece;                /* bytes for each interval */
    apr_off_t burst;                /* bytes left at full speed */
    apr_time_t next;                /* when the next piece may go; 0: now */
    apr_bucket_brigade *part;       /* goes now */
    apr_bucket_brigade *rest;       /* scratch of take() */
};

/* KiB out of a variable, as bytes; 0 when absent or out of range. */
static apr_off_t read_kib(request_rec *r, const char *name)
{
    const char *text = apr_table_get(r->subprocess_env, name);
    apr_int64_t kib = text != NULL ? apr_atoi64(text) : 0;

    if (text != NULL && (kib < 0 || kib > APR_INT64_MAX / 1024)) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(03488)
                      "%s is \"%s\", which is out of range: no limit", name,
                      text);
        return 0;
    }
    return kib * 1024;
}

static struct ratelimit_state *make_state(ap_filter_t *f)
{
    apr_off_t rate = read_kib(f->r, "rate-limit");
    struct ratelimit_state *state;

    if (rate <= 0) {
        return NULL;
    }
    state = apr_pcalloc(f->r->pool, sizeof *state);
    state->piece = rate / (APR_USEC_PER_SEC / PIECE_INTERVAL);
    state->burst = read_kib(f->r, "rate-initial-burst");
    state->part = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
    state->rest = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
    return state;
}

/* Sleep until the next piece is due. */
static void pace(struct ratelimit_state *state)
{
    apr_time_t now = apr_time_now();

    if (state->next > now) {
        apr_sleep(state->next - now);
        now = state->next;
    }
    state->next = now + PIECE_INTERVAL;
}

/* Move up to limit bytes (and all leading metadata) from bb to part. */
static apr_status_t take(struct ratelimit_state *state,
                         apr_bucket_brigade *bb, apr_off_t limit)
{
    apr_bucket *end;
    apr_status_t rv = apr_brigade_partition(bb, limit, &end);

    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return rv;
    }
    apr_brigade_split_ex(bb, end, state->rest);
    APR_BRIGADE_CONCAT(state->part, bb);
    APR_BRIGADE_CONCAT(bb, state->rest);
    return APR_SUCCESS;
}

static apr_status_t ratelimit_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    struct ratelimit_state *state = f->ctx;
    apr_status_t rv = APR_SUCCESS;

    if (state == NULL) {
        if (f->r->main != NULL || (state = make_state(f)) == NULL) {
            ap_remove_output_filter(f);
            return ap_pass_brigade(f->next, bb);
        }
        f->ctx = state;
    }
    while (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
        apr_off_t limit = state->burst > 0 ? state->burst : state->piece;
        apr_off_t length = 0;

        rv = take(state, bb, limit);
        if (rv != APR_SUCCESS) {
            break;
        }
        apr_brigade_length(state->part, 0, &length);
        if (length > 0) {
            if (state->burst > 0) {
                state->burst -= length;
            }
            else {
                pace(state);
            }
            if (!APR_BRIGADE_EMPTY(bb)) {
                APR_BRIGADE_INSERT_TAIL(state->part,
                    apr_bucket_flush_create(f->c->bucket_alloc));
            }
        }
        rv = ap_pass_brigade(f->next, state->part);
        apr_brigade_cleanup(state->part);
        if (f->c->aborted) {
            apr_brigade_cleanup(bb);
            return APR_ECONNABORTED;
        }
    }
    return rv;
}

static void ratelimit_register_hooks(apr_pool_t *)
{
    /* below everything that changes the body's length */
    ap_register_output_filter("RATE_LIMIT", ratelimit_filter, NULL,
                              AP_FTYPE_CONNECTION - 1);
}

AP_DECLARE_MODULE(ratelimit) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    ratelimit_register_hooks, AP_MODULE_FLAG_NONE
};
