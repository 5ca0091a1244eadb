/* SPDX-License-Identifier: Apache-2.0 */
/* scoreboard.c -- the memory that parent and children share.
 *
 *   global_score | process_score per slot | worker_score per slot and thread
 *
 * One segment, made before the first fork and kept over graceful restarts,
 * anonymous unless ScoreBoardFile names a file.  Each slot's workers start on
 * a cache line of their own, since different processes write them.  All
 * indexes are checked here; callers may pass what they read from anywhere.
 */
#include "mpm/mpm.h"

#include "http_core.h"
#include "http_log.h"
#include "http_main.h"

#include <apr_strings.h>

#include <stdlib.h>

APLOG_USE_MODULE(core);

AP_DECLARE_DATA scoreboard *ap_scoreboard_image = NULL;
AP_DECLARE_DATA const char *ap_scoreboard_fname = NULL;

enum { CACHE_LINE = 64 };

static apr_shm_t *segment;
static ap_scoreboard_e image_type;
static int server_limit;
static int thread_limit;

static apr_size_t on_line(apr_size_t size)
{
    return (size + CACHE_LINE - 1) & ~(apr_size_t)(CACHE_LINE - 1);
}

static apr_size_t row_size(void)
{
    return on_line(sizeof(worker_score) * thread_limit);
}

static apr_size_t total_size(void)
{
    return on_line(sizeof(global_score))
           + on_line(sizeof(process_score) * server_limit)
           + row_size() * server_limit;
}

AP_DECLARE(int) ap_calc_scoreboard_size(void)
{
    ap_mpm_query(AP_MPMQ_HARD_LIMIT_THREADS, &thread_limit);
    ap_mpm_query(AP_MPMQ_HARD_LIMIT_DAEMONS, &server_limit);
    return (int)total_size();
}

/* Lay the image out over this memory; it must be as long as
 * ap_calc_scoreboard_size() said last. */
AP_DECLARE(void) ap_init_scoreboard(void *shared_score)
{
    char *at = shared_score;

    memset(at, 0, total_size());
    ap_scoreboard_image = ap_calloc(
        1, sizeof *ap_scoreboard_image
               + sizeof(worker_score *) * server_limit);
    ap_scoreboard_image->servers = (worker_score **)(ap_scoreboard_image + 1);
    ap_scoreboard_image->global = (global_score *)at;
    at += on_line(sizeof(global_score));
    ap_scoreboard_image->parent = (process_score *)at;
    at += on_line(sizeof(process_score) * server_limit);
    for (int i = 0; i < server_limit; i++) {
        ap_scoreboard_image->servers[i] = (worker_score *)at;
        at += row_size();
    }
    ap_scoreboard_image->global->server_limit = server_limit;
    ap_scoreboard_image->global->thread_limit = thread_limit;
}

/* A restart that is not graceful: the same memory, nobody in it. */
static void empty_scoreboard(void)
{
    memset(ap_scoreboard_image->parent, 0,
           sizeof(process_score) * server_limit);
    for (int i = 0; i < server_limit; i++) {
        memset(ap_scoreboard_image->servers[i], 0, row_size());
    }
}

static apr_status_t map_file(apr_size_t size, apr_pool_t *p)
{
    const char *fname = ap_server_root_relative(p, ap_scoreboard_fname);

    if (fname == NULL) {
        return APR_EBADPATH;
    }
    apr_shm_remove(fname, p);           /* left by a server that crashed */
    return apr_shm_create(&segment, size, fname, p);
}

static apr_status_t map_segment(apr_pool_t *p)
{
    apr_size_t size;
    apr_status_t rv;

    ap_calc_scoreboard_size();
    size = total_size();
    if (ap_scoreboard_fname) {
        rv = map_file(size, p);
    }
    else {
        rv = apr_shm_create(&segment, size, NULL, p);
    }
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, ap_server_conf,
                     APLOGNO(00004) "could not make shared memory of %"
                     APR_SIZE_T_FMT " bytes for the scoreboard%s%s%s; lower "
                     "ServerLimit or raise the system's limit", size,
                     ap_scoreboard_fname ? " in \"" : "",
                     ap_scoreboard_fname ? ap_scoreboard_fname : "",
                     ap_scoreboard_fname ? "\"" : "");
    }
    return rv;
}

