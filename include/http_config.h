/* SPDX-License-Identifier: Apache-2.0 */
/* http_config.h -- modules, their directives and their configuration
 *
 * A module is a record with a table of directives, constructors for its
 * configuration and a function that registers hooks. The server calls the
 * module's functions while it reads the configuration; what they return lives
 * in vectors, one slot for each module, that hang on servers, directories,
 * connections and requests.
 */
#ifndef CLEAT_HTTP_CONFIG_H
#define CLEAT_HTTP_CONFIG_H

#include <apr_hooks.h>
#include "httpd.h"
#include "util_cfgtree.h"
#include <apr_tables.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct cmd_parms_struct cmd_parms;
typedef union cmd_func cmd_func;
typedef struct command_struct command_rec;
typedef struct ap_configfile_t ap_configfile_t;
typedef struct module_struct module;
typedef struct ap_module_symbol_t ap_module_symbol_t;

/* Opaque: a pointer for each module, NULL where it has nothing. */
typedef struct ap_conf_vector_t ap_conf_vector_t;

/* ---- Where a directive may stand ----------------------------------------- */

/* command_rec.req_override: one place at least must be allowed where the
 * directive stands. */
#define OR_NONE 0               /* nowhere in .htaccess files */
#define OR_LIMIT 1              /* in .htaccess under AllowOverride Limit */
#define OR_OPTIONS 2            /* under AllowOverride Options */
#define OR_FILEINFO 4           /* under AllowOverride FileInfo */
#define OR_AUTHCFG 8            /* under AllowOverride AuthConfig */
#define OR_INDEXES 16           /* under AllowOverride Indexes */
#define OR_UNSET 0x20           /* in a mask: nothing was said */
/* any class, and everywhere else */
#define OR_ALL (OR_LIMIT | OR_OPTIONS | OR_FILEINFO | OR_AUTHCFG | OR_INDEXES)
#define ACCESS_CONF 0x40        /* in sections such as <Directory> */
#define RSRC_CONF 0x80          /* at server level, outside sections */
#define EXEC_ON_READ 0x100      /* runs while the file is read */
#define PROXY_CONF 0x800        /* in <Proxy> sections */

/* Bits of an override mask for .htaccess: a directive that is not allowed, or
 * not known, is skipped instead of being an error. */
#define NONFATAL_OVERRIDE 0x200
#define NONFATAL_UNKNOWN 0x400
#define NONFATAL_ALL (NONFATAL_OVERRIDE | NONFATAL_UNKNOWN)

/* Places for the forbidden argument of ap_check_cmd_context(); the last three
 * are sums: sections for a place, all of those and <Limit>, anywhere but the
 * main server. */
#define NOT_IN_VIRTUALHOST 1
#define NOT_IN_LIMIT 2
#define NOT_IN_DIRECTORY 4
#define NOT_IN_LOCATION 8
#define NOT_IN_FILES 16
#define NOT_IN_HTACCESS 0x20
#define NOT_IN_PROXY 0x40
#define NOT_IN_DIR_LOC_FILE (NOT_IN_DIRECTORY | NOT_IN_LOCATION | NOT_IN_FILES)
#define NOT_IN_DIR_CONTEXT (NOT_IN_LIMIT | NOT_IN_DIR_LOC_FILE | NOT_IN_PROXY)
#define GLOBAL_ONLY (NOT_IN_VIRTUALHOST | NOT_IN_DIR_CONTEXT)

/* ---- Directives ---------------------------------------------------------- */

/* How many arguments a directive has, and so which member of cmd_func is
 * called. */
enum cmd_how {
    RAW_ARGS = 0,       /* one: all that stands behind the name */
    TAKE1 = 1,          /* one word */
    TAKE2 = 2,          /* two words */
    ITERATE = 3,        /* one call for each word */
    ITERATE2 = 4,       /* one call for the first word and each other */
    FLAG = 5,           /* On or Off */
    NO_ARGS = 6,        /* none */
    TAKE12 = 7,         /* one or two */
    TAKE3 = 8,          /* three words */
    TAKE23 = 9,         /* two or three */
    TAKE123 = 10,       /* one, two or three */
    TAKE13 = 11,        /* one or three */
    TAKE_ARGV = 12      /* any number */
};

