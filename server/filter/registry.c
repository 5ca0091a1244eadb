/* SPDX-License-Identifier: Apache-2.0 */
/* registry.c -- from a filter's name to its record.
 *
 * Names are compared without regard to case.  Both registries live as long as
 * the configuration; a name registered twice keeps its record, so that handles
 * taken earlier stay good, and gets the newer functions.
 */
#include "filter/filter.h"

#include "http_core.h"
#include "http_request.h"

#include <apr_hash.h>
#include <apr_hooks.h>

static apr_hash_t *output_records;
static apr_hash_t *input_records;

static apr_status_t forget_records(void *which)
{
    *(apr_hash_t **)which = NULL;
    return APR_SUCCESS;
}

/* A lower-case copy, in buf when it fits. */
static const char *fold_name(const char *name, char *buf, apr_size_t size)
{
    apr_size_t len = strlen(name);

    if (len >= size) {
        return NULL;
    }
    memcpy(buf, name, len + 1);
    ap_str_tolower(buf);
    return buf;
}

static ap_filter_rec_t *find_record(apr_hash_t *records, const char *name)
{
    char buf[128];
    const char *folded;

    if (!records || !name) {
        return NULL;
    }
    folded = fold_name(name, buf, sizeof buf);
    return folded ? apr_hash_get(records, folded, APR_HASH_KEY_STRING) : NULL;
}

static ap_filter_rec_t *get_or_make(apr_hash_t **records, const char *name)
{
    apr_pool_t *p = apr_hook_global_pool;
    ap_filter_rec_t *frec = find_record(*records, name);
    char *folded;

    if (frec) {
        return frec;
    }
    if (!*records) {
        *records = apr_hash_make(p);
        apr_pool_cleanup_register(p, records, forget_records,
                                  apr_pool_cleanup_null);
    }
    frec = apr_pcalloc(p, sizeof *frec);
    folded = apr_pstrdup(p, name);
    ap_str_tolower(folded);
    frec->name = folded;
    apr_hash_set(*records, folded, APR_HASH_KEY_STRING, frec);
    return frec;
}

AP_DECLARE(ap_filter_rec_t *) ap_get_input_filter_handle(const char *name)
{
    return find_record(input_records, name);
}

AP_DECLARE(ap_filter_rec_t *) ap_get_output_filter_handle(const char *name)
{
    return find_record(output_records, name);
}

AP_DECLARE(ap_filter_rec_t *) ap_register_input_filter(const char *name,
    ap_in_filter_func filter_func, ap_init_filter_func filter_init,
    ap_filter_type ftype)
{
    ap_filter_rec_t *frec = get_or_make(&input_records, name);

    frec->filter_func.in_func = filter_func;
    frec->filter_init_func = filter_init;
    frec->ftype = ftype;
    return frec;
}

AP_DECLARE(ap_filter_rec_t *) ap_register_output_filter_protocol(
    const char *name, ap_out_filter_func filter_func,
    ap_init_filter_func filter_init, ap_filter_type ftype,
    unsigned int proto_flags)
{
    ap_filter_rec_t *frec = get_or_make(&output_records, name);

    frec->filter_func.out_func = filter_func;
    frec->filter_init_func = filter_init;
    frec->ftype = ftype;
    frec->proto_flags = proto_flags;
    return frec;
}

AP_DECLARE(ap_filter_rec_t *) ap_register_output_filter(const char *name,
    ap_out_filter_func filter_func, ap_init_filter_func filter_init,
    ap_filter_type ftype)
{
    return ap_register_output_filter_protocol(name, filter_func, filter_init,
                                              ftype, 0);
}
