/* SPDX-License-Identifier: Apache-2.0 */
/* status_html.c -- /server-status for people.
 *
 * One page without scripts that also reads well in a text browser: facts,
 * processes, the scoreboard with its key, and what each worker does.  With
 * ?notable the workers are a list of lines instead of a table.  Everything a
 * client could have sent is escaped, including control characters.
 */
#include "status.h"

#include "ap_mpm.h"
#include "http_core.h"
#include "http_protocol.h"

#include "apr_strings.h"

#define BOARD_COLUMNS 64

static const char style_sheet[] =
    "<style>\n"
    "body{font:15px/1.45 system-ui,sans-serif;margin:1.5em auto;"
    "max-width:80em;padding:0 1em;color:#1d2430;background:#fff}\n"
    "h1{font-size:1.5em;margin:0 0 .6em}h2{font-size:1.1em;margin:1.6em 0 "
    ".5em;border-bottom:1px solid #c9d1dc;padding-bottom:.2em}\n"
    "dl{margin:0}dt{margin:.1em 0}\n"
    ".scroll{overflow-x:auto}\n"
    "table{border-collapse:collapse}th,td{padding:.15em .6em;text-align:left;"
    "border-bottom:1px solid #e3e8ee;white-space:nowrap}\n"
    "th{background:#eef2f6;font-weight:600}td.n,th.n{text-align:right;"
    "font-variant-numeric:tabular-nums}\n"
    "tr.sum td{font-weight:600;border-top:2px solid #c9d1dc}\n"
    "tr.self td{background:#fff8e1}\n"
    "pre,code{font:14px/1.35 ui-monospace,monospace}\n"
    "pre.board{background:#f4f6f9;padding:.6em .8em;display:inline-block;"
    "margin:0;letter-spacing:.05em}\n"
    ".key{columns:3 16em;padding:0;margin:.8em 0;list-style:none}\n"
    "@media(prefers-color-scheme:dark){body{background:#14181f;color:#d9e0ea}"
    "th,pre.board{background:#202733}th,td,h2{border-color:#333d4b}"
    "tr.self td{background:#3a3215}}\n"
    "</style>\n";

/* ---- small change */

/* What came from a client, safe to show. */
static const char *safe(request_rec *r, const char *text)
{
    return ap_escape_html(r->pool, ap_escape_logitem(r->pool, text));
}

static const char *size_words(request_rec *r, double bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB" };
    size_t unit = 0;

    while (bytes >= 1024 && unit + 1 < sizeof units / sizeof *units) {
        bytes /= 1024;
        unit++;
    }
    return apr_psprintf(r->pool, unit == 0 ? "%.0f %s" : "%.1f %s", bytes,
                        units[unit]);
}

static apr_int64_t seconds_since(const struct status_report *report,
                                 apr_time_t when)
{
    return when != 0 ? apr_time_sec(report->now - when) : 0;
}

static apr_int64_t request_msec(const worker_score *score)
{
    return score->start_time != 0 && score->stop_time > score->start_time
        ? apr_time_as_msec(score->stop_time - score->start_time) : 0;
}

static const char *client_of(const worker_score *score)
{
    return score->client64[0] != '\0' ? score->client64 : score->client;
}

static double cpu_of(const struct status_report *report,
                     const worker_score *score)
{
    const struct tms *t = &score->times;

    return status_cpu_seconds(report, t->tms_utime + t->tms_stime
                              + t->tms_cutime + t->tms_cstime);
}

static const char *pid_of(request_rec *r, const struct status_worker *worker)
{
    return worker->score->status == SERVER_DEAD ? "-"
        : apr_psprintf(r->pool, "%" APR_PID_T_FMT, worker->pid);
}

/* ---- facts */

static void write_server(request_rec *r, const struct status_report *report)
{
    char words[STATUS_UPTIME_MAX];

    status_uptime_words(report->uptime, words, sizeof words);
    ap_rvputs(r, "<dl><dt>Server Version: ", ap_get_server_description(),
              "</dt>\n<dt>Server MPM: ", ap_show_mpm(),
              "</dt>\n<dt>Server Built: ", ap_get_server_built(),
              "</dt></dl>\n<h2>Activity</h2>\n<dl>\n<dt>Current Time: ",
              ap_ht_time(r->pool, report->now, STATUS_TIME_FORMAT, 0),
              "</dt>\n<dt>Restart Time: ",
              ap_ht_time(r->pool, report->restart_time, STATUS_TIME_FORMAT,
                         0), "</dt>\n", NULL);
    ap_rprintf(r, "<dt>Parent Server Config. Generation: %d</dt>\n"
               "<dt>Parent Server MPM Generation: %d</dt>\n"
               "<dt>Server uptime: %s</dt>\n",
               report->config_generation, report->mpm_generation,
               words[0] != '\0' ? words : " less than a second");
    if (report->load.loadavg >= 0) {
        ap_rprintf(r, "<dt>Server load: %.2f %.2f %.2f</dt>\n",
                   report->load.loadavg, report->load.loadavg5,
                   report->load.loadavg15);
    }
}

