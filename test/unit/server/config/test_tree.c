/* SPDX-License-Identifier: Apache-2.0 */
/* Lines to trees, and what is refused on the way. */
#include "fixture.h"
#include "test_module.h"

#include "config/tree.c"

static cmd_parms parms;

static const char *show(const ap_directive_t *node)
{
    const char *text = "";

    for (; node != NULL; node = node->next) {
        const char *inside = show(node->first_child);

        text = apr_psprintf(pool, "%s%s %s@%d%s%s%s;", text, node->directive,
                            node->args, node->line_num, *inside ? "{" : "",
                            inside, *inside ? "}" : "");
        if (node->first_child != NULL) {
            assert_ptr_equal(node->first_child->parent, node);
        }
        if (node->next != NULL) {
            assert_ptr_equal(node->next->parent, node->parent);
        }
    }
    return text;
}

static const char *build(const char *text, ap_directive_t **tree)
{
    parms = parms_for(text);
    return ap_build_config(&parms, pool, parms.temp_pool, tree);
}

static void builds(const char *text, const char *expected)
{
    ap_directive_t *tree = NULL;

    assert_null(build(text, &tree));
    assert_string_equal(show(tree), expected);
}

static void refuses(const char *text, const char *sentence, int line)
{
    ap_directive_t *tree = NULL;
    const char *wrong = build(text, &tree);

    assert_non_null(wrong);
    assert_string_equal(wrong, sentence);
    assert_int_equal(parms.err_directive->line_num, line);
    assert_string_equal(parms.err_directive->filename, "text");
}

static void lines_become_nodes(void **)
{
    builds("Any a b\n\n# comment\n  Other 'x y' \nAny\n",
           "Any a b@1;Other 'x y'@4;Any @5;");
}

static void continued_lines_are_where_they_end(void **)
{
    builds("Any a \\\n b\nAny c", "Any a  b@2;Any c@3;");
}

static void a_comment_is_continued_too(void **)
{
    builds("# a \\\nAny x\nAny y", "Any y@3;");
}

static void sections_nest(void **)
{
    builds("<Sec a>\nAny 1\n<Sec b>\nAny 2\n</Sec>\nAny 3\n</Sec>\nAny 4\n",
           "<Sec a>@1{Any 1@2;<Sec b>@3{Any 2@4;};Any 3@6;};Any 4@8;");
}

static void closing_names_have_no_case(void **)
{
    builds("<Sec a>\n</sEC>", "<Sec a>@1;");
}

static void a_section_without_arguments_keeps_its_mark(void **)
{
    builds("<Sec>\n</Sec>", "<Sec >@1;");
}

static void names_may_be_quoted_and_have_variables(void **)
{
    setenv("CLEAT_TEST_NAME", "Any", 1);
    builds("\"Any\" x\n${CLEAT_TEST_NAME} ${CLEAT_TEST_NAME}",
           "Any x@1;Any Any@2;");
}

static void trees_can_be_continued(void **)
{
    ap_directive_t *tree = NULL;

    assert_null(build("Any 1\nAny 2\n", &tree));
    assert_null(build("<Sec x>\nAny 3\n</Sec>\n", &tree));
    assert_null(build("", &tree));
    assert_null(build("Any 4\n", &tree));
    assert_string_equal(show(tree),
                        "Any 1@1;Any 2@2;<Sec x>@1{Any 3@2;};Any 4@1;");
    assert_string_equal(tree->last->args, "4");
}

static void a_section_must_be_closed(void **)
{
    refuses("Any\n<Sec a>\nAny", "text:2: <Sec> was not closed.", 2);
    refuses("<Sec a>\n<Sec b>", "text:2: <Sec> was not closed.\n"
            "text:1: <Sec> was not closed.", 1);
}

static void a_closing_line_needs_its_section(void **)
{
    refuses("Any\n</Sec>", "</Sec> without matching <Sec> section", 2);
}

