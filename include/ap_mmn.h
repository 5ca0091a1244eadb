/* SPDX-License-Identifier: Apache-2.0 */
/* ap_mmn.h -- module magic number */
#ifndef CLEAT_AP_MMN_H
#define CLEAT_AP_MMN_H

#ifdef __cplusplus
extern "C" {
#endif

#define MODULE_MAGIC_AT_LEAST old_broken_macro_we_hope_you_are_not_using
#define MODULE_MAGIC_NUMBER MODULE_MAGIC_NUMBER_MAJOR
#define MODULE_MAGIC_NUMBER_MINOR 142

#define AP_MODULE_MAGIC_AT_LEAST(major, minor) \
    (MODULE_MAGIC_NUMBER_MAJOR > (major) \
     || (MODULE_MAGIC_NUMBER_MAJOR == (major) \
         && MODULE_MAGIC_NUMBER_MINOR >= (minor)))
#define MODULE_MAGIC_COOKIE 0x41503234UL
#define MODULE_MAGIC_NUMBER_MAJOR 20120211

#ifdef __cplusplus
}
#endif

#endif
