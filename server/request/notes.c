/* SPDX-License-Identifier: Apache-2.0 */
/* notes.c -- numbered pointers on a request, and where its document tree is.
 *
 * Numbers are given out while modules register; a request's array is made
 * when the first note is asked for.
 */
#include "request/request.h"

#include <apr_hooks.h>

static apr_size_t note_count = AP_NUM_STD_NOTES;    /* configuration only */

core_request_config *cl_request_core_of(const request_rec *r)
{
    return ap_get_core_module_config(r->request_config);
}

static apr_status_t forget_notes(void *)
{
    note_count = AP_NUM_STD_NOTES;
    return APR_SUCCESS;
}

AP_DECLARE(apr_size_t) ap_register_request_note(void)
{
    if (note_count == AP_NUM_STD_NOTES) {
        apr_pool_cleanup_register(apr_hook_global_pool, NULL, forget_notes,
                                  apr_pool_cleanup_null);
    }
    return note_count++;
}

AP_DECLARE(void **) ap_get_request_note(request_rec *r, apr_size_t note)
{
    core_request_config *mine = cl_request_core_of(r);

    if (note >= note_count || !mine) {
        return NULL;
    }
    if (!mine->notes) {
        mine->notes = apr_pcalloc(r->pool, note_count * sizeof *mine->notes);
    }
    return &mine->notes[note];
}

AP_DECLARE(const char *) ap_document_root(request_rec *r)
{
    const core_request_config *mine = cl_request_core_of(r);
    const core_server_config *sconf;

    if (mine && mine->document_root) {
        return mine->document_root;
    }
    sconf = ap_get_core_module_config(r->server->module_config);
    return sconf->ap_document_root ? sconf->ap_document_root
                                   : DOCUMENT_LOCATION;
}

AP_DECLARE(void) ap_set_document_root(request_rec *r, const char *root)
{
    cl_request_core_of(r)->document_root = root;
}

AP_DECLARE(const char *) ap_context_prefix(request_rec *r)
{
    const char *prefix = cl_request_core_of(r)->context_prefix;

    return prefix ? prefix : "";
}

AP_DECLARE(const char *) ap_context_document_root(request_rec *r)
{
    const char *root = cl_request_core_of(r)->context_document_root;

    return root ? root : ap_document_root(r);
}

AP_DECLARE(void) ap_set_context_info(request_rec *r, const char *prefix,
                                     const char *root)
{
    core_request_config *mine = cl_request_core_of(r);

    if (prefix) {
        mine->context_prefix = prefix;
    }
    if (root) {
        mine->context_document_root = root;
    }
}
