/* SPDX-License-Identifier: Apache-2.0 */
/* The shared segment: layout, indexes, and what updates leave in it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "mpm/scoreboard.c"

#include <apr_general.h>
#include <apr_hooks.h>
#include <unistd.h>

enum { SLOTS = 4, THREADS = 3 };

static apr_pool_t *pool;

static int answer(int query_code, int *result, apr_status_t *rv)
{
    *rv = APR_SUCCESS;
    switch (query_code) {
    case AP_MPMQ_HARD_LIMIT_DAEMONS:
    case AP_MPMQ_MAX_DAEMON_USED:
        *result = SLOTS;
        return OK;
    case AP_MPMQ_HARD_LIMIT_THREADS:
        *result = THREADS;
        return OK;
    case AP_MPMQ_GENERATION:
        *result = 7;
        return OK;
    default:
        *rv = APR_ENOTIMPL;
        return OK;
    }
}

static int fresh(void **)
{
    ap_cleanup_scoreboard(NULL);
    assert_int_equal(ap_create_scoreboard(pool, SB_NOT_SHARED), OK);
    ap_extended_status = 0;
    ap_mod_status_reqtail = 0;
    return 0;
}

static void indexes_outside_have_no_slot(void **)
{
    assert_null(ap_get_scoreboard_worker_from_indexes(-1, 0));
    assert_null(ap_get_scoreboard_worker_from_indexes(0, -1));
    assert_null(ap_get_scoreboard_worker_from_indexes(SLOTS, 0));
    assert_null(ap_get_scoreboard_worker_from_indexes(0, THREADS));
    assert_null(ap_get_scoreboard_process(-1));
    assert_null(ap_get_scoreboard_process(SLOTS));
    assert_non_null(ap_get_scoreboard_process(SLOTS - 1));
}

static void slots_do_not_overlap_and_stay_inside(void **)
{
    char *start = (char *)ap_scoreboard_image->global;
    char *end = start + total_size();
    char *before = (char *)&ap_scoreboard_image->parent[SLOTS];

    for (int i = 0; i < SLOTS; i++) {
        char *first = (char *)ap_get_scoreboard_worker_from_indexes(i, 0);
        char *last = (char *)(ap_get_scoreboard_worker_from_indexes(
                                  i, THREADS - 1) + 1);

        assert_true(first >= before);
        assert_true(last <= end);
        before = last;
    }
}

static void the_size_is_what_was_calculated(void **)
{
    assert_int_equal(ap_calc_scoreboard_size(), (int)total_size());
    assert_int_equal(ap_scoreboard_image->global->server_limit, SLOTS);
    assert_int_equal(ap_scoreboard_image->global->thread_limit, THREADS);
}

static void an_update_returns_the_status_before(void **)
{
    assert_int_equal(ap_update_child_status_from_indexes(
                         1, 2, SERVER_STARTING, NULL), SERVER_DEAD);
    assert_int_equal(ap_update_child_status_from_indexes(
                         1, 2, SERVER_READY, NULL), SERVER_STARTING);
    assert_int_equal(ap_update_child_status_from_indexes(
                         SLOTS, 0, SERVER_READY, NULL), -1);
    assert_int_equal(ap_update_child_status(NULL, SERVER_READY, NULL), -1);
}

static void becoming_ready_numbers_the_thread_and_its_generation(void **)
{
    ap_update_child_status_from_indexes(1, 2, SERVER_STARTING, NULL);
    ap_update_child_status_from_indexes(1, 2, SERVER_READY, NULL);
    assert_int_equal(ap_get_scoreboard_worker_from_indexes(1, 2)->thread_num,
                     1 * THREADS + 2);
    assert_int_equal(ap_get_scoreboard_process(1)->generation, 7);
}

static void the_texts_of_a_request_are_shown_when_extended(void **)
{
    server_rec s = { .server_hostname = "example.org", .port = 80 };
    conn_rec c = { .client_ip = "192.0.2.1" };
    request_rec r = { .pool = pool, .connection = &c, .server = &s };
    const worker_score *ws;
    ap_sb_handle_t *sbh;

    r.the_request = "GET / HTTP/1.1";
    r.useragent_ip = "192.0.2.9";
    r.request_time = 1;
    ap_create_sb_handle(&sbh, pool, 2, 1);
    ws = ap_get_scoreboard_worker(sbh);
    ap_update_child_status(sbh, SERVER_BUSY_WRITE, &r);
    assert_string_equal(ws->request, "");
    ap_extended_status = 1;
    ap_update_child_status_descr(sbh, SERVER_BUSY_READ, "a description");
    assert_string_equal(ws->request, "a description");
    assert_int_equal(ws->status, SERVER_BUSY_READ);
}

static void the_end_of_a_long_text_is_kept_on_demand(void **)
{
    ap_sb_handle_t *sbh;
    char text[101];

    memset(text, 'a', 50);
    memset(text + 50, 'b', 50);
    text[100] = '\0';
    ap_extended_status = 1;
    ap_create_sb_handle(&sbh, pool, 0, 0);
    ap_update_child_status_descr(sbh, SERVER_READY, text);
    assert_int_equal(ap_get_scoreboard_worker(sbh)->request[0], 'a');
    ap_mod_status_reqtail = 1;
    ap_update_child_status_descr(sbh, SERVER_READY, text);
    assert_string_equal(ap_get_scoreboard_worker(sbh)->request, text + 37);
}

static void a_request_without_a_beginning_adds_no_time(void **)
{
    worker_score *ws = ap_get_scoreboard_worker_from_indexes(0, 0);
    ap_sb_handle_t *sbh;

    ap_extended_status = 1;
    ap_create_sb_handle(&sbh, pool, 0, 0);
    ap_time_process_request(sbh, STOP_PREQUEST);
    assert_int_equal(ws->duration, 0);
    ap_set_time_process_request(sbh, 10, 25);
    assert_int_equal(ws->duration, 15);
}

static void a_child_is_found_by_its_pid(void **)
{
    apr_proc_t child = { .pid = 4711 };

    assert_int_equal(ap_find_child_by_pid(&child), -1);
    ap_get_scoreboard_process(3)->pid = 4711;
    assert_int_equal(ap_find_child_by_pid(&child), 3);
}

static void a_copy_ends_its_texts(void **)
{
    worker_score *ws = ap_get_scoreboard_worker_from_indexes(0, 1);
    worker_score copy;

    memset(ws->request, 'x', sizeof ws->request);
    ap_copy_scoreboard_worker(&copy, 0, 1);
    assert_int_equal(strlen(copy.request), sizeof copy.request - 1);
    ap_copy_scoreboard_worker(&copy, 99, 1);
    assert_int_equal(copy.status, SERVER_DEAD);
}

static void making_it_again_empties_it(void **)
{
    ap_get_scoreboard_process(1)->pid = 1;
    ap_update_child_status_from_indexes(0, 0, SERVER_READY, NULL);
    assert_int_equal(ap_create_scoreboard(pool, SB_NOT_SHARED), OK);
    assert_int_equal(ap_get_scoreboard_process(1)->pid, 0);
    assert_int_equal(ap_get_scoreboard_worker_from_indexes(0, 0)->status,
                     SERVER_DEAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(indexes_outside_have_no_slot, fresh),
        cmocka_unit_test_setup(slots_do_not_overlap_and_stay_inside, fresh),
        cmocka_unit_test_setup(the_size_is_what_was_calculated, fresh),
        cmocka_unit_test_setup(an_update_returns_the_status_before, fresh),
        cmocka_unit_test_setup(
            becoming_ready_numbers_the_thread_and_its_generation, fresh),
        cmocka_unit_test_setup(the_texts_of_a_request_are_shown_when_extended,
                               fresh),
        cmocka_unit_test_setup(the_end_of_a_long_text_is_kept_on_demand,
                               fresh),
        cmocka_unit_test_setup(a_request_without_a_beginning_adds_no_time,
                               fresh),
        cmocka_unit_test_setup(a_child_is_found_by_its_pid, fresh),
        cmocka_unit_test_setup(a_copy_ends_its_texts, fresh),
        cmocka_unit_test_setup(making_it_again_empties_it, fresh),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    apr_hook_global_pool = pool;
    ap_hook_mpm_query(answer, NULL, NULL, APR_HOOK_MIDDLE);
    apr_hook_sort_all();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
