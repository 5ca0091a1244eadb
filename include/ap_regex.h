/* SPDX-License-Identifier: Apache-2.0 */
/* ap_regex.h -- regular expressions: POSIX-like calls over PCRE2
 *
 * A compiled expression is constant; any number of threads may match it.
 */
#ifndef CLEAT_AP_REGEX_H
#define CLEAT_AP_REGEX_H

#include <apr.h>
#include <apr_pools.h>
#include <apr_tables.h>
#include "ap_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_regex_t ap_regex_t;
typedef struct ap_regmatch_t ap_regmatch_t;
typedef struct ap_rxplus_t ap_rxplus_t;

/* ---- Flags --------------------------------------------------------------- */

/* For compiling (cflags) or matching (eflags). */
#define AP_REG_ICASE 1                  /* case does not count */
/*  and $ at each line */
#define AP_REG_NEWLINE 2
#define AP_REG_NOTBOL 4                 /* eflags: ^ does not match the start */
#define AP_REG_NOTEOL 8                 /* eflags: $ does not match the end */
#define AP_REG_MULTI 16                 /* of rxplus: "g", replace all */
#define AP_REG_NOMEM 0x20               /* of rxplus: "m" without groups */
#define AP_REG_DOTALL 0x40              /* . matches line ends */
#define AP_REG_DOLLAR_ENDONLY 0x200     /* $ only at the very end */
#define AP_REG_NO_DEFAULT 0x400         /* leave the defaults out */
/* RegexDefaultOptions where it is not configured */
#define AP_REG_DEFAULT (AP_REG_DOTALL | AP_REG_DOLLAR_ENDONLY)

/* Of POSIX; no effect. */
#define AP_REG_EXTENDED 0
#define AP_REG_NOSUB 0

/* Prefix for variables made of named groups. */
#define AP_REG_MATCH "MATCH_"

/* Flags that every pattern gets; change them while the configuration is read
 * only. By name of RegexDefaultOptions, 0: no such name. */
AP_DECLARE(int) ap_regcomp_get_default_cflags(void);
AP_DECLARE(void) ap_regcomp_set_default_cflags(int cflags);
AP_DECLARE(int) ap_regcomp_default_cflag_by_name(const char *name);

/* ---- Compiling and matching ---------------------------------------------- */

/* A compiled pattern. */
struct ap_regex_t {
    void *re_pcre;              /* PCRE2's code */
    int re_nsub;                /* groups, $0 not counted */
    apr_size_t re_erroffset;    /* where an error is; -1: nowhere */
};

/* A group: bytes from rm_so up to rm_eo; -1: took no part. */
struct ap_regmatch_t {
    int rm_so;          /* first byte */
    int rm_eo;          /* behind the last */
};

/* Results that are not 0, the success. */
enum {
    AP_REG_ASSERT = 1,  /* internal error */
    AP_REG_ESPACE = 2,  /* out of memory */
    AP_REG_INVARG = 3,  /* bad pattern or argument */
    AP_REG_NOMATCH = 4  /* does not match */
};

/* Compiles into preg, 0 or AP_REG_*; frees what it holds. ap_pregcomp() does
 * both with a pool. */
AP_DECLARE(int) ap_regcomp(ap_regex_t *preg, const char *regex, int cflags);
AP_DECLARE(void) ap_regfree(ap_regex_t *preg);

/* Matches a string, or len bytes; fills nmatch groups. 0 or AP_REG_*. */
AP_DECLARE(int) ap_regexec(const ap_regex_t *preg, const char *string,
    apr_size_t nmatch, ap_regmatch_t *pmatch, int eflags);
AP_DECLARE(int) ap_regexec_len(const ap_regex_t *preg, const char *buff,
    apr_size_t len, apr_size_t nmatch, ap_regmatch_t *pmatch, int eflags);

/* Text for an error; returns the size it needs. */
AP_DECLARE(apr_size_t) ap_regerror(int errcode, const ap_regex_t *preg,
    char *errbuf, apr_size_t errbuf_size);

/* Names of groups into an array of char *, by number (NULL: none), with prefix,
 * upper: in upper case. How many. */
AP_DECLARE(int) ap_regname(const ap_regex_t *preg, apr_array_header_t *names,
    const char *prefix, int upper);

/* which of ap_pcre_version_string(). */
enum {
    AP_REG_PCRE_COMPILED = 0,   /* the headers' */
    AP_REG_PCRE_LOADED = 1      /* the library's */
};

/* PCRE2's version; static. */
AP_DECLARE(const char *) ap_pcre_version_string(int which);

/* ---- Perl's notation: s/from/to/flags, m/x/, /x/ ------------------------- */

/* One such; not constant: matching changes it, so one thread at a time. */
struct ap_rxplus_t {
    ap_regex_t rx;              /* the pattern */
    apr_uint32_t flags;         /* AP_REG_* */
    const char *subs;           /* replacement, NULL: only match */
    const char *match;          /* string matched last, NULL: none */
    /* groups of that match */
    apr_size_t nmatch;
    ap_regmatch_t *pmatch;
};

/* NULL when it is wrong; lives in pool. */
AP_DECLARE(ap_rxplus_t *) ap_rxplus_compile(apr_pool_t *pool,
    const char *pattern);

/* How often it matched; with a replacement, *newpattern is the result in
 * pool. */
AP_DECLARE(int) ap_rxplus_exec(apr_pool_t *pool, ap_rxplus_t *rx,
    const char *pattern, char **newpattern);

/* Groups of the last match: how many; one (not ended by NUL); one as a copy. */
#define ap_rxplus_nmatch(rx) ((rx)->match != NULL ? (rx)->nmatch : 0)
AP_DECLARE(void) ap_rxplus_match(ap_rxplus_t *rx, int n, int *len,
    const char **match);
AP_DECLARE(char *) ap_rxplus_pmatch(apr_pool_t *pool, ap_rxplus_t *rx, int n);

#ifdef __cplusplus
}
#endif

#endif
