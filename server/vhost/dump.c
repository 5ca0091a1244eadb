/* SPDX-License-Identifier: Apache-2.0 */
/* dump.c -- the table of vhosts that -S prints.  Scripts read it: columns,
 * indents and words are an interface.
 */
#include "vhost.h"

#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>

#include <apr_strings.h>

static const char *port_text(char *buffer, size_t size, apr_port_t port)
{
    if (port == 0) {
        return "*";
    }
    snprintf(buffer, size, "%u", port);
    return buffer;
}

static void address_text(char *buffer, size_t size,
                         const struct cl_vhost_set *set)
{
    char ip[INET6_ADDRSTRLEN + 32] = "*", port[8];
    const char *open = "", *close = "";

    if (set->address) {
        apr_sockaddr_ip_getbuf(ip, sizeof ip, (apr_sockaddr_t *)set->address);
        if (strchr(ip, ':')) {
            open = "[";
            close = "]";
        }
    }
    snprintf(buffer, size, "%s%s%s:%s", open, ip, close,
             port_text(port, sizeof port, set->port));
}

static void print_names(const char *title, const apr_array_header_t *names)
{
    for (int i = 0; names && i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);

        if (name) {
            printf("                 %s %s\n", title, name);
        }
    }
}

static void print_member(const server_rec *s, apr_port_t port)
{
    char text[8];

    printf("         port %s namevhost %s (%s:%u)\n",
           port_text(text, sizeof text, port), s->server_hostname,
           s->defn_name, s->defn_line_number);
    print_names("alias", s->names);
    print_names("wild alias", s->wild_names);
}

static void print_set(const struct cl_vhost_set *set)
{
    const server_rec *first = set->members[0].server;
    char address[128];

    address_text(address, sizeof address, set);
    if (set->count == 1) {
        printf("%-22s %s (%s:%u)\n", address, first->server_hostname,
               first->defn_name, first->defn_line_number);
        return;
    }
    printf("%-22s is a NameVirtualHost\n"
           "         default server %s (%s:%u)\n", address,
           first->server_hostname, first->defn_name, first->defn_line_number);
    for (uint32_t i = 0; i < set->count; i++) {
        print_member(set->members[i].server, set->port);
    }
}

void cl_vhost_dump(const struct cl_vhost_table *table)
{
    printf("VirtualHost configuration:\n");
    for (uint32_t i = 0; i < cl_vhost_count_sets(table); i++) {
        print_set(cl_vhost_nth_set(table, i));
    }
}
