/* SPDX-License-Identifier: Apache-2.0 */
/* charset.c -- what each byte is: one table for all scanners and escapers.
 *
 * A class is a predicate over the byte, written once below; the compiler
 * turns the predicates into a table of 256 bit sets, so that scanning a
 * token or looking for something to escape costs one load per byte and
 * depends on no locale.
 */
#include "base/base.h"

#define BETWEEN(c, a, z) ((c) >= (a) && (c) <= (z))
#define IS_DIGIT(c) BETWEEN(c, '0', '9')
#define IS_UPPER(c) BETWEEN(c, 'A', 'Z')
#define IS_LOWER(c) BETWEEN(c, 'a', 'z')
#define IS_ALNUM(c) (IS_DIGIT(c) || IS_UPPER(c) || IS_LOWER(c))
#define IS_HEX(c) (IS_DIGIT(c) || BETWEEN(c, 'a', 'f') || BETWEEN(c, 'A', 'F'))
#define IS_SPACE(c) ((c) == ' ' || BETWEEN(c, '\t', '\r'))
#define IS_CONTROL(c) ((c) < 0x20 || (c) == 0x7f)
#define IS_VISIBLE(c) ((c) > 0x20 && (c) != 0x7f)
#define IS_FIELD(c) (IS_VISIBLE(c) || (c) == ' ' || (c) == '\t')
#define IS_UNRESERVED(c) \
    (IS_ALNUM(c) || (c) == '-' || (c) == '.' || (c) == '_' || (c) == '~')
#define IS_TOKEN(c) \
    (IS_UNRESERVED(c) || (c) == '!' || BETWEEN(c, '#', '\'') \
     || (c) == '*' || (c) == '+' || (c) == '^' || (c) == '`' || (c) == '|')
#define IS_SUB_DELIM(c) /* RFC 3986 sub-delims without the semicolon */ \
    ((c) == '!' || (c) == '$' || BETWEEN(c, '&', ',') || (c) == '=')
#define IS_SEGMENT(c) \
    (IS_UNRESERVED(c) || IS_SUB_DELIM(c) || (c) == ':' || (c) == '@')
#define IS_PATH(c) (IS_SEGMENT(c) || (c) == '/' || (c) == ';')
#define IS_FORM(c) \
    (IS_ALNUM(c) || (c) == '*' || BETWEEN(c, '-', '.') || (c) == '_')
#define IS_SHELL(c) \
    ((c) == '\n' || (c) == '"' || (c) == '$' || BETWEEN(c, '&', '*') \
     || BETWEEN(c, ';', '<') || BETWEEN(c, '>', '?') \
     || BETWEEN(c, '[', '^') || (c) == '`' || BETWEEN(c, '{', '~'))
#define IS_HTML(c) ((c) == '&' || (c) == '<' || (c) == '>' || (c) == '"')
#define IS_LOG(c) \
    (IS_CONTROL(c) || (c) >= 0x80 || (c) == '"' || (c) == '\\')

#define CLASS(c) \
    (((c) && IS_TOKEN(c) ? CL_CHAR_TOKEN : 0) \
     | ((c) && IS_FIELD(c) ? CL_CHAR_FIELD : 0) \
     | (IS_VISIBLE(c) ? CL_CHAR_VISIBLE : 0) \
     | (IS_UNRESERVED(c) ? CL_CHAR_UNRESERVED : 0) \
     | (IS_HEX(c) ? CL_CHAR_HEX : 0) \
     | (IS_SPACE(c) ? CL_CHAR_SPACE : 0) \
     | (IS_ALNUM(c) ? CL_CHAR_ALNUM : 0) \
     | (IS_CONTROL(c) ? CL_CHAR_CONTROL : 0) \
     | (IS_PATH(c) ? CL_CHAR_PATH : 0) \
     | (IS_SEGMENT(c) ? CL_CHAR_SEGMENT : 0) \
     | (IS_FORM(c) ? CL_CHAR_FORM : 0) \
     | (IS_SHELL(c) ? CL_CHAR_SHELL : 0) \
     | (IS_HTML(c) ? CL_CHAR_HTML : 0) \
     | (IS_LOG(c) ? CL_CHAR_LOG : 0))
#define LOWER(c) ((c) + ('a' - 'A') * IS_UPPER(c))
#define HEX_VALUE(c) \
    (IS_DIGIT(c) ? (c) - '0' : BETWEEN(c, 'a', 'f') ? (c) - 'a' + 10 \
     : BETWEEN(c, 'A', 'F') ? (c) - 'A' + 10 : -1)

#define TIMES_4(f, c) f(c), f((c) + 1), f((c) + 2), f((c) + 3)
#define TIMES_16(f, c) TIMES_4(f, c), TIMES_4(f, (c) + 4), \
    TIMES_4(f, (c) + 8), TIMES_4(f, (c) + 12)
#define TIMES_64(f, c) TIMES_16(f, c), TIMES_16(f, (c) + 16), \
    TIMES_16(f, (c) + 32), TIMES_16(f, (c) + 48)
#define TIMES_256(f) TIMES_64(f, 0), TIMES_64(f, 64), TIMES_64(f, 128), \
    TIMES_64(f, 192)

const unsigned short cl_base_char_class[256] = { TIMES_256(CLASS) };
const unsigned char cl_base_lower[256] = { TIMES_256(LOWER) };
const signed char cl_base_hex_value[256] = { TIMES_256(HEX_VALUE) };
