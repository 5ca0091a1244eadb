/* SPDX-License-Identifier: Apache-2.0 */
/* mod_negotiation -- choose among the variants of a resource.
 *
 *   LanguagePriority tag ...         what to prefer when the client does not
 *   ForceLanguagePriority None | [Prefer] [Fallback]
 *   CacheNegotiatedDocs on|off       may HTTP/1.0 caches keep the choice?
 *   Options MultiViews (core)        /doc stands for doc.*
 *   handlers: type-map
 *   hooks: type_checker (first, as it replaces the request), fixups
 *   (Content-Encoding the way the client writes it), handler
 */
#include "negotiation.h"

#include <string.h>

#include "apr_buckets.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "util_script.h"

extern module AP_MODULE_DECLARE_DATA negotiation_module;

enum flag { UNSET = -1, OFF, ON };

struct negotiation_server {
    int cache_documents;
};

static void *negotiation_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct language_policy));
}

static void *negotiation_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct language_policy *base = basev;
    const struct language_policy *add = addv;
    struct language_policy *policy = apr_palloc(p, sizeof *policy);

    policy->priority = add->priority != NULL ? add->priority : base->priority;
    policy->force = add->force != FORCE_UNSET ? add->force : base->force;
    return policy;
}

static void *negotiation_create_server(apr_pool_t *p, server_rec *)
{
    struct negotiation_server *server = apr_palloc(p, sizeof *server);

    server->cache_documents = UNSET;
    return server;
}

static void *negotiation_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct negotiation_server *base = basev;
    const struct negotiation_server *add = addv;
    struct negotiation_server *server = apr_palloc(p, sizeof *server);

    server->cache_documents = add->cache_documents != UNSET
        ? add->cache_documents : base->cache_documents;
    return server;
}

/* ---- directives */

static const char *negotiation_add_language(cmd_parms *cmd, void *mconfig,
                                            const char *language)
{
    struct language_policy *policy = mconfig;

    if (policy->priority == NULL) {
        policy->priority = apr_array_make(cmd->pool, 4, sizeof(char *));
    }
    APR_ARRAY_PUSH(policy->priority, const char *) = language;
    return NULL;
}

static const char *negotiation_set_force(cmd_parms *cmd, void *mconfig,
                                         const char *word)
{
    static const struct { const char *word; unsigned bit; } words[] = {
        { "None", FORCE_NONE }, { "Prefer", FORCE_PREFER },
        { "Fallback", FORCE_FALLBACK },
    };
    struct language_policy *policy = mconfig;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(word, words[i].word) != 0) {
            continue;
        }
        if (policy->force != FORCE_UNSET
            && (policy->force | words[i].bit) & FORCE_NONE) {
            return "ForceLanguagePriority: None does not go with Prefer or "
                   "Fallback";
        }
        policy->force |= words[i].bit;
        return NULL;
    }
    return apr_psprintf(cmd->pool, "ForceLanguagePriority needs None, or "
                        "Prefer and Fallback, not \"%s\"", word);
}

static const char *negotiation_set_cache(cmd_parms *cmd, void *, int on)
{
    struct negotiation_server *server = ap_get_module_config(
        cmd->server->module_config, &negotiation_module);

    server->cache_documents = on;
    return NULL;
}

/* ---- work */

/* The request that stands for the choice: the map's own if it is a body. */
static request_rec *request_for(struct variant_set *set,
                                struct variant *choice)
{
    if (choice->sub == NULL) {
        choice->sub = ap_sub_req_lookup_file(choice->body >= 0 ? set->map
                                             : choice->name, set->r, NULL);
        choice->is_made = choice->sub->handler != NULL;
    }
    return choice->sub;
}

static bool is_map(const request_rec *r)
{
    return r->handler != NULL && (strcmp(r->handler, "type-map") == 0
                                  || strcmp(r->handler, TYPE_MAP_TYPE) == 0);
}

/* The choice, or NULL; then *status says what to answer. */
static struct variant *choose(struct variant_set *set, int *status)
{
    request_rec *r = set->r;
    const struct language_policy *config = ap_get_module_config(
        r->per_dir_config, &negotiation_module);
    struct language_policy policy = *config;
    struct variant *choice;

    if (policy.force == FORCE_UNSET) {
        policy.force = FORCE_PREFER;
    }
    choice = negotiation_choose(set, &policy);
    if (choice == NULL) {
        *status = negotiation_refuse(set);
        return NULL;
    }
    if (choice->body < 0 && request_for(set, choice)->status != HTTP_OK) {
        *status = choice->sub->status;
        return NULL;
    }
    if (set->map != NULL && choice->body < 0 && is_map(choice->sub)) {
        /* RFC 2295 section 8.1: it must not be negotiated once more */
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00692)
                      "could not use variant \"%s\" of \"%s\": it is a type "
                      "map itself", choice->name, r->filename);
        *status = HTTP_VARIANT_ALSO_VARIES;
        return NULL;
    }
    negotiation_set_fields(set, choice);
    return choice;
}

