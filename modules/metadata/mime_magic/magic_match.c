/* SPDX-License-Identifier: Apache-2.0 */
/* magic_match.c -- rules against the first bytes of a file.
 *
 * Rules stand in blocks: a line of level 0 and the deeper lines behind it,
 * which count only when the lines above them fit.  The first block that
 * fits and names a type ends the search; the deepest name wins.
 */
#include "mime_magic.h"

#include <string.h>

#include "apr_lib.h"
#include "http_log.h"

APLOG_USE_MODULE(mime_magic);

#define MAX_LEVEL 8

static size_t size_of(enum magic_kind kind)
{
    return kind == MAGIC_BYTE ? 1 : kind == MAGIC_SHORT ? 2 : 4;
}

/* A number at a place; false when the file is too short. */
static bool number_at(const unsigned char *bytes, size_t length, long offset,
                      enum magic_kind kind, enum magic_order order,
                      uint32_t *number)
{
    size_t size = size_of(kind);
    const uint16_t probe = 1;
    bool big = order == ORDER_BIG
        || (order == ORDER_NATIVE && *(const unsigned char *)&probe == 0);

    if (offset < 0 || (size_t)offset > length
        || length - (size_t)offset < size) {
        return false;
    }
    *number = 0;
    for (size_t i = 0; i < size; i++) {
        *number = *number << 8 | bytes[offset + (big ? i : size - 1 - i)];
    }
    return true;
}

static bool holds(char relation, long order)
{
    switch (relation) {
    case '!':
        return order != 0;
    case '<':
        return order < 0;
    case '>':
        return order > 0;
    default:
        return order == 0;
    }
}

static bool match_string(const struct magic_rule *rule,
                         const unsigned char *bytes, size_t length,
                         long offset)
{
    int order = 0;

    if (offset < 0 || (size_t)offset > length) {
        return false;
    }
    for (size_t i = 0; i < rule->length && order == 0; i++) {
        bool inside = (size_t)offset + i < length;
        int have = inside ? bytes[offset + i] : 0;
        int want = (unsigned char)rule->text[i];

        if (!inside) {
            return rule->relation == '!';
        }
        if (rule->any_case) {
            have = apr_tolower(have);
            want = apr_tolower(want);
        }
        order = have - want;
    }
    if (order == 0 && rule->relation == '>' && rule->length > 0
        && (size_t)offset + rule->length < length) {
        return true;                /* longer than the text */
    }
    return holds(rule->relation, order);
}

/* Sign-extend what a signed rule compares. */
static int64_t as_compared(const struct magic_rule *rule, uint32_t number)
{
    if (rule->is_unsigned) {
        return number;
    }
    switch (rule->kind) {
    case MAGIC_BYTE:
        return (int8_t)number;
    case MAGIC_SHORT:
        return (int16_t)number;
    default:
        return (int32_t)number;
    }
}

static bool match_number(const struct magic_rule *rule, uint32_t have)
{
    int64_t a, b;

    if (rule->has_mask) {
        have &= rule->mask;
    }
    switch (rule->relation) {
    case '&':
        return (have & rule->number) == rule->number;
    case '^':
        return (have & rule->number) != rule->number;
    default:
        a = as_compared(rule, have);
        b = as_compared(rule, rule->number);
        return holds(rule->relation, a < b ? -1 : a > b);
    }
}

static bool fits(const struct magic_rule *rule, const unsigned char *bytes,
                 size_t length)
{
    long offset = rule->offset;
    uint32_t number;

    if (rule->indirect) {
        if (!number_at(bytes, length, offset, rule->indirect_kind,
                       rule->indirect_order, &number)) {
            return false;
        }
        offset = (long)number + rule->indirect_add;
    }
    if (rule->relation == 'x') {
        return offset >= 0 && (size_t)offset < length;
    }
    if (rule->kind == MAGIC_STRING) {
        return match_string(rule, bytes, length, offset);
    }
    return number_at(bytes, length, offset, rule->kind, rule->order, &number)
        && match_number(rule, number);
}

bool magic_match(const struct magic_rule *rules, const unsigned char *bytes,
                 size_t length, struct magic_result *result)
{
    bool open[MAX_LEVEL + 1] = { false };   /* did the level above fit? */

    result->type = result->encoding = NULL;
    for (const struct magic_rule *rule = rules; rule != NULL;
         rule = rule->next) {
        int level = rule->level < MAX_LEVEL ? rule->level : MAX_LEVEL;
        bool fit;

        if (level == 0 && result->type != NULL) {
            break;
        }
        if (level > 0 && !open[level - 1]) {
            open[level] = false;
            continue;
        }
        fit = fits(rule, bytes, length);
        open[level] = fit;
        memset(open + level + 1, 0, sizeof open - (level + 1));
        if (fit && rule->type != NULL) {
            result->type = rule->type;
            result->encoding = rule->encoding;
        }
    }
    return result->type != NULL;
}
