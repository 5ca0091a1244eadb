/* SPDX-License-Identifier: Apache-2.0 */
/* regex.c -- regular expressions: the POSIX-like calls over PCRE2.
 *
 * Patterns are compiled to machine code where PCRE2 can do that.  A match
 * needs scratch memory (groups and stacks); each thread keeps one block and
 * reuses it for all patterns, so matching neither allocates nor locks.
 * A compiled pattern is constant and may be used by all threads.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/base.h"

#include <apr_strings.h>
#include <apr_tables.h>

#include <limits.h>
#include <pcre2.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* ---- options ---- */

static int default_cflags = AP_REG_DEFAULT;     /* written while configuring */

static const struct {
    const char *name;
    int cflag;
} named_cflags[] = {
    { "ICASE", AP_REG_ICASE },
    { "EXTENDED", AP_REG_EXTENDED },
    { "DOTALL", AP_REG_DOTALL },
    { "DOLLAR_ENDONLY", AP_REG_DOLLAR_ENDONLY },
};

AP_DECLARE(int) ap_regcomp_get_default_cflags(void)
{
    return default_cflags;
}

AP_DECLARE(void) ap_regcomp_set_default_cflags(int cflags)
{
    default_cflags = cflags;
}

AP_DECLARE(int) ap_regcomp_default_cflag_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof named_cflags / sizeof *named_cflags; i++) {
        if (ap_cstr_casecmp(name, named_cflags[i].name) == 0) {
            return named_cflags[i].cflag;
        }
    }
    return 0;
}

/* One word of the directive: none, or an option; without a sign it clears
 * the others. */
static const char *apply_option(apr_pool_t *p, const char *word, int *cflags)
{
    char sign = *word == '+' || *word == '-' ? *word : '\0';
    const char *name = sign ? word + 1 : word;

    if (ap_cstr_casecmp(word, "none") == 0) {
        *cflags = 0;
        return NULL;
    }
    int cflag = ap_regcomp_default_cflag_by_name(name);
    if (!cflag) {
        return apr_psprintf(p, "RegexDefaultOptions does not know the option "
                            "\"%s\"; it takes none, ICASE, DOTALL and "
                            "DOLLAR_ENDONLY, the latter three with + or - "
                            "to keep the other options", name);
    }
    switch (sign) {
    case '+':
        *cflags |= cflag;
        break;
    case '-':
        *cflags &= ~cflag;
        break;
    default:
        *cflags = cflag;
    }
    return NULL;
}

static apr_status_t restore_defaults(void *)
{
    default_cflags = AP_REG_DEFAULT;
    return APR_SUCCESS;
}

/* Holds for the patterns after it, to the end of the configuration. */
const char *cl_set_regex_default_options(cmd_parms *cmd, void *,
                                         const char *args)
{
    const char *error = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    int cflags = default_cflags;

    while (!error && *args) {
        error = apply_option(cmd->pool, ap_getword_conf(cmd->pool, &args),
                             &cflags);
    }
    if (!error) {
        default_cflags = cflags;
        apr_pool_cleanup_register(cmd->pool, NULL, restore_defaults,
                                  apr_pool_cleanup_null);
    }
    return error;
}

/* ---- compile ---- */

AP_DECLARE(const char *) ap_pcre_version_string(int which)
{
    static char loaded[80];
    char version[80];

    if (which == AP_REG_PCRE_COMPILED) {
        return APR_STRINGIFY(PCRE2_MAJOR) "." APR_STRINGIFY(PCRE2_MINOR)
            " " APR_STRINGIFY(PCRE2_DATE);
    }
    if (which != AP_REG_PCRE_LOADED) {
        return "Unknown";
    }
    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) > (int)sizeof version) {
        return "Unknown";
    }
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    apr_cpystrn(loaded, version, sizeof loaded);
    return loaded;
}

