/* SPDX-License-Identifier: Apache-2.0 */
/* ap_provider.h -- providers: interfaces of modules, found by group, name and
 * version
 *
 * Register in register_hooks, look up when the configuration is read.
 */
#ifndef CLEAT_AP_PROVIDER_H
#define CLEAT_AP_PROVIDER_H

#include "ap_config.h"
#include <apr_tables.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_list_provider_names_t ap_list_provider_names_t;
typedef struct ap_list_provider_groups_t ap_list_provider_groups_t;

/* An entry of ap_list_provider_names(). */
struct ap_list_provider_names_t {
    const char *provider_name;  /* its name */
};

/* An entry of ap_list_provider_groups(). */
struct ap_list_provider_groups_t {
    const char *provider_group;         /* its group */
    const char *provider_version;       /* its version */
};

/* Adds or replaces one, for as long as pool lives. provider: what the group has
 * agreed on; not copied. */
AP_DECLARE(apr_status_t) ap_register_provider(apr_pool_t *pool,
    const char *provider_group, const char *provider_name,
    const char *provider_version, const void *provider);

/* That pointer, or NULL. */
AP_DECLARE(void *) ap_lookup_provider(const char *provider_group,
    const char *provider_name, const char *provider_version);

/* Arrays of the entries above, in pool. */
AP_DECLARE(apr_array_header_t *) ap_list_provider_names(apr_pool_t *pool,
    const char *provider_group, const char *provider_version);
AP_DECLARE(apr_array_header_t *) ap_list_provider_groups(apr_pool_t *pool);

#ifdef __cplusplus
}
#endif

#endif
