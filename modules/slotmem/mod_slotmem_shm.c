/* SPDX-License-Identifier: Apache-2.0 */
/* mod_slotmem_shm -- arrays of slots in shared memory, for other modules.
 *
 *   provider: slotmem "shm" (ap_slotmem.h)
 *   hooks: pre_config
 *
 * A segment is a descriptor, one byte of use for each slot, and the slots.
 * With a name it is found again by children (attach) and over restarts; with
 * AP_SLOTMEM_TYPE_PERSIST it is also saved to a file when the server stops.
 * Who changes slots and needs more than one byte's atomicity has its own lock.
 */
#include <stdbool.h>
#include <string.h>

#include "ap_provider.h"
#include "ap_slotmem.h"
#include "apr_file_io.h"
#include "apr_md5.h"
#include "apr_shm.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "http_main.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA slotmem_shm_module;

#define ALIGNMENT 16
#define SAVE_MAGIC "cleat slotmem 1\n"

/* At the beginning of the segment. */
struct descriptor {
    apr_size_t size;                /* bytes of a slot */
    apr_uint32_t count;
    apr_uint32_t type;              /* ap_slotmem_type_t */
};

struct ap_slotmem_instance_t {
    struct ap_slotmem_instance_t *next;
    const char *name;               /* file, or NULL: anonymous */
    const char *save_name;
    apr_shm_t *shm;
    struct descriptor *descriptor;
    char *used;                     /* one byte a slot */
    char *slots;
    apr_pool_t *pool;
};

static struct ap_slotmem_instance_t *instances;     /* parent, configuring */
static apr_pool_t *segment_pool;

/* ---- layout */

static apr_size_t aligned(apr_size_t size)
{
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static apr_size_t segment_size(apr_size_t size, apr_uint32_t count)
{
    return aligned(sizeof(struct descriptor)) + aligned(count) + size * count;
}

static void map(struct ap_slotmem_instance_t *mem)
{
    char *base = apr_shm_baseaddr_get(mem->shm);

    mem->descriptor = (struct descriptor *)base;
    mem->used = base + aligned(sizeof(struct descriptor));
    mem->slots = mem->used + aligned(mem->descriptor->count);
}

/* The file a name stands for; NULL for "none" and anonymous memory. */
static const char *file_of(apr_pool_t *p, const char *name,
                           const char *suffix)
{
    if (name == NULL || *name == '\0' || ap_cstr_casecmp(name, "none") == 0) {
        return NULL;
    }
    name = apr_pstrcat(p, *name == '/' ? "" : "slotmem-shm-", name, suffix,
                       NULL);
    return ap_runtime_dir_relative(p, name);
}

/* ---- keeping slots over restarts of the machine */

static void save(struct ap_slotmem_instance_t *mem, apr_pool_t *p)
{
    apr_size_t size = segment_size(mem->descriptor->size,
                                   mem->descriptor->count);
    unsigned char digest[APR_MD5_DIGESTSIZE];
    const char *fresh = apr_pstrcat(p, mem->save_name, ".new", NULL);
    apr_file_t *f;
    apr_status_t rv = apr_file_open(&f, fresh, APR_WRITE | APR_CREATE
                                    | APR_TRUNCATE | APR_BINARY,
                                    APR_UREAD | APR_UWRITE, p);

    if (rv == APR_SUCCESS) {
        apr_md5(digest, mem->descriptor, size);
        rv = apr_file_write_full(f, SAVE_MAGIC, sizeof SAVE_MAGIC - 1, NULL);
        if (rv == APR_SUCCESS) {
            rv = apr_file_write_full(f, mem->descriptor, size, NULL);
        }
        if (rv == APR_SUCCESS) {
            rv = apr_file_write_full(f, digest, sizeof digest, NULL);
        }
        apr_file_close(f);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_file_rename(fresh, mem->save_name, p);
    }
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, ap_server_conf,
                     APLOGNO(50762) "could not save shared slots to \"%s\"",
                     mem->save_name);
        apr_file_remove(fresh, p);
    }
}

