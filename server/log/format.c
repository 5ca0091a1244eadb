/* SPDX-License-Identifier: Apache-2.0 */
/* format.c -- ErrorLogFormat: from text to items, from items to a line.
 *
 * A format is a list of fields; a field starts where a blank follows a
 * non-blank, or at "% ".  An item without output takes its whole field with
 * it, blanks in front included, unless it has a modifier.  A message later in
 * that field is still written.
 */
#include "log/log.h"

#include "util_time.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include <string.h>
#include <strings.h>
#include <unistd.h>

/* ---- parsing ---- */

struct format_parser {
    apr_pool_t *pool;
    const char *at;
    enum cl_log_scope scope;
    apr_array_header_t *items;
    const char *wrong;          /* for the administrator */
    bool has_message;
};

static int item_literal(const ap_errorlog_info *, const char *arg, char *buf,
                        int size)
{
    return size > 0 ? (int)(apr_cpystrn(buf, arg, size) - buf) : 0;
}

static ap_errorlog_format_item *add_item(struct format_parser *parser,
                                         ap_errorlog_handler_fn_t *function)
{
    ap_errorlog_format_item *item = apr_array_push(parser->items);

    *item = (ap_errorlog_format_item){ .func = function };
    return item;
}

/* Text up to the next '%' or the end of the field.  "\x" is a plain x, even
 * when x is a blank. */
static void parse_literal(struct format_parser *parser)
{
    ap_errorlog_format_item *item = add_item(parser, item_literal);
    char *text = apr_palloc(parser->pool, strlen(parser->at) + 1);
    char *to = text;
    bool in_word = false;

    item->arg = text;
    if (*parser->at == ' ') {
        item->flags = AP_ERRORLOG_FLAG_FIELD_SEP;
    }
    while (*parser->at != '\0' && *parser->at != '%') {
        if (*parser->at == ' ' && in_word) {
            break;
        }
        in_word = in_word || *parser->at != ' ';
        if (*parser->at == '\\') {
            parser->at++;
        }
        if (*parser->at != '\0') {
            *to++ = *parser->at++;
        }
    }
    *to = '\0';
}

/* Digits: the item is for lines of this level or a more detailed one. */
static void parse_level(struct format_parser *parser,
                        ap_errorlog_format_item *item)
{
    unsigned int level = 0;

    while (apr_isdigit(*parser->at) && level <= APLOG_TRACE8) {
        level = level * 10 + (*parser->at++ - '0');
    }
    if (level > APLOG_TRACE8) {
        parser->wrong = "ErrorLogFormat: the number in an item is a level "
                        "from 1 (alert) to 15 (trace8)";
    }
    else if (parser->scope != CL_LOG_MAIN) {
        parser->wrong = "ErrorLogFormat: formats for connections and "
                        "requests have no message, so no level to compare";
    }
    item->min_loglevel = level;
}

static void parse_argument(struct format_parser *parser,
                           ap_errorlog_format_item *item)
{
    const char *end = strchr(++parser->at, '}');

    if (end == NULL) {
        parser->wrong = "ErrorLogFormat: a closing \"}\" is missing";
        return;
    }
    item->arg = apr_pstrmemdup(parser->pool, parser->at, end - parser->at);
    parser->at = end + 1;
}

static void parse_letter(struct format_parser *parser,
                         ap_errorlog_format_item *item)
{
    const ap_errorlog_handler *handler = cl_log_find_item(*parser->at);

    if (handler == NULL) {
        parser->wrong = *parser->at
            ? apr_psprintf(parser->pool, "ErrorLogFormat does not know "
                           "\"%%%c\"", *parser->at)
            : "ErrorLogFormat ends inside an item";
        return;
    }
    if (handler->flags & AP_ERRORLOG_FLAG_MESSAGE) {
        if (parser->scope != CL_LOG_MAIN) {
            parser->wrong = "ErrorLogFormat: formats for connections and "
                            "requests have no message, so no %M";
            return;
        }
        parser->has_message = true;
    }
    item->func = handler->func;
    item->flags |= handler->flags;
    parser->at++;
}

