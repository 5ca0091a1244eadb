/* SPDX-License-Identifier: Apache-2.0 */
/* Rules from text to what they find: magic_parse.c and magic_match.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http_config.h"

#include "metadata/mime_magic/magic_parse.c"
#undef APLOG_USE_MODULE
#define APLOG_USE_MODULE(name) extern module name##_module
#include "metadata/mime_magic/magic_match.c"
#include "metadata/mime_magic/magic_text.c"

module AP_MODULE_DECLARE_DATA mime_magic_module;

static apr_pool_t *pool;

static int set_up(void **)
{
    apr_initialize();
    apr_pool_create(&pool, NULL);
    return 0;
}

static int tear_down(void **)
{
    apr_pool_destroy(pool);
    apr_terminate();
    return 0;
}

static const struct magic_rules *rules_of(const char *const *lines)
{
    struct magic_rules *rules = apr_pcalloc(pool, sizeof *rules);

    rules->rule = apr_pcalloc(pool, 20 * sizeof *rules->rule);
    for (; *lines != NULL; lines++) {
        const char *wrong = magic_parse_line(pool, *lines,
                                             &rules->rule[rules->count++]);

        if (wrong != NULL) {
            fail_msg("%s: %s", *lines, wrong);
        }
    }
    return rules;
}

/* The bytes stand at the beginning of a file that goes on behind them. */
static const char *type_of(const struct magic_rules *rules, const char *bytes,
                           size_t length)
{
    unsigned char file[MAGIC_WINDOW] = { 0 };
    struct magic_result found = { NULL, NULL };

    memcpy(file, bytes, length);
    return magic_match_rules(pool, rules, file, sizeof file, &found)
        && found.type != NULL ? found.type : "none";
}

#define TYPE(rules, bytes) type_of(rules, bytes, sizeof(bytes) - 1)

static void strings_and_numbers_match(void **)
{
    static const char *const lines[] = {
        "0 string GIF8 image/gif",
        "0 beshort 0xffd8 image/jpeg",
        "0 lelong 0x04030201 x/little",
        "0 byte&0xf0 0x50 x/masked",
        "0 string \\211P\\x4eG image/png",
        NULL
    };
    const struct magic_rules *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "GIF89a"), "image/gif");
    assert_string_equal(TYPE(rules, "\xff\xd8\xff\xe0"), "image/jpeg");
    assert_string_equal(TYPE(rules, "\x01\x02\x03\x04"), "x/little");
    assert_string_equal(TYPE(rules, "\x5a"), "x/masked");
    assert_string_equal(TYPE(rules, "\211PNG"), "image/png");
    assert_string_equal(TYPE(rules, "GIF"), "none");
}

static void deeper_lines_need_the_line_above(void **)
{
    static const char *const lines[] = {
        "0 string RIFF",
        ">8 string WAVE audio/x-wav",
        ">8 string AVI video/x-msvideo",
        "8 string WAVE x/wrong",
        NULL
    };
    const struct magic_rules *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "RIFF....WAVE"), "audio/x-wav");
    assert_string_equal(TYPE(rules, "RIFF....AVI "), "video/x-msvideo");
    assert_string_equal(TYPE(rules, "xxxx....WAVE"), "x/wrong");
}

static void relations_compare(void **)
{
    static const char *const lines[] = {
        "0 byte >100 x/greater", "0 byte <3 x/less", NULL
    };
    const struct magic_rules *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "\x70"), "x/greater");
    assert_string_equal(TYPE(rules, "\x01"), "x/less");
    assert_string_equal(TYPE(rules, "\x08"), "none");
}

static void wrong_lines_are_explained(void **)
{
    static const char *const lines[] = { "x string a", "0", "0 strange a b",
        "4 string/c AbC x/y", "(4.q) byte 1" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct magic_rule rule;

        if (magic_parse_line(pool, lines[i], &rule) == NULL) {
            fail_msg("\"%s\" was accepted", lines[i]);
        }
    }
}

static void bytes_that_are_no_text_are_not_guessed(void **)
{
    static const unsigned char binary[600] = { 1, 2, 0, 3 };

    assert_null(magic_guess_text(binary, sizeof binary));
    assert_null(magic_guess_text(binary, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_and_numbers_match),
        cmocka_unit_test(deeper_lines_need_the_line_above),
        cmocka_unit_test(relations_compare),
        cmocka_unit_test(wrong_lines_are_explained),
        cmocka_unit_test(bytes_that_are_no_text_are_not_guessed),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
