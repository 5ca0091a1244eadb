/* SPDX-License-Identifier: Apache-2.0 */
/* mod_proxy.h -- proxy: workers, balancers, connections to backends, tunnels
 *
 * mod_proxy maps a request to a worker (a backend) and asks scheme modules to
 * serve it; balancers choose among workers. What processes must agree on is in
 * shared memory (..._shared).
 */
#ifndef CLEAT_MOD_PROXY_H
#define CLEAT_MOD_PROXY_H

#include <apr_hooks.h>
#include <apr_optional.h>
#include <apr.h>
#include <apr_lib.h>
#include <apr_strings.h>
#include <apr_buckets.h>
#include <apr_md5.h>
#include <apr_network_io.h>
#include <apr_strmatch.h>
#include <apr_fnmatch.h>
#include <apr_reslist.h>
#include <apr_uuid.h>
#include <apr_date.h>
#include <apr_shm.h>
#include <apr_global_mutex.h>
#include <apr_thread_mutex.h>
#include "httpd.h"
#include "http_config.h"
#include "http_core.h"
#include "http_connection.h"
#include "http_log.h"
#include "http_main.h"
#include "http_protocol.h"
#include "http_request.h"
#include "http_vhost.h"
#include "util_filter.h"
#include "util_ebcdic.h"
#include "util_mutex.h"
#include "util_md5.h"
#include "ap_provider.h"
#include "ap_slotmem.h"
#include "ap_expr.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct proxy_hcmethods_t proxy_hcmethods_t;
typedef struct proxy_wstat_t proxy_wstat_t;
typedef struct proxy_balancer proxy_balancer;
typedef struct proxy_worker proxy_worker;
typedef struct proxy_conn_pool proxy_conn_pool;
typedef struct proxy_balancer_method proxy_balancer_method;
typedef struct proxy_server_conf proxy_server_conf;
typedef struct proxy_dir_conf proxy_dir_conf;
typedef struct proxy_req_conf proxy_req_conf;
typedef struct proxy_conn_rec proxy_conn_rec;
typedef struct proxy_completion proxy_completion;
typedef struct proxy_hashes proxy_hashes;
typedef struct proxy_worker_shared proxy_worker_shared;
typedef struct proxy_balancer_shared proxy_balancer_shared;
typedef struct proxy_tunnel_rec proxy_tunnel_rec;

/* ---- Linkage, numbers ---------------------------------------------------- */

/* Linkage; string functions of APR are wanted. */
#define PROXY_DECLARE(type) type
#define PROXY_DECLARE_NONSTD(type) type
#define PROXY_DECLARE_DATA
#define APR_WANT_STRFUNC

/* Declares a hook of this module. */
#define PROXY_DECLARE_OPTIONAL_HOOK APR_DECLARE_EXTERNAL_HOOK

/* A variable read anew each time. */
#define AP_VOLATILIZE_T(T, x) (*(T volatile *)&(x))

/* The module, for its configuration. */
extern PROXY_DECLARE_DATA module proxy_module;

/* ProxyMaxForwards; flushwait, microseconds. */
#define DEFAULT_MAX_FORWARDS (-1)
#define PROXY_FLUSH_WAIT 0x2710

/* Copies into dst, ended by NUL; APR_EGENERAL: it does not fit. */
#define PROXY_STRNCPY(dst, src) ap_proxy_strncpy((dst), (src), sizeof(dst))
PROXY_DECLARE(apr_status_t) ap_proxy_strncpy(char *dst, const char *src,
    apr_size_t dlen);

/* ---- URLs ---------------------------------------------------------------- */

/* Parts of URLs, each with its own rules. */
enum enctype {
    enc_path = 0,       /* path */
    enc_search = 1,     /* query */
    enc_user = 2,       /* user and password */
    enc_fpath = 3,      /* path of FTP */
    enc_parm = 4        /* parameters */
};

/* flags: decode first; leave %2F as it is. */
#define PROXY_CANONENC_FORCEDEC 1
#define PROXY_CANONENC_NOENCODEDSLASHENCODING 2

/* A part in canonical form, NULL: not allowed; cuts "//user:password@host:port"
 * off *urlp: NULL or an error. */
PROXY_DECLARE(char *) ap_proxy_canonenc(apr_pool_t *p, const char *x, int len,
    enum enctype t, int forcedec, int proxyreq);
PROXY_DECLARE(char *) ap_proxy_canonenc_ex(apr_pool_t *p, const char *x,
    int len, enum enctype t, int flags, int proxyreq);
PROXY_DECLARE(char *) ap_proxy_canon_netloc(apr_pool_t *p, char **const urlp,
    char **userp, char **passwordp, char **hostp, apr_port_t *port);

/* Two hexadecimal digits to a byte, and back with a percent sign in front. */
PROXY_DECLARE(int) ap_proxy_hex2c(const char *x);
PROXY_DECLARE(void) ap_proxy_c2hex(int ch, char *x);

/* Default port, 0: unknown. */
PROXY_DECLARE(apr_port_t) ap_proxy_port_of_scheme(const char *scheme);

/* URL of "unix:path|url"; takes such a path out of r->filename. */
PROXY_DECLARE(const char *) ap_proxy_de_socketfy(apr_pool_t *p,
    const char *url);
PROXY_DECLARE(int) ap_proxy_fixup_uds_filename(request_rec *r);

/* ---- Configuration ------------------------------------------------------- */

/* proxy_alias.flags. */
#define PROXYPASS_NOCANON 1             /* nocanon: the URL as sent */
#define PROXYPASS_INTERPOLATE 2         /* interpolate: ${variables} */
#define PROXYPASS_NOQUERY 4             /* noquery: without the query */
#define PROXYPASS_MAP_ENCODED 8         /* mapping=encoded */
#define PROXYPASS_MAP_SERVLET 24        /* mapping=servlet */

