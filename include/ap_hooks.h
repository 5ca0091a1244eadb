/* SPDX-License-Identifier: Apache-2.0 */
/* ap_hooks.h -- declare and implement hooks */
#ifndef CLEAT_AP_HOOKS_H
#define CLEAT_AP_HOOKS_H

#include <apr_hooks.h>
#include <apr_optional_hooks.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef AP_DECLARE
#define AP_DECLARE(type) type
#define AP_DECLARE_NONSTD(type) type
#define AP_DECLARE_DATA
#endif

#define AP_DECLARE_HOOK(ret, name, args) \
    APR_DECLARE_EXTERNAL_HOOK(ap, AP, ret, name, args)
#define AP_IMPLEMENT_HOOK_BASE(name) \
    APR_IMPLEMENT_EXTERNAL_HOOK_BASE(ap, AP, name)
#define AP_IMPLEMENT_HOOK_RUN_ALL(ret, name, args_decl, args_use, ok, decline) \
    APR_IMPLEMENT_EXTERNAL_HOOK_RUN_ALL(ap, AP, ret, name, args_decl, \
                                        args_use, ok, decline)
#define AP_IMPLEMENT_HOOK_RUN_FIRST(ret, name, args_decl, args_use, decline) \
    APR_IMPLEMENT_EXTERNAL_HOOK_RUN_FIRST(ap, AP, ret, name, args_decl, \
                                          args_use, decline)
#define AP_IMPLEMENT_HOOK_VOID(name, args_decl, args_use) \
    APR_IMPLEMENT_EXTERNAL_HOOK_VOID(ap, AP, name, args_decl, args_use)
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
