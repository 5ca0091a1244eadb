/* SPDX-License-Identifier: Apache-2.0 */
/* vhost.h -- private interface of the vhost room: which server answers.
 *
 * Configuration fills server_rec.addrs, server_hostname, names and wild_names.
 * When it is complete the table is compiled once: (address, port) leads to a
 * set, and a set leads from a host name to a server.  The compiled table is
 * read by all threads and never changes until the configuration goes away.
 */
#ifndef CLEAT_VHOST_VHOST_H
#define CLEAT_VHOST_VHOST_H

#include <stdbool.h>
#include <stdint.h>

#include "httpd.h"
#include "http_config.h"

/* host.c: the syntax of a Host field */

enum cl_host_rules {
    CL_HOST_STRICT,     /* letters, digits, "-", "_", "."; IPv4; [IPv6] */
    CL_HOST_LAX         /* HttpProtocolOptions Unsafe */
};

struct cl_host {
    const char *name;   /* lower case, no brackets, no final dot */
    apr_port_t port;    /* 0: none given */
};

/* Both return NULL when the text is good, else what is wrong with it in
 * words.  cl_vhost_check_name takes a bare name or IPv6 address (as found in
 * a parsed URI), cl_vhost_parse_host the value of a Host field. */
const char *cl_vhost_check_name(apr_pool_t *p, const char *text,
                                enum cl_host_rules rules, const char **name);
const char *cl_vhost_parse_host(apr_pool_t *p, const char *text,
                                enum cl_host_rules rules,
                                struct cl_host *host);

/* table.c: the compiled tables */

struct cl_vhost_table;

struct cl_vhost_member {
    server_rec *server;
    const char *virthost;           /* the address as <VirtualHost> wrote it */
};

/* All servers that name one address and port; the first is the default. */
struct cl_vhost_set {
    const apr_sockaddr_t *address;  /* NULL: any address */
    apr_port_t port;                /* 0: any port */
    uint32_t count;
    struct cl_vhost_member *members;    /* in the order of the files */
    uint32_t paths;                 /* how many have a ServerPath */
    struct cl_vhost_names *names;
};

struct cl_vhost_table *cl_vhost_compile(apr_pool_t *p, server_rec *main);

/* Sets in the order -S shows them: addresses first, then wildcards. */
uint32_t cl_vhost_count_sets(const struct cl_vhost_table *table);
const struct cl_vhost_set *cl_vhost_nth_set(const struct cl_vhost_table *table,
                                            uint32_t n);

/* NULL when no vhost wants connections to that address. */
const struct cl_vhost_set *
cl_vhost_find_set(const struct cl_vhost_table *table,
                  const apr_sockaddr_t *local);

/* host must be in lower case.  NULL when no name, alias or address fits. */
server_rec *cl_vhost_find_server(const struct cl_vhost_set *set,
                                 const char *host);

/* address.c */
bool cl_vhost_is_wildcard(const server_addr_rec *address);

/* dump.c: what -S prints */
void cl_vhost_dump(const struct cl_vhost_table *table);

/* names.c */
bool cl_vhost_server_has_name(const server_rec *s, const char *host);
void cl_vhost_settle_names(apr_pool_t *p, server_rec *main);

const char *cl_set_server_name(cmd_parms *cmd, void *, const char *arg);
const char *cl_set_server_alias(cmd_parms *cmd, void *, const char *args);
const char *cl_set_server_path(cmd_parms *cmd, void *, const char *arg);
const char *cl_set_strict_host_check(cmd_parms *cmd, void *, int on);

#endif
