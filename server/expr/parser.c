/* SPDX-License-Identifier: Apache-2.0 */
/* parser.c -- tokens to a tree, by recursive descent.
 *
 *   or      ::= and { "||" and }
 *   and     ::= not { "&&" not }
 *   not     ::= "!" not | "(" or ")" | "true" | "false" | comparison
 *   word    ::= part { "." part }
 *   string  ::= characters, %{variables} and $0..$9 up to its end
 *
 * The first error stops everything and says at which character it stands.
 */
#include "expr/expr.h"

#include <string.h>

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "httpd.h"

APLOG_USE_MODULE(core);

#define MAX_DEPTH 100           /* nested parentheses and negations */

struct parser {
    struct expr_lexer lexer;
    apr_pool_t *pool;
    apr_pool_t *ptemp;
    ap_expr_info_t *info;
    ap_expr_lookup_fn_t *lookup;
    const char *error;
    int depth;
};

typedef struct ap_expr_node node;

static const node *parse_or(struct parser *ps);
static const node *parse_word(struct parser *ps);
static const node *parse_string(struct parser *ps, char quote);

/* ---- helpers */

static void next_operand(struct parser *ps)
{
    cl_expr_next(&ps->lexer, true);
}

static void next_operator(struct parser *ps)
{
    cl_expr_next(&ps->lexer, false);
}

static const node *reject_at(struct parser *ps, const char *where,
                             const char *why)
{
    if (ps->error == NULL) {
        ps->error = apr_psprintf(ps->pool, "%s at character %d, near \"%.20s\"",
                                 why, (int)(where - ps->lexer.start) + 1,
                                 where);
    }
    return NULL;
}

static const node *reject(struct parser *ps, const char *why)
{
    if (ps->lexer.token == TOKEN_BAD) {
        why = ps->lexer.text;
    }
    else if (ps->lexer.token == TOKEN_END && ps->error == NULL) {
        ps->error = apr_psprintf(ps->pool, "%s, but the expression ends", why);
        return NULL;
    }
    return reject_at(ps, ps->lexer.token_start, why);
}

static node *new_node(struct parser *ps, enum expr_kind kind,
                      const node *left, const node *right)
{
    node *n = apr_pcalloc(ps->pool, sizeof *n);

    n->kind = kind;
    n->left = left;
    n->right = right;
    return n;
}

static node *new_literal(struct parser *ps, const char *text)
{
    node *n = new_node(ps, NODE_LITERAL, NULL, NULL);

    n->text = text;
    return n;
}

static node *new_backref(struct parser *ps, int number)
{
    node *n = new_node(ps, NODE_BACKREF, NULL, NULL);

    n->number = number;
    return n;
}

/* Resolve a name to a function pointer; argument is the literal operand when
 * there is one, so that the provider can prepare it. */
static bool resolve(struct parser *ps, node *n, int type, const char *name,
                    const node *argument, const char *where)
{
    ap_expr_lookup_parms parms = { .type = type, .name = name,
        .flags = ps->info->flags, .pool = ps->pool, .ptemp = ps->ptemp,
        .func = &n->call.any, .data = &n->data, .err = NULL };
    const char *why = NULL;

    parms.err = &why;
    parms.arg = argument != NULL && argument->kind == NODE_LITERAL
        ? argument->text : NULL;
    n->name = name;
    if (ps->lookup(&parms) == OK && n->call.any != NULL) {
        return true;
    }
    reject_at(ps, where, why != NULL ? why : apr_psprintf(ps->ptemp,
            "there is no %s \"%s\"",
            type == AP_EXPR_FUNC_VAR ? "variable"
            : type == AP_EXPR_FUNC_OP_UNARY ? "unary operator"
            : type == AP_EXPR_FUNC_OP_BINARY ? "binary operator"
            : "function", name));
    return false;
}

/* ---- strings: literal characters, %{...} and $n */

/* Behind "%{": NAME} or function:argument}; the argument is itself a string
 * that may hold variables. */
