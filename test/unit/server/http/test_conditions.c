/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 9110 section 13.2.2 as a matrix: each row gives the four fields and the
 * answers to GET and to POST. */
#include "request_fixture.h"

#include "http/conditions.c"

#define ETAG "\"e\""
#define MTIME "Sun, 11 Jan 1970 13:00:00 GMT"   /* when the file changed */
#define OLD "Sun, 11 Jan 1970 12:00:00 GMT"
#define NEWER "Sun, 11 Jan 1970 13:10:00 GMT"   /* still in the past */
#define FUTURE "Sat, 01 Jan 2050 00:00:00 GMT"

static request_rec *request(int method)
{
    request_rec *r = fixture_request();

    r->method_number = method;
    r->mtime = apr_date_parse_http(MTIME);
    r->request_time = apr_date_parse_http("Sun, 11 Jan 1970 14:00:00 GMT");
    apr_table_setn(r->headers_out, "ETag", ETAG);
    apr_table_setn(r->headers_out, "Last-Modified", MTIME);
    return r;
}

static void set(request_rec *r, const char *name, const char *value)
{
    if (value) {
        apr_table_setn(r->headers_in, name, value);
    }
}

static const struct row {
    const char *if_match, *if_unmodified, *if_none, *if_modified;
    int get, post;
} matrix[] = {
    { NULL, NULL, NULL, NULL, 0, 0 },
    /* step 1: If-Match */
    { ETAG, NULL, NULL, NULL, 0, 0 },
    { "*", NULL, NULL, NULL, 0, 0 },
    { "\"x\", " ETAG, NULL, NULL, NULL, 0, 0 },
    { "\"x\"", NULL, NULL, NULL, 412, 412 },
    { "W/" ETAG, NULL, NULL, NULL, 412, 412 },
    { "\"x\"", NULL, ETAG, NULL, 412, 412 },
    { "\"x\"", NULL, NULL, MTIME, 412, 412 },
    /* step 2 counts only without If-Match */
    { ETAG, OLD, NULL, NULL, 0, 0 },
    { "\"x\"", MTIME, NULL, NULL, 412, 412 },
    { NULL, MTIME, NULL, NULL, 0, 0 },
    { NULL, NEWER, NULL, NULL, 0, 0 },
    { NULL, OLD, NULL, NULL, 412, 412 },
    { NULL, "junk", NULL, NULL, 0, 0 },
    { NULL, OLD, ETAG, NULL, 412, 412 },
    /* step 3: If-None-Match, by weak comparison */
    { NULL, NULL, ETAG, NULL, 304, 412 },
    { NULL, NULL, "W/" ETAG, NULL, 304, 412 },
    { NULL, NULL, "*", NULL, 304, 412 },
    { NULL, NULL, "\"x\", " ETAG, NULL, 304, 412 },
    { NULL, NULL, "\"x\"", NULL, 0, 0 },
    { ETAG, NULL, ETAG, NULL, 304, 412 },
    { NULL, MTIME, ETAG, NULL, 304, 412 },
    /* step 4 counts only without If-None-Match, for GET and HEAD */
    { NULL, NULL, ETAG, OLD, 304, 412 },
    { NULL, NULL, "\"x\"", MTIME, 0, 0 },
    { NULL, NULL, NULL, MTIME, 304, 0 },
    { NULL, NULL, NULL, NEWER, 304, 0 },
    { NULL, NULL, NULL, OLD, 0, 0 },
    { NULL, NULL, NULL, FUTURE, 0, 0 },
    { NULL, NULL, NULL, "junk", 0, 0 },
    { ETAG, NULL, NULL, MTIME, 304, 0 },
    { NULL, MTIME, NULL, MTIME, 304, 0 },
};

static int decide(const struct row *row, int method)
{
    request_rec *r = request(method);

    set(r, "If-Match", row->if_match);
    set(r, "If-Unmodified-Since", row->if_unmodified);
    set(r, "If-None-Match", row->if_none);
    set(r, "If-Modified-Since", row->if_modified);
    return ap_meets_conditions(r);
}

static void precedence_is_that_of_the_rfc(void **)
{
    for (size_t i = 0; i < sizeof matrix / sizeof *matrix; i++) {
        if (decide(&matrix[i], M_GET) != matrix[i].get
            || decide(&matrix[i], M_POST) != matrix[i].post) {
            fail_msg("row %u: GET %d, POST %d", (unsigned)i,
                     decide(&matrix[i], M_GET), decide(&matrix[i], M_POST));
        }
    }
}

static void a_failure_is_not_conditional(void **)
{
    request_rec *r = request(M_GET);

    set(r, "If-Match", "\"x\"");
    r->status = HTTP_NOT_FOUND;
    assert_int_equal(ap_meets_conditions(r), OK);
}

static void a_star_matches_without_a_tag(void **)
{
    request_rec *r = request(M_GET);

    apr_table_unset(r->headers_out, "ETag");
    set(r, "If-None-Match", "*");
    assert_int_equal(ap_meets_conditions(r), HTTP_NOT_MODIFIED);
}

static void a_young_date_is_weak(void **)
{
    request_rec *r = request(M_GET);

    set(r, "If-Modified-Since", MTIME);
    assert_int_equal(ap_condition_if_modified_since(r, r->headers_out),
                     AP_CONDITION_STRONG);
    r->request_time = r->mtime + apr_time_from_sec(59);
    assert_int_equal(ap_condition_if_modified_since(r, r->headers_out),
                     AP_CONDITION_WEAK);
}

static ap_condition_e if_range(request_rec *r, const char *value)
{
    set(r, "Range", "bytes=0-1");
    set(r, "If-Range", value);
    return ap_condition_if_range(r, r->headers_out);
}

static void if_range_wants_a_strong_match(void **)
{
    request_rec *r = request(M_GET);

    assert_int_equal(if_range(r, ETAG), AP_CONDITION_STRONG);
    assert_int_equal(if_range(r, "W/" ETAG), AP_CONDITION_NOMATCH);
    assert_int_equal(if_range(r, "\"x\""), AP_CONDITION_NOMATCH);
    assert_int_equal(if_range(r, MTIME), AP_CONDITION_STRONG);
    assert_int_equal(if_range(r, OLD), AP_CONDITION_NOMATCH);
    assert_int_equal(if_range(r, NEWER), AP_CONDITION_NOMATCH);
    assert_int_equal(if_range(r, "junk"), AP_CONDITION_NOMATCH);
    r->request_time = r->mtime + apr_time_from_sec(1);
    assert_int_equal(if_range(r, MTIME), AP_CONDITION_WEAK);
}

static void if_range_means_nothing_without_range(void **)
{
    request_rec *r = request(M_GET);

    set(r, "If-Range", "\"x\"");
    assert_int_equal(ap_condition_if_range(r, r->headers_out),
                     AP_CONDITION_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(precedence_is_that_of_the_rfc),
        A_TEST(a_failure_is_not_conditional),
        A_TEST(a_star_matches_without_a_tag),
        A_TEST(a_young_date_is_weak),
        A_TEST(if_range_wants_a_strong_match),
        A_TEST(if_range_means_nothing_without_range),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
