/* SPDX-License-Identifier: Apache-2.0 */
/* ErrorLogFormat: what is accepted, and what lines look like. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "log/format.c"

#include <apr_general.h>

static apr_pool_t *pool;
static ap_errorlog_info info;
static request_rec *r;

static int set_up(void **)
{
    conn_rec *c = apr_pcalloc(pool, sizeof *c);
    server_rec *s = apr_pcalloc(pool, sizeof *s);

    s->server_hostname = apr_pstrdup(pool, "example.org");
    c->base_server = s;
    c->client_ip = apr_pstrdup(pool, "192.0.2.1");
    apr_sockaddr_info_get(&c->client_addr, "192.0.2.1", APR_INET, 4711, 0,
                          pool);
    c->keepalives = 3;
    r = apr_pcalloc(pool, sizeof *r);
    r->connection = c;
    r->server = s;
    r->useragent_ip = c->client_ip;
    r->useragent_addr = c->client_addr;
    r->headers_in = apr_table_make(pool, 4);
    r->notes = apr_table_make(pool, 4);
    r->subprocess_env = apr_table_make(pool, 4);
    info = (ap_errorlog_info){
        .s = s, .c = c, .r = r, .rmain = r, .file = "/src/some/where.c",
        .line = 42, .module_index = -1, .level = APLOG_ERR,
    };
    return 0;
}

static const char *refusal(const char *format, enum cl_log_scope scope)
{
    const char *wrong = NULL;

    assert_null(cl_log_parse_format(pool, format, scope, &wrong));
    assert_non_null(wrong);
    return wrong;
}

static const char *in_scope(const char *format, enum cl_log_scope scope)
{
    static char line[CL_LOG_LINE_SIZE];
    const char *wrong = NULL;
    apr_array_header_t *items = cl_log_parse_format(pool, format, scope,
                                                    &wrong);

    assert_null(wrong);
    return cl_log_format_line(&info, items, "text", line, sizeof line) ? line
                                                                       : "";
}

static const char *formatted(const char *format)
{
    return in_scope(format, CL_LOG_MAIN);
}

static void items_and_text_follow_each_other(void **)
{
    assert_string_equal(formatted("[%l] %F: %M (%v) %k%%"),
                        "[error] where.c(42): text (example.org) 3%");
    assert_string_equal(formatted("[client %a] %M"),
                        "[client 192.0.2.1:4711] text");
}

static void a_field_without_output_goes_with_the_blank_before_it(void **)
{
    assert_string_equal(formatted("a [%{Nope}i] %M"), "a text");
    assert_string_equal(formatted("a  %{Nope}n x %M"), "a x text");
    assert_string_equal(formatted("x %M,%{Referer}i y"), "x y");
}

static void a_message_later_in_an_omitted_field_is_written(void **)
{
    assert_string_equal(formatted("a %{Nope}i%M b"), "atext b");
}

static void an_escaped_blank_does_not_end_a_field(void **)
{
    assert_string_equal(formatted("%M a\\ %{Nope}i b"), "text b");
    assert_string_equal(formatted("%M a\\ b \\% \\x"), "text a b % x");
}

static void percent_blank_ends_a_field_and_writes_nothing(void **)
{
    assert_string_equal(formatted("%M% ,\\ referer\\ %{Referer}i"), "text");
    apr_table_setn(r->headers_in, "Referer", "http://x/");
    assert_string_equal(formatted("%M% ,\\ referer\\ %{Referer}i"),
                        "text, referer http://x/");
}

static void a_minus_stands_for_nothing(void **)
{
    assert_string_equal(formatted("[%-{Nope}i] %M"), "[-] text");
}

static void a_number_asks_for_a_level_of_detail(void **)
{
    assert_string_equal(formatted("%7F: %M"), " text");
    assert_string_equal(formatted("%3F: %M"), "where.c(42): text");
    assert_string_equal(formatted("a %-7l %M"), "a text");
    info.level = APLOG_DEBUG;
    assert_string_equal(formatted("%7F: %M"), "where.c(42): text");
}

static void a_plus_drops_the_line(void **)
{
    assert_string_equal(in_scope("UA %+{User-Agent}i", CL_LOG_ONCE), "");
    apr_table_setn(r->headers_in, "User-Agent", "x");
    assert_string_equal(in_scope("UA %+{User-Agent}i", CL_LOG_ONCE), "UA x");
}

static void client_bytes_are_escaped(void **)
{
    apr_table_setn(r->headers_in, "X", "a\nb\x1b[");
    assert_string_equal(formatted("%{X}i %M"), "a\\nb\\x1b[ text");
}

static void status_numbers_name_their_system(void **)
{
    info.status = 2;
    assert_string_equal(formatted("%E: %M"),
                        "(2)No such file or directory: text");
    info.status = APR_EOF;
    assert_string_equal(formatted("%E: %M"), "(70014)End of file found: text");
}

static void mistakes_are_refused(void **)
{
    refusal("%l only", CL_LOG_MAIN);
    refusal("%M %", CL_LOG_MAIN);
    refusal("%M %{x", CL_LOG_MAIN);
    refusal("%M %Z", CL_LOG_MAIN);
    refusal("%M %+a", CL_LOG_MAIN);
    refusal("%M %16a", CL_LOG_MAIN);
    refusal("%M %99999999999999999999a", CL_LOG_MAIN);
    refusal("%M", CL_LOG_ONCE);
    refusal("%5a", CL_LOG_ONCE);
}

static void a_short_buffer_cuts_the_line(void **)
{
    const char *wrong;
    char line[8];
    apr_array_header_t *items
        = cl_log_parse_format(pool, "abcd%M%v%l%F", CL_LOG_MAIN, &wrong);

    assert_int_equal(cl_log_format_line(&info, items, "0123456789", line,
                                        sizeof line), 7);
    assert_string_equal(line, "abcd012");
}

static void the_default_line_has_its_parts_in_order(void **)
{
    char line[CL_LOG_LINE_SIZE];

    info.startup = 1;
    info.status = 2;
    apr_table_setn(r->headers_in, "Referer", "http://x/");
    cl_log_default_line(&info, "text", line, sizeof line);
    assert_string_equal(line, "(2)No such file or directory: "
                        "[client 192.0.2.1:4711] text, referer: http://x/");
}

static void a_full_default_line_has_no_half_referer(void **)
{
    char message[CL_LOG_LINE_SIZE];
    char line[CL_LOG_LINE_SIZE];

    memset(message, 'x', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    apr_table_setn(r->headers_in, "Referer", "http://x/");
    assert_int_equal(cl_log_default_line(&info, message, line,
                                         sizeof line - 1),
                     CL_LOG_LINE_SIZE - 2);
    assert_int_equal(line[CL_LOG_LINE_SIZE - 3], 'x');
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(items_and_text_follow_each_other),
        TEST(a_field_without_output_goes_with_the_blank_before_it),
        TEST(a_message_later_in_an_omitted_field_is_written),
        TEST(an_escaped_blank_does_not_end_a_field),
        TEST(percent_blank_ends_a_field_and_writes_nothing),
        TEST(a_minus_stands_for_nothing),
        TEST(a_number_asks_for_a_level_of_detail),
        TEST(a_plus_drops_the_line),
        TEST(client_bytes_are_escaped),
        TEST(status_numbers_name_their_system),
        TEST(mistakes_are_refused),
        TEST(a_short_buffer_cuts_the_line),
        TEST(the_default_line_has_its_parts_in_order),
        TEST(a_full_default_line_has_no_half_referer),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
