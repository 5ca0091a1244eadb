/* SPDX-License-Identifier: Apache-2.0 */
/* limits.c -- how large a request body may be, and how files are read. */
#include "handler/handler.h"

#include "http_core.h"

#include "request/request.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

/* One GiB, when LimitRequestBody says nothing */
#define DEFAULT_LIMIT_REQ_BODY ((apr_off_t)1 << 30)

AP_DECLARE(apr_off_t) ap_get_limit_req_body(const request_rec *r)
{
    const core_dir_config *conf = ap_get_core_module_config(r->per_dir_config);

    return conf->limit_req_body < 0 ? DEFAULT_LIMIT_REQ_BODY
                                    : conf->limit_req_body;
}

/* A number of bytes, digits only; -1 if it is not one or exceeds max. */
static apr_int64_t parse_bytes(const char *text, apr_int64_t max)
{
    char *end;
    apr_int64_t number;

    if (!apr_isdigit(*text)) {
        return -1;
    }
    errno = 0;
    number = apr_strtoi64(text, &end, 10);
    return errno || *end || number < 0 || number > max ? -1 : number;
}

const char *cl_set_limit_request_body(cmd_parms *cmd, void *conf,
                                      const char *arg)
{
    core_dir_config *dir = conf;
    apr_int64_t bytes = parse_bytes(arg, APR_INT64_MAX);

    if (bytes < 0) {
        return apr_psprintf(cmd->pool, "LimitRequestBody needs a number of "
                            "bytes, 0 for no limit, not \"%s\"", arg);
    }
    dir->limit_req_body = bytes;
    return NULL;
}

const char *cl_set_limit_xml_request_body(cmd_parms *cmd, void *conf,
                                          const char *arg)
{
    core_dir_config *dir = conf;
    apr_int64_t bytes = parse_bytes(arg, LONG_MAX);

    if (bytes < 0) {
        return apr_psprintf(cmd->pool, "LimitXMLRequestBody needs a number "
                            "of bytes, 0 for no limit, not \"%s\"", arg);
    }
    dir->limit_xml_body = (long)bytes;
    return NULL;
}

const char *cl_set_read_buffer_size(cmd_parms *cmd, void *conf,
                                    const char *arg)
{
    core_dir_config *dir = conf;
    apr_int64_t bytes = parse_bytes(arg, INT_MAX);

    if (bytes < 0) {
        return apr_psprintf(cmd->pool, "ReadBufferSize needs a number of "
                            "bytes, not \"%s\"; example: ReadBufferSize 8192",
                            arg);
    }
    dir->read_buf_size = (apr_size_t)bytes;     /* 0: the default */
    return NULL;
}

const char *cl_set_enable_mmap(cmd_parms *, void *conf, const char *arg)
{
    core_dir_config *dir = conf;
    int on = cl_request_on_off(arg);

    if (on < 0) {
        return "EnableMMAP must be On or Off";
    }
    dir->enable_mmap = on ? ENABLE_MMAP_ON : ENABLE_MMAP_OFF;
    return NULL;
}

const char *cl_set_enable_sendfile(cmd_parms *, void *conf, const char *arg)
{
    core_dir_config *dir = conf;
    int on = cl_request_on_off(arg);

    if (on < 0) {
        return "EnableSendfile must be On or Off";
    }
    dir->enable_sendfile = on ? ENABLE_SENDFILE_ON : ENABLE_SENDFILE_OFF;
    return NULL;
}
