/* SPDX-License-Identifier: Apache-2.0 */
/* mutex.c -- named cross-process mutexes and the Mutex directive.
 *
 * A module registers a type (ssl-cache, mpm-accept ...) in pre_config; the
 * administrator may choose mechanism and directory per type or for all.  What
 * counts, strongest first: Mutex for the type, Mutex default, what the module
 * asked for, the built-in default.  All of it lives in pconf.
 */
#include "base/base.h"

#include "ap_mpm.h"
#include "http_log.h"
#include "unixd.h"
#include "util_mutex.h"

#include <apr_file_info.h>
#include <apr_strings.h>

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

struct choice {                 /* how to make a mutex */
    apr_lockmech_e mechanism;
    const char *directory;      /* NULL: the run-time directory */
    bool none;
    bool omit_pid;
};

struct mutex_type {
    const char *name;
    apr_int32_t options;        /* AP_MUTEX_* */
    bool is_registered_choice;  /* the module asked for something special */
    bool is_configured;         /* the administrator did */
    struct choice registered;
    struct choice configured;
};

static apr_pool_t *config_pool;         /* NULL: not initialized */
static apr_array_header_t *types;       /* of struct mutex_type */
static struct choice fallback = { .mechanism = APR_LOCK_DEFAULT };
static bool fallback_is_configured;

struct mechanism_word {
    const char *word;
    apr_lockmech_e mechanism;
};

static const struct mechanism_word mechanisms[] = {
    { "default", APR_LOCK_DEFAULT },
    { "yes", APR_LOCK_DEFAULT },
#if APR_HAS_FCNTL_SERIALIZE
    { "fcntl", APR_LOCK_FCNTL },
    { "file", APR_LOCK_FCNTL },
#endif
#if APR_HAS_FLOCK_SERIALIZE
    { "flock", APR_LOCK_FLOCK },
    { "file", APR_LOCK_FLOCK },
#endif
#if APR_HAS_SYSVSEM_SERIALIZE
    { "sysvsem", APR_LOCK_SYSVSEM },
#endif
#if APR_HAS_POSIXSEM_SERIALIZE
    { "posixsem", APR_LOCK_POSIXSEM },
    { "sem", APR_LOCK_POSIXSEM },
#endif
#if APR_HAS_SYSVSEM_SERIALIZE
    { "sem", APR_LOCK_SYSVSEM },
#endif
#if APR_HAS_PROC_PTHREAD_SERIALIZE
    { "pthread", APR_LOCK_PROC_PTHREAD },
#endif
    { 0 }
};

static bool is_none(const char *word)
{
    return strcasecmp(word, "none") == 0 || strcasecmp(word, "no") == 0;
}

AP_DECLARE(apr_status_t) ap_parse_mutex(const char *arg, apr_pool_t *pool,
    apr_lockmech_e *mutexmech, const char **mutexfile)
{
    const char *colon = strchr(arg, ':');
    const char *word = colon ? apr_pstrmemdup(pool, arg, colon - arg) : arg;
    const struct mechanism_word *row = mechanisms;

    *mutexfile = NULL;
    if (is_none(word)) {
        return APR_ENOLOCK;
    }
    while (row->word != NULL && strcasecmp(row->word, word) != 0) {
        row++;
    }
    if (row->word == NULL) {
        return APR_ENOTIMPL;
    }
    *mutexmech = row->mechanism;
    if (colon != NULL && colon[1] != '\0') {
        *mutexfile = ap_server_root_relative(pool, colon + 1);
        if (*mutexfile == NULL) {
            return APR_BADARG;
        }
    }
    return APR_SUCCESS;
}

static apr_status_t forget_types(void *pool)
{
    if (config_pool == pool) {
        config_pool = NULL;
        types = NULL;
    }
    return APR_SUCCESS;
}

AP_DECLARE(void) ap_mutex_init(apr_pool_t *p)
{
    if (config_pool == p) {
        return;
    }
    config_pool = p;
    types = apr_array_make(p, 16, sizeof(struct mutex_type));
    fallback = (struct choice){ .mechanism = APR_LOCK_DEFAULT };
    fallback_is_configured = false;
    apr_pool_cleanup_register(p, p, forget_types, apr_pool_cleanup_null);
}

static struct mutex_type *find_type(const char *name)
{
    struct mutex_type *type = types ? (void *)types->elts : NULL;

    for (int i = 0; types && i < types->nelts; i++) {
        if (strcasecmp(type[i].name, name) == 0) {
            return &type[i];
        }
    }
    return NULL;
}

