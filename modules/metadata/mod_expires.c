/* SPDX-License-Identifier: Apache-2.0 */
/* mod_expires -- Expires and Cache-Control: max-age (RFC 9111 section 5).
 *
 *   ExpiresActive on|off
 *   ExpiresDefault "base [plus] number unit ..." | [AM]seconds
 *   ExpiresByType type "..."       type may be type/wild-card
 *     base: access, now (the request), modification (the file)
 *   hooks: insert_filter, insert_error_filter; filter MOD_EXPIRES
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_date.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_filter.h"

extern module AP_MODULE_DECLARE_DATA expires_module;

enum base { FROM_ACCESS = 'A', FROM_MODIFICATION = 'M' };

struct rule {
    enum base base;
    int seconds;
};

struct expires_dir {
    int active;                 /* -1 unset */
    const struct rule *fallback;
    apr_table_t *by_type;       /* type -> rule written as "A123" */
};

static void *expires_create_dir(apr_pool_t *p, char *)
{
    struct expires_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->active = -1;
    dir->by_type = apr_table_make(p, 4);
    return dir;
}

static void *expires_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct expires_dir *base = basev;
    const struct expires_dir *add = addv;
    struct expires_dir *dir = apr_palloc(p, sizeof *dir);

    dir->active = add->active != -1 ? add->active : base->active;
    dir->fallback = add->fallback != NULL ? add->fallback : base->fallback;
    dir->by_type = apr_table_overlay(p, add->by_type, base->by_type);
    return dir;
}

/* ---- directives */

static const struct { const char *prefix; int seconds; } units[] = {
    { "year", 31536000 }, { "month", 2592000 }, { "week", 604800 },
    { "day", 86400 }, { "hour", 3600 }, { "minute", 60 }, { "second", 1 },
};

static int unit_seconds(const char *word)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = strlen(units[i].prefix);

        if (ap_cstr_casecmpn(word, units[i].prefix, len) == 0
            && (word[len] == '\0' || ap_cstr_casecmp(word + len, "s") == 0)) {
            return units[i].seconds;
        }
    }
    return 0;
}

/* A123 or M-4: the short form. */
static bool parse_short(const char *text, struct rule *rule)
{
    char *end;
    long seconds;

    if (*text != 'A' && *text != 'M') {
        return false;
    }
    seconds = strtol(text + 1, &end, 10);
    if (end == text + 1 || *end != '\0') {
        return false;
    }
    rule->base = *text == 'A' ? FROM_ACCESS : FROM_MODIFICATION;
    rule->seconds = (int)seconds;
    return true;
}

static const char *parse_spans(apr_pool_t *p, const char *text,
                               struct rule *rule)
{
    const char *word = ap_getword_conf(p, &text);

    if (ap_cstr_casecmp(word, "plus") == 0) {
        word = ap_getword_conf(p, &text);
    }
    if (*word == '\0') {
        return "needs a number and a unit after the base";
    }
    for (; *word != '\0'; word = ap_getword_conf(p, &text)) {
        char *end;
        long number = strtol(word, &end, 10);
        const char *unit = ap_getword_conf(p, &text);
        int seconds = unit_seconds(unit);

        if (end == word || *end != '\0') {
            return apr_psprintf(p, "needs a number, not \"%s\"", word);
        }
        if (seconds == 0) {
            return apr_psprintf(p, "has the unknown unit \"%s\"; known: years "
                                "months weeks days hours minutes seconds",
                                unit);
        }
        rule->seconds += (int)number * seconds;
    }
    return NULL;
}

static const char *parse_rule(apr_pool_t *p, const char *text,
                              struct rule *rule)
{
    const char *word;

    if (parse_short(text, rule)) {
        return NULL;
    }
    word = ap_getword_conf(p, &text);
    if (ap_cstr_casecmp(word, "now") == 0
        || ap_cstr_casecmp(word, "access") == 0) {
        rule->base = FROM_ACCESS;
    }
    else if (ap_cstr_casecmp(word, "modification") == 0) {
        rule->base = FROM_MODIFICATION;
    }
    else {
        return apr_psprintf(p, "has the unknown base \"%s\"; use access, now, "
                            "modification, or A or M and a number of seconds",
                            word);
    }
    return parse_spans(p, text, rule);
}

static const char *expires_set_default(cmd_parms *cmd, void *mconfig,
                                       const char *text)
{
    struct expires_dir *dir = mconfig;
    struct rule *rule = apr_pcalloc(cmd->pool, sizeof *rule);
    const char *why = parse_rule(cmd->pool, text, rule);

    dir->fallback = rule;
    return why != NULL ? apr_pstrcat(cmd->pool, "ExpiresDefault ", why, NULL)
                       : NULL;
}

