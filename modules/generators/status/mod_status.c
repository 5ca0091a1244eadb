/* SPDX-License-Identifier: Apache-2.0 */
/* mod_status -- what the server is doing.
 *
 *   SetHandler server-status       (or type application/x-httpd-status)
 *   query: auto      "Key: value" lines for programs (status_auto.c)
 *          notable   the page for people without tables (status_html.c)
 *          refresh   [=seconds] ask the browser to come again
 *   hooks: pre_config (loading this module turns ExtendedStatus on),
 *          post_config, child_init, handler
 *   offers the optional hook status_hook: other modules add their part
 */
#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ap_mpm.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"

#include "apr_optional_hooks.h"
#include "apr_strings.h"

#define STATUS_MAGIC_TYPE "application/x-httpd-status"
#define STANDARD_REFRESH 10

APR_IMPLEMENT_OPTIONAL_HOOK_RUN_ALL(ap, STATUS, int, status_hook,
                                    (request_rec *r, int flags), (r, flags),
                                    OK, DECLINED)

static struct status_limits limits;     /* set in post_config */
static pid_t self;                      /* set in child_init */

static int status_pre_config(apr_pool_t *, apr_pool_t *, apr_pool_t *)
{
    ap_extended_status = 1;             /* until ExtendedStatus is read */
    return OK;
}

static int status_post_config(apr_pool_t *, apr_pool_t *, apr_pool_t *,
                              server_rec *)
{
    int is_async = 0;

    ap_mpm_query(AP_MPMQ_HARD_LIMIT_DAEMONS, &limits.processes);
    ap_mpm_query(AP_MPMQ_MAX_THREADS, &limits.threads);
    if (limits.threads < 1) {
        limits.threads = 1;             /* no threads: the process itself */
    }
    limits.is_async = ap_mpm_query(AP_MPMQ_IS_ASYNC, &is_async) == APR_SUCCESS
        && is_async;
    return OK;
}

static void status_child_init(apr_pool_t *, server_rec *)
{
    self = getpid();
}

/* refresh or refresh=N: the field Refresh, which every browser knows. */
static void set_refresh(request_rec *r)
{
    const char *word = strstr(r->args, "refresh");
    long seconds = 0;

    if (word == NULL) {
        return;
    }
    word += strlen("refresh");
    if (*word == '=') {
        seconds = strtol(word + 1, NULL, 10);
    }
    if (seconds < 1) {
        seconds = STANDARD_REFRESH;
    }
    apr_table_setn(r->headers_out, "Refresh",
                   apr_ltoa(r->pool, seconds));
}

static int flags_of(request_rec *r)
{
    int flags = ap_extended_status ? AP_STATUS_EXTENDED : 0;

    if (r->args != NULL) {
        flags |= strstr(r->args, "notable") ? AP_STATUS_NOTABLE : 0;
        flags |= strstr(r->args, "auto") ? AP_STATUS_SHORT : 0;
        set_refresh(r);
    }
    return flags;
}

static void write_report(request_rec *r, int flags)
{
    struct status_report report;

    status_collect(r, &limits, &report);
    if (flags & AP_STATUS_SHORT) {
        status_write_auto(r, &report);
        ap_run_status_hook(r, flags);
        return;
    }
    status_write_html_head(r, &report, flags & AP_STATUS_NOTABLE
                           ? STATUS_NO_TABLE : STATUS_TABLE, self);
    ap_run_status_hook(r, flags);
    status_write_html_foot(r);
}

static int status_handler(request_rec *r)
{
    int flags;

    if (r->handler == NULL || (strcmp(r->handler, "server-status") != 0
                               && strcmp(r->handler,
                                         STATUS_MAGIC_TYPE) != 0)) {
        return DECLINED;
    }
    if (!ap_exists_scoreboard_image()) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50790)
                      "could not show the server's status: there is no "
                      "scoreboard; start the server as a daemon");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    r->allowed = AP_METHOD_BIT << M_GET;
    if (r->method_number != M_GET) {
        return DECLINED;
    }
    flags = flags_of(r);
    ap_set_content_type(r, flags & AP_STATUS_SHORT
                        ? "text/plain; charset=ISO-8859-1"
                        : "text/html; charset=ISO-8859-1");
    if (!r->header_only) {
        write_report(r, flags);
    }
    return OK;
}

static void status_register_hooks(apr_pool_t *)
{
    /* last: before the configuration is read, after all other defaults */
    ap_hook_pre_config(status_pre_config, NULL, NULL, APR_HOOK_LAST);
    ap_hook_post_config(status_post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(status_child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_handler(status_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(status) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    status_register_hooks, AP_MODULE_FLAG_NONE
};
