/* SPDX-License-Identifier: Apache-2.0 */
/* mod_ssl_openssl.h -- TLS: hooks that speak of OpenSSL's types */
#ifndef CLEAT_MOD_SSL_OPENSSL_H
#define CLEAT_MOD_SSL_OPENSSL_H

#include "mod_ssl.h"

#include <openssl/opensslv.h>
#include <openssl/ssl.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#ifdef __cplusplus
extern "C" {
#endif

/* This header was included; structures of OpenSSL are opaque. */
#define __MOD_SSL_OPENSSL_H__
#define OPENSSL_NO_SSL_INTERN

/* A context was made, of a host or (is_proxy) for its proxy. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, init_server, (server_rec *s,
    apr_pool_t *p, int is_proxy, SSL_CTX *ctx))

/* An SSL was made for a connection. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, pre_handshake, (conn_rec *c, SSL *ssl,
    int is_proxy))

/* A handshake with a backend is done. OK, or an error that ends it. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, proxy_post_handshake, (conn_rec *c,
    SSL *ssl))

/* 1 with certificate and key, if this name is an ACME challenge. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, answer_challenge, (conn_rec *c,
    const char *server_name, X509 **pcert, EVP_PKEY **pkey))

/* 1: I will staple for this certificate. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, init_stapling_status, (server_rec *s,
    apr_pool_t *p, X509 *cert, X509 *issuer))

/* 1 with a response in DER (freed by OPENSSL_free), or 0. */
APR_DECLARE_EXTERNAL_HOOK(ssl, SSL, int, get_stapling_status,
    (unsigned char **pder, int *pderlen, conn_rec *c, server_rec *s,
    X509 *cert))

/* Declared by the hook's macro, too. */
SSL_DECLARE(void) ssl_hook_get_stapling_status(ssl_HOOK_get_stapling_status_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder);

#ifdef __cplusplus
}
#endif

#endif
