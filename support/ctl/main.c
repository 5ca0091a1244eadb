/* SPDX-License-Identifier: Apache-2.0 */
/* main.c -- cleatctl: start, stop, test and watch the server.
 *
 * A verb table; words that are no verb go to cleat as they are, so that
 * "cleatctl -S" or "cleatctl -k start" do what cleat does with them, in the
 * environment of the envvars file.
 */
#include "ctl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int help(const struct call *call);

struct verb {
    const char *name;
    int (*act)(const struct call *call);
    const char *help;                   /* NULL: another name of the above */
};

static const struct verb verbs[] = {
    { "start", ctl_signal, "start the server" },
    { "stop", ctl_signal, "stop it now" },
    { "graceful-stop", ctl_signal, "stop it when all requests are served" },
    { "restart", ctl_checked_signal,
      "test the configuration, then read it anew now" },
    { "graceful", ctl_checked_signal,
      "test the configuration, then read it anew between requests" },
    { "configtest", ctl_configtest, "test the configuration" },
    { "status", ctl_status, "what the server does (needs mod_status)" },
    { "fullstatus", ctl_fullstatus, "the whole status page as text" },
    { "help", help, "show this" },
    { "usage", help, NULL },
    { "--help", help, NULL },
    { "startssl", ctl_no_startssl, NULL },
    { "sslstart", ctl_no_startssl, NULL },
    { "start-SSL", ctl_no_startssl, NULL },
    { 0 }
};

static int help(const struct call *)
{
    puts("usage: cleatctl VERB [options of cleat]\n"
         "       cleatctl options of cleat\n");
    for (const struct verb *verb = verbs; verb->name; verb++) {
        if (verb->help) {
            printf("  %-14s %s\n", verb->name, verb->help);
        }
    }
    puts("\nThe options of cleat are shown by: cleatctl -h");
    return 1;
}

static const struct verb *find_verb(const char *name)
{
    for (const struct verb *verb = verbs; verb->name; verb++) {
        if (strcmp(verb->name, name) == 0) {
            return verb;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static const char *const nothing[] = { NULL };
    const struct verb *verb;

    if (argc < 2) {
        return help(NULL);
    }
    if (!ctl_read_envvars()) {
        return 1;
    }
    verb = find_verb(argv[1]);
    if (verb) {
        struct call call = { verb->name, argv + 2 };

        return verb->act(&call);
    }
    return ctl_become_cleat(nothing, argv + 1);
}