/* Fill the segment from its file when that fits and is whole. */
static void restore(struct ap_slotmem_instance_t *mem, apr_pool_t *p)
{
    apr_size_t size = segment_size(mem->descriptor->size,
                                   mem->descriptor->count);
    char magic[sizeof SAVE_MAGIC - 1];
    unsigned char saved[APR_MD5_DIGESTSIZE], digest[APR_MD5_DIGESTSIZE];
    struct descriptor *copy;
    apr_file_t *f;
    apr_status_t rv = apr_file_open(&f, mem->save_name, APR_READ | APR_BINARY,
                                    APR_OS_DEFAULT, p);

    if (rv != APR_SUCCESS) {
        return;
    }
    copy = apr_palloc(p, size);
    rv = apr_file_read_full(f, magic, sizeof magic, NULL);
    if (rv == APR_SUCCESS) {
        rv = apr_file_read_full(f, copy, size, NULL);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_file_read_full(f, saved, sizeof saved, NULL);
    }
    apr_file_close(f);
    if (rv == APR_SUCCESS) {
        apr_md5(digest, copy, size);
    }
    if (rv != APR_SUCCESS || memcmp(magic, SAVE_MAGIC, sizeof magic) != 0
        || memcmp(saved, digest, sizeof digest) != 0
        || copy->size != mem->descriptor->size
        || copy->count != mem->descriptor->count) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, rv, ap_server_conf,
                     APLOGNO(50763) "the saved slots in \"%s\" do not fit and "
                     "are not used", mem->save_name);
        return;
    }
    memcpy(mem->descriptor, copy, size);
}

static apr_status_t release_all(void *)
{
    for (struct ap_slotmem_instance_t *mem = instances; mem != NULL;
         mem = mem->next) {
        if (mem->save_name != NULL
            && (mem->descriptor->type & AP_SLOTMEM_TYPE_PERSIST)) {
            save(mem, mem->pool);
        }
        apr_shm_destroy(mem->shm);
    }
    instances = NULL;
    return APR_SUCCESS;
}

/* ---- create and attach */

static struct ap_slotmem_instance_t *find(const char *file)
{
    for (struct ap_slotmem_instance_t *mem = instances;
         mem != NULL && file != NULL; mem = mem->next) {
        if (mem->name != NULL && strcmp(mem->name, file) == 0) {
            return mem;
        }
    }
    return NULL;
}

static apr_status_t new_segment(struct ap_slotmem_instance_t *mem,
                                apr_size_t size, apr_uint32_t count,
                                ap_slotmem_type_t type)
{
    apr_size_t bytes = segment_size(size, count);
    apr_status_t rv;

    if (mem->name != NULL) {
        apr_shm_remove(mem->name, mem->pool);
    }
    rv = apr_shm_create(&mem->shm, bytes, mem->name, mem->pool);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    memset(apr_shm_baseaddr_get(mem->shm), 0, bytes);
    mem->descriptor = apr_shm_baseaddr_get(mem->shm);
    mem->descriptor->size = size;
    mem->descriptor->count = count;
    mem->descriptor->type = type;
    map(mem);
    return APR_SUCCESS;
}

static apr_status_t slotmem_create(ap_slotmem_instance_t **new,
                                   const char *name, apr_size_t size,
                                   unsigned int count, ap_slotmem_type_t type,
                                   apr_pool_t *p)
{
    const char *file = file_of(p, name, ".shm");
    struct ap_slotmem_instance_t *mem = find(file);
    apr_status_t rv;

    if (mem != NULL) {
        if (mem->descriptor->size != size || mem->descriptor->count != count) {
            return APR_EINVAL;
        }
        *new = mem;
        return APR_SUCCESS;
    }
    mem = apr_pcalloc(segment_pool, sizeof *mem);
    mem->pool = segment_pool;
    mem->name = file != NULL ? apr_pstrdup(segment_pool, file) : NULL;
    mem->save_name = type & AP_SLOTMEM_TYPE_PERSIST
        ? file_of(segment_pool, name, ".save") : NULL;
    rv = new_segment(mem, size, count, type);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (mem->save_name != NULL) {
        restore(mem, p);
    }
    mem->next = instances;
    instances = mem;
    *new = mem;
    return APR_SUCCESS;
}

static apr_status_t slotmem_attach(ap_slotmem_instance_t **new,
                                   const char *name, apr_size_t *size,
                                   unsigned int *count, apr_pool_t *p)
{
    const char *file = file_of(p, name, ".shm");
    struct ap_slotmem_instance_t *mem = find(file);

    if (file == NULL) {
        return APR_ENOSHMAVAIL;
    }
    if (mem == NULL) {
        apr_shm_t *shm;
        apr_status_t rv = apr_shm_attach(&shm, file, segment_pool);

        if (rv != APR_SUCCESS) {
            return rv;
        }
        mem = apr_pcalloc(segment_pool, sizeof *mem);
        mem->pool = segment_pool;
        mem->name = apr_pstrdup(segment_pool, file);
        mem->shm = shm;
        map(mem);
        mem->next = instances;
        instances = mem;
    }
    *size = mem->descriptor->size;
    *count = mem->descriptor->count;
    *new = mem;
    return APR_SUCCESS;
}

/* ---- slots */

static char *slot_at(ap_slotmem_instance_t *mem, unsigned int id)
{
    return mem->slots + mem->descriptor->size * id;
}

