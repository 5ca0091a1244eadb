/* SPDX-License-Identifier: Apache-2.0 */
/* Configuration vectors: created when needed, merged where both have. */
#include "fixture.h"

#include "config/vector.c"

static const char *merge_text(apr_pool_t *p, void *base, void *add)
{
    return apr_pstrcat(p, base, "+", add, NULL);
}

static void *create_dir(apr_pool_t *p, char *dir)
{
    return apr_pstrcat(p, "dir:", dir ? dir : "default", NULL);
}

static void *create_server(apr_pool_t *p, server_rec *s)
{
    return apr_pstrdup(p, s->is_virtual ? "virtual" : "main");
}

static void *merge(apr_pool_t *p, void *base, void *add)
{
    return (void *)merge_text(p, base, add);
}

#define RECORD(source, merge_dir, merge_server, flags)                     \
    { MODULE_MAGIC_NUMBER_MAJOR, MODULE_MAGIC_NUMBER_MINOR, -1, source,    \
      NULL, NULL, MODULE_MAGIC_COOKIE, NULL, create_dir, merge_dir,        \
      create_server, merge_server, NULL, NULL, flags }

static module merging = RECORD("mod_merging.c", merge, merge, 0);
static module plain = RECORD("mod_plain.c", NULL, NULL, 0);
static module always = RECORD("mod_always.c", merge, merge,
                              AP_MODULE_FLAG_ALWAYS_MERGE);

static int add_modules(void **state)
{
    make_pool(state);
    assert_null(ap_add_module(&merging, pool, NULL));
    assert_null(ap_add_module(&plain, pool, NULL));
    assert_null(ap_add_module(&always, pool, NULL));
    configure_main_server();
    return 0;
}

static int remove_modules(void **state)
{
    ap_remove_module(&always);
    ap_remove_module(&plain);
    ap_remove_module(&merging);
    return drop_pool(state);
}

static const char *get(const ap_conf_vector_t *vector, const module *m)
{
    const char *text = ap_get_module_config(vector, m);

    return text ? text : "NULL";
}

static void set(ap_conf_vector_t *vector, const module *m, const char *text)
{
    ap_set_module_config(vector, m, (void *)text);
}

static void the_main_server_has_all(void **)
{
    assert_string_equal(get(main_server.module_config, &plain), "main");
    assert_string_equal(get(main_server.lookup_defaults, &plain),
                        "dir:default");
}

static void the_functions_do_what_the_inlined_access_does(void **)
{
    ap_conf_vector_t *vector = ap_create_request_config(pool);

    set(vector, &plain, "x");
    assert_ptr_equal(((void **)vector)[plain.module_index],
                     get(vector, &plain));
}

static void new_vectors_are_empty(void **)
{
    assert_string_equal(get(ap_create_conn_config(pool), &always), "NULL");
    assert_string_equal(get(ap_create_per_dir_config(pool), &always),
                        "NULL");
}

static void directories_merge_where_both_have_something(void **)
{
    ap_conf_vector_t *base = ap_create_per_dir_config(pool);
    ap_conf_vector_t *add = ap_create_per_dir_config(pool);
    ap_conf_vector_t *merged;

    set(base, &merging, "a");
    set(add, &merging, "b");
    set(base, &plain, "a");
    set(add, &plain, "b");
    set(base, &always, "a");
    merged = ap_merge_per_dir_configs(pool, base, add);
    assert_string_equal(get(merged, &merging), "a+b");
    assert_string_equal(get(merged, &plain), "b");
    assert_ptr_equal(get(merged, &always), get(base, &always));
    assert_string_equal(get(ap_merge_per_dir_configs(pool, add, base),
                            &always), "a");
}

static void sections_get_configs_when_a_directive_needs_them(void **)
{
    ap_conf_vector_t *section = ap_create_per_dir_config(pool);
    server_rec virt = { .is_virtual = 1, .process = &process };
    char *first;

    virt.module_config = cl_config_create_vector(pool);
    first = ap_set_config_vectors(&virt, section, "/x/", &plain, pool);
    assert_string_equal(first, "dir:/x/");
    assert_string_equal(get(virt.module_config, &plain), "virtual");
    assert_string_equal(get(virt.module_config, &merging), "NULL");
    assert_ptr_equal(ap_set_config_vectors(&virt, section, "/y/", &plain,
                                           pool), first);
}

static void virtual_servers_share_merge_or_keep(void **)
{
    server_rec virt = { .is_virtual = 1, .process = &process };

    virt.module_config = cl_config_create_vector(pool);
    cl_config_merge_server(pool, main_server.module_config, &virt);
    assert_ptr_equal(get(virt.module_config, &merging),
                     get(main_server.module_config, &merging));
    assert_string_equal(get(virt.module_config, &always), "main+virtual");

    virt.module_config = cl_config_create_vector(pool);
    set(virt.module_config, &merging, "own");
    set(virt.module_config, &plain, "own");
    cl_config_merge_server(pool, main_server.module_config, &virt);
    assert_string_equal(get(virt.module_config, &merging), "main+own");
    assert_string_equal(get(virt.module_config, &plain), "own");
}

static void a_late_module_is_configured_for_the_main_server(void **)
{
    set(main_server.module_config, &plain, NULL);
    set(main_server.lookup_defaults, &plain, NULL);
    ap_single_module_configure(pool, &main_server, &plain);
    assert_string_equal(get(main_server.module_config, &plain), "main");
    assert_string_equal(get(main_server.lookup_defaults, &plain),
                        "dir:default");
}

#define test_with_modules(name) \
    cmocka_unit_test_setup_teardown(name, add_modules, remove_modules)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_modules(the_main_server_has_all),
        test_with_modules(the_functions_do_what_the_inlined_access_does),
        test_with_modules(new_vectors_are_empty),
        test_with_modules(directories_merge_where_both_have_something),
        test_with_modules(sections_get_configs_when_a_directive_needs_them),
        test_with_modules(virtual_servers_share_merge_or_keep),
        test_with_modules(a_late_module_is_configured_for_the_main_server),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
