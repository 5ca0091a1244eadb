/* SPDX-License-Identifier: Apache-2.0 */
/* build_info.c -- what this server is called: version, date of the build,
 * and the banner of the Server field.
 *
 * The banner goes into each response, so it is put together when something
 * it consists of changes, not when it is asked for.  Modules add components
 * ("OpenSSL/3.0") while the configuration is prepared; all of that is
 * forgotten with it.
 */
#include "start/start.h"

#include "http_core.h"
#include "http_main.h"
#include "os.h"

#include <apr_strings.h>

#include <strings.h>

#ifndef CLEAT_PLATFORM
#define CLEAT_PLATFORM PLATFORM
#endif
#ifndef CLEAT_BUILT
#define CLEAT_BUILT __DATE__ " " __TIME__
#endif

#define PRODUCT "Cleat"

enum tokens {
    TOKENS_PRODUCT, TOKENS_MAJOR, TOKENS_MINOR, TOKENS_MINIMAL, TOKENS_OS,
    TOKENS_FULL
};

struct token_name {
    const char *name;
    enum tokens tokens;
};

static const struct token_name token_names[] = {
    { "Prod", TOKENS_PRODUCT },
    { "ProductOnly", TOKENS_PRODUCT },
    { "Major", TOKENS_MAJOR },
    { "Minor", TOKENS_MINOR },
    { "Min", TOKENS_MINIMAL },
    { "Minimal", TOKENS_MINIMAL },
    { "OS", TOKENS_OS },
    { "Full", TOKENS_FULL },
    { 0 }
};

static const char bare[] = PRODUCT "/" CLEAT_VERSION " (" CLEAT_PLATFORM ")";

/* In the configuration pool, or the text above. */
static const char *description = bare;
static const char *banner = bare;
static enum tokens tokens = TOKENS_FULL;

/* "Cleat/0.1.0" cut after so many numbers. */
static const char *version_to(apr_pool_t *p, int numbers)
{
    const char *at = CLEAT_VERSION;

    while (numbers-- > 0) {
        at += strcspn(at, ".");
        if (*at == '\0') {
            break;
        }
        at += numbers > 0;
    }
    return apr_psprintf(p, PRODUCT "/%.*s", (int)(at - CLEAT_VERSION),
                        CLEAT_VERSION);
}

static const char *make_banner(apr_pool_t *p)
{
    switch (tokens) {
    case TOKENS_PRODUCT:
        return PRODUCT;
    case TOKENS_MAJOR:
        return version_to(p, 1);
    case TOKENS_MINOR:
        return version_to(p, 2);
    case TOKENS_MINIMAL:
        return PRODUCT "/" CLEAT_VERSION;
    case TOKENS_OS:
        return bare;
    default:
        return description;
    }
}

static apr_status_t forget(void *)
{
    description = banner = bare;
    tokens = TOKENS_FULL;
    return APR_SUCCESS;
}

static void change(apr_pool_t *p)
{
    apr_pool_cleanup_kill(p, &banner, forget);
    apr_pool_cleanup_register(p, &banner, forget, apr_pool_cleanup_null);
    banner = make_banner(p);
}

AP_DECLARE(void) ap_add_version_component(apr_pool_t *pconf,
                                          const char *component)
{
    description = apr_pstrcat(pconf, description, " ", component, NULL);
    change(pconf);
}

AP_DECLARE(const char *) ap_get_server_banner(void)
{
    return banner;
}

AP_DECLARE(const char *) ap_get_server_description(void)
{
    return description;
}

AP_DECLARE(const char *) ap_get_server_built(void)
{
    return CLEAT_BUILT;
}

/* The httpd whose API this is: modules compare it. */
AP_DECLARE(void) ap_get_server_revision(ap_version_t *version)
{
    *version = (ap_version_t){
        .major = AP_SERVER_MAJORVERSION_NUMBER,
        .minor = AP_SERVER_MINORVERSION_NUMBER,
        .patch = AP_SERVER_PATCHLEVEL_NUMBER,
        .add_string = AP_SERVER_ADD_STRING
    };
}

const char *cl_set_server_tokens(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    for (const struct token_name *at = token_names; at->name; at++) {
        if (strcasecmp(arg, at->name) == 0) {
            tokens = at->tokens;
            change(cmd->server->process->pconf);
            return NULL;
        }
    }
    return apr_psprintf(cmd->pool, "ServerTokens needs Prod(uctOnly), Major, "
                        "Minor, Min(imal), OS or Full, not \"%s\"", arg);
}
