/* SPDX-License-Identifier: Apache-2.0 */
/* prefork.h -- what parent, child and the module record share.
 *
 * There is one of everything per process, so the state is one global struct.
 * What must live on when the module is unloaded and loaded again for a
 * restart is in struct prefork_retained.
 */
#ifndef CLEAT_PREFORK_H
#define CLEAT_PREFORK_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"
#include "http_log.h"
#include "http_main.h"
#include "ap_listen.h"
#include "ap_mpm.h"
#include "mpm_common.h"
#include "scoreboard.h"
#include "unixd.h"

APLOG_USE_MODULE(mpm_prefork);

/* One set of listening sockets; the children of a bucket share it. */
struct prefork_bucket {
    ap_listen_rec *listeners;
    apr_proc_mutex_t *mutex;            /* NULL: the kernel chooses who */
};

/* The parent's own list of children: the scoreboard can be written by them. */
struct prefork_slot {
    pid_t pid;                          /* 0: free */
    ap_generation_t generation;
    int bucket;
};

/* How many children there should be. */
struct prefork_limits {
    int start;
    int min_spare;
    int max_spare;
    int max_workers;
};

/* How many there are. */
struct prefork_census {
    int idle;
    int total;                          /* of all generations */
    int room;                           /* free slots below max_workers */
};

struct prefork_spare {
    int rate;                           /* children to start next time */
    bool full;                          /* more are wanted than allowed */
};

struct prefork_retained {
    ap_unixd_mpm_retained_data *mpm;
    int server_limit;                   /* of the first start: fixed by it */
    struct prefork_slot *slots;         /* server_limit of them */
    int slots_used;                     /* highest used slot + 1, ever */
    struct prefork_spare spare;
    bool full_reported;
};

struct prefork {
    struct prefork_limits limits;
    int server_limit;
    bool one_process;
    struct prefork_bucket *buckets;
    int num_buckets;
    apr_pool_t *pconf;
    server_rec *server;
    struct prefork_retained *kept;
};

extern struct prefork prefork;

/* parent.c: the mpm hook. */
int prefork_run(apr_pool_t *pconf, apr_pool_t *plog, server_rec *s);

/* child.c: serve until told to leave; does not return.  The second form is
 * for -X: it serves in the calling process and returns. */
void prefork_child(int slot, int bucket);
void prefork_serve_alone(void);

/* spare.c: how many children to start (> 0), to let go (< 0), or 0. */
int prefork_spare_decide(struct prefork_spare *spare,
                         const struct prefork_limits *limits,
                         const struct prefork_census *census);

#endif
