/* SPDX-License-Identifier: Apache-2.0 */
#include "request_fixture.h"

#include "http/ranges.c"

/* The answer as text: "all", "416" or the ranges. */
static const char *parse_with(const char *field, apr_off_t length,
                              struct cl_range_limits limits)
{
    apr_array_header_t *ranges = NULL;
    const char *text = "";

    switch (cl_http_parse_ranges(fixture_pool, field, length, limits,
                                 &ranges)) {
    case CL_RANGE_IGNORE: return "all";
    case CL_RANGE_BEYOND: return "416";
    default: break;
    }
    for (int i = 0; i < ranges->nelts; i++) {
        struct cl_range *range = &APR_ARRAY_IDX(ranges, i, struct cl_range);

        text = apr_psprintf(fixture_pool, "%s%s%" APR_OFF_T_FMT "-%"
                            APR_OFF_T_FMT, text, i ? "," : "", range->first,
                            range->last);
    }
    return text;
}

static const char *parse(const char *field)
{
    struct cl_range_limits limits = { 200, 20, 20 };

    return parse_with(field, 50, limits);
}

static void one_range(void **)
{
    assert_string_equal(parse("bytes=0-0"), "0-0");
    assert_string_equal(parse("bytes=45-"), "45-49");
    assert_string_equal(parse("bytes=-5"), "45-49");
    assert_string_equal(parse("Bytes=0-1"), "0-1");
}

static void the_end_is_cut_to_the_length(void **)
{
    assert_string_equal(parse("bytes=0-100"), "0-49");
    assert_string_equal(parse("bytes=-100"), "0-49");
    assert_string_equal(parse("bytes=49-9223372036854775807"), "49-49");
}

static void ranges_beyond_the_end_are_left_out(void **)
{
    assert_string_equal(parse("bytes=50-"), "416");
    assert_string_equal(parse("bytes=60-70,80-90"), "416");
    assert_string_equal(parse("bytes=0-1,60-70"), "0-1");
    assert_string_equal(parse("bytes=60-,0-1,70-"), "0-1");
}

static void an_empty_body_has_no_ranges(void **)
{
    struct cl_range_limits limits = { 200, 20, 20 };

    assert_string_equal(parse_with("bytes=0-", 0, limits), "416");
    assert_string_equal(parse_with("bytes=-5", 0, limits), "416");
}

static void a_malformed_field_is_ignored_as_a_whole(void **)
{
    static const char *const bad[] = {
        "", "bytes", "bytes=", "bytes=,", "bytes=a-b",
        "bytes=3-1", "bytes=0-1,3-1", "bytes=-0", "bytes=-0,0-1",
        "bytes=0 -1", "bytes =0-1",
        "bytes=--1", "bytes=1", "bytes=+1-2", "bytes=0-1-2", "bytes=-",
        "bytes=0-1;3-4", "chars=0-1", "bytes:0-1",
        "bytes=99999999999999999999-", "bytes=0-99999999999999999999",
        "bytes=9223372036854775808-",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (strcmp(parse(bad[i]), "all") != 0) {
            fail_msg("\"%s\" gave %s", bad[i], parse(bad[i]));
        }
    }
}

static void a_comma_at_the_end_is_forgiven(void **)
{
    assert_string_equal(parse("bytes=0-1,"), "0-1");
}

static void ranges_that_touch_become_one(void **)
{
    assert_string_equal(parse("bytes=0-1,1-4"), "0-4");
    assert_string_equal(parse("bytes=0-1,2-4"), "0-4");
    assert_string_equal(parse("bytes=0-4,2-3"), "0-4");
    assert_string_equal(parse("bytes=10-20,5-9"), "5-20");
    assert_string_equal(parse("bytes=0-5,2-8,3-"), "0-49");
    assert_string_equal(parse("bytes=0-0,0-0,0-0"), "0-0");
}

static void ranges_apart_keep_their_order(void **)
{
    assert_string_equal(parse("bytes=5-6,0-1"), "5-6,0-1");
    assert_string_equal(parse("bytes=0-1,3-4"), "0-1,3-4");
    assert_string_equal(parse("bytes=10-20,5-9,1-3"), "5-20,1-3");
}

static void too_many_ranges_get_everything(void **)
{
    struct cl_range_limits two = { 2, 20, 20 }, none = { 0, 20, 20 };

    assert_string_equal(parse_with("bytes=0-0,2-2", 50, two), "0-0,2-2");
    assert_string_equal(parse_with("bytes=0-0,2-2,4-4", 50, two), "all");
    assert_string_equal(parse_with("bytes=0-0", 50, none), "all");
}

static void too_many_overlaps_get_everything(void **)
{
    struct cl_range_limits one = { 200, 1, 20 };

    assert_string_equal(parse_with("bytes=10-20,15-25", 50, one), "10-25");
    assert_string_equal(parse_with("bytes=10-20,15-25,17-40", 50, one), "all");
    assert_string_equal(parse_with("bytes=10-20,21-30,31-40", 50, one), "all");
    assert_string_equal(parse_with("bytes=10-20,12-15,40-50,45-60", 50, one),
                        "all");
}

static void only_joined_ranges_count_as_reversals(void **)
{
    struct cl_range_limits none = { 200, 20, 0 };

    assert_string_equal(parse_with("bytes=30-31,10-11,0-1", 50, none),
                        "30-31,10-11,0-1");
    assert_string_equal(parse_with("bytes=10-20,5-15", 50, none), "all");
    assert_string_equal(parse_with("bytes=10-20,15-25", 50, none), "10-25");
}

static void limits_come_from_the_directives(void **)
{
    request_rec *r = fixture_request();
    command_rec rec = { .name = "MaxRanges" };
    cmd_parms cmd = { .pool = fixture_pool, .cmd = &rec };
    struct cl_range_limits limits;

    cl_http_range_limits(r, &limits);
    assert_int_equal(limits.ranges, 200);
    assert_int_equal(limits.overlaps, 20);
    assert_int_equal(limits.reversals, 20);
    assert_null(cl_set_max_ranges(&cmd, fixture_dir(r), "none"));
    assert_null(cl_set_max_range_overlaps(&cmd, fixture_dir(r), "unlimited"));
    assert_null(cl_set_max_range_reversals(&cmd, fixture_dir(r), "7"));
    cl_http_range_limits(r, &limits);
    assert_int_equal(limits.ranges, 0);
    assert_int_equal(limits.overlaps, INT_MAX);
    assert_int_equal(limits.reversals, 7);
    assert_non_null(cl_set_max_ranges(&cmd, fixture_dir(r), "few"));
    assert_non_null(cl_set_max_ranges(&cmd, fixture_dir(r), "0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(one_range),
        A_TEST(the_end_is_cut_to_the_length),
        A_TEST(ranges_beyond_the_end_are_left_out),
        A_TEST(an_empty_body_has_no_ranges),
        A_TEST(a_malformed_field_is_ignored_as_a_whole),
        A_TEST(a_comma_at_the_end_is_forgiven),
        A_TEST(ranges_that_touch_become_one),
        A_TEST(ranges_apart_keep_their_order),
        A_TEST(too_many_ranges_get_everything),
        A_TEST(too_many_overlaps_get_everything),
        A_TEST(only_joined_ranges_count_as_reversals),
        A_TEST(limits_come_from_the_directives),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
