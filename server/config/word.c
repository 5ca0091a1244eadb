/* SPDX-License-Identifier: Apache-2.0 */
/* word.c -- cut the next argument off a directive's line.
 *
 * A word that begins with ' or " ends at the same mark; others end at white
 * space.  Inside, a backslash hides a backslash or the mark in use, and is an
 * ordinary character before anything else.  The second family of functions
 * also takes {words in braces}, which nest and hide nothing.
 */
#include "config/config.h"

#include <apr_lib.h>

enum braces { BRACES_ARE_TEXT, BRACES_QUOTE };

static const char *skip_space(const char *at)
{
    while (apr_isspace(*at)) {
        ++at;
    }
    return at;
}

/* mark is '\0' for words without quotes. */
static char *copy_word(apr_pool_t *p, const char *from, const char *end,
                       char mark)
{
    char *word = apr_palloc(p, end - from + 1);
    char *to = word;

    while (from < end) {
        if (*from == '\\' && from + 1 < end
            && (from[1] == '\\' || (mark != '\0' && from[1] == mark))) {
            ++from;
        }
        *to++ = *from++;
    }
    *to = '\0';
    return word;
}

static const char *find_mark(const char *at, char mark)
{
    while (*at != '\0' && *at != mark) {
        at += at[0] == '\\' && (at[1] == mark || at[1] == '\\') ? 2 : 1;
    }
    return at;
}

static const char *find_brace(const char *at)
{
    for (int depth = 1; *at != '\0'; ++at) {
        if (*at == '{') {
            ++depth;
        }
        else if (*at == '}' && --depth == 0) {
            break;
        }
    }
    return at;
}

static const char *find_space(const char *at)
{
    while (*at != '\0' && !apr_isspace(*at)) {
        ++at;
    }
    return at;
}

static char *next_word(apr_pool_t *p, const char **line, enum braces braces)
{
    const char *begin = skip_space(*line);
    const char *end;
    char mark = '\0';
    char *word;

    if (*begin == '"' || *begin == '\'') {
        mark = *begin++;
        end = find_mark(begin, mark);
    }
    else if (*begin == '{' && braces == BRACES_QUOTE) {
        end = find_brace(++begin);
        *line = skip_space(*end == '}' ? end + 1 : end);
        return copy_word(p, begin, end, '\0');
    }
    else {
        end = find_space(begin);
    }
    word = copy_word(p, begin, end, mark);
    *line = skip_space(mark != '\0' && *end == mark ? end + 1 : end);
    return word;
}

AP_DECLARE(char *) ap_getword_conf(apr_pool_t *p, const char **line)
{
    return next_word(p, line, BRACES_ARE_TEXT);
}

AP_DECLARE(char *) ap_getword_conf_nc(apr_pool_t *p, char **line)
{
    return next_word(p, (const char **)line, BRACES_ARE_TEXT);
}

AP_DECLARE(char *) ap_getword_conf2(apr_pool_t *p, const char **line)
{
    return next_word(p, line, BRACES_QUOTE);
}

AP_DECLARE(char *) ap_getword_conf2_nc(apr_pool_t *p, char **line)
{
    return next_word(p, (const char **)line, BRACES_QUOTE);
}
