/* SPDX-License-Identifier: Apache-2.0 */
/* The pipe of death, without anybody to wake. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "mpm/pod.c"

#include <apr_general.h>

static apr_pool_t *pool;

static void an_empty_pod_orders_nothing(void **)
{
    ap_pod_t *pod;

    assert_int_equal(ap_mpm_pod_open(pool, &pod), APR_SUCCESS);
    assert_int_equal(ap_mpm_pod_check(pod), AP_NORESTART);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_NORESTART);
    assert_int_equal(ap_mpm_pod_close(pod), APR_SUCCESS);
}

static void each_order_is_taken_once(void **)
{
    ap_pod_t *pod;

    ap_mpm_podx_open(pool, &pod);
    ap_mpm_podx_killpg(pod, 2, AP_MPM_PODX_GRACEFUL);
    ap_mpm_podx_signal(pod, AP_MPM_PODX_RESTART);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_GRACEFUL);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_GRACEFUL);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_RESTART);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_NORESTART);
    ap_mpm_podx_close(pod);
}

static void a_full_pipe_does_not_block_the_parent(void **)
{
    ap_pod_t *pod;

    ap_mpm_podx_open(pool, &pod);
    ap_mpm_podx_killpg(pod, 200000, AP_MPM_PODX_GRACEFUL);
    assert_int_equal(ap_mpm_podx_check(pod), AP_MPM_PODX_GRACEFUL);
    ap_mpm_podx_close(pod);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_pod_orders_nothing),
        cmocka_unit_test(each_order_is_taken_once),
        cmocka_unit_test(a_full_pipe_does_not_block_the_parent),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
