/* SPDX-License-Identifier: Apache-2.0 */
/* Type maps, and the choice among what they list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mappers/negotiation/neg_accept.c"
#include "mappers/negotiation/neg_variants.c"
#undef APLOG_USE_MODULE
#define APLOG_USE_MODULE(name) extern module name##_module
#include "mappers/negotiation/neg_map.c"
#include "mappers/negotiation/neg_rank.c"

module AP_MODULE_DECLARE_DATA negotiation_module;

static apr_pool_t *pool;
static request_rec request;
static conn_rec connection;
static server_rec server;
static const struct language_policy no_policy = { NULL, FORCE_PREFER };

static struct variant_set *parse(const char *text, int status)
{
    struct variant_set *set = negotiation_make_set(&request);

    set->map = "/dir/page.var";
    assert_int_equal(negotiation_parse_map(set, apr_pstrdup(pool, text)),
                     status);
    return set;
}

static struct variant *at(struct variant_set *set, int i)
{
    assert_true(i < set->variants->nelts);
    return &APR_ARRAY_IDX(set->variants, i, struct variant);
}

static void ask(const char *name, const char *value)
{
    if (value == NULL) {
        apr_table_unset(request.headers_in, name);
    }
    else {
        apr_table_setn(request.headers_in, name, value);
    }
}

static const char three_languages[] =
    "URI: en\nContent-Type: text/html\nContent-Language: en\n"
    "Content-Length: 5\n\n"
    "URI: fr\nContent-Type: text/html\nContent-Language: fr\n"
    "Content-Length: 4\n\n"
    "URI: de\nContent-Type: text/html\nContent-Language: de\n"
    "Content-Length: 6\n";

static const char *choice(const char *accept_language,
                          const struct language_policy *policy)
{
    struct variant *best;

    ask("Accept-Language", accept_language);
    best = negotiation_choose(parse(three_languages, OK), policy);
    ask("Accept-Language", NULL);
    return best != NULL ? best->name : "(none)";
}

static void entries_are_parted_by_blank_lines(void **)
{
    struct variant_set *set = parse("URI: page\n\n# comment\n"
        "URI: a (b)\nContent-Type: Text/HTML; qs=0.5\n\t; charset=UTF-8\n\n"
        "\nURI: c\nContent-Language: EN, fr\n", OK);

    assert_int_equal(set->variants->nelts, 2);
    assert_string_equal(at(set, 0)->name, "a");
    assert_string_equal(at(set, 0)->type, "text/html");
    assert_string_equal(at(set, 0)->charset, "utf-8");
    assert_int_equal(at(set, 0)->source_quality, 500);
    assert_int_equal(at(set, 0)->level, 2);
    assert_int_equal(at(set, 1)->languages->nelts, 2);
    assert_true(set->is_transparent);
}

static void a_body_ends_at_its_delimiter(void **)
{
    static const char map[] = "Content-Type: text/plain\n"
                              "Body:--x\nline\n\n--x\n";
    struct variant_set *set = parse(map, OK);

    assert_int_equal(at(set, 0)->length, 6);
    assert_memory_equal(map + at(set, 0)->body, "line\n\n", 6);
    assert_string_equal(at(set, 0)->name, "page.var");
    assert_false(set->is_transparent);
}

static void a_body_without_end_is_left_out(void **)
{
    assert_int_equal(parse("Content-Type: a/b\nBody:x\nline\n", OK)
                     ->variants->nelts, 0);
}

static void a_path_is_no_neighbour(void **)
{
    assert_false(parse("URI: d/a\nContent-Type: a/b\n", OK)->is_transparent);
}

static void a_line_without_colon_or_value_is_refused(void **)
{
    parse("URI: a\nnonsense\n", HTTP_INTERNAL_SERVER_ERROR);
    parse("URI:\n", HTTP_INTERNAL_SERVER_ERROR);
}

static void the_language_with_the_highest_quality_wins(void **)
{
    assert_string_equal(choice("de;q=0.5, fr;q=0.4, en;q=0.1", &no_policy),
                        "de");
    assert_string_equal(choice("it", &no_policy), "(none)");
}

static void without_a_wish_the_shortest_wins(void **)
{
    assert_string_equal(choice(NULL, &no_policy), "fr");
}

static void a_parent_language_is_better_than_nothing(void **)
{
    assert_string_equal(choice("en-GB", &no_policy), "en");
    assert_string_equal(choice("en-GB, de;q=0.1", &no_policy), "de");
    assert_string_equal(choice("de-CH, de;q=0", &no_policy), "(none)");
}

static void language_priority_breaks_ties_and_falls_back(void **)
{
    struct language_policy policy = {
        apr_array_make(pool, 1, sizeof(char *)), FORCE_PREFER
    };

    APR_ARRAY_PUSH(policy.priority, const char *) = "de";
    assert_string_equal(choice("*", &policy), "de");
    assert_string_equal(choice("it", &policy), "(none)");
    policy.force = FORCE_FALLBACK;
    assert_string_equal(choice("it", &policy), "de");
    assert_string_equal(choice("en", &policy), "en");
    assert_string_equal(choice(NULL, &policy), "fr");
}

static void bare_wildcards_are_a_last_resort(void **)
{
    struct variant_set *set;

    ask("Accept", "text/html, */*");
    set = parse("URI: a\nContent-Type: image/gif\n\n"
                "URI: b\nContent-Type: text/html; qs=0.1\n", OK);
    assert_string_equal(negotiation_choose(set, &no_policy)->name, "b");
    ask("Accept", "text/html, */*;q=0.5");
    set = parse("URI: a\nContent-Type: image/gif\n\n"
                "URI: b\nContent-Type: text/html; qs=0.1\n", OK);
    assert_string_equal(negotiation_choose(set, &no_policy)->name, "a");
    ask("Accept", NULL);
}

