/* SPDX-License-Identifier: Apache-2.0 */
/* mod_unique_id -- an identifier no other request ever gets: UNIQUE_ID.
 *
 *   hooks: child_init, post_read_request, generate_log_id
 *
 * 27 characters of A-Z a-z 0-9 @ and - over 20 bytes: the time in seconds
 * (4), a random number of the process (10), a counter (2) and the thread (4).
 */
#include <string.h>

#include "apr_atomic.h"
#include "apr_general.h"
#include "apr_portable.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA unique_id_module;

#define ROOT_BYTES 10
#define ID_BYTES 20
#define ID_LENGTH ((ID_BYTES * 8 + 5) / 6)

static unsigned char process_root[ROOT_BYTES];
static apr_uint32_t counter;        /* atomic */

static int fill_root(void)
{
    return apr_generate_random_bytes(process_root, sizeof process_root)
        == APR_SUCCESS ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

static int unique_id_post_config(apr_pool_t *, apr_pool_t *, apr_pool_t *,
                                 server_rec *s)
{
    if (fill_root() != OK) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, 0, s, APLOGNO(50760)
                     "could not get random bytes for UNIQUE_ID");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return OK;
}

static void unique_id_child_init(apr_pool_t *, server_rec *s)
{
    if (fill_root() != OK) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, 0, s, APLOGNO(50761)
                     "could not get random bytes for UNIQUE_ID in a child");
    }
    apr_atomic_set32(&counter, 0);
}

static const char *encode(apr_pool_t *p, const unsigned char *bytes)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "abcdefghijklmnopqrstuvwxyz0123456789@-";
    char *text = apr_palloc(p, ID_LENGTH + 1);
    unsigned int bits = 0;
    int have = 0, used = 0;

    for (int i = 0; i < ID_BYTES; i++) {
        bits = bits << 8 | bytes[i];
        have += 8;
        while (have >= 6) {
            have -= 6;
            text[used++] = alphabet[bits >> have & 63];
        }
    }
    if (have > 0) {
        text[used++] = alphabet[bits << (6 - have) & 63];
    }
    text[used] = '\0';
    return text;
}

static const char *make_id(const request_rec *r)
{
    unsigned char bytes[ID_BYTES];
    apr_uint32_t number = apr_atomic_inc32(&counter);
    apr_uint32_t seconds = (apr_uint32_t)apr_time_sec(r->request_time);
    apr_uintptr_t thread = (apr_uintptr_t)apr_os_thread_current();

    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(seconds >> (24 - 8 * i));
        bytes[16 + i] = (unsigned char)(thread >> (36 - 8 * i));
    }
    memcpy(bytes + 4, process_root, ROOT_BYTES);
    bytes[14] = (unsigned char)(number >> 8);
    bytes[15] = (unsigned char)number;
    /* the counter's upper half lives on in the thread's last byte */
    bytes[19] ^= (unsigned char)(number >> 16);
    return encode(r->pool, bytes);
}

static int unique_id_set(request_rec *r)
{
    const char *id;

    if (r->prev != NULL) {
        /* a redirect is the same request */
        id = apr_table_get(r->subprocess_env, "REDIRECT_UNIQUE_ID");
        if (id != NULL) {
            apr_table_setn(r->subprocess_env, "UNIQUE_ID", id);
        }
        return DECLINED;
    }
    if (apr_table_get(r->subprocess_env, "UNIQUE_ID") == NULL) {
        apr_table_setn(r->subprocess_env, "UNIQUE_ID", make_id(r));
    }
    return DECLINED;
}

static int unique_id_log_id(const conn_rec *, const request_rec *r,
                            const char **id)
{
    if (r == NULL) {
        return DECLINED;            /* connections have no UNIQUE_ID */
    }
    *id = apr_table_get(r->subprocess_env, "UNIQUE_ID");
    if (*id == NULL) {
        *id = make_id(r);
        apr_table_setn(r->subprocess_env, "UNIQUE_ID", *id);
    }
    return DONE;
}

static void unique_id_register_hooks(apr_pool_t *)
{
    ap_hook_post_config(unique_id_post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_child_init(unique_id_child_init, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_post_read_request(unique_id_set, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_generate_log_id(unique_id_log_id, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(unique_id) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, NULL,
    unique_id_register_hooks, AP_MODULE_FLAG_NONE
};
