/* SPDX-License-Identifier: Apache-2.0 */
/* config/config.h -- what the files of the configuration room share.
 *
 * First half: the language (lines, words, tree, walk, modules, vectors).
 * Second half: the core's own sections and settings.
 */
#ifndef CLEAT_CONFIG_CONFIG_H
#define CLEAT_CONFIG_CONFIG_H

#include <stdbool.h>

#include "httpd.h"
#include "http_config.h"

/* Sections inside sections, conditional or not: deeper is refused, as each
 * level costs stack and .htaccess files are written by strangers. */
#define CL_CONFIG_MAX_NESTING 256

/* ap_logconf levels and module_levels entries that say nothing at all; -1 in
 * module_levels says "as the general level". */
#define CL_LOG_LEVEL_UNSET (-2)

/* source.c: one logical line of any length up to CL_CONFIG_MAX_LINE.  Zero
 * the struct, set pool; text belongs to the struct until the next call. */
#define CL_CONFIG_MAX_LINE (16 * 1024 * 1024)
struct cl_config_line {
    apr_pool_t *pool;
    char *text;
    apr_size_t size;
};
apr_status_t cl_config_read_line(struct cl_config_line *line,
                                 ap_configfile_t *cfp);

/* define.c: where warnings about undefined variables say they come from;
 * returns the former source.  Per thread. */
const ap_configfile_t *cl_config_reading(const ap_configfile_t *cfp);
const char *cl_set_define(cmd_parms *cmd, void *, const char *name,
                          const char *value);
const char *cl_set_un_define(cmd_parms *cmd, void *, const char *name);

/* condition.c: sections decided while reading; Error */
const char *cl_section_if_define(cmd_parms *cmd, void *tree, const char *args);
const char *cl_section_if_directive(cmd_parms *cmd, void *tree,
                                    const char *args);
const char *cl_section_if_file(cmd_parms *cmd, void *tree, const char *args);
const char *cl_section_if_module(cmd_parms *cmd, void *tree,
                                 const char *args);
const char *cl_section_if_section(cmd_parms *cmd, void *tree,
                                  const char *args);
const char *cl_set_error(cmd_parms *cmd, void *, const char *message);

/* include.c */
const char *cl_set_include(cmd_parms *cmd, void *tree, const char *name);
const char *cl_set_include_optional(cmd_parms *cmd, void *tree,
                                    const char *name);
/* Forget what an earlier, failed reading left; the -D DUMP_INCLUDES list
 * starts anew. */
void cl_config_start_includes(void);

/* walk.c: the state in which server configuration files are read and run. */
void cl_config_init_parms(cmd_parms *parms, server_rec *s, apr_pool_t *p,
                          apr_pool_t *ptemp);

/* Nonfatal=Override in force: say that node is not run. */
void cl_config_log_refused(cmd_parms *parms, const ap_directive_t *node);

/* command.c: call a directive's function with args cut up as its shape asks;
 * returns what the function says, or a sentence about the arguments. */
const char *cl_config_call(const command_rec *cmd, cmd_parms *parms,
                           void *mconfig, const char *args);

/* context.c: may cmd be used where parms stands?  NULL is yes. */
const char *cl_config_refuse_context(cmd_parms *parms, const command_rec *cmd,
                                     const ap_directive_t *parent);
/* "Allowed in ..." as lines for -L, each beginning with a tab. */
const char *cl_config_describe_context(apr_pool_t *p, const module *m,
                                       int req_override);

/* unknown.c: the sentence about a name nobody implements, with advice. */
const char *cl_config_unknown_directive(apr_pool_t *p, const char *name);

/* directive_index.c (generated): which stock module has which directive. */
struct cl_directive_home {
    const char *name;           /* with the < of containers */
    const char *module;         /* mod_alias */
    const char *identifier;     /* alias_module, or NULL for the core */
};
extern const struct cl_directive_home cl_directive_index[];
extern const unsigned cl_directive_index_size;

