/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "generators/autoindex/index_config.c"
#include "generators/autoindex/index_html.c"

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

static void long_names_are_cut(void **)
{
    assert_string_equal(fit_name(pool, "short", 8), "short");
    assert_string_equal(fit_name(pool, "exactly8", 8), "exactly8");
    assert_string_equal(fit_name(pool, "much longer", 8), "much ..>");
    assert_string_equal(fit_name(pool, "much longer", 3), "..>");
    assert_string_equal(fit_name(pool, "much longer", 0), "..>");
}

static void descriptions_count_what_is_seen(void **)
{
    static const struct { const char *text; int width; const char *cut; }
    rows[] = {
        { "12345", 5, "12345" }, { "123456", 5, "1234>" },
        { "<b>12345</b>", 5, "<b>12345</b>" },
        { "<b>12345</b>6", 5, "<b>12345</b>" },
        { "&lt;&amp;345", 5, "&lt;&amp;345" },
        { "1234&lt;6", 5, "1234&lt>" }, { "", 5, "" }, { "1", 0, "" },
        { "12<b", 5, "12<b" }, { "12&am", 5, "12&am" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(cut_description(pool, rows[i].text,
                                            rows[i].width), rows[i].cut);
    }
}

static struct index_view view_with(unsigned options)
{
    return (struct index_view){ .dir = index_create_dir(pool, NULL),
                                .options = options };
}

static void descriptions_take_the_room_of_missing_columns(void **)
{
    struct index_view view = view_with(0);

    assert_int_equal(description_width_of(&view), 23);
    view = view_with(INDEX_NO_ICON | INDEX_NO_SIZE | INDEX_NO_DATE);
    assert_int_equal(description_width_of(&view), 55);
}

static void names_may_grow_their_column(void **)
{
    struct index_dir *dir = index_create_dir(pool, NULL);
    struct index_view view = { .dir = dir };
    struct index_entry entry = { .name = "a-name-of-more-than-23-bytes" };
    apr_array_header_t *entries = apr_array_make(pool, 1, sizeof(void *));

    APR_ARRAY_PUSH(entries, struct index_entry *) = &entry;
    assert_int_equal(name_width_of(&view, entries), 23);
    dir->name_width.kind = WIDTH_GROW;
    assert_int_equal(name_width_of(&view, entries), 28);
}

static void titles_lose_their_last_slash(void **)
{
    request_rec r = { .pool = pool };

    r.uri = (char *)"/a<b/";
    assert_string_equal(title_of(&r), "/a&lt;b");
    r.uri = (char *)"/";
    assert_string_equal(title_of(&r), "/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(descriptions_count_what_is_seen),
        cmocka_unit_test(descriptions_take_the_room_of_missing_columns),
        cmocka_unit_test(names_may_grow_their_column),
        cmocka_unit_test(titles_lose_their_last_slash),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
