/* SPDX-License-Identifier: Apache-2.0 */
/* parent.c -- keep the right number of children until told to stop.
 *
 * The parent forks, waits, counts once a second and forks or dismisses.  One
 * child is dismissed by SIGUSR1 to that child: it closes its listeners and
 * ends after the client it may just have got, so no pipe has to be looked at
 * for each connection.  A graceful restart is the same to all children; they
 * keep their slots until they have finished, the new ones take free slots.
 */
#include "prefork.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum outcome { GO_ON, CHILD_FATAL };

/* Children that have served their MaxConnectionsPerChild are replaced at
 * once, so many a second; a child that fails at its start waits its turn. */
enum { REPLACED_A_SECOND = 32 };

static apr_time_t no_fork_before;
static int may_replace;

static struct prefork_slot *slots(void)
{
    return prefork.kept->slots;
}

static int generation(void)
{
    return prefork.kept->mpm->my_generation;
}

/* ---- slots */

static int find_slot(pid_t pid)
{
    for (int i = 0; i < prefork.kept->slots_used; i++) {
        if (slots()[i].pid == pid) {
            return i;
        }
    }
    return -1;
}

static int free_slot(void)
{
    for (int i = 0; i < prefork.limits.max_workers; i++) {
        if (slots()[i].pid == 0) {
            return i;
        }
    }
    return -1;
}

static void fill_slot(int i, pid_t pid, int bucket)
{
    process_score *ps = ap_get_scoreboard_process(i);

    slots()[i] = (struct prefork_slot){ pid, generation(), bucket };
    ps->pid = pid;
    ps->generation = generation();
    ps->bucket = bucket;
    ps->quiescing = 0;
    ps->not_accepting = 0;
    if (i >= prefork.kept->slots_used) {
        prefork.kept->slots_used = i + 1;
    }
    ap_run_child_status(prefork.server, pid, generation(), i,
                        MPM_CHILD_STARTED);
}

static void empty_slot(int i)
{
    struct prefork_slot was = slots()[i];
    process_score *ps = ap_get_scoreboard_process(i);

    slots()[i].pid = 0;
    ps->pid = 0;
    ap_update_child_status_from_indexes(i, 0, SERVER_DEAD, NULL);
    ap_run_child_status(prefork.server, was.pid, was.generation, i,
                        MPM_CHILD_EXITED);
}

/* For the functions of mpm_common.h that wait themselves. */
static void child_is_gone(int slot, pid_t pid, ap_generation_t gen)
{
    if (slot >= 0 && slot < prefork.kept->slots_used && slots()[slot].pid) {
        empty_slot(slot);
    }
    else if (slot < 0) {
        ap_run_child_status(prefork.server, pid, gen, -1, MPM_CHILD_EXITED);
    }
}

static int children_left(void)
{
    int left = 0;

    for (int i = 0; i < prefork.kept->slots_used; i++) {
        left += slots()[i].pid != 0;
    }
    return left;
}

/* ---- starting children */

/* The bucket with the fewest children of this generation: none may be left
 * alone with its clients. */
static int poorest_bucket(void)
{
    int poorest = 0;
    int fewest = -1;

    for (int b = 0; b < prefork.num_buckets; b++) {
        int count = 0;

        for (int i = 0; i < prefork.kept->slots_used; i++) {
            count += slots()[i].pid && slots()[i].bucket == b
                     && slots()[i].generation == generation();
        }
        if (fewest < 0 || count < fewest) {
            fewest = count;
            poorest = b;
        }
    }
    return poorest;
}

/* Signals wait from before the fork until the child has its own handlers. */
static bool start_child(int slot)
{
    int bucket = poorest_bucket();
    sigset_t all, before;
    pid_t pid;

    ap_update_child_status_from_indexes(slot, 0, SERVER_STARTING, NULL);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    pid = fork();
    if (pid == 0) {
        prefork_child(slot, bucket);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid < 0) {
        ap_log_error(APLOG_MARK, APLOG_ERR, errno, prefork.server,
                     APLOGNO(00159) "could not fork a child; the next try "
                     "is in 10 seconds");
        ap_update_child_status_from_indexes(slot, 0, SERVER_DEAD, NULL);
        no_fork_before = apr_time_now() + apr_time_from_sec(10);
        return false;
    }
    fill_slot(slot, pid, bucket);
    return true;
}

