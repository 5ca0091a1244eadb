/* SPDX-License-Identifier: Apache-2.0 */
/* walk_cache.c -- merged configuration, made once and used again.
 *
 * Most merges of a walk join two vectors that live as long as the
 * configuration, so their result can too: it is kept in a table keyed by the
 * two addresses and shared by all later requests of this process.  A vector
 * that is not known to last (it came from an .htaccess file or from a module)
 * only takes part in merges remembered by the request and its relatives.
 *
 * Readers take no lock: a slot is written once, under the mutex, after its
 * entry is complete.  The table never grows; when it is three quarters full,
 * further merges are made per request.
 */
#include "request/request.h"

#include <apr_allocator.h>
#include <apr_thread_mutex.h>

#include <stdatomic.h>
#include <stdint.h>

#include "state.h"

#define MIN_SLOTS 1024
#define SLOTS_PER_VECTOR 8
#define MAX_LOCAL_MERGES 32

/* add NULL: a note that base lasts */
struct memo_entry {
    const ap_conf_vector_t *base;
    const ap_conf_vector_t *add;
    ap_conf_vector_t *merged;
};

struct memo {
    apr_pool_t *pool;           /* lock: mutex */
    apr_thread_mutex_t *mutex;
    size_t mask;                /* number of slots less one */
    size_t used;                /* lock: mutex */
    struct memo_entry *_Atomic slots[];
};

static struct memo *memo;       /* const pointer once serving starts */

static size_t first_slot(const struct memo *m, const void *base,
                         const void *add)
{
    uint64_t mix = (uintptr_t)base * UINT64_C(0x9E3779B97F4A7C15);

    mix ^= (uintptr_t)add * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (size_t)(mix >> 20) & m->mask;
}

static struct memo_entry *find_entry(struct memo *m, const void *base,
                                     const void *add)
{
    size_t at = first_slot(m, base, add);
    struct memo_entry *e;

    while ((e = atomic_load_explicit(&m->slots[at], memory_order_acquire))) {
        if (e->base == base && e->add == add) {
            return e;
        }
        at = (at + 1) & m->mask;
    }
    return NULL;
}

static bool has_room(const struct memo *m, size_t entries)
{
    return m->used + entries <= (m->mask + 1) / 4 * 3;
}

static void insert_entry(struct memo *m, const void *base, const void *add,
                         ap_conf_vector_t *merged)
{
    size_t at = first_slot(m, base, add);
    struct memo_entry *e = apr_palloc(m->pool, sizeof *e);

    *e = (struct memo_entry){ .base = base, .add = add, .merged = merged };
    while (atomic_load_explicit(&m->slots[at], memory_order_relaxed)) {
        at = (at + 1) & m->mask;
    }
    atomic_store_explicit(&m->slots[at], e, memory_order_release);
    m->used++;
}

/* NULL if the result cannot be kept */
static ap_conf_vector_t *merge_for_good(struct memo *m, ap_conf_vector_t *base,
                                        ap_conf_vector_t *add)
{
    ap_conf_vector_t *merged = NULL;
    struct memo_entry *e;

    if (!find_entry(m, base, NULL) || !find_entry(m, add, NULL)) {
        return NULL;
    }
    apr_thread_mutex_lock(m->mutex);
    e = find_entry(m, base, add);       /* another thread may have been here */
    if (e) {
        merged = e->merged;
    }
    else if (has_room(m, 2)) {
        merged = ap_merge_per_dir_configs(m->pool, base, add);
        insert_entry(m, merged, NULL, NULL);
        insert_entry(m, base, add, merged);
    }
    apr_thread_mutex_unlock(m->mutex);
    return merged;
}

static ap_conf_vector_t *find_local(const request_rec *r,
                                    const ap_conf_vector_t *base,
                                    const ap_conf_vector_t *add)
{
    for (; r; r = r->main ? r->main : r->prev) {
        const struct cl_request_walk *walk = cl_request_of(r)->walk;
        const struct cl_local_merge *m = walk ? walk->merges : NULL;

        for (; m; m = m->next) {
            if (m->base == base && m->add == add) {
                return m->merged;
            }
        }
    }
    return NULL;
}

