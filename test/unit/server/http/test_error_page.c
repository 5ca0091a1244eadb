/* SPDX-License-Identifier: Apache-2.0 */
#include "request_fixture.h"

#include "http/error_page.c"

/* Everything after status ends up in this string through a filter at the end
 * of the chain. */
static char *output;

static apr_status_t collect(ap_filter_t *, apr_bucket_brigade *bb)
{
    char *text;
    apr_size_t len;

    apr_brigade_pflatten(bb, &text, &len, fixture_pool);
    output = apr_pstrcat(fixture_pool, output,
                         apr_pstrmemdup(fixture_pool, text, len), NULL);
    apr_brigade_cleanup(bb);
    return APR_SUCCESS;
}

static request_rec *request(int status)
{
    static ap_filter_rec_t sink = { .name = "sink",
                                    .filter_func.out_func = collect,
                                    .ftype = AP_FTYPE_NETWORK };
    static ap_filter_rec_t writer = { .name = "old_write",
                                      .filter_func.out_func =
                                          ap_old_write_filter,
                                      .ftype = AP_FTYPE_RESOURCE - 10 };
    request_rec *r = fixture_request();
    ap_filter_t *f = apr_pcalloc(fixture_pool, sizeof *f);

    ap_old_write_func = &writer;
    f->frec = &sink;
    f->c = r->connection;
    r->connection->output_filters = r->output_filters
        = r->proto_output_filters = f;
    r->status = status;
    output = "";
    return r;
}

static const char *page_of(int status)
{
    request_rec *r = request(status);

    apr_table_setn(r->headers_out, "Location", "http://a/<b>");
    print_page(r, status, 0);
    ap_rflush(r);
    return output;
}

static void every_page_is_whole_and_names_its_status(void **)
{
    for (int i = 0; i < RESPONSE_CODES; i++) {
        int status = cl_http_status_of_index(i);
        const char *line = ap_get_status_line(status);
        const char *page, *head;

        if (!status) {
            continue;
        }
        page = page_of(status);
        head = apr_pstrcat(fixture_pool, DOCTYPE_HTML_4_01
                           "\n<html><head>\n<title>", line,
                           "</title>\n</head><body>\n<h1>", line + 4,
                           "</h1>\n", NULL);
        assert_memory_equal(page, head, strlen(head));
        assert_string_equal(page + strlen(page) - 15, "</body></html>\n");
        assert_null(strchr(page, '%'));
    }
}

static void what_the_client_sent_is_escaped(void **)
{
    request_rec *r = request(HTTP_METHOD_NOT_ALLOWED);

    assert_non_null(strstr(page_of(302), "href=\"http://a/&lt;b&gt;\""));
    r->method = "<X>";
    assert_string_equal(value_of(r, 'm'), "&lt;X&gt;");
}

static void notes_appear_where_the_page_has_a_place(void **)
{
    request_rec *r = request(HTTP_BAD_REQUEST);

    apr_table_setn(r->notes, "error-notes", "NOTE");
    print_page(r, HTTP_BAD_REQUEST, 0);
    ap_rflush(r);
    assert_non_null(strstr(output, "NOTE"));
    r = request(HTTP_NOT_FOUND);
    apr_table_setn(r->notes, "error-notes", "NOTE");
    print_page(r, HTTP_NOT_FOUND, 0);
    ap_rflush(r);
    assert_null(strstr(output, "NOTE"));
}

static void a_second_error_is_mentioned(void **)
{
    request_rec *r = request(HTTP_NOT_FOUND);

    print_page(r, HTTP_NOT_FOUND, HTTP_FORBIDDEN);
    ap_rflush(r);
    assert_non_null(strstr(output, "403 Forbidden"));
    assert_non_null(strstr(output, "<title>404 Not Found"));
}

static void a_request_may_bring_its_own_text_or_place(void **)
{
    request_rec *r = request(HTTP_NOT_FOUND);
    int at = ap_index_of_response(HTTP_NOT_FOUND);

    ap_custom_response(r, HTTP_NOT_FOUND, "sorry");
    assert_string_equal(ap_response_code_string(r, at), "\"sorry");
    ap_custom_response(r, HTTP_NOT_FOUND, "/gone.html");
    assert_string_equal(ap_response_code_string(r, at), "/gone.html");
    ap_custom_response(r, HTTP_NOT_FOUND, "http://a/");
    assert_string_equal(ap_response_code_string(r, at), "http://a/");
}

static void a_custom_text_is_the_whole_body(void **)
{
    request_rec *r = request(HTTP_NOT_FOUND);

    ap_custom_response(r, HTTP_NOT_FOUND, "sorry");
    apr_table_setn(r->headers_out, "X-Old", "1");
    r->content_encoding = "gzip";
    ap_send_error_response(r, 0);
    assert_string_equal(output, "sorry");
    assert_null(apr_table_get(r->headers_out, "X-Old"));
    assert_null(r->content_encoding);
    assert_string_equal(r->content_type, "text/html; charset=iso-8859-1");
}

static void the_signature_obeys_its_setting(void **)
{
    request_rec *r = request(HTTP_NOT_FOUND);

    assert_string_equal(ap_psignature("<hr>", r), "");
    fixture_dir(r)->server_signature = srv_sig_off;
    assert_string_equal(ap_psignature("<hr>", r), "");
    fixture_dir(r)->server_signature = srv_sig_on;
    assert_null(strstr(ap_psignature("<hr>", r), "mailto:"));
    fixture_dir(r)->server_signature = srv_sig_withmail;
    assert_non_null(strstr(ap_psignature("<hr>", r),
                           "mailto:you@example.com"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_TEST(every_page_is_whole_and_names_its_status),
        A_TEST(what_the_client_sent_is_escaped),
        A_TEST(notes_appear_where_the_page_has_a_place),
        A_TEST(a_second_error_is_mentioned),
        A_TEST(a_request_may_bring_its_own_text_or_place),
        A_TEST(a_custom_text_is_the_whole_body),
        A_TEST(the_signature_obeys_its_setting),
    };

    return fixture_run(tests, sizeof tests / sizeof *tests);
}
