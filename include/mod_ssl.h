/* SPDX-License-Identifier: Apache-2.0 */
/* mod_ssl.h -- public interface */
#ifndef CLEAT_MOD_SSL_H
#define CLEAT_MOD_SSL_H

#include "httpd.h"
#include "http_config.h"
#include <apr_optional.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SSL_CERT_HOOKS
#define SSL_DECLARE(type) type
#define SSL_DECLARE_DATA
#define SSL_DECLARE_NONSTD(type) type
#define __MOD_SSL_H__

APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, add_cert_files, (server_rec *s,
    apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files))
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, add_fallback_cert_files,
    (server_rec *s, apr_pool_t *p, apr_array_header_t *cert_files,
    apr_array_header_t *key_files))

APR_DECLARE_OPTIONAL_FN(int, ssl_engine_disable, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(int, ssl_engine_set, (conn_rec *, ap_conf_vector_t *,
    int proxy, int enable));
APR_DECLARE_OPTIONAL_FN(apr_array_header_t *, ssl_ext_list, (apr_pool_t *p,
    conn_rec *c, int peer, const char *extension));
APR_DECLARE_OPTIONAL_FN(int, ssl_is_https, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(int, ssl_proxy_enable, (conn_rec *));
APR_DECLARE_OPTIONAL_FN(char *, ssl_var_lookup, (apr_pool_t *, server_rec *,
    conn_rec *, request_rec *, char *));

#ifdef __cplusplus
}
#endif

#endif
