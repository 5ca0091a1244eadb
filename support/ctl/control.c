/* SPDX-License-Identifier: Apache-2.0 */
/* control.c -- the verbs that start and signal the server. */
#include "ctl.h"

#include <stdio.h>

int ctl_signal(const struct call *call)
{
    const char *const words[] = { "-k", call->verb, NULL };

    return ctl_become_cleat(words, call->rest);
}

/* A restart with a broken configuration would end the server. */
int ctl_checked_signal(const struct call *call)
{
    static const char *const test[] = { "-t", NULL };

    if (ctl_run_cleat(test, call->rest) != 0) {
        fprintf(stderr, "cleatctl: %s was not done, as the configuration has "
                "errors; the server goes on as it is\n", call->verb);
        return 1;
    }
    return ctl_signal(call);
}

int ctl_configtest(const struct call *call)
{
    static const char *const test[] = { "-t", NULL };

    return ctl_become_cleat(test, call->rest);
}

int ctl_no_startssl(const struct call *call)
{
    fprintf(stderr, "cleatctl: there is no verb \"%s\"; configure TLS in the "
            "configuration file and use \"start\"\n", call->verb);
    return 2;
}
