/* SPDX-License-Identifier: Apache-2.0 */
/* program.c -- run cleat: its path (CLEAT_HTTPD), the arguments it always
 * gets (CLEAT_ARGUMENTS), the open files it may have.
 */
#include "ctl.h"

#include "ap_config_layout.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Only root can raise the limit.  Unless told a number, never lower it; and
 * a lower one than asked for is no reason not to start. */
static void set_file_limit(void)
{
    const char *wanted = ctl_setting("ULIMIT_MAX_FILES", NULL);
    rlim_t number = strtoul(wanted ? wanted : "8192", NULL, 10);
    struct rlimit limit;

    if (geteuid() != 0 || number == 0
        || getrlimit(RLIMIT_NOFILE, &limit) != 0
        || (!wanted && limit.rlim_cur >= number)) {
        return;
    }
    limit.rlim_cur = limit.rlim_max = number;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) {
        perror("cleatctl: could not set the limit of open files");
    }
}

static size_t count_of(const char *const words[])
{
    size_t count = 0;

    while (words[count]) {
        count++;
    }
    return count;
}

int ctl_become_cleat(const char *const words[], char **rest)
{
    const char *program = ctl_setting("HTTPD", DEFAULT_EXP_SBINDIR "/cleat");
    char *always = strdup(ctl_setting("ARGUMENTS", ""));
    size_t most = strlen(always) + count_of(words)
                  + count_of((const char *const *)rest) + 2;
    const char **argv = calloc(most, sizeof *argv);
    size_t count = 0;

    argv[count++] = program;
    for (char *word = strtok(always, " \t"); word; word = strtok(NULL, " \t")) {
        argv[count++] = word;
    }
    while (*words) {
        argv[count++] = *words++;
    }
    while (*rest) {
        argv[count++] = *rest++;
    }
    set_file_limit();
    execv(program, (char *const *)argv);
    fprintf(stderr, "cleatctl: could not run \"%s\": %s\n", program,
            strerror(errno));
    return 127;
}

int ctl_run_cleat(const char *const words[], char **rest)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        _exit(ctl_become_cleat(words, rest));
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("cleatctl: could not run cleat");
        return 1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
