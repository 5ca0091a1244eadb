/* SPDX-License-Identifier: Apache-2.0 */
/* spare.c -- how many idle children to keep: pure arithmetic, once a second.
 *
 * Too few: start 1, then 2, 4 ... 32 a second while the want lasts, so that a
 * burst is met quickly and a short one does not fork much.  Too many: let one
 * go a second.
 */
#include "prefork.h"

enum { MAX_RATE = 32 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

int prefork_spare_decide(struct prefork_spare *spare,
                         const struct prefork_limits *limits,
                         const struct prefork_census *census)
{
    int count;

    spare->full = false;
    if (census->idle >= limits->min_spare) {
        spare->rate = 1;
        return census->idle > limits->max_spare ? -1 : 0;
    }
    if (census->total >= limits->max_workers || census->room == 0) {
        spare->full = true;
        spare->rate = 1;
        return 0;
    }
    count = smaller(spare->rate, census->room);
    count = smaller(count, limits->max_workers - census->total);
    spare->rate = smaller(spare->rate * 2, MAX_RATE);
    return count;
}
