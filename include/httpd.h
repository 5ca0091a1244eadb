/* SPDX-License-Identifier: Apache-2.0 */
/* httpd.h -- what every module sees: records, return codes, strings, paths
 *
 * A server_rec is one host of the configuration, a conn_rec one client
 * connection, a request_rec one request on it. Where a function takes a pool,
 * its result lives there; functions that change a string in place say so.
 */
#ifndef CLEAT_HTTPD_H
#define CLEAT_HTTPD_H

#include "ap_config.h"
#include "ap_mmn.h"
#include "ap_release.h"
#include "ap_regex.h"
#include "os.h"
#include <apr.h>
#include <apr_general.h>
#include <apr_tables.h>
#include <apr_pools.h>
#include <apr_time.h>
#include <apr_network_io.h>
#include <apr_buckets.h>
#include <apr_poll.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>
#include <apr_uri.h>
#include <apr_strings.h>
#include <apr_portable.h>
#include <apr_lib.h>
#include <apr_errno.h>
#include <apr_file_info.h>

#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
struct ap_conf_vector_t;
struct ap_filter_t;
struct ap_logconf;
typedef struct ap_version_t ap_version_t;
typedef struct ap_method_list_t ap_method_list_t;
typedef struct process_rec process_rec;
typedef struct server_rec server_rec;
typedef struct conn_rec conn_rec;
typedef struct request_rec request_rec;
typedef struct conn_state_t conn_state_t;
typedef struct server_addr_rec server_addr_rec;
typedef struct ap_sload_t ap_sload_t;
typedef struct ap_loadavg_t ap_loadavg_t;
typedef struct ap_form_pair_t ap_form_pair_t;
typedef struct ap_dir_match_t ap_dir_match_t;
struct apr_bucket_brigade;

/* ---- Limits and sizes ---------------------------------------------------- */

/* Size of buffers for lines of unknown length. */
#ifndef HUGE_STRING_LEN
#define HUGE_STRING_LEN 0x2000
#endif
#define MAX_STRING_LEN HUGE_STRING_LEN

/* Bytes read from or written to a stream at a time; the most that one sendfile
 * call is asked to send. */
#define AP_IOBUFSIZE 0x2000
#define AP_MAX_SENDFILE 0x1000000

/* Modules that may be loaded with LoadModule; configuration vectors have room
 * for them from the start. */
#define DYNAMIC_MODULE_LIMIT 0x100

/* Groups (with $0) that server code keeps of a regular expression match. */
#define AP_MAX_REG_MATCH 10

/* What a request head may have where LimitRequest* directives say nothing:
 * bytes in the request line, bytes in a field, fields; and empty lines
 * tolerated in front of it (RFC 9112 section 2.2). */
#define DEFAULT_LIMIT_REQUEST_LINE 0x1ffe
#define DEFAULT_LIMIT_REQUEST_FIELDSIZE 0x1ffe
#define DEFAULT_LIMIT_REQUEST_FIELDS 100
#define DEFAULT_LIMIT_BLANK_LINES 10

/* ---- Defaults of directives ---------------------------------------------- */

/* PATH of child programs, ServerAdmin, ErrorLog, AccessFileName, the charset of
 * "AddDefaultCharset On" and the index document. */
#define DEFAULT_PATH "/bin:/usr/bin:/usr/ucb:/usr/bsd:/usr/local/bin"
#define DEFAULT_ADMIN "[no address given]"
#define DEFAULT_ERRORLOG "logs/error_log"
#define DEFAULT_ACCESS_FNAME ".htaccess"
#define DEFAULT_ADD_DEFAULT_CHARSET_NAME "iso-8859-1"
#define AP_DEFAULT_INDEX "index.html"

/* Ports that URLs leave out. */
#define DEFAULT_HTTP_PORT 80
#define DEFAULT_HTTPS_PORT 0x1bb

/* Seconds for Timeout and KeepAliveTimeout; number for MaxKeepAliveRequests. */
#define DEFAULT_TIMEOUT 60
#define DEFAULT_KEEPALIVE_TIMEOUT 5
#define DEFAULT_KEEPALIVE 100

/* IPv4 address that stands for _default_ in a <VirtualHost>. */
#define DEFAULT_VHOST_ADDR 0xffffffff

/* The highest HTTP/1 version spoken. */
#define AP_SERVER_PROTOCOL "HTTP/1.1"

/* What separates path segments on this platform. */
#define AP_SLASHES "/"
#define AP_IS_SLASH(s) ((s) == '/')

/* DocumentRoot where none is configured. */
#define DOCUMENT_LOCATION "/var/www/html"

/* ---- Processes ----------------------------------------------------------- */

/* Exit codes of the server's processes, by which a parent knows what to do. */
#define APEXIT_OK 0             /* ended as it should */
#define APEXIT_INIT 2           /* the parent could not start */
#define APEXIT_CHILDINIT 3      /* a child could not start; its successor may */
#define APEXIT_CHILDSICK 7      /* out of some resource: start fewer children */
#define APEXIT_CHILDFATAL 15    /* no child could: stop the server */

/* There are thread-local variables, and this is how one is declared. */
#define AP_HAS_THREAD_LOCAL 1
#define AP_THREAD_LOCAL __thread

/* Places where a process could stop itself for a debugger. Accepted for old
 * sources; RAISE_SIGSTOP() does nothing. */
#define SIGSTOP_DETACH 1
#define SIGSTOP_MAKE_CHILD 2
#define SIGSTOP_SPAWN_CHILD 4
#define SIGSTOP_PIPED_LOG_SPAWN 8
#define SIGSTOP_CGI_CHILD 16
#define RAISE_SIGSTOP(x)

/* Linkage of what the core alone exports; the same as AP_DECLARE. */
#define AP_CORE_DECLARE AP_DECLARE
#define AP_CORE_DECLARE_NONSTD AP_DECLARE_NONSTD

/* Writes the failed expression and a backtrace to the error log and aborts the
 * process. Called by ap_assert(). */
AP_DECLARE(void) ap_log_assert(const char *szExp, const char *szFile,
    int nLine)
    __attribute__((noreturn));

