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
    assert_int_equal(negated(U), U);
}

static void a_section_must_be_able_to_grant(void **)
{
    authz_provider provider = { 0 };
    struct requirement no = { .negate = true, .provider = &provider };
    struct requirement yes = { .provider = &provider };
    struct requirement section = { .logic = LOGIC_ALL, .first = &no };
    apr_pool_t *pool;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    assert_non_null(authz_check_tree(pool, &section, false));
    no.next = &yes;
    assert_null(authz_check_tree(pool, &section, false));
    section.logic = LOGIC_ANY;
    assert_non_null(authz_check_tree(pool, &section, false));
    section.logic = LOGIC_NONE;
    assert_null(authz_check_tree(pool, &section, false));
    apr_pool_destroy(pool);
    apr_terminate();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_combine_by_table),
        cmocka_unit_test(not_never_grants),
        cmocka_unit_test(a_section_must_be_able_to_grant),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