static const char *expires_set_type(cmd_parms *cmd, void *mconfig,
                                    const char *type, const char *text)
{
    struct expires_dir *dir = mconfig;
    struct rule rule = { 0 };
    const char *why = parse_rule(cmd->pool, text, &rule);

    if (why != NULL) {
        return apr_psprintf(cmd->pool, "ExpiresByType for %s %s", type, why);
    }
    apr_table_setn(dir->by_type, type,
                   apr_psprintf(cmd->pool, "%c%d", rule.base, rule.seconds));
    return NULL;
}

/* ---- work */

static bool find_rule(const request_rec *r, const struct expires_dir *dir,
                      struct rule *rule)
{
    const char *type, *text;
    char *wild, *slash;

    if (r->content_type != NULL) {
        type = ap_field_noparam(r->pool, r->content_type);
        text = apr_table_get(dir->by_type, type);
        slash = text == NULL ? strchr(type, '/') : NULL;
        if (slash != NULL) {
            wild = apr_pstrcat(r->pool, apr_pstrmemdup(r->pool, type,
                               slash - type + 1), "*", NULL);
            text = apr_table_get(dir->by_type, wild);
        }
        if (text != NULL) {
            return parse_short(text, rule);
        }
    }
    if (dir->fallback == NULL) {
        return false;
    }
    *rule = *dir->fallback;
    return true;
}

static void set_fields(request_rec *r, const struct rule *rule,
                       apr_table_t *out)
{
    apr_time_t from = r->request_time;
    apr_time_t expires;
    apr_int64_t age;
    char *date;

    if (rule->base == FROM_MODIFICATION) {
        if (r->finfo.filetype == APR_NOFILE) {
            return;
        }
        from = r->finfo.mtime;
    }
    expires = from + apr_time_from_sec(rule->seconds);
    age = apr_time_sec(expires) - apr_time_sec(r->request_time);
    if (age < 0) {                      /* has expired: that is, now */
        expires = r->request_time;
        age = 0;
    }
    apr_table_mergen(out, "Cache-Control",
                     apr_psprintf(r->pool, "max-age=%" APR_INT64_T_FMT,
                                  age));
    date = apr_palloc(r->pool, APR_RFC822_DATE_LEN);
    apr_rfc822_date(date, expires);
    apr_table_setn(out, "Expires", date);
}

static apr_status_t expires_filter(ap_filter_t *f, apr_bucket_brigade *bb)
{
    request_rec *r = f->r;
    const struct expires_dir *dir = ap_get_module_config(r->per_dir_config,
                                                         &expires_module);
    apr_table_t *out = r->headers_out;
    const char *expires = apr_table_get(r->err_headers_out, "Expires");
    struct rule rule;

    if (expires != NULL) {
        out = r->err_headers_out;
    }
    else {
        expires = apr_table_get(r->headers_out, "Expires");
    }
    /* what the application said stays */
    if (expires == NULL && apr_table_get(r->err_headers_out,
                                         "Cache-Control") != NULL) {
        out = r->err_headers_out;
    }
    if (expires == NULL && find_rule(r, dir, &rule)) {
        set_fields(r, &rule, out);
    }
    ap_remove_output_filter(f);
    return ap_pass_brigade(f->next, bb);
}

static void expires_insert_filter(request_rec *r)
{
    const struct expires_dir *dir;

    if (ap_is_HTTP_ERROR(r->status)) {
        return;
    }
    dir = ap_get_module_config(r->per_dir_config, &expires_module);
    if (dir->active == 1
        && (dir->fallback != NULL || !apr_is_empty_table(dir->by_type))) {
        ap_add_output_filter("MOD_EXPIRES", NULL, r, r->connection);
    }
}

static const command_rec expires_directives[] = {
    AP_INIT_FLAG("ExpiresActive", ap_set_flag_slot,
        (void *)offsetof(struct expires_dir, active), OR_INDEXES,
        "on: send Expires and Cache-Control as the other directives say"),
    AP_INIT_TAKE2("ExpiresByType", expires_set_type, NULL, OR_INDEXES,
        "a media type and a time such as \"access plus 1 month\""),
    AP_INIT_TAKE1("ExpiresDefault", expires_set_default, NULL, OR_INDEXES,
        "a time for all other types, such as \"modification plus 2 days\""),
    { 0 }
};

static void expires_register_hooks(apr_pool_t *)
{
    /* after content is generated, before the header filter looks */
    ap_register_output_filter("MOD_EXPIRES", expires_filter, NULL,
                              AP_FTYPE_CONTENT_SET - 2);
    ap_hook_insert_filter(expires_insert_filter, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_insert_error_filter(expires_insert_filter, NULL, NULL,
                                APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(expires) = {
    STANDARD20_MODULE_STUFF, expires_create_dir, expires_merge_dir, NULL,
    NULL, expires_directives, expires_register_hooks, AP_MODULE_FLAG_NONE
};
