/* SPDX-License-Identifier: Apache-2.0 */
/* auth_registry.c -- authentication and authorisation providers, and whether
 * a subrequest has to ask them again.
 *
 * Hooks and providers say at registration whether their answer depends on
 * the merged configuration alone (PER_CONF) or on the URI too (PER_URI).  Who
 * registers without saying so counts as PER_URI, hence totals are compared.
 */
#include "httpd.h"
#include "http_config.h"
#include "http_request.h"
#include "ap_provider.h"
#include "mod_auth.h"

#include "request/request.h"

static int per_conf_providers;  /* written while modules register only */
static bool auth_per_conf;      /* set once per configuration */

static int count_providers(apr_pool_t *ptemp, const char *group)
{
    const apr_array_header_t *names;

    names = ap_list_provider_names(ptemp, group, AUTHN_PROVIDER_VERSION);
    return names ? names->nelts : 0;
}

AP_DECLARE(apr_status_t) ap_register_auth_provider(apr_pool_t *pool,
                                                   const char *group,
                                                   const char *name,
                                                   const char *version,
                                                   const void *provider,
                                                   int type)
{
    if ((type & AP_AUTH_INTERNAL_MASK) == AP_AUTH_INTERNAL_PER_CONF) {
        per_conf_providers++;
    }
    return ap_register_provider(pool, group, name, version, provider);
}

AP_DECLARE(void) ap_setup_auth_internal(apr_pool_t *ptemp)
{
    int total = count_providers(ptemp, AUTHN_PROVIDER_GROUP)
                + count_providers(ptemp, AUTHZ_PROVIDER_GROUP);

    auth_per_conf = total == per_conf_providers
                    && cl_request_access_hooks_are_per_conf();
}

AP_DECLARE(void) ap_clear_auth_internal(void)
{
    per_conf_providers = 0;
    auth_per_conf = false;
    cl_request_forget_access_hooks();
}

bool cl_request_auth_is_per_conf(void)
{
    return auth_per_conf;
}
