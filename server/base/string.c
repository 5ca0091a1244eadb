/* SPDX-License-Identifier: Apache-2.0 */
/* string.c -- small string helpers: search, compare, change case, numbers.
 *
 * Everything here means ASCII and ignores the locale.  Also memory from the
 * C heap that ends the process instead of returning NULL.
 */
#include "base/base.h"

#include "http_main.h"

#include <apr_strings.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- search ---- */

AP_DECLARE(int) ap_ind(const char *str, char c)
{
    const char *found = strchr(str, c);

    return found ? (int)(found - str) : -1;
}

AP_DECLARE(int) ap_rind(const char *str, char c)
{
    const char *found = strrchr(str, c);

    return found ? (int)(found - str) : -1;
}

AP_DECLARE(char *) ap_strcasestr(const char *s1, const char *s2)
{
    if (!*s2) {
        return (char *)s1;
    }
    size_t length = strlen(s2);
    unsigned char first = CL_LOWER(*s2);
    for (; *s1; s1++) {
        if (CL_LOWER(*s1) == first
            && ap_cstr_casecmpn(s1 + 1, s2 + 1, length - 1) == 0) {
            return (char *)s1;
        }
    }
    return NULL;
}

AP_DECLARE(const char *) ap_stripprefix(const char *bigstring,
                                        const char *prefix)
{
    size_t length = strlen(prefix);

    return strncmp(bigstring, prefix, length) == 0 ? bigstring + length
                                                   : bigstring;
}

AP_DECLARE(int) ap_array_str_index(const apr_array_header_t *array,
                                   const char *s, int start)
{
    for (int i = start; start >= 0 && i < array->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(array, i, const char *), s) == 0) {
            return i;
        }
    }
    return -1;
}

AP_DECLARE(int) ap_array_str_contains(const apr_array_header_t *array,
                                      const char *s)
{
    return ap_array_str_index(array, s, 0) >= 0;
}

/* ---- compare ---- */

AP_DECLARE(int) ap_cstr_casecmp(const char *s1, const char *s2)
{
    for (;; s1++, s2++) {
        int difference = CL_LOWER(*s1) - CL_LOWER(*s2);
        if (difference || !*s1) {
            return difference;
        }
    }
}

AP_DECLARE(int) ap_cstr_casecmpn(const char *s1, const char *s2, apr_size_t n)
{
    for (; n; n--, s1++, s2++) {
        int difference = CL_LOWER(*s1) - CL_LOWER(*s2);
        if (difference || !*s1) {
            return difference;
        }
    }
    return 0;
}

/* The time the next three take says nothing about where a secret differs:
 * the loops run over the length of the caller's string, whatever they see. */

AP_DECLARE(int) ap_memeq_timingsafe(const void *buf1, const void *buf2,
                                    apr_size_t n)
{
    const volatile unsigned char *a = buf1;
    const volatile unsigned char *b = buf2;
    unsigned char difference = 0;

    for (apr_size_t i = 0; i < n; i++) {
        difference |= a[i] ^ b[i];
    }
    return difference == 0;
}

AP_DECLARE(int) ap_strneq_timingsafe(const char *sec1, const char *str2,
                                     apr_size_t n)
{
    const volatile char *secret = sec1;
    unsigned char difference = 0;

    for (apr_size_t i = 0; i < n; i++) {
        difference |= (unsigned char)(*secret ^ str2[i]);
        secret += *secret != '\0';      /* stay on the end of the secret */
        if (!str2[i]) {
            break;
        }
    }
    return difference == 0;
}

AP_DECLARE(int) ap_streq_timingsafe(const char *sec1, const char *str2)
{
    return ap_strneq_timingsafe(sec1, str2, strlen(str2) + 1);
}

/* ---- change case ---- */

AP_DECLARE(void) ap_str_tolower(char *s)
{
    for (; *s; s++) {
        *s = (char)CL_LOWER(*s);
    }
}

AP_DECLARE(void) ap_str_toupper(char *s)
{
    for (; *s; s++) {
        if (*s >= 'a' && *s <= 'z') {
            *s -= 'a' - 'A';
        }
    }
}

/* A media type is case-insensitive, its parameters may be not. */
AP_DECLARE(void) ap_content_type_tolower(char *s)
{
    for (; *s && *s != ';'; s++) {
        *s = (char)CL_LOWER(*s);
    }
}

/* ---- numbers ---- */

/* Digits and nothing else, and a value that fits. */
AP_DECLARE(int) ap_parse_strict_length(apr_off_t *len, const char *str)
{
    char *end;

    if (*str < '0' || *str > '9') {
        return 0;
    }
    return apr_strtoff(len, str, &end, 10) == APR_SUCCESS && *end == '\0';
}

/* ---- the heap ---- */

static void *never_null(void *memory, size_t size)
{
    if (!memory && size) {
        ap_abort_on_oom();
    }
    return memory;
}

AP_DECLARE(void *) ap_malloc(size_t size)
{
    return never_null(malloc(size), size);
}

AP_DECLARE(void *) ap_calloc(size_t nelem, size_t size)
{
    return never_null(calloc(nelem, size), nelem && size);
}

AP_DECLARE(void *) ap_realloc(void *ptr, size_t size)
{
    return never_null(realloc(ptr, size), size);
}

/* ---- function forms of macros, for binaries that were built without ---- */

#undef ap_strchr
#undef ap_strchr_c
#undef ap_strrchr
#undef ap_strrchr_c
#undef ap_strstr
#undef ap_strstr_c

AP_DECLARE(char *) ap_strchr(char *s, int c)
{
    return strchr(s, c);
}

AP_DECLARE(const char *) ap_strchr_c(const char *s, int c)
{
    return strchr(s, c);
}

AP_DECLARE(char *) ap_strrchr(char *s, int c)
{
    return strrchr(s, c);
}

AP_DECLARE(const char *) ap_strrchr_c(const char *s, int c)
{
    return strrchr(s, c);
}

AP_DECLARE(char *) ap_strstr(char *s, const char *c)
{
    return strstr(s, c);
}

AP_DECLARE(const char *) ap_strstr_c(const char *s, const char *c)
{
    return strstr(s, c);
}