static uint32_t compile_options(int cflags)
{
    uint32_t options = PCRE2_DUPNAMES;

    options |= cflags & AP_REG_ICASE ? PCRE2_CASELESS : 0;
    options |= cflags & AP_REG_NEWLINE ? PCRE2_MULTILINE : 0;
    options |= cflags & AP_REG_DOTALL ? PCRE2_DOTALL : 0;
    options |= cflags & AP_REG_DOLLAR_ENDONLY ? PCRE2_DOLLAR_ENDONLY : 0;
    return options;
}

AP_DECLARE(int) ap_regcomp(ap_regex_t *preg, const char *regex, int cflags)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    uint32_t groups = 0;

    if (!(cflags & AP_REG_NO_DEFAULT)) {
        cflags |= default_cflags;
    }
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
                                     compile_options(cflags), &error, &offset,
                                     NULL);
    preg->re_pcre = code;
    preg->re_erroffset = offset;
    if (!code) {
        return error == PCRE2_ERROR_HEAP_FAILED ? AP_REG_ESPACE
                                                : AP_REG_INVARG;
    }
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    preg->re_nsub = (int)groups;
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);    /* an extra: may fail */
    return 0;
}

AP_DECLARE(void) ap_regfree(ap_regex_t *preg)
{
    pcre2_code_free(preg->re_pcre);
    preg->re_pcre = NULL;
}

static apr_status_t free_regex(void *regex)
{
    ap_regfree(regex);
    return APR_SUCCESS;
}

AP_DECLARE(ap_regex_t *) ap_pregcomp(apr_pool_t *p, const char *pattern,
                                     int cflags)
{
    ap_regex_t *regex = apr_palloc(p, sizeof *regex);

    if (ap_regcomp(regex, pattern, cflags) != 0) {
        return NULL;
    }
    apr_pool_cleanup_register(p, regex, free_regex, apr_pool_cleanup_null);
    return regex;
}

AP_DECLARE(void) ap_pregfree(apr_pool_t *p, ap_regex_t *reg)
{
    apr_pool_cleanup_run(p, reg, free_regex);
}

AP_DECLARE(apr_size_t) ap_regerror(int errcode, const ap_regex_t *preg,
                                   char *errbuf, apr_size_t errbuf_size)
{
    static const char *const texts[] = {
        "", "internal error", "out of memory", "bad pattern", "no match"
    };
    const char *text = "unknown error";
    char whole[80];

    if (errcode >= 0 && (size_t)errcode < sizeof texts / sizeof *texts) {
        text = texts[errcode];
    }
    if (preg && preg->re_erroffset != (apr_size_t)-1) {
        snprintf(whole, sizeof whole, "%s at offset %d", text,
                 (int)preg->re_erroffset);
        text = whole;
    }
    if (errbuf_size > 0) {
        apr_cpystrn(errbuf, text, errbuf_size);
    }
    return strlen(text) + 1;
}

/* ---- match ---- */

/* A thread's scratch memory.  Its groups suffice for most patterns; PCRE2
 * says so when they do not, then it grows. */
#define FIRST_GROUPS 16

static _Thread_local pcre2_match_data *scratch;
static pthread_key_t scratch_key;
static pthread_once_t scratch_once = PTHREAD_ONCE_INIT;
static bool scratch_has_key;

static void free_scratch(void *data)
{
    pcre2_match_data_free(data);
    scratch = NULL;
}

static void make_scratch_key(void)
{
    scratch_has_key = pthread_key_create(&scratch_key, free_scratch) == 0;
}

/* Scratch memory for at least GROUPS groups, or NULL. */
static pcre2_match_data *get_scratch(uint32_t groups)
{
    if (scratch && pcre2_get_ovector_count(scratch) >= groups) {
        return scratch;
    }
    pthread_once(&scratch_once, make_scratch_key);
    pcre2_match_data *larger = pcre2_match_data_create(
        groups < FIRST_GROUPS ? FIRST_GROUPS : groups, NULL);
    if (!larger) {
        return NULL;
    }
    pcre2_match_data_free(scratch);
    scratch = larger;
    if (scratch_has_key) {              /* so that it ends with the thread */
        pthread_setspecific(scratch_key, scratch);
    }
    return scratch;
}

