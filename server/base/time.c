/* SPDX-License-Identifier: Apache-2.0 */
/* time.c -- dates for headers and logs, and time spans in directives.
 *
 * Dates are asked for several times per request, nearly always for the same
 * second.  Each thread remembers the last ones as text, and the offset of
 * local time per quarter of an hour (no zone has changed between quarters
 * since 2000): no lock, no call into the C library's guarded time code.
 */
#include "util_time.h"

#include "base/base.h"

#include <apr_strings.h>

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/* ---- calendar ---- */

#define DAY 86400
#define QUARTER_HOUR 900
#define YEAR_2000 946684800

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Day, month and year of a day since 1970: count from 1 March of a year
 * divisible by 400, so that the leap day is the last of its cycle. */
static void set_date(apr_time_exp_t *tm, int64_t day)
{
    static const short days_before_month[] = {
        0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334
    };
    int64_t since = day + 719468;               /* 0000-03-01 */
    int64_t cycle = floor_divide(since, 146097);        /* of 400 years */
    int in_cycle = (int)(since - cycle * 146097);
    int year = (in_cycle - in_cycle / 1460 + in_cycle / 36524
                - in_cycle / 146096) / 365;
    int in_year = in_cycle - (365 * year + year / 4 - year / 100);
    int month = (5 * in_year + 2) / 153;        /* 0 is March */

    tm->tm_mday = in_year - (153 * month + 2) / 5 + 1;
    tm->tm_mon = month < 10 ? month + 2 : month - 10;
    int full_year = (int)(cycle * 400) + year + (tm->tm_mon < 2);
    bool is_leap = full_year % 4 == 0
        && (full_year % 100 != 0 || full_year % 400 == 0);
    tm->tm_year = full_year - 1900;
    tm->tm_yday = days_before_month[tm->tm_mon] + tm->tm_mday - 1
        + (is_leap && tm->tm_mon > 1);
    tm->tm_wday = (int)((day + 4) - 7 * floor_divide(day + 4, 7));
}

static void explode(apr_time_exp_t *tm, int64_t seconds, apr_time_t t)
{
    int64_t day = floor_divide(seconds, DAY);
    int rest = (int)(seconds - day * DAY);

    set_date(tm, day);
    tm->tm_hour = rest / 3600;
    tm->tm_min = rest / 60 % 60;
    tm->tm_sec = rest % 60;
    tm->tm_usec = (apr_int32_t)(t % APR_USEC_PER_SEC);
}

AP_DECLARE(apr_status_t) ap_explode_recent_gmt(apr_time_exp_t *tm,
                                               apr_time_t t)
{
    explode(tm, t / APR_USEC_PER_SEC, t);
    tm->tm_isdst = 0;
    tm->tm_gmtoff = 0;
    return APR_SUCCESS;
}

/* ---- local time ---- */

struct zone {
    int64_t quarter;            /* since 1970; the answer holds for this */
    int offset;                 /* seconds east of Greenwich */
    int is_dst;
};

static struct zone zone_at(int64_t seconds)
{
    struct tm tm = { 0 };
    time_t when = (time_t)seconds;

    localtime_r(&when, &tm);
    return (struct zone){
        .quarter = floor_divide(seconds, QUARTER_HOUR),
        .offset = (int)tm.tm_gmtoff,
        .is_dst = tm.tm_isdst
    };
}

AP_DECLARE(apr_status_t) ap_explode_recent_localtime(apr_time_exp_t *tm,
                                                     apr_time_t t)
{
    static _Thread_local struct zone known;
    int64_t seconds = t / APR_USEC_PER_SEC;
    struct zone zone = known;

    if (seconds < YEAR_2000
        || zone.quarter != floor_divide(seconds, QUARTER_HOUR)) {
        zone = zone_at(seconds);
        known = zone;
    }
    explode(tm, seconds + zone.offset, t);
    tm->tm_isdst = zone.is_dst;
    tm->tm_gmtoff = zone.offset;
    return APR_SUCCESS;
}

