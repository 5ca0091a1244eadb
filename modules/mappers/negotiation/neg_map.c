/* SPDX-License-Identifier: Apache-2.0 */
/* Type maps: entries of header fields, parted by blank lines, one for each
 * variant.  A field may go on in lines that begin with a blank; text in
 * parentheses and lines that begin with # are comments.  The variant may
 * stand in the map itself, behind the field Body.
 */
#include "negotiation.h"

#include <string.h>

#include "apr_file_io.h"
#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"

APLOG_USE_MODULE(negotiation);

enum line { LINE_FIELD, LINE_BLANK, LINE_END, LINE_BAD };

struct map_reader {
    struct variant_set *set;
    char *start;                    /* the whole map */
    char *next;                     /* the line to be read next */
    char *field;                    /* one field in one piece */
};

/* Comments become blanks: what is left of them still parts words. */
static void blank_comments(char *text)
{
    bool in_comment = false;

    for (; *text != '\0'; text++) {
        in_comment |= *text == '(';
        if (in_comment) {
            in_comment = *text != ')';
            *text = ' ';
        }
    }
}

/* Cut the line off, its end included.  NULL: there is none. */
static char *next_line(struct map_reader *reader)
{
    char *line = reader->next;
    char *end;

    if (*line == '\0') {
        return NULL;
    }
    end = line + strcspn(line, "\n");
    reader->next = *end == '\n' ? end + 1 : end;
    *end = '\0';
    if (end > line && end[-1] == '\r') {
        end[-1] = '\0';
    }
    return line;
}

static bool is_blank(const char *s)
{
    while (apr_isspace(*s)) {
        s++;
    }
    return *s == '\0';
}

static void skip_comment_lines(struct map_reader *reader)
{
    while (*reader->next == '#') {
        next_line(reader);
    }
}

/* The next field.  Its lines are moved together: they only get shorter. */
static enum line read_field(struct map_reader *reader)
{
    char *line;

    skip_comment_lines(reader);
    line = next_line(reader);
    if (line == NULL) {
        return LINE_END;
    }
    if (is_blank(line)) {
        return LINE_BLANK;
    }
    reader->field = line;
    for (;;) {
        char *end = line + strlen(line);

        skip_comment_lines(reader);
        if (*reader->next != ' ' && *reader->next != '\t') {
            break;
        }
        line = next_line(reader);
        memmove(end, line, strlen(line) + 1);
        line = end;
    }
    blank_comments(reader->field);
    return LINE_FIELD;
}

/* Cut "name: value" in two.  NULL: it is logged why that is impossible. */
static const char *split_field(struct map_reader *reader)
{
    struct variant_set *set = reader->set;
    char *colon = strchr(reader->field, ':');
    char *value;

    if (colon == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, set->r, APLOGNO(00681)
                      "could not read line \"%s\" of type map \"%s\"; write "
                      "it as Name: value", reader->field, set->map);
        return NULL;
    }
    value = colon + 1;
    while (apr_isspace(*value)) {
        value++;
    }
    if (*value == '\0') {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, set->r, APLOGNO(00682)
                      "could not use line \"%s\" of type map \"%s\"; give it "
                      "a value", reader->field, set->map);
        return NULL;
    }
    *colon = '\0';
    ap_str_tolower(reader->field);
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
    static const char delimiters[] = ",; \t";
    apr_array_header_t *list = apr_array_make(p, 2, sizeof(char *));

    for (value += strspn(value, delimiters); *value != '\0';
         value += strspn(value, delimiters)) {
        size_t length = strcspn(value, delimiters);
        char *language = apr_pstrmemdup(p, value, length);

        ap_str_tolower(language);
        APR_ARRAY_PUSH(list, const char *) = language;
        value += length;
    }
    return list->nelts > 0 ? list : NULL;
}

static enum line read_length(struct variant_set *set,
                             struct variant *variant, const char *value)
{
    const char *number = first_word(set->r->pool, value);

