/* SPDX-License-Identifier: Apache-2.0 */
/* Adding and removing modules: lists, indexes, directives. */
#include "fixture.h"

#include "config/modules.c"

#define RECORD(source, commands)                                          \
    { MODULE_MAGIC_NUMBER_MAJOR, MODULE_MAGIC_NUMBER_MINOR, -1, source,   \
      NULL, NULL, MODULE_MAGIC_COOKIE, NULL, NULL, NULL, NULL, NULL,      \
      commands, NULL, 0 }

static const command_rec one_directives[] = {
    AP_INIT_NO_ARGS("Shared", NULL, NULL, OR_ALL, NULL),
    AP_INIT_NO_ARGS("OnlyOne", NULL, NULL, OR_ALL, NULL),
    { 0 }
};
static const command_rec two_directives[] = {
    AP_INIT_NO_ARGS("shared", NULL, NULL, RSRC_CONF, "first row"),
    AP_INIT_NO_ARGS("SHARED", NULL, NULL, RSRC_CONF, "second row"),
    { 0 }
};
static module one = RECORD("build/dir/mod_one.c", one_directives);
static module two = RECORD("mod_two.c", two_directives);
static module three = RECORD("mod_three.c", NULL);

static int add_all(void **state)
{
    make_pool(state);
    one.name = "build/dir/mod_one.c";
    assert_null(ap_add_loaded_module(&one, pool, "one_module"));
    assert_null(ap_add_loaded_module(&two, pool, "two_module"));
    return 0;
}

static int remove_all(void **state)
{
    ap_remove_loaded_module(&two);
    ap_remove_loaded_module(&one);
    assert_null(ap_top_module);
    return drop_pool(state);
}

static void names_lose_their_directories(void **)
{
    assert_string_equal(ap_find_module_name(&one), "mod_one.c");
    assert_ptr_equal(ap_find_linked_module("mod_one.c"), &one);
    assert_null(ap_find_linked_module("MOD_ONE.c"));
}

static void the_newest_is_on_top_the_oldest_first_in_the_array(void **)
{
    assert_ptr_equal(ap_top_module, &two);
    assert_ptr_equal(two.next, &one);
    assert_ptr_equal(ap_loaded_modules[0], &one);
    assert_ptr_equal(ap_loaded_modules[1], &two);
    assert_null(ap_loaded_modules[2]);
}

static void indexes_are_places_in_the_table(void **)
{
    assert_int_equal(one.module_index, 0);
    assert_int_equal(two.module_index, 1);
    assert_string_equal(ap_find_module_short_name(0), "one");
    assert_null(ap_find_module_short_name(2));
    assert_null(ap_find_module_short_name(-1));
    assert_null(ap_find_module_short_name(99999));
    assert_ptr_equal(cl_config_module_at(1), &two);
}

static void a_freed_index_is_given_away_again(void **)
{
    ap_remove_loaded_module(&one);
    assert_int_equal(one.module_index, -1);
    assert_ptr_equal(ap_loaded_modules[0], &two);
    assert_null(ap_loaded_modules[1]);
    assert_null(ap_add_loaded_module(&three, pool, NULL));
    assert_int_equal(three.module_index, 0);
    assert_null(ap_find_module_short_name(0));
    assert_null(ap_add_loaded_module(&one, pool, "one_module"));
    assert_int_equal(one.module_index, 2);
    ap_remove_loaded_module(&three);
}

static void adding_twice_changes_nothing(void **)
{
    assert_null(ap_add_loaded_module(&one, pool, "one_module"));
    assert_ptr_equal(ap_top_module, &two);
    assert_null(ap_loaded_modules[2]);
    assert_int_equal(one.module_index, 0);
}

static void the_newest_module_is_asked_first(void **)
{
    const struct cl_config_command *found = cl_config_find_command("sHaReD");

    assert_ptr_equal(found->mod, &two);
    assert_string_equal(found->cmd->errmsg, "first row");
    found = cl_config_next_command(found);
    assert_string_equal(found->cmd->errmsg, "second row");
    found = cl_config_next_command(found);
    assert_ptr_equal(found->mod, &one);
    assert_null(cl_config_next_command(found));
}

static void removed_modules_take_their_directives_along(void **)
{
    const struct cl_config_command *found;

    ap_remove_loaded_module(&two);
    found = cl_config_find_command("Shared");
    assert_ptr_equal(found->mod, &one);
    assert_null(cl_config_next_command(found));
    ap_remove_loaded_module(&one);
    assert_null(cl_config_find_command("Shared"));
    assert_false(ap_exists_directive(pool, "OnlyOne"));
    add_all(NULL);
}

