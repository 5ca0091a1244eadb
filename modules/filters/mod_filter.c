/* SPDX-License-Identifier: Apache-2.0 */
/* mod_filter -- output filters that are chosen when the response is known.
 *
 *   FilterDeclare name [type]           FilterProvider name provider condition
 *   FilterChain [+=-@!]name ...         FilterProtocol name [provider] flags
 *   FilterTrace name level
 *   AddOutputFilterByType filter[;filter...] type ...
 *   hooks: insert_filter
 *
 * A declared filter is a harness: when the first brigade arrives it runs the
 * conditions of its providers and from then on is the one that fits, or
 * steps aside.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ap_expr.h"
#include "apr_hash.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA filter_module;

#define BY_TYPE "BYTYPE:"

struct provider {
    struct provider *next;          /* asked in this order */
    ap_filter_rec_t *frec;
    const ap_expr_info_t *expr;     /* NULL: types */
    const char **types;             /* ended by NULL */
    unsigned int flags;             /* AP_FILTER_PROTO_* */
};

struct smart_filter {
    ap_filter_rec_t frec;           /* the harness as a filter */
    struct provider *providers;
    int trace;
};

struct filter_dir {
    apr_hash_t *filters;            /* name -> struct smart_filter */
    apr_array_header_t *chain;      /* struct link, applied on the outer one */
};

/* One word of FilterChain. */
struct link {
    char operation;                 /* + @ - = ! */
    const char *name;
};

/* A harness at work. */
struct harness {
    const struct smart_filter *smart;
    const struct provider *chosen;
    void *provider_ctx;             /* what the provider keeps in f->ctx */
};

static apr_status_t run_harness(ap_filter_t *f, apr_bucket_brigade *bb);

/* ---- configuration */

static void *filter_create_dir(apr_pool_t *p, char *)
{
    struct filter_dir *dir = apr_palloc(p, sizeof *dir);

    dir->filters = apr_hash_make(p);
    dir->chain = apr_array_make(p, 2, sizeof(struct link));
    return dir;
}

static struct smart_filter *copy_filter(apr_pool_t *p,
                                        const struct smart_filter *from)
{
    struct smart_filter *copy = apr_pmemdup(p, from, sizeof *copy);
    struct provider **end = &copy->providers;

    for (const struct provider *at = from->providers; at != NULL;
         at = at->next) {
        *end = apr_pmemdup(p, at, sizeof *at);
        end = &(*end)->next;
    }
    return copy;
}

/* Providers of an inner section are asked before those of the outer one. */
static void *merge_filter(apr_pool_t *p, const void *, apr_ssize_t,
                          const void *overv, const void *basev, const void *)
{
    const struct smart_filter *over = overv;
    const struct smart_filter *base = basev;
    struct smart_filter *both = copy_filter(p, over);
    struct provider **end = &both->providers;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = copy_filter(p, base)->providers;
    if (both->trace == 0) {
        both->trace = base->trace;
    }
    return both;
}

static void *filter_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct filter_dir *base = basev;
    const struct filter_dir *add = addv;
    struct filter_dir *dir = apr_palloc(p, sizeof *dir);

    dir->filters = apr_hash_merge(p, add->filters, base->filters,
                                  merge_filter, NULL);
    dir->chain = apr_array_append(p, base->chain, add->chain);
    return dir;
}

static struct smart_filter *get_filter(apr_pool_t *p, struct filter_dir *dir,
                                       const char *name)
{
    struct smart_filter *smart = apr_hash_get(dir->filters, name,
                                              APR_HASH_KEY_STRING);

    if (smart == NULL) {
        smart = apr_pcalloc(p, sizeof *smart);
        smart->frec.name = name;
        smart->frec.filter_func.out_func = run_harness;
        smart->frec.ftype = AP_FTYPE_RESOURCE;
        apr_hash_set(dir->filters, name, APR_HASH_KEY_STRING, smart);
    }
    return smart;
}

/* ---- directives */

