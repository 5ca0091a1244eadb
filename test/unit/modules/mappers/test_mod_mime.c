/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions: sections over sections, and types with parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mappers/mod_mime.c"

static apr_pool_t *pool;
static request_rec request;
static conn_rec connection;
static server_rec server;

static struct mime_dir *section(void)
{
    return mime_create_dir(pool, NULL);
}

static void add(struct mime_dir *dir, enum field field, const char *value,
                const char *name)
{
    cmd_parms cmd = { .pool = pool, .info = (void *)(apr_uintptr_t)field };

    assert_null(mime_add(&cmd, dir, value, name));
}

static void take_away(struct mime_dir *dir, enum field field,
                      const char *name)
{
    cmd_parms cmd = { .pool = pool, .info = (void *)(apr_uintptr_t)field };

    assert_null(mime_remove(&cmd, dir, name));
}

static const char *value(const struct mime_dir *dir, enum field field,
                         const char *name)
{
    struct extension found;

    look_up(dir, name, strlen(name), &found);
    return found.value[field] != NULL ? found.value[field] : "(none)";
}

static void dots_and_case_of_extensions_do_not_matter(void **)
{
    struct mime_dir *dir = section();

    add(dir, LANGUAGE, "EN-us", ".En");
    assert_string_equal(value(dir, LANGUAGE, "eN"), "en-us");
    assert_string_equal(value(dir, TYPE, "en"), "(none)");
}

static void the_inner_section_wins_field_by_field(void **)
{
    struct mime_dir *outer = section();
    struct mime_dir *inner = section();
    struct mime_dir *both;

    add(outer, TYPE, "a/outer", "x");
    add(outer, LANGUAGE, "en", "x");
    add(inner, TYPE, "a/inner", "x");
    both = mime_merge_dir(pool, outer, inner);
    assert_string_equal(value(both, TYPE, "x"), "a/inner");
    assert_string_equal(value(both, LANGUAGE, "x"), "en");
}

static void a_section_removes_what_its_neighbour_says(void **)
{
    struct mime_dir *outer = section();
    struct mime_dir *inner = section();
    struct mime_dir *both;

    add(outer, HANDLER, "h", "x");
    add(outer, ENCODING, "e", "x");
    take_away(inner, HANDLER, ".X");
    both = mime_merge_dir(pool, outer, inner);
    assert_string_equal(value(both, HANDLER, "x"), "(none)");
    assert_string_equal(value(both, ENCODING, "x"), "e");
}

static void a_merged_section_hides_nothing_further_out(void **)
{
    struct mime_dir *root = section();
    struct mime_dir *outer = section();
    struct mime_dir *inner = section();

    add(root, LANGUAGE, "en", "x");
    add(outer, LANGUAGE, "fr", "x");
    take_away(inner, LANGUAGE, "x");
    assert_string_equal(value(mime_merge_dir(pool, root,
        mime_merge_dir(pool, outer, inner)), LANGUAGE, "x"), "en");
}

static void a_removed_type_hides_the_one_of_the_server(void **)
{
    struct mime_dir *dir = section();

    types_by_extension = apr_hash_make(pool);
    read_types_line(pool, types_by_extension, "text/plain  txt TEXT");
    assert_string_equal(value(dir, TYPE, "TXT"), "text/plain");
    assert_string_equal(value(dir, TYPE, "text"), "text/plain");
    take_away(dir, TYPE, "txt");
    assert_string_equal(value(dir, TYPE, "txt"), "(none)");
    add(dir, TYPE, "a/b", "txt");
    assert_string_equal(value(dir, TYPE, "txt"), "a/b");
}

static void an_endless_extension_is_unknown(void **)
{
    struct mime_dir *dir = section();
    char name[LONGEST_EXTENSION + 2];

    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    add(dir, TYPE, "a/b", name);
    assert_string_equal(value(dir, TYPE, name), "(none)");
}

static void parameters_are_written_one_way(void **)
{
    static const struct { const char *type, *charset, *result; } rows[] = {
        { "text/plain", NULL, "text/plain" },
        { "text/plain", "utf-8", "text/plain; charset=utf-8" },
        { "text/plain;a=b", NULL, "text/plain; a=b" },
        { "text/plain ;a=b;", "x", "text/plain; a=b; charset=x" },
        { "text/plain;charset=a;b=c", "x", "text/plain; charset=x; b=c" },
        { "text/plain;charset=a;b=c;charset=d", "x",
          "text/plain; charset=x; b=c" },
        { "text/plain; a=\"b;c\" ; d=e", NULL, "text/plain; a=\"b;c\"; d=e" },
        { "text/plain; foo", NULL, "text/plain" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(with_charset(&request, rows[i].type,
                                         rows[i].charset), rows[i].result);
    }
}

static void what_is_no_type_is_left_alone(void **)
{
    static const char *const types[] = {
        "text", "text/", "/plain", "text/plain;", "text/plain; a=",
        "text/plain; a=b c", "text/plain;a=b;;c=d", "text/plain;a=b=c",
        "text/plain;a=\"x\\",
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        assert_string_equal(with_charset(&request, types[i], "x"), types[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dots_and_case_of_extensions_do_not_matter),
        cmocka_unit_test(the_inner_section_wins_field_by_field),
        cmocka_unit_test(a_section_removes_what_its_neighbour_says),
        cmocka_unit_test(a_merged_section_hides_nothing_further_out),
        cmocka_unit_test(a_removed_type_hides_the_one_of_the_server),
        cmocka_unit_test(an_endless_extension_is_unknown),
        cmocka_unit_test(parameters_are_written_one_way),
        cmocka_unit_test(what_is_no_type_is_left_alone),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    server.log.level = APLOG_EMERG;
    connection.base_server = request.server = &server;
    request.connection = &connection;
    request.pool = pool;
    request.filename = "/x";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
