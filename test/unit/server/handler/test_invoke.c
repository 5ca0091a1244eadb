/* SPDX-License-Identifier: Apache-2.0 */
/* The handler's name, and answers that are none. */
#include "../request/fixture.h"

#include "http_request.h"

#define ap_run_insert_filter(r) (r)->sent_bodyct = 0
#include "handler/invoke.c"

static request_rec *typed(const char *type)
{
    request_rec *r = make_request("/");

    r->content_type = type;
    return r;
}

static void a_type_without_parameters_names_the_handler(void **)
{
    assert_string_equal(name_by_type(typed("text/html")), "text/html");
    assert_string_equal(name_by_type(typed("text/html;charset=x")),
                        "text/html");
    assert_string_equal(name_by_type(typed("text/html \t ; charset=x")),
                        "text/html");
    assert_string_equal(name_by_type(typed(";")), "");
}

static void no_type_is_the_default_handler(void **)
{
    assert_true(AP_IS_DEFAULT_HANDLER_NAME(name_by_type(typed(NULL))));
}

static void only_known_results_are_answers(void **)
{
    assert_true(is_answer(OK));
    assert_true(is_answer(SUSPENDED));
    assert_true(is_answer(AP_FILTER_ERROR));
    assert_true(is_answer(HTTP_NOT_FOUND));
    assert_false(is_answer(99));
    assert_false(is_answer(600));
    assert_false(is_answer(-4));
}

static int refuse_init(ap_filter_t *) { return HTTP_FORBIDDEN; }

static void a_filter_may_refuse_the_request(void **)
{
    ap_filter_rec_t silent = { 0 };
    ap_filter_rec_t strict = { .filter_init_func = refuse_init };
    ap_filter_t last = { .frec = &strict };
    ap_filter_t first = { .frec = &silent, .next = &last };

    assert_int_equal(init_filters(&first), HTTP_FORBIDDEN);
    assert_int_equal(init_filters(NULL), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_type_without_parameters_names_the_handler),
        FIXTURE_TEST(no_type_is_the_default_handler),
        FIXTURE_TEST(only_known_results_are_answers),
        FIXTURE_TEST(a_filter_may_refuse_the_request),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
