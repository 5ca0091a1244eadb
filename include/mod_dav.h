/* SPDX-License-Identifier: Apache-2.0 */
/* mod_dav.h -- WebDAV: providers of repositories, properties, locks,
 * versions
 *
 * mod_dav parses requests (RFC 4918, versions RFC 3253, search RFC 5323) and
 * calls a provider: a record of hook tables, of which repos and propdb must be
 * there. Functions return NULL or an error; results live in the request's pool
 * unless a pool is given.
 */
#ifndef CLEAT_MOD_DAV_H
#define CLEAT_MOD_DAV_H

#include <apr_hooks.h>
#include <apr_hash.h>
#include <apr_dbm.h>
#include <apr_tables.h>
#include <apr_xml.h>
#include "httpd.h"
#include "util_filter.h"
#include "util_xml.h"
#include "http_log.h"

#include <limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct dav_error dav_error;
typedef struct dav_response dav_response;
typedef struct dav_hooks_propdb dav_hooks_propdb;
typedef struct dav_hooks_locks dav_hooks_locks;
typedef struct dav_hooks_vsn dav_hooks_vsn;
typedef struct dav_hooks_repository dav_hooks_repository;
typedef struct dav_hooks_liveprop dav_hooks_liveprop;
typedef struct dav_hooks_binding dav_hooks_binding;
typedef struct dav_hooks_search dav_hooks_search;
typedef struct dav_resource dav_resource;
typedef struct dav_buffer dav_buffer;
typedef struct dav_get_props_result dav_get_props_result;
typedef struct dav_lookup_result dav_lookup_result;
typedef struct dav_xmlns_info dav_xmlns_info;
typedef struct dav_provider dav_provider;
typedef struct dav_if_state_list dav_if_state_list;
typedef struct dav_if_header dav_if_header;
typedef struct dav_locktoken_list dav_locktoken_list;
typedef struct dav_liveprop_spec dav_liveprop_spec;
typedef struct dav_liveprop_group dav_liveprop_group;
typedef struct dav_liveprop_elem dav_liveprop_elem;
typedef struct dav_prop_name dav_prop_name;
typedef struct dav_lockdb dav_lockdb;
typedef struct dav_lock dav_lock;
typedef struct dav_prop_ctx dav_prop_ctx;
typedef struct dav_walk_resource dav_walk_resource;
typedef struct dav_walk_params dav_walk_params;
typedef struct dav_walker_ctx dav_walker_ctx;
typedef struct dav_auto_version_info dav_auto_version_info;
typedef struct dav_report_elem dav_report_elem;
typedef struct dav_elem_private dav_elem_private;
typedef struct dav_options_provider dav_options_provider;
typedef struct dav_resource_type_provider dav_resource_type_provider;

/* Opaque: the repository's. */
typedef struct dav_resource_private dav_resource_private;

/* Opaque: the lock provider's. */
typedef struct dav_locktoken dav_locktoken;

/* Opaque: how to undo a change. */
typedef struct dav_liveprop_rollback dav_liveprop_rollback;

/* Opaque: an open store of properties. */
typedef struct dav_db dav_db;

/* Opaque: namespaces of a document in such a store. */
typedef struct dav_namespace_map dav_namespace_map;

/* Opaque: how to undo a change. */
typedef struct dav_deadprop_rollback dav_deadprop_rollback;

/* Opaque: the lock provider's. */
typedef struct dav_lockdb_private dav_lockdb_private;

/* Opaque: the lock provider's. */
typedef struct dav_lock_private dav_lock_private;

/* Opaque: all properties of a resource. */
typedef struct dav_propdb dav_propdb;

/* Opaque: a file being written. */
typedef struct dav_stream dav_stream;

/* ---- Linkage, version, debugging ----------------------------------------- */

/* Linkage; this header was included; the version. */
#define DAV_DECLARE(type) type
#define DAV_DECLARE_NONSTD(type) type
#define DAV_DECLARE_DATA
#define _MOD_DAV_H_
#define DAV_VERSION "2.4.71"

/* Lines for the error log while debugging. */
#define DAV_DEBUG 1
#define DEBUG_CR ""
#define DBG0(f) \
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, (f))
#define DBG1(f, a1) \
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, (f), a1)
#define DBG2(f, a1, a2) \
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, (f), a1, a2)
#define DBG3(f, a1, a2, a3) \
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, (f), a1, a2, a3)

/* ---- Texts and numbers --------------------------------------------------- */

/* First line and type of XML responses; bytes read at a time. */
#define DAV_XML_HEADER "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
#define DAV_XML_CONTENT_TYPE "text/xml; charset=\"utf-8\""
#define DAV_READ_BLOCKSIZE 0x800

/* Pieces of error pages. */
#define DAV_RESPONSE_BODY_1 "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">"
#define DAV_RESPONSE_BODY_2 "</title>"
#define DAV_RESPONSE_BODY_3 "</h1>"
#define DAV_RESPONSE_BODY_4 "</p>"
#define DAV_RESPONSE_BODY_5 "</body></html>"

/* Depth: infinity; a lock without an end. */
#define DAV_INFINITY 0x7fffffff
#define DAV_TIMEOUT_INFINITE 0

/* Dates: which way to write; bytes they need. */
#define DAV_STYLE_ISO8601 1
#define DAV_STYLE_RFC822 2
#define DAV_TIMEBUF_SIZE 30

/* COPY or MOVE. */
#define DAV_DO_COPY 0
#define DAV_DO_MOVE 1

/* ---- Errors -------------------------------------------------------------- */

/* What went wrong; in a request's pool. */
struct dav_error {
    int status;                 /* HTTP status */
    int error_id;               /* DAV_ERR_*, 0 */
    const char *desc;           /* for people */
    apr_status_t aprerr;        /* of the system, APR_SUCCESS */
    /* XML element that tells programs, NULL: none */
    const char *namespace;
    const char *tagname;
    struct dav_error *prev;     /* cause of this */
    const char *childtags;      /* XML inside it */
};

