/* SPDX-License-Identifier: Apache-2.0 */
/* generation_count.c -- how many children each configuration generation has.
 *
 * After a graceful restart several generations live side by side.  When the
 * last child of one that is no longer current has gone, the end_generation
 * hook tells modules that nothing of it is needed any more.
 */
#include "mpm/mpm.h"

#include "http_log.h"
#include "http_main.h"

#include <stdlib.h>

APLOG_USE_MODULE(core);

struct generation {
    struct generation *next;
    ap_generation_t number;
    int children;
    bool over;                          /* a younger one is current */
};

static struct generation *generations;

static struct generation *find(ap_generation_t number)
{
    struct generation *gen = generations;

    while (gen && gen->number != number) {
        gen = gen->next;
    }
    return gen;
}

static struct generation *find_or_make(ap_generation_t number)
{
    struct generation *gen = find(number);

    if (gen == NULL) {
        gen = calloc(1, sizeof *gen);
        if (gen == NULL) {
            ap_abort_on_oom();
        }
        gen->number = number;
        gen->next = generations;
        generations = gen;
    }
    return gen;
}

static void forget(const struct generation *gen)
{
    struct generation **at = &generations;

    while (*at != gen) {
        at = &(*at)->next;
    }
    *at = gen->next;
    free((void *)gen);
}

static void end_if_done(server_rec *s, struct generation *gen)
{
    ap_generation_t number = gen->number;

    if (!gen->over || gen->children > 0) {
        return;
    }
    forget(gen);
    ap_log_error(APLOG_MARK, APLOG_TRACE4, 0, s,
                 "the last child of generation %d has gone", number);
    ap_run_end_generation(s, number);
}

/* The core's child_status hook. */
AP_DECLARE(void) ap_core_child_status(server_rec *s, pid_t pid,
                                      ap_generation_t gen, int slot,
                                      mpm_child_status status)
{
    struct generation *mine;

    switch (status) {
    case MPM_CHILD_STARTED:
        find_or_make(gen)->children++;
        break;
    case MPM_CHILD_EXITED:
        mine = find(gen);
        if (mine && mine->children > 0) {
            mine->children--;
            end_if_done(s, mine);
        }
        break;
    case MPM_CHILD_LOST_SLOT:
        ap_log_error(APLOG_MARK, APLOG_DEBUG, 0, s, APLOGNO(50660)
                     "child %ld of generation %d gave slot %d to a younger "
                     "one", (long)pid, gen, slot);
        break;
    }
}

/* Cleanup of the configuration pool: what was current is over. */
AP_DECLARE(apr_status_t) ap_mpm_end_gen_helper(void *)
{
    struct generation *next;

    if (ap_server_conf == NULL) {
        return APR_SUCCESS;
    }
    for (struct generation *gen = generations; gen; gen = next) {
        next = gen->next;
        gen->over = true;
        end_if_done(ap_server_conf, gen);
    }
    return APR_SUCCESS;
}
