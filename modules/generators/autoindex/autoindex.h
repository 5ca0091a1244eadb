/* SPDX-License-Identifier: Apache-2.0 */
/* autoindex.h -- what the parts of mod_autoindex share.
 *
 * index_config.c turns directives into a struct index_dir, index_read.c turns
 * a directory into an ordered list of struct index_entry, index_html.c writes
 * that list.  struct index_view says how one request wants to see it.
 */
#ifndef AUTOINDEX_H
#define AUTOINDEX_H

#include <stdbool.h>

#include "http_config.h"
#include "httpd.h"

#include "apr_tables.h"
#include "apr_time.h"

extern module AP_MODULE_DECLARE_DATA autoindex_module;

enum index_option {
    INDEX_NONE = 1 << 0,
    INDEX_FANCY = 1 << 1,
    INDEX_TABLE = 1 << 2,
    INDEX_FOLDERS_FIRST = 1 << 3,
    INDEX_ICONS_ARE_LINKS = 1 << 4,
    INDEX_IGNORE_CASE = 1 << 5,
    INDEX_IGNORE_CLIENT = 1 << 6,
    INDEX_SCAN_TITLES = 1 << 7,
    INDEX_NO_SORT_LINKS = 1 << 8,
    INDEX_NO_DESCRIPTION = 1 << 9,
    INDEX_NO_PREAMBLE = 1 << 10,
    INDEX_NO_ICON = 1 << 11,
    INDEX_NO_DATE = 1 << 12,
    INDEX_NO_SIZE = 1 << 13,
    INDEX_NO_RULES = 1 << 14,
    INDEX_TRACK_MODIFIED = 1 << 15,
    INDEX_VERSION_SORT = 1 << 16,
    INDEX_XHTML = 1 << 17,
    INDEX_SHOW_FORBIDDEN = 1 << 18,
    INDEX_ALT_CLASS = 1 << 19,
    INDEX_OLD_DATE = 1 << 20,
};

/* A column's width; unset: the standard, more where columns are left out. */
enum index_width_kind { WIDTH_UNSET, WIDTH_FIXED, WIDTH_GROW };

struct index_width {
    enum index_width_kind kind;
    int bytes;                      /* WIDTH_GROW: at least */
};

#define INDEX_NAME_WIDTH 23
#define INDEX_DESCRIPTION_WIDTH 23

enum index_key {
    KEY_NAME = 'N',
    KEY_DATE = 'M',
    KEY_SIZE = 'S',
    KEY_DESCRIPTION = 'D',
};

enum index_direction { ASCENDING = 'A', DESCENDING = 'D' };

struct index_dir {
    unsigned options;               /* written without a sign */
    unsigned plus;                  /* +option since the last such one */
    unsigned minus;                 /* -option likewise */
    struct index_width name_width;
    struct index_width description_width;
    int icon_width;                 /* 0 unset */
    int icon_height;                /* 0 unset */
    const char *type;
    const char *charset;
    const char *default_icon;
    const char *header;
    const char *readme;
    const char *head_insert;
    const char *style_sheet;
    enum index_key key;             /* 0 unset */
    enum index_direction direction; /* 0 unset */
    bool forget_ignored;            /* IndexIgnoreReset */
    apr_array_header_t *icons;      /* of struct index_rule */
    apr_array_header_t *alts;       /* of struct index_rule */
    apr_array_header_t *descriptions;   /* of struct index_rule */
    apr_array_header_t *ignored;    /* of struct index_rule */
};

struct index_view {
    const struct index_dir *dir;
    unsigned options;
    enum index_key key;
    enum index_direction direction;
    const char *pattern;            /* P=, NULL: all */
    const char *link_tail;          /* what sort links carry along */
};

struct index_entry {
    const char *name;               /* as shown; directories end in "/" */
    const char *icon;
    const char *alt;                /* NULL: nothing to say */
    const char *description;
    apr_time_t modified;            /* -1 unknown */
    apr_off_t size;                 /* -1 none */
    bool is_directory;              /* not told apart in plain listings */
    bool is_parent;
};

/* ---- index_config.c */

/* What an icon, an alternative text or a description is chosen by. */
struct index_subject {
    const char *path;               /* full path of the file */
    const char *type;               /* may be NULL */
    const char *encoding;           /* may be NULL */
    bool is_directory;
};

void *index_create_dir(apr_pool_t *p, char *path);
void *index_merge_dir(apr_pool_t *p, void *base, void *add);

extern const command_rec index_directives[];

/* These answer NULL when nothing is configured for the subject. */
const char *index_icon_of(const struct index_dir *dir,
                          const struct index_subject *subject);
const char *index_alt_of(const struct index_dir *dir,
                         const struct index_subject *subject);
const char *index_blank_icon(const struct index_dir *dir);
const char *index_description_of(const struct index_dir *dir,
                                 const struct index_subject *subject);
bool index_is_ignored(const struct index_dir *dir, const char *path);

/* ---- index_read.c */

/* How this request's query string wants the listing of dir. */
void index_view_of(request_rec *r, const struct index_dir *dir,
                   struct index_view *view);

/* The entries of r->filename, in order: an array of struct index_entry *. */
apr_status_t index_read(request_rec *r, const struct index_view *view,
                        apr_array_header_t **entries);

/* ---- index_html.c */

void index_write(request_rec *r, const struct index_view *view,
                 const apr_array_header_t *entries);

#endif
