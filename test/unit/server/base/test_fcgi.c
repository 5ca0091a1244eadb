/* SPDX-License-Identifier: Apache-2.0 */
/* FastCGI records against the bytes of the specification. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/fcgi.c"

#include <apr_general.h>

static apr_pool_t *pool;

static void a_header_is_written_big_endian(void **)
{
    static const unsigned char wanted[] = {
        1, 6, 0x12, 0x34, 0xab, 0xcd, 7, 0
    };
    unsigned char bytes[AP_FCGI_HEADER_LEN];
    ap_fcgi_header header;

    ap_fcgi_fill_in_header(&header, AP_FCGI_STDOUT, 0x1234, 0xabcd, 7);
    ap_fcgi_header_to_array(&header, bytes);
    assert_memory_equal(bytes, wanted, sizeof wanted);
}

static void a_header_is_read_as_it_was_written(void **)
{
    unsigned char bytes[] = { 1, 3, 0xff, 0x00, 0x00, 0xff, 255, 9 };
    unsigned char version, type, padding;
    apr_uint16_t id, length;
    ap_fcgi_header header;

    ap_fcgi_header_fields_from_array(&version, &type, &id, &length, &padding,
                                     bytes);
    assert_int_equal(version, 1);
    assert_int_equal(type, AP_FCGI_END_REQUEST);
    assert_int_equal(id, 0xff00);
    assert_int_equal(length, 0x00ff);
    assert_int_equal(padding, 255);
    ap_fcgi_header_from_array(&header, bytes);
    assert_int_equal(header.requestIdB1, 0xff);
    assert_int_equal(header.reserved, 9);
}

static void a_begin_request_carries_role_and_flags(void **)
{
    static const unsigned char wanted[8] = { 0, 2, 1 };
    unsigned char bytes[8];
    ap_fcgi_begin_request_body body;

    ap_fcgi_fill_in_request_body(&body, AP_FCGI_AUTHORIZER, AP_FCGI_KEEP_CONN);
    ap_fcgi_begin_request_body_to_array(&body, bytes);
    assert_memory_equal(bytes, wanted, sizeof wanted);
}

static apr_table_t *environment(void)
{
    apr_table_t *env = apr_table_make(pool, 4);
    char *long_value = apr_pcalloc(pool, 201);

    memset(long_value, 'v', 200);
    apr_table_addn(env, "A", "b");
    apr_table_addn(env, "LONG", long_value);
    return env;
}

static void lengths_of_128_and_more_take_four_bytes(void **)
{
    unsigned char buffer[300];
    int next = 0;

    assert_int_equal(ap_fcgi_encode_env(NULL, environment(), buffer,
                                        sizeof buffer, &next), APR_SUCCESS);
    assert_int_equal(next, 2);
    assert_memory_equal(buffer, "\x01\x01" "Ab" "\x04\x80\x00\x00\xc8" "LONGv",
                        14);
}

static void the_measured_length_is_what_encoding_takes(void **)
{
    unsigned char buffer[300];
    int next = 0;
    apr_size_t length = ap_fcgi_encoded_env_len(environment(), 65535, &next);

    assert_int_equal(length, 4 + 209);
    assert_int_equal(next, 2);
    next = 0;
    assert_int_equal(ap_fcgi_encode_env(NULL, environment(), buffer, length,
                                        &next), APR_SUCCESS);
}

static void measuring_stops_before_the_pair_that_does_not_fit(void **)
{
    int next = 0;

    assert_int_equal(ap_fcgi_encoded_env_len(environment(), 212, &next), 4);
    assert_int_equal(next, 1);
    assert_int_equal(ap_fcgi_encoded_env_len(environment(), 212, &next), 209);
    assert_int_equal(next, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_header_is_written_big_endian),
        cmocka_unit_test(a_header_is_read_as_it_was_written),
        cmocka_unit_test(a_begin_request_carries_role_and_flags),
        cmocka_unit_test(lengths_of_128_and_more_take_four_bytes),
        cmocka_unit_test(the_measured_length_is_what_encoding_takes),
        cmocka_unit_test(measuring_stops_before_the_pair_that_does_not_fit),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
