/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "generators/autoindex/index_config.c"

static apr_pool_t *pool;

static int set_up(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static struct index_dir *fresh(void)
{
    return index_create_dir(pool, NULL);
}

static const char *set(struct index_dir *dir, const char *line)
{
    cmd_parms cmd = { .pool = pool };
    const char *argv[16];
    int argc = 0;

    while (*line != '\0') {
        argv[argc++] = ap_getword_conf(pool, &line);
    }
    return index_set_options(&cmd, dir, argc, (char *const *)argv);
}

static struct index_dir *with(const char *line)
{
    struct index_dir *dir = fresh();

    assert_null(set(dir, line));
    return dir;
}

static unsigned merged(const char *outer, const char *inner)
{
    const struct index_dir *dir = index_merge_dir(pool, with(outer),
                                                  with(inner));
    return dir->options;
}

static void options_are_known_in_any_case(void **)
{
    assert_int_equal(with("FancyIndexing htmltable VERSIONSORT")->options,
                     INDEX_FANCY | INDEX_TABLE | INDEX_VERSION_SORT);
    assert_non_null(set(fresh(), "FancyIndex"));
    assert_non_null(set(fresh(), "VersionSort=1"));
    assert_non_null(set(fresh(), "+"));
}

static void none_stands_alone_and_without_sign(void **)
{
    assert_null(set(fresh(), "None"));
    assert_null(set(fresh(), "FancyIndexing None"));
    assert_non_null(set(fresh(), "None FancyIndexing"));
    assert_non_null(set(fresh(), "+None"));
}

static void an_option_without_sign_voids_signed_ones_before_it(void **)
{
    const struct index_dir *dir = with("+SuppressSize FancyIndexing "
                                       "-SuppressIcon");

    assert_int_equal(dir->options, INDEX_FANCY);
    assert_int_equal(dir->plus, 0);
    assert_int_equal(dir->minus, INDEX_NO_ICON);
    assert_int_equal(with("+SuppressSize NameWidth=30")->plus, 0);
    assert_int_equal(with("+SuppressSize -NameWidth")->plus, INDEX_NO_SIZE);
}

static void signed_options_change_the_outer_ones(void **)
{
    assert_int_equal(merged("FancyIndexing XHTML", "+SuppressSize -XHTML"),
                     INDEX_FANCY | INDEX_NO_SIZE);
    assert_int_equal(merged("FancyIndexing", "HTMLTable +XHTML"),
                     INDEX_TABLE);
    assert_int_equal(merged("FancyIndexing", "None"), INDEX_NONE);
    assert_int_equal(merged("None", "+XHTML"), INDEX_XHTML);
    assert_int_equal(merged("None", "NameWidth=30"), INDEX_NONE);
    assert_int_equal(merged("-XHTML", "+XHTML"), 0);
}

static void widths_have_bounds(void **)
{
    assert_int_equal(with("NameWidth=30")->name_width.bytes, 30);
    assert_int_equal(with("NameWidth=30 NameWidth=*")->name_width.bytes, 30);
    assert_int_equal(with("NameWidth=*")->name_width.kind, WIDTH_GROW);
    assert_int_equal(with("NameWidth=30 -NameWidth")->name_width.bytes,
                     INDEX_NAME_WIDTH);
    assert_non_null(set(fresh(), "NameWidth"));
    assert_non_null(set(fresh(), "NameWidth=4"));
    assert_non_null(set(fresh(), "-NameWidth=30"));
    assert_non_null(set(fresh(), "DescriptionWidth=11"));
    assert_null(set(fresh(), "DescriptionWidth=12"));
}

static void icon_sides_default_to_the_standard_icon(void **)
{
    assert_int_equal(with("IconWidth")->icon_width, 20);
    assert_int_equal(with("IconHeight=7")->icon_height, 7);
    assert_int_equal(with("IconWidth -IconWidth")->icon_width, 0);
    assert_non_null(set(fresh(), "-IconWidth=3"));
}

static void charset_and_type_need_a_value(void **)
{
    assert_string_equal(with("Charset=UTF-8")->charset, "UTF-8");
    assert_string_equal(with("Type=a/b")->type, "a/b");
    assert_non_null(set(fresh(), "Charset"));
}

static const char *icon_for(struct index_dir *dir, const char *path,
                            const char *type)
{
    struct index_subject subject = { .path = path, .type = type };

    return index_icon_of(dir, &subject);
}

static void add_icon(struct index_dir *dir, const char *section,
                     enum rule_by by, const char *icon, const char *pattern)
{
    command_rec row = { .name = "AddIcon" };
    cmd_parms cmd = { .pool = pool, .path = (char *)section, .cmd = &row,
                      .info = (void *)by };

    assert_null(index_add_icon(&cmd, dir, icon, pattern));
}

static void the_first_rule_that_fits_wins(void **)
{
    struct index_dir *dir = fresh();

    dir->default_icon = "/d";
    add_icon(dir, NULL, BY_PATH, "/1", ".txt");
    add_icon(dir, NULL, BY_TYPE, "(X,/2)", "text/*");
    add_icon(dir, NULL, BY_PATH, "/3", "*/?.c");
    assert_string_equal(icon_for(dir, "/w/a.txt", "text/plain"), "/1");
    assert_string_equal(icon_for(dir, "/w/a.html", "TEXT/html"), "/2");
    assert_string_equal(icon_for(dir, "/w/a.c", NULL), "/3");
    assert_string_equal(icon_for(dir, "/w/ab", NULL), "/d");
    assert_int_equal(dir->alts->nelts, 1);
}

static void a_rule_holds_below_its_section_only(void **)
{
    struct index_dir *dir = fresh();

    add_icon(dir, "/w/in/", BY_PATH, "/1", ".txt");
    assert_string_equal(icon_for(dir, "/w/in/a.txt", NULL), "/1");
    assert_null(icon_for(dir, "/w/a.txt", NULL));
}

static void a_directorys_name_goes_before_the_directory_icon(void **)
{
    struct index_dir *dir = fresh();
    struct index_subject sub = { .path = "/w/sub", .is_directory = true };
    struct index_subject other = { .path = "/w/o", .is_directory = true };

    add_icon(dir, NULL, BY_PATH, "/d", "^^DIRECTORY^^");
    add_icon(dir, NULL, BY_PATH, "/s", "sub");
    add_icon(dir, NULL, BY_PATH, "/b", "^^BLANKICON^^");
    assert_string_equal(index_icon_of(dir, &sub), "/s");
    assert_string_equal(index_icon_of(dir, &other), "/d");
    assert_string_equal(index_blank_icon(dir), "/b");
}

static const char *description_for(const char *pattern, const char *path)
{
    struct index_dir *dir = fresh();
    struct index_subject subject = { .path = path };
    cmd_parms cmd = { .pool = pool };

    index_add_description(&cmd, dir, "hit", pattern);
    return index_description_of(dir, &subject);
}

static void descriptions_know_parts_of_names(void **)
{
    static const struct { const char *pattern; int hit; } rows[] = {
        { "page", 1 }, { "age.h", 1 }, { "PAGE", 0 }, { "p*.html", 1 },
        { "s/pag", 1 }, { "x/page", 0 }, { "/page.html", 0 },
        { "tmp", 0 }, { "[p]age", 1 }, { "*/s/page*", 1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(rows[i].hit, description_for(rows[i].pattern,
                             "/tmp/s/page.html") != NULL);
    }
}

static void ignoring_looks_at_the_last_part_of_the_pattern(void **)
{
    struct index_dir *dir = fresh();
    cmd_parms cmd = { .pool = pool };

    index_add_ignored(&cmd, dir, "x/*~");
    assert_true(index_is_ignored(dir, "/w/file~"));
    assert_false(index_is_ignored(dir, "/w~/file"));
}

static void an_icon_with_text_needs_its_parenthesis(void **)
{
    command_rec row = { .name = "AddIcon" };
    cmd_parms cmd = { .pool = pool, .cmd = &row };

    assert_non_null(index_add_icon(&cmd, fresh(), "(TXT,/t.png", "x"));
    assert_non_null(index_add_icon(&cmd, fresh(), "(", "x"));
}

static void orders_are_two_known_words(void **)
{
    cmd_parms cmd = { .pool = pool };
    struct index_dir *dir = fresh();

    assert_null(index_set_order(&cmd, dir, "descending", "SIZE"));
    assert_int_equal(dir->key, KEY_SIZE);
    assert_int_equal(dir->direction, DESCENDING);
    assert_non_null(index_set_order(&cmd, dir, "down", "Size"));
    assert_non_null(index_set_order(&cmd, dir, "Ascending", "Modified"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_are_known_in_any_case),
        cmocka_unit_test(none_stands_alone_and_without_sign),
        cmocka_unit_test(an_option_without_sign_voids_signed_ones_before_it),
        cmocka_unit_test(signed_options_change_the_outer_ones),
        cmocka_unit_test(widths_have_bounds),
        cmocka_unit_test(icon_sides_default_to_the_standard_icon),
        cmocka_unit_test(charset_and_type_need_a_value),
        cmocka_unit_test(the_first_rule_that_fits_wins),
        cmocka_unit_test(a_rule_holds_below_its_section_only),
        cmocka_unit_test(a_directorys_name_goes_before_the_directory_icon),
        cmocka_unit_test(descriptions_know_parts_of_names),
        cmocka_unit_test(ignoring_looks_at_the_last_part_of_the_pattern),
        cmocka_unit_test(an_icon_with_text_needs_its_parenthesis),
        cmocka_unit_test(orders_are_two_known_words),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
