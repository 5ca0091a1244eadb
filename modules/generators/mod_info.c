/* SPDX-License-Identifier: Apache-2.0 */
/* mod_info -- what the server is made of and how it is configured.
 *
 *   AddModuleInfo module.c text      server config; text is shown as HTML
 *   SetHandler server-info
 *   query: server list config hooks providers, or a module's file name;
 *          nothing: all of it
 *   -D DUMP_CONFIG prints the configuration as it was read and goes on
 *   hooks: check_config (the dump), handler
 *
 * The page tells whatever the configuration contains, passwords too: it
 * belongs behind Require.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ap_mpm.h"
#include "ap_provider.h"
#include "http_config.h"
#include "http_connection.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mpm_common.h"
#include "scoreboard.h"
#include "util_cfgtree.h"

#include "apr_strings.h"
#include "apr_version.h"
#include "apu_version.h"

extern module AP_MODULE_DECLARE_DATA info_module;

/* ---- AddModuleInfo */

struct info_note {
    const char *module;
    const char *html;
};

struct info_server {
    apr_array_header_t *notes;      /* of struct info_note */
};

static void *info_create_server(apr_pool_t *p, server_rec *)
{
    struct info_server *server = apr_palloc(p, sizeof *server);

    server->notes = apr_array_make(p, 4, sizeof(struct info_note));
    return server;
}

static void *info_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct info_server *base = basev;
    const struct info_server *add = addv;
    struct info_server *server = apr_palloc(p, sizeof *server);

    server->notes = apr_array_append(p, base->notes, add->notes);
    return server;
}

static const char *info_add_note(cmd_parms *cmd, void *, const char *name,
                                 const char *html)
{
    struct info_server *server =
        ap_get_module_config(cmd->server->module_config, &info_module);
    struct info_note *note = apr_array_push(server->notes);

    note->module = name;
    note->html = html;
    return NULL;
}

/* ---- hooks: all of them, by the moment they run */

typedef apr_array_header_t *hook_list_fn(void);

struct hook {
    const char *label;
    hook_list_fn *list;
};

static const struct hook startup_hooks[] = {
    { "Pre-Config", ap_hook_get_pre_config },
    { "Check Configuration", ap_hook_get_check_config },
    { "Test Configuration", ap_hook_get_test_config },
    { "Post Configuration", ap_hook_get_post_config },
    { "Open Logs", ap_hook_get_open_logs },
    { "Pre-MPM", ap_hook_get_pre_mpm },
    { "MPM", ap_hook_get_mpm },
    { "Drop Privileges", ap_hook_get_drop_privileges },
    { "Retrieve Optional Functions", ap_hook_get_optional_fn_retrieve },
    { "Child Init", ap_hook_get_child_init },
    { 0 }
};

static const struct hook request_hooks[] = {
    { "Create Connection", ap_hook_get_create_connection },
    { "Pre-Connection", ap_hook_get_pre_connection },
    { "Process Connection", ap_hook_get_process_connection },
    { "Create Request", ap_hook_get_create_request },
    { "Pre-Read Request", ap_hook_get_pre_read_request },
    { "Post-Read Request", ap_hook_get_post_read_request },
    { "Quick Handler", ap_hook_get_quick_handler },
    { "Pre-Translate Name", ap_hook_get_pre_translate_name },
    { "Translate Name", ap_hook_get_translate_name },
    { "Map to Storage", ap_hook_get_map_to_storage },
    { "Header Parser", ap_hook_get_header_parser },
    { "Check Access", ap_hook_get_access_checker },
    { "Check Access (extended)", ap_hook_get_access_checker_ex },
    { "Check User ID", ap_hook_get_check_user_id },
    { "Note Authentication Failure", ap_hook_get_note_auth_failure },
    { "Check Authorization", ap_hook_get_auth_checker },
    { "Check Type", ap_hook_get_type_checker },
    { "Fixups", ap_hook_get_fixups },
    { "Insert Filters", ap_hook_get_insert_filter },
    { "Content Handlers", ap_hook_get_handler },
    { "Insert Error Filters", ap_hook_get_insert_error_filter },
    { "HTTP Scheme", ap_hook_get_http_scheme },
    { "Default Port", ap_hook_get_default_port },
    { "Transaction Logging", ap_hook_get_log_transaction },
    { 0 }
};

