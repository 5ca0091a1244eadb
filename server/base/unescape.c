/* SPDX-License-Identifier: Apache-2.0 */
/* unescape.c -- take the %XX out of URLs and form data, in place.
 *
 * The bytes are the client's.  One loop serves all public functions; a
 * policy decides what may be decoded.  A bad escape stays as it came and is
 * reported (400); an escape for NUL, or for a slash where that is forbidden,
 * is decoded and reported as 404, so that the existence of files behind it
 * is not told.  400 wins over 404.
 */
#include "base/base.h"

#include <stdbool.h>
#include <string.h>

int cl_base_unescape_byte(const char *s)
{
    if (CL_HEX(s[1]) < 0 || CL_HEX(s[2]) < 0) {
        return -1;
    }
    return CL_HEX(s[1]) << 4 | CL_HEX(s[2]);
}

struct policy {
    unsigned keep;              /* classes of bytes that stay escaped */
    bool keep_slash;
    bool forbid_slash;
    bool plus_is_space;
};

/* Decode from the first escape on; IN is where it stands. */
static int decode(char *in, const struct policy *policy)
{
    bool bad_escape = false;
    bool bad_path = false;
    char *out = in;

    for (; *in; in++) {
        if (*in != '%') {
            *out++ = *in == '+' && policy->plus_is_space ? ' ' : *in;
            continue;
        }
        int byte = cl_base_unescape_byte(in);
        if (byte < 0) {
            bad_escape = true;
            *out++ = *in;
            continue;
        }
        if ((byte == '/' && policy->keep_slash)
            || CL_CHAR_IS(byte, policy->keep)) {
            *out++ = *in++;
            *out++ = *in++;
            *out++ = *in;
            continue;
        }
        bad_path |= byte == '\0' || (byte == '/' && policy->forbid_slash);
        *out++ = (char)byte;
        in += 2;
    }
    *out = '\0';
    return bad_escape ? HTTP_BAD_REQUEST : bad_path ? HTTP_NOT_FOUND : OK;
}

AP_DECLARE(int) ap_unescape_url_ex(char *url, unsigned int flags)
{
    struct policy policy = {
        .keep = flags & AP_UNESCAPE_URL_KEEP_UNRESERVED
            ? CL_CHAR_UNRESERVED : 0,
        .forbid_slash = flags & AP_UNESCAPE_URL_FORBID_SLASHES,
        .keep_slash = (flags & (AP_UNESCAPE_URL_KEEP_SLASHES
                                | AP_UNESCAPE_URL_FORBID_SLASHES))
            == AP_UNESCAPE_URL_KEEP_SLASHES
    };
    char *first = strchr(url, '%');

    return first ? decode(first, &policy) : OK;
}

AP_DECLARE(int) ap_unescape_url(char *url)
{
    return ap_unescape_url_ex(url, AP_UNESCAPE_URL_FORBID_SLASHES);
}

AP_DECLARE(int) ap_unescape_url_keep2f(char *url, int decode_slashes)
{
    return ap_unescape_url_ex(url,
        decode_slashes ? 0 : AP_UNESCAPE_URL_KEEP_SLASHES);
}

AP_DECLARE(int) ap_unescape_all(char *url)
{
    return ap_unescape_url_ex(url, 0);
}

AP_DECLARE(int) ap_unescape_urlencoded(char *query)
{
    static const struct policy form = { .plus_is_space = true };
    char *first = query ? strpbrk(query, "%+") : NULL;

    return first ? decode(first, &form) : OK;
}
