/* SPDX-License-Identifier: Apache-2.0 */
/* options.c -- the command line as a table.
 *
 * A row: the letter, its argument's name (NULL: none), what it does, a line
 * of help.  The getopt string and the usage text are made from the rows.
 * -k never comes here when its verb is known: ap_mpm_rewrite_args() has taken
 * it out of the command line.
 */
#include "start/start.h"

#include "http_core.h"
#include "http_log.h"
#include "http_main.h"

#include <apr_getopt.h>
#include <apr_strings.h>

#include <stdio.h>

AP_DECLARE_DATA int ap_run_mode = AP_SQ_RM_UNKNOWN;
AP_DECLARE_DATA int ap_document_root_check = 1;
AP_DECLARE_DATA apr_array_header_t *ap_server_pre_read_config = NULL;
AP_DECLARE_DATA apr_array_header_t *ap_server_post_read_config = NULL;
AP_DECLARE_DATA apr_array_header_t *ap_server_config_defines = NULL;

struct request {
    struct cl_start_options *options;
    apr_pool_t *pool;
    const char *arg;
};

static void push(apr_array_header_t *array, const char *text)
{
    APR_ARRAY_PUSH(array, const char *) = text;
}

static void complain(struct request *q, const char *sentence)
{
    q->options->wrong = sentence;
    q->options->show = CL_SHOW_USAGE;
}