AP_DECLARE(apr_status_t) ap_cleanup_scoreboard(void *)
{
    scoreboard *image = ap_scoreboard_image;

    if (image == NULL) {
        return APR_SUCCESS;
    }
    ap_scoreboard_image = NULL;
    if (image_type == SB_SHARED) {
        apr_shm_destroy(segment);
        segment = NULL;
    }
    else {
        free(image->global);
    }
    free(image);
    return APR_SUCCESS;
}

/* The core's pre_mpm hook. */
AP_DECLARE(int) ap_create_scoreboard(apr_pool_t *p, ap_scoreboard_e t)
{
    if (ap_scoreboard_image) {
        empty_scoreboard();
        ap_scoreboard_image->global->restart_time = apr_time_now();
        return OK;
    }
    if (t == SB_SHARED) {
        if (map_segment(p) != APR_SUCCESS) {
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        ap_init_scoreboard(apr_shm_baseaddr_get(segment));
    }
    else {
        ap_calc_scoreboard_size();
        ap_init_scoreboard(ap_malloc(total_size()));
    }
    image_type = t;
    ap_scoreboard_image->global->restart_time = apr_time_now();
    apr_pool_cleanup_register(p, NULL, ap_cleanup_scoreboard,
                              apr_pool_cleanup_null);
    return OK;
}

/* For a child: a forked one has the memory mapped already; one that was
 * started otherwise attaches to the file. */
AP_DECLARE(apr_status_t) ap_reopen_scoreboard(apr_pool_t *p, apr_shm_t **shm,
                                              int detached)
{
    if (detached) {
        const char *fname = ap_scoreboard_fname
                            ? ap_server_root_relative(p, ap_scoreboard_fname)
                            : NULL;
        apr_status_t rv = fname ? apr_shm_attach(&segment, fname, p)
                                : APR_ENOSHMAVAIL;

        if (rv != APR_SUCCESS) {
            return rv;
        }
        ap_calc_scoreboard_size();
        if (apr_shm_size_get(segment) < total_size()) {
            return APR_EINVAL;
        }
    }
    if (shm) {
        *shm = segment;
    }
    return APR_SUCCESS;
}

AP_DECLARE(int) ap_exists_scoreboard_image(void)
{
    return ap_scoreboard_image != NULL;
}

AP_DECLARE(global_score *) ap_get_scoreboard_global(void)
{
    return ap_scoreboard_image ? ap_scoreboard_image->global : NULL;
}

AP_DECLARE(process_score *) ap_get_scoreboard_process(int x)
{
    if (ap_scoreboard_image == NULL || x < 0 || x >= server_limit) {
        return NULL;
    }
    return &ap_scoreboard_image->parent[x];
}

AP_DECLARE(worker_score *) ap_get_scoreboard_worker_from_indexes(
    int child_num, int thread_num)
{
    if (ap_scoreboard_image == NULL || child_num < 0 || thread_num < 0
        || child_num >= server_limit || thread_num >= thread_limit) {
        return NULL;
    }
    return &ap_scoreboard_image->servers[child_num][thread_num];
}

/* A copy for a reader; the texts are ended, as their writers may be at work
 * while we copy. */
AP_DECLARE(void) ap_copy_scoreboard_worker(worker_score *dest, int child_num,
                                           int thread_num)
{
    const worker_score *ws =
        ap_get_scoreboard_worker_from_indexes(child_num, thread_num);

    if (ws == NULL) {
        memset(dest, 0, sizeof *dest);
        return;
    }
    *dest = *ws;
    dest->client[sizeof dest->client - 1] = '\0';
    dest->client64[sizeof dest->client64 - 1] = '\0';
    dest->request[sizeof dest->request - 1] = '\0';
    dest->vhost[sizeof dest->vhost - 1] = '\0';
    dest->protocol[sizeof dest->protocol - 1] = '\0';
}

/* The slot of that child, or -1. */
AP_DECLARE(int) ap_find_child_by_pid(apr_proc_t *pid)
{
    int slots = 0;

    ap_mpm_query(AP_MPMQ_MAX_DAEMON_USED, &slots);
    for (int i = 0; i < slots; i++) {
        const process_score *ps = ap_get_scoreboard_process(i);

        if (ps && ps->pid == pid->pid) {
            return i;
        }
    }
    return -1;
}

AP_DECLARE(const char *) ap_set_scoreboard(cmd_parms *cmd, void *,
                                           const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    ap_scoreboard_fname = arg;
    return NULL;
}
