/* SPDX-License-Identifier: Apache-2.0 */
/* listen_port.c -- where the server should be listening: the first Listen
 * line of the configuration file, without its includes.
 */
#include "ctl.h"

#include "ap_config_layout.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { HTTP_PORT = 80, WORD = 256 };

static const char *config_file(char **rest)
{
    const char *file = DEFAULT_EXP_SYSCONFDIR "/cleat.conf";

    for (; *rest; rest++) {
        if (strcmp(*rest, "-f") == 0 && rest[1]) {
            file = rest[1];
        }
        else if (strncmp(*rest, "-f", 2) == 0 && (*rest)[2]) {
            file = *rest + 2;
        }
    }
    return file;
}

/* "Listen [address:]port"; 0 if the line is another one */
static int port_of(const char *line)
{
    char name[WORD], place[WORD];
    const char *port;

    if (sscanf(line, "%255s %255s", name, place) != 2
        || strcasecmp(name, "Listen") != 0) {
        return 0;
    }
    port = strrchr(place, ':');
    return atoi(port ? port + 1 : place);
}

int ctl_listen_port(char **rest)
{
    FILE *config = fopen(config_file(rest), "r");
    char line[1024];
    int port = 0;

    if (!config) {
        return HTTP_PORT;
    }
    while (port == 0 && fgets(line, sizeof line, config)) {
        port = port_of(line);
    }
    fclose(config);
    return port > 0 ? port : HTTP_PORT;
}
