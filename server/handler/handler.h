/* SPDX-License-Identifier: Apache-2.0 */
/* handler.h -- what other rooms may use of handler/: its hooks and directives.
 */
#ifndef CLEAT_SERVER_HANDLER_HANDLER_H
#define CLEAT_SERVER_HANDLER_HANDLER_H

#include "httpd.h"
#include "http_config.h"

/* The hooks of this room; called by core.c. */
void cl_handler_register_hooks(apr_pool_t *p);

/* static_file.c: hook handler, the one asked last. */
int cl_handler_static_file(request_rec *r);

/* upgrade.c: hooks handler and map_to_storage, asked first. */
int cl_handler_upgrade(request_rec *r);
int cl_handler_upgrade_server(request_rec *r);

/* Directives */
const char *cl_set_enable_mmap(cmd_parms *, void *, const char *);
const char *cl_set_enable_sendfile(cmd_parms *, void *, const char *);
const char *cl_set_read_buffer_size(cmd_parms *, void *, const char *);
const char *cl_set_limit_request_body(cmd_parms *, void *, const char *);
const char *cl_set_limit_xml_request_body(cmd_parms *, void *, const char *);

#endif
