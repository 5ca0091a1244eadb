/* SPDX-License-Identifier: Apache-2.0 */
/* ap_provider.h -- public interface */
#ifndef CLEAT_AP_PROVIDER_H
#define CLEAT_AP_PROVIDER_H

#include "ap_config.h"
#include <apr_tables.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ap_list_provider_names_t ap_list_provider_names_t;
typedef struct ap_list_provider_groups_t ap_list_provider_groups_t;

struct ap_list_provider_names_t {
    const char *provider_name;
};

struct ap_list_provider_groups_t {
    const char *provider_group;
    const char *provider_version;
};

AP_DECLARE(apr_array_header_t *) ap_list_provider_groups(apr_pool_t *pool);
AP_DECLARE(apr_array_header_t *) ap_list_provider_names(apr_pool_t *pool,
    const char *provider_group, const char *provider_version);
AP_DECLARE(void *) ap_lookup_provider(const char *provider_group,
    const char *provider_name, const char *provider_version);
AP_DECLARE(apr_status_t) ap_register_provider(apr_pool_t *pool,
    const char *provider_group, const char *provider_name,
    const char *provider_version, const void *provider);

#ifdef __cplusplus
}
#endif

#endif
