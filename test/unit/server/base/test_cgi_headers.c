/* SPDX-License-Identifier: Apache-2.0 */
/* What scripts send as headers, well formed or not. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/cgi_headers.c"

#include <apr_general.h>

static apr_pool_t *pool;
static apr_bucket_alloc_t *buckets;
static request_rec *r;
static const char *rest;
static int rest_index;

static int set_up(void **)
{
    server_rec *server = apr_pcalloc(pool, sizeof *server);
    conn_rec *c = apr_pcalloc(pool, sizeof *c);

    server->log.level = APLOG_ERR;
    c->base_server = server;
    c->pool = pool;
    c->bucket_alloc = buckets;
    r = apr_pcalloc(pool, sizeof *r);
    r->pool = pool;
    r->server = server;
    r->connection = c;
    r->status = HTTP_OK;
    r->method = "GET";
    r->filename = "/srv/cgi/script";
    r->headers_in = apr_table_make(pool, 4);
    r->headers_out = apr_table_make(pool, 4);
    r->err_headers_out = apr_table_make(pool, 4);
    r->notes = apr_table_make(pool, 4);
    r->subprocess_env = apr_table_make(pool, 4);
    return 0;
}

static int scan(const char *text)
{
    return ap_scan_script_header_err_strs(r, NULL, &rest, &rest_index, text,
                                          NULL);
}

static void the_body_starts_after_the_empty_line(void **)
{
    assert_int_equal(scan("A: b\r\n\r\nbody"), OK);
    assert_string_equal(rest, "body");
    assert_string_equal(apr_table_get(r->err_headers_out, "A"), "b");
}

static void a_section_may_span_strings(void **)
{
    assert_int_equal(ap_scan_script_header_err_strs(r, NULL, &rest,
                         &rest_index, "A: ", "b\nC: d\n", "\nx", NULL), OK);
    assert_string_equal(apr_table_get(r->err_headers_out, "A"), "b");
    assert_string_equal(apr_table_get(r->err_headers_out, "C"), "d");
    assert_string_equal(rest, "x");
    assert_int_equal(rest_index, 2);
}

static void the_status_is_kept_with_its_reason(void **)
{
    assert_int_equal(scan("Status: 404 Not here\n\n"), OK);
    assert_int_equal(r->status, 404);
    assert_string_equal(r->status_line, "404 Not here");
}

static void a_line_without_colon_is_refused(void **)
{
    assert_int_equal(scan("A: b\nwrong\n\n"), HTTP_INTERNAL_SERVER_ERROR);
    assert_non_null(apr_table_get(r->notes, "error-notes"));
}

static void an_end_before_the_empty_line_is_refused(void **)
{
    assert_int_equal(scan("A: b\n"), HTTP_INTERNAL_SERVER_ERROR);
    assert_int_equal(scan(""), HTTP_INTERNAL_SERVER_ERROR);
}

static void control_characters_are_dropped_but_tabs(void **)
{
    assert_int_equal(scan("A: b\x01\x7f\tc\n\n"), OK);
    assert_string_equal(apr_table_get(r->err_headers_out, "A"), "b\tc");
}

static int count_cookie(void *count, const char *, const char *)
{
    ++*(int *)count;
    return 1;
}

static void cookies_are_never_merged(void **)
{
    int count = 0;

    assert_int_equal(scan("Set-Cookie: a=1\nset-cookie: b=2\n\n"), OK);
    apr_table_do(count_cookie, &count, r->err_headers_out, "Set-Cookie", NULL);
    assert_int_equal(count, 2);
}

static void other_repeated_fields_are_merged(void **)
{
    assert_int_equal(scan("X: a\nX: b\n\n"), OK);
    assert_string_equal(apr_table_get(r->err_headers_out, "X"), "a, b");
}

static void the_rest_of_an_overlong_line_is_no_field(void **)
{
    char *text = apr_pcalloc(pool, 9100);

    memset(text, 'x', 9000);
    memcpy(text, "A: ", 3);
    memcpy(text + LINE_SIZE - 2, "Status: 204\n\n", 14);
    assert_int_equal(scan(text), HTTP_INTERNAL_SERVER_ERROR);
    assert_int_equal(r->status, HTTP_OK);
}

static void a_bad_date_is_ignored(void **)
{
    assert_int_equal(scan("Last-Modified: yesterday\n\n"), OK);
    assert_null(apr_table_get(r->headers_out, "Last-Modified"));
}

static void a_brigade_keeps_the_body(void **)
{
    apr_bucket_brigade *bb = apr_brigade_create(pool, buckets);
    char body[32];
    apr_size_t length = sizeof body;

    apr_brigade_puts(bb, NULL, NULL, "Location: /x\r\nETag: \"y");
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_flush_create(buckets));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_immortal_create("\"\r\n\r\nbo", 7,
                                                           buckets));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_immortal_create("dy", 2, buckets));
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(buckets));
    assert_int_equal(ap_scan_script_header_err_brigade(r, bb, NULL), OK);
    assert_string_equal(apr_table_get(r->headers_out, "ETag"), "\"y\"");
    apr_brigade_flatten(bb, body, &length);
    assert_int_equal(length, 4);
    assert_memory_equal(body, "body", 4);
}

static void a_brigade_that_ends_early_is_refused(void **)
{
    apr_bucket_brigade *bb = apr_brigade_create(pool, buckets);

    apr_brigade_puts(bb, NULL, NULL, "A: b\n");
    APR_BRIGADE_INSERT_TAIL(bb, apr_bucket_eos_create(buckets));
    assert_int_equal(ap_scan_script_header_err_brigade(r, bb, NULL),
                     HTTP_INTERNAL_SERVER_ERROR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_body_starts_after_the_empty_line, set_up),
        cmocka_unit_test_setup(a_section_may_span_strings, set_up),
        cmocka_unit_test_setup(the_status_is_kept_with_its_reason, set_up),
        cmocka_unit_test_setup(a_line_without_colon_is_refused, set_up),
        cmocka_unit_test_setup(an_end_before_the_empty_line_is_refused,
                               set_up),
        cmocka_unit_test_setup(control_characters_are_dropped_but_tabs,
                               set_up),
        cmocka_unit_test_setup(cookies_are_never_merged, set_up),
        cmocka_unit_test_setup(other_repeated_fields_are_merged, set_up),
        cmocka_unit_test_setup(the_rest_of_an_overlong_line_is_no_field,
                               set_up),
        cmocka_unit_test_setup(a_bad_date_is_ignored, set_up),
        cmocka_unit_test_setup(a_brigade_keeps_the_body, set_up),
        cmocka_unit_test_setup(a_brigade_that_ends_early_is_refused, set_up),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    buckets = apr_bucket_alloc_create(pool);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