/* These defines alone are enough to only look at the configuration. */
static bool asks_for_dump(const char *name)
{
    static const char *const dumps[] = {
        "DUMP_VHOSTS", "DUMP_RUN_CFG", "DUMP_MODULES", "DUMP_INCLUDES"
    };

    for (size_t i = 0; i < sizeof dumps / sizeof *dumps; i++) {
        if (strcmp(name, dumps[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void define(const char *name)
{
    if (asks_for_dump(name)) {
        ap_run_mode = AP_SQ_RM_CONFIG_DUMP;
    }
    push(ap_server_config_defines, name);
}

static void do_define(struct request *q)
{
    define(q->arg);
}

static void do_root(struct request *q)
{
    char *path;

    q->options->root = q->arg;
    if (apr_filepath_merge(&path, NULL, q->arg, APR_FILEPATH_TRUENAME,
                           q->pool) == APR_SUCCESS) {
        q->options->root = path;
    }
}

static void do_config(struct request *q)
{
    q->options->config = q->arg;
}

static void do_before(struct request *q)
{
    push(ap_server_pre_read_config, q->arg);
}

static void do_after(struct request *q)
{
    push(ap_server_post_read_config, q->arg);
}

static void do_level(struct request *q)
{
    const char *wrong = ap_parse_log_level(q->arg, &ap_default_loglevel);

    if (wrong) {
        complain(q, wrong);
    }
}

static void do_startup_log(struct request *q)
{
    q->options->startup_log = q->arg;
}

static void do_version(struct request *q)
{
    q->options->show = CL_SHOW_VERSION;
}

static void do_settings(struct request *q)
{
    q->options->show = CL_SHOW_SETTINGS;
}

static void do_usage(struct request *q)
{
    q->options->show = CL_SHOW_USAGE;
}

static void do_static_modules(struct request *q)
{
    q->options->show = CL_SHOW_STATIC_MODULES;
}

static void do_directives(struct request *q)
{
    q->options->show = CL_SHOW_DIRECTIVES;
}

static void do_test(struct request *)
{
    if (ap_run_mode == AP_SQ_RM_UNKNOWN) {
        ap_run_mode = AP_SQ_RM_CONFIG_TEST;
    }
}

static void do_skip_root_check(struct request *)
{
    ap_document_root_check = 0;
}

static void do_dump_settings(struct request *)
{
    define("DUMP_VHOSTS");
    define("DUMP_RUN_CFG");
}

static void do_dump_modules(struct request *)
{
    define("DUMP_MODULES");
}

static void do_debug(struct request *)
{
    define("DEBUG");
}

static void do_unknown_verb(struct request *q)
{
    complain(q, apr_psprintf(q->pool, "-k needs start, restart, graceful, "
                             "graceful-stop or stop, not \"%s\"", q->arg));
}

struct option {
    char letter;
    const char *argument;
    void (*act)(struct request *q);
    const char *help;
};

static const struct option options[] = {
    { 'D', "name", do_define,
      "define a name for <IfDefine name>; also DUMP_VHOSTS, DUMP_RUN_CFG,\n"
      "                   DUMP_MODULES, DUMP_INCLUDES, FOREGROUND, NO_DETACH" },
    { 'd', "directory", do_root, "start with this ServerRoot" },
    { 'f', "file", do_config, "read this configuration file" },
    { 'C', "\"directive\"", do_before, "run directive before the file" },
    { 'c', "\"directive\"", do_after, "run directive after the file" },
    { 'k', "verb", do_unknown_verb,
      "start, or signal the running server: restart, graceful,\n"
      "                   graceful-stop, stop" },
    { 'e', "level", do_level, "log startup errors from this level on" },
    { 'E', "file", do_startup_log, "log startup errors to this file" },
    { 't', NULL, do_test, "test the configuration and exit" },
    { 'T', NULL, do_skip_root_check, "do not check that DocumentRoots exist" },
    { 'S', NULL, do_dump_settings, "show virtual hosts and run settings" },
    { 'M', NULL, do_dump_modules, "show all loaded modules" },
    { 'l', NULL, do_static_modules, "show modules inside the program" },
    { 'L', NULL, do_directives, "show all directives" },
    { 'v', NULL, do_version, "show version" },
    { 'V', NULL, do_settings, "show version and build settings" },
    { 'X', NULL, do_debug, "debug: one process in the foreground" },
    { 'h', NULL, do_usage, "show this" },
    { '?', NULL, do_usage, NULL },
    { 0 }
};

static const struct option *find(char letter)
{
    const struct option *option = options;

    while (option->letter && option->letter != letter) {
        option++;
    }
    return option;
}

/* "D:d:tT..." */
static const char *letters(apr_pool_t *p)
{
    char *text = apr_palloc(p, 2 * sizeof options / sizeof *options + 1);
    char *at = text;

    for (const struct option *option = options; option->letter; option++) {
        *at++ = option->letter;
        if (option->argument) {
            *at++ = ':';
        }
    }
    *at = '\0';
    return text;
}

/* Prints, like getopt, what it cannot make sense of. */
static void print_complaint(void *, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
}

void cl_start_parse(struct cl_start_options *wanted, process_rec *process)
{
    struct request q = { .options = wanted, .pool = process->pool };
    apr_getopt_t *scan;
    apr_status_t rv;
    char letter;

    *wanted = (struct cl_start_options){
        .root = HTTPD_ROOT, .config = SERVER_CONFIG_FILE
    };
    ap_server_pre_read_config = apr_array_make(process->pool, 1,
                                               sizeof(const char *));
    ap_server_post_read_config = apr_array_make(process->pool, 1,
                                                sizeof(const char *));
    ap_server_config_defines = apr_array_make(process->pool, 1,
                                              sizeof(const char *));
    apr_getopt_init(&scan, process->pool, process->argc, process->argv);
    scan->errfn = print_complaint;
    while ((rv = apr_getopt(scan, letters(process->pool), &letter, &q.arg))
           == APR_SUCCESS) {
        find(letter)->act(&q);
        if (wanted->show == CL_SHOW_USAGE || wanted->show == CL_SHOW_VERSION
            || wanted->show == CL_SHOW_STATIC_MODULES) {
            return;
        }
    }
    if (rv != APR_EOF || scan->ind < process->argc) {
        wanted->show = CL_SHOW_USAGE;
    }
    if (ap_run_mode == AP_SQ_RM_UNKNOWN) {
        ap_run_mode = AP_SQ_RM_NORMAL;
    }
}

void cl_start_print_usage(const char *program)
{
    fprintf(stderr, "Usage: %s [options]\n", program);
    for (const struct option *option = options; option->letter; option++) {
        if (option->help) {
            fprintf(stderr, "  -%c %-13s  %s\n", option->letter,
                    option->argument ? option->argument : "", option->help);
        }
    }
}
