/* SPDX-License-Identifier: Apache-2.0 */
/* util_filter.h -- filters: registered functions in a row between handler and
 * socket
 *
 * Output goes from the handler down: content filters, protocol, connection,
 * network. Input is asked for by the reader and pulled up the other way. Data
 * travels in brigades of buckets; the type of a filter is its place in the row.
 */
#ifndef CLEAT_UTIL_FILTER_H
#define CLEAT_UTIL_FILTER_H

#include <apr.h>
#include <apr_buckets.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_filter_t ap_filter_t;
typedef union ap_filter_func ap_filter_func;
typedef struct ap_filter_rec_t ap_filter_rec_t;

/* Opaque: mod_filter's. */
typedef struct ap_filter_provider_t ap_filter_provider_t;

/* ---- Kinds --------------------------------------------------------------- */

/* How an input filter is asked. */
typedef enum ap_input_mode_t {
    AP_MODE_READBYTES = 0,      /* at most so many bytes */
    AP_MODE_GETLINE = 1,        /* one line */
    AP_MODE_EATCRLF = 2,        /* drop empty lines */
    AP_MODE_SPECULATIVE = 3,    /* look, leave the bytes there */
    AP_MODE_EXHAUSTIVE = 4,     /* all there is */
    AP_MODE_INIT = 5            /* no data; the connection begins */
} ap_input_mode_t;

/* Place in the row, from the handler on. One more or less: behind or ahead of
 * its kind. */
typedef enum ap_filter_type {
    AP_FTYPE_RESOURCE = 10,     /* changes content */
    AP_FTYPE_CONTENT_SET = 20,  /* changes content as a whole (compression) */
    AP_FTYPE_PROTOCOL = 30,     /* HTTP */
    AP_FTYPE_TRANSCODE = 40,    /* transfer coding (chunks) */
    AP_FTYPE_CONNECTION = 50,   /* whole connection (TLS) */
    AP_FTYPE_NETWORK = 60       /* the socket */
} ap_filter_type;

/* proto_flags: what it does to the response; mod_filter sees to the fields. */
#define AP_FILTER_PROTO_CHANGE 1        /* changes content */
#define AP_FILTER_PROTO_CHANGE_LENGTH 2 /* changes its length */
#define AP_FILTER_PROTO_NO_BYTERANGE 4  /* needs all of it: no ranges */
#define AP_FILTER_PROTO_NO_PROXY 8      /* must not run in a proxy */
#define AP_FILTER_PROTO_NO_CACHE 16     /* makes it impossible to cache */
#define AP_FILTER_PROTO_TRANSFORM 0x20  /* subject to Cache-Control:
                                         * no-transform */

/* ---- Records ------------------------------------------------------------- */

/* Takes a brigade. It is the filter's then: pass on, keep (ap_save_brigade) or
 * delete all of it. APR_SUCCESS, an error, AP_FILTER_ERROR. */
typedef apr_status_t (*ap_out_filter_func)(ap_filter_t *,
    apr_bucket_brigade *);

/* Puts data into a brigade: mode, may it wait, at most how many bytes. */
typedef apr_status_t (*ap_in_filter_func)(ap_filter_t *, apr_bucket_brigade *,
    ap_input_mode_t, apr_read_type_e, apr_off_t);

/* Once per request, after insert_filter. OK or a status. */
typedef int (*ap_init_filter_func)(ap_filter_t *);

/* Either kind. */
union ap_filter_func {
    ap_out_filter_func out_func;        /* output */
    ap_in_filter_func in_func;          /* input */
};

/* A registered filter; a handle for adding it. Lives until the configuration
 * goes. */
struct ap_filter_rec_t {
    const char *name;                   /* lower case */
    ap_filter_func filter_func;         /* its function */
    ap_init_filter_func filter_init_func;       /* or NULL */
    struct ap_filter_rec_t *next;       /* private to the registry */
    ap_filter_provider_t *providers;    /* mod_filter's */
    ap_filter_type ftype;               /* its place */
    int debug;                          /* mod_filter's */
    unsigned int proto_flags;           /* AP_FILTER_PROTO_* */
};

/* A filter at work, in r's pool or in c's. */
struct ap_filter_t {
    ap_filter_rec_t *frec;      /* what it is */
    void *ctx;          /* its own data, NULL to begin with */
    ap_filter_t *next;  /* the one to pass to, or to read from */
    request_rec *r;     /* NULL for connection filters */
    conn_rec *c;        /* always there */
};

/* ---- Registration (from register_hooks) ---------------------------------- */

/* Make a filter known by name (copied); filter_init may be NULL. The handle,
 * which stays good: a second registration only replaces the functions. */
AP_DECLARE(ap_filter_rec_t *) ap_register_output_filter(const char *name,
    ap_out_filter_func filter_func, ap_init_filter_func filter_init,
    ap_filter_type ftype);
AP_DECLARE(ap_filter_rec_t *) ap_register_output_filter_protocol(const char *name,
    ap_out_filter_func filter_func, ap_init_filter_func filter_init,
    ap_filter_type ftype, unsigned int proto_flags);