/* The function of a directive: (parameters, the module's per-directory record
 * of the place, arguments). Arguments live in cmd->pool; missing ones are NULL.
 * NULL is success, DECLINE_CMD "not mine", any other string an error for the
 * administrator. */
union cmd_func {
    const char *(*no_args)(cmd_parms *, void *);        /* NO_ARGS */
    /* RAW_ARGS, and containers */
    const char *(*raw_args)(cmd_parms *, void *, const char *);
    /* TAKE_ARGV */
    const char *(*take_argv)(cmd_parms *, void *, int, char *const *);
    /* TAKE1, ITERATE */
    const char *(*take1)(cmd_parms *, void *, const char *);
    /* TAKE2, TAKE12, ITERATE2 */
    const char *(*take2)(cmd_parms *, void *, const char *, const char *);
    /* TAKE3, TAKE23, TAKE13, TAKE123 */
    const char *(*take3)(cmd_parms *, void *, const char *, const char *,
        const char *);
    const char *(*flag)(cmd_parms *, void *, int);      /* FLAG: 1 or 0 */
};

/* A row in a module's table of directives; the last row is empty. */
struct command_struct {
    const char *name;           /* case does not count; "<Name" for a
                                 * container */
    cmd_func func;              /* what to call */
    void *cmd_data;             /* for the function, found in cmd->info */
    int req_override;           /* places where it may stand, see above */
    enum cmd_how args_how;      /* which arguments it takes */
    const char *errmsg;         /* help: shown by -L, and when arguments are
                                 * wrong */
};

/* What a directive function may know about its call. Valid during the call. */
struct cmd_parms_struct {
    void *info;                         /* the row's cmd_data */
    int override;                       /* places allowed here */
    int override_opts;                  /* Options allowed here
                                         * (AllowOverride Options=) */
    apr_table_t *override_list;         /* names allowed besides, NULL: none */
    apr_int64_t limited;                /* methods of an enclosing <Limit>,
                                         * -1: all */
    apr_array_header_t *limited_xmethods;       /* names of others there */
    ap_method_list_t *xlimited;         /* the same as a method list; unused */
    ap_configfile_t *config_file;       /* being read; NULL when run from a
                                         * tree */
    ap_directive_t *directive;          /* the line itself */
    apr_pool_t *pool;                   /* for what stays: pconf, or a
                                         * request's for .htaccess */
    apr_pool_t *temp_pool;              /* for what does not */
    server_rec *server;                 /* the host in whose section it
                                         * stands */
    char *path;                         /* argument of the section, or
                                         * directory of .htaccess; NULL at
                                         * server level */
    const command_rec *cmd;             /* the row of the table */
    struct ap_conf_vector_t *context;   /* vector of the section */
    const ap_directive_t *err_directive;        /* where an error happened,
                                                 * if not at directive */
};

/* Members of cmd_func by old names. */
#define AP_NO_ARGS func.no_args
#define AP_RAW_ARGS func.raw_args
#define AP_TAKE_ARGV func.take_argv
#define AP_TAKE1 func.take1
#define AP_TAKE2 func.take2
#define AP_TAKE3 func.take3
#define AP_FLAG func.flag

/* A row: name, function, cmd_data, where it may stand, help. NO_ARGS makes a
 * row of kind RAW_ARGS, as binaries expect. */
#define AP_INIT_NO_ARGS(directive, func, mconfig, where, help) \
    { directive, { .no_args = func }, mconfig, where, RAW_ARGS, help }
#define AP_INIT_RAW_ARGS(directive, func, mconfig, where, help) \
    { directive, { .raw_args = func }, mconfig, where, RAW_ARGS, help }