static void start_children(int count)
{
    while (count-- > 0) {
        int slot = free_slot();

        if (slot < 0 || !start_child(slot)) {
            return;
        }
    }
}

/* ---- once a second */

static bool is_idle(int i)
{
    const worker_score *ws = ap_get_scoreboard_worker_from_indexes(i, 0);

    return slots()[i].generation == generation()
           && (ws->status == SERVER_READY || ws->status == SERVER_STARTING);
}

static struct prefork_census count_children(void)
{
    struct prefork_census census = { 0 };

    for (int i = 0; i < prefork.kept->slots_used; i++) {
        if (slots()[i].pid == 0) {
            continue;
        }
        census.total++;
        census.idle += is_idle(i);
    }
    for (int i = 0; i < prefork.limits.max_workers; i++) {
        census.room += slots()[i].pid == 0;
    }
    return census;
}

static int richest_bucket(int counts[])
{
    int richest = 0;

    for (int b = 1; b < prefork.num_buckets; b++) {
        richest = counts[b] > counts[richest] ? b : richest;
    }
    return richest;
}

static void dismiss_one(void)
{
    int counts[prefork.num_buckets];
    int bucket;

    memset(counts, 0, sizeof counts);
    for (int i = 0; i < prefork.kept->slots_used; i++) {
        if (slots()[i].pid && is_idle(i)) {
            counts[slots()[i].bucket]++;
        }
    }
    bucket = richest_bucket(counts);
    for (int i = prefork.kept->slots_used - 1; i >= 0; i--) {
        if (slots()[i].pid && slots()[i].bucket == bucket && is_idle(i)) {
            ap_update_child_status_from_indexes(i, 0, SERVER_IDLE_KILL, NULL);
            ap_mpm_safe_kill(slots()[i].pid, AP_SIG_GRACEFUL);
            return;
        }
    }
}

static void report_full(bool full)
{
    struct prefork_retained *kept = prefork.kept;

    if (full && !kept->full_reported) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, prefork.server, APLOGNO(00161)
                     "server reached MaxRequestWorkers setting (%d), clients "
                     "have to wait; consider raising the MaxRequestWorkers "
                     "setting", prefork.limits.max_workers);
        kept->full_reported = true;
    }
}

static void maintain(void)
{
    struct prefork_spare *spare = &prefork.kept->spare;
    struct prefork_census census = count_children();
    int change = prefork_spare_decide(spare, &prefork.limits, &census);

    may_replace = REPLACED_A_SECOND;
    report_full(spare->full);
    if (change < 0) {
        dismiss_one();
    }
    else if (change > 0 && apr_time_now() >= no_fork_before) {
        if (change >= 8) {
            ap_log_error(APLOG_MARK, APLOG_INFO, 0, prefork.server,
                         APLOGNO(00162) "server seems busy, (you may need to "
                         "increase StartServers, or Min/MaxSpareServers), "
                         "spawning %d children, there are %d idle, and %d "
                         "total children", change, census.idle,
                         census.total);
        }
        start_children(change);
    }
}

/* ---- a process has ended */

static void stranger_ended(apr_proc_t *child, apr_exit_why_e why, int code)
{
    ap_generation_t gen;

    if (apr_proc_other_child_alert(child, APR_OC_REASON_DEATH, code)
        == APR_SUCCESS) {
        return;
    }
    if (ap_unregister_extra_mpm_process(child->pid, &gen)) {
        child_is_gone(-1, child->pid, gen);
        return;
    }
    ap_log_error(APLOG_MARK, APLOG_DEBUG, 0, prefork.server, APLOGNO(00167)
                 "process %ld ended (%s %d), which nobody in the server "
                 "waited for", (long)child->pid,
                 APR_PROC_CHECK_SIGNALED(why) ? "signal" : "exit status",
                 code);
}

static void replace(int slot)
{
    struct prefork_census census = count_children();

    if (may_replace > 0 && slot < prefork.limits.max_workers
        && census.idle < prefork.limits.min_spare
        && apr_time_now() >= no_fork_before) {
        may_replace--;
        start_child(slot);
    }
}

