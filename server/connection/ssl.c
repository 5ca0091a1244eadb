/* SPDX-License-Identifier: Apache-2.0 */
/* ssl.c -- questions to whichever module does TLS.
 *
 * New modules answer by hooks; older ones export optional functions and
 * optional hooks, which are asked where the hooks are silent.  This file
 * also offers the optional functions itself while no module does, so that
 * those who only know the old way see every TLS module.
 */
#include "http_config.h"
#include "http_ssl.h"
#include "mod_ssl.h"

#include "connection/connection.h"

APR_HOOK_STRUCT(
    APR_HOOK_LINK(ssl_conn_is_ssl)
    APR_HOOK_LINK(ssl_var_lookup)
    APR_HOOK_LINK(ssl_add_cert_files)
    APR_HOOK_LINK(ssl_add_fallback_cert_files)
    APR_HOOK_LINK(ssl_answer_challenge)
    APR_HOOK_LINK(ssl_ocsp_prime_hook)
    APR_HOOK_LINK(ssl_ocsp_get_resp_hook)
    APR_HOOK_LINK(ssl_bind_outgoing)
)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, ssl_conn_is_ssl, (conn_rec *c), (c),
                            DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(const char *, ssl_var_lookup,
                            (apr_pool_t *p, server_rec *s, conn_rec *c,
                             request_rec *r, const char *name),
                            (p, s, c, r, name), NULL)
AP_IMPLEMENT_HOOK_RUN_ALL(int, ssl_add_cert_files,
                          (server_rec *s, apr_pool_t *p,
                           apr_array_header_t *cert_files,
                           apr_array_header_t *key_files),
                          (s, p, cert_files, key_files), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_ALL(int, ssl_add_fallback_cert_files,
                          (server_rec *s, apr_pool_t *p,
                           apr_array_header_t *cert_files,
                           apr_array_header_t *key_files),
                          (s, p, cert_files, key_files), OK, DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, ssl_answer_challenge,
                            (conn_rec *c, const char *server_name,
                             const char **pcert_pem, const char **pkey_pem),
                            (c, server_name, pcert_pem, pkey_pem), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, ssl_ocsp_prime_hook,
                            (server_rec *s, apr_pool_t *p, const char *id,
                             apr_size_t id_len, const char *pem),
                            (s, p, id, id_len, pem), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, ssl_ocsp_get_resp_hook,
                            (server_rec *s, conn_rec *c, const char *id,
                             apr_size_t id_len, ap_ssl_ocsp_copy_resp *cb,
                             void *userdata),
                            (s, c, id, id_len, cb, userdata), DECLINED)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, ssl_bind_outgoing,
                            (conn_rec *c, struct ap_conf_vector_t *dir_conf,
                             int enable_ssl),
                            (c, dir_conf, enable_ssl), DECLINED)

APR_IMPLEMENT_OPTIONAL_HOOK_RUN_ALL(ssl, SSL, int, add_cert_files,
                                    (server_rec *s, apr_pool_t *p,
                                     apr_array_header_t *cert_files,
                                     apr_array_header_t *key_files),
                                    (s, p, cert_files, key_files), OK,
                                    DECLINED)
APR_IMPLEMENT_OPTIONAL_HOOK_RUN_ALL(ssl, SSL, int, add_fallback_cert_files,
                                    (server_rec *s, apr_pool_t *p,
                                     apr_array_header_t *cert_files,
                                     apr_array_header_t *key_files),
                                    (s, p, cert_files, key_files), OK,
                                    DECLINED)

/* Functions of an old-style TLS module, as found at start-up. */
static APR_OPTIONAL_FN_TYPE(ssl_is_https) *module_is_https;
static APR_OPTIONAL_FN_TYPE(ssl_proxy_enable) *module_proxy_enable;
static APR_OPTIONAL_FN_TYPE(ssl_engine_disable) *module_engine_disable;
static APR_OPTIONAL_FN_TYPE(ssl_engine_set) *module_engine_set;
static APR_OPTIONAL_FN_TYPE(ssl_var_lookup) *module_var_lookup;

/* ---- our own optional functions, for callers of the old way ---- */

static int ssl_is_https(conn_rec *c)
{
    return ap_ssl_conn_is_ssl(c);
}

static int ssl_engine_set(conn_rec *c, ap_conf_vector_t *dir_conf, int,
                          int enable)
{
    return ap_ssl_bind_outgoing(c, dir_conf, enable) == OK;
}

static int ssl_proxy_enable(conn_rec *c)
{
    return ap_ssl_bind_outgoing(c, NULL, 1) == OK;
}

static int ssl_engine_disable(conn_rec *c)
{
    return ap_ssl_bind_outgoing(c, NULL, 0) == OK;
}

static char *ssl_var_lookup(apr_pool_t *p, server_rec *s, conn_rec *c,
                            request_rec *r, char *name)
{
    const char *value = ap_ssl_var_lookup(p, s, c, r, name);

    return value ? apr_pstrdup(p, value) : NULL;
}

