/* SPDX-License-Identifier: Apache-2.0 */
/* scoreboard.h -- the scoreboard: what each worker does, in memory that
 * processes share
 *
 * Written without locks: each worker writes its own slot, readers may see
 * halves of an update.
 */
#ifndef CLEAT_SCOREBOARD_H
#define CLEAT_SCOREBOARD_H

#include <apr_general.h>
#include <apr_hooks.h>
#include <apr_thread_proc.h>
#include <apr_portable.h>
#include <apr_shm.h>
#include <apr_optional.h>
#include "httpd.h"
#include "http_config.h"

#include <sys/times.h>
#include <sys/time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct worker_score worker_score;
typedef struct global_score global_score;
typedef struct process_score process_score;
typedef struct scoreboard scoreboard;

/* Opaque: a worker's slot; in conn_rec.sbh. */
typedef struct ap_sb_handle_t ap_sb_handle_t;

/* ---- States -------------------------------------------------------------- */

/* worker_score.status. */
#define SERVER_DEAD 0           /* the slot is free */
#define SERVER_STARTING 1       /* starts */
#define SERVER_READY 2          /* waits for a connection */
#define SERVER_BUSY_READ 3      /* reads a request */
#define SERVER_BUSY_WRITE 4     /* writes a response */
#define SERVER_BUSY_KEEPALIVE 5 /* waits for the next request */
#define SERVER_BUSY_LOG 6       /* logs */
#define SERVER_BUSY_DNS 7       /* looks a name up */
#define SERVER_CLOSING 8        /* closes a connection */
#define SERVER_GRACEFUL 9       /* finishes, then ends */
#define SERVER_IDLE_KILL 10     /* too many are idle: ends */
#define SERVER_NUM_STATUS 11    /* how many states */

/* For ap_time_process_request(). */
#define START_PREQUEST 1
#define STOP_PREQUEST 2

/* Name for the segment's file. */
#define DEFAULT_SCOREBOARD "logs/apache_runtime_status"

/* Kind of memory. */
typedef enum ap_scoreboard_e {
    SB_NOT_SHARED = 1,  /* of this process only */
    SB_SHARED = 2       /* of all children */
} ap_scoreboard_e;

/* ---- The image ----------------------------------------------------------- */

/* A configuration: each restart adds one. */
typedef int ap_generation_t;

/* A worker. Times are from apr_time_now(). */
struct worker_score {
    apr_os_thread_t tid;        /* its thread */
    int thread_num;             /* its number among all */
    pid_t pid;                  /* its process */
    ap_generation_t generation; /* its configuration */
    unsigned char status;       /* SERVER_* */
    unsigned short conn_count;  /* requests on this connection */
    apr_off_t conn_bytes;       /* bytes on this connection */
    /* requests and bytes, also of earlier owners of the slot */
    unsigned long access_count;
    apr_off_t bytes_served;
    /* of this owner */
    unsigned long my_access_count;
    apr_off_t my_bytes_served;
    /* of the last request */
    apr_time_t start_time;
    apr_time_t stop_time;
    apr_time_t last_used;       /* last change */
    struct tms times;           /* CPU time */
    char client[32];            /* address, older and shorter */
    char request[64];           /* request line, its start or end */
    char vhost[32];             /* server name and port */
    char protocol[16];          /* of the connection */
    apr_time_t duration;        /* microseconds spent on requests */
    char client64[64];          /* address */
};

/* The server. */
struct global_score {
    /* size of the tables */
    int server_limit;
    int thread_limit;
    ap_generation_t running_generation; /* the newest configuration */
    apr_time_t restart_time;            /* its time */
    struct tms times;                   /* CPU time of the parent */
};

/* A child. Counters are kept by asynchronous MPMs. */
struct process_score {
    pid_t pid;                          /* 0: the slot is free */
    ap_generation_t generation;         /* its configuration */
    char quiescing;                     /* it is going to end */
    char not_accepting;                 /* it takes no connections now */
    apr_uint32_t connections;           /* open ones */
    apr_uint32_t write_completion;      /* writing without a thread */
    apr_uint32_t lingering_close;       /* lingering */
    apr_uint32_t keep_alive;            /* waiting for a request */
    apr_uint32_t suspended;             /* with another owner */
    int bucket;                         /* its listeners */
    apr_uint32_t wait_io;               /* waiting otherwise */
};

/* Where the parts are, in this process. */
struct scoreboard {
    global_score *global;       /* one */
    process_score *parent;      /* by child */
    worker_score **servers;     /* by child and thread */
};

