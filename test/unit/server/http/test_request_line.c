/* SPDX-License-Identifier: Apache-2.0 */
#include "http/request_line.c"

#include "reader_fixture.h"

#include <cmocka.h>

static struct cl_request_line scan(const char *text, enum cl_strictness how)
{
    struct cl_request_line line;

    cl_http_scan_request_line(text, text + strlen(text), how, &line);
    return line;
}

static const struct {
    const char *text;
    enum cl_line_fault strict, unsafe;
} lines[] = {
    { "GET / HTTP/1.1", CL_LINE_OK, CL_LINE_OK },
    { "GET /", CL_LINE_OK, CL_LINE_OK },
    { "GET /\xff\"<> HTTP/1.0", CL_LINE_OK, CL_LINE_OK },
    { "GET / HTTP/2.0", CL_LINE_OK, CL_LINE_OK },
    { " GET / HTTP/1.1", CL_LINE_LEADING_SPACE, CL_LINE_LEADING_SPACE },
    { "GET\t/ HTTP/1.1", CL_LINE_LEADING_SPACE, CL_LINE_LEADING_SPACE },
    { "GET\v/ HTTP/1.1", CL_LINE_LEADING_SPACE, CL_LINE_LEADING_SPACE },
    { "GET  / HTTP/1.1", CL_LINE_EXTRA_SPACE, CL_LINE_OK },
    { "GET / HTTP/1.1 ", CL_LINE_EXTRA_SPACE, CL_LINE_OK },
    { "GET / ", CL_LINE_EXTRA_SPACE, CL_LINE_OK },
    { "GET", CL_LINE_NO_TARGET, CL_LINE_NO_TARGET },
    { "", CL_LINE_BAD_METHOD, CL_LINE_BAD_METHOD },
    { "G@T( / HTTP/1.1", CL_LINE_BAD_METHOD, CL_LINE_OK },
    { "G\x01T / HTTP/1.1", CL_LINE_BAD_METHOD, CL_LINE_BAD_METHOD },
    { "GET /\x01 HTTP/1.1", CL_LINE_BAD_TARGET, CL_LINE_BAD_TARGET },
    { "GET /\x7f HTTP/1.1", CL_LINE_BAD_TARGET, CL_LINE_BAD_TARGET },
    { "GET /\r HTTP/1.1", CL_LINE_BAD_TARGET, CL_LINE_BAD_TARGET },
    { "GET /a b HTTP/1.1", CL_LINE_EXTRA_WORD, CL_LINE_EXTRA_WORD },
    { "GET / HTTP/1.1 x", CL_LINE_EXTRA_WORD, CL_LINE_EXTRA_WORD },
    { "GET / http/1.1", CL_LINE_BAD_VERSION, CL_LINE_OK },
    { "GET / HTTP/1", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/1.10", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/01.1", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/0.9", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/1.a", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/1.1\r", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / HTTP/1,1", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION },
    { "GET / FTP/1.1", CL_LINE_BAD_VERSION, CL_LINE_BAD_VERSION }
};

static void each_line_has_its_fault(void **)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (scan(lines[i].text, CL_STRICT).fault != lines[i].strict
            || scan(lines[i].text, CL_UNSAFE).fault != lines[i].unsafe) {
            fail_msg("\"%s\": %d and %d", lines[i].text,
                     scan(lines[i].text, CL_STRICT).fault,
                     scan(lines[i].text, CL_UNSAFE).fault);
        }
    }
}

static void the_scan_names_its_words(void **)
{
    struct cl_request_line l = scan("POST /a?b HTTP/1.0", CL_STRICT);

    assert_int_equal(l.method.at, 0);
    assert_int_equal(l.method.len, 4);
    assert_int_equal(l.target.at, 5);
    assert_int_equal(l.target.len, 4);
    assert_int_equal(l.version.at, 10);
    assert_int_equal(l.proto_num, HTTP_VERSION(1, 0));
    assert_int_equal(scan("GET /", CL_STRICT).proto_num, 9);
}

static struct reader *t;

/* Parse and return the status; t holds the request until the next call. */
static int parse(const char *text)
{
    char conformance = t ? t->conf.http_conformance : 0;
    char methods = t ? t->conf.http_methods : 0;
    char simple = t ? t->conf.http09_enable : 0;

    if (t) {
        reader_free(t);
    }
    t = reader_make();
    t->conf.http_conformance = conformance;
    t->conf.http_methods = methods;
    t->conf.http09_enable = simple;
    t->r.the_request = apr_pstrdup(t->pool, text);
    return ap_parse_request_line(&t->r) ? OK : t->r.status;
}

static void a_path_target_fills_the_request(void **)
{
    assert_int_equal(parse("HEAD /a/b?c=d HTTP/1.1"), OK);
    assert_string_equal(t->r.method, "HEAD");
    assert_int_equal(t->r.method_number, M_GET);
    assert_true(t->r.header_only);
    assert_string_equal(t->r.unparsed_uri, "/a/b?c=d");
    assert_string_equal(t->r.uri, "/a/b");
    assert_string_equal(t->r.args, "c=d");
    assert_string_equal(t->r.parsed_uri.path, "/a/b");
    assert_string_equal(t->r.protocol, "HTTP/1.1");
    assert_string_equal(t->r.the_request, "HEAD /a/b?c=d HTTP/1.1");
    assert_null(t->r.parsed_uri.hostname);
}

