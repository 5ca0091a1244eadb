/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_listing -- what mod_autoindex reads from strangers: the query string
 * (first line of the input) and the head of an HTML file (the rest).  The
 * view stays within its values and a cut description within its text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "generators/autoindex/index_config.c"
#include "generators/autoindex/index_read.c"

module AP_MODULE_DECLARE_DATA autoindex_module;

static void check_query(apr_pool_t *p, char *args)
{
    struct index_dir *dir = index_create_dir(p, NULL);
    request_rec r = { .pool = p, .args = args };
    struct index_view view;

    index_view_of(&r, dir, &view);
    if (strchr("NMSD", view.key) == NULL
        || strchr("AD", view.direction) == NULL
        || (view.options & ~(unsigned)(INDEX_FANCY | INDEX_TABLE
                                       | INDEX_VERSION_SORT)) != 0
        || strpbrk(view.link_tail, "<>\"") != NULL) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *parent;
    apr_pool_t *p;
    char *args, *html;
    const char *title;

    if (!parent) {
        apr_initialize();
        apr_pool_create(&parent, NULL);
    }
    apr_pool_create(&p, parent);
    args = apr_pstrmemdup(p, (const char *)data, size);
    html = strchr(args, '\n');
    if (html != NULL) {
        *html++ = '\0';
        title = title_in(p, html);
        if (title != NULL && strpbrk(title, "\r\n<") != NULL) {
            abort();
        }
    }
    check_query(p, args);
    apr_pool_destroy(p);
    return 0;
}
