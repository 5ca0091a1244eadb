/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/cookie.c"

static request_rec *request_with(const char *first, const char *second)
{
    request_rec *r = apr_pcalloc(pool, sizeof *r);
    server_rec *s = apr_pcalloc(pool, sizeof *s);

    s->log.level = APLOG_EMERG;
    r->pool = pool;
    r->server = s;
    r->connection = apr_pcalloc(pool, sizeof *r->connection);
    r->connection->base_server = s;
    r->uri = (char *)"/";
    r->headers_in = apr_table_make(pool, 2);
    apr_table_setn(r->headers_in, "X", "y");
    if (first) {
        apr_table_addn(r->headers_in, "Cookie", first);
    }
    if (second) {
        apr_table_addn(r->headers_in, "cookie2", second);
    }
    return r;
}

static const char *read_one(request_rec *r, const char *name, int remove)
{
    const char *value = "unset";

    assert_int_equal(ap_cookie_read(r, name, &value, remove), APR_SUCCESS);
    return value;
}

static const char *value_in(const char *field, const char *name)
{
    return read_one(request_with(field, NULL), name, 0);
}

static void a_cookie_is_found_by_its_whole_name(void **)
{
    assert_string_equal(value_in("xa=1; a=5;b=2", "a"), "5");
    assert_string_equal(value_in("a=x=y", "a"), "x=y");
    assert_string_equal(value_in("a=", "a"), "");
    assert_string_equal(value_in("b=1,\t a=2", "a"), "2");
    assert_null(value_in("A=1", "a"));
    assert_null(value_in("a", "a"));
    assert_null(value_in("a =1", "a"));
    assert_null(value_in(";; ;", "a"));
}

static void all_cookie_fields_count(void **)
{
    assert_string_equal(read_one(request_with("b=1", "a=7"), "a", 0), "7");
    assert_null(read_one(request_with(NULL, NULL), "a", 0));
}

static void two_values_are_an_error_two_equal_ones_are_not(void **)
{
    const char *value = "unset";
    request_rec *r = request_with("a=1; a=2", NULL);

    assert_int_equal(ap_cookie_read(r, "a", &value, 1), APR_EGENERAL);
    assert_string_equal(value, "unset");
    assert_string_equal(apr_table_get(r->headers_in, "Cookie"), "a=1; a=2");
    assert_string_equal(value_in("a=1; a=1", "a"), "1");
}

static void check_removal(const char *field, const char *left)
{
    request_rec *r = request_with(field, "q=1");

    read_one(r, "a", 1);
    const char *now = apr_table_get(r->headers_in, "Cookie");
    if (left) {
        assert_string_equal(now, left);
    }
    else {
        assert_null(now);
    }
    assert_string_equal(apr_table_get(r->headers_in, "Cookie2"), "q=1");
    assert_string_equal(apr_table_get(r->headers_in, "X"), "y");
}

static void a_cookie_is_taken_out_of_its_field(void **)
{
    check_removal("b=2; a=1; c=3", "b=2; c=3");
    check_removal("a=1,b=2; c=3", "b=2; c=3");
    check_removal("c=3; b=2,a=1", "c=3; b=2");
    check_removal("a=1", NULL);
    check_removal("$Version=1; a=1; $Path=/", NULL);
    check_removal("b", "b");
}

static void cookies_are_added_to_all_tables(void **)
{
    request_rec *r = request_with(NULL, NULL);
    apr_table_t *one = apr_table_make(pool, 1);
    apr_table_t *two = apr_table_make(pool, 1);

    ap_cookie_write(r, "n", "v", "path=/", 60, one, two, NULL);
    assert_string_equal(apr_table_get(one, "Set-Cookie"),
                        "n=v;Max-Age=60;path=/");
    assert_string_equal(apr_table_get(two, "Set-Cookie"),
                        "n=v;Max-Age=60;path=/");
    ap_cookie_write2(r, "n", "v", "", 0, one, NULL);
    assert_string_equal(apr_table_get(one, "Set-Cookie2"),
                        "n=v;" DEFAULT_ATTRS);
    assert_int_equal(ap_cookie_write(r, "n", "v", NULL, 0, NULL), APR_SUCCESS);
}

static void a_removal_is_a_cookie_of_age_zero(void **)
{
    request_rec *r = request_with(NULL, NULL);
    apr_table_t *table = apr_table_make(pool, 1);

    ap_cookie_remove(r, "n", "path=/", table, NULL);
    assert_string_equal(apr_table_get(table, "Set-Cookie"),
                        "n=;Max-Age=0;path=/");
    ap_cookie_remove2(r, "n", NULL, table, NULL);
    assert_string_equal(apr_table_get(table, "Set-Cookie2"),
                        "n=;Max-Age=0;" CLEAR_ATTRS);
}

static void some_strings_are_no_cookies(void **)
{
    assert_int_equal(ap_cookie_check_string("a b,\"c\""), APR_SUCCESS);
    assert_int_equal(ap_cookie_check_string(""), APR_EGENERAL);
    assert_int_equal(ap_cookie_check_string(NULL), APR_EGENERAL);
    assert_int_equal(ap_cookie_check_string("a=b"), APR_EGENERAL);
    assert_int_equal(ap_cookie_check_string("a;"), APR_EGENERAL);
    assert_int_equal(ap_cookie_check_string("&"), APR_EGENERAL);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(all_cookie_fields_count),
        cmocka_unit_test(two_values_are_an_error_two_equal_ones_are_not),
        cmocka_unit_test(a_cookie_is_taken_out_of_its_field),
        cmocka_unit_test(cookies_are_added_to_all_tables),
        cmocka_unit_test(a_removal_is_a_cookie_of_age_zero),
        cmocka_unit_test(some_strings_are_no_cookies),
    };
    return RUN(tests);
}
