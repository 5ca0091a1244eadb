/* SPDX-License-Identifier: Apache-2.0 */
/* status_auto.c -- /server-status?auto: "Key: value" lines for programs.
 *
 * Monitoring tools know these keys, their order and their spelling; a key
 * that does not apply is left out.
 */
#include "status.h"

#include "ap_mpm.h"
#include "http_core.h"
#include "http_protocol.h"

static void write_server(request_rec *r, const struct status_report *report)
{
    const char *format = STATUS_TIME_FORMAT;
    char words[STATUS_UPTIME_MAX];

    status_uptime_words(report->uptime, words, sizeof words);
    ap_rvputs(r, ap_get_server_name(r),
              "\nServerVersion: ", ap_get_server_description(),
              "\nServerMPM: ", ap_show_mpm(),
              "\nServer Built: ", ap_get_server_built(),
              "\nCurrentTime: ",
              ap_ht_time(r->pool, report->now, format, 0),
              "\nRestartTime: ",
              ap_ht_time(r->pool, report->restart_time, format, 0), "\n",
              NULL);
    ap_rprintf(r, "ParentServerConfigGeneration: %d\n"
               "ParentServerMPMGeneration: %d\n"
               "ServerUptimeSeconds: %ld\n"
               "ServerUptime:%s\n",
               report->config_generation, report->mpm_generation,
               report->uptime, words);
    if (report->load.loadavg >= 0) {
        ap_rprintf(r, "Load1: %.2f\nLoad5: %.2f\nLoad15: %.2f\n",
                   report->load.loadavg, report->load.loadavg5,
                   report->load.loadavg15);
    }
}

static void write_rates(request_rec *r, const struct status_report *report,
                        apr_off_t kbytes, apr_int64_t msec)
{
    double accesses = (double)report->accesses;
    double bytes = 1024.0 * (double)kbytes;
    double uptime = (double)report->uptime;

    if (report->uptime > 0) {
        ap_rprintf(r, "ReqPerSec: %g\nBytesPerSec: %g\n", accesses / uptime,
                   bytes / uptime);
    }
    if (report->accesses > 0) {
        ap_rprintf(r, "BytesPerReq: %g\nDurationPerReq: %g\n",
                   bytes / accesses, (double)msec / accesses);
    }
}

static void write_totals(request_rec *r, const struct status_report *report)
{
    apr_off_t kbytes = report->bytes / 1024;
    apr_int64_t msec = apr_time_as_msec(report->duration);
    const struct tms *cpu = &report->cpu;
    double used = status_cpu_total(report);

    ap_rprintf(r, "Total Accesses: %lu\n"
               "Total kBytes: %" APR_OFF_T_FMT "\n"
               "Total Duration: %" APR_INT64_T_FMT "\n",
               report->accesses, kbytes, msec);
    ap_rprintf(r, "CPUUser: %g\nCPUSystem: %g\n"
               "CPUChildrenUser: %g\nCPUChildrenSystem: %g\n",
               status_cpu_seconds(report, cpu->tms_utime),
               status_cpu_seconds(report, cpu->tms_stime),
               status_cpu_seconds(report, cpu->tms_cutime),
               status_cpu_seconds(report, cpu->tms_cstime));
    if (used > 0 && report->uptime > 0) {
        ap_rprintf(r, "CPULoad: %g\n", used / (double)report->uptime * 100);
    }
    ap_rprintf(r, "Uptime: %ld\n", report->uptime);
    write_rates(r, report, kbytes, msec);
}

void status_write_auto(request_rec *r, const struct status_report *report)
{
    const struct status_connections *sum = &report->connections;

    write_server(r, report);
    if (report->is_extended) {
        write_totals(r, report);
    }
    ap_rprintf(r, "BusyWorkers: %d\nGracefulWorkers: %d\nIdleWorkers: %d\n",
               report->workers.busy, report->workers.graceful,
               report->workers.idle);
    if (report->limits.is_async) {
        ap_rprintf(r, "Processes: %d\nStopping: %d\nConnsTotal: %u\n"
                   "ConnsAsyncWaitIO: %u\nConnsAsyncWriting: %u\n"
                   "ConnsAsyncKeepAlive: %u\nConnsAsyncClosing: %u\n",
                   report->processes->nelts, report->stopping, sum->total,
                   sum->wait_io, sum->writing, sum->keep_alive,
                   sum->closing);
    }
    ap_rvputs(r, "Scoreboard: ", report->board, "\n", NULL);
}
