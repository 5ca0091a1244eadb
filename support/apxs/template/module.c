/* mod_%NAME% -- says a greeting.
 *
 *   %CAMEL%Greeting TEXT    server, directory, .htaccess; default Hello
 *   hooks: handler
 */
#include "http_config.h"
#include "http_protocol.h"
#include "httpd.h"

#include <stddef.h>
#include <string.h>

extern module AP_MODULE_DECLARE_DATA %NAME%_module;

struct %NAME%_dir {
    const char *greeting;               /* NULL: not set here */
};

static void *%NAME%_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct %NAME%_dir));
}

static void *%NAME%_merge_dir(apr_pool_t *p, void *base, void *add)
{
    const struct %NAME%_dir *outer = base;
    const struct %NAME%_dir *inner = add;
    struct %NAME%_dir *merged = apr_palloc(p, sizeof *merged);

    merged->greeting = inner->greeting ? inner->greeting : outer->greeting;
    return merged;
}

static int %NAME%_handler(request_rec *r)
{
    const struct %NAME%_dir *dir = ap_get_module_config(r->per_dir_config,
                                                        &%NAME%_module);

    if (!r->handler || strcmp(r->handler, "%NAME%-handler") != 0) {
        return DECLINED;
    }
    if (r->method_number != M_GET) {
        r->allowed |= AP_METHOD_BIT << M_GET;
        return HTTP_METHOD_NOT_ALLOWED;
    }
    ap_set_content_type(r, "text/plain;charset=utf-8");
    ap_rputs(dir->greeting ? dir->greeting : "Hello", r);
    ap_rputs("\n", r);
    return OK;
}

static const command_rec %NAME%_directives[] = {
    AP_INIT_TAKE1("%CAMEL%Greeting", ap_set_string_slot,
                  (void *)offsetof(struct %NAME%_dir, greeting),
                  OR_FILEINFO, "what to say"),
    { 0 }
};

static void %NAME%_register_hooks(apr_pool_t *)
{
    ap_hook_handler(%NAME%_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(%NAME%) = {
    STANDARD20_MODULE_STUFF, %NAME%_create_dir, %NAME%_merge_dir, NULL, NULL,
    %NAME%_directives, %NAME%_register_hooks, AP_MODULE_FLAG_NONE
};
