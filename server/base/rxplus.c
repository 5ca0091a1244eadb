/* SPDX-License-Identifier: Apache-2.0 */
/* rxplus.c -- Perl's notation for patterns: s/from/to/flags, m/x/, /x/.
 *
 * Any byte but a letter or digit may be the delimiter; there is no way to
 * escape it.  What is not in this notation is taken as a plain pattern.
 */
#include "base/base.h"

#include "ap_regex.h"
#include "util_varbuf.h"

#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

/* Letters that have no meaning are ignored, as ever. */
static apr_uint32_t flag_of(char letter)
{
    switch (letter) {
    case 'i':
        return AP_REG_ICASE;
    case 'm':
        return AP_REG_NEWLINE;
    case 'n':
        return AP_REG_NOMEM;            /* no groups wanted */
    case 'g':
        return AP_REG_MULTI;
    case 's':
        return AP_REG_DOTALL;
    case '^':
        return AP_REG_NOTBOL;
    case '$':
        return AP_REG_NOTEOL;
    default:
        return 0;
    }
}

static const char *closing_delimiter(const char *open)
{
    if (!*open || CL_CHAR_IS(*open, CL_CHAR_ALNUM)) {
        return NULL;
    }
    return strchr(open + 1, *open);
}

static bool compile(apr_pool_t *pool, ap_rxplus_t *rx, const char *pattern,
                    apr_uint32_t cflags)
{
    const ap_regex_t *compiled = ap_pregcomp(pool, pattern, (int)cflags);

    if (compiled) {
        rx->rx = *compiled;             /* the pool's cleanup frees the code */
    }
    return compiled != NULL;
}

AP_DECLARE(ap_rxplus_t *) ap_rxplus_compile(apr_pool_t *pool,
                                            const char *pattern)
{
    ap_rxplus_t *rx = apr_pcalloc(pool, sizeof *rx);
    const bool substitute = *pattern == 's';
    const char *open = substitute || *pattern == 'm' ? pattern + 1 : pattern;
    const char *close = closing_delimiter(open);

    if (!close) {
        return compile(pool, rx, pattern, 0) ? rx : NULL;
    }
    const char *end = close;
    if (substitute) {
        end = strchr(close + 1, *open);
        if (!end) {
            return NULL;
        }
        rx->subs = apr_pstrmemdup(pool, close + 1,
                                  (apr_size_t)(end - close) - 1);
    }
    /* Only the safer meaning of $ is taken from the defaults: the letters
     * say the rest. */
    rx->flags = (apr_uint32_t)ap_regcomp_get_default_cflags()
        & AP_REG_DOLLAR_ENDONLY;
    for (const char *letter = end + 1; *letter; letter++) {
        rx->flags |= flag_of(*letter);
    }
    if (!compile(pool, rx,
                 apr_pstrmemdup(pool, open + 1, (apr_size_t)(close - open) - 1),
                 rx->flags | AP_REG_NO_DEFAULT)) {
        return NULL;
    }
    if (!(rx->flags & AP_REG_NOMEM)) {
        rx->nmatch = (apr_size_t)rx->rx.re_nsub + 1;
        rx->pmatch = apr_pcalloc(pool, rx->nmatch * sizeof *rx->pmatch);
    }
    return rx;
}

static bool matches(ap_rxplus_t *rx, const char *subject, size_t groups,
                    ap_regmatch_t *group)
{
    return ap_regexec(&rx->rx, subject, groups, group,
                      (int)(rx->flags & (AP_REG_NOTBOL | AP_REG_NOTEOL))) == 0;
}

/* Put at least one byte of SUBJECT behind us, or the next match would be the
 * same empty one. */
static size_t consumed(struct ap_varbuf *result, const char *subject,
                       const ap_regmatch_t *whole)
{
    size_t end = (size_t)whole->rm_eo;

    if (whole->rm_eo == whole->rm_so && subject[end]) {
        ap_varbuf_strmemcat(result, subject + end, 1);
        end++;
    }
    return end;
}

/* Every match is looked for in what the one before left over, as in a new
 * string. */
static int substitute(apr_pool_t *pool, ap_rxplus_t *rx, const char *subject,
                      char **result)
{
    struct ap_varbuf text;
    ap_regmatch_t own_group;
    ap_regmatch_t *group = rx->nmatch ? rx->pmatch : &own_group;
    size_t groups = rx->nmatch ? rx->nmatch : 1;
    int count = 0;

    ap_varbuf_init(pool, &text, 0);
    while ((count == 0 || (rx->flags & AP_REG_MULTI))
           && matches(rx, subject, groups, group)) {
        rx->match = subject;
        count++;
        ap_varbuf_strmemcat(&text, subject, group[0].rm_so);
        ap_varbuf_regsub(&text, rx->subs, subject, groups, group, 0);
        if (!(rx->flags & AP_REG_MULTI)) {
            subject += group[0].rm_eo;
            break;
        }
        size_t taken = consumed(&text, subject, group);
        subject += taken;
        rx->match = NULL;               /* overwritten by the next attempt */
        if (taken == 0 || !*subject) {
            break;
        }
    }
    if (count) {
        *result = ap_varbuf_pdup(pool, &text, NULL, 0, subject,
                                 strlen(subject), NULL);
    }
    ap_varbuf_free(&text);
    return count;
}

/* How often it matched; with a substitution, *NEWPATTERN is the result when
 * that is not zero. */
AP_DECLARE(int) ap_rxplus_exec(apr_pool_t *pool, ap_rxplus_t *rx,
                               const char *pattern, char **newpattern)
{
    rx->match = NULL;
    if (rx->subs) {
        return substitute(pool, rx, pattern, newpattern);
    }
    if (!matches(rx, pattern, rx->nmatch, rx->pmatch)) {
        return 0;
    }
    rx->match = pattern;
    return 1;
}

AP_DECLARE(void) ap_rxplus_match(ap_rxplus_t *rx, int n, int *len,
                                 const char **match)
{
    if (!rx->match || n < 0 || (apr_size_t)n >= rx->nmatch) {
        *len = -1;
        *match = NULL;
    }
    else if (rx->pmatch[n].rm_so < 0) { /* a group that took no part */
        *len = 0;
        *match = "";
    }
    else {
        *len = rx->pmatch[n].rm_eo - rx->pmatch[n].rm_so;
        *match = rx->match + rx->pmatch[n].rm_so;
    }
}

AP_DECLARE(char *) ap_rxplus_pmatch(apr_pool_t *pool, ap_rxplus_t *rx, int n)
{
    int length;
    const char *start;

    ap_rxplus_match(rx, n, &length, &start);
    return start ? apr_pstrmemdup(pool, start, (apr_size_t)length) : NULL;
}
