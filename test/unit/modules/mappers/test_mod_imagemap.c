/* SPDX-License-Identifier: Apache-2.0 */
/* Areas and clicks, lines of a map, and relative values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mappers/mod_imagemap.c"

static apr_pool_t *pool;

static struct area area_of(const char *line)
{
    struct area area;

    assert_true(read_line(pool, line, &area));
    return area;
}

static bool hits(const char *line, double x, double y)
{
    struct area area = area_of(line);

    return is_hit(&area, (struct spot){ x, y });
}

static void a_rect_holds_its_border_whichever_corners_are_given(void **)
{
    assert_true(hits("rect a 10,10 20,20", 10, 10));
    assert_true(hits("rect a 10,10 20,20", 20, 20));
    assert_true(hits("rect a 20,10 10,20", 15, 15));
    assert_false(hits("rect a 10,10 20,20", 9, 10));
    assert_false(hits("rect a 10,10 20,20", 10, 21));
}

static void a_circle_goes_through_its_second_spot(void **)
{
    assert_true(hits("circle a 100,100 110,100", 100, 110));
    assert_true(hits("circle a 100,100 110,100", 107, 107));
    assert_false(hits("circle a 100,100 110,100", 108, 108));
}

static void a_polygon_may_be_hollow(void **)
{
    static const char arrow[] =
        "poly a 400,400 500,400 500,500 450,450 400,500";

    assert_true(hits(arrow, 450, 449));
    assert_true(hits(arrow, 410, 489));
    assert_false(hits(arrow, 450, 470));
    assert_false(hits(arrow, 410, 491));
    assert_false(hits(arrow, 399, 450));
    assert_false(hits(arrow, 501, 400));
}

static void a_polygon_holds_its_border(void **)
{
    static const char triangle[] = "POLY a 200,200 300,200 250,300";

    assert_true(hits(triangle, 200, 200));
    assert_true(hits(triangle, 250, 200));
    assert_true(hits(triangle, 250, 300));
    assert_true(hits(triangle, 225, 250));
    assert_false(hits(triangle, 224, 250));
    assert_false(hits(triangle, 150, 200));
}

static void areas_without_enough_spots_hold_nothing(void **)
{
    assert_false(hits("rect a 1,1", 1, 1));
    assert_false(hits("circle a 50,50", 50, 50));
    assert_false(hits("poly a", 0, 0));
    assert_false(hits("point a 1,1", 1, 1));
    assert_false(hits("bogus a 1,1 9,9", 5, 5));
}

static void text_stands_before_or_behind_the_spots(void **)
{
    static const struct {
        const char *line, *text;
        int count;
    } rows[] = {
        { "rect a 1,1 9,9", NULL, 2 },
        { "rect a \"t\" 1,1 9,9", "t", 2 },
        { "rect a \"t\"1,1 9,9", "t", 2 },
        { "rect a 1,1 9,9 \"t\"", "t", 2 },
        { "rect a 1,1 9,9\"t\"", "t", 2 },
        { "rect a 1,1 9,9 \"open", "open", 2 },
        { "rect a \"open 1,1 9,9", "open 1,1 9,9", 0 },
        { "rect a \"\" 1,1", "", 1 },
        { "rect a \" two  words \"", " two  words ", 0 },
        { "rect a x 1,1 \"t\"", NULL, 0 },
        { "rect\ta\t1, 1 9 9", NULL, 2 },
        { "rect a 1;1", NULL, 0 },
        { "rect a 1,", NULL, 0 },
        { "rect a 1,1,9,9", NULL, 1 },
        { "rect a 1.5,1.5 9.5,9.5", NULL, 2 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct area area = area_of(rows[i].line);

        assert_string_equal(area.value, "a");
        assert_int_equal(area.count, rows[i].count);
        if (rows[i].text == NULL) {
            assert_null(area.text);
        }
        else {
            assert_string_equal(area.text, rows[i].text);
        }
    }
}

static void a_line_needs_a_value(void **)
{
    struct area area;

    assert_false(read_line(pool, "rect", &area));
    assert_false(read_line(pool, "rect ", &area));
}

static void spots_beyond_the_hundredth_are_dropped(void **)
{
    const char *line = "poly a";

    for (int i = 0; i < 150; i++) {
        line = apr_pstrcat(pool, line, " 1,1", NULL);
    }
    assert_int_equal(area_of(line).count, MAX_CORNERS);
}

static void clicks_are_two_numbers_and_not_the_corner(void **)
{
    static const struct {
        const char *query;
        bool ok;
        double x, y;
    } rows[] = {
        { "15,20", true, 15, 20 }, { "x15,y20", true, 15, 20 },
        { "-1,-2", true, 1, 2 }, { "0.4,0", true, 0.4, 0 },
        { "15,20,25", true, 15, 20 }, { "0,15", true, 0, 15 },
        { "0,0", false, 0, 0 }, { "", false, 0, 0 }, { ",", false, 0, 0 },
        { ",5", false, 0, 0 }, { "5,", false, 0, 0 }, { "5", false, 0, 0 },
        { "a,5", false, 0, 0 }, { "nan,nan", false, 0, 0 },
    };
    struct spot click;

    assert_false(read_click(NULL, &click));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(read_click(rows[i].query, &click), rows[i].ok);
        if (rows[i].ok) {
            assert_true(click.x == rows[i].x && click.y == rows[i].y);
        }
    }
}

static void relative_values_climb_from_their_base(void **)
{
    static const struct {
        const char *base, *value, *url;
    } rows[] = {
        { "http://h/a/b/c/d", "x", "http://h/a/b/c/x" },
        { "http://h/a/b/c/d", "/x", "http://h/x" },
        { "http://h/a/b/c/d", "..", "http://h/a/b" },
        { "http://h/a/b/c/d", "../", "http://h/a/b/" },
        { "http://h/a/b/c/d", "../../x", "http://h/a/x" },
        { "http://h/a/b/c/d", "../../../x", "http://h/x" },
        { "http://h/a/b/c/d", "../..x", "http://h/a/b/..x" },
        { "http://h/a/b/c/d", "..//x", "http://h/a/b//x" },
        { "http://h/a/b/c/d", ".../x", "http://h/a/b/c/.../x" },
        { "http://h/", "../x", "http://h/x" },
        { "http://h", "/x", "http://h/x" },
        { "http://h", "x", "http://hx" },
        { "mailto:", "a@b", "mailto:a@b" },
        { "/p/q/r", "../x", "/p/x" },
        { "//h/p/q", "/t", "//h/t" },
        { "http://h/a", "ftp:x", "ftp:x" },
        { "http://h/a", "error", "error" },
        { "http://h/a", "NoContent", "NoContent" },
        { NULL, "x", "x" },
    };
    request_rec r = { .pool = pool, .uri = "/m.map" };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(resolve(&r, rows[i].base, rows[i].value),
                            rows[i].url);
    }
}

static int make_pool(void **)
{
    apr_initialize();
    return apr_pool_create(&pool, NULL);
}

static int drop_pool(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_rect_holds_its_border_whichever_corners_are_given),
        cmocka_unit_test(a_circle_goes_through_its_second_spot),
        cmocka_unit_test(a_polygon_may_be_hollow),
        cmocka_unit_test(a_polygon_holds_its_border),
        cmocka_unit_test(areas_without_enough_spots_hold_nothing),
        cmocka_unit_test(text_stands_before_or_behind_the_spots),
        cmocka_unit_test(a_line_needs_a_value),
        cmocka_unit_test(spots_beyond_the_hundredth_are_dropped),
        cmocka_unit_test(clicks_are_two_numbers_and_not_the_corner),
        cmocka_unit_test(relative_values_climb_from_their_base),
    };

    return cmocka_run_group_tests(tests, make_pool, drop_pool);
}
