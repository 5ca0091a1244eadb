/* SPDX-License-Identifier: Apache-2.0 */
/* read.c -- one whole configuration into a tree: a main server with nothing
 * configured, the -C lines, the file, the -c lines. */
#include "config/config.h"

#include "http_log.h"
#include "http_main.h"
#include "mpm_common.h"

#include <apr_network_io.h>
#include <apr_strings.h>

APLOG_USE_MODULE(core);

struct command_lines {
    const apr_array_header_t *lines;
    int at;                     /* line */
    apr_size_t offset;          /* in it */
};

/* Give back as much of the current line as fits; line ends are implied. */
static apr_status_t lines_getstr(void *buf, apr_size_t size, void *param)
{
    struct command_lines *source = param;
    char *text = buf;
    const char *line;
    apr_size_t left;

    if (source->at >= source->lines->nelts) {
        return APR_EOF;
    }
    line = APR_ARRAY_IDX(source->lines, source->at, const char *)
           + source->offset;
    left = strlen(line);
    if (left + 1 < size) {
        memcpy(text, line, left);
        text[left] = LF;
        text[left + 1] = '\0';
        ++source->at;
        source->offset = 0;
        return APR_SUCCESS;
    }
    memcpy(text, line, size - 1);
    text[size - 1] = '\0';
    source->offset += size - 1;
    return APR_SUCCESS;
}

static apr_status_t lines_getch(char *ch, void *param)
{
    char text[2];
    apr_status_t rv = lines_getstr(text, sizeof text, param);

    if (rv == APR_SUCCESS) {
        *ch = text[0];
    }
    return rv;
}

static const char *read_command_lines(server_rec *s,
                                      const apr_array_header_t *lines,
                                      ap_directive_t **conftree,
                                      apr_pool_t *p, apr_pool_t *ptemp)
{
    struct command_lines *source = apr_pcalloc(ptemp, sizeof *source);
    cmd_parms parms;

    if (lines == NULL || lines->nelts == 0) {
        return NULL;
    }
    source->lines = lines;
    cl_config_init_parms(&parms, s, p, ptemp);
    parms.config_file = ap_pcfg_open_custom(p, "-c/-C directives", source,
                                            lines_getch, lines_getstr, NULL);
    return ap_build_config(&parms, p, ptemp, conftree);
}

/* Requests that no virtual host wants; matches no address by itself. */
static server_addr_rec *default_address(apr_pool_t *p)
{
    server_addr_rec *address = apr_pcalloc(p, sizeof *address);

    address->virthost = apr_pstrdup(p, "");
    if (apr_sockaddr_info_get(&address->host_addr, NULL, APR_INET, 0, 0, p)
        != APR_SUCCESS) {
        return NULL;
    }
    return address;
}

static server_rec *create_main_server(process_rec *process, apr_pool_t *p)
{
    server_rec *s = apr_pcalloc(p, sizeof *s);

    s->process = process;
    s->server_admin = apr_pstrdup(p, DEFAULT_ADMIN);
    s->error_fname = apr_pstrdup(p, DEFAULT_ERRORLOG);
    s->log.level = ap_default_loglevel;
    s->limit_req_line = DEFAULT_LIMIT_REQUEST_LINE;
    s->limit_req_fieldsize = DEFAULT_LIMIT_REQUEST_FIELDSIZE;
    s->limit_req_fields = DEFAULT_LIMIT_REQUEST_FIELDS;
    s->timeout = apr_time_from_sec(DEFAULT_TIMEOUT);
    s->keep_alive_timeout = apr_time_from_sec(DEFAULT_KEEPALIVE_TIMEOUT);
    s->keep_alive_max = DEFAULT_KEEPALIVE;
    s->keep_alive = 1;
    s->addrs = default_address(p);
    if (s->addrs == NULL) {
        return NULL;
    }
    ap_server_conf = s;
    s->module_config = cl_config_create_server(p, s);
    s->lookup_defaults = cl_config_create_default_dir(p);
    return s;
}

static server_rec *give_up(const process_rec *process, const char *what,
                           const char *wrong)
{
    ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_CRIT, 0, NULL,
                 "%s: %s%s", process->short_name, what, wrong);
    return NULL;
}

static const char *read_file(server_rec *s, const char *name,
                             ap_directive_t **conftree, apr_pool_t *p,
                             apr_pool_t *ptemp)
{
    const char *path = ap_server_root_relative(p, name);

    if (path == NULL) {
        return apr_psprintf(p, "Could not open configuration file %s: it is "
                            "too long for a path", name);
    }
    return ap_process_resource_config(s, path, conftree, p, ptemp);
}

AP_DECLARE(server_rec *) ap_read_config(process_rec *process,
    apr_pool_t *temp_pool, const char *config_name,
    ap_directive_t **conftree)
{
    static const char on_command_line[] =
        "Syntax error in -C/-c directive: ";
    apr_pool_t *p = process->pconf;
    const char *wrong;
    server_rec *s;

    cl_config_open_slots();
    cl_config_start_includes();
    s = create_main_server(process, p);
    if (s == NULL) {
        return give_up(process, "", "could not make the main server's "
                       "address; check that the system has IPv4");
    }
    wrong = read_command_lines(s, ap_server_pre_read_config, conftree, p,
                               temp_pool);
    if (wrong != NULL) {
        return give_up(process, on_command_line, wrong);
    }
    wrong = read_file(s, config_name, conftree, p, temp_pool);
    if (wrong != NULL) {
        return give_up(process, "", wrong);
    }
    wrong = ap_check_mpm();
    if (wrong != NULL) {
        ap_log_error(APLOG_MARK, APLOG_STARTUP | APLOG_CRIT, 0, NULL,
                     APLOGNO(00534) "%s: Configuration error: %s",
                     process->short_name, wrong);
        return NULL;
    }
    wrong = read_command_lines(s, ap_server_post_read_config, conftree, p,
                               temp_pool);
    if (wrong != NULL) {
        return give_up(process, on_command_line, wrong);
    }
    return s;
}
