/* SPDX-License-Identifier: Apache-2.0 */
/* scoreboard_update.c -- who does what just now, and how much was done.
 *
 * Called several times per request, so the plain case is a few stores.  Texts
 * (client, request line, virtual host) are copied only when ExtendedStatus
 * is on, and once per request: the handle remembers which request its slot
 * shows.  Only the worker itself writes its slot; readers copy it and accept
 * that a text may be half new.
 */
#include "mpm/mpm.h"

#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"

#include <apr_strings.h>

#include <sys/times.h>

AP_DECLARE_DATA int ap_extended_status = 0;
AP_DECLARE_DATA int ap_mod_status_reqtail = 0;

struct ap_sb_handle_t {
    int child_num;
    int thread_num;
    const request_rec *shown;           /* the request the slot describes */
    apr_time_t shown_since;             /* its request_time: records recur */
};

/* What a slot can be told about its worker. */
struct activity {
    conn_rec *c;
    server_rec *s;
    request_rec *r;
    const char *descr;
};

AP_DECLARE(void) ap_create_sb_handle(ap_sb_handle_t **new_sbh, apr_pool_t *p,
                                     int child_num, int thread_num)
{
    *new_sbh = apr_pcalloc(p, sizeof **new_sbh);
    ap_update_sb_handle(*new_sbh, child_num, thread_num);
}

AP_DECLARE(void) ap_update_sb_handle(ap_sb_handle_t *sbh, int child_num,
                                     int thread_num)
{
    sbh->child_num = child_num;
    sbh->thread_num = thread_num;
    sbh->shown = NULL;
}

AP_DECLARE(worker_score *) ap_get_scoreboard_worker(ap_sb_handle_t *sbh)
{
    return sbh ? ap_get_scoreboard_worker_from_indexes(sbh->child_num,
                                                       sbh->thread_num)
               : NULL;
}

/* ---- texts */

/* The end of a long request line tells more when all begin alike. */
static void put_request_text(worker_score *ws, const char *text)
{
    apr_size_t room = sizeof ws->request - 1;

    if (ap_mod_status_reqtail) {
        apr_size_t len = strlen(text);

        text += len > room ? len - room : 0;
    }
    apr_cpystrn(ws->request, text, sizeof ws->request);
}

/* A password in a proxied URL is nobody's business. */
static const char *request_text(const request_rec *r)
{
    if (r->the_request == NULL) {
        return "NULL";
    }
    if (r->parsed_uri.password == NULL) {
        return r->the_request;
    }
    return apr_pstrcat(r->pool, r->method, " ",
                       apr_uri_unparse(r->pool, &r->parsed_uri,
                                       APR_URI_UNP_OMITUSERINFO),
                       r->assbackwards ? "" : " ",
                       r->assbackwards ? "" : r->protocol, NULL);
}

static void put_client(worker_score *ws, const char *ip)
{
    apr_cpystrn(ws->client, ip, sizeof ws->client);
    apr_cpystrn(ws->client64, ip, sizeof ws->client64);
}

static void put_vhost(worker_score *ws, const conn_rec *c,
                      const server_rec *s)
{
    apr_port_t port = c && c->local_addr ? c->local_addr->port : s->port;

    apr_snprintf(ws->vhost, sizeof ws->vhost, "%s:%d",
                 s->server_hostname ? s->server_hostname : "", port);
}

static void put_activity(worker_score *ws, const struct activity *what)
{
    if (what->descr) {
        put_request_text(ws, what->descr);
    }
    else if (what->r) {
        put_request_text(ws, request_text(what->r));
    }
    else if (what->c) {
        ws->request[0] = '\0';          /* a new client, nothing asked yet */
    }
    if (what->r && what->r->useragent_ip) {
        put_client(ws, what->r->useragent_ip);
    }
    else if (what->c && what->c->client_ip) {
        put_client(ws, what->c->client_ip);
    }
    if (what->s) {
        put_vhost(ws, what->c, what->s);
    }
    else if (what->c) {
        ws->vhost[0] = '\0';
    }
    if (what->c) {
        apr_cpystrn(ws->protocol, ap_get_protocol(what->c),
                    sizeof ws->protocol);
    }
}

/* ---- status */

static void start_anew(worker_score *ws, int child_num, int thread_num)
{
    process_score *ps = &ap_scoreboard_image->parent[child_num];

    ws->thread_num = child_num * ap_scoreboard_image->global->thread_limit
                     + thread_num;
    ap_mpm_query(AP_MPMQ_GENERATION, &ps->generation);
}

static void extended(worker_score *ws, int status, const struct activity *what)
{
    if (status == SERVER_READY || status == SERVER_DEAD) {
        if (status == SERVER_DEAD) {    /* the slot's next tenant counts */
            ws->my_access_count = 0;
            ws->my_bytes_served = 0;
        }
        ws->conn_count = 0;
        ws->conn_bytes = 0;
    }
    ws->last_used = apr_time_now();
    if (what) {
        put_activity(ws, what);
    }
}

/* The status before, or -1: there is no such slot. */
static int update(int child_num, int thread_num, int status,
                  const struct activity *what)
{
    worker_score *ws = ap_get_scoreboard_worker_from_indexes(child_num,
                                                             thread_num);
    int before;

    if (ws == NULL) {
        return -1;
    }
    before = ws->status;
    ws->status = (unsigned char)status;
    if (status == SERVER_READY && before == SERVER_STARTING) {
        start_anew(ws, child_num, thread_num);
    }
    if (ap_extended_status) {
        extended(ws, status, what);
    }
    return before;
}

