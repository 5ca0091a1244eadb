/* SPDX-License-Identifier: Apache-2.0 */
/* core_dir.c -- core_dir_config: create, merge, and the simple questions
 * other rooms and modules ask of it.
 *
 * Merging happens while requests are served, so a merged record borrows what
 * never changes after configuration and copies only what it combines.  It is
 * the newer record with its gaps filled from the base.
 */
#include "config/config.h"

#include "http_core.h"
#include "http_log.h"
#include "state.h"

#include <string.h>

#include <apr_fnmatch.h>
#include <apr_strings.h>

enum { DEFAULT_LIMIT_XML_BODY = 1000000 };

static const char *with_final_slash(apr_pool_t *p, const char *dir)
{
    size_t length = strlen(dir);

    if (length > 0 && dir[length - 1] == '/') {
        return dir;
    }
    return apr_pstrcat(p, dir, "/", NULL);
}

static void set_place(apr_pool_t *p, core_dir_config *conf, const char *dir)
{
    if (dir == NULL) {                  /* defaults of a server */
        conf->opts = OPT_UNSET | OPT_SYM_LINKS;
        return;
    }
    conf->opts = OPT_UNSET;
    conf->d = (char *)with_final_slash(p, dir);
    conf->d_is_fnmatch = apr_fnmatch_test(conf->d) != 0;
    conf->d_components = (unsigned int)ap_count_dirs(conf->d);
}

void *cl_config_create_core_dir(apr_pool_t *p, char *dir)
{
    core_dir_config *conf = apr_pcalloc(p, sizeof *conf);

    set_place(p, conf, dir);
    conf->override = OR_UNSET | OR_NONE;
    conf->override_opts = OPT_UNSET | OPT_ALL | OPT_SYM_OWNER | OPT_MULTI;
    conf->hostname_lookups = HOSTNAME_LOOKUP_UNSET;
    conf->content_md5 = CL_CONTENT_MD5_UNSET;
    conf->use_canonical_name = USE_CANONICAL_NAME_UNSET;
    conf->use_canonical_phys_port = USE_CANONICAL_PHYS_PORT_UNSET;
    conf->add_default_charset = ADD_DEFAULT_CHARSET_UNSET;
    conf->add_default_charset_name = DEFAULT_ADD_DEFAULT_CHARSET_NAME;
    conf->limit_req_body = CL_LIMIT_UNSET;
    conf->limit_xml_body = CL_LIMIT_UNSET;
    conf->server_signature = srv_sig_unset;
    conf->accept_path_info = CL_PATH_INFO_UNSET;
    conf->etag_bits = ETAG_UNSET;
    conf->enable_mmap = ENABLE_MMAP_UNSET;
    conf->enable_sendfile = ENABLE_SENDFILE_UNSET;
    conf->max_ranges = AP_MAXRANGES_UNSET;
    conf->max_overlaps = AP_MAXRANGES_UNSET;
    conf->max_reversals = AP_MAXRANGES_UNSET;
    conf->cgi_pass_auth = AP_CGI_PASS_AUTH_UNSET;
    conf->qualify_redirect_url = AP_CORE_CONFIG_UNSET;
    return conf;
}

/* ----- merge, one function for each group of fields */

#define FILL(field, unset)                                                    \
    do {                                                                      \
        if (conf->field == (unset)) {                                         \
            conf->field = base->field;                                        \
        }                                                                     \
    } while (0)

static void fill_switches(core_dir_config *conf, const core_dir_config *base)
{
    FILL(hostname_lookups, HOSTNAME_LOOKUP_UNSET);
    FILL(content_md5, CL_CONTENT_MD5_UNSET);
    FILL(use_canonical_name, USE_CANONICAL_NAME_UNSET);
    FILL(use_canonical_phys_port, USE_CANONICAL_PHYS_PORT_UNSET);
    FILL(server_signature, srv_sig_unset);
    FILL(accept_path_info, CL_PATH_INFO_UNSET);
    FILL(enable_mmap, ENABLE_MMAP_UNSET);
    FILL(enable_sendfile, ENABLE_SENDFILE_UNSET);
    FILL(cgi_pass_auth, AP_CGI_PASS_AUTH_UNSET);
    FILL(qualify_redirect_url, AP_CORE_CONFIG_UNSET);
    if (conf->add_default_charset == ADD_DEFAULT_CHARSET_UNSET) {
        conf->add_default_charset = base->add_default_charset;
        conf->add_default_charset_name = base->add_default_charset_name;
    }
}

static void fill_limits(core_dir_config *conf, const core_dir_config *base)
{
    FILL(limit_cpu, NULL);
    FILL(limit_mem, NULL);
    FILL(limit_nproc, NULL);
    FILL(limit_req_body, CL_LIMIT_UNSET);
    FILL(limit_xml_body, CL_LIMIT_UNSET);
    FILL(max_ranges, AP_MAXRANGES_UNSET);
    FILL(max_overlaps, AP_MAXRANGES_UNSET);
    FILL(max_reversals, AP_MAXRANGES_UNSET);
    FILL(read_buf_size, 0);
}

static void fill_content(core_dir_config *conf, const core_dir_config *base)
{
    FILL(mime_type, NULL);
    FILL(output_filters, NULL);
    FILL(input_filters, NULL);
    if (conf->handler == NULL && conf->expr_handler == NULL) {
        conf->handler = base->handler;
        conf->expr_handler = base->expr_handler;
    }
}

