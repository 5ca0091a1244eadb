/* SPDX-License-Identifier: Apache-2.0 */
/* Which merges are kept, for whom, and by which key. */
#include "fixture.h"

static int merges_made;

static ap_conf_vector_t *count_merge(apr_pool_t *p, ap_conf_vector_t *,
                                     ap_conf_vector_t *)
{
    merges_made++;
    return apr_pcalloc(p, VECTOR_LENGTH * sizeof(void *));
}

#define ap_merge_per_dir_configs count_merge
#include "request/walk_cache.c"

static ap_conf_vector_t *add_section(apr_array_header_t **sections)
{
    ap_conf_vector_t *v = make_vector(apr_pcalloc(pool,
                                                  sizeof(core_dir_config)));

    if (!*sections) {
        *sections = apr_array_make(pool, 4, sizeof v);
    }
    APR_ARRAY_PUSH(*sections, ap_conf_vector_t *) = v;
    return v;
}

static int open_cache(void **state)
{
    open_fixture(state);
    merges_made = 0;
    return 0;
}

static void lasting_merges_are_shared_by_requests(void **)
{
    ap_conf_vector_t *section = add_section(&server_conf.sec_dir);
    ap_conf_vector_t *first;
    request_rec *one = make_request("/1");
    request_rec *two = make_request("/2");

    cl_request_walk_cache_open(pool, &server);
    first = cl_request_merge(one, server.lookup_defaults, section);
    assert_ptr_equal(cl_request_merge(two, server.lookup_defaults, section),
                     first);
    assert_int_equal(merges_made, 1);
}

static void the_result_of_a_lasting_merge_lasts(void **)
{
    ap_conf_vector_t *a = add_section(&server_conf.sec_dir);
    ap_conf_vector_t *b = add_section(&server_conf.sec_url);
    ap_conf_vector_t *v;

    cl_request_walk_cache_open(pool, &server);
    for (int i = 0; i < 2; i++) {
        request_rec *r = make_request("/");

        v = cl_request_merge(r, server.lookup_defaults, a);
        cl_request_merge(r, v, b);
    }
    assert_int_equal(merges_made, 2);
}

static void order_belongs_to_the_key(void **)
{
    ap_conf_vector_t *a = add_section(&server_conf.sec_dir);
    ap_conf_vector_t *b = add_section(&server_conf.sec_dir);
    request_rec *r = make_request("/");

    cl_request_walk_cache_open(pool, &server);
    assert_ptr_not_equal(cl_request_merge(r, a, b), cl_request_merge(r, b, a));
    assert_int_equal(merges_made, 2);
}

static void sections_inside_sections_last_too(void **)
{
    ap_conf_vector_t *dir = add_section(&server_conf.sec_dir);
    core_dir_config *core = ap_get_core_module_config(dir);
    ap_conf_vector_t *files = add_section(&core->sec_file);

    cl_request_walk_cache_open(pool, &server);
    cl_request_merge(make_request("/1"), dir, files);
    cl_request_merge(make_request("/2"), dir, files);
    assert_int_equal(merges_made, 1);
}

static void a_vector_from_elsewhere_is_merged_per_request(void **)
{
    ap_conf_vector_t *foreign = make_vector(NULL);
    request_rec *one = make_request("/1");

    cl_request_walk_cache_open(pool, &server);
    cl_request_merge(one, server.lookup_defaults, foreign);
    cl_request_merge(one, server.lookup_defaults, foreign);
    assert_int_equal(merges_made, 1);
    cl_request_merge(make_request("/2"), server.lookup_defaults, foreign);
    assert_int_equal(merges_made, 2);
}

static void a_subrequest_uses_what_its_parent_merged(void **)
{
    ap_conf_vector_t *foreign = make_vector(NULL);
    request_rec *parent = make_request("/");
    request_rec *sub = make_request("/sub");
    ap_conf_vector_t *v;

    sub->main = parent;
    v = cl_request_merge(parent, server.lookup_defaults, foreign);
    assert_ptr_equal(cl_request_merge(sub, server.lookup_defaults, foreign),
                     v);
    assert_int_equal(merges_made, 1);
}

static void a_full_table_still_gives_answers(void **)
{
    ap_conf_vector_t *v[64];
    request_rec *r = make_request("/");

    for (int i = 0; i < 64; i++) {
        v[i] = add_section(&server_conf.sec_dir);
    }
    cl_request_walk_cache_open(pool, &server);
    for (int i = 0; i < 64; i++) {
        for (int k = 0; k < 64; k++) {
            assert_non_null(cl_request_merge(r, v[i], v[k]));
        }
    }
    assert_true(memo->used <= (memo->mask + 1) / 4 * 3);
}

static void the_cache_ends_with_its_configuration(void **)
{
    apr_pool_t *pconf;

    apr_pool_create(&pconf, pool);
    cl_request_walk_cache_open(pconf, &server);
    assert_non_null(memo);
    apr_pool_destroy(pconf);
    assert_null(memo);
}

int main(void)
{
#define CACHE_TEST(f) \
    cmocka_unit_test_setup_teardown(f, open_cache, close_fixture)
    const struct CMUnitTest tests[] = {
        CACHE_TEST(lasting_merges_are_shared_by_requests),
        CACHE_TEST(the_result_of_a_lasting_merge_lasts),
        CACHE_TEST(order_belongs_to_the_key),
        CACHE_TEST(sections_inside_sections_last_too),
        CACHE_TEST(a_vector_from_elsewhere_is_merged_per_request),
        CACHE_TEST(a_subrequest_uses_what_its_parent_merged),
        CACHE_TEST(a_full_table_still_gives_answers),
        CACHE_TEST(the_cache_ends_with_its_configuration),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
