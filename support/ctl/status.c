/* SPDX-License-Identifier: Apache-2.0 */
/* status.c -- the verbs that show mod_status's pages.  The address is
 * CLEAT_STATUSURL, or /server-status on the port the server listens on.
 */
#include "ctl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *fetch(const struct call *call, const char *query)
{
    char fallback[64], url[1400];

    snprintf(fallback, sizeof fallback, "http://localhost:%d/server-status",
             ctl_listen_port(call->rest));
    snprintf(url, sizeof url, "%s%s", ctl_setting("STATUSURL", fallback),
             query);
    return ctl_http_get(url);
}

/* The short form: "Name: value" lines without the scoreboard, which is the
 * one long line. */
int ctl_status(const struct call *call)
{
    char *page = fetch(call, "?auto");

    if (!page) {
        return 1;
    }
    for (char *line = strtok(page, "\r\n"); line; line = strtok(NULL, "\r\n")) {
        if (strncmp(line, "Scoreboard:", 11) != 0) {
            puts(line);
        }
    }
    free(page);
    return 0;
}

int ctl_fullstatus(const struct call *call)
{
    char *page = fetch(call, "");

    if (!page) {
        return 1;
    }
    ctl_print_page(page);
    free(page);
    return 0;
}