/* ProxyRemote. */
struct proxy_remote {
    const char *scheme;         /* part of URLs it is for */
    const char *protocol;       /* spoken to it */
    const char *hostname;       /* the remote proxy */
    ap_regex_t *regexp;         /* ProxyRemoteMatch */
    const char *creds;          /* Proxy-Authorization to send, NULL */
    int use_regex;              /* it is one */
    apr_port_t port;            /* of the remote proxy */
};

/* ProxyPass, ProxyPassReverse. */
struct proxy_alias {
    const char *real;           /* backend's URL */
    const char *fake;           /* path here */
    ap_regex_t *regex;          /* ProxyPassMatch */
    unsigned int flags;         /* PROXYPASS_* */
    proxy_balancer *balancer;   /* of ProxyPassReverse */
};

/* NoProxy: hosts to connect to directly. */
struct dirconn_entry {
    char *name;                         /* as written */
    /* IPv4 network */
    struct in_addr addr;
    struct in_addr mask;
    struct apr_sockaddr_t *hostaddr;    /* of a host */
    /* does r match */
    int (*matcher)(struct dirconn_entry *, request_rec *);
};

/* ProxyBlock. */
struct noproxy_entry {
    const char *name;                   /* as written */
    struct apr_sockaddr_t *addr;        /* its address, NULL: not known */
};

/* Per-server record. */
struct proxy_server_conf {
    apr_array_header_t *proxies;        /* ProxyRemote: struct proxy_remote */
    apr_array_header_t *sec_proxy;      /* vectors of <Proxy> */
    apr_array_header_t *aliases;        /* ProxyPass: struct proxy_alias */
    apr_array_header_t *noproxies;      /* ProxyBlock: struct noproxy_entry */
    apr_array_header_t *dirconn;        /* NoProxy: struct dirconn_entry */
    apr_array_header_t *workers;        /* outside balancers: proxy_worker */
    apr_array_header_t *balancers;      /* proxy_balancer */
    /* workers for what has none */
    proxy_worker *forward;
    proxy_worker *reverse;
    const char *domain;                 /* ProxyDomain */
    const char *id;                     /* name for shared memory */
    apr_pool_t *pool;                   /* of the configuration */
    int req;                            /* ProxyRequests */
    /* BalancerGrowth: room for more */
    int max_balancers;
    int bgrowth;
    enum { via_off, via_on, via_block, via_full } viaopt;       /* ProxyVia */
    apr_size_t recv_buffer_size;        /* ProxyReceiveBufferSize */
    apr_size_t io_buffer_size;          /* ProxyIOBufferSize */
    long maxfwd;                        /* ProxyMaxForwards */
    apr_interval_time_t timeout;        /* ProxyTimeout, microseconds */
    enum { bad_error, bad_ignore, bad_body } badopt;    /* ProxyBadHeader */
    /* ProxyStatus */
    enum { status_off, status_on, status_full } proxy_status;
    apr_sockaddr_t *source_address;     /* ProxySourceAddress */
    apr_global_mutex_t *mutex;          /* of the balancers */
    /* shared memory of balancers */
    ap_slotmem_instance_t *bslot;
    ap_slotmem_provider_t *storage;
    /* which were configured */
    unsigned int req_set : 1;
    unsigned int viaopt_set : 1;
    unsigned int recv_buffer_size_set : 1;
    unsigned int io_buffer_size_set : 1;
    unsigned int maxfwd_set : 1;
    unsigned int timeout_set : 1;
    unsigned int badopt_set : 1;
    unsigned int proxy_status_set : 1;
    unsigned int source_address_set : 1;
    unsigned int bgrowth_set : 1;
    unsigned int bal_persist : 1;       /* BalancerPersist */
    /* BalancerInherit */
    unsigned int inherit : 1;
    unsigned int inherit_set : 1;
    /* ProxyPassInherit */
    unsigned int ppinherit : 1;
    unsigned int ppinherit_set : 1;
    /* a ProxyPass has mapping=encoded; all have */
    unsigned int map_encoded_one : 1;
    unsigned int map_encoded_all : 1;
};

/* Per-directory record. */
struct proxy_dir_conf {
    const char *p;                      /* argument of <Proxy> */
    ap_regex_t *r;                      /* expression of <ProxyMatch> */
    apr_array_header_t *raliases;       /* ProxyPassReverse: struct
                                         * proxy_alias */
    apr_array_header_t *cookie_paths;   /* ProxyPassReverseCookiePath */
    apr_array_header_t *cookie_domains; /* ProxyPassReverseCookieDomain */
    signed char p_is_fnmatch;           /* p has wildcards */
    signed char interpolate_env;        /* ProxyPassInterpolateEnv */
    struct proxy_alias *alias;          /* ProxyPass in a <Location> */
    /* ProxyErrorOverride, ProxyPreserveHost; were they configured */
    unsigned int error_override : 1;
    unsigned int preserve_host : 1;
    unsigned int preserve_host_set : 1;
    unsigned int error_override_set : 1;
    unsigned int alias_set : 1;         /* it has an alias */
    /* ProxyAddHeaders */
    unsigned int add_forwarded_headers : 1;
    unsigned int add_forwarded_headers_set : 1;
    apr_array_header_t *refs;           /* names of groups of the expression */
    /* Proxy100Continue */
    unsigned int forward_100_continue : 1;
    unsigned int forward_100_continue_set : 1;
    apr_array_header_t *error_override_codes;   /* statuses of
                                                 * ProxyErrorOverride, sorted */
};

/* Per-request record: with ${variables} replaced. */
struct proxy_req_conf {
    apr_array_header_t *raliases;       /* ProxyPassReverse */
    apr_array_header_t *cookie_paths;   /* ProxyPassReverseCookiePath */
    apr_array_header_t *cookie_domains; /* ProxyPassReverseCookieDomain */
};

/* Whether r is for this ProxyPass: OK with r->filename "proxy:url"; DECLINED
 * for "!", a status for a bad URL; anything else: it is not. */
PROXY_DECLARE(int) ap_proxy_trans_match(request_rec *r,
    struct proxy_alias *ent, proxy_dir_conf *dconf);