static const node *parse_variable(struct parser *ps)
{
    const char *begin = ps->lexer.at;
    size_t length = strcspn(begin, ":}");
    const char *name = apr_pstrmemdup(ps->pool, begin, length);
    node *n;

    if (begin[length] == '\0') {
        return reject_at(ps, begin, "the variable does not end with }");
    }
    ps->lexer.at = begin + length + 1;
    if (begin[length] == '}') {
        n = new_node(ps, NODE_VARIABLE, NULL, NULL);
        return resolve(ps, n, AP_EXPR_FUNC_VAR, name, NULL, begin) ? n : NULL;
    }
    if (++ps->depth > MAX_DEPTH) {
        return reject_at(ps, begin, "the expression is nested too deeply");
    }
    n = new_node(ps, NODE_FUNCTION, parse_string(ps, '}'), NULL);
    ps->depth--;
    return n->left != NULL
        && resolve(ps, n, AP_EXPR_FUNC_STRING, name, n->left, begin)
        ? n : NULL;
}

static const node *join(struct parser *ps, const node *left,
                        const node *right)
{
    return left == NULL ? right : new_node(ps, NODE_CONCAT, left, right);
}

static const node *flush_literal(struct parser *ps, const node *so_far,
                                 char *buffer, size_t *used)
{
    if (*used > 0) {
        so_far = join(ps, so_far,
                      new_literal(ps, apr_pstrmemdup(ps->pool, buffer,
                                                     *used)));
        *used = 0;
    }
    return so_far;
}

/* A string up to its closing quote, or to the end when quote is NUL. */
static const node *parse_string(struct parser *ps, char quote)
{
    struct expr_lexer *lx = &ps->lexer;
    const char *begin = lx->at;
    char *buffer = apr_palloc(ps->ptemp, strlen(lx->at) + 1);
    size_t used = 0;
    const node *result = NULL;

    while (*lx->at != quote) {
        const node *part;

        if (*lx->at == '\0') {
            return reject_at(ps, begin, quote == '}'
                           ? "the variable does not end with }"
                           : "the string has no closing quote");
        }
        if (lx->at[0] == '%' && lx->at[1] == '{') {
            result = flush_literal(ps, result, buffer, &used);
            lx->at += 2;
            part = parse_variable(ps);
            if (part == NULL) {
                return NULL;
            }
            result = join(ps, result, part);
        }
        else if (lx->at[0] == '$' && apr_isdigit(lx->at[1])) {
            result = flush_literal(ps, result, buffer, &used);
            result = join(ps, result, new_backref(ps, lx->at[1] - '0'));
            lx->at += 2;
        }
        else if (lx->at[0] == '\\' && lx->at[1] != '\0') {
            lx->at++;
            buffer[used++] = cl_expr_unescape(&lx->at);
        }
        else {
            buffer[used++] = *lx->at++;
        }
    }
    if (quote != '\0') {
        lx->at++;
    }
    result = flush_literal(ps, result, buffer, &used);
    return result != NULL ? result : new_literal(ps, "");
}

/* ---- words */

static bool expect(struct parser *ps, enum expr_token token, const char *why)
{
    if (ps->lexer.token != token) {
        reject(ps, why);
        return false;
    }
    return true;
}

/* name(word); the name is the current token. */
static const node *parse_call(struct parser *ps, enum expr_kind kind,
                              int type)
{
    const char *name = ps->lexer.text;
    const char *where = ps->lexer.token_start;
    node *n = new_node(ps, kind, NULL, NULL);

    next_operator(ps);
    if (!expect(ps, TOKEN_OPEN, "expected ( after the function's name; "
                "strings need quotes")) {
        return NULL;
    }
    next_operand(ps);
    n->left = parse_word(ps);
    if (n->left == NULL
        || !expect(ps, TOKEN_CLOSE, "expected ) after the argument")) {
        return NULL;
    }
    next_operator(ps);
    return resolve(ps, n, type, name, n->left, where) ? n : NULL;
}

static const node *parse_part(struct parser *ps)
{
    const node *n;

    switch (ps->lexer.token) {
    case TOKEN_DIGITS:
        n = new_literal(ps, ps->lexer.text);
        break;
    case TOKEN_QUOTE:
        n = parse_string(ps, ps->lexer.quote);
        break;
    case TOKEN_VARIABLE:
        n = parse_variable(ps);
        break;
    case TOKEN_BACKREF:
        n = new_backref(ps, ps->lexer.number);
        break;
    case TOKEN_NAME:
        return parse_call(ps, NODE_FUNCTION, AP_EXPR_FUNC_STRING);
    default:
        return reject(ps, "expected a string, number, %{variable} or function");
    }
    if (n != NULL) {
        next_operator(ps);
    }
    return n;
}

