/* SPDX-License-Identifier: Apache-2.0 */
/* methods.c -- method names and numbers, and lists of methods.
 *
 * Standard methods are found in a table by length; names that modules or
 * RegisterHttpMethod add get numbers from M_INVALID + 1 on and live in a
 * hash until the configuration pool is cleared.  Written during start-up
 * only, so threads may read without a lock.
 */
#include <apr_hash.h>

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "http/http.h"
#include "http/octets.h"

APLOG_USE_MODULE(core);

struct method {
    const char *name;
    int number;
};

/* Sorted by length: by_length[n] is the first of length n. */
static const struct method standard[] = {
    { "GET", M_GET },
    { "PUT", M_PUT },
    { "POST", M_POST },
    { "HEAD", M_GET },
    { "COPY", M_COPY },
    { "MOVE", M_MOVE },
    { "LOCK", M_LOCK },
    { "PATCH", M_PATCH },
    { "TRACE", M_TRACE },
    { "MKCOL", M_MKCOL },
    { "LABEL", M_LABEL },
    { "MERGE", M_MERGE },
    { "DELETE", M_DELETE },
    { "UNLOCK", M_UNLOCK },
    { "REPORT", M_REPORT },
    { "UPDATE", M_UPDATE },
    { "OPTIONS", M_OPTIONS },
    { "CONNECT", M_CONNECT },
    { "CHECKIN", M_CHECKIN },
    { "PROPFIND", M_PROPFIND },
    { "CHECKOUT", M_CHECKOUT },
    { "PROPPATCH", M_PROPPATCH },
    { "UNCHECKOUT", M_UNCHECKOUT },
    { "MKACTIVITY", M_MKACTIVITY },
    { "MKWORKSPACE", M_MKWORKSPACE },
    { "VERSION-CONTROL", M_VERSION_CONTROL },
    { "BASELINE-CONTROL", M_BASELINE_CONTROL }
};
enum { LONGEST = 16 };
static const unsigned char by_length[LONGEST + 2] = {
    0, 0, 0, 0, 2, 7, 12, 16, 19, 21, 22, 24, 25, 25, 25, 25, 26, 27
};

static apr_hash_t *registered;          /* name to struct method */
static int last_number = M_INVALID;

static const struct method *find(const char *name, apr_size_t len)
{
    if (len <= LONGEST) {
        for (int i = by_length[len]; i < by_length[len + 1]; i++) {
            if (memcmp(name, standard[i].name, len) == 0) {
                return &standard[i];
            }
        }
    }
    return registered ? apr_hash_get(registered, name, len) : NULL;
}

const char *cl_http_find_method(const char *name, apr_size_t len, int *number)
{
    const struct method *m = find(name, len);

    *number = m ? m->number : M_INVALID;
    return m ? m->name : NULL;
}

static apr_status_t forget_registered(void *)
{
    registered = NULL;
    last_number = M_INVALID;
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_method_registry_init(apr_pool_t *p)
{
    registered = apr_hash_make(p);
    last_number = M_INVALID;
    apr_pool_cleanup_register(p, NULL, forget_registered,
                              apr_pool_cleanup_null);
}

AP_DECLARE(int) ap_method_register(apr_pool_t *p, const char *methname)
{
    const struct method *known;
    struct method *m;

    if (!methname || !*methname) {
        return M_INVALID;
    }
    known = find(methname, strlen(methname));
    if (known) {
        return known->number;
    }
    if (last_number >= METHODS - 1) {
        ap_log_perror(APLOG_MARK, APLOG_ERR, APR_ENOSPC, p, APLOGNO(50350)
                      "could not register method \"%s\"; at most %d methods "
                      "can have a number", methname, METHODS);
        return M_INVALID;
    }
    if (!registered) {
        ap_method_registry_init(p);
    }
    m = apr_palloc(apr_hash_pool_get(registered), sizeof *m);
    m->name = apr_pstrdup(apr_hash_pool_get(registered), methname);
    m->number = ++last_number;
    apr_hash_set(registered, m->name, APR_HASH_KEY_STRING, m);
    return m->number;
}

AP_DECLARE(int) ap_method_number_of(const char *method)
{
    const struct method *m = find(method, strlen(method));

    return m ? m->number : M_INVALID;
}

AP_DECLARE(const char *) ap_method_name_of(apr_pool_t *p, int methnum)
{
    apr_hash_index_t *hi;

    for (unsigned i = 0; i < sizeof standard / sizeof *standard; i++) {
        if (standard[i].number == methnum) {
            return standard[i].name;
        }
    }
    hi = registered ? apr_hash_first(p, registered) : NULL;
    for (; hi; hi = apr_hash_next(hi)) {
        const struct method *m = apr_hash_this_val(hi);

        if (m->number == methnum) {
            return m->name;
        }
    }
    return NULL;
}

/* Method lists: a mask for numbers, names for everything else. */

static apr_int64_t method_bit(int number)
{
    return (apr_int64_t)((apr_uint64_t)AP_METHOD_BIT << number);
}

static int find_name(const ap_method_list_t *l, const char *name)
{
    for (int i = 0; l->method_list && i < l->method_list->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(l->method_list, i, char *), name) == 0) {
            return i;
        }
    }
    return -1;
}