static void two_leading_slashes_are_no_authority(void **)
{
    assert_int_equal(parse("GET //evil/x HTTP/1.1"), OK);
    assert_string_equal(t->r.uri, "//evil/x");
    assert_null(t->r.parsed_uri.hostname);
}

static void an_absolute_target_names_the_host(void **)
{
    assert_int_equal(parse("GET http://h:81/p?q HTTP/1.1"), OK);
    assert_string_equal(t->r.parsed_uri.hostname, "h");
    assert_int_equal(t->r.parsed_uri.port, 81);
    assert_string_equal(t->r.uri, "/p");
    assert_int_equal(parse("GET http://h HTTP/1.1"), OK);
    assert_string_equal(t->r.uri, "/");
    assert_int_equal(parse("GET http:///p HTTP/1.1"), 400);
    assert_int_equal(parse("GET http://h:99999/ HTTP/1.1"), 400);
    assert_int_equal(parse("GET http://u:p@h/ HTTP/1.1"), 400);
}

static void each_method_has_its_forms_of_target(void **)
{
    assert_int_equal(parse("CONNECT h:443 HTTP/1.1"), OK);
    assert_string_equal(t->r.parsed_uri.hostname, "h");
    assert_int_equal(parse("CONNECT h HTTP/1.1"), 400);
    assert_int_equal(parse("CONNECT / HTTP/1.1"), 400);
    assert_int_equal(parse("OPTIONS * HTTP/1.1"), OK);
    assert_string_equal(t->r.uri, "*");
    assert_int_equal(parse("GET * HTTP/1.1"), 400);
    assert_int_equal(parse("OPTIONS ** HTTP/1.1"), 400);
    assert_int_equal(parse("GET foo HTTP/1.1"), 400);
    assert_int_equal(parse("GET ?foo HTTP/1.1"), 400);
}

static void a_fragment_is_for_clients(void **)
{
    assert_int_equal(parse("GET /a?b#c HTTP/1.1"), 400);
    t->conf.http_conformance = AP_HTTP_CONFORMANCE_UNSAFE;
    assert_int_equal(parse("GET /a?b#c HTTP/1.1"), OK);
    assert_string_equal(t->r.args, "b");
    t->conf.http_conformance = AP_HTTP_CONFORMANCE_UNSET;
}

static void a_simple_request_is_a_get_and_may_be_forbidden(void **)
{
    assert_int_equal(parse("GET /"), OK);
    assert_true(t->r.assbackwards);
    assert_int_equal(t->r.proto_num, 9);
    assert_int_equal(parse("POST /"), 400);
    assert_false(t->r.assbackwards);
    assert_int_equal(parse("HEAD /"), 400);
    t->conf.http09_enable = AP_HTTP09_DISABLE;
    assert_int_equal(parse("GET /"), 400);
    assert_false(t->r.assbackwards);
    t->conf.http09_enable = AP_HTTP09_UNSET;
}

static void unknown_methods_are_served_unless_registered_ones_are_wanted(
    void **)
{
    assert_int_equal(parse("FOO / HTTP/1.1"), OK);
    assert_string_equal(t->r.method, "FOO");
    assert_int_equal(t->r.method_number, M_INVALID);
    assert_int_equal(parse("get / HTTP/1.1"), OK);
    assert_int_equal(t->r.method_number, M_INVALID);
    t->conf.http_methods = AP_HTTP_METHODS_REGISTERED;
    assert_int_equal(parse("FOO / HTTP/1.1"), 501);
    assert_int_equal(parse("GET / HTTP/1.1"), OK);
    t->conf.http_methods = AP_HTTP_METHODS_UNSET;
}

static void a_later_version_parses_as_http2_uses_this_too(void **)
{
    assert_int_equal(parse("GET / HTTP/2.0"), OK);
    assert_int_equal(t->r.proto_num, HTTP_VERSION(2, 0));
    assert_string_equal(t->r.protocol, "HTTP/2.0");
}

static void a_refused_line_still_shows_method_and_target(void **)
{
    assert_int_equal(parse("GET /x HTTP/9"), 400);
    assert_string_equal(t->r.method, "GET");
    assert_string_equal(t->r.uri, "/x");
    assert_string_equal(t->r.protocol, "HTTP/1.0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_has_its_fault),
        cmocka_unit_test(the_scan_names_its_words),
        cmocka_unit_test(a_path_target_fills_the_request),
        cmocka_unit_test(two_leading_slashes_are_no_authority),
        cmocka_unit_test(an_absolute_target_names_the_host),
        cmocka_unit_test(each_method_has_its_forms_of_target),
        cmocka_unit_test(a_fragment_is_for_clients),
        cmocka_unit_test(a_simple_request_is_a_get_and_may_be_forbidden),
        cmocka_unit_test(
            unknown_methods_are_served_unless_registered_ones_are_wanted),
        cmocka_unit_test(a_later_version_parses_as_http2_uses_this_too),
        cmocka_unit_test(a_refused_line_still_shows_method_and_target)
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