AP_DECLARE(ap_filter_rec_t *) ap_register_input_filter(const char *name,
    ap_in_filter_func filter_func, ap_init_filter_func filter_init,
    ap_filter_type ftype);

/* The handle by name, in any case; NULL: there is none. */
AP_DECLARE(ap_filter_rec_t *) ap_get_output_filter_handle(const char *name);
AP_DECLARE(ap_filter_rec_t *) ap_get_input_filter_handle(const char *name);

/* Sets proto_flags; from the filter's init function. */
AP_DECLARE(void) ap_filter_protocol(ap_filter_t *f, unsigned int proto_flags);

/* ---- Adding and removing ------------------------------------------------- */

/* Puts a filter into the chain of r (or of c, r NULL) where its type belongs,
 * behind others of that type. The new record; NULL: no filter of that name,
 * logged. */
AP_DECLARE(ap_filter_t *) ap_add_output_filter(const char *name, void *ctx,
    request_rec *r, conn_rec *c);
AP_DECLARE(ap_filter_t *) ap_add_input_filter(const char *name, void *ctx,
    request_rec *r, conn_rec *c);

/* The same by handle: no look-up. */
AP_DECLARE(ap_filter_t *) ap_add_output_filter_handle(ap_filter_rec_t *f,
    void *ctx, request_rec *r, conn_rec *c);
AP_DECLARE(ap_filter_t *) ap_add_input_filter_handle(ap_filter_rec_t *f,
    void *ctx, request_rec *r, conn_rec *c);

/* Takes f out of its chain; a filter may remove itself and still pass to
 * f->next. */
AP_DECLARE(void) ap_remove_output_filter(ap_filter_t *f);
AP_DECLARE(void) ap_remove_input_filter(ap_filter_t *f);

/* Removes the first filter of that name from next on. APR_SUCCESS,
 * APR_NOTFOUND. */
AP_DECLARE(apr_status_t) ap_remove_output_filter_byhandle(ap_filter_t *next,
    const char *handle);
AP_DECLARE(apr_status_t) ap_remove_input_filter_byhandle(ap_filter_t *next,
    const char *handle);

/* ---- Passing data -------------------------------------------------------- */

/* Hands a brigade to a filter (f->next, r->output_filters). Afterwards clean it
 * up and use it again; the data is no longer the caller's. APR_SUCCESS, an
 * error, AP_FILTER_ERROR; AP_NOBODY_WROTE: filter is NULL. */
AP_DECLARE(apr_status_t) ap_pass_brigade(ap_filter_t *filter,
    apr_bucket_brigade *bucket);

/* The same for handlers: to r's first filter, with an answer to return: OK,
 * AP_FILTER_ERROR, or 500 with the reason logged; fmt (or NULL) says what was
 * being done. */
AP_DECLARE_NONSTD(apr_status_t) ap_pass_brigade_fchk(request_rec *r,
    apr_bucket_brigade *bucket, const char *fmt, ...);

/* Asks a filter (f->next, r->input_filters) to fill an empty brigade: in
 * this mode, waiting or not, at most readbytes (READBYTES and SPECULATIVE).
 * APR_SUCCESS, APR_EAGAIN, APR_EOF or an error; AP_NOBODY_READ: filter is
 * NULL. */
AP_DECLARE(apr_status_t) ap_get_brigade(ap_filter_t *filter,
    apr_bucket_brigade *bucket, ap_input_mode_t mode, apr_read_type_e block,
    apr_off_t readbytes);

/* For filters that keep data: moves *b behind *save_to (made when NULL), set
 * aside to live as long as p. The first error met. */
AP_DECLARE(apr_status_t) ap_save_brigade(ap_filter_t *f,
    apr_bucket_brigade **save_to, apr_bucket_brigade **b, apr_pool_t *p);

/* ---- Writing into a brigade that is passed on when it is full ------------ */

/* Add to bb: bytes; a string; a byte; strings up to NULL; text by a format. f
 * is the filter it is passed to when it is full. APR_SUCCESS or an error. */
#define ap_fwrite(f, bb, data, nbyte) \
    apr_brigade_write(bb, ap_filter_flush, f, data, nbyte)
#define ap_fputs(f, bb, str) apr_brigade_puts(bb, ap_filter_flush, f, str)
#define ap_fputc(f, bb, c) apr_brigade_putc(bb, ap_filter_flush, f, c)
AP_DECLARE_NONSTD(apr_status_t) ap_fputstrs(ap_filter_t *f,
    apr_bucket_brigade *bb, ...);
AP_DECLARE_NONSTD(apr_status_t) ap_fprintf(ap_filter_t *f,
    apr_bucket_brigade *bb, const char *fmt,
    ...)
    __attribute__((format(printf, 3, 4)));

/* Flush function of apr_brigade_write() and its kin; ctx is the filter. */
AP_DECLARE(apr_status_t) ap_filter_flush(apr_bucket_brigade *bb, void *ctx);

/* Passes bb with a flush bucket at its end. */
AP_DECLARE(apr_status_t) ap_fflush(ap_filter_t *f, apr_bucket_brigade *bb);

#ifdef __cplusplus
}
#endif

#endif
