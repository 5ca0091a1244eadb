/* SPDX-License-Identifier: Apache-2.0 */
/* magic_text.c -- types that rules cannot say: archives by their checksum,
 * HTML and plain text by what bytes occur. */
#include "mime_magic.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"
#include "http_log.h"

APLOG_USE_MODULE(mime_magic);

#define TAR_BLOCK 512
#define TAR_CHECKSUM 148            /* its place; 8 octal characters */

/* A tar header is known by the sum of its bytes, taken with blanks in place
 * of the sum itself (POSIX pax). */
static bool is_tar(const unsigned char *bytes, size_t length)
{
    long sum = 0, stated = 0;
    int digits = 0;

    if (length < TAR_BLOCK) {
        return false;
    }
    for (int i = 0; i < TAR_BLOCK; i++) {
        bool inside = i >= TAR_CHECKSUM && i < TAR_CHECKSUM + 8;

        sum += inside ? ' ' : bytes[i];
        if (inside && bytes[i] >= '0' && bytes[i] <= '7') {
            stated = stated * 8 + bytes[i] - '0';
            digits++;
        }
    }
    return digits > 0 && sum == stated;
}

/* Printable in some ASCII-based charset, or white space. */
static bool is_text(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = bytes[i];

        if (c < ' ' && strchr("\b\t\n\v\f\r\033", c) == NULL) {
            return false;
        }
        if (c == '\0' || c == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool is_html(const unsigned char *bytes, size_t length)
{
    static const char *const tags[] = { "<!doctype html", "<html", "<head",
        "<title", "<body", "<h1", "<!--" };
    size_t at = 0;

    while (at < length && apr_isspace(bytes[at])) {
        at++;
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i]);

        if (length - at >= n
            && ap_cstr_casecmpn((const char *)bytes + at, tags[i], n) == 0) {
            return true;
        }
    }
    return false;
}

const char *magic_guess(const unsigned char *bytes, size_t length)
{
    if (length == 0) {
        return NULL;
    }
    if (is_tar(bytes, length)) {
        return "application/x-tar";
    }
    if (!is_text(bytes, length)) {
        return NULL;
    }
    return is_html(bytes, length) ? "text/html" : "text/plain";
}
