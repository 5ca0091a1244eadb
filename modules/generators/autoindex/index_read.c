/* SPDX-License-Identifier: Apache-2.0 */
/* index_read.c -- from a directory and a query string to ordered entries.
 *
 * Every name is looked up by a sub-request, so a listing shows what the
 * client could fetch and nothing else.
 */
#include "autoindex.h"

#include <stdlib.h>
#include <string.h>

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#include "apr_file_io.h"
#include "apr_fnmatch.h"
#include "apr_lib.h"
#include "apr_strings.h"

APLOG_USE_MODULE(autoindex);

/* A <title> must lie within this many bytes. */
#define TITLE_REACH 8191

/* ---- the query string: C=N;O=D;F=2;V=1;P=*.c */

static void set_format(struct index_view *view, char format)
{
    view->options &= ~(unsigned)(INDEX_FANCY | INDEX_TABLE);
    if (format != '0') {
        view->options |= INDEX_FANCY;
    }
    if (format == '2') {
        view->options |= INDEX_TABLE;
    }
}

static void set_version_sort(struct index_view *view, char on)
{
    view->options &= ~(unsigned)INDEX_VERSION_SORT;
    if (on == '1') {
        view->options |= INDEX_VERSION_SORT;
    }
}

/* What a query said; carried along by the links that sort. */
struct query_echo {
    char format;
    char version;
    const char *pattern;
};

/* Take one "X=y" (text is past a separator); its end, or NULL to stop. */
static const char *take_letter(const char *text, struct index_view *view,
                               struct query_echo *echo)
{
    char value = text[2];

    if (text[1] != '=' || value == '\0'
        || (text[3] != '\0' && text[3] != ';' && text[3] != '&')) {
        return NULL;
    }
    switch (text[0]) {
    case 'C':
        if (strchr("NMSD", value) == NULL) {
            return NULL;
        }
        view->key = (enum index_key)value;
        break;
    case 'O':
        if (value != ASCENDING && value != DESCENDING) {
            return NULL;
        }
        view->direction = (enum index_direction)value;
        break;
    case 'F':
        if (value < '0' || value > '2') {
            return NULL;
        }
        echo->format = value;
        set_format(view, value);
        break;
    case 'V':
        if (value != '0' && value != '1') {
            return NULL;
        }
        echo->version = value;
        set_version_sort(view, value);
        break;
    default:
        return NULL;
    }
    return text + 3;
}

/* P=pattern; an empty one, or one that cannot be decoded, lifts the filter. */
static const char *take_pattern(request_rec *r, const char *text,
                                struct index_view *view,
                                struct query_echo *echo)
{
    size_t len = strcspn(text + 2, "&;");
    char *pattern = apr_pstrmemdup(r->pool, text + 2, len);

    view->pattern = NULL;
    if (len != 0 && ap_unescape_url(pattern) == OK) {
        view->pattern = pattern;
        echo->pattern = pattern;
    }
    return text + 2 + len;
}

static const char *echo_query(apr_pool_t *p, const struct query_echo *echo)
{
    const char *format = "", *version = "", *pattern = "";

    if (echo->format) {
        format = apr_psprintf(p, ";F=%c", echo->format);
    }
    if (echo->version) {
        version = apr_psprintf(p, ";V=%c", echo->version);
    }
    if (echo->pattern != NULL) {
        pattern = apr_pstrcat(p, ";P=", ap_escape_uri(p, echo->pattern),
                              NULL);
    }
    return apr_pstrcat(p, format, version, pattern, NULL);
}

static void read_query(request_rec *r, struct index_view *view)
{
    struct query_echo echo = { 0 };
    const char *text = r->args;

    while (text != NULL && *text != '\0') {
        text = text[0] == 'P' && text[1] == '='
            ? take_pattern(r, text, view, &echo)
            : take_letter(text, view, &echo);
        if (text != NULL && *text != '\0') {
            text++;
        }
    }
    view->link_tail = echo_query(r->pool, &echo);
}

void index_view_of(request_rec *r, const struct index_dir *dir,
                   struct index_view *view)
{
    view->dir = dir;
    view->options = dir->options;
    view->key = dir->key ? dir->key : KEY_NAME;
    view->direction = dir->direction ? dir->direction : ASCENDING;
    view->pattern = NULL;
    view->link_tail = "";
    if (!(dir->options & INDEX_IGNORE_CLIENT)) {
        read_query(r, view);
    }
}

/* ---- the title of an HTML file */

