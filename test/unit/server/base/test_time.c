/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/time.c"

#include <stdlib.h>

static void http_dates_are_those_of_rfc_9110(void **)
{
    char date[APR_RFC822_DATE_LEN];

    ap_recent_rfc822_date(date, apr_time_from_sec(784111777));
    assert_string_equal(date, "Sun, 06 Nov 1994 08:49:37 GMT");
    ap_recent_rfc822_date(date, 0);
    assert_string_equal(date, "Thu, 01 Jan 1970 00:00:00 GMT");
    ap_recent_rfc822_date(date, apr_time_from_sec(784111777) + 5);
    assert_string_equal(date, "Sun, 06 Nov 1994 08:49:37 GMT");
}

static void the_calendar_agrees_with_apr(void **)
{
    for (apr_int64_t s = -90LL * 365 * DAY; s < 200LL * 365 * DAY;
         s += 12345678 / 4) {
        apr_time_exp_t mine;
        apr_time_exp_t theirs;
        apr_time_t t = apr_time_from_sec(s);

        memset(&mine, 0, sizeof mine);
        memset(&theirs, 0, sizeof theirs);
        ap_explode_recent_gmt(&mine, t);
        apr_time_exp_gmt(&theirs, t);
        assert_memory_equal(&mine, &theirs, sizeof mine);
        memset(&mine, 0, sizeof mine);
        memset(&theirs, 0, sizeof theirs);
        ap_explode_recent_localtime(&mine, t);
        apr_time_exp_lt(&theirs, t);
        assert_memory_equal(&mine, &theirs, sizeof mine);
    }
}

static void local_time_follows_a_change_to_the_second(void **)
{
    apr_time_exp_t before;
    apr_time_exp_t after;

    /* 2024-03-10 07:00 UTC: New York goes from -5 to -4 hours. */
    ap_explode_recent_localtime(&before, apr_time_from_sec(1710053999));
    ap_explode_recent_localtime(&after, apr_time_from_sec(1710054000));
    assert_int_equal(before.tm_hour, 1);
    assert_int_equal(before.tm_gmtoff, -18000);
    assert_int_equal(after.tm_hour, 3);
    assert_int_equal(after.tm_isdst, 1);
}

static void ctime_has_options(void **)
{
    static const struct {
        int option;
        const char *text;
    } rows[] = {
        { AP_CTIME_OPTION_NONE, "Sat Sep 08 21:46:40 2001" },
        { AP_CTIME_OPTION_USEC, "Sat Sep 08 21:46:40.123456 2001" },
        { AP_CTIME_OPTION_MSEC, "Sat Sep 08 21:46:40.123 2001" },
        { AP_CTIME_OPTION_COMPACT, "2001-09-08 21:46:40" },
        { AP_CTIME_OPTION_COMPACT | AP_CTIME_OPTION_USEC
          | AP_CTIME_OPTION_GMTOFF, "2001-09-08 21:46:40.123456 -0400" },
        { AP_CTIME_OPTION_GMTOFF, "Sat Sep 08 21:46:40 2001 -0400" },
    };
    apr_time_t t = apr_time_from_sec(1000000000) + 123456;
    char text[64];

    for (size_t i = 0; i < ROWS(rows); i++) {
        int size = sizeof text;
        assert_int_equal(ap_recent_ctime_ex(text, t, rows[i].option, &size),
                         APR_SUCCESS);
        assert_string_equal(text, rows[i].text);
        assert_int_equal(size, strlen(text) + 1);
        assert_int_equal(ap_recent_ctime_ex(text, t, rows[i].option, &size),
                         APR_SUCCESS);
        size--;
        assert_int_equal(ap_recent_ctime_ex(text, t, rows[i].option, &size),
                         APR_ENOMEM);
        assert_int_equal(size, 0);
    }
    ap_recent_ctime(text, t);
    assert_string_equal(text, "Sat Sep 08 21:46:40 2001");
}

static void formats_know_both_zones(void **)
{
    apr_time_t t = apr_time_from_sec(1000000000);

    assert_string_equal(ap_ht_time(pool, t, "%H:%M %Z %z %%Z", 1),
                        "01:46 GMT +0000 %Z");
    assert_string_equal(ap_ht_time(pool, t, "%H:%M %Z %z", 0),
                        "21:46 EDT -0400");
    assert_string_equal(ap_ht_time(pool, t, "", 1), "");
    assert_string_equal(ap_ht_time(pool, t, "%", 1), "%");
}

static void span(const char *text, const char *unit, apr_int64_t usec)
{
    apr_interval_time_t t = -1;

    assert_int_equal(ap_timeout_parameter_parse(text, &t, unit), APR_SUCCESS);
    assert_int_equal(t, usec);
}

static void bad_span(const char *text, const char *unit)
{
    apr_interval_time_t t = -7;

    assert_int_not_equal(ap_timeout_parameter_parse(text, &t, unit),
                         APR_SUCCESS);
    assert_int_equal(t, -7);
}

static void time_spans_have_units(void **)
{
    span("5", "s", 5000000);
    span("5", "ms", 5000);
    span("5ms", "s", 5000);
    span("5mi", "s", 300000000);
    span("5min", "s", 300000000);
    span("5sec", "ms", 5000000);
    span("2h", "s", 7200000000);
    span("+1", "s", 1000000);
    span("", "s", 0);
    span("0", "h", 0);
}

static void bad_time_spans_are_refused(void **)
{
    bad_span("5m", "s");
    bad_span("5M", "s");
    bad_span("5S", "s");
    bad_span("5 s", "s");
    bad_span("5d", "s");
    bad_span("5", "");
    bad_span("-1", "s");
    bad_span("1.5", "s");
    bad_span("9223372036855", "s");
    bad_span("99999999999999999999", "s");
    span("9223372036854", "s", 9223372036854000000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(http_dates_are_those_of_rfc_9110),
        cmocka_unit_test(the_calendar_agrees_with_apr),
        cmocka_unit_test(local_time_follows_a_change_to_the_second),
        cmocka_unit_test(ctime_has_options),
        cmocka_unit_test(formats_know_both_zones),
        cmocka_unit_test(time_spans_have_units),
        cmocka_unit_test(bad_time_spans_are_refused),
    };
    setenv("TZ", "America/New_York", 1);
    tzset();
    return RUN(tests);
}