/* OK, or 403 when ProxyBlock has it. */
PROXY_DECLARE(int) ap_proxy_checkproxyblock(request_rec *r,
    proxy_server_conf *conf, apr_sockaddr_t *uri_addr);
PROXY_DECLARE(int) ap_proxy_checkproxyblock2(request_rec *r,
    proxy_server_conf *conf, const char *hostname, apr_sockaddr_t *addr);

/* Whether ProxyErrorOverride has this status. */
PROXY_DECLARE(int) ap_proxy_should_override(proxy_dir_conf *conf, int code);

/* A Location or Set-Cookie of the backend as clients must see it. */
typedef const char *(*ap_proxy_header_reverse_map_fn)(request_rec *,
    proxy_dir_conf *, const char *);
PROXY_DECLARE(const char *) ap_proxy_location_reverse_map(request_rec *r,
    proxy_dir_conf *conf, const char *url);
PROXY_DECLARE(const char *) ap_proxy_cookie_reverse_map(request_rec *r,
    proxy_dir_conf *conf, const char *str);

/* ---- Workers: states ----------------------------------------------------- */

/* Bits of proxy_worker_shared.status. */
#define PROXY_WORKER_INITIALIZED 1      /* ready */
#define PROXY_WORKER_IGNORE_ERRORS 2    /* never in error */
#define PROXY_WORKER_DRAIN 4            /* only sessions it has */
#define PROXY_WORKER_GENERIC 8          /* for any host */
#define PROXY_WORKER_IN_SHUTDOWN 16     /* being removed */
#define PROXY_WORKER_DISABLED 0x20      /* by the administrator */
#define PROXY_WORKER_STOPPED 0x40       /* by the administrator, for
                                         * sessions, too */
#define PROXY_WORKER_IN_ERROR 0x80      /* failed; tried again after retry */
#define PROXY_WORKER_HOT_STANDBY 0x100  /* when all others are down */
#define PROXY_WORKER_FREE 0x200         /* slot not used */
#define PROXY_WORKER_HC_FAIL 0x400      /* health check failed */
#define PROXY_WORKER_HOT_SPARE 0x800    /* when one other is down */
#define PROXY_WORKER_NOT_USABLE_BITMAP (PROXY_WORKER_IN_SHUTDOWN | PROXY_WORKER_DISABLED | PROXY_WORKER_STOPPED | PROXY_WORKER_IN_ERROR | PROXY_WORKER_HC_FAIL)

/* The same as letters for status=. */
#define PROXY_WORKER_INITIALIZED_FLAG 79
#define PROXY_WORKER_IGNORE_ERRORS_FLAG 73
#define PROXY_WORKER_DRAIN_FLAG 78
#define PROXY_WORKER_GENERIC_FLAG 71
#define PROXY_WORKER_IN_SHUTDOWN_FLAG 85
#define PROXY_WORKER_DISABLED_FLAG 68
#define PROXY_WORKER_STOPPED_FLAG 83
#define PROXY_WORKER_IN_ERROR_FLAG 69
#define PROXY_WORKER_HOT_STANDBY_FLAG 72
#define PROXY_WORKER_FREE_FLAG 70
#define PROXY_WORKER_HC_FAIL_FLAG 67
#define PROXY_WORKER_HOT_SPARE_FLAG 82

/* Tests. */
#define PROXY_WORKER_IS(f, b) ((f)->s->status & (b))
#define PROXY_WORKER_IS_INITIALIZED(f) ((f)->s->status & PROXY_WORKER_INITIALIZED)
#define PROXY_WORKER_IS_STANDBY(f) ((f)->s->status & PROXY_WORKER_HOT_STANDBY)
#define PROXY_WORKER_IS_SPARE(f) ((f)->s->status & PROXY_WORKER_HOT_SPARE)
#define PROXY_WORKER_IS_USABLE(f) \
    (!((f)->s->status & PROXY_WORKER_NOT_USABLE_BITMAP) \
     && PROXY_WORKER_IS_INITIALIZED(f))
#define PROXY_WORKER_IS_DRAINING(f) ((f)->s->status & PROXY_WORKER_DRAIN)
#define PROXY_WORKER_IS_GENERIC(f) ((f)->s->status & PROXY_WORKER_GENERIC)
#define PROXY_WORKER_IS_HCFAILED(f) ((f)->s->status & PROXY_WORKER_HC_FAIL)
#define PROXY_WORKER_IS_ERROR(f) ((f)->s->status & PROXY_WORKER_IN_ERROR)

/* A state with its letter. */
struct proxy_wstat_t {
    unsigned int bit;   /* PROXY_WORKER_* */
    char flag;          /* its letter */
    const char *name;   /* for people */
};

/* All, ended by bit 0. */
extern PROXY_DECLARE_DATA proxy_wstat_t proxy_wstat_tbl[];

/* Sets or clears one by letter; all as text. */
PROXY_DECLARE(apr_status_t) ap_proxy_set_wstatus(char c, int set,
    proxy_worker *w);
PROXY_DECLARE(char *) ap_proxy_parse_wstatus(apr_pool_t *p, proxy_worker *w);

/* ---- Workers ------------------------------------------------------------- */

/* Seconds until one in error is tried again. */
#define PROXY_WORKER_DEFAULT_RETRY 60

/* Bytes of texts in shared memory, and of its slots. */
#define PROXY_WORKER_MAX_SCHEME_SIZE 16
#define PROXY_WORKER_MAX_ROUTE_SIZE 0x40
#define PROXY_WORKER_MAX_NAME_SIZE 96
#define PROXY_WORKER_MAX_HOSTNAME_SIZE 0x40
#define PROXY_WORKER_MAX_SECRET_SIZE 0x40
#define PROXY_WORKER_EXT_NAME_SIZE 0x180
#define PROXY_WORKER_RFC1035_NAME_SIZE 0x200
#define PROXY_RFC1035_HOSTNAME_SIZE 0x100
#define ALIGNED_PROXY_WORKER_SHARED_SIZE 0x5b0

