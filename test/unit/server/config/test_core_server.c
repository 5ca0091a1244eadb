/* SPDX-License-Identifier: Apache-2.0 */
#include "config/core_server.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static apr_pool_t *pool;
static server_rec main_server, virtual_server = { .is_virtual = 1 };

static int start_anew(void **)
{
    apr_pool_clear(pool);
    return 0;
}

static core_server_config *merged(core_server_config *base,
                                  core_server_config *add)
{
    return cl_config_merge_core_server(pool, base, add);
}

static core_server_config *made(server_rec *s)
{
    return cl_config_create_core_server(pool, s);
}

static void a_vhost_takes_what_it_does_not_set_from_the_main_server(void **)
{
    core_server_config *base = made(&main_server);
    core_server_config *add = made(&virtual_server), *conf;

    base->trace_enable = AP_TRACE_DISABLE;
    base->merge_slashes = AP_CORE_CONFIG_OFF;
    base->strict_host_check = AP_CORE_CONFIG_ON;
    add->strict_host_check = AP_CORE_CONFIG_OFF;
    add->flush_max_pipelined = -1;
    conf = merged(base, add);
    assert_int_equal(conf->trace_enable, AP_TRACE_DISABLE);
    assert_int_equal(conf->merge_slashes, AP_CORE_CONFIG_OFF);
    assert_int_equal(conf->strict_host_check, AP_CORE_CONFIG_OFF);
    assert_int_equal(conf->flush_max_pipelined, -1);
    assert_int_equal(conf->flush_max_threshold, 65535);
    assert_string_equal(conf->ap_document_root, DOCUMENT_LOCATION);
}

static void protocols_are_replaced_as_a_list(void **)
{
    core_server_config *base = made(&main_server);
    core_server_config *add = made(&virtual_server), *conf;

    APR_ARRAY_PUSH(base->protocols, const char *) = "h2";
    conf = merged(base, add);
    assert_int_equal(conf->protocols->nelts, 1);
    assert_ptr_not_equal(conf->protocols, base->protocols);
    APR_ARRAY_PUSH(add->protocols, const char *) = "http/1.1";
    conf = merged(base, add);
    assert_int_equal(conf->protocols->nelts, 1);
    assert_string_equal(APR_ARRAY_IDX(conf->protocols, 0, char *), "http/1.1");
}

static core_dir_config *add_section(core_server_config *conf, const char *d,
                                    unsigned int components, bool is_regex)
{
    core_dir_config *dir = apr_pcalloc(pool, sizeof *dir);
    void **vector = apr_pcalloc(pool, sizeof *vector);

    dir->d = (char *)d;
    dir->d_components = components;
    dir->r = is_regex ? (ap_regex_t *)pool : NULL;
    vector[0] = dir;
    APR_ARRAY_PUSH(conf->sec_dir, void *) = vector;
    return dir;
}

static const char *nth_section(core_server_config *conf, int n)
{
    core_dir_config *dir =
        ap_get_core_module_config(APR_ARRAY_IDX(conf->sec_dir, n, void *));

    return dir->d;
}

static void directories_go_by_depth_then_regexes_as_written(void **)
{
    static const char *const order[] = {
        "/", "/a*/", "/b/", "/a/b/", "/a/c/", "r/1/2/3", "r"
    };
    core_server_config *conf = made(&main_server);
    void *vector[1] = { conf };
    server_rec s = { .module_config = (struct ap_conf_vector_t *)vector };

    add_section(conf, "/a/b/", 3, false);
    add_section(conf, "r/1/2/3", 4, true);
    add_section(conf, "/a*/", 2, false);
    add_section(conf, "r", 0, true);
    add_section(conf, "/a/c/", 3, false);
    add_section(conf, "/", 1, false);
    add_section(conf, "/b/", 2, false);
    ap_core_reorder_directories(pool, &s);
    for (int i = 0; i < 7; i++) {
        assert_string_equal(nth_section(conf, i), order[i]);
    }
}

static void many_directories_of_one_depth_keep_their_order(void **)
{
    core_server_config *conf = made(&main_server);
    void *vector[1] = { conf };
    server_rec s = { .module_config = (struct ap_conf_vector_t *)vector };

    for (int i = 0; i < 500; i++) {
        add_section(conf, apr_itoa(pool, i), 2, false);
    }
    ap_core_reorder_directories(pool, &s);
    for (int i = 0; i < 500; i++) {
        assert_int_equal(atoi(nth_section(conf, i)), i);
    }
}

static void sections_of_a_vhost_follow_those_of_the_main_server(void **)
{
    core_server_config *base = made(&main_server);
    core_server_config *add = made(&virtual_server), *conf;

    add_section(base, "/main/", 2, false);
    add_section(add, "/vhost/", 2, false);
    conf = merged(base, add);
    assert_string_equal(nth_section(conf, 0), "/main/");
    assert_string_equal(nth_section(conf, 1), "/vhost/");
    assert_int_equal(base->sec_dir->nelts, 1);
}

static void *if_section(unsigned int kind)
{
    core_dir_config *dir = apr_pcalloc(pool, sizeof *dir);
    void **vector = apr_pcalloc(pool, sizeof *vector);

    dir->condition_ifelse = kind & 3;
    vector[0] = dir;
    return vector;
}

static void else_needs_an_if_before_it_in_its_scope(void **)
{
    core_dir_config *scope = apr_pcalloc(pool, sizeof *scope);
    core_dir_config *other = apr_pcalloc(pool, sizeof *other);
    void *section[4] = {
        NULL, if_section(AP_CONDITION_IF), if_section(AP_CONDITION_ELSE),
        if_section(AP_CONDITION_ELSEIF)
    };

    assert_non_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_ELSE]));
    assert_non_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_ELSEIF]));
    assert_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_IF]));
    assert_non_null(ap_add_if_conf(pool, other, section[AP_CONDITION_ELSE]));
    assert_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_ELSEIF]));
    assert_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_ELSE]));
    assert_non_null(ap_add_if_conf(pool, scope, section[AP_CONDITION_ELSE]));
    assert_int_equal(scope->sec_if->nelts, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(a_vhost_takes_what_it_does_not_set_from_the_main_server),
        TEST(protocols_are_replaced_as_a_list),
        TEST(directories_go_by_depth_then_regexes_as_written),
        TEST(many_directories_of_one_depth_keep_their_order),
        TEST(sections_of_a_vhost_follow_those_of_the_main_server),
        TEST(else_needs_an_if_before_it_in_its_scope),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