static void write_rates(request_rec *r, const struct status_report *report)
{
    double accesses = (double)report->accesses;
    double bytes = (double)report->bytes;
    double uptime = (double)report->uptime;
    const char *gap = "";

    ap_rputs("<dt>", r);
    if (report->uptime > 0) {
        ap_rprintf(r, "%.3g requests/sec - %s/second", accesses / uptime,
                   size_words(r, bytes / uptime));
        gap = " - ";
    }
    if (report->accesses > 0) {
        ap_rprintf(r, "%s%s/request - %g ms/request", gap,
                   size_words(r, bytes / accesses),
                   (double)apr_time_as_msec(report->duration) / accesses);
    }
    ap_rputs("</dt>\n", r);
}

static void write_totals(request_rec *r, const struct status_report *report)
{
    const struct tms *cpu = &report->cpu;
    double used = status_cpu_total(report);

    ap_rprintf(r, "<dt>Total accesses: %lu - Total Traffic: %s - Total "
               "Duration: %" APR_INT64_T_FMT "</dt>\n", report->accesses,
               size_words(r, (double)report->bytes),
               apr_time_as_msec(report->duration));
    ap_rprintf(r, "<dt>CPU Usage: u%g s%g cu%g cs%g",
               status_cpu_seconds(report, cpu->tms_utime),
               status_cpu_seconds(report, cpu->tms_stime),
               status_cpu_seconds(report, cpu->tms_cutime),
               status_cpu_seconds(report, cpu->tms_cstime));
    if (used > 0 && report->uptime > 0) {
        ap_rprintf(r, " - %.3g%% CPU load",
                   used / (double)report->uptime * 100);
    }
    ap_rputs("</dt>\n", r);
    write_rates(r, report);
}

/* ---- processes */

static void write_process_cells(request_rec *r,
                                const struct status_workers *workers,
                                const struct status_connections *conns)
{
    ap_rprintf(r, "<td class=\"n\">%d</td><td class=\"n\">%d</td>"
               "<td class=\"n\">%d</td><td class=\"n\">%u</td>"
               "<td class=\"n\">%u</td><td class=\"n\">%u</td>"
               "<td class=\"n\">%u</td></tr>\n", workers->busy,
               workers->graceful, workers->idle, conns->wait_io,
               conns->writing, conns->keep_alive, conns->closing);
}

static void write_processes(request_rec *r,
                            const struct status_report *report)
{
    const struct status_process *process = (const struct status_process *)
        report->processes->elts;

    ap_rputs("<h2>Processes</h2>\n<div class=\"scroll\"><table>\n"
             "<tr><th rowspan=\"2\">Slot</th><th rowspan=\"2\">PID</th>"
             "<th rowspan=\"2\">Stopping</th><th colspan=\"2\">Connections"
             "</th><th colspan=\"3\">Threads</th>"
             "<th colspan=\"4\">Async connections</th></tr>\n"
             "<tr><th class=\"n\">total</th><th>accepting</th>"
             "<th class=\"n\">busy</th><th class=\"n\">graceful</th>"
             "<th class=\"n\">idle</th><th class=\"n\">wait-io</th>"
             "<th class=\"n\">writing</th><th class=\"n\">keep-alive</th>"
             "<th class=\"n\">closing</th></tr>\n", r);
    for (int i = 0; i < report->processes->nelts; i++, process++) {
        ap_rprintf(r, "<tr><td>%d</td><td>%" APR_PID_T_FMT "</td>"
                   "<td>%s</td><td class=\"n\">%u</td><td>%s</td>",
                   process->slot, process->pid,
                   process->is_stopping ? "yes" : "no",
                   process->connections.total,
                   process->is_accepting ? "yes" : "no");
        write_process_cells(r, &process->workers, &process->connections);
    }
    ap_rprintf(r, "<tr class=\"sum\"><td>Sum</td><td>%d</td><td>%d</td>"
               "<td class=\"n\">%u</td><td>&nbsp;</td>",
               report->processes->nelts, report->stopping,
               report->connections.total);
    write_process_cells(r, &report->workers, &report->connections);
    ap_rputs("</table></div>\n", r);
}

/* ---- scoreboard */

static void write_board(request_rec *r, const struct status_report *report)
{
    int slots = report->limits.processes * report->limits.threads;

    ap_rputs("<h2>Scoreboard</h2>\n<pre class=\"board\">", r);
    for (int at = 0; at < slots; at += BOARD_COLUMNS) {
        int count = slots - at < BOARD_COLUMNS ? slots - at : BOARD_COLUMNS;

        ap_rwrite(report->board + at, count, r);
        ap_rputs("\n", r);
    }
    ap_rputs("</pre>\n", r);
}

