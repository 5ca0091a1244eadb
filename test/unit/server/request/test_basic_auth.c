/* SPDX-License-Identifier: Apache-2.0 */
/* Credentials as clients send them, well formed or not. */
#include "fixture.h"

#include "request/basic_auth.c"

static const char *user, *password;

static apr_status_t parse(const char *field)
{
    request_rec *r = make_request("/");

    user = password = NULL;
    apr_table_setn(r->headers_in, "Authorization", field);
    return ap_get_basic_auth_components(r, &user, &password);
}

static void user_and_password_are_found(void **)
{
    assert_int_equal(parse("Basic Zm9vOmJhcg=="), APR_SUCCESS);
    assert_string_equal(user, "foo");
    assert_string_equal(password, "bar");
}

static void the_scheme_is_compared_without_case(void **)
{
    assert_int_equal(parse("BASIC \t Zm9vOmJhcg=="), APR_SUCCESS);
    assert_string_equal(password, "bar");
}

static void the_password_may_hold_colons_the_user_may_not(void **)
{
    assert_int_equal(parse("Basic YTpiOmM="), APR_SUCCESS);     /* a:b:c */
    assert_string_equal(user, "a");
    assert_string_equal(password, "b:c");
}

static void other_schemes_are_not_basic(void **)
{
    assert_int_equal(parse("Digest Zm9vOmJhcg=="), APR_EINVAL);
    assert_int_equal(parse("Basical Zm9vOmJhcg=="), APR_EINVAL);
    assert_int_equal(parse("Bas"), APR_EINVAL);
    assert_int_equal(parse(""), APR_EINVAL);
}

static void text_without_colon_is_refused(void **)
{
    assert_int_equal(parse("Basic"), APR_EINVAL);
    assert_int_equal(parse("Basic Zm9v"), APR_EINVAL);          /* foo */
    assert_int_equal(parse("Basic !!!!"), APR_EINVAL);
}

static void a_nul_ends_the_text(void **)
{
    assert_int_equal(parse("Basic AGZvbzpiYXI="), APR_EINVAL);  /* \0foo:bar */
}

static void a_forward_proxy_has_its_own_field(void **)
{
    request_rec *r = make_request("/");

    r->proxyreq = PROXYREQ_PROXY;
    apr_table_setn(r->headers_in, "Authorization", "Basic YTpi");
    apr_table_setn(r->headers_in, "Proxy-Authorization", "Basic YzpkCg==");
    assert_int_equal(ap_get_basic_auth_components(r, &user, NULL),
                     APR_SUCCESS);
    assert_string_equal(user, "c");
}

static void no_field_is_no_credentials(void **)
{
    request_rec *r = make_request("/");

    assert_int_equal(ap_get_basic_auth_components(r, &user, &password),
                     APR_EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(user_and_password_are_found),
        FIXTURE_TEST(the_scheme_is_compared_without_case),
        FIXTURE_TEST(the_password_may_hold_colons_the_user_may_not),
        FIXTURE_TEST(other_schemes_are_not_basic),
        FIXTURE_TEST(text_without_colon_is_refused),
        FIXTURE_TEST(a_nul_ends_the_text),
        FIXTURE_TEST(a_forward_proxy_has_its_own_field),
        FIXTURE_TEST(no_field_is_no_credentials),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