#define AP_INIT_TAKE_ARGV(directive, func, mconfig, where, help) \
    { directive, { .take_argv = func }, mconfig, where, TAKE_ARGV, help }
#define AP_INIT_TAKE1(directive, func, mconfig, where, help) \
    { directive, { .take1 = func }, mconfig, where, TAKE1, help }
#define AP_INIT_ITERATE(directive, func, mconfig, where, help) \
    { directive, { .take1 = func }, mconfig, where, ITERATE, help }
#define AP_INIT_TAKE2(directive, func, mconfig, where, help) \
    { directive, { .take2 = func }, mconfig, where, TAKE2, help }
#define AP_INIT_TAKE12(directive, func, mconfig, where, help) \
    { directive, { .take2 = func }, mconfig, where, TAKE12, help }
#define AP_INIT_ITERATE2(directive, func, mconfig, where, help) \
    { directive, { .take2 = func }, mconfig, where, ITERATE2, help }
#define AP_INIT_TAKE13(directive, func, mconfig, where, help) \
    { directive, { .take3 = func }, mconfig, where, TAKE13, help }
#define AP_INIT_TAKE23(directive, func, mconfig, where, help) \
    { directive, { .take3 = func }, mconfig, where, TAKE23, help }
#define AP_INIT_TAKE123(directive, func, mconfig, where, help) \
    { directive, { .take3 = func }, mconfig, where, TAKE123, help }
#define AP_INIT_TAKE3(directive, func, mconfig, where, help) \
    { directive, { .take3 = func }, mconfig, where, TAKE3, help }
#define AP_INIT_FLAG(directive, func, mconfig, where, help) \
    { directive, { .flag = func }, mconfig, where, FLAG, help }

/* From a directive function: another module has a directive of that name, ask
 * it. */
#define DECLINE_CMD "\a\b"

/* ---- Modules ------------------------------------------------------------- */

/* A module; static writable data of its object, found by its name. Each
 * function may be NULL. */
struct module_struct {
    int version;                        /* must be MODULE_MAGIC_NUMBER_MAJOR */
    int minor_version;                  /* the API's minor when it was built */
    int module_index;                   /* slot in vectors; -1 until loaded */
    /* its source file's name, without directories once loaded: its identity in
     * hook orders and <IfModule> */
    const char *name;
    void *dynamic_load_handle;          /* the shared object, NULL when built
                                         * in */
    struct module_struct *next;         /* in the list from ap_top_module */
    unsigned long magic;                /* MODULE_MAGIC_COOKIE */
    void (*rewrite_args)(process_rec *);        /* MPMs: change the command
                                                 * line before it is parsed */
    /* (pool, directory or NULL): a new per-directory record */
    void *(*create_dir_config)(apr_pool_t *, char *);
    /* (pool, outer, inner): a third, both unchanged; NULL: the inner one
     * counts. Called while requests run, from many threads */
    void *(*merge_dir_config)(apr_pool_t *, void *, void *);
    /* (pool, server): a new per-server record */
    void *(*create_server_config)(apr_pool_t *, server_rec *);
    /* (pool, main server's, host's): a third */
    void *(*merge_server_config)(apr_pool_t *, void *, void *);
    const command_rec *cmds;            /* its directives, NULL: none */
    void (*register_hooks)(apr_pool_t *);       /* called when the module is
                                                 * loaded */
    int flags;                          /* AP_MODULE_FLAG_*; not there when
                                         * minor_version is below 70 */
};

/* The API since which modules have flags. */
#define AP_MODULE_FLAGS_MMN_MAJOR 0x1330293
#define AP_MODULE_FLAGS_MMN_MINOR 70
#define AP_MODULE_HAS_FLAGS(m) \
    AP_MODULE_MAGIC_AT_LEAST(AP_MODULE_FLAGS_MMN_MAJOR, \
                             AP_MODULE_FLAGS_MMN_MINOR)

