/* SPDX-License-Identifier: Apache-2.0 */
/* The expression language from text to truth: parser.c and eval.c together,
 * with the core's own variables, functions and operators. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "expr/parser.c"

#include "apr_network_io.h"

static apr_pool_t *pool;
static request_rec *r;
static conn_rec *c;
static server_rec *s;

static int set_up(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    r = apr_pcalloc(pool, sizeof *r);
    c = r->connection = apr_pcalloc(pool, sizeof *c);
    s = r->server = apr_pcalloc(pool, sizeof *s);
    r->pool = c->pool = pool;
    c->base_server = s;
    r->headers_in = apr_table_make(pool, 4);
    r->headers_out = apr_table_make(pool, 4);
    r->err_headers_out = apr_table_make(pool, 4);
    r->notes = apr_table_make(pool, 4);
    r->subprocess_env = apr_table_make(pool, 4);
    r->uri = (char *)"/a/b.html";
    r->method = "GET";
    r->args = (char *)"x=1";
    r->user = (char *)"anna";
    r->useragent_ip = (char *)"192.0.2.7";
    apr_sockaddr_info_get(&r->useragent_addr, "192.0.2.7", APR_INET, 0, 0,
                          pool);
    apr_table_set(r->headers_in, "Accept", "text/html");
    apr_table_set(r->subprocess_env, "MODE", "fast");
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static const char *parse_as(ap_expr_info_t *info, const char *text,
                            unsigned flags)
{
    memset(info, 0, sizeof *info);
    info->flags = flags;
    return ap_expr_parse(pool, pool, info, text, ap_expr_lookup_default);
}

static const char *vary;

static int run(const ap_expr_info_t *info, const char **text)
{
    ap_regmatch_t match[AP_MAX_REG_MATCH];
    const char *source = NULL, *error = NULL;
    ap_expr_eval_ctx_t ctx = { .r = r, .c = c, .s = s, .p = pool,
        .err = &error, .info = info, .re_pmatch = match,
        .re_nmatch = AP_MAX_REG_MATCH, .re_source = &source,
        .vary_this = &vary, .result_string = text };

    vary = NULL;
    return ap_expr_exec_ctx(&ctx);
}

static int truth(const char *condition)
{
    ap_expr_info_t info;
    const char *wrong = parse_as(&info, condition, 0);
    const char *text = NULL;

    if (wrong != NULL) {
        fail_msg("%s: %s", condition, wrong);
    }
    return run(&info, &text);
}

static const char *string(const char *expression)
{
    ap_expr_info_t info;
    const char *wrong = parse_as(&info, expression,
                                 AP_EXPR_FLAG_STRING_RESULT);
    const char *text = NULL;

    if (wrong != NULL) {
        fail_msg("%s: %s", expression, wrong);
    }
    assert_true(run(&info, &text) > 0);
    return text;
}

static void conditions_are_true_or_false(void **)
{
    static const struct { const char *text; int result; } rows[] = {
        { "true", 1 }, { "false", 0 }, { "! true", 0 }, { "not false", 1 },
        { "true && false", 0 }, { "true and true", 1 },
        { "false || true", 1 }, { "false or false", 0 },
        { "true || false && false", 1 }, { "(true || false) && false", 0 },
        { "'a' == 'a'", 1 }, { "'a' = 'b'", 0 }, { "'a' != 'b'", 1 },
        { "'a' < 'b'", 1 }, { "'b' <= 'a'", 0 }, { "'10' < '9'", 1 },
        { "'10' -lt '9'", 0 }, { "10 gt 9", 1 }, { "10 -eq 10", 1 },
        { "10 ne 11", 1 }, { "10 -ge 11", 0 }, { "1 le 1", 1 },
        { "'b' in { 'a', 'b' }", 1 }, { "'c' -in { 'a', 'b' }", 0 },
        { "'abc' =~ /B/i", 1 }, { "'abc' =~ m#^a.c$#", 1 },
        { "'abc' !~ /b/", 0 }, { "'a/c' =~ /a\\/c/", 1 },
        { "-n 'x'", 1 }, { "-z 'x'", 0 }, { "-T 'off'", 0 }, { "-T 'x'", 1 },
        { "-R '192.0.2.0/24'", 1 }, { "-R '10.0.0.0/8'", 0 },
        { "'192.0.2.9' -ipmatch '192.0.2.0/24'", 1 },
        { "'a/b' -strmatch 'a*'", 1 }, { "'a/b' -fnmatch 'a*'", 0 },
        { "'ABC' -strcmatch 'a?c'", 1 },
        { "%{REQUEST_URI} == '/a/b.html'", 1 },
        { "%{request_method} == 'GET'", 1 },
        { "reqenv('MODE') == 'fast'", 1 }, { "env('MODE') == v('MODE')", 1 },
        { "'a' . 'b' == 'ab'", 1 }, { "-d '/'", 1 }, { "-f '/'", 0 },
        { "-e '/nonexistent'", 0 }, { "-s '/etc/passwd'", 1 },
        { "md5('foo') == 'acbd18db4cc2f85cedef654fccc4a4d8'", 1 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (truth(rows[i].text) != rows[i].result) {
            fail_msg("%s is not %d", rows[i].text, rows[i].result);
        }
    }
}

static void back_references_are_those_of_the_last_match(void **)
{
    assert_int_equal(truth("'key=val' =~ /(\\w+)=(\\w+)/ && '$2-$1' == "
                           "'val-key'"), 1);
    assert_int_equal(truth("'x' =~ /(y)?x/ && '[$1]' == '[]'"), 1);
}

static void strings_join_text_variables_and_functions(void **)
{
    assert_string_equal(string("u=%{REQUEST_URI}?%{QUERY_STRING}"),
                        "u=/a/b.html?x=1");
    assert_string_equal(string("%{toupper:abc}%{base64:hi}"), "ABCaGk=");
    assert_string_equal(string("%{unescape:a%20b}"), "a b");
    assert_string_equal(string("100%"), "100%");
    assert_string_equal(string(""), "");
    assert_string_equal(string("a\\tb"), "a\tb");
    assert_string_equal(string("%{REMOTE_USER}@%{REMOTE_ADDR}"),
                        "anna@192.0.2.7");
    assert_string_equal(string("%{sha1:foo}"),
                        "0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33");
}

static void request_fields_are_noted_for_vary(void **)
{
    assert_int_equal(truth("req('Accept') == 'text/html'"), 1);
    assert_string_equal(vary, "Accept");
    assert_int_equal(truth("req_novary('Accept') == 'text/html'"), 1);
    assert_null(vary);
}

static void errors_name_the_character(void **)
{
    static const struct { const char *text; const char *part; } rows[] = {
        { "", "ends" }, { "'a' ==", "ends" }, { "'a' 'b'", "comparison" },
        { "'abc", "closing quote" }, { "%{NOPE} == 'a'", "\"NOPE\"" },
        { "nope('a') == 'b'", "\"nope\"" }, { "-Q 'a'", "\"Q\"" },
        { "'a' =~ /(/", "compile" }, { "'a' =~ b", "regular expression" },
        { "'a' in { 'b'", "list" }, { "(true", ")" }, { "true true", "end" },
        { "-R 'x.y'", "subnet" }, { "'a' & 'b'", "character 5" },
        { "%{HTTP_HOST", "}" }, { "abc == 'a'", "quotes" },
    };
    ap_expr_info_t info;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *wrong = parse_as(&info, rows[i].text, 0);

        if (wrong == NULL || strstr(wrong, rows[i].part) == NULL) {
            fail_msg("%s: \"%s\" lacks \"%s\"", rows[i].text,
                     wrong != NULL ? wrong : "(accepted)", rows[i].part);
        }
    }
}

static void files_are_refused_where_restricted(void **)
{
    static const char *const rows[] = { "-f '/'", "-d '/'",
        "file('/etc/passwd') == ''", "filesize('/') == '0'" };
    ap_expr_info_t info;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_non_null(strstr(parse_as(&info, rows[i],
                                        AP_EXPR_FLAG_RESTRICTED),
                               "may not be used here"));
    }
    assert_null(parse_as(&info, "-n 'a'", AP_EXPR_FLAG_RESTRICTED));
}

static void nesting_has_a_limit(void **)
{
    char text[2001];
    ap_expr_info_t info;

    memset(text, '(', 2000);
    text[2000] = '\0';
    assert_non_null(strstr(parse_as(&info, text, 0), "deeply"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_are_true_or_false),
        cmocka_unit_test(back_references_are_those_of_the_last_match),
        cmocka_unit_test(strings_join_text_variables_and_functions),
        cmocka_unit_test(request_fields_are_noted_for_vary),
        cmocka_unit_test(errors_name_the_character),
        cmocka_unit_test(files_are_refused_where_restricted),
        cmocka_unit_test(nesting_has_a_limit),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
