/* SPDX-License-Identifier: Apache-2.0 */
/* connection.c -- requests one after another on a connection.
 *
 * Under an event MPM one call serves one request and leaves in c->cs what is
 * to happen next; otherwise one call serves the connection to its end.
 */
#include "ap_mpm.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_protocol.h"
#include "http_request.h"
#include "scoreboard.h"

#include "http/http.h"

static bool mpm_answers(int question, int wanted)
{
    int answer;

    return ap_mpm_query(question, &answer) == APR_SUCCESS
           && (wanted ? answer == wanted : answer != 0);
}

static void count_request(conn_rec *c, request_rec *r)
{
    if (ap_extended_status) {
        ap_set_conn_count(c->sbh, r, c->keepalives);
        ap_time_process_request(c->sbh, START_PREQUEST);
    }
    ap_update_child_status(c->sbh, SERVER_BUSY_WRITE, r);
}

/* The states in which a request may have left its connection; from any
 * other the connection goes to its end. */
static bool is_settled(conn_state_e state)
{
    return state == CONN_STATE_KEEPALIVE
           || state == CONN_STATE_WRITE_COMPLETION
           || state == CONN_STATE_SUSPENDED || state >= CONN_STATE_LINGER;
}

static int serve_step(conn_rec *c)
{
    conn_state_t *cs = c->cs;

    while (cs->state == CONN_STATE_PROCESSING) {
        request_rec *r;

        ap_update_child_status_from_conn(c->sbh, SERVER_BUSY_READ, c);
        r = ap_read_request(c);
        if (!r) {
            cs->state = CONN_STATE_LINGER;
            break;
        }
        cs->state = CONN_STATE_HANDLER;
        count_request(c, r);
        ap_process_async_request(r);
        /* r may be gone */
        if (cs->state != CONN_STATE_PROCESSING && !is_settled(cs->state)) {
            cs->state = CONN_STATE_LINGER;
        }
    }
    return OK;
}

static apr_interval_time_t keep_alive_timeout(const conn_rec *c,
                                              const request_rec *r)
{
    return c->base_server->keep_alive_timeout_set
               ? c->base_server->keep_alive_timeout
               : r->server->keep_alive_timeout;
}

static bool is_suspended(const conn_rec *c)
{
    return c->cs && c->cs->state == CONN_STATE_SUSPENDED;
}

static int serve_all(conn_rec *c)
{
    apr_socket_t *socket = ap_get_conn_socket(c);
    request_rec *r;

    ap_update_child_status_from_conn(c->sbh, SERVER_BUSY_READ, c);
    while ((r = ap_read_request(c)) != NULL) {
        apr_interval_time_t wait = keep_alive_timeout(c, r);

        count_request(c, r);
        ap_process_request(r);
        /* r is gone */
        if (c->keepalive != AP_CONN_KEEPALIVE || c->aborted
            || is_suspended(c)) {
            break;
        }
        ap_update_child_status(c->sbh, SERVER_BUSY_KEEPALIVE, NULL);
        if (mpm_answers(AP_MPMQ_MPM_STATE, AP_MPMQ_STOPPING)) {
            break;
        }
        if (socket && !c->master) {
            apr_socket_timeout_set(socket, wait);
        }
    }
    return OK;
}

int cl_http_process_connection(conn_rec *c)
{
    if (c->cs && !c->clogging_input_filters
        && mpm_answers(AP_MPMQ_IS_ASYNC, 0)) {
        return serve_step(c);
    }
    return serve_all(c);
}