/* Ids: about If, properties, locks. */
#define DAV_ERR_IF_PARSE 100
#define DAV_ERR_IF_MULTIPLE_NOT 101
#define DAV_ERR_IF_UNK_CHAR 102
#define DAV_ERR_IF_ABSENT 103
#define DAV_ERR_IF_TAGGED 104
#define DAV_ERR_IF_UNCLOSED_PAREN 105
#define DAV_ERR_PROP_BAD_MAJOR 200
#define DAV_ERR_PROP_READONLY 201
#define DAV_ERR_PROP_NO_DATABASE 202
#define DAV_ERR_PROP_NOT_FOUND 203
#define DAV_ERR_PROP_BAD_LOCKDB 204
#define DAV_ERR_PROP_OPENING 205
#define DAV_ERR_PROP_EXEC 206
#define DAV_ERR_LOCK_OPENDB 0x190
#define DAV_ERR_LOCK_NO_DB 0x191
#define DAV_ERR_LOCK_CORRUPT_DB 0x192
#define DAV_ERR_LOCK_UNK_STATE_TOKEN 0x193
#define DAV_ERR_LOCK_PARSE_TOKEN 0x194
#define DAV_ERR_LOCK_SAVE_LOCK 0x195

/* A new one; with an element; with a cause; two in one chain. */
DAV_DECLARE(dav_error *) dav_new_error(apr_pool_t *p, int status, int error_id,
    apr_status_t aprerr, const char *desc);
DAV_DECLARE(dav_error *) dav_new_error_tag(apr_pool_t *p, int status,
    int error_id, apr_status_t aprerr, const char *desc, const char *namespace,
    const char *tagname);
DAV_DECLARE(dav_error *) dav_push_error(apr_pool_t *p, int status,
    int error_id, const char *desc, dav_error *prev);
DAV_DECLARE(dav_error *) dav_join_error(dav_error *dest, dav_error *src);

/* Answer to a question about properties. */
struct dav_get_props_result {
    apr_text *propstats;        /* propstat elements */
    apr_text *xmlns;            /* namespaces they use */
};

/* Part of a multistatus response (RFC 4918 section 13). */
struct dav_response {
    const char *href;           /* of the resource */
    const char *desc;           /* for people, NULL */
    dav_get_props_result propresult;    /* its properties */
    int status;                 /* HTTP status, 0: in propresult */
    struct dav_response *next;  /* the next one */
};

/* Answers r with an error, or with response as a multistatus; DONE or a
 * status. */
DAV_DECLARE(int) dav_handle_err(request_rec *r, dav_error *err,
    dav_response *response);

/* ---- Resources ----------------------------------------------------------- */

/* Kind of a resource. */
typedef enum dav_resource_type {
    DAV_RESOURCE_TYPE_UNKNOWN = 0,      /* not known */
    DAV_RESOURCE_TYPE_REGULAR = 1,      /* file or collection, versioned or
                                         * not */
    DAV_RESOURCE_TYPE_VERSION = 2,      /* version of one, or a baseline */
    DAV_RESOURCE_TYPE_HISTORY = 3,      /* version history */
    DAV_RESOURCE_TYPE_WORKING = 4,      /* checked out working resource */
    DAV_RESOURCE_TYPE_WORKSPACE = 5,    /* workspace */
    DAV_RESOURCE_TYPE_ACTIVITY = 6,     /* activity */
    DAV_RESOURCE_TYPE_PRIVATE = 7       /* the repository's own */
} dav_resource_type;

/* What a URI names; made by get_resource. */
struct dav_resource {
    dav_resource_type type;     /* its kind */
    int exists;                 /* there is something */
    int collection;             /* it has members */
    int versioned;              /* under version control */
    int baselined;              /* with baselines */
    int working;                /* checked out */
    const char *uri;            /* its URI path */
    dav_resource_private *info; /* the repository's */
    const dav_hooks_repository *hooks;  /* the repository */
    apr_pool_t *pool;           /* where it lives */
};

/* Results of dav_get_resource_state(). */
#define DAV_RESOURCE_LOCK_NULL 10
#define DAV_RESOURCE_NULL 11
#define DAV_RESOURCE_EXISTS 12
#define DAV_RESOURCE_ERROR 13

/* The resource of r; whether there is one, or only a lock. */
DAV_DECLARE(dav_error *) dav_get_resource(request_rec *r, int label_allowed,
    int use_checked_in, dav_resource **res_p);
DAV_DECLARE(int) dav_get_resource_state(request_rec *r,
    const dav_resource *resource);

/* Result of dav_lookup_uri(). */
struct dav_lookup_result {
    request_rec *rnew;  /* subrequest for it, NULL: error */
    dav_error err;      /* what is wrong */
};

/* A request for another URI of this server, as in Destination. */
DAV_DECLARE(dav_lookup_result) dav_lookup_uri(const char *uri, request_rec *r,
    int must_be_absolute);

/* ---- Buffers: strings that are used again -------------------------------- */

/* One; zero it to begin with. */
struct dav_buffer {
    apr_size_t alloc_len;       /* bytes it has */
    apr_size_t cur_len;         /* bytes used */
    char *buf;                  /* the bytes */
};

/* Bytes a buffer begins with; spare ones. */
#define DAV_BUFFER_MINSIZE 0x100
#define DAV_BUFFER_PAD 0x40

/* Set to a string; add one; put one behind the used part, uncounted; put bytes
 * there. */
DAV_DECLARE(void) dav_buffer_init(apr_pool_t *p, dav_buffer *pbuf,
    const char *str);
DAV_DECLARE(void) dav_buffer_append(apr_pool_t *p, dav_buffer *pbuf,
    const char *str);
DAV_DECLARE(void) dav_buffer_place(apr_pool_t *p, dav_buffer *pbuf,
    const char *str);
DAV_DECLARE(void) dav_buffer_place_mem(apr_pool_t *p, dav_buffer *pbuf,
    const void *mem, apr_size_t amt, apr_size_t pad);

/* Exactly so many; room for more. */
DAV_DECLARE(void) dav_set_bufsize(apr_pool_t *p, dav_buffer *pbuf,
    apr_size_t size);
DAV_DECLARE(void) dav_check_bufsize(apr_pool_t *p, dav_buffer *pbuf,
    apr_size_t extra_needed);

