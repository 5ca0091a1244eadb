/* SPDX-License-Identifier: Apache-2.0 */
/* tree.c -- lines to a tree of ap_directive_t.
 *
 * Each line becomes a node, <X> opens a level and </X> closes it.  Directives
 * marked EXEC_ON_READ leave no node: they run at once, may read on from the
 * same source (<IfModule> does) and may hand back a list of nodes that takes
 * their place.  Every node keeps file and line, as all later messages and
 * merged settings point there.
 */
#include "config/config.h"

#include "http_log.h"

#include <apr_lib.h>
#include <apr_strings.h>

APLOG_USE_MODULE(core);

AP_DECLARE_DATA ap_directive_t *ap_conftree;

struct builder {
    cmd_parms *parms;
    apr_pool_t *p;
    apr_pool_t *ptemp;
    const char *container;      /* whose </...> ends this part, or NULL */
    ap_directive_t *head;       /* first node at the top */
    ap_directive_t *current;    /* latest node of this level, or NULL */
    ap_directive_t *parent;     /* section being read, or NULL */
    int depth;
    bool is_closed;             /* the container's end has been seen */
};

/* How many containers that run while reading we are inside of. */
static _Thread_local int reading_depth;

AP_DECLARE(ap_directive_t *) ap_add_node(ap_directive_t **parent,
                                         ap_directive_t *current,
                                         ap_directive_t *toadd, int child)
{
    toadd->parent = *parent;
    if (current != NULL) {
        current->next = toadd;
    }
    else if (*parent != NULL) {
        (*parent)->first_child = toadd;
    }
    if (child) {
        *parent = toadd;
        return NULL;
    }
    return toadd;
}

static void add_node(struct builder *b, ap_directive_t *node, int child)
{
    if (b->head == NULL) {
        b->head = node;
    }
    b->current = ap_add_node(&b->parent, b->current, node, child);
}

static ap_directive_t *make_node(struct builder *b, const char *name,
                                 const char *args)
{
    ap_directive_t *node = apr_pcalloc(b->p, sizeof *node);

    node->directive = name;
    node->args = args;
    node->filename = b->parms->config_file->name;
    node->line_num = (int)b->parms->config_file->line_number;
    return node;
}

/* Nodes a directive has built take the place of the directive. */
static void add_list(struct builder *b, ap_directive_t *list)
{
    add_node(b, list, 0);
    list->parent = b->parent;
    while (list->next != NULL) {
        list = list->next;
        list->parent = b->parent;
    }
    b->current = list;
}

static const char too_deep[] =
    "sections are nested deeper than " APR_STRINGIFY(CL_CONFIG_MAX_NESTING)
    "; a closing line may be missing";

static bool is_too_deep(const struct builder *b)
{
    return reading_depth + b->depth >= CL_CONFIG_MAX_NESTING;
}

static const char *skip_refused(cmd_parms *parms, ap_directive_t *node)
{
    cl_config_log_refused(parms, node);
    if (node->directive[0] == '<') {
        return ap_soak_end_container(parms, (char *)node->directive);
    }
    return NULL;
}

static const char *run_now(struct builder *b,
                           const struct cl_config_command *found,
                           ap_directive_t *node)
{
    cmd_parms *parms = b->parms;
    ap_directive_t *list = NULL;
    const char *wrong;

    parms->err_directive = node;
    wrong = cl_config_refuse_context(parms, found->cmd, b->parent);
    if (wrong != NULL) {
        return parms->override & NONFATAL_OVERRIDE
                   ? skip_refused(parms, node) : wrong;
    }
    if (node->directive[0] == '<' && is_too_deep(b)) {
        return too_deep;
    }
    reading_depth += b->depth + 1;
    do {
        wrong = cl_config_call(found->cmd, parms, &list, node->args);
        found = cl_config_next_command(found);
    } while (found != NULL && wrong != NULL
             && strcmp(wrong, DECLINE_CMD) == 0);
    reading_depth -= b->depth + 1;
    if (wrong != NULL && strcmp(wrong, DECLINE_CMD) != 0) {
        return wrong;
    }
    if (list != NULL) {
        add_list(b, list);
    }
    return NULL;
}

