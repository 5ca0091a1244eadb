/* SPDX-License-Identifier: Apache-2.0 */
/* mod_unixd -- as whom the children run.
 *
 *   User unix-userid #-1   Group unix-group #-1   ChrootDir directory
 *   Suexec On|Off (On if the helper is installed)      all in server config
 *   hooks: pre_config check_config test_config drop_privileges
 *
 * The values go to the public ap_unixd_config; the server does the changing
 * of identity (ap_unixd_setup_child) and uses the suexec helper.
 */
#include "httpd.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_main.h"
#include "mod_unixd.h"
#include "mpm_common.h"
#include "unixd.h"

#include <apr_strings.h>

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <sys/stat.h>

/* ---- directives */

static const char *unixd_set_user(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);
    uid_t uid;

    if (err) {
        return err;
    }
    if (*arg != '#' && getpwnam(arg) == NULL) {
        return apr_psprintf(cmd->pool, APLOGNO(00543) "bad user name %s: it "
                            "is not in the system's user database", arg);
    }
    uid = ap_uname2id(arg);
    if (uid == 0) {
        return "User must not be root: whoever finds a hole in a request "
               "handler would own the machine; make a user for the server";
    }
    ap_unixd_config.user_name = arg;
    ap_unixd_config.user_id = uid;
    return NULL;
}

static const char *unixd_set_group(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    if (*arg != '#' && getgrnam(arg) == NULL) {
        return apr_psprintf(cmd->pool, APLOGNO(00544) "bad group name %s: it "
                            "is not in the system's group database", arg);
    }
    ap_unixd_config.group_name = arg;
    ap_unixd_config.group_id = ap_gname2id(arg);
    return NULL;
}

static const char *unixd_set_chroot(cmd_parms *cmd, void *, const char *arg)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    if (!ap_is_directory(cmd->pool, arg)) {
        return apr_psprintf(cmd->pool, "ChrootDir \"%s\" is not a directory",
                            arg);
    }
    ap_unixd_config.chroot_dir = arg;
    return NULL;
}

static const char *unixd_set_suexec(cmd_parms *cmd, void *, int on)
{
    const char *err = ap_check_cmd_context(cmd, GLOBAL_ONLY);

    if (err) {
        return err;
    }
    if (on && !ap_unixd_config.suexec_enabled) {
        return apr_pstrcat(cmd->pool, "suEXEC isn't supported: ",
                           ap_unixd_config.suexec_disabled_reason, NULL);
    }
    if (!on) {
        ap_unixd_config.suexec_enabled = 0;
        ap_unixd_config.suexec_disabled_reason = "Suexec is Off";
    }
    return NULL;
}

/* ---- hooks */

/* NULL: the helper is installed as it must be, else why not. */
static const char *suexec_flaw(void)
{
    struct stat st;

    if (stat(SUEXEC_BIN, &st) != 0) {
        return "Missing suexec binary " SUEXEC_BIN;
    }
    if (!(st.st_mode & S_ISUID) || st.st_uid != 0) {
        return "Invalid owner or file mode for " SUEXEC_BIN
               " (it must belong to root and have the set-user-id bit)";
    }
    return access(SUEXEC_BIN, X_OK) == 0
               ? NULL : "No permission to run " SUEXEC_BIN;
}

static apr_status_t not_responsible(void *)
{
    ap_sys_privileges_handlers(-1);
    return APR_SUCCESS;
}

static int unixd_pre_config(apr_pool_t *pconf, apr_pool_t *, apr_pool_t *)
{
    const char *flaw = suexec_flaw();

    ap_sys_privileges_handlers(1);
    apr_pool_cleanup_register(pconf, NULL, not_responsible,
                              apr_pool_cleanup_null);
    ap_unixd_config = (unixd_config_rec){
        .user_name = DEFAULT_USER,
        .group_name = DEFAULT_GROUP,
        .user_id = ap_uname2id(DEFAULT_USER),
        .group_id = ap_gname2id(DEFAULT_GROUP),
        .suexec_enabled = flaw == NULL,
        .suexec_disabled_reason = flaw
    };
    return OK;
}

/* Found out here, by one clear line, rather than by each child. */
static int unixd_check_config(apr_pool_t *, apr_pool_t *, apr_pool_t *,
                              server_rec *)
{
    bool set = ap_unixd_config.user_id != (uid_t)-1
               && ap_unixd_config.group_id != (gid_t)-1;

    if (geteuid() == 0 && !set
        && ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_NORMAL) {
        ap_log_error(APLOG_MARK, APLOG_CRIT | APLOG_STARTUP, 0, NULL,
                     APLOGNO(50680) "started as root without saying as whom "
                     "to serve; add User and Group to the configuration, for "
                     "example: User www-data");
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    return OK;
}

static void unixd_test_config(apr_pool_t *pconf, server_rec *)
{
    apr_file_t *out;

    if (!ap_exists_config_define("DUMP_RUN_CFG")
        || apr_file_open_stdout(&out, pconf) != APR_SUCCESS) {
        return;
    }
    apr_file_printf(out, "User: name=\"%s\" id=%lu%s\n",
                    ap_unixd_config.user_name,
                    (unsigned long)ap_unixd_config.user_id,
                    geteuid() == 0 ? "" : " not_used");
    apr_file_printf(out, "Group: name=\"%s\" id=%lu%s\n",
                    ap_unixd_config.group_name,
                    (unsigned long)ap_unixd_config.group_id,
                    geteuid() == 0 ? "" : " not_used");
    if (ap_unixd_config.chroot_dir) {
        apr_file_printf(out, "ChrootDir: \"%s\"%s\n",
                        ap_unixd_config.chroot_dir,
                        geteuid() == 0 ? "" : " not_used");
    }
    if (ap_unixd_config.suexec_enabled) {
        apr_file_puts("suEXEC: enabled\n", out);
    }
}

static int unixd_drop_privileges(apr_pool_t *, server_rec *)
{
    return ap_unixd_setup_child() == 0 ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

/* ---- tables */

static const command_rec unixd_directives[] = {
    AP_INIT_TAKE1("User", unixd_set_user, NULL, RSRC_CONF,
                  "user the children run as: a name, or # and a number"),
    AP_INIT_TAKE1("Group", unixd_set_group, NULL, RSRC_CONF,
                  "group the children run as: a name, or # and a number"),
    AP_INIT_TAKE1("ChrootDir", unixd_set_chroot, NULL, RSRC_CONF,
                  "directory that becomes the children's root directory"),
    AP_INIT_FLAG("Suexec", unixd_set_suexec, NULL, RSRC_CONF,
                 "on: scripts may run as other users by the suexec helper"),
    { 0 }
};

static void unixd_register_hooks(apr_pool_t *)
{
    /* Before modules that look at the user while they prepare. */
    ap_hook_pre_config(unixd_pre_config, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_check_config(unixd_check_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_test_config(unixd_test_config, NULL, NULL, APR_HOOK_FIRST);
    ap_hook_drop_privileges(unixd_drop_privileges, NULL, NULL,
                            APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(unixd) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL, unixd_directives,
    unixd_register_hooks, AP_MODULE_FLAG_NONE
};
