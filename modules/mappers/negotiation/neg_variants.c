/* SPDX-License-Identifier: Apache-2.0 */
/* What there is to choose from: a type map that lists the variants, or the
 * files of a directory whose names begin with the one that was asked for.
 */
#include "negotiation.h"

#include <stdlib.h>
#include <string.h>

#include "apr_file_io.h"
#include "apr_lib.h"
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

static void clear_variant(struct variant *variant)
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

static void set_type(apr_pool_t *p, struct variant *variant,
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
    variant->length = variant->sub->status == HTTP_OK
        && variant->sub->finfo.filetype != APR_NOFILE
        ? variant->sub->finfo.size : -2;
    return variant->length;
}

/* ---- type maps */

enum line { LINE_FIELD, LINE_BLANK, LINE_END, LINE_BAD };

struct map_reader {
    struct variant_set *set;
    const char *path;
    apr_file_t *file;
    char *text;                     /* one field with its continuations */
    char buffer[MAX_STRING_LEN];
};

/* Comments in parentheses and line breaks become blanks. */
static void blank_comments(char *text)
{
    bool in_comment = false;
    bool in_quotes = false;

    for (; *text != '\0'; text++) {
        if (*text == '"' && !in_comment) {
            in_quotes = !in_quotes;
        }
        else if (*text == '(' && !in_quotes) {
            in_comment = true;
        }
        if (in_comment) {
            in_comment = *text != ')';
            *text = ' ';
        }
    }
}

static bool is_blank(const char *s)
{
    while (apr_isspace(*s)) {
        s++;
    }
    return *s == '\0';
}

static bool continues(struct map_reader *reader)
{
    char c;

    if (apr_file_getc(&c, reader->file) != APR_SUCCESS) {
        return false;
    }
    apr_file_ungetc(c, reader->file);
    return c == ' ' || c == '\t';
}

static char *without_line_end(char *line)
{
    size_t length = strlen(line);

    while (length > 0 && (line[length - 1] == '\n'
                          || line[length - 1] == '\r')) {
        line[--length] = '\0';
    }
    return line;
}

/* The next field in one piece; comment lines are passed over. */
static enum line read_field(struct map_reader *reader)
{
    size_t used;

    do {
        if (apr_file_gets(reader->buffer, sizeof reader->buffer,
                          reader->file) != APR_SUCCESS) {
            return LINE_END;
        }
    } while (*reader->buffer == '#');
    if (is_blank(reader->buffer)) {
        return LINE_BLANK;
    }
    without_line_end(reader->buffer);
    while (continues(reader)) {
        used = strlen(reader->buffer);
        if (used + 2 >= sizeof reader->buffer
            || apr_file_gets(reader->buffer + used,
                             sizeof reader->buffer - used,
                             reader->file) != APR_SUCCESS) {
            break;
        }
        without_line_end(reader->buffer + used);
    }
    blank_comments(reader->buffer);
    reader->text = reader->buffer;
    return LINE_FIELD;
}

/* Cut "name: value" in two.  NULL: it is logged why that is impossible. */
static const char *split_field(struct map_reader *reader)
{
    request_rec *r = reader->set->r;
    char *colon = strchr(reader->text, ':');
    char *value;

    if (colon == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00681)
                      "could not read line \"%s\" of type map \"%s\"; write "
                      "it as Name: value", reader->text, reader->path);
        return NULL;
    }
    value = colon + 1;
    while (apr_isspace(*value)) {
        value++;
    }
    if (*value == '\0') {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00682)
                      "could not use line \"%s\" of type map \"%s\"; give it "
                      "a value", reader->text, reader->path);
        return NULL;
    }
    *colon = '\0';
    ap_str_tolower(reader->text);
    return value;
}

static char *first_word(apr_pool_t *p, const char *value)
{
    size_t length = 0;

    while (value[length] != '\0' && !apr_isspace(value[length])) {
        length++;
    }
    return apr_pstrmemdup(p, value, length);
}

static apr_array_header_t *read_languages(apr_pool_t *p, const char *value)
{
    apr_array_header_t *list = apr_array_make(p, 2, sizeof(char *));

    while (*value != '\0') {
        struct range range;

        negotiation_read_range(p, &value, &range);
        if (*range.name != '\0') {
            APR_ARRAY_PUSH(list, const char *) = range.name;
        }
    }
    return list->nelts > 0 ? list : NULL;
}

static enum line read_length(struct map_reader *reader,
                             struct variant *variant, const char *value)
{
    request_rec *r = reader->set->r;
    const char *number = first_word(r->pool, value);

