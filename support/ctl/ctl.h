/* SPDX-License-Identifier: Apache-2.0 */
/* ctl.h -- what the files of cleatctl share. */
#ifndef CLEAT_CTL_H
#define CLEAT_CTL_H

#include <stdbool.h>
#include <stddef.h>

/* What a verb gets: its own name, and the words behind it, which are options
 * of cleat.  Returns the exit status. */
struct call {
    const char *verb;
    char **rest;                        /* ends with NULL */
};

/* environment.c: take over what the envvars file sets; false: it is there
 * but cannot be run */
bool ctl_read_envvars(void);
/* The variable CLEAT_NAME, or fallback if it is not set or empty. */
const char *ctl_setting(const char *name, const char *fallback);

/* program.c: run cleat with these words (ends with NULL) and then CLEAT_ARGUMENTS
 * and rest; the first returns cleat's exit status, the second returns only
 * when cleat cannot be started */
int ctl_run_cleat(const char *const words[], char **rest);
int ctl_become_cleat(const char *const words[], char **rest);

/* control.c */
int ctl_signal(const struct call *call);
int ctl_checked_signal(const struct call *call);
int ctl_configtest(const struct call *call);
int ctl_no_startssl(const struct call *call);

/* status.c */
int ctl_status(const struct call *call);
int ctl_fullstatus(const struct call *call);

/* listen_port.c: the port of the first Listen of the configuration file that
 * rest names with -f, or of the installed one; 80 if there is none */
int ctl_listen_port(char **rest);

/* http_get.c: the body of a page (malloc'd, ends with NUL), or NULL after a
 * message */
char *ctl_http_get(const char *url);

/* page_text.c: print a page of HTML as text */
void ctl_print_page(const char *html);

#endif
