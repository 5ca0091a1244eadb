/* SPDX-License-Identifier: Apache-2.0 */
/* Try rules on the beginning of a file.  The first rule of level 0 that
 * matches decides; those of deeper levels below it add to what it says.
 */
#include "mime_magic.h"

#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"
#include "apr_tables.h"

static uint32_t read_bytes(const unsigned char *at, int size,
                           enum magic_order byte_order)
{
    static const uint16_t probe = 1;
    bool big = byte_order == ORDER_BIG
        || (byte_order == ORDER_HOST && *(const unsigned char *)&probe == 0);
    uint32_t number = 0;

    for (int i = 0; i < size; i++) {
        number = number << 8 | at[big ? i : size - 1 - i];
    }
    return number;
}

static int64_t value_at(const struct magic_rule *rule,
                        const unsigned char *at)
{
    uint32_t bits = read_bytes(at, rule->size, rule->byte_order)
        & rule->mask;

    if (rule->is_unsigned || rule->size == 0) {
        return bits;
    }
    return rule->size == 1 ? (int8_t)bits
        : rule->size == 2 ? (int16_t)bits : (int32_t)bits;
}

static bool fits_number(const struct magic_rule *rule,
                        const unsigned char *at)
{
    int64_t value = value_at(rule, at);

    switch (rule->operator) {
    case 'x':
        return true;
    case '!':
        return value != rule->number;
    case '<':
        return value < rule->number;
    case '>':
        return value > rule->number;
    case '&':
        return (value & rule->number) == rule->number;
    case '^':
        return (value & rule->number) != rule->number;
    default:
        return value == rule->number;
    }
}

static bool fits_string(const struct magic_rule *rule,
                        const unsigned char *at)
{
    int order = memcmp(at, rule->string, rule->length);

    switch (rule->operator) {
    case 'x':
        return true;
    case '<':
        return order < 0;
    case '>':
        return order > 0;
    default:
        return order == 0;
    }
}

static bool is_in_reach(size_t offset, size_t size)
{
    return offset <= size && size - offset + 1 >= MAGIC_REACH;
}

/* Where the rule looks.  False: not in what was read of the file. */
static bool find_place(const struct magic_rule *rule,
                       const unsigned char *data, size_t size,
                       size_t *place)
{
    int width = rule->indirect == 'b' ? 1 : rule->indirect == 's' ? 2 : 4;

    *place = rule->offset;
    if (rule->indirect == '\0') {
        return is_in_reach(*place, size);
    }
    if (!is_in_reach(rule->offset, size)) {
        return false;
    }
    *place = read_bytes(data + rule->offset, width, ORDER_HOST)
        + rule->displacement;
    return is_in_reach(*place, size);
}

/* No rule looks at more than MAGIC_REACH - 1 bytes behind its place. */
static bool fits(const struct magic_rule *rule, const unsigned char *data,
                 size_t size)
{
    size_t place;

    if (!find_place(rule, data, size, &place)
        || (rule->size == 0 && rule->length > size - place)) {
        return false;
    }
    return rule->size == 0 ? fits_string(rule, data + place)
                           : fits_number(rule, data + place);
}

/* "\b" at the start joins the text to the one before, else a blank does. */
static void add_text(apr_array_header_t *parts, const char *text)
{
    if (strncmp(text, "\\b", 2) == 0) {
        text += 2;
    }
    else if (parts->nelts > 0) {
        APR_ARRAY_PUSH(parts, const char *) = " ";
    }
    if (*text != '\0') {
        APR_ARRAY_PUSH(parts, const char *) = text;
    }
}

/* The first word is the type, if it looks like one, the next the encoding. */
static void read_result(apr_pool_t *p, const char *text,
                        struct magic_result *result)
{
    const char *word = text + strspn(text, " \t\r");
    size_t length = strcspn(word, " \t\r");
    char *type = apr_pstrmemdup(p, word, length);

    if (strchr(type, '/') == NULL) {
        return;
    }
    result->type = type;
    word += length;
    word += strspn(word, " \t\r");
    length = strcspn(word, " \t\r");
    if (length > 0) {
        result->encoding = apr_pstrmemdup(p, word, length);
    }
}

bool magic_match_rules(apr_pool_t *p, const struct magic_rules *rules,
                       const unsigned char *data, size_t size,
                       struct magic_result *result)
{
    const struct magic_rule *rule = rules->rule;
    apr_array_header_t *parts;
    int level = 1;              /* the deepest one that may be tried */
    int i = 0;

    while (i < rules->count && !fits(&rule[i], data, size)) {
        for (i++; i < rules->count && rule[i].level > 0; i++) {
            continue;           /* of a rule that did not match */
        }
    }
    if (i == rules->count) {
        return false;
    }
    parts = apr_array_make(p, 4, sizeof(char *));
    add_text(parts, rule[i].text);
    for (i++; i < rules->count && rule[i].level > 0; i++) {
        if (rule[i].level <= level) {
            level = rule[i].level;
            if (fits(&rule[i], data, size)) {
                add_text(parts, rule[i].text);
                level++;
            }
        }
    }
    read_result(p, apr_array_pstrcat(p, parts, 0), result);
    return true;
}