static const struct hook other_hooks[] = {
    { "Monitor", ap_hook_get_monitor },
    { "Child Status", ap_hook_get_child_status },
    { "End Generation", ap_hook_get_end_generation },
    { "Error Logging", ap_hook_get_error_log },
    { "Generate Log ID", ap_hook_get_generate_log_id },
    { "Query MPM Attributes", ap_hook_get_mpm_query },
    { "Query MPM Name", ap_hook_get_mpm_get_name },
    { "Register Timed Callback", ap_hook_get_mpm_register_timed_callback },
    { "Expression Lookup", ap_hook_get_expr_lookup },
    { "Management Items", ap_hook_get_get_mgmt_items },
    { 0 }
};

/* Every hook's list has entries of this shape, whatever the function's type. */
typedef ap_LINK_handler_t hook_link;

static bool takes_part(const struct hook *hook, const char *name)
{
    const apr_array_header_t *list = hook->list();

    for (int i = 0; list != NULL && i < list->nelts; i++) {
        const hook_link *link = &APR_ARRAY_IDX(list, i, hook_link);

        if (link->szName != NULL && strcmp(link->szName, name) == 0) {
            return true;
        }
    }
    return false;
}

static void write_hook(request_rec *r, const struct hook *hook)
{
    const apr_array_header_t *list = hook->list();

    ap_rvputs(r, "<tr><th>", hook->label, "</th><td>", NULL);
    for (int i = 0; list != NULL && i < list->nelts; i++) {
        const hook_link *link = &APR_ARRAY_IDX(list, i, hook_link);
        const char *name = link->szName != NULL ? link->szName : "?";

        ap_rprintf(r, "<code>%02d</code> <a href=\"?%s\">%s</a><br>\n",
                   link->nOrder, name, name);
    }
    ap_rputs("</td></tr>\n", r);
}

static void write_hooks(request_rec *r)
{
    static const struct { const char *id, *title; const struct hook *hooks; }
    groups[] = {
        { "startup_hooks", "Startup Hooks", startup_hooks },
        { "request_hooks", "Request Hooks", request_hooks },
        { "other_hooks", "Other Hooks", other_hooks },
    };

    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        ap_rvputs(r, "<h2 id=\"", groups[i].id, "\">", groups[i].title,
                  "</h2>\n<table>\n", NULL);
        for (const struct hook *h = groups[i].hooks; h->label != NULL; h++) {
            write_hook(r, h);
        }
        ap_rputs("</table>\n", r);
    }
}

/* ---- the configuration tree */

static bool is_container(const ap_directive_t *node)
{
    return node->directive[0] == '<';
}

/* The ">" of a container, where its arguments do not bring it along. */
static const char *closing_mark(const ap_directive_t *node)
{
    size_t len = strlen(node->args);

    return is_container(node) && (len == 0 || node->args[len - 1] != '>')
        ? ">" : "";
}

static bool owns(const module *owner, const ap_directive_t *node)
{
    for (const command_rec *c = owner->cmds; c && c->name != NULL; c++) {
        if (ap_cstr_casecmp(c->name, node->directive) == 0) {
            return true;
        }
    }
    return false;
}

/* Is there anything of the module's in this node? NULL owner: any module. */
static bool concerns(const module *owner, const ap_directive_t *node)
{
    if (owner == NULL || owns(owner, node)) {
        return true;
    }
    for (node = node->first_child; node != NULL; node = node->next) {
        if (concerns(owner, node)) {
            return true;
        }
    }
    return false;
}

struct tree_writer {
    request_rec *r;
    const module *owner;            /* NULL: all */
    const char *filename;           /* of the last line written */
};