/* ---- XML ----------------------------------------------------------------- */

/* Text of an element; strip_white: without blanks around it. */
DAV_DECLARE(const char *) dav_xml_get_cdata(const apr_xml_elem *elem,
    apr_pool_t *pool, int strip_white);

/* Is this the document's element; a child; the next one of that name; an
 * attribute: in DAV:, or a namespace by number. NULL: none. */
DAV_DECLARE(int) dav_validate_root(const apr_xml_doc *doc,
    const char *tagname);
DAV_DECLARE(int) dav_validate_root_ns(const apr_xml_doc *doc, int ns,
    const char *tagname);
DAV_DECLARE(apr_xml_elem *) dav_find_child(const apr_xml_elem *elem,
    const char *tagname);
DAV_DECLARE(apr_xml_elem *) dav_find_child_ns(const apr_xml_elem *elem, int ns,
    const char *tagname);
DAV_DECLARE(apr_xml_elem *) dav_find_next_ns(const apr_xml_elem *elem, int ns,
    const char *tagname);
DAV_DECLARE(apr_xml_attr *) dav_find_attr(const apr_xml_elem *elem,
    const char *attrname);
DAV_DECLARE(apr_xml_attr *) dav_find_attr_ns(const apr_xml_elem *elem, int ns,
    const char *attrname);

/* Namespaces and prefixes of a response. */
struct dav_xmlns_info {
    apr_pool_t *pool;   /* where it lives */
    /* both ways */
    apr_hash_t *uri_prefix;
    apr_hash_t *prefix_uri;
    int count;          /* for new prefixes */
};

/* A new one; a pair; a URI, for which a prefix is made; look up; as
 * attributes. */
DAV_DECLARE(dav_xmlns_info *) dav_xmlns_create(apr_pool_t *pool);
DAV_DECLARE(void) dav_xmlns_add(dav_xmlns_info *xi, const char *prefix,
    const char *uri);
DAV_DECLARE(const char *) dav_xmlns_add_uri(dav_xmlns_info *xi,
    const char *uri);
DAV_DECLARE(const char *) dav_xmlns_get_uri(dav_xmlns_info *xi,
    const char *prefix);
DAV_DECLARE(const char *) dav_xmlns_get_prefix(dav_xmlns_info *xi,
    const char *uri);
DAV_DECLARE(void) dav_xmlns_generate(dav_xmlns_info *xi,
    apr_text_header *phdr);

/* ---- Providers ----------------------------------------------------------- */

/* A repository. What may be missing is NULL. */
struct dav_provider {
    const dav_hooks_repository *repos;  /* files and collections */
    const dav_hooks_propdb *propdb;     /* dead properties */
    const dav_hooks_locks *locks;       /* locks, or NULL */
    const dav_hooks_vsn *vsn;           /* versions, or NULL */
    const dav_hooks_binding *binding;   /* bindings (RFC 5842), or NULL */
    const dav_hooks_search *search;     /* search, or NULL */
    void *ctx;                          /* the provider's own */
};

/* Under the name that "Dav name" uses; from register_hooks. */
DAV_DECLARE(void) dav_register_provider(apr_pool_t *p, const char *name,
    const dav_provider *hooks);
DAV_DECLARE(const dav_provider *) dav_lookup_provider(const char *name);

/* Of r; its name; DavBasePath or NULL. */
DAV_DECLARE(const dav_provider *) dav_get_provider(request_rec *r);
DAV_DECLARE(const char *) dav_get_provider_name(request_rec *r);
DAV_DECLARE(const char *) dav_get_base_path(request_rec *r);

/* Parts of r's provider. */
DAV_DECLARE(const dav_hooks_locks *) dav_get_lock_hooks(request_rec *r);
DAV_DECLARE(const dav_hooks_propdb *) dav_get_propdb_hooks(request_rec *r);
DAV_DECLARE(const dav_hooks_vsn *) dav_get_vsn_hooks(request_rec *r);
DAV_DECLARE(const dav_hooks_binding *) dav_get_binding_hooks(request_rec *r);
DAV_DECLARE(const dav_hooks_search *) dav_get_search_hooks(request_rec *r);
#define DAV_GET_HOOKS_PROPDB(r) dav_get_propdb_hooks(r)
#define DAV_GET_HOOKS_LOCKS(r) dav_get_lock_hooks(r)
#define DAV_GET_HOOKS_VSN(r) dav_get_vsn_hooks(r)
#define DAV_GET_HOOKS_BINDING(r) dav_get_binding_hooks(r)
#define DAV_GET_HOOKS_SEARCH(r) dav_get_search_hooks(r)

/* ---- Walking ------------------------------------------------------------- */

/* walk_type: only what the client may see; all that exists; locked names, too;
 * go on after errors. */
#define DAV_WALKTYPE_AUTH 1
#define DAV_WALKTYPE_NORMAL 2
#define DAV_WALKTYPE_LOCKNULL 4
#define DAV_WALKTYPE_TOLERANT 8

/* Why func is called. */
enum {
    DAV_CALLTYPE_MEMBER = 1,            /* for a file */
    DAV_CALLTYPE_COLLECTION = 2,        /* for a collection, ahead of its
                                         * members */
    DAV_CALLTYPE_LOCKNULL = 3           /* for a locked name */
};

/* Argument of func. */
struct dav_walk_resource {
    void *walk_ctx;                     /* from the parameters */
    apr_pool_t *pool;                   /* cleared for each */
    const dav_resource *resource;       /* this one */
    dav_response *response;             /* errors so far */
};

/* What the repository's walk needs. */
struct dav_walk_params {
    int walk_type;              /* DAV_WALKTYPE_* */
    /* called for each; an error ends the walk */
    dav_error *(*func)(dav_walk_resource *, int);
    void *walk_ctx;             /* for func */
    apr_pool_t *pool;           /* for the walk */
    const dav_resource *root;   /* where it begins */
    dav_lockdb *lockdb;         /* for LOCKNULL, or NULL */
};

