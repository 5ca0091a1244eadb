/* SPDX-License-Identifier: Apache-2.0 */
/* provider.c -- a registry of interfaces: group, version, name -> pointer.
 *
 * Modules register during configuration and look up during configuration, so
 * a list in order of registration is fast enough and gives lists a stable
 * order.  Each entry lives in the pool it was registered with and leaves the
 * list when that pool goes: nothing points into an unloaded module.
 */
#include "ap_provider.h"

#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

struct provider {
    const char *group;
    const char *version;
    const char *name;
    const void *interface;
    struct provider *next;
};

static struct provider *first_provider;

static apr_status_t unlink_provider(void *data)
{
    struct provider **link = &first_provider;

    while (*link != NULL && *link != data) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = (*link)->next;
    }
    return APR_SUCCESS;
}

static struct provider *find_provider(const char *group, const char *name,
                                      const char *version)
{
    for (struct provider *each = first_provider; each; each = each->next) {
        if (strcmp(each->name, name) == 0
            && strcmp(each->group, group) == 0
            && strcmp(each->version, version) == 0) {
            return each;
        }
    }
    return NULL;
}

static void append_provider(struct provider *added)
{
    struct provider **link = &first_provider;

    while (*link != NULL) {
        link = &(*link)->next;
    }
    *link = added;
}

static bool has_group(const apr_array_header_t *list,
                      const struct provider *wanted)
{
    const ap_list_provider_groups_t *seen = (const void *)list->elts;

    for (int i = 0; i < list->nelts; i++) {
        if (strcmp(seen[i].provider_group, wanted->group) == 0
            && strcmp(seen[i].provider_version, wanted->version) == 0) {
            return true;
        }
    }
    return false;
}

AP_DECLARE(apr_status_t) ap_register_provider(apr_pool_t *pool,
    const char *provider_group, const char *provider_name,
    const char *provider_version, const void *provider)
{
    struct provider *entry = find_provider(provider_group, provider_name,
                                           provider_version);

    if (entry != NULL) {
        entry->interface = provider;
        return APR_SUCCESS;
    }
    entry = apr_pcalloc(pool, sizeof *entry);
    entry->group = apr_pstrdup(pool, provider_group);
    entry->version = apr_pstrdup(pool, provider_version);
    entry->name = apr_pstrdup(pool, provider_name);
    entry->interface = provider;
    append_provider(entry);
    apr_pool_cleanup_register(pool, entry, unlink_provider,
                              apr_pool_cleanup_null);
    return APR_SUCCESS;
}

AP_DECLARE(void *) ap_lookup_provider(const char *provider_group,
    const char *provider_name, const char *provider_version)
{
    struct provider *found = find_provider(provider_group, provider_name,
                                           provider_version);

    return found ? (void *)found->interface : NULL;
}

AP_DECLARE(apr_array_header_t *) ap_list_provider_names(apr_pool_t *pool,
    const char *provider_group, const char *provider_version)
{
    apr_array_header_t *list
        = apr_array_make(pool, 8, sizeof(ap_list_provider_names_t));

    for (struct provider *each = first_provider; each; each = each->next) {
        if (strcmp(each->group, provider_group) == 0
            && strcmp(each->version, provider_version) == 0) {
            APR_ARRAY_PUSH(list, ap_list_provider_names_t).provider_name
                = each->name;
        }
    }
    return list;
}

AP_DECLARE(apr_array_header_t *) ap_list_provider_groups(apr_pool_t *pool)
{
    apr_array_header_t *list
        = apr_array_make(pool, 16, sizeof(ap_list_provider_groups_t));

    for (struct provider *each = first_provider; each; each = each->next) {
        if (!has_group(list, each)) {
            ap_list_provider_groups_t *row = apr_array_push(list);

            row->provider_group = each->group;
            row->provider_version = each->version;
        }
    }
    return list;
}
