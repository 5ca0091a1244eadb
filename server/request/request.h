/* SPDX-License-Identifier: Apache-2.0 */
/* request.h -- what the files of request/ share, and what handler/ and http/
 * may use of them: merging configuration along the walk, matching sections,
 * checking links, and small helpers for directives made of a few words.
 *
 * Everything here runs in the thread that serves the request.
 */
#ifndef CLEAT_SERVER_REQUEST_REQUEST_H
#define CLEAT_SERVER_REQUEST_REQUEST_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"
#include "http_core.h"

/* One merge made for this request only (an .htaccess file took part). */
struct cl_local_merge {
    const ap_conf_vector_t *base;
    const ap_conf_vector_t *add;
    ap_conf_vector_t *merged;
    struct cl_local_merge *next;
};

/* What the walks of one request found; cl_request_of(r)->walk. */
struct cl_request_walk {
    struct cl_local_merge *merges;      /* newest first */
    int merge_count;
    const server_rec *located_server;   /* the location walk was for this */
    const char *located_uri;            /* copy; NULL: no location walk yet */
    ap_conf_vector_t *located;          /* matching sections merged, or NULL */
};

/* The walk slot of r, made on first use. */
struct cl_request_walk *cl_request_walk_of(const request_rec *r);

/* walk_cache.c */

/* base with add laid over it.  The result may be shared by many requests and
 * threads: read only.  Never NULL. */
ap_conf_vector_t *cl_request_merge(request_rec *r, ap_conf_vector_t *base,
                                   ap_conf_vector_t *add);
/* Learn which vectors live as long as p, so that their merges may be kept. */
void cl_request_walk_cache_open(apr_pool_t *p, server_rec *servers);

/* section_match.c */

/* Does the pattern of this section match text?  Named groups of the pattern
 * become environment variables of r. */
bool cl_section_regex_matches(request_rec *r, const core_dir_config *section,
                              const char *text);
/* Does path equal dir, or lie below it? */
bool cl_section_holds(const char *dir, const char *path);

/* options.c */

enum cl_link_policy { CL_LINKS_NEVER, CL_LINKS_OWNER, CL_LINKS_FOLLOW };

enum cl_link_policy cl_request_link_policy(allow_options_t options);
/* May .htaccess files of a directory with this configuration be read? */
bool cl_request_reads_htaccess(const core_dir_config *conf);

/* One word a directive accepts; the list ends with { 0 }. */
struct cl_choice {
    const char *word;
    int value;
};

/* The value of arg in choices, compared without case; -1 if it is not there. */
int cl_request_choose(const struct cl_choice *choices, const char *arg);
/* The value of on or off; -1 for anything else. */
int cl_request_on_off(const char *arg);

/* symlinks.c: r->filename is the link, link its own record.  OK fills target;
 * otherwise HTTP_FORBIDDEN, logged. */
int cl_request_follow_link(request_rec *r, allow_options_t options,
                           const apr_finfo_t *link, apr_finfo_t *target);

/* normalize.c */

/* Dot segments and slashes; HTTP_BAD_REQUEST if the path leaves the root. */
int cl_request_normalize(request_rec *r);
/* %xx by the rules of AllowEncodedSlashes. */
int cl_request_decode(request_rec *r);
/* Does the path hold "//", "/." or "/.." segments? */
bool cl_request_path_needs_care(const char *path);

/* gate.c: access, authentication, authorisation. */
int cl_request_gate(request_rec *r);
/* A hook's answer as answer of the phase: DECLINED becomes a logged 500. */
int cl_request_phase_failed(request_rec *r, int status, const char *phase);
/* auth_registry.c: do all access hooks depend on the configuration only? */
bool cl_request_auth_is_per_conf(void);
/* hooks.c: the hooks' share of that question. */
bool cl_request_access_hooks_are_per_conf(void);
void cl_request_forget_access_hooks(void);

/* notes.c */
core_request_config *cl_request_core_of(const request_rec *r);

/* create.c: the header, environment and note tables r does not have yet. */
void cl_request_make_tables(request_rec *r);

/* Hooks and filters of this room; called by core.c first of all modules. */
void cl_request_register_hooks(apr_pool_t *p);

/* Directives */
const char *cl_set_accept_path_info(cmd_parms *, void *, const char *);
const char *cl_set_access_file_name(cmd_parms *, void *, const char *);
const char *cl_set_allow_encoded_slashes(cmd_parms *, void *, const char *);
const char *cl_set_merge_slashes(cmd_parms *, void *, int);
const char *cl_set_limit_internal_recursion(cmd_parms *, void *, const char *,
                                            const char *);
const char *cl_set_hostname_lookups(cmd_parms *, void *, const char *);
const char *cl_set_use_canonical_name(cmd_parms *, void *, const char *);
const char *cl_set_use_canonical_physical_port(cmd_parms *, void *,
                                               const char *);
const char *cl_set_document_root(cmd_parms *, void *, const char *);
const char *cl_set_set_input_filter(cmd_parms *, void *, const char *);
const char *cl_set_set_output_filter(cmd_parms *, void *, const char *);
const char *cl_set_set_handler(cmd_parms *, void *, const char *);
const char *cl_set_force_type(cmd_parms *, void *, const char *);
const char *cl_set_default_type(cmd_parms *, void *, const char *);

/* Hook functions that register.c hangs up */
int cl_request_core_config_hook(request_rec *r);
int cl_request_map_to_storage(request_rec *r);
apr_status_t cl_request_dirwalk_stat(apr_finfo_t *finfo, request_rec *r,
                                     apr_int32_t wanted);
int cl_request_apply_content_config(request_rec *r);
void cl_request_insert_filters(request_rec *r);
void cl_request_find_auth_functions(void);
void cl_request_find_ident_function(void);

#endif
