/* SPDX-License-Identifier: Apache-2.0 */
/* sendfile.c -- file buckets straight from the page cache to the socket.
 *
 * Only files that their opener marked for it (EnableSendfile) and that are
 * worth a system call of their own: a small file travels cheaper in the
 * writev that carries the header.
 */
#include "filter/filter.h"

#include <errno.h>
#include <sys/sendfile.h>

enum {
    MIN_SENDFILE = 8 * 1024,
    MAX_SENDFILE_CALL = 0x7ffff000      /* what Linux sends at once */
};

bool cl_filter_wants_sendfile(const apr_bucket *b)
{
    const apr_bucket_file *file;

    if (!APR_BUCKET_IS_FILE(b) || b->length < MIN_SENDFILE) {
        return false;
    }
    file = b->data;
    return (apr_file_flags_get(file->fd) & APR_SENDFILE_ENABLED) != 0;
}

apr_status_t cl_filter_sendfile(int sd, const apr_bucket *b, apr_size_t *sent)
{
    const apr_bucket_file *file = b->data;
    size_t want = b->length < MAX_SENDFILE_CALL ? b->length
                                                : MAX_SENDFILE_CALL;
    off_t offset = b->start;
    apr_os_file_t fd;
    ssize_t n;

    *sent = 0;
    apr_os_file_get(&fd, file->fd);
    do {
        n = sendfile(sd, fd, &offset, want);
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        return errno;
    }
    *sent = (apr_size_t)n;
    return n == 0 ? APR_EOF : APR_SUCCESS;
}
