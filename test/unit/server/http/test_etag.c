/* SPDX-License-Identifier: Apache-2.0 */
#include "request_fixture.h"

#include "http/etag.c"

static request_rec *request(void)
{
    request_rec *r = fixture_request();

    r->finfo.filetype = APR_REG;
    r->finfo.inode = 0xa7213b;
    r->finfo.size = 0x32;
    r->finfo.mtime = r->mtime = 0x1234;
    return r;
}

static cmd_parms *cmd(void)
{
    cmd_parms *parms = apr_pcalloc(fixture_pool, sizeof *parms);

    parms->pool = fixture_pool;
    return parms;
}

static const char *tag_for(const char *setting)
{
    request_rec *r = request();

    assert_null(cl_set_file_etag(cmd(), fixture_dir(r), setting));
    return ap_make_etag(r, 0);
}

static void size_and_time_are_the_default(void **)
{
    assert_string_equal(ap_make_etag(request(), 0), "\"32-1234\"");
}

static void each_component_has_its_place(void **)
{
    assert_string_equal(tag_for("INode"), "\"a7213b\"");
    assert_string_equal(tag_for("Size"), "\"32\"");
    assert_string_equal(tag_for("mtime"), "\"1234\"");
    assert_string_equal(tag_for("MTime INode"), "\"a7213b-1234\"");
    assert_string_equal(tag_for("All"), "\"a7213b-32-1234\"");
    assert_string_equal(tag_for("None"), "");
}

static void signs_change_the_inherited_set(void **)
{
    assert_string_equal(tag_for("+INode"), "\"a7213b-32-1234\"");
    assert_string_equal(tag_for("-MTime"), "\"32\"");
    assert_string_equal(tag_for("+INode -Size"), "\"a7213b-1234\"");
}

static void a_wrong_component_is_refused(void **)
{
    assert_non_null(cl_set_file_etag(cmd(), fixture_dir(request()), "Colour"));
    assert_non_null(cl_set_file_etag(cmd(), fixture_dir(request()), "+None"));
    assert_non_null(cl_set_file_etag(cmd(), fixture_dir(request()), ""));
}

static void a_file_of_this_second_has_a_weak_tag(void **)
{
    request_rec *r = request();

    r->request_time = r->finfo.mtime + apr_time_from_sec(1) - 1;
    assert_string_equal(ap_make_etag(r, 0), "W/\"32-1234\"");
    AP_REQUEST_SET_BNOTE(r, AP_REQUEST_STRONG_ETAG, AP_REQUEST_STRONG_ETAG);
    assert_string_equal(ap_make_etag(r, 0), "\"32-1234\"");
    assert_string_equal(ap_make_etag(r, 1), "W/\"32-1234\"");
}

static void a_negotiated_tag_names_the_list_as_well(void **)
{
    request_rec *r = request();

    r->vlist_validator = "\"ff-1\"";
    assert_string_equal(ap_make_etag(r, 0), "\"32-1234;ff-1\"");
    r->vlist_validator = "W/\"ff-1\"";
    assert_string_equal(ap_make_etag(r, 0), "W/\"32-1234;ff-1\"");
}

static void the_digest_is_that_of_the_content(void **)
{
    request_rec *r = request();
    char name[] = "/tmp/etagXXXXXX";
    apr_file_t *file;

    apr_file_mktemp(&file, name, 0, fixture_pool);
    apr_file_puts("abc", file);
    apr_file_flush(file);
    r->filename = name;
    fixture_dir(r)->etag_bits = ETAG_DIGEST;
    /* SHA-1 of "abc", FIPS 180 */
    assert_string_equal(ap_make_etag(r, 0),
                        "\"qZk+NkcGgWq6PiVxeFDCbJzQ2J0=\"");
}

static void hex_has_no_leading_zeros(void **)
{
    char buf[HEX64 + 1];

    *put_hex(buf, 0) = '\0';
    assert_string_equal(buf, "0");
    *put_hex(buf, APR_UINT64_MAX) = '\0';
    assert_string_equal(buf, "ffffffffffffffff");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(size_and_time_are_the_default),
        A_TEST(each_component_has_its_place),
        A_TEST(signs_change_the_inherited_set),
        A_TEST(a_wrong_component_is_refused),
        A_TEST(a_file_of_this_second_has_a_weak_tag),
        A_TEST(a_negotiated_tag_names_the_list_as_well),
        A_TEST(the_digest_is_that_of_the_content),
        A_TEST(hex_has_no_leading_zeros),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
