/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of mod_mime_magic share: rules (magic_parse.c), their use
 * (magic_match.c), guesses about text and tar (magic_text.c) and a look into
 * compressed files (magic_unpack.c).
 *
 * Text to be judged is always bytes and their number; nothing is taken to
 * end with NUL.
 */
#ifndef MIME_MAGIC_H
#define MIME_MAGIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "apr_pools.h"

/* As much of a file as is looked at. */
#define MAGIC_WINDOW 4096

/* A rule looks at this many bytes behind its offset or not at all: with
 * fewer a short string might match by accident. */
#define MAGIC_REACH 64

enum magic_order { ORDER_HOST, ORDER_BIG, ORDER_LITTLE };

struct magic_rule {
    int level;                  /* count of ">" */
    size_t offset;
    char indirect;              /* 'b', 's', 'l': the place is read there */
    long displacement;          /* added to the place read */
    int size;                   /* 1, 2 or 4 bytes; 0: a string */
    enum magic_order byte_order;
    bool is_unsigned;
    uint32_t mask;
    char operator;              /* one of = ! < > & ^ x */
    int64_t number;
    const char *string;         /* may hold NUL */
    size_t length;              /* of string */
    const char *text;           /* "type/subtype encoding" or "" */
};

struct magic_rules {            /* const once it is read */
    struct magic_rule *rule;
    int count;
};

struct magic_result {
    const char *type;           /* NULL: not known */
    const char *encoding;       /* NULL: none */
};

/* One line in *rule.  Returns NULL, or why the line is of no use. */
const char *magic_parse_line(apr_pool_t *p, const char *line,
                             struct magic_rule *rule);

/* Does a rule match?  Then *result is what it says, which may be nothing. */
bool magic_match_rules(apr_pool_t *p, const struct magic_rules *rules,
                       const unsigned char *data, size_t size,
                       struct magic_result *result);

/* The type of a tar archive or of some sorts of text, NULL if not known. */
const char *magic_guess_text(const unsigned char *data, size_t size);

/* The beginning of what is packed in data: its length goes to *size and the
 * name of the encoding is returned.  NULL: nothing could be unpacked. */
const char *magic_unpack(const unsigned char *packed, size_t packed_size,
                         unsigned char out[MAGIC_WINDOW], size_t *size);

#endif
