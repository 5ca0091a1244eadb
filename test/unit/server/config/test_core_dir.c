/* SPDX-License-Identifier: Apache-2.0 */
#include "config/core_dir.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static apr_pool_t *pool;

static int start_anew(void **)
{
    apr_pool_clear(pool);
    return 0;
}

static core_dir_config *made(const char *dir)
{
    return cl_config_create_core_dir(pool, (char *)dir);
}

static core_dir_config *merged(core_dir_config *base, core_dir_config *add)
{
    return cl_config_merge_core_dir(pool, base, add);
}

static void a_directory_gets_a_final_slash_and_its_depth(void **)
{
    assert_string_equal(made("/a/b")->d, "/a/b/");
    assert_int_equal(made("/a/b")->d_components, 3);
    assert_string_equal(made("/")->d, "/");
    assert_int_equal(made("/")->d_components, 1);
    assert_true(made("/a*/b")->d_is_fnmatch);
    assert_null(made(NULL)->d);
}

static void unset_fields_are_inherited_and_set_ones_stay(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a"), *conf;

    base->hostname_lookups = HOSTNAME_LOOKUP_ON;
    base->limit_req_body = 10;
    base->mime_type = "a/b";
    base->enable_mmap = ENABLE_MMAP_OFF;
    base->accept_path_info = AP_REQ_REJECT_PATH_INFO;
    add->limit_req_body = 0;
    add->enable_mmap = ENABLE_MMAP_ON;
    conf = merged(base, add);
    assert_int_equal(conf->hostname_lookups, HOSTNAME_LOOKUP_ON);
    assert_int_equal(conf->limit_req_body, 0);
    assert_string_equal(conf->mime_type, "a/b");
    assert_int_equal(conf->enable_mmap, ENABLE_MMAP_ON);
    assert_int_equal(conf->accept_path_info, AP_REQ_REJECT_PATH_INFO);
    assert_string_equal(conf->d, "/a/");
    assert_int_equal(conf->use_canonical_name, USE_CANONICAL_NAME_UNSET);
}

static void options_change_what_is_inherited(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a"), *next = made("/b");

    base->opts = OPT_INDEXES | OPT_SYM_LINKS;
    add->opts_add = OPT_EXECCGI;
    add->opts_remove = OPT_INDEXES;
    next->opts_add = OPT_INDEXES;
    assert_int_equal(merged(base, add)->opts, OPT_SYM_LINKS | OPT_EXECCGI);
    assert_int_equal(merged(merged(base, add), next)->opts,
                     OPT_SYM_LINKS | OPT_EXECCGI | OPT_INDEXES);
    next->opts = OPT_MULTI;
    assert_int_equal(merged(merged(base, add), next)->opts, OPT_MULTI);
}

static void options_merge_the_same_in_any_grouping(void **)
{
    core_dir_config *a = made(NULL), *b = made("/b"), *c = made("/c");

    a->opts = OPT_INDEXES | OPT_MULTI;
    b->opts_add = OPT_EXECCGI;
    b->opts_remove = OPT_INDEXES;
    c->opts_add = OPT_INDEXES;
    c->opts_remove = OPT_EXECCGI | OPT_MULTI;
    assert_int_equal(merged(merged(a, b), c)->opts,
                     merged(a, merged(b, c))->opts);
}

static void a_server_follows_symlinks_until_told_otherwise(void **)
{
    assert_true(merged(made(NULL), made("/a"))->opts & OPT_SYM_LINKS);
    assert_false(made("/a")->opts & OPT_SYM_LINKS);
}

static void etag_parts_are_added_and_removed(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a");

    base->etag_bits = ETAG_INODE | ETAG_SIZE;
    add->etag_remove = ETAG_INODE;
    assert_int_equal(merged(base, add)->etag_bits, ETAG_SIZE);
    add->etag_remove |= ETAG_SIZE;
    assert_int_equal(merged(base, add)->etag_bits, ETAG_NONE);
    base->etag_bits = ETAG_UNSET;
    assert_int_equal(merged(base, add)->etag_bits, ETAG_UNSET);
    assert_int_equal(merged(base, add)->etag_remove, ETAG_INODE | ETAG_SIZE);
}

static void overrides_are_taken_as_a_whole(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a");

    base->override = OR_FILEINFO | OR_INDEXES;
    base->override_opts = OPT_INDEXES;
    assert_int_equal(merged(base, add)->override, OR_FILEINFO | OR_INDEXES);
    assert_int_equal(merged(base, add)->override_opts, OPT_INDEXES);
    add->override = OR_NONE;
    assert_int_equal(merged(base, add)->override, OR_NONE);
}