static const node *parse_word(struct parser *ps)
{
    const node *word = parse_part(ps);

    while (word != NULL && ps->lexer.token == TOKEN_CONCAT) {
        const node *right;

        next_operand(ps);
        right = parse_part(ps);
        word = right != NULL ? new_node(ps, NODE_CONCAT, word, right) : NULL;
    }
    return word;
}

/* ---- comparisons */

static const node *parse_regex(struct parser *ps, const node *subject,
                               bool negate)
{
    const char *why = NULL;
    int flags;
    const char *text = cl_expr_read_regex(&ps->lexer, &flags, &why);
    node *n;

    if (text == NULL) {
        return reject_at(ps, ps->lexer.token_start, why);
    }
    n = new_node(ps, NODE_MATCH, subject, NULL);
    n->negate = negate;
    n->regex = ap_pregcomp(ps->pool, text, AP_REG_EXTENDED | flags);
    if (n->regex == NULL) {
        return reject_at(ps, ps->lexer.token_start,
                       "the regular expression does not compile");
    }
    next_operator(ps);
    return n;
}

/* "{ word, word }" as a chain through ->right. */
static const node *parse_list(struct parser *ps)
{
    node *first = NULL;
    node **end = &first;

    do {
        const node *word;

        next_operand(ps);
        word = parse_word(ps);
        if (word == NULL) {
            return NULL;
        }
        *end = new_node(ps, NODE_IN_LIST, word, NULL);
        end = (node **)&(*end)->right;
    } while (ps->lexer.token == TOKEN_COMMA);
    if (!expect(ps, TOKEN_LIST_CLOSE, "expected , or } in the list")) {
        return NULL;
    }
    next_operator(ps);
    return first;
}

static const node *parse_in(struct parser *ps, const node *word)
{
    const node *set;

    next_operator(ps);
    if (ps->lexer.token == TOKEN_LIST_OPEN) {
        set = parse_list(ps);
        return set != NULL ? new_node(ps, NODE_IN_LIST, word, set) : NULL;
    }
    if (!expect(ps, TOKEN_NAME, "expected { list } or a list function "
                "after \"in\"")) {
        return NULL;
    }
    set = parse_call(ps, NODE_FUNCTION, AP_EXPR_FUNC_LIST);
    return set != NULL ? new_node(ps, NODE_IN_FUNCTION, word, set) : NULL;
}

static const node *parse_binary(struct parser *ps, const node *left)
{
    const char *where = ps->lexer.token_start;
    const char *name = ps->lexer.text;
    node *n = new_node(ps, NODE_BINARY, left, NULL);

    next_operand(ps);
    n->right = parse_word(ps);
    if (n->right == NULL
        || !resolve(ps, n, AP_EXPR_FUNC_OP_BINARY, name, n->right, where)) {
        return NULL;
    }
    return n;
}

static const node *parse_unary(struct parser *ps)
{
    const char *where = ps->lexer.token_start;
    const char *name = ps->lexer.text;
    node *n = new_node(ps, NODE_UNARY, NULL, NULL);

    next_operand(ps);
    n->left = parse_word(ps);
    if (n->left == NULL
        || !resolve(ps, n, AP_EXPR_FUNC_OP_UNARY, name, n->left, where)) {
        return NULL;
    }
    return n;
}

static const node *parse_compare(struct parser *ps, const node *left)
{
    node *n = new_node(ps, NODE_COMPARE, left, NULL);

    n->compare = ps->lexer.compare;
    n->numeric = ps->lexer.numeric;
    next_operand(ps);
    n->right = parse_word(ps);
    return n->right != NULL ? n : NULL;
}

