/* SPDX-License-Identifier: Apache-2.0 */
/* table.c -- compile addresses and names of all vhosts into hash tables.
 *
 * Cost of a look-up does not grow with the number of vhosts: an address is
 * four probes at most, a name one pass over its letters.  Wildcards of the
 * usual shapes ("*.example.com", "www.*", "*") are hashed as well; only other
 * shapes are tried one by one.  Among all that fit, the vhost that comes
 * first in the configuration wins, so every entry carries its rank and the
 * lowest one is kept.  Names in <VirtualHost> itself count after all others.
 */
#include "vhost.h"

#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

/* A set of strings, each with the lowest rank it was added with. */
struct key {
    const char *text;
    uint32_t length;
    uint32_t hash;
    uint32_t rank;
};

struct keys {
    struct key *slots;                  /* open addressing; text NULL: free */
    uint32_t mask;
    uint32_t used;
};

struct pattern {
    const char *text;
    uint32_t rank;
};

#define NO_RANK UINT32_MAX

struct cl_vhost_names {
    struct keys exact;
    struct keys suffixes;               /* ".example.com" of *.example.com */
    struct keys prefixes;               /* "www." of www.* */
    struct keys virthosts;              /* names in <VirtualHost> */
    apr_array_header_t *patterns;       /* struct pattern, ranks ascending */
    uint32_t star;                      /* rank of the first "*" */
};

/* "Any address" is the unspecified one, "any port" is 0; IPv4 addresses have
 * their IPv6-mapped form, as they appear on a socket for both families. */
struct address {
    uint64_t high;
    uint64_t low;
    apr_port_t port;
};

struct slot {
    struct address address;
    struct cl_vhost_set *set;
};

struct cl_vhost_table {
    struct slot *slots;
    uint32_t mask;
    uint32_t exact;                     /* sets with an address come first */
    apr_array_header_t *sets;           /* struct cl_vhost_set * */
};

/* FNV-1a; names are read from the right so that one pass yields the hash of
 * every suffix on its way. */
#define HASH_START 2166136261u

static inline uint32_t hash_step(uint32_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 16777619u;
}

static uint32_t hash_backward(const char *text, size_t length)
{
    uint32_t hash = HASH_START;

    while (length > 0) {
        hash = hash_step(hash, text[--length]);
    }
    return hash;
}

static uint32_t hash_forward(const char *text, size_t length)
{
    uint32_t hash = HASH_START;

    for (size_t i = 0; i < length; i++) {
        hash = hash_step(hash, text[i]);
    }
    return hash;
}

static uint32_t table_size(uint32_t entries)
{
    uint32_t size = 8;

    while (size < entries * 2) {
        size *= 2;
    }
    return size;
}

static struct key *find_slot(const struct keys *keys, const char *text,
                             size_t length, uint32_t hash)
{
    uint32_t i = hash & keys->mask;
    struct key *key;

    for (;; i = (i + 1) & keys->mask) {
        key = &keys->slots[i];
        if (key->text == NULL
            || (key->hash == hash && key->length == length
                && memcmp(key->text, text, length) == 0)) {
            return key;
        }
    }
}

static uint32_t find_rank(const struct keys *keys, const char *text,
                          size_t length, uint32_t hash)
{
    const struct key *key;

    if (keys->used == 0) {
        return NO_RANK;
    }
    key = find_slot(keys, text, length, hash);
    return key->text ? key->rank : NO_RANK;
}

static void grow(apr_pool_t *p, struct keys *keys)
{
    struct keys old = *keys;
    uint32_t size = table_size(old.used + 1);

    keys->slots = apr_pcalloc(p, size * sizeof *keys->slots);
    keys->mask = size - 1;
    for (uint32_t i = 0; old.slots && i <= old.mask; i++) {
        const struct key *key = &old.slots[i];

        if (key->text) {
            *find_slot(keys, key->text, key->length, key->hash) = *key;
        }
    }
}

static void add_key(apr_pool_t *p, struct keys *keys, const char *text,
                    size_t length, uint32_t hash, uint32_t rank)
{
    struct key *key;

    if (keys->slots == NULL || (keys->used + 1) * 2 > keys->mask + 1) {
        grow(p, keys);
    }
    key = find_slot(keys, text, length, hash);
    if (key->text == NULL) {
        *key = (struct key){ text, (uint32_t)length, hash, rank };
        keys->used++;
    }
}

static const char *lower_name(apr_pool_t *p, const char *name)
{
    char *copy = apr_pstrdup(p, name);

    for (char *c = copy; *c; c++) {
        *c = apr_tolower(*c);
    }
    return copy;
}

static void add_exact(apr_pool_t *p, struct keys *keys, const char *name,
                      uint32_t rank)
{
    const char *text = lower_name(p, name);
    size_t length = strlen(text);

    add_key(p, keys, text, length, hash_backward(text, length), rank);
}

