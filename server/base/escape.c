/* SPDX-License-Identifier: Apache-2.0 */
/* escape.c -- make text safe for where it goes: HTML, logs, URLs, shells.
 *
 * Each escaper first counts what it has to change, with one table look-up
 * per byte, so that the common clean text costs one copy of its exact size.
 * The opposite direction is unescape.c.
 */
#include "base/base.h"

#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

static size_t count_class(const char *s, size_t length, unsigned mask)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        n += CL_CHAR_IS(s[i], mask) != 0;
    }
    return n;
}

char *cl_base_put_hex(char *out, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";

    *out++ = digits[byte >> 4];
    *out++ = digits[byte & 15];
    return out;
}

/* ---- URLs ---- */

/* Copy S to OUT; a byte without a bit of PLAIN becomes %xx. */
static char *put_percent(char *out, const char *s, unsigned plain)
{
    for (; *s; s++) {
        if (CL_CHAR_IS(*s, plain)) {
            *out++ = *s;
        }
        else {
            *out++ = '%';
            out = cl_base_put_hex(out, (unsigned char)*s);
        }
    }
    *out = '\0';
    return out;
}

static char *percent_escape(apr_pool_t *p, const char *s, unsigned plain)
{
    size_t length = strlen(s);
    size_t clean = count_class(s, length, plain);

    if (clean == length) {
        return apr_pstrmemdup(p, s, length);
    }
    char *copy = apr_palloc(p, length + 2 * (length - clean) + 1);
    put_percent(copy, s, plain);
    return copy;
}

AP_DECLARE(char *) ap_escape_path_segment(apr_pool_t *p, const char *s)
{
    return percent_escape(p, s, CL_CHAR_SEGMENT);
}

AP_DECLARE(char *) ap_escape_path_segment_buffer(char *c, const char *s)
{
    put_percent(c, s, CL_CHAR_SEGMENT);
    return c;
}

/* RFC 3986 section 4.2: the first segment of a relative reference must not
 * hold a colon, it would be read as a scheme. */
static bool looks_like_scheme(const char *path)
{
    const char *stop = strpbrk(path, "/:");
    return stop && *stop == ':';
}

AP_DECLARE(char *) ap_os_escape_path(apr_pool_t *p, const char *path,
                                     int partial)
{
    if (!partial && looks_like_scheme(path)) {
        char *copy = apr_palloc(p, 3 * strlen(path) + 3);
        copy[0] = '.';
        copy[1] = '/';
        put_percent(copy + 2, path, CL_CHAR_PATH);
        return copy;
    }
    return percent_escape(p, path, CL_CHAR_PATH);
}

AP_DECLARE(char *) ap_escape_urlencoded_buffer(char *c, const char *s)
{
    char *out = c;

    for (; *s; s++) {
        if (CL_CHAR_IS(*s, CL_CHAR_FORM)) {
            *out++ = *s;
        }
        else if (*s == ' ') {
            *out++ = '+';
        }
        else {
            *out++ = '%';
            out = cl_base_put_hex(out, (unsigned char)*s);
        }
    }
    *out = '\0';
    return c;
}

AP_DECLARE(char *) ap_escape_urlencoded(apr_pool_t *p, const char *s)
{
    size_t length = strlen(s);
    size_t clean = count_class(s, length, CL_CHAR_FORM);

    return ap_escape_urlencoded_buffer(
        apr_palloc(p, length + 2 * (length - clean) + 1), s);
}

/* ---- HTML ---- */

static const char *html_entity(char c)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    default:
        return "&quot;";
    }
}

/* The longest of the entities and of "&#255;" has six bytes. */
#define LONGEST_ENTITY 6

AP_DECLARE(char *) ap_escape_html2(apr_pool_t *p, const char *s, int toasc)
{
    size_t length = strlen(s);
    size_t special = count_class(s, length, CL_CHAR_HTML);

    for (size_t i = 0; toasc && i < length; i++) {
        special += (unsigned char)s[i] >= 0x80;
    }
    if (!special) {
        return apr_pstrmemdup(p, s, length);
    }
    char *copy = apr_palloc(p, length + special * (LONGEST_ENTITY - 1) + 1);
    char *out = copy;
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (CL_CHAR_IS(c, CL_CHAR_HTML)) {
            out = apr_cpystrn(out, html_entity(*s), LONGEST_ENTITY + 1);
        }
        else if (toasc && c >= 0x80) {
            *out++ = '&';
            *out++ = '#';
            *out++ = (char)('0' + c / 100);
            *out++ = (char)('0' + c / 10 % 10);
            *out++ = (char)('0' + c % 10);
            *out++ = ';';
        }
        else {
            *out++ = *s;
        }
    }
    *out = '\0';
    return copy;
}

