/* SPDX-License-Identifier: Apache-2.0 */
/* core_server.c -- core_server_config, and the life of a vhost's server_rec:
 * made empty when its section begins, filled from the main server when all
 * files have been read.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_main.h"
#include "http_vhost.h"

#include <limits.h>
#include <stdlib.h>

#include <apr_strings.h>

enum {
    FLUSH_THRESHOLD_DEFAULT = 65535,
    FLUSH_PIPELINED_DEFAULT = 5,
    FLUSH_PIPELINED_UNSET = INT_MIN,
    HONOR_ORDER_UNSET = -1
};

APR_HOOK_STRUCT(
    APR_HOOK_LINK(get_mgmt_items)
)

AP_IMPLEMENT_HOOK_RUN_ALL(int, get_mgmt_items,
                          (apr_pool_t *p, const char *val, apr_hash_t *ht),
                          (p, val, ht), OK, DECLINED)

/* ----- core_server_config */

static void set_main_defaults(apr_pool_t *p, core_server_config *conf)
{
    conf->ap_document_root = DOCUMENT_LOCATION;
    conf->flush_max_threshold = FLUSH_THRESHOLD_DEFAULT;
    conf->flush_max_pipelined = FLUSH_PIPELINED_DEFAULT;
    conf->accf_map = apr_table_make(p, 4);
    apr_table_setn(conf->accf_map, "http", "data");
    apr_table_setn(conf->accf_map, "https", "data");
}

void *cl_config_create_core_server(apr_pool_t *p, server_rec *s)
{
    core_server_config *conf = apr_pcalloc(p, sizeof *conf);

    conf->flush_max_pipelined = FLUSH_PIPELINED_UNSET;
    if (!s->is_virtual) {
        set_main_defaults(p, conf);
    }
    conf->sec_dir = apr_array_make(p, 4, sizeof(ap_conf_vector_t *));
    conf->sec_url = apr_array_make(p, 4, sizeof(ap_conf_vector_t *));
    conf->protocols = apr_array_make(p, 2, sizeof(const char *));
    conf->protocols_honor_order = HONOR_ORDER_UNSET;
    conf->trace_enable = AP_TRACE_UNSET;
    conf->merge_slashes = AP_CORE_CONFIG_UNSET;
    conf->strict_host_check = AP_CORE_CONFIG_UNSET;
    return conf;
}

#define FILL(field, unset)                                                    \
    do {                                                                      \
        if (conf->field == (unset)) {                                         \
            conf->field = base->field;                                        \
        }                                                                     \
    } while (0)

static void fill_protocol(core_server_config *conf,
                          const core_server_config *base)
{
    FILL(protocol, NULL);
    FILL(protocols_honor_order, HONOR_ORDER_UNSET);
    FILL(http09_enable, AP_HTTP09_UNSET);
    FILL(http_conformance, AP_HTTP_CONFORMANCE_UNSET);
    FILL(http_methods, AP_HTTP_METHODS_UNSET);
    FILL(trace_enable, AP_TRACE_UNSET);
    FILL(merge_trailers, AP_MERGE_TRAILERS_UNSET);
    FILL(merge_slashes, AP_CORE_CONFIG_UNSET);
    FILL(strict_host_check, AP_CORE_CONFIG_UNSET);
    FILL(flush_max_threshold, 0);
    FILL(flush_max_pipelined, FLUSH_PIPELINED_UNSET);
}

void *cl_config_merge_core_server(apr_pool_t *p, void *base_conf,
                                  void *add_conf)
{
    const core_server_config *base = base_conf;
    core_server_config *conf = apr_pmemdup(p, add_conf, sizeof *conf);

    fill_protocol(conf, base);
    FILL(gprof_dir, NULL);
    FILL(ap_document_root, NULL);
    FILL(access_name, NULL);
    FILL(redirect_limit, 0);
    FILL(subreq_limit, 0);
    FILL(accf_map, NULL);
    FILL(error_log_format, NULL);
    FILL(error_log_conn, NULL);
    FILL(error_log_req, NULL);
    conf->sec_dir = apr_array_append(p, base->sec_dir, conf->sec_dir);
    conf->sec_url = apr_array_append(p, base->sec_url, conf->sec_url);
    if (conf->protocols->nelts == 0) {
        conf->protocols = apr_array_copy(p, base->protocols);
    }
    return conf;
}

static core_server_config *core_config(const server_rec *s)
{
    return ap_get_core_module_config(s->module_config);
}

/* ----- sections of a server */

AP_DECLARE(void) ap_add_per_dir_conf(server_rec *s, void *dir_config)
{
    APR_ARRAY_PUSH(core_config(s)->sec_dir, void *) = dir_config;
}

AP_DECLARE(void) ap_add_per_url_conf(server_rec *s, void *url_config)
{
    APR_ARRAY_PUSH(core_config(s)->sec_url, void *) = url_config;
}

AP_DECLARE(void) ap_add_file_conf(apr_pool_t *p, core_dir_config *conf,
                                  void *url_config)
{
    if (conf->sec_file == NULL) {
        conf->sec_file = apr_array_make(p, 2, sizeof(ap_conf_vector_t *));
    }
    APR_ARRAY_PUSH(conf->sec_file, void *) = url_config;
}

/* <Else> and <ElseIf> belong to the section just before them in the same
 * scope, which must be one that can be false. */
static bool follows_if(const core_dir_config *conf)
{
    const core_dir_config *last;

    if (conf->sec_if == NULL || conf->sec_if->nelts == 0) {
        return false;
    }
    last = ap_get_core_module_config(
        APR_ARRAY_IDX(conf->sec_if, conf->sec_if->nelts - 1, void *));
    return (last->condition_ifelse & AP_CONDITION_IF) != 0;
}