/* Groups that took no part, or that the pattern does not have, are -1. */
static void report_groups(pcre2_match_data *data, size_t found,
                          apr_size_t nmatch, ap_regmatch_t *pmatch)
{
    const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(data);

    for (apr_size_t i = 0; i < nmatch; i++) {
        bool is_set = i < found && ovector[2 * i] != PCRE2_UNSET;
        pmatch[i].rm_so = is_set ? (int)ovector[2 * i] : -1;
        pmatch[i].rm_eo = is_set ? (int)ovector[2 * i + 1] : -1;
    }
}

static int code_of_failure(int result)
{
    switch (result) {
    case PCRE2_ERROR_NOMATCH:
        return AP_REG_NOMATCH;
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
        return AP_REG_ESPACE;
    case PCRE2_ERROR_NULL:
    case PCRE2_ERROR_BADOPTION:
    case PCRE2_ERROR_BADMAGIC:
        return AP_REG_INVARG;
    default:
        return AP_REG_ASSERT;
    }
}

static int match(const ap_regex_t *preg, const char *subject, size_t length,
                 apr_size_t nmatch, ap_regmatch_t *pmatch, int eflags)
{
    uint32_t options = 0;

    options |= eflags & AP_REG_NOTBOL ? PCRE2_NOTBOL : 0;
    options |= eflags & AP_REG_NOTEOL ? PCRE2_NOTEOL : 0;
    if (length > INT_MAX) {             /* pmatch could not tell */
        return AP_REG_INVARG;
    }
    pcre2_match_data *data = get_scratch((uint32_t)preg->re_nsub + 1);
    if (!data) {
        return AP_REG_ESPACE;
    }
    int result = pcre2_match(preg->re_pcre, (PCRE2_SPTR)subject, length, 0,
                             options, data, NULL);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT) {     /* the slow way has more */
        result = pcre2_match(preg->re_pcre, (PCRE2_SPTR)subject, length, 0,
                             options | PCRE2_NO_JIT, data, NULL);
    }
    if (result < 0) {
        return code_of_failure(result);
    }
    if (pmatch) {
        report_groups(data, (size_t)result, nmatch, pmatch);
    }
    return 0;
}

AP_DECLARE(int) ap_regexec_len(const ap_regex_t *preg, const char *buff,
                               apr_size_t len, apr_size_t nmatch,
                               ap_regmatch_t *pmatch, int eflags)
{
    return match(preg, buff, len, nmatch, pmatch, eflags);
}

AP_DECLARE(int) ap_regexec(const ap_regex_t *preg, const char *string,
                           apr_size_t nmatch, ap_regmatch_t *pmatch,
                           int eflags)
{
    return match(preg, string, strlen(string), nmatch, pmatch, eflags);
}

/* ---- names of groups ---- */

/* Put the name of group N at index N of NAMES, with PREFIX before it and in
 * upper case if so wished; unnamed groups stay NULL.  Returns how many. */
AP_DECLARE(int) ap_regname(const ap_regex_t *preg, apr_array_header_t *names,
                           const char *prefix, int upper)
{
    uint32_t count = 0;
    uint32_t entry_size = 0;
    PCRE2_SPTR entry = NULL;

    pcre2_pattern_info(preg->re_pcre, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(preg->re_pcre, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
    pcre2_pattern_info(preg->re_pcre, PCRE2_INFO_NAMETABLE, &entry);
    for (uint32_t i = 0; i < count; i++, entry += entry_size) {
        int group = entry[0] << 8 | entry[1];   /* then the name */
        while (names->nelts <= group) {
            apr_array_push(names);              /* zeroed */
        }
        char *name = apr_pstrcat(names->pool, prefix ? prefix : "",
                                 (const char *)entry + 2, NULL);
        if (upper) {
            ap_str_toupper(name);
        }
        APR_ARRAY_IDX(names, group, char *) = name;
    }
    return (int)count;
}