static void parse_modifier(struct format_parser *parser,
                           ap_errorlog_format_item *item)
{
    if (apr_isdigit(*parser->at)) {
        parse_level(parser, item);
    }
    else if (*parser->at == '{') {
        parse_argument(parser, item);
    }
    else if (*parser->at == '-') {
        item->flags |= AP_ERRORLOG_FLAG_NULL_AS_HYPHEN;
        parser->at++;
    }
    else if (parser->scope == CL_LOG_MAIN) {
        parser->wrong = "ErrorLogFormat: \"+\" works in formats for "
                        "connections and requests only";
    }
    else {
        item->flags |= AP_ERRORLOG_FLAG_REQUIRED;
        parser->at++;
    }
}

static bool is_modifier(char byte)
{
    return byte == '-' || byte == '+' || byte == '{' || apr_isdigit(byte);
}

static void parse_item(struct format_parser *parser)
{
    ap_errorlog_format_item *item = add_item(parser, NULL);

    parser->at++;
    if (*parser->at == '%' || *parser->at == ' ') {
        item->func = item_literal;
        item->arg = *parser->at == '%' ? "%" : "";
        item->flags = *parser->at == '%' ? 0 : AP_ERRORLOG_FLAG_FIELD_SEP;
        parser->at++;
        return;
    }
    while (parser->wrong == NULL && is_modifier(*parser->at)) {
        parse_modifier(parser, item);
    }
    if (parser->wrong == NULL) {
        parse_letter(parser, item);
    }
}

apr_array_header_t *cl_log_parse_format(apr_pool_t *p, const char *format,
                                        enum cl_log_scope scope,
                                        const char **wrong)
{
    struct format_parser parser = {
        .pool = p,
        .at = format,
        .scope = scope,
        .items = apr_array_make(p, 16, sizeof(ap_errorlog_format_item)),
    };

    while (*parser.at != '\0' && parser.wrong == NULL) {
        if (*parser.at == '%') {
            parse_item(&parser);
        }
        else {
            parse_literal(&parser);
        }
    }
    if (parser.wrong == NULL && scope == CL_LOG_MAIN && !parser.has_message) {
        parser.wrong = "ErrorLogFormat needs the message, %M";
    }
    *wrong = parser.wrong;
    return parser.wrong ? NULL : parser.items;
}

static void append_format(apr_pool_t *p, apr_array_header_t **list,
                          apr_array_header_t *items)
{
    if (*list == NULL) {
        *list = apr_array_make(p, 4, sizeof(apr_array_header_t *));
    }
    APR_ARRAY_PUSH(*list, apr_array_header_t *) = items;
}

const char *cl_set_error_log_format(cmd_parms *cmd, void *, const char *first,
                                    const char *second)
{
    core_server_config *conf
        = ap_get_core_module_config(cmd->server->module_config);
    const char *wrong = ap_check_cmd_context(cmd, NOT_IN_DIR_CONTEXT);
    bool is_connection = second && strcasecmp(first, "connection") == 0;
    bool is_request = second && strcasecmp(first, "request") == 0;
    apr_array_header_t *items;

    if (wrong != NULL) {
        return wrong;
    }
    if (second != NULL && *second != '\0' && !is_connection && !is_request) {
        return apr_psprintf(cmd->pool, "ErrorLogFormat is for a "
                            "\"connection\" or a \"request\", not for \"%s\"",
                            first);
    }
    if (second == NULL || *second == '\0') {
        items = cl_log_parse_format(cmd->pool, first, CL_LOG_MAIN, &wrong);
        if (items != NULL) {
            conf->error_log_format = items;
        }
        return wrong;
    }
    items = cl_log_parse_format(cmd->pool, second, CL_LOG_ONCE, &wrong);
    if (items != NULL) {
        append_format(cmd->pool, is_connection ? &conf->error_log_conn
                                               : &conf->error_log_req, items);
    }
    return wrong;
}

/* ---- writing ---- */

