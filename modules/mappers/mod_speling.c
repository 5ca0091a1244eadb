/* SPDX-License-Identifier: Apache-2.0 */
/* mod_speling -- redirect misspelt names to the file that was meant.
 *
 *   CheckSpelling on|off        default off
 *   CheckCaseOnly on|off        default off: one edit is forgiven, too
 *   CheckBasenameMatch on|off   default on: name.* stands for name.other
 *   hooks: fixups (last: when nobody else found a file)
 *
 * The three belong together: a section or .htaccess that says one of them
 * starts again from the defaults, as httpd's does (hence no merge).
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_file_info.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA speling_module;

/* How a name differs from the wanted one, the nearest first. */
enum likeness {
    SAME, CASE, TRANSPOSED, MISSING, EXTRA, MISTYPED, BASENAME, UNLIKE
};

static const char *const likeness_words[] = {
    [CASE] = "miscapitalized",
    [TRANSPOSED] = "transposed characters",
    [MISSING] = "character missing",
    [EXTRA] = "extra character",
    [MISTYPED] = "mistyped character",
    [BASENAME] = "common basename",
};

struct speling_dir {
    int enabled;
    int case_only;
    int basename_match;
};

/* The request's path cut into the part that is right, the name that is
 * not, and what follows it. */
struct wanted {
    const char *dir;            /* file system */
    const char *name;
    const char *url;            /* what stands before the name */
    const char *rest;           /* path info */
};

struct candidate {
    const char *name;
    enum likeness likeness;
    int seen;                   /* place in the directory */
};

static void *speling_create_dir(apr_pool_t *p, char *)
{
    struct speling_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->basename_match = 1;
    return dir;
}

/* ---- comparing names */

/* One edit of Damerau and Levenshtein apart, case aside. */
static enum likeness compare_edit(const char *wanted, const char *found)
{
    while (*wanted != '\0'
           && apr_tolower(*wanted) == apr_tolower(*found)) {
        wanted++;
        found++;
    }
    if (*wanted == '\0' && *found == '\0') {
        return CASE;
    }
    if (*wanted != '\0' && *found != '\0') {
        if (wanted[1] != '\0' && found[1] != '\0'
            && strncasecmp(wanted, (char[]){ found[1], found[0] }, 2) == 0
            && strcasecmp(wanted + 2, found + 2) == 0) {
            return TRANSPOSED;
        }
        if (strcasecmp(wanted + 1, found + 1) == 0) {
            return MISTYPED;
        }
    }
    if (*found != '\0' && strcasecmp(wanted, found + 1) == 0) {
        return MISSING;
    }
    if (*wanted != '\0' && strcasecmp(wanted + 1, found) == 0) {
        return EXTRA;
    }
    return UNLIKE;
}

static bool has_same_base(const char *one, const char *other)
{
    size_t len = strcspn(one, ".");

    return strcspn(other, ".") == len && strncasecmp(one, other, len) == 0;
}

static enum likeness compare_names(const struct speling_dir *dir,
                                   const char *wanted, const char *found)
{
    enum likeness likeness;

    if (strcmp(wanted, found) == 0) {
        return SAME;
    }
    likeness = compare_edit(wanted, found);
    if (likeness == UNLIKE || (dir->case_only && likeness != CASE)) {
        return dir->basename_match && has_same_base(wanted, found)
            ? BASENAME : UNLIKE;
    }
    return likeness;
}

/* ---- looking for candidates */

/* Only the part of the URL that is a path in the file system can be
 * mended; where an alias hides it, both ends differ. */