static void sections_close_in_order(void **)
{
    refuses("<Sec a>\n<Other b>\n</Sec>\n</Other>",
            "Expected </Other> but saw </Sec> "
            "(<Other> was opened at text:2)", 3);
}

static void a_closing_line_needs_its_mark(void **)
{
    refuses("<Sec a>\n</Sec", "</Sec> directive missing closing '>'", 2);
    refuses("<Sec a>\n</Sec bla>", "</Sec> directive missing closing '>'", 2);
    refuses("</", "</> directive missing closing '>'", 1);
}

static void odd_marks_do_no_harm(void **)
{
    builds("<>\n</>", "< >@1;");
    builds(">", "> @1;");
    refuses("<", "text:1: <> was not closed.", 1);
}

static void directives_run_while_reading_leave_no_node(void **)
{
    builds("Any 1\nNow x\nAny 2", "Any 1@1;Any 2@3;");
    assert_string_equal(called, "Now(x)! ");
}

static void an_error_while_reading_points_at_its_line(void **)
{
    refuses("Any\nNow fail\n", "it failed", 2);
}

static void declining_while_reading_is_no_error(void **)
{
    builds("Now decline\nAny", "Any @2;");
}

static void a_list_takes_the_place_of_its_section(void **)
{
    builds("<Sec a>\n<Build x>\nAny 1\n<Sec b>\n</Sec>\n</Build>\nAny 2\n"
           "</Sec>\nAny 3",
           "<Sec a>@1{Any 1@3;<Sec b>@4;Any 2@7;};Any 3@9;");
}

static void lists_nest(void **)
{
    builds("<Build>\n<Build>\nAny 1\n</build>\nAny 2\n</Build>\nAny 3",
           "Any 1@3;Any 2@5;Any 3@7;");
}

static void sections_inside_a_list_must_balance(void **)
{
    refuses("<Build>\n<Sec a>\n</Build>\n</Sec>",
            "Expected </Sec> but saw </Build> (<Sec> was opened at text:2)",
            3);
    refuses("<Sec>\n<Build>\n</Sec>\n</Build>",
            "</Sec> without matching <Sec> section; <Build> comes first", 3);
}

static void a_list_may_end_with_the_file(void **)
{
    builds("<Build>\nAny 1", "Any 1@2;");
    refuses("<Build>\n<Sec a>\nAny 1", "text:2: <Sec> was not closed.", 2);
}

static void soaked_sections_vanish(void **)
{
    builds("<Soak a>\nrubbish\n<Bar\n</Bar>\nNow no\n<Soak>\n</Soak>\n"
           "</SOAK> x\nAny 1", "Any 1@9;");
    assert_string_equal(called, "<Soak(a>)! ");
}

static void soaked_sections_must_balance(void **)
{
    refuses("<Soak a>\n<Bar>\n</Soak>", "Expected </Bar> but saw </Soak>", 1);
    refuses("<Soak a>\n<Bar>\n",
            "Expected </Bar> before the end of the file", 1);
    refuses("<Soak a>\n</Soak", "</Soak> directive missing closing '>'", 1);
    refuses("<Soak a>\n</", "</> directive missing closing '>'", 1);
}

static void directives_in_wrong_places_do_not_run_while_reading(void **)
{
    ap_directive_t *tree = NULL;

    parms = parms_for("NowServer x");
    parms.override = OR_ALL | ACCESS_CONF;
    assert_string_equal(ap_build_config(&parms, pool, parms.temp_pool, &tree),
                        "NowServer not allowed here; it is allowed only "
                        "outside <Directory>, <Files>, <Location>, or <If>");
    assert_string_equal(called, "");
}

