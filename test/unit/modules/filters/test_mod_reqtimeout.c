/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "filters/mod_reqtimeout.c"

static void stages_have_time_maximum_and_rate(void **)
{
    struct stage stage;

    assert_null(parse_stage(&stage, "20"));
    assert_int_equal(stage.seconds, 20);
    assert_int_equal(stage.max + stage.rate, 0);
    assert_null(parse_stage(&stage, "20-40,MinRate=500"));
    assert_int_equal(stage.max, 40);
    assert_int_equal(stage.rate, 500);
    assert_null(parse_stage(&stage, "10,minrate=1"));
    assert_int_equal(stage.max, 0);
    assert_int_equal(stage.rate, 1);
    assert_null(parse_stage(&stage, "0"));
}

static void wrong_stages_are_refused(void **)
{
    static const char *const rows[] = { "", "x", "-1", "20-10,MinRate=5",
        "20-40", "20,MinRate=0", "20,Rate=5", "20x", "20-", "20,MinRate=" };
    struct stage stage;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (parse_stage(&stage, rows[i]) == NULL) {
            fail_msg("\"%s\" was accepted", rows[i]);
        }
    }
}

static void bytes_move_the_deadline_up_to_the_maximum(void **)
{
    struct reqtimeout_conn mine = { .stage = { 20, 40, 500 } };
    apr_pool_t *pool;
    apr_bucket_alloc_t *alloc;
    apr_bucket_brigade *bb;
    apr_time_t before;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    alloc = apr_bucket_alloc_create(pool);
    bb = apr_brigade_create(pool, alloc);
    start_timer(&mine);
    before = mine.deadline;
    apr_brigade_write(bb, NULL, NULL, "0123456789", 10);
    extend(&mine, bb);
    assert_int_equal(mine.deadline - before, 20000);
    for (int i = 0; i < 2000; i++) {
        extend(&mine, bb);
    }
    assert_int_equal(mine.deadline, mine.last);
    apr_pool_destroy(pool);
    apr_terminate();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_have_time_maximum_and_rate),
        cmocka_unit_test(wrong_stages_are_refused),
        cmocka_unit_test(bytes_move_the_deadline_up_to_the_maximum),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
