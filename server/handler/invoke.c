/* SPDX-License-Identifier: Apache-2.0 */
/* invoke.c -- ap_invoke_handler(): name the handler, prepare the filters, ask
 * the handlers in turn. */
#include "handler/handler.h"

#include "http_core.h"
#include "http_log.h"
#include "http_request.h"
#include "util_filter.h"

APLOG_USE_MODULE(core);

APR_HOOK_STRUCT(
    APR_HOOK_LINK(handler)
)

AP_IMPLEMENT_HOOK_RUN_FIRST(int, handler, (request_rec *r), (r), DECLINED)

static int init_filters(ap_filter_t *f)
{
    for (; f; f = f->next) {
        int status = f->frec->filter_init_func
                     ? f->frec->filter_init_func(f) : OK;

        if (status != OK) {
            return status;
        }
    }
    return OK;
}

/* The media type without parameters does for a handler nobody named. */
static const char *name_by_type(request_rec *r)
{
    const char *type = r->content_type;
    const char *end;

    if (!type) {
        return AP_DEFAULT_HANDLER_NAME;
    }
    end = strchr(type, ';');
    if (!end) {
        return type;
    }
    while (end > type && (end[-1] == ' ' || end[-1] == '\t')) {
        end--;
    }
    return apr_pstrmemdup(r->pool, type, end - type);
}

static int is_answer(int status)
{
    return status == OK || status == DECLINED || status == DONE
           || status == SUSPENDED || status == AP_FILTER_ERROR
           || ap_is_HTTP_VALID_RESPONSE(status);
}

/* Nobody made a body: only possible when a handler went wrong or is missing */
static int explain_refusal(request_rec *r)
{
    if (r->handler && r->filename) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, r, APLOGNO(50602)
                      "no module has a handler \"%s\" for \"%s\"; load the "
                      "one that does or correct SetHandler or AddHandler",
                      r->handler, r->filename);
    }
    return HTTP_INTERNAL_SERVER_ERROR;
}

AP_DECLARE(int) ap_invoke_handler(request_rec *r)
{
    const char *named = r->handler;
    int status;

    ap_run_insert_filter(r);
    status = init_filters(r->input_filters);
    if (status == OK) {
        status = init_filters(r->output_filters);
    }
    if (status != OK) {
        return status;
    }
    if (!r->handler) {
        r->handler = name_by_type(r);
    }
    status = ap_run_handler(r);
    r->handler = named;
    if (!is_answer(status)) {
        ap_log_rerror(APLOG_MARK, APLOG_WARNING, 0, r, APLOGNO(50603)
                      "the handler of \"%s\" answered %d, which is no HTTP "
                      "status; 500 is sent instead, report it to the author "
                      "of the module", r->uri, status);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return status == DECLINED ? explain_refusal(r) : status;
}
