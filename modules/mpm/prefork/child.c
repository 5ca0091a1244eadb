/* SPDX-License-Identifier: Apache-2.0 */
/* child.c -- the life of one child: become the user, serve one connection
 * after the other, leave.
 *
 * Leaving.  The signal handlers put a descriptor that is no socket in place
 * of every listening socket.  A process that sleeps in accept() restarts the
 * call after the handler, or is just about to enter it: either way accept()
 * fails, and the loop finds the order to leave.  There is no moment in which
 * a signal is lost, and no system call beside accept() is needed while
 * nobody wants us to leave.
 *
 *   SIGUSR1 SIGWINCH   after the present request; an idle kept-alive client
 *                      is not waited for
 *   SIGTERM SIGHUP     now: the client's socket is shut down, so that the
 *                      request comes to its end; a second one exits at once
 */
#include "prefork.h"

#include "http_connection.h"
#include "mod_unixd.h"

#include <apr_portable.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum leaving { STAY, LEAVE_GENTLY, LEAVE_NOW };

static struct {
    apr_pool_t *pool;                   /* of the process */
    apr_pool_t *ptrans;                 /* of one connection */
    apr_bucket_alloc_t *buckets;
    apr_thread_t *thread;
    ap_sb_handle_t *sbh;
    const struct prefork_bucket *bucket;
    int slot;
    int epoll;                          /* -1: one listener, just accept */
    ap_listen_rec *only;                /* then this one */
} child;

/* What the signal handlers work with. */
static volatile sig_atomic_t leaving;
static volatile sig_atomic_t client = -1;
static int *listeners;
static volatile sig_atomic_t num_listeners;
static int no_socket = -1;              /* an eventfd; readable: leave */
static worker_score *score;

/* ---- signals */

static void stop_listening(void)
{
    static const apr_uint64_t one = 1;

    for (int i = 0; i < num_listeners; i++) {
        dup3(no_socket, listeners[i], O_CLOEXEC);
    }
    if (write(no_socket, &one, sizeof one) < 0) {
        /* It is full of earlier orders, which is as good. */
    }
}

static void on_gentle(int)
{
    int saved = errno;

    if (leaving == STAY) {
        leaving = LEAVE_GENTLY;
    }
    prefork.kept->mpm->mpm_state = AP_MPMQ_STOPPING;
    stop_listening();
    if (client >= 0) {
        if (score->status == SERVER_BUSY_KEEPALIVE) {
            shutdown(client, SHUT_RD);
        }
        score->status = SERVER_GRACEFUL;
    }
    errno = saved;
}

static void on_now(int)
{
    int saved = errno;

    if (leaving == LEAVE_NOW) {
        _exit(APEXIT_OK);
    }
    leaving = LEAVE_NOW;
    prefork.kept->mpm->mpm_state = AP_MPMQ_STOPPING;
    stop_listening();
    if (client >= 0) {
        shutdown(client, SHUT_RDWR);
    }
    errno = saved;
}

static void handle(int sig, void (*handler)(int))
{
    struct sigaction action = {
        .sa_handler = handler,
        .sa_flags = SA_RESTART
    };

    sigfillset(&action.sa_mask);
    sigaction(sig, &action, NULL);
}

