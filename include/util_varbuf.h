/* SPDX-License-Identifier: Apache-2.0 */
/* util_varbuf.h -- strings that grow */
#ifndef CLEAT_UTIL_VARBUF_H
#define CLEAT_UTIL_VARBUF_H

#include "httpd.h"
#include <apr.h>
#include <apr_allocator.h>
#include "http_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* strlen: look for the NUL. */
#define AP_VARBUF_UNKNOWN (-1)

/* A string; set strlen when you change buf yourself. */
struct ap_varbuf {
    char *buf;          /* always ends in NUL; read only while avail is 0 */
    apr_size_t avail;   /* bytes it has room for, NUL not counted */
    apr_size_t strlen;  /* length, or AP_VARBUF_UNKNOWN */
    apr_pool_t *pool;   /* where it lives */
    struct ap_varbuf_info *info;        /* private */
};

/* Makes one, empty, with room; frees what it holds ahead of its pool. */
AP_DECLARE(void) ap_varbuf_init(apr_pool_t *pool, struct ap_varbuf *vb,
    apr_size_t init_size);
AP_DECLARE(void) ap_varbuf_free(struct ap_varbuf *vb);

/* Room for new_size bytes at least; content stays. */
AP_DECLARE(void) ap_varbuf_grow(struct ap_varbuf *vb, apr_size_t new_size);

/* Adds a string; len bytes. */
#define ap_varbuf_strcat(vb, str) ap_varbuf_strmemcat(vb, str, strlen(str))
AP_DECLARE(void) ap_varbuf_strmemcat(struct ap_varbuf *vb, const char *str,
    int len);

/* A copy in p, with something before and behind; *new_len, if asked, is its
 * length. */
AP_DECLARE(char *) ap_varbuf_pdup(apr_pool_t *p, struct ap_varbuf *vb,
    const char *prepend, apr_size_t prepend_len, const char *append,
    apr_size_t append_len, apr_size_t *new_len);

/* Adds what ap_pregsub_ex() would make. APR_ENOMEM: longer than maxlen. */
AP_DECLARE(apr_status_t) ap_varbuf_regsub(struct ap_varbuf *vb,
    const char *input, const char *source, apr_size_t nmatch,
    ap_regmatch_t pmatch[], apr_size_t maxlen);

/* The next logical line, as ap_cfg_getline(). APR_ENOSPC: longer than
 * max_len. */
AP_DECLARE(apr_status_t) ap_varbuf_cfg_getline(struct ap_varbuf *vb,
    ap_configfile_t *cfp, apr_size_t max_len);

#ifdef __cplusplus
}
#endif

#endif
