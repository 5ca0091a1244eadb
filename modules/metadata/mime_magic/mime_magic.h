/* SPDX-License-Identifier: Apache-2.0 */
/* mime_magic.h -- rules and what they find. */
#ifndef CLEAT_MIME_MAGIC_H
#define CLEAT_MIME_MAGIC_H

#include <stdbool.h>
#include <stdint.h>

#include "http_config.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA mime_magic_module;

enum magic_kind { MAGIC_BYTE, MAGIC_SHORT, MAGIC_LONG, MAGIC_STRING };
enum magic_order { ORDER_NATIVE, ORDER_BIG, ORDER_LITTLE };

/* One line of the magic file. */
struct magic_rule {
    struct magic_rule *next;
    int level;                      /* number of > in front */
    long offset;                    /* from the beginning of the file */
    bool indirect;                  /* the place holds the real offset */
    enum magic_kind indirect_kind;
    enum magic_order indirect_order;
    long indirect_add;
    enum magic_kind kind;
    enum magic_order order;
    bool is_unsigned;
    bool any_case;                  /* string/c */
    bool has_mask;
    uint32_t mask;
    char relation;                  /* = ! < > & ^ or x for anything */
    uint32_t number;
    const char *text;               /* MAGIC_STRING, may hold NULs */
    size_t length;
    const char *type;               /* NULL: goes on with deeper lines */
    const char *encoding;
    int line;
};

struct magic_result {
    const char *type;
    const char *encoding;
};

/* magic_parse.c: read a rule; NULL, or a sentence about what is wrong.  Blank
 * lines and comments leave *rule NULL. */
const char *magic_parse_line(apr_pool_t *p, const char *text,
                             struct magic_rule **rule);

/* magic_match.c: the first block of rules that fits and names a type. */
bool magic_match(const struct magic_rule *rules, const unsigned char *bytes,
                 size_t length, struct magic_result *result);

/* magic_text.c: what the bytes look like without a rule; NULL: unknown. */
const char *magic_guess(const unsigned char *bytes, size_t length);

#endif
