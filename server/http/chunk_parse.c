/* SPDX-License-Identifier: Apache-2.0 */
/* chunk_parse.c -- the bytes around chunk data (RFC 9112 section 7.1):
 *
 *     chunk-size [ BWS ";" BWS name [ BWS "=" BWS value ] ]... CRLF
 *
 * A matrix of state and byte class, so the input may be cut anywhere.
 * Extensions are checked and dropped.  Invariant: nothing is taken for a
 * line ending that another reader might take for something else, unless the
 * configuration is Unsafe.
 */
#include "http_protocol.h"

#include "http/http.h"
#include "http/octets.h"

enum class { C_HEX, C_TOKEN, C_SEMI, C_EQUAL, C_QUOTE, C_ESCAPE, C_BLANK,
             C_CR, C_LF, C_VISIBLE, C_CONTROL, CLASSES };

enum state {
    S_DATA_CR,                  /* after chunk data */
    S_DATA_LF,
    S_FIRST,                    /* first digit of a size */
    S_SIZE,
    S_PAD,                      /* blanks after the size */
    S_EXT,                      /* after ";" */
    S_NAME,
    S_NAME_END,                 /* blanks after a name */
    S_EQUAL,                    /* after "=" */
    S_VALUE,
    S_QUOTED,
    S_ESCAPED,
    S_VALUE_END,                /* after a quoted string or blanks */
    S_LF,                       /* CR seen */
    S_END,                      /* line complete */
    S_BAD
};

#define X S_BAD
/* Columns: hex token ; = " \ blank CR LF visible control */
static const uint8_t next_state[S_END][CLASSES] = {
    [S_DATA_CR] = { X, X, X, X, X, X, X, S_DATA_LF, X, X, X },
    [S_DATA_LF] = { X, X, X, X, X, X, X, X, S_FIRST, X, X },
    [S_FIRST] = { S_SIZE, X, X, X, X, X, X, X, X, X, X },
    [S_SIZE] = { S_SIZE, X, S_EXT, X, X, X, S_PAD, S_LF, X, X, X },
    [S_PAD] = { X, X, S_EXT, X, X, X, S_PAD, S_LF, X, X, X },
    [S_EXT] = { S_NAME, S_NAME, X, X, X, X, S_EXT, X, X, X, X },
    [S_NAME] = { S_NAME, S_NAME, S_EXT, S_EQUAL, X, X, S_NAME_END, S_LF, X,
                 X, X },
    [S_NAME_END] = { X, X, S_EXT, S_EQUAL, X, X, S_NAME_END, X, X, X, X },
    [S_EQUAL] = { S_VALUE, S_VALUE, X, X, S_QUOTED, X, S_EQUAL, X, X, X, X },
    [S_VALUE] = { S_VALUE, S_VALUE, S_EXT, X, X, X, S_VALUE_END, S_LF, X, X,
                  X },
    [S_QUOTED] = { S_QUOTED, S_QUOTED, S_QUOTED, S_QUOTED, S_VALUE_END,
                   S_ESCAPED, S_QUOTED, X, X, S_QUOTED, X },
    [S_ESCAPED] = { S_QUOTED, S_QUOTED, S_QUOTED, S_QUOTED, S_QUOTED,
                    S_QUOTED, S_QUOTED, X, X, S_QUOTED, X },
    [S_VALUE_END] = { X, X, S_EXT, X, X, X, S_VALUE_END, S_LF, X, X, X },
    [S_LF] = { X, X, X, X, X, X, X, X, S_END, X, X }
};
#undef X

static enum class class_of(unsigned char c)
{
    switch (c) {
    case ';': return C_SEMI;
    case '=': return C_EQUAL;
    case '"': return C_QUOTE;
    case '\\': return C_ESCAPE;
    case ' ': case '\t': return C_BLANK;
    case '\r': return C_CR;
    case '\n': return C_LF;
    }
    if (apr_isxdigit(c)) {
        return C_HEX;
    }
    if (cl_octet_is((char)c, CL_OCTET_TOKEN)) {
        return C_TOKEN;
    }
    return cl_octet_is((char)c, CL_OCTET_VISIBLE) ? C_VISIBLE : C_CONTROL;
}

static bool add_digit(struct cl_chunk *c, char digit)
{
    int value = digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    if (c->left > (APR_INT64_MAX - value) / 16) {
        return false;
    }
    c->left = c->left * 16 + value;
    return true;
}

/* A lone LF, to the lenient, stands for CR LF where CR might stand. */
static enum state step(const struct cl_chunk *c, enum class class)
{
    enum state s = next_state[c->state][class];

    if (class == C_LF && s == S_BAD && c->lenient) {
        s = next_state[c->state][C_CR];
        s = s == S_BAD ? S_BAD : next_state[s][C_LF];
    }
    return s;
}

static enum cl_chunk_result finish(struct cl_chunk *c)
{
    c->line_bytes = 0;
    if (c->left) {
        c->state = S_DATA_CR;
        return CL_CHUNK_DATA;
    }
    c->state = S_END;
    return CL_CHUNK_LAST;
}

void cl_http_chunk_init(struct cl_chunk *c, enum cl_strictness how,
                        uint32_t limit)
{
    *c = (struct cl_chunk){ .limit = limit, .state = S_FIRST,
                            .lenient = how == CL_UNSAFE };
}

enum cl_chunk_result cl_http_chunk_parse(struct cl_chunk *c, const char *buf,
                                         apr_size_t len, apr_size_t *used)
{
    const char *p = buf, *end = buf + len;

    while (p < end && c->state < S_END) {
        enum state s = step(c, class_of((unsigned char)*p));

        if (s == S_BAD) {
            c->state = S_BAD;
            break;
        }
        if (s == S_FIRST) {
            c->left = 0;
        }
        else if (s == S_SIZE && !add_digit(c, *p)) {
            c->state = S_BAD;
            *used = p - buf;
            return CL_CHUNK_TOO_BIG;
        }
        p++;
        c->state = (uint8_t)s;
        if (++c->line_bytes > c->limit) {
            c->state = S_BAD;
            *used = p - buf;
            return CL_CHUNK_TOO_LONG;
        }
        if (s == S_END) {
            *used = p - buf;
            return finish(c);
        }
    }
    *used = p - buf;
    return c->state >= S_END ? CL_CHUNK_BAD : CL_CHUNK_MORE;
}
