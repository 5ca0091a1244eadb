/* SPDX-License-Identifier: Apache-2.0 */
/* status_collect.c -- one pass over the scoreboard.
 *
 * Workers write their slots without a lock while this reads them, so numbers
 * may be a moment apart from each other; nothing here relies on more.
 */
#include "status.h"

#include <string.h>
#include <unistd.h>

#include "ap_mpm.h"
#include "http_core.h"

#include "apr_strings.h"

static const char letters[SERVER_NUM_STATUS] = {
    [SERVER_DEAD] = '.', [SERVER_READY] = '_', [SERVER_STARTING] = 'S',
    [SERVER_BUSY_READ] = 'R', [SERVER_BUSY_WRITE] = 'W',
    [SERVER_BUSY_KEEPALIVE] = 'K', [SERVER_BUSY_LOG] = 'L',
    [SERVER_BUSY_DNS] = 'D', [SERVER_CLOSING] = 'C',
    [SERVER_GRACEFUL] = 'G', [SERVER_IDLE_KILL] = 'I',
};

static char letter_of(unsigned char status)
{
    return status < SERVER_NUM_STATUS ? letters[status] : '?';
}

static clock_t ticks_of(const struct tms *times)
{
    return times->tms_utime + times->tms_stime + times->tms_cutime
        + times->tms_cstime;
}

static void add_ticks(struct tms *sum, const struct tms *times)
{
    sum->tms_utime += times->tms_utime;
    sum->tms_stime += times->tms_stime;
    sum->tms_cutime += times->tms_cutime;
    sum->tms_cstime += times->tms_cstime;
}

/* Has this slot served anything, or is it at work? */
static bool is_of_interest(const worker_score *score)
{
    return score->access_count != 0
        || (score->status != SERVER_READY && score->status != SERVER_DEAD);
}

static void count_worker(struct status_workers *workers,
                         unsigned char status)
{
    switch (status) {
    case SERVER_READY:
        workers->idle++;
        break;
    case SERVER_GRACEFUL:
        workers->graceful++;
        break;
    case SERVER_DEAD:
    case SERVER_STARTING:
    case SERVER_IDLE_KILL:
        break;
    default:
        workers->busy++;
        break;
    }
}

/* The threads of a process all report the CPU time of the process: *cpu keeps
 * the latest, which is the largest.
 */
static void add_details(request_rec *r, struct status_report *report,
                        const struct status_worker *worker, struct tms *cpu)
{
    const worker_score *score = apr_pmemdup(r->pool, worker->score,
                                            sizeof *score);
    struct status_worker *kept = apr_array_push(report->details);

    *kept = *worker;
    kept->score = score;
    report->accesses += score->access_count;
    report->bytes += score->bytes_served;
    report->duration += score->duration;
    if (ticks_of(&score->times) > ticks_of(cpu)) {
        *cpu = score->times;
    }
}

static void add_process(struct status_report *report, int slot,
                        const process_score *score,
                        const struct status_workers *workers)
{
    struct status_process *process;
    struct status_connections *sum = &report->connections;

    report->workers.busy += workers->busy;
    report->workers.graceful += workers->graceful;
    report->workers.idle += workers->idle;
    if (score->pid == 0) {
        return;
    }
    report->stopping += score->quiescing != 0;
    process = apr_array_push(report->processes);
    process->slot = slot;
    process->pid = score->pid;
    process->is_stopping = score->quiescing != 0;
    process->is_accepting = score->not_accepting == 0;
    process->workers = *workers;
    process->connections = (struct status_connections){
        score->connections, score->wait_io, score->write_completion,
        score->keep_alive, score->lingering_close,
    };
    sum->total += score->connections;
    sum->wait_io += score->wait_io;
    sum->writing += score->write_completion;
    sum->keep_alive += score->keep_alive;
    sum->closing += score->lingering_close;
}

/* The workers of a process that stops are neither busy nor idle: it takes no
 * new connections, and whoever counts wants to know what may come.
 */
static void collect_process(request_rec *r, struct status_report *report,
                            int slot)
{
    const process_score *process = ap_get_scoreboard_process(slot);
    int threads = report->limits.threads;
    struct status_workers workers = { 0 };
    struct tms cpu = { 0 };
    worker_score score;

    for (int thread = 0; thread < threads; thread++) {
        ap_copy_scoreboard_worker(&score, slot, thread);
        report->board[slot * threads + thread] = letter_of(score.status);
        if (!process->quiescing && process->pid != 0) {
            count_worker(&workers, score.status);
        }
        if (report->is_extended && is_of_interest(&score)) {
            /* an MPM without threads leaves the worker's pid to its process */
            add_details(r, report, &(struct status_worker){
                            slot, thread,
                            score.pid != 0 ? score.pid : process->pid,
                            &score }, &cpu);
        }
    }
    add_ticks(&report->cpu, &cpu);
    add_process(report, slot, process, &workers);
}

static void collect_server(struct status_report *report)
{
    const global_score *global = ap_get_scoreboard_global();
    int generation = 0;

    report->now = apr_time_now();
    report->restart_time = global->restart_time;
    report->uptime = (long)apr_time_sec(report->now - global->restart_time);
    ap_mpm_query(AP_MPMQ_GENERATION, &generation);
    report->mpm_generation = generation;
    report->config_generation = ap_state_query(AP_SQ_CONFIG_GEN);
    report->load.loadavg = report->load.loadavg5 = -1.0f;
    report->load.loadavg15 = -1.0f;
    ap_get_loadavg(&report->load);
    report->is_extended = ap_extended_status != 0;
    report->cpu = global->times;
    report->ticks_a_second = (double)sysconf(_SC_CLK_TCK);
}

void status_collect(request_rec *r, const struct status_limits *limits,
                    struct status_report *report)
{
    int slots = limits->processes * limits->threads;

    memset(report, 0, sizeof *report);
    report->limits = *limits;
    report->board = apr_pcalloc(r->pool, (apr_size_t)slots + 1);
    report->processes = apr_array_make(r->pool, 16,
                                       sizeof(struct status_process));
    report->details = apr_array_make(r->pool, 64,
                                     sizeof(struct status_worker));
    collect_server(report);
    for (int slot = 0; slot < limits->processes; slot++) {
        collect_process(r, report, slot);
    }
}

/* ---- what both writers need */

double status_cpu_seconds(const struct status_report *report, clock_t ticks)
{
    return (double)ticks / report->ticks_a_second;
}

double status_cpu_total(const struct status_report *report)
{
    return status_cpu_seconds(report, ticks_of(&report->cpu));
}

void status_uptime_words(long seconds, char *buffer, size_t size)
{
    static const struct { const char *word; long seconds; } units[] = {
        { "day", 86400 }, { "hour", 3600 }, { "minute", 60 }, { "second", 1 },
    };
    size_t used = 0;

    buffer[0] = '\0';
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        long count = seconds / units[i].seconds;

        seconds %= units[i].seconds;
        if (count > 0) {
            used += (size_t)apr_snprintf(buffer + used, size - used,
                                         " %ld %s%s", count, units[i].word,
                                         count == 1 ? "" : "s");
        }
    }
}