static void refused_sections_are_skipped_whole_when_not_fatal(void **)
{
    ap_directive_t *tree = NULL;

    parms = parms_for("NowServer x\n<SoakServer>\nNow x\n</SoakServer>\nAny");
    parms.override = OR_ALL | NONFATAL_OVERRIDE;
    assert_null(ap_build_config(&parms, pool, parms.temp_pool, &tree));
    assert_string_equal(show(tree), "Any @5;");
    assert_string_equal(called, "");
}

static const char *repeat(const char *line, int count)
{
    size_t len = strlen(line);
    char *text = apr_palloc(pool, count * len + 1);

    for (int i = 0; i < count; ++i) {
        memcpy(text + i * len, line, len);
    }
    text[count * len] = '\0';
    return text;
}

static void nesting_has_a_limit(void **)
{
    refuses(repeat("<Sec x>\n", 5000), too_deep, CL_CONFIG_MAX_NESTING + 1);
    refuses(repeat("<Build x>\n", 5000), too_deep, CL_CONFIG_MAX_NESTING + 1);
    refuses(repeat("<Sec>\n<Build>\n", 5000), too_deep,
            CL_CONFIG_MAX_NESTING + 1);
    builds("<Build>\nAny\n</Build>", "Any @2;");        /* counter is back */
}

static void unreadable_lines_say_where(void **)
{
    ap_directive_t *tree = NULL;
    char *text = malloc(CL_CONFIG_MAX_LINE + 10);

    memset(text, 'x', CL_CONFIG_MAX_LINE + 9);
    memcpy(text, "Any\n", 4);
    text[CL_CONFIG_MAX_LINE + 9] = '\0';
    assert_string_equal(build(text, &tree),
                        "Error reading text at line 2: the line is too long");
    assert_int_equal(parms.err_directive->line_num, 2);
    free(text);
}

static void nodes_are_added_as_the_interface_says(void **)
{
    ap_directive_t a = { 0 }, b = { 0 }, c = { 0 }, d = { 0 };
    ap_directive_t *parent = NULL;

    assert_ptr_equal(ap_add_node(&parent, NULL, &a, 0), &a);
    assert_null(ap_add_node(&parent, &a, &b, 1));
    assert_ptr_equal(parent, &b);
    assert_ptr_equal(a.next, &b);
    assert_ptr_equal(ap_add_node(&parent, NULL, &c, 0), &c);
    assert_ptr_equal(b.first_child, &c);
    assert_null(ap_add_node(&parent, &c, &d, 1));
    assert_ptr_equal(d.parent, &b);
    assert_ptr_equal(parent, &d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_with_module(lines_become_nodes),
        test_with_module(continued_lines_are_where_they_end),
        test_with_module(a_comment_is_continued_too),
        test_with_module(sections_nest),
        test_with_module(closing_names_have_no_case),
        test_with_module(a_section_without_arguments_keeps_its_mark),
        test_with_module(names_may_be_quoted_and_have_variables),
        test_with_module(trees_can_be_continued),
        test_with_module(a_section_must_be_closed),
        test_with_module(a_closing_line_needs_its_section),
        test_with_module(sections_close_in_order),
        test_with_module(a_closing_line_needs_its_mark),
        test_with_module(odd_marks_do_no_harm),
        test_with_module(directives_run_while_reading_leave_no_node),
        test_with_module(an_error_while_reading_points_at_its_line),
        test_with_module(declining_while_reading_is_no_error),
        test_with_module(a_list_takes_the_place_of_its_section),
        test_with_module(lists_nest),
        test_with_module(sections_inside_a_list_must_balance),
        test_with_module(a_list_may_end_with_the_file),
        test_with_module(soaked_sections_vanish),
        test_with_module(soaked_sections_must_balance),
        test_with_module(directives_in_wrong_places_do_not_run_while_reading),
        test_with_module(refused_sections_are_skipped_whole_when_not_fatal),
        test_with_module(nesting_has_a_limit),
        test_with_module(unreadable_lines_say_where),
        test(nodes_are_added_as_the_interface_says),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
