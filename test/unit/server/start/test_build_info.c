/* SPDX-License-Identifier: Apache-2.0 */
/* The banner, as ServerTokens wants it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#undef CLEAT_VERSION
#define CLEAT_VERSION "3.14.15"
#undef CLEAT_PLATFORM
#define CLEAT_PLATFORM "Test"

#include "start/build_info.c"

#include <apr_general.h>

static apr_pool_t *pool;

static const char *banner_for(const char *words)
{
    process_rec process = { .pconf = pool };
    server_rec s = { .process = &process };
    command_rec cmd = { .name = "ServerTokens" };
    cmd_parms parms = { .pool = pool, .temp_pool = pool, .server = &s,
                        .cmd = &cmd, .limited = -1 };

    return cl_set_server_tokens(&parms, NULL, words) ? NULL
                                                     : ap_get_server_banner();
}

static int forget_all(void **)
{
    apr_pool_clear(pool);
    return 0;
}

static void each_word_cuts_in_its_place(void **)
{
    assert_string_equal(banner_for("Prod"), "Cleat");
    assert_string_equal(banner_for("productonly"), "Cleat");
    assert_string_equal(banner_for("Major"), "Cleat/3");
    assert_string_equal(banner_for("Minor"), "Cleat/3.14");
    assert_string_equal(banner_for("Min"), "Cleat/3.14.15");
    assert_string_equal(banner_for("Minimal"), "Cleat/3.14.15");
    assert_string_equal(banner_for("OS"), "Cleat/3.14.15 (Test)");
    assert_string_equal(banner_for("Full"), "Cleat/3.14.15 (Test)");
}

static void components_show_in_the_full_banner_only(void **)
{
    ap_add_version_component(pool, "One/1");
    ap_add_version_component(pool, "Two/2");
    assert_string_equal(ap_get_server_banner(),
                        "Cleat/3.14.15 (Test) One/1 Two/2");
    assert_string_equal(banner_for("Min"), "Cleat/3.14.15");
    assert_string_equal(ap_get_server_description(),
                        "Cleat/3.14.15 (Test) One/1 Two/2");
}

static void the_next_configuration_starts_bare(void **)
{
    ap_add_version_component(pool, "One/1");
    banner_for("Prod");
    apr_pool_clear(pool);
    assert_string_equal(ap_get_server_banner(), "Cleat/3.14.15 (Test)");
    assert_string_equal(ap_get_server_description(), "Cleat/3.14.15 (Test)");
}

static void other_words_are_refused(void **)
{
    assert_null(banner_for("Everything"));
}

static void the_revision_is_that_of_the_api(void **)
{
    ap_version_t version;

    ap_get_server_revision(&version);
    assert_int_equal(version.major, 2);
    assert_int_equal(version.minor, 4);
    assert_int_equal(version.patch, 71);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_word_cuts_in_its_place, forget_all),
        cmocka_unit_test_setup(components_show_in_the_full_banner_only,
                               forget_all),
        cmocka_unit_test_setup(the_next_configuration_starts_bare,
                               forget_all),
        cmocka_unit_test_setup(other_words_are_refused, forget_all),
        cmocka_unit_test_setup(the_revision_is_that_of_the_api, forget_all),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
