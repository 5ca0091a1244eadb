/* SPDX-License-Identifier: Apache-2.0 */
/* mod_access_compat -- Order, Allow, Deny and Satisfy, as before Require.
 *
 *   Order deny,allow|allow,deny|mutual-failure
 *   Allow from ..., Deny from ...    all, address, subnet, host, env=[!]name
 *   Satisfy all|any
 *   hooks: access_checker
 *   exports: optional function access_compat_ap_satisfies
 */
#include <stdbool.h>
#include <string.h>

#include "apr_network_io.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA access_compat_module;

enum order { DENY_THEN_ALLOW, ALLOW_THEN_DENY, MUTUAL_FAILURE };
enum rule_kind { RULE_ALL, RULE_SUBNET, RULE_HOST, RULE_ENV, RULE_NOT_ENV };

struct rule {
    apr_int64_t methods;            /* inside <Limit> */
    enum rule_kind kind;
    const char *text;
    apr_ipsubnet_t *subnet;
};

struct access_compat_dir {
    unsigned char order[METHODS];   /* enum order */
    unsigned char satisfy[METHODS]; /* SATISFY_ALL, _ANY, _NOSPEC */
    apr_array_header_t *allows;
    apr_array_header_t *denies;
};

static void *access_compat_create_dir(apr_pool_t *p, char *)
{
    struct access_compat_dir *dir = apr_pcalloc(p, sizeof *dir);

    memset(dir->satisfy, SATISFY_NOSPEC, sizeof dir->satisfy);
    dir->allows = apr_array_make(p, 1, sizeof(struct rule));
    dir->denies = apr_array_make(p, 1, sizeof(struct rule));
    return dir;
}

/* Rules of an inner section replace the outer ones; Satisfy is inherited. */
static void *access_compat_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct access_compat_dir *base = basev;
    const struct access_compat_dir *add = addv;
    bool rules = add->allows->nelts > 0 || add->denies->nelts > 0;
    struct access_compat_dir *dir = apr_pmemdup(p, rules ? add : base,
                                                sizeof *dir);

    for (int i = 0; i < METHODS; i++) {
        if (add->order[i] != DENY_THEN_ALLOW) {
            dir->order[i] = add->order[i];
        }
        dir->satisfy[i] = add->satisfy[i] != SATISFY_NOSPEC
            ? add->satisfy[i] : base->satisfy[i];
    }
    return dir;
}

/* ---- directives */

static const char *access_compat_set_order(cmd_parms *cmd, void *mconfig,
                                           const char *arg)
{
    struct access_compat_dir *dir = mconfig;
    enum order order;

    if (ap_cstr_casecmp(arg, "allow,deny") == 0) {
        order = ALLOW_THEN_DENY;
    }
    else if (ap_cstr_casecmp(arg, "deny,allow") == 0) {
        order = DENY_THEN_ALLOW;
    }
    else if (ap_cstr_casecmp(arg, "mutual-failure") == 0) {
        order = MUTUAL_FAILURE;
    }
    else {
        return "Order needs allow,deny or deny,allow, without a blank";
    }
    for (int i = 0; i < METHODS; i++) {
        if ((apr_uint64_t)cmd->limited >> i & 1) {
            dir->order[i] = order;
        }
    }
    return NULL;
}

static const char *access_compat_set_satisfy(cmd_parms *cmd, void *mconfig,
                                             const char *arg)
{
    struct access_compat_dir *dir = mconfig;
    int satisfy;

    if (ap_cstr_casecmp(arg, "all") == 0) {
        satisfy = SATISFY_ALL;
    }
    else if (ap_cstr_casecmp(arg, "any") == 0) {
        satisfy = SATISFY_ANY;
    }
    else {
        return "Satisfy needs any or all";
    }
    for (int i = 0; i < METHODS; i++) {
        if ((apr_uint64_t)cmd->limited >> i & 1) {
            dir->satisfy[i] = satisfy;
        }
    }
    return NULL;
}

static bool looks_like_address(const char *text)
{
    return strspn(text, "0123456789.") == strlen(text)
        || (strchr(text, ':') != NULL
            && strspn(text, "0123456789abcdefABCDEF:.") == strlen(text));
}

