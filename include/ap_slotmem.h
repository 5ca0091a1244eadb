/* SPDX-License-Identifier: Apache-2.0 */
/* ap_slotmem.h -- tables of equal slots in memory that processes share: a
 * provider
 *
 * mod_slotmem_shm and mod_slotmem_plain provide it; mod_proxy uses it.
 */
#ifndef CLEAT_AP_SLOTMEM_H
#define CLEAT_AP_SLOTMEM_H

#include "httpd.h"
#include "ap_provider.h"
#include <apr_shm.h>
#include <apr_global_mutex.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_slotmem_provider_t ap_slotmem_provider_t;

/* Opaque: a table. */
typedef struct ap_slotmem_instance_t ap_slotmem_instance_t;

/* For ap_lookup_provider(). */
#define AP_SLOTMEM_PROVIDER_GROUP "slotmem"
#define AP_SLOTMEM_PROVIDER_VERSION "0"

/* Wishes for create(). */
typedef unsigned int ap_slotmem_type_t;
#define AP_SLOTMEM_TYPE_PERSIST 1       /* content outlasts a stop, in a file */
#define AP_SLOTMEM_TYPE_NOTMPSAFE 2     /* for one process, nothing to guard */
#define AP_SLOTMEM_TYPE_PREGRAB 4       /* all slots are taken at once */
#define AP_SLOTMEM_TYPE_CLEARINUSE 8    /* begin with all free */

/* Called with (slot, data, pool) for each used slot. */
typedef apr_status_t ap_slotmem_callback_fn_t(void *, void *, apr_pool_t *);

/* What a provider can do. Callers lock; APR_SUCCESS or an error. */
struct ap_slotmem_provider_t {
    const char *name;   /* its name */
    /* calls a function for each used slot */
    apr_status_t (*doall)(ap_slotmem_instance_t *, ap_slotmem_callback_fn_t *,
        void *, apr_pool_t *);
    /* a table: name, bytes per slot, slots, wishes; the one of that name after
     * a restart */
    apr_status_t (*create)(ap_slotmem_instance_t **, const char *, apr_size_t,
        unsigned int, ap_slotmem_type_t, apr_pool_t *);
    /* to a table another process made */
    apr_status_t (*attach)(ap_slotmem_instance_t **, const char *,
        apr_size_t *, unsigned int *, apr_pool_t *);
    /* pointer to a slot */
    apr_status_t (*dptr)(ap_slotmem_instance_t *, unsigned int, void **);
    /* copies out of a slot */
    apr_status_t (*get)(ap_slotmem_instance_t *, unsigned int, unsigned char *,
        apr_size_t);
    /* copies into a slot */
    apr_status_t (*put)(ap_slotmem_instance_t *, unsigned int, unsigned char *,
        apr_size_t);
    unsigned int (*num_slots)(ap_slotmem_instance_t *); /* all */
    unsigned int (*num_free_slots)(ap_slotmem_instance_t *);    /* not taken */
    apr_size_t (*slot_size)(ap_slotmem_instance_t *);   /* bytes of one */
    /* takes any free slot */
    apr_status_t (*grab)(ap_slotmem_instance_t *, unsigned int *);
    /* gives one back */
    apr_status_t (*release)(ap_slotmem_instance_t *, unsigned int);
    /* takes a certain one */
    apr_status_t (*fgrab)(ap_slotmem_instance_t *, unsigned int);
};

#ifdef __cplusplus
}
#endif

#endif