/* How health is checked. */
typedef enum hcmethod_t {
    NONE = 0,           /* not */
    TCP = 1,            /* connect */
    OPTIONS = 2,        /* OPTIONS with HTTP/1.0 */
    HEAD = 3,           /* HEAD */
    GET = 4,            /* GET */
    CPING = 5,          /* AJP */
    PROVIDER = 6,       /* by a module */
    OPTIONS11 = 7,      /* OPTIONS with HTTP/1.1 */
    HEAD11 = 8,         /* HEAD */
    GET11 = 9,          /* GET */
    EOT = 10            /* end of the table */
} hcmethod_t;

/* One with its name. */
struct proxy_hcmethods_t {
    hcmethod_t method;  /* it */
    char *name;         /* for hcmethod= */
    int implemented;    /* it works */
};

/* All, ended by EOT. */
extern PROXY_DECLARE_DATA proxy_hcmethods_t proxy_hcmethods[];

/* Seconds between looks at workers; default of hcinterval. */
#define HCHECK_WATHCHDOG_INTERVAL 2
#define HCHECK_WATHCHDOG_DEFAULT_INTERVAL 30

/* Its name. */
PROXY_DECLARE(const char *) ap_proxy_show_hcmethod(hcmethod_t method);

/* Hash functions for names. */
typedef enum proxy_hash_t {
    PROXY_HASHFUNC_DEFAULT = 0,         /* the usual one */
    PROXY_HASHFUNC_APR = 1,             /* APR's */
    PROXY_HASHFUNC_FNV = 2              /* FNV */
} proxy_hash_t;

/* Hashes of a name. */
struct proxy_hashes {
    unsigned int def;   /* PROXY_HASHFUNC_DEFAULT */
    unsigned int fnv;   /* PROXY_HASHFUNC_FNV */
};

/* Hash of a string. */
PROXY_DECLARE(unsigned int) ap_proxy_hashfunc(const char *str,
    proxy_hash_t method);

/* Connections of a worker, in this process. */
struct proxy_conn_pool {
    apr_pool_t *pool;           /* as long as the configuration */
    apr_sockaddr_t *addr;       /* address of the backend, older than address */
    apr_reslist_t *res;         /* free connections, with threads */
    proxy_conn_rec *conn;       /* the connection, without */
    apr_pool_t *dns_pool;       /* for addr */
};

/* What processes share of a worker. Times in microseconds. */
struct proxy_worker_shared {
    char name[96];                      /* URL, cut when long: see name_ex */
    char scheme[16];                    /* of the URL */
    char hostname[64];                  /* cut when long: see hostname_ex */
    char route[64];                     /* route=: name in session ids */
    char redirect[64];                  /* redirect=: route of its deputy */
    char flusher[16];                   /* module that decides when to flush */
    char uds_path[96];                  /* Unix socket, "" for none */
    int lbset;                          /* lbset= */
    int retries;                        /* failures so far */
    /* for balancing: now, loadfactor= in hundredths */
    int lbstatus;
    int lbfactor;
    /* connections: min=, smax=, max= */
    int min;
    int smax;
    int hmax;
    int flush_wait;                     /* flushwait= */
    int index;                          /* its slot */
    proxy_hashes hash;                  /* of the name */
    unsigned int status;                /* PROXY_WORKER_* */
    /* flushpackets= */
    enum { flush_off, flush_on, flush_auto } flush_packets;
    apr_time_t updated;                 /* last change */
    apr_time_t error_time;              /* when it failed */
    apr_interval_time_t ttl;            /* ttl=: a connection is kept so long */
    apr_interval_time_t retry;          /* retry= */
    apr_interval_time_t timeout;        /* timeout= */
    apr_interval_time_t acquire;        /* acquire=: waiting for a connection */
    apr_interval_time_t ping_timeout;   /* ping= */
    apr_interval_time_t conn_timeout;   /* connectiontimeout= */
    apr_size_t recv_buffer_size;        /* receivebuffersize= */
    apr_size_t io_buffer_size;          /* iobuffersize= */
    apr_size_t elected;                 /* times it was chosen */
    apr_size_t busy;                    /* requests now */
    apr_port_t port;                    /* of the backend */
    /* bytes sent to it, read from it */
    apr_off_t transferred;
    apr_off_t read;
    void *context;                      /* of balancing methods */
    unsigned int keepalive : 1;         /* keepalive= */
    unsigned int disablereuse : 1;      /* disablereuse= */
    unsigned int is_address_reusable : 1;       /* its address does not
                                                 * depend on the request */
    /* which were configured */
    unsigned int retry_set : 1;
    unsigned int timeout_set : 1;
    unsigned int acquire_set : 1;
    unsigned int ping_timeout_set : 1;
    unsigned int conn_timeout_set : 1;
    unsigned int recv_buffer_size_set : 1;
    unsigned int io_buffer_size_set : 1;
    unsigned int keepalive_set : 1;
    unsigned int disablereuse_set : 1;
    unsigned int was_malloced : 1;      /* not in shared memory yet */
    unsigned int is_name_matchable : 1; /* name has $1 and the like */
    char hcuri[64];                     /* hcuri= */
    char hcexpr[16];                    /* hcexpr= */
    /* hcpasses=, and how many now */
    int passes;
    int pcount;
    /* hcfails=, and how many now */
    int fails;
    int fcount;
    hcmethod_t method;                  /* hcmethod= */
    apr_interval_time_t interval;       /* hcinterval= */
    char upgrade[16];                   /* upgrade=: protocol of an Upgrade */
    char hostname_ex[256];              /* the whole name */
    /* responsefieldsize= */
    apr_size_t response_field_size;
    unsigned int response_field_size_set : 1;
    char secret[64];                    /* secret= of AJP */
    char name_ex[384];                  /* the whole URL */
    /* addressttl=, seconds */
    unsigned int address_ttl_set : 1;
    apr_int32_t address_ttl;
    apr_uint32_t address_expiry;        /* when to look up again */
    unsigned int is_host_matchable : 1; /* hostname has $1 and the like */
};