static const char *filter_declare(cmd_parms *cmd, void *mconfig,
                                  const char *name, const char *type)
{
    static const struct { const char *word; ap_filter_type type; } types[] = {
        { "RESOURCE", AP_FTYPE_RESOURCE },
        { "CONTENT_SET", AP_FTYPE_CONTENT_SET },
        { "PROTOCOL", AP_FTYPE_PROTOCOL },
        { "TRANSCODE", AP_FTYPE_TRANSCODE },
        { "CONNECTION", AP_FTYPE_CONNECTION },
        { "NETWORK", AP_FTYPE_NETWORK },
    };
    struct smart_filter *smart = get_filter(cmd->pool, mconfig, name);

    if (type == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(type, types[i].word) == 0) {
            smart->frec.ftype = types[i].type;
            return NULL;
        }
    }
    return apr_psprintf(cmd->pool, "FilterDeclare: unknown type \"%s\"; use "
                        "RESOURCE, CONTENT_SET, PROTOCOL, TRANSCODE, "
                        "CONNECTION or NETWORK", type);
}

static struct provider *add_provider(cmd_parms *cmd,
                                     struct smart_filter *smart,
                                     const char *name, const char **wrong)
{
    ap_filter_rec_t *frec = ap_get_output_filter_handle(name);
    struct provider *provider;
    struct provider **end = &smart->providers;

    if (frec == NULL) {
        *wrong = apr_psprintf(cmd->pool, "there is no filter \"%s\"; is its "
                              "module loaded?", name);
        return NULL;
    }
    provider = apr_pcalloc(cmd->pool, sizeof *provider);
    provider->frec = frec;
    provider->flags = frec->proto_flags;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = provider;
    return provider;
}

static const char *filter_provider(cmd_parms *cmd, void *mconfig,
                                   const char *name, const char *provider_name,
                                   const char *condition)
{
    struct smart_filter *smart = get_filter(cmd->pool, mconfig, name);
    const char *wrong = NULL;
    struct provider *provider = add_provider(cmd, smart, provider_name,
                                             &wrong);

    if (provider == NULL) {
        return wrong;
    }
    provider->expr = ap_expr_parse_cmd(cmd, condition, 0, &wrong, NULL);
    return wrong != NULL ? apr_pstrcat(cmd->pool, "FilterProvider: ", wrong,
                                       NULL) : NULL;
}

static const char *filter_chain(cmd_parms *cmd, void *mconfig,
                                const char *word)
{
    struct filter_dir *dir = mconfig;
    struct link *link = apr_array_push(dir->chain);

    link->operation = strchr("+@-=!", *word) != NULL ? *word : '+';
    link->name = strchr("+@-=!", *word) != NULL ? word + 1 : word;
    if (*link->name == '\0' && link->operation == '=') {
        link->operation = '!';          /* only nothing */
    }
    if (*link->name == '\0' && link->operation != '!') {
        return apr_psprintf(cmd->pool, "FilterChain: \"%s\" needs a name "
                            "behind the sign", word);
    }
    return NULL;
}

static const char *apply_flag(cmd_parms *cmd, struct provider *provider,
                              const char *word)
{
    static const struct { const char *word; unsigned int set, clear; }
    flags[] = {
        { "change=yes", AP_FILTER_PROTO_CHANGE
                        | AP_FILTER_PROTO_CHANGE_LENGTH, 0 },
        { "change=no", 0, AP_FILTER_PROTO_CHANGE
                          | AP_FILTER_PROTO_CHANGE_LENGTH },
        { "change=1:1", AP_FILTER_PROTO_CHANGE,
          AP_FILTER_PROTO_CHANGE_LENGTH },
        { "byteranges=no", AP_FILTER_PROTO_NO_BYTERANGE, 0 },
        { "proxy=no", AP_FILTER_PROTO_NO_PROXY, 0 },
        { "proxy=transform", AP_FILTER_PROTO_TRANSFORM, 0 },
        { "cache=no", AP_FILTER_PROTO_NO_CACHE, 0 },
    };

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (ap_cstr_casecmp(word, flags[i].word) == 0) {
            provider->flags = (provider->flags & ~flags[i].clear)
                | flags[i].set;
            return NULL;
        }
    }
    return apr_psprintf(cmd->pool, "FilterProtocol: unknown flag \"%s\"",
                        word);
}

