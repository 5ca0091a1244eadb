/* SPDX-License-Identifier: Apache-2.0 */
/* create.c -- an empty request record on a connection, and the core's private
 * part of any request record. */
#include "request/request.h"

#include "http_connection.h"
#include "http_protocol.h"
#include "http_request.h"

/* Entries the tables start with: enough for a usual browser and answer. */
enum {
    USUAL_FIELDS_IN = 25,
    USUAL_FIELDS_OUT = 12,
    USUAL_ENV = 25,
    USUAL_FEW = 5
};

static void fill(apr_table_t **table, apr_pool_t *p, int entries)
{
    if (!*table) {
        *table = apr_table_make(p, entries);
    }
}

void cl_request_make_tables(request_rec *r)
{
    fill(&r->headers_in, r->pool, USUAL_FIELDS_IN);
    fill(&r->headers_out, r->pool, USUAL_FIELDS_OUT);
    fill(&r->subprocess_env, r->pool, USUAL_ENV);
    fill(&r->err_headers_out, r->pool, USUAL_FEW);
    fill(&r->trailers_in, r->pool, USUAL_FEW);
    fill(&r->trailers_out, r->pool, USUAL_FEW);
    fill(&r->notes, r->pool, USUAL_FEW);
}

static void join_connection(request_rec *r, conn_rec *c)
{
    r->connection = c;
    r->server = c->base_server;
    r->per_dir_config = r->server->lookup_defaults;
    r->proto_output_filters = r->output_filters = c->output_filters;
    r->proto_input_filters = r->input_filters = c->input_filters;
    r->useragent_addr = c->client_addr;
    r->useragent_ip = c->client_ip;
}

AP_DECLARE(request_rec *) ap_create_request(conn_rec *c)
{
    apr_pool_t *pool;
    request_rec *r;

    apr_pool_create(&pool, c->pool);
    apr_pool_tag(pool, "request");
    r = apr_pcalloc(pool, sizeof *r);
    r->pool = pool;
    join_connection(r, c);
    cl_request_make_tables(r);
    r->allowed_methods = ap_make_method_list(pool, 2);
    r->request_config = ap_create_request_config(pool);
    r->status = HTTP_OK;
    r->read_body = REQUEST_NO_BODY;
    r->used_path_info = AP_REQ_DEFAULT_PATH_INFO;
    ap_run_create_request(r);
    return r;
}

/* Hook create_request; mod_proxy runs it for the records it makes, too. */
int cl_request_core_config_hook(request_rec *r)
{
    core_request_config *mine = apr_pcalloc(r->pool, sizeof *mine);

    if (r->main) {
        mine->bb = cl_request_core_of(r->main)->bb;
    }
    else {
        mine->bb = apr_brigade_create(r->pool, r->connection->bucket_alloc);
    }
    mine->deliver_script = 1;
    ap_set_core_module_config(r->request_config, mine);
    return OK;
}
