/* SPDX-License-Identifier: Apache-2.0 */
/* piped.c -- logs that a program reads on its standard input.
 *
 * The parent keeps both ends of the pipe: when the program dies, the next one
 * finds in the pipe what the last one did not read, and writers see no broken
 * pipe meanwhile.  Children keep the writing end only.  A program ends by
 * itself when the last writer is gone, that is, after a graceful restart when
 * the last old child has finished.
 */
#include "log/log.h"

#include "ap_mpm.h"

#include <apr_file_io.h>
#include <apr_portable.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

struct piped_log {
    apr_pool_t *pool;
    apr_pool_t *run;            /* as long as one process */
    const char *program;
    apr_cmdtype_e cmdtype;
    apr_file_t *read_end;
    apr_file_t *write_end;
    apr_proc_t *process;        /* NULL: none runs */
    apr_time_t started;
    pid_t owner;                /* who starts it again: the parent */
    piped_log *next;            /* in open_logs */
};

static piped_log *open_pipes;

static apr_status_t start_program(piped_log *pl);

/* Do not start a program that fails at once more than once a second. */
static void slow_down(const piped_log *pl)
{
    apr_interval_time_t lived = apr_time_now() - pl->started;

    if (lived >= 0 && lived < apr_time_from_sec(1)) {
        apr_sleep(apr_time_from_sec(1) - lived);
    }
}

static void start_again(piped_log *pl)
{
    apr_status_t rv;

    apr_pool_destroy(pl->run);
    slow_down(pl);
    ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, APLOGNO(50063)
                 "log program \"%s\" ended unexpectedly, starting it again",
                 pl->program);
    rv = start_program(pl);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, NULL, APLOGNO(50064)
                     "could not start log program \"%s\" again; its lines "
                     "are lost until the next restart", pl->program);
        apr_file_close(pl->read_end);   /* writers fail, they do not wait */
    }
}

/* The signal that ends the process group ends these programs, too. */
static bool server_is_stopping(void)
{
    int state;

    return ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS
           && state == AP_MPMQ_STOPPING;
}

/* Called in the parent, from apr_proc_other_child_*. */
static void maintain(int reason, void *data, apr_wait_t)
{
    piped_log *pl = data;
    apr_proc_t *process = pl->process;

    if (process == NULL || pl->owner != getpid()) {
        return;
    }
    switch (reason) {
    case APR_OC_REASON_DEATH:
    case APR_OC_REASON_LOST:
        pl->process = NULL;
        apr_proc_other_child_unregister(pl);
        if (!server_is_stopping()) {
            start_again(pl);
        }
        break;
    case APR_OC_REASON_UNWRITABLE:
        kill(process->pid, SIGTERM);    /* its death brings us back here */
        break;
    case APR_OC_REASON_RESTART:
        pl->process = NULL;
        apr_proc_other_child_unregister(pl);
        kill(process->pid, SIGTERM);
        break;
    default:        /* unregistered, its pool is going: it sees the end */
        pl->process = NULL;
        break;
    }
}

static void report_in_child(apr_pool_t *p, apr_status_t err,
                            const char *description)
{
    char reason[120];
    apr_file_t *err_file = NULL;

    if (apr_file_open_stderr(&err_file, p) == APR_SUCCESS) {
        apr_file_printf(err_file, "could not start log program: %s: %s\n",
                        description, apr_strerror(err, reason, sizeof reason));
    }
}

/* Once stderr is a log program's pipe, other programs must not hold it open,
 * nor may that program feed itself. */
static apr_status_t give_stderr(apr_pool_t *p, apr_procattr_t *attr)
{
    apr_file_t *sink = NULL;
    struct stat own;
    apr_status_t rv;

    if (!cl_log_owns_stderr() || fstat(STDERR_FILENO, &own) != 0
        || !S_ISFIFO(own.st_mode)) {
        return APR_SUCCESS;
    }
    rv = apr_file_open(&sink, "/dev/null", APR_WRITE, APR_OS_DEFAULT, p);
    return rv == APR_SUCCESS ? apr_procattr_child_err_set(attr, sink, NULL)
                             : rv;
}

static apr_status_t prepare(piped_log *pl, apr_procattr_t **attr)
{
    apr_status_t rv = apr_procattr_create(attr, pl->run);

    if (rv == APR_SUCCESS) {
        rv = apr_procattr_cmdtype_set(*attr, pl->cmdtype);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_procattr_child_in_set(*attr, pl->read_end, NULL);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_procattr_child_errfn_set(*attr, report_in_child);
    }
    if (rv == APR_SUCCESS) {
        rv = apr_procattr_error_check_set(*attr, 1);
    }
    return rv == APR_SUCCESS ? give_stderr(pl->run, *attr) : rv;
}

static bool wants_shell(const piped_log *pl)
{
    return pl->cmdtype == APR_SHELLCMD_ENV || pl->cmdtype == APR_SHELLCMD;
}

