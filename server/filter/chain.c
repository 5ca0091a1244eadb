/* SPDX-License-Identifier: Apache-2.0 */
/* chain.c -- filters in a row: add, remove, order.
 *
 * A request's filters form one linked list with three doors into it:
 *
 *   resource door  -> r->output_filters        what the handler talks to
 *   protocol door  -> r->proto_output_filters  skips the content filters
 *   connection door-> c->output_filters        skips the request's filters
 *
 * (likewise for input).  An empty group has its door standing at the next
 * group's first filter.  Invariant: types never decrease along the list,
 * except where a sub-request's filters precede its parent's.
 */
#include "filter/filter.h"

#include "http_log.h"

APLOG_USE_MODULE(core);

struct chain {
    ap_filter_t **resource;             /* NULL without a request */
    ap_filter_t **protocol;             /* NULL without a request */
    ap_filter_t **connection;
};

static struct chain output_chain(request_rec *r, conn_rec *c)
{
    struct chain chain = { NULL, NULL, &c->output_filters };

    if (r) {
        chain.resource = &r->output_filters;
        chain.protocol = &r->proto_output_filters;
    }
    return chain;
}

static struct chain input_chain(request_rec *r, conn_rec *c)
{
    struct chain chain = { NULL, NULL, &c->input_filters };

    if (r) {
        chain.resource = &r->input_filters;
        chain.protocol = &r->proto_input_filters;
    }
    return chain;
}

static ap_filter_t **door_for(const struct chain *chain, ap_filter_type type)
{
    if (type < AP_FTYPE_PROTOCOL) {
        return chain->resource;
    }
    return type < AP_FTYPE_CONNECTION ? chain->protocol : chain->connection;
}

/* Equal types keep the order in which they were added; a filter of another
 * request (the parent of a sub-request) always comes later. */
static bool belongs_before(const ap_filter_t *f, const ap_filter_t *there)
{
    return there->frec->ftype > f->frec->ftype || there->r != f->r;
}

/* Let everything that leads to `from` lead to `to`: the doors and the filter
 * in front of it. */
static void redirect_links(const struct chain *chain, ap_filter_t *from,
                           ap_filter_t *to)
{
    ap_filter_t *at = chain->resource ? *chain->resource : *chain->connection;

    while (at && at != from && at != to) {
        if (at->next == from) {
            at->next = to;
            break;
        }
        at = at->next;
    }
    if (chain->resource && *chain->resource == from) {
        *chain->resource = to;
    }
    if (chain->protocol && *chain->protocol == from) {
        *chain->protocol = to;
    }
}

static void insert_at_door(const struct chain *chain, ap_filter_t **door,
                           ap_filter_t *f)
{
    ap_filter_t *old = *door;

    f->next = old;
    if (door == chain->connection) {
        redirect_links(chain, old, f);
    }
    else if (door == chain->protocol) {
        struct chain above = { chain->resource, NULL, chain->connection };

        redirect_links(&above, old, f);
    }
    *door = f;
}

static void insert(const struct chain *chain, ap_filter_t *f)
{
    ap_filter_t **door = door_for(chain, f->frec->ftype);
    ap_filter_t *at = *door;

    if (!at || belongs_before(f, at)) {
        insert_at_door(chain, door, f);
        return;
    }
    while (at->next && !belongs_before(f, at->next)) {
        at = at->next;
    }
    f->next = at->next;
    at->next = f;
}

static void unlink_filter(const struct chain *chain, ap_filter_t *f)
{
    redirect_links(chain, f, f->next);
    if (*chain->connection == f) {
        *chain->connection = f->next;
    }
}