static void write_line(struct tree_writer *w, const ap_directive_t *node,
                       int depth)
{
    apr_pool_t *p = w->r->pool;

    if (w->filename == NULL || strcmp(w->filename, node->filename) != 0) {
        w->filename = node->filename;
        ap_rvputs(w->r, "<b>In file: ", ap_escape_html(p, node->filename),
                  "</b>\n", NULL);
    }
    ap_rprintf(w->r, "%5d: %*s%s <i>%s</i>%s\n", node->line_num, depth * 2,
               "", ap_escape_html(p, node->directive),
               ap_escape_html(p, node->args),
               *closing_mark(node) != '\0' ? "&gt;" : "");
}

static void write_tree(struct tree_writer *w, const ap_directive_t *node,
                       int depth)
{
    for (; node != NULL; node = node->next) {
        if (!concerns(w->owner, node)) {
            continue;
        }
        write_line(w, node, depth);
        if (!is_container(node)) {
            continue;
        }
        write_tree(w, node->first_child, depth + 1);
        ap_rprintf(w->r, "     : %*s&lt;/%s&gt;\n", depth * 2, "",
                   ap_escape_html(w->r->pool, node->directive + 1));
    }
}

static void write_config(request_rec *r, const module *owner)
{
    struct tree_writer writer = { r, owner, NULL };

    ap_rputs("<pre>\n", r);
    write_tree(&writer, ap_conftree, 0);
    ap_rputs("</pre>\n", r);
}

static void write_whole_config(request_rec *r)
{
    ap_rputs("<h2 id=\"config\">Configuration</h2>\n", r);
    write_config(r, NULL);
}

/* The same for a terminal, in a form that can be read back as a file. */
static void dump_tree(apr_file_t *out, const ap_directive_t *node, int depth,
                      const char **filename)
{
    for (; node != NULL; node = node->next) {
        if (*filename == NULL || strcmp(*filename, node->filename) != 0) {
            *filename = node->filename;
            apr_file_printf(out, "%*s# In file: %s\n", depth * 2, "",
                            node->filename);
        }
        apr_file_printf(out, "%*s# %3i:\n%*s%s%s%s%s\n", depth * 2, "",
                        node->line_num, depth * 2, "", node->directive,
                        node->args[0] != '\0' ? " " : "", node->args,
                        closing_mark(node));
        if (is_container(node)) {
            dump_tree(out, node->first_child, depth + 1, filename);
            apr_file_printf(out, "%*s</%s>\n", depth * 2, "",
                            node->directive + 1);
        }
    }
}

static int info_check_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *,
                             server_rec *)
{
    const char *filename = NULL;
    apr_file_t *out;

    if (ap_exists_config_define("DUMP_CONFIG")
        && apr_file_open_stdout(&out, pconf) == APR_SUCCESS) {
        dump_tree(out, ap_conftree, 0, &filename);
    }
    return DECLINED;
}

/* ---- modules */

static int compare_modules(const void *a, const void *b)
{
    return strcmp((*(const module *const *)a)->name,
                  (*(const module *const *)b)->name);
}

/* All modules, by name: an array of const module *. */
static apr_array_header_t *sorted_modules(apr_pool_t *p)
{
    apr_array_header_t *all = apr_array_make(p, 64, sizeof(module *));

    for (const module *m = ap_top_module; m != NULL; m = m->next) {
        APR_ARRAY_PUSH(all, const module *) = m;
    }
    qsort(all->elts, (size_t)all->nelts, sizeof(module *), compare_modules);
    return all;
}

