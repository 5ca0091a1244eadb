/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to choose from when no type map lists it: the files of a
 * directory whose names begin with the one that was asked for.
 */
#include "negotiation.h"

#include <stdlib.h>
#include <string.h>

#include "apr_file_io.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(negotiation);

/* set by mod_mime: parts of the name it does not know, in order */
#define UNKNOWN_PARTS_NOTE "ap-mime-exceptions-list"

struct variant_set *negotiation_make_set(request_rec *r)
{
    struct variant_set *set = apr_pcalloc(r->pool, sizeof *set);

    set->r = r;
    set->variants = apr_array_make(r->pool, 4, sizeof(struct variant));
    set->is_transparent = r->method_number == M_GET
        && (r->path_info == NULL || *r->path_info == '\0');
    negotiation_read_wishes(r, &set->wishes);
    return set;
}

void negotiation_clear_variant(struct variant *variant)
{
    memset(variant, 0, sizeof *variant);
    variant->name = variant->description = variant->type
        = variant->charset = "";
    variant->body = variant->length = -1;
}

/* HTML has had levels; these are what the types mean without one. */
static int default_level(const char *type)
{
    if (strcmp(type, "text/html") == 0
        || strcmp(type, INCLUDES_MAGIC_TYPE) == 0) {
        return 2;
    }
    return strcmp(type, INCLUDES_MAGIC_TYPE3) == 0 ? 3 : 0;
}

void negotiation_set_type(apr_pool_t *p, struct variant *variant,
                          const char *type)
{
    struct range range;

    negotiation_read_range(p, &type, &range);
    variant->type = range.name;
    variant->source_quality = range.source_quality;
    variant->level = range.level >= 0 ? range.level
                                      : default_level(range.name);
    variant->charset = range.charset != NULL ? range.charset : "";
}

apr_off_t negotiation_length_of(struct variant_set *set,
                                struct variant *variant)
{
    if (variant->length != -1) {
        return variant->length;
    }
    if (variant->sub == NULL) {
        variant->sub = ap_sub_req_lookup_file(variant->name, set->r, NULL);
    }
    variant->length = variant->sub->finfo.filetype != APR_NOFILE
        ? variant->sub->finfo.size : -2;
    return variant->length;
}

/* ---- directories */

/* Is each part of the file's name that mod_mime does not know one of those
 * the client gave itself? */
static bool is_qualified(const request_rec *sub, const char *prefix)
{
    const apr_array_header_t *unknown =
        (const void *)apr_table_get(sub->notes, UNKNOWN_PARTS_NOTE);
    size_t length;
    int i = 0;

    if (unknown == NULL) {
        return true;
    }
    length = strspn(prefix, ".");
    length += strcspn(prefix + length, ".");
    while (length > 0 && i < unknown->nelts) {
        const char *part = APR_ARRAY_IDX(unknown, i, const char *);

        if (strlen(part) == length && memcmp(part, prefix, length) == 0) {
            i++;
        }
        prefix += length;
        prefix += strspn(prefix, ".");
        length = strcspn(prefix, ".");
    }
    return i == unknown->nelts;
}

static bool is_map(const request_rec *sub)
{
    return (sub->handler != NULL && strcmp(sub->handler, "type-map") == 0)
        || (sub->content_type != NULL
            && strcmp(sub->content_type, TYPE_MAP_TYPE) == 0);
}

static void add_file(struct variant_set *set, request_rec *sub,
                     const char *name)
{
    struct variant *variant = apr_array_push(set->variants);

    negotiation_clear_variant(variant);
    variant->sub = sub;
    variant->name = apr_pstrdup(set->r->pool, name);
    variant->length = sub->finfo.size;
    variant->is_made = sub->handler != NULL;
    if (sub->content_type != NULL) {
        negotiation_set_type(set->r->pool, variant, sub->content_type);
    }
    else {
        negotiation_set_type(set->r->pool, variant, CGI_MAGIC_TYPE);
    }
    variant->encoding = sub->content_encoding;
    variant->languages = sub->content_languages;
}

/* Try one entry.  True: it is a type map, which settles the matter. */
static bool try_entry(struct variant_set *set, const apr_finfo_t *entry,
                      const char *prefix, int *status)
{
    request_rec *sub;

    set->found_any = true;
    sub = ap_sub_req_lookup_dirent(entry, set->r, AP_SUBREQ_MERGE_ARGS, NULL);
    if (sub->finfo.filetype != APR_REG || sub->status != HTTP_OK
        || (sub->content_type == NULL && sub->handler == NULL)
        || !is_qualified(sub, prefix)) {
        ap_destroy_sub_req(sub);
        return false;
    }
    if (is_map(sub)) {
        set->variants->nelts = 0;
        *status = negotiation_read_map(set, sub);
        return true;
    }
    add_file(set, sub, entry->name);
    return false;
}

/* Good sources first, then by name: readdir has no order of its own. */
static int compare_files(const void *av, const void *bv)
{
    const struct variant *a = av;
    const struct variant *b = bv;

    if (a->source_quality != b->source_quality) {
        return b->source_quality - a->source_quality;
    }
    return strcmp(a->name, b->name);
}

static apr_status_t read_entries(struct variant_set *set, apr_dir_t *dir,
                                 const char *prefix, int *status)
{
    size_t length = strlen(prefix);
    apr_finfo_t entry;
    apr_status_t rv;

    for (;;) {
        rv = apr_dir_read(&entry, APR_FINFO_DIRENT | APR_FINFO_TYPE
                          | APR_FINFO_NAME, dir);
        if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
            return rv;
        }
        if (strncmp(entry.name, prefix, length) != 0
            || entry.name[length] != '.' || entry.filetype == APR_DIR) {
            continue;
        }
        if (try_entry(set, &entry, prefix, status)) {
            return APR_SUCCESS;
        }
    }
}

int negotiation_read_directory(struct variant_set *set)
{
    request_rec *r = set->r;
    const char *slash = strrchr(r->filename, '/');
    const char *folder;
    apr_dir_t *dir;
    apr_status_t rv;
    int status = OK;

    if (slash == NULL || slash[1] == '\0') {
        return DECLINED;                        /* no name to begin with */
    }
    folder = ap_make_dirstr_parent(r->pool, r->filename);
    rv = apr_dir_open(&dir, folder, r->pool);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00686)
                      "could not read directory \"%s\" for MultiViews; check "
                      "that the server's user may read it", folder);
        return HTTP_FORBIDDEN;
    }
    read_entries(set, dir, slash + 1, &status);
    apr_dir_close(dir);
    if (set->map == NULL) {
        qsort(set->variants->elts, set->variants->nelts,
              sizeof(struct variant), compare_files);
    }
    return status;
}