static const char *filter_protocol(cmd_parms *cmd, void *mconfig,
                                   const char *name, const char *second,
                                   const char *third)
{
    struct filter_dir *dir = mconfig;
    struct smart_filter *smart = apr_hash_get(dir->filters, name,
                                              APR_HASH_KEY_STRING);
    const char *flags = third != NULL ? third : second;
    bool any = false;

    if (smart == NULL) {
        return "FilterProtocol: declare the filter first";
    }
    for (struct provider *at = smart->providers; at != NULL; at = at->next) {
        char *rest = apr_pstrdup(cmd->temp_pool, flags);
        char *word, *last;

        if (third != NULL && ap_cstr_casecmp(at->frec->name, second) != 0) {
            continue;
        }
        any = true;
        while ((word = apr_strtok(rest, ",; \t", &last)) != NULL) {
            const char *wrong = apply_flag(cmd, at, word);

            if (wrong != NULL) {
                return wrong;
            }
            rest = NULL;
        }
    }
    return any || third == NULL ? NULL
        : "FilterProtocol: the filter has no such provider";
}

static const char *filter_trace(cmd_parms *cmd, void *mconfig,
                                const char *name, const char *level)
{
    struct filter_dir *dir = mconfig;
    struct smart_filter *smart = apr_hash_get(dir->filters, name,
                                              APR_HASH_KEY_STRING);

    if (smart == NULL) {
        return apr_psprintf(cmd->pool, "FilterTrace: there is no filter "
                            "\"%s\"; declare it first", name);
    }
    smart->trace = atoi(level);
    return NULL;
}

static const char *add_by_type(cmd_parms *cmd, struct filter_dir *dir,
                               const char *filter, int argc,
                               char *const argv[])
{
    const char *name = apr_pstrcat(cmd->pool, BY_TYPE, filter, NULL);
    bool is_new = apr_hash_get(dir->filters, name, APR_HASH_KEY_STRING)
        == NULL;
    struct smart_filter *smart = get_filter(cmd->pool, dir, name);
    const char *wrong = NULL;
    struct provider *provider = add_provider(cmd, smart, filter, &wrong);

    if (provider == NULL) {
        return wrong;
    }
    smart->frec.ftype = provider->frec->ftype;
    provider->types = apr_pcalloc(cmd->pool,
                                  (argc + 1) * sizeof *provider->types);
    for (int i = 0; i < argc; i++) {
        provider->types[i] = argv[i];
    }
    if (is_new) {
        struct link *link = apr_array_push(dir->chain);

        link->operation = '+';
        link->name = name;
    }
    return NULL;
}

static const char *filter_add_by_type(cmd_parms *cmd, void *mconfig, int argc,
                                      char *const argv[])
{
    char *rest, *filter, *last;

    if (argc < 2) {
        return "AddOutputFilterByType needs a filter and a media type";
    }
    rest = apr_pstrdup(cmd->pool, argv[0]);
    while ((filter = apr_strtok(rest, ";", &last)) != NULL) {
        const char *wrong = add_by_type(cmd, mconfig, filter, argc - 1,
                                        argv + 1);

        if (wrong != NULL) {
            return wrong;
        }
        rest = NULL;
    }
    return NULL;
}

/* ---- choosing */

