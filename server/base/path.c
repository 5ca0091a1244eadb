/* SPDX-License-Identifier: Apache-2.0 */
/* path.c -- paths of URLs and files: normalize, join, take apart, look at.
 *
 * ap_normalize_path() is what stands between "/../../etc/passwd" and the
 * disk.  It works in place in two passes: first escapes of unreserved bytes
 * are decoded (so that %2e is a dot), then segments are copied down over
 * removed ones.  It never decodes what it has decoded.
 */
#include "base/base.h"

#include <apr_file_info.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>

/* ---- normalize ---- */

/* RFC 3986 section 6.2.2.2.  False when an escape is malformed; the path is
 * decoded all the same. */
static bool decode_unreserved(char *path)
{
    char *in = strchr(path, '%');
    bool well_formed = true;

    if (!in) {
        return true;
    }
    char *out = in;
    for (; *in; in++) {
        int byte = *in == '%' ? cl_base_unescape_byte(in) : 0;
        if (byte > 0 && CL_CHAR_IS(byte, CL_CHAR_UNRESERVED)) {
            *out++ = (char)byte;
            in += 2;
            continue;
        }
        well_formed &= byte >= 0;
        *out++ = *in;
    }
    *out = '\0';
    return well_formed;
}

/* 1 for ".", 2 for "..", 0 for any other segment. */
static int dots_in(const char *segment, size_t length)
{
    if (length == 1 && segment[0] == '.') {
        return 1;
    }
    return length == 2 && segment[0] == '.' && segment[1] == '.' ? 2 : 0;
}

/* Where the last segment before END starts, END being behind a slash. */
static char *parent_of(const char *path, char *end)
{
    do {
        end--;
    } while (end > path && end[-1] != '/');
    return end;
}

/* Nothing before END, or only the slash of the root. */
static bool is_root(const char *path, const char *end)
{
    return end == path || (end == path + 1 && *path == '/');
}

static bool needs_work(const char *path)
{
    return strstr(path, "//") || strstr(path, "/.") || path[0] == '.';
}

/* RFC 3986 section 5.2.4.  False when ".." led above the root. */
static bool remove_dot_segments(char *path, bool merge_slashes)
{
    char *in = path + (*path == '/');
    char *out = in;
    bool inside = true;

    while (*in) {
        size_t length = strcspn(in, "/");
        const bool slash = in[length] == '/';
        int dots = dots_in(in, length);
        if (dots == 2 && !is_root(path, out)) {
            out = parent_of(path, out);
        }
        else if (dots == 2) {
            inside = false;
        }
        else if (dots == 0 && (length || !merge_slashes)) {
            memmove(out, in, length + slash);
            out += length + slash;
        }
        in += length + slash;
    }
    *out = '\0';
    return inside;
}

AP_DECLARE(int) ap_normalize_path(char *path, unsigned int flags)
{
    bool good = true;

    if (*path != '/') {
        if (path[0] == '*' && path[1] == '\0') {    /* OPTIONS * */
            return 1;
        }
        if (!*path || !(flags & AP_NORMALIZE_ALLOW_RELATIVE)) {
            return 0;
        }
    }
    if (flags & AP_NORMALIZE_DECODE_UNRESERVED) {
        good = decode_unreserved(path);
    }
    if (needs_work(path)
        && !remove_dot_segments(path, flags & AP_NORMALIZE_MERGE_SLASHES)
        && (flags & AP_NORMALIZE_NOT_ABOVE_ROOT)) {
        good = false;
    }
    return good;
}

/* The old interface: a path that leads above the root becomes empty. */
AP_DECLARE(void) ap_getparents(char *name)
{
    if (!ap_normalize_path(name, AP_NORMALIZE_NOT_ABOVE_ROOT
                           | AP_NORMALIZE_ALLOW_RELATIVE)) {
        name[0] = '\0';
    }
}

AP_DECLARE(void) ap_no2slash_ex(char *name, int)
{
    char *in = strstr(name, "//");

    if (!in) {
        return;
    }
    char *out = in;
    while (*in) {
        *out++ = *in;
        do {
            in++;
        } while (*in == '/' && out[-1] == '/');
    }
    *out = '\0';
}

AP_DECLARE(void) ap_no2slash(char *name)
{
    ap_no2slash_ex(name, 1);
}

/* ---- take apart and join ---- */

AP_DECLARE(int) ap_count_dirs(const char *path)
{
    int n = 0;

    while ((path = strchr(path, '/'))) {
        path++;
        n++;
    }
    return n;
}

/* The first N directories of S to D, which has room for one byte more than
 * S takes; always ends with a slash. */
AP_DECLARE(char *) ap_make_dirstr_prefix(char *d, const char *s, int n)
{
    if (n < 1) {
        *d++ = '/';
        *d = '\0';
        return d;
    }
    for (;;) {
        if (*s == '\0' || (*s == '/' && --n == 0)) {
            *d++ = '/';
            break;
        }
        *d++ = *s++;
    }
    *d = '\0';
    return d;
}

AP_DECLARE(char *) ap_make_dirstr_parent(apr_pool_t *p, const char *s)
{
    const char *slash = strrchr(s, '/');

    return slash ? apr_pstrmemdup(p, s, (apr_size_t)(slash - s) + 1)
                 : apr_pstrdup(p, "");
}

AP_DECLARE(char *) ap_make_full_path(apr_pool_t *a, const char *dir,
                                     const char *f)
{
    size_t length = strlen(dir);
    size_t file_size = strlen(f) + 1;
    char *full = apr_palloc(a, length + file_size + 1);

    memcpy(full, dir, length);
    if (length == 0 || dir[length - 1] != '/') {
        full[length++] = '/';
    }
    memcpy(full + length, f, file_size);
    return full;
}

/* ---- what kind of path? ---- */

AP_DECLARE(int) ap_os_is_path_absolute(apr_pool_t *, const char *dir)
{
    return *dir == '/';
}

/* A scheme and a colon, RFC 3986 section 3.1 (any character first). */
AP_DECLARE(int) ap_is_url(const char *u)
{
    const char *s = u;

    while (CL_CHAR_IS(*s, CL_CHAR_ALNUM)
           || *s == '+' || *s == '-' || *s == '.') {
        s++;
    }
    return *s == ':' && s > u;
}

static bool is_directory(apr_pool_t *p, const char *name, apr_int32_t flags)
{
    apr_finfo_t found;

    return apr_stat(&found, name, APR_FINFO_TYPE | flags, p) == APR_SUCCESS
        && found.filetype == APR_DIR;
}

AP_DECLARE(int) ap_is_directory(apr_pool_t *p, const char *name)
{
    return is_directory(p, name, 0);
}

/* A real directory, not a symbolic link to one. */
AP_DECLARE(int) ap_is_rdirectory(apr_pool_t *p, const char *name)
{
    return is_directory(p, name, APR_FINFO_LINK);
}

/* The next two exist for systems with network paths that send credentials
 * to whoever is named; on this one every path may be looked at. */

AP_DECLARE(apr_status_t) ap_stat_check(const char *, apr_pool_t *)
{
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_filepath_merge(char **newpath,
    const char *rootpath, const char *addpath, apr_int32_t flags,
    apr_pool_t *p)
{
    return apr_filepath_merge(newpath, rootpath, addpath, flags, p);
}
