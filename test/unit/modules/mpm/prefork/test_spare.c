/* SPDX-License-Identifier: Apache-2.0 */
/* How many spare children to start or to let go. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "mpm/prefork/spare.c"

module mpm_prefork_module;              /* the log macros know it */

static const struct prefork_limits limits = { 5, 5, 10, 50 };

static void nothing_happens_while_enough_are_idle(void **)
{
    struct prefork_spare spare = { .rate = 8 };
    struct prefork_census census = { .idle = 7, .total = 9, .room = 41 };

    assert_int_equal(prefork_spare_decide(&spare, &limits, &census), 0);
    assert_int_equal(spare.rate, 1);
    assert_false(spare.full);
}

static void one_too_many_goes_at_a_time(void **)
{
    struct prefork_spare spare = { .rate = 1 };
    struct prefork_census census = { .idle = 30, .total = 30, .room = 20 };

    assert_int_equal(prefork_spare_decide(&spare, &limits, &census), -1);
}

static void the_rate_doubles_up_to_32(void **)
{
    static const int expected[] = { 1, 2, 4, 8, 16, 32, 32 };
    const struct prefork_limits wide = { 5, 5, 10, 1000 };
    struct prefork_census census = { .idle = 0, .total = 10, .room = 990 };
    struct prefork_spare spare = { .rate = 1 };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_int_equal(prefork_spare_decide(&spare, &wide, &census),
                         expected[i]);
    }
}

static void the_rate_starts_again_after_a_rest(void **)
{
    struct prefork_spare spare = { .rate = 16 };
    struct prefork_census calm = { .idle = 6, .total = 20, .room = 30 };
    struct prefork_census busy = { .idle = 0, .total = 20, .room = 30 };

    prefork_spare_decide(&spare, &limits, &calm);
    assert_int_equal(prefork_spare_decide(&spare, &limits, &busy), 1);
}

static void no_more_than_max_request_workers(void **)
{
    struct prefork_spare spare = { .rate = 32 };
    struct prefork_census census = { .idle = 1, .total = 47, .room = 3 };

    assert_int_equal(prefork_spare_decide(&spare, &limits, &census), 3);
    assert_false(spare.full);
}

static void full_is_said_when_no_child_may_be_added(void **)
{
    struct prefork_spare spare = { .rate = 32 };
    struct prefork_census census = { .idle = 0, .total = 50, .room = 0 };

    assert_int_equal(prefork_spare_decide(&spare, &limits, &census), 0);
    assert_true(spare.full);
    assert_int_equal(spare.rate, 1);
}

static void children_of_older_generations_take_room(void **)
{
    struct prefork_spare spare = { .rate = 32 };
    struct prefork_census census = { .idle = 0, .total = 60, .room = 2 };

    assert_int_equal(prefork_spare_decide(&spare, &limits, &census), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_happens_while_enough_are_idle),
        cmocka_unit_test(one_too_many_goes_at_a_time),
        cmocka_unit_test(the_rate_doubles_up_to_32),
        cmocka_unit_test(the_rate_starts_again_after_a_rest),
        cmocka_unit_test(no_more_than_max_request_workers),
        cmocka_unit_test(full_is_said_when_no_child_may_be_added),
        cmocka_unit_test(children_of_older_generations_take_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
