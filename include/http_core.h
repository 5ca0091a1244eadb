/* SPDX-License-Identifier: Apache-2.0 */
/* http_core.h -- what the core knows: options, its configuration, names,
 * notes
 *
 * The core's records are public because modules inline accesses to them. Read
 * them; set them by directives only.
 */
#ifndef CLEAT_HTTP_CORE_H
#define CLEAT_HTTP_CORE_H

#include <apr.h>
#include <apr_hash.h>
#include <apr_optional.h>
#include "util_filter.h"
#include "ap_expr.h"
#include "httpd.h"
#include "http_config.h"
#include <apr_tables.h>

#include <sys/resource.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct require_line require_line;
typedef struct core_request_config core_request_config;
typedef struct core_dir_config core_dir_config;
typedef struct core_server_config core_server_config;
typedef struct core_filter_ctx core_ctx_t;
typedef struct core_net_rec core_net_rec;
typedef union ap_mgmt_value ap_mgmt_value;
typedef struct ap_mgmt_item_t ap_mgmt_item_t;
typedef struct ap_errorlog_info ap_errorlog_info;
typedef struct ap_errorlog_handler ap_errorlog_handler;
typedef struct ap_errorlog_format_item ap_errorlog_format_item;

/* Opaque: what the last output filter keeps. */
typedef struct core_output_filter_ctx core_output_filter_ctx_t;

/* ---- Options and overrides of a directory -------------------------------- */

/* Bits of ap_allow_options(). */
#define OPT_NONE 0
#define OPT_INDEXES 1           /* directory listings */
#define OPT_INCLUDES 2          /* server-side includes */
#define OPT_SYM_LINKS 4         /* FollowSymLinks */
#define OPT_EXECCGI 8           /* CGI programs */
#define OPT_UNSET 16            /* nothing was said */
#define OPT_INC_WITH_EXEC 0x20  /* includes may run programs */
#define OPT_SYM_OWNER 0x40      /* SymLinksIfOwnerMatch */
#define OPT_MULTI 0x80          /* MultiViews */
#define OPT_ALL (OPT_INDEXES | OPT_INCLUDES | OPT_INC_WITH_EXEC | OPT_SYM_LINKS | OPT_EXECCGI)

/* Results of ap_satisfies(). */
#define SATISFY_ALL 0
#define SATISFY_ANY 1
#define SATISFY_NOSPEC 2

/* Sets of OPT_*, of OR_* (http_config.h) and of ETAG_* bits. */
typedef unsigned char allow_options_t;
typedef unsigned int overrides_t;
typedef unsigned long etag_components_t;

/* Options in force for r; what its .htaccess files may override. */
AP_DECLARE(int) ap_allow_options(request_rec *r);
AP_DECLARE(int) ap_allow_overrides(request_rec *r);

/* ---- Values of core settings --------------------------------------------- */

/* Switches with an unset state, and how two of them merge. */
#define AP_CORE_CONFIG_OFF 0
#define AP_CORE_CONFIG_ON 1
#define AP_CORE_CONFIG_UNSET 2
#define AP_CORE_MERGE_FLAG(field, to, base, over) \
    ((to)->field = (over)->field != AP_CORE_CONFIG_UNSET ? (over)->field \
                                                         : (base)->field)

/* EnableMMAP and EnableSendfile. */
#define ENABLE_MMAP_OFF 0
#define ENABLE_MMAP_ON 1
#define ENABLE_MMAP_UNSET 2
#define ENABLE_SENDFILE_OFF 0
#define ENABLE_SENDFILE_ON 1
#define ENABLE_SENDFILE_UNSET 2
#define AP_SENDFILE_ENABLED(x) ((x) == ENABLE_SENDFILE_ON)

/* AddDefaultCharset. */
#define ADD_DEFAULT_CHARSET_OFF 0
#define ADD_DEFAULT_CHARSET_ON 1
#define ADD_DEFAULT_CHARSET_UNSET 2

/* CGIPassAuth: may programs see the Authorization field. */
#define AP_CGI_PASS_AUTH_OFF 0
#define AP_CGI_PASS_AUTH_ON 1
#define AP_CGI_PASS_AUTH_UNSET 2

