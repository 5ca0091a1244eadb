/* SPDX-License-Identifier: Apache-2.0 */
#include "pool_fixture.h"

#include "base/form.c"

/* Feed TEXT in pieces of PIECE bytes, as filters do, without a filter. */
static struct form *feed(const char *text, apr_size_t piece, apr_size_t num,
                         apr_size_t size)
{
    struct form *form = apr_palloc(pool, sizeof *form);
    request_rec *r = apr_pcalloc(pool, sizeof *r);
    apr_size_t length = strlen(text);

    r->pool = pool;
    r->connection = apr_pcalloc(pool, sizeof *r->connection);
    r->connection->bucket_alloc = apr_bucket_alloc_create(pool);
    *form = (struct form){
        .r = r, .pairs = apr_array_make(pool, 1, sizeof(ap_form_pair_t)),
        .pairs_left = num, .bytes_left = size
    };
    for (apr_size_t at = 0; at < length; at += piece) {
        apr_size_t n = length - at < piece ? length - at : piece;
        apr_bucket *b = apr_bucket_immortal_create(text + at, n,
            r->connection->bucket_alloc);
        assert_int_equal(take_bucket(form, b), OK);
        apr_bucket_destroy(b);
    }
    if (!form->is_full) {
        end_pair(form);
    }
    return form;
}

static const char *value_of(const struct form *form, int i)
{
    apr_bucket_brigade *value =
        APR_ARRAY_IDX(form->pairs, i, ap_form_pair_t).value;
    char *text;
    apr_size_t length;

    apr_brigade_pflatten(value, &text, &length, pool);
    return apr_pstrmemdup(pool, text ? text : "", length);
}

static void pairs(const char *text, const char *expected)
{
    for (apr_size_t piece = 1; piece < 5; piece++) {
        struct form *form = feed(text, piece, (apr_size_t)-1, (apr_size_t)-1);
        const char *found = "";
        assert_false(form->is_full);
        for (int i = 0; i < form->pairs->nelts; i++) {
            found = apr_pstrcat(pool, found, "<",
                APR_ARRAY_IDX(form->pairs, i, ap_form_pair_t).name, "|",
                value_of(form, i), ">", NULL);
        }
        assert_string_equal(found, expected);
    }
}

static void pairs_are_names_and_values(void **)
{
    pairs("a=b&c=d", "<a|b><c|d>");
    pairs("a=b&", "<a|b>");
    pairs("&&a=b", "<a|b>");
    pairs("a=b=c", "<a|b=c>");
    pairs("a=1&a=2", "<a|1><a|2>");
    pairs("a=", "<a|>");
    pairs("=b", "<|b>");
    pairs("", "");
}

static void names_without_values_are_dropped(void **)
{
    pairs("a&b=1&c", "<b|1>");
}

static void escapes_and_plus_are_decoded(void **)
{
    pairs("%41+b=c+%2b%26%3D", "<A b|c +&=>");
    pairs("a=%c3%A9", "<a|\xc3\xa9>");
}

static void broken_escapes_stand_for_themselves(void **)
{
    pairs("a=%zz&b=%4&c=%", "<a|%zz><b|%4><c|%>");
    pairs("%=%%41", "<%|%A>");
    pairs("a=%4+", "<a|%4 >");
}

static void the_number_of_pairs_is_bounded(void **)
{
    struct form *form = feed("a=b&c=d&e=f", 3, 2, (apr_size_t)-1);

    assert_true(form->is_full);
    assert_int_equal(form->pairs->nelts, 2);
    assert_false(feed("a=b&c=d&", 3, 2, (apr_size_t)-1)->is_full);
    assert_true(feed("a=b", 3, 0, (apr_size_t)-1)->is_full);
}

static void the_number_of_decoded_bytes_is_bounded(void **)
{
    assert_false(feed("a=b&c=%41", 3, 9, 4)->is_full);
    assert_true(feed("a=b&c=%41", 3, 9, 3)->is_full);
    assert_true(feed("a", 1, 9, 0)->is_full);
}

static void a_long_value_is_kept_in_pieces(void **)
{
    char *text = apr_palloc(pool, 30001);

    memset(text, 'x', 30000);
    text[1] = '=';
    text[30000] = '\0';
    struct form *form = feed(text, 1000, 1, (apr_size_t)-1);
    assert_false(form->is_full);
    assert_int_equal(strlen(value_of(form, 0)), 29998);
}

static void a_name_has_a_limit(void **)
{
    char *text = apr_palloc(pool, 10001);

    memset(text, 'x', 10000);
    text[10000] = '\0';
    text[HUGE_STRING_LEN] = '=';
    assert_false(feed(text, 999, 1, (apr_size_t)-1)->is_full);
    text[HUGE_STRING_LEN] = 'x';
    assert_true(feed(text, 999, 1, (apr_size_t)-1)->is_full);
}

static void the_type_may_have_parameters(void **)
{
    assert_true(is_form("Application/X-WWW-Form-Urlencoded; charset=x"));
    assert_false(is_form("application/json"));
    assert_false(is_form(""));
    assert_false(is_form(NULL));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_names_and_values),
        cmocka_unit_test(names_without_values_are_dropped),
        cmocka_unit_test(escapes_and_plus_are_decoded),
        cmocka_unit_test(broken_escapes_stand_for_themselves),
        cmocka_unit_test(the_number_of_pairs_is_bounded),
        cmocka_unit_test(the_number_of_decoded_bytes_is_bounded),
        cmocka_unit_test(a_long_value_is_kept_in_pieces),
        cmocka_unit_test(a_name_has_a_limit),
        cmocka_unit_test(the_type_may_have_parameters),
    };
    return RUN(tests);
}
