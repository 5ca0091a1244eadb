/* SPDX-License-Identifier: Apache-2.0 */
/* Include: order, wildcards, what is missing, recursion. */
#include "fixture.h"
#include "test_module.h"

#include "config/include.c"

#include <apr_file_io.h>

static char root[] = "/tmp/cleat-include-XXXXXX";

static void write_file(const char *name, const char *text)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file,
                                   apr_pstrcat(pool, root, "/", name, NULL),
                                   APR_FOPEN_CREATE | APR_FOPEN_WRITE
                                       | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, pool), APR_SUCCESS);
    apr_file_puts(text, file);
    apr_file_close(file);
}

static const char *read_text(const char *text)
{
    ap_directive_t *tree = NULL;
    const char *got = "";
    apr_pool_t *ptemp;
    const char *wrong;

    apr_pool_create(&ptemp, pool);
    write_file("main", text);
    wrong = ap_process_resource_config(&main_server,
                                       apr_pstrcat(pool, root, "/main", NULL),
                                       &tree, pool, ptemp);
    if (wrong != NULL) {
        return wrong;
    }
    for (; tree != NULL; tree = tree->next) {
        got = apr_pstrcat(pool, got, tree->args, " ", NULL);
    }
    return got;
}

static void ends_with(const char *text, const char *end)
{
    assert_true(strlen(text) >= strlen(end));
    assert_string_equal(text + strlen(text) - strlen(end), end);
}

static int make_root(void **)
{
    static const char *const dirs[] = { "d", "d/sub", "d/b", "e" };
    static const char *const files[] = { "9", "10", "a", "B", "sub/s", "b/x" };

    start_apr(NULL);
    apr_pool_create(&pool, NULL);
    strcpy(root + strlen(root) - 6, "XXXXXX");
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; ++i) {
        apr_dir_make(apr_pstrcat(pool, root, "/", dirs[i], NULL),
                     APR_FPROT_OS_DEFAULT, pool);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; ++i) {
        write_file(apr_pstrcat(pool, "d/", files[i], ".conf", NULL),
                   apr_pstrcat(pool, "Any ", files[i], NULL));
    }
    apr_pool_destroy(pool);
    return 0;
}

static int drop_root(void **)
{
    char command[sizeof root + 10];

    apr_snprintf(command, sizeof command, "rm -r %s", root);
    return system(command);
}

static int add_with_root(void **state)
{
    add_test_module(state);
    ap_server_root = root;
    cl_config_start_includes();
    return 0;
}

static void files_are_joined_where_they_are_asked_for(void **)
{
    assert_string_equal(read_text("Any 1\nInclude d/a.conf\nAny 2"),
                        "1 a 2 ");
}

static void directories_are_read_in_byte_order_and_below(void **)
{
    assert_string_equal(read_text("Include d"), "10 9 B a b/x sub/s ");
    assert_string_equal(read_text("Include d/*.conf"), "10 9 B a ");
    assert_string_equal(read_text("Include d/*/*.conf"), "b/x sub/s ");
    assert_string_equal(read_text("Include e"), "");
}

static void what_is_missing_is_an_error_unless_optional(void **)
{
    ends_with(read_text("Any\nInclude nofile"), apr_psprintf(
        pool, "Syntax error on line 2 of %s/main: Could not open "
        "configuration file %s/nofile: No such file or directory",
        root, root));
    assert_non_null(strstr(read_text("Include d/*.none"), "no file matches"));
    assert_string_equal(read_text("Include [e]"), "");
    assert_string_equal(read_text("IncludeOptional nofile\n"
                                  "IncludeOptional d/*.none\n"
                                  "IncludeOptional no/dir\n"
                                  "IncludeOptional no/dir/*"), "");
}

static void errors_tell_the_whole_way(void **)
{
    write_file("bad", "Any\n</Sec>\n");
    assert_string_equal(
        read_text("Any\n\nInclude bad"),
        apr_psprintf(pool, "Syntax error on line 3 of %s/main: Syntax error "
                     "on line 2 of %s/bad: </Sec> without matching <Sec> "
                     "section", root, root));
}

static void sections_do_not_cross_files(void **)
{
    write_file("bad", "</Sec>\n");
    assert_non_null(strstr(read_text("<Sec x>\nInclude bad"),
                           "</Sec> without matching"));
    write_file("bad", "<Sec x>\n");
    assert_non_null(strstr(read_text("Include bad\n</Sec>"),
                           "was not closed"));
}

static void a_file_including_itself_is_stopped(void **)
{
    const char *wrong = read_text("Any\nInclude main");

    assert_string_equal(wrong, apr_psprintf(
        pool, "Syntax error on line 2 of %s/main: %s", root, too_deep));
    assert_string_equal(read_text("Any 1"), "1 ");
}

static void htaccess_files_include_nothing(void **)
{
    static const command_rec row = { .name = "Include" };
    ap_directive_t *tree = NULL;
    cmd_parms parms = parms_for("");

    parms.temp_pool = parms.pool;
    parms.cmd = &row;
    assert_string_equal(cl_set_include(&parms, &tree, "d"),
                        "Include cannot occur within htaccess files");
}

static void patterns_need_an_absolute_path(void **)
{
    ap_directive_t *tree = NULL;

    assert_string_equal(
        ap_process_fnmatch_configs(&main_server, "d/*.conf", &tree, pool,
                                   pool, 0),
        "a wildcard needs an absolute path, unlike d/*.conf");
}

static void matchers_carry_the_directives_name(void **)
{
    static const command_rec row = { .name = "Certs" };
    cmd_parms parms = parms_for("");
    ap_dir_match_t *match;

    parms.cmd = &row;
    match = ap_dir_cfgmatch(&parms, AP_DIR_FLAG_OPTIONAL, read_match, &parms);
    assert_string_equal(match->prefix, "Certs: ");
    assert_int_equal(match->flags, AP_DIR_FLAG_OPTIONAL);
    assert_ptr_equal(match->ctx, &parms);
    assert_int_equal(match->depth, 0);
}

#define test_with_root(name) \
    cmocka_unit_test_setup_teardown(name, add_with_root, drop_test_module)

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_root(files_are_joined_where_they_are_asked_for),
        test_with_root(directories_are_read_in_byte_order_and_below),
        test_with_root(what_is_missing_is_an_error_unless_optional),
        test_with_root(errors_tell_the_whole_way),
        test_with_root(sections_do_not_cross_files),
        test_with_root(a_file_including_itself_is_stopped),
        test_with_root(htaccess_files_include_nothing),
        test_with_root(patterns_need_an_absolute_path),
        test_with_root(matchers_carry_the_directives_name),
    };

    return cmocka_run_group_tests(tests, make_root, drop_root);
}
