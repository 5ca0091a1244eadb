/* SPDX-License-Identifier: Apache-2.0 */
/* Advice about unknown directives. */
#include "fixture.h"
#include "test_module.h"

#include "config/unknown.c"

static int far(const char *a, const char *b)
{
    return distance(a, strlen(a), b, strlen(b));
}

static void advises(const char *name, const char *advice_text)
{
    const char *sentence = cl_config_unknown_directive(pool, name);
    const char *fixed = apr_pstrcat(
        pool, "Invalid command '", name, "', perhaps misspelled or defined "
        "by a module not included in the server configuration", NULL);

    assert_memory_equal(sentence, fixed, strlen(fixed));
    assert_string_equal(sentence + strlen(fixed), advice_text);
}

static void distance_counts_edits_without_case(void **)
{
    assert_int_equal(far("abc", "ABC"), 0);
    assert_int_equal(far("abc", "abd"), 1);
    assert_int_equal(far("abc", "ab"), 1);
    assert_int_equal(far("abc", "abcd"), 1);
    assert_int_equal(far("abc", "acb"), 1);
    assert_int_equal(far("", "abc"), 3);
    assert_int_equal(far("ServerName", "ServerNmae"), 1);
}

static void the_index_is_sorted_for_the_search(void **)
{
    for (unsigned i = 1; i < cl_directive_index_size; ++i) {
        assert_true(ap_cstr_casecmp(cl_directive_index[i - 1].name,
                                    cl_directive_index[i].name) < 0);
    }
}

static void modules_not_loaded_are_named(void **)
{
    advises("sslengine", "; SSLEngine belongs to mod_ssl, load it first: "
            "LoadModule ssl_module modules/mod_ssl.so");
    advises("<Proxy", "; <Proxy> belongs to mod_proxy, load it first: "
            "LoadModule proxy_module modules/mod_proxy.so");
}

static void misspelled_names_get_the_nearest(void **)
{
    advises("IncludOptional",
            "; the nearest known name is IncludeOptional (mod_test.c)");
    advises("SSLEngin", "; the nearest known name is SSLEngine of mod_ssl, "
            "which is not loaded");
    advises("<IfDefien",
            "; the nearest known name is <IfDefine> (mod_test.c)");
}

static void distant_names_get_no_advice(void **)
{
    advises("Xyzzy", "");
    advises("", "");
}

static void long_names_do_no_harm(void **)
{
    char *name = apr_palloc(pool, 3001);

    memset(name, 'a', 3000);
    name[3000] = '\0';
    advises(name, "");
}

static void a_byte_order_mark_is_named(void **)
{
    advises("\xEF\xBB\xBFServerName", "; the file begins with a byte order "
            "mark, save it without");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(distance_counts_edits_without_case),
        test(the_index_is_sorted_for_the_search),
        test_with_module(modules_not_loaded_are_named),
        test_with_module(misspelled_names_get_the_nearest),
        test_with_module(distant_names_get_no_advice),
        test_with_module(long_names_do_no_harm),
        test_with_module(a_byte_order_mark_is_named),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
