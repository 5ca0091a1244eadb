/* SPDX-License-Identifier: Apache-2.0 */
/* mod_xml2enc.h -- public interface */
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

#define ENCIO (ENCIO_INPUT | ENCIO_OUTPUT | ENCIO_INPUT_CHECKS)
#define ENCIO_INPUT 1
#define ENCIO_INPUT_CHECKS 4
#define ENCIO_OUTPUT 2
#define ENCIO_SKIPTO 16
#define MOD_XML2ENC
#define XML2ENC_DECLARE(type) type
#define XML2ENC_DECLARE_DATA
#define XML2ENC_DECLARE_NONSTD(type) type

APR_DECLARE_EXTERNAL_HOOK(xml2enc, XML2ENC, int, preprocess, (ap_filter_t *f,
    char **bufp, apr_size_t *bytesp))

APR_DECLARE_OPTIONAL_FN(apr_status_t, xml2enc_charset, (request_rec *r,
    int *enc, const char **cenc));
APR_DECLARE_OPTIONAL_FN(apr_status_t, xml2enc_filter, (request_rec *r,
    const char *enc, unsigned int mode));

#ifdef __cplusplus
}
#endif

#endif