static bool split_request(request_rec *r, struct wanted *wanted)
{
    const char *slash = strrchr(r->filename, '/');
    const char *tail;
    size_t uri_len = strlen(r->uri);
    size_t tail_len;

    if (slash == NULL || slash[1] == '\0') {
        return false;
    }
    wanted->dir = slash == r->filename ? "/"
        : apr_pstrmemdup(r->pool, r->filename, slash - r->filename);
    wanted->name = slash + 1;
    wanted->rest = r->path_info != NULL ? r->path_info : "";
    tail = apr_pstrcat(r->pool, slash, wanted->rest, NULL);
    tail_len = strlen(tail);
    if (tail_len > uri_len || strcmp(r->uri + uri_len - tail_len, tail) != 0) {
        return false;
    }
    wanted->url = apr_pstrmemdup(r->pool, r->uri, uri_len - tail_len + 1);
    return true;
}

static int compare_candidates(const void *onev, const void *otherv)
{
    const struct candidate *one = onev;
    const struct candidate *other = otherv;

    return one->likeness != other->likeness
        ? (int)one->likeness - (int)other->likeness
        : one->seen - other->seen;
}

/* The names alike in the directory, nearest first; NULL: the name itself
 * is there, so spelling is not what is wrong. */
static apr_array_header_t *find_candidates(request_rec *r,
                                           const struct speling_dir *dir,
                                           const struct wanted *wanted)
{
    apr_array_header_t *found = apr_array_make(r->pool, 4,
                                               sizeof(struct candidate));
    apr_dir_t *listing;
    apr_finfo_t entry;
    enum likeness likeness = UNLIKE;

    if (apr_dir_open(&listing, wanted->dir, r->pool) != APR_SUCCESS) {
        return found;
    }
    while (likeness != SAME
           && apr_dir_read(&entry, APR_FINFO_NAME, listing) == APR_SUCCESS) {
        likeness = compare_names(dir, wanted->name, entry.name);
        if (likeness != UNLIKE && likeness != SAME) {
            struct candidate *one = apr_array_push(found);

            one->name = apr_pstrdup(r->pool, entry.name);
            one->likeness = likeness;
            one->seen = found->nelts;
        }
    }
    apr_dir_close(listing);
    if (likeness == SAME) {
        return NULL;
    }
    qsort(found->elts, found->nelts, sizeof(struct candidate),
          compare_candidates);
    return found;
}

static bool is_clear(const apr_array_header_t *found)
{
    const struct candidate *all = (const struct candidate *)found->elts;

    return all[0].likeness != BASENAME
        && (found->nelts == 1 || all[0].likeness < all[1].likeness);
}

/* ---- answering */

static const char *candidate_url(request_rec *r, const struct wanted *wanted,
                                 const struct candidate *one)
{
    return apr_pstrcat(r->pool, wanted->url, one->name, wanted->rest, NULL);
}

static const char *query_of(request_rec *r)
{
    return r->parsed_uri.query == NULL ? ""
        : apr_pstrcat(r->pool, "?", r->parsed_uri.query, NULL);
}

static int redirect_to(request_rec *r, const char *url)
{
    const char *referer = apr_table_get(r->headers_in, "Referer");
    const char *target = apr_pstrcat(r->pool, ap_escape_uri(r->pool, url),
                                     query_of(r), NULL);

    apr_table_setn(r->headers_out, "Location",
                   ap_construct_url(r->pool, target, r));
    if (referer != NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, APR_SUCCESS, r, APLOGNO(03224)
                      "sent misspelt \"%s\" on to \"%s\", linked from \"%s\"",
                      r->uri, target, referer);
    }
    else {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, APR_SUCCESS, r, APLOGNO(03225)
                      "sent misspelt \"%s\" on to \"%s\"", r->uri, target);
    }
    return HTTP_MOVED_PERMANENTLY;
}

/* The query is shown as part of the path: so do the pages that scripts
 * read from httpd. */
static const char *list_item(request_rec *r, const struct wanted *wanted,
                             const struct candidate *one)
{
    const char *url = apr_pstrcat(r->pool, candidate_url(r, wanted, one),
                                  query_of(r), NULL);

    return apr_pstrcat(r->pool, "<li><a href=\"",
                       ap_escape_uri(r->pool, url), "\">",
                       ap_escape_html(r->pool, url), "</a> (",
                       likeness_words[one->likeness], ")\n", NULL);
}