static void add_pattern(apr_pool_t *p, struct cl_vhost_names *names,
                        const char *name, uint32_t rank)
{
    const char *text = lower_name(p, name);
    size_t length = strlen(text), plain = strcspn(text, "*?");
    struct pattern *pattern;

    if (length == 1 && text[0] == '*') {
        names->star = rank < names->star ? rank : names->star;
        return;
    }
    if (text[0] == '*' && text[1] == '.' && !strpbrk(text + 1, "*?")) {
        add_key(p, &names->suffixes, text + 1, length - 1,
                hash_backward(text + 1, length - 1), rank);
        return;
    }
    if (plain == length - 1 && text[plain] == '*' && plain > 0
        && text[plain - 1] == '.') {
        add_key(p, &names->prefixes, text, plain, hash_forward(text, plain),
                rank);
        return;
    }
    pattern = apr_array_push(names->patterns);
    pattern->text = text;
    pattern->rank = rank;
}

static void add_server(apr_pool_t *p, struct cl_vhost_names *names,
                       const struct cl_vhost_member *member, uint32_t rank)
{
    const server_rec *s = member->server;

    if (s->server_hostname) {
        add_exact(p, &names->exact, s->server_hostname, rank);
    }
    for (int i = 0; s->names && i < s->names->nelts; i++) {
        add_exact(p, &names->exact,
                  APR_ARRAY_IDX(s->names, i, const char *), rank);
    }
    for (int i = 0; s->wild_names && i < s->wild_names->nelts; i++) {
        add_pattern(p, names, APR_ARRAY_IDX(s->wild_names, i, const char *),
                    rank);
    }
    add_exact(p, &names->virthosts, member->virthost, rank);
}

static bool is_repeated(const struct cl_vhost_set *set, uint32_t i)
{
    return i > 0 && set->members[i].server == set->members[i - 1].server;
}

static void compile_names(apr_pool_t *p, struct cl_vhost_set *set)
{
    struct cl_vhost_names *names = apr_pcalloc(p, sizeof *names);

    names->patterns = apr_array_make(p, 0, sizeof(struct pattern));
    names->star = NO_RANK;
    for (uint32_t i = 0; i < set->count; i++) {
        if (is_repeated(set, i)) {
            add_exact(p, &names->virthosts, set->members[i].virthost, i);
            continue;
        }
        add_server(p, names, &set->members[i], i);
        set->paths += set->members[i].server->path != NULL;
    }
    set->names = names;
}

static struct address address_of(const apr_sockaddr_t *sa, apr_port_t port)
{
    struct address address = { 0, 0, port };
    unsigned char bytes[16] = { [10] = 0xff, [11] = 0xff };

    if (sa == NULL) {
        return address;
    }
    memcpy(sa->ipaddr_len == 4 ? bytes + 12 : bytes, sa->ipaddr_ptr,
           (size_t)sa->ipaddr_len);
    memcpy(&address.high, bytes, sizeof address.high);
    memcpy(&address.low, bytes + 8, sizeof address.low);
    return address;
}

static uint32_t hash_address(const struct address *address)
{
    uint64_t mixed = (address->high + address->port) * 0x9e3779b97f4a7c15u
                     ^ address->low;

    mixed *= 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed >> 32);
}

static struct slot *find_address(const struct cl_vhost_table *table,
                                 const struct address *wanted)
{
    uint32_t i = hash_address(wanted) & table->mask;
    struct slot *slot;

    for (;; i = (i + 1) & table->mask) {
        slot = &table->slots[i];
        if (slot->set == NULL
            || (slot->address.low == wanted->low
                && slot->address.high == wanted->high
                && slot->address.port == wanted->port)) {
            return slot;
        }
    }
}

static struct cl_vhost_set *set_for(apr_pool_t *p,
                                    struct cl_vhost_table *table,
                                    apr_array_header_t *wildcards,
                                    const server_addr_rec *at)
{
    const apr_sockaddr_t *sa = cl_vhost_is_wildcard(at) ? NULL : at->host_addr;
    struct address address = address_of(sa, at->host_port);
    struct slot *slot = find_address(table, &address);

    if (slot->set == NULL) {
        slot->address = address;
        slot->set = apr_pcalloc(p, sizeof *slot->set);
        slot->set->address = sa;
        slot->set->port = at->host_port;
        APR_ARRAY_PUSH(sa ? table->sets : wildcards, struct cl_vhost_set *) =
            slot->set;
    }
    return slot->set;
}

/* Growing by doubling keeps the total linear; old blocks stay in the pool. */
static void add_member(apr_pool_t *p, struct cl_vhost_set *set, server_rec *s,
                       const server_addr_rec *at)
{
    struct cl_vhost_member *members = set->members;
    uint32_t n = set->count;

    if (set->address == NULL && n > 0 && members[n - 1].server == s) {
        return;                         /* <VirtualHost *:80 _default_:80> */
    }
    if ((n & (n - 1)) == 0) {           /* full at each power of two */
        set->members = apr_palloc(p, (n ? n * 2 : 1) * sizeof *members);
        if (n > 0) {
            memcpy(set->members, members, n * sizeof *members);
        }
    }
    set->members[n] = (struct cl_vhost_member){ s, at->virthost };
    set->count = n + 1;
}

