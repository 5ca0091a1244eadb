/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/charset.c"

#include <ctype.h>
#include <stdbool.h>

static void classes_agree_with_the_c_locale(void **)
{
    for (int c = 0; c < 256; c++) {
        bool ascii = c < 128;
        assert_int_equal(!!CL_CHAR_IS(c, CL_CHAR_ALNUM),
                         ascii && isalnum(c));
        assert_int_equal(!!CL_CHAR_IS(c, CL_CHAR_HEX), ascii && isxdigit(c));
        assert_int_equal(!!CL_CHAR_IS(c, CL_CHAR_SPACE), ascii && isspace(c));
        assert_int_equal(!!CL_CHAR_IS(c, CL_CHAR_CONTROL),
                         ascii && iscntrl(c));
        assert_int_equal(CL_LOWER(c), ascii ? tolower(c) : c);
    }
}

static void nul_is_in_no_class_that_is_scanned_over(void **)
{
    assert_false(CL_CHAR_IS(0, CL_CHAR_TOKEN | CL_CHAR_FIELD | CL_CHAR_VISIBLE
                               | CL_CHAR_SPACE | CL_CHAR_ALNUM | CL_CHAR_PATH));
}

static void tokens_have_the_fifteen_marks_of_rfc_9110(void **)
{
    int marks = 0;

    for (int c = 0; c < 256; c++) {
        marks += CL_CHAR_IS(c, CL_CHAR_TOKEN)
            && !CL_CHAR_IS(c, CL_CHAR_ALNUM);
    }
    assert_int_equal(marks, 15);
    for (const char *c = "()<>@,;:\\\"/[]?={} \t"; *c; c++) {
        assert_false(CL_CHAR_IS(*c, CL_CHAR_TOKEN));
    }
}

static void hexadecimal_digits_have_values(void **)
{
    assert_int_equal(CL_HEX('0'), 0);
    assert_int_equal(CL_HEX('9'), 9);
    assert_int_equal(CL_HEX('a'), 10);
    assert_int_equal(CL_HEX('F'), 15);
    assert_int_equal(CL_HEX('g'), -1);
    assert_int_equal(CL_HEX('\xff'), -1);
    assert_int_equal(CL_HEX('\0'), -1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_agree_with_the_c_locale),
        cmocka_unit_test(nul_is_in_no_class_that_is_scanned_over),
        cmocka_unit_test(tokens_have_the_fifteen_marks_of_rfc_9110),
        cmocka_unit_test(hexadecimal_digits_have_values),
    };
    return RUN(tests);
}
