/* SPDX-License-Identifier: Apache-2.0 */
/* The Mutex directive: what it accepts and what it means. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/mutex.c"

#include <apr_general.h>

static apr_pool_t *pool;
static apr_pool_t *pconf;
static cmd_parms cmd;
static const command_rec row = { .name = "Mutex" };

static int set_up(void **)
{
    static server_rec server;

    apr_pool_create(&pconf, pool);
    ap_mutex_init(pconf);
    ap_mutex_register(pconf, "plain", NULL, APR_LOCK_DEFAULT, 0);
    ap_mutex_register(pconf, "lax", NULL, APR_LOCK_DEFAULT,
                      AP_MUTEX_ALLOW_NONE);
    ap_mutex_register(pconf, "off", NULL, APR_LOCK_DEFAULT,
                      AP_MUTEX_ALLOW_NONE | AP_MUTEX_DEFAULT_NONE);
    cmd = (cmd_parms){ .pool = pconf, .temp_pool = pool, .limited = -1,
                       .cmd = &row, .server = &server };
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pconf);
    return 0;
}

static apr_status_t parse(const char *text, apr_lockmech_e *mechanism,
                          const char **file)
{
    return ap_parse_mutex(text, pconf, mechanism, file);
}

static void mechanisms_are_known_by_name(void **)
{
    apr_lockmech_e mechanism;
    const char *file;

    assert_int_equal(parse("default", &mechanism, &file), APR_SUCCESS);
    assert_int_equal(mechanism, APR_LOCK_DEFAULT);
    assert_int_equal(parse("SysVSem", &mechanism, &file), APR_SUCCESS);
    assert_int_equal(mechanism, APR_LOCK_SYSVSEM);
    assert_int_equal(parse("sem", &mechanism, &file), APR_SUCCESS);
    assert_int_equal(mechanism, APR_LOCK_POSIXSEM);
    assert_null(file);
}

static void a_colon_brings_a_directory(void **)
{
    apr_lockmech_e mechanism;
    const char *file;

    assert_int_equal(parse("file:/tmp", &mechanism, &file), APR_SUCCESS);
    assert_int_equal(mechanism, APR_LOCK_FCNTL);
    assert_string_equal(file, "/tmp");
}

static void none_and_unknown_words_have_their_own_codes(void **)
{
    apr_lockmech_e mechanism;
    const char *file;

    assert_int_equal(parse("none", &mechanism, &file), APR_ENOLOCK);
    assert_int_equal(parse("bogus:/x", &mechanism, &file), APR_ENOTIMPL);
    assert_int_equal(parse("", &mechanism, &file), APR_ENOTIMPL);
}

static void mistakes_are_refused(void **)
{
    assert_non_null(ap_set_mutex(&cmd, NULL, ""));
    assert_non_null(ap_set_mutex(&cmd, NULL, "bogus"));
    assert_non_null(ap_set_mutex(&cmd, NULL, "sem unknown"));
    assert_non_null(ap_set_mutex(&cmd, NULL, "none default"));
    assert_non_null(ap_set_mutex(&cmd, NULL, "none plain"));
    assert_non_null(ap_set_mutex(&cmd, NULL, "file:/does/not/exist default"));
}

static void a_default_overrides_what_modules_asked_for(void **)
{
    assert_true(own_choice(find_type("off"))->none);
    assert_null(ap_set_mutex(&cmd, NULL, "posixsem default"));
    assert_null(own_choice(find_type("off")));
    assert_int_equal(fallback.mechanism, APR_LOCK_POSIXSEM);
}

static void a_named_mutex_overrides_the_default(void **)
{
    assert_null(ap_set_mutex(&cmd, NULL, "flock:/tmp plain lax OmitPID"));
    assert_null(ap_set_mutex(&cmd, NULL, "sysvsem"));
    assert_int_equal(own_choice(find_type("plain"))->mechanism,
                     APR_LOCK_FLOCK);
    assert_true(own_choice(find_type("lax"))->omit_pid);
    assert_string_equal(lock_file(pconf, own_choice(find_type("lax")), "lax",
                                  "i"), "/tmp/lax-i");
}

static void a_mutex_that_is_off_is_not_made(void **)
{
    apr_global_mutex_t *mutex = NULL;
    server_rec server = { .log.level = APLOG_EMERG };

    assert_int_equal(ap_global_mutex_create(&mutex, NULL, "off", NULL,
                                            &server, pconf, 0), APR_SUCCESS);
    assert_null(mutex);
    assert_int_equal(ap_global_mutex_create(&mutex, NULL, "unknown", NULL,
                                            &server, pconf, 0), APR_EINVAL);
}

static void types_go_with_their_pool(void **)
{
    apr_pool_clear(pconf);
    assert_null(find_type("plain"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mechanisms_are_known_by_name),
        TEST(a_colon_brings_a_directory),
        TEST(none_and_unknown_words_have_their_own_codes),
        TEST(mistakes_are_refused),
        TEST(a_default_overrides_what_modules_asked_for),
        TEST(a_named_mutex_overrides_the_default),
        TEST(a_mutex_that_is_off_is_not_made),
        TEST(types_go_with_their_pool),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