AP_DECLARE(apr_status_t) ap_mutex_register(apr_pool_t *pconf, const char *type,
    const char *default_dir, apr_lockmech_e default_mech, apr_int32_t options)
{
    struct mutex_type *added;

    ap_mutex_init(pconf);
    if (find_type(type) != NULL) {
        return APR_SUCCESS;
    }
    if (options & ~(AP_MUTEX_ALLOW_NONE | AP_MUTEX_DEFAULT_NONE)) {
        return APR_EINVAL;
    }
    added = apr_array_push(types);
    *added = (struct mutex_type){
        .name = apr_pstrdup(pconf, type),
        .options = options,
        .is_registered_choice = default_dir != NULL
                                || default_mech != APR_LOCK_DEFAULT
                                || (options & AP_MUTEX_DEFAULT_NONE),
        .registered = {
            .mechanism = default_mech,
            .directory = default_dir
                             ? ap_server_root_relative(pconf, default_dir)
                             : NULL,
            .none = (options & AP_MUTEX_DEFAULT_NONE) != 0,
        },
    };
    return APR_SUCCESS;
}

/* NULL: the type follows the default. */
static const struct choice *own_choice(const struct mutex_type *type)
{
    if (type->is_configured) {
        return &type->configured;
    }
    return type->is_registered_choice && !fallback_is_configured
               ? &type->registered : NULL;
}

static const char *bad_mechanism(apr_pool_t *p, const char *word)
{
    return apr_psprintf(p, "Mutex does not know the mechanism \"%s\". %s",
                        word, AP_ALL_AVAILABLE_MUTEXES_STRING);
}

static const char *parse_choice(cmd_parms *cmd, const char *word,
                                struct choice *choice)
{
    apr_finfo_t info;
    apr_status_t rv;

    choice->mechanism = APR_LOCK_DEFAULT;
    rv = ap_parse_mutex(word, cmd->pool, &choice->mechanism,
                        &choice->directory);
    if (rv == APR_ENOLOCK) {
        choice->none = true;
        return NULL;
    }
    if (rv == APR_ENOTIMPL) {
        return bad_mechanism(cmd->pool, word);
    }
    if (rv != APR_SUCCESS
        || (choice->directory
            && (apr_stat(&info, choice->directory, APR_FINFO_TYPE,
                         cmd->temp_pool) != APR_SUCCESS
                || info.filetype != APR_DIR))) {
        return apr_psprintf(cmd->pool, "Mutex \"%s\" names no directory; "
                            "create it first", word);
    }
    return NULL;
}

static const char *apply_choice(cmd_parms *cmd, const char *name,
                                const struct choice *choice)
{
    struct mutex_type *type;

    if (strcasecmp(name, "default") == 0) {
        if (choice->none) {
            return "Mutex none cannot be the default; name the mutexes that "
                   "may go without";
        }
        fallback = *choice;
        fallback_is_configured = true;
        return NULL;
    }
    type = find_type(name);
    if (type == NULL) {
        return apr_psprintf(cmd->pool, "Mutex does not know a mutex \"%s\"; "
                            "the module that has it must be loaded before",
                            name);
    }
    if (choice->none && !(type->options & AP_MUTEX_ALLOW_NONE)) {
        return apr_psprintf(cmd->pool, "Mutex none is not possible for "
                            "\"%s\"", name);
    }
    type->configured = *choice;
    type->is_configured = true;
    return NULL;
}

/* All words after the mechanism; OmitPID may stand anywhere among them. */
static apr_array_header_t *split_names(apr_pool_t *p, const char *args,
                                       bool *omit_pid)
{
    apr_array_header_t *names = apr_array_make(p, 4, sizeof(const char *));

    *omit_pid = false;
    while (*args != '\0') {
        const char *word = ap_getword_conf(p, &args);

        if (strcasecmp(word, "OmitPID") == 0) {
            *omit_pid = true;
        }
        else if (*word != '\0') {
            APR_ARRAY_PUSH(names, const char *) = word;
        }
    }
    if (names->nelts == 0) {
        APR_ARRAY_PUSH(names, const char *) = "default";
    }
    return names;
}

AP_DECLARE(const char *) ap_set_mutex(cmd_parms *cmd, void *, const char *arg)
{
    const char *wrong = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    struct choice choice = { 0 };
    apr_array_header_t *names;
    const char *word;

    if (wrong != NULL) {
        return wrong;
    }
    word = ap_getword_conf(cmd->pool, &arg);
    if (*word == '\0') {
        return "Mutex needs a mechanism. " AP_ALL_AVAILABLE_MUTEXES_STRING;
    }
    wrong = parse_choice(cmd, word, &choice);
    names = split_names(cmd->pool, arg, &choice.omit_pid);
    for (int i = 0; wrong == NULL && i < names->nelts; i++) {
        wrong = apply_choice(cmd, APR_ARRAY_IDX(names, i, const char *),
                             &choice);
    }
    return wrong;
}

const char *cl_set_mutex(cmd_parms *cmd, void *dummy, const char *args)
{
    return ap_set_mutex(cmd, dummy, args);
}

static const char *directory_of(apr_pool_t *p, const struct choice *choice)
{
    return choice->directory ? choice->directory
                             : ap_runtime_dir_relative(p, "");
}

static bool needs_file(apr_lockmech_e mechanism)
{
#if APR_USE_FLOCK_SERIALIZE || APR_USE_FCNTL_SERIALIZE
    if (mechanism == APR_LOCK_DEFAULT) {
        return true;
    }
#endif
    return mechanism == APR_LOCK_FLOCK || mechanism == APR_LOCK_FCNTL;
}