AP_DECLARE(ap_method_list_t *) ap_make_method_list(apr_pool_t *p, int nelts)
{
    ap_method_list_t *l = apr_palloc(p, sizeof *l);

    l->method_mask = 0;
    l->method_list = apr_array_make(p, nelts, sizeof(char *));
    return l;
}

AP_DECLARE(void) ap_copy_method_list(ap_method_list_t *dest,
                                     ap_method_list_t *src)
{
    dest->method_mask = src->method_mask;
    for (int i = 0; i < src->method_list->nelts; i++) {
        APR_ARRAY_PUSH(dest->method_list, char *)
            = APR_ARRAY_IDX(src->method_list, i, char *);
    }
}

AP_DECLARE(int) ap_method_in_list(ap_method_list_t *l, const char *method)
{
    int number = ap_method_number_of(method);

    if (number != M_INVALID) {
        return (l->method_mask & method_bit(number)) != 0;
    }
    return find_name(l, method) >= 0;
}

AP_DECLARE(void) ap_method_list_add(ap_method_list_t *l, const char *method)
{
    int number = ap_method_number_of(method);

    l->method_mask |= method_bit(number);
    if (number == M_INVALID && find_name(l, method) < 0) {
        APR_ARRAY_PUSH(l->method_list, const char *) = method;
    }
}

AP_DECLARE(void) ap_method_list_remove(ap_method_list_t *l,
                                       const char *method)
{
    int number = ap_method_number_of(method);
    int at;

    if (number != M_INVALID) {
        l->method_mask &= ~method_bit(number);
        return;
    }
    at = find_name(l, method);
    if (at >= 0) {
        char **names = (char **)l->method_list->elts;
        int after = --l->method_list->nelts - at;

        memmove(names + at, names + at + 1, after * sizeof *names);
    }
    if (l->method_list->nelts == 0) {
        l->method_mask &= ~method_bit(M_INVALID);
    }
}

AP_DECLARE(void) ap_clear_method_list(ap_method_list_t *l)
{
    l->method_mask = 0;
    apr_array_clear(l->method_list);
}

/* RegisterHttpMethod NAME ... */
const char *cl_set_register_http_method(cmd_parms *cmd, void *,
                                        const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    const char *p = arg;

    if (err) {
        return err;
    }
    while (cl_octet_is(*p, CL_OCTET_TOKEN)) {
        p++;
    }
    if (p == arg || *p) {
        return apr_psprintf(cmd->pool, "RegisterHttpMethod needs names made "
                            "of token characters (RFC 9110), not \"%s\"; "
                            "example: RegisterHttpMethod PURGE", arg);
    }
    if (ap_method_register(cmd->pool, arg) == M_INVALID) {
        return apr_psprintf(cmd->pool, "could not register method \"%s\"; at "
                            "most %d methods can have a number", arg,
                            METHODS);
    }
    return NULL;
}