static void write_phases(request_rec *r, const module *m)
{
    const struct { const char *label; bool present; } phases[] = {
        { "Create Directory Config", m->create_dir_config != NULL },
        { "Merge Directory Configs", m->merge_dir_config != NULL },
        { "Create Server Config", m->create_server_config != NULL },
        { "Merge Server Configs", m->merge_server_config != NULL },
    };
    const char *gap = "";

    ap_rputs("<dt>Configuration Phase Participation:</dt><dd>", r);
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
        if (phases[i].present) {
            ap_rvputs(r, gap, phases[i].label, NULL);
            gap = ", ";
        }
    }
    ap_rputs(*gap == '\0' ? "<em>none</em></dd>\n" : "</dd>\n", r);
    ap_rputs("<dt>Request Phase Participation:</dt><dd>", r);
    gap = "";
    for (const struct hook *h = request_hooks; h->label != NULL; h++) {
        if (takes_part(h, m->name)) {
            ap_rvputs(r, gap, h->label, NULL);
            gap = ", ";
        }
    }
    ap_rputs(*gap == '\0' ? "<em>none</em></dd>\n" : "</dd>\n", r);
}

static void write_directives(request_rec *r, const module *m)
{
    apr_pool_t *p = r->pool;

    ap_rputs("<dt>Module Directives:</dt>", r);
    if (m->cmds == NULL || m->cmds->name == NULL) {
        ap_rputs("<dd><em>none</em></dd>\n", r);
        return;
    }
    ap_rputs("<dd>", r);
    for (const command_rec *c = m->cmds; c->name != NULL; c++) {
        ap_rvputs(r, "<code>", ap_escape_html(p, c->name), "</code> - <i>",
                  c->errmsg != NULL ? ap_escape_html(p, c->errmsg) : "",
                  "</i><br>\n", NULL);
    }
    ap_rputs("</dd>\n<dt>Current Configuration:</dt><dd>", r);
    write_config(r, m);
    ap_rputs("</dd>\n", r);
}

static void write_notes(request_rec *r, const module *m)
{
    const struct info_server *server =
        ap_get_module_config(r->server->module_config, &info_module);

    for (int i = 0; i < server->notes->nelts; i++) {
        const struct info_note *note =
            &APR_ARRAY_IDX(server->notes, i, struct info_note);

        if (strcmp(note->module, m->name) == 0) {
            ap_rvputs(r, "<dt>Additional Information:</dt><dd>", note->html,
                      "</dd>\n", NULL);
        }
    }
}

static void write_module(request_rec *r, const module *m)
{
    ap_rvputs(r, "<h3 id=\"", m->name, "\"><a href=\"?", m->name, "\">",
              m->name, "</a></h3>\n<dl>\n", NULL);
    write_phases(r, m);
    write_directives(r, m);
    write_notes(r, m);
    ap_rputs("</dl>\n", r);
}

static void write_modules(request_rec *r)
{
    const apr_array_header_t *all = sorted_modules(r->pool);

    ap_rputs("<h2 id=\"modules\">Loaded Modules</h2>\n<p>", r);
    for (int i = 0; i < all->nelts; i++) {
        const char *name = APR_ARRAY_IDX(all, i, const module *)->name;

        ap_rvputs(r, i > 0 ? ", " : "", "<a href=\"#", name, "\">", name,
                  "</a>", NULL);
    }
    ap_rputs("</p>\n", r);
    for (int i = 0; i < all->nelts; i++) {
        write_module(r, APR_ARRAY_IDX(all, i, const module *));
    }
}

static void write_list(request_rec *r)
{
    const apr_array_header_t *all = sorted_modules(r->pool);

    ap_rputs("<dl><dt>Server Module List</dt>\n", r);
    for (int i = 0; i < all->nelts; i++) {
        ap_rvputs(r, "<dd>", APR_ARRAY_IDX(all, i, const module *)->name,
                  "</dd>\n", NULL);
    }
    ap_rputs("</dl>\n", r);
}

/* ---- the server itself */

static void write_fact(request_rec *r, const char *label, const char *value)
{
    ap_rvputs(r, "<tr><th>", label, "</th><td><code>",
              ap_escape_html(r->pool, value != NULL ? value : "?"),
              "</code></td></tr>\n", NULL);
}