/* FileETag: what entity tags are made of. BACKWARD is the default. */
#define ETAG_UNSET 0
#define ETAG_NONE 1
#define ETAG_MTIME 2
#define ETAG_INODE 4
#define ETAG_SIZE 8
#define ETAG_DIGEST 16
#define ETAG_ALL (ETAG_MTIME | ETAG_INODE | ETAG_SIZE)
#define ETAG_BACKWARD (ETAG_MTIME | ETAG_SIZE)

/* HostnameLookups; DOUBLE checks that the name leads back. */
#define HOSTNAME_LOOKUP_OFF 0
#define HOSTNAME_LOOKUP_ON 1
#define HOSTNAME_LOOKUP_DOUBLE 2
#define HOSTNAME_LOOKUP_UNSET 3

/* UseCanonicalName and UseCanonicalPhysicalPort: which name and port URLs to
 * ourselves have. */
#define USE_CANONICAL_NAME_OFF 0
#define USE_CANONICAL_NAME_ON 1
#define USE_CANONICAL_NAME_DNS 2
#define USE_CANONICAL_NAME_UNSET 3
#define USE_CANONICAL_PHYS_PORT_OFF 0
#define USE_CANONICAL_PHYS_PORT_ON 1
#define USE_CANONICAL_PHYS_PORT_UNSET 2

/* Which section of <If>, <Else>, <ElseIf> this is. */
#define AP_CONDITION_IF 1
#define AP_CONDITION_ELSE 2
#define AP_CONDITION_ELSEIF (AP_CONDITION_ELSE | AP_CONDITION_IF)

/* MaxRanges and its kin, besides plain numbers. */
#define AP_MAXRANGES_DEFAULT (-2)
#define AP_MAXRANGES_UNSET (-1)
#define AP_MAXRANGES_NORANGES 0
#define AP_MAXRANGES_UNLIMITED (-3)

/* TraceEnable; extended: with a request body. */
#define AP_TRACE_UNSET (-1)
#define AP_TRACE_DISABLE 0
#define AP_TRACE_ENABLE 1
#define AP_TRACE_EXTENDED 2

/* MergeTrailers. */
#define AP_MERGE_TRAILERS_UNSET 0
#define AP_MERGE_TRAILERS_ENABLE 1
#define AP_MERGE_TRAILERS_DISABLE 2

/* HttpProtocolOptions: versions below 1.0, strictness, unknown methods. */
#define AP_HTTP09_UNSET 0
#define AP_HTTP09_ENABLE 1
#define AP_HTTP09_DISABLE 2
#define AP_HTTP_CONFORMANCE_UNSET 0
#define AP_HTTP_CONFORMANCE_UNSAFE 1
#define AP_HTTP_CONFORMANCE_STRICT 2
#define AP_HTTP_METHODS_UNSET 0
#define AP_HTTP_METHODS_LENIENT 1
#define AP_HTTP_METHODS_REGISTERED 2

/* ServerSignature. */
typedef enum server_signature_e {
    srv_sig_unset = 0,          /* nothing was said */
    srv_sig_off = 1,            /* no line under pages of the server */
    srv_sig_on = 2,             /* server and host */
    srv_sig_withmail = 3        /* with the administrator's address */
} server_signature_e;

/* LimitInternalRecursion where it is not configured. */
#define AP_DEFAULT_MAX_INTERNAL_REDIRECTS 10
#define AP_DEFAULT_MAX_SUBREQ_DEPTH 10

/* Output below this is worth waiting for more. */
#define AP_MIN_BYTES_TO_WRITE 0x1f40

/* ---- The core's records -------------------------------------------------- */

/* The core; its index is known, so that its records can be reached without
 * it. */
extern AP_DECLARE_DATA module core_module;
#define AP_CORE_MODULE_INDEX 0

/* The core's slot in a vector. Inlined, see the end of this header. */
AP_DECLARE(void *) ap_get_core_module_config(const ap_conf_vector_t *cv);
AP_DECLARE(void) ap_set_core_module_config(ap_conf_vector_t *cv, void *val);

/* A Require of old; kept for its layout. */
struct require_line {
    apr_int64_t method_mask;    /* methods it concerns */
    char *requirement;          /* its text */
};

