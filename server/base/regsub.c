/* SPDX-License-Identifier: Apache-2.0 */
/* regsub.c -- put the groups of a match into a replacement text.
 *
 * In the text $0 to $9 stand for groups and a backslash makes the next byte
 * plain; all else stands for itself.  Without a match (no groups given) the
 * text is taken as it is.  The result is measured first, so that a limit
 * (which keeps SSI and mod_substitute from exploding) costs nothing.
 */
#include "base/base.h"

#include "util_varbuf.h"

#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

struct match {
    const char *subject;
    apr_size_t groups;
    const ap_regmatch_t *group;
};

/* What the text begins with. */
struct piece {
    const char *start;
    size_t length;
    size_t used;                /* bytes of the text */
};

static bool is_group(const char *text)
{
    return text[0] == '$' && text[1] >= '0' && text[1] <= '9';
}

static struct piece group_piece(const struct match *match, size_t n)
{
    struct piece piece = { .start = "", .used = 2 };

    if (n < match->groups
        && match->group[n].rm_so >= 0
        && match->group[n].rm_eo >= match->group[n].rm_so) {
        piece.start = match->subject + match->group[n].rm_so;
        piece.length = (size_t)(match->group[n].rm_eo
                                - match->group[n].rm_so);
    }
    return piece;
}

static struct piece next_piece(const char *text, const struct match *match)
{
    if (is_group(text)) {
        return group_piece(match, (size_t)(text[1] - '0'));
    }
    if (text[0] == '\\' && text[1]) {
        return (struct piece){ .start = text + 1, .length = 1, .used = 2 };
    }
    size_t plain = 1;
    while (text[plain] && text[plain] != '\\' && !is_group(text + plain)) {
        plain++;
    }
    return (struct piece){ .start = text, .length = plain, .used = plain };
}

/* The length of the result; with OUT, also the result. */
static size_t expand(const char *text, const struct match *match, char *out)
{
    size_t length = 0;

    while (*text) {
        struct piece piece = next_piece(text, match);
        if (out) {
            memcpy(out + length, piece.start, piece.length);
        }
        length += piece.length;
        text += piece.used;
    }
    return length;
}

static size_t measure(const char *text, const struct match *match)
{
    return match->groups ? expand(text, match, NULL) : strlen(text);
}

static void fill(char *out, const char *text, const struct match *match,
                 size_t length)
{
    if (match->groups) {
        expand(text, match, out);
    }
    else {
        memcpy(out, text, length);
    }
    out[length] = '\0';
}

AP_DECLARE(apr_status_t) ap_pregsub_ex(apr_pool_t *p, char **result,
    const char *input, const char *source, apr_size_t nmatch,
    ap_regmatch_t pmatch[], apr_size_t maxlen)
{
    struct match match = { source, pmatch ? nmatch : 0, pmatch };
    size_t length = measure(input, &match);

    *result = NULL;
    if (maxlen && length >= maxlen) {
        return APR_ENOMEM;
    }
    *result = apr_palloc(p, length + 1);
    fill(*result, input, &match, length);
    return APR_SUCCESS;
}

AP_DECLARE(char *) ap_pregsub(apr_pool_t *p, const char *input,
                              const char *source, apr_size_t nmatch,
                              ap_regmatch_t pmatch[])
{
    char *result;

    ap_pregsub_ex(p, &result, input, source, nmatch, pmatch, 0);
    return result;
}

/* Appends to VB. */
AP_DECLARE(apr_status_t) ap_varbuf_regsub(struct ap_varbuf *vb,
    const char *input, const char *source, apr_size_t nmatch,
    ap_regmatch_t pmatch[], apr_size_t maxlen)
{
    struct match match = { source, pmatch ? nmatch : 0, pmatch };
    size_t length = measure(input, &match);

    if (maxlen && length >= maxlen) {
        return APR_ENOMEM;
    }
    if (vb->strlen == (apr_size_t)AP_VARBUF_UNKNOWN) {
        vb->strlen = strlen(vb->buf);
    }
    ap_varbuf_grow(vb, vb->strlen + length);
    fill(vb->buf + vb->strlen, input, &match, length);
    vb->strlen += length;
    return APR_SUCCESS;
}