static enum outcome child_ended(apr_proc_t *child, apr_exit_why_e why,
                                    int code)
{
    int verdict = ap_process_child_status(child, why, code);
    int slot = find_slot(child->pid);
    ap_generation_t gen;

    if (slot < 0) {
        stranger_ended(child, why, code);
        return GO_ON;
    }
    gen = slots()[slot].generation;
    empty_slot(slot);
    if (verdict == APEXIT_CHILDSICK) {
        prefork.kept->spare.rate = 1;   /* short of something: go easy */
    }
    if (verdict == APEXIT_OK && APR_PROC_CHECK_EXIT(why) && code == APEXIT_OK
        && prefork.kept->mpm->mpm_state == AP_MPMQ_RUNNING) {
        replace(slot);
    }
    if (verdict != APEXIT_CHILDFATAL) {
        return GO_ON;
    }
    if (gen == generation()) {
        return CHILD_FATAL;
    }
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, prefork.server,
                 APLOGNO(00166) "the fatal error of child %ld does not stop "
                 "the server: it was of an older generation",
                 (long)child->pid);
    return GO_ON;
}

static enum outcome keep_children(void)
{
    const ap_unixd_mpm_retained_data *mpm = prefork.kept->mpm;
    apr_time_t next_count = apr_time_now() + apr_time_from_sec(1);

    while (!mpm->shutdown_pending && !mpm->restart_pending) {
        apr_exit_why_e why;
        apr_proc_t child;
        int code;

        ap_wait_or_timeout(&why, &code, &child, prefork.pconf,
                           prefork.server);
        if (child.pid != -1
            && child_ended(&child, why, code) == CHILD_FATAL) {
            return CHILD_FATAL;
        }
        if (apr_time_now() >= next_count && !mpm->shutdown_pending
            && !mpm->restart_pending) {
            maintain();
            next_count = apr_time_now() + apr_time_from_sec(1);
        }
    }
    return GO_ON;
}

/* ---- ending children */

static void signal_children(int sig)
{
    for (int i = 0; i < prefork.kept->slots_used; i++) {
        if (slots()[i].pid) {
            ap_mpm_safe_kill(slots()[i].pid, sig);
        }
    }
}

/* Scripts and helpers of the children go with them.  Only when the process
 * group is our own: a server in the foreground may share it with the shell
 * script that started it. */
static void signal_group(int sig)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction before;

    signal_children(sig);
    if (getpgrp() != getpid()) {
        return;
    }
    sigemptyset(&ignore.sa_mask);
    sigaction(sig, &ignore, &before);
    ap_unixd_killpg(getpgrp(), sig);
    sigaction(sig, &before, NULL);
}

/* The first signal lets a child end in order, a second ends it at once (see
 * child.c); half a second lies between them. */
static void end_children_now(int sig)
{
    signal_group(sig);
    for (int i = 0; i < 25 && children_left() > 0; i++) {
        apr_sleep(apr_time_from_msec(20));
        ap_relieve_child_processes(child_is_gone);
    }
    ap_reclaim_child_processes(1, child_is_gone);
}

/* They take no more clients, finish what they have, and end. */
static void end_children_gently(void)
{
    signal_children(AP_SIG_GRACEFUL);
}

static void forget_pid_file(void)
{
    ap_remove_pid(prefork.pconf, ap_pid_fname);
}

static int stop_now(void)
{
    end_children_now(SIGTERM);
    forget_pid_file();
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, prefork.server, APLOGNO(00169)
                 "caught SIGTERM, shutting down");
    return DONE;
}

static int stop_gently(void)
{
    ap_unixd_mpm_retained_data *mpm = prefork.kept->mpm;
    apr_time_t end = ap_graceful_shutdown_timeout
                     ? apr_time_now()
                       + apr_time_from_sec(ap_graceful_shutdown_timeout)
                     : 0;

    ap_close_listeners();
    forget_pid_file();
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, prefork.server, APLOGNO(00170)
                 "caught " AP_SIG_GRACEFUL_STOP_STRING
                 ", shutting down gracefully");
    end_children_gently();
    mpm->shutdown_pending = 0;          /* a SIGTERM from now on is news */
    while (children_left() > 0 && !mpm->shutdown_pending
           && (end == 0 || apr_time_now() < end)) {
        apr_exit_why_e why;
        apr_proc_t child;
        int code;

        ap_wait_or_timeout(&why, &code, &child, prefork.pconf,
                           prefork.server);
        mpm->restart_pending = 0;       /* too late for that */
        if (child.pid != -1) {
            child_ended(&child, why, code);
        }
    }
    end_children_now(SIGTERM);
    return DONE;
}

