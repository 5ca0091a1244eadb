/* SPDX-License-Identifier: Apache-2.0 */
/* Rules from text to what they find: magic_parse.c and magic_match.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

static struct magic_rule *rules_of(const char *const *lines)
{
    struct magic_rule *first = NULL;
    struct magic_rule **end = &first;

    for (; *lines != NULL; lines++) {
        const char *wrong = magic_parse_line(pool, *lines, end);

        if (wrong != NULL) {
            fail_msg("%s: %s", *lines, wrong);
        }
        if (*end != NULL) {
            end = &(*end)->next;
        }
    }
    return first;
}

static const char *type_of(const struct magic_rule *rules, const char *bytes,
                           size_t length)
{
    struct magic_result found;

    magic_match(rules, (const unsigned char *)bytes, length, &found);
    return found.type != NULL ? found.type : "none";
}

#define TYPE(rules, bytes) type_of(rules, bytes, sizeof(bytes) - 1)

static void strings_and_numbers_match(void **)
{
    static const char *const lines[] = {
        "# a comment", "",
        "0 string GIF8 image/gif",
        "0 beshort 0xffd8 image/jpeg",
        "0 lelong 0x04030201 x/little",
        "4 string/c AbC x/any-case",
        "0 byte&0xf0 0x50 x/masked",
        "0 string \\211P\\x4eG image/png",
        NULL
    };
    const struct magic_rule *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "GIF89a"), "image/gif");
    assert_string_equal(TYPE(rules, "\xff\xd8\xff\xe0"), "image/jpeg");
    assert_string_equal(TYPE(rules, "\x01\x02\x03\x04"), "x/little");
    assert_string_equal(TYPE(rules, "....aBc"), "x/any-case");
    assert_string_equal(TYPE(rules, "\x5a"), "x/masked");
    assert_string_equal(TYPE(rules, "\211PNG"), "image/png");
    assert_string_equal(TYPE(rules, "GIF"), "none");
    assert_string_equal(TYPE(rules, ""), "none");
}

static void deeper_lines_need_the_line_above(void **)
{
    static const char *const lines[] = {
        "0 string RIFF",
        ">8 string WAVE audio/x-wav",
        ">8 string AVI video/x-msvideo",
        ">>12 string Z x/deep",
        "8 string WAVE x/wrong",
        NULL
    };
    const struct magic_rule *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "RIFF....WAVE"), "audio/x-wav");
    assert_string_equal(TYPE(rules, "RIFF....AVI "), "video/x-msvideo");
    assert_string_equal(TYPE(rules, "RIFF....AVI Z"), "x/deep");
    assert_string_equal(TYPE(rules, "xxxx....WAVE"), "x/wrong");
}

static void relations_compare(void **)
{
    static const char *const lines[] = {
        "0 byte >100 x/greater", "0 byte <3 x/less",
        "0 ubyte &0x30 x/bits", "1 byte x x/any", NULL
    };
    const struct magic_rule *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "\x70"), "x/greater");
    assert_string_equal(TYPE(rules, "\x80"), "x/less");     /* signed */
    assert_string_equal(TYPE(rules, "\x34"), "x/bits");
    assert_string_equal(TYPE(rules, "\x08."), "x/any");
    assert_string_equal(TYPE(rules, "\x08"), "none");
}

static void indirect_offsets_stay_inside_the_file(void **)
{
    static const char *const lines[] = {
        "(0.b+1) string X x/indirect", NULL
    };
    const struct magic_rule *rules = rules_of(lines);

    assert_string_equal(TYPE(rules, "\x02..X"), "x/indirect");
    assert_string_equal(TYPE(rules, "\xff..X"), "none");
}

static void wrong_lines_are_explained(void **)
{
    static const char *const lines[] = { "x string a", "0", "0 strange a b",
        "0 long abc x/y", "(4.q) byte 1", "0 byte&zz 1" };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct magic_rule *rule;

        assert_non_null(magic_parse_line(pool, lines[i], &rule));
        assert_null(rule);
    }
}

static void text_is_guessed(void **)
{
#define GUESS(bytes) magic_guess((const unsigned char *)bytes, \
                                 sizeof(bytes) - 1)
    assert_string_equal(GUESS("hello\n"), "text/plain");
    assert_string_equal(GUESS(" \n<!DOCTYPE html>"), "text/html");
    assert_string_equal(GUESS("<HtMl>"), "text/html");
    assert_string_equal(GUESS("gr\xc3\xbc\xc3\x9f""e"), "text/plain");
    assert_null(GUESS("a\0b"));
    assert_null(GUESS("\x01\x02"));
    assert_null(GUESS(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_and_numbers_match),
        cmocka_unit_test(deeper_lines_need_the_line_above),
        cmocka_unit_test(relations_compare),
        cmocka_unit_test(indirect_offsets_stay_inside_the_file),
        cmocka_unit_test(wrong_lines_are_explained),
        cmocka_unit_test(text_is_guessed),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
