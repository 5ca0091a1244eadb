/* SPDX-License-Identifier: Apache-2.0 */
/* util_cfgtree.h -- the configuration as a tree of directives
 *
 * Each line is a node, in a pool of the configuration. Read it, or build one
 * with ap_add_node(); the server runs it with ap_walk_config().
 */
#ifndef CLEAT_UTIL_CFGTREE_H
#define CLEAT_UTIL_CFGTREE_H

#include "ap_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct ap_directive_t ap_directive_t;

/* A directive. */
struct ap_directive_t {
    const char *directive;              /* its name; a container's begins
                                         * with "<" */
    const char *args;                   /* the rest of the line, a
                                         * container's ">" removed */
    struct ap_directive_t *next;        /* on the same level */
    struct ap_directive_t *first_child; /* inside a container */
    struct ap_directive_t *parent;      /* the container, NULL at the top */
    void *data;                         /* for the module that has it */
    /* where it was written */
    const char *filename;
    int line_num;
    struct ap_directive_t *last;        /* of a list's first node: its last
                                         * one, or NULL */
};

/* The tree of the running configuration. */
extern AP_DECLARE_DATA ap_directive_t *ap_conftree;

/* Puts toadd behind current, or as the first of *parent. child: what follows
 * goes inside it, so *parent becomes toadd and NULL is returned; otherwise
 * toadd, as the next current. */
AP_DECLARE(ap_directive_t *) ap_add_node(ap_directive_t **parent,
    ap_directive_t *current, ap_directive_t *toadd, int child);

#ifdef __cplusplus
}
#endif

#endif
