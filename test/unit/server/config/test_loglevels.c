/* SPDX-License-Identifier: Apache-2.0 */
/* Log levels: names, per module, merged; as httpd 2.4.71. */
#include "fixture.h"

#include "config/loglevels.c"

static void names_are_levels(void **)
{
    static const struct {
        const char *name;
        int level;
    } good[] = { { "emerg", 0 }, { "Warn", 4 }, { "debug", 7 },
                 { "trace1", 8 }, { "TRACE8", 15 } };
    static const char *const bad[] = { "", "e", "warning", "trace", "trace0",
                                       "trace9", "trace10", "3" };
    int level = -99;

    for (size_t i = 0; i < sizeof good / sizeof *good; ++i) {
        assert_null(ap_parse_log_level(good[i].name, &level));
        assert_int_equal(level, good[i].level);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
        assert_memory_equal(ap_parse_log_level(bad[i], &level),
                            "a log level is one of", 21);
    }
}

static void a_module_without_its_level_has_the_general_one(void **)
{
    server_rec s = { .log = { .level = 4 } };

    assert_int_equal(ap_get_server_module_loglevel(&s, 3), 4);
    ap_set_module_loglevel(pool, &s.log, 3, APLOG_DEBUG);
    assert_int_equal(ap_get_server_module_loglevel(&s, 3), APLOG_DEBUG);
    assert_int_equal(ap_get_server_module_loglevel(&s, 2), 4);
    assert_int_equal(ap_get_server_module_loglevel(&s, -1), 4);
}

static void a_general_level_hides_the_outer_configuration(void **)
{
    struct ap_logconf outer = { .level = 3 }, inner = { .level = 6 };

    ap_set_module_loglevel(pool, &outer, 1, 7);
    ap_merge_log_config(&outer, &inner);
    assert_int_equal(inner.level, 6);
    assert_null(inner.module_levels);
}

static void module_levels_join_those_of_the_outer_configuration(void **)
{
    struct ap_logconf outer = { .level = 3 };
    struct ap_logconf *inner = ap_new_log_config(pool, NULL);

    assert_int_equal(inner->level, CL_LOG_LEVEL_UNSET);
    ap_set_module_loglevel(pool, &outer, 1, 7);
    ap_set_module_loglevel(pool, &outer, 2, 7);
    ap_set_module_loglevel(pool, inner, 2, 8);
    ap_merge_log_config(&outer, inner);
    assert_int_equal(inner->level, 3);
    assert_int_equal(inner->module_levels[0], -1);
    assert_int_equal(inner->module_levels[1], 7);
    assert_int_equal(inner->module_levels[2], 8);
}

static void what_is_not_said_is_inherited_whole(void **)
{
    struct ap_logconf outer = { .level = 3 };
    struct ap_logconf *inner = ap_new_log_config(pool, NULL);

    ap_set_module_loglevel(pool, &outer, 1, 7);
    ap_merge_log_config(&outer, inner);
    assert_ptr_equal(inner->module_levels, outer.module_levels);
}

static void copies_are_their_own(void **)
{
    struct ap_logconf first = { .level = 3 };
    struct ap_logconf *copy;

    ap_set_module_loglevel(pool, &first, 1, 7);
    copy = ap_new_log_config(pool, &first);
    ap_reset_module_loglevels(&first, APLOG_NO_MODULE);
    assert_int_equal(copy->module_levels[1], 7);
    assert_int_equal(first.module_levels[1], -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(names_are_levels),
        test(a_module_without_its_level_has_the_general_one),
        test(a_general_level_hides_the_outer_configuration),
        test(module_levels_join_those_of_the_outer_configuration),
        test(what_is_not_said_is_inherited_whole),
        test(copies_are_their_own),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
