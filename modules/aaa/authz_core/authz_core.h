/* SPDX-License-Identifier: Apache-2.0 */
/* authz_core.h -- the tree of Require lines, shared by the module's parts. */
#ifndef CLEAT_AUTHZ_CORE_H
#define CLEAT_AUTHZ_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "apr_hash.h"
#include "http_config.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA authz_core_module;

/* How the members of a section make one result. */
enum logic { LOGIC_UNSET, LOGIC_ANY, LOGIC_ALL, LOGIC_NONE };

/* A Require line (provider is set) or a section (first is set or empty). */
struct requirement {
    struct requirement *next;
    apr_int64_t limited;            /* methods it is for */
    bool negate;
    /* a line */
    const char *name;
    const char *args;
    const void *parsed;
    const authz_provider *provider;
    /* a section */
    enum logic logic;
    struct requirement *first;
};

struct authz_core_dir {
    enum logic merging;             /* AuthMerging; LOGIC_UNSET: Off */
    bool merging_off;               /* Off was said: outer lines end here */
    struct requirement *root;       /* NULL: nothing required */
    struct requirement *open;       /* section being read */
    int forbidden_on_failure;       /* -1 unset */
};

/* A provider under another name. */
struct authz_alias {
    const authz_provider *provider;
    const char *args;
    const void *parsed;
    ap_conf_vector_t *directives;
};

struct authz_core_server {
    apr_hash_t *aliases;            /* name -> struct authz_alias */
};

/* authz_tree.c: run the tree for a request. */
authz_status authz_evaluate(request_rec *r, const struct requirement *section);

/* authz_section.c: Require lines and sections. */
const char *authz_add_requirement(cmd_parms *cmd, void *mconfig,
                                  const char *args);
const char *authz_add_section(cmd_parms *cmd, void *mconfig,
                              const char *args);
const char *authz_add_alias(cmd_parms *cmd, void *mconfig, const char *args);
struct requirement *authz_new_section(apr_pool_t *p, enum logic logic,
                                      apr_int64_t limited);

/* authz_providers.c: all, env, method, expr. */
void authz_register_providers(apr_pool_t *p);

#endif
