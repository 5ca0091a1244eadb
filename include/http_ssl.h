/* SPDX-License-Identifier: Apache-2.0 */
/* http_ssl.h -- questions to whichever module does TLS
 *
 * Functions ask the hooks, then modules of the older kind (optional functions
 * of mod_ssl.h). Without TLS they say no.
 */
#ifndef CLEAT_HTTP_SSL_H
#define CLEAT_HTTP_SSL_H

#include <apr_portable.h>
#include <apr_tables.h>
#include "httpd.h"
#include <apr_hooks.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Connections --------------------------------------------------------- */

/* Whether this connection is encrypted. */
AP_DECLARE(int) ap_ssl_conn_is_ssl(conn_rec *c);

/* A variable such as SSL_PROTOCOL, about whichever of c and r is given; NULL:
 * none. In p. */
AP_DECLARE(const char *) ap_ssl_var_lookup(apr_pool_t *p, server_rec *s,
    conn_rec *c, request_rec *r, const char *name);

/* Prepares an outgoing connection: with TLS if require_ssl. OK, DECLINED:
 * nobody can, or an error. */
AP_DECLARE(int) ap_ssl_bind_outgoing(conn_rec *c,
    struct ap_conf_vector_t *dir_conf, int require_ssl);

/* Whether anybody could. */
AP_DECLARE(int) ap_ssl_has_outgoing_handlers(void);

/* Whether this server name is one of an ACME tls-alpn-01 challenge (RFC 8737);
 * its certificate and key as PEM. */
AP_DECLARE(int) ap_ssl_answer_challenge(conn_rec *c, const char *server_name,
    const char **pcert_pem, const char **pkey_pem);

/* ---- Certificates -------------------------------------------------------- */

/* Files of certificates and keys (char *, parallel arrays) other modules have
 * for a host; fallback: where there are none. */
AP_DECLARE(apr_status_t) ap_ssl_add_cert_files(server_rec *s, apr_pool_t *p,
    apr_array_header_t *cert_files, apr_array_header_t *key_files);
AP_DECLARE(apr_status_t) ap_ssl_add_fallback_cert_files(server_rec *s,
    apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files);

/* ---- OCSP responses for stapling ----------------------------------------- */

/* Takes a response in DER (bytes, length, userdata); valid during the call
 * only. */
typedef void ap_ssl_ocsp_copy_resp(const unsigned char *, apr_size_t, void *);

/* Announces a certificate that will want responses, by id. APR_ENOENT: nobody
 * keeps them. */
AP_DECLARE(apr_status_t) ap_ssl_ocsp_prime(server_rec *s, apr_pool_t *p,
    const char *id, apr_size_t id_len, const char *pem);

/* Calls cb with the response for id. APR_ENOENT: nobody has it. */
AP_DECLARE(apr_status_t) ap_ssl_ocsp_get_resp(server_rec *s, conn_rec *c,
    const char *id, apr_size_t id_len, ap_ssl_ocsp_copy_resp *cb,
    void *userdata);

/* ---- For the core -------------------------------------------------------- */

/* Finds the older modules and offers their functions where there are none. */
AP_DECLARE(void) ap_setup_ssl_optional_fns(apr_pool_t *pool);

/* ---- Hooks behind the functions above: OK, DECLINED or an error ---------- */

/* OK: it is. */
AP_DECLARE_HOOK(int, ssl_conn_is_ssl, (conn_rec *c))

/* NULL: not mine. */
AP_DECLARE_HOOK(const char *, ssl_var_lookup, (apr_pool_t *p, server_rec *s,
    conn_rec *c, request_rec *r, const char *name))

/* OK: done. */
AP_DECLARE_HOOK(int, ssl_bind_outgoing, (conn_rec *c,
    struct ap_conf_vector_t *dir_conf, int enable_ssl))

/* OK: it is one; set both. */
AP_DECLARE_HOOK(int, ssl_answer_challenge, (conn_rec *c,
    const char *server_name, const char **pcert_pem, const char **pkey_pem))

/* Push file names. All are asked. */
AP_DECLARE_HOOK(int, ssl_add_cert_files, (server_rec *s, apr_pool_t *p,
    apr_array_header_t *cert_files, apr_array_header_t *key_files))
AP_DECLARE_HOOK(int, ssl_add_fallback_cert_files, (server_rec *s,
    apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files))

/* OK: I will have responses for id. */
AP_DECLARE_HOOK(int, ssl_ocsp_prime_hook, (server_rec *s, apr_pool_t *p,
    const char *id, apr_size_t id_len, const char *pem))

/* OK: cb was called, with no data when there is none. */
AP_DECLARE_HOOK(int, ssl_ocsp_get_resp_hook, (server_rec *s, conn_rec *c,
    const char *id, apr_size_t id_len, ap_ssl_ocsp_copy_resp *cb,
    void *userdata))

#ifdef __cplusplus
}
#endif

#endif
