/* SPDX-License-Identifier: Apache-2.0 */
/* writev.c -- a brigade as an iovec, and what remains when the network has
 * taken some of it.
 *
 * Reading a file or pipe bucket turns it into memory plus the unread rest, so
 * a gather reads only as much as one write can use: memory stays bounded
 * however long the file is.
 */
#include "filter/filter.h"

#include <errno.h>
#include <unistd.h>

enum {
    READ_AHEAD = 128 * 1024,    /* stop reading files at this many bytes */
    SMALL_FILE = 32 * 1024      /* up to here reading is cheaper than mmap */
};

static bool is_memory(const apr_bucket *b)
{
    return APR_BUCKET_IS_HEAP(b) || APR_BUCKET_IS_TRANSIENT(b)
           || APR_BUCKET_IS_IMMORTAL(b) || APR_BUCKET_IS_MMAP(b)
           || APR_BUCKET_IS_POOL(b);
}

apr_bucket *cl_filter_load_file(apr_bucket *b, apr_size_t limit)
{
    const apr_bucket_file *file = b->data;
    apr_os_file_t fd;
    apr_bucket *loaded;
    char *buf;
    ssize_t n;

    if (!APR_BUCKET_IS_FILE(b) || b->length > limit
        || (apr_file_flags_get(file->fd) & APR_BUFFERED)) {
        return NULL;
    }
    apr_os_file_get(&fd, file->fd);
    buf = apr_bucket_alloc(b->length, b->list);
    do {
        n = pread(fd, buf, b->length, b->start);
    } while (n < 0 && errno == EINTR);
    if (n != (ssize_t)b->length) {
        apr_bucket_free(buf);
        return NULL;                    /* the general way will tell why */
    }
    loaded = apr_bucket_heap_create(buf, b->length, apr_bucket_free, b->list);
    APR_BUCKET_INSERT_BEFORE(b, loaded);
    apr_bucket_delete(b);
    return loaded;
}

apr_status_t cl_filter_gather(apr_bucket_brigade *bb, apr_bucket *upto,
                              struct iovec *vec, int max, int *nvec,
                              apr_size_t *bytes, apr_bucket **file)
{
    apr_bucket *b = APR_BRIGADE_FIRST(bb), *loaded;
    const char *data;
    apr_size_t len;

    *nvec = 0;
    *bytes = 0;
    *file = NULL;
    for (; b != APR_BRIGADE_SENTINEL(bb) && b != upto && *nvec < max;
         b = APR_BUCKET_NEXT(b)) {
        if (b->length == 0) {
            continue;
        }
        if (!is_memory(b)) {
            if (cl_filter_wants_sendfile(b)) {
                *file = b;
                return APR_SUCCESS;
            }
            if (*bytes >= READ_AHEAD) {
                return APR_SUCCESS;
            }
            loaded = cl_filter_load_file(b, SMALL_FILE);
            b = loaded ? loaded : b;
        }
        apr_status_t rv = apr_bucket_read(b, &data, &len, APR_NONBLOCK_READ);

        if (rv != APR_SUCCESS) {
            return rv;
        }
        if (len) {
            vec[*nvec].iov_base = (void *)data;
            vec[*nvec].iov_len = len;
            ++*nvec;
            *bytes += len;
        }
    }
    return APR_SUCCESS;
}

void cl_filter_consume(apr_bucket_brigade *bb, apr_bucket *upto,
                       apr_size_t bytes)
{
    apr_bucket *b;

    while ((b = APR_BRIGADE_FIRST(bb)) != APR_BRIGADE_SENTINEL(bb)
           && b != upto) {
        if (b->length == (apr_size_t)-1) {
            return;                     /* not read yet */
        }
        if (b->length > bytes) {
            if (bytes) {
                apr_bucket_split(b, bytes);
                apr_bucket_delete(b);
            }
            return;
        }
        bytes -= b->length;
        apr_bucket_delete(b);
    }
}