/* The last line is where apachectl status stops reading. */
static void write_key(request_rec *r)
{
    static const struct { char letter; const char *meaning; } key[] = {
        { '_', "Waiting for Connection" }, { 'S', "Starting up" },
        { 'R', "Reading Request" }, { 'W', "Sending Reply" },
        { 'K', "Keepalive (read)" }, { 'D', "DNS Lookup" },
        { 'C', "Closing connection" }, { 'L', "Logging" },
        { 'G', "Gracefully finishing" }, { 'I', "Idle cleanup of worker" },
        { '.', "Open slot with no current process" },
    };

    ap_rputs("<p>Scoreboard Key:</p>\n<ul class=\"key\">\n", r);
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        ap_rprintf(r, "<li>\"<b><code>%c</code></b>\" %s</li>\n",
                   key[i].letter, key[i].meaning);
    }
    ap_rputs("</ul>\n", r);
}

/* Without ExtendedStatus: which process is in which state. */
static void write_states(request_rec *r, const struct status_report *report)
{
    const struct status_process *process = (const struct status_process *)
        report->processes->elts;
    int threads = report->limits.threads;

    ap_rputs("<h2>PID Key</h2>\n<pre>\n", r);
    for (int i = 0; i < report->processes->nelts; i++, process++) {
        ap_rprintf(r, "%7" APR_PID_T_FMT " ", process->pid);
        ap_rwrite(report->board + process->slot * threads, threads, r);
        ap_rputs("\n", r);
    }
    ap_rputs("</pre>\n<p>\"ExtendedStatus On\" in the configuration adds "
             "what each worker does.</p>\n", r);
}

/* ---- workers */

static bool is_at_work(const worker_score *score)
{
    return score->status != SERVER_DEAD && score->status != SERVER_READY
        && score->status != SERVER_GRACEFUL
        && score->status != SERVER_IDLE_KILL;
}

static char letter_of(const struct status_report *report,
                      const struct status_worker *worker)
{
    return report->board[worker->slot * report->limits.threads
                         + worker->thread];
}

static void write_worker_row(request_rec *r,
                             const struct status_report *report,
                             const struct status_worker *worker, pid_t self)
{
    const worker_score *s = worker->score;
    const char *strong = is_at_work(s) ? "<b>" : "";
    const char *plain = is_at_work(s) ? "</b>" : "";

    ap_rprintf(r, "<tr%s><td><b>%d-%d</b></td><td>%s</td>"
               "<td>%u/%lu/%lu</td><td>%s%c%s</td><td class=\"n\">%.2f</td>"
               "<td class=\"n\">%" APR_INT64_T_FMT "</td>"
               "<td class=\"n\">%" APR_INT64_T_FMT "</td>"
               "<td class=\"n\">%" APR_INT64_T_FMT "</td>",
               worker->pid == self ? " class=\"self\"" : "", worker->slot,
               s->generation, pid_of(r, worker), s->conn_count,
               s->my_access_count, s->access_count, strong,
               letter_of(report, worker), plain, cpu_of(report, s),
               seconds_since(report, s->last_used), request_msec(s),
               apr_time_as_msec(s->duration));
    ap_rprintf(r, "<td class=\"n\">%.1f</td><td class=\"n\">%.2f</td>"
               "<td class=\"n\">%.2f</td>",
               (double)s->conn_bytes / 1024,
               (double)s->my_bytes_served / 1048576,
               (double)s->bytes_served / 1048576);
    ap_rvputs(r, "<td>", safe(r, client_of(s)), "</td><td>",
              safe(r, s->protocol), "</td><td>", safe(r, s->vhost),
              "</td><td>", safe(r, s->request), "</td></tr>\n", NULL);
}

static void write_legend(request_rec *r)
{
    static const struct { const char *label, *meaning; } legend[] = {
        { "Srv", "Child Server number - generation" },
        { "PID", "OS process ID" },
        { "Acc", "Number of accesses this connection / this child / this "
                 "slot" },
        { "M", "Mode of operation" },
        { "CPU", "CPU usage, number of seconds" },
        { "SS", "Seconds since beginning of most recent request" },
        { "Req", "Milliseconds required to process most recent request" },
        { "Dur", "Sum of milliseconds required to process all requests" },
        { "Conn", "Kilobytes transferred this connection" },
        { "Child", "Megabytes transferred this child" },
        { "Slot", "Total megabytes transferred this slot" },
    };

    ap_rputs("<h2>Columns</h2>\n<table>\n", r);
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        ap_rvputs(r, "<tr><th>", legend[i].label, "</th><td>",
                  legend[i].meaning, "</td></tr>\n", NULL);
    }
    ap_rputs("</table>\n", r);
}

