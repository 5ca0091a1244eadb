/* SPDX-License-Identifier: Apache-2.0 */
/* token.c -- tokens and comma separated lists of header fields.
 *
 * RFC 9110 section 5.6.  The scanners return where a kind of text ends.  The
 * list functions share one idea of an item: it ends at a comma that is not
 * in a quoted string, not in a comment and not behind a backslash.  Input
 * comes from clients and may end anywhere.
 */
#include "base/base.h"

#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *s)
{
    while (is_blank(*s)) {
        s++;
    }
    return s;
}

static const char *skip_space_and_commas(const char *s)
{
    while (CL_CHAR_IS(*s, CL_CHAR_SPACE) || *s == ',') {
        s++;
    }
    return s;
}

/* ---- scanners ---- */

static const char *skip_class(const char *s, unsigned mask)
{
    while (CL_CHAR_IS(*s, mask)) {
        s++;
    }
    return s;
}

AP_DECLARE(const char *) ap_scan_http_token(const char *ptr)
{
    return skip_class(ptr, CL_CHAR_TOKEN);
}

AP_DECLARE(const char *) ap_scan_http_field_content(const char *ptr)
{
    return skip_class(ptr, CL_CHAR_FIELD);
}

AP_DECLARE(const char *) ap_scan_vchar_obstext(const char *ptr)
{
    return skip_class(ptr, CL_CHAR_VISIBLE);
}

/* ---- one value ---- */

AP_DECLARE(char *) ap_field_noparam(apr_pool_t *p, const char *intype)
{
    if (!intype) {
        return NULL;
    }
    const char *end = strchrnul(intype, ';');
    while (*end && end > intype && CL_CHAR_IS(end[-1], CL_CHAR_SPACE)) {
        end--;
    }
    return apr_pstrmemdup(p, intype, (size_t)(end - intype));
}

/* One piece of an Accept-like field.  A quoted string hides the separators;
 * a backslash in it does not hide the closing quote. */
AP_DECLARE(char *) ap_get_token(apr_pool_t *p, const char **accept_line,
                                int accept_white)
{
    const char *start = skip_class(*accept_line, CL_CHAR_SPACE);
    const char *end = start;
    bool quoted = false;

    for (; *end; end++) {
        if (*end == '"') {
            quoted = !quoted;
        }
        else if (quoted) {
            continue;
        }
        else if (*end == ',' || *end == ';'
                 || (!accept_white && CL_CHAR_IS(*end, CL_CHAR_SPACE))) {
            break;
        }
    }
    *accept_line = skip_class(end, CL_CHAR_SPACE);
    return apr_pstrmemdup(p, start, (size_t)(end - start));
}

/* ---- lists ---- */

/* Where we are in an item: quoted strings and nested comments. */
struct item_state {
    bool quoted;
    int comments;
};

static bool is_open(const struct item_state *state)
{
    return state->quoted || state->comments > 0;
}

static void note_byte(struct item_state *state, char c)
{
    if (c == '"' && state->comments == 0) {
        state->quoted = !state->quoted;
    }
    else if (c == '(' && !state->quoted) {
        state->comments++;
    }
    else if (c == ')' && !state->quoted && state->comments > 0) {
        state->comments--;
    }
}

static const char *item_end(const char *s)
{
    struct item_state state = { 0 };

    for (; *s; s++) {
        if (*s == '\\' && s[1]) {
            s++;
        }
        else if (*s == ',' && !is_open(&state)) {
            break;
        }
        else {
            note_byte(&state, *s);
        }
    }
    return s;
}

AP_DECLARE(const char *) ap_size_list_item(const char **field, int *len)
{
    const char *start = skip_space_and_commas(*field);
    const char *end = item_end(start);

    *len = (int)(end - start);
    *field = skip_space_and_commas(end);
    return *start ? start : NULL;
}

/* The canonical form of an item: lower case, no blanks at the ends and
 * around separators, other runs of blanks as one space; quoted strings and
 * comments as they are.  OUT has room for END - S bytes. */
static char *put_canonical(char *out, const char *s, const char *end)
{
    struct item_state state = { 0 };
    bool space = false;                 /* blanks seen, not yet written */
    bool joined = true;                 /* no space wanted before the next */

    for (; s < end; s++) {
        if (!is_open(&state) && is_blank(*s)) {
            space = !joined;
            continue;
        }
        bool escape = *s == '\\' && s + 1 < end;
        bool separator = !is_open(&state) && strchr(";=/,", *s);
        if (space && !separator && *s != ')') {
            *out++ = ' ';
        }
        space = false;
        joined = separator;
        *out++ = is_open(&state) ? *s : (char)CL_LOWER(*s);
        if (escape) {
            *out++ = *++s;
        }
        else {
            note_byte(&state, *s);
        }
    }
    *out = '\0';
    return out;
}

AP_DECLARE(char *) ap_get_list_item(apr_pool_t *p, const char **field)
{
    int length;
    const char *item = ap_size_list_item(field, &length);

    if (!item) {
        return NULL;
    }
    char *copy = apr_palloc(p, (apr_size_t)length + 1);
    put_canonical(copy, item, item + length);
    return copy;
}

