/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "generators/autoindex/index_config.c"
#include "generators/autoindex/index_read.c"

module AP_MODULE_DECLARE_DATA autoindex_module;

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

static struct index_view view_for(const char *args, unsigned options)
{
    struct index_dir *dir = index_create_dir(pool, NULL);
    request_rec r = { .pool = pool,
                      .args = args ? apr_pstrdup(pool, args) : NULL };
    struct index_view view;

    dir->options = options;
    index_view_of(&r, dir, &view);
    return view;
}

static void a_query_chooses_key_order_and_format(void **)
{
    struct index_view view = view_for("C=S;O=D&F=2;V=1;P=*.c", 0);

    assert_int_equal(view.key, KEY_SIZE);
    assert_int_equal(view.direction, DESCENDING);
    assert_int_equal(view.options, INDEX_FANCY | INDEX_TABLE
                                   | INDEX_VERSION_SORT);
    assert_string_equal(view.pattern, "*.c");
    assert_string_equal(view.link_tail, ";F=2;V=1;P=*.c");
}

static void a_query_ends_at_the_first_unknown_word(void **)
{
    static const char *const rows[] = { "X=1;F=2", "C=X;F=2", "F=3;F=2",
        "C=NM;F=2", "f=2", ";F=2", "F", "F=", "", "P" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(view_for(rows[i], 0).options, 0);
    }
    assert_int_equal(view_for("F=1;X=Go", 0).options, INDEX_FANCY);
}

static void an_undecodable_pattern_lifts_the_filter(void **)
{
    assert_null(view_for("P=*.c;P=", 0).pattern);
    assert_null(view_for("P=%zz", 0).pattern);
    assert_string_equal(view_for("P=a%20b", 0).pattern, "a b");
}

static void ignore_client_means_it(void **)
{
    struct index_view view = view_for("C=S;F=2", INDEX_IGNORE_CLIENT);

    assert_int_equal(view.key, KEY_NAME);
    assert_int_equal(view.options, INDEX_IGNORE_CLIENT);
}

static struct index_view *by(enum index_key key, enum index_direction order,
                             unsigned options)
{
    static struct index_view view;

    view = (struct index_view){ .options = options, .key = key,
                                .direction = order };
    return &view;
}

static int compare(struct index_entry a, struct index_entry b,
                   struct index_view *view)
{
    const struct index_entry *pa = &a, *pb = &b;

    return compare_entries(&pa, &pb, view);
}

#define NAMED(text) (struct index_entry){ .name = (text) }

static void names_sort_by_bytes_or_without_case(void **)
{
    assert_true(compare(NAMED("B"), NAMED("a"), by('N', 'A', 0)) < 0);
    assert_true(compare(NAMED("B"), NAMED("a"),
                        by('N', 'A', INDEX_IGNORE_CASE)) > 0);
    assert_true(compare(NAMED("A"), NAMED("a"),
                        by('N', 'A', INDEX_IGNORE_CASE)) < 0);
    assert_true(compare(NAMED("B"), NAMED("a"), by('N', 'D', 0)) > 0);
}

static void version_sort_follows_the_numbers(void **)
{
    static const char *const rows[] = { "foo-1.7", "foo-1.7.2", "foo-1.7.12",
        "foo-1.8.2", "foo-1.8.2a", "foo-1.12" };
    static const char *const fractions[] = { "foo-1.001", "foo-1.002",
        "foo-1.030", "foo-1.04" };
    struct index_view *view = by('N', 'A', INDEX_VERSION_SORT);

    for (size_t i = 1; i < sizeof rows / sizeof *rows; i++) {
        assert_true(compare(NAMED(rows[i - 1]), NAMED(rows[i]), view) < 0);
    }
    for (size_t i = 1; i < sizeof fractions / sizeof *fractions; i++) {
        assert_true(compare(NAMED(fractions[i - 1]), NAMED(fractions[i]),
                            view) < 0);
    }
}

static void the_parent_comes_first_in_any_order(void **)
{
    struct index_entry parent = { .name = "/z/", .is_parent = true };

    assert_true(compare(parent, NAMED("a"), by('N', 'A', 0)) < 0);
    assert_true(compare(parent, NAMED("a"), by('S', 'D', 0)) < 0);
    assert_true(compare(NAMED("a"), parent, by('D', 'D', 0)) > 0);
}

static void folders_come_first_when_asked(void **)
{
    struct index_entry folder = { .name = "z/", .is_directory = true };

    assert_true(compare(folder, NAMED("a"), by('N', 'A', 0)) > 0);
    assert_true(compare(folder, NAMED("a"),
                        by('N', 'D', INDEX_FOLDERS_FIRST)) < 0);
}

static void equal_keys_sort_by_name(void **)
{
    struct index_entry a = { .name = "a", .size = 5, .modified = 9 };
    struct index_entry b = { .name = "b", .size = 5, .modified = 8 };

    assert_true(compare(a, b, by('S', 'A', 0)) < 0);
    assert_true(compare(a, b, by('S', 'D', 0)) > 0);
    assert_true(compare(a, b, by('M', 'A', 0)) > 0);
    assert_true(compare(a, b, by('D', 'A', 0)) < 0);
}

static void titles_are_one_line_up_to_the_next_tag(void **)
{
    assert_string_equal(title_in(pool, "x<TITLE>\r\n a\nb</title>"),
                        " a b");
    assert_string_equal(title_in(pool, "<title>open"), "open");
    assert_string_equal(title_in(pool, "<title></title>"), "");
    assert_null(title_in(pool, "<title lang=x>a</title>"));
    assert_null(title_in(pool, "<tit"));
    assert_null(title_in(pool, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_query_chooses_key_order_and_format),
        cmocka_unit_test(a_query_ends_at_the_first_unknown_word),
        cmocka_unit_test(an_undecodable_pattern_lifts_the_filter),
        cmocka_unit_test(ignore_client_means_it),
        cmocka_unit_test(names_sort_by_bytes_or_without_case),
        cmocka_unit_test(version_sort_follows_the_numbers),
        cmocka_unit_test(the_parent_comes_first_in_any_order),
        cmocka_unit_test(folders_come_first_when_asked),
        cmocka_unit_test(equal_keys_sort_by_name),
        cmocka_unit_test(titles_are_one_line_up_to_the_next_tag),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