static void write_worker_table(request_rec *r,
                               const struct status_report *report, pid_t self)
{
    const struct status_worker *worker = (const struct status_worker *)
        report->details->elts;

    ap_rputs("<h2>Workers</h2>\n<div class=\"scroll\"><table>\n<tr><th>Srv"
             "</th><th>PID</th><th>Acc</th><th>M</th><th class=\"n\">CPU</th>"
             "<th class=\"n\">SS</th><th class=\"n\">Req</th>"
             "<th class=\"n\">Dur</th><th class=\"n\">Conn</th>"
             "<th class=\"n\">Child</th><th class=\"n\">Slot</th>"
             "<th>Client</th><th>Protocol</th><th>VHost</th>"
             "<th>Request</th></tr>\n", r);
    for (int i = 0; i < report->details->nelts; i++) {
        write_worker_row(r, report, &worker[i], self);
    }
    ap_rputs("</table></div>\n", r);
    write_legend(r);
}

static void write_worker_line(request_rec *r,
                              const struct status_report *report,
                              const struct status_worker *worker)
{
    static const char *const modes[SERVER_NUM_STATUS] = {
        [SERVER_DEAD] = "Dead", [SERVER_READY] = "Ready",
        [SERVER_STARTING] = "Starting", [SERVER_BUSY_READ] = "Read",
        [SERVER_BUSY_WRITE] = "Write", [SERVER_BUSY_KEEPALIVE] = "Keepalive",
        [SERVER_BUSY_LOG] = "Logging", [SERVER_BUSY_DNS] = "DNS lookup",
        [SERVER_CLOSING] = "Closing", [SERVER_GRACEFUL] = "Graceful",
        [SERVER_IDLE_KILL] = "Dying",
    };
    const worker_score *s = worker->score;
    const char *mode = s->status < SERVER_NUM_STATUS ? modes[s->status] : "?";

    ap_rprintf(r, "<p><b>Server %d-%d</b> (%s): %u|%lu|%lu [%s%s%s] CPU "
               "%.2f s, %" APR_INT64_T_FMT " s ago, %" APR_INT64_T_FMT
               " ms of %" APR_INT64_T_FMT " (%s|%s|%s)<br>\n", worker->slot,
               s->generation, pid_of(r, worker), s->conn_count,
               s->my_access_count, s->access_count,
               is_at_work(s) ? "<b>" : "", mode, is_at_work(s) ? "</b>" : "",
               cpu_of(report, s), seconds_since(report, s->last_used),
               request_msec(s), apr_time_as_msec(s->duration),
               size_words(r, (double)s->conn_bytes),
               size_words(r, (double)s->my_bytes_served),
               size_words(r, (double)s->bytes_served));
    ap_rvputs(r, "<i>", safe(r, client_of(s)), " {", safe(r, s->request),
              "}</i> (", safe(r, s->protocol), ") <b>[", safe(r, s->vhost),
              "]</b></p>\n", NULL);
}

static void write_worker_lines(request_rec *r,
                               const struct status_report *report)
{
    const struct status_worker *worker = (const struct status_worker *)
        report->details->elts;

    ap_rputs("<h2>Server Details</h2>\n", r);
    for (int i = 0; i < report->details->nelts; i++) {
        write_worker_line(r, report, &worker[i]);
    }
}

/* ---- the page */

static void write_start(request_rec *r)
{
    ap_rvputs(r, "<!DOCTYPE html>\n<html lang=\"en\"><head>\n"
              "<meta name=\"viewport\" content=\"width=device-width\">\n"
              "<title>Server Status</title>\n", style_sheet,
              "</head><body>\n<h1>Server Status for ",
              ap_escape_html(r->pool, ap_get_server_name(r)), " (via ",
              r->connection->local_ip, ")</h1>\n", NULL);
}

void status_write_html_head(request_rec *r, const struct status_report *report,
                            enum status_style style, pid_t self)
{
    write_start(r);
    write_server(r, report);
    if (report->is_extended) {
        write_totals(r, report);
    }
    ap_rprintf(r, "<dt>%d requests currently being processed, %d workers "
               "gracefully restarting, %d idle workers</dt>\n</dl>\n",
               report->workers.busy, report->workers.graceful,
               report->workers.idle);
    if (report->limits.is_async) {
        write_processes(r, report);
    }
    write_board(r, report);
    write_key(r);
    if (!report->is_extended) {
        write_states(r, report);
    }
    else if (style == STATUS_NO_TABLE) {
        write_worker_lines(r, report);
    }
    else {
        write_worker_table(r, report, self);
    }
}

void status_write_html_foot(request_rec *r)
{
    ap_rputs(ap_psignature("<hr>\n", r), r);
    ap_rputs("</body></html>\n", r);
}