/* Items that are equal apart from the case of what is not quoted. */
static bool same_item(const char *a, const char *b)
{
    struct item_state state = { 0 };

    for (; *a && *b; a++, b++) {
        if (is_open(&state) ? *a != *b : CL_LOWER(*a) != CL_LOWER(*b)) {
            return false;
        }
        if (*a == '\\' && a[1] && a[1] == b[1]) {
            a++;
            b++;
        }
        else {
            note_byte(&state, *a);
        }
    }
    return *a == *b;
}

AP_DECLARE(int) ap_find_list_item(apr_pool_t *p, const char *line,
                                  const char *tok)
{
    char *item;

    if (!line || !tok) {
        return 0;
    }
    while ((item = ap_get_list_item(p, &line))) {
        if (same_item(item, tok)) {
            return 1;
        }
    }
    return 0;
}

/* ---- entity tags, RFC 9110 section 8.8.3 ---- */

enum etag_compare { ETAG_STRONG, ETAG_WEAK };

static bool is_weak(const char *tag)
{
    return tag[0] == 'W' && tag[1] == '/';
}

/* Behind the opaque tag at S.  It has no escapes: a quote ends it. */
static const char *opaque_end(const char *s)
{
    const char *end = strchrnul(s + 1, '"');
    return *end ? end + 1 : end;
}

/* What is not an entity tag makes the rest of the line worthless. */
static int find_etag(const char *line, const char *tok, enum etag_compare how)
{
    if (!line || !tok) {
        return 0;
    }
    if (how == ETAG_WEAK && is_weak(tok)) {
        tok += 2;
    }
    size_t wanted = strlen(tok);
    for (;;) {
        line = skip_space_and_commas(line);
        const bool weak = is_weak(line);
        const char *opaque = weak ? line + 2 : line;
        if (*opaque != '"') {
            return 0;
        }
        line = opaque_end(opaque);
        bool equal = (size_t)(line - opaque) == wanted
            && memcmp(opaque, tok, wanted) == 0;
        line = skip_class(line, CL_CHAR_SPACE);
        if (*line && *line != ',') {
            return 0;
        }
        if (equal && (how == ETAG_WEAK || !weak)) {
            return 1;
        }
    }
}

AP_DECLARE(int) ap_find_etag_strong(apr_pool_t *, const char *line,
                                    const char *tok)
{
    return find_etag(line, tok, ETAG_STRONG);
}

AP_DECLARE(int) ap_find_etag_weak(apr_pool_t *, const char *line,
                                  const char *tok)
{
    return find_etag(line, tok, ETAG_WEAK);
}

/* ---- tokens in a line ---- */

/* Any byte that no token may have separates tokens. */
AP_DECLARE(int) ap_find_token(apr_pool_t *, const char *line, const char *tok)
{
    if (!line || !tok) {
        return 0;
    }
    size_t wanted = strlen(tok);
    while (*line) {
        const char *end = ap_scan_http_token(line);
        if (end > line && (size_t)(end - line) == wanted
            && ap_cstr_casecmpn(line, tok, wanted) == 0) {
            return 1;
        }
        line = *end ? end + 1 : end;
    }
    return 0;
}

AP_DECLARE(int) ap_find_last_token(apr_pool_t *, const char *line,
                                   const char *tok)
{
    if (!line || !tok) {
        return 0;
    }
    size_t have = strlen(line);
    size_t wanted = strlen(tok);
    if (have < wanted) {
        return 0;
    }
    const char *tail = line + have - wanted;
    if (tail > line && tail[-1] != ','
        && !CL_CHAR_IS(tail[-1], CL_CHAR_SPACE)) {
        return 0;
    }
    return ap_cstr_casecmp(tail, tok) == 0;
}

/* RFC 9112 section 6.1: chunked has to be the last transfer coding. */
AP_DECLARE(int) ap_is_chunked(apr_pool_t *, const char *line)
{
    if (!line) {
        return 0;
    }
    const char *comma = strrchr(line, ',');
    const char *last = comma ? skip_class(comma + 1, CL_CHAR_SPACE) : line;
    return ap_cstr_casecmp(last, "chunked") == 0;
}

/* ---- 1#token, strictly ---- */

static void add_token(apr_pool_t *p, apr_array_header_t **tokens,
                      const char *start, const char *end)
{
    if (start == end) {
        return;
    }
    if (!*tokens) {
        *tokens = apr_array_make(p, 4, sizeof(char *));
    }
    APR_ARRAY_PUSH(*tokens, char *) =
        apr_pstrmemdup(p, start, (size_t)(end - start));
}

/* NULL, or a sentence about what is wrong with the list; the tokens before
 * that are in the array.  With SKIP_INVALID an item with a byte that does
 * not belong there is left out instead. */
AP_DECLARE(const char *) ap_parse_token_list_strict(apr_pool_t *p,
    const char *tok, apr_array_header_t **tokens, int skip_invalid)
{
    while (tok && *tok) {
        const char *start = skip_blanks(tok);
        const char *end = ap_scan_http_token(start);
        const char *next = skip_blanks(end);
        if (!*next || *next == ',') {
            add_token(p, tokens, start, end);
            tok = *next ? next + 1 : next;
        }
        else if (CL_CHAR_IS(*next, CL_CHAR_TOKEN)) {
            return "white space where a comma should separate two tokens";
        }
        else if (!skip_invalid) {
            return apr_psprintf(p, "byte '\\x%.2x', which no token may have",
                                (unsigned char)*next);
        }
        else {
            next = strchrnul(next, ',');
            tok = *next ? next + 1 : next;
        }
    }
    return NULL;
}