/* cmd->info says which list. */
static const char *access_compat_add(cmd_parms *cmd, void *mconfig,
                                     const char *from, const char *where)
{
    struct access_compat_dir *dir = mconfig;
    struct rule *rule;
    char *address, *mask;
    apr_status_t rv;

    if (ap_cstr_casecmp(from, "from") != 0) {
        return "the word after Allow or Deny must be from";
    }
    rule = apr_array_push(cmd->info != NULL ? dir->allows : dir->denies);
    memset(rule, 0, sizeof *rule);
    rule->methods = cmd->limited;
    rule->text = where;
    if (ap_cstr_casecmpn(where, "env=", 4) == 0) {
        rule->kind = where[4] == '!' ? RULE_NOT_ENV : RULE_ENV;
        rule->text = where + 4 + (where[4] == '!');
        return NULL;
    }
    if (ap_cstr_casecmp(where, "all") == 0) {
        rule->kind = RULE_ALL;
        return NULL;
    }
    address = apr_pstrdup(cmd->temp_pool, where);
    mask = strchr(address, '/');
    if (mask == NULL && !looks_like_address(where)) {
        rule->kind = RULE_HOST;
        return NULL;
    }
    if (mask != NULL) {
        *mask++ = '\0';
    }
    rule->kind = RULE_SUBNET;
    rv = apr_ipsubnet_create(&rule->subnet, address, mask, cmd->pool);
    return rv != APR_SUCCESS ? apr_psprintf(cmd->pool, "\"%s\" is not an "
        "address or subnet; example: 192.0.2.0/24", where) : NULL;
}

/* ---- work */

static bool is_in_domain(const char *domain, const char *host)
{
    size_t d = strlen(domain);
    size_t h = strlen(host);

    if (d > h || ap_cstr_casecmp(domain, host + h - d) != 0) {
        return false;
    }
    return d == h || domain[0] == '.' || host[h - d - 1] == '.';
}

static bool matches(request_rec *r, const struct rule *rule)
{
    const char *host;
    int is_address = 0;

    switch (rule->kind) {
    case RULE_ALL:
        return true;
    case RULE_ENV:
        return apr_table_get(r->subprocess_env, rule->text) != NULL;
    case RULE_NOT_ENV:
        return apr_table_get(r->subprocess_env, rule->text) == NULL;
    case RULE_SUBNET:
        return apr_ipsubnet_test(rule->subnet, r->useragent_addr);
    case RULE_HOST:
        host = ap_get_useragent_host(r, REMOTE_DOUBLE_REV, &is_address);
        return host != NULL && !is_address && is_in_domain(rule->text, host);
    }
    return false;
}

static bool any_matches(request_rec *r, const apr_array_header_t *rules)
{
    apr_int64_t method = AP_METHOD_BIT << r->method_number;

    for (int i = 0; i < rules->nelts; i++) {
        const struct rule *rule = &APR_ARRAY_IDX(rules, i, struct rule);

        if ((rule->methods & method) && matches(r, rule)) {
            return true;
        }
    }
    return false;
}

static int access_compat_ap_satisfies(request_rec *r)
{
    const struct access_compat_dir *dir = ap_get_module_config(
        r->per_dir_config, &access_compat_module);

    return dir->satisfy[r->method_number];
}

static bool is_denied(request_rec *r, const struct access_compat_dir *dir)
{
    switch (dir->order[r->method_number]) {
    case ALLOW_THEN_DENY:
        return !any_matches(r, dir->allows) || any_matches(r, dir->denies);
    case DENY_THEN_ALLOW:
        return any_matches(r, dir->denies) && !any_matches(r, dir->allows);
    default:
        return !(any_matches(r, dir->allows)
                 && !any_matches(r, dir->denies));
    }
}

static int access_compat_check(request_rec *r)
{
    const struct access_compat_dir *dir = ap_get_module_config(
        r->per_dir_config, &access_compat_module);

    if (!is_denied(r, dir)) {
        return OK;
    }
    if (ap_satisfies(r) != SATISFY_ANY || !ap_some_auth_required(r)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01797)
                      "client denied by server configuration: %s%s",
                      r->filename != NULL ? "" : "uri ",
                      r->filename != NULL ? r->filename : r->uri);
    }
    return HTTP_FORBIDDEN;
}

static const command_rec access_compat_directives[] = {
    AP_INIT_TAKE1("order", access_compat_set_order, NULL, OR_LIMIT,
        "allow,deny or deny,allow: which list has the last word"),
    AP_INIT_ITERATE2("allow", access_compat_add, (void *)"allow", OR_LIMIT,
        "from, then hosts, addresses, subnets, env=name or all"),
    AP_INIT_ITERATE2("deny", access_compat_add, NULL, OR_LIMIT,
        "from, then hosts, addresses, subnets, env=name or all"),
    AP_INIT_TAKE1("Satisfy", access_compat_set_satisfy, NULL, OR_AUTHCFG,
        "all: address and user must be right; any: one of them"),
    { 0 }
};

static void access_compat_register_hooks(apr_pool_t *)
{
    APR_REGISTER_OPTIONAL_FN(access_compat_ap_satisfies);
    /* before any user is asked for a name */
    ap_hook_check_access(access_compat_check, NULL, NULL, APR_HOOK_MIDDLE,
                         AP_AUTH_INTERNAL_PER_CONF);
}

AP_DECLARE_MODULE(access_compat) = {
    STANDARD20_MODULE_STUFF, access_compat_create_dir,
    access_compat_merge_dir, NULL, NULL, access_compat_directives,
    access_compat_register_hooks, AP_MODULE_FLAG_NONE
};