/* A worker in this process. */
struct proxy_worker {
    proxy_hashes hash;                  /* of the name */
    unsigned int local_status;          /* set up in this process */
    proxy_conn_pool *cp;                /* its connections */
    proxy_worker_shared *s;             /* what is shared */
    proxy_balancer *balancer;           /* of which it is a member, NULL */
    apr_thread_mutex_t *tmutex;         /* of this record */
    void *context;                      /* of modules */
    ap_conf_vector_t *section_config;   /* of its <Proxy> */
    /* atomic; counted, see ap_proxy_determine_address() */
    struct proxy_address *volatile address;
};

/* mask: which worker, or how to make it. */
#define AP_PROXY_WORKER_IS_PREFIX 1     /* its URL begins another */
#define AP_PROXY_WORKER_IS_MATCH 2      /* its URL is a pattern */
#define AP_PROXY_WORKER_IS_MALLOCED 4   /* on the heap until it is shared */
#define AP_PROXY_WORKER_NO_UDS 8        /* no Unix socket */

/* For a URL, of a balancer or a host; NULL: none. */
PROXY_DECLARE(proxy_worker *) ap_proxy_get_worker(apr_pool_t *p,
    proxy_balancer *balancer, proxy_server_conf *conf, const char *url);
PROXY_DECLARE(proxy_worker *) ap_proxy_get_worker_ex(apr_pool_t *p,
    proxy_balancer *balancer, proxy_server_conf *conf, const char *url,
    unsigned int mask);

/* A new one: NULL or an error. */
PROXY_DECLARE(char *) ap_proxy_define_worker(apr_pool_t *p,
    proxy_worker **worker, proxy_balancer *balancer, proxy_server_conf *conf,
    const char *url, int do_malloc);
PROXY_DECLARE(char *) ap_proxy_define_match_worker(apr_pool_t *p,
    proxy_worker **worker, proxy_balancer *balancer, proxy_server_conf *conf,
    const char *url, int do_malloc);
PROXY_DECLARE(char *) ap_proxy_define_worker_ex(apr_pool_t *p,
    proxy_worker **worker, proxy_balancer *balancer, proxy_server_conf *conf,
    const char *url, unsigned int mask);

/* Moves it to shared memory; finds its slot; sets it up in this process, in
 * p. */
PROXY_DECLARE(apr_status_t) ap_proxy_share_worker(proxy_worker *worker,
    proxy_worker_shared *shm, int i);
PROXY_DECLARE(proxy_worker_shared *) ap_proxy_find_workershm(ap_slotmem_provider_t *storage,
    ap_slotmem_instance_t *slot, proxy_worker *worker, unsigned int *index);
PROXY_DECLARE(apr_status_t) ap_proxy_initialize_worker(proxy_worker *worker,
    server_rec *s, apr_pool_t *p);

/* Its URL for people; whether it takes this Upgrade. */
PROXY_DECLARE(char *) ap_proxy_worker_name(apr_pool_t *p,
    proxy_worker *worker);
PROXY_DECLARE(int) ap_proxy_worker_can_upgrade(apr_pool_t *p,
    const proxy_worker *worker, const char *upgrade, const char *dflt);

/* Copies timeout and buffer sizes from a host's record to a worker. */
#define PROXY_COPY_CONF_PARAMS(w, c) \
    do { \
        (w)->s->timeout = (c)->timeout; \
        (w)->s->timeout_set = (c)->timeout_set; \
        (w)->s->recv_buffer_size = (c)->recv_buffer_size; \
        (w)->s->recv_buffer_size_set = (c)->recv_buffer_size_set; \
        (w)->s->io_buffer_size = (c)->io_buffer_size; \
        (w)->s->io_buffer_size_set = (c)->io_buffer_size_set; \
    } while (0)

/* Whether to ask a backend by Expect first. */
#define PROXY_SHOULD_PING_100_CONTINUE(w, r) \
    ((w)->s->ping_timeout_set \
     && (r)->proxyreq == PROXYREQ_REVERSE \
     && ap_request_has_body((r)))
#define PROXY_DO_100_CONTINUE(w, r) \
    (PROXY_SHOULD_PING_100_CONTINUE(w, r) \
     && !apr_table_get((r)->subprocess_env, "force-proxy-request-1.0"))

/* Of mod_proxy: tries a worker in error again, if it is time: OK or
 * DECLINED. */
APR_DECLARE_OPTIONAL_FN(int, ap_proxy_retry_worker,
    (const char *proxy_function, proxy_worker *worker, server_rec *s));

/* Of mod_proxy_hcheck: is there such an expression; lists them, also as
 * choices; sets a parameter of a worker. */
APR_DECLARE_OPTIONAL_FN(int, hc_valid_expr, (request_rec *, const char *));
APR_DECLARE_OPTIONAL_FN(void, hc_show_exprs, (request_rec *));
APR_DECLARE_OPTIONAL_FN(void, hc_select_exprs, (request_rec *, const char *));
APR_DECLARE_OPTIONAL_FN(const char *, set_worker_hc_param, (apr_pool_t *,
    server_rec *, proxy_worker *, const char *, const char *, void *));

/* ---- Balancers ----------------------------------------------------------- */

/* Their URLs begin so. */
#define BALANCER_PREFIX "balancer://"

/* Provider group of their methods, version "0". */
#define PROXY_LBMETHOD "proxylbmethod"

/* Bytes of texts in shared memory; most balancers more; bytes of its slots. */
#define PROXY_BALANCER_MAX_HOSTNAME_SIZE PROXY_WORKER_MAX_HOSTNAME_SIZE
#define PROXY_BALANCER_MAX_NAME_SIZE PROXY_WORKER_MAX_NAME_SIZE
#define PROXY_BALANCER_MAX_ROUTE_SIZE PROXY_WORKER_MAX_ROUTE_SIZE
#define PROXY_BALANCER_MAX_STICKY_SIZE 0x40
#define PROXY_MAX_PROVIDER_NAME_SIZE 16
#define PROXY_DYNAMIC_BALANCER_LIMIT 16
#define ALIGNED_PROXY_BALANCER_SHARED_SIZE 0x220