/* Copies TEXT to the end of LINE as far as there is room. */
static apr_size_t append(char *line, apr_size_t length, apr_size_t size,
                         const char *text)
{
    if (length + 1 >= size) {
        return length;
    }
    return apr_cpystrn(line + length, text, size - length) - line;
}

static apr_size_t append_item(const ap_errorlog_info *info,
                              ap_errorlog_handler_fn_t *item, const char *arg,
                              char *line, apr_size_t length, apr_size_t size)
{
    int written;

    if (length + 1 >= size) {
        return length;
    }
    written = item(info, arg, line + length, (int)(size - length));
    return written > 0 ? length + written : length;
}

static apr_size_t append_between(const ap_errorlog_info *info,
                                 const char *before,
                                 ap_errorlog_handler_fn_t *item,
                                 const char *arg, const char *after,
                                 char *line, apr_size_t length,
                                 apr_size_t size)
{
    apr_size_t start = append(line, length, size, before);
    apr_size_t end = append_item(info, item, arg, line, start, size);

    return end == start ? length : append(line, end, size, after);
}

static bool is_for_level(const ap_errorlog_format_item *item, int level)
{
    return item->min_loglevel == 0 || level >= (int)item->min_loglevel;
}

apr_size_t cl_log_format_line(const ap_errorlog_info *info,
                              const apr_array_header_t *items,
                              const char *message, char *line,
                              apr_size_t size)
{
    const ap_errorlog_format_item *item = (const void *)items->elts;
    const ap_errorlog_format_item *end = item + items->nelts;
    apr_size_t field = 0;               /* where the current field starts */
    apr_size_t length = 0;
    bool skip = false;                  /* the rest of the field */

    for (; item < end && length + 1 < size; item++) {
        apr_size_t before = length;

        if (item->flags & AP_ERRORLOG_FLAG_FIELD_SEP) {
            field = before = length;
            skip = false;
        }
        if (item->flags & AP_ERRORLOG_FLAG_MESSAGE) {
            length = append(line, length, size, message);
            continue;
        }
        if (skip) {
            continue;
        }
        if (is_for_level(item, info->level)) {
            length = append_item(info, item->func, item->arg, line, length,
                                 size);
            if (length > before || item->func == item_literal) {
                continue;
            }
            if (item->flags & AP_ERRORLOG_FLAG_REQUIRED) {
                return 0;
            }
            if (item->flags & AP_ERRORLOG_FLAG_NULL_AS_HYPHEN) {
                length = append(line, length, size, "-");
                continue;
            }
        }
        length = field;
        skip = true;
    }
    line[length] = '\0';
    return length;
}

/* [time] [module:level] [pid N:tid N] */
static apr_size_t default_prefix(const ap_errorlog_info *info, char *line,
                                 apr_size_t size)
{
    const char *name = cl_log_module_name(info->module_index);
    apr_size_t length = 0;

    if (!info->using_syslog) {
        length = append_between(info, "[", cl_log_item_time, "u", "] ", line,
                                0, size);
    }
    return length + apr_snprintf(line + length, size - length,
                                 "[%s:%s] [pid %" APR_PID_T_FMT ":tid %"
                                 APR_PID_T_FMT "] ",
                                 name ? name : "",
                                 cl_log_level_name(info->level), getpid(),
                                 gettid());
}

apr_size_t cl_log_default_line(const ap_errorlog_info *info,
                               const char *message, char *line,
                               apr_size_t size)
{
    apr_size_t length = info->startup ? 0 : default_prefix(info, line, size);

    if (info->level >= APLOG_DEBUG && !info->startup) {
        length = append_between(info, "", cl_log_item_source, NULL, ": ",
                                line, length, size);
    }
    length = append_between(info, "", cl_log_item_status, NULL, ": ", line,
                            length, size);
    length = append_between(info, "[client ", cl_log_item_client, NULL, "] ",
                            line, length, size);
    length = append(line, length, size, message);
    return append_between(info, ", referer: ", cl_log_item_header, "Referer",
                          "", line, length, size);
}