/* "Options +X -Y" changes what is inherited, "Options X" replaces it. */
static void merge_options(core_dir_config *conf, const core_dir_config *base)
{
    if (!(conf->opts & OPT_UNSET)) {
        return;
    }
    conf->opts_add |= base->opts_add & ~conf->opts_remove;
    conf->opts_remove |= base->opts_remove & ~conf->opts_add;
    conf->opts = (base->opts & ~conf->opts_remove) | conf->opts_add;
}

/* As with options; the last bit removed leaves "none", not "nobody said". */
static void merge_etag(core_dir_config *conf, const core_dir_config *base)
{
    if (conf->etag_bits != ETAG_UNSET) {
        return;
    }
    conf->etag_add |= base->etag_add & ~conf->etag_remove;
    conf->etag_remove |= base->etag_remove & ~conf->etag_add;
    if (base->etag_bits == ETAG_UNSET) {
        return;                         /* http/ applies them to the default */
    }
    conf->etag_bits = base->etag_bits & ~(conf->etag_remove | ETAG_NONE);
    conf->etag_bits |= conf->etag_add;
    if (conf->etag_bits == 0) {
        conf->etag_bits = ETAG_NONE;
    }
}

static void merge_override(core_dir_config *conf, const core_dir_config *base)
{
    if (conf->override & OR_UNSET) {
        conf->override = base->override;
    }
    if (conf->override_opts & OPT_UNSET) {
        conf->override_opts = base->override_opts;
    }
    FILL(override_list, NULL);
}

static apr_array_header_t *join(apr_pool_t *p, const apr_array_header_t *first,
                                const apr_array_header_t *second)
{
    if (first == NULL) {
        return (apr_array_header_t *)second;
    }
    if (second == NULL) {
        return apr_array_copy_hdr(p, first);
    }
    return apr_array_append(p, first, second);
}

static apr_hash_t *overlay(apr_pool_t *p, apr_hash_t *add, apr_hash_t *base)
{
    if (add == NULL || base == NULL) {
        return add ? add : base;
    }
    return apr_hash_overlay(p, add, base);
}

/* ErrorDocument stores an expression under its status code; the texts are for
 * modules that set some themselves. */
static void merge_error_documents(apr_pool_t *p, core_dir_config *conf,
                                  const core_dir_config *base)
{
    char **merged;

    conf->response_code_exprs = overlay(p, conf->response_code_exprs,
                                        base->response_code_exprs);
    if (conf->response_code_strings == NULL
        || base->response_code_strings == NULL) {
        FILL(response_code_strings, NULL);
        return;
    }
    merged = apr_pmemdup(p, base->response_code_strings,
                         RESPONSE_CODES * sizeof *merged);
    for (int i = 0; i < RESPONSE_CODES; i++) {
        if (conf->response_code_strings[i]) {
            merged[i] = conf->response_code_strings[i];
        }
    }
    conf->response_code_strings = merged;
}

static void merge_log(apr_pool_t *p, core_dir_config *conf,
                      const core_dir_config *base)
{
    if (conf->log && base->log) {
        conf->log = ap_new_log_config(p, conf->log);
        ap_merge_log_config(base->log, conf->log);
        return;
    }
    FILL(log, NULL);
}

/* AllowEncodedSlashes has no "unset".  It is a server's setting, and a vhost
 * does not inherit it; sections must not take it back. */
static void merge_encoded_slashes(core_dir_config *conf,
                                  const core_dir_config *base)
{
    if (conf->d) {
        conf->allow_encoded_slashes = base->allow_encoded_slashes;
        conf->decode_encoded_slashes = base->decode_encoded_slashes;
    }
}

void *cl_config_merge_core_dir(apr_pool_t *p, void *base_conf, void *add_conf)
{
    const core_dir_config *base = base_conf;
    core_dir_config *conf = apr_pmemdup(p, add_conf, sizeof *conf);

    fill_switches(conf, base);
    fill_limits(conf, base);
    fill_content(conf, base);
    merge_options(conf, base);
    merge_override(conf, base);
    merge_etag(conf, base);
    merge_error_documents(p, conf, base);
    merge_log(p, conf, base);
    merge_encoded_slashes(conf, base);
    conf->sec_file = join(p, base->sec_file, conf->sec_file);
    conf->sec_if = join(p, base->sec_if, conf->sec_if);
    conf->cgi_var_rules = overlay(p, conf->cgi_var_rules,
                                  base->cgi_var_rules);
    return conf;
}

struct cl_dir *cl_config_dir_of(cmd_parms *cmd)
{
    return ap_set_config_vectors(cmd->server, cmd->context, cmd->path,
                                 &cleat_core_module, cmd->pool);
}

/* ----- questions */

static const core_dir_config *dir_config(const request_rec *r)
{
    return ap_get_core_module_config(r->per_dir_config);
}

AP_DECLARE(int) ap_allow_options(request_rec *r)
{
    return dir_config(r)->opts;
}

AP_DECLARE(int) ap_allow_overrides(request_rec *r)
{
    return (int)dir_config(r)->override;
}

AP_DECLARE(apr_size_t) ap_get_limit_xml_body(const request_rec *r)
{
    long limit = dir_config(r)->limit_xml_body;

    if (limit == CL_LIMIT_UNSET) {
        return DEFAULT_LIMIT_XML_BODY;
    }
    return (apr_size_t)limit;
}

AP_DECLARE(apr_size_t) ap_get_read_buf_size(const request_rec *r)
{
    apr_size_t size = dir_config(r)->read_buf_size;

    return size ? size : AP_IOBUFSIZE;
}