/* ---- text ---- */

static char *put_2(char *out, int n)
{
    *out++ = (char)('0' + n / 10 % 10);
    *out++ = (char)('0' + n % 10);
    return out;
}

static char *put_2_and(char *out, int n, char after)
{
    out = put_2(out, n);
    *out++ = after;
    return out;
}

static char *put_year(char *out, int tm_year)
{
    int year = tm_year + 1900;

    return put_2(put_2(out, year / 100), year % 100);
}

static char *put_3(char *out, const char *name)
{
    return (char *)memcpy(out, name, 3) + 3;
}

static char *put_clock(char *out, const apr_time_exp_t *tm)
{
    out = put_2_and(out, tm->tm_hour, ':');
    out = put_2_and(out, tm->tm_min, ':');
    return put_2(out, tm->tm_sec);
}

/* The last dates this thread has made; the second chooses the place. */
#define REMEMBERED 4

struct remembered {
    int64_t second;
    bool is_set;
    char text[APR_RFC822_DATE_LEN];
};

static struct remembered *place_of(struct remembered *places, int64_t second)
{
    return &places[(uint64_t)second % REMEMBERED];
}

/* RFC 9110 section 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT */
static void put_http_date(char *out, apr_time_t t)
{
    apr_time_exp_t tm;

    ap_explode_recent_gmt(&tm, t);
    out = put_3(out, apr_day_snames[tm.tm_wday]);
    *out++ = ',';
    *out++ = ' ';
    out = put_2_and(out, tm.tm_mday, ' ');
    out = put_3(out, apr_month_snames[tm.tm_mon]);
    *out++ = ' ';
    out = put_year(out, tm.tm_year);
    *out++ = ' ';
    out = put_clock(out, &tm);
    memcpy(out, " GMT", sizeof " GMT");
}

AP_DECLARE(apr_status_t) ap_recent_rfc822_date(char *date_str, apr_time_t t)
{
    static _Thread_local struct remembered places[REMEMBERED];
    int64_t second = t / APR_USEC_PER_SEC;
    struct remembered *place = place_of(places, second);

    if (!place->is_set || place->second != second) {
        put_http_date(place->text, t);
        place->second = second;
        place->is_set = true;
    }
    memcpy(date_str, place->text, APR_RFC822_DATE_LEN);
    return APR_SUCCESS;
}

/* How many bytes after the second: 6, 3 or none. */
static int fraction_digits(int option)
{
    if (option & AP_CTIME_OPTION_USEC) {
        return 6;
    }
    return option & AP_CTIME_OPTION_MSEC ? 3 : 0;
}

static int ctime_size(int option)
{
    int size = option & AP_CTIME_OPTION_COMPACT
        ? (int)sizeof "2001-09-08 21:46:40" : APR_CTIME_LEN;
    int digits = fraction_digits(option);

    size += digits ? digits + 1 : 0;
    return size + (option & AP_CTIME_OPTION_GMTOFF ? 6 : 0);
}

static char *put_fraction(char *out, int usec, int digits)
{
    int unit = 100000;

    *out++ = '.';
    usec = usec < 0 ? -usec : usec;
    for (; digits > 0; digits--, unit /= 10) {
        *out++ = (char)('0' + usec / unit % 10);
    }
    return out;
}

static char *put_offset(char *out, int offset)
{
    *out++ = ' ';
    *out++ = offset < 0 ? '-' : '+';
    offset = offset < 0 ? -offset : offset;
    return put_2(put_2(out, offset / 3600), offset / 60 % 60);
}

