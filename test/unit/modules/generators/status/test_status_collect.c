/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "generators/status/status_collect.c"

static apr_pool_t *pool;

static int set_up(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static void uptime_is_told_in_words_without_zeros(void **)
{
    static const struct { long seconds; const char *words; } rows[] = {
        { 0, "" }, { 1, " 1 second" }, { 59, " 59 seconds" },
        { 60, " 1 minute" }, { 3605, " 1 hour 5 seconds" },
        { 90061, " 1 day 1 hour 1 minute 1 second" },
        { 172800, " 2 days" },
    };
    char buffer[STATUS_UPTIME_MAX];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        status_uptime_words(rows[i].seconds, buffer, sizeof buffer);
        assert_string_equal(buffer, rows[i].words);
    }
}

static void every_state_has_its_letter(void **)
{
    static const char expected[] = ".S_RWKLDCGI";

    for (unsigned char status = 0; status < SERVER_NUM_STATUS; status++) {
        assert_int_equal(letter_of(status), expected[status]);
    }
    assert_int_equal(letter_of(200), '?');
}

static void workers_are_idle_busy_graceful_or_nothing(void **)
{
    struct status_workers workers = { 0 };

    for (unsigned char status = 0; status < SERVER_NUM_STATUS; status++) {
        count_worker(&workers, status);
    }
    assert_int_equal(workers.idle, 1);
    assert_int_equal(workers.graceful, 1);
    assert_int_equal(workers.busy, 6);
}

static void a_process_counts_its_cpu_time_once(void **)
{
    struct status_report report = {
        .details = apr_array_make(pool, 2, sizeof(struct status_worker)),
        .ticks_a_second = 100,
    };
    worker_score early = { .access_count = 2, .bytes_served = 1000,
                           .times = { .tms_utime = 50, .tms_stime = 60 } };
    worker_score late = { .access_count = 3, .bytes_served = 24,
                          .times = { .tms_utime = 900, .tms_stime = 2 } };
    request_rec r = { .pool = pool };
    struct tms cpu = { 0 };

    add_details(&r, &report, &(struct status_worker){ .score = &late }, &cpu);
    add_details(&r, &report, &(struct status_worker){ .score = &early },
                &cpu);
    add_ticks(&report.cpu, &cpu);
    assert_int_equal(report.accesses, 5);
    assert_int_equal(report.bytes, 1024);
    assert_true(status_cpu_total(&report) == 9.02);
}

static void unused_slots_are_no_detail(void **)
{
    assert_false(is_of_interest(&(worker_score){ .status = SERVER_READY }));
    assert_false(is_of_interest(&(worker_score){ .status = SERVER_DEAD }));
    assert_true(is_of_interest(&(worker_score){ .status = SERVER_DEAD,
                                                .access_count = 1 }));
    assert_true(is_of_interest(&(worker_score){ .status =
                                                SERVER_BUSY_READ }));
}

static void processes_that_stop_have_no_workers_to_count(void **)
{
    struct status_report report = {
        .processes = apr_array_make(pool, 2, sizeof(struct status_process)),
    };
    process_score stopping = { .pid = 7, .quiescing = 1, .connections = 3 };
    process_score absent = { 0 };
    struct status_workers none = { 0 };

    add_process(&report, 1, &stopping, &none);
    add_process(&report, 2, &absent, &none);
    assert_int_equal(report.processes->nelts, 1);
    assert_int_equal(report.stopping, 1);
    assert_int_equal(report.connections.total, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uptime_is_told_in_words_without_zeros),
        cmocka_unit_test(every_state_has_its_letter),
        cmocka_unit_test(workers_are_idle_busy_graceful_or_nothing),
        cmocka_unit_test(a_process_counts_its_cpu_time_once),
        cmocka_unit_test(unused_slots_are_no_detail),
        cmocka_unit_test(processes_that_stop_have_no_workers_to_count),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
