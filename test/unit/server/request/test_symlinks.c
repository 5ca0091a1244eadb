/* SPDX-License-Identifier: Apache-2.0 */
/* Which symbolic links are followed. */
#include "fixture.h"

#include "http_request.h"

static apr_status_t target_status;
static apr_uid_t target_owner;

static apr_status_t fake_stat(apr_finfo_t *finfo, request_rec *,
                              apr_int32_t)
{
    *finfo = (apr_finfo_t){ .filetype = APR_REG, .user = target_owner,
                            .valid = APR_FINFO_MIN | APR_FINFO_USER };
    return target_status;
}

#define ap_run_dirwalk_stat fake_stat
#include "request/symlinks.c"
#include "request/options.c"

static int follow(allow_options_t options, apr_uid_t owner)
{
    apr_finfo_t link = { .filetype = APR_LNK, .user = 1000,
                         .valid = APR_FINFO_USER };
    apr_finfo_t target;

    target_owner = owner;
    return cl_request_follow_link(make_request("/link"), options, &link,
                                  &target);
}

static void a_link_is_refused_without_an_option(void **)
{
    assert_int_equal(follow(OPT_NONE, 1000), HTTP_FORBIDDEN);
}

static void any_link_is_followed_with_follow_sym_links(void **)
{
    assert_int_equal(follow(OPT_SYM_LINKS, 0), OK);
}

static void a_link_that_leads_nowhere_is_refused(void **)
{
    target_status = APR_ENOENT;
    assert_int_equal(follow(OPT_SYM_LINKS, 1000), HTTP_FORBIDDEN);
    target_status = APR_SUCCESS;
}

static void the_owner_must_match_if_asked_for(void **)
{
    assert_int_equal(follow(OPT_SYM_OWNER, 1000), OK);
    assert_int_equal(follow(OPT_SYM_OWNER, 0), HTTP_FORBIDDEN);
    assert_int_equal(follow(OPT_SYM_OWNER | OPT_SYM_LINKS, 0),
                     HTTP_FORBIDDEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(a_link_is_refused_without_an_option),
        FIXTURE_TEST(any_link_is_followed_with_follow_sym_links),
        FIXTURE_TEST(a_link_that_leads_nowhere_is_refused),
        FIXTURE_TEST(the_owner_must_match_if_asked_for),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