/* modules.c: who implements a directive, newest module first. */
struct cl_config_command {
    module *mod;
    const command_rec *cmd;
    struct cl_config_command *next;     /* same name, older module */
    struct cl_config_command *chain;    /* same bucket */
};
const struct cl_config_command *cl_config_find_command(const char *name);
/* Next implementation of the same name. */
const struct cl_config_command *
cl_config_next_command(const struct cl_config_command *at);
/* The module with that index, or NULL. */
module *cl_config_module_at(int index);
/* Entries a configuration vector made now has. */
int cl_config_vector_length(void);
/* While reading, vectors have room for every module there may be ... */
void cl_config_open_slots(void);
/* ... after it only for those loaded and those reserved. */
void cl_config_close_slots(const ap_directive_t *tree);
/* Visit each command known now, in no particular order. */
void cl_config_each_command(void (*visit)(void *ctx, const module *m,
                                          const command_rec *cmd),
                            void *ctx);

/* vector.c: beyond the public functions. */
ap_conf_vector_t *cl_config_create_vector(apr_pool_t *p);
ap_conf_vector_t *cl_config_create_server(apr_pool_t *p, server_rec *s);
ap_conf_vector_t *cl_config_create_default_dir(apr_pool_t *p);
/* Fill virt's empty slots from base and merge the others, as
 * ap_fixup_virtual_hosts() needs it. */
void cl_config_merge_server(apr_pool_t *p, const ap_conf_vector_t *base,
                            server_rec *virt);

/* ---- the core's own configuration ------------------------------------- */

struct cl_dir;

/* Values of core_dir_config fields that mean "nobody said"; the other fields
 * have theirs in http_core.h, pointers are NULL, read_buf_size is 0. */
enum {
    CL_LIMIT_UNSET = -1,            /* limit_req_body, limit_xml_body */
    CL_PATH_INFO_UNSET = 3,         /* accept_path_info */
    CL_CONTENT_MD5_UNSET = 2        /* content_md5 */
};

/* core_dir.c, core_server.c: the slots of core_module. */
void *cl_config_create_core_dir(apr_pool_t *p, char *dir);
void *cl_config_merge_core_dir(apr_pool_t *p, void *base, void *add);
void *cl_config_create_core_server(apr_pool_t *p, server_rec *s);
void *cl_config_merge_core_server(apr_pool_t *p, void *base, void *add);

/* core_dir.c: the server's private side of the section being read, for
 * setters; cl_dir_of(r) sees it later.  A setter that finds its room's pointer
 * NULL makes a new struct: what a section has stored is shared by every merge
 * and must not be written again. */
struct cl_dir *cl_config_dir_of(cmd_parms *cmd);

/* section.c: what is written between <X> and </X>. */
const char *cl_section_directory(cmd_parms *cmd, void *, const char *arg);
const char *cl_section_files(cmd_parms *cmd, void *conf, const char *arg);
const char *cl_section_location(cmd_parms *cmd, void *, const char *arg);
const char *cl_section_if(cmd_parms *cmd, void *conf, const char *arg);
const char *cl_section_virtual_host(cmd_parms *cmd, void *, const char *arg);

/* cmd_data of the sections above: NULL, or one of these. */
extern const char cl_section_by_regex[];        /* <DirectoryMatch> ... */
extern const char cl_section_else_if[], cl_section_else[];
extern const char cl_section_except[];          /* <LimitExcept> */

/* override.c */
const char *cl_set_allow_override(cmd_parms *cmd, void *conf,
                                  const char *args);
const char *cl_set_allow_override_list(cmd_parms *cmd, void *conf, int argc,
                                       char *const *argv);
const char *cl_set_options(cmd_parms *cmd, void *conf, const char *args);

/* core_server.c */
const char *cl_set_server_admin(cmd_parms *cmd, void *, const char *arg);

#endif
