/* SPDX-License-Identifier: Apache-2.0 */
#include "request_fixture.h"

#include "http/fields.c"

static const char *vary_of(const char *a, const char *b)
{
    request_rec *r = fixture_request();

    apr_table_addn(r->headers_out, "Vary", a);
    if (b) {
        apr_table_addn(r->headers_out, "vary", b);
    }
    cl_http_unify_vary(r);
    return apr_table_get(r->headers_out, "Vary");
}

static void vary_names_each_field_once(void **)
{
    assert_string_equal(vary_of("a, b", "B,c"), "a,b,c");
    assert_string_equal(vary_of("Accept-Encoding", "accept-encoding"),
                        "Accept-Encoding");
    assert_string_equal(vary_of("*", NULL), "*");
    assert_string_equal(vary_of(" , a,, b ,", NULL), "a,b");
}

static bool clean(const char *name, const char *value)
{
    request_rec *r = fixture_request();

    apr_table_addn(r->headers_out, name, value);
    return cl_http_fields_are_clean(r, r->headers_out);
}

static void control_characters_do_not_go_out(void **)
{
    assert_true(clean("X-A", "plain \t text \xc3\xa9"));
    assert_true(clean("X-A", ""));
    assert_false(clean("X-A", "a\r\nSet-Cookie: b"));
    assert_false(clean("X-A", "a\nb"));
    assert_false(clean("X-A", "a\rb"));
    assert_false(clean("X-A", "a\001b"));
    assert_false(clean("X-A", "a\177b"));
}

static void a_name_is_a_token(void **)
{
    assert_false(clean("", "v"));
    assert_false(clean("X A", "v"));
    assert_false(clean("X:A", "v"));
    assert_false(clean("X\r\nA", "v"));
}

static void the_block_has_the_size_foretold(void **)
{
    request_rec *r = fixture_request();
    char block[100];

    apr_table_addn(r->headers_out, "A", "1");
    apr_table_addn(r->headers_out, "Bb", "");
    *cl_http_put_fields(block, r->headers_out) = '\0';
    assert_string_equal(block, "A: 1\r\nBb: \r\n");
    assert_int_equal(cl_http_fields_size(r->headers_out), strlen(block));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(vary_names_each_field_once),
        A_TEST(control_characters_do_not_go_out),
        A_TEST(a_name_is_a_token),
        A_TEST(the_block_has_the_size_foretold),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
