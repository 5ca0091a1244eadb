/* SPDX-License-Identifier: Apache-2.0 */
/* Running trees: who is called, what is refused, where errors point. */
#include "fixture.h"
#include "test_module.h"

#include "config/walk.c"

static cmd_parms parms;

static const char *run(const char *text, int override, apr_table_t *list)
{
    ap_directive_t *tree = NULL;

    parms = parms_for(text);
    assert_null(ap_build_config(&parms, pool, parms.temp_pool, &tree));
    parms.override = override;
    parms.override_list = list;
    return ap_walk_config(tree, &parms, main_server.lookup_defaults);
}

#define SERVER_LEVEL ((RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT))

static void runs(const char *text, const char *calls)
{
    called[0] = '\0';
    assert_null(run(text, SERVER_LEVEL, NULL));
    assert_string_equal(called, calls);
}

static void refuses(const char *text, int override, const char *beginning,
                    int line)
{
    const char *wrong = run(text, override, NULL);

    assert_non_null(wrong);
    assert_memory_equal(wrong, beginning, strlen(beginning));
    assert_int_equal(parms.err_directive->line_num, line);
}

static void directives_run_in_order(void **)
{
    runs("Any 1\nServer 2\n<Sec x>\nAny 3\n</Sec>\nany 4",
         "Any(1)@1 Server(2)@2 <Sec(x>)@3 Any(3)@4 Any(4)@6 ");
}

static void an_error_points_at_the_innermost_line(void **)
{
    refuses("Any 1\n<Sec x>\nAny 2\nAny fail\n</Sec>\nAny 3", SERVER_LEVEL,
            "it failed", 4);
    assert_null(strstr(called, "Any(3)"));
}

static void an_earlier_run_while_reading_does_not_hide_the_line(void **)
{
    refuses("Now 1\nAny fail", SERVER_LEVEL, "it failed", 2);
}

static void unknown_names_are_refused(void **)
{
    refuses("Any 1\nBogus x", SERVER_LEVEL, "Invalid command 'Bogus', "
            "perhaps misspelled or defined by a module not included in the "
            "server configuration", 2);
    refuses("<Bogus>\n</Bogus>", SERVER_LEVEL, "Invalid command '<Bogus'", 1);
}

static void unknown_names_are_skipped_when_not_fatal(void **)
{
    assert_null(run("<Bogus>\nAny 1\n</Bogus>\nBogus\nAny 2",
                    OR_ALL | NONFATAL_UNKNOWN, NULL));
    assert_string_equal(called, "Any(2)@5 ");
}

static void places_are_checked(void **)
{
    refuses("Inside x", SERVER_LEVEL, "Inside not allowed here; ", 1);
    refuses("<Sec y>\nInside x\n</Sec>", SERVER_LEVEL,
            "Inside not allowed in <Sec> context; it is allowed only inside "
            "<Directory>, <Files>, <Location>, or <If>", 2);
    refuses("Server x", OR_ALL | ACCESS_CONF, "Server not allowed here; it "
            "is allowed only outside", 1);
}

static void htaccess_advice_is_about_allow_override(void **)
{
    ap_directive_t *tree = NULL;

    parms = parms_for("Auth x");
    parms.temp_pool = parms.pool;
    parms.override = OR_FILEINFO;
    assert_null(ap_build_config(&parms, pool, pool, &tree));
    assert_string_equal(ap_walk_config(tree, &parms,
                                       main_server.lookup_defaults),
                        "Auth not allowed here; AllowOverride for this "
                        "directory must include AuthConfig");
}

static void misplaced_ones_are_skipped_when_not_fatal(void **)
{
    assert_null(run("Server 1\nAuth 2\nInfo 3",
                    OR_FILEINFO | NONFATAL_OVERRIDE, NULL));
    assert_string_equal(called, "Info(3)@3 ");
}

