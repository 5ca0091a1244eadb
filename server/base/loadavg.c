/* SPDX-License-Identifier: Apache-2.0 */
/* loadavg.c -- how busy the machine and the server are. */
#include "httpd.h"

#include "ap_mpm.h"
#include "scoreboard.h"

#include <stdbool.h>
#include <stdlib.h>

AP_DECLARE(void) ap_get_loadavg(ap_loadavg_t *ld)
{
    double sample[3] = { 0, 0, 0 };

    if (getloadavg(sample, 3) < 0) {
        sample[0] = sample[1] = sample[2] = -1;
    }
    ld->loadavg = (float)sample[0];
    ld->loadavg5 = (float)sample[1];
    ld->loadavg15 = (float)sample[2];
}

static bool is_busy(unsigned char status)
{
    return status > SERVER_READY && status != SERVER_IDLE_KILL;
}

AP_DECLARE(void) ap_get_sload(ap_sload_t *ld)
{
    int children = 0;
    int threads = 0;
    int ready = 0;
    int busy = 0;

    *ld = (ap_sload_t){ .idle = -1, .busy = -1 };
    if (!ap_exists_scoreboard_image()
        || ap_mpm_query(AP_MPMQ_HARD_LIMIT_DAEMONS, &children) != APR_SUCCESS
        || ap_mpm_query(AP_MPMQ_HARD_LIMIT_THREADS, &threads) != APR_SUCCESS) {
        return;
    }
    for (int child = 0; child < children; child++) {
        process_score *process = ap_get_scoreboard_process(child);

        for (int thread = 0; thread < threads; thread++) {
            worker_score *worker
                = ap_get_scoreboard_worker_from_indexes(child, thread);

            if (process == NULL || worker == NULL) {
                continue;
            }
            if (process->pid != 0 && !process->quiescing) {
                ready += worker->status == SERVER_READY;
                busy += is_busy(worker->status);
            }
            ld->access_count += worker->access_count;
            ld->bytes_served += worker->bytes_served;
        }
    }
    ld->idle = ready + busy ? ready * 100 / (ready + busy) : 0;
    ld->busy = ready + busy ? busy * 100 / (ready + busy) : 0;
}