/* mod_dav's own walk_ctx. */
struct dav_walker_ctx {
    dav_walk_params w;          /* its walk */
    apr_bucket_brigade *bb;     /* where responses go */
    apr_pool_t *scratchpool;    /* cleared for each resource */
    request_rec *r;             /* the request */
    apr_xml_doc *doc;           /* of a PROPFIND */
    int propfind_type;          /* DAV_PROPFIND_* */
    apr_text *propstat_404;     /* made once */
    const dav_if_header *if_header;     /* of the request */
    const dav_locktoken *locktoken;     /* that is meant */
    const dav_lock *lock;       /* to add */
    int skip_root;              /* leave the first out */
    int flags;                  /* DAV_VALIDATE_* */
    dav_buffer work_buf;        /* scratch */
};

/* ---- Repositories -------------------------------------------------------- */

/* How it is opened. */
typedef enum dav_stream_mode {
    DAV_MODE_WRITE_TRUNC = 0,           /* from its start */
    DAV_MODE_WRITE_SEEKABLE = 1         /* anywhere */
} dav_stream_mode;

/* Functions of a repository. */
struct dav_hooks_repository {
    int handle_get;     /* mod_dav calls deliver for GET */
    /* (request, root, label, use checked-in, result) */
    dav_error *(*get_resource)(request_rec *, const char *, const char *, int,
        dav_resource **);
    /* NULL for the root */
    dav_error *(*get_parent_resource)(const dav_resource *, dav_resource **);
    /* are they one */
    int (*is_same_resource)(const dav_resource *, const dav_resource *);
    /* is the first above the second */
    int (*is_parent_resource)(const dav_resource *, const dav_resource *);
    /* begins to write */
    dav_error *(*open_stream)(const dav_resource *, dav_stream_mode,
        dav_stream **);
    /* commit: keep what was written */
    dav_error *(*close_stream)(dav_stream *, int);
    /* bytes */
    dav_error *(*write_stream)(dav_stream *, const void *, apr_size_t);
    dav_error *(*seek_stream)(dav_stream *, apr_off_t); /* to an offset */
    /* for GET */
    dav_error *(*set_headers)(request_rec *, const dav_resource *);
    /* content of GET into a filter */
    dav_error *(*deliver)(const dav_resource *, ap_filter_t *);
    dav_error *(*create_collection)(dav_resource *);    /* MKCOL */
    /* (source, destination, depth, response) */
    dav_error *(*copy_resource)(const dav_resource *, dav_resource *, int,
        dav_response **);
    /* (source, destination, response) */
    dav_error *(*move_resource)(dav_resource *, dav_resource *,
        dav_response **);
    /* with its members */
    dav_error *(*remove_resource)(dav_resource *, dav_response **);
    /* (parameters, depth, response) */
    dav_error *(*walk)(const dav_walk_params *, int, dav_response **);
    const char *(*getetag)(const dav_resource *);       /* entity tag or NULL */
    void *ctx;                          /* its own */
    /* request of a resource, or NULL */
    request_rec *(*get_request_rec)(const dav_resource *);
    /* file of a resource, or NULL */
    const char *(*get_pathname)(const dav_resource *);
};

/* ---- Live properties: those the server computes -------------------------- */

/* What to write of a property, and what was written. */
typedef enum dav_prop_insert {
    DAV_PROP_INSERT_NOTDEF = 0,         /* not defined here */
    DAV_PROP_INSERT_NOTSUPP = 1,        /* not supported */
    DAV_PROP_INSERT_NAME = 2,           /* its name */
    DAV_PROP_INSERT_VALUE = 3,          /* its value */
    DAV_PROP_INSERT_SUPPORTED = 4       /* that it is supported */
} dav_prop_insert;

/* Ranges of ids, for modules. */
#define DAV_PROPID_CORE 0x2710
#define DAV_PROPID_FS 0x2774
#define DAV_PROPID_TEST1 0x283c
#define DAV_PROPID_TEST2 0x28a0
#define DAV_PROPID_TEST3 0x2904

/* Ids of properties of RFC 4918, RFC 3253 and related ones; each is called as
 * its element. */
enum {
    DAV_PROPID_BEGIN = 20000,
    DAV_PROPID_creationdate = 20001,
    DAV_PROPID_displayname = 20002,
    DAV_PROPID_getcontentlanguage = 20003,
    DAV_PROPID_getcontentlength = 20004,
    DAV_PROPID_getcontenttype = 20005,
    DAV_PROPID_getetag = 20006,
    DAV_PROPID_getlastmodified = 20007,
    DAV_PROPID_lockdiscovery = 20008,
    DAV_PROPID_resourcetype = 20009,
    DAV_PROPID_source = 20010,
    DAV_PROPID_supportedlock = 20011,
    DAV_PROPID_activity_checkout_set = 20012,
    DAV_PROPID_activity_set = 20013,
    DAV_PROPID_activity_version_set = 20014,
    DAV_PROPID_auto_merge_set = 20015,
    DAV_PROPID_auto_version = 20016,
    DAV_PROPID_baseline_collection = 20017,
    DAV_PROPID_baseline_controlled_collection = 20018,
    DAV_PROPID_baseline_controlled_collection_set = 20019,
    DAV_PROPID_checked_in = 20020,
    DAV_PROPID_checked_out = 20021,
    DAV_PROPID_checkin_fork = 20022,
    DAV_PROPID_checkout_fork = 20023,
    DAV_PROPID_checkout_set = 20024,
    DAV_PROPID_comment = 20025,
    DAV_PROPID_creator_displayname = 20026,
    DAV_PROPID_current_activity_set = 20027,
    DAV_PROPID_current_workspace_set = 20028,
    DAV_PROPID_default_variant = 20029,
    DAV_PROPID_eclipsed_set = 20030,
    DAV_PROPID_label_name_set = 20031,
    DAV_PROPID_merge_set = 20032,
    DAV_PROPID_precursor_set = 20033,
    DAV_PROPID_predecessor_set = 20034,
    DAV_PROPID_root_version = 20035,
    DAV_PROPID_subactivity_set = 20036,
    DAV_PROPID_subbaseline_set = 20037,
    DAV_PROPID_successor_set = 20038,
    DAV_PROPID_supported_method_set = 20039,
    DAV_PROPID_supported_live_property_set = 20040,
    DAV_PROPID_supported_report_set = 20041,
    DAV_PROPID_unreserved = 20042,
    DAV_PROPID_variant_set = 20043,
    DAV_PROPID_version_controlled_binding_set = 20044,
    DAV_PROPID_version_controlled_configuration = 20045,
    DAV_PROPID_version_history = 20046,
    DAV_PROPID_version_name = 20047,
    DAV_PROPID_workspace = 20048,
    DAV_PROPID_workspace_checkout_set = 20049,
    DAV_PROPID_END = 20050
};

