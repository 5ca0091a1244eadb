/* SPDX-License-Identifier: Apache-2.0 */
/* modules.c -- which modules are here, their indexes and their directives.
 *
 * Three views of the same set: the linked list from ap_top_module (newest
 * first), ap_loaded_modules (oldest first), and the table of slots by index.
 * An index is a place in every configuration vector, so there is a bound.
 * Directives are found through a hash table that changes with the set.  All
 * of this is written by the main thread during configuration only; requests
 * read it.  Nothing here lives in pconf, as the static modules outlive it.
 */
#include "config/config.h"

#include "http_log.h"

#include <apr_hooks.h>
#include <apr_lib.h>
#include <apr_strings.h>

#include <stdlib.h>

#undef ap_get_module_config
#undef ap_set_module_config

APLOG_USE_MODULE(core);

#define STATIC_MODULE_LIMIT 32
#define SLOT_LIMIT (STATIC_MODULE_LIMIT + DYNAMIC_MODULE_LIMIT)
#define BUCKETS 1024                    /* about as many as directives */

struct slot {
    module *mod;
    char *short_name;                   /* malloc: "ssl" for ssl_module */
};

AP_DECLARE_DATA module *ap_top_module;
static module *loaded[SLOT_LIMIT + 1];
AP_DECLARE_DATA module **ap_loaded_modules = loaded;

static struct slot slots[SLOT_LIMIT];
static int slots_used;                  /* one past the highest index */
static int most_slots = SLOT_LIMIT;     /* static modules + the limit */
static int slots_open = SLOT_LIMIT;     /* vectors have this length */
static int reserved;
static const char *reserving_directives[16];
static int reserving_directive_count;
static struct cl_config_command *buckets[BUCKETS];

static unsigned bucket_of(const char *name)
{
    unsigned hash = 2166136261u;        /* FNV-1a, case folded */

    for (; *name != '\0'; ++name) {
        hash = (hash ^ (unsigned char)apr_tolower(*name)) * 16777619u;
    }
    return hash % BUCKETS;
}

const struct cl_config_command *cl_config_find_command(const char *name)
{
    const struct cl_config_command *at = buckets[bucket_of(name)];

    while (at != NULL && ap_cstr_casecmp(at->cmd->name, name) != 0) {
        at = at->chain;
    }
    return at;
}

const struct cl_config_command *
cl_config_next_command(const struct cl_config_command *at)
{
    return at->next;
}

void cl_config_each_command(void (*visit)(void *, const module *,
                                          const command_rec *),
                            void *ctx)
{
    for (unsigned i = 0; i < BUCKETS; ++i) {
        const struct cl_config_command *name = buckets[i];

        for (; name != NULL; name = name->chain) {
            visit(ctx, name->mod, name->cmd);
        }
    }
}

/* Newer modules are asked first; rows of one module in the table's order. */
static void add_command(module *m, const command_rec *cmd)
{
    struct cl_config_command *entry = malloc(sizeof *entry);
    struct cl_config_command **at = &buckets[bucket_of(cmd->name)];

    ap_assert(entry != NULL);
    *entry = (struct cl_config_command){ .mod = m, .cmd = cmd };
    while (*at != NULL && ap_cstr_casecmp((*at)->cmd->name, cmd->name) != 0) {
        at = &(*at)->chain;
    }
    if (*at == NULL) {
        *at = entry;
        return;
    }
    if ((*at)->mod != m) {
        entry->chain = (*at)->chain;
        (*at)->chain = NULL;
        entry->next = *at;
        *at = entry;
        return;
    }
    struct cl_config_command *same = *at;
    while (same->next != NULL && same->next->mod == m) {
        same = same->next;
    }
    entry->next = same->next;
    same->next = entry;
}

/* One name's list without m; its first entry carries the bucket's chain. */
static struct cl_config_command *without(struct cl_config_command *list,
                                         const module *m)
{
    struct cl_config_command *chain = list->chain;
    struct cl_config_command *kept = NULL;
    struct cl_config_command **end = &kept;

    while (list != NULL) {
        struct cl_config_command *next = list->next;

        if (list->mod == m) {
            free(list);
        }
        else {
            list->next = list->chain = NULL;
            *end = list;
            end = &list->next;
        }
        list = next;
    }
    if (kept == NULL) {
        return chain;
    }
    kept->chain = chain;
    return kept;
}

static bool has(const struct cl_config_command *list, const module *m)
{
    while (list != NULL && list->mod != m) {
        list = list->next;
    }
    return list != NULL;
}