static bool may_have_title(const request_rec *sub)
{
    static const char *const types[] = {
        "text/html", "text/x-server-parsed-html", "application/xhtml+xml",
    };

    if (sub->content_type == NULL || sub->content_encoding != NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t len = strlen(types[i]);

        if (ap_cstr_casecmpn(sub->content_type, types[i], len) == 0
            && strchr("; ", sub->content_type[len]) != NULL) {
            return true;
        }
    }
    return false;
}

/* Past the first <title>; a byte that ends a near miss begins no new try. */
static const char *after_title_tag(const char *html)
{
    static const char tag[] = "<title>";
    size_t matched = 0;

    for (; *html != '\0'; html++) {
        matched = apr_tolower(*html) == tag[matched] ? matched + 1 : 0;
        if (tag[matched] == '\0') {
            return html + 1;
        }
    }
    return NULL;
}

/* The text between <title> and the next tag, on one line. */
static const char *title_in(apr_pool_t *p, const char *html)
{
    const char *start = after_title_tag(html);
    char *title;

    if (start == NULL) {
        return NULL;
    }
    start += strspn(start, "\r\n");
    title = apr_pstrmemdup(p, start, strcspn(start, "<"));
    for (char *c = title; *c != '\0'; c++) {
        if (*c == '\r' || *c == '\n') {
            *c = ' ';
        }
    }
    return title;
}

static const char *read_title(request_rec *r, const request_rec *sub)
{
    apr_size_t len = TITLE_REACH;
    apr_file_t *file;
    char *html;
    apr_status_t rv;

    if (!may_have_title(sub)
        || apr_file_open(&file, sub->filename, APR_READ, APR_OS_DEFAULT,
                         r->pool) != APR_SUCCESS) {
        return NULL;
    }
    html = apr_palloc(r->pool, TITLE_REACH + 1);
    rv = apr_file_read(file, html, &len);
    apr_file_close(file);
    if (rv != APR_SUCCESS) {
        return NULL;
    }
    html[len] = '\0';
    return title_in(r->pool, html);
}

/* ---- one entry */

static struct index_entry *make_parent(request_rec *r,
                                       const struct index_view *view)
{
    const char *path = ap_make_full_path(r->pool, r->filename, "..");
    struct index_subject subject = { .path = path, .is_directory = true };
    struct index_entry *entry;
    char *uri = ap_make_full_path(r->pool, r->uri, "../");

    if (index_is_ignored(view->dir, path)) {
        return NULL;
    }
    ap_getparents(uri);
    if (*uri == '\0') {
        return NULL;
    }
    entry = apr_pcalloc(r->pool, sizeof *entry);
    entry->name = uri;
    entry->is_parent = entry->is_directory = true;
    entry->modified = -1;
    entry->size = -1;
    entry->icon = view->dir->default_icon;
    if (view->options & INDEX_FANCY) {
        entry->icon = index_icon_of(view->dir, &subject);
        entry->alt = index_alt_of(view->dir, &subject);
        if (entry->alt == NULL) {
            entry->alt = "PARENTDIR";
        }
        entry->description = index_description_of(view->dir, &subject);
    }
    return entry;
}

static bool may_show(const struct index_view *view, const request_rec *sub)
{
    int status = sub->status;

    if (sub->finfo.filetype != APR_DIR && sub->finfo.filetype != APR_REG) {
        return false;
    }
    if (status == HTTP_OK || ap_is_HTTP_SUCCESS(status)
        || ap_is_HTTP_REDIRECT(status)) {
        return true;
    }
    return (view->options & INDEX_SHOW_FORBIDDEN)
        && (status == HTTP_UNAUTHORIZED || status == HTTP_FORBIDDEN);
}

/* The columns of fancy listings. */
static void describe(request_rec *r, const struct index_view *view,
                     const request_rec *sub, const char *path,
                     struct index_entry *entry)
{
    struct index_subject subject = {
        .path = path,
        .type = sub->content_type,
        .encoding = sub->content_encoding,
        .is_directory = entry->is_directory,
    };

    entry->modified = sub->finfo.mtime;
    entry->size = entry->is_directory ? -1 : sub->finfo.size;
    entry->icon = index_icon_of(view->dir, &subject);
    entry->alt = index_alt_of(view->dir, &subject);
    if (entry->alt == NULL && entry->is_directory) {
        entry->alt = "DIR";
    }
    entry->description = index_description_of(view->dir, &subject);
    if (entry->description == NULL && !entry->is_directory
        && (view->options & INDEX_SCAN_TITLES)) {
        entry->description = read_title(r, sub);
    }
}