/* The list of servers has the last vhost of the configuration first. */
static apr_array_header_t *in_file_order(apr_pool_t *p, server_rec *main,
                                         uint32_t *addresses)
{
    apr_array_header_t *servers = apr_array_make(p, 16, sizeof(server_rec *));
    int n;

    *addresses = 0;
    for (server_rec *s = main->next; s; s = s->next) {
        APR_ARRAY_PUSH(servers, server_rec *) = s;
        for (server_addr_rec *at = s->addrs; at; at = at->next) {
            ++*addresses;
        }
    }
    n = servers->nelts;
    for (int i = 0; i < n / 2; i++) {
        server_rec *swap = APR_ARRAY_IDX(servers, i, server_rec *);

        APR_ARRAY_IDX(servers, i, server_rec *) =
            APR_ARRAY_IDX(servers, n - 1 - i, server_rec *);
        APR_ARRAY_IDX(servers, n - 1 - i, server_rec *) = swap;
    }
    return servers;
}

struct cl_vhost_table *cl_vhost_compile(apr_pool_t *p, server_rec *main)
{
    struct cl_vhost_table *table = apr_pcalloc(p, sizeof *table);
    uint32_t addresses;
    apr_array_header_t *servers = in_file_order(p, main, &addresses);
    apr_array_header_t *wildcards = apr_array_make(p, 4, sizeof(void *));

    table->mask = table_size(addresses) - 1;
    table->slots = apr_pcalloc(p, (table->mask + 1) * sizeof *table->slots);
    table->sets = apr_array_make(p, 4, sizeof(struct cl_vhost_set *));
    for (int i = 0; i < servers->nelts; i++) {
        server_rec *s = APR_ARRAY_IDX(servers, i, server_rec *);

        for (server_addr_rec *at = s->addrs; at; at = at->next) {
            add_member(p, set_for(p, table, wildcards, at), s, at);
        }
    }
    table->exact = (uint32_t)table->sets->nelts;
    apr_array_cat(table->sets, wildcards);
    for (int i = 0; i < table->sets->nelts; i++) {
        compile_names(p, APR_ARRAY_IDX(table->sets, i, struct cl_vhost_set *));
    }
    return table;
}

uint32_t cl_vhost_count_sets(const struct cl_vhost_table *table)
{
    return (uint32_t)table->sets->nelts;
}

const struct cl_vhost_set *cl_vhost_nth_set(const struct cl_vhost_table *table,
                                            uint32_t n)
{
    return APR_ARRAY_IDX(table->sets, n, struct cl_vhost_set *);
}

static const struct cl_vhost_set *probe(const struct cl_vhost_table *table,
                                        struct address *address,
                                        apr_port_t port)
{
    const struct cl_vhost_set *set;

    address->port = port;
    set = find_address(table, address)->set;
    if (set == NULL) {
        address->port = 0;
        set = find_address(table, address)->set;
    }
    return set;
}

const struct cl_vhost_set *
cl_vhost_find_set(const struct cl_vhost_table *table,
                  const apr_sockaddr_t *local)
{
    const struct cl_vhost_set *set = NULL;
    struct address address;

    if (table->exact) {
        address = address_of(local, 0);
        set = probe(table, &address, local->port);
    }
    if (set == NULL && (int)table->exact < table->sets->nelts) {
        address = address_of(NULL, 0);
        set = probe(table, &address, local->port);
    }
    return set;
}

static uint32_t lower_of(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t rank_by_prefix(const struct keys *prefixes, const char *host,
                               uint32_t best)
{
    uint32_t hash = HASH_START;

    for (size_t i = 0; prefixes->used && host[i]; i++) {
        hash = hash_step(hash, host[i]);
        if (host[i] == '.') {
            best = lower_of(best, find_rank(prefixes, host, i + 1, hash));
        }
    }
    return best;
}

static uint32_t rank_by_pattern(const apr_array_header_t *patterns,
                                const char *host, uint32_t best)
{
    for (int i = 0; i < patterns->nelts; i++) {
        const struct pattern *pattern =
            &APR_ARRAY_IDX(patterns, i, struct pattern);

        if (pattern->rank >= best) {
            break;
        }
        if (ap_strcasecmp_match(host, pattern->text) == 0) {
            return pattern->rank;
        }
    }
    return best;
}

server_rec *cl_vhost_find_server(const struct cl_vhost_set *set,
                                 const char *host)
{
    const struct cl_vhost_names *names = set->names;
    size_t length = strlen(host);
    uint32_t best = names->star, hash = HASH_START;

    for (size_t i = length; i-- > 0;) {
        hash = hash_step(hash, host[i]);
        if (host[i] == '.') {
            best = lower_of(best, find_rank(&names->suffixes, host + i,
                                            length - i, hash));
        }
    }
    best = lower_of(best, find_rank(&names->exact, host, length, hash));
    best = rank_by_prefix(&names->prefixes, host, best);
    best = rank_by_pattern(names->patterns, host, best);
    if (best == NO_RANK) {
        best = find_rank(&names->virthosts, host, length, hash);
    }
    return best == NO_RANK ? NULL : set->members[best].server;
}
