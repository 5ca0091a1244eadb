/* SPDX-License-Identifier: Apache-2.0 */
/* host.c -- the syntax of a Host field (RFC 9110 section 7.2, RFC 3986
 * section 3.2.2): a name or an address, then perhaps a port.
 *
 * The result ends up in file names (mod_vhost_alias), in redirects and in
 * environment variables, so even the lax rules refuse path separators and
 * "..".  Names are brought to one spelling: lower case, without final dot.
 */
#include "vhost.h"

#include <arpa/inet.h>
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

static bool is_ipv6(const char *text, size_t length)
{
    char copy[INET6_ADDRSTRLEN];
    unsigned char binary[sizeof(struct in6_addr)];

    if (length >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    return inet_pton(AF_INET6, copy, binary) == 1;
}

/* Four groups of one to three digits, none with a leading zero: readers that
 * take "010" for eight would see another address than we do. */
static bool is_dotted_quad(const char *text, size_t length)
{
    size_t digits = 0, groups = 1;

    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.') {
            if (digits == 0) {
                return false;
            }
            groups++;
            digits = 0;
            continue;
        }
        if (!apr_isdigit(text[i]) || ++digits > 3
            || (digits == 2 && text[i - 1] == '0')) {
            return false;
        }
    }
    return groups == 4 && digits > 0;
}

/* A name whose last label is a number would be read as an address by some. */
static bool last_label_is_number(const char *text, size_t length)
{
    size_t i = length;

    while (i > 0 && apr_isdigit(text[i - 1])) {
        i--;
    }
    return i < length && (i == 0 || text[i - 1] == '.');
}

static bool may_be_in_name(char c, enum cl_host_rules rules)
{
    if (rules == CL_HOST_LAX) {
        return c != '/' && c != '\\';
    }
    return apr_isalnum(c) || c == '-' || c == '_' || c == '.';
}

static const char *check_reg_name(const char *text, size_t length,
                                  enum cl_host_rules rules)
{
    for (size_t i = 0; i < length; i++) {
        if (!may_be_in_name(text[i], rules)) {
            return "it has a character that no host name has";
        }
        if (text[i] == '.' && i + 1 < length && text[i + 1] == '.') {
            return "it has an empty label";
        }
    }
    if (rules == CL_HOST_STRICT && last_label_is_number(text, length)
        && !is_dotted_quad(text, length)) {
        return "it looks like an address but is none";
    }
    return NULL;
}

static const char *lower_copy(apr_pool_t *p, const char *text, size_t length)
{
    char *copy = apr_pstrmemdup(p, text, length);

    for (char *c = copy; *c; c++) {
        *c = apr_tolower(*c);
    }
    return copy;
}

static const char *settle_name(apr_pool_t *p, const char *text, size_t length,
                               enum cl_host_rules rules, const char **name)
{
    const char *wrong;

    if (length > 1 && text[length - 1] == '.' && text[length - 2] != '.') {
        length--;                       /* "example.com." is the same host */
    }
    if (length == 0 || (length == 1 && text[0] == '.')) {
        return "it is empty";
    }
    wrong = check_reg_name(text, length, rules);
    if (wrong == NULL) {
        *name = lower_copy(p, text, length);
    }
    return wrong;
}

/* Leading zeros are allowed, as many as the client likes. */
static const char *parse_port(const char *digits, apr_port_t *port)
{
    unsigned int value = 0;

    if (*digits == '\0') {
        return "its port is empty";
    }
    for (; *digits; digits++) {
        if (!apr_isdigit(*digits)) {
            return "its port is not a number";
        }
        value = value * 10 + (unsigned int)(*digits - '0');
        if (value > 65535) {
            return "its port is above 65535";
        }
    }
    *port = (apr_port_t)value;
    return value ? NULL : "its port is zero";
}

static const char *parse_bracketed(apr_pool_t *p, const char *text,
                                   struct cl_host *host)
{
    const char *end = strchr(text, ']');

    if (end == NULL || !is_ipv6(text + 1, (size_t)(end - text - 1))) {
        return "it has no IPv6 address in its brackets";
    }
    host->name = lower_copy(p, text + 1, (size_t)(end - text - 1));
    if (end[1] == '\0') {
        return NULL;
    }
    return end[1] == ':' ? parse_port(end + 2, &host->port)
                         : "it goes on after the closing bracket";
}

/* Under the lax rules a colon without a number behind it is of the name. */
static const char *find_port(const char *text, enum cl_host_rules rules)
{
    const char *colon;

    if (rules == CL_HOST_STRICT) {
        return strchr(text, ':');
    }
    colon = strrchr(text, ':');
    if (colon && (colon[1] == '\0'
                  || strspn(colon + 1, "0123456789") != strlen(colon + 1))) {
        return NULL;
    }
    return colon;
}

const char *cl_vhost_check_name(apr_pool_t *p, const char *text,
                                enum cl_host_rules rules, const char **name)
{
    size_t length = strlen(text);

    if (is_ipv6(text, length)) {
        *name = lower_copy(p, text, length);
        return NULL;
    }
    return settle_name(p, text, length, rules, name);
}

const char *cl_vhost_parse_host(apr_pool_t *p, const char *text,
                                enum cl_host_rules rules,
                                struct cl_host *host)
{
    const char *colon, *wrong;

    host->name = NULL;
    host->port = 0;
    if (*text == '[') {
        return parse_bracketed(p, text, host);
    }
    colon = find_port(text, rules);
    if (colon == NULL) {
        return settle_name(p, text, strlen(text), rules, &host->name);
    }
    wrong = settle_name(p, text, (size_t)(colon - text), rules, &host->name);
    return wrong ? wrong : parse_port(colon + 1, &host->port);
}
