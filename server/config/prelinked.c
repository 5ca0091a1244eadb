/* SPDX-License-Identifier: Apache-2.0 */
/* prelinked.c -- the modules inside the program.  The core must stay first:
 * binaries know that its index is 0. */
#include "config/config.h"

extern module core_module;
extern module cleat_core_module;
extern module so_module;
extern module watchdog_module;
extern module http_module;
extern module log_config_module;
extern module logio_module;
extern module version_module;
extern module unixd_module;

AP_DECLARE_DATA ap_module_symbol_t ap_prelinked_module_symbols[] = {
    { "core_module", &core_module },
    { "cleat_core_module", &cleat_core_module },
    { "so_module", &so_module },
    { "watchdog_module", &watchdog_module },
    { "http_module", &http_module },
    { "log_config_module", &log_config_module },
    { "logio_module", &logio_module },
    { "version_module", &version_module },
    { "unixd_module", &unixd_module },
    { 0 }
};

AP_DECLARE_DATA module *ap_prelinked_modules[] = {
    &core_module,
    &cleat_core_module,
    &so_module,
    &watchdog_module,
    &http_module,
    &log_config_module,
    &logio_module,
    &version_module,
    &unixd_module,
    NULL
};

AP_DECLARE_DATA module *ap_preloaded_modules[] = {
    &core_module,
    &cleat_core_module,
    &so_module,
    &watchdog_module,
    &http_module,
    &log_config_module,
    &logio_module,
    &version_module,
    &unixd_module,
    NULL
};
