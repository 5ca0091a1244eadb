/* SPDX-License-Identifier: Apache-2.0 */
/* What the client wants: the fields Accept, Accept-Language, Accept-Charset,
 * Accept-Encoding and Negotiate.  Clients are forgiven everything: what
 * cannot be read is taken as if it were not there.
 */
#include "negotiation.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"

/* "0.75" in thousandths; decimals after the third do not count. */
int negotiation_read_quality(const char *text)
{
    int quality = 0;

    if (*text != '0' && *text != '.') {
        return QUALITY_ONE;
    }
    text += *text == '0';
    if (*text != '.') {
        return 0;
    }
    text++;
    for (int unit = QUALITY_ONE / 10; unit > 0; unit /= 10) {
        if (!apr_isdigit(*text)) {
            break;
        }
        quality += unit * (*text++ - '0');
    }
    return quality;
}

static const char *skip_space(const char *s)
{
    while (apr_isspace(*s)) {
        s++;
    }
    return s;
}

/* A word up to one of the delimiters; or a quoted one without its quotes.
 * The result is in lower case; *text is left behind it. */
static char *read_word(apr_pool_t *p, const char **text,
                       const char *delimiters)
{
    const char *start = skip_space(*text);
    const char *end = start;
    const char *after;
    char *word;

    if (*start == '"') {
        end = ++start;
        while (*end != '\0' && *end != '"') {
            end++;
        }
        after = *end == '"' ? end + 1 : end;
    }
    else {
        end += strcspn(start, delimiters);
        after = end;
        while (end > start && apr_isspace(end[-1])) {
            end--;
        }
    }
    *text = skip_space(after);
    word = apr_pstrmemdup(p, start, end - start);
    ap_str_tolower(word);
    return word;
}

static void take_parameter(struct range *range, const char *name,
                           const char *value)
{
    if (strcmp(name, "q") == 0) {
        range->quality = negotiation_read_quality(value);
    }
    else if (strcmp(name, "qs") == 0) {
        range->source_quality = negotiation_read_quality(value);
    }
    else if (strcmp(name, "level") == 0 && apr_isdigit(*value)) {
        range->level = atoi(value);
    }
    else if (strcmp(name, "charset") == 0) {
        range->charset = value;
    }
}

void negotiation_read_range(apr_pool_t *p, const char **text,
                            struct range *range)
{
    memset(range, 0, sizeof *range);
    range->quality = range->source_quality = QUALITY_ONE;
    range->level = -1;
    range->name = read_word(p, text, ";,");
    while (**text == ';') {
        const char *name;

        ++*text;
        name = read_word(p, text, "=;,");
        if (**text == '=') {
            ++*text;
            take_parameter(range, name, read_word(p, text, ";,"));
        }
    }
    *text += strcspn(*text, ",");
    *text += **text == ',';
}

apr_array_header_t *negotiation_read_list(apr_pool_t *p, const char *field)
{
    apr_array_header_t *list;

    if (field == NULL) {
        return NULL;
    }
    list = apr_array_make(p, 8, sizeof(struct range));
    for (field = skip_space(field); *field != '\0';
         field = skip_space(field)) {
        struct range range;

        negotiation_read_range(p, &field, &range);
        if (*range.name != '\0') {
            APR_ARRAY_PUSH(list, struct range) = range;
        }
    }
    return list;
}

static unsigned read_permission(apr_pool_t *p, const char *field)
{
    unsigned permission = NO_GUESSING;

    while (*field != '\0') {
        const char *word = read_word(p, &field, ",");

        if (strcmp(word, "trans") == 0 || strcmp(word, "vlist") == 0
            || strcmp(word, "guess-small") == 0) {
            permission |= WANTS_LIST;
        }
        else if (strcmp(word, "*") == 0) {
            permission |= WANTS_LIST | MAY_CHOOSE;
        }
        else if (strcmp(word, "1.0") == 0) {
            permission |= WANTS_LIST | MAY_CHOOSE_RVSA;
        }
        else if (apr_isdigit(*word)) {
            permission |= WANTS_LIST;   /* an algorithm we do not know */
        }
        field += strcspn(field, ",");
        field += *field == ',';
    }
    return permission;
}

/* Lynx says "Negotiate: trans" and then cannot do it. */
static bool is_lynx_boasting(request_rec *r, const char *negotiate)
{
    const char *agent = apr_table_get(r->headers_in, "User-Agent");

    return agent != NULL && strncmp(agent, "Lynx", 4) == 0
        && ap_cstr_casecmp(negotiate, "trans") == 0;
}

void negotiation_read_wishes(request_rec *r, struct wishes *wishes)
{
    const apr_table_t *in = r->headers_in;
    const char *negotiate = apr_table_get(in, "Negotiate");

    wishes->types = negotiation_read_list(r->pool,
                                          apr_table_get(in, "Accept"));
    wishes->languages = negotiation_read_list(r->pool,
                            apr_table_get(in, "Accept-Language"));
    wishes->charsets = negotiation_read_list(r->pool,
                            apr_table_get(in, "Accept-Charset"));
    wishes->encodings = negotiation_read_list(r->pool,
                            apr_table_get(in, "Accept-Encoding"));
    wishes->permission = negotiate != NULL && !is_lynx_boasting(r, negotiate)
        ? read_permission(r->pool, negotiate) : MAY_CHOOSE;
}