/* The core's record of a request; in r->request_config. */
struct core_request_config {
    struct apr_bucket_brigade *bb;      /* of the main request; for filters
                                         * of old */
    void **notes;                       /* by number, see
                                         * ap_get_request_note(); NULL: none
                                         * yet */
    char **response_code_strings;       /* set by ap_custom_response(), by
                                         * ap_index_of_response(); NULL: none */
    const char *document_root;          /* ap_set_document_root(); NULL: the
                                         * server's */
    /* ap_set_context_info() */
    const char *context_document_root;
    const char *context_prefix;
    int deliver_script;                 /* send a script's text instead of
                                         * running it */
    int suppress_charset;               /* AddDefaultCharset does not apply */
};

/* The core's record of a directory; r->per_dir_config has the merged one. */
struct core_dir_config {
    char *d;                            /* the section's argument; NULL at
                                         * server level */
    unsigned int d_components;          /* slashes in it */
    /* Options in force, and what +X and -X change */
    allow_options_t opts;
    allow_options_t opts_add;
    allow_options_t opts_remove;
    overrides_t override;               /* AllowOverride, OR_* bits */
    allow_options_t override_opts;      /* AllowOverride Options= */
    char **response_code_strings;       /* ErrorDocument of old: text by
                                         * ap_index_of_response(); NULL: none */
    unsigned int hostname_lookups : 4;  /* HOSTNAME_LOOKUP_* */
    unsigned int content_md5 : 2;       /* ContentDigest */
    unsigned int use_canonical_name : 2;        /* USE_CANONICAL_NAME_* */
    unsigned int d_is_fnmatch : 1;      /* d has wildcards */
    /* AddDefaultCharset */
    unsigned int add_default_charset : 2;
    const char *add_default_charset_name;
    /* RLimit*, NULL: not limited */
    struct rlimit *limit_cpu;
    struct rlimit *limit_mem;
    struct rlimit *limit_nproc;
    apr_off_t limit_req_body;           /* LimitRequestBody, bytes; negative:
                                         * unset */
    long limit_xml_body;                /* LimitXMLRequestBody, bytes */
    server_signature_e server_signature;        /* ServerSignature */
    apr_array_header_t *sec_file;       /* vectors of <Files> sections, in
                                         * order; NULL: none */
    apr_array_header_t *sec_if;         /* vectors of <If> sections, in
                                         * order; NULL: none */
    ap_regex_t *r;                      /* expression of a ~ or Match section */
    const char *mime_type;              /* ForceType */
    const char *handler;                /* SetHandler */
    /* SetOutputFilter and SetInputFilter: names, ';' between them */
    const char *output_filters;
    const char *input_filters;
    int accept_path_info;               /* AP_REQ_*_PATH_INFO; 3: not
                                         * configured */
    /* FileETag, ETAG_* bits */
    etag_components_t etag_bits;
    etag_components_t etag_add;
    etag_components_t etag_remove;
    unsigned int enable_mmap : 2;       /* ENABLE_MMAP_* */
    unsigned int enable_sendfile : 2;   /* ENABLE_SENDFILE_* */
    unsigned int use_canonical_phys_port : 2;   /* USE_CANONICAL_PHYS_PORT_* */
    unsigned int allow_encoded_slashes : 1;     /* AllowEncodedSlashes is not
                                                 * Off */
    unsigned int decode_encoded_slashes : 1;    /* and not NoDecode */
    unsigned int condition_ifelse : 2;  /* AP_CONDITION_* of an <If> */
    ap_expr_info_t *condition;          /* its expression, NULL for <Else> */
    struct ap_logconf *log;             /* levels set here, NULL: none */
    apr_table_t *override_list;         /* AllowOverrideList: names */
    /* MaxRanges, MaxRangeOverlaps, MaxRangeReversals */
    int max_ranges;
    int max_overlaps;
    int max_reversals;
    apr_array_header_t *refs;           /* regular expression groups as
                                         * variables (MATCH_*), names */
    apr_hash_t *response_code_exprs;    /* ErrorDocument: status (int) to
                                         * ap_expr_info_t, or a marker for
                                         * "default" */
    unsigned int cgi_pass_auth : 2;     /* AP_CGI_PASS_AUTH_* */
    unsigned int qualify_redirect_url : 2;      /* QualifyRedirectURL */
    ap_expr_info_t *expr_handler;       /* SetHandler with an expression */
    apr_hash_t *cgi_var_rules;          /* CGIVar: variable to rule */
    apr_size_t read_buf_size;           /* ReadBufferSize, bytes; 0: unset */
};