static void put_ctime(char *out, apr_time_t t, int option)
{
    apr_time_exp_t tm;
    int digits = fraction_digits(option);

    ap_explode_recent_localtime(&tm, t);
    if (option & AP_CTIME_OPTION_COMPACT) {
        out = put_year(out, tm.tm_year);
        *out++ = '-';
        out = put_2_and(out, tm.tm_mon + 1, '-');
        out = put_2_and(out, tm.tm_mday, ' ');
    }
    else {
        out = put_3(out, apr_day_snames[tm.tm_wday]);
        *out++ = ' ';
        out = put_3(out, apr_month_snames[tm.tm_mon]);
        *out++ = ' ';
        out = put_2_and(out, tm.tm_mday, ' ');
    }
    out = put_clock(out, &tm);
    if (digits) {
        out = put_fraction(out, tm.tm_usec, digits);
    }
    if (!(option & AP_CTIME_OPTION_COMPACT)) {
        *out++ = ' ';
        out = put_year(out, tm.tm_year);
    }
    if (option & AP_CTIME_OPTION_GMTOFF) {
        out = put_offset(out, tm.tm_gmtoff);
    }
    *out = '\0';
}

/* LEN: the size of DATE_STR; on return what was used, NUL included, or 0
 * when it is too small. */
AP_DECLARE(apr_status_t) ap_recent_ctime_ex(char *date_str, apr_time_t t,
                                            int option, int *len)
{
    int size = ctime_size(option);

    if (!len) {
        return APR_ENOMEM;
    }
    if (*len < size) {
        *len = 0;
        return APR_ENOMEM;
    }
    put_ctime(date_str, t, option);
    *len = size;
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_recent_ctime(char *date_str, apr_time_t t)
{
    put_ctime(date_str, t, AP_CTIME_OPTION_NONE);
    return APR_SUCCESS;
}

/* strftime calls the zone of a gmt time what it finds in struct tm; say GMT
 * and +0000 ourselves. */
static const char *name_gmt(apr_pool_t *p, const char *format)
{
    char *copy = apr_palloc(p, 3 * strlen(format) + 1);
    char *out = copy;

    for (; *format; format++) {
        if (*format != '%' || !format[1]) {
            *out++ = *format;
            continue;
        }
        format++;
        if (*format == 'Z') {
            out = put_3(out, "GMT");
        }
        else if (*format == 'z') {
            out = (char *)memcpy(out, "+0000", 5) + 5;
        }
        else {
            *out++ = '%';
            *out++ = *format;
        }
    }
    *out = '\0';
    return copy;
}

AP_DECLARE(char *) ap_ht_time(apr_pool_t *p, apr_time_t t, const char *fmt,
                              int gmt)
{
    char text[MAX_STRING_LEN];
    apr_size_t length = 0;
    apr_time_exp_t tm;

    if (gmt) {
        apr_time_exp_gmt(&tm, t);
        fmt = name_gmt(p, fmt);
    }
    else {
        ap_explode_recent_localtime(&tm, t);
    }
    text[0] = '\0';
    apr_strftime(text, &length, sizeof text, fmt, &tm);
    return apr_pstrmemdup(p, text, length);
}

/* ---- time spans ---- */

static const struct {
    const char *prefix;         /* what follows it is ignored: "sec", "min" */
    apr_interval_time_t usec;
} units[] = {
    { "s", APR_USEC_PER_SEC },
    { "ms", 1000 },
    { "mi", 60 * APR_USEC_PER_SEC },
    { "h", 3600 * APR_USEC_PER_SEC },
};

static apr_interval_time_t unit_called(const char *name)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strncmp(name, units[i].prefix, strlen(units[i].prefix)) == 0) {
            return units[i].usec;
        }
    }
    return 0;
}

AP_DECLARE(apr_status_t) ap_timeout_parameter_parse(
    const char *timeout_parameter, apr_interval_time_t *timeout,
    const char *default_time_unit)
{
    char *end;

    errno = 0;
    apr_int64_t number = apr_strtoi64(timeout_parameter, &end, 10);
    if (errno) {
        return errno;
    }
    apr_interval_time_t unit = unit_called(*end ? end : default_time_unit);
    if (!unit || number < 0 || number > INT64_MAX / unit) {
        return APR_EGENERAL;
    }
    *timeout = number * unit;
    return APR_SUCCESS;
}