/* Called once, when every module has registered what it has. */
AP_DECLARE(void) ap_setup_ssl_optional_fns(apr_pool_t *)
{
#define KEEP(slot, name) \
    do { \
        (slot) = APR_RETRIEVE_OPTIONAL_FN(name); \
        if ((slot) == (name)) { \
            (slot) = NULL; \
        } \
        APR_REGISTER_OPTIONAL_FN(name); \
    } while (0)

    KEEP(module_is_https, ssl_is_https);
    KEEP(module_proxy_enable, ssl_proxy_enable);
    KEEP(module_engine_disable, ssl_engine_disable);
    KEEP(module_engine_set, ssl_engine_set);
    KEEP(module_var_lookup, ssl_var_lookup);
#undef KEEP
}

/* ---- questions about connections ---- */

AP_DECLARE(int) ap_ssl_conn_is_ssl(conn_rec *c)
{
    int answer = ap_run_ssl_conn_is_ssl(c);

    if (answer == OK) {
        return 1;
    }
    return module_is_https ? module_is_https(c) : 0;
}

AP_DECLARE(const char *) ap_ssl_var_lookup(apr_pool_t *p, server_rec *s,
                                           conn_rec *c, request_rec *r,
                                           const char *name)
{
    const char *value = ap_run_ssl_var_lookup(p, s, c, r, name);

    if (!value && module_var_lookup) {
        value = module_var_lookup(p, s, c, r, apr_pstrdup(p, name));
    }
    return value;
}

AP_DECLARE(int) ap_ssl_answer_challenge(conn_rec *c, const char *server_name,
                                        const char **pcert_pem,
                                        const char **pkey_pem)
{
    return ap_run_ssl_answer_challenge(c, server_name, pcert_pem, pkey_pem)
           == OK;
}

/* ---- outgoing connections ---- */

static int bind_old_way(conn_rec *c, struct ap_conf_vector_t *dir_conf,
                        int require_ssl)
{
    if (module_engine_set) {
        return module_engine_set(c, dir_conf, 1, require_ssl) ? OK : DECLINED;
    }
    if (require_ssl) {
        return module_proxy_enable && module_proxy_enable(c) ? OK : DECLINED;
    }
    return module_engine_disable && module_engine_disable(c) ? OK : DECLINED;
}

AP_DECLARE(int) ap_ssl_bind_outgoing(conn_rec *c,
                                     struct ap_conf_vector_t *dir_conf,
                                     int require_ssl)
{
    int rc;

    c->outgoing = 1;
    rc = ap_run_ssl_bind_outgoing(c, dir_conf, require_ssl);
    if (rc == DECLINED) {
        rc = bind_old_way(c, dir_conf, require_ssl);
    }
    /* without TLS there is nobody who would need to agree */
    return rc == DECLINED && !require_ssl ? OK : rc;
}

AP_DECLARE(int) ap_ssl_has_outgoing_handlers(void)
{
    apr_array_header_t *hooks = ap_hook_get_ssl_bind_outgoing();

    return (hooks && hooks->nelts > 0) || module_proxy_enable
           || module_engine_set;
}

/* ---- certificates ---- */

static apr_status_t as_status(int rc)
{
    return rc == OK || rc == DECLINED || rc == DONE ? APR_SUCCESS
                                                    : APR_EGENERAL;
}

AP_DECLARE(apr_status_t) ap_ssl_add_cert_files(server_rec *s, apr_pool_t *p,
                                               apr_array_header_t *cert_files,
                                               apr_array_header_t *key_files)
{
    int rc = ap_run_ssl_add_cert_files(s, p, cert_files, key_files);

    if (rc == OK || rc == DECLINED) {
        rc = ssl_run_add_cert_files(s, p, cert_files, key_files);
    }
    return as_status(rc);
}

AP_DECLARE(apr_status_t)
ap_ssl_add_fallback_cert_files(server_rec *s, apr_pool_t *p,
                               apr_array_header_t *cert_files,
                               apr_array_header_t *key_files)
{
    int rc = ap_run_ssl_add_fallback_cert_files(s, p, cert_files, key_files);

    if (rc == OK || rc == DECLINED) {
        rc = ssl_run_add_fallback_cert_files(s, p, cert_files, key_files);
    }
    return as_status(rc);
}

/* ---- OCSP ---- */

AP_DECLARE(apr_status_t) ap_ssl_ocsp_prime(server_rec *s, apr_pool_t *p,
                                           const char *id, apr_size_t id_len,
                                           const char *pem)
{
    int rc = ap_run_ssl_ocsp_prime_hook(s, p, id, id_len, pem);

    return rc == DECLINED ? APR_ENOENT : as_status(rc);
}

AP_DECLARE(apr_status_t)
ap_ssl_ocsp_get_resp(server_rec *s, conn_rec *c, const char *id,
                     apr_size_t id_len, ap_ssl_ocsp_copy_resp *cb,
                     void *userdata)
{
    int rc = ap_run_ssl_ocsp_get_resp_hook(s, c, id, id_len, cb, userdata);

    return rc == DECLINED ? APR_ENOENT : as_status(rc);
}