AP_DECLARE(const char *) ap_add_if_conf(apr_pool_t *p, core_dir_config *conf,
                                        void *url_config)
{
    const core_dir_config *section = ap_get_core_module_config(url_config);

    if ((section->condition_ifelse & AP_CONDITION_ELSE) && !follows_if(conf)) {
        return "<Else> or <ElseIf> section without previous <If> or <ElseIf> "
               "section in same scope";
    }
    if (conf->sec_if == NULL) {
        conf->sec_if = apr_array_make(p, 2, sizeof(ap_conf_vector_t *));
    }
    APR_ARRAY_PUSH(conf->sec_if, void *) = url_config;
    return NULL;
}

struct sorted_section {
    void *section;
    int place;                          /* in the files */
    unsigned int rank;
};

/* Paths by their number of segments, then regular expressions. */
static unsigned int section_rank(void *section)
{
    const core_dir_config *conf = ap_get_core_module_config(section);

    return conf->r ? UINT_MAX : conf->d_components;
}

static int compare_sections(const void *left, const void *right)
{
    const struct sorted_section *a = left, *b = right;

    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    return a->place - b->place;
}

/* The pool is for what stays; the sorted copy is scratch. */
AP_DECLARE(void) ap_core_reorder_directories(apr_pool_t *p, server_rec *s)
{
    apr_array_header_t *sections = core_config(s)->sec_dir;
    int n = sections->nelts;
    apr_pool_t *scratch;
    struct sorted_section *sorted;

    apr_pool_create(&scratch, p);
    sorted = apr_palloc(scratch, ((size_t)n + 1) * sizeof *sorted);
    for (int i = 0; i < n; i++) {
        sorted[i].section = APR_ARRAY_IDX(sections, i, void *);
        sorted[i].place = i;
        sorted[i].rank = section_rank(sorted[i].section);
    }
    qsort(sorted, (size_t)n, sizeof *sorted, compare_sections);
    for (int i = 0; i < n; i++) {
        APR_ARRAY_IDX(sections, i, void *) = sorted[i].section;
    }
    apr_pool_destroy(scratch);
}

/* ----- vhosts */

/* Its own records for the core, so that no setter writes to the main one. */
static void create_own_configs(apr_pool_t *p, server_rec *s)
{
    s->module_config = cl_config_create_vector(p);
    s->lookup_defaults = ap_create_per_dir_config(p);
    ap_set_core_module_config(s->module_config,
                              cl_config_create_core_server(p, s));
    ap_set_core_module_config(s->lookup_defaults,
                              cl_config_create_core_dir(p, NULL));
}

AP_DECLARE(const char *) ap_init_virtual_host(apr_pool_t *p,
                                              const char *hostname,
                                              server_rec *main_server,
                                              server_rec **ps)
{
    server_rec *s = apr_pcalloc(p, sizeof *s);

    *ps = s;
    s->process = main_server->process;
    s->error_log = main_server->error_log;
    s->log = *ap_new_log_config(p, NULL);
    s->is_virtual = 1;
    s->keep_alive = -1;
    s->keep_alive_max = -1;
    s->names = apr_array_make(p, 4, sizeof(char *));
    s->wild_names = apr_array_make(p, 4, sizeof(char *));
    s->limit_req_line = main_server->limit_req_line;
    s->limit_req_fieldsize = main_server->limit_req_fieldsize;
    s->limit_req_fields = main_server->limit_req_fields;
    create_own_configs(p, s);
    return ap_parse_vhost_addrs(p, hostname, s);
}

static void inherit_from_main(server_rec *main, server_rec *virt)
{
    if (virt->server_admin == NULL) {
        virt->server_admin = main->server_admin;
    }
    if (virt->timeout == 0) {
        virt->timeout = main->timeout;
    }
    if (!virt->keep_alive_timeout_set) {
        virt->keep_alive_timeout = main->keep_alive_timeout;
    }
    if (virt->keep_alive == -1) {
        virt->keep_alive = main->keep_alive;
    }
    if (virt->keep_alive_max == -1) {
        virt->keep_alive_max = main->keep_alive_max;
    }
    ap_merge_log_config(&main->log, &virt->log);
}

AP_DECLARE(void) ap_fixup_virtual_hosts(apr_pool_t *p,
                                        server_rec *main_server)
{
    for (server_rec *s = main_server->next; s; s = s->next) {
        cl_config_merge_server(p, main_server->module_config, s);
        s->lookup_defaults = ap_merge_per_dir_configs(
            p, main_server->lookup_defaults, s->lookup_defaults);
        inherit_from_main(main_server, s);
        ap_core_reorder_directories(p, s);
    }
    ap_core_reorder_directories(p, main_server);
}

/* ----- small things */

AP_DECLARE(const char *) ap_get_server_protocol(server_rec *s)
{
    return core_config(s)->protocol;
}

AP_DECLARE(void) ap_set_server_protocol(server_rec *s, const char *proto)
{
    core_config(s)->protocol = proto;
}

const char *cl_set_server_admin(cmd_parms *cmd, void *, const char *arg)
{
    const char *error = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (error == NULL) {
        cmd->server->server_admin = (char *)arg;
    }
    return error;
}

AP_DECLARE(int) ap_exists_config_define(const char *name)
{
    return ap_server_config_defines
           && ap_array_str_contains(ap_server_config_defines, name);
}

AP_DECLARE(void) ap_register_config_hooks(apr_pool_t *)
{
    /* Others may read a .htaccess from elsewhere, or not at all. */
    ap_hook_open_htaccess(ap_open_htaccess, NULL, NULL, APR_HOOK_REALLY_LAST);
}
