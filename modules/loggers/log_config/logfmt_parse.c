/* SPDX-License-Identifier: Apache-2.0 */
/* logfmt_parse.c -- format text to items.
 *
 *   item ::= "%" { "!" | "<" | ">" | status { "," status } | "{" arg "}" } code
 *   Backslash escapes \n \t \r \" \\ stand in literal text.
 */
#include "log_config.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"
#include "http_log.h"

APLOG_USE_MODULE(log_config);

static struct log_item *new_item(apr_array_header_t *items)
{
    struct log_item *item = apr_array_push(items);

    memset(item, 0, sizeof *item);
    return item;
}

static char unescape(char c)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    default:
        return c;
    }
}

/* Text up to the next %; returns what follows. */
static const char *parse_literal(apr_pool_t *p, apr_array_header_t *items,
                                 const char *at)
{
    struct log_item *item = new_item(items);
    char *to = item->arg = apr_palloc(p, strlen(at) + 1);

    while (*at != '\0' && *at != '%') {
        if (*at == '\\' && at[1] != '\0') {
            /* an unknown escape stays as it is written */
            if (strchr("ntr\"\\", at[1]) == NULL) {
                *to++ = *at;
            }
            *to++ = unescape(at[1]);
            at += 2;
        }
        else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    item->length = (int)(to - item->arg);
    return at;
}

static void add_status(apr_pool_t *p, struct log_item *item, const char **at)
{
    apr_array_header_t *list = (apr_array_header_t *)item->statuses;
    int status = 0;

    while (apr_isdigit(**at) && status < 100000) {
        status = status * 10 + *(*at)++ - '0';
    }
    if (list == NULL) {
        item->statuses = list = apr_array_make(p, 4, sizeof(int));
    }
    APR_ARRAY_PUSH(list, int) = status;
}

/* Behind a %; returns what follows the code, NULL on error. */
static const char *parse_item(apr_pool_t *p, struct log_item *item,
                              const char *at, const char **why)
{
    const ap_log_handler *handler;
    int forced = -1;                /* 1: original, 0: final */

    item->arg = (char *)"";
    for (;;) {
        if (*at == '!') {
            item->negate = true;
            at++;
        }
        else if (*at == '<' || *at == '>') {
            forced = *at++ == '<';
        }
        else if (*at == ',') {
            at++;
        }
        else if (apr_isdigit(*at)) {
            add_status(p, item, &at);
        }
        else if (*at == '{') {
            const char *close = strchr(at, '}');

            if (close == NULL) {
                *why = apr_psprintf(p, "the { in \"%s\" has no }", at);
                return NULL;
            }
            item->arg = apr_pstrmemdup(p, at + 1, close - at - 1);
            at = close + 1;
        }
        else {
            break;
        }
    }
    if (*at == '\0') {
        *why = "ends after a %";
        return NULL;
    }
    handler = logfmt_find_item(&at);
    if (handler == NULL) {
        *why = apr_psprintf(p, "there is no code %%%c", *at);
        return NULL;
    }
    item->run = handler->func;
    item->original = forced != -1 ? forced : handler->want_orig_default;
    return at;
}

apr_array_header_t *logfmt_parse(apr_pool_t *p, const char *format,
                                 const char **why)
{
    apr_array_header_t *items = apr_array_make(p, 24, sizeof(struct log_item));
    struct log_item *end;

    while (*format != '\0') {
        if (format[0] == '%' && format[1] == '%') {
            struct log_item *percent = new_item(items);

            percent->arg = (char *)"%";
            percent->length = 1;
            format += 2;
        }
        else if (*format == '%') {
            format = parse_item(p, new_item(items), format + 1, why);
            if (format == NULL) {
                return NULL;
            }
        }
        else {
            format = parse_literal(p, items, format);
        }
    }
    end = new_item(items);
    end->arg = (char *)"\n";
    end->length = 1;
    return items;
}
