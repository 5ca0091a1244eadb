/* SPDX-License-Identifier: Apache-2.0 */
/* magic_parse.c -- a line of the magic file to a rule.
 *
 *   [>...]offset  kind[&mask]  [relation]value  [type [encoding]]
 *   offset may be (place[.bsl][+n]): the number found at that place
 */
#include "mime_magic.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"
#include "http_log.h"

APLOG_USE_MODULE(mime_magic);

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t') {
        (*at)++;
    }
}

static bool read_number(const char **at, unsigned long *number)
{
    char *end;

    *number = strtoul(*at, &end, 0);
    if (end == *at) {
        return false;
    }
    *at = end;
    return true;
}

/* ---- first column */

static bool read_indirect(const char **at, struct magic_rule *rule)
{
    unsigned long number;

    rule->indirect = true;
    rule->indirect_kind = MAGIC_LONG;
    if (!read_number(at, &number)) {
        return false;
    }
    rule->offset = (long)number;
    if (**at == '.') {
        switch ((*at)[1]) {
        case 'b': case 'B': case 'c': case 'C':
            rule->indirect_kind = MAGIC_BYTE;
            break;
        case 's': case 'h': case 'S': case 'H':
            rule->indirect_kind = MAGIC_SHORT;
            break;
        case 'l': case 'L':
            break;
        default:
            return false;
        }
        rule->indirect_order = apr_isupper((*at)[1]) ? ORDER_BIG
                                                     : ORDER_LITTLE;
        *at += 2;
    }
    if (**at == '+' || **at == '-') {
        bool minus = *(*at)++ == '-';

        if (!read_number(at, &number)) {
            return false;
        }
        rule->indirect_add = minus ? -(long)number : (long)number;
    }
    return *(*at)++ == ')';
}

static bool read_offset(const char **at, struct magic_rule *rule)
{
    unsigned long number;

    while (**at == '>') {
        rule->level++;
        (*at)++;
    }
    if (**at == '(') {
        (*at)++;
        return read_indirect(at, rule);
    }
    if (!read_number(at, &number) || number > 0x7fffffffUL) {
        return false;
    }
    rule->offset = (long)number;
    return true;
}

/* ---- second column */

static const struct {
    const char *name;
    enum magic_kind kind;
    enum magic_order order;
} kinds[] = {
    { "byte", MAGIC_BYTE, ORDER_NATIVE },
    { "short", MAGIC_SHORT, ORDER_NATIVE },
    { "long", MAGIC_LONG, ORDER_NATIVE },
    { "date", MAGIC_LONG, ORDER_NATIVE },
    { "string", MAGIC_STRING, ORDER_NATIVE },
    { "beshort", MAGIC_SHORT, ORDER_BIG },
    { "belong", MAGIC_LONG, ORDER_BIG },
    { "bedate", MAGIC_LONG, ORDER_BIG },
    { "leshort", MAGIC_SHORT, ORDER_LITTLE },
    { "lelong", MAGIC_LONG, ORDER_LITTLE },
    { "ledate", MAGIC_LONG, ORDER_LITTLE },
};

static bool read_kind(const char **at, struct magic_rule *rule)
{
    unsigned long mask;

    if (**at == 'u') {
        rule->is_unsigned = true;
        (*at)++;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].name);

        if (strncmp(*at, kinds[i].name, length) != 0
            || apr_isalpha((*at)[length])) {
            continue;
        }
        *at += length;
        rule->kind = kinds[i].kind;
        rule->order = kinds[i].order;
        while (rule->kind == MAGIC_STRING && **at == '/') {
            for ((*at)++; apr_isalpha(**at); (*at)++) {
                rule->any_case |= **at == 'c' || **at == 'C';
            }
        }
        if (**at == '&') {
            (*at)++;
            if (!read_number(at, &mask)) {
                return false;
            }
            rule->has_mask = true;
            rule->mask = (uint32_t)mask;
        }
        return **at == ' ' || **at == '\t';
    }
    return false;
}

/* ---- third column */

static int read_escape(const char **at)
{
    static const char letters[] = "nrbtfv";
    static const char values[] = "\n\r\b\t\f\v";
    const char *found;
    int value = 0, digits = 0;

    if (**at == 'x' && apr_isxdigit((*at)[1])) {
        (*at)++;
        while (digits < 2 && apr_isxdigit(**at)) {
            char c = apr_tolower(*(*at)++);

            value = value * 16 + (apr_isdigit(c) ? c - '0' : c - 'a' + 10);
            digits++;
        }
        return value;
    }
    while (digits < 3 && **at >= '0' && **at <= '7') {
        value = value * 8 + *(*at)++ - '0';
        digits++;
    }
    if (digits > 0) {
        return value & 0xff;
    }
    found = **at != '\0' ? strchr(letters, **at) : NULL;
    value = found != NULL ? values[found - letters] : **at;
    if (**at != '\0') {
        (*at)++;
    }
    return value;
}

static void read_text(apr_pool_t *p, const char **at, struct magic_rule *rule)
{
    char *to = apr_palloc(p, strlen(*at) + 1);

    rule->text = to;
    while (**at != '\0' && **at != ' ' && **at != '\t') {
        if (**at == '\\') {
            (*at)++;
            *to++ = (char)read_escape(at);
        }
        else {
            *to++ = *(*at)++;
        }
    }
    *to = '\0';
    rule->length = to - rule->text;
}

static bool read_value(apr_pool_t *p, const char **at,
                       struct magic_rule *rule)
{
    unsigned long number;

    rule->relation = '=';
    if (**at == 'x' && ((*at)[1] == ' ' || (*at)[1] == '\t'
                        || (*at)[1] == '\0')) {
        rule->relation = 'x';
        (*at)++;
        return true;
    }
    if (**at != '\0' && strchr("=!<>&^", **at) != NULL) {
        rule->relation = *(*at)++;
    }
    if (rule->kind == MAGIC_STRING) {
        read_text(p, at, rule);
        return true;
    }
    if (!read_number(at, &number)) {
        return false;
    }
    rule->number = (uint32_t)number;
    return true;
}

static const char *read_word(apr_pool_t *p, const char **at)
{
    const char *begin;

    skip_blanks(at);
    begin = *at;
    while (**at != '\0' && !apr_isspace(**at)) {
        (*at)++;
    }
    return *at > begin ? apr_pstrmemdup(p, begin, *at - begin) : NULL;
}

const char *magic_parse_line(apr_pool_t *p, const char *text,
                             struct magic_rule **rule)
{
    struct magic_rule *new;

    *rule = NULL;
    while (apr_isspace(*text)) {
        text++;
    }
    if (*text == '\0' || *text == '#') {
        return NULL;
    }
    new = apr_pcalloc(p, sizeof *new);
    if (!read_offset(&text, new)) {
        return "the first column must be an offset such as 0, >12 or (4.l)";
    }
    skip_blanks(&text);
    if (!read_kind(&text, new)) {
        return "the second column must be byte, short, long, string, date, "
               "be... or le..., with &mask if needed";
    }
    skip_blanks(&text);
    if (!read_value(p, &text, new)) {
        return "the third column must be a number";
    }
    new->type = read_word(p, &text);
    new->encoding = new->type != NULL ? read_word(p, &text) : NULL;
    *rule = new;
    return NULL;
}
