/* SPDX-License-Identifier: Apache-2.0 */
/* mod_mpm_prefork -- one process for each connection.
 *
 *   StartServers 5   MinSpareServers 5   MaxSpareServers 10
 *   MaxRequestWorkers (MaxClients) 256   ServerLimit 256
 *   GracefulShutdownTimeout, Listen and its relatives   all in server config
 *   hooks: pre_config check_config open_logs mpm mpm_query mpm_get_name
 *
 * This file: settings, their check, the listening sockets, the record.
 */
#include "prefork.h"

#include "http_core.h"
#include "util_mutex.h"

#include <apr_strings.h>

#include <limits.h>

enum {
    DEFAULT_START = 5,
    DEFAULT_MIN_SPARE = 5,
    DEFAULT_MAX_SPARE = 10,
    DEFAULT_SERVER_LIMIT = 256,
    MAX_SERVER_LIMIT = 200000
};

struct prefork prefork;

/* ---- settings */

static const char *set_number(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    int *field = (int *)((char *)&prefork
                         + (apr_size_t)cmd->cmd->cmd_data);
    apr_int64_t n;
    char *end;

    if (err) {
        return err;
    }
    errno = 0;
    n = apr_strtoi64(arg, &end, 10);
    if (end == arg || *end != '\0' || errno != 0 || n < INT_MIN
        || n > INT_MAX) {
        return apr_psprintf(cmd->pool, "%s needs a number of processes, "
                            "not \"%s\"; example: %s 10", cmd->cmd->name, arg,
                            cmd->cmd->name);
    }
    *field = (int)n;
    return NULL;
}

static const char *set_max_clients(cmd_parms *cmd, void *dummy,
                                   const char *arg)
{
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_INFO, 0, NULL,
                 APLOGNO(50670) "MaxClients is the old name of "
                 "MaxRequestWorkers; please use the new one");
    return set_number(cmd, dummy, arg);
}

/* A setting that cannot work is put right, and said. */
static void correct(server_rec *s, int *value, int right, const char *name,
                    const char *number, const char *why)
{
    bool startup = prefork.kept->mpm->module_loads == 1;

    ap_log_error(APLOG_MARK,
                 APLOG_WARNING | (startup ? APLOG_STARTUP : 0), 0,
                 startup ? NULL : s, "%sWARNING: %s of %d %s, using %d",
                 number, name, *value, why, right);
    *value = right;
}

static void check_server_limit(server_rec *s)
{
    int *limit = &prefork.server_limit;

    if (*limit > MAX_SERVER_LIMIT) {
        correct(s, limit, MAX_SERVER_LIMIT, "ServerLimit", APLOGNO(00175),
                "is more than is possible");
    }
    else if (*limit < 1) {
        correct(s, limit, 1, "ServerLimit", APLOGNO(00177),
                "is not allowed");
    }
    if (prefork.kept->server_limit == 0) {
        prefork.kept->server_limit = *limit;
    }
    else if (*limit != prefork.kept->server_limit) {
        correct(s, limit, prefork.kept->server_limit, "ServerLimit",
                APLOGNO(00179), "cannot be changed by a restart, only by "
                "stop and start");
    }
}

static void check_numbers(server_rec *s)
{
    struct prefork_limits *limits = &prefork.limits;

    if (limits->max_workers > prefork.server_limit) {
        correct(s, &limits->max_workers, prefork.server_limit,
                "MaxRequestWorkers", APLOGNO(00180), "is more than "
                "ServerLimit (which can be raised)");
    }
    else if (limits->max_workers < 1) {
        correct(s, &limits->max_workers, 1, "MaxRequestWorkers",
                APLOGNO(00182), "is not allowed");
    }
    if (limits->start < 1) {
        correct(s, &limits->start, 1, "StartServers", APLOGNO(00184),
                "is not allowed");
    }
    if (limits->min_spare < 1) {
        correct(s, &limits->min_spare, 1, "MinSpareServers", APLOGNO(00186),
                "is not allowed, nobody would be there for new clients");
    }
    /* At least one above, or a child would come and go each second. */
    if (limits->max_spare <= limits->min_spare) {
        limits->max_spare = limits->min_spare + 1;
    }
}

static int prefork_check_config(apr_pool_t *, apr_pool_t *, apr_pool_t *,
                                server_rec *s)
{
    check_server_limit(s);
    check_numbers(s);
    return OK;
}

/* ---- start */

static struct prefork_retained *retained(void)
{
    static const char key[] = "mpm_prefork_module";
    struct prefork_retained *kept = ap_retained_data_get(key);

    if (kept == NULL) {
        kept = ap_retained_data_create(key, sizeof *kept);
        kept->mpm = ap_unixd_mpm_get_retained_data();
        kept->mpm->baton = kept;
        kept->spare.rate = 1;
    }
    return kept;
}