static const char *mpm_facts(apr_pool_t *p)
{
    int daemons = 0, threaded = 0, forked = 0;

    ap_mpm_query(AP_MPMQ_MAX_DAEMON_USED, &daemons);
    ap_mpm_query(AP_MPMQ_IS_THREADED, &threaded);
    ap_mpm_query(AP_MPMQ_IS_FORKED, &forked);
    return apr_psprintf(p, "Max Daemons: %d Threaded: %s Forked: %s", daemons,
                        threaded ? "yes" : "no", forked ? "yes" : "no");
}

static const char *version_of(apr_pool_t *p, const apr_version_t *v)
{
    return apr_psprintf(p, "%d.%d.%d", v->major, v->minor, v->patch);
}

static void write_libraries(request_rec *r)
{
    apr_version_t apr, apu;

    apr_version(&apr);
    apu_version(&apu);
    write_fact(r, "Server loaded APR Version", version_of(r->pool, &apr));
    write_fact(r, "Compiled with APR Version", APR_VERSION_STRING);
    write_fact(r, "Server loaded APU Version", version_of(r->pool, &apu));
    write_fact(r, "Compiled with APU Version", APU_VERSION_STRING);
    write_fact(r, "Server loaded PCRE Version",
               ap_pcre_version_string(AP_REG_PCRE_LOADED));
    write_fact(r, "Compiled with PCRE Version",
               ap_pcre_version_string(AP_REG_PCRE_COMPILED));
}

static void write_server(request_rec *r)
{
    apr_pool_t *p = r->pool;
    server_rec *s = r->server;

    ap_rputs("<h2 id=\"server\">Server Settings</h2>\n<table>\n", r);
    write_fact(r, "Server Version", ap_get_server_description());
    write_fact(r, "Server Built", ap_get_server_built());
    write_libraries(r);
    write_fact(r, "Module Magic Number",
               apr_psprintf(p, "%d:%d", MODULE_MAGIC_NUMBER_MAJOR,
                            MODULE_MAGIC_NUMBER_MINOR));
    write_fact(r, "Hostname/port",
               apr_psprintf(p, "%s:%u", ap_get_server_name(r),
                            (unsigned)ap_get_server_port(r)));
    write_fact(r, "Timeouts",
               apr_psprintf(p, "connection: %d, keep-alive: %d",
                            (int)apr_time_sec(s->timeout),
                            (int)apr_time_sec(s->keep_alive_timeout)));
    write_fact(r, "MPM Name", ap_show_mpm());
    write_fact(r, "MPM Information", mpm_facts(p));
    write_fact(r, "Server Architecture",
               apr_psprintf(p, "%d-bit", 8 * (int)sizeof(void *)));
    write_fact(r, "Server Root", ap_server_root);
    write_fact(r, "Config File",
               ap_conftree != NULL ? ap_conftree->filename : NULL);
    ap_rputs("</table>\n", r);
}

/* ---- providers */

static void write_providers(request_rec *r)
{
    const apr_array_header_t *groups = ap_list_provider_groups(r->pool);

    ap_rputs("<h2 id=\"providers\">Providers</h2>\n<table>\n", r);
    for (int i = 0; i < groups->nelts; i++) {
        const ap_list_provider_groups_t *group =
            &APR_ARRAY_IDX(groups, i, ap_list_provider_groups_t);
        const apr_array_header_t *names =
            ap_list_provider_names(r->pool, group->provider_group,
                                   group->provider_version);

        ap_rvputs(r, "<tr><th>", group->provider_group, " (version <code>",
                  group->provider_version, "</code>)</th><td>", NULL);
        for (int j = 0; j < names->nelts; j++) {
            ap_rvputs(r, "<code>",
                      ap_escape_html(r->pool,
                          APR_ARRAY_IDX(names, j, ap_list_provider_names_t)
                          .provider_name), "</code><br>\n", NULL);
        }
        ap_rputs("</td></tr>\n", r);
    }
    ap_rputs("</table>\n", r);
}

/* ---- the page */

