/* SPDX-License-Identifier: Apache-2.0 */
/* lexer.c -- characters to tokens.
 *
 * One token of look-ahead.  Strings and variables are only opened here; the
 * parser reads their parts, because they nest.  Word operators (eq, and, in)
 * are case-insensitive and need a non-name character behind them.
 */
#include "expr/expr.h"

#include <string.h>

#include "httpd.h"

struct keyword {
    const char *name;
    enum expr_token token;
    enum expr_compare compare;
};

/* Written as words; the ones from "in" on also after a minus. */
static const struct keyword keywords[] = {
    { "true", TOKEN_TRUE, 0 },
    { "false", TOKEN_FALSE, 0 },
    { "not", TOKEN_NOT, 0 },
    { "and", TOKEN_AND, 0 },
    { "or", TOKEN_OR, 0 },
    { "in", TOKEN_IN, 0 },
    { "eq", TOKEN_COMPARE, CMP_EQ },
    { "ne", TOKEN_COMPARE, CMP_NE },
    { "lt", TOKEN_COMPARE, CMP_LT },
    { "le", TOKEN_COMPARE, CMP_LE },
    { "gt", TOKEN_COMPARE, CMP_GT },
    { "ge", TOKEN_COMPARE, CMP_GE },
};
#define FIRST_DASHED 5

struct symbol {
    const char *text;
    enum expr_token token;
    enum expr_compare compare;
};

/* Longer ones first. */
static const struct symbol symbols[] = {
    { "&&", TOKEN_AND, 0 },
    { "||", TOKEN_OR, 0 },
    { "==", TOKEN_COMPARE, CMP_EQ },
    { "!=", TOKEN_COMPARE, CMP_NE },
    { "<=", TOKEN_COMPARE, CMP_LE },
    { ">=", TOKEN_COMPARE, CMP_GE },
    { "=~", TOKEN_MATCH, 0 },
    { "!~", TOKEN_NOT_MATCH, 0 },
    { "%{", TOKEN_VARIABLE, 0 },
    { "=", TOKEN_COMPARE, CMP_EQ },
    { "<", TOKEN_COMPARE, CMP_LT },
    { ">", TOKEN_COMPARE, CMP_GT },
    { "!", TOKEN_NOT, 0 },
    { "(", TOKEN_OPEN, 0 },
    { ")", TOKEN_CLOSE, 0 },
    { "{", TOKEN_LIST_OPEN, 0 },
    { "}", TOKEN_LIST_CLOSE, 0 },
    { ",", TOKEN_COMMA, 0 },
    { ".", TOKEN_CONCAT, 0 },
};

static bool is_name_char(char c)
{
    return apr_isalnum(c) || c == '_';
}

static size_t name_length(const char *s)
{
    size_t n = 0;

    while (is_name_char(s[n])) {
        n++;
    }
    return n;
}

static const struct keyword *find_keyword(const char *s, size_t len,
                                          size_t first)
{
    for (size_t i = first; i < sizeof keywords / sizeof *keywords; i++) {
        if (strlen(keywords[i].name) == len
            && ap_cstr_casecmpn(keywords[i].name, s, len) == 0) {
            return &keywords[i];
        }
    }
    return NULL;
}

static void take_keyword(struct expr_lexer *lx, const struct keyword *word)
{
    lx->token = word->token;
    lx->compare = word->compare;
    lx->numeric = true;
}

static void read_name(struct expr_lexer *lx)
{
    size_t len = name_length(lx->at);
    const struct keyword *word = find_keyword(lx->at, len, 0);

    if (word != NULL) {
        take_keyword(lx, word);
    }
    else {
        lx->token = TOKEN_NAME;
        lx->text = apr_pstrmemdup(lx->pool, lx->at, len);
    }
    lx->at += len;
}

static void read_dashed(struct expr_lexer *lx, bool operand)
{
    size_t len = name_length(lx->at + 1);
    const struct keyword *word;

    if (len == 0 || !apr_isalpha(lx->at[1])) {
        lx->token = TOKEN_BAD;
        lx->text = "a minus must begin an operator such as -f or -eq";
        return;
    }
    word = operand ? NULL : find_keyword(lx->at + 1, len, FIRST_DASHED);
    if (word != NULL) {
        take_keyword(lx, word);
    }
    else {
        lx->token = len == 1 ? TOKEN_UNARY : TOKEN_BINARY;
        lx->text = apr_pstrmemdup(lx->pool, lx->at + 1, len);
    }
    lx->at += 1 + len;
}

