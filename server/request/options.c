/* SPDX-License-Identifier: Apache-2.0 */
/* options.c -- what Options and AllowOverride mean for a walk, and the words
 * directives of this room are made of. */
#include "request/request.h"

/* SymLinksIfOwnerMatch beside FollowSymLinks asks for the check. */
enum cl_link_policy cl_request_link_policy(allow_options_t options)
{
    if (options & OPT_SYM_OWNER) {
        return CL_LINKS_OWNER;
    }
    return options & OPT_SYM_LINKS ? CL_LINKS_FOLLOW : CL_LINKS_NEVER;
}

/* Where no AllowOverride was said the files are read, and since nothing is
 * allowed in them any directive in one fails: a .htaccess that should protect
 * something is never passed over in silence. */
bool cl_request_reads_htaccess(const core_dir_config *conf)
{
    if (conf->override != OR_NONE) {
        return true;
    }
    return conf->override_list && !apr_is_empty_table(conf->override_list);
}

int cl_request_choose(const struct cl_choice *choices, const char *arg)
{
    for (; choices->word; choices++) {
        if (ap_cstr_casecmp(choices->word, arg) == 0) {
            return choices->value;
        }
    }
    return -1;
}

int cl_request_on_off(const char *arg)
{
    static const struct cl_choice words[] = {
        { "off", 0 }, { "on", 1 }, { 0 }
    };

    return cl_request_choose(words, arg);
}
