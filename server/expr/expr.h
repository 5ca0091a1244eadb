/* SPDX-License-Identifier: Apache-2.0 */
/* expr.h -- what the files of the expression room share.
 *
 * lexer.c cuts text into tokens, parser.c builds a tree of ap_expr_node,
 * eval.c walks it.  Names of variables, functions and operators are resolved
 * while parsing, through the expr_lookup hook, so that running an expression
 * only calls function pointers.
 */
#ifndef CLEAT_EXPR_EXPR_H
#define CLEAT_EXPR_EXPR_H

#include <stdbool.h>

#include "ap_expr.h"
#include "ap_regex.h"

/* ---- tokens */

enum expr_token {
    TOKEN_END,
    TOKEN_TRUE, TOKEN_FALSE,
    TOKEN_NOT, TOKEN_AND, TOKEN_OR,
    TOKEN_OPEN, TOKEN_CLOSE,            /* ( ) */
    TOKEN_LIST_OPEN, TOKEN_LIST_CLOSE,  /* { } */
    TOKEN_COMMA, TOKEN_CONCAT,          /* , . */
    TOKEN_COMPARE,                      /* .compare, .numeric */
    TOKEN_IN,
    TOKEN_MATCH, TOKEN_NOT_MATCH,       /* =~ !~ */
    TOKEN_UNARY,                        /* -x: .text is "x" */
    TOKEN_BINARY,                       /* -word: .text is "word" */
    TOKEN_DIGITS,                       /* .text */
    TOKEN_NAME,                         /* .text: a function's name */
    TOKEN_QUOTE,                        /* .quote; the cursor is behind it */
    TOKEN_VARIABLE,                     /* behind "%{" */
    TOKEN_BACKREF,                      /* .number */
    TOKEN_BAD                           /* .text says why */
};

enum expr_compare { CMP_EQ, CMP_NE, CMP_LT, CMP_LE, CMP_GT, CMP_GE };

struct expr_lexer {
    const char *start;          /* the whole expression */
    const char *at;             /* next unread character */
    const char *token_start;    /* where the current token begins */
    apr_pool_t *pool;
    enum expr_token token;
    enum expr_compare compare;
    bool numeric;
    char quote;
    int number;
    const char *text;
};

/* Read the next token into lx; a word is possible here when operand is true
 * (then a leading minus starts a unary operator). */
void cl_expr_next(struct expr_lexer *lx, bool operand);

/* Read a regular expression literal (/re/flags or m#re#flags) that starts at
 * the cursor.  NULL when there is none; then *why is a sentence. */
const char *cl_expr_read_regex(struct expr_lexer *lx, int *flags,
                               const char **why);

/* Turn the character after a backslash into the one it stands for; *at is on
 * that character and is moved behind what was used. */
char cl_expr_unescape(const char **at);

/* ---- the tree */

enum expr_kind {
    NODE_TRUE, NODE_FALSE, NODE_NOT, NODE_AND, NODE_OR,
    NODE_COMPARE, NODE_MATCH, NODE_IN_LIST, NODE_IN_FUNCTION,
    NODE_UNARY, NODE_BINARY,
    NODE_LITERAL, NODE_CONCAT, NODE_VARIABLE, NODE_FUNCTION, NODE_BACKREF
};

struct ap_expr_node {
    enum expr_kind kind;
    const struct ap_expr_node *left;    /* operand, argument, list item */
    const struct ap_expr_node *right;   /* operand, next list item */
    const char *text;                   /* literal */
    const ap_regex_t *regex;
    enum expr_compare compare;
    bool numeric;                       /* compare as integers */
    bool negate;                        /* !~ */
    int number;                         /* back reference */
    const char *name;                   /* for messages */
    union {
        ap_expr_op_unary_t *unary;
        ap_expr_op_binary_t *binary;
        ap_expr_string_func_t *string;
        ap_expr_list_func_t *list;
        ap_expr_var_func_t *variable;
        const void *any;
    } call;
    const void *data;                   /* the callee's own */
};

/* ---- tables of what the core provides; true when the name is known */
bool cl_expr_find_variable(ap_expr_lookup_parms *parms);
bool cl_expr_find_string_function(ap_expr_lookup_parms *parms);
bool cl_expr_find_unary(ap_expr_lookup_parms *parms);
bool cl_expr_find_binary(ap_expr_lookup_parms *parms);

/* Parse "10.0.0.0/8" or "10.1"; NULL or a sentence. */
const char *cl_expr_parse_subnet(apr_pool_t *p, const char *text,
                                 apr_ipsubnet_t **subnet);

/* Remember that the response depends on this request field. */
void cl_expr_note_vary(ap_expr_eval_ctx_t *ctx, const char *field);

void cl_expr_register_hooks(apr_pool_t *p);

#endif
