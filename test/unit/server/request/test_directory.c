/* SPDX-License-Identifier: Apache-2.0 */
/* The directory walk over a real tree: where names end, which sections count
 * in which order, which links stop it. */
#include "fixture.h"

#include "http_request.h"
#include "request/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/cleat-walk-XXXXXX";
static char trail[256];         /* names of the sections applied */
static char htaccess_dirs[512];

/* Keeps the options of the newer section, and notes its name. */
static ap_conf_vector_t *note_merge(request_rec *, ap_conf_vector_t *base,
                                    ap_conf_vector_t *add)
{
    const core_dir_config *below = ap_get_core_module_config(base);
    core_dir_config *conf = apr_pmemdup(pool, ap_get_core_module_config(add),
                                        sizeof *conf);

    strcat(trail, conf->handler);
    if (conf->opts == OPT_UNSET) {
        conf->opts = below->opts;
    }
    conf->override |= below->override;
    return make_vector(conf);
}

static apr_status_t ask_system(apr_finfo_t *finfo, request_rec *r,
                               apr_int32_t wanted)
{
    return apr_stat(finfo, r->filename, wanted, r->pool);
}

static int note_htaccess(ap_conf_vector_t **, request_rec *, int, int,
                         apr_table_t *, const char *dir, const char *)
{
    strcat(strcat(htaccess_dirs, dir + strlen(root)), " ");
    return OK;
}

#define cl_request_merge note_merge
#define ap_parse_htaccess note_htaccess
#include "request/directory.c"

static core_dir_config *add_section(const char *below, const char *name)
{
    core_dir_config *conf = apr_pcalloc(pool, sizeof *conf);

    conf->d = apr_pstrcat(pool, *below == '/' ? root : "", below, NULL);
    conf->d_components = (unsigned int)ap_count_dirs(conf->d);
    conf->d_is_fnmatch = ap_is_matchexp(conf->d) != 0;
    conf->handler = name;
    conf->opts = OPT_UNSET;
    APR_ARRAY_PUSH(server_conf.sec_dir, ap_conf_vector_t *)
        = make_vector(conf);
    return conf;
}

static request_rec *walk(const char *below, int expected)
{
    request_rec *r = make_request(below);

    r->filename = apr_pstrcat(pool, root, below, NULL);
    trail[0] = htaccess_dirs[0] = '\0';
    assert_int_equal(ap_directory_walk(r), expected);
    return r;
}

static void make_file(const char *below)
{
    char path[128];
    FILE *f;

    snprintf(path, sizeof path, "%s%s", root, below);
    f = fopen(path, "w");
    assert_non_null(f);
    fclose(f);
}

static int make_tree(void **)
{
    char path[128], link[128];

    assert_non_null(mkdtemp(root));
    for (const char *const *d
             = (const char *const[]){ "/a", "/a/b", "/a/b/c", NULL };
         *d; d++) {
        snprintf(path, sizeof path, "%s%s", root, *d);
        assert_int_equal(mkdir(path, 0755), 0);
    }
    make_file("/a/f");
    make_file("/a/b/f");
    snprintf(link, sizeof link, "%s/a/link", root);
    assert_int_equal(symlink("f", link), 0);
    snprintf(link, sizeof link, "%s/a/lost", root);
    assert_int_equal(symlink("nowhere", link), 0);
    snprintf(link, sizeof link, "%s/a/fifo", root);
    assert_int_equal(mkfifo(link, 0644), 0);
    return 0;
}

static int remove_tree(void **)
{
    char command[128];

    snprintf(command, sizeof command, "rm -r '%s'", root);
    return system(command);
}

static int open_walk(void **state)
{
    open_fixture(state);
    dir_conf.opts = OPT_SYM_LINKS;
    server_conf.sec_dir = apr_array_make(pool, 4, sizeof(void *));
    return 0;
}

static void a_file_has_no_path_info(void **)
{
    request_rec *r = walk("/a/f", OK);

    assert_int_equal(r->finfo.filetype, APR_REG);
    assert_string_equal(r->path_info, "");
    assert_string_equal(r->filename + strlen(root), "/a/f");
}

static void what_follows_a_file_is_path_info(void **)
{
    request_rec *r = walk("/a/f/x/y", OK);

    assert_int_equal(r->finfo.filetype, APR_REG);
    assert_string_equal(r->filename + strlen(root), "/a/f");
    assert_string_equal(r->path_info, "/x/y");
    assert_string_equal(walk("/a/f/", OK)->path_info, "/");
}

static void a_missing_name_ends_the_walk_too(void **)
{
    request_rec *r = walk("/none/x", OK);

    assert_int_equal(r->finfo.filetype, APR_NOFILE);
    assert_string_equal(r->filename + strlen(root), "/none");
    assert_string_equal(r->path_info, "/x");
}