/* Functions for some namespaces. */
struct dav_hooks_liveprop {
    /* (resource, id, what, text): writes it; what was written */
    dav_prop_insert (*insert_prop)(const dav_resource *, int, dav_prop_insert,
        apr_text_header *);
    /* may PROPPATCH change it */
    int (*is_writable)(const dav_resource *, int);
    const char *const *namespace_uris;  /* ended by NULL */
    /* (resource, element, operation, context, defer to dead) */
    dav_error *(*patch_validate)(const dav_resource *, const apr_xml_elem *,
        int, void **, int *);
    /* does it */
    dav_error *(*patch_exec)(const dav_resource *, const apr_xml_elem *, int,
        void *, dav_liveprop_rollback **);
    /* all went well */
    void (*patch_commit)(const dav_resource *, int, void *,
        dav_liveprop_rollback *);
    /* undoes it */
    dav_error *(*patch_rollback)(const dav_resource *, int, void *,
        dav_liveprop_rollback *);
    void *ctx;          /* their own */
};

/* A property. */
struct dav_liveprop_spec {
    int ns;             /* index into namespace_uris */
    const char *name;   /* its element */
    int propid;         /* its id */
    int is_writable;    /* PROPPATCH may change it */
};

/* Properties of one module. */
struct dav_liveprop_group {
    const dav_liveprop_spec *specs;     /* ended by an empty one */
    const char *const *namespace_uris;  /* ended by NULL */
    const dav_hooks_liveprop *hooks;    /* their functions */
};

/* An element of a request being answered. */
struct dav_liveprop_elem {
    const apr_xml_doc *doc;     /* the document */
    const apr_xml_elem *elem;   /* the element */
};

/* What mod_dav notes on such an element. */
struct dav_elem_private {
    int propid;                         /* its id */
    const dav_hooks_liveprop *provider; /* its functions, NULL: a dead one */
};

/* Adds a group; finds a property in one: id and hooks, 0: not there. */
DAV_DECLARE(void) dav_register_liveprop_group(apr_pool_t *pool,
    const dav_liveprop_group *group);
DAV_DECLARE(int) dav_do_find_liveprop(const char *ns_uri, const char *name,
    const dav_liveprop_group *group, const dav_hooks_liveprop **hooks);

/* Global number of a property's namespace; of a URI; how many; all as
 * attributes. */
DAV_DECLARE(long) dav_get_liveprop_info(int propid,
    const dav_liveprop_group *group, const dav_liveprop_spec **info);
DAV_DECLARE(long) dav_get_liveprop_ns_index(const char *uri);
DAV_DECLARE(long) dav_get_liveprop_ns_count(void);
DAV_DECLARE(void) dav_add_all_liveprop_xmlns(apr_pool_t *p,
    apr_text_header *phdr);

/* The element at work; whether a property is supported, as XML. */
DAV_DECLARE(dav_liveprop_elem *) dav_get_liveprop_element(const dav_resource *resource);
DAV_DECLARE(void) dav_get_liveprop_supported(dav_propdb *propdb,
    const char *ns_uri, const char *propname, apr_text_header *body);

/* mod_dav's own properties. */
DAV_DECLARE(int) dav_core_find_liveprop(const dav_resource *resource,
    const char *ns_uri, const char *name, const dav_hooks_liveprop **hooks);
DAV_DECLARE(void) dav_core_insert_all_liveprops(request_rec *r,
    const dav_resource *resource, dav_prop_insert what, apr_text_header *phdr);
DAV_DECLARE(void) dav_core_register_uris(apr_pool_t *p);

/* ---- Dead properties: those that clients set ----------------------------- */

/* An old name. */
typedef dav_hooks_propdb dav_hooks_db;

/* Name of a property. */
struct dav_prop_name {
    const char *ns;     /* namespace, "" for none */
    const char *name;   /* its element */
};

/* Functions of such stores. */
struct dav_hooks_propdb {
    /* (pool, resource, read only, store); NULL store: has none */
    dav_error *(*open)(apr_pool_t *, const dav_resource *, int, dav_db **);
    void (*close)(dav_db *);            /* writes it */
    /* tells those it uses */
    dav_error *(*define_namespaces)(dav_db *, dav_xmlns_info *);
    /* a property as XML; found */
    dav_error *(*output_value)(dav_db *, const dav_prop_name *,
        dav_xmlns_info *, apr_text_header *, int *);
    /* of a document to those of the store */
    dav_error *(*map_namespaces)(dav_db *, const apr_array_header_t *,
        dav_namespace_map **);
    /* sets one */
    dav_error *(*store)(dav_db *, const dav_prop_name *, const apr_xml_elem *,
        dav_namespace_map *);
    /* removes one */
    dav_error *(*remove)(dav_db *, const dav_prop_name *);
    int (*exists)(dav_db *, const dav_prop_name *);     /* is it there */
    /* for all names; name NULL: the end */
    dav_error *(*first_name)(dav_db *, dav_prop_name *);
    dav_error *(*next_name)(dav_db *, dav_prop_name *);
    /* what it is now */
    dav_error *(*get_rollback)(dav_db *, const dav_prop_name *,
        dav_deadprop_rollback **);
    /* makes it so again */
    dav_error *(*apply_rollback)(dav_db *, dav_deadprop_rollback *);
    void *ctx;                          /* their own */
};

/* ---- Both kinds together ------------------------------------------------- */

/* flags: for writing; read only; leave locks out. */
#define DAV_PROPDB_NONE 0
#define DAV_PROPDB_RO 1
#define DAV_PROPDB_DISABLE_LOCKDISCOVERY 2

