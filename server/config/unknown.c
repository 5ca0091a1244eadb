/* SPDX-License-Identifier: Apache-2.0 */
/* unknown.c -- what to tell about a directive that no loaded module has.
 *
 * Either it is one of a stock module that is not loaded: say which.  Or it
 * is misspelled: say which name is nearest, counting letters that are wrong,
 * missing, too many or swapped with their neighbour.
 */
#include "config/config.h"

#include <apr_lib.h>
#include <apr_strings.h>

#define LONGEST_NAME 63

struct nearest {
    const char *wanted;
    size_t len;
    const char *name;           /* the best so far */
    const char *source;         /* source name, when its module is loaded */
    const char *module_name;    /* when it is not */
    int distance;
};

static int least(int a, int b, int c)
{
    int two = a < b ? a : b;

    return two < c ? two : c;
}

/* Both names shorter than LONGEST_NAME.  Three rows of the usual matrix. */
static int distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    int rows[3][LONGEST_NAME + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_len; ++j) {
        row[j] = (int)j;
    }
    for (size_t i = 1; i <= a_len; ++i) {
        int *spare = before;
        int ca = apr_tolower(a[i - 1]);

        before = above;
        above = row;
        row = spare;
        row[0] = (int)i;
        for (size_t j = 1; j <= b_len; ++j) {
            int cb = apr_tolower(b[j - 1]);

            row[j] = least(above[j] + 1, row[j - 1] + 1,
                           above[j - 1] + (ca != cb));
            if (i > 1 && j > 1 && ca == apr_tolower(b[j - 2])
                && cb == apr_tolower(a[i - 2]) && before[j - 2] < row[j]) {
                row[j] = before[j - 2] + (ca != cb);
            }
        }
    }
    return row[b_len];
}

static void try_name(struct nearest *best, const char *name,
                     const char *source, const char *module_name)
{
    size_t len = strlen(name);
    int found;

    if (len > LONGEST_NAME || (name[0] == '<') != (best->wanted[0] == '<')) {
        return;
    }
    found = distance(best->wanted, best->len, name, len);
    if (found < best->distance) {
        best->distance = found;
        best->name = name;
        best->source = source;
        best->module_name = module_name;
    }
}

static void try_command(void *best, const module *m, const command_rec *cmd)
{
    try_name(best, cmd->name, m->name, NULL);
}

static const struct cl_directive_home *find_home(const char *name)
{
    unsigned low = 0, high = cl_directive_index_size;

    while (low < high) {
        unsigned middle = (low + high) / 2;
        int order = ap_cstr_casecmp(name, cl_directive_index[middle].name);

        if (order == 0) {
            return &cl_directive_index[middle];
        }
        if (order < 0) {
            high = middle;
        }
        else {
            low = middle + 1;
        }
    }
    return NULL;
}

static const char *closed(apr_pool_t *p, const char *name)
{
    return name[0] == '<' ? apr_pstrcat(p, name, ">", NULL) : name;
}

static const char *load_advice(apr_pool_t *p, const char *name,
                               const char *module_name,
                               const char *identifier)
{
    if (identifier == NULL) {
        return apr_psprintf(p, "; %s belongs to %s, which this server does "
                            "not have", closed(p, name), module_name);
    }
    return apr_psprintf(p, "; %s belongs to %s, load it first: LoadModule %s "
                        "modules/%s.so", closed(p, name), module_name,
                        identifier, module_name);
}

static const char *spelling_advice(apr_pool_t *p, const char *name)
{
    struct nearest best = {
        .wanted = name,
        .len = strlen(name),
        .distance = (int)strlen(name) / 4 + 2,          /* one below it */
    };

    if (best.len > LONGEST_NAME) {
        return "";
    }
    cl_config_each_command(try_command, &best);
    for (unsigned i = 0; i < cl_directive_index_size; ++i) {
        const struct cl_directive_home *home = &cl_directive_index[i];

        try_name(&best, home->name, NULL, home->module);
    }
    if (best.name == NULL) {
        return "";
    }
    if (best.source != NULL) {
        return apr_psprintf(p, "; the nearest known name is %s (%s)",
                            closed(p, best.name), best.source);
    }
    return apr_psprintf(p, "; the nearest known name is %s of %s, which is "
                        "not loaded", closed(p, best.name), best.module_name);
}

static const char *advice(apr_pool_t *p, const char *name)
{
    const struct cl_directive_home *home = find_home(name);

    if (home != NULL) {
        return load_advice(p, home->name, home->module, home->identifier);
    }
    if (strncmp(name, "\xEF\xBB\xBF", 3) == 0) {
        return "; the file begins with a byte order mark, save it without";
    }
    return spelling_advice(p, name);
}

const char *cl_config_unknown_directive(apr_pool_t *p, const char *name)
{
    return apr_pstrcat(p, "Invalid command '", name, "', perhaps misspelled "
                       "or defined by a module not included in the server "
                       "configuration", advice(p, name), NULL);
}
