/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_config.c -- text as it may stand in an .htaccess file, to a tree, and
 * the tree run.  The tree must be sound: children know their parents, lines
 * go up, every node has a name, arguments and a place.
 */
#include "config/tree.c"

#include <stdint.h>
#include <stdlib.h>

#include <apr_general.h>
#include <apr_hooks.h>

#include "http_core.h"
#include "http_main.h"

struct bytes {
    const char *at;
    size_t left;
};

static apr_status_t bytes_getch(char *ch, void *param)
{
    struct bytes *bytes = param;

    if (bytes->left == 0) {
        return APR_EOF;
    }
    *ch = *bytes->at++;
    --bytes->left;
    return APR_SUCCESS;
}

static apr_status_t bytes_getstr(void *buf, apr_size_t size, void *param)
{
    struct bytes *bytes = param;
    char *to = buf;

    if (bytes->left == 0) {
        return APR_EOF;
    }
    while (size > 1 && bytes_getch(to, param) == APR_SUCCESS) {
        --size;
        if (*to++ == LF) {
            break;
        }
    }
    *to = '\0';
    return APR_SUCCESS;
}

static const char *take_words(cmd_parms *cmd, void *, const char *args)
{
    while (*args != '\0') {
        ap_getword_conf2(cmd->pool, &args);
    }
    return NULL;
}

static const char *take_one(cmd_parms *, void *, const char *)
{
    return NULL;
}

static const char *take_three(cmd_parms *, void *, const char *,
                              const char *, const char *)
{
    return NULL;
}

static const char *take_section(cmd_parms *cmd, void *, const char *)
{
    return ap_walk_config(cmd->directive->first_child, cmd, cmd->context);
}

static const command_rec directives[] = {
    AP_INIT_RAW_ARGS("W", take_words, NULL, OR_ALL, "words"),
    AP_INIT_ITERATE("I", take_one, NULL, OR_ALL, "words"),
    AP_INIT_TAKE123("T", take_three, NULL, OR_FILEINFO, "words"),
    AP_INIT_TAKE13("U", take_three, NULL, OR_FILEINFO, "words"),
    AP_INIT_RAW_ARGS("<S", take_section, NULL, OR_ALL, "section"),
    AP_INIT_RAW_ARGS("<D", cl_section_if_define, NULL, OR_ALL | EXEC_ON_READ,
                     "condition"),
    AP_INIT_RAW_ARGS("<M", cl_section_if_directive, NULL,
                     OR_ALL | EXEC_ON_READ, "condition"),
    AP_INIT_RAW_ARGS("<N", cl_section_if_define, NULL,
                     RSRC_CONF | EXEC_ON_READ, "forbidden"),
    { 0 }
};

static module fuzz_module = {
    MODULE_MAGIC_NUMBER_MAJOR, MODULE_MAGIC_NUMBER_MINOR, -1, "mod_fuzz.c",
    NULL, NULL, MODULE_MAGIC_COOKIE, NULL, NULL, NULL, NULL, NULL,
    directives, NULL, AP_MODULE_FLAG_NONE
};

static void check_tree(const ap_directive_t *node,
                       const ap_directive_t *parent)
{
    int line = 0;

    for (; node != NULL; node = node->next) {
        if (node->parent != parent || node->args == NULL
            || node->directive == NULL || node->filename == NULL
            || node->line_num < line) {
            abort();
        }
        line = node->line_num;
        check_tree(node->first_child, node);
    }
}

static void start(server_rec *s, process_rec *process, apr_pool_t **pool)
{
    apr_initialize();
    apr_pool_create(pool, NULL);
    apr_hook_global_pool = *pool;
    ap_pglobal = *pool;
    ap_server_root = "/";
    process->pool = process->pconf = *pool;
    s->process = process;
    s->log.level = APLOG_EMERG;
    ap_server_config_defines = apr_array_make(*pool, 1, sizeof(char *));
    APR_ARRAY_PUSH(ap_server_config_defines, const char *) = "d";
    if (ap_add_module(&fuzz_module, *pool, "fuzz_module") != NULL) {
        abort();
    }
    s->module_config = cl_config_create_server(*pool, s);
    s->lookup_defaults = cl_config_create_default_dir(*pool);
}

/* First byte: what the directory's AllowOverride is, and whether the source
 * reads lines or characters. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static apr_pool_t *pool;
    static process_rec process;
    static server_rec s;
    ap_directive_t *tree = NULL;
    struct bytes bytes;
    cmd_parms parms;
    apr_pool_t *p;

    if (pool == NULL) {
        start(&s, &process, &pool);
    }
    if (size == 0) {
        return 0;
    }
    bytes = (struct bytes){ (const char *)data + 1, size - 1 };
    apr_pool_create(&p, pool);
    cl_config_init_parms(&parms, &s, p, p);
    parms.override = (data[0] & 1 ? OR_ALL : OR_LIMIT)
                     | (data[0] & 2 ? NONFATAL_ALL : 0);
    parms.config_file = ap_pcfg_open_custom(
        p, "fuzz", &bytes, bytes_getch, data[0] & 4 ? NULL : bytes_getstr,
        NULL);
    if (ap_build_config(&parms, p, p, &tree) == NULL) {
        check_tree(tree, NULL);
        ap_walk_config(tree, &parms, s.lookup_defaults);
    }
    apr_pool_destroy(p);
    return 0;
}