static void a_directory_keeps_its_slash(void **)
{
    request_rec *r = walk("/a/", OK);

    assert_int_equal(r->finfo.filetype, APR_DIR);
    assert_string_equal(r->filename + strlen(root), "/a/");
    assert_string_equal(walk("/a", OK)->filename + strlen(root), "/a");
}

static void odd_spellings_become_canonical(void **)
{
    request_rec *r = walk("/a//./b/../f", OK);

    assert_string_equal(r->filename + strlen(root), "/a/f");
    assert_int_equal(r->finfo.filetype, APR_REG);
}

static void sections_apply_from_the_root_down(void **)
{
    add_section("/", "1");
    add_section("/a/", "2");
    add_section("/*/", "3");
    add_section("/x/", "-");
    add_section("/a/b/", "4");
    walk("/a/b/f", OK);
    assert_string_equal(trail, "1234");
    walk("/a/", OK);
    assert_string_equal(trail, "123");
    walk("/a/none/f", OK);
    assert_string_equal(trail, "123");
}

static void a_directory_without_slash_gets_its_section(void **)
{
    add_section("/a/b/", "b");
    walk("/a/b", OK);
    assert_string_equal(trail, "b");
}

static void a_section_may_name_a_file_where_links_are_followed(void **)
{
    add_section("/a/f/", "f");
    walk("/a/f", OK);
    assert_string_equal(trail, "f");
    walk("/a/f/x", OK);
    assert_string_equal(trail, "");
    dir_conf.opts = OPT_NONE;
    walk("/a/f", OK);
    assert_string_equal(trail, "");
}

static void regular_expressions_see_the_whole_name_at_the_end(void **)
{
    core_dir_config *conf;

    add_section("/a/", "a");
    conf = add_section("", "r");
    conf->r = ap_pregcomp(pool, "/a/f$", 0);
    walk("/a/f", OK);
    assert_string_equal(trail, "ar");
    walk("/a/b/f", OK);
    assert_string_equal(trail, "a");
}

static void links_are_judged_by_the_options_on_their_way(void **)
{
    walk("/a/link", OK);
    add_section("/a/", "a")->opts = OPT_NONE;
    walk("/a/link", HTTP_FORBIDDEN);
    walk("/a/f", OK);
}

static void a_link_to_nowhere_is_forbidden(void **)
{
    walk("/a/lost", HTTP_FORBIDDEN);
    walk("/a/lost/x", HTTP_FORBIDDEN);
}

static void special_files_are_never_served(void **)
{
    walk("/a/fifo", HTTP_FORBIDDEN);
    dir_conf.opts = OPT_NONE;
    walk("/a/fifo", HTTP_FORBIDDEN);
}

static void htaccess_is_read_only_below_where_it_is_allowed(void **)
{
    add_section("/a/", "a")->override = OR_ALL;
    walk("/a/b/f", OK);
    assert_string_equal(htaccess_dirs, "/a/ /a/b/ ");
    walk("/a/b/c/none/x", OK);
    assert_string_equal(htaccess_dirs, "/a/ /a/b/ /a/b/c/ ");
}

static void a_name_that_is_no_path_is_left_alone(void **)
{
    request_rec *r = make_request("/");

    r->filename = apr_pstrdup(pool, "proxy:http://x/");
    assert_int_equal(ap_directory_walk(r), OK);
    r->filename = NULL;
    assert_int_equal(ap_directory_walk(r), HTTP_INTERNAL_SERVER_ERROR);
}

int main(void)
{
#define WALK_TEST(f) \
    cmocka_unit_test_setup_teardown(f, open_walk, close_fixture)
    const struct CMUnitTest tests[] = {
        WALK_TEST(a_file_has_no_path_info),
        WALK_TEST(what_follows_a_file_is_path_info),
        WALK_TEST(a_missing_name_ends_the_walk_too),
        WALK_TEST(a_directory_keeps_its_slash),
        WALK_TEST(odd_spellings_become_canonical),
        WALK_TEST(sections_apply_from_the_root_down),
        WALK_TEST(a_directory_without_slash_gets_its_section),
        WALK_TEST(a_section_may_name_a_file_where_links_are_followed),
        WALK_TEST(regular_expressions_see_the_whole_name_at_the_end),
        WALK_TEST(links_are_judged_by_the_options_on_their_way),
        WALK_TEST(a_link_to_nowhere_is_forbidden),
        WALK_TEST(special_files_are_never_served),
        WALK_TEST(htaccess_is_read_only_below_where_it_is_allowed),
        WALK_TEST(a_name_that_is_no_path_is_left_alone),
    };

    apr_initialize();
    apr_pool_create(&apr_hook_global_pool, NULL);
    ap_hook_dirwalk_stat(ask_system, NULL, NULL, APR_HOOK_MIDDLE);
    apr_hook_sort_all();
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
