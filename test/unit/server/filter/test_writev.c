/* SPDX-License-Identifier: Apache-2.0 */
#include "../http/request_fixture.h"

#include "filter/writev.c"

static apr_bucket_brigade *brigade(void)
{
    return apr_brigade_create(fixture_pool,
                              apr_bucket_alloc_create(fixture_pool));
}

static void put(apr_bucket_brigade *bb, const char *text)
{
    apr_bucket *e = apr_bucket_immortal_create(text, strlen(text),
                                               bb->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, e);
}

static void put_flush(apr_bucket_brigade *bb)
{
    apr_bucket *e = apr_bucket_flush_create(bb->bucket_alloc);

    APR_BRIGADE_INSERT_TAIL(bb, e);
}

static apr_file_t *file_of(apr_size_t size, apr_int32_t flags)
{
    char name[] = "/tmp/gatherXXXXXX";
    apr_file_t *file;

    apr_file_mktemp(&file, name, APR_READ | APR_WRITE | APR_CREATE
                                 | APR_DELONCLOSE | flags, fixture_pool);
    apr_file_trunc(file, (apr_off_t)size);
    return file;
}

static struct iovec vec[8];
static int nvec;
static apr_size_t bytes;
static apr_bucket *file;

static apr_status_t gather(apr_bucket_brigade *bb, apr_bucket *upto)
{
    return cl_filter_gather(bb, upto, vec, 8, &nvec, &bytes, &file);
}

static void memory_is_described_and_metadata_passed_over(void **)
{
    apr_bucket_brigade *bb = brigade();

    put(bb, "abc");
    put_flush(bb);
    put(bb, "de");
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_int_equal(nvec, 2);
    assert_int_equal(bytes, 5);
    assert_memory_equal(vec[1].iov_base, "de", 2);
}

static void a_limit_holds(void **)
{
    apr_bucket_brigade *bb = brigade();

    for (int i = 0; i < 20; i++) {
        put(bb, "x");
    }
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_int_equal(nvec, 8);
}

static void nothing_behind_the_mark_is_taken(void **)
{
    apr_bucket_brigade *bb = brigade();

    put(bb, "abc");
    put(bb, "de");
    assert_int_equal(gather(bb, APR_BRIGADE_LAST(bb)), APR_SUCCESS);
    assert_int_equal(bytes, 3);
    cl_filter_consume(bb, APR_BRIGADE_LAST(bb), 3);
    assert_ptr_equal(APR_BRIGADE_FIRST(bb), APR_BRIGADE_LAST(bb));
}

static void a_small_file_joins_the_vector(void **)
{
    apr_bucket_brigade *bb = brigade();

    put(bb, "header");
    apr_brigade_insert_file(bb, file_of(600, APR_SENDFILE_ENABLED), 0, 600,
                            fixture_pool);
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_null(file);
    assert_int_equal(bytes, 606);
}

static void a_large_file_waits_for_sendfile(void **)
{
    apr_bucket_brigade *bb = brigade();

    put(bb, "header");
    apr_brigade_insert_file(bb, file_of(100000, APR_SENDFILE_ENABLED), 0,
                            100000, fixture_pool);
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_int_equal(bytes, 6);
    assert_ptr_equal(file, APR_BRIGADE_LAST(bb));
}

static void a_file_without_leave_is_read_in_bounded_pieces(void **)
{
    apr_bucket_brigade *bb = brigade();
    apr_bucket *e = apr_brigade_insert_file(bb, file_of(10 << 20, 0), 0,
                                            10 << 20, fixture_pool);

    apr_bucket_file_enable_mmap(e, 0);
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_null(file);
    assert_true(bytes > 0 && bytes <= READ_AHEAD + AP_IOBUFSIZE);
}

static void a_partial_write_leaves_the_rest(void **)
{
    apr_bucket_brigade *bb = brigade();

    put(bb, "abc");
    put(bb, "defg");
    put_flush(bb);
    cl_filter_consume(bb, NULL, 5);
    assert_int_equal(gather(bb, NULL), APR_SUCCESS);
    assert_int_equal(bytes, 2);
    assert_memory_equal(vec[0].iov_base, "fg", 2);
    cl_filter_consume(bb, NULL, 2);
    assert_true(APR_BRIGADE_EMPTY(bb));
}

static void an_empty_pipe_says_come_again(void **)
{
    apr_bucket_brigade *bb = brigade();
    apr_file_t *in, *out;
    apr_bucket *e;

    apr_file_pipe_create(&in, &out, fixture_pool);
    put(bb, "abc");
    e = apr_bucket_pipe_create(in, bb->bucket_alloc);
    APR_BRIGADE_INSERT_TAIL(bb, e);
    assert_true(APR_STATUS_IS_EAGAIN(gather(bb, NULL)));
    assert_int_equal(bytes, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(memory_is_described_and_metadata_passed_over),
        A_TEST(a_limit_holds),
        A_TEST(nothing_behind_the_mark_is_taken),
        A_TEST(a_small_file_joins_the_vector),
        A_TEST(a_large_file_waits_for_sendfile),
        A_TEST(a_file_without_leave_is_read_in_bounded_pieces),
        A_TEST(a_partial_write_leaves_the_rest),
        A_TEST(an_empty_pipe_says_come_again),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