static const char *open_section(struct builder *b, ap_directive_t *node)
{
    if (is_too_deep(b)) {
        b->parms->err_directive = node;
        return too_deep;
    }
    ++b->depth;
    add_node(b, node, 1);
    return NULL;
}

/* name is "</X>"; true when it closes "<X". */
static bool closes(const char *name, const char *open)
{
    size_t len = strlen(open + 1);

    return ap_cstr_casecmpn(name + 2, open + 1, len) == 0
           && strcmp(name + 2 + len, ">") == 0;
}

/* Where the section that a closing line should have met was opened. */
static const char *opened_at(struct builder *b)
{
    return apr_psprintf(b->parms->pool, " (%s> was opened at %s:%d)",
                        b->parent->directive, b->parent->filename,
                        b->parent->line_num);
}

static const char *close_section(struct builder *b, const char *name)
{
    apr_pool_t *p = b->parms->pool;
    ap_directive_t *parent = b->parent;

    b->parms->err_directive = make_node(b, name, "");
    if (name[strlen(name) - 1] != '>') {
        return apr_pstrcat(p, name, "> directive missing closing '>'", NULL);
    }
    if (parent == NULL && b->container != NULL && closes(name, b->container)) {
        b->is_closed = true;
        return NULL;
    }
    if (parent == NULL) {
        return apr_pstrcat(p, name, " without matching <", name + 2,
                           " section",
                           b->container ? "; " : NULL, b->container,
                           "> comes first", NULL);
    }
    if (!closes(name, parent->directive)) {
        return apr_pstrcat(p, "Expected </", parent->directive + 1,
                           "> but saw ", name, opened_at(b), NULL);
    }
    b->parms->err_directive = NULL;
    b->current = parent;
    b->parent = parent->parent;
    --b->depth;
    return NULL;
}

/* <X> without arguments: the > belongs to the arguments. */
static void split_mark(apr_pool_t *p, char *name, const char **args)
{
    size_t len = strlen(name);

    if (name[0] == '<' && len > 1 && name[len - 1] == '>') {
        name[len - 1] = '\0';
        *args = **args ? apr_pstrcat(p, "> ", *args, NULL) : ">";
    }
}

static const char *take_line(struct builder *b, const char *text)
{
    const struct cl_config_command *found;
    const char *args = text;
    ap_directive_t *node;
    char *name;

    if (*text == '\0' || *text == '#') {
        return NULL;
    }
    name = ap_getword_conf(b->p, &args);
    if (*name == '\0') {
        return NULL;
    }
    name = (char *)ap_resolve_env(b->p, name);
    if (name[0] == '<' && name[1] == '/') {
        return close_section(b, name);
    }
    args = apr_pstrdup(b->p, ap_resolve_env(b->ptemp, args));
    split_mark(b->p, name, &args);
    node = make_node(b, name, args);
    found = cl_config_find_command(name);
    if (found != NULL && (found->cmd->req_override & EXEC_ON_READ)) {
        return run_now(b, found, node);
    }
    if (name[0] == '<') {
        return open_section(b, node);
    }
    add_node(b, node, 0);
    return NULL;
}

static const char *read_lines(struct builder *b)
{
    ap_configfile_t *cfp = b->parms->config_file;
    struct cl_config_line line = { .pool = b->ptemp };
    const ap_configfile_t *before = cl_config_reading(cfp);
    const char *wrong = NULL;
    apr_status_t rv = APR_SUCCESS;

    while (wrong == NULL && !b->is_closed) {
        rv = cl_config_read_line(&line, cfp);
        if (rv != APR_SUCCESS) {
            break;
        }
        wrong = take_line(b, line.text);
    }
    cl_config_reading(before);
    if (rv != APR_SUCCESS && rv != APR_EOF) {
        b->parms->err_directive = make_node(b, "", "");
        return ap_pcfg_strerror(b->p, cfp, rv);
    }
    return wrong;
}

static const char *refuse_unclosed(struct builder *b)
{
    const char *text = NULL;

    for (ap_directive_t *at = b->parent; at != NULL; at = at->parent) {
        text = apr_psprintf(b->p, "%s%s%s:%d: %s> was not closed.",
                            text ? text : "", text ? "\n" : "",
                            at->filename, at->line_num, at->directive);
        b->parms->err_directive = at;
    }
    return text;
}

