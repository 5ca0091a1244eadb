/* SPDX-License-Identifier: Apache-2.0 */
/* mod_authn_file -- users and password hashes in a text file.
 *
 *   AuthUserFile path        lines "user:hash", or "user:realm:hash" (Digest)
 *   provider: authn "file"
 */
#include <string.h>

#include "ap_provider.h"
#include "apr_md5.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "mod_auth.h"

extern module AP_MODULE_DECLARE_DATA authn_file_module;

struct authn_file_dir {
    const char *path;
};

static APR_OPTIONAL_FN_TYPE(ap_authn_cache_store) *cache_store;

static void *authn_file_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct authn_file_dir));
}

static void *authn_file_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct authn_file_dir *base = basev;
    const struct authn_file_dir *add = addv;
    struct authn_file_dir *dir = apr_palloc(p, sizeof *dir);

    dir->path = add->path != NULL ? add->path : base->path;
    return dir;
}

static apr_status_t open_users(request_rec *r, ap_configfile_t **f)
{
    const struct authn_file_dir *dir = ap_get_module_config(
        r->per_dir_config, &authn_file_module);
    apr_status_t rv;

    if (dir->path == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(01619)
                      "no AuthUserFile is set for this place");
        return APR_EGENERAL;
    }
    rv = ap_pcfg_openfile(f, r->pool, dir->path);
    if (rv != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(01620)
                      "could not open the password file \"%s\"", dir->path);
    }
    return rv;
}

/* What stands behind "user:", or behind "user:realm:"; NULL when absent. */
static const char *find_entry(request_rec *r, ap_configfile_t *f,
                              const char *user, const char *realm)
{
    char line[MAX_STRING_LEN];

    while (ap_cfg_getline(line, sizeof line, f) == APR_SUCCESS) {
        const char *rest = line;
        const char *word;

        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        word = ap_getword(r->pool, &rest, ':');
        if (strcmp(word, user) != 0) {
            continue;
        }
        if (realm == NULL
            || strcmp(ap_getword(r->pool, &rest, ':'), realm) == 0) {
            return ap_getword(r->pool, &rest, ':');
        }
    }
    return NULL;
}

static authn_status check_password(request_rec *r, const char *user,
                                   const char *password)
{
    ap_configfile_t *f;
    const char *hash;

    if (open_users(r, &f) != APR_SUCCESS) {
        return AUTH_GENERAL_ERROR;
    }
    hash = find_entry(r, f, user, NULL);
    ap_cfg_closefile(f);
    if (hash == NULL) {
        return AUTH_USER_NOT_FOUND;
    }
    if (cache_store != NULL) {
        cache_store(r, "file", user, NULL, hash);
    }
    return apr_password_validate(password, hash) == APR_SUCCESS
        ? AUTH_GRANTED : AUTH_DENIED;
}

static authn_status get_realm_hash(request_rec *r, const char *user,
                                   const char *realm, char **result)
{
    ap_configfile_t *f;
    const char *hash;

    if (open_users(r, &f) != APR_SUCCESS) {
        return AUTH_GENERAL_ERROR;
    }
    hash = find_entry(r, f, user, realm);
    ap_cfg_closefile(f);
    if (hash == NULL) {
        return AUTH_USER_NOT_FOUND;
    }
    *result = (char *)hash;
    if (cache_store != NULL) {
        cache_store(r, "file", user, realm, hash);
    }
    return AUTH_USER_FOUND;
}

static void authn_file_optional_fns(void)
{
    cache_store = APR_RETRIEVE_OPTIONAL_FN(ap_authn_cache_store);
}

static const authn_provider file_provider = {
    check_password, get_realm_hash
};

static const command_rec authn_file_directives[] = {
    AP_INIT_TAKE1("AuthUserFile", ap_set_file_slot,
        (void *)offsetof(struct authn_file_dir, path), OR_AUTHCFG,
        "a file with a user and a password hash on each line (htpasswd)"),
    { 0 }
};

static void authn_file_register_hooks(apr_pool_t *p)
{
    ap_register_auth_provider(p, AUTHN_PROVIDER_GROUP, "file",
                              AUTHN_PROVIDER_VERSION, &file_provider,
                              AP_AUTH_INTERNAL_PER_CONF);
    ap_hook_optional_fn_retrieve(authn_file_optional_fns, NULL, NULL,
                                 APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(authn_file) = {
    STANDARD20_MODULE_STUFF, authn_file_create_dir, authn_file_merge_dir,
    NULL, NULL, authn_file_directives, authn_file_register_hooks,
    AP_MODULE_FLAG_NONE
};