static struct index_entry *make_entry(request_rec *r,
                                      const struct index_view *view,
                                      const apr_finfo_t *found)
{
    const char *path;
    struct index_entry *entry = NULL;
    request_rec *sub;

    if (strcmp(found->name, ".") == 0) {
        return NULL;
    }
    if (strcmp(found->name, "..") == 0) {
        return make_parent(r, view);
    }
    path = ap_make_full_path(r->pool, r->filename, found->name);
    if (index_is_ignored(view->dir, path)
        || (view->pattern != NULL
            && apr_fnmatch(view->pattern, found->name,
                           APR_FNM_NOESCAPE | APR_FNM_PERIOD) != 0)) {
        return NULL;
    }
    sub = ap_sub_req_lookup_dirent(found, r, AP_SUBREQ_NO_ARGS, NULL);
    if (may_show(view, sub)) {
        entry = apr_pcalloc(r->pool, sizeof *entry);
        entry->name = sub->finfo.filetype == APR_DIR
            ? apr_pstrcat(r->pool, found->name, "/", NULL)
            : apr_pstrdup(r->pool, found->name);
        if (view->options & (INDEX_FANCY | INDEX_TABLE)) {
            entry->is_directory = sub->finfo.filetype == APR_DIR;
            describe(r, view, sub, path, entry);
        }
    }
    ap_destroy_sub_req(sub);
    return entry;
}

/* ---- order */

static int compare_names(const char *a, const char *b, unsigned options)
{
    int order = 0;

    if (options & INDEX_VERSION_SORT) {
        order = options & INDEX_IGNORE_CASE ? apr_strnatcasecmp(a, b)
                                            : apr_strnatcmp(a, b);
    }
    if (order == 0 && (options & INDEX_IGNORE_CASE)) {
        order = strcasecmp(a, b);
    }
    return order != 0 ? order : strcmp(a, b);
}

static int compare_descriptions(const char *a, const char *b,
                                unsigned options)
{
    a = a != NULL ? a : "";
    b = b != NULL ? b : "";
    return options & INDEX_VERSION_SORT ? apr_strnatcmp(a, b) : strcmp(a, b);
}

#define ORDER(a, b) (((a) > (b)) - ((a) < (b)))

static int compare_keys(const struct index_entry *a,
                        const struct index_entry *b,
                        const struct index_view *view)
{
    switch (view->key) {
    case KEY_DATE:
        return ORDER(a->modified, b->modified);
    case KEY_SIZE:
        return ORDER(a->size, b->size);
    case KEY_DESCRIPTION:
        return compare_descriptions(a->description, b->description,
                                    view->options);
    default:
        return 0;
    }
}

static int compare_entries(const void *av, const void *bv, void *viewv)
{
    const struct index_entry *a = *(struct index_entry *const *)av;
    const struct index_entry *b = *(struct index_entry *const *)bv;
    const struct index_view *view = viewv;
    int order;

    if (a->is_parent || b->is_parent) {
        return b->is_parent - a->is_parent;
    }
    if ((view->options & INDEX_FOLDERS_FIRST)
        && a->is_directory != b->is_directory) {
        return b->is_directory - a->is_directory;
    }
    order = compare_keys(a, b, view);
    if (order == 0) {
        order = compare_names(a->name, b->name, view->options);
    }
    return view->direction == DESCENDING ? -order : order;
}

apr_status_t index_read(request_rec *r, const struct index_view *view,
                        apr_array_header_t **entries)
{
    apr_array_header_t *list;
    apr_finfo_t found;
    apr_dir_t *dir;
    apr_status_t rv = apr_dir_open(&dir, r->filename, r->pool);

    if (rv != APR_SUCCESS) {
        return rv;
    }
    list = apr_array_make(r->pool, 32, sizeof(struct index_entry *));
    do {
        struct index_entry *entry;

        rv = apr_dir_read(&found, APR_FINFO_MIN | APR_FINFO_NAME, dir);
        if (rv != APR_SUCCESS && !APR_STATUS_IS_INCOMPLETE(rv)) {
            break;
        }
        entry = make_entry(r, view, &found);
        if (entry != NULL) {
            APR_ARRAY_PUSH(list, struct index_entry *) = entry;
        }
    } while (true);
    apr_dir_close(dir);
    qsort_r(list->elts, (size_t)list->nelts, sizeof(struct index_entry *),
            compare_entries, (void *)view);
    *entries = list;
    return APR_SUCCESS;
}
