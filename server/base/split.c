/* SPDX-License-Identifier: Apache-2.0 */
/* split.c -- take a line apart at a character or at white space.
 *
 * Each function returns a copy of what stands before the separator and moves
 * the caller's pointer behind it.  No quoting here: words of configuration
 * files are config/word.c, lists in header fields are token.c.
 */
#include "base/base.h"

#include <apr_strings.h>

#include <string.h>

/* Copy up to END, go on at NEXT. */
static char *cut(apr_pool_t *p, const char **line, const char *end,
                 const char *next)
{
    char *word = apr_pstrmemdup(p, *line, (size_t)(end - *line));

    *line = next;
    return word;
}

/* A run of separators counts as one. */
AP_DECLARE(char *) ap_getword(apr_pool_t *p, const char **line, char stop)
{
    const char *end = strchrnul(*line, stop);
    const char *next = end;

    while (stop && *next == stop) {
        next++;
    }
    return cut(p, line, end, next);
}

/* Two separators have an empty word between them. */
AP_DECLARE(char *) ap_getword_nulls(apr_pool_t *p, const char **line,
                                    char stop)
{
    const char *end = strchrnul(*line, stop);

    return cut(p, line, end, *end ? end + 1 : end);
}

AP_DECLARE(char *) ap_getword_white(apr_pool_t *p, const char **line)
{
    const char *end = *line;

    while (*end && !CL_CHAR_IS(*end, CL_CHAR_SPACE)) {
        end++;
    }
    const char *next = end;
    while (CL_CHAR_IS(*next, CL_CHAR_SPACE)) {
        next++;
    }
    return cut(p, line, end, next);
}

AP_DECLARE(char *) ap_getword_nc(apr_pool_t *p, char **line, char stop)
{
    return ap_getword(p, (const char **)line, stop);
}

AP_DECLARE(char *) ap_getword_nulls_nc(apr_pool_t *p, char **line, char stop)
{
    return ap_getword_nulls(p, (const char **)line, stop);
}

AP_DECLARE(char *) ap_getword_white_nc(apr_pool_t *p, char **line)
{
    return ap_getword_white(p, (const char **)line);
}
