/* SPDX-License-Identifier: Apache-2.0 */
/* http_request.h -- a request's way from URI to handler, and requests within
 * requests
 *
 * The walk: pre_translate_name, translate_name, map_to_storage,
 * post_perdir_config, header_parser, the access hooks, type_checker, fixups,
 * then (ap_invoke_handler) insert_filter and handler. Hooks return OK, DECLINED
 * or a status, which ends the walk. Subrequests skip what a file name makes
 * needless.
 */
#ifndef CLEAT_HTTP_REQUEST_H
#define CLEAT_HTTP_REQUEST_H

#include <apr_optional.h>
#include "util_filter.h"
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The walk ------------------------------------------------------------ */

/* Walks r up to fixups. OK: ready for the handler; otherwise the answer. */
AP_DECLARE(int) ap_process_request_internal(request_rec *r);

/* Put <Location>, <Directory> and .htaccess, <Files>, <If> sections that match
 * r on top of r->per_dir_config. OK or a status. */
AP_DECLARE(int) ap_location_walk(request_rec *r);
AP_DECLARE(int) ap_directory_walk(request_rec *r);
AP_DECLARE(int) ap_file_walk(request_rec *r);
AP_DECLARE(int) ap_if_walk(request_rec *r);

/* Runs a request that was read, and sends all of its response; async: leaves
 * the rest to the MPM; ends one whose handler was suspended. r is gone
 * afterwards. */
AP_DECLARE(void) ap_process_request(request_rec *r);
AP_DECLARE(void) ap_process_async_request(request_rec *r);
AP_DECLARE(void) ap_process_request_after_handler(request_rec *r);

/* Whether another request was sent already: APR_SUCCESS; APR_NOTFOUND: more
 * than max_blank_lines empty lines; APR_EOF or an error: no. bb is scratch. */
AP_DECLARE(apr_status_t) ap_check_pipeline(conn_rec *c, apr_bucket_brigade *bb,
    unsigned int max_blank_lines);

/* Answers r with type: the error's page or document; OK and DONE just end the
 * response. */
AP_DECLARE(void) ap_die(int type, request_rec *r);

/* Whether r is the client's own: no subrequest, no internal redirect. */
AP_DECLARE(int) ap_is_initial_req(request_rec *r);

/* r->mtime becomes this time, if it is later. */
AP_DECLARE(void) ap_update_mtime(request_rec *r, apr_time_t dependency_mtime);

/* ---- Internal redirects: another request answers in place of r ----------- */

/* Runs a GET (or HEAD) of new_uri from the start; _handler: keeps the content
 * type of r, if it has a handler. Returns when it was answered: return OK. */
AP_DECLARE(void) ap_internal_redirect(const char *new_uri, request_rec *r);
AP_DECLARE(void) ap_internal_redirect_handler(const char *new_uri,
    request_rec *r);

/* r becomes what the subrequest found: file, type, configuration. sub_req is
 * part of r then. */
AP_DECLARE(void) ap_internal_fast_redirect(request_rec *sub_req,
    request_rec *r);

/* ---- Subrequests --------------------------------------------------------- */

/* subtype of ap_sub_req_lookup_dirent(): without a query, or with that of r. */
#define AP_SUBREQ_NO_ARGS 0
#define AP_SUBREQ_MERGE_ARGS 1

/* A request by URI (GET, or method), by file name (relative to r's directory),
 * by a directory entry; walked, but not run. Never NULL: its status says what
 * is wrong. Its pool is a child of r's. next_filter takes its output; NULL when
 * it will not be run. */
AP_DECLARE(request_rec *) ap_sub_req_lookup_uri(const char *new_uri,
    const request_rec *r, ap_filter_t *next_filter);
AP_DECLARE(request_rec *) ap_sub_req_method_uri(const char *method,
    const char *new_uri, const request_rec *r, ap_filter_t *next_filter);
AP_DECLARE(request_rec *) ap_sub_req_lookup_file(const char *new_file,
    const request_rec *r, ap_filter_t *next_filter);
AP_DECLARE(request_rec *) ap_sub_req_lookup_dirent(const apr_finfo_t *finfo,
    const request_rec *r, int subtype, ap_filter_t *next_filter);

/* Runs its handler. OK or a status; output is without header. */
AP_DECLARE(int) ap_run_sub_req(request_rec *r);

/* Destroys it and its pool. */
AP_DECLARE(void) ap_destroy_sub_req(request_rec *r);

/* The filter between a subrequest and next_filter: takes the end of stream
 * away. */
AP_DECLARE(apr_status_t) ap_sub_req_output_filter(ap_filter_t *f,
    apr_bucket_brigade *bb);

/* ---- Allow --------------------------------------------------------------- */

/* reset: forget what was allowed before, or add to it. */
#define REPLACE_ALLOW 1
#define MERGE_ALLOW 0

/* Methods for r's Allow field: names up to NULL; M_* numbers up to -1. */
AP_DECLARE_NONSTD(void) ap_allow_methods(request_rec *r, int reset, ...);
AP_DECLARE_NONSTD(void) ap_allow_standard_methods(request_rec *r, int reset,
    ...);