static void add_text(apr_array_header_t *page, const char *text)
{
    APR_ARRAY_PUSH(page, const char *) = text;
}

static int offer_choice(request_rec *r, const struct wanted *wanted,
                        const apr_array_header_t *found)
{
    const struct candidate *all = (const struct candidate *)found->elts;
    const char *referer = apr_table_get(r->headers_in, "Referer");
    apr_array_header_t *page = apr_array_make(r->pool, found->nelts + 8,
                                              sizeof(char *));

    add_text(page, apr_pstrcat(r->pool, "The document name you requested "
        "(<code>", ap_escape_html(r->pool, r->uri), "</code>) could not be "
        "found on this server.\nHowever, we found documents with names "
        "similar to the one you requested.<p>Available documents:\n<ul>\n",
        NULL));
    for (int i = 0; i < found->nelts; i++) {
        if (i > 0 && all[i].likeness == BASENAME
            && all[i - 1].likeness != BASENAME) {
            add_text(page, "</ul>\nFurthermore, the following related "
                     "documents were found:\n<ul>\n");
        }
        add_text(page, list_item(r, wanted, &all[i]));
    }
    add_text(page, "</ul>\n");
    if (referer != NULL) {
        add_text(page, apr_pstrcat(r->pool, "Please consider informing the "
            "owner of the referring page <tt>",
            ap_escape_html(r->pool, referer),
            "</tt> about the broken link.\n", NULL));
        ap_log_rerror(APLOG_MARK, APLOG_INFO, APR_SUCCESS, r, APLOGNO(03226)
                      "%d names are like misspelt \"%s\", linked from \"%s\"",
                      found->nelts, r->uri, referer);
    }
    else {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, APR_SUCCESS, r, APLOGNO(03227)
                      "%d names are like misspelt \"%s\"", found->nelts,
                      r->uri);
    }
    apr_table_setn(r->notes, "variant-list",
                   apr_array_pstrcat(r->pool, page, '\0'));
    return HTTP_MULTIPLE_CHOICES;
}

static int speling_fixups(request_rec *r)
{
    const struct speling_dir *dir = ap_get_module_config(r->per_dir_config,
                                                         &speling_module);
    struct wanted wanted;
    apr_array_header_t *found;

    if (!dir->enabled || r->method_number != M_GET || r->main != NULL
        || r->proxyreq != PROXYREQ_NONE || r->filename == NULL
        || r->finfo.filetype != APR_NOFILE || !split_request(r, &wanted)) {
        return DECLINED;
    }
    found = find_candidates(r, dir, &wanted);
    if (found == NULL || found->nelts == 0) {
        return DECLINED;
    }
    if (is_clear(found)) {
        return redirect_to(r, candidate_url(r, &wanted,
                                  &APR_ARRAY_IDX(found, 0, struct candidate)));
    }
    return offer_choice(r, &wanted, found);
}

static const command_rec speling_directives[] = {
    AP_INIT_FLAG("CheckBasenameMatch", ap_set_flag_slot,
        (void *)offsetof(struct speling_dir, basename_match), OR_OPTIONS,
        "off: name.txt does not stand for a missing name.html"),
    AP_INIT_FLAG("CheckCaseOnly", ap_set_flag_slot,
        (void *)offsetof(struct speling_dir, case_only), OR_OPTIONS,
        "on: forgive wrong case only, not wrong characters"),
    AP_INIT_FLAG("CheckSpelling", ap_set_flag_slot,
        (void *)offsetof(struct speling_dir, enabled), OR_OPTIONS,
        "on: look for files with a name like the one that is not there"),
    { 0 }
};

static void speling_register_hooks(apr_pool_t *)
{
    ap_hook_fixups(speling_fixups, NULL, NULL, APR_HOOK_LAST);
}

AP_DECLARE_MODULE(speling) = {
    STANDARD20_MODULE_STUFF, speling_create_dir, NULL, NULL, NULL,
    speling_directives, speling_register_hooks, AP_MODULE_FLAG_NONE
};
