/* SPDX-License-Identifier: Apache-2.0 */
/* fixture.h -- what tests of the configuration language share: a pool per
 * test, configuration text from a string, a module whose directives note
 * their calls, and a bare main server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "config/config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"

#include <apr_general.h>
#include <apr_hooks.h>
#include <apr_strings.h>

static apr_pool_t *pool;
static process_rec process;
static server_rec main_server;
static char called[4096];               /* what the test module noted */

struct text_source {
    const char *at;
};

__attribute__((unused))
static apr_status_t text_getch(char *ch, void *param)
{
    struct text_source *text = param;

    if (*text->at == '\0') {
        return APR_EOF;
    }
    *ch = *text->at++;
    return APR_SUCCESS;
}

__attribute__((unused))
static apr_status_t text_getstr(void *buf, apr_size_t size, void *param)
{
    struct text_source *text = param;
    char *to = buf;

    if (*text->at == '\0') {
        return APR_EOF;
    }
    while (size > 1 && *text->at != '\0') {
        *to = *text->at++;
        --size;
        if (*to++ == LF) {
            break;
        }
    }
    *to = '\0';
    return APR_SUCCESS;
}

__attribute__((unused))
static ap_configfile_t *open_text(const char *text)
{
    struct text_source *source = apr_pcalloc(pool, sizeof *source);

    source->at = text;
    return ap_pcfg_open_custom(pool, "text", source, text_getch, text_getstr,
                               NULL);
}

/* As the server reads its files: two pools. */
__attribute__((unused))
static cmd_parms parms_for(const char *text)
{
    apr_pool_t *ptemp;
    cmd_parms parms;

    apr_pool_create(&ptemp, pool);
    cl_config_init_parms(&parms, &main_server, pool, ptemp);
    parms.config_file = open_text(text);
    return parms;
}

__attribute__((unused))
static void note(const char *format, ...)
{
    size_t len = strlen(called);
    va_list args;

    va_start(args, format);
    apr_vsnprintf(called + len, sizeof called - len, format, args);
    va_end(args);
}

static int make_pool(void **)
{
    apr_pool_create(&pool, NULL);
    process = (process_rec){ .pool = pool, .pconf = pool,
                             .short_name = "test" };
    main_server = (server_rec){ .process = &process };
    main_server.log.level = APLOG_WARNING;
    apr_hook_global_pool = pool;
    ap_pglobal = pool;
    ap_server_root = "/srv/root";
    ap_server_config_defines = apr_array_make(pool, 2, sizeof(char *));
    called[0] = '\0';
    cl_config_open_slots();
    return 0;
}

static int drop_pool(void **)
{
    apr_pool_destroy(pool);
    return 0;
}

/* After the modules a test needs are in. */
__attribute__((unused))
static void configure_main_server(void)
{
    main_server.module_config = cl_config_create_server(pool, &main_server);
    main_server.lookup_defaults = cl_config_create_default_dir(pool);
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_pool, drop_pool)

/* The error log goes to the terminal, as it does before it is opened. */
__attribute__((unused))
static int start_apr(void **)
{
    apr_pool_t *log_pool;

    apr_initialize();
    apr_pool_create(&log_pool, NULL);
    ap_open_stderr_log(log_pool);
    return 0;
}
