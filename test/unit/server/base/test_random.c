/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/random.c"

#include <stdbool.h>
#include <sys/wait.h>

static void picks_stay_within_their_bounds(void **)
{
    bool seen[4] = { 0 };

    for (int i = 0; i < 1000; i++) {
        apr_uint32_t n = ap_random_pick(10, 13);
        assert_in_range(n, 10, 13);
        seen[n - 10] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2] && seen[3]);
    assert_int_equal(ap_random_pick(5, 5), 5);
    ap_random_pick(0, UINT32_MAX);
}

static void any_number_of_bytes_is_filled(void **)
{
    unsigned char bytes[64] = { 0 };
    int changed = 0;

    ap_random_insecure_bytes(bytes, 61);
    for (int i = 0; i < 61; i++) {
        changed += bytes[i] != 0;
    }
    assert_true(changed > 40);
    assert_int_equal(bytes[61] | bytes[62] | bytes[63], 0);
    ap_random_insecure_bytes(NULL, 0);
}

static void a_child_goes_another_way(void **)
{
    uint64_t mine;
    uint64_t childs = 0;
    int ends[2];

    ap_random_pick(0, 1);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    ap_random_insecure_bytes(&mine, sizeof mine);
    if (child == 0) {
        _exit(write(ends[1], &mine, sizeof mine) != sizeof mine);
    }
    assert_int_equal(read(ends[0], &childs, sizeof childs), sizeof childs);
    waitpid(child, NULL, 0);
    assert_true(mine != childs);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(picks_stay_within_their_bounds),
        cmocka_unit_test(any_number_of_bytes_is_filled),
        cmocka_unit_test(a_child_goes_another_way),
    };
    return RUN(tests);
}
