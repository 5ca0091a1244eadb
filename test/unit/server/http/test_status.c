/* SPDX-License-Identifier: Apache-2.0 */
#include "request_fixture.h"

#include "http/status.c"

static void every_line_begins_with_its_own_code(void **)
{
    int found = 0;

    for (int code = 100; code < 600; code++) {
        int at = find_index(code);

        if (at >= 0) {
            found++;
            assert_int_equal(atoi(ap_get_status_line(code)), code);
            assert_int_equal(cl_http_status_of_index(at), code);
            assert_int_equal(ap_index_of_response(code), at);
        }
    }
    assert_int_equal(found, 4 + 10 + 8 + 27 + 11);
}

static void the_table_has_the_public_size(void **)
{
    assert_int_equal(find_index(511), RESPONSE_CODES - 1);
}

static void an_unknown_code_counts_as_our_fault(void **)
{
    static const int unknown[] = { -1, 0, 99, 104, 209, 306, 418, 425, 512,
                                   599, 600, 1000 };

    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_string_equal(ap_get_status_line(unknown[i]),
                            "500 Internal Server Error");
    }
}

static void the_extended_line_names_an_unknown_code(void **)
{
    assert_string_equal(ap_get_status_line_ex(fixture_pool, 299),
                        "299 Status 299");
    assert_string_equal(ap_get_status_line_ex(fixture_pool, 404),
                        "404 Not Found");
    assert_string_equal(ap_get_status_line_ex(fixture_pool, 600),
                        "500 Internal Server Error");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(every_line_begins_with_its_own_code),
        A_TEST(the_table_has_the_public_size),
        A_TEST(an_unknown_code_counts_as_our_fault),
        A_TEST(the_extended_line_names_an_unknown_code),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
