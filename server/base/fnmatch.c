/* SPDX-License-Identifier: Apache-2.0 */
/* fnmatch.c -- wildcards: * and ? in strings, and in the names of files.
 *
 * The string matcher goes back to the last star only, so it needs no
 * recursion and at most length times length steps.  The directory walkers
 * serve Include and its like: they call back for each file, in the order of
 * names, with or without descending into directories.
 */
#include "base/base.h"

#include <apr_file_info.h>
#include <apr_fnmatch.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* ---- strings ---- */

static bool same_byte(char a, char b)
{
    return a == b;
}

static bool same_letter(char a, char b)
{
    return CL_LOWER(a) == CL_LOWER(b);
}

/* 0: matches; 1: does not; -1: does not, as the string is too short. */
static int match(const char *s, const char *pattern,
                 bool (*same)(char, char))
{
    const char *retry_at = NULL;        /* the string, one byte further on */
    const char *after_star = NULL;

    for (;;) {
        if (*pattern == '*') {
            while (*pattern == '*') {
                pattern++;
            }
            if (!*pattern) {
                return 0;
            }
            after_star = pattern;
            retry_at = s;
        }
        else if (!*pattern && !*s) {
            return 0;
        }
        else if (*pattern && !*s) {
            return -1;
        }
        else if (*pattern == '?' || (*pattern && same(*s, *pattern))) {
            s++;
            pattern++;
        }
        else if (after_star) {
            s = ++retry_at;
            pattern = after_star;
        }
        else {
            return 1;
        }
    }
}

AP_DECLARE(int) ap_strcmp_match(const char *str, const char *expected)
{
    return match(str, expected, same_byte);
}

AP_DECLARE(int) ap_strcasecmp_match(const char *str, const char *expected)
{
    return match(str, expected, same_letter);
}

AP_DECLARE(int) ap_is_matchexp(const char *str)
{
    return strpbrk(str, "*?") != NULL;
}

/* ---- files ---- */

/* Deeper than this is taken for a loop of symbolic links. */
#define MOST_DIRECTORIES 128

struct entry {
    const char *path;
    bool is_directory;                  /* a link to one is not */
};

static int by_name(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;

    return strcmp(left->path, right->path);
}

static bool is_wild(const char *text)
{
    return apr_fnmatch_test(text) != 0;
}

static bool is_dot_or_dots(const char *name)
{
    return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]));
}

/* The entries of DIR that match PATTERN (NULL: all), sorted. */
static const char *list_directory(ap_dir_match_t *w, const char *dir,
                                  const char *pattern,
                                  apr_array_header_t **entries)
{
    apr_finfo_t seen;
    apr_dir_t *handle;

    *entries = apr_array_make(w->ptemp, 8, sizeof(struct entry));
    apr_status_t rv = apr_dir_open(&handle, dir, w->ptemp);
    if (APR_STATUS_IS_ENOENT(rv) && (w->flags & AP_DIR_FLAG_OPTIONAL)) {
        return NULL;
    }
    if (rv != APR_SUCCESS) {
        return apr_psprintf(w->p, "%scould not open directory \"%s\": %pm",
                            w->prefix, dir, &rv);
    }
    while (apr_dir_read(&seen, APR_FINFO_TYPE | APR_FINFO_NAME, handle)
           == APR_SUCCESS) {
        if (is_dot_or_dots(seen.name)
            || (pattern && apr_fnmatch(pattern, seen.name, APR_FNM_PERIOD)
                           != APR_SUCCESS)) {
            continue;
        }
        struct entry *entry = apr_array_push(*entries);
        entry->path = ap_make_full_path(w->ptemp, dir, seen.name);
        entry->is_directory = seen.filetype == APR_DIR;
    }
    apr_dir_close(handle);
    qsort((*entries)->elts, (size_t)(*entries)->nelts, sizeof(struct entry),
          by_name);
    return NULL;
}

static const char *each_file_below(ap_dir_match_t *w, const char *dir)
{
    apr_array_header_t *entries;

    if (++w->depth > MOST_DIRECTORIES) {
        return apr_psprintf(w->p, "%sdirectory \"%s\" is more than %d levels "
                            "deep; look for a link that leads back to where "
                            "it is", w->prefix, dir, MOST_DIRECTORIES);
    }
    const char *error = list_directory(w, dir, NULL, &entries);
    for (int i = 0; !error && i < entries->nelts; i++) {
        error = ap_dir_nofnmatch(w,
            APR_ARRAY_IDX(entries, i, struct entry).path);
    }
    w->depth--;
    return error;
}

AP_DECLARE(const char *) ap_dir_nofnmatch(ap_dir_match_t *w,
                                          const char *fname)
{
    if ((w->flags & AP_DIR_FLAG_RECURSIVE)
        && ap_is_directory(w->ptemp, fname)) {
        return each_file_below(w, fname);
    }
    if (w->flags & AP_DIR_FLAG_OPTIONAL) {
        apr_finfo_t found;
        apr_status_t rv = apr_stat(&found, fname, APR_FINFO_TYPE, w->ptemp);
        if (APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv)) {
            return NULL;
        }
    }
    return w->cb(w, fname);
}

/* PATH is the part without wildcards so far, or NULL; FNAME the rest. */
AP_DECLARE(const char *) ap_dir_fnmatch(ap_dir_match_t *w, const char *path,
                                        const char *fname)
{
    apr_array_header_t *entries;

    while (path && *fname == '/') {
        fname++;
    }
    size_t length = strcspn(fname, "/");
    const char *rest = fname + length;
    const char *segment = apr_pstrmemdup(w->ptemp, fname, length);
    if (!is_wild(fname)) {
        return ap_dir_nofnmatch(w, path
            ? ap_make_full_path(w->ptemp, path, fname) : fname);
    }
    if (!is_wild(segment)) {
        if (path) {
            segment = ap_make_full_path(w->ptemp, path, segment);
        }
        return ap_dir_fnmatch(w, length ? segment : "/", rest);
    }
    const char *error = list_directory(w, path ? path : ".", segment,
                                       &entries);
    for (int i = 0; !error && i < entries->nelts; i++) {
        const struct entry *entry = &APR_ARRAY_IDX(entries, i, struct entry);
        if (!*rest) {
            error = ap_dir_nofnmatch(w, entry->path);
        }
        else if (entry->is_directory) {
            error = ap_dir_fnmatch(w, entry->path, rest);
        }
    }
    return error;
}
