/* SPDX-License-Identifier: Apache-2.0 */
/* identity.c -- who the children are: names to numbers, and becoming it.
 *
 * ap_unixd_config is filled by mod_unixd's directives.  The order in
 * ap_unixd_setup_child() matters: groups while still root, then the new root
 * directory, then the user, after which nothing can be taken back.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"
#include "mod_unixd.h"

#include <apr_portable.h>
#include <apr_strings.h>

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

AP_DECLARE_DATA unixd_config_rec ap_unixd_config;

static int privilege_handlers;

/* How many modules look after giving up root's rights; inc is added first. */
AP_DECLARE(int) ap_sys_privileges_handlers(int inc)
{
    privilege_handlers += inc;
    return privilege_handlers;
}

/* "#123" names the number itself. */
static bool number_after_hash(const char *name, long *id)
{
    char *end;

    if (name[0] != '#') {
        return false;
    }
    *id = strtol(name + 1, &end, 10);
    return end != name + 1 && *end == '\0';
}

AP_DECLARE(uid_t) ap_uname2id(const char *name)
{
    const struct passwd *entry;
    long id;

    if (number_after_hash(name, &id)) {
        return (uid_t)id;
    }
    entry = getpwnam(name);
    if (entry == NULL) {
        ap_log_error(APLOG_MARK, APLOG_STARTUP, 0, NULL, APLOGNO(00543)
                     "%s: bad user name %s: no such user in the system's "
                     "user database", ap_server_argv0, name);
        exit(1);                        /* public promise: it returns an id */
    }
    return entry->pw_uid;
}

AP_DECLARE(gid_t) ap_gname2id(const char *name)
{
    const struct group *entry;
    long id;

    if (number_after_hash(name, &id)) {
        return (gid_t)id;
    }
    entry = getgrnam(name);
    if (entry == NULL) {
        ap_log_error(APLOG_MARK, APLOG_STARTUP, 0, NULL, APLOGNO(00544)
                     "%s: bad group name %s: no such group in the system's "
                     "group database", ap_server_argv0, name);
        exit(1);
    }
    return entry->gr_gid;
}

static int complain(int err, const char *what, const char *about)
{
    ap_log_error(APLOG_MARK, APLOG_ALERT, err, ap_server_conf, APLOGNO(50655)
                 "could not %s \"%s\" for a child process", what, about);
    return -1;
}

/* The name whose supplementary groups count; "#id" may have one too. */
static const char *user_name(void)
{
    const struct passwd *entry;

    if (ap_unixd_config.user_name[0] != '#') {
        return ap_unixd_config.user_name;
    }
    entry = getpwuid(ap_unixd_config.user_id);
    return entry ? entry->pw_name : NULL;
}

static int enter_groups(void)
{
    gid_t gid = ap_unixd_config.group_id;
    const char *name = user_name();

    if (setgid(gid) != 0) {
        return complain(errno, "change to group", ap_unixd_config.group_name);
    }
    if (name == NULL) {                 /* a number without an entry */
        return setgroups(1, &gid) == 0 ? 0
               : complain(errno, "set the groups of user",
                          ap_unixd_config.user_name);
    }
    if (initgroups(name, gid) != 0) {
        return complain(errno, "set the groups of user", name);
    }
    return 0;
}

static int enter_chroot(const char *dir)
{
    if (chdir(dir) != 0 || chroot(dir) != 0 || chdir("/") != 0) {
        return complain(errno, "change the root directory to", dir);
    }
    return 0;
}

AP_DECLARE(int) ap_unixd_setup_child(void)
{
    bool root = geteuid() == 0;

    if (root && enter_groups() != 0) {
        return -1;
    }
    if (ap_unixd_config.chroot_dir) {
        if (!root) {
            return complain(EPERM, "without root's rights change the root "
                            "directory to", ap_unixd_config.chroot_dir);
        }
        if (enter_chroot(ap_unixd_config.chroot_dir) != 0) {
            return -1;
        }
    }
    if (root && setuid(ap_unixd_config.user_id) != 0) {
        return complain(errno, "change to user", ap_unixd_config.user_name);
    }
    /* The kernel forbids core files to a process that changed its user. */
    if (ap_coredumpdir_configured && prctl(PR_SET_DUMPABLE, 1) != 0) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, errno, ap_server_conf,
                     APLOGNO(50656) "could not allow core files; "
                     "CoreDumpDirectory stays empty");
    }
    return 0;
}

/* Locks made by root must be usable by the children's user. */
static apr_status_t give_away(apr_status_t rv)
{
    return APR_STATUS_IS_ENOTIMPL(rv) ? APR_SUCCESS : rv;
}

AP_DECLARE(apr_status_t) ap_unixd_set_proc_mutex_perms(apr_proc_mutex_t *m)
{
    if (geteuid() != 0) {
        return APR_SUCCESS;
    }
    return give_away(apr_proc_mutex_perms_set(
        m, APR_FPROT_UREAD | APR_FPROT_UWRITE,
        ap_unixd_config.user_id, ap_unixd_config.group_id));
}

AP_DECLARE(apr_status_t) ap_unixd_set_global_mutex_perms(apr_global_mutex_t *m)
{
    if (geteuid() != 0) {
        return APR_SUCCESS;
    }
    return give_away(apr_global_mutex_perms_set(
        m, APR_FPROT_UREAD | APR_FPROT_UWRITE,
        ap_unixd_config.user_id, ap_unixd_config.group_id));
}