static apr_status_t slotmem_doall(ap_slotmem_instance_t *mem,
                                  ap_slotmem_callback_fn_t *call, void *data,
                                  apr_pool_t *p)
{
    apr_status_t rv = APR_SUCCESS;

    for (unsigned int id = 0; id < mem->descriptor->count
         && rv == APR_SUCCESS; id++) {
        if (mem->used[id] || (mem->descriptor->type
                              & AP_SLOTMEM_TYPE_PREGRAB)) {
            rv = call(slot_at(mem, id), data, p);
        }
    }
    return rv;
}

static apr_status_t slotmem_dptr(ap_slotmem_instance_t *mem, unsigned int id,
                                 void **address)
{
    if (mem == NULL) {
        return APR_ENOSHMAVAIL;
    }
    if (id >= mem->descriptor->count) {
        return APR_EINVAL;
    }
    *address = slot_at(mem, id);
    return APR_SUCCESS;
}

static apr_status_t check_used(ap_slotmem_instance_t *mem, unsigned int id,
                               apr_size_t length)
{
    if (mem == NULL) {
        return APR_ENOSHMAVAIL;
    }
    if (id >= mem->descriptor->count || length > mem->descriptor->size) {
        return APR_EINVAL;
    }
    if (!mem->used[id] && !(mem->descriptor->type
                            & AP_SLOTMEM_TYPE_PREGRAB)) {
        return APR_NOTFOUND;
    }
    return APR_SUCCESS;
}

static apr_status_t slotmem_get(ap_slotmem_instance_t *mem, unsigned int id,
                                unsigned char *to, apr_size_t length)
{
    apr_status_t rv = check_used(mem, id, length);

    if (rv == APR_SUCCESS) {
        memcpy(to, slot_at(mem, id), length);
    }
    return rv;
}

static apr_status_t slotmem_put(ap_slotmem_instance_t *mem, unsigned int id,
                                unsigned char *from, apr_size_t length)
{
    apr_status_t rv = check_used(mem, id, length);

    if (rv == APR_SUCCESS) {
        mem->used[id] = 1;
        memcpy(slot_at(mem, id), from, length);
    }
    return rv;
}

static unsigned int slotmem_num_slots(ap_slotmem_instance_t *mem)
{
    return mem->descriptor->count;
}

static unsigned int slotmem_num_free_slots(ap_slotmem_instance_t *mem)
{
    unsigned int unused = 0;

    for (unsigned int id = 0; id < mem->descriptor->count; id++) {
        unused += !mem->used[id];
    }
    return mem->descriptor->type & AP_SLOTMEM_TYPE_PREGRAB ? 0 : unused;
}

static apr_size_t slotmem_slot_size(ap_slotmem_instance_t *mem)
{
    return mem->descriptor->size;
}

static apr_status_t slotmem_grab(ap_slotmem_instance_t *mem, unsigned int *id)
{
    for (unsigned int i = 0; i < mem->descriptor->count; i++) {
        if (!mem->used[i]) {
            mem->used[i] = 1;
            *id = i;
            return APR_SUCCESS;
        }
    }
    return APR_EINVAL;
}

static apr_status_t slotmem_fgrab(ap_slotmem_instance_t *mem, unsigned int id)
{
    if (mem == NULL) {
        return APR_ENOSHMAVAIL;
    }
    if (id >= mem->descriptor->count) {
        return APR_EINVAL;
    }
    mem->used[id] = 1;
    return APR_SUCCESS;
}

static apr_status_t slotmem_release(ap_slotmem_instance_t *mem,
                                    unsigned int id)
{
    if (mem == NULL) {
        return APR_ENOSHMAVAIL;
    }
    if (id >= mem->descriptor->count || !mem->used[id]) {
        return APR_NOTFOUND;
    }
    mem->used[id] = 0;
    return APR_SUCCESS;
}

static const ap_slotmem_provider_t provider = {
    .name = "shm",
    .doall = slotmem_doall,
    .create = slotmem_create,
    .attach = slotmem_attach,
    .dptr = slotmem_dptr,
    .get = slotmem_get,
    .put = slotmem_put,
    .num_slots = slotmem_num_slots,
    .num_free_slots = slotmem_num_free_slots,
    .slot_size = slotmem_slot_size,
    .grab = slotmem_grab,
    .release = slotmem_release,
    .fgrab = slotmem_fgrab,
};

static int slotmem_pre_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *)
{
    segment_pool = p;
    instances = NULL;
    apr_pool_cleanup_register(p, NULL, release_all, apr_pool_cleanup_null);
    return OK;
}

static void slotmem_register_hooks(apr_pool_t *p)
{
    ap_register_provider(p, AP_SLOTMEM_PROVIDER_GROUP, "shm",
                         AP_SLOTMEM_PROVIDER_VERSION, &provider);
    /* before any module asks for memory */
    ap_hook_pre_config(slotmem_pre_config, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(slotmem_shm) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    slotmem_register_hooks, AP_MODULE_FLAG_NONE
};