/* Of the parent's signals only those for a child have a meaning here. */
static void set_signals(void)
{
    sigset_t none;

    handle(AP_SIG_GRACEFUL, on_gentle);
    handle(AP_SIG_GRACEFUL_STOP, on_gentle);
    handle(SIGTERM, on_now);
    handle(SIGHUP, on_now);
    handle(SIGINT, prefork.one_process ? on_now : SIG_IGN);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* ---- listening */

static bool watch(int epoll, int fd, uint32_t events, void *what)
{
    struct epoll_event event = { .events = events, .data.ptr = what };

    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool take_listener(ap_listen_rec *lr)
{
    apr_os_sock_t fd;

    if (lr->sd == NULL) {               /* switched off */
        return true;
    }
    apr_os_sock_get(&fd, lr->sd);
    listeners[num_listeners] = fd;
    num_listeners++;
    child.only = lr;
    /* Exclusive: one sleeping child is woken per connection, not all. */
    return child.epoll < 0
           || watch(child.epoll, fd, EPOLLIN | EPOLLEXCLUSIVE, lr);
}

static bool open_listeners(void)
{
    ap_listen_rec *first = child.bucket->listeners;
    int count = 0;

    for (ap_listen_rec *lr = first; lr; lr = lr->next) {
        count++;
    }
    listeners = apr_palloc(child.pool, sizeof *listeners * count);
    child.epoll = -1;
    no_socket = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (no_socket < 0) {
        return false;
    }
    if (first->next) {
        child.epoll = epoll_create1(EPOLL_CLOEXEC);
        if (child.epoll < 0 || !watch(child.epoll, no_socket, EPOLLIN, NULL)) {
            return false;
        }
    }
    for (ap_listen_rec *lr = first; lr; lr = lr->next) {
        if (!take_listener(lr)) {
            return false;
        }
    }
    return num_listeners > 0;
}

static void close_other_buckets(int mine)
{
    for (int b = 0; b < prefork.num_buckets; b++) {
        if (b != mine) {
            ap_close_listeners_ex(prefork.buckets[b].listeners);
        }
    }
}

/* The listener that has a client, or NULL: look whether we must leave. */
static ap_listen_rec *next_listener(void)
{
    struct epoll_event event;

    if (child.epoll < 0) {
        return child.only;
    }
    if (epoll_wait(child.epoll, &event, 1, -1) != 1) {
        return NULL;
    }
    return event.data.ptr;
}

static apr_status_t accept_client(void **csd)
{
    ap_listen_rec *lr = next_listener();

    *csd = NULL;
    if (lr == NULL || leaving != STAY) {
        return APR_EINTR;
    }
    return lr->accept_func(csd, lr, child.ptrans);
}

/* ---- beginning and end */

static apr_pool_t *make_pool(apr_pool_t *parent)
{
    apr_allocator_t *allocator;
    apr_pool_t *pool;

    apr_allocator_create(&allocator);
    apr_allocator_max_free_set(allocator, ap_max_mem_free);
    apr_pool_create_ex(&pool, parent, NULL, allocator);
    apr_allocator_owner_set(allocator, pool);
    return pool;
}

static void finish(void)
{
    prefork.kept->mpm->mpm_state = AP_MPMQ_STOPPING;
    if (child.pool) {
        ap_run_child_stopping(child.pool, leaving != LEAVE_NOW);
        apr_pool_destroy(child.pool);
        child.pool = NULL;
    }
}

static void leave(int code)
{
    finish();
    exit(code);
}

static void fail(int code, const char *what)
{
    ap_log_error(APLOG_MARK, APLOG_EMERG, errno, prefork.server,
                 APLOGNO(50673) "child cannot serve: could not %s", what);
    leave(code);
}

static apr_status_t join_mutex(int bucket)
{
    apr_proc_mutex_t **mutex = &prefork.buckets[bucket].mutex;

    if (*mutex == NULL) {
        return APR_SUCCESS;
    }
    return apr_proc_mutex_child_init(mutex, apr_proc_mutex_lockfile(*mutex),
                                     child.pool);
}

static void begin(int slot, int bucket)
{
    child.slot = slot;
    child.bucket = &prefork.buckets[bucket];
    child.pool = make_pool(prefork.pconf);
    apr_pool_tag(child.pool, "pchild");
    apr_pool_create(&child.ptrans, child.pool);
    apr_pool_tag(child.ptrans, "transaction");
    score = ap_get_scoreboard_worker_from_indexes(slot, 0);

    close_other_buckets(bucket);
    if (!open_listeners()) {
        fail(APEXIT_CHILDSICK, "watch the listening sockets");
    }
    set_signals();
    if (ap_reopen_scoreboard(child.pool, NULL, 0) != APR_SUCCESS
        || join_mutex(bucket) != APR_SUCCESS) {
        fail(APEXIT_CHILDFATAL, "use the accept lock or the scoreboard");
    }
    if (ap_run_drop_privileges(child.pool, prefork.server) != OK) {
        leave(APEXIT_CHILDFATAL);
    }
    child.thread = ap_thread_current();
    if (child.thread == NULL) {
        ap_thread_current_create(&child.thread, NULL, child.pool);
    }
    ap_run_child_init(child.pool, prefork.server);
    ap_create_sb_handle(&child.sbh, child.pool, slot, 0);
    child.buckets = apr_bucket_alloc_create(child.pool);
}

/* ---- serving */

static void serve(apr_socket_t *csd)
{
    apr_os_sock_t fd;
    conn_rec *c;

    apr_os_sock_get(&fd, csd);
    client = fd;
    c = ap_run_create_connection(child.ptrans, prefork.server, csd,
                                 child.slot, child.sbh, child.buckets);
    if (c && leaving != LEAVE_NOW) {
        c->current_thread = child.thread;
        ap_process_connection(c, csd);
        ap_lingering_close(c);
    }
    client = -1;
}

static bool may_stay(int served)
{
    return leaving == STAY
           && (ap_max_requests_per_child == 0
               || served < ap_max_requests_per_child)
           && (prefork.one_process
               || ap_scoreboard_image->global->running_generation
                      == prefork.kept->mpm->my_generation);
}

/* Only with a Mutex mpm-accept.  A lock that is gone went with the old
 * configuration. */
static bool lock(void)
{
    return child.bucket->mutex == NULL
           || apr_proc_mutex_lock(child.bucket->mutex) == APR_SUCCESS;
}

static void unlock(void)
{
    if (child.bucket->mutex) {
        apr_proc_mutex_unlock(child.bucket->mutex);
    }
}

/* The exit code. */
static int serve_all(void)
{
    for (int served = 0; may_stay(served); ) {
        apr_status_t rv;
        void *csd;

        apr_pool_clear(child.ptrans);
        ap_update_child_status(child.sbh, SERVER_READY, NULL);
        if (!lock()) {
            return leaving == STAY ? APEXIT_CHILDSICK : APEXIT_OK;
        }
        rv = accept_client(&csd);
        unlock();
        if (rv == APR_EGENERAL) {
            return leaving == STAY ? APEXIT_CHILDSICK : APEXIT_OK;
        }
        if (rv == APR_SUCCESS && csd) {
            serve(csd);
            served++;
        }
    }
    return APEXIT_OK;
}

void prefork_child(int slot, int bucket)
{
    process_score *ps = ap_get_scoreboard_process(slot);

    ps->pid = getpid();                 /* the parent does the same */
    ap_fatal_signal_child_setup(prefork.server);
    ap_thread_current_after_fork();
    begin(slot, bucket);
    leave(serve_all());
}

void prefork_serve_alone(void)
{
    process_score *ps = ap_get_scoreboard_process(0);

    ps->pid = getpid();
    ps->generation = prefork.kept->mpm->my_generation;
    ap_update_child_status_from_indexes(0, 0, SERVER_STARTING, NULL);
    begin(0, 0);
    serve_all();
    finish();
}
