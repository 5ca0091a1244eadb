/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/base64.c"

static void text_survives_the_round_trip(void **)
{
    char text[] = "a:b \xff";

    assert_string_equal(ap_pbase64encode(pool, text), "YTpiIP8=");
    assert_string_equal(ap_pbase64decode(pool, "YTpiIP8="), text);
}

static void padding_may_be_missing(void **)
{
    assert_string_equal(ap_pbase64decode(pool, "aGVsbG8"), "hello");
}

static void decoding_stops_at_the_first_foreign_byte(void **)
{
    assert_string_equal(ap_pbase64decode(pool, "aGVs!bG8="), "hel");
    assert_string_equal(ap_pbase64decode(pool, "Y"), "");
    assert_string_equal(ap_pbase64decode(pool, ""), "");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_survives_the_round_trip),
        cmocka_unit_test(padding_may_be_missing),
        cmocka_unit_test(decoding_stops_at_the_first_foreign_byte),
    };
    return RUN(tests);
}
