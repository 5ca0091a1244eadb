/* SPDX-License-Identifier: Apache-2.0 */
/* mod_version -- configuration by level of compatibility.
 *
 *   <IfVersion [[!]operator] version>    anywhere
 *     operators: = == > >= < <=   compare numbers; missing parts are 0
 *                ~ or = /re/      match "2.4.71" against an expression
 *     A leading ! negates.  The version compared is httpd's, which this
 *     server is compatible with, so that shared configurations choose alike.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ap_release.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_log.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA version_module;

static const int compatible[3] = {
    AP_SERVER_MAJORVERSION_NUMBER, AP_SERVER_MINORVERSION_NUMBER,
    AP_SERVER_PATCHLEVEL_NUMBER
};

/* Is ours less (-1), equal (0) or greater (1) than text?  *why on error. */
static int compare_version(apr_pool_t *p, const char *text, const char **why)
{
    const char *at = text;
    int order = 0;

    for (int i = 0; i < 3; i++) {
        char *end;
        long part = strtol(at, &end, 10);

        if (end == at || !apr_isdigit(*at) || part > 100000) {
            *why = apr_psprintf(p, "\"%s\" is not a version; example: 2.4.1",
                                text);
            return 0;
        }
        if (order == 0 && part != compatible[i]) {
            order = compatible[i] > part ? 1 : -1;
        }
        at = end;
        if (*at == '\0') {
            for (int k = i + 1; order == 0 && k < 3; k++) {
                order = compatible[k] > 0;
            }
            return order;
        }
        at++;
    }
    *why = apr_psprintf(p, "\"%s\" has more than three parts", text);
    return 0;
}

static bool match_version(cmd_parms *cmd, const char *pattern,
                          const char **why)
{
    ap_regex_t *regex = ap_pregcomp(cmd->temp_pool, pattern, AP_REG_EXTENDED);

    if (regex == NULL) {
        *why = apr_psprintf(cmd->pool, "\"%s\" is not a regular expression",
                            pattern);
        return false;
    }
    return ap_regexec(regex, AP_SERVER_BASEREVISION, 0, NULL, 0) == 0;
}

static bool holds(cmd_parms *cmd, const char *operator, const char *version,
                  const char **why)
{
    size_t len = strlen(version);
    int order;

    if (strcmp(operator, "~") == 0) {
        return match_version(cmd, version, why);
    }
    if ((strcmp(operator, "=") == 0 || strcmp(operator, "==") == 0)
        && len > 1 && version[0] == '/' && version[len - 1] == '/') {
        return match_version(cmd, apr_pstrmemdup(cmd->temp_pool, version + 1,
                                                 len - 2), why);
    }
    order = compare_version(cmd->pool, version, why);
    if (strcmp(operator, "=") == 0 || strcmp(operator, "==") == 0) {
        return order == 0;
    }
    if (strcmp(operator, ">") == 0) {
        return order > 0;
    }
    if (strcmp(operator, ">=") == 0) {
        return order >= 0;
    }
    if (strcmp(operator, "<") == 0) {
        return order < 0;
    }
    if (strcmp(operator, "<=") == 0) {
        return order <= 0;
    }
    *why = apr_psprintf(cmd->pool, "unknown operator \"%s\"; use = > >= < <= "
                        "or ~", operator);
    return false;
}

static const char *version_section(cmd_parms *cmd, void *mconfig,
                                   const char *first, const char *second,
                                   const char *third)
{
    const char *operator = first, *version = second;
    const char *why = NULL;
    const char *last = third != NULL ? third : second != NULL ? second : first;
    size_t len = strlen(last);
    bool negate, yes;
    char *close;

    if (len == 0 || last[len - 1] != '>') {
        return "<IfVersion> must end with >";
    }
    close = apr_pstrmemdup(cmd->temp_pool, last, len - 1);
    if (third != NULL && (third[0] != '>' || third[1] != '\0')) {
        return "<IfVersion> takes an operator and a version, not more";
    }
    if (third == NULL && second == NULL) {
        operator = "=";
        version = close;
    }
    else if (third == NULL && *close == '\0') {
        version = first;            /* <IfVersion 2.4 > */
        operator = "=";
    }
    else if (third == NULL) {
        version = close;
    }
    negate = *operator == '!';
    if (negate && *++operator == '\0') {
        return "<IfVersion> needs an operator after the !";
    }
    yes = holds(cmd, operator, version, &why);
    if (why != NULL) {
        return why;
    }
    if (yes != negate) {
        ap_directive_t *parent = NULL, *current = NULL;
        const char *error = ap_build_cont_config(cmd->pool, cmd->temp_pool,
                                                 cmd, &current, &parent,
                                                 "<IfVersion");

        *(ap_directive_t **)mconfig = current;
        return error;
    }
    *(ap_directive_t **)mconfig = NULL;
    return ap_soak_end_container(cmd, "<IfVersion");
}

static const command_rec version_directives[] = {
    AP_INIT_TAKE123("<IfVersion", version_section, NULL, EXEC_ON_READ | OR_ALL,
        "an operator and a version; the lines up to </IfVersion> count when "
        "the server's level of compatibility meets them"),
    { 0 }
};

AP_DECLARE_MODULE(version) = {
    STANDARD20_MODULE_STUFF, NULL, NULL, NULL, NULL,
    version_directives, NULL, AP_MODULE_FLAG_NONE
};