static bool type_fits(const request_rec *r, const char **types)
{
    const char *type = r->content_type;
    size_t length;

    if (type == NULL) {
        return false;
    }
    length = strcspn(type, "; \t");
    for (int i = 0; types[i] != NULL; i++) {
        if (strlen(types[i]) == length
            && ap_cstr_casecmpn(types[i], type, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(request_rec *r, const struct provider *provider)
{
    const char *error = NULL;
    int result;

    if (provider->types != NULL) {
        return type_fits(r, provider->types);
    }
    result = ap_expr_exec(r, provider->expr, &error);
    if (result < 0) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, r, APLOGNO(01379)
                      "could not evaluate the condition of the provider "
                      "\"%s\": %s", provider->frec->name, error);
    }
    return result > 0;
}

/* May the provider run at all on this response? */
static bool is_allowed(request_rec *r, unsigned int flags)
{
    const char *control;

    if (r->proxyreq == PROXYREQ_NONE) {
        return true;
    }
    if (flags & AP_FILTER_PROTO_NO_PROXY) {
        return false;
    }
    control = apr_table_get(r->headers_out, "Cache-Control");
    return !(flags & AP_FILTER_PROTO_TRANSFORM) || control == NULL
        || !ap_find_list_item(r->pool, control, "no-transform");
}

static void fix_fields(request_rec *r, unsigned int flags)
{
    if (flags & AP_FILTER_PROTO_CHANGE) {
        apr_table_unset(r->headers_out, "Content-MD5");
        apr_table_unset(r->headers_out, "ETag");
        if (flags & AP_FILTER_PROTO_CHANGE_LENGTH) {
            apr_table_unset(r->headers_out, "Content-Length");
        }
    }
    if (flags & (AP_FILTER_PROTO_CHANGE | AP_FILTER_PROTO_NO_BYTERANGE)) {
        apr_table_setn(r->headers_out, "Accept-Ranges", "none");
    }
    if (flags & AP_FILTER_PROTO_NO_CACHE) {
        apr_table_unset(r->headers_out, "Last-Modified");
        apr_table_addn(r->headers_out, "Cache-Control", "no-cache");
    }
}

static const struct provider *choose(ap_filter_t *f,
                                     const struct smart_filter *smart)
{
    request_rec *r = f->r;

    for (const struct provider *at = smart->providers; at != NULL;
         at = at->next) {
        bool wanted = is_wanted(r, at);

        if (smart->trace > 0) {
            ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(01376)
                          "filter %s: provider %s %s", smart->frec.name,
                          at->frec->name, wanted ? "fits" : "does not fit");
        }
        if (wanted) {
            if (!is_allowed(r, at->flags)) {
                return NULL;
            }
            if (at->types == NULL) {
                fix_fields(r, at->flags);
            }
            return at;
        }
    }
    return NULL;
}

/* ---- running */

static void trace_brigade(ap_filter_t *f, const struct smart_filter *smart,
                          apr_bucket_brigade *bb)
{
    for (apr_bucket *b = APR_BRIGADE_FIRST(bb);
         b != APR_BRIGADE_SENTINEL(bb); b = APR_BUCKET_NEXT(b)) {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, f->r, APLOGNO(01375)
                      "filter %s: bucket %s of %" APR_SIZE_T_FMT " bytes",
                      smart->frec.name, b->type->name, b->length);
    }
}

/* The provider sees f as its own: its context and its record. */
static apr_status_t run_provider(ap_filter_t *f, struct harness *harness,
                                 apr_bucket_brigade *bb)
{
    apr_status_t rv;

    f->ctx = harness->provider_ctx;
    rv = harness->chosen->frec->filter_func.out_func(f, bb);
    harness->provider_ctx = f->ctx;
    f->ctx = harness;
    return rv;
}

static apr_status_t run_harness(ap_filter_t *f, apr_bucket_brigade *bb)
{
    struct harness *harness = f->ctx;

    if (harness->chosen == NULL) {
        harness->chosen = choose(f, harness->smart);
        if (harness->chosen == NULL) {
            ap_remove_output_filter(f);
            return ap_pass_brigade(f->next, bb);
        }
        if (harness->chosen->frec->filter_init_func != NULL) {
            int status;

            f->ctx = NULL;
            status = harness->chosen->frec->filter_init_func(f);
            harness->provider_ctx = f->ctx;
            f->ctx = harness;
            if (status != OK) {
                ap_remove_output_filter(f);
                return ap_pass_brigade(f->next, bb);
            }
        }
    }
    if (harness->smart->trace > 1) {
        trace_brigade(f, harness->smart, bb);
    }
    return run_provider(f, harness, bb);
}

