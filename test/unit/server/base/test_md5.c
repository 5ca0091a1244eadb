/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/md5.c"

static void sums_are_lower_case_hexadecimal(void **)
{
    assert_string_equal(ap_md5(pool, (const unsigned char *)"abc"),
                        "900150983cd24fb0d6963f7d28e17f72");
    assert_string_equal(ap_md5_binary(pool, (const unsigned char *)"a\0c", 0),
                        "d41d8cd98f00b204e9800998ecf8427e");
}

static void a_context_ends_as_base64(void **)
{
    apr_md5_ctx_t context;

    apr_md5_init(&context);
    apr_md5_update(&context, "hello", 5);
    assert_string_equal(ap_md5contextTo64(pool, &context),
                        "XUFAKrxLKna5cZ2REBfFkg==");
}

static void a_file_is_summed_and_rewound(void **)
{
    char name[] = "/tmp/cleat-md5-XXXXXX";
    apr_file_t *file;
    apr_off_t offset = 0;

    assert_int_equal(apr_file_mktemp(&file, name, 0, pool), APR_SUCCESS);
    apr_file_puts("hello", file);
    apr_file_seek(file, APR_SET, &offset);
    assert_string_equal(ap_md5digest(pool, file), "XUFAKrxLKna5cZ2REBfFkg==");
    apr_file_seek(file, APR_CUR, &offset);
    assert_int_equal(offset, 0);
    apr_file_close(file);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_lower_case_hexadecimal),
        cmocka_unit_test(a_context_ends_as_base64),
        cmocka_unit_test(a_file_is_summed_and_rewound),
    };
    return RUN(tests);
}
