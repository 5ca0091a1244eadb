/* SPDX-License-Identifier: Apache-2.0 */
/* ap_hooks.h -- hooks: declare, implement, register
 *
 * A hook is a list of functions that modules add to and the server runs. In a
 * header AP_DECLARE_HOOK(int, name, (args)) declares ap_hook_name() to add,
 * ap_run_name() to run, ap_hook_get_name() to look at it; one source file
 * implements it.
 */
#ifndef CLEAT_AP_HOOKS_H
#define CLEAT_AP_HOOKS_H

#include <apr_hooks.h>
#include <apr_optional_hooks.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Linkage of functions and data; empty on ELF. ap_config.h says the same. */
#ifndef AP_DECLARE
#define AP_DECLARE(type) type
#define AP_DECLARE_NONSTD(type) type
#define AP_DECLARE_DATA
#endif

/* Declares a hook of the core. */
#define AP_DECLARE_HOOK(ret, name, args) \
    APR_DECLARE_EXTERNAL_HOOK(ap, AP, ret, name, args)

/* Adding and listing, for hooks run in a way of their own. */
#define AP_IMPLEMENT_HOOK_BASE(name) \
    APR_IMPLEMENT_EXTERNAL_HOOK_BASE(ap, AP, name)

/* All functions run; they return nothing. */
#define AP_IMPLEMENT_HOOK_VOID(name, args_decl, args_use) \
    APR_IMPLEMENT_EXTERNAL_HOOK_VOID(ap, AP, name, args_decl, args_use)

/* All run, until one returns neither ok nor decline: that is the result, else
 * ok. */
#define AP_IMPLEMENT_HOOK_RUN_ALL(ret, name, args_decl, args_use, ok, decline) \
    APR_IMPLEMENT_EXTERNAL_HOOK_RUN_ALL(ap, AP, ret, name, args_decl, \
                                        args_use, ok, decline)

/* They run until one does not return decline: that is the result, else
 * decline. */
#define AP_IMPLEMENT_HOOK_RUN_FIRST(ret, name, args_decl, args_use, decline) \
    APR_IMPLEMENT_EXTERNAL_HOOK_RUN_FIRST(ap, AP, ret, name, args_decl, \
                                          args_use, decline)

/* A hook whose owner may not be loaded: implement it, add to it by name. */
#define AP_IMPLEMENT_OPTIONAL_HOOK_RUN_ALL(ret, name, args_decl, args_use, \
                                           ok, decline) \
    APR_IMPLEMENT_OPTIONAL_HOOK_RUN_ALL(ap, AP, ret, name, args_decl, \
                                        args_use, ok, decline)
#define AP_OPTIONAL_HOOK(name, fn, pre, succ, order) \
    APR_OPTIONAL_HOOK(ap, name, fn, pre, succ, order)

#ifdef __cplusplus
}
#endif

#endif
