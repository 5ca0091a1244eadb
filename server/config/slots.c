/* SPDX-License-Identifier: Apache-2.0 */
/* slots.c -- ready-made directive functions: store the argument in the
 * member of the module's own struct whose offset is in cmd->info. */
#include "config/config.h"

#include <apr_strings.h>

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

static void *member(const cmd_parms *cmd, void *struct_ptr)
{
    return (char *)struct_ptr + (apr_size_t)cmd->info;
}

AP_DECLARE(const char *) ap_set_string_slot(cmd_parms *cmd, void *struct_ptr,
                                            const char *arg)
{
    *(const char **)member(cmd, struct_ptr) = arg;
    return NULL;
}

AP_DECLARE(const char *) ap_set_string_slot_lower(cmd_parms *cmd,
                                                  void *struct_ptr,
                                                  const char *arg)
{
    char *lower = apr_pstrdup(cmd->pool, arg);

    ap_str_tolower(lower);
    *(const char **)member(cmd, struct_ptr) = lower;
    return NULL;
}

AP_DECLARE(const char *) ap_set_int_slot(cmd_parms *cmd, void *struct_ptr,
                                         const char *arg)
{
    char *end;
    long value;

    errno = 0;
    value = strtol(arg, &end, 10);
    if (*arg == '\0' || end == arg || *end != '\0') {
        return apr_psprintf(cmd->pool, "%s needs a whole number, not "
                            "\"%s\"", cmd->cmd->name, arg);
    }
    if (errno == ERANGE || value < INT_MIN || value > INT_MAX) {
        return apr_psprintf(cmd->pool, "%s needs a number from %d to "
                            "%d, not \"%s\"",
                            cmd->cmd->name, INT_MIN, INT_MAX, arg);
    }
    *(int *)member(cmd, struct_ptr) = (int)value;
    return NULL;
}

AP_DECLARE(const char *) ap_set_flag_slot(cmd_parms *cmd, void *struct_ptr,
                                          int arg)
{
    *(int *)member(cmd, struct_ptr) = arg != 0;
    return NULL;
}

AP_DECLARE(const char *) ap_set_flag_slot_char(cmd_parms *cmd,
                                               void *struct_ptr, int arg)
{
    *(char *)member(cmd, struct_ptr) = arg != 0;
    return NULL;
}

AP_DECLARE(const char *) ap_set_file_slot(cmd_parms *cmd, void *struct_ptr,
                                          const char *arg)
{
    const char *path = ap_server_root_relative(cmd->pool, arg);

    if (path == NULL) {
        return apr_pstrcat(cmd->pool, cmd->cmd->name,
                           " cannot make a path of \"", arg, "\"", NULL);
    }
    *(const char **)member(cmd, struct_ptr) = path;
    return NULL;
}

/* The help text of the row says what to use instead. */
AP_DECLARE(const char *) ap_set_deprecated(cmd_parms *cmd, void *,
                                           const char *)
{
    return cmd->cmd->errmsg;
}