/* Aborts with a log line when the expression is false, in every build. */
#define ap_assert(exp) \
    ((exp) ? (void)0 : ap_log_assert(#exp, __FILE__, __LINE__))

/* The same, but compiled in with AP_DEBUG only. */
#ifdef AP_DEBUG
#define AP_DEBUG_ASSERT(exp) ap_assert(exp)
#else
#define AP_DEBUG_ASSERT(exp) ((void)0)
#endif

/* ---- What hooks, handlers and filters return ----------------------------- */

/* Or an HTTP status, which ends the request with that error. */
#define OK 0            /* done; in a run-first hook nobody else is asked */
#define DECLINED (-1)   /* not mine, ask the next one */
#define DONE (-2)       /* the response is complete, skip all that would
                         * follow */
#define SUSPENDED (-3)  /* the handler answers later, from an MPM callback */

/* Results of passing a brigade besides apr_status_t. */
#define AP_NOBODY_WROTE (-100)  /* there was no filter to take the brigade */
#define AP_NOBODY_READ (-101)   /* there was no filter to read from */
#define AP_FILTER_ERROR (-102)  /* a filter has sent an error response
                                 * already */

/* The server's own apr_status_t codes. */
#define AP_START_USERERR 0x1dc90        /* the first of them */
#define AP_USERERR_LEN 0x3e8            /* how many APR leaves to us */
#define AP_DECLINED AP_START_USERERR    /* "do it the usual way", from
                                         * dirwalk_stat and open_htaccess */
#define AP_NORESTART 0x1d4c1            /* no restart is wanted (pipe of
                                         * death) */

/* ---- Status codes (RFC 9110 section 15 and the registry) ----------------- */

/* Interim responses. */
#define HTTP_CONTINUE 100
#define HTTP_SWITCHING_PROTOCOLS 101
#define HTTP_PROCESSING 102
#define HTTP_EARLY_HINTS 103

/* Success. 207 and 208 are WebDAV's (RFC 4918, RFC 5842), 226 is RFC 3229's. */
#define HTTP_OK 200
#define HTTP_CREATED 201
#define HTTP_ACCEPTED 202
#define HTTP_NON_AUTHORITATIVE 203
#define HTTP_NO_CONTENT 204
#define HTTP_RESET_CONTENT 205
#define HTTP_PARTIAL_CONTENT 206
#define HTTP_MULTI_STATUS 207
#define HTTP_ALREADY_REPORTED 208
#define HTTP_IM_USED 226

/* Redirection. */
#define HTTP_MULTIPLE_CHOICES 300
#define HTTP_MOVED_PERMANENTLY 301
#define HTTP_MOVED_TEMPORARILY 302
#define HTTP_SEE_OTHER 303
#define HTTP_NOT_MODIFIED 304
#define HTTP_USE_PROXY 305
#define HTTP_TEMPORARY_REDIRECT 307
#define HTTP_PERMANENT_REDIRECT 308

/* The client's fault. 422 to 424 are WebDAV's (RFC 4918); 428, 429 and 431 are
 * from RFC 6585, 451 from RFC 7725. */
#define HTTP_BAD_REQUEST 400
#define HTTP_UNAUTHORIZED 401
#define HTTP_PAYMENT_REQUIRED 402
#define HTTP_FORBIDDEN 403
#define HTTP_NOT_FOUND 404
#define HTTP_METHOD_NOT_ALLOWED 405
#define HTTP_NOT_ACCEPTABLE 406
#define HTTP_PROXY_AUTHENTICATION_REQUIRED 407
#define HTTP_REQUEST_TIME_OUT 408
#define HTTP_CONFLICT 409
#define HTTP_GONE 410
#define HTTP_LENGTH_REQUIRED 411
#define HTTP_PRECONDITION_FAILED 412
#define HTTP_REQUEST_ENTITY_TOO_LARGE 413
#define HTTP_REQUEST_URI_TOO_LARGE 414
#define HTTP_UNSUPPORTED_MEDIA_TYPE 415
#define HTTP_RANGE_NOT_SATISFIABLE 416
#define HTTP_EXPECTATION_FAILED 417
#define HTTP_MISDIRECTED_REQUEST 421
#define HTTP_UNPROCESSABLE_ENTITY 422
#define HTTP_LOCKED 423
#define HTTP_FAILED_DEPENDENCY 424
#define HTTP_UPGRADE_REQUIRED 426
#define HTTP_PRECONDITION_REQUIRED 428
#define HTTP_TOO_MANY_REQUESTS 429
#define HTTP_REQUEST_HEADER_FIELDS_TOO_LARGE 431
#define HTTP_UNAVAILABLE_FOR_LEGAL_REASONS 451

/* The server's fault. */
#define HTTP_INTERNAL_SERVER_ERROR 500
#define HTTP_NOT_IMPLEMENTED 501
#define HTTP_BAD_GATEWAY 502
#define HTTP_SERVICE_UNAVAILABLE 503
#define HTTP_GATEWAY_TIME_OUT 504
#define HTTP_VERSION_NOT_SUPPORTED 505
#define HTTP_VARIANT_ALSO_VARIES 506
#define HTTP_INSUFFICIENT_STORAGE 507
#define HTTP_LOOP_DETECTED 508
#define HTTP_NOT_EXTENDED 510
#define HTTP_NETWORK_AUTHENTICATION_REQUIRED 511

/* Size of the table of status lines; ap_index_of_response() is its index. */
#define RESPONSE_CODES 104

/* Classes of status codes. An error is 4xx or 5xx; valid is 100 to 599. */
#define ap_is_HTTP_INFO(x) ((x) >= 100 && (x) < 200)
#define ap_is_HTTP_SUCCESS(x) ((x) >= 200 && (x) < 300)
#define ap_is_HTTP_REDIRECT(x) ((x) >= 300 && (x) < 400)
#define ap_is_HTTP_CLIENT_ERROR(x) ((x) >= 400 && (x) < 500)
#define ap_is_HTTP_SERVER_ERROR(x) ((x) >= 500 && (x) < 600)
#define ap_is_HTTP_ERROR(x) ((x) >= 400 && (x) < 600)
#define ap_is_HTTP_VALID_RESPONSE(x) ((x) >= 100 && (x) < 600)

/* True where the rest of the connection cannot be trusted, so that it is
 * closed. */
#define ap_status_drops_connection(x) \
    ((x) == HTTP_BAD_REQUEST || (x) == HTTP_REQUEST_TIME_OUT \
     || (x) == HTTP_LENGTH_REQUIRED || (x) == HTTP_REQUEST_ENTITY_TOO_LARGE \
     || (x) == HTTP_REQUEST_URI_TOO_LARGE \
     || (x) == HTTP_INTERNAL_SERVER_ERROR \
     || (x) == HTTP_SERVICE_UNAVAILABLE || (x) == HTTP_NOT_IMPLEMENTED)

/* True for 204 and 304, which never have content. */
#define AP_STATUS_IS_HEADER_ONLY(x) \
    ((x) == HTTP_NO_CONTENT || (x) == HTTP_NOT_MODIFIED)

/* ---- Methods ------------------------------------------------------------- */

/* Numbers a method may have: bits of an apr_int64_t mask. */
#define METHODS 0x40

/* Numbers of methods. HEAD is M_GET with r->header_only. Registered ones
 * (ap_method_register) come behind M_INVALID, which is any method without a
 * number. */
#define M_GET 0
#define M_PUT 1
#define M_POST 2
#define M_DELETE 3
#define M_CONNECT 4
#define M_OPTIONS 5
#define M_TRACE 6
#define M_PATCH 7
#define M_PROPFIND 8
#define M_PROPPATCH 9
#define M_MKCOL 10
#define M_COPY 11
#define M_MOVE 12
#define M_LOCK 13
#define M_UNLOCK 14
#define M_VERSION_CONTROL 15
#define M_CHECKOUT 16
#define M_UNCHECKOUT 17
#define M_CHECKIN 18
#define M_UPDATE 19
#define M_LABEL 20
#define M_REPORT 21
#define M_MKWORKSPACE 22
#define M_MKACTIVITY 23
#define M_BASELINE_CONTROL 24
#define M_MERGE 25
#define M_INVALID 26

/* Shifted left by a method's number: its bit in a mask. */
#define AP_METHOD_BIT ((apr_int64_t)1)

/* A set of methods, see ap_make_method_list() in http_protocol.h. */
struct ap_method_list_t {
    apr_int64_t method_mask;            /* methods with a number, a bit each */
    apr_array_header_t *method_list;    /* names (char *) of those without */
};

/* ---- Content types with a meaning for the server ------------------------- */

/* A CGI program, server-parsed pages, a directory. */
#define CGI_MAGIC_TYPE "application/x-httpd-cgi"
#define INCLUDES_MAGIC_TYPE "text/x-server-parsed-html"
#define INCLUDES_MAGIC_TYPE3 "text/x-server-parsed-html3"
#define DIR_MAGIC_TYPE "httpd/unix-directory"

/* Document type declarations for pages that modules write (S strict, T
 * transitional, F frameset). */
#define DOCTYPE_HTML_2_0 "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">"
#define DOCTYPE_HTML_3_2 "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2 Final//EN\">"
#define DOCTYPE_HTML_4_01 "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">"
#define DOCTYPE_HTML_4_0S "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0//EN\""
#define DOCTYPE_HTML_4_0T "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Transitional//EN\""
#define DOCTYPE_HTML_4_0F "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.0 Frameset//EN\""
#define DOCTYPE_XHTML_1_0S "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\""
#define DOCTYPE_XHTML_1_0T "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\""
#define DOCTYPE_XHTML_1_0F "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Frameset//EN\""
#define DOCTYPE_HTML_5 "<!DOCTYPE html>"

/* Handler name of plain files ("SetHandler None" ends up so), and its test. */
#define AP_DEFAULT_HANDLER_NAME ""
#define AP_IS_DEFAULT_HANDLER_NAME(x) ((x)[0] == '\0')

/* ---- Line ends, characters, HTTP versions -------------------------------- */

/* The bytes that end a line of HTTP. */
#define CR 13
#define LF 10
#define CRLF "\r\n"
#define CRLF_ASCII "\r\n"

/* A protocol version as one number (1001 is HTTP/1.1), for
 * request_rec.proto_num. */
#define HTTP_VERSION(major, minor) (1000 * (major) + (minor))
#define HTTP_VERSION_MAJOR(number) ((number) / 1000)
#define HTTP_VERSION_MINOR(number) ((number) % 1000)

/* ---- Values of request_rec members --------------------------------------- */

/* request_rec.proxyreq. */
#define PROXYREQ_NONE 0         /* served here */
#define PROXYREQ_PROXY 1        /* forward proxy, the client sent an absolute
                                 * URI */
#define PROXYREQ_REVERSE 2      /* reverse proxy (ProxyPass) */
#define PROXYREQ_RESPONSE 3     /* a record that stands for a backend's
                                 * response */

/* request_rec.used_path_info. */
#define AP_REQ_ACCEPT_PATH_INFO 0       /* the handler copes with path_info */
#define AP_REQ_REJECT_PATH_INFO 1       /* path_info means "not found" */
#define AP_REQ_DEFAULT_PATH_INFO 2      /* the handler's own opinion counts */

/* read_policy of ap_setup_client_block(). */
#define REQUEST_NO_BODY 0               /* a body is refused: 413 */
#define REQUEST_CHUNKED_ERROR 1         /* a body needs a Content-Length:
                                         * else 411 */
#define REQUEST_CHUNKED_DECHUNK 2       /* either kind; the module gets plain
                                         * bytes */

/* request_rec.bnotes: facts of one bit. */
typedef apr_uint64_t ap_request_bnotes_t;
/* the entity tag may be a strong one */
#define AP_REQUEST_STRONG_ETAG ((apr_uint64_t)1)
/* the content type comes from the administrator */
#define AP_REQUEST_TRUSTED_CT ((apr_uint64_t)1 << 1)

/* Read bits, replace the bits of mask by val, ask for one. */
#define AP_REQUEST_GET_BNOTE(r, mask) ((r)->bnotes & (mask))
#define AP_REQUEST_SET_BNOTE(r, mask, val) \
    ((r)->bnotes = ((r)->bnotes & ~(mask)) | (val))
#define AP_REQUEST_IS_STRONG_ETAG(r) \
    AP_REQUEST_GET_BNOTE((r), AP_REQUEST_STRONG_ETAG)
#define AP_REQUEST_IS_TRUSTED_CT(r) \
    AP_REQUEST_GET_BNOTE((r), AP_REQUEST_TRUSTED_CT)

/* ---- The process and what may be asked of it ----------------------------- */

/* This process; one for its whole life. */
struct process_rec {
    apr_pool_t *pool;           /* lives as long as the process, over
                                 * restarts */
    apr_pool_t *pconf;          /* one configuration: cleared on restart */
    const char *short_name;     /* the program's name without directories */
    /* the command line; rewrite_args of an MPM may have changed it */
    const char *const *argv;
    int argc;
};

/* A version of the API, see ap_get_server_revision(). */
struct ap_version_t {
    /* 2, 4 and the patch level of httpd that we match */
    int major;
    int minor;
    int patch;
    const char *add_string;     /* what a vendor adds, "" for nothing */
};

/* How busy the server is, see ap_get_sload(). */
struct ap_sload_t {
    /* percent of the workers; -1 where there is no scoreboard */
    int idle;
    int busy;
    apr_off_t bytes_served;             /* since the start, all children */
    unsigned long access_count;         /* requests since the start */
};

/* How busy the machine is: average of one, five and fifteen minutes; -1 when
 * unknown. */
struct ap_loadavg_t {
    /* processes that wanted to run */
    float loadavg;
    float loadavg5;
    float loadavg15;
};

/* Fills *ld from the scoreboard: visits every worker, so it is not for each
 * request. */
AP_DECLARE(void) ap_get_sload(ap_sload_t *ld);

/* Fills *ld from the system. */
AP_DECLARE(void) ap_get_loadavg(ap_loadavg_t *ld);

/* What the Server field says: as much as ServerTokens allows. Static, do not
 * free. */
AP_DECLARE(const char *) ap_get_server_banner(void);

/* Name, version and all components, for logs; clients should get the banner. */
AP_DECLARE(const char *) ap_get_server_description(void);

/* Date and time of the build. Static. */
AP_DECLARE(const char *) ap_get_server_built(void);

/* The httpd version whose API and ABI this server offers. */
AP_DECLARE(void) ap_get_server_revision(ap_version_t *version);

/* Adds " Name/1.0" to description and banner. During post_config only
 * (pconf). */
AP_DECLARE(void) ap_add_version_component(apr_pool_t *pconf,
    const char *component);

/* string, delim and the process id in one string. */
AP_DECLARE(char *) ap_append_pid(apr_pool_t *p, const char *string,
    const char *delim);

/* Full name of this machine, from the resolver; its address as text, or
 * "127.0.0.1" with a warning when that fails. Used at start-up only: may
 * block. */
AP_DECLARE(char *) ap_get_local_host(apr_pool_t *p);

/* ---- A server (virtual host) --------------------------------------------- */

/* Log levels: the general one and those of single modules (see
 * http_config.h). */
struct ap_logconf {
    signed char *module_levels;         /* by module index; negative: level
                                         * counts. May be NULL */
    int level;                          /* APLOG_* from http_log.h */
};

/* An address of a <VirtualHost>. */
struct server_addr_rec {
    server_addr_rec *next;      /* the next of the same host */
    char *virthost;             /* as written in the configuration */
    apr_sockaddr_t *host_addr;  /* resolved; a list when the name has several */
    apr_port_t host_port;       /* 0: any port */
};

/* A host of the configuration. Lives in pconf; constant once post_config is
 * over. */
struct server_rec {
    process_rec *process;               /* the process it lives in */
    server_rec *next;                   /* the next virtual host; NULL at the
                                         * end */
    char *error_fname;                  /* ErrorLog: file name, "|program" or
                                         * "syslog..." */
    apr_file_t *error_log;              /* open log, NULL with syslog; lives
                                         * in plog */
    struct ap_logconf log;              /* levels of this host */
    struct ap_conf_vector_t *module_config;     /* each module's per-server
                                                 * record */
    struct ap_conf_vector_t *lookup_defaults;   /* each module's
                                                 * per-directory record
                                                 * outside all sections */
    /* where the host was defined: file and line */
    const char *defn_name;
    unsigned int defn_line_number;
    char is_virtual;                    /* 0: the main server */
    apr_port_t port;                    /* for URLs that name this server; 0:
                                         * not configured */
    const char *server_scheme;          /* scheme in ServerName, NULL for the
                                         * connection's */
    char *server_admin;                 /* ServerAdmin */
    char *server_hostname;              /* ServerName */
    server_addr_rec *addrs;             /* addresses it is reached by */
    apr_interval_time_t timeout;        /* Timeout, microseconds */
    apr_interval_time_t keep_alive_timeout;     /* idle time between
                                                 * requests, microseconds */
    int keep_alive_max;                 /* requests per connection, 0:
                                         * unlimited */
    int keep_alive;                     /* KeepAlive is on */
    apr_array_header_t *names;          /* ServerAlias without wildcards:
                                         * char *; may be NULL */
    apr_array_header_t *wild_names;     /* ServerAlias with wildcards: char
                                         * *; may be NULL */
    /* ServerPath and its length, for HTTP/1.0 clients without Host */
    const char *path;
    int pathlen;
    int limit_req_line;                 /* LimitRequestLine, bytes */
    int limit_req_fieldsize;            /* LimitRequestFieldSize, bytes */
    int limit_req_fields;               /* LimitRequestFields, 0: unlimited */
    void *context;                      /* for the MPM */
    unsigned int keep_alive_timeout_set : 1;    /* the host has a
                                                 * KeepAliveTimeout of its
                                                 * own */
};

/* ---- A connection -------------------------------------------------------- */

/* What becomes of a connection after this response (RFC 9112 section 9.3). */
typedef enum ap_conn_keepalive_e {
    AP_CONN_UNKNOWN = 0,        /* not decided */
    AP_CONN_CLOSE = 1,          /* it ends */
    AP_CONN_KEEPALIVE = 2       /* another request may follow */
} ap_conn_keepalive_e;

/* What an asynchronous MPM does next with a connection. Names after NUM are
 * those of older sources. */
typedef enum conn_state_e {
    CONN_STATE_KEEPALIVE = 0,           /* wait for the next request */
    CONN_STATE_PROCESSING = 1,          /* read or run a request */
    CONN_STATE_HANDLER = 2,             /* a handler is at work */
    CONN_STATE_WRITE_COMPLETION = 3,    /* write what output filters kept */
    CONN_STATE_SUSPENDED = 4,           /* another owner has it for a while */
    CONN_STATE_LINGER = 5,              /* close it, lingering */
    CONN_STATE_LINGER_NORMAL = 6,       /* lingering, full time */
    CONN_STATE_LINGER_SHORT = 7,        /* lingering, short of time */
    CONN_STATE_ASYNC_WAITIO = 8,        /* wait for the socket as sense says,
                                         * then go on */
    CONN_STATE_NUM = 9,                 /* how many there are */
    CONN_STATE_CHECK_REQUEST_LINE_READABLE = 0,
    CONN_STATE_READ_REQUEST_LINE = 1
} conn_state_e;

/* What a waiting connection waits for. */
typedef enum conn_sense_e {
    CONN_SENSE_DEFAULT = 0,     /* what the state implies */
    CONN_SENSE_WANT_READ = 1,   /* readable, even when the state writes (TLS) */
    CONN_SENSE_WANT_WRITE = 2   /* writable, even when the state reads */
} conn_sense_e;

/* Lives as long as the connection; NULL in conn_rec under simple MPMs. */
struct conn_state_t {
    conn_state_e state;         /* set by whoever drives the connection, read
                                 * by the MPM */
    conn_sense_e sense;         /* valid for one wait */
};

/* A client's connection, or one to a backend (outgoing), or a stream within
 * another one (master). One thread at a time works on it; its pool is not for
 * sharing. */
struct conn_rec {
    apr_pool_t *pool;                   /* lives until the socket is closed */
    server_rec *base_server;            /* by address; requests may choose
                                         * another host */
    void *vhost_lookup_data;            /* private to the choice of virtual
                                         * hosts */
    apr_sockaddr_t *local_addr;         /* our side of the socket */
    apr_sockaddr_t *client_addr;        /* the peer; see
                                         * request_rec.useragent_addr */
    char *client_ip;                    /* the peer's address as text */
    char *remote_host;                  /* the peer's name; NULL: not looked
                                         * up, "": has none */
    char *remote_logname;               /* what ident said, NULL: not asked */
    char *local_ip;                     /* our address as text */
    char *local_host;                   /* our address as a name */
    long id;                            /* unique among the live ones of this
                                         * server */
    struct ap_conf_vector_t *conn_config;       /* each module's record; the
                                                 * core's is the socket */
    apr_table_t *notes;                 /* messages between modules, strings */
    /* first connection filter of each direction */
    struct ap_filter_t *input_filters;
    struct ap_filter_t *output_filters;
    void *sbh;                          /* its slot of the scoreboard
                                         * (ap_sb_handle_t *); may be NULL */
    struct apr_bucket_alloc_t *bucket_alloc;    /* for buckets; used by this
                                                 * connection's thread only */
    conn_state_t *cs;                   /* what the MPM does next */
    int data_in_input_filters;          /* bytes of a next request were read
                                         * already */
    int data_in_output_filters;         /* filters keep bytes that are not
                                         * written */
    unsigned int clogging_input_filters : 1;    /* an input filter blocks, so
                                                 * the MPM must not wait for
                                                 * it */
    int double_reverse : 2;             /* DNS check: 0 not done, 1 good, -1
                                         * failed */
    unsigned int aborted;               /* the client is gone: stop writing */
    ap_conn_keepalive_e keepalive;      /* may another request follow */
    int keepalives;                     /* requests so far that did not close
                                         * it */
    const struct ap_logconf *log;       /* levels of its own, NULL: the
                                         * server's */
    const char *log_id;                 /* for correlating log lines, made
                                         * when first logged */
    apr_thread_t *current_thread;       /* whose thread works on it */
    conn_rec *master;                   /* the real connection when this is a
                                         * stream of it */
    int outgoing;                       /* we are the client */
};

/* ---- A request ----------------------------------------------------------- */

/* A .htaccess file that was read for a request, kept so that its subrequests
 * need not read it again. In the request's pool. */
struct htaccess_result {
    const char *dir;                    /* with a slash at the end */
    /* what was allowed there: other rules need another reading */
    int override;
    int override_opts;
    apr_table_t *override_list;
    struct ap_conf_vector_t *htaccess;  /* what the file said */
    const struct htaccess_result *next; /* the one read before */
};

/* A request: the client's, or one made within it (subrequest, internal
 * redirect). Made by ap_create_request() and its kin; ends with its pool, after
 * log_transaction. */
struct request_rec {
    apr_pool_t *pool;           /* as long as the request; subrequests have a
                                 * child of it */
    conn_rec *connection;       /* where it came from */
    server_rec *server;         /* its virtual host */
    request_rec *next;          /* the request this one was redirected to, or
                                 * NULL */
    request_rec *prev;          /* the request this one replaces (internal
                                 * redirect) */
    request_rec *main;          /* the request this one is a part of
                                 * (subrequest) */
    char *the_request;          /* the request line as sent */
    int assbackwards;           /* HTTP/0.9 or a subrequest: send no header */
    int proxyreq;               /* PROXYREQ_* */
    int header_only;            /* HEAD: send the header, but no content */
    int proto_num;              /* HTTP_VERSION() of the client */
    char *protocol;             /* the same as text, such as "HTTP/1.1" */
    const char *hostname;       /* lower case, from the target or Host; may
                                 * be NULL */
    apr_time_t request_time;    /* when reading it began */
    const char *status_line;    /* reason to send; NULL: the standard one */
    int status;                 /* what the response will say */
    int method_number;          /* M_* */
    const char *method;         /* its name as sent */
    apr_int64_t allowed;        /* mask for Allow; older than allowed_methods */
    apr_array_header_t *allowed_xmethods;       /* names for Allow; older
                                                 * than allowed_methods */
    ap_method_list_t *allowed_methods;  /* what Allow will list */
    apr_off_t sent_bodyct;      /* a body was begun */
    apr_off_t bytes_sent;       /* content bytes, for the log */
    apr_time_t mtime;           /* of the resource; 0: not known */
    const char *range;          /* the Range field, as it is used */
    apr_off_t clength;          /* content length when known */
    int chunked;                /* the response is sent in chunks */
    int read_body;              /* read_policy in force */
    int read_chunked;           /* the request body comes in chunks */
    unsigned int expecting_100; /* the client waits for 100 Continue */
    apr_bucket_brigade *kept_body;      /* body kept by KeptBodySize, NULL:
                                         * none */
    apr_table_t *body_table;    /* form fields of a body, NULL: not parsed */
    apr_off_t remaining;        /* bytes of the body not read yet; -1 after
                                 * an error */
    apr_off_t read_length;      /* bytes of the body read so far */
    apr_table_t *headers_in;    /* as received; header names compare without
                                 * case */
    apr_table_t *headers_out;   /* for a successful response; dropped on
                                 * errors */
    apr_table_t *err_headers_out;       /* for every response, errors and
                                         * redirects too */
    apr_table_t *subprocess_env;        /* environment of CGI programs, logs
                                         * and conditions */
    apr_table_t *notes;         /* messages between modules, strings */
    const char *content_type;   /* media type of the response; set by the
                                 * function */
    const char *handler;        /* which handler shall answer */
    const char *content_encoding;       /* of the response, such as "gzip" */
    apr_array_header_t *content_languages;      /* of the response: char * */
    char *vlist_validator;      /* from content negotiation, for the entity
                                 * tag */
    char *user;                 /* who was authenticated; NULL: nobody */
    char *ap_auth_type;         /* how: "Basic" ... */
    char *unparsed_uri;         /* the target as sent */
    char *uri;                  /* path of the target, decoded and
                                 * normalized; no query */
    char *filename;             /* what translate_name made of it */
    char *canonical_filename;   /* filename with true case and links as found */
    char *path_info;            /* what of the path lies behind filename */
    char *args;                 /* the query, without "?", still encoded;
                                 * NULL: none */
    int used_path_info;         /* AP_REQ_*_PATH_INFO */
    int eos_sent;               /* the end of the response went down the
                                 * filters */
    struct ap_conf_vector_t *per_dir_config;    /* each module's merged
                                                 * per-directory record */
    struct ap_conf_vector_t *request_config;    /* each module's record for
                                                 * this request */
    const struct ap_logconf *log;       /* levels in force here, NULL: the
                                         * connection's */
    const char *log_id;         /* for correlating log lines, made when first
                                 * logged */
    const struct htaccess_result *htaccess;     /* files read so far */
    /* first filter of all in each direction */
    struct ap_filter_t *output_filters;
    struct ap_filter_t *input_filters;
    /* first filter behind those for content; shared with redirects */
    struct ap_filter_t *proto_output_filters;
    struct ap_filter_t *proto_input_filters;
    int no_cache;               /* the response must not be cached */
    int no_local_copy;          /* If-* fields do not count: never answer 304 */
    apr_thread_mutex_t *invoke_mtx;     /* held while a handler runs; taken
                                         * by callbacks (SUSPENDED) */
    apr_uri_t parsed_uri;       /* the target in parts */
    apr_finfo_t finfo;          /* of filename; filetype APR_NOFILE: there is
                                 * none */
    apr_sockaddr_t *useragent_addr;     /* the client behind trusted proxies */
    char *useragent_ip;         /* the same as text; use it, not client_ip */
    apr_table_t *trailers_in;   /* trailer fields received */
    apr_table_t *trailers_out;  /* trailer fields to send behind a chunked
                                 * body */
    char *useragent_host;       /* as conn_rec.remote_host, for
                                 * useragent_addr */
    int double_reverse;         /* as in conn_rec, for useragent_addr */
    ap_request_bnotes_t bnotes; /* AP_REQUEST_* bits */
};

/* ---- Facts about a request ----------------------------------------------- */

/* Whether the header announces content (a length above 0, or a transfer
 * coding), or a kept body is there. */
AP_DECLARE(int) ap_request_has_body(request_rec *r);

/* "http" or "https"; the port such a URL need not say; whether this is it. */
#define ap_http_scheme(r) ap_run_http_scheme(r)
#define ap_default_port(r) ap_run_default_port(r)
#define ap_is_default_port(port, r) ((port) == ap_default_port(r))

/* "host" or "host:port"; the port is left out where it is the default of r. */
AP_DECLARE(char *) ap_construct_server(apr_pool_t *p, const char *hostname,
    apr_port_t port, const request_rec *r);

/* The line with server and host under pages that the server makes, prefix in
 * front; "" unless ServerSignature is on. */
AP_DECLARE(const char *) ap_psignature(const char *prefix, request_rec *r);

/* Part of the URI, and the directory it is mapped to (by Alias and the like);
 * "" and the document root for the rest. */
AP_DECLARE(const char *) ap_context_prefix(request_rec *r);
AP_DECLARE(const char *) ap_context_document_root(request_rec *r);

/* Says so; NULL leaves a value as it is. The strings must live as long as r. */
AP_DECLARE(void) ap_set_context_info(request_rec *r, const char *prefix,
    const char *document_root);

/* Another document root for this request only; not copied. */
AP_DECLARE(void) ap_set_document_root(request_rec *r,
    const char *document_root);

/* ---- Form data ----------------------------------------------------------- */

/* A field of a form. */
struct ap_form_pair_t {
    const char *name;           /* decoded */
    apr_bucket_brigade *value;  /* decoded, in r->pool; may be large */
};

/* Reads an application/x-www-form-urlencoded body (another kind is discarded)
 * into *ptr, an array of ap_form_pair_t. num and size bound pairs and bytes, -1
 * is no bound. f is not used. OK or an HTTP status. */
AP_DECLARE(int) ap_parse_form_data(request_rec *r, struct ap_filter_t *f,
    apr_array_header_t **ptr, apr_size_t num, apr_size_t size);

/* ---- Cutting words off a line -------------------------------------------- */

/* The bytes up to stop, as a copy; *line moves behind it and behind further
 * stops. The _nc forms of this and the next functions take a char ** for the
 * caller's convenience. */
AP_DECLARE(char *) ap_getword(apr_pool_t *p, const char **line, char stop);
AP_DECLARE(char *) ap_getword_nc(apr_pool_t *p, char **line, char stop);

/* The same, but one stop only: two in a row have an empty word between them. */
AP_DECLARE(char *) ap_getword_nulls(apr_pool_t *p, const char **line,
    char stop);
AP_DECLARE(char *) ap_getword_nulls_nc(apr_pool_t *p, char **line, char stop);

/* The same for white space. */
AP_DECLARE(char *) ap_getword_white(apr_pool_t *p, const char **line);
AP_DECLARE(char *) ap_getword_white_nc(apr_pool_t *p, char **line);

/* A word of a configuration line: may stand in single or double quotes, in
 * which a backslash hides the quote or itself. "" at the end of the line. */
AP_DECLARE(char *) ap_getword_conf(apr_pool_t *p, const char **line);
AP_DECLARE(char *) ap_getword_conf_nc(apr_pool_t *p, char **line);

/* The same; a word may stand in {braces}, too, which may nest. */
AP_DECLARE(char *) ap_getword_conf2(apr_pool_t *p, const char **line);
AP_DECLARE(char *) ap_getword_conf2_nc(apr_pool_t *p, char **line);

/* word with each ${NAME} replaced by the value of Define or of the environment;
 * unknown ones stay, with a warning. The result may be word itself. */
AP_DECLARE(const char *) ap_resolve_env(apr_pool_t *p, const char *word);

/* ---- Tokens and lists in header fields (RFC 9110 section 5.6) ------------ */

/* The first byte that is not of that kind: token characters; what a field value
 * may have (blanks too); visible characters and bytes above 127. */
AP_DECLARE(const char *) ap_scan_http_token(const char *ptr);
AP_DECLARE(const char *) ap_scan_http_field_content(const char *ptr);
AP_DECLARE(const char *) ap_scan_vchar_obstext(const char *ptr);

/* A copy of the next piece of an Accept-like field, up to a comma, a semicolon
 * or (unless accept_white) white space outside quotes; *accept_line moves to
 * the separator. */
AP_DECLARE(char *) ap_get_token(apr_pool_t *p, const char **accept_line,
    int accept_white);

/* The next item of a comma-separated list: its start and its length, blanks
 * around it excluded. *field moves on. NULL at the end. Nothing is copied. */
AP_DECLARE(const char *) ap_size_list_item(const char **field, int *len);

/* The next item as a copy, in lower case outside quotes and without needless
 * blanks; NULL at the end. */
AP_DECLARE(char *) ap_get_list_item(apr_pool_t *p, const char **field);

/* Whether a list has this item; compared as ap_get_list_item() writes it. */
AP_DECLARE(int) ap_find_list_item(apr_pool_t *p, const char *line,
    const char *tok);

/* Whether a list of entity tags has this one, by strong or weak comparison (RFC
 * 9110 section 8.8.3.2). */
AP_DECLARE(int) ap_find_etag_strong(apr_pool_t *p, const char *line,
    const char *tok);
AP_DECLARE(int) ap_find_etag_weak(apr_pool_t *p, const char *line,
    const char *tok);

/* Whether a list has this token, or ends in it; case does not count. NULL has
 * none. */
AP_DECLARE(int) ap_find_token(apr_pool_t *p, const char *line,
    const char *tok);
AP_DECLARE(int) ap_find_last_token(apr_pool_t *p, const char *line,
    const char *tok);

/* Whether "chunked" is the last transfer coding of this field (RFC 9112 section
 * 6.1). */
AP_DECLARE(int) ap_is_chunked(apr_pool_t *p, const char *line);

/* Adds the tokens of a list to *tokens (made when NULL), each once. Returns
 * NULL or what is wrong with the list; with skip_invalid such items are left
 * out instead. */
AP_DECLARE(const char *) ap_parse_token_list_strict(apr_pool_t *p,
    const char *tok, apr_array_header_t **tokens, int skip_invalid);

/* A field value without its ;parameters; NULL for NULL. */
AP_DECLARE(char *) ap_field_noparam(apr_pool_t *p, const char *intype);

/* A Content-Length: digits only, and within apr_off_t. 1 and *len, or 0. */
AP_DECLARE(int) ap_parse_strict_length(apr_off_t *len, const char *str);

/* In place: lower case up to the first parameter. */
AP_DECLARE(void) ap_content_type_tolower(char *s);

/* ---- Searching, comparing, changing case (ASCII, whatever the locale) ---- */

/* As in the C library; _c is for const strings. */
AP_DECLARE(char *) ap_strchr(char *s, int c);
AP_DECLARE(const char *) ap_strchr_c(const char *s, int c);
AP_DECLARE(char *) ap_strrchr(char *s, int c);
AP_DECLARE(const char *) ap_strrchr_c(const char *s, int c);
AP_DECLARE(char *) ap_strstr(char *s, const char *c);
AP_DECLARE(const char *) ap_strstr_c(const char *s, const char *c);

/* As strstr() without regard to case. */
AP_DECLARE(char *) ap_strcasestr(const char *s1, const char *s2);

/* As strcasecmp() and strncasecmp(). */
AP_DECLARE(int) ap_cstr_casecmp(const char *s1, const char *s2);
AP_DECLARE(int) ap_cstr_casecmpn(const char *s1, const char *s2, apr_size_t n);

/* In place. */
AP_DECLARE(void) ap_str_tolower(char *s);
AP_DECLARE(void) ap_str_toupper(char *s);

/* Index of the first, of the last c in str; -1 when there is none. */
AP_DECLARE(int) ap_ind(const char *str, char c);
AP_DECLARE(int) ap_rind(const char *str, char c);

/* bigstring behind prefix, or bigstring itself when it does not begin so. */
AP_DECLARE(const char *) ap_stripprefix(const char *bigstring,
    const char *prefix);

/* Index of a string in an array of char *, from start on, or -1; whether it is
 * there. */
AP_DECLARE(int) ap_array_str_index(const apr_array_header_t *array,
    const char *s, int start);
AP_DECLARE(int) ap_array_str_contains(const apr_array_header_t *array,
    const char *s);

/* 1 when equal. The time taken does not tell where a difference is: for
 * passwords and digests. The first argument is the secret. */
AP_DECLARE(int) ap_memeq_timingsafe(const void *buf1, const void *buf2,
    apr_size_t n);
AP_DECLARE(int) ap_streq_timingsafe(const char *sec1, const char *str2);
AP_DECLARE(int) ap_strneq_timingsafe(const char *sec1, const char *str2,
    apr_size_t n);

/* ---- Wildcards ----------------------------------------------------------- */

/* Whether str has a * or a ?. */
AP_DECLARE(int) ap_is_matchexp(const char *str);

/* 0 when str matches the pattern expected; not 0 otherwise. -1: str is too
 * short. */
AP_DECLARE(int) ap_strcmp_match(const char *str, const char *expected);
AP_DECLARE(int) ap_strcasecmp_match(const char *str, const char *expected);

/* ap_dir_match_t.flags. */
#define AP_DIR_FLAG_NONE 0
#define AP_DIR_FLAG_OPTIONAL 1          /* nothing found is no error */
#define AP_DIR_FLAG_RECURSIVE 2         /* a directory stands for all files
                                         * below it */

/* A walk over the files that a name with wildcards stands for. */
struct ap_dir_match_t {
    apr_pool_t *p;              /* lives long enough for what cb keeps */
    apr_pool_t *ptemp;          /* scratch */
    const char *prefix;         /* in front of error messages */
    /* called for each file in the order of names; an error text ends the
     * walk */
    const char *(*cb)(ap_dir_match_t *, const char *);
    void *ctx;                  /* for cb */
    int flags;                  /* AP_DIR_FLAG_* */
    unsigned int depth;         /* directories entered so far; 0 to begin
                                 * with */
};

/* Walks a name without wildcards. NULL or an error text. */
AP_DECLARE(const char *) ap_dir_nofnmatch(ap_dir_match_t *w,
    const char *fname);

/* Walks a name that may have wildcards in any segment; path is the part before
 * fname that has none, or NULL. NULL or an error text. */
AP_DECLARE(const char *) ap_dir_fnmatch(ap_dir_match_t *w, const char *path,
    const char *fname);

/* ---- Regular expressions (more in ap_regex.h) ---------------------------- */

/* Compiles for as long as p lives; NULL when the pattern is wrong. */
AP_DECLARE(ap_regex_t *) ap_pregcomp(apr_pool_t *p, const char *pattern,
    int cflags);

/* Frees such an expression ahead of its pool. */
AP_DECLARE(void) ap_pregfree(apr_pool_t *p, ap_regex_t *reg);

/* input with $0 to $9 replaced by groups of the match in source (& stays). NULL
 * on error. */
AP_DECLARE(char *) ap_pregsub(apr_pool_t *p, const char *input,
    const char *source, apr_size_t nmatch, ap_regmatch_t pmatch[]);

/* The same into *result. APR_ENOMEM when it would have maxlen bytes or more (0:
 * no bound). */
AP_DECLARE(apr_status_t) ap_pregsub_ex(apr_pool_t *p, char **result,
    const char *input, const char *source, apr_size_t nmatch,
    ap_regmatch_t pmatch[], apr_size_t maxlen);

/* ---- Escaping ------------------------------------------------------------ */

/* For HTML: & < > and double quotes as entities. toasc: bytes above 127 as
 * numbers, too. */
#define ap_escape_html(p, s) ap_escape_html2(p, s, 0)
AP_DECLARE(char *) ap_escape_html2(apr_pool_t *p, const char *s, int toasc);

/* Percent-encodes all but what a path segment may have as it is (RFC 3986
 * section 3.3). _buffer writes to c, three times the length of s and a NUL. */
AP_DECLARE(char *) ap_escape_path_segment(apr_pool_t *p, const char *s);
AP_DECLARE(char *) ap_escape_path_segment_buffer(char *c, const char *s);

/* The same for a path: slashes stay. Unless partial, "./" is put in front where
 * the result would look like a scheme. */
#define ap_escape_uri(ppool, path) ap_os_escape_path(ppool, path, 1)
AP_DECLARE(char *) ap_os_escape_path(apr_pool_t *p, const char *path,
    int partial);

/* As form data: blanks as +. The buffer is as above. */
AP_DECLARE(char *) ap_escape_urlencoded(apr_pool_t *p, const char *s);
AP_DECLARE(char *) ap_escape_urlencoded_buffer(char *c, const char *s);

/* For logs: quotes, backslashes and control characters as backslash sequences.
 * NULL for NULL. */
AP_DECLARE(char *) ap_escape_logitem(apr_pool_t *p, const char *str);

/* The same into dest of buflen bytes, cut where full; quotes stay. Returns the
 * length. */
AP_DECLARE(apr_size_t) ap_escape_errorlog_item(char *dest, const char *source,
    apr_size_t buflen);

/* A backslash in front of all that a shell would take for itself. */
AP_DECLARE(char *) ap_escape_shell_cmd(apr_pool_t *p, const char *s);

/* A backslash in front of double quotes that have none. */
AP_DECLARE(char *) ap_escape_quotes(apr_pool_t *p, const char *instring);

/* Two lower-case digits for each byte, and a NUL: dest has 2 * srclen + 1
 * bytes. */
AP_DECLARE(void) ap_bin2hex(const void *src, apr_size_t srclen, char *dest);

/* A name any file system takes: letters and digits stay, other ASCII becomes _,
 * the rest x. dest has room for src. Always APR_SUCCESS. */
AP_DECLARE(apr_status_t) ap_str2_alnum(const char *src, char *dest);
AP_DECLARE(apr_status_t) ap_pstr2_alnum(apr_pool_t *p, const char *src,
    const char **dest);

/* Base64 of text (RFC 4648 section 4); decoding stops at the first foreign
 * byte. */
AP_DECLARE(char *) ap_pbase64encode(apr_pool_t *p, char *string);
AP_DECLARE(char *) ap_pbase64decode(apr_pool_t *p, const char *bufcoded);

/* ---- Unescaping, in place ------------------------------------------------ */

/* Flags of ap_unescape_url_ex(). */
#define AP_UNESCAPE_URL_KEEP_UNRESERVED 1       /* leave escapes of
                                                 * unreserved characters */
#define AP_UNESCAPE_URL_FORBID_SLASHES 2        /* an encoded slash is an
                                                 * error */
#define AP_UNESCAPE_URL_KEEP_SLASHES 4  /* an encoded slash stays encoded */

/* Decodes %XX. OK; HTTP_BAD_REQUEST for a malformed escape; HTTP_NOT_FOUND for
 * an encoded NUL or a forbidden slash. */
AP_DECLARE(int) ap_unescape_url_ex(char *url, unsigned int flags);

/* The same with forbidden slashes; with kept slashes (decode_slashes: decoded);
 * with nothing held back. */
AP_DECLARE(int) ap_unescape_url(char *url);
AP_DECLARE(int) ap_unescape_url_keep2f(char *url, int decode_slashes);
AP_DECLARE(int) ap_unescape_all(char *url);

/* Form data: + is a blank. NULL is OK. */
AP_DECLARE(int) ap_unescape_urlencoded(char *query);

/* ---- Paths --------------------------------------------------------------- */

/* Flags of ap_normalize_path(). */
#define AP_NORMALIZE_ALLOW_RELATIVE 1   /* the path need not begin with a
                                         * slash */
#define AP_NORMALIZE_NOT_ABOVE_ROOT 2   /* more ".." than segments is an
                                         * error */
#define AP_NORMALIZE_DECODE_UNRESERVED 4        /* decode escapes of
                                                 * unreserved characters
                                                 * first */
#define AP_NORMALIZE_MERGE_SLASHES 8    /* a run of slashes counts as one */
#define AP_NORMALIZE_DROP_PARAMETERS 0  /* accepted, has no effect */

/* Removes "." and ".." segments (RFC 3986 section 5.2.4), in place. 1, or 0
 * when the path is not allowed; then its content is no path to use. */
AP_DECLARE(int) ap_normalize_path(char *path, unsigned int flags);

/* The same, old: the path becomes "" where it is not allowed. */
AP_DECLARE(void) ap_getparents(char *name);

/* In place: runs of slashes become one. is_fs_path makes no difference here. */
AP_DECLARE(void) ap_no2slash(char *name);
AP_DECLARE(void) ap_no2slash_ex(char *name, int is_fs_path);

/* Slashes in path. */
AP_DECLARE(int) ap_count_dirs(const char *path);

/* Writes the first n directories of s to d, which needs strlen(s) + 2 bytes;
 * always ends in a slash. Returns the place of the NUL. */
AP_DECLARE(char *) ap_make_dirstr_prefix(char *d, const char *s, int n);

/* The path up to its last slash, with it; "" when there is none. */
AP_DECLARE(char *) ap_make_dirstr_parent(apr_pool_t *p, const char *s);

/* dir, a slash if need be, and f. */
AP_DECLARE(char *) ap_make_full_path(apr_pool_t *a, const char *dir,
    const char *f);

/* Whether it begins with a slash. */
AP_DECLARE(int) ap_os_is_path_absolute(apr_pool_t *p, const char *dir);

/* Whether it begins with a scheme and a colon (RFC 3986 section 3.1). */
AP_DECLARE(int) ap_is_url(const char *u);

/* Whether name is a directory; the second does not follow a symbolic link. */
AP_DECLARE(int) ap_is_directory(apr_pool_t *p, const char *name);
AP_DECLARE(int) ap_is_rdirectory(apr_pool_t *p, const char *name);

/* May this path be examined? Always APR_SUCCESS on this platform. */
AP_DECLARE(apr_status_t) ap_stat_check(const char *path, apr_pool_t *pool);

/* As apr_filepath_merge(); the place where platforms restrict paths. */
AP_DECLARE(apr_status_t) ap_filepath_merge(char **newpath,
    const char *rootpath, const char *addpath, apr_int32_t flags,
    apr_pool_t *p);

/* ---- Time ---------------------------------------------------------------- */

/* t as strftime() writes it, in local time or (gmt) UTC, where %Z is "GMT". At
 * most MAX_STRING_LEN bytes. */
AP_DECLARE(char *) ap_ht_time(apr_pool_t *p, apr_time_t t, const char *fmt,
    int gmt);

/* A number and a unit (ms, s, min, h) to microseconds; default_time_unit counts
 * where none is written. APR_SUCCESS or why it is none. */
AP_DECLARE(apr_status_t) ap_timeout_parameter_parse(const char *timeout_parameter,
    apr_interval_time_t *timeout, const char *default_time_unit);

/* ---- Memory and threads -------------------------------------------------- */

/* From the C heap; NULL is never returned, see ap_abort_on_oom(). */
AP_DECLARE(void *) ap_malloc(size_t size);
AP_DECLARE(void *) ap_calloc(size_t nelem, size_t size);
AP_DECLARE(void *) ap_realloc(void *ptr, size_t size);

/* Says that memory ran out and aborts. The server's pools do this, too. */
AP_DECLARE(void) ap_abort_on_oom(void);

/* As apr_thread_create(), and the thread knows itself: see
 * ap_thread_current(). */
AP_DECLARE(apr_status_t) ap_thread_create(apr_thread_t **thread,
    apr_threadattr_t *attr, apr_thread_start_t func, void *data,
    apr_pool_t *pool);

/* The calling thread, NULL for a thread of unknown origin. */
AP_DECLARE(apr_thread_t *) ap_thread_current(void);

/* Makes a record for the calling thread if it has none; lives as long as
 * pool. */
AP_DECLARE(apr_status_t) ap_thread_current_create(apr_thread_t **current,
    apr_threadattr_t *attr, apr_pool_t *pool);

/* The same for the first thread of a process, with a pool of its own below
 * pool. */
AP_DECLARE(apr_status_t) ap_thread_main_create(apr_thread_t **thread,
    apr_pool_t *pool);

/* In a new child: forgets who the thread was in the parent. */
AP_DECLARE(void) ap_thread_current_after_fork(void);

/* ---- Randomness that needs not be secret --------------------------------- */

/* Fills buf. Fast, no lock; never for keys or session names. */
AP_DECLARE(void) ap_random_insecure_bytes(void *buf, apr_size_t size);

/* A number from min to max, both included, nearly even. */
AP_DECLARE(apr_uint32_t) ap_random_pick(apr_uint32_t min, apr_uint32_t max);

/* ---- Programs ------------------------------------------------------------ */

/* Runs argv without a shell and returns the first line it writes, without
 * white space at its end; NULL when it cannot be started. Blocks: for
 * start-up only. */
AP_DECLARE(char *) ap_get_exec_line(apr_pool_t *p, const char *cmd,
    const char *const *argv);

/* ---- Cheap forms of the functions above ---------------------------------- */

/* Straight to the C library; the functions exist for AP_DEBUG builds. */
#define ap_strchr(s, c) strchr(s, c)
#define ap_strchr_c(s, c) strchr(s, c)
#define ap_strrchr(s, c) strrchr(s, c)
#define ap_strrchr_c(s, c) strrchr(s, c)
#define ap_strstr(s, c) strstr(s, c)
#define ap_strstr_c(s, c) strstr(s, c)

#ifdef __cplusplus
}
#endif

#endif
