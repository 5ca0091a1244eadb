/* SPDX-License-Identifier: Apache-2.0 */
/* mod_xml2enc.h -- character sets for filters that parse markup */
#ifndef CLEAT_MOD_XML2ENC_H
#define CLEAT_MOD_XML2ENC_H

#include "httpd.h"
#include <apr_optional.h>
#include <apr_hooks.h>
#include "util_filter.h"
#include "http_log.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Linkage; the module is known. */
#define XML2ENC_DECLARE(type) type
#define XML2ENC_DECLARE_NONSTD(type) type
#define XML2ENC_DECLARE_DATA
#define MOD_XML2ENC

/* mode: convert to UTF-8 in front of the parser; convert its output; only what
 * needs it; all; skip to the first element. */
#define ENCIO_INPUT 1
#define ENCIO_OUTPUT 2
#define ENCIO_INPUT_CHECKS 4
#define ENCIO (ENCIO_INPUT | ENCIO_OUTPUT | ENCIO_INPUT_CHECKS)
#define ENCIO_SKIPTO 16

/* What r's content is in, as libxml2's number and as a name. APR_EAGAIN: not
 * yet known. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, xml2enc_charset, (request_rec *r,
    int *enc, const char **cenc));

/* Converts r's output to enc (NULL: as configured). */
APR_DECLARE_OPTIONAL_FN(apr_status_t, xml2enc_filter, (request_rec *r,
    const char *enc, unsigned int mode));

/* Look at or change the first bytes of a document. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(xml2enc, XML2ENC, int, preprocess, (ap_filter_t *f,
    char **bufp, apr_size_t *bytesp))

#ifdef __cplusplus
}
#endif

#endif