/* What processes share of a balancer. */
struct proxy_balancer_shared {
    /* stickysession=: parameter, cookie */
    char sticky_path[64];
    char sticky[64];
    char lbpname[16];                   /* lbmethod= */
    char nonce[37];                     /* nonce=: of the manager's forms */
    char name[96];                      /* URL */
    char sname[96];                     /* URL for people */
    /* where a new one is mapped */
    char vpath[64];
    char vhost[64];
    apr_interval_time_t timeout;        /* timeout=, microseconds */
    apr_time_t wupdated;                /* last change of members */
    int max_attempts;                   /* maxattempts= */
    int index;                          /* its slot */
    proxy_hashes hash;                  /* of the name */
    unsigned int sticky_force : 1;      /* nofailover= */
    unsigned int scolonsep : 1;         /* scolonpathdelim= */
    unsigned int max_attempts_set : 1;  /* it was configured */
    unsigned int was_malloced : 1;      /* not in shared memory yet */
    unsigned int need_reset : 1;        /* its method must begin anew */
    unsigned int vhosted : 1;           /* has vhost */
    unsigned int inactive : 1;          /* not in use */
    unsigned int forcerecovery : 1;     /* forcerecovery= */
    char sticky_separator;              /* stickysessionsep= */
    /* which were configured */
    unsigned int forcerecovery_set : 1;
    unsigned int scolonsep_set : 1;
    unsigned int sticky_force_set : 1;
    unsigned int nonce_set : 1;
    unsigned int sticky_separator_set : 1;
};

/* A balancer in this process. */
struct proxy_balancer {
    apr_array_header_t *workers;        /* members: proxy_worker * */
    apr_array_header_t *errstatuses;    /* failonstatus=: int */
    /* shared memory of members */
    ap_slotmem_instance_t *wslot;
    ap_slotmem_provider_t *storage;
    int growth;                         /* growth=: room for more */
    int max_workers;                    /* members it has room for */
    proxy_hashes hash;                  /* of the name */
    apr_time_t wupdated;                /* when members were synchronised */
    proxy_balancer_method *lbmethod;    /* its method */
    apr_global_mutex_t *gmutex;         /* between processes */
    apr_thread_mutex_t *tmutex;         /* between threads */
    proxy_server_conf *sconf;           /* its host's record */
    void *context;                      /* of its method */
    proxy_balancer_shared *s;           /* what is shared */
    int failontimeout;                  /* failontimeout= */
    /* which were configured */
    unsigned int failontimeout_set : 1;
    unsigned int growth_set : 1;
    unsigned int lbmethod_set : 1;
    ap_conf_vector_t *section_config;   /* of its <Proxy> */
};

/* A method: chooses a member. */
struct proxy_balancer_method {
    const char *name;                   /* its name */
    /* a usable member, NULL: none */
    proxy_worker *(*finder)(proxy_balancer *, request_rec *);
    void *context;                      /* its own */
    apr_status_t (*reset)(proxy_balancer *, server_rec *);      /* begin anew */
    /* time has gone by */
    apr_status_t (*age)(proxy_balancer *, server_rec *);
    /* a member has served */
    apr_status_t (*updatelbstatus)(proxy_balancer *, proxy_worker *,
        server_rec *);
};

/* Mutexes of a balancer or worker; APR_SUCCESS without one. */
#define PROXY_GLOBAL_LOCK(x) \
    ((x) && (x)->gmutex ? apr_global_mutex_lock((x)->gmutex) : APR_SUCCESS)
#define PROXY_GLOBAL_UNLOCK(x) \
    ((x) && (x)->gmutex ? apr_global_mutex_unlock((x)->gmutex) : APR_SUCCESS)
#define PROXY_THREAD_LOCK(x) \
    ((x) && (x)->tmutex ? apr_thread_mutex_lock((x)->tmutex) : APR_SUCCESS)
#define PROXY_THREAD_UNLOCK(x) \
    ((x) && (x)->tmutex ? apr_thread_mutex_unlock((x)->tmutex) : APR_SUCCESS)

/* Is this its URL; finds it (careactive: if in use); a new one; another name
 * for a host. */
PROXY_DECLARE(int) ap_proxy_valid_balancer_name(char *name, int i);
PROXY_DECLARE(proxy_balancer *) ap_proxy_get_balancer(apr_pool_t *p,
    proxy_server_conf *conf, const char *url, int careactive);
PROXY_DECLARE(char *) ap_proxy_define_balancer(apr_pool_t *p,
    proxy_balancer **balancer, proxy_server_conf *conf, const char *url,
    const char *alias, int do_malloc);
PROXY_DECLARE(char *) ap_proxy_update_balancer(apr_pool_t *p,
    proxy_balancer *balancer, const char *url);

/* Moves it to shared memory; finds its slot; sets it up in this process; takes
 * over members others have added. */
PROXY_DECLARE(apr_status_t) ap_proxy_share_balancer(proxy_balancer *balancer,
    proxy_balancer_shared *shm, int i);
PROXY_DECLARE(proxy_balancer_shared *) ap_proxy_find_balancershm(ap_slotmem_provider_t *storage,
    ap_slotmem_instance_t *slot, proxy_balancer *balancer,
    unsigned int *index);
PROXY_DECLARE(apr_status_t) ap_proxy_initialize_balancer(proxy_balancer *balancer,
    server_rec *s, apr_pool_t *p);
PROXY_DECLARE(apr_status_t) ap_proxy_sync_balancer(proxy_balancer *b,
    server_rec *s, proxy_server_conf *conf);

/* Is the first better than the second; the best member that can be used; the
 * same as an optional function. */
typedef int proxy_is_best_callback_fn_t(proxy_worker *, proxy_worker *,
    void *);
PROXY_DECLARE(proxy_worker *) ap_proxy_balancer_get_best_worker(proxy_balancer *balancer,
    request_rec *r, proxy_is_best_callback_fn_t *is_best, void *baton);
APR_DECLARE_OPTIONAL_FN(proxy_worker *, proxy_balancer_get_best_worker,
    (proxy_balancer *balancer, request_rec *r,
    proxy_is_best_callback_fn_t *is_best, void *baton));