/* The first reading of the configuration was a rehearsal in front of the
 * terminal; the second one is meant. */
static apr_status_t detach(apr_pool_t *pconf)
{
    bool no_detach = ap_exists_config_define("NO_DETACH") != 0;
    apr_status_t rv;

    ap_fatal_signal_setup(ap_server_conf, pconf);
    rv = apr_proc_detach(no_detach ? APR_PROC_DETACH_FOREGROUND
                                   : APR_PROC_DETACH_DAEMONIZE);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, NULL, APLOGNO(00174)
                     "could not leave the terminal and go to the "
                     "background; -DFOREGROUND does without");
    }
    return rv;
}

static int prefork_pre_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *)
{
    bool debug = ap_exists_config_define("DEBUG") != 0;
    apr_status_t rv;

    memset(&prefork, 0, sizeof prefork);
    prefork.kept = retained();
    prefork.one_process = debug || ap_exists_config_define("ONE_PROCESS");
    prefork.limits = (struct prefork_limits){
        .start = DEFAULT_START,
        .min_spare = DEFAULT_MIN_SPARE,
        .max_spare = DEFAULT_MAX_SPARE,
        .max_workers = DEFAULT_SERVER_LIMIT
    };
    prefork.server_limit = DEFAULT_SERVER_LIMIT;
    prefork.kept->mpm->mpm_state = AP_MPMQ_STARTING;
    prefork.kept->mpm->module_loads++;

    /* The kernel wakes one child per connection, so no lock is needed unless
     * a Mutex directive asks for one. */
    rv = ap_mutex_register(pconf, AP_ACCEPT_MUTEX_TYPE, NULL,
                           APR_LOCK_DEFAULT,
                           AP_MUTEX_ALLOW_NONE | AP_MUTEX_DEFAULT_NONE);
    if (rv == APR_SUCCESS && prefork.kept->mpm->module_loads == 2
        && !prefork.one_process && !ap_exists_config_define("FOREGROUND")) {
        rv = detach(pconf);
    }
    if (rv != APR_SUCCESS) {
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    ap_listen_pre_config();
    return OK;
}

static bool is_alone(const ap_listen_rec *listeners)
{
    return listeners && listeners->next == NULL;
}

/* A child with one socket sleeps in accept(); one with several sleeps in
 * epoll_wait(), and a client that another child took must not hold it up. */
static void set_blocking(const ap_listen_rec *listeners)
{
    int nonblock = !is_alone(listeners);

    for (const ap_listen_rec *lr = listeners; lr; lr = lr->next) {
        if (lr->sd) {
            apr_socket_opt_set(lr->sd, APR_SO_NONBLOCK, nonblock);
        }
    }
}

static apr_status_t make_bucket(struct prefork_bucket *bucket,
                                ap_listen_rec *listeners, int number,
                                apr_pool_t *pconf, server_rec *s)
{
    bucket->listeners = listeners;
    set_blocking(listeners);
    if (is_alone(listeners)) {
        return APR_SUCCESS;
    }
    return ap_proc_mutex_create(&bucket->mutex, NULL, AP_ACCEPT_MUTEX_TYPE,
                                number ? apr_itoa(pconf, number) : NULL, s,
                                pconf, 0);
}

/* Each bucket needs at least one child, or its clients wait for ever. */
static void at_least(int *value, int least)
{
    if (*value < least) {
        *value = least;
    }
}

static int open_buckets(apr_pool_t *pconf, server_rec *s)
{
    ap_unixd_mpm_retained_data *mpm = prefork.kept->mpm;
    struct prefork_limits *limits = &prefork.limits;
    ap_listen_rec **listeners;
    int count = 0;

    if (prefork.one_process) {
        count = 1;
    }
    else if (mpm->was_graceful) {       /* the old children's sockets */
        count = mpm->num_buckets;
    }
    if (ap_duplicate_listeners(pconf, s, &listeners, &count)
        != APR_SUCCESS) {
        return 0;
    }
    prefork.buckets = apr_pcalloc(pconf, sizeof *prefork.buckets * count);
    for (int i = 0; i < count; i++) {
        if (make_bucket(&prefork.buckets[i], listeners[i], i, pconf, s)
            != APR_SUCCESS) {
            return 0;
        }
    }
    mpm->num_buckets = prefork.num_buckets = count;
    at_least(&mpm->max_buckets, count);
    at_least(&limits->max_workers, count);
    at_least(&limits->start, count);
    at_least(&limits->min_spare, count);
    at_least(&limits->max_spare, limits->min_spare + 1);
    return count;
}

static int prefork_open_logs(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *,
                             server_rec *s)
{
    bool startup = prefork.kept->mpm->module_loads == 1;

    if (ap_setup_listeners(s) < 1) {
        ap_log_error(APLOG_MARK,
                     APLOG_ALERT | (startup ? APLOG_STARTUP : 0), 0,
                     startup ? NULL : s,
                     "no listening sockets available, shutting down");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    if (open_buckets(pconf, s) < 1) {
        ap_log_error(APLOG_MARK,
                     APLOG_CRIT | (startup ? APLOG_STARTUP : 0), 0,
                     startup ? NULL : s, APLOGNO(50671)
                     "could not prepare the listening sockets for the "
                     "children");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return OK;
}

/* ---- questions */

static int prefork_query(int query_code, int *result, apr_status_t *rv)
{
    /* Some ask while hooks are still being registered. */
    const struct prefork_retained *kept = prefork.kept ? prefork.kept
                                                       : retained();

    *rv = APR_SUCCESS;
    switch (query_code) {
    case AP_MPMQ_MAX_DAEMON_USED:
        *result = kept->slots_used;
        break;
    case AP_MPMQ_IS_THREADED:
        *result = AP_MPMQ_NOT_SUPPORTED;
        break;
    case AP_MPMQ_IS_FORKED:
        *result = AP_MPMQ_DYNAMIC;
        break;
    case AP_MPMQ_HARD_LIMIT_DAEMONS:
        *result = prefork.server_limit;
        break;
    case AP_MPMQ_HARD_LIMIT_THREADS:
    case AP_MPMQ_MAX_THREADS:
        *result = 1;
        break;
    case AP_MPMQ_MIN_SPARE_DAEMONS:
        *result = prefork.limits.min_spare;
        break;
    case AP_MPMQ_MAX_SPARE_DAEMONS:
        *result = prefork.limits.max_spare;
        break;
    case AP_MPMQ_MIN_SPARE_THREADS:
    case AP_MPMQ_MAX_SPARE_THREADS:
        *result = 0;
        break;
    case AP_MPMQ_MAX_REQUESTS_DAEMON:
        *result = ap_max_requests_per_child;
        break;
    case AP_MPMQ_MAX_DAEMONS:
        *result = prefork.limits.max_workers;
        break;
    case AP_MPMQ_MPM_STATE:
        *result = kept->mpm->mpm_state;
        break;
    case AP_MPMQ_GENERATION:
        *result = kept->mpm->my_generation;
        break;
    default:
        *rv = APR_ENOTIMPL;
        break;
    }
    return OK;
}

static const char *prefork_name(void)
{
    return "prefork";
}

/* ---- tables */

#define NUMBER(name, function, field, help) \
    AP_INIT_TAKE1(name, function, (void *)offsetof(struct prefork, field), \
                  RSRC_CONF, help)

static const command_rec prefork_directives[] = {
    LISTEN_COMMANDS,
    AP_INIT_TAKE1("ListenTCPDeferAccept", ap_set_listentcpdeferaccept, NULL,
                  RSRC_CONF, "seconds the kernel holds a connection back "
                  "that sends nothing"),
    NUMBER("StartServers", set_number, limits.start,
           "child processes to start with"),
    NUMBER("MinSpareServers", set_number, limits.min_spare,
           "idle children there should be at least"),
    NUMBER("MaxSpareServers", set_number, limits.max_spare,
           "idle children there should be at most"),
    NUMBER("MaxRequestWorkers", set_number, limits.max_workers,
           "children there may be at the same time"),
    NUMBER("MaxClients", set_max_clients, limits.max_workers,
           "old name of MaxRequestWorkers"),
    NUMBER("ServerLimit", set_number, server_limit,
           "highest MaxRequestWorkers until the server is stopped"),
    AP_INIT_TAKE1(AP_GRACEFUL_SHUTDOWN_TIMEOUT_COMMAND,
                  ap_mpm_set_graceful_shutdown, NULL, RSRC_CONF,
                  "seconds a graceful stop waits for requests; 0: for ever"),
    { 0 }
};

static void prefork_register_hooks(apr_pool_t *)
{
    /* Sockets come first: whether we are the only server on these ports must
     * be known before its logs and files are touched. */
    static const char *const logs_later[] = { "core.c", NULL };

    /* Before other modules' pre_config, which ask what kind of MPM this is. */
    ap_hook_pre_config(prefork_pre_config, NULL, NULL, APR_HOOK_REALLY_FIRST);
    ap_hook_check_config(prefork_check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_open_logs(prefork_open_logs, NULL, logs_later,
                      APR_HOOK_REALLY_FIRST);
    ap_hook_mpm(prefork_run, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_mpm_query(prefork_query, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_mpm_get_name(prefork_name, NULL, NULL, APR_HOOK_MIDDLE);
}

module AP_MODULE_DECLARE_DATA mpm_prefork_module = {
    MPM20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL, prefork_directives,
    prefork_register_hooks, AP_MODULE_FLAG_NONE
};
