/* SPDX-License-Identifier: Apache-2.0 */
/* protocols.c -- which protocol a connection speaks: what TLS (ALPN, RFC
 * 7301) or Upgrade (RFC 9110 section 7.8) offer, what Protocols allows, and
 * what modules propose.
 */
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "connection/connection.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(protocol_propose)
    APR_HOOK_LINK(protocol_switch)
    APR_HOOK_LINK(protocol_get)
)
AP_IMPLEMENT_HOOK_RUN_ALL(int, protocol_propose,
                          (conn_rec *c, request_rec *r, server_rec *s,
                           const apr_array_header_t *offers,
                           apr_array_header_t *proposals),
                          (c, r, s, offers, proposals), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, protocol_switch,
                            (conn_rec *c, request_rec *r, server_rec *s,
                             const char *protocol),
                            (c, r, s, protocol), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(const char *, protocol_get, (const conn_rec *c),
                            (c), NULL)

enum { NOT_LISTED = -1 };

static const core_server_config *config_of(conn_rec *c, request_rec *r,
                                           server_rec *s)
{
    if (!s) {
        s = r ? r->server : c->base_server;
    }
    return ap_get_core_module_config(s->module_config);
}

/* Position in Protocols; without the directive there is http/1.1 alone. */
static int rank_of(const core_server_config *conf, const char *protocol)
{
    if (!conf->protocols || conf->protocols->nelts == 0) {
        return strcmp(protocol, AP_PROTOCOL_HTTP1) == 0 ? 0 : NOT_LISTED;
    }
    return ap_array_str_index(conf->protocols, protocol, 0);
}

AP_DECLARE(const char *) ap_get_protocol(conn_rec *c)
{
    const char *protocol = ap_run_protocol_get(c);

    return protocol ? protocol : AP_PROTOCOL_HTTP1;
}

AP_DECLARE(int) ap_is_allowed_protocol(conn_rec *c, request_rec *r,
                                       server_rec *s, const char *protocol)
{
    return rank_of(config_of(c, r, s), protocol) != NOT_LISTED;
}

AP_DECLARE(apr_status_t)
ap_get_protocol_upgrades(conn_rec *c, request_rec *r, server_rec *s,
                         int report_all, const apr_array_header_t **pupgrades)
{
    const core_server_config *conf = config_of(c, r, s);
    apr_pool_t *pool = r ? r->pool : c->pool;
    const char *current = ap_get_protocol(c);
    apr_array_header_t *better = NULL;

    for (int i = 0; conf->protocols && i < conf->protocols->nelts; i++) {
        const char *name = APR_ARRAY_IDX(conf->protocols, i, const char *);

        if (strcmp(name, current) == 0) {
            if (!report_all) {
                break;          /* the rest is liked less than this one */
            }
            continue;
        }
        if (!better) {
            better = apr_array_make(pool, conf->protocols->nelts,
                                    sizeof(char *));
        }
        APR_ARRAY_PUSH(better, const char *) = name;
    }
    *pupgrades = better;
    return APR_SUCCESS;
}

/* Smaller is better; what nobody listed comes last. */
static int preference(const core_server_config *conf,
                      const apr_array_header_t *choices, const char *name)
{
    int rank = conf->protocols_honor_order
                   ? rank_of(conf, name)
                   : ap_array_str_index(choices, name, 0);

    return rank == NOT_LISTED ? INT_MAX : rank;
}

static const char *best_of(const core_server_config *conf,
                           const apr_array_header_t *choices,
                           const apr_array_header_t *proposals)
{
    const char *best = NULL;

    for (int i = 0; i < proposals->nelts; i++) {
        const char *name = APR_ARRAY_IDX(proposals, i, const char *);

        if (!best || preference(conf, choices, name)
                         < preference(conf, choices, best)) {
            best = name;
        }
    }
    return best;
}

AP_DECLARE(const char *) ap_select_protocol(conn_rec *c, request_rec *r,
                                            server_rec *s,
                                            const apr_array_header_t *choices)
{
    apr_pool_t *pool = r ? r->pool : c->pool;
    const core_server_config *conf = config_of(c, r, s);
    const char *current = ap_get_protocol(c), *best;
    apr_array_header_t *proposals;

    if (APLOGcdebug(c)) {
        ap_log_cerror(APLOG_MARK, APLOG_DEBUG, 0, c, APLOGNO(03155)
                      "choosing a protocol out of \"%s\"",
                      ap_escape_logitem(pool, apr_array_pstrcat(pool, choices,
                                                                ',')));
    }
    proposals = apr_array_make(pool, choices->nelts + 1, sizeof(char *));
    ap_run_protocol_propose(c, r, s, choices, proposals);
    /* what is spoken now needs no module to speak for it */
    if (!ap_array_str_contains(proposals, current)
        && (proposals->nelts == 0 || ap_array_str_contains(choices, current))
        && rank_of(conf, current) != NOT_LISTED) {
        APR_ARRAY_PUSH(proposals, const char *) = current;
    }
    best = best_of(conf, choices, proposals);
    if (best) {
        ap_log_cerror(APLOG_MARK, APLOG_TRACE1, 0, c,
                      "chose protocol \"%s\" after \"%s\"", best, current);
    }
    return best;
}

AP_DECLARE(apr_status_t) ap_switch_protocol(conn_rec *c, request_rec *r,
                                            server_rec *s,
                                            const char *protocol)
{
    const char *current = ap_get_protocol(c);

    if (strcmp(current, protocol) == 0) {
        ap_log_cerror(APLOG_MARK, APLOG_WARNING, 0, c, APLOGNO(50374)
                      "could not switch to protocol \"%s\", it is spoken "
                      "already", protocol);
        return APR_EINVAL;
    }
    switch (ap_run_protocol_switch(c, r, s, protocol)) {
    case OK:
        return APR_SUCCESS;
    case DONE:
        /* the protocol has run on this connection, which is over */
        c->keepalive = AP_CONN_CLOSE;
        if (c->cs) {
            c->cs->state = CONN_STATE_LINGER;
        }
        return APR_SUCCESS;
    case DECLINED:
        ap_log_cerror(APLOG_MARK, APLOG_ERR, 0, c, APLOGNO(50375)
                      "could not switch to protocol \"%s\"; load the module "
                      "that speaks it, or take it out of Protocols",
                      protocol);
        return APR_EINVAL;
    default:
        ap_log_cerror(APLOG_MARK, APLOG_ERR, 0, c, APLOGNO(50373)
                      "could not switch to protocol \"%s\"", protocol);
        return APR_EINVAL;
    }
}

/* ---- directives ---- */

static core_server_config *config_for(cmd_parms *cmd, const char **err)
{
    *err = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    return ap_get_core_module_config(cmd->server->module_config);
}

/* Protocol NAME: what listeners speak, for AcceptFilter */
const char *cl_set_protocol(cmd_parms *cmd, void *, const char *arg)
{
    const char *err;
    core_server_config *conf = config_for(cmd, &err);

    if (err) {
        return err;
    }
    conf->protocol = apr_pstrdup(cmd->pool, arg);
    ap_str_tolower((char *)conf->protocol);
    return NULL;
}

/* Protocols NAME ...: what may be negotiated, best first */
const char *cl_set_protocols(cmd_parms *cmd, void *, const char *arg)
{
    const char *err;
    core_server_config *conf = config_for(cmd, &err);

    if (err) {
        return err;
    }
    if (!conf->protocols) {
        conf->protocols = apr_array_make(cmd->pool, 4, sizeof(char *));
    }
    if (!ap_array_str_contains(conf->protocols, arg)) {
        APR_ARRAY_PUSH(conf->protocols, const char *)
            = apr_pstrdup(cmd->pool, arg);
    }
    return NULL;
}

/* ProtocolsHonorOrder on|off */
const char *cl_set_protocols_honor_order(cmd_parms *cmd, void *,
                                         const char *arg)
{
    const char *err;
    core_server_config *conf = config_for(cmd, &err);
    bool on = strcasecmp(arg, "on") == 0;

    if (err) {
        return err;
    }
    if (!on && strcasecmp(arg, "off") != 0) {
        return apr_psprintf(cmd->pool, "ProtocolsHonorOrder needs On or Off, "
                            "not \"%s\"", arg);
    }
    conf->protocols_honor_order = on;
    return NULL;
}

/* TimeOut SECONDS */
const char *cl_set_timeout(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    char *end;
    apr_int64_t seconds = apr_strtoi64(arg, &end, 10);

    if (err) {
        return err;
    }
    if (end == arg || *end || seconds < 1 || seconds > INT_MAX) {
        return apr_psprintf(cmd->pool, "TimeOut needs a number of seconds, 1 "
                            "or more, not \"%s\"; example: TimeOut 60", arg);
    }
    cmd->server->timeout = apr_time_from_sec(seconds);
    return NULL;
}
