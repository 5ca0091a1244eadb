/* SPDX-License-Identifier: Apache-2.0 */
/* filter.h -- the pipes between a handler and the network: what other rooms
 * of the server may ask of them beyond the public util_filter.h.
 */
#ifndef CLEAT_FILTER_FILTER_H
#define CLEAT_FILTER_FILTER_H

#include <stdbool.h>
#include <sys/uio.h>

#include "httpd.h"
#include "http_config.h"
#include "util_filter.h"

enum {
    CL_FLUSH_THRESHOLD_DEFAULT = 65535,     /* bytes of memory held back */
    CL_FLUSH_PIPELINED_DEFAULT = 5          /* whole responses held back */
};

/* Register the core's filters and the hooks of this room (core.c calls it).
 */
void cl_filter_register_hooks(apr_pool_t *p);

/* FlushMaxThreshold and FlushMaxPipelined.  A server config must start with
 * flush_max_pipelined = CL_FLUSH_PIPELINED_DEFAULT; a threshold of 0 means
 * the default.
 */
const char *cl_set_flush_max_threshold(cmd_parms *cmd, void *dir,
                                       const char *arg);
const char *cl_set_flush_max_pipelined(cmd_parms *cmd, void *dir,
                                       const char *arg);

/* Look up mod_logio's counter (network_out.c; at optional_fn_retrieve). */
void cl_filter_find_logio(void);

/* True when it is certain that the connection's input filters hold no bytes,
 * so that looking for a pipelined request would only cost a system call.
 */
bool cl_filter_input_is_idle(conn_rec *c);

/* Brigade to iovec.  Describes the memory at the front of bb, up to but not
 * including upto (NULL: the whole brigade), in at most max entries.  Sets
 * *nvec and *bytes.  Buckets without length are passed over.  Stops early at
 * a file that sendfile should send (*file is set then), and with APR_EAGAIN
 * at a bucket that would make it wait.
 */
apr_status_t cl_filter_gather(apr_bucket_brigade *bb, apr_bucket *upto,
                              struct iovec *vec, int max, int *nvec,
                              apr_size_t *bytes, apr_bucket **file);

/* Replace the bucket of a small file by its content in memory, read with one
 * system call.  NULL: it is no file or larger than limit, and untouched. */
apr_bucket *cl_filter_load_file(apr_bucket *b, apr_size_t limit);

/* Remove the first bytes of bb that the network has taken, and every empty
 * or metadata bucket that has become the front, but nothing from upto on.
 */
void cl_filter_consume(apr_bucket_brigade *bb, apr_bucket *upto,
                       apr_size_t bytes);

/* One system call's worth of sendfile for the bucket; *sent may be less than
 * its length.  APR_EAGAIN when the socket is full, APR_EOF when the file is
 * shorter than it was.
 */
bool cl_filter_wants_sendfile(const apr_bucket *b);
apr_status_t cl_filter_sendfile(int sd, const apr_bucket *b,
                                apr_size_t *sent);

#endif