/* Opens them, in r's pool or in p; ns_xlate: namespaces of the request. */
DAV_DECLARE(dav_error *) dav_open_propdb(request_rec *r, dav_lockdb *lockdb,
    const dav_resource *resource, int flags, apr_array_header_t *ns_xlate,
    dav_propdb **propdb);
DAV_DECLARE(dav_error *) dav_popen_propdb(apr_pool_t *p, request_rec *r,
    dav_lockdb *lockdb, const dav_resource *resource, int flags,
    apr_array_header_t *ns_xlate, dav_propdb **propdb);
DAV_DECLARE(void) dav_close_propdb(dav_propdb *db);

/* What a PROPFIND asks for: all, names, some. */
#define DAV_PROPFIND_IS_ALLPROP 1
#define DAV_PROPFIND_IS_PROPNAME 2
#define DAV_PROPFIND_IS_PROP 3

/* Those of a document; all. */
DAV_DECLARE(dav_get_props_result) dav_get_props(dav_propdb *db,
    apr_xml_doc *doc);
DAV_DECLARE(dav_get_props_result) dav_get_allprops(dav_propdb *db,
    dav_prop_insert what);

/* Operations of a PROPPATCH. */
#define DAV_PROP_OP_SET 1
#define DAV_PROP_OP_DELETE 2

/* One operation. */
struct dav_prop_ctx {
    dav_propdb *propdb;         /* of the resource */
    apr_xml_elem *prop;         /* its element */
    int operation;              /* DAV_PROP_OP_* */
    int is_liveprop;            /* which kind */
    void *liveprop_ctx;         /* of its functions */
    struct dav_rollback_item *rollback; /* how to undo it */
    dav_error *err;             /* what went wrong */
    request_rec *r;             /* the request */
};

/* Whether it failed. */
#define DAV_PROP_CTX_HAS_ERR(dpc) \
    ((dpc).err && (dpc).err->status >= HTTP_MULTIPLE_CHOICES)

/* Steps of one: may it, do it, keep it or undo it. Errors in ctx->err. */
DAV_DECLARE(void) dav_prop_validate(dav_prop_ctx *ctx);
DAV_DECLARE(void) dav_prop_exec(dav_prop_ctx *ctx);
DAV_DECLARE(void) dav_prop_commit(dav_prop_ctx *ctx);
DAV_DECLARE(void) dav_prop_rollback(dav_prop_ctx *ctx);

/* propstat elements for all operations. */
DAV_DECLARE(apr_text *) dav_failed_proppatch(apr_pool_t *p,
    apr_array_header_t *prop_ctx);
DAV_DECLARE(apr_text *) dav_success_proppatch(apr_pool_t *p,
    apr_array_header_t *prop_ctx);

/* ---- Locks --------------------------------------------------------------- */

/* Who else may lock. */
typedef enum dav_lock_scope {
    DAV_LOCKSCOPE_UNKNOWN = 0,          /* not known */
    DAV_LOCKSCOPE_EXCLUSIVE = 1,        /* nobody */
    DAV_LOCKSCOPE_SHARED = 2            /* others who share */
} dav_lock_scope;

/* What is locked. */
typedef enum dav_lock_type {
    DAV_LOCKTYPE_UNKNOWN = 0,   /* not known */
    DAV_LOCKTYPE_WRITE = 1      /* writing */
} dav_lock_type;

/* How a lock came to a resource. */
typedef enum dav_lock_rectype {
    DAV_LOCKREC_DIRECT = 0,             /* locked itself */
    DAV_LOCKREC_INDIRECT = 1,           /* by a collection above */
    DAV_LOCKREC_INDIRECT_PARTIAL = 2    /* the same, not yet looked up */
} dav_lock_rectype;

/* Most locks of a resource. */
#define DAV_MAX_SHARED_LOCKS 0x400

/* An open store of locks. */
struct dav_lockdb {
    const dav_hooks_locks *hooks;       /* its functions */
    int ro;                             /* read only */
    dav_lockdb_private *info;           /* the provider's */
};

/* A lock. */
struct dav_lock {
    dav_lock_rectype rectype;   /* how it came here */
    int is_locknull;            /* of a name without a resource */
    dav_lock_scope scope;       /* for whom */
    dav_lock_type type;         /* of what */
    int depth;                  /* 0 or DAV_INFINITY */
    time_t timeout;             /* time of its end, DAV_TIMEOUT_INFINITE */
    const dav_locktoken *locktoken;     /* its name */
    const char *owner;          /* element of the request */
    const char *auth_user;      /* who made it */
    dav_lock_private *info;     /* the provider's */
    struct dav_lock *next;      /* of the same resource */
};

/* calltype of get_locks: find all of those above; leave indirect ones as they
 * are; with the data of those, too. */
#define DAV_GETLOCKS_RESOLVED 0
#define DAV_GETLOCKS_PARTIAL 1
#define DAV_GETLOCKS_COMPLETE 2

/* Tokens of a request. */
struct dav_locktoken_list {
    dav_locktoken *locktoken;           /* one */
    struct dav_locktoken_list *next;    /* the next one */
};

/* Functions of a lock provider. */
struct dav_hooks_locks {
    /* value of that property */
    const char *(*get_supportedlock)(const dav_resource *);
    /* from a URI */
    dav_error *(*parse_locktoken)(apr_pool_t *, const char *,
        dav_locktoken **);
    /* to a URI */
    const char *(*format_locktoken)(apr_pool_t *, const dav_locktoken *);
    /* 0: the same */
    int (*compare_locktoken)(const dav_locktoken *, const dav_locktoken *);
    /* (request, read only, force, store) */
    dav_error *(*open_lockdb)(request_rec *, int, int, dav_lockdb **);
    void (*close_lockdb)(dav_lockdb *); /* closes it */
    /* a resource was made */
    dav_error *(*remove_locknull_state)(dav_lockdb *, const dav_resource *);
    /* a new lock, not yet stored */
    dav_error *(*create_lock)(dav_lockdb *, const dav_resource *, dav_lock **);
    /* of a resource */
    dav_error *(*get_locks)(dav_lockdb *, const dav_resource *, int,
        dav_lock **);
    /* by token; partial: may be incomplete */
    dav_error *(*find_lock)(dav_lockdb *, const dav_resource *,
        const dav_locktoken *, int, dav_lock **);
    /* are there any */
    dav_error *(*has_locks)(dav_lockdb *, const dav_resource *, int *);
    /* stores them; make_indirect */
    dav_error *(*append_locks)(dav_lockdb *, const dav_resource *, int,
        const dav_lock *);
    /* one, or all (token NULL) */
    dav_error *(*remove_lock)(dav_lockdb *, const dav_resource *,
        const dav_locktoken *);
    /* a new timeout */
    dav_error *(*refresh_locks)(dav_lockdb *, const dav_resource *,
        const dav_locktoken_list *, time_t, dav_lock **);
    /* where a token's lock was made */
    dav_error *(*lookup_resource)(dav_lockdb *, const dav_locktoken *,
        const dav_resource *, const dav_resource **);
    void *ctx;          /* their own */
};

