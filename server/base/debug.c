/* SPDX-License-Identifier: Apache-2.0 */
/* debug.c -- function forms of accessors that http_core.h gives as macros.
 *
 * Binaries built with AP_DEBUG import these; everybody else has the array
 * access inlined.
 */
#include "http_core.h"

#undef ap_get_core_module_config
#undef ap_set_core_module_config

AP_DECLARE(void *) ap_get_core_module_config(const ap_conf_vector_t *cv)
{
    return ((void **)cv)[AP_CORE_MODULE_INDEX];
}

AP_DECLARE(void) ap_set_core_module_config(ap_conf_vector_t *cv, void *val)
{
    ((void **)cv)[AP_CORE_MODULE_INDEX] = val;
}
