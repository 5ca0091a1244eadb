/* SPDX-License-Identifier: Apache-2.0 */
/* ap_mmn.h -- module magic number: which API a module was built for
 *
 * The major number changes when binaries break; the minor one counts additions.
 */
#ifndef CLEAT_AP_MMN_H
#define CLEAT_AP_MMN_H

#ifdef __cplusplus
extern "C" {
#endif

/* "AP24", in every module record: it is one of httpd 2.4's kind. */
#define MODULE_MAGIC_COOKIE 0x41503234UL

/* The API of these headers. A module must have the same major number. */
#define MODULE_MAGIC_NUMBER_MAJOR 20120211
#define MODULE_MAGIC_NUMBER_MINOR 142

/* Of old; the second stops compilation. */
#define MODULE_MAGIC_NUMBER MODULE_MAGIC_NUMBER_MAJOR
#define MODULE_MAGIC_AT_LEAST old_broken_macro_we_hope_you_are_not_using

/* Whether these headers are at least so new; for the preprocessor. */
#define AP_MODULE_MAGIC_AT_LEAST(major, minor) \
    (MODULE_MAGIC_NUMBER_MAJOR > (major) \
     || (MODULE_MAGIC_NUMBER_MAJOR == (major) \
         && MODULE_MAGIC_NUMBER_MINOR >= (minor)))

#ifdef __cplusplus
}
#endif

#endif
