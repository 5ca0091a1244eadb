/* SPDX-License-Identifier: Apache-2.0 */
/* protocol_options.c -- HttpProtocolOptions: how strict the reader is. */
#include "http_core.h"

#include "http/http.h"

#define PLACE(member) offsetof(core_server_config, member)

static const struct option {
    const char *name;
    size_t place;               /* of a char in core_server_config */
    char value;
} options[] = {
    { "Strict", PLACE(http_conformance), AP_HTTP_CONFORMANCE_STRICT },
    { "Unsafe", PLACE(http_conformance), AP_HTTP_CONFORMANCE_UNSAFE },
    { "RegisteredMethods", PLACE(http_methods), AP_HTTP_METHODS_REGISTERED },
    { "LenientMethods", PLACE(http_methods), AP_HTTP_METHODS_LENIENT },
    { "Allow0.9", PLACE(http09_enable), AP_HTTP09_ENABLE },
    { "Require1.0", PLACE(http09_enable), AP_HTTP09_DISABLE }
};

const char *cl_set_http_protocol_options(cmd_parms *cmd, void *,
                                         const char *arg)
{
    char *conf = ap_get_core_module_config(cmd->server->module_config);
    const char *err = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);

    if (err) {
        return err;
    }
    for (unsigned i = 0; i < sizeof options / sizeof *options; i++) {
        const struct option *o = &options[i];

        if (strcasecmp(arg, o->name) != 0) {
            continue;
        }
        if (conf[o->place] && conf[o->place] != o->value) {
            return apr_psprintf(cmd->pool, "HttpProtocolOptions \"%s\" "
                                "contradicts an option given before", arg);
        }
        conf[o->place] = o->value;
        return NULL;
    }
    return apr_psprintf(cmd->pool, "HttpProtocolOptions knows Strict, "
                        "Unsafe, RegisteredMethods, LenientMethods, Allow0.9 "
                        "and Require1.0, not \"%s\"", arg);
}
