/* SPDX-License-Identifier: Apache-2.0 */
/* varbuf.c -- a string that grows, on a pool.
 *
 * Small buffers are pool memory.  Large ones are a block of the pool's
 * allocator each, given back as soon as they are outgrown or freed, so that
 * a long-lived pool does not keep every size a buffer ever had.
 */
#include "base/base.h"

#include "http_main.h"
#include "util_varbuf.h"

#include <apr_allocator.h>
#include <apr_strings.h>

#include <limits.h>
#include <stdbool.h>
#include <string.h>

/* Above this a buffer is a block of its own. */
#define LARGE 2048

#define USUAL_LINE 80

struct ap_varbuf_info {
    apr_allocator_t *allocator;
    apr_memnode_t *node;
};

static char nothing[1];                 /* the buffer of size zero */

static apr_status_t free_block(void *data)
{
    struct ap_varbuf_info *info = data;

    if (info->node) {
        apr_allocator_free(info->allocator, info->node);
        info->node = NULL;
    }
    return APR_SUCCESS;
}

/* Room for SIZE bytes; what was there goes with the caller's old block. */
static char *new_block(struct ap_varbuf *vb, apr_size_t *size)
{
    apr_allocator_t *allocator = apr_pool_allocator_get(vb->pool);
    apr_memnode_t *node = apr_allocator_alloc(allocator, *size);

    if (!node) {
        ap_abort_on_oom();
    }
    struct ap_varbuf_info *info = apr_palloc(vb->pool, sizeof *info);
    info->allocator = allocator;
    info->node = node;
    vb->info = info;
    apr_pool_cleanup_register(vb->pool, info, free_block,
                              apr_pool_cleanup_null);
    *size = (apr_size_t)(node->endp - node->first_avail);
    return node->first_avail;
}

static void know_length(struct ap_varbuf *vb)
{
    if (vb->strlen == (apr_size_t)AP_VARBUF_UNKNOWN) {
        vb->strlen = vb->buf ? strlen(vb->buf) : 0;
    }
}

AP_DECLARE(void) ap_varbuf_init(apr_pool_t *pool, struct ap_varbuf *vb,
                                apr_size_t init_size)
{
    *vb = (struct ap_varbuf){
        .buf = nothing, .pool = pool, .strlen = AP_VARBUF_UNKNOWN
    };
    if (init_size) {
        ap_varbuf_grow(vb, init_size);
        vb->strlen = AP_VARBUF_UNKNOWN;
    }
}

/* Make room for NEW_SIZE bytes and the NUL, twice the old size at least. */
AP_DECLARE(void) ap_varbuf_grow(struct ap_varbuf *vb, apr_size_t new_size)
{
    struct ap_varbuf_info *old_info = vb->info;

    know_length(vb);
    if (new_size <= vb->avail && vb->buf) {
        return;
    }
    if (new_size >= APR_SIZE_MAX / 4) {
        ap_abort_on_oom();
    }
    apr_size_t size = new_size < 2 * vb->avail ? 2 * vb->avail : new_size;
    size = APR_ALIGN_DEFAULT(size + 1);
    vb->info = NULL;
    char *room = size > LARGE ? new_block(vb, &size)
                              : apr_palloc(vb->pool, size);
    if (vb->buf && vb->strlen) {
        memcpy(room, vb->buf, vb->strlen);
    }
    room[vb->strlen] = '\0';
    vb->buf = room;
    vb->avail = size - 1;
    if (old_info) {
        apr_pool_cleanup_run(vb->pool, old_info, free_block);
    }
}

AP_DECLARE(void) ap_varbuf_free(struct ap_varbuf *vb)
{
    if (vb->info) {
        apr_pool_cleanup_run(vb->pool, vb->info, free_block);
        vb->info = NULL;
    }
    vb->buf = NULL;
    vb->avail = 0;
    vb->strlen = 0;
}

AP_DECLARE(void) ap_varbuf_strmemcat(struct ap_varbuf *vb, const char *str,
                                     int len)
{
    if (len <= 0) {
        return;
    }
    know_length(vb);
    ap_varbuf_grow(vb, vb->strlen + (apr_size_t)len);
    memcpy(vb->buf + vb->strlen, str, (apr_size_t)len);
    vb->strlen += (apr_size_t)len;
    vb->buf[vb->strlen] = '\0';
}

