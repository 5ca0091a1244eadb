/* SPDX-License-Identifier: Apache-2.0 */
/* How the results of lines make the result of a section. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "aaa/authz_core/authz_tree.c"

module AP_MODULE_DECLARE_DATA authz_core_module;

#define D AUTHZ_DENIED
#define G AUTHZ_GRANTED
#define N AUTHZ_NEUTRAL
#define U AUTHZ_DENIED_NO_USER

static void results_combine_by_table(void **)
{
    static const struct {
        authz_status so_far, add, any, all;
    } rows[] = {
        { N, G, G, G }, { N, D, D, D }, { N, N, N, N }, { N, U, U, U },
        { D, G, G, G }, { D, U, U, U }, { D, D, D, D }, { U, D, U, D },
        { U, G, G, U }, { G, U, U, U }, { G, N, G, G }, { G, D, G, D },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool done;

        assert_int_equal(combine_any(rows[i].so_far, rows[i].add, &done),
                         rows[i].any);
        assert_int_equal(combine_all(rows[i].so_far, rows[i].add, &done),
                         rows[i].so_far == D && rows[i].add != D
                             ? (rows[i].add == U ? U : D) : rows[i].all);
    }
}

static void not_never_grants(void **)
{
    assert_int_equal(negated(G), D);
    assert_int_equal(negated(D), N);
    assert_int_equal(negated(N), N);
    assert_int_equal(negated(U), N);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_combine_by_table),
        cmocka_unit_test(not_never_grants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
