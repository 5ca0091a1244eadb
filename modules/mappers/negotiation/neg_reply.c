/* SPDX-License-Identifier: Apache-2.0 */
/* How the answer says what was negotiated: Vary, Content-Location, TCN and
 * Alternates (RFC 2295 section 8), and the list for 300 and 406.
 */
#include "negotiation.h"

#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"

APLOG_USE_MODULE(negotiation);

/* The core puts this note into its pages for 300 and 406. */
#define LIST_NOTE "variant-list"

static const char *vary_of(const struct variant_set *set)
{
    const struct { bool on; const char *name; } dimensions[] = {
        { set->is_transparent, "negotiate" },
        { set->varies_by_type, "accept" },
        { set->varies_by_language, "accept-language" },
        { set->varies_by_charset, "accept-charset" },
        { set->varies_by_encoding, "accept-encoding" },
    };
    apr_array_header_t *names = apr_array_make(set->r->pool, 5,
                                               sizeof(char *));

    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++) {
        if (dimensions[i].on) {
            APR_ARRAY_PUSH(names, const char *) = dimensions[i].name;
        }
    }
    return apr_array_pstrcat(set->r->pool, names, ',');
}

static const char *format_quality(apr_pool_t *p, int quality)
{
    char text[8];
    size_t length;

    if (quality >= QUALITY_ONE) {
        return "1";
    }
    length = apr_snprintf(text, sizeof text, "0.%03d", quality);
    while (text[length - 1] == '0' && length > 1) {
        length--;
    }
    return apr_pstrmemdup(p, text, length == 2 ? 1 : length);
}

static const char *languages_of(apr_pool_t *p, const struct variant *variant)
{
    return variant->languages != NULL
        ? apr_array_pstrcat(p, variant->languages, ',') : NULL;
}

static const char *attribute(apr_pool_t *p, const char *name,
                             const char *value)
{
    if (value == NULL || *value == '\0') {
        return "";
    }
    return apr_pstrcat(p, " {", name, " ", value, "}", NULL);
}

/* {"name" 0.5 {type text/html} {length 7}}  (RFC 2295 section 5) */
static const char *describe(struct variant_set *set, struct variant *variant)
{
    apr_pool_t *p = set->r->pool;
    apr_off_t length = negotiation_length_of(set, variant);

    return apr_pstrcat(p, "{\"", ap_escape_path_segment(p, variant->name),
                       "\" ", format_quality(p, variant->source_quality),
                       attribute(p, "type", variant->type),
                       attribute(p, "charset", variant->charset),
                       attribute(p, "language", languages_of(p, variant)),
                       attribute(p, "encoding", variant->encoding),
                       length < 0 || variant->is_made ? "" : attribute(p, "length",
                                             apr_off_t_toa(p, length)),
                       "}", NULL);
}

static void set_alternates(struct variant_set *set)
{
    struct variant *each = (struct variant *)set->variants->elts;

    for (int i = 0; i < set->variants->nelts; i++) {
        apr_table_mergen(set->r->err_headers_out, "Alternates",
                         describe(set, &each[i]));
    }
}

void negotiation_set_fields(struct variant_set *set,
                            const struct variant *choice)
{
    apr_table_t *out = set->r->err_headers_out;
    const char *vary = vary_of(set);

    if (choice != NULL && set->is_transparent) {
        apr_table_setn(out, "Content-Location",
                       ap_escape_path_segment(set->r->pool, choice->name));
    }
    if (choice == NULL || (set->is_transparent
                           && set->wishes.permission & WANTS_LIST)) {
        set_alternates(set);
    }
    if (*vary != '\0') {
        apr_table_mergen(out, "Vary", vary);
    }
    if (set->is_transparent) {
        apr_table_setn(out, "TCN", choice != NULL ? "choice" : "list");
    }
}

/* ---- 300 and 406 */

static const char *item_part(apr_pool_t *p, const char *name,
                             const char *value)
{
    if (value == NULL || *value == '\0') {
        return "";
    }
    return apr_pstrcat(p, ", ", name, " ", value, NULL);
}

static const char *list_item(apr_pool_t *p, const struct variant *variant)
{
    return apr_pstrcat(p, "<li><a href=\"",
        ap_escape_path_segment(p, variant->name), "\">",
        ap_escape_html(p, variant->name), "</a> ", variant->description,
        item_part(p, "type", variant->type),
        item_part(p, "language", languages_of(p, variant)),
        item_part(p, "charset", variant->charset),
        item_part(p, "encoding", variant->encoding), "</li>\n", NULL);
}

static void set_list_note(struct variant_set *set)
{
    apr_pool_t *p = set->r->pool;
    struct variant *each = (struct variant *)set->variants->elts;
    int count = set->variants->nelts;
    apr_array_header_t *items = apr_array_make(p, count + 2,
                                               sizeof(char *));

    APR_ARRAY_PUSH(items, const char *) = "Available variants:\n<ul>\n";
    for (int i = 0; i < count; i++) {
        APR_ARRAY_PUSH(items, const char *) = list_item(p, &each[i]);
    }
    APR_ARRAY_PUSH(items, const char *) = "</ul>\n";
    apr_table_setn(set->r->notes, LIST_NOTE, apr_array_pstrcat(p, items, 0));
}

int negotiation_refuse(struct variant_set *set)
{
    negotiation_set_fields(set, NULL);
    set_list_note(set);
    if (set->is_transparent && set->wishes.permission & WANTS_LIST) {
        return HTTP_MULTIPLE_CHOICES;
    }
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, set->r, APLOGNO(00690)
                  "could not find a variant of \"%s\" that the client "
                  "accepts", set->r->filename);
    return HTTP_NOT_ACCEPTABLE;
}

/* ---- the name of the encoding */

static const char *without_x(const char *encoding)
{
    return ap_cstr_casecmpn(encoding, "x-", 2) == 0 ? encoding + 2
                                                    : encoding;
}

/* Some clients know gzip as x-gzip only: use the name they use, the plain
 * one if they use both. */
int negotiation_name_encoding(request_rec *r)
{
    const char *field, *plain;
    const char *other = NULL;
    apr_array_header_t *list;

    if (r->content_encoding == NULL || *r->content_encoding == '\0') {
        return DECLINED;
    }
    field = apr_table_get(r->headers_in, "Accept-Encoding");
    if (field == NULL) {
        return DECLINED;
    }
    plain = without_x(r->content_encoding);
    list = negotiation_read_list(r->pool, field);
    for (int i = 0; i < list->nelts; i++) {
        const char *name = APR_ARRAY_IDX(list, i, struct range).name;

        if (strcmp(name, plain) == 0) {
            r->content_encoding = name;
            return DECLINED;
        }
        if (strcmp(without_x(name), plain) == 0) {
            other = name;
        }
    }
    if (other != NULL) {
        r->content_encoding = other;
    }
    return DECLINED;
}