/* Looks at our own memory only: the module's may be gone already. */
static void remove_commands(const module *m)
{
    for (unsigned i = 0; i < BUCKETS; ++i) {
        struct cl_config_command **at = &buckets[i];

        while (*at != NULL) {
            if (has(*at, m)) {
                *at = without(*at, m);
            }
            else {
                at = &(*at)->chain;
            }
        }
    }
}

static int free_slot(void)
{
    int i = 0;

    while (i < slots_open && slots[i].mod != NULL) {
        ++i;
    }
    return i < slots_open ? i : -1;
}

/* ssl for ssl_module; names of another form stay. */
static char *short_name_of(const char *symbol)
{
    static const char tail[] = "_module";
    size_t len;

    if (symbol == NULL) {
        return NULL;
    }
    len = strlen(symbol);
    if (len >= sizeof tail
        && strcmp(symbol + len - (sizeof tail - 1), tail) == 0) {
        len -= sizeof tail - 1;
    }
    return strndup(symbol, len);
}

static const char *take_slot(module *m, apr_pool_t *p, const char *symbol)
{
    int i = m->module_index;

    if (i < 0 || i >= SLOT_LIMIT || (slots[i].mod && slots[i].mod != m)) {
        i = free_slot();
    }
    if (i < 0 && slots_open < most_slots) {
        return apr_psprintf(p, "no place is left for module \"%s\", as the "
                            "configuration has been read; load it with "
                            "LoadModule, or have it reserve a slot earlier",
                            m->name);
    }
    if (i < 0) {
        return apr_psprintf(p, "no place is left for module \"%s\": %d are "
                            "loaded already; remove LoadModule lines you do "
                            "not need",
                            m->name, DYNAMIC_MODULE_LIMIT);
    }
    m->module_index = i;
    free(slots[i].short_name);
    slots[i].mod = m;
    slots[i].short_name = short_name_of(symbol);
    if (slots_used <= i) {
        slots_used = i + 1;
    }
    return NULL;
}

static void use_base_name(module *m)
{
    const char *slash = m->name ? strrchr(m->name, '/') : NULL;

    if (slash != NULL) {
        m->name = slash + 1;
    }
}

static bool is_listed(const module *m)
{
    const module *at = ap_top_module;

    while (at != NULL && at != m) {
        at = at->next;
    }
    return at != NULL;
}

AP_DECLARE(const char *) ap_add_module(module *m, apr_pool_t *p,
                                       const char *s)
{
    const char *wrong;

    if (m->version != MODULE_MAGIC_NUMBER_MAJOR) {
        return apr_psprintf(p, "module \"%s\" speaks version %d of the module "
                            "API, not %d; get one built for httpd 2.4",
                            m->name, m->version, MODULE_MAGIC_NUMBER_MAJOR);
    }
    use_base_name(m);
    wrong = take_slot(m, p, s);
    if (wrong != NULL) {
        return wrong;
    }
    if (!is_listed(m)) {
        const command_rec *cmd = m->cmds;

        m->next = ap_top_module;
        ap_top_module = m;
        for (; cmd != NULL && cmd->name != NULL; ++cmd) {
            add_command(m, cmd);
        }
    }
    ap_register_hooks(m, p);
    return NULL;
}

AP_DECLARE(void) ap_remove_module(module *m)
{
    module **at = &ap_top_module;

    while (*at != NULL && *at != m) {
        at = &(*at)->next;
    }
    if (*at == NULL) {
        ap_log_error(APLOG_MARK, APLOG_ERR, 0, NULL, APLOGNO(50151)
                     "could not remove module \"%s\": it is not loaded",
                     m->name);
        return;
    }
    *at = m->next;
    m->next = NULL;
    remove_commands(m);
    if (m->module_index >= 0 && m->module_index < SLOT_LIMIT) {
        struct slot *slot = &slots[m->module_index];

        free(slot->short_name);
        *slot = (struct slot){ 0 };
    }
    m->module_index = -1;
    while (slots_used > 0 && slots[slots_used - 1].mod == NULL) {
        --slots_used;
    }
}

AP_DECLARE(const char *) ap_add_loaded_module(module *mod, apr_pool_t *p,
                                              const char *s)
{
    const char *wrong = ap_add_module(mod, p, s);
    module **at = ap_loaded_modules;

    if (wrong != NULL) {
        return wrong;
    }
    while (*at != NULL && *at != mod) {
        ++at;
    }
    *at = mod;          /* as many places as slots, and a NULL behind them */
    return NULL;
}

