/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a magic file:  >offset  type&mask  value  text
 *
 *   offset   number, or behind ">" also (number.l+number): read there where
 *   type     [u][be|le]byte short long date, or string
 *   value    with an operator = ! < > & ^ in front, or x for any
 *   text     media type and, after a blank, an encoding
 */
#include "mime_magic.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"

static const char *skip_blanks(const char *s)
{
    while (apr_isspace(*s)) {
        s++;
    }
    return s;
}

/* (number.b+number): the offset is read from the file itself. */
static const char *read_indirect(const char *s, struct magic_rule *rule)
{
    char *end;

    rule->offset = strtoul(s + 1, &end, 0);
    rule->indirect = 'l';
    if (*end == '.' && end[1] != '\0' && strchr("bsl", end[1]) != NULL) {
        rule->indirect = end[1];
        end += 2;
    }
    if (*end == '+' || *end == '-') {
        rule->displacement = strtol(end, &end, 0);
    }
    return *end == ')' ? end + 1 : NULL;
}

static const char *read_offset(const char *s, struct magic_rule *rule)
{
    char *end;

    for (; *s == '>'; s++) {
        rule->level++;
    }
    if (rule->level > 0 && *s == '(') {
        return read_indirect(s, rule);
    }
    if (!apr_isdigit(*s)) {
        return NULL;
    }
    rule->offset = strtoul(s, &end, 0);
    return end;
}

static const char *read_type(const char *s, struct magic_rule *rule)
{
    static const struct {
        const char *name;
        enum magic_order byte_order;
        int size;
    } types[] = {
        { "byte", ORDER_HOST, 1 }, { "short", ORDER_HOST, 2 },
        { "long", ORDER_HOST, 4 }, { "date", ORDER_HOST, 4 },
        { "string", ORDER_HOST, 0 },
        { "beshort", ORDER_BIG, 2 }, { "belong", ORDER_BIG, 4 },
        { "bedate", ORDER_BIG, 4 },
        { "leshort", ORDER_LITTLE, 2 }, { "lelong", ORDER_LITTLE, 4 },
        { "ledate", ORDER_LITTLE, 4 },
    };

    if (*s == 'u') {
        rule->is_unsigned = true;
        s++;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t length = strlen(types[i].name);

        if (strncmp(s, types[i].name, length) == 0
            && !apr_isalnum(s[length])) {
            rule->byte_order = types[i].byte_order;
            rule->size = types[i].size;
            return s + length;
        }
    }
    return NULL;
}

static const char *read_mask(const char *s, struct magic_rule *rule)
{
    char *end;

    rule->mask = UINT32_MAX;
    if (*s != '&') {
        return s;
    }
    rule->mask = strtoul(s + 1, &end, 0);
    return end;
}

/* The character an escape stands for: \ooo, \xhh, or C's letters. */
static char read_escape(const char **text)
{
    static const char letters[] = "a\ab\bf\fn\nr\rt\tv\v";
    const char *s = *text;
    int value = 0;
    int digits = 0;

    if (*s == 'x' && apr_isxdigit(s[1])) {
        for (s++; digits < 2 && apr_isxdigit(*s); s++, digits++) {
            value = value * 16 + (apr_isdigit(*s) ? *s - '0'
                                  : apr_tolower(*s) - 'a' + 10);
        }
        *text = s;
        return value;
    }
    if (*s >= '0' && *s <= '7') {
        for (; digits < 3 && *s >= '0' && *s <= '7'; s++, digits++) {
            value = value * 8 + *s - '0';
        }
        *text = s;
        return value;
    }
    *text = *s == '\0' ? s : s + 1;
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if (*s == letters[i]) {
            return letters[i + 1];
        }
    }
    return *s;
}

static const char *read_string(apr_pool_t *p, const char *s,
                               struct magic_rule *rule)
{
    char *string = apr_palloc(p, strlen(s) + 1);
    size_t length = 0;

    while (*s != '\0' && !apr_isspace(*s) && length < MAGIC_REACH) {
        if (*s == '\\') {
            s++;
            string[length++] = read_escape(&s);
        }
        else {
            string[length++] = *s++;
        }
    }
    while (*s != '\0' && !apr_isspace(*s)) {
        s++;
    }
    rule->string = string;
    rule->length = length;
    return s;
}

/* Cut a number to the size of the type, with the sign it has there. */
static int64_t fit(const struct magic_rule *rule, int64_t number)
{
    if (rule->is_unsigned) {
        return number & (rule->size == 1 ? 0xff : rule->size == 2 ? 0xffff
                         : 0xffffffff);
    }
    return rule->size == 1 ? (int8_t)number
        : rule->size == 2 ? (int16_t)number : (int32_t)number;
}

static const char *read_value(apr_pool_t *p, const char *s,
                              struct magic_rule *rule)
{
    const char *operators = rule->size == 0 ? "=<>" : "=!<>&^";
    char *end;

    rule->operator = '=';
    if (*s == 'x' && (s[1] == '\0' || apr_isspace(s[1]))) {
        rule->operator = 'x';
        return s + 1;
    }
    if (*s != '\0' && strchr(operators, *s) != NULL) {
        rule->operator = *s++;
    }
    if (rule->size == 0) {
        return read_string(p, s, rule);
    }
    rule->number = fit(rule, strtoll(s, &end, 0));
    return end;
}

const char *magic_parse_line(apr_pool_t *p, const char *line,
                             struct magic_rule *rule)
{
    const char *s;

    memset(rule, 0, sizeof *rule);
    s = read_offset(skip_blanks(line), rule);
    if (s == NULL || !apr_isspace(*s)) {
        return "it does not begin with a number";
    }
    s = read_type(skip_blanks(s), rule);
    if (s == NULL) {
        return "its second column is no type that is known";
    }
    s = read_mask(s, rule);
    if (*s == '/') {
        return "options behind a slash are not known";
    }
    if (*skip_blanks(s) == '\0') {
        return "it has no value to look for";
    }
    s = read_value(p, skip_blanks(s), rule);
    rule->text = apr_pstrdup(p, skip_blanks(s));
    return NULL;
}