static apr_status_t start_program(piped_log *pl)
{
    const char *command[] = { pl->program, NULL };
    const char *const *words = command;
    apr_procattr_t *attr = NULL;
    apr_proc_t *process;
    apr_status_t rv;

    pl->started = apr_time_now();
    rv = apr_pool_create(&pl->run, pl->pool);
    if (rv == APR_SUCCESS) {
        rv = prepare(pl, &attr);
    }
    if (rv == APR_SUCCESS && !wants_shell(pl)) {
        char **split = NULL;

        rv = apr_tokenize_to_argv(pl->program, &split, pl->run);
        words = (const char *const *)split;
    }
    if (rv != APR_SUCCESS || words[0] == NULL) {
        return rv ? rv : APR_EINVAL;
    }
    process = apr_pcalloc(pl->run, sizeof *process);
    rv = apr_proc_create(process, words[0], words, NULL, attr, pl->run);
    if (rv == APR_SUCCESS) {
        pl->process = process;
        apr_proc_other_child_register(process, maintain, pl, pl->write_end,
                                      pl->run);
    }
    return rv;
}

static apr_status_t close_ends(void *data)
{
    piped_log *pl = data;
    piped_log **link = &open_pipes;

    while (*link != NULL && *link != pl) {
        link = &(*link)->next;
    }
    if (*link != NULL) {
        *link = pl->next;
    }
    if (pl->process != NULL && pl->owner == getpid()) {
        apr_proc_other_child_unregister(pl);
        pl->process = NULL;
    }
    apr_file_close(pl->read_end);
    apr_file_close(pl->write_end);
    return APR_SUCCESS;
}

/* Both ends close on exec: another program that held the writing end would
 * keep ours from ever seeing the end. */
static apr_status_t open_pipe(piped_log *pl)
{
    int fds[2];
    apr_status_t rv;

    if (pipe2(fds, O_CLOEXEC) != 0) {
        return errno;
    }
    rv = apr_os_pipe_put_ex(&pl->read_end, &fds[0], 1, pl->pool);
    if (rv == APR_SUCCESS) {
        rv = apr_os_pipe_put_ex(&pl->write_end, &fds[1], 1, pl->pool);
    }
    return rv;
}

static piped_log *open_program(apr_pool_t *p, const char *program,
                               apr_cmdtype_e cmdtype, apr_status_t *rv)
{
    piped_log *pl = apr_pcalloc(p, sizeof *pl);

    pl->pool = p;
    pl->program = apr_pstrdup(p, program);
    pl->cmdtype = cmdtype;
    pl->owner = getpid();
    *rv = open_pipe(pl);
    if (*rv != APR_SUCCESS) {
        return NULL;
    }
    pl->next = open_pipes;
    open_pipes = pl;
    apr_pool_cleanup_register(p, pl, close_ends, apr_pool_cleanup_null);
    *rv = start_program(pl);
    if (*rv != APR_SUCCESS) {
        apr_pool_cleanup_run(p, pl, close_ends);
        return NULL;
    }
    return pl;
}

piped_log *cl_log_open_piped(apr_pool_t *p, const char *command,
                             apr_status_t *rv)
{
    if (*command == '$') {
        return open_program(p, command + 1, APR_SHELLCMD_ENV, rv);
    }
    return open_program(p, *command == '|' ? command + 1 : command,
                        APR_PROGRAM_ENV, rv);
}

/* Once per child, when it has been forked: see the head of the file. */
void cl_log_close_read_ends(void)
{
    for (piped_log *pl = open_pipes; pl != NULL; pl = pl->next) {
        if (pl->owner != getpid()) {
            apr_file_close(pl->read_end);
        }
    }
}

AP_DECLARE(piped_log *) ap_open_piped_log_ex(apr_pool_t *p,
    const char *program, apr_cmdtype_e cmdtype)
{
    apr_status_t rv;
    piped_log *pl = open_program(p, program, cmdtype, &rv);

    if (pl == NULL) {
        ap_log_perror(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, rv, p,
                      APLOGNO(50065) "could not start log program \"%s\"; "
                      "check that it exists and may be executed", program);
    }
    return pl;
}

AP_DECLARE(piped_log *) ap_open_piped_log(apr_pool_t *p, const char *program)
{
    apr_status_t rv;
    piped_log *pl = cl_log_open_piped(p, program, &rv);

    if (pl == NULL) {
        ap_log_perror(APLOG_MARK, APLOG_STARTUP | APLOG_ERR, rv, p,
                      APLOGNO(50066) "could not start log program \"%s\"; "
                      "check that it exists and may be executed", program);
    }
    return pl;
}

AP_DECLARE(void) ap_close_piped_log(piped_log *pl)
{
    apr_pool_cleanup_run(pl->pool, pl, close_ends);
}

AP_DECLARE(apr_file_t *) ap_piped_log_read_fd(piped_log *pl)
{
    return pl->read_end;
}

AP_DECLARE(apr_file_t *) ap_piped_log_write_fd(piped_log *pl)
{
    return pl->write_end;
}