AP_DECLARE(void) ap_remove_loaded_module(module *mod)
{
    module **at = ap_loaded_modules;

    ap_remove_module(mod);
    while (*at != NULL && *at != mod) {
        ++at;
    }
    while (*at != NULL) {
        at[0] = at[1];
        ++at;
    }
}

AP_DECLARE(void) ap_register_hooks(module *m, apr_pool_t *p)
{
    if (m->register_hooks != NULL) {
        apr_hook_debug_current = m->name;
        m->register_hooks(p);
    }
}

AP_DECLARE(const char *) ap_setup_prelinked_modules(process_rec *process)
{
    int count = 0;

    apr_hook_global_pool = process->pconf;
    for (const ap_module_symbol_t *sym = ap_prelinked_module_symbols;
         sym->name != NULL; ++sym) {
        const char *wrong = ap_add_loaded_module(sym->modp, process->pconf,
                                                 sym->name);
        if (wrong != NULL) {
            return wrong;
        }
        ++count;
    }
    most_slots = slots_open = count + DYNAMIC_MODULE_LIMIT;
    return NULL;
}

AP_DECLARE(const char *) ap_find_module_name(module *m)
{
    return m->name;
}

AP_DECLARE(const char *) ap_find_module_short_name(int module_index)
{
    if (module_index < 0 || module_index >= SLOT_LIMIT) {
        return NULL;
    }
    return slots[module_index].short_name;
}

AP_DECLARE(module *) ap_find_linked_module(const char *name)
{
    module *m = ap_top_module;

    while (m != NULL && strcmp(m->name, name) != 0) {
        m = m->next;
    }
    return m;
}

/* Records made before minor 70 end before the flags. */
AP_DECLARE(int) ap_get_module_flags(const module *m)
{
    if (m->version < AP_MODULE_FLAGS_MMN_MAJOR
        || (m->version == AP_MODULE_FLAGS_MMN_MAJOR
            && m->minor_version < AP_MODULE_FLAGS_MMN_MINOR)) {
        return AP_MODULE_FLAG_NONE;
    }
    return m->flags;
}

AP_DECLARE(const command_rec *) ap_find_command(const char *name,
                                                const command_rec *cmds)
{
    while (cmds != NULL && cmds->name != NULL) {
        if (ap_cstr_casecmp(name, cmds->name) == 0) {
            return cmds;
        }
        ++cmds;
    }
    return NULL;
}

/* Begins at *mod, which ends up at the module that has the directive, and
 * stays when none has. */
AP_DECLARE(const command_rec *) ap_find_command_in_modules(
    const char *cmd_name, module **mod)
{
    for (module *m = *mod; m != NULL; m = m->next) {
        const command_rec *cmd = ap_find_command(cmd_name, m->cmds);

        if (cmd != NULL) {
            *mod = m;
            return cmd;
        }
    }
    return NULL;
}

AP_DECLARE(int) ap_exists_directive(apr_pool_t *, const char *name)
{
    return cl_config_find_command(name) != NULL;
}

AP_DECLARE(void) ap_run_rewrite_args(process_rec *process)
{
    for (module *m = ap_top_module; m != NULL; m = m->next) {
        if (m->rewrite_args != NULL) {
            m->rewrite_args(process);
        }
    }
}

module *cl_config_module_at(int index)
{
    return slots[index].mod;
}

int cl_config_vector_length(void)
{
    return slots_open;
}

void cl_config_open_slots(void)
{
    slots_open = most_slots;
    reserved = 0;
    reserving_directive_count = 0;
}

AP_DECLARE(void) ap_reserve_module_slots(int count)
{
    if (count > 0 && count < most_slots) {
        reserved += count;
    }
}

AP_DECLARE(void) ap_reserve_module_slots_directive(const char *directive)
{
    if (reserving_directive_count
        < (int)(sizeof reserving_directives / sizeof *reserving_directives)) {
        reserving_directives[reserving_directive_count++] = directive;
    }
    else {
        ap_reserve_module_slots(1);
    }
}

static int count_reserving(const ap_directive_t *node)
{
    int count = 0;

    for (; node != NULL; node = node->next) {
        for (int i = 0; i < reserving_directive_count; ++i) {
            count += ap_cstr_casecmp(node->directive,
                                     reserving_directives[i]) == 0;
        }
        count += count_reserving(node->first_child);
    }
    return count;
}

void cl_config_close_slots(const ap_directive_t *tree)
{
    int want = slots_used + reserved;

    if (reserving_directive_count > 0) {
        want += count_reserving(tree);
    }
    slots_open = want < most_slots ? want : most_slots;
}