AP_DECLARE(char *) ap_varbuf_pdup(apr_pool_t *p, struct ap_varbuf *vb,
    const char *prepend, apr_size_t prepend_len, const char *append,
    apr_size_t append_len, apr_size_t *new_len)
{
    know_length(vb);
    apr_size_t length = prepend_len + vb->strlen + append_len;
    char *copy = apr_palloc(p, length + 1);
    char *out = copy;

    if (prepend_len) {
        out = (char *)memcpy(out, prepend, prepend_len) + prepend_len;
    }
    if (vb->strlen) {
        out = (char *)memcpy(out, vb->buf, vb->strlen) + vb->strlen;
    }
    if (append_len) {
        out = (char *)memcpy(out, append, append_len) + append_len;
    }
    *out = '\0';
    if (new_len) {
        *new_len = length;
    }
    return copy;
}

/* ---- lines of a configuration file ---- */

/* One line to the end of VB, its newline included, from a source that reads
 * lines: APR_ENOSPC when VB would get longer than MAX_LEN. */
static apr_status_t append_by_line(struct ap_varbuf *vb, ap_configfile_t *cfp,
                                   apr_size_t max_len)
{
    const apr_size_t start = vb->strlen;

    cfp->line_number++;
    do {
        ap_varbuf_grow(vb, vb->strlen + USUAL_LINE);
        apr_size_t room = vb->avail - vb->strlen + 1;
        apr_size_t left = max_len - vb->strlen;
        if (room - 2 > left) {          /* one byte too much tells enough */
            room = left + 2;
        }
        apr_status_t rv = cfp->getstr(vb->buf + vb->strlen, room, cfp->param);
        if (rv != APR_SUCCESS) {
            vb->buf[vb->strlen] = '\0';
            return rv == APR_EOF && vb->strlen > start ? APR_SUCCESS : rv;
        }
        apr_size_t got = strlen(vb->buf + vb->strlen);
        vb->strlen += got;
        if (vb->strlen > max_len) {
            return APR_ENOSPC;
        }
        if (got + 1 < room) {           /* not cut off by us */
            break;
        }
    } while (vb->buf[vb->strlen - 1] != '\n');
    return APR_SUCCESS;
}

/* The same from a source that reads bytes; here MAX_LEN does not count the
 * newline. */
static apr_status_t append_by_byte(struct ap_varbuf *vb, ap_configfile_t *cfp,
                                   apr_size_t max_len)
{
    const apr_size_t start = vb->strlen;
    char c = '\0';

    while (c != '\n') {
        apr_status_t rv = cfp->getch(&c, cfp->param);
        if (rv != APR_SUCCESS) {
            return rv == APR_EOF && vb->strlen > start ? APR_SUCCESS : rv;
        }
        cfp->line_number += c == '\n';
        if (c != '\n' && vb->strlen >= max_len) {
            return APR_ENOSPC;
        }
        ap_varbuf_strmemcat(vb, &c, 1);
    }
    return APR_SUCCESS;
}

/* Take off a newline with a backslash before it: the line goes on. */
static bool take_continuation(struct ap_varbuf *vb)
{
    apr_size_t n = vb->strlen;

    if (n == 0 || vb->buf[n - 1] != '\n') {
        return false;
    }
    n--;
    if (n > 0 && vb->buf[n - 1] == '\r') {
        n--;
    }
    if (n == 0 || vb->buf[n - 1] != '\\') {
        return false;
    }
    vb->strlen = n - 1;
    vb->buf[vb->strlen] = '\0';
    return true;
}

static void trim(struct ap_varbuf *vb)
{
    char *start = vb->buf;
    char *end = vb->buf + vb->strlen;

    while (end > start && CL_CHAR_IS(end[-1], CL_CHAR_SPACE)) {
        end--;
    }
    while (start < end && CL_CHAR_IS(*start, CL_CHAR_SPACE)) {
        start++;
    }
    vb->strlen = (apr_size_t)(end - start);
    memmove(vb->buf, start, vb->strlen);
    vb->buf[vb->strlen] = '\0';
}

AP_DECLARE(apr_status_t) ap_varbuf_cfg_getline(struct ap_varbuf *vb,
                                               ap_configfile_t *cfp,
                                               apr_size_t max_len)
{
    apr_status_t rv;
    bool is_continued = false;

    vb->strlen = 0;
    ap_varbuf_grow(vb, 1);
    vb->buf[0] = '\0';
    for (;;) {
        rv = cfp->getstr ? append_by_line(vb, cfp, max_len)
                         : append_by_byte(vb, cfp, max_len);
        if (rv == APR_EOF && is_continued) {
            rv = APR_SUCCESS;           /* nothing more, but we have that */
            break;
        }
        if (rv != APR_SUCCESS || !take_continuation(vb)) {
            break;
        }
        is_continued = true;
    }
    if (rv == APR_SUCCESS) {
        trim(vb);
    }
    return rv;
}