static void read_digits(struct expr_lexer *lx)
{
    size_t len = 1;                     /* a digit or a minus */

    while (apr_isdigit(lx->at[len])) {
        len++;
    }
    lx->token = TOKEN_DIGITS;
    lx->text = apr_pstrmemdup(lx->pool, lx->at, len);
    lx->at += len;
}

static void read_symbol(struct expr_lexer *lx)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        size_t len = strlen(symbols[i].text);

        if (strncmp(lx->at, symbols[i].text, len) == 0) {
            lx->token = symbols[i].token;
            lx->compare = symbols[i].compare;
            lx->numeric = false;
            lx->at += len;
            return;
        }
    }
    lx->token = TOKEN_BAD;
    lx->text = "unexpected character; strings need quotes";
}

void cl_expr_next(struct expr_lexer *lx, bool operand)
{
    while (apr_isspace(*lx->at)) {
        lx->at++;
    }
    lx->token_start = lx->at;
    lx->text = NULL;
    if (*lx->at == '\0') {
        lx->token = TOKEN_END;
    }
    else if (*lx->at == '"' || *lx->at == '\'') {
        lx->token = TOKEN_QUOTE;
        lx->quote = *lx->at++;
    }
    else if (apr_isdigit(lx->at[*lx->at == '-'])) {
        read_digits(lx);
    }
    else if (*lx->at == '$' && apr_isdigit(lx->at[1])) {
        lx->token = TOKEN_BACKREF;
        lx->number = lx->at[1] - '0';
        lx->at += 2;
    }
    else if (apr_isalpha(*lx->at)) {
        read_name(lx);
    }
    else if (*lx->at == '-') {
        read_dashed(lx, operand);
    }
    else {
        read_symbol(lx);
    }
}

static int regex_flag(char c)
{
    switch (c) {
    case 'i':
        return AP_REG_ICASE;
    case 'm':
        return AP_REG_NEWLINE;
    case 's':
        return AP_REG_DOTALL;
    default:
        return -1;
    }
}

const char *cl_expr_read_regex(struct expr_lexer *lx, int *flags,
                               const char **why)
{
    static const char delimiters[] = "/#$%^,;:_?|-!.'\"";
    const char *begin, *end;
    const char *at = lx->at;
    char delimiter;

    while (apr_isspace(*at)) {
        at++;
    }
    lx->token_start = at;
    if (*at == 'm') {
        at++;
    }
    else if (*at != '/') {
        *why = "a regular expression must be /.../ or m#...#";
        return NULL;
    }
    delimiter = *at;
    if (delimiter == '\0' || strchr(delimiters, delimiter) == NULL) {
        *why = "this character cannot delimit a regular expression";
        return NULL;
    }
    begin = ++at;
    while (*at != '\0' && *at != delimiter) {
        at += *at == '\\' && at[1] != '\0' ? 2 : 1;
    }
    if (*at == '\0') {
        *why = "the regular expression does not end";
        return NULL;
    }
    end = at++;
    *flags = 0;
    while (regex_flag(*at) >= 0) {
        *flags |= regex_flag(*at++);
    }
    lx->at = at;
    return apr_pstrmemdup(lx->pool, begin, end - begin);
}

char cl_expr_unescape(const char **at)
{
    static const char letters[] = "nrtbf";
    static const char values[] = "\n\r\t\b\f";
    const char *c = *at;
    const char *found;
    int octal = 0, digits = 0;

    while (digits < 3 && c[digits] >= '0' && c[digits] <= '7') {
        octal = octal * 8 + (c[digits++] - '0');
    }
    if (digits == 3 && octal > 0 && octal < 256) {
        *at = c + 3;
        return (char)octal;
    }
    *at = c + 1;
    found = strchr(letters, *c);
    return found != NULL && *c != '\0' ? values[found - letters] : *c;
}
