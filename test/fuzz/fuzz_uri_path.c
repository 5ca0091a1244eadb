/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_uri_path.c -- any path, under each AllowEncodedSlashes setting: what
 * passes starts with a slash and has no way up in it. */
#include "http_config.h"
#include "http_core.h"
#include "request/request.h"

#include <stdint.h>

static apr_pool_t *root;
static void *server_slots[2], *dir_slots[2];
static core_server_config server_conf;
static core_dir_config dir_conf;
static server_rec server = { .log.level = -1 };

static void set_up(void)
{
    apr_initialize();
    apr_pool_create(&root, NULL);
    server_slots[AP_CORE_MODULE_INDEX] = &server_conf;
    dir_slots[AP_CORE_MODULE_INDEX] = &dir_conf;
    server.module_config = (ap_conf_vector_t *)server_slots;
}

/* The first byte picks the settings, the rest is the path. */
static void choose(uint8_t settings)
{
    dir_conf.allow_encoded_slashes = settings & 1;
    dir_conf.decode_encoded_slashes = (settings & 3) == 3;
    server_conf.merge_slashes = settings & 4 ? AP_CORE_CONFIG_OFF
                                             : AP_CORE_CONFIG_ON;
}

static bool climbs(const char *path)
{
    for (; (path = strstr(path, "/..")); path += 3) {
        if (path[3] == '/' || path[3] == '\0') {
            return true;
        }
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    request_rec r = { .server = &server, .log = &server.log };

    if (!root) {
        set_up();
    }
    if (size == 0) {
        return 0;
    }
    choose(data[0]);
    apr_pool_create(&r.pool, root);
    r.per_dir_config = (ap_conf_vector_t *)dir_slots;
    r.uri = apr_pstrmemdup(r.pool, (const char *)data + 1, size - 1);
    r.parsed_uri.path = r.uri;
    r.unparsed_uri = apr_pstrdup(r.pool, r.uri);
    if (cl_request_normalize(&r) == OK && cl_request_decode(&r) == OK
        && strcmp(r.uri, "*") != 0 && (r.uri[0] != '/' || climbs(r.uri))) {
        __builtin_trap();
    }
    apr_pool_destroy(r.pool);
    return 0;
}