static ap_conf_vector_t *merge_for_request(request_rec *r,
                                           ap_conf_vector_t *base,
                                           ap_conf_vector_t *add)
{
    struct cl_request_walk *walk;
    struct cl_local_merge *m;
    ap_conf_vector_t *merged = find_local(r, base, add);

    if (merged) {
        return merged;
    }
    merged = ap_merge_per_dir_configs(r->pool, base, add);
    walk = cl_request_walk_of(r);
    if (walk->merge_count < MAX_LOCAL_MERGES) {
        m = apr_palloc(r->pool, sizeof *m);
        *m = (struct cl_local_merge){ base, add, merged, walk->merges };
        walk->merges = m;
        walk->merge_count++;
    }
    return merged;
}

ap_conf_vector_t *cl_request_merge(request_rec *r, ap_conf_vector_t *base,
                                   ap_conf_vector_t *add)
{
    ap_conf_vector_t *merged = NULL;

    if (memo) {
        struct memo_entry *e = find_entry(memo, base, add);

        if (e) {
            return e->merged;
        }
        merged = merge_for_good(memo, base, add);
    }
    return merged ? merged : merge_for_request(r, base, add);
}

struct cl_request_walk *cl_request_walk_of(const request_rec *r)
{
    struct cl_request *mine = cl_request_of(r);

    if (!mine->walk) {
        mine->walk = apr_pcalloc(r->pool, sizeof *mine->walk);
    }
    return mine->walk;
}

/* Sections ------------------------------------------------------------ */

typedef void visit_vector(void *ctx, ap_conf_vector_t *vector);

static void visit_sections(const apr_array_header_t *sections,
                           visit_vector *visit, void *ctx)
{
    for (int i = 0; sections && i < sections->nelts; i++) {
        ap_conf_vector_t *v = ((ap_conf_vector_t **)sections->elts)[i];
        const core_dir_config *core = ap_get_core_module_config(v);

        visit(ctx, v);
        if (core) {
            visit_sections(core->sec_file, visit, ctx);
            visit_sections(core->sec_if, visit, ctx);
        }
    }
}

static void visit_all(server_rec *servers, visit_vector *visit, void *ctx)
{
    for (server_rec *s = servers; s; s = s->next) {
        const core_server_config *sconf
            = ap_get_core_module_config(s->module_config);
        const core_dir_config *core
            = ap_get_core_module_config(s->lookup_defaults);

        visit(ctx, s->lookup_defaults);
        visit_sections(core->sec_file, visit, ctx);
        visit_sections(core->sec_if, visit, ctx);
        visit_sections(sconf->sec_dir, visit, ctx);
        visit_sections(sconf->sec_url, visit, ctx);
    }
}

static void count_vector(void *ctx, ap_conf_vector_t *)
{
    ++*(size_t *)ctx;
}

static void note_vector(void *ctx, ap_conf_vector_t *vector)
{
    struct memo *m = ctx;

    if (!find_entry(m, vector, NULL)) {
        insert_entry(m, vector, NULL, NULL);
    }
}

static apr_status_t close_cache(void *)
{
    memo = NULL;
    return APR_SUCCESS;
}

/* The cache allocates while requests run, hence an allocator of its own. */
static apr_pool_t *make_pool(apr_pool_t *parent)
{
    apr_allocator_t *allocator;
    apr_pool_t *pool;

    if (apr_allocator_create(&allocator) != APR_SUCCESS) {
        return NULL;
    }
    if (apr_pool_create_ex(&pool, parent, NULL, allocator) != APR_SUCCESS) {
        apr_allocator_destroy(allocator);
        return NULL;
    }
    apr_allocator_owner_set(allocator, pool);
    apr_pool_tag(pool, "merged configuration");
    return pool;
}

void cl_request_walk_cache_open(apr_pool_t *p, server_rec *servers)
{
    apr_pool_t *pool = make_pool(p);
    size_t vectors = 0;
    size_t slots = MIN_SLOTS;
    struct memo *m;

    if (!pool) {
        return;                 /* no cache: requests merge on their own */
    }
    visit_all(servers, count_vector, &vectors);
    while (slots < vectors * SLOTS_PER_VECTOR) {
        slots *= 2;
    }
    m = apr_pcalloc(pool, sizeof *m + slots * sizeof m->slots[0]);
    m->pool = pool;
    m->mask = slots - 1;
    if (apr_thread_mutex_create(&m->mutex, APR_THREAD_MUTEX_DEFAULT, pool)
        != APR_SUCCESS) {
        apr_pool_destroy(pool);
        return;
    }
    visit_all(servers, note_vector, m);
    memo = m;
    apr_pool_cleanup_register(p, NULL, close_cache, apr_pool_cleanup_null);
}