/* NULL while there is none. */
extern AP_DECLARE_DATA scoreboard *ap_scoreboard_image;

/* ---- Settings ------------------------------------------------------------ */

/* ScoreBoardFile; ExtendedStatus; SeeRequestTail: show the ends of long request
 * lines. */
extern AP_DECLARE_DATA const char *ap_scoreboard_fname;
extern AP_DECLARE_DATA int ap_extended_status;
extern AP_DECLARE_DATA int ap_mod_status_reqtail;

/* Directive functions. */
AP_DECLARE(const char *) ap_set_scoreboard(cmd_parms *cmd, void *dummy,
    const char *arg);
AP_DECLARE(const char *) ap_set_extended_status(cmd_parms *cmd, void *dummy,
    int arg);
AP_DECLARE(const char *) ap_set_reqtail(cmd_parms *cmd, void *dummy, int arg);

/* ---- Making it ----------------------------------------------------------- */

/* Make the scoreboard, in the parent. OK or an error. */
AP_DECLARE_HOOK(int, pre_mpm, (apr_pool_t *p, ap_scoreboard_e sb_type))

/* The core's function for that; a pool cleanup that gives it back. */
AP_DECLARE(int) ap_create_scoreboard(apr_pool_t *p, ap_scoreboard_e t);
AP_DECLARE(apr_status_t) ap_cleanup_scoreboard(void *d);

/* Bytes needed; lays the image out over as much memory. */
AP_DECLARE(int) ap_calc_scoreboard_size(void);
AP_DECLARE(void) ap_init_scoreboard(void *shared_score);

/* In a child; detached: not forked, so attach to the file. */
AP_DECLARE(apr_status_t) ap_reopen_scoreboard(apr_pool_t *p, apr_shm_t **shm,
    int detached);

/* Whether there is one. */
AP_DECLARE(int) ap_exists_scoreboard_image(void);

/* ---- Reading it ---------------------------------------------------------- */

/* Parts of the image; NULL where there are none. */
AP_DECLARE(global_score *) ap_get_scoreboard_global(void);
AP_DECLARE(process_score *) ap_get_scoreboard_process(int x);
AP_DECLARE(worker_score *) ap_get_scoreboard_worker(ap_sb_handle_t *sbh);
AP_DECLARE(worker_score *) ap_get_scoreboard_worker_from_indexes(int child_num,
    int thread_num);

/* A copy whose texts are ended; zeros for no such worker. */
AP_DECLARE(void) ap_copy_scoreboard_worker(worker_score *dest, int child_num,
    int thread_num);

/* The slot of a child, -1: none. */
AP_DECLARE(int) ap_find_child_by_pid(apr_proc_t *pid);

/* ---- Writing it ---------------------------------------------------------- */

/* A handle in p; another slot for a handle. */
AP_DECLARE(void) ap_create_sb_handle(ap_sb_handle_t **new_sbh, apr_pool_t *p,
    int child_num, int thread_num);
AP_DECLARE(void) ap_update_sb_handle(ap_sb_handle_t *sbh, int child_num,
    int thread_num);

/* Sets the state and, with ExtendedStatus, the texts from a request, a
 * connection, a host or descr. The state before; -1 without a scoreboard. */
AP_DECLARE(int) ap_update_child_status(ap_sb_handle_t *sbh, int status,
    request_rec *r);
AP_DECLARE(int) ap_update_child_status_from_conn(ap_sb_handle_t *sbh,
    int status, conn_rec *c);
AP_DECLARE(int) ap_update_child_status_from_server(ap_sb_handle_t *sbh,
    int status, conn_rec *c, server_rec *s);
AP_DECLARE(int) ap_update_child_status_descr(ap_sb_handle_t *sbh, int status,
    const char *descr);
AP_DECLARE(int) ap_update_child_status_from_indexes(int child_num,
    int thread_num, int status, request_rec *r);

/* A request was served: adds it and its bytes. */
AP_DECLARE(void) ap_increment_counts(ap_sb_handle_t *sbh, request_rec *r);

/* Requests on this connection. */
AP_DECLARE(void) ap_set_conn_count(ap_sb_handle_t *sb, request_rec *r,
    unsigned short conn_count);

/* A request begins or ends now; began and ended then. */
AP_DECLARE(void) ap_time_process_request(ap_sb_handle_t *sbh, int status);
AP_DECLARE(void) ap_set_time_process_request(ap_sb_handle_t *const sbh,
    const apr_time_t timebeg, const apr_time_t timeend);

/* CPU time of the parent. */
AP_DECLARE(int) ap_update_global_status(void);

#ifdef __cplusplus
}
#endif

#endif