/* ---- Hooks, as a request meets them -------------------------------------- */

/* A record was made: main request, subrequest or redirect. Set up what is
 * yours. */
AP_DECLARE_HOOK(int, create_request, (request_rec *r))

/* r->uri as sent, not decoded; DONE: leave it so. */
AP_DECLARE_HOOK(int, pre_translate_name, (request_rec *r))

/* Find r->filename for r->uri. Run until one does not decline. */
AP_DECLARE_HOOK(int, translate_name, (request_rec *r))

/* Find the configuration of r->filename. The core walks directories and files;
 * DONE: the answer is complete (TRACE). */
AP_DECLARE_HOOK(int, map_to_storage, (request_rec *r))

/* A stat during the directory walk. APR status, or AP_DECLINED for the usual
 * one. */
AP_DECLARE_HOOK(apr_status_t, dirwalk_stat, (apr_finfo_t *finfo,
    request_rec *r, apr_int32_t wanted))

/* The configuration is complete. */
AP_DECLARE_HOOK(int, post_perdir_config, (request_rec *r))

/* May this client, whoever uses it? All are asked. */
AP_DECLARE_HOOK(int, access_checker, (request_rec *r))

/* OK: no user is needed; DECLINED: find out who it is; or a status. */
AP_DECLARE_HOOK(int, access_checker_ex, (request_rec *r))

/* OK: find out, though access_checker_ex said OK. */
AP_DECLARE_HOOK(int, force_authn, (request_rec *r))

/* Who is it? Set r->user. OK, or 401 with a challenge noted. */
AP_DECLARE_HOOK(int, check_user_id, (request_rec *r))

/* May this user? OK or a status. */
AP_DECLARE_HOOK(int, auth_checker, (request_rec *r))

/* Set content type, handler, encoding, languages by name. */
AP_DECLARE_HOOK(int, type_checker, (request_rec *r))

/* Last changes ahead of the handler. All are asked. */
AP_DECLARE_HOOK(int, fixups, (request_rec *r))

/* Add content filters for r. */
AP_DECLARE_HOOK(void, insert_filter, (request_rec *r))

/* ---- Access control ------------------------------------------------------ */

/* type of a hook or provider: must subrequests ask again? */
#define AP_AUTH_INTERNAL_PER_URI 0      /* for each URI */
#define AP_AUTH_INTERNAL_PER_CONF 1     /* only where the configuration is
                                         * another */
#define AP_AUTH_INTERNAL_MASK 15

/* Register access_checker, access_checker_ex, check_user_id and auth_checker
 * functions with their type; better than ap_hook_access_checker() and the
 * like. */
AP_DECLARE(void) ap_hook_check_access(ap_HOOK_access_checker_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder,
    int type);
AP_DECLARE(void) ap_hook_check_access_ex(ap_HOOK_access_checker_ex_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder,
    int type);
AP_DECLARE(void) ap_hook_check_authn(ap_HOOK_check_user_id_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder,
    int type);
AP_DECLARE(void) ap_hook_check_authz(ap_HOOK_auth_checker_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder,
    int type);

/* Registers a provider (mod_auth.h) with its type; see
 * ap_register_provider(). */
AP_DECLARE(apr_status_t) ap_register_auth_provider(apr_pool_t *pool,
    const char *provider_group, const char *provider_name,
    const char *provider_version, const void *provider, int type);

/* Looks whether all are PER_CONF, when configuration is done; forgets the
 * counts. */
AP_DECLARE(void) ap_setup_auth_internal(apr_pool_t *ptemp);
AP_DECLARE(void) ap_clear_auth_internal(void);

/* Whether a Require is in force; whether r would need a user, which asks the
 * hooks. */
AP_DECLARE(int) ap_some_auth_required(request_rec *r);
AP_DECLARE(int) ap_some_authn_required(request_rec *r);

/* Names of providers (of mod_authn_core, mod_authz_core), in ptemp. */
APR_DECLARE_OPTIONAL_FN(apr_array_header_t *, authn_ap_list_provider_names,
    (apr_pool_t *ptemp));
APR_DECLARE_OPTIONAL_FN(apr_array_header_t *, authz_ap_list_provider_names,
    (apr_pool_t *ptemp));

/* ---- End-of-request bucket ----------------------------------------------- */

/* The bucket behind a response's last byte: its type, and the test for it. */
extern AP_DECLARE_DATA const apr_bucket_type_t ap_bucket_type_eor;
#define AP_BUCKET_IS_EOR(e) ((e)->type == &ap_bucket_type_eor)

/* Makes one of b; a new one. Destroying it logs r and destroys r's pool. */
AP_DECLARE(apr_bucket *) ap_bucket_eor_make(apr_bucket *b, request_rec *r);
AP_DECLARE(apr_bucket *) ap_bucket_eor_create(apr_bucket_alloc_t *list,
    request_rec *r);

#ifdef __cplusplus
}
#endif

#endif