static void commands_are_found_from_a_module_on(void **)
{
    module *mod = ap_top_module;

    assert_ptr_equal(ap_find_command_in_modules("onlyone", &mod),
                     &one_directives[1]);
    assert_ptr_equal(mod, &one);
    assert_null(ap_find_command_in_modules("nosuch", &mod));
    assert_ptr_equal(mod, &one);
    assert_null(ap_find_command("x", NULL));
}

static void other_versions_are_refused(void **)
{
    module old = RECORD("mod_old.c", NULL);
    const char *wrong;

    old.version = 20051115;
    wrong = ap_add_module(&old, pool, NULL);
    assert_non_null(strstr(wrong, "module \"mod_old.c\" speaks version "
                           "20051115"));
    assert_int_equal(old.module_index, -1);
}

static void older_minors_have_no_flags(void **)
{
    module m = RECORD("mod_m.c", NULL);

    m.flags = AP_MODULE_FLAG_ALWAYS_MERGE;
    assert_int_equal(ap_get_module_flags(&m), AP_MODULE_FLAG_ALWAYS_MERGE);
    m.minor_version = 69;
    assert_int_equal(ap_get_module_flags(&m), AP_MODULE_FLAG_NONE);
}

/* Such a record ends before the flags: nothing may touch them. */
static void a_record_of_104_bytes_can_be_added(void **)
{
    volatile size_t size = offsetof(module, flags); /* not for the compiler */
    module *small = malloc(size);
    module whole = RECORD("mod_small.c", NULL);

    assert_int_equal(offsetof(module, flags), 104);
    whole.minor_version = 68;
    memcpy(small, &whole, offsetof(module, flags));
    assert_null(ap_add_loaded_module(small, pool, "small_module"));
    assert_int_equal(ap_get_module_flags(small), 0);
    ap_remove_loaded_module(small);
    free(small);
}

static void there_is_a_limit(void **)
{
    module *many = calloc(SLOT_LIMIT, sizeof *many);
    module pattern = RECORD("mod_many.c", NULL);
    int added = 0;
    const char *wrong = NULL;

    while (wrong == NULL && added < SLOT_LIMIT) {
        many[added] = pattern;
        wrong = ap_add_loaded_module(&many[added], pool, NULL);
        added += wrong == NULL;
    }
    assert_non_null(strstr(wrong, "are loaded already"));
    assert_int_equal(added, SLOT_LIMIT - 2);
    while (added > 0) {
        ap_remove_loaded_module(&many[--added]);
    }
    free(many);
}

static void vectors_shrink_to_what_is_there_and_reserved(void **)
{
    ap_directive_t inside = { .directive = "PerlAdd" };
    ap_directive_t tree = { .directive = "perladd", .first_child = &inside };

    assert_int_equal(cl_config_vector_length(), SLOT_LIMIT);
    cl_config_close_slots(&tree);
    assert_int_equal(cl_config_vector_length(), 2);
    assert_non_null(strstr(ap_add_module(&three, pool, NULL), "no place is left"));
    cl_config_open_slots();
    ap_reserve_module_slots(3);
    ap_reserve_module_slots_directive("PerlAdd");
    cl_config_close_slots(&tree);
    assert_int_equal(cl_config_vector_length(), 2 + 3 + 2);
    cl_config_open_slots();
}

static const char *registering;

static void register_hooks(apr_pool_t *)
{
    registering = apr_hook_debug_current;
}

static void hooks_are_registered_under_the_modules_name(void **)
{
    module m = RECORD("x/mod_hooks.c", NULL);

    m.register_hooks = register_hooks;
    assert_null(ap_add_module(&m, pool, NULL));
    assert_string_equal(registering, "mod_hooks.c");
    ap_remove_module(&m);
}

static void removing_a_stranger_is_harmless(void **)
{
    module m = RECORD("mod_never.c", NULL);

    ap_remove_module(&m);
    assert_ptr_equal(ap_top_module, &two);
}

#define test_with_two(name) \
    cmocka_unit_test_setup_teardown(name, add_all, remove_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_two(names_lose_their_directories),
        test_with_two(the_newest_is_on_top_the_oldest_first_in_the_array),
        test_with_two(indexes_are_places_in_the_table),
        test_with_two(a_freed_index_is_given_away_again),
        test_with_two(adding_twice_changes_nothing),
        test_with_two(the_newest_module_is_asked_first),
        test_with_two(removed_modules_take_their_directives_along),
        test_with_two(commands_are_found_from_a_module_on),
        test_with_two(other_versions_are_refused),
        test_with_two(older_minors_have_no_flags),
        test_with_two(a_record_of_104_bytes_can_be_added),
        test_with_two(there_is_a_limit),
        test_with_two(vectors_shrink_to_what_is_there_and_reserved),
        test_with_two(hooks_are_registered_under_the_modules_name),
        test_with_two(removing_a_stranger_is_harmless),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
