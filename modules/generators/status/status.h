/* SPDX-License-Identifier: Apache-2.0 */
/* status.h -- what the parts of mod_status share.
 *
 * status_collect.c reads the scoreboard once into a struct status_report;
 * status_auto.c writes it for programs, status_html.c for people.
 */
#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>

#include "http_config.h"
#include "httpd.h"
#include "mod_status.h"
#include "scoreboard.h"

#include "apr_tables.h"
#include "apr_time.h"

extern module AP_MODULE_DECLARE_DATA status_module;

/* The scoreboard's size and the nature of the MPM; fixed per generation. */
struct status_limits {
    int processes;
    int threads;
    bool is_async;
};

struct status_connections {
    apr_uint32_t total;
    apr_uint32_t wait_io;
    apr_uint32_t writing;
    apr_uint32_t keep_alive;
    apr_uint32_t closing;
};

struct status_workers {
    int busy;
    int graceful;
    int idle;
};

struct status_process {
    int slot;
    pid_t pid;
    bool is_stopping;
    bool is_accepting;
    struct status_workers workers;
    struct status_connections connections;
};

struct status_worker {
    int slot;
    int thread;
    pid_t pid;
    const worker_score *score;
};

struct status_report {
    struct status_limits limits;
    apr_time_t now;
    apr_time_t restart_time;
    long uptime;                    /* seconds */
    ap_generation_t config_generation;
    ap_generation_t mpm_generation;
    ap_loadavg_t load;              /* load < 0: unknown */
    bool is_extended;

    char *board;                    /* a letter a worker, NUL at the end */
    int stopping;
    struct status_workers workers;
    struct status_connections connections;
    apr_array_header_t *processes;  /* of struct status_process */
    apr_array_header_t *details;    /* of struct status_worker; extended */

    /* extended only */
    unsigned long accesses;
    apr_off_t bytes;
    apr_time_t duration;
    struct tms cpu;                 /* ticks */
    double ticks_a_second;
};

#define STATUS_TIME_FORMAT "%A, %d-%b-%Y %H:%M:%S %Z"

/* Room for what status_uptime_words writes. */
#define STATUS_UPTIME_MAX 80

void status_collect(request_rec *r, const struct status_limits *limits,
                    struct status_report *report);

double status_cpu_seconds(const struct status_report *report, clock_t ticks);
/* All CPU time used, in seconds. */
double status_cpu_total(const struct status_report *report);
/* " 1 day 2 hours", each word with a space before it; "" for no time. */
void status_uptime_words(long seconds, char *buffer, size_t size);

void status_write_auto(request_rec *r, const struct status_report *report);

enum status_style { STATUS_TABLE, STATUS_NO_TABLE };

void status_write_html_head(request_rec *r, const struct status_report *report,
                            enum status_style style, pid_t self);
void status_write_html_foot(request_rec *r);

#endif