/* The core's record of a host. */
struct core_server_config {
    char *gprof_dir;                    /* GprofDir */
    const char *ap_document_root;       /* DocumentRoot */
    char *access_name;                  /* AccessFileName: names */
    apr_array_header_t *sec_dir;        /* vectors of <Directory>, sorted by
                                         * depth */
    apr_array_header_t *sec_url;        /* vectors of <Location>, in order */
    /* LimitInternalRecursion; 0: unset */
    int redirect_limit;
    int subreq_limit;
    const char *protocol;               /* Protocol: "https" ...; NULL: unset */
    apr_table_t *accf_map;              /* AcceptFilter: protocol to filter */
    /* ErrorLogFormat: of a line, of what comes once per connection, per
     * request */
    apr_array_header_t *error_log_format;
    apr_array_header_t *error_log_conn;
    apr_array_header_t *error_log_req;
    int trace_enable;                   /* AP_TRACE_* */
    int merge_trailers;                 /* AP_MERGE_TRAILERS_* */
    apr_array_header_t *protocols;      /* Protocols: names, best first */
    int protocols_honor_order;          /* ProtocolsHonorOrder */
    char http09_enable;                 /* AP_HTTP09_* */
    char http_conformance;              /* AP_HTTP_CONFORMANCE_* */
    char http_methods;                  /* AP_HTTP_METHODS_* */
    unsigned int merge_slashes;         /* MergeSlashes, AP_CORE_CONFIG_* */
    apr_size_t flush_max_threshold;     /* FlushMaxThreshold, bytes */
    apr_int32_t flush_max_pipelined;    /* FlushMaxPipelined, responses */
    unsigned int strict_host_check;     /* StrictHostCheck, AP_CORE_CONFIG_* */
};

/* LimitRequestBody (0: no limit), LimitXMLRequestBody and ReadBufferSize in
 * force for r, bytes. */
AP_DECLARE(apr_off_t) ap_get_limit_req_body(const request_rec *r);
AP_DECLARE(apr_size_t) ap_get_limit_xml_body(const request_rec *r);
AP_DECLARE(apr_size_t) ap_get_read_buf_size(const request_rec *r);

/* Adds a section's vector to a host or to an outer section; for containers. An
 * <Else> without an <If> is an error. */
AP_DECLARE(void) ap_add_per_dir_conf(server_rec *s, void *dir_config);
AP_DECLARE(void) ap_add_per_url_conf(server_rec *s, void *url_config);
AP_DECLARE(void) ap_add_file_conf(apr_pool_t *p, core_dir_config *conf,
    void *url_config);
AP_DECLARE(const char *) ap_add_if_conf(apr_pool_t *p, core_dir_config *conf,
    void *url_config);

/* Sorts sections of a host by depth, plain names ahead of expressions. */
AP_DECLARE(void) ap_core_reorder_directories(apr_pool_t *, server_rec *);

/* Directive function of <Limit> and <LimitExcept>. */
AP_DECLARE(const char *) ap_limit_section(cmd_parms *cmd, void *dummy,
    const char *arg);

/* Register the hooks of these parts of the server; for the core module. */
AP_DECLARE(void) ap_register_config_hooks(apr_pool_t *p);
AP_DECLARE(void) ap_register_log_hooks(apr_pool_t *p);

/* ---- Names and URLs of the server ---------------------------------------- */

/* The name for URLs to ourselves, as UseCanonicalName says; for_url: an IPv6
 * address in brackets. */
AP_DECLARE(const char *) ap_get_server_name(request_rec *r);
AP_DECLARE(const char *) ap_get_server_name_for_url(request_rec *r);

/* The port for such URLs. */
AP_DECLARE(apr_port_t) ap_get_server_port(const request_rec *r);