/* Members that slots are kept for. */
PROXY_DECLARE(int) ap_proxy_lb_workers(void);

/* Of mod_proxy_balancer: changes as its manager does. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, balancer_manage, (request_rec *,
    apr_table_t *params));

/* ---- Connections to backends --------------------------------------------- */

/* Of old. */
struct proxy_completion {
    float cache_completion;     /* percent */
    int content_length;         /* bytes */
};

/* A connection to a backend; held by one request at a time. */
struct proxy_conn_rec {
    conn_rec *connection;       /* NULL: none is open */
    request_rec *r;             /* request made for it */
    proxy_worker *worker;       /* whose it is */
    apr_pool_t *pool;           /* as long as this record */
    const char *hostname;       /* of the backend */
    apr_sockaddr_t *addr;       /* address, of the list in address */
    apr_pool_t *scpool;         /* as long as the socket */
    apr_socket_t *sock;         /* socket */
    void *data;                 /* of the scheme module */
    void *forward;              /* of a remote proxy */
    apr_uint32_t flags;         /* of the scheme module */
    apr_port_t port;            /* of the backend */
    unsigned int is_ssl : 1;    /* with TLS */
    unsigned int close : 1;     /* do not use it again */
    unsigned int need_flush : 1;        /* flush before waiting */
    unsigned int inreslist : 1; /* it is free */
    const char *uds_path;       /* Unix socket, NULL */
    const char *ssl_hostname;   /* name for SNI */
    apr_bucket_brigade *tmp_bb; /* scratch */
    /* for uds_path; for forward */
    apr_pool_t *uds_pool;
    apr_pool_t *fwd_pool;
    struct proxy_address *address;      /* counted, see
                                         * ap_proxy_determine_address() */
};

/* Takes one of a worker's, waiting for it; gives it back. OK or 503. */
PROXY_DECLARE(int) ap_proxy_acquire_connection(const char *proxy_function,
    proxy_conn_rec **conn, proxy_worker *worker, server_rec *s);
PROXY_DECLARE(int) ap_proxy_release_connection(const char *proxy_function,
    proxy_conn_rec *conn, server_rec *s);

/* Where to connect for this request: host, port, remote proxy; *url becomes
 * what to ask for. OK or a status. */
PROXY_DECLARE(int) ap_proxy_determine_connection(apr_pool_t *p, request_rec *r,
    proxy_server_conf *conf, proxy_worker *worker, proxy_conn_rec *conn,
    apr_uri_t *uri, char **url, const char *proxyname, apr_port_t proxyport,
    char *server_portstr, int server_portstr_size);

/* flags: look whether it is still good. */
#define PROXY_DETERMINE_ADDRESS_CHECK 1

/* Address of a host, from the worker's cache. */
PROXY_DECLARE(apr_status_t) ap_proxy_determine_address(const char *proxy_function,
    proxy_conn_rec *conn, const char *hostname, apr_port_t hostport,
    unsigned int flags, request_rec *r, server_rec *s);

/* flags: nothing may be waiting to be read. */
#define PROXY_CHECK_CONN_EMPTY 1

/* Is it still usable: APR_SUCCESS; 1; may it be used again. */
PROXY_DECLARE(apr_status_t) ap_proxy_check_connection(const char *scheme,
    proxy_conn_rec *conn, server_rec *server, unsigned int max_blank_lines,
    int flags);
PROXY_DECLARE(int) ap_proxy_is_socket_connected(apr_socket_t *socket);
PROXY_DECLARE(int) ap_proxy_connection_reusable(proxy_conn_rec *conn);

/* Opens its socket, tries all addresses: OK or DECLINED; the same, of old; to a
 * Unix socket. */
PROXY_DECLARE(int) ap_proxy_connect_backend(const char *proxy_function,
    proxy_conn_rec *conn, proxy_worker *worker, server_rec *s);
PROXY_DECLARE(int) ap_proxy_connect_to_backend(apr_socket_t **, const char *,
    apr_sockaddr_t *, const char *, proxy_server_conf *, request_rec *);
PROXY_DECLARE(apr_status_t) ap_proxy_connect_uds(apr_socket_t *sock,
    const char *uds_path, apr_pool_t *p);

/* Makes its conn_rec with filters and TLS. OK or a status. */
PROXY_DECLARE(int) ap_proxy_connection_create(const char *proxy_function,
    proxy_conn_rec *conn, conn_rec *c, server_rec *s);
PROXY_DECLARE(int) ap_proxy_connection_create_ex(const char *proxy_function,
    proxy_conn_rec *conn, request_rec *r);

/* TLS of a connection: on, off, either by configuration; has it; a variable;
 * ends it well. */
PROXY_DECLARE(int) ap_proxy_ssl_enable(conn_rec *c);
PROXY_DECLARE(int) ap_proxy_ssl_disable(conn_rec *c);
PROXY_DECLARE(int) ap_proxy_ssl_engine(conn_rec *c,
    ap_conf_vector_t *per_dir_config, int enable);
PROXY_DECLARE(int) ap_proxy_conn_is_https(conn_rec *c);
PROXY_DECLARE(const char *) ap_proxy_ssl_val(apr_pool_t *p, server_rec *s,
    conn_rec *c, request_rec *r, const char *var);
PROXY_DECLARE(apr_status_t) ap_proxy_ssl_connection_cleanup(proxy_conn_rec *conn,
    request_rec *r);

/* Of mod_proxy_ajp: asks whether it lives. */
APR_DECLARE_OPTIONAL_FN(apr_status_t, ajp_handle_cping_cpong,
    (apr_socket_t *sock, request_rec *r, apr_interval_time_t timeout));

/* ---- A request's way through the proxy ----------------------------------- */

/* Chooses balancer and worker; tells the balancer how it went. OK or a
 * status. */
PROXY_DECLARE(int) ap_proxy_pre_request(proxy_worker **worker,
    proxy_balancer **balancer, request_rec *r, proxy_server_conf *conf,
    char **url);
