/* SPDX-License-Identifier: Apache-2.0 */
/* Places: what modules may ask, and what -L says; as httpd 2.4.71. */
#include "fixture.h"

#include "config/context.c"

static const command_rec row = { .name = "X" };
static cmd_parms parms;

/* parents from the outside in, NULL last */
static void stand_in(const char *const *parents)
{
    ap_directive_t *node = apr_pcalloc(pool, sizeof *node);

    parms = parms_for("");
    parms.cmd = &row;
    for (; *parents != NULL; ++parents) {
        ap_directive_t *inner = apr_pcalloc(pool, sizeof *inner);

        node->directive = *parents;
        inner->parent = node;
        node = inner;
        parms.path = (char *)"/";
    }
    node->directive = "X";
    parms.directive = node;
}

static void allows(unsigned forbidden)
{
    assert_null(ap_check_cmd_context(&parms, forbidden));
}

static void forbids(unsigned forbidden, const char *where)
{
    const char *wrong = ap_check_cmd_context(&parms, forbidden);

    assert_non_null(wrong);
    assert_string_equal(wrong, apr_pstrcat(pool, "X cannot occur within ",
                                           where, NULL));
}

#define IN(...) stand_in((const char *const[]){ __VA_ARGS__, NULL })

static void server_level_forbids_nothing(void **)
{
    IN(NULL);
    allows(GLOBAL_ONLY | NOT_IN_HTACCESS);
}

static void virtual_hosts_are_known(void **)
{
    IN("<VirtualHost");
    parms.path = NULL;
    main_server.is_virtual = 1;
    forbids(NOT_IN_VIRTUALHOST, "<VirtualHost> section");
    forbids(GLOBAL_ONLY, "<VirtualHost> section");
    allows(NOT_IN_DIR_CONTEXT);
}

static void sections_are_known_by_name(void **)
{
    IN("<Directory");
    forbids(NOT_IN_DIRECTORY, "<Directory> section");
    allows(NOT_IN_LOCATION | NOT_IN_FILES | NOT_IN_PROXY | NOT_IN_LIMIT);
    forbids(NOT_IN_DIR_CONTEXT, "directory context");
    forbids(NOT_IN_DIR_LOC_FILE, "directory context");
    IN("<LocationMatch");
    forbids(NOT_IN_LOCATION, "<LocationMatch> section");
    IN("<If");
    forbids(NOT_IN_FILES, "<If> section");
    IN("<Else");
    forbids(NOT_IN_FILES, "<Else> section");
    IN("<Proxy");
    forbids(NOT_IN_PROXY, "<Proxy> section");
}

static void outer_sections_count_too(void **)
{
    IN("<Directory", "<Files");
    forbids(NOT_IN_DIRECTORY, "<Directory> section");
    forbids(NOT_IN_FILES, "<Files> section");
    allows(NOT_IN_LOCATION);
}

static void limit_is_known_by_the_methods(void **)
{
    IN("<Directory", "<Limit");
    parms.limited = 1;
    forbids(NOT_IN_LIMIT, "<Limit> or <LimitExcept> section");
    forbids(NOT_IN_LOCATION, "<Limit> or <LimitExcept> section");
    allows(NOT_IN_VIRTUALHOST | NOT_IN_HTACCESS);
}

static void htaccess_is_known_by_its_pool(void **)
{
    IN(NULL);
    parms.temp_pool = parms.pool;
    forbids(NOT_IN_HTACCESS, "htaccess files");
    allows(NOT_IN_VIRTUALHOST);
}

static void reading_has_no_parents(void **)
{
    IN(NULL);
    parms.directive = NULL;
    allows(NOT_IN_DIRECTORY | NOT_IN_PROXY);
}

static void describes(int bits, void *(*create_dir)(apr_pool_t *, char *),
                      const char *expected)
{
    module m = { .create_dir_config = create_dir };

    assert_string_equal(cl_config_describe_context(pool, &m, bits), expected);
}

static void *make_some_dir(apr_pool_t *, char *)
{
    return NULL;
}

static void descriptions_are_those_of_dash_l(void **)
{
    void *(*some)(apr_pool_t *, char *) = make_some_dir;

    describes(RSRC_CONF | EXEC_ON_READ, NULL, "\tAllowed in *.conf only "
              "outside <Directory>, <Files>, <Location>, or <If>\n");
    describes(ACCESS_CONF, some, "\tAllowed in *.conf only "
              "inside <Directory>, <Files>, <Location>, or <If>\n");
    describes(ACCESS_CONF | RSRC_CONF, some,
              "\tAllowed in *.conf anywhere\n");
    describes(OR_ALL, some, "\tAllowed in *.conf anywhere and in .htaccess\n"
              "\twhen AllowOverride isn't None\n");
    describes(OR_ALL, NULL, "\tAllowed in *.conf anywhere [no per-dir "
              "config] and in .htaccess\n\twhen AllowOverride isn't None\n");
    describes(OR_AUTHCFG | OR_LIMIT, some, "\tAllowed in *.conf only inside "
              "<Directory>, <Files>, <Location>, or <If> and in .htaccess\n"
              "\twhen AllowOverride includes AuthConfig or Limit\n");
    describes(OR_FILEINFO | OR_AUTHCFG, some, "\tAllowed in *.conf anywhere "
              "and in .htaccess\n"
              "\twhen AllowOverride includes AuthConfig or FileInfo\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(server_level_forbids_nothing),
        test(virtual_hosts_are_known),
        test(sections_are_known_by_name),
        test(outer_sections_count_too),
        test(limit_is_known_by_the_methods),
        test(htaccess_is_known_by_its_pool),
        test(reading_has_no_parents),
        test(descriptions_are_those_of_dash_l),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