static const char page_start[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head>\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<title>Server Information</title>\n<style>\n"
    "body{font:15px/1.45 system-ui,sans-serif;margin:1.5em auto;"
    "max-width:70em;padding:0 1em;color:#1d2430;background:#fff}\n"
    "h1{font-size:1.5em;margin:0 0 .6em}h2,h3{border-bottom:1px solid "
    "#c9d1dc;padding-bottom:.2em;margin:1.6em 0 .5em}h2{font-size:1.2em}"
    "h3{font-size:1.05em}\n"
    "table{border-collapse:collapse}th,td{text-align:left;vertical-align:top;"
    "padding:.2em .8em .2em 0;border-bottom:1px solid #e3e8ee}\n"
    "dt{font-weight:600;margin-top:.4em}dd{margin-left:1.5em}\n"
    "pre{overflow-x:auto;margin:.3em 0}pre,code{font:14px/1.35 "
    "ui-monospace,monospace}\n"
    "@media(prefers-color-scheme:dark){body{background:#14181f;color:#d9e0ea}"
    "a{color:#8ab4ff}th,td,h2,h3{border-color:#333d4b}}\n"
    "</style></head><body>\n<h1>Server Information</h1>\n";

static void write_everything(request_rec *r)
{
    ap_rputs("<p>Subpages: <a href=\"?config\">Configuration Files</a>, "
             "<a href=\"?server\">Server Settings</a>, "
             "<a href=\"?list\">Module List</a>, "
             "<a href=\"?hooks\">Active Hooks</a>, "
             "<a href=\"?providers\">Available Providers</a></p>\n"
             "<p>Sections: <a href=\"#modules\">Loaded Modules</a>, "
             "<a href=\"#server\">Server Settings</a>, "
             "<a href=\"#startup_hooks\">Startup Hooks</a>, "
             "<a href=\"#request_hooks\">Request Hooks</a>, "
             "<a href=\"#other_hooks\">Other Hooks</a>, "
             "<a href=\"#providers\">Providers</a></p>\n", r);
    write_server(r);
    write_hooks(r);
    write_providers(r);
    write_modules(r);
}

static void write_page(request_rec *r)
{
    static const struct {
        const char *query;
        void (*write)(request_rec *r);
    } pages[] = {
        { "server", write_server }, { "list", write_list },
        { "config", write_whole_config }, { "hooks", write_hooks },
        { "providers", write_providers },
    };

    if (r->args == NULL) {
        write_everything(r);
        return;
    }
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (ap_cstr_casecmp(r->args, pages[i].query) == 0) {
            pages[i].write(r);
            return;
        }
    }
    for (const module *m = ap_top_module; m != NULL; m = m->next) {
        if (ap_cstr_casecmp(r->args, m->name) == 0) {
            write_module(r, m);
            return;
        }
    }
    ap_rputs("<p>No module of this name is loaded; see "
             "<a href=\"?list\">the list</a>.</p>\n", r);
}

static int info_handler(request_rec *r)
{
    if (r->handler == NULL || strcmp(r->handler, "server-info") != 0) {
        return DECLINED;
    }
    r->allowed |= AP_METHOD_BIT << M_GET;
    if (r->method_number != M_GET) {
        return DECLINED;
    }
    ap_set_content_type(r, "text/html; charset=ISO-8859-1");
    if (r->header_only) {
        return OK;
    }
    ap_rputs(page_start, r);
    write_page(r);
    ap_rputs(ap_psignature("<hr>\n", r), r);
    ap_rputs("</body></html>\n", r);
    return OK;
}

static const command_rec info_directives[] = {
    AP_INIT_TAKE2("AddModuleInfo", info_add_note, NULL, RSRC_CONF,
        "a module's file name and HTML to show with it"),
    { 0 }
};

static void info_register_hooks(apr_pool_t *)
{
    ap_hook_handler(info_handler, NULL, NULL, APR_HOOK_MIDDLE);
    /* first: show what was read, before anything complains about it */
    ap_hook_check_config(info_check_config, NULL, NULL,
                         APR_HOOK_FIRST);
}

AP_DECLARE_MODULE(info) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, info_create_server,
    info_merge_server, info_directives, info_register_hooks,
    AP_MODULE_FLAG_NONE
};