/* Scheme, server, port and uri, which begins with a slash. */
AP_DECLARE(char *) ap_construct_url(apr_pool_t *p, const char *uri,
    request_rec *r);

/* Protocol of a host, NULL for none. Not copied. */
AP_DECLARE(const char *) ap_get_server_protocol(server_rec *s);
AP_DECLARE(void) ap_set_server_protocol(server_rec *s, const char *proto);

/* DocumentRoot for this request, without a slash at its end. */
AP_DECLARE(const char *) ap_document_root(request_rec *r);

/* Whether -D or Define gave this name. */
AP_DECLARE(int) ap_exists_config_define(const char *name);

/* ---- The client's name and user ------------------------------------------ */

/* type of ap_get_remote_host(). */
#define REMOTE_HOST 0           /* the name or NULL */
#define REMOTE_NAME 1           /* the name, or else the address */
#define REMOTE_NOLOOKUP 2       /* what is known already, or the address */
#define REMOTE_DOUBLE_REV 3     /* the name if it leads back, or NULL */

/* Name or address of the peer, in its pool; may block on DNS. dir_config says
 * whether to look up. *str_is_ip, if asked, tells which it is. */
AP_DECLARE(const char *) ap_get_remote_host(conn_rec *conn, void *dir_config,
    int type, int *str_is_ip);

/* The same for the client of a request, behind trusted proxies. */
AP_DECLARE(const char *) ap_get_useragent_host(request_rec *req, int type,
    int *str_is_ip);

/* What ident says (mod_ident); NULL without it. */
AP_DECLARE(const char *) ap_get_remote_logname(request_rec *r);

/* AuthType, AuthName and Satisfy in force, from the modules that know; NULL or
 * SATISFY_NOSPEC without them. */
AP_DECLARE(const char *) ap_auth_type(request_rec *r);
AP_DECLARE(const char *) ap_auth_name(request_rec *r);
AP_DECLARE(int) ap_satisfies(request_rec *r);

/* ---- Requests ------------------------------------------------------------ */

/* The last translate_name hook: uri below the document root. */
AP_DECLARE(int) ap_core_translate(request_rec *r);

/* What to send with a status for this request: a URL, a path, or text with a
 * double quote in front. Copied. */
AP_DECLARE(void) ap_custom_response(request_rec *r, int status,
    const char *string);

/* Whether r has too many redirects or subrequests above it; logs how it came to
 * that. */
AP_DECLARE(int) ap_is_recursion_limit_exceeded(const request_rec *r);

/* AddOutputFilterByType of old; mod_filter does that now. */
AP_DECLARE(void) ap_add_output_filters_by_type(request_rec *r);

/* Numbers of notes that are taken. */
#define AP_NOTE_DIRECTORY_WALK 0
#define AP_NOTE_LOCATION_WALK 1
#define AP_NOTE_FILE_WALK 2
#define AP_NOTE_IF_WALK 3
#define AP_NUM_STD_NOTES 4

/* A new number, in register_hooks; the place of a request for it: a pointer to
 * a pointer, NULL for an unknown number. */
AP_DECLARE(apr_size_t) ap_register_request_note(void);
AP_DECLARE(void **) ap_get_request_note(request_rec *r, apr_size_t note_num);

/* ---- Connections and the network filters --------------------------------- */

/* What the first input filter keeps. */
struct core_filter_ctx {
    apr_bucket_brigade *b;      /* bytes read, not taken; ends in the socket
                                 * bucket */
    apr_bucket_brigade *tmpbb;  /* scratch */
};

/* Context of the network filters of a connection. */
struct core_net_rec {
    apr_socket_t *client_socket;        /* the socket */
    conn_rec *c;                        /* its connection */
    /* state of each direction, made when first used */
    core_output_filter_ctx_t *out_ctx;
    core_ctx_t *in_ctx;
};

/* The filters that read and write the socket. */
AP_DECLARE(apr_status_t) ap_core_input_filter(ap_filter_t *f,
    apr_bucket_brigade *b, ap_input_mode_t mode, apr_read_type_e block,
    apr_off_t readbytes);
AP_DECLARE(apr_status_t) ap_core_output_filter(ap_filter_t *f,
    apr_bucket_brigade *b);

