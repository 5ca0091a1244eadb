/* SPDX-License-Identifier: Apache-2.0 */
/* assert.c -- the last words of a process that met the impossible. */
#include "log/log.h"

#include "http_main.h"

#include <execinfo.h>
#include <stdlib.h>
#include <unistd.h>

APLOG_USE_MODULE(core);

enum { DEEPEST = 64 };

/* To stderr, which is the error log once the logs are open: no allocation,
 * the heap may be what broke. */
static void write_backtrace(void)
{
    void *frames[DEEPEST];

    backtrace_symbols_fd(frames, backtrace(frames, DEEPEST), STDERR_FILENO);
}

AP_DECLARE(void) ap_log_assert(const char *szExp, const char *szFile,
    int nLine)
{
    ap_log_error(APLOG_MARK, APLOG_CRIT, 0, ap_server_conf, APLOGNO(50061)
                 "assertion \"%s\" failed in %s(%d), aborting", szExp, szFile,
                 nLine);
    write_backtrace();
    abort();
}
