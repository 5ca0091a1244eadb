/* SPDX-License-Identifier: Apache-2.0 */
/* client_name.c -- the name of the client: from the DNS, checked backwards
 * where asked for, and from its ident server.
 *
 * A connection and a request (behind mod_remoteip) each cache a name; an
 * empty one says that the look-up failed.
 */
#include "request/request.h"

#include <apr_network_io.h>

enum double_check { CHECK_FAILED = -1, CHECK_OPEN = 0, CHECK_PASSED = 1 };

struct client {
    apr_pool_t *pool;           /* where a found name lives */
    apr_sockaddr_t *address;
    const char *ip;
    char *host;                 /* NULL: nobody asked yet */
    enum double_check checked;
};

static APR_OPTIONAL_FN_TYPE(ap_ident_lookup) *ident_lookup;

void cl_request_find_ident_function(void)
{
    ident_lookup = APR_RETRIEVE_OPTIONAL_FN(ap_ident_lookup);
}

/* Does one of the addresses of the name lead back to the client? */
static enum double_check check_backwards(struct client *client)
{
    apr_sockaddr_t *found;

    if (client->checked != CHECK_OPEN) {
        return client->checked;
    }
    if (!client->host || !*client->host
        || apr_sockaddr_info_get(&found, client->host, APR_UNSPEC, 0, 0,
                                 client->pool) != APR_SUCCESS) {
        return CHECK_FAILED;
    }
    for (; found; found = found->next) {
        if (apr_sockaddr_equal(found, client->address)) {
            return CHECK_PASSED;
        }
    }
    return CHECK_FAILED;
}

static void ask_dns(struct client *client, bool check)
{
    char *name = NULL;

    if (apr_getnameinfo(&name, client->address, 0) != APR_SUCCESS || !name) {
        client->host = apr_pstrdup(client->pool, "");
        return;
    }
    client->host = apr_pstrdup(client->pool, name);
    ap_str_tolower(client->host);
    if (check) {
        client->checked = check_backwards(client);
        if (client->checked != CHECK_PASSED) {
            client->host = apr_pstrdup(client->pool, "");
        }
    }
}

static bool must_ask(const struct client *client, int type, int lookups)
{
    return !client->host && type != REMOTE_NOLOOKUP
           && (type == REMOTE_DOUBLE_REV || lookups != HOSTNAME_LOOKUP_OFF);
}

static const char *name_of(struct client *client, void *dir_config, int type,
                           int *str_is_ip)
{
    const core_dir_config *conf
        = dir_config ? ap_get_core_module_config(dir_config) : NULL;
    int lookups = conf ? (int)conf->hostname_lookups : HOSTNAME_LOOKUP_OFF;

    if (lookups == HOSTNAME_LOOKUP_UNSET) {
        lookups = HOSTNAME_LOOKUP_OFF;
    }
    *str_is_ip = 0;
    if (must_ask(client, type, lookups)) {
        ask_dns(client, lookups == HOSTNAME_LOOKUP_DOUBLE);
    }
    if (type == REMOTE_DOUBLE_REV) {
        client->checked = check_backwards(client);
        if (client->checked == CHECK_FAILED) {
            return NULL;
        }
    }
    if (client->host && *client->host) {
        return client->host;
    }
    if (type == REMOTE_HOST || type == REMOTE_DOUBLE_REV) {
        return NULL;
    }
    *str_is_ip = 1;
    return client->ip;
}

AP_DECLARE(const char *) ap_get_remote_host(conn_rec *c, void *dir_config,
                                            int type, int *str_is_ip)
{
    struct client client = {
        c->pool, c->client_addr, c->client_ip, c->remote_host,
        (enum double_check)c->double_reverse
    };
    int ignored;
    const char *name = name_of(&client, dir_config, type,
                               str_is_ip ? str_is_ip : &ignored);

    c->remote_host = client.host;
    c->double_reverse = client.checked;
    return name;
}

AP_DECLARE(const char *) ap_get_useragent_host(request_rec *r, int type,
                                               int *str_is_ip)
{
    struct client client;
    int ignored;
    const char *name;

    if (r->useragent_addr == r->connection->client_addr) {
        return ap_get_remote_host(r->connection, r->per_dir_config, type,
                                  str_is_ip);
    }
    client = (struct client){
        r->pool, r->useragent_addr, r->useragent_ip, r->useragent_host,
        (enum double_check)r->double_reverse
    };
    name = name_of(&client, r->per_dir_config, type,
                   str_is_ip ? str_is_ip : &ignored);
    r->useragent_host = client.host;
    r->double_reverse = client.checked;
    return name;
}

AP_DECLARE(const char *) ap_get_remote_logname(request_rec *r)
{
    if (r->connection->remote_logname) {
        return r->connection->remote_logname;
    }
    return ident_lookup ? ident_lookup(r) : NULL;
}

const char *cl_set_hostname_lookups(cmd_parms *, void *conf, const char *arg)
{
    static const struct cl_choice choices[] = {
        { "off", HOSTNAME_LOOKUP_OFF }, { "on", HOSTNAME_LOOKUP_ON },
        { "double", HOSTNAME_LOOKUP_DOUBLE }, { 0 }
    };
    core_dir_config *dir = conf;
    int choice = cl_request_choose(choices, arg);

    if (choice < 0) {
        return "HostnameLookups must be On, Off or Double";
    }
    dir->hostname_lookups = (unsigned int)choice;
    return NULL;
}
