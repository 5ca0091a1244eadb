/* SPDX-License-Identifier: Apache-2.0 */
/* Names and values a script is given. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/cgi_env.c"

#include <apr_general.h>

static apr_pool_t *pool;

static void header_names_become_variables(void **)
{
    assert_string_equal(http_variable(pool, "Accept-Language"),
                        "HTTP_ACCEPT_LANGUAGE");
    assert_string_equal(http_variable(pool, "x9"), "HTTP_X9");
}

static void names_that_could_pass_for_others_are_dropped(void **)
{
    assert_null(http_variable(pool, "X_Forwarded_For"));
    assert_null(http_variable(pool, "X.Y"));
    assert_null(http_variable(pool, ""));
}

static void path_info_is_found_at_the_end(void **)
{
    assert_int_equal(ap_find_path_info("/a/b/c", "/c"), 4);
    assert_int_equal(ap_find_path_info("/a/b/c", "/b/c"), 2);
    assert_int_equal(ap_find_path_info("/c", "/c"), 0);
    assert_int_equal(ap_find_path_info("/a//c", "/c"), 2);
    assert_int_equal(ap_find_path_info("", "/c"), 0);
}

static void environment_names_are_safe_for_shells(void **)
{
    apr_table_t *t = apr_table_make(pool, 4);
    char **env;

    apr_table_addn(t, "1a-b.c", "v=1");
    apr_table_addn(t, "BASH_FUNC_x%%", "() { :; }");
    env = ap_create_environment(pool, t);
    assert_string_equal(env[0], "_a_b_c=v=1");
    assert_string_equal(env[1], "BASH_FUNC_x__=() { :; }");
    assert_null(env[2]);
}

static void query_arguments_are_decoded_once(void **)
{
    request_rec r = { .pool = pool };
    apr_table_t *args;

    r.args = apr_pstrdup(pool, "a=%2526+&flag&=x&a=2&&b=c=d");
    ap_args_to_table(&r, &args);
    assert_string_equal(apr_table_get(args, "a"), "2");
    assert_string_equal(apr_table_get(args, "flag"), "1");
    assert_string_equal(apr_table_get(args, "b"), "c=d");
    r.args = NULL;
    ap_args_to_table(&r, &args);
    assert_true(apr_is_empty_table(args));
}

static void the_target_is_what_the_client_wrote(void **)
{
    request_rec r = { .pool = pool };

    r.the_request = apr_pstrdup(pool, "GET http://h/a%20b?x HTTP/1.1");
    assert_string_equal(original_uri(&r), "http://h/a%20b?x");
    r.the_request = apr_pstrdup(pool, "GET");
    assert_string_equal(original_uri(&r), "");
    r.the_request = NULL;
    assert_string_equal(original_uri(&r), "");
}

static void cgi_var_takes_two_rules(void **)
{
    core_dir_config conf = { 0 };
    cmd_parms cmd = { .pool = pool };

    assert_null(cl_set_cgi_var(&cmd, &conf, "REQUEST_URI", "Current-URI"));
    assert_string_equal(apr_hash_get(conf.cgi_var_rules, "REQUEST_URI",
                                     APR_HASH_KEY_STRING), "current-uri");
    assert_non_null(cl_set_cgi_var(&cmd, &conf, "REQUEST_URI", "other"));
    assert_non_null(cl_set_cgi_var(&cmd, &conf, "FOO", "current-uri"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_names_become_variables),
        cmocka_unit_test(names_that_could_pass_for_others_are_dropped),
        cmocka_unit_test(path_info_is_found_at_the_end),
        cmocka_unit_test(environment_names_are_safe_for_shells),
        cmocka_unit_test(query_arguments_are_decoded_once),
        cmocka_unit_test(the_target_is_what_the_client_wrote),
        cmocka_unit_test(cgi_var_takes_two_rules),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
