/* SPDX-License-Identifier: Apache-2.0 */
/* util_mutex.h -- mutexes of several processes, configured by the Mutex
 * directive
 *
 * A module registers a type in pre_config and creates the mutex in post_config;
 * the administrator may choose how it works and where its file is.
 */
#ifndef CLEAT_UTIL_MUTEX_H
#define CLEAT_UTIL_MUTEX_H

#include "httpd.h"
#include "http_config.h"
#include <apr_global_mutex.h>
#include <apr_proc_mutex.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Texts for messages -------------------------------------------------- */

/* What may be chosen; ALL: with "none". */
#define AP_AVAILABLE_MUTEXES_STRING "Mutex mechanisms are: 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', 'pthread', 'sysvsem', 'posixsem', 'sem'"
#define AP_ALL_AVAILABLE_MUTEXES_STRING "Mutex mechanisms are: 'none', 'default', 'flock:/path/to/file', 'fcntl:/path/to/file', 'file:/path/to/file', 'pthread', 'sysvsem', 'posixsem', 'sem'"

/* Pieces of those. */
#define AP_LIST_FLOCK_SERIALIZE ", 'flock:/path/to/file'"
#define AP_LIST_FCNTL_SERIALIZE ", 'fcntl:/path/to/file'"
#define AP_LIST_FILE_SERIALIZE ", 'file:/path/to/file'"
#define AP_LIST_PTHREAD_SERIALIZE ", 'pthread'"
#define AP_LIST_SYSVSEM_SERIALIZE ", 'sysvsem'"
#define AP_LIST_POSIXSEM_SERIALIZE ", 'posixsem'"
#define AP_LIST_SEM_SERIALIZE ", 'sem'"

/* ---- Types --------------------------------------------------------------- */

/* options: "none" may be configured; it is the default. */
#define AP_MUTEX_ALLOW_NONE 1
#define AP_MUTEX_DEFAULT_NONE 2

/* Forgets all types when a configuration begins; for the core. */
AP_DECLARE(void) ap_mutex_init(apr_pool_t *p);

/* A type, with directory (NULL: usual) and mechanism where nothing is
 * configured. APR_EINVAL: unknown options. */
AP_DECLARE(apr_status_t) ap_mutex_register(apr_pool_t *pconf, const char *type,
    const char *default_dir, apr_lockmech_e default_mech, apr_int32_t options);

/* Reads "mechanism:file". APR_ENOLOCK: none; APR_ENOTIMPL: not known;
 * APR_BADARG: needs a file. */
AP_DECLARE(apr_status_t) ap_parse_mutex(const char *arg, apr_pool_t *pool,
    apr_lockmech_e *mutexmech, const char **mutexfile);

/* Directive function of Mutex. */
AP_DECLARE(const char *) ap_set_mutex(cmd_parms *cmd, void *dummy,
    const char *arg);

/* Lists types and what they use (-D DUMP_RUN_CFG). */
AP_DECLARE(void) ap_dump_mutexes(apr_pool_t *p, server_rec *s,
    apr_file_t *out);

/* ---- Mutexes ------------------------------------------------------------- */

/* One of a type, in pool; instance_id tells several of a type apart. *name, if
 * asked, is its file. *mutex is NULL where "none" is configured. Errors are
 * logged. */
AP_DECLARE(apr_status_t) ap_global_mutex_create(apr_global_mutex_t **mutex,
    const char **name, const char *type, const char *instance_id,
    server_rec *server, apr_pool_t *pool, apr_int32_t options);
AP_DECLARE(apr_status_t) ap_proc_mutex_create(apr_proc_mutex_t **mutex,
    const char **name, const char *type, const char *instance_id,
    server_rec *server, apr_pool_t *pool, apr_int32_t options);

#ifdef __cplusplus
}
#endif

#endif