static const node *parse_comparison(struct parser *ps)
{
    const node *word;

    if (ps->lexer.token == TOKEN_UNARY) {
        return parse_unary(ps);
    }
    word = parse_word(ps);
    if (word == NULL) {
        return NULL;
    }
    switch (ps->lexer.token) {
    case TOKEN_COMPARE:
        return parse_compare(ps, word);
    case TOKEN_MATCH:
        return parse_regex(ps, word, false);
    case TOKEN_NOT_MATCH:
        return parse_regex(ps, word, true);
    case TOKEN_IN:
        return parse_in(ps, word);
    case TOKEN_BINARY:
        return parse_binary(ps, word);
    default:
        return reject(ps, "expected a comparison such as == or =~");
    }
}

/* ---- conditions */

static const node *parse_group(struct parser *ps)
{
    const node *n;

    next_operand(ps);
    n = parse_or(ps);
    if (n == NULL || !expect(ps, TOKEN_CLOSE, "expected )")) {
        return NULL;
    }
    next_operator(ps);
    return n;
}

static const node *parse_not(struct parser *ps)
{
    const node *n;

    if (++ps->depth > MAX_DEPTH) {
        return reject(ps, "the expression is nested too deeply");
    }
    switch (ps->lexer.token) {
    case TOKEN_NOT:
        next_operand(ps);
        n = parse_not(ps);
        n = n != NULL ? new_node(ps, NODE_NOT, n, NULL) : NULL;
        break;
    case TOKEN_OPEN:
        n = parse_group(ps);
        break;
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        n = new_node(ps, ps->lexer.token == TOKEN_TRUE ? NODE_TRUE
                                                       : NODE_FALSE,
                     NULL, NULL);
        next_operator(ps);
        break;
    default:
        n = parse_comparison(ps);
        break;
    }
    ps->depth--;
    return n;
}

static const node *parse_and(struct parser *ps)
{
    const node *n = parse_not(ps);

    while (n != NULL && ps->lexer.token == TOKEN_AND) {
        const node *right;

        next_operand(ps);
        right = parse_not(ps);
        n = right != NULL ? new_node(ps, NODE_AND, n, right) : NULL;
    }
    return n;
}

static const node *parse_or(struct parser *ps)
{
    const node *n = parse_and(ps);

    while (n != NULL && ps->lexer.token == TOKEN_OR) {
        const node *right;

        next_operand(ps);
        right = parse_and(ps);
        n = right != NULL ? new_node(ps, NODE_OR, n, right) : NULL;
    }
    return n;
}

/* ---- the door */

AP_DECLARE(const char *) ap_expr_parse(apr_pool_t *pool, apr_pool_t *ptemp,
    ap_expr_info_t *info, const char *expr, ap_expr_lookup_fn_t *lookup_fn)
{
    struct parser ps = { .lexer = { .start = expr, .at = expr,
                                    .pool = pool },
        .pool = pool, .ptemp = ptemp, .info = info,
        .lookup = lookup_fn != NULL ? lookup_fn : ap_run_expr_lookup };
    const node *root;

    if (info->flags & AP_EXPR_FLAG_STRING_RESULT) {
        root = parse_string(&ps, '\0');
    }
    else {
        next_operand(&ps);
        root = parse_or(&ps);
        if (root != NULL && ps.lexer.token != TOKEN_END) {
            root = reject(&ps, "expected && or || or the end");
        }
    }
    if (root == NULL) {
        return ps.error != NULL ? ps.error : "the expression is empty";
    }
    info->root_node = (ap_expr_t *)root;
    return NULL;
}

AP_DECLARE(ap_expr_info_t *) ap_expr_parse_cmd_mi(const cmd_parms *cmd,
    const char *expr, unsigned int flags, const char **err,
    ap_expr_lookup_fn_t *lookup_fn, int module_index)
{
    ap_expr_info_t *info = apr_pcalloc(cmd->pool, sizeof *info);

    info->filename = cmd->directive->filename;
    info->line_number = cmd->directive->line_num;
    info->flags = flags;
    if (ap_check_cmd_context((cmd_parms *)cmd, NOT_IN_HTACCESS)) {
        /* who may write a .htaccess file may not read all of ours by it */
        info->flags |= AP_EXPR_FLAG_RESTRICTED_FILE_FUNC;
    }
    info->module_index = module_index;
    *err = ap_expr_parse(cmd->pool, cmd->temp_pool, info, expr, lookup_fn);
    return *err == NULL ? info : NULL;
}