static void bits_that_are_no_places_allow_nothing(void **)
{
    command_rec row = test_directives[1];

    row.req_override |= EXEC_ON_READ | NONFATAL_ALL;
    parms = parms_for("");
    parms.override = EXEC_ON_READ | NONFATAL_ALL;
    assert_non_null(cl_config_refuse_context(&parms, &row, NULL));
}

static void a_list_of_names_allows_them(void **)
{
    apr_table_t *list = apr_table_make(pool, 1);

    apr_table_setn(list, "server", "1");
    assert_null(run("Server 1", OR_FILEINFO, list));
    assert_non_null(run("Inside 1", OR_FILEINFO, list));
}

static const char *second_any(cmd_parms *, void *, const char *args)
{
    note("second(%s) ", args);
    return strcmp(args, "both") == 0 ? DECLINE_CMD : NULL;
}

static const command_rec second_directives[] = {
    AP_INIT_RAW_ARGS("ANY", second_any, NULL, OR_ALL, NULL),
    { 0 }
};

static void a_directive_of_two_modules_is_offered_to_the_newer_first(void **)
{
    module second = test_module;

    second.cmds = second_directives;
    second.name = "mod_second.c";
    second.module_index = -1;
    assert_null(ap_add_module(&second, pool, NULL));
    runs("Any one\nAny both", "second(one) second(both) Any(both)@2 ");
    ap_remove_module(&second);
    runs("Any one", "Any(one)@1 ");
}

static void all_declining_is_no_error(void **)
{
    runs("Any decline", "Any(decline)@1 ");
}

static const char *note_state(cmd_parms *cmd, void *, const char *args)
{
    note("%s path=%s line=%d%s ", args, cmd->path ? cmd->path : "-",
         cmd->directive->line_num,
         cmd->context == main_server.lookup_defaults ? "" : " other");
    return NULL;
}

static const command_rec state_directives[] = {
    AP_INIT_RAW_ARGS("State", note_state, NULL, OR_ALL, NULL),
    { 0 }
};

static void the_state_is_put_back_after_sections(void **)
{
    module state = test_module;

    state.cmds = state_directives;
    state.name = "mod_state.c";
    state.module_index = -1;
    assert_null(ap_add_module(&state, pool, NULL));
    parms.path = NULL;
    runs("State a\n<Sec p>\nState b\n</Sec>\nState c",
         "a path=- line=1 <Sec(p>)@2 b path=p> line=3 c path=- line=5 ");
    assert_null(parms.directive);
    assert_null(parms.context);
    ap_remove_module(&state);
}

static void the_whole_tree_is_one_answer(void **)
{
    ap_directive_t *tree = NULL;

    parms = parms_for("Any 1\nAny fail");
    assert_null(ap_build_config(&parms, pool, parms.temp_pool, &tree));
    assert_int_equal(ap_process_config_tree(&main_server, tree, pool, pool),
                     HTTP_INTERNAL_SERVER_ERROR);
    tree->next = NULL;
    assert_int_equal(ap_process_config_tree(&main_server, tree, pool, pool),
                     OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_module(directives_run_in_order),
        test_with_module(an_error_points_at_the_innermost_line),
        test_with_module(an_earlier_run_while_reading_does_not_hide_the_line),
        test_with_module(unknown_names_are_refused),
        test_with_module(unknown_names_are_skipped_when_not_fatal),
        test_with_module(places_are_checked),
        test_with_module(htaccess_advice_is_about_allow_override),
        test_with_module(misplaced_ones_are_skipped_when_not_fatal),
        test_with_module(bits_that_are_no_places_allow_nothing),
        test_with_module(a_list_of_names_allows_them),
        test_with_module(
            a_directive_of_two_modules_is_offered_to_the_newer_first),
        test_with_module(all_declining_is_no_error),
        test_with_module(the_state_is_put_back_after_sections),
        test_with_module(the_whole_tree_is_one_answer),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