/* Handles of core filters, for modules that build chains of their own. */
extern AP_DECLARE_DATA ap_filter_rec_t *ap_core_input_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_core_output_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_content_length_filter_handle;
extern AP_DECLARE_DATA ap_filter_rec_t *ap_subreq_core_filter_handle;

/* The socket; NULL for streams and others without one. */
AP_DECLARE(apr_socket_t *) ap_get_conn_socket(conn_rec *c);

/* What to poll for this connection, also when it is a stream; *ptimeout, if
 * asked: for how long. APR_ENOTIMPL: nobody knows. */
AP_DECLARE(apr_status_t) ap_get_pollfd_from_conn(conn_rec *c,
    struct apr_pollfd_t *pfd, apr_interval_time_t *ptimeout);

/* ---- State of the server ------------------------------------------------- */

/* query_code of ap_state_query(): AP_SQ_MS_*, AP_SQ_RM_*, or the number of the
 * generation; the last one: no such query. */
#define AP_SQ_MAIN_STATE 0
#define AP_SQ_RUN_MODE 1
#define AP_SQ_CONFIG_GEN 2
#define AP_SQ_NOT_SUPPORTED (-1)

/* Stations of the server's life. */
#define AP_SQ_MS_INITIAL_STARTUP 1      /* before any configuration */
#define AP_SQ_MS_CREATE_PRE_CONFIG 2    /* first reading, thrown away */
#define AP_SQ_MS_DESTROY_CONFIG 3       /* a configuration goes */
#define AP_SQ_MS_CREATE_CONFIG 4        /* reading the one to be served */
#define AP_SQ_MS_RUN_MPM 5              /* serving */
#define AP_SQ_MS_EXITING 6              /* shutting down */

/* What the process was started for: not known yet; to serve; -t; -S, -M and the
 * like. */
#define AP_SQ_RM_UNKNOWN 1
#define AP_SQ_RM_NORMAL 2
#define AP_SQ_RM_CONFIG_TEST 3
#define AP_SQ_RM_CONFIG_DUMP 4

/* Answers one of these. */
AP_DECLARE(int) ap_state_query(int query_code);

/* ---- Items of ErrorLogFormat --------------------------------------------- */

/* Flags of items. */
#define AP_ERRORLOG_FLAG_FIELD_SEP 1    /* separates fields: dropped where
                                         * nothing was written */
#define AP_ERRORLOG_FLAG_MESSAGE 2      /* this is the message */
#define AP_ERRORLOG_FLAG_REQUIRED 4     /* empty: the whole line is left out */
#define AP_ERRORLOG_FLAG_NULL_AS_HYPHEN 8       /* empty: a "-" */

/* What is known about a log line; valid while it is written. */
struct ap_errorlog_info {
    /* what it is about: server, connection, request, main request of a
     * subrequest; each may be NULL */
    const server_rec *s;
    const conn_rec *c;
    const request_rec *r;
    const request_rec *rmain;
    apr_pool_t *pool;           /* of ap_log_perror() */
    /* where in the source */
    const char *file;
    int line;
    int module_index;           /* whose line it is; APLOG_NO_MODULE */
    int level;                  /* APLOG_* without flags */
    apr_status_t status;        /* APR error, 0: none */
    int using_syslog;           /* syslog adds time and level itself */
    int startup;                /* said on the terminal, without time */
    const char *format;         /* as the caller gave it */
};

/* Writes an item (info, argument in braces, buffer, its size); returns bytes
 * written, 0: nothing to say. Client bytes must be escaped. */
typedef int ap_errorlog_handler_fn_t(const ap_errorlog_info *, const char *,
    char *, int);

/* A registered item. */
struct ap_errorlog_handler {
    ap_errorlog_handler_fn_t *func;     /* what writes it */
    int flags;                          /* for items without flags of their
                                         * own */
};

/* An item of a parsed format. */
struct ap_errorlog_format_item {
    ap_errorlog_handler_fn_t *func;     /* what writes it */
    const char *arg;                    /* in braces, or text between items */
    unsigned int flags;                 /* AP_ERRORLOG_FLAG_* */
    unsigned int min_loglevel;          /* only for lines of this level and
                                         * more verbose ones */
};