/* Of r's provider. */
DAV_DECLARE(dav_error *) dav_open_lockdb(request_rec *r, int ro,
    dav_lockdb **lockdb);
DAV_DECLARE(void) dav_close_lockdb(dav_lockdb *lockdb);

/* Timeout as a time; Depth, or def_depth; -1: it is none. */
DAV_DECLARE(time_t) dav_get_timeout(request_rec *r);
DAV_DECLARE(int) dav_get_depth(request_rec *r, int def_depth);

/* A LOCK's document; sets the lock on a resource and below; removes it: OK or a
 * status; locks of a resource. */
DAV_DECLARE(dav_error *) dav_lock_parse_lockinfo(request_rec *r,
    const dav_resource *resource, dav_lockdb *lockdb, const apr_xml_doc *doc,
    dav_lock **lock_request);
DAV_DECLARE(dav_error *) dav_add_lock(request_rec *r,
    const dav_resource *resource, dav_lockdb *lockdb, dav_lock *request,
    dav_response **response);
DAV_DECLARE(int) dav_unlock(request_rec *r, const dav_resource *resource,
    const dav_locktoken *locktoken);
DAV_DECLARE(dav_error *) dav_lock_query(dav_lockdb *lockdb,
    const dav_resource *resource, dav_lock **locks);

/* Locks as activelock elements. */
DAV_DECLARE(const char *) dav_lock_get_activelock(request_rec *r,
    dav_lock *locks, dav_buffer *pbuf);

/* A resource was made: it gets the locks of its collection. */
DAV_DECLARE(dav_error *) dav_notify_created(request_rec *r, dav_lockdb *lockdb,
    const dav_resource *resource, int resource_state, int depth);

/* Tokens in If. */
DAV_DECLARE(dav_error *) dav_get_locktoken_list(request_rec *r,
    dav_locktoken_list **ltl);

/* ---- If (RFC 4918 section 10.4) ------------------------------------------ */

/* A condition, or its opposite. */
#define DAV_IF_COND_NORMAL 0
#define DAV_IF_COND_NOT 1

/* Kind of condition. */
typedef enum dav_if_state_type {
    dav_if_etag = 0,            /* entity tag */
    dav_if_opaquelock = 1,      /* lock token */
    dav_if_unknown = 2          /* a token nobody knows */
} dav_if_state_type;

/* A condition. */
struct dav_if_state_list {
    dav_if_state_type type;     /* its kind */
    int condition;              /* DAV_IF_COND_* */
    const char *etag;           /* entity tag */
    dav_locktoken *locktoken;   /* token */
    struct dav_if_state_list *next;     /* all must hold */
};

/* A list of conditions. */
struct dav_if_header {
    const char *uri;                    /* of the resource it is about */
    apr_size_t uri_len;                 /* bytes of that */
    struct dav_if_state_list *state;    /* conditions */
    struct dav_if_header *next;         /* one list must hold */
    int dummy_header;                   /* made from Lock-Token: no
                                         * conditions */
};

/* flags: check the resource; its collection; add the 424 of a lock; use 424 for
 * members; this is the collection; nothing will change. */
#define DAV_VALIDATE_RESOURCE 16
#define DAV_VALIDATE_PARENT 0x20
#define DAV_VALIDATE_ADD_LD 0x40
#define DAV_VALIDATE_USE_424 0x80
#define DAV_VALIDATE_IS_PARENT 0x100
#define DAV_VALIDATE_NO_MODIFY 0x200

/* If and locks for what r wants to do, to a depth; locktoken: of UNLOCK.
 * Members that fail are in *response. */
DAV_DECLARE(dav_error *) dav_validate_request(request_rec *r,
    dav_resource *resource, int depth, dav_locktoken *locktoken,
    dav_response **response, int flags, dav_lockdb *lockdb);

/* ---- Versions (RFC 3253) ------------------------------------------------- */

/* May a resource be versioned without being asked. */
typedef enum dav_auto_version {
    DAV_AUTO_VERSION_NEVER = 0,         /* no */
    DAV_AUTO_VERSION_ALWAYS = 1,        /* yes */
    DAV_AUTO_VERSION_LOCKED = 2         /* while it is locked */
} dav_auto_version;

/* What was done before a change. */
struct dav_auto_version_info {
    int resource_versioned;             /* put under control */
    int resource_checkedout;            /* checked out */
    int parent_checkedout;              /* its collection, too */
    dav_resource *parent_resource;      /* that collection */
};

/* A report. */
struct dav_report_elem {
    const char *nmspace;        /* its namespace */
    const char *name;           /* its element */
};