    if (ap_parse_strict_length(&variant->length, number)) {
        return LINE_FIELD;
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, set->r, APLOGNO(00684)
                  "could not use Content-Length \"%s\" in type map \"%s\"; "
                  "give a number of bytes or leave it out", number, set->map);
    return LINE_END;
}

/* The body follows, up to a line that begins with the delimiter. */
static enum line skip_body(struct map_reader *reader, struct variant *variant,
                           const char *value)
{
    struct variant_set *set = reader->set;
    const char *delimiter = first_word(set->r->pool, value);
    size_t length = strlen(delimiter);
    char *start = reader->next;
    char *end;

    while (*reader->next != '\0') {
        end = reader->next;
        reader->next += strcspn(end, "\n");
        reader->next += *reader->next == '\n';
        if (strncmp(end, delimiter, length) == 0) {
            variant->body = start - reader->start;
            variant->length = end - start;
            variant->name = apr_filepath_name_get(set->map);
            return LINE_FIELD;
        }
    }
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, set->r, APLOGNO(00685)
                  "could not find the delimiter \"%s\" that ends a body in "
                  "type map \"%s\"", delimiter, set->map);
    return LINE_END;
}

static enum line take_field(struct map_reader *reader,
                            struct variant *variant)
{
    apr_pool_t *p = reader->set->r->pool;
    const char *value = split_field(reader);
    const char *name = reader->field;

    if (value == NULL) {
        return LINE_BAD;
    }
    if (strcmp(name, "uri") == 0) {
        variant->name = first_word(p, value);
    }
    else if (strcmp(name, "content-type") == 0) {
        negotiation_set_type(p, variant, value);
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
        return read_length(reader->set, variant, value);
    }
    else if (strcmp(name, "body") == 0) {
        return skip_body(reader, variant, value);
    }
    return LINE_FIELD;
}

/* An entry counts if it has a name and says something about it: the one
 * with a name only stands for the whole set. */
static void end_entry(struct variant_set *set, struct variant *variant)
{
    if (*variant->name != '\0'
        && (*variant->type != '\0' || variant->languages != NULL
            || variant->encoding != NULL
            || (variant->body < 0 && variant->length >= 0))) {
        APR_ARRAY_PUSH(set->variants, struct variant) = *variant;
        if (variant->body >= 0 || strchr(variant->name, '/') != NULL) {
            set->is_transparent = false;    /* RFC 2295 2.3: no neighbour */
        }
    }
    negotiation_clear_variant(variant);
}

int negotiation_parse_map(struct variant_set *set, char *text)
{
    struct map_reader reader = { .set = set, .start = text, .next = text };
    struct variant variant;
    enum line line;

    negotiation_clear_variant(&variant);
    while ((line = read_field(&reader)) != LINE_END) {
        if (line == LINE_BLANK) {
            end_entry(set, &variant);
            continue;
        }
        line = take_field(&reader, &variant);
        if (line == LINE_BAD) {
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        if (line == LINE_END) {
            return OK;                  /* what came before may be used */
        }
    }
    end_entry(set, &variant);
    return OK;
}

int negotiation_read_map(struct variant_set *set, request_rec *map)
{
    apr_size_t size = 0;
    apr_finfo_t info;
    apr_file_t *file;
    apr_status_t rv;
    char *text = NULL;

    set->map = map->filename;
    rv = apr_file_open(&file, map->filename, APR_READ, APR_OS_DEFAULT,
                       map->pool);
    if (rv == APR_SUCCESS) {
        rv = apr_file_info_get(&info, APR_FINFO_SIZE, file);
        if (rv == APR_SUCCESS) {
            text = apr_palloc(map->pool, info.size + 1);
            rv = apr_file_read_full(file, text, info.size, &size);
        }
        apr_file_close(file);
    }
    if (rv != APR_SUCCESS && !APR_STATUS_IS_EOF(rv)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, set->r, APLOGNO(00683)
                      "could not read type map \"%s\"; check that the "
                      "server's user may read it", map->filename);
        return HTTP_FORBIDDEN;
    }
    text[size] = '\0';
    return negotiation_parse_map(set, text);
}