PROXY_DECLARE(int) ap_proxy_post_request(proxy_worker *worker,
    proxy_balancer *balancer, request_rec *r, proxy_server_conf *conf);

/* Nothing to do. */
PROXY_DECLARE(int) ap_proxy_pre_http_request(conn_rec *c, request_rec *r);

/* Head of the request to a backend, without fields of the connection (RFC 9110
 * section 7.6.1). OK or a status. */
PROXY_DECLARE(int) ap_proxy_create_hdrbrgd(apr_pool_t *p,
    apr_bucket_brigade *header_brigade, request_rec *r, proxy_conn_rec *p_conn,
    proxy_worker *worker, proxy_server_conf *conf, apr_uri_t *uri, char *url,
    char *server_portstr, char **old_cl_val, char **old_te_val);

/* Of mod_proxy: removes those fields. 1: "close" was among them. */
APR_DECLARE_OPTIONAL_FN(int, ap_proxy_clear_connection, (request_rec *r,
    apr_table_t *headers));

/* A body's start; all of it, in a file when it is large; the next piece. OK or
 * a status. */
PROXY_DECLARE(int) ap_proxy_prefetch_input(request_rec *r,
    proxy_conn_rec *backend, apr_bucket_brigade *input_brigade,
    apr_read_type_e block, apr_off_t *bytes_read, apr_off_t max_read);
PROXY_DECLARE(int) ap_proxy_spool_input(request_rec *r,
    proxy_conn_rec *backend, apr_bucket_brigade *input_brigade,
    apr_off_t *bytes_spooled, apr_off_t max_mem_spool);
PROXY_DECLARE(int) ap_proxy_read_input(request_rec *r, proxy_conn_rec *backend,
    apr_bucket_brigade *input_brigade, apr_off_t max_read);

/* Sends a brigade to the backend. OK or a status. */
PROXY_DECLARE(int) ap_proxy_pass_brigade(apr_bucket_alloc_t *bucket_alloc,
    request_rec *r, proxy_conn_rec *p_conn, conn_rec *origin,
    apr_bucket_brigade *bb, int flush);

/* Copies of a backend's buckets, for the client's connection. */
PROXY_DECLARE(apr_status_t) ap_proxy_buckets_lifetime_transform(request_rec *r,
    apr_bucket_brigade *from, apr_bucket_brigade *to);

/* A response broke off: adds an error bucket. */
PROXY_DECLARE(void) ap_proxy_backend_broke(request_rec *r,
    apr_bucket_brigade *brigade);

/* Logs and notes why; returns statuscode. */
PROXY_DECLARE(int) ap_proxyerror(request_rec *r, int statuscode,
    const char *message);

/* ---- Tunnels and transfers ----------------------------------------------- */

/* flags: flush each brigade; at the end; stop when output waits; after some
 * reads. */
#define AP_PROXY_TRANSFER_FLUSH_EACH 0
#define AP_PROXY_TRANSFER_FLUSH_AFTER 1
#define AP_PROXY_TRANSFER_YIELD_PENDING 2
#define AP_PROXY_TRANSFER_YIELD_MAX_READS 4

/* Passes on what is there. *sent: something was. bsize: bytes read at a
 * time. */
PROXY_DECLARE(apr_status_t) ap_proxy_transfer_between_connections(request_rec *r,
    conn_rec *c_i, conn_rec *c_o, apr_bucket_brigade *bb_i,
    apr_bucket_brigade *bb_o, const char *name, int *sent, apr_off_t bsize,
    int flags);

/* A tunnel between client and backend. */
struct proxy_tunnel_rec {
    request_rec *r;                     /* request that made it */
    const char *scheme;                 /* for logs */
    /* both sockets */
    apr_pollset_t *pollset;
    apr_array_header_t *pfds;
    apr_interval_time_t timeout;        /* of silence, microseconds */
    /* its sides */
    struct proxy_tunnel_conn *client;
    struct proxy_tunnel_conn *origin;
    apr_size_t read_buf_size;           /* bytes read at a time */
    int replied;                        /* the backend has said something */
    unsigned int nohalfclose : 1;       /* one side ends, both end */
};

/* Makes one, in r's pool; runs it until it ends: OK or a status. */
PROXY_DECLARE(apr_status_t) ap_proxy_tunnel_create(proxy_tunnel_rec **tunnel,
    request_rec *r, conn_rec *c_o, const char *scheme);
PROXY_DECLARE(int) ap_proxy_tunnel_run(proxy_tunnel_rec *tunnel);

/* ---- Hooks --------------------------------------------------------------- */

/* May this URL be proxied? OK, DECLINED or a status. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, check_trans, (request_rec *r,
    const char *url))

/* Make url canonical in r->filename, if it is your scheme. OK, DECLINED or a
 * status. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, canon_handler, (request_rec *r,
    char *url))

/* Serve it, if it is your scheme. OK, DECLINED or a status. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, scheme_handler, (request_rec *r,
    proxy_worker *worker, proxy_server_conf *conf, char *url,
    const char *proxyhost, apr_port_t proxyport))

/* Choose a worker, if it is your balancer. OK, DECLINED or a status. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, pre_request,
    (proxy_worker **worker, proxy_balancer **balancer, request_rec *r,
    proxy_server_conf *conf, char **url))

/* It was served. OK or DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, post_request,
    (proxy_worker *worker, proxy_balancer *balancer, request_rec *r,
    proxy_server_conf *conf))

/* r will be proxied. OK, DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, fixups, (request_rec *r))

/* pr stands for the backend's response to r. OK, DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, create_req, (request_rec *r,
    request_rec *pr))

/* It was served with that status, which may be changed. OK, DECLINED. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, request_status, (int *status,
    request_rec *r))

/* Set up workers of a <Proxy>. OK, DECLINED or an error. */
APR_DECLARE_EXTERNAL_HOOK(proxy, PROXY, int, section_post_config,
    (apr_pool_t *p, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *s,
    ap_conf_vector_t *section_config))

#ifdef __cplusplus
}
#endif

#endif
