/* SPDX-License-Identifier: Apache-2.0 */
/* Which requests the static handler answers with what, before any file is
 * opened. */
#include "../request/fixture.h"

#include "http_protocol.h"
#include "http_request.h"
#include "mod_core.h"

static int body_status;
static bool allowed;

static void fake_allow(request_rec *, int, ...)
{
    allowed = true;
}
static int fake_discard(request_rec *) { return body_status; }
static int fake_options(request_rec *) { return DONE; }

#define ap_allow_standard_methods fake_allow
#define ap_discard_request_body fake_discard
#define ap_send_http_options fake_options
#include "handler/static_file.c"

static int answer(int method, apr_filetype_e type, const char *path_info)
{
    request_rec *r = make_request("/f");

    r->method_number = method;
    r->method = "X";
    r->filename = apr_pstrdup(pool, "/nonexistent/cleat/f");
    r->path_info = apr_pstrdup(pool, path_info);
    r->finfo.filetype = type;
    r->used_path_info = AP_REQ_DEFAULT_PATH_INFO;
    return cl_handler_static_file(r);
}

static void methods_come_before_existence(void **)
{
    assert_int_equal(answer(M_PUT, APR_NOFILE, ""), HTTP_METHOD_NOT_ALLOWED);
    assert_int_equal(answer(M_DELETE, APR_DIR, ""), HTTP_METHOD_NOT_ALLOWED);
    assert_int_equal(answer(M_INVALID, APR_REG, ""), HTTP_NOT_IMPLEMENTED);
    assert_int_equal(answer(M_OPTIONS, APR_NOFILE, ""), DONE);
    assert_true(allowed);
}

static void what_is_no_file_is_not_found(void **)
{
    assert_int_equal(answer(M_GET, APR_NOFILE, ""), HTTP_NOT_FOUND);
    assert_int_equal(answer(M_GET, APR_DIR, ""), HTTP_NOT_FOUND);
    assert_int_equal(answer(M_POST, APR_DIR, ""), HTTP_NOT_FOUND);
}

static void a_file_takes_no_path_info(void **)
{
    assert_int_equal(answer(M_GET, APR_REG, "/x"), HTTP_NOT_FOUND);
    assert_int_equal(answer(M_GET, APR_REG, "/"), HTTP_NOT_FOUND);
}

static void a_post_needs_leave_to_be_answered(void **)
{
    /* the fixture's request has deliver_script off */
    assert_int_equal(answer(M_POST, APR_REG, ""), HTTP_METHOD_NOT_ALLOWED);
}

static void a_body_that_cannot_be_read_ends_it(void **)
{
    body_status = HTTP_REQUEST_ENTITY_TOO_LARGE;
    assert_int_equal(answer(M_GET, APR_REG, ""),
                     HTTP_REQUEST_ENTITY_TOO_LARGE);
    body_status = OK;
}

static void a_file_gone_meanwhile_is_not_found(void **)
{
    assert_int_equal(answer(M_GET, APR_REG, ""), HTTP_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(methods_come_before_existence),
        FIXTURE_TEST(what_is_no_file_is_not_found),
        FIXTURE_TEST(a_file_takes_no_path_info),
        FIXTURE_TEST(a_post_needs_leave_to_be_answered),
        FIXTURE_TEST(a_body_that_cannot_be_read_ends_it),
        FIXTURE_TEST(a_file_gone_meanwhile_is_not_found),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