static ap_directive_t *last_of(ap_directive_t *list)
{
    if (list->last != NULL) {
        list = list->last;
    }
    while (list->next != NULL) {
        list = list->next;
    }
    return list;
}

/* The head of a list remembers its end, so that many files joined into one
 * tree cost no walks along it. */
AP_DECLARE(const char *) ap_build_config(cmd_parms *parms,
    apr_pool_t *conf_pool, apr_pool_t *temp_pool, ap_directive_t **conftree)
{
    struct builder b = { .parms = parms, .p = conf_pool, .ptemp = temp_pool };
    const char *wrong;

    b.head = *conftree;
    b.current = b.head ? last_of(b.head) : NULL;
    wrong = read_lines(&b);
    if (wrong == NULL) {
        wrong = refuse_unclosed(&b);
    }
    *conftree = b.head;
    if (b.head != NULL && b.current != NULL && b.current != b.head
        && b.parent == NULL) {
        b.head->last = b.current;
    }
    return wrong;
}

AP_DECLARE(const char *) ap_build_cont_config(apr_pool_t *p,
    apr_pool_t *temp_pool, cmd_parms *parms, ap_directive_t **current,
    ap_directive_t **curr_parent, char *orig_directive)
{
    struct builder b = { .parms = parms, .p = p, .ptemp = temp_pool };
    const char *wrong;

    b.container = orig_directive;
    b.current = *current;
    b.parent = NULL;
    wrong = read_lines(&b);
    if (wrong == NULL && b.parent != NULL) {
        wrong = refuse_unclosed(&b);
    }
    else if (wrong == NULL && !b.is_closed) {
        ap_log_error(APLOG_MARK, APLOG_WARNING, 0, NULL, APLOGNO(50152)
                     "%s> is not closed before the end of %s; add </%s>",
                     orig_directive, parms->config_file->name,
                     orig_directive + 1);
    }
    if (*current == NULL) {
        *current = b.head;
    }
    if (curr_parent != NULL) {
        *curr_parent = b.parent;
    }
    return wrong;
}

static const char *end_too_early(cmd_parms *cmd, const char *name)
{
    return apr_pstrcat(cmd->pool, "Expected </", name + 1,
                       "> before the end of the file", NULL);
}

/* Skip to the end of a section that nobody shall look into.  Sections inside
 * it, known or not, must be balanced. */
AP_DECLARE(const char *) ap_soak_end_container(cmd_parms *cmd,
                                               char *directive)
{
    apr_array_header_t *open = apr_array_make(cmd->temp_pool, 8,
                                              sizeof(char *));
    struct cl_config_line line = { .pool = cmd->temp_pool };
    apr_status_t rv;

    APR_ARRAY_PUSH(open, const char *) = directive;
    while ((rv = cl_config_read_line(&line, cmd->config_file))
           == APR_SUCCESS) {
        const char *text = line.text;
        const char *expected = APR_ARRAY_IDX(open, open->nelts - 1,
                                             const char *);
        char *name;

        if (*text != '<') {
            continue;
        }
        name = ap_getword_conf(cmd->temp_pool, &text);
        if (name[1] != '/') {
            split_mark(cmd->temp_pool, name, &text);
            APR_ARRAY_PUSH(open, const char *) = name;
            continue;
        }
        if (name[strlen(name) - 1] != '>') {
            return apr_pstrcat(cmd->pool, name,
                               "> directive missing closing '>'", NULL);
        }
        if (!closes(name, expected)) {
            return apr_pstrcat(cmd->pool, "Expected </", expected + 1,
                               "> but saw ", name, NULL);
        }
        apr_array_pop(open);
        if (open->nelts == 0) {
            return NULL;
        }
    }
    if (rv != APR_EOF) {
        return ap_pcfg_strerror(cmd->temp_pool, cmd->config_file, rv);
    }
    return end_too_early(cmd, APR_ARRAY_IDX(open, open->nelts - 1,
                                            const char *));
}
