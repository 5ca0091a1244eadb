/* SPDX-License-Identifier: Apache-2.0 */
/* self_name.c -- directives that say by which name and port the server speaks
 * of itself in URLs (vhost/names.c applies them). */
#include "request/request.h"

const char *cl_set_use_canonical_name(cmd_parms *, void *conf,
                                      const char *arg)
{
    static const struct cl_choice choices[] = {
        { "off", USE_CANONICAL_NAME_OFF }, { "on", USE_CANONICAL_NAME_ON },
        { "dns", USE_CANONICAL_NAME_DNS }, { 0 }
    };
    core_dir_config *dir = conf;
    int choice = cl_request_choose(choices, arg);

    if (choice < 0) {
        return "UseCanonicalName must be On, Off or DNS";
    }
    dir->use_canonical_name = (unsigned int)choice;
    return NULL;
}

const char *cl_set_use_canonical_physical_port(cmd_parms *, void *conf,
                                               const char *arg)
{
    core_dir_config *dir = conf;
    int on = cl_request_on_off(arg);

    if (on < 0) {
        return "UseCanonicalPhysicalPort must be On or Off";
    }
    dir->use_canonical_phys_port = on ? USE_CANONICAL_PHYS_PORT_ON
                                      : USE_CANONICAL_PHYS_PORT_OFF;
    return NULL;
}