/* The variant stands in the map itself. */
static int send_body(request_rec *r, const struct variant *choice)
{
    apr_bucket_alloc_t *alloc = r->connection->bucket_alloc;
    apr_bucket_brigade *bb;
    apr_file_t *file;
    apr_status_t rv;
    int status;

    ap_allow_standard_methods(r, REPLACE_ALLOW, M_GET, M_OPTIONS, M_POST, -1);
    status = ap_discard_request_body(r);
    if (status != OK) {
        return status;
    }
    if (r->method_number != M_GET && r->method_number != M_POST) {
        return HTTP_METHOD_NOT_ALLOWED;
    }
    rv = apr_file_open(&file, r->filename, APR_READ, APR_OS_DEFAULT, r->pool);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00688)
                      "could not open type map \"%s\"; check that the "
                      "server's user may read it", r->filename);
        return HTTP_FORBIDDEN;
    }
    /* no ETag and no date: the bodies of a map share its own */
    ap_set_accept_ranges(r);
    ap_set_content_length(r, choice->length);
    if (*choice->type != '\0') {
        ap_set_content_type_ex(r, *choice->charset == '\0' ? choice->type
            : apr_pstrcat(r->pool, choice->type, "; charset=",
                          choice->charset, NULL), 1);
    }
    r->content_encoding = choice->encoding;
    if (choice->languages != NULL) {
        r->content_languages = choice->languages;
    }
    status = ap_meets_conditions(r);
    if (status != OK) {
        return status;
    }
    bb = apr_brigade_create(r->pool, alloc);
    apr_brigade_insert_file(bb, file, choice->body, choice->length, r->pool);
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(alloc));
    return ap_pass_brigade_fchk(r, bb, NULL);
}

/* The rest of the URL goes along. */
static const char *url_of(request_rec *r, const struct variant *choice)
{
    const char *base = r->uri;
    const char *url;

    if (r->path_info != NULL && *r->path_info != '\0') {
        int end = ap_find_path_info(base, r->path_info);

        base = apr_pstrmemdup(r->pool, base, end);
        url = apr_pstrcat(r->pool, choice->name, r->path_info, NULL);
    }
    else {
        url = choice->name;
    }
    url = ap_make_full_path(r->pool, ap_make_dirstr_parent(r->pool, base),
                            url);
    return r->args != NULL ? apr_pstrcat(r->pool, url, "?", r->args, NULL)
                           : url;
}

static int negotiation_map_handler(request_rec *r)
{
    const struct negotiation_server *server = ap_get_module_config(
        r->server->module_config, &negotiation_module);
    struct variant_set *set;
    struct variant *choice;
    int status;

    if (!is_map(r) || r->finfo.filetype == APR_NOFILE) {
        return DECLINED;
    }
    set = negotiation_make_set(r);
    status = negotiation_read_map(set, r);
    if (status != OK) {
        return status;
    }
    choice = choose(set, &status);
    if (choice == NULL) {
        return status;
    }
    if (server->cache_documents != ON && r->proto_num < HTTP_VERSION(1, 1)) {
        r->no_cache = 1;                /* it does not know Vary */
    }
    if (choice->body >= 0) {
        return send_body(r, choice);
    }
    ap_internal_redirect(url_of(r, choice), r);
    return OK;
}

static int negotiation_multiviews(request_rec *r)
{
    struct variant_set *set;
    struct variant *choice;
    request_rec *sub;
    int status;

    if (r->finfo.filetype != APR_NOFILE || r->filename == NULL
        || !(ap_allow_options(r) & OPT_MULTI)) {
        return DECLINED;
    }
    set = negotiation_make_set(r);
    status = negotiation_read_directory(set);
    if (status != OK) {
        return status;
    }
    if (set->variants->nelts == 0) {
        if (!set->found_any) {
            return DECLINED;
        }
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(00687)
                      "could not use any of the files \"%s.*\": they have "
                      "extensions that MultiviewsMatch does not count",
                      r->filename);
        return HTTP_NOT_FOUND;
    }
    choice = choose(set, &status);
    if (choice == NULL) {
        return status;
    }
    sub = request_for(set, choice);
    if (sub->status != HTTP_OK || sub->finfo.filetype != APR_REG) {
        ap_destroy_sub_req(sub);
        return sub->status != HTTP_OK ? sub->status : HTTP_NOT_FOUND;
    }
    if (r->path_info != NULL && *r->path_info != '\0') {
        sub->path_info = apr_pstrdup(sub->pool, r->path_info);
    }
    ap_internal_fast_redirect(sub, r);
    return OK;
}

static const command_rec negotiation_directives[] = {
    AP_INIT_FLAG("CacheNegotiatedDocs", negotiation_set_cache, NULL,
        RSRC_CONF, "on: HTTP/1.0 caches may keep what was negotiated"),
    AP_INIT_ITERATE("ForceLanguagePriority", negotiation_set_force, NULL,
        OR_FILEINFO, "when LanguagePriority decides: Prefer (several "
        "variants are equally good), Fallback (none fits), both, or None"),
    AP_INIT_ITERATE("LanguagePriority", negotiation_add_language, NULL,
        OR_FILEINFO, "languages, the one to prefer first"),
    { 0 }
};

static void negotiation_register_hooks(apr_pool_t *)
{
    /* before mod_mime: it need not look at a name that no file has */
    ap_hook_type_checker(negotiation_multiviews, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_fixups(negotiation_name_encoding, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(negotiation_map_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(negotiation) = {
    STANDARD20_MODULE_STUFF, negotiation_create_dir, negotiation_merge_dir,
    negotiation_create_server, negotiation_merge_server,
    negotiation_directives, negotiation_register_hooks, AP_MODULE_FLAG_NONE
};