/* module.flags. */
#define AP_MODULE_FLAG_NONE 0
#define AP_MODULE_FLAG_ALWAYS_MERGE 1   /* every virtual host gets a merged
                                         * record of its own, even one
                                         * without directives of this module */

/* The first members of a module record; an MPM gives rewrite_args itself. */
#define MPM20_MODULE_STUFF \
    MODULE_MAGIC_NUMBER_MAJOR, MODULE_MAGIC_NUMBER_MINOR, -1, __FILE__, \
    NULL, NULL, MODULE_MAGIC_COOKIE
#define STANDARD20_MODULE_STUFF MPM20_MODULE_STUFF, NULL

/* Stops the compilation of modules for httpd 1.3. */
#define STANDARD_MODULE_STUFF this_module_needs_to_be_ported_to_apache_2_0

/* A declaration that needs not be used. */
#ifndef AP_MAYBE_UNUSED
#define AP_MAYBE_UNUSED(x) x __attribute__((unused))
#endif

/* Say in each file to which module its log lines belong; the second opens the
 * definition of the module's record as well, so once per module. */
#define APLOG_USE_MODULE(foo) \
    extern module AP_MODULE_DECLARE_DATA foo##_module; \
    AP_MAYBE_UNUSED(static int *const aplog_module_index) \
        = &(foo##_module.module_index)
#define AP_DECLARE_MODULE(foo) \
    APLOG_USE_MODULE(foo); \
    module AP_MODULE_DECLARE_DATA foo##_module

/* A built-in module. */
struct ap_module_symbol_t {
    const char *name;   /* identifier of its record, such as "core_module" */
    module *modp;       /* its record */
};

/* Built-in modules: with names; in the order of linking, twice for old times'
 * sake. Lists end with NULL. */
extern AP_DECLARE_DATA ap_module_symbol_t ap_prelinked_module_symbols[];
extern AP_DECLARE_DATA module *ap_prelinked_modules[];
extern AP_DECLARE_DATA module *ap_preloaded_modules[];

/* All modules: linked, newest first; as an array, oldest first, ended by
 * NULL. */
extern AP_DECLARE_DATA module *ap_top_module;
extern AP_DECLARE_DATA module **ap_loaded_modules;

/* ---- Configuration vectors ----------------------------------------------- */

/* Make an empty vector for a directory, a request, a connection, in p. */
AP_DECLARE(ap_conf_vector_t *) ap_create_per_dir_config(apr_pool_t *p);
AP_DECLARE(ap_conf_vector_t *) ap_create_request_config(apr_pool_t *p);
AP_DECLARE(ap_conf_vector_t *) ap_create_conn_config(apr_pool_t *p);

/* A module's slot in a vector. Inlined, see the end of this header. */
AP_DECLARE(void *) ap_get_module_config(const ap_conf_vector_t *cv,
    const module *m);
AP_DECLARE(void) ap_set_module_config(ap_conf_vector_t *cv, const module *m,
    void *val);

/* A new vector: base overlaid by new_conf, by the modules' merge_dir_config.
 * Records may be shared with either. */
AP_DECLARE(ap_conf_vector_t *) ap_merge_per_dir_configs(apr_pool_t *p,
    ap_conf_vector_t *base, ap_conf_vector_t *new_conf);

/* The module's record in a section's vector, made if missing (so is its record
 * of the server). */
AP_DECLARE(void *) ap_set_config_vectors(server_rec *server,
    ap_conf_vector_t *section_vector, const char *section, module *mod,
    apr_pool_t *pconf);

/* Makes a module's records for a server; for modules that come late. */
AP_DECLARE(void) ap_single_module_configure(apr_pool_t *p, server_rec *s,
    module *m);

/* ---- Reading configuration text ------------------------------------------ */

/* A source of lines. */
struct ap_configfile_t {
    apr_status_t (*getch)(char *, void *);      /* next byte; NULL: getstr
                                                 * does all */
    /* a line of at most size - 1 bytes, as fgets() does */
    apr_status_t (*getstr)(void *, apr_size_t, void *);
    apr_status_t (*close)(void *);      /* may be NULL */
    void *param;                        /* first or last argument of these */
    const char *name;                   /* in messages */
    unsigned int line_number;           /* of the physical line read last */
};

/* Opens a regular file; closed with p or by ap_cfg_closefile(). */
AP_DECLARE(apr_status_t) ap_pcfg_openfile(ap_configfile_t **ret_cfg,
    apr_pool_t *p, const char *name);

/* A source made of functions; descr names it in messages. */
AP_DECLARE(ap_configfile_t *) ap_pcfg_open_custom(apr_pool_t *p,
    const char *descr, void *param, apr_status_t (*getc_func)(char *, void *),
    apr_status_t (*gets_func)(void *, apr_size_t, void *),
    apr_status_t (*close_func)(void *));

/* Runs its close function; 0 or an error. */
AP_DECLARE(int) ap_cfg_closefile(ap_configfile_t *cfp);

/* Next byte; counts lines. APR_EOF at the end. */
AP_DECLARE(apr_status_t) ap_cfg_getc(char *ch, ap_configfile_t *cfp);

/* Next logical line: continued lines joined, blanks at both ends cut.
 * APR_ENOSPC when it does not fit, APR_EOF at the end. */
AP_DECLARE(apr_status_t) ap_cfg_getline(char *buf, apr_size_t bufsize,
    ap_configfile_t *cfp);

/* What a read error was, with name and line; NULL for APR_SUCCESS. */
AP_DECLARE(const char *) ap_pcfg_strerror(apr_pool_t *p, ap_configfile_t *cfp,
    apr_status_t rc);

/* Skips to the end of the container that directive opened (with its "<"). */
AP_DECLARE(const char *) ap_soak_end_container(cmd_parms *cmd,
    char *directive);

/* Reads all of parms->config_file into *conftree, running EXEC_ON_READ
 * directives. NULL or an error. Trees live in conf_pool. */
AP_DECLARE(const char *) ap_build_config(cmd_parms *parms,
    apr_pool_t *conf_pool, apr_pool_t *temp_pool, ap_directive_t **conftree);

/* Reads up to the end of the container orig_directive; for EXEC_ON_READ
 * containers. */
AP_DECLARE(const char *) ap_build_cont_config(apr_pool_t *p,
    apr_pool_t *temp_pool, cmd_parms *parms, ap_directive_t **current,
    ap_directive_t **curr_parent, char *orig_directive);

/* Reads a file into the tree, like Include with a plain name. */
AP_DECLARE(const char *) ap_process_resource_config(server_rec *s,
    const char *fname, ap_directive_t **conftree, apr_pool_t *p,
    apr_pool_t *ptemp);

/* The same for directories and wildcards; optional: none found is no error. */
AP_DECLARE(const char *) ap_process_fnmatch_configs(server_rec *s,
    const char *fname, ap_directive_t **conftree, apr_pool_t *p,
    apr_pool_t *ptemp, int optional);

/* Reads the whole configuration for a new generation. The main server, or NULL
 * when logged why not; only the server's start calls it. */
AP_DECLARE(server_rec *) ap_read_config(process_rec *process,
    apr_pool_t *temp_pool, const char *config_name, ap_directive_t **conftree);

/* Prepares a walk over files named in a directive, see ap_dir_fnmatch(); in
 * cmd's pools. */
AP_DECLARE(ap_dir_match_t *) ap_dir_cfgmatch(cmd_parms *cmd, int flags,
    const char *(*cb)(ap_dir_match_t *, const char *), void *ctx);

/* ---- Running a tree ------------------------------------------------------ */

/* Runs the directives of a tree in a section. NULL or an error;
 * parms->err_directive is where. */
AP_DECLARE(const char *) ap_walk_config(ap_directive_t *conftree,
    cmd_parms *parms, ap_conf_vector_t *section_vector);

/* Runs the whole tree for the main server. OK, or a logged
 * HTTP_INTERNAL_SERVER_ERROR. */
AP_DECLARE(int) ap_process_config_tree(server_rec *s, ap_directive_t *conftree,
    apr_pool_t *p, apr_pool_t *ptemp);

/* An empty host for a <VirtualHost>; gives all hosts what they inherit. Called
 * by the core. */
AP_DECLARE(const char *) ap_init_virtual_host(apr_pool_t *p,
    const char *hostname, server_rec *main_server, server_rec **ps);
AP_DECLARE(void) ap_fixup_virtual_hosts(apr_pool_t *p,
    server_rec *main_server);

/* The .htaccess files (access_name: names to try) of directory path as a
 * vector, NULL when there is none. OK or an HTTP status. Uses r->htaccess as a
 * cache. */
AP_DECLARE(int) ap_parse_htaccess(ap_conf_vector_t **result, request_rec *r,
    int override, int override_opts, apr_table_t *override_list,
    const char *path, const char *access_name);

/* The usual way of the open_htaccess hook: dir_name and access_name joined,
 * opened in r->pool. */
AP_DECLARE(apr_status_t) ap_open_htaccess(request_rec *r, const char *dir_name,
    const char *access_name, ap_configfile_t **conffile,
    const char **full_name);

/* ---- What directive functions use ---------------------------------------- */

/* NULL, or a sentence for the administrator when the directive stands where it
 * must not. */
AP_DECLARE(const char *) ap_check_cmd_context(cmd_parms *cmd,
    unsigned int forbidden);

/* Whether the directive, perhaps in a <Limit>, concerns this method. */
AP_DECLARE(int) ap_method_is_limited(cmd_parms *cmd, const char *method);

/* Ready-made functions: store the argument in the module's own per-directory
 * struct, at the offset in cmd->info. char *, int, char; a file is relative to
 * ServerRoot. */
AP_DECLARE(const char *) ap_set_string_slot(cmd_parms *cmd, void *struct_ptr,
    const char *arg);
AP_DECLARE(const char *) ap_set_string_slot_lower(cmd_parms *cmd,
    void *struct_ptr, const char *arg);
AP_DECLARE(const char *) ap_set_int_slot(cmd_parms *cmd, void *struct_ptr,
    const char *arg);
AP_DECLARE(const char *) ap_set_flag_slot(cmd_parms *cmd, void *struct_ptr,
    int arg);
AP_DECLARE(const char *) ap_set_flag_slot_char(cmd_parms *cmd,
    void *struct_ptr, int arg);
AP_DECLARE(const char *) ap_set_file_slot(cmd_parms *cmd, void *struct_ptr,
    const char *arg);

/* Refuses, with the row's help as the reason. */
AP_DECLARE(const char *) ap_set_deprecated(cmd_parms *cmd, void *struct_ptr,
    const char *arg);

/* fname below ServerRoot, or below the directory for run-time files; absolute
 * ones as they are. NULL when the path is none. */
AP_DECLARE(char *) ap_server_root_relative(apr_pool_t *p, const char *fname);
AP_DECLARE(char *) ap_runtime_dir_relative(apr_pool_t *p, const char *fname);

/* Look a directive up: in a table; in the modules from *mod on, which becomes
 * the one that has it (NULL: none); does any module have it. */
AP_DECLARE(const command_rec *) ap_find_command(const char *name,
    const command_rec *cmds);
AP_DECLARE(const command_rec *) ap_find_command_in_modules(const char *cmd_name,
    module **mod);
AP_DECLARE(int) ap_exists_directive(apr_pool_t *p, const char *name);

/* ---- Loading modules (start-up and mod_so) ------------------------------- */

/* To the list of modules, and (loaded) the array; s names the module for
 * <IfModule>. NULL or an error. Removing leaves the hooks. */
AP_DECLARE(const char *) ap_add_module(module *m, apr_pool_t *p,
    const char *s);
AP_DECLARE(const char *) ap_add_loaded_module(module *mod, apr_pool_t *p,
    const char *s);
AP_DECLARE(void) ap_remove_module(module *m);
AP_DECLARE(void) ap_remove_loaded_module(module *mod);

/* Calls the module's register_hooks. */
AP_DECLARE(void) ap_register_hooks(module *m, apr_pool_t *p);

/* Adds the built-in ones and opens the table of slots. NULL or an error. */
AP_DECLARE(const char *) ap_setup_prelinked_modules(process_rec *process);

/* For modules that add modules while the tree runs (mod_perl): so many, or one
 * for each use of a directive. From register_hooks. */
AP_DECLARE(void) ap_reserve_module_slots(int count);
AP_DECLARE(void) ap_reserve_module_slots_directive(const char *directive);

/* By name such as "mod_env.c"; its name; the name by index without "_module",
 * for log levels. */
AP_DECLARE(module *) ap_find_linked_module(const char *name);
AP_DECLARE(const char *) ap_find_module_name(module *m);
AP_DECLARE(const char *) ap_find_module_short_name(int module_index);

/* module.flags, or none for modules too old to have them. */
AP_DECLARE(int) ap_get_module_flags(const module *m);

/* Lets all modules change the command line. */
AP_DECLARE(void) ap_run_rewrite_args(process_rec *process);

/* What -l and -L print; the MPM's name. */
AP_DECLARE(void) ap_show_modules(void);
AP_DECLARE(void) ap_show_directives(void);
AP_DECLARE(const char *) ap_show_mpm(void);

/* ---- Log levels ---------------------------------------------------------- */

/* A copy, or levels where nothing is set. */
AP_DECLARE(struct ap_logconf *) ap_new_log_config(apr_pool_t *p,
    const struct ap_logconf *old);

/* Fills what new_conf leaves unset. */
AP_DECLARE(void) ap_merge_log_config(const struct ap_logconf *old_conf,
    struct ap_logconf *new_conf);

/* Sets one module's level, or every module's. */
AP_DECLARE(void) ap_set_module_loglevel(apr_pool_t *p, struct ap_logconf *l,
    int index, int level);
AP_DECLARE(void) ap_reset_module_loglevels(struct ap_logconf *l, int val);

/* NULL and *val, or a sentence on what levels there are. */
AP_DECLARE(const char *) ap_parse_log_level(const char *str, int *val);

/* The level a module logs at; the levels of a connection, of a connection
 * working for a host, of a request: the most special that is set. */
#define ap_get_module_loglevel(l, i) \
    (((i) < 0 || (l)->module_levels == NULL || (l)->module_levels[i] < 0) \
         ? (l)->level : (l)->module_levels[i])
#define ap_get_conn_logconf(c) \
    ((c)->log ? (c)->log : &(c)->base_server->log)
#define ap_get_conn_server_logconf(c, s) \
    (((c)->log != &(c)->base_server->log && (c)->log != NULL) \
         ? (c)->log : &(s)->log)
#define ap_get_request_logconf(r) \
    ((r)->log ? (r)->log \
     : (r)->connection->log ? (r)->connection->log : &(r)->server->log)

/* Both steps in one; index is the module's. */
AP_DECLARE(int) ap_get_server_module_loglevel(const server_rec *s, int index);
AP_DECLARE(int) ap_get_conn_module_loglevel(const conn_rec *c, int index);
AP_DECLARE(int) ap_get_conn_server_module_loglevel(const conn_rec *c,
    const server_rec *s, int index);
AP_DECLARE(int) ap_get_request_module_loglevel(const request_rec *r,
    int index);

/* ---- Data that outlives a configuration ---------------------------------- */

/* size zeroed bytes under a key, for the life of the process; NULL: no such
 * key. */
AP_DECLARE(void *) ap_retained_data_create(const char *key, apr_size_t size);
AP_DECLARE(void *) ap_retained_data_get(const char *key);

/* A pool cleanup: *(void **)data becomes NULL. */
AP_DECLARE(apr_status_t) ap_pool_cleanup_set_null(void *data);

/* ---- Hooks of the start -------------------------------------------------- */

/* The files are read into a tree, which has not run. pconf is for the
 * configuration, plog for logs, ptemp is scratch; in these hooks OK and
 * DECLINED go on, anything else stops the start. */
AP_DECLARE_HOOK(int, pre_config, (apr_pool_t *pconf, apr_pool_t *plog,
    apr_pool_t *ptemp))

/* The tree has run. Look at the result; also in -t mode, so without side
 * effects. */
AP_DECLARE_HOOK(int, check_config, (apr_pool_t *pconf, apr_pool_t *plog,
    apr_pool_t *ptemp, server_rec *s))

/* Instead of serving (-t, -S, -D DUMP_*): print what was asked for. */
AP_DECLARE_HOOK(void, test_config, (apr_pool_t *pconf, server_rec *s))

/* Open logs; MPMs open listeners here. */
AP_DECLARE_HOOK(int, open_logs, (apr_pool_t *pconf, apr_pool_t *plog,
    apr_pool_t *ptemp, server_rec *s))

/* The last to fail the start; still root. All of these run twice at a cold
 * start, with everything unloaded between. */
AP_DECLARE_HOOK(int, post_config, (apr_pool_t *pconf, apr_pool_t *plog,
    apr_pool_t *ptemp, server_rec *s))

/* Get other modules' optional functions. Once, just before serving. */
AP_DECLARE_HOOK(void, optional_fn_retrieve, (void))

/* In each child, without root's rights, before it takes connections. */
AP_DECLARE_HOOK(void, child_init, (apr_pool_t *pchild, server_rec *s))

/* ---- Hooks of a request that modules with handlers need ------------------ */

/* Answer ahead of all else, access checks too (caches); lookup_uri: a
 * subrequest is only being looked up. */
AP_DECLARE_HOOK(int, quick_handler, (request_rec *r, int lookup_uri))

/* Look at the header fields; not for subrequests. Stops at the first error. */
AP_DECLARE_HOOK(int, header_parser, (request_rec *r))

/* Write the response, if r->handler is this module's. OK, DECLINED, DONE,
 * SUSPENDED or a status. */
AP_DECLARE_HOOK(int, handler, (request_rec *r))

/* Open a .htaccess file: *conffile and *full_name; APR status, AP_DECLINED to
 * let others. */
AP_DECLARE_HOOK(apr_status_t, open_htaccess, (request_rec *r,
    const char *dir_name, const char *access_name, ap_configfile_t **conffile,
    const char **full_name))

/* Adds content filters, runs the handlers. What the one that took it returned;
 * 500 when nobody did. */
AP_DECLARE(int) ap_invoke_handler(request_rec *r);

/* ---- Inlined forms: vectors are plain arrays of pointers ----------------- */

/* With AP_DEBUG the functions are called instead. */
#ifndef AP_DEBUG
#define ap_get_module_config(v, m) (((void **)(v))[(m)->module_index])
#define ap_set_module_config(v, m, val) \
    ((((void **)(v))[(m)->module_index]) = (val))

#define ap_get_server_module_loglevel(s, i) \
    ap_get_module_loglevel(&(s)->log, i)
#define ap_get_conn_module_loglevel(c, i) \
    ap_get_module_loglevel(ap_get_conn_logconf(c), i)
#define ap_get_conn_server_module_loglevel(c, s, i) \
    ap_get_module_loglevel(ap_get_conn_server_logconf(c, s), i)
#define ap_get_request_module_loglevel(r, i) \
    ap_get_module_loglevel(ap_get_request_logconf(r), i)
#endif

#ifdef __cplusplus
}
#endif

#endif