static ap_filter_t *make(ap_filter_rec_t *frec, void *ctx, request_rec *r,
                         conn_rec *c)
{
    bool of_request = frec->ftype < AP_FTYPE_CONNECTION;
    ap_filter_t *f;

    if (of_request && !r) {
        ap_log_cerror(APLOG_MARK, APLOG_ERR, 0, c, APLOGNO(50450)
                      "could not add filter \"%s\" to a connection: it works "
                      "on requests; add it from a request hook", frec->name);
        return NULL;
    }
    f = apr_palloc(of_request ? r->pool : c->pool, sizeof *f);
    f->frec = frec;
    f->ctx = ctx;
    f->next = NULL;
    f->r = of_request ? r : NULL;
    f->c = c;
    return f;
}

static void complain_of_name(const char *name, request_rec *r, conn_rec *c)
{
    if (r) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50451)
                      "could not add filter \"%s\": no loaded module "
                      "provides it", name);
    }
    else {
        ap_log_cerror(APLOG_MARK, APLOG_ERR, 0, c, APLOGNO(50452)
                      "could not add filter \"%s\": no loaded module "
                      "provides it", name);
    }
}

AP_DECLARE(ap_filter_t *) ap_add_input_filter_handle(ap_filter_rec_t *frec,
    void *ctx, request_rec *r, conn_rec *c)
{
    struct chain chain = input_chain(r, c);
    ap_filter_t *f = make(frec, ctx, r, c);

    if (f) {
        insert(&chain, f);
    }
    return f;
}

AP_DECLARE(ap_filter_t *) ap_add_output_filter_handle(ap_filter_rec_t *frec,
    void *ctx, request_rec *r, conn_rec *c)
{
    struct chain chain = output_chain(r, c);
    ap_filter_t *f = make(frec, ctx, r, c);

    if (f) {
        insert(&chain, f);
    }
    return f;
}

AP_DECLARE(ap_filter_t *) ap_add_input_filter(const char *name, void *ctx,
    request_rec *r, conn_rec *c)
{
    ap_filter_rec_t *frec = ap_get_input_filter_handle(name);

    if (!frec) {
        complain_of_name(name, r, c);
        return NULL;
    }
    return ap_add_input_filter_handle(frec, ctx, r, c);
}

AP_DECLARE(ap_filter_t *) ap_add_output_filter(const char *name, void *ctx,
    request_rec *r, conn_rec *c)
{
    ap_filter_rec_t *frec = ap_get_output_filter_handle(name);

    if (!frec) {
        complain_of_name(name, r, c);
        return NULL;
    }
    return ap_add_output_filter_handle(frec, ctx, r, c);
}

AP_DECLARE(void) ap_remove_input_filter(ap_filter_t *f)
{
    struct chain chain = input_chain(f->r, f->c);

    unlink_filter(&chain, f);
}

AP_DECLARE(void) ap_remove_output_filter(ap_filter_t *f)
{
    struct chain chain = output_chain(f->r, f->c);

    unlink_filter(&chain, f);
}

static ap_filter_t *find_in(ap_filter_t *f, const ap_filter_rec_t *frec)
{
    while (f && f->frec != frec) {
        f = f->next;
    }
    return f;
}

AP_DECLARE(apr_status_t) ap_remove_input_filter_byhandle(ap_filter_t *next,
    const char *handle)
{
    ap_filter_rec_t *frec = handle ? ap_get_input_filter_handle(handle) : NULL;
    ap_filter_t *f = frec ? find_in(next, frec) : NULL;

    if (!f) {
        return APR_NOTFOUND;
    }
    ap_remove_input_filter(f);
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_remove_output_filter_byhandle(ap_filter_t *next,
    const char *handle)
{
    ap_filter_rec_t *frec = handle ? ap_get_output_filter_handle(handle) : NULL;
    ap_filter_t *f = frec ? find_in(next, frec) : NULL;

    if (!f) {
        return APR_NOTFOUND;
    }
    ap_remove_output_filter(f);
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_filter_protocol(ap_filter_t *f, unsigned int proto_flags)
{
    f->frec->proto_flags = proto_flags;
}
