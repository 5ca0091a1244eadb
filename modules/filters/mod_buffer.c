/* SPDX-License-Identifier: Apache-2.0 */
/* mod_buffer -- gather small pieces of a body into larger ones.
 *
 *   BufferSize bytes        default 131072; most that is held
 *   filters: BUFFER on input and on output
 */
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

#define DEFAULT_BUFFER_SIZE 131072

extern module AP_MODULE_DECLARE_DATA buffer_module;

struct buffer_dir {
    apr_off_t size;                 /* 0 unset */
};

struct buffer_state {
    apr_bucket_brigade *held;
    apr_bucket_brigade *scratch;
    apr_off_t limit;
};

static void *buffer_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct buffer_dir));
}

static void *buffer_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct buffer_dir *base = basev;
    const struct buffer_dir *add = addv;
    struct buffer_dir *dir = apr_palloc(p, sizeof *dir);

    dir->size = add->size != 0 ? add->size : base->size;
    return dir;
}

static const char *buffer_set_size(cmd_parms *, void *mconfig,
                                   const char *arg)
{
    struct buffer_dir *dir = mconfig;
    char *end;

    if (apr_strtoff(&dir->size, arg, &end, 10) != APR_SUCCESS || *end != '\0'
        || dir->size <= 0) {
        return "BufferSize needs a number of bytes above zero";
    }
    return NULL;
}

static struct buffer_state *state_of(ap_filter_t *f)
{
    const struct buffer_dir *dir = ap_get_module_config(f->r->per_dir_config,
                                                        &buffer_module);
    struct buffer_state *state = f->ctx;

    if (state == NULL) {
        state = f->ctx = apr_pcalloc(f->r->pool, sizeof *state);
        state->held = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
        state->scratch = apr_brigade_create(f->r->pool, f->c->bucket_alloc);
        state->limit = dir->size != 0 ? dir->size : DEFAULT_BUFFER_SIZE;
    }
    return state;
}

/* Copy the bytes of b behind the held ones and remove b. */
static apr_status_t gather(struct buffer_state *state, apr_bucket *b)
{
    const char *bytes;
    apr_size_t length;
    apr_status_t rv = apr_bucket_read(b, &bytes, &length, APR_BLOCK_READ);

    if (rv == APR_SUCCESS) {
        rv = apr_brigade_write(state->held, NULL, NULL, bytes, length);
        apr_bucket_delete(b);
    }
    return rv;
}

static apr_off_t held_length(const struct buffer_state *state)
{
    apr_off_t length = 0;

    apr_brigade_length(state->held, 0, &length);
    return length;
}

static apr_status_t buffer_out_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    struct buffer_state *state;
    apr_status_t rv = APR_SUCCESS;

    if (f->ctx == NULL && f->r->main != NULL) {
        ap_remove_output_filter(f);     /* the main request buffers */
        return ap_pass_brigade(f->next, bb);
    }
    state = state_of(f);
    while (rv == APR_SUCCESS && !APR_BRIGADE_EMPTY(bb)) {
        apr_bucket *b = APR_BRIGADE_FIRST(bb);

        if (APR_BUCKET_IS_METADATA(b)) {
            int last = APR_BUCKET_IS_EOS(b);
            int now = last || APR_BUCKET_IS_FLUSH(b);

            APR_BUCKET_REMOVE(b);
            APR_BRIGADE_INSERT_TAIL(state->held, b);
            if (last) {
                APR_BRIGADE_CONCAT(state->held, bb);
                ap_remove_output_filter(f);
            }
            if (now) {
                rv = ap_pass_brigade(f->next, state->held);
            }
            continue;
        }
        rv = gather(state, b);
        if (rv == APR_SUCCESS && held_length(state) >= state->limit) {
            rv = ap_pass_brigade(f->next, state->held);
            apr_brigade_cleanup(state->held);
        }
    }
    return rv;
}

/* Read ahead until the limit or the end. */
static apr_status_t fill(ap_filter_t *f, struct buffer_state *state,
                         apr_read_type_e block)
{
    while (held_length(state) < state->limit) {
        apr_status_t rv;

        apr_brigade_cleanup(state->scratch);
        rv = ap_get_brigade(f->next, state->scratch, AP_MODE_READBYTES, block,
                            state->limit);
        if (rv != APR_SUCCESS) {
            return APR_BRIGADE_EMPTY(state->held) ? rv : APR_SUCCESS;
        }
        while (!APR_BRIGADE_EMPTY(state->scratch)) {
            apr_bucket *b = APR_BRIGADE_FIRST(state->scratch);

            if (APR_BUCKET_IS_METADATA(b)) {
                int last = APR_BUCKET_IS_EOS(b);

                APR_BUCKET_REMOVE(b);
                APR_BRIGADE_INSERT_TAIL(state->held, b);
                if (last) {
                    return APR_SUCCESS;
                }
                continue;
            }
            rv = gather(state, b);
            if (rv != APR_SUCCESS) {
                return rv;
            }
        }
    }
    return APR_SUCCESS;
}

static apr_status_t buffer_in_filter(ap_filter_t *f, apr_bucket_brigade *bb,
                                     ap_input_mode_t mode,
                                     apr_read_type_e block,
                                     apr_off_t readbytes)
{
    struct buffer_state *state;
    apr_bucket *after;
    apr_status_t rv;

    if (mode != AP_MODE_READBYTES || f->r->main != NULL) {
        return ap_get_brigade(f->next, bb, mode, block, readbytes);
    }
    state = state_of(f);
    if (APR_BRIGADE_EMPTY(state->held)) {
        rv = fill(f, state, block);
        if (rv != APR_SUCCESS) {
            return rv;
        }
    }
    rv = apr_brigade_partition(state->held, readbytes, &after);
    if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        return rv;
    }
    apr_brigade_split_ex(state->held, after, state->scratch);
    APR_BRIGADE_CONCAT(bb, state->held);
    APR_BRIGADE_CONCAT(state->held, state->scratch);
    return APR_SUCCESS;
}

static const command_rec buffer_directives[] = {
    AP_INIT_TAKE1("BufferSize", buffer_set_size, NULL, ACCESS_CONF,
        "most bytes the filter BUFFER holds back"),
    { 0 }
};

static void buffer_register_hooks(apr_pool_t *)
{
    ap_register_output_filter("BUFFER", buffer_out_filter, NULL,
                              AP_FTYPE_CONTENT_SET);
    ap_register_input_filter("BUFFER", buffer_in_filter, NULL,
                             AP_FTYPE_CONTENT_SET);
}

AP_DECLARE_MODULE(buffer) = {
    STANDARD20_MODULE_STUFF, buffer_create_dir, buffer_merge_dir, NULL, NULL,
    buffer_directives, buffer_register_hooks, AP_MODULE_FLAG_NONE
};