static void a_handler_and_a_handler_expression_replace_each_other(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a");

    base->expr_handler = (ap_expr_info_t *)pool;
    add->handler = "x";
    assert_string_equal(merged(base, add)->handler, "x");
    assert_null(merged(base, add)->expr_handler);
    add->handler = NULL;
    assert_ptr_equal(merged(base, add)->expr_handler, pool);
}

static void nested_sections_come_after_outer_ones(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a"), *conf;

    base->sec_file = apr_array_make(pool, 1, sizeof(void *));
    add->sec_file = apr_array_make(pool, 1, sizeof(void *));
    APR_ARRAY_PUSH(base->sec_file, void *) = base;
    APR_ARRAY_PUSH(add->sec_file, void *) = add;
    conf = merged(base, add);
    assert_int_equal(conf->sec_file->nelts, 2);
    assert_ptr_equal(APR_ARRAY_IDX(conf->sec_file, 0, void *), base);
    APR_ARRAY_PUSH(conf->sec_file, void *) = conf;
    assert_int_equal(base->sec_file->nelts, 1);
    assert_int_equal(add->sec_file->nelts, 1);
}

static void a_merged_list_can_grow_without_touching_its_base(void **)
{
    core_dir_config *base = made(NULL), *conf;

    base->sec_if = apr_array_make(pool, 4, sizeof(void *));
    APR_ARRAY_PUSH(base->sec_if, void *) = base;
    conf = merged(base, made("/a"));
    APR_ARRAY_PUSH(conf->sec_if, void *) = conf;
    assert_int_equal(base->sec_if->nelts, 1);
    APR_ARRAY_PUSH(base->sec_if, void *) = base;
    assert_ptr_equal(APR_ARRAY_IDX(conf->sec_if, 1, void *), conf);
}

static void error_documents_are_merged_code_by_code(void **)
{
    core_dir_config *base = made(NULL), *add = made("/a"), *conf;

    base->response_code_strings =
        apr_pcalloc(pool, RESPONSE_CODES * sizeof(char *));
    add->response_code_strings =
        apr_pcalloc(pool, RESPONSE_CODES * sizeof(char *));
    base->response_code_strings[1] = (char *)"one";
    base->response_code_strings[2] = (char *)"two";
    add->response_code_strings[2] = (char *)"zwei";
    conf = merged(base, add);
    assert_string_equal(conf->response_code_strings[1], "one");
    assert_string_equal(conf->response_code_strings[2], "zwei");
    assert_string_equal(base->response_code_strings[2], "two");
    add->response_code_strings = NULL;
    assert_string_equal(merged(base, add)->response_code_strings[2], "two");
}

static void encoded_slashes_pass_sections_but_not_servers(void **)
{
    core_dir_config *base = made(NULL);

    base->allow_encoded_slashes = 1;
    assert_true(merged(base, made("/a"))->allow_encoded_slashes);
    assert_false(merged(base, made(NULL))->allow_encoded_slashes);
}

static void limits_have_their_defaults(void **)
{
    void *vector[1] = { made(NULL) };
    request_rec r = { .per_dir_config = (struct ap_conf_vector_t *)vector };

    assert_int_equal(ap_get_limit_xml_body(&r), 1000000);
    assert_int_equal(ap_get_read_buf_size(&r), AP_IOBUFSIZE);
    ((core_dir_config *)vector[0])->read_buf_size = 100;
    assert_int_equal(ap_get_read_buf_size(&r), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup(name, start_anew)
        TEST(a_directory_gets_a_final_slash_and_its_depth),
        TEST(unset_fields_are_inherited_and_set_ones_stay),
        TEST(options_change_what_is_inherited),
        TEST(options_merge_the_same_in_any_grouping),
        TEST(a_server_follows_symlinks_until_told_otherwise),
        TEST(etag_parts_are_added_and_removed),
        TEST(overrides_are_taken_as_a_whole),
        TEST(a_handler_and_a_handler_expression_replace_each_other),
        TEST(nested_sections_come_after_outer_ones),
        TEST(a_merged_list_can_grow_without_touching_its_base),
        TEST(error_documents_are_merged_code_by_code),
        TEST(encoded_slashes_pass_sections_but_not_servers),
        TEST(limits_have_their_defaults),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