static int update_by_handle(ap_sb_handle_t *sbh, int status,
                            const struct activity *what)
{
    if (sbh == NULL) {
        return -1;
    }
    sbh->shown = NULL;
    return update(sbh->child_num, sbh->thread_num, status, what);
}

AP_DECLARE(int) ap_update_child_status_from_indexes(
    int child_num, int thread_num, int status, request_rec *r)
{
    struct activity what = {
        .c = r ? r->connection : NULL, .s = r ? r->server : NULL, .r = r
    };

    return update(child_num, thread_num, status, r ? &what : NULL);
}

AP_DECLARE(int) ap_update_child_status(ap_sb_handle_t *sbh, int status,
                                       request_rec *r)
{
    int before;

    if (sbh == NULL) {
        return -1;
    }
    if (r == NULL || !ap_extended_status
        || (sbh->shown == r && sbh->shown_since == r->request_time)) {
        return update(sbh->child_num, sbh->thread_num, status, NULL);
    }
    before = ap_update_child_status_from_indexes(sbh->child_num,
                                                 sbh->thread_num, status, r);
    /* A request line that has not been read yet will change. */
    sbh->shown = r->the_request ? r : NULL;
    sbh->shown_since = r->request_time;
    return before;
}

AP_DECLARE(int) ap_update_child_status_from_conn(ap_sb_handle_t *sbh,
                                                 int status, conn_rec *c)
{
    struct activity what = { .c = c };

    return update_by_handle(sbh, status, &what);
}

AP_DECLARE(int) ap_update_child_status_from_server(
    ap_sb_handle_t *sbh, int status, conn_rec *c, server_rec *s)
{
    struct activity what = { .c = c, .s = s };

    return update_by_handle(sbh, status, &what);
}

AP_DECLARE(int) ap_update_child_status_descr(ap_sb_handle_t *sbh, int status,
                                             const char *descr)
{
    struct activity what = { .descr = descr };

    return update_by_handle(sbh, status, &what);
}

/* ---- counters */

static APR_OPTIONAL_FN_TYPE(ap_logio_get_last_bytes) *last_bytes;

void cl_mpm_scoreboard_retrieve(void)
{
    last_bytes = APR_RETRIEVE_OPTIONAL_FN(ap_logio_get_last_bytes);
}

/* Bytes that really went out are known to mod_logio, if it is there. */
static apr_off_t bytes_of(const request_rec *r)
{
    return last_bytes ? last_bytes(r->connection) : r->bytes_sent;
}

/* Processor time is a system call to learn; once a second is plenty. */
static void take_times(worker_score *ws, const request_rec *r)
{
    static AP_THREAD_LOCAL apr_time_t taken;
    apr_time_t second = apr_time_sec(r->request_time);

    if (second != taken) {
        times(&ws->times);
        taken = second;
    }
}

AP_DECLARE(void) ap_increment_counts(ap_sb_handle_t *sbh, request_rec *r)
{
    worker_score *ws = ap_get_scoreboard_worker(sbh);
    apr_off_t bytes;

    if (ws == NULL) {
        return;
    }
    bytes = bytes_of(r);
    take_times(ws, r);
    ws->access_count++;
    ws->my_access_count++;
    ws->conn_count++;
    ws->bytes_served += bytes;
    ws->my_bytes_served += bytes;
    ws->conn_bytes += bytes;
}

AP_DECLARE(void) ap_set_conn_count(ap_sb_handle_t *sb, request_rec *,
                                   unsigned short conn_count)
{
    worker_score *ws = ap_get_scoreboard_worker(sb);

    if (ws) {
        ws->conn_count = conn_count;
    }
}

AP_DECLARE(void) ap_set_time_process_request(ap_sb_handle_t *const sbh,
                                             const apr_time_t timebeg,
                                             const apr_time_t timeend)
{
    worker_score *ws = ap_get_scoreboard_worker(sbh);

    if (ws == NULL) {
        return;
    }
    ws->start_time = timebeg;
    ws->stop_time = timeend;
    if (ap_extended_status) {
        ws->duration += timeend - timebeg;
    }
}

AP_DECLARE(void) ap_time_process_request(ap_sb_handle_t *sbh, int status)
{
    worker_score *ws = ap_get_scoreboard_worker(sbh);

    if (ws == NULL) {
        return;
    }
    if (status == START_PREQUEST) {
        ws->start_time = ws->last_used = apr_time_now();
    }
    else if (status == STOP_PREQUEST) {
        bool began = ws->start_time != 0 && ws->start_time >= ws->stop_time;

        ws->stop_time = ws->last_used = apr_time_now();
        if (ap_extended_status && began) {
            ws->duration += ws->stop_time - ws->start_time;
        }
    }
}

AP_DECLARE(int) ap_update_global_status(void)
{
    if (ap_scoreboard_image) {
        times(&ap_scoreboard_image->global->times);
    }
    return APR_SUCCESS;
}

/* ---- directives */

AP_DECLARE(const char *) ap_set_extended_status(cmd_parms *cmd, void *,
                                                int arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    ap_extended_status = arg;
    return NULL;
}

AP_DECLARE(const char *) ap_set_reqtail(cmd_parms *cmd, void *, int arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    ap_mod_status_reqtail = arg;
    return NULL;
}
