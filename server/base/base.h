/* SPDX-License-Identifier: Apache-2.0 */
/* base.h -- private functions of the leaves; every room may call them. */
#ifndef CLEAT_SERVER_BASE_BASE_H
#define CLEAT_SERVER_BASE_BASE_H

#include <stddef.h>      /* first: apr_general.h looks for its offsetof */

#include "httpd.h"
#include "http_config.h"

/* What a client is told when a file operation ended with RV; OK for success. */
int cl_status_from_apr(apr_status_t rv);

/* Directive functions (cgi_env.c, mutex.c). */
const char *cl_set_cgi_pass_auth(cmd_parms *cmd, void *dir, int flag);
const char *cl_set_cgi_var(cmd_parms *cmd, void *dir, const char *variable,
                           const char *rule);
const char *cl_set_rlimit_cpu(cmd_parms *cmd, void *dir, const char *soft,
                              const char *hard);
const char *cl_set_rlimit_mem(cmd_parms *cmd, void *dir, const char *soft,
                              const char *hard);
const char *cl_set_rlimit_nproc(cmd_parms *cmd, void *dir, const char *soft,
                                const char *hard);
const char *cl_set_mutex(cmd_parms *cmd, void *dummy, const char *args);

/* ---- part A: characters, strings, paths, patterns, dates ---- */

/* charset.c: what each byte is, or needs.  Index with an unsigned char. */
enum cl_char_class {
    CL_CHAR_TOKEN = 0x0001,       /* tchar, RFC 9110 section 5.6.2 */
    CL_CHAR_FIELD = 0x0002,       /* HTAB, SP, VCHAR, obs-text */
    CL_CHAR_VISIBLE = 0x0004,     /* VCHAR, obs-text */
    CL_CHAR_UNRESERVED = 0x0008,  /* RFC 3986 section 2.3 */
    CL_CHAR_HEX = 0x0010,         /* hexadecimal digit */
    CL_CHAR_SPACE = 0x0020,       /* SP and \t \n \v \f \r */
    CL_CHAR_ALNUM = 0x0040,       /* ASCII letter or digit */
    CL_CHAR_CONTROL = 0x0080,     /* ASCII control */
    CL_CHAR_PATH = 0x0100,        /* stands for itself in a URL path */
    CL_CHAR_SEGMENT = 0x0200,     /* ... in one segment of it */
    CL_CHAR_FORM = 0x0400,        /* ... in form data */
    CL_CHAR_SHELL = 0x0800,       /* special to a shell */
    CL_CHAR_LOG = 0x1000,         /* to be escaped in a log line */
    CL_CHAR_HTML = 0x2000         /* & < > " */
};
extern const unsigned short cl_base_char_class[256];
extern const unsigned char cl_base_lower[256];
extern const signed char cl_base_hex_value[256];   /* -1: not a digit */

#define CL_CHAR_IS(c, mask) (cl_base_char_class[(unsigned char)(c)] & (mask))
#define CL_LOWER(c) (cl_base_lower[(unsigned char)(c)])
#define CL_HEX(c) (cl_base_hex_value[(unsigned char)(c)])

/* escape.c: the two lower case hexadecimal digits of BYTE to OUT, which is
 * returned advanced by two. */
char *cl_base_put_hex(char *out, unsigned char byte);

/* unescape.c: the byte that the "%XX" at S stands for, or -1 when no two
 * hexadecimal digits follow; never reads beyond a NUL. */
int cl_base_unescape_byte(const char *s);

/* regex.c: the directive RegexDefaultOptions. */
const char *cl_set_regex_default_options(cmd_parms *cmd, void *,
                                         const char *args);

#endif