static const char *lock_file(apr_pool_t *p, const struct choice *choice,
                             const char *type, const char *instance)
{
    const char *directory = directory_of(p, choice);
    apr_size_t length = strlen(directory);
    const char *name;

    if (!needs_file(choice->mechanism)) {
        return NULL;
    }
    name = apr_pstrcat(p, directory,
                       length && directory[length - 1] == '/' ? "" : "/",
                       type, instance ? "-" : "", instance ? instance : "",
                       NULL);
    if (!choice->omit_pid) {
        name = apr_psprintf(p, "%s.%" APR_PID_T_FMT, name, getpid());
    }
    return name;
}

struct plan {
    const char *type;
    const struct choice *choice;        /* NULL: no mutex at all */
    const char *file;                   /* NULL: the mechanism needs none */
};

static apr_status_t plan_mutex(struct plan *plan, apr_pool_t *p,
                               const char *type, const char *instance,
                               server_rec *s, apr_int32_t options)
{
    const struct mutex_type *known = find_type(type);

    if (options != 0) {
        return APR_EINVAL;
    }
    if (known == NULL) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, 0, s, APLOGNO(50055)
                     "could not create mutex \"%s\": no module registered "
                     "this type", type);
        return APR_EINVAL;
    }
    *plan = (struct plan){ .type = known->name, .choice = own_choice(known) };
    if (plan->choice == NULL) {
        plan->choice = &fallback;
    }
    if (plan->choice->none) {
        plan->choice = NULL;
        return APR_SUCCESS;
    }
    plan->file = lock_file(p, plan->choice, known->name, instance);
    return APR_SUCCESS;
}

/* After the creation, and after the change of permissions. */
static apr_status_t check_step(const struct plan *plan, server_rec *s,
                               const char *what, apr_status_t rv)
{
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_CRIT, rv, s, APLOGNO(50056)
                     "could not %s mutex \"%s\"%s%s%s; see the directive "
                     "Mutex", what, plan->type,
                     plan->file ? " in file \"" : "",
                     plan->file ? plan->file : "", plan->file ? "\"" : "");
    }
    return rv;
}

AP_DECLARE(apr_status_t) ap_global_mutex_create(apr_global_mutex_t **mutex,
    const char **name, const char *type, const char *instance_id,
    server_rec *server, apr_pool_t *pool, apr_int32_t options)
{
    struct plan plan;
    apr_status_t rv = plan_mutex(&plan, pool, type, instance_id, server,
                                 options);

    *mutex = NULL;
    if (rv != APR_SUCCESS || plan.choice == NULL) {
        return rv;
    }
    rv = check_step(&plan, server, "create",
                    apr_global_mutex_create(mutex, plan.file,
                                            plan.choice->mechanism, pool));
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (name != NULL) {
        *name = plan.file;
    }
    return check_step(&plan, server, "set permissions of",
                      ap_unixd_set_global_mutex_perms(*mutex));
}

AP_DECLARE(apr_status_t) ap_proc_mutex_create(apr_proc_mutex_t **mutex,
    const char **name, const char *type, const char *instance_id,
    server_rec *server, apr_pool_t *pool, apr_int32_t options)
{
    struct plan plan;
    apr_status_t rv = plan_mutex(&plan, pool, type, instance_id, server,
                                 options);

    *mutex = NULL;
    if (rv != APR_SUCCESS || plan.choice == NULL) {
        return rv;
    }
    rv = check_step(&plan, server, "create",
                    apr_proc_mutex_create(mutex, plan.file,
                                          plan.choice->mechanism, pool));
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (name != NULL) {
        *name = plan.file;
    }
    return check_step(&plan, server, "set permissions of",
                      ap_unixd_set_proc_mutex_perms(*mutex));
}

static const char *mechanism_name(apr_lockmech_e mechanism)
{
    const struct mechanism_word *row = mechanisms;

    while (row->word != NULL && row->mechanism != mechanism) {
        row++;
    }
    return row->word ? row->word : "unknown";
}

static void dump_choice(apr_file_t *out, const char *name,
                        const struct choice *choice, const char *directory)
{
    if (choice == NULL) {
        apr_file_printf(out, "Mutex %s: using_defaults\n", name);
    }
    else if (choice->none) {
        apr_file_printf(out, "Mutex %s: none\n", name);
    }
    else {
        apr_file_printf(out, "Mutex %s: dir=\"%s\" mechanism=%s %s\n", name,
                        directory ? directory : "",
                        mechanism_name(choice->mechanism),
                        choice->omit_pid ? "[OmitPid]" : "");
    }
}

AP_DECLARE(void) ap_dump_mutexes(apr_pool_t *p, server_rec *, apr_file_t *out)
{
    const struct mutex_type *type = types ? (void *)types->elts : NULL;

    dump_choice(out, "default", &fallback, directory_of(p, &fallback));
    for (int i = 0; types && i < types->nelts; i++) {
        const struct choice *choice = own_choice(&type[i]);

        dump_choice(out, type[i].name, choice,
                    choice ? choice->directory : NULL);
    }
}