    if (ap_parse_strict_length(&variant->length, number)) {
        return LINE_FIELD;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00684)
                  "could not use Content-Length \"%s\" in type map \"%s\"; "
                  "give a number of bytes or leave it out", number,
                  reader->path);
    return LINE_END;
}

/* The body follows, up to a line that begins with the delimiter. */
static enum line skip_body(struct map_reader *reader, struct variant *variant,
                           const char *value)
{
    request_rec *r = reader->set->r;
    const char *delimiter = first_word(r->pool, value);
    size_t length = strlen(delimiter);
    apr_off_t start = 0;
    apr_off_t end;

    apr_file_seek(reader->file, APR_CUR, &start);
    for (end = start; apr_file_gets(reader->buffer, sizeof reader->buffer,
                                    reader->file) == APR_SUCCESS;) {
        if (strncmp(reader->buffer, delimiter, length) == 0) {
            variant->body = start;
            variant->length = end - start;
            variant->name = apr_filepath_name_get(reader->path);
            reader->set->is_transparent = false;
            return LINE_FIELD;
        }
        end = 0;
        apr_file_seek(reader->file, APR_CUR, &end);
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00685)
                  "could not find the delimiter \"%s\" that ends a body in "
                  "type map \"%s\"", delimiter, reader->path);
    return LINE_END;
}

static enum line take_field(struct map_reader *reader,
                            struct variant *variant)
{
    apr_pool_t *p = reader->set->r->pool;
    const char *value = split_field(reader);
    const char *name = reader->text;

    if (value == NULL) {
        return LINE_BAD;
    }
    if (strcmp(name, "uri") == 0) {
        variant->name = first_word(p, value);
        if (strchr(variant->name, '/') != NULL) {
            reader->set->is_transparent = false;    /* not a neighbour */
        }
    }
    else if (strcmp(name, "content-type") == 0) {
        set_type(p, variant, value);
    }
    else if (strcmp(name, "content-language") == 0) {
        variant->languages = read_languages(p, value);
    }
    else if (strcmp(name, "content-encoding") == 0) {
        variant->encoding = first_word(p, value);
    }
    else if (strcmp(name, "description") == 0) {
        variant->description = apr_pstrdup(p, value);
    }
    else if (strcmp(name, "content-length") == 0) {
        return read_length(reader, variant, value);
    }
    else if (strcmp(name, "body") == 0) {
        return skip_body(reader, variant, value);
    }
    return LINE_FIELD;
}

static void keep_if_named(struct variant_set *set,
                          const struct variant *variant)
{
    if (*variant->name != '\0') {
        APR_ARRAY_PUSH(set->variants, struct variant) = *variant;
    }
}

static int read_map(struct map_reader *reader)
{
    struct variant variant;
    enum line line;

    clear_variant(&variant);
    while ((line = read_field(reader)) != LINE_END) {
        if (line == LINE_BLANK) {
            keep_if_named(reader->set, &variant);
            clear_variant(&variant);
            continue;
        }
        line = take_field(reader, &variant);
        if (line == LINE_BAD) {
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        if (line == LINE_END) {
            return OK;                  /* what came before may be used */
        }
    }
    keep_if_named(reader->set, &variant);
    return OK;
}

int negotiation_read_map(struct variant_set *set, request_rec *map)
{
    struct map_reader *reader = apr_pcalloc(map->pool, sizeof *reader);
    apr_status_t rv;
    int status;

    reader->set = set;
    reader->path = set->map = map->filename;
    rv = apr_file_open(&reader->file, map->filename,
                       APR_READ | APR_BUFFERED, APR_OS_DEFAULT, map->pool);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, set->r, APLOGNO(00683)
                      "could not open type map \"%s\"; check that the "
                      "server's user may read it", map->filename);
        return APR_STATUS_IS_ENOENT(rv) ? HTTP_NOT_FOUND : HTTP_FORBIDDEN;
    }
    status = read_map(reader);
    apr_file_close(reader->file);
    return status;
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

    clear_variant(variant);
    variant->sub = sub;
    variant->name = apr_pstrdup(set->r->pool, name);
    variant->length = sub->finfo.size;
    if (sub->content_type != NULL) {
        set_type(set->r->pool, variant, sub->content_type);
    }
    else if (sub->handler != NULL) {
        set_type(set->r->pool, variant, CGI_MAGIC_TYPE);
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

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct variant *)a)->name,
                  ((const struct variant *)b)->name);
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
    if (set->map == NULL) {                     /* readdir has no order */
        qsort(set->variants->elts, set->variants->nelts,
              sizeof(struct variant), compare_names);
    }
    return status;
}