/* The chain's operations in order give the list of names. */
static apr_array_header_t *resolve_chain(request_rec *r,
                                         const apr_array_header_t *links)
{
    apr_array_header_t *names = apr_array_make(r->pool, 4, sizeof(char *));

    for (int i = 0; i < links->nelts; i++) {
        const struct link *link = &APR_ARRAY_IDX(links, i, struct link);
        apr_array_header_t *before = names;

        switch (link->operation) {
        case '!':
            names->nelts = 0;
            break;
        case '=':
            names->nelts = 0;
            APR_ARRAY_PUSH(names, const char *) = link->name;
            break;
        case '@':
            names = apr_array_make(r->pool, 4, sizeof(char *));
            APR_ARRAY_PUSH(names, const char *) = link->name;
            apr_array_cat(names, before);
            break;
        case '-':
            names = apr_array_make(r->pool, 4, sizeof(char *));
            for (int k = 0; k < before->nelts; k++) {
                const char *name = APR_ARRAY_IDX(before, k, const char *);

                if (ap_cstr_casecmp(name, link->name) != 0) {
                    APR_ARRAY_PUSH(names, const char *) = name;
                }
            }
            break;
        default:
            if (!ap_array_str_contains(names, link->name)) {
                APR_ARRAY_PUSH(names, const char *) = link->name;
            }
            break;
        }
    }
    return names;
}

static void filter_insert_filter(request_rec *r)
{
    const struct filter_dir *dir = ap_get_module_config(r->per_dir_config,
                                                        &filter_module);
    const apr_array_header_t *names;

    if (dir->chain->nelts == 0) {
        return;
    }
    names = resolve_chain(r, dir->chain);
    for (int i = 0; i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);
        struct smart_filter *smart = apr_hash_get(dir->filters, name,
                                                  APR_HASH_KEY_STRING);
        struct harness *harness;

        if (smart == NULL) {        /* an ordinary filter in the chain */
            ap_add_output_filter(name, NULL, r, r->connection);
            continue;
        }
        harness = apr_pcalloc(r->pool, sizeof *harness);
        harness->smart = smart;
        ap_add_output_filter_handle(&smart->frec, harness, r, r->connection);
    }
}

static const command_rec filter_directives[] = {
    AP_INIT_TAKE12("FilterDeclare", filter_declare, NULL, OR_OPTIONS,
        "a name for a filter, and its type"),
    AP_INIT_TAKE3("FilterProvider", filter_provider, NULL, OR_OPTIONS,
        "a declared filter, a real filter, and the condition under which it "
        "is used"),
    AP_INIT_ITERATE("FilterChain", filter_chain, NULL, OR_OPTIONS,
        "declared filters to run, in order; with + @ - = ! in front"),
    AP_INIT_TAKE2("FilterTrace", filter_trace, NULL, RSRC_CONF | ACCESS_CONF,
        "a declared filter and a level: 1 logs choices, 2 also buckets"),
    AP_INIT_TAKE_ARGV("AddOutputFilterByType", filter_add_by_type, NULL,
        OR_FILEINFO, "filters, separated by ; and the media types that "
        "pass through them"),
    AP_INIT_TAKE23("FilterProtocol", filter_protocol, NULL, OR_OPTIONS,
        "a declared filter, one of its providers (optional), and flags such "
        "as change=yes or cache=no"),
    { 0 }
};

static void filter_register_hooks(apr_pool_t *)
{
    ap_hook_insert_filter(filter_insert_filter, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(filter) = {
    STANDARD20_MODULE_STUFF, filter_create_dir, filter_merge_dir, NULL, NULL,
    filter_directives, filter_register_hooks, AP_MODULE_FLAG_NONE
};
