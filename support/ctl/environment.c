/* SPDX-License-Identifier: Apache-2.0 */
/* environment.c -- the envvars file, a shell script: a shell runs it and
 * prints the environment it leaves, which becomes ours.
 */
#include "ctl.h"

#include "ap_config_layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char default_file[] = DEFAULT_EXP_SYSCONFDIR "/envvars";

/* "NAME=value" with a NUL at the end, as env -0 prints it.  What putenv()
 * gets stays in use, so each line is its own allocation. */
static void take_over(FILE *environment)
{
    char *line = NULL;
    size_t size = 0;

    while (getdelim(&line, &size, '\0', environment) > 0) {
        if (strchr(line, '=') && strncmp(line, "_=", 2) != 0) {
            putenv(line);
            line = NULL;
            size = 0;
        }
    }
    free(line);
}

/* The child: the file's own output goes to stderr, the environment to fd. */
static void run_shell(const char *file, int fd)
{
    static const char script[] = ". \"$0\" 1>&2 || exit 1; exec env -0";

    dup2(fd, STDOUT_FILENO);
    execl("/bin/sh", "sh", "-c", script, file, (char *)NULL);
    perror("cleatctl: could not run /bin/sh");
    _exit(127);
}

bool ctl_read_envvars(void)
{
    const char *file = ctl_setting("ENVVARS", default_file);
    FILE *environment;
    int ends[2], status;
    pid_t child;

    if (access(file, F_OK) != 0 && strcmp(file, default_file) == 0) {
        return true;
    }
    if (pipe(ends) != 0 || (child = fork()) < 0) {
        perror("cleatctl: could not start a shell for envvars");
        return false;
    }
    if (child == 0) {
        close(ends[0]);
        run_shell(file, ends[1]);
    }
    close(ends[1]);
    environment = fdopen(ends[0], "r");
    if (environment) {
        take_over(environment);
        fclose(environment);
    }
    if (waitpid(child, &status, 0) != child || status != 0) {
        fprintf(stderr, "cleatctl: could not run \"%s\"; it is read as a "
                "shell script\n", file);
        return false;
    }
    return true;
}

const char *ctl_setting(const char *name, const char *fallback)
{
    char full[64];
    const char *value;

    snprintf(full, sizeof full, "CLEAT_%s", name);
    value = getenv(full);
    return value && *value ? value : fallback;
}