static void an_encoding_must_be_acceptable(void **)
{
    static const char map[] =
        "URI: a\nContent-Type: a/b\nContent-Length: 9\n\n"
        "URI: z\nContent-Type: a/b\nContent-Encoding: x-gzip\n"
        "Content-Length: 1\n";

    assert_string_equal(negotiation_choose(parse(map, OK), &no_policy)->name,
                        "a");
    ask("Accept-Encoding", "gzip;q=0.1");
    assert_string_equal(negotiation_choose(parse(map, OK), &no_policy)->name,
                        "z");
    ask("Accept-Encoding", "*;q=0");
    assert_null(negotiation_choose(parse(map, OK), &no_policy));
    ask("Accept-Encoding", NULL);
}

static void rvsa_chooses_only_what_is_definite(void **)
{
    ask("Negotiate", "1.0");
    ask("Accept", "text/html");
    assert_string_equal(choice("de", &no_policy), "de");
    assert_string_equal(choice("*", &no_policy), "(none)");
    assert_string_equal(choice(NULL, &no_policy), "(none)");
    ask("Accept", NULL);
    assert_string_equal(choice("de", &no_policy), "(none)");
    ask("Negotiate", NULL);
}

static void the_dimensions_are_those_that_differ(void **)
{
    struct variant_set *set = parse(three_languages, OK);

    negotiation_choose(set, &no_policy);
    assert_true(set->varies_by_language);
    assert_false(set->varies_by_type);
    assert_false(set->varies_by_encoding);
    assert_false(set->varies_by_charset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_parted_by_blank_lines),
        cmocka_unit_test(a_body_ends_at_its_delimiter),
        cmocka_unit_test(a_body_without_end_is_left_out),
        cmocka_unit_test(a_path_is_no_neighbour),
        cmocka_unit_test(a_line_without_colon_or_value_is_refused),
        cmocka_unit_test(the_language_with_the_highest_quality_wins),
        cmocka_unit_test(without_a_wish_the_shortest_wins),
        cmocka_unit_test(a_parent_language_is_better_than_nothing),
        cmocka_unit_test(language_priority_breaks_ties_and_falls_back),
        cmocka_unit_test(bare_wildcards_are_a_last_resort),
        cmocka_unit_test(an_encoding_must_be_acceptable),
        cmocka_unit_test(rvsa_chooses_only_what_is_definite),
        cmocka_unit_test(the_dimensions_are_those_that_differ),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    server.log.level = APLOG_EMERG;
    connection.base_server = request.server = &server;
    request.connection = &connection;
    request.pool = connection.pool = pool;
    request.method_number = M_GET;
    request.headers_in = apr_table_make(pool, 4);
    request.subprocess_env = apr_table_make(pool, 4);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