/* Functions for versions; those behind deliver_report may be NULL. */
struct dav_hooks_vsn {
    /* for the DAV field */
    void (*get_vsn_options)(apr_pool_t *, apr_text_header *);
    /* an element of OPTIONS */
    dav_error *(*get_option)(const dav_resource *, const apr_xml_elem *,
        apr_text_header *);
    int (*versionable)(const dav_resource *);   /* may it be */
    /* without being asked */
    dav_auto_version (*auto_versionable)(const dav_resource *);
    /* puts it under control */
    dav_error *(*vsn_control)(dav_resource *, const char *);
    /* CHECKOUT */
    dav_error *(*checkout)(dav_resource *, int, int, int, int,
        apr_array_header_t *, dav_resource **);
    dav_error *(*uncheckout)(dav_resource *);   /* UNCHECKOUT */
    /* CHECKIN */
    dav_error *(*checkin)(dav_resource *, int, dav_resource **);
    /* ended by an empty one */
    dav_error *(*avail_reports)(const dav_resource *,
        const dav_report_elem **);
    /* may Label be used */
    int (*report_label_header_allowed)(const apr_xml_doc *);
    /* REPORT */
    dav_error *(*deliver_report)(request_rec *, const dav_resource *,
        const apr_xml_doc *, ap_filter_t *);
    /* UPDATE */
    dav_error *(*update)(const dav_resource *, const dav_resource *,
        const char *, int, dav_response **);
    /* LABEL */
    dav_error *(*add_label)(const dav_resource *, const char *, int);
    /* LABEL */
    dav_error *(*remove_label)(const dav_resource *, const char *);
    int (*can_be_workspace)(const dav_resource *);      /* may it */
    /* MKWORKSPACE */
    dav_error *(*make_workspace)(dav_resource *, apr_xml_doc *);
    int (*can_be_activity)(const dav_resource *);       /* may it */
    dav_error *(*make_activity)(dav_resource *);        /* MKACTIVITY */
    /* MERGE */
    dav_error *(*merge)(dav_resource *, dav_resource *, int, int,
        apr_xml_elem *, ap_filter_t *);
    void *ctx;          /* their own */
};

/* Before and after a change; undo: it failed; unlock: by UNLOCK. */
DAV_DECLARE(dav_error *) dav_auto_checkout(request_rec *r,
    dav_resource *resource, int parent_only, dav_auto_version_info *av_info);
DAV_DECLARE(dav_error *) dav_auto_checkin(request_rec *r,
    dav_resource *resource, int undo, int unlock,
    dav_auto_version_info *av_info);

/* Vary for what Label chose. */
DAV_DECLARE(void) dav_add_vary_header(request_rec *in_req,
    request_rec *out_req, const dav_resource *resource);

/* ---- Bindings, search ---------------------------------------------------- */

/* Functions of BIND. */
struct dav_hooks_binding {
    int (*is_bindable)(const dav_resource *);   /* may it */
    /* (resource, new name) */
    dav_error *(*bind_resource)(const dav_resource *, dav_resource *);
    void *ctx;                          /* their own */
};

/* Functions of SEARCH. */
struct dav_hooks_search {
    dav_error *(*set_option_head)(request_rec *);       /* for OPTIONS */
    /* answers */
    dav_error *(*search_resource)(request_rec *, dav_response **);
    void *ctx;                          /* their own */
};

/* ---- Multistatus responses ----------------------------------------------- */

/* Adds to a walk's responses; writes one to bb. */
DAV_DECLARE(void) dav_add_response(dav_walk_resource *wres, int status,
    dav_get_props_result *propstats);
DAV_DECLARE(void) dav_send_one_response(dav_response *response,
    apr_bucket_brigade *bb, request_rec *r, apr_pool_t *pool);

/* Begin, end; a whole one. namespaces: URIs of the request. */
DAV_DECLARE(void) dav_begin_multistatus(apr_bucket_brigade *bb, request_rec *r,
    int status, apr_array_header_t *namespaces);
DAV_DECLARE(apr_status_t) dav_finish_multistatus(request_rec *r,
    apr_bucket_brigade *bb);
DAV_DECLARE(void) dav_send_multistatus(request_rec *r, int status,
    dav_response *first, apr_array_header_t *namespaces);

/* ---- What other modules may add ------------------------------------------ */

/* Group of the next providers. */
#define DAV_OPTIONS_EXTENSION_GROUP "dav_options"

/* More for OPTIONS. */
struct dav_options_provider {
    /* of the DAV field */
    dav_error *(*dav_header)(request_rec *, const dav_resource *,
        apr_text_header *);
    /* of Allow */
    dav_error *(*dav_method)(request_rec *, const dav_resource *,
        apr_text_header *);
    void *ctx;          /* their own */
};

/* Under a name. */
DAV_DECLARE(void) dav_options_provider_register(apr_pool_t *p,
    const char *name, const dav_options_provider *provider);
DAV_DECLARE(const dav_options_provider *) dav_get_options_providers(const char *name);

/* Group of the next providers. */
#define DAV_RESOURCE_TYPE_GROUP "dav_resource_type"

/* More for resourcetype. */
struct dav_resource_type_provider {
    /* (resource, name, namespace): OK or DECLINED */
    int (*get_resource_type)(const dav_resource *, const char **,
        const char **);
};

/* Under a name. */
DAV_DECLARE(void) dav_resource_type_provider_register(apr_pool_t *p,
    const char *name, const dav_resource_type_provider *provider);
DAV_DECLARE(const dav_resource_type_provider *) dav_get_resource_type_providers(const char *name);

/* ---- Hooks --------------------------------------------------------------- */

/* The id and hooks of a property; 0: not mine. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, int, find_liveprop,
    (const dav_resource *resource, const char *ns_uri, const char *name,
    const dav_hooks_liveprop **hooks))

/* Write them all. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, void, insert_all_liveprops,
    (request_rec *r, const dav_resource *resource, dav_prop_insert what,
    apr_text_header *phdr))

/* Push URIs for the DAV field. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, void, gather_propsets,
    (apr_array_header_t *uris))

/* Push dav_report_elem. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, void, gather_reports, (request_rec *r,
    const dav_resource *resource, apr_array_header_t *reports,
    dav_error **err))

/* Answer a REPORT. DONE, DECLINED or a status. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, int, deliver_report, (request_rec *r,
    const dav_resource *resource, const apr_xml_doc *doc, ap_filter_t *output,
    dav_error **err))

/* May this method? OK, DECLINED or a status with *err. */
APR_DECLARE_EXTERNAL_HOOK(dav, DAV, int, method_precondition, (request_rec *r,
    dav_resource *src, const dav_resource *dst, const apr_xml_doc *doc,
    dav_error **err))

#ifdef __cplusplus
}
#endif

#endif