/* ---- logs ---- */

/* The letter after the backslash for the bytes that have one, else 'x'. */
static char log_letter(char c)
{
    switch (c) {
    case '\b':
        return 'b';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    case '\v':
        return 'v';
    case '"':
    case '\\':
        return c;
    default:
        return 'x';
    }
}

static char *put_log_byte(char *out, char c)
{
    char letter = log_letter(c);

    *out++ = '\\';
    *out++ = letter;
    return letter == 'x' ? cl_base_put_hex(out, (unsigned char)c) : out;
}

AP_DECLARE(char *) ap_escape_logitem(apr_pool_t *p, const char *str)
{
    if (!str) {
        return NULL;
    }
    size_t length = strlen(str);
    size_t special = count_class(str, length, CL_CHAR_LOG);
    if (!special) {
        return apr_pstrmemdup(p, str, length);
    }
    char *copy = apr_palloc(p, length + 3 * special + 1);
    char *out = copy;
    for (; *str; str++) {
        if (CL_CHAR_IS(*str, CL_CHAR_LOG)) {
            out = put_log_byte(out, *str);
        }
        else {
            *out++ = *str;
        }
    }
    *out = '\0';
    return copy;
}

/* As above but a quote stays (an error line is not quoted), and what does
 * not fit whole is left out together with all that follows. */
AP_DECLARE(apr_size_t) ap_escape_errorlog_item(char *dest, const char *source,
                                               apr_size_t buflen)
{
    if (buflen == 0) {
        return 0;
    }
    char *out = dest;
    const char *end = dest + buflen - 1;
    for (; *source && out < end; source++) {
        if (!CL_CHAR_IS(*source, CL_CHAR_LOG)) {
            *out++ = *source;
            continue;
        }
        ptrdiff_t need = log_letter(*source) == 'x' ? 4 : 2;
        if (end - out < need) {
            break;
        }
        if (*source == '"') {
            *out++ = *source;
            continue;
        }
        out = put_log_byte(out, *source);
    }
    *out = '\0';
    return (apr_size_t)(out - dest);
}

/* ---- shells and quoting ---- */

AP_DECLARE(char *) ap_escape_shell_cmd(apr_pool_t *p, const char *s)
{
    size_t length = strlen(s);
    char *copy = apr_palloc(p,
        length + count_class(s, length, CL_CHAR_SHELL) + 1);
    char *out = copy;

    for (; *s; s++) {
        if (CL_CHAR_IS(*s, CL_CHAR_SHELL)) {
            *out++ = '\\';
        }
        *out++ = *s;
    }
    *out = '\0';
    return copy;
}

/* A backslash that escapes something already stays as it is. */
AP_DECLARE(char *) ap_escape_quotes(apr_pool_t *p, const char *instring)
{
    char *copy = apr_palloc(p, 2 * strlen(instring) + 1);
    char *out = copy;

    for (const char *s = instring; *s; s++) {
        if (*s == '\\' && s[1]) {
            *out++ = *s++;
        }
        else if (*s == '"') {
            *out++ = '\\';
        }
        *out++ = *s;
    }
    *out = '\0';
    return copy;
}

/* ---- bytes to letters ---- */

AP_DECLARE(void) ap_bin2hex(const void *src, apr_size_t srclen, char *dest)
{
    const unsigned char *bytes = src;

    for (apr_size_t i = 0; i < srclen; i++) {
        dest = cl_base_put_hex(dest, bytes[i]);
    }
    *dest = '\0';
}

/* Make a name that any system takes for a file: printable ASCII that is no
 * letter or digit becomes '_', all other bytes 'x'. */
AP_DECLARE(apr_status_t) ap_str2_alnum(const char *src, char *dest)
{
    for (; *src; src++, dest++) {
        unsigned char c = (unsigned char)*src;
        if (CL_CHAR_IS(c, CL_CHAR_ALNUM)) {
            *dest = *src;
        }
        else {
            *dest = c >= 0x20 && c < 0x7f ? '_' : 'x';
        }
    }
    *dest = '\0';
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_pstr2_alnum(apr_pool_t *p, const char *src,
                                        const char **dest)
{
    char *copy = apr_palloc(p, strlen(src) + 1);

    *dest = copy;
    return ap_str2_alnum(src, copy);
}
