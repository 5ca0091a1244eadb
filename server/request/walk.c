/* SPDX-License-Identifier: Apache-2.0 */
/* walk.c -- ap_process_request_internal(): a request on its way from URI to
 * "ready for the handler", as a table of steps.
 *
 * Each step returns OK to go on; anything else ends the walk and is the
 * answer.  Subrequests for a file have their file name already: they skip the
 * steps that look for one.
 */
#include "request/request.h"

#include "http_log.h"
#include "http_request.h"

APLOG_USE_MODULE(core);

enum step_scope { FOR_ALL, FOR_MAIN };

struct walk_step {
    int (*run)(request_rec *r);
    enum step_scope scope;
};

static void adopt_log_level(request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);

    if (conf->log) {
        r->log = conf->log;
    }
}

static int locate_uri(request_rec *r)
{
    int status = ap_location_walk(r);

    if (status == OK) {
        adopt_log_level(r);
    }
    return status;
}

static void start_from_defaults(request_rec *r)
{
    r->per_dir_config = r->server->lookup_defaults;
}

/* DONE: the module wants the path as it is; everything else is decoded, which
 * may bring the URI into another <Location>. */
static int translate_raw_path(request_rec *r)
{
    int status = ap_run_pre_translate_name(r);

    if (status == DONE) {
        return OK;
    }
    if (status != OK && status != DECLINED) {
        return status;
    }
    if (!r->parsed_uri.path || !strchr(r->parsed_uri.path, '%')) {
        return OK;
    }
    status = cl_request_decode(r);
    if (status != OK) {
        return status;
    }
    start_from_defaults(r);
    return locate_uri(r);
}

static int translate(request_rec *r)
{
    int status = ap_run_translate_name(r);

    return status == OK ? OK : cl_request_phase_failed(r, status, "translate");
}

static int map_to_storage(request_rec *r)
{
    start_from_defaults(r);
    return ap_run_map_to_storage(r);
}

static int walk_conditions(request_rec *r)
{
    int status = ap_if_walk(r);

    if (status == OK) {
        adopt_log_level(r);
    }
    return status;
}

static int find_type(request_rec *r)
{
    int status = ap_run_type_checker(r);

    return status == OK ? OK : cl_request_phase_failed(r, status, "find types");
}

static const struct walk_step uri_steps[] = {
    { cl_request_normalize, FOR_ALL },
    { locate_uri, FOR_ALL },
    { translate_raw_path, FOR_ALL },
    { translate, FOR_ALL },
    { 0 }
};

static const struct walk_step common_steps[] = {
    { map_to_storage, FOR_ALL },
    { ap_location_walk, FOR_ALL },
    { walk_conditions, FOR_ALL },
    { ap_run_post_perdir_config, FOR_ALL },
    { ap_run_header_parser, FOR_MAIN },
    { cl_request_gate, FOR_ALL },
    { find_type, FOR_ALL },
    { ap_run_fixups, FOR_ALL },
    { 0 }
};

static int run_steps(request_rec *r, const struct walk_step *step)
{
    for (; step->run; step++) {
        int status;

        if (step->scope == FOR_MAIN && r->main) {
            continue;
        }
        status = step->run(r);
        if (status != OK) {
            return status;
        }
    }
    return OK;
}

AP_DECLARE(int) ap_process_request_internal(request_rec *r)
{
    bool has_file_name = r->main && r->filename;
    int status = has_file_name ? OK : run_steps(r, uri_steps);

    return status == OK ? run_steps(r, common_steps) : status;
}