static int stop_after_fatal(void)
{
    prefork.kept->mpm->mpm_state = AP_MPMQ_STOPPING;
    end_children_now(SIGTERM);
    forget_pid_file();
    ap_log_error(APLOG_MARK, APLOG_ALERT, 0, prefork.server, APLOGNO(50672)
                 "the server stops because a child met a fatal error");
    return HTTP_INTERNAL_SERVER_ERROR;
}

static int restart(void)
{
    ap_unixd_mpm_retained_data *mpm = prefork.kept->mpm;

    mpm->my_generation++;
    ap_scoreboard_image->global->running_generation = mpm->my_generation;
    if (mpm->is_ungraceful) {
        end_children_now(SIGHUP);
        ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, prefork.server,
                     APLOGNO(00173) "SIGHUP received.  Attempting to "
                     "restart");
        return OK;
    }
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, prefork.server, APLOGNO(00171)
                 "Graceful restart requested, doing restart");
    end_children_gently();
    return OK;
}

/* ---- the hook */

static int prepare(server_rec *s)
{
    struct prefork_retained *kept = prefork.kept;

    if (!kept->mpm->was_graceful) {
        if (ap_run_pre_mpm(s->process->pool, SB_SHARED) != OK) {
            kept->mpm->mpm_state = AP_MPMQ_STOPPING;
            return HTTP_INTERNAL_SERVER_ERROR;
        }
        ap_scoreboard_image->global->running_generation =
            kept->mpm->my_generation;
    }
    if (kept->slots == NULL) {
        kept->slots = apr_pcalloc(s->process->pool,
                                  sizeof *kept->slots * kept->server_limit);
    }
    kept->full_reported = false;
    return OK;
}

static void announce(apr_pool_t *plog, server_rec *s)
{
    const apr_proc_mutex_t *mutex = prefork.buckets[0].mutex;

    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, APLOGNO(00163)
                 "%s configured -- resuming normal operations",
                 ap_get_server_description());
    ap_log_error(APLOG_MARK, APLOG_INFO, 0, s, APLOGNO(00164)
                 "Server built: %s", ap_get_server_built());
    ap_log_command_line(plog, s);
    ap_log_mpm_common(s);
    ap_log_error(APLOG_MARK, APLOG_DEBUG, 0, s, APLOGNO(00165)
                 "Accept mutex: %s (default: %s)",
                 mutex ? apr_proc_mutex_name((apr_proc_mutex_t *)mutex)
                       : "none", apr_proc_mutex_defname());
}

static int run_alone(apr_pool_t *plog, server_rec *s)
{
    prefork.kept->slots_used = 1;
    announce(plog, s);
    prefork.kept->mpm->mpm_state = AP_MPMQ_RUNNING;
    prefork_serve_alone();
    forget_pid_file();
    ap_log_error(APLOG_MARK, APLOG_NOTICE, 0, s, APLOGNO(00169)
                 "caught SIGTERM, shutting down");
    return DONE;
}

int prefork_run(apr_pool_t *pconf, apr_pool_t *plog, server_rec *s)
{
    ap_unixd_mpm_retained_data *mpm = prefork.kept->mpm;

    prefork.pconf = pconf;
    prefork.server = s;
    no_fork_before = 0;
    may_replace = REPLACED_A_SECOND;
    ap_log_pid(pconf, ap_pid_fname);
    if (prepare(s) != OK) {
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    ap_unixd_mpm_set_signals(pconf, prefork.one_process);
    if (prefork.one_process) {
        return run_alone(plog, s);
    }
    start_children(prefork.limits.start);
    announce(plog, s);
    mpm->mpm_state = AP_MPMQ_RUNNING;
    if (keep_children() == CHILD_FATAL) {
        return stop_after_fatal();
    }
    mpm->mpm_state = AP_MPMQ_STOPPING;
    if (mpm->shutdown_pending) {
        return mpm->is_ungraceful ? stop_now() : stop_gently();
    }
    return restart();
}
