/* SPDX-License-Identifier: Apache-2.0 */
/* mod_ssl.h -- TLS: questions to mod_ssl and hooks of it
 *
 * Newer code asks by http_ssl.h, which works with any TLS module.
 */
#ifndef CLEAT_MOD_SSL_H
#define CLEAT_MOD_SSL_H

#include "httpd.h"
#include "http_config.h"
#include <apr_optional.h>

#ifdef __cplusplus
extern "C" {
#endif

/* This header was included; it has the certificate hooks. */
#define __MOD_SSL_H__
#define SSL_CERT_HOOKS

/* Linkage. */
#define SSL_DECLARE(type) type
#define SSL_DECLARE_NONSTD(type) type
#define SSL_DECLARE_DATA

/* Whether a connection is encrypted. */
APR_DECLARE_OPTIONAL_FN(int, ssl_is_https, (conn_rec *));

/* A variable such as SSL_CIPHER, in the pool; "" for none. */
APR_DECLARE_OPTIONAL_FN(char *, ssl_var_lookup, (apr_pool_t *, server_rec *,
    conn_rec *, request_rec *, char *));

/* Values of a certificate's extension (OID), of the peer or of ours: char *;
 * NULL. */
APR_DECLARE_OPTIONAL_FN(apr_array_header_t *, ssl_ext_list, (apr_pool_t *p,
    conn_rec *c, int peer, const char *extension));

/* TLS for a connection on or off; proxy: we are the client. 1: done. */
APR_DECLARE_OPTIONAL_FN(int, ssl_engine_set, (conn_rec *, ap_conf_vector_t *,
    int proxy, int enable));
APR_DECLARE_OPTIONAL_FN(int, ssl_proxy_enable, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(int, ssl_engine_disable, (conn_rec *));

/* Push files of certificates and keys of a host; fallback: where there are
 * none. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, add_cert_files, (server_rec *s,
    apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files))
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, add_fallback_cert_files,
    (server_rec *s, apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files))

#ifdef __cplusplus
}
#endif

#endif