/* A new letter, the first of tag, for %-items. From pre_config, with pconf. */
AP_DECLARE(void) ap_register_errorlog_handler(apr_pool_t *p, char *tag,
    ap_errorlog_handler_fn_t *handler, int flags);

/* ---- Management items (nobody asks for them yet) ------------------------- */

/* Kind of a value. */
typedef enum ap_mgmt_type_e {
    ap_mgmt_type_string = 0,    /* a string */
    ap_mgmt_type_long = 1,      /* a number */
    ap_mgmt_type_hash = 2       /* items by name */
} ap_mgmt_type_e;

/* Its value. */
union ap_mgmt_value {
    const char *s_value;        /* a string */
    long i_value;               /* a number */
    apr_hash_t *h_value;        /* ap_mgmt_item_t by name */
};

/* Something worth knowing about the server. */
struct ap_mgmt_item_t {
    const char *description;    /* for people */
    const char *name;           /* for programs */
    ap_mgmt_type_e vtype;       /* kind of v */
    ap_mgmt_value v;            /* its value */
};

/* ---- Hooks --------------------------------------------------------------- */

/* A line was written to the error log; errstr has no line end. May be called in
 * any state. */
AP_DECLARE_HOOK(void, error_log, (const ap_errorlog_info *info,
    const char *errstr))

/* Add what matches val to ht. OK or DECLINED. */
AP_DECLARE_HOOK(int, get_mgmt_items, (apr_pool_t *p, const char *val,
    apr_hash_t *ht))

/* See ap_get_pollfd_from_conn(). APR_ENOTIMPL: not my connection. */
AP_DECLARE_HOOK(apr_status_t, get_pollfd_from_conn, (conn_rec *c,
    struct apr_pollfd_t *pfd, apr_interval_time_t *ptimeout))

/* Put a bucket for reading the connection into bb instead of the socket's.
 * APR_SUCCESS, or AP_DECLINED. */
AP_DECLARE_HOOK(apr_status_t, insert_network_bucket, (conn_rec *c,
    apr_bucket_brigade *bb, apr_socket_t *socket))

/* Declared by AP_DECLARE_HOOK, too. */
AP_DECLARE(void) ap_hook_get_mgmt_items(ap_HOOK_get_mgmt_items_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder);
AP_DECLARE(void) ap_hook_get_pollfd_from_conn(ap_HOOK_get_pollfd_from_conn_t *pf,
    const char *const *aszPre, const char *const *aszSucc, int nOrder);

/* ---- Optional functions of other modules; NULL without them -------------- */

/* Satisfy (mod_access_compat); AuthName, AuthType (mod_authn_core); whether a
 * Require is in force (mod_authz_core). */
APR_DECLARE_OPTIONAL_FN(int, access_compat_ap_satisfies, (request_rec *r));
APR_DECLARE_OPTIONAL_FN(const char *, authn_ap_auth_name, (request_rec *r));
APR_DECLARE_OPTIONAL_FN(const char *, authn_ap_auth_type, (request_rec *r));
APR_DECLARE_OPTIONAL_FN(int, authz_some_auth_required, (request_rec *r));

/* The user by RFC 1413 (mod_ident). */
APR_DECLARE_OPTIONAL_FN(const char *, ap_ident_lookup, (request_rec *r));

/* Bytes on the wire (mod_logio): added by filters that know better; sent for
 * the last request. */
APR_DECLARE_OPTIONAL_FN(void, ap_logio_add_bytes_in, (conn_rec *c,
    apr_off_t bytes));
APR_DECLARE_OPTIONAL_FN(void, ap_logio_add_bytes_out, (conn_rec *c,
    apr_off_t bytes));
APR_DECLARE_OPTIONAL_FN(apr_off_t, ap_logio_get_last_bytes, (conn_rec *c));

/* ---- Inlined forms ------------------------------------------------------- */

/* The core is always the first in a vector. */
#define ap_get_core_module_config(v) \
    (((void **)(v))[AP_CORE_MODULE_INDEX])
#define ap_set_core_module_config(v, val) \
    ((((void **)(v))[AP_CORE_MODULE_INDEX]) = (val))

#ifdef __cplusplus
}
#endif

#endif
