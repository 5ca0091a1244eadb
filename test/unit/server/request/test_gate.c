/* SPDX-License-Identifier: Apache-2.0 */
/* Satisfy, and when an internal request need not ask again. */
#include "fixture.h"

#include "http_request.h"

/* What the hooks answer, and which were asked. */
static struct {
    int access, access_ex, force, user, auth;
} say;
static char asked[32];
static bool sets_user;
static bool per_conf;
static int satisfy;

static void note(const char *hook)
{
    strcat(asked, hook);
}

static int fake_access(request_rec *) { note("a"); return say.access; }
static int fake_access_ex(request_rec *) { note("x"); return say.access_ex; }
static int fake_force(request_rec *) { note("f"); return say.force; }
static int fake_auth(request_rec *) { note("z"); return say.auth; }
static int fake_user(request_rec *r)
{
    note("u");
    r->user = sets_user ? (char *)"jo" : NULL;
    return say.user;
}

static bool fake_is_per_conf(void)
{
    return per_conf;
}

#define ap_run_access_checker fake_access
#define ap_run_access_checker_ex fake_access_ex
#define ap_run_force_authn fake_force
#define ap_run_check_user_id fake_user
#define ap_run_auth_checker fake_auth
#define cl_request_auth_is_per_conf fake_is_per_conf
#include "request/gate.c"

static int fake_satisfies(request_rec *)
{
    return satisfy;
}

static int open_gate(void **state)
{
    open_fixture(state);
    memset(&say, 0, sizeof say);
    say.force = DECLINED;
    asked[0] = '\0';
    sets_user = true;
    per_conf = true;
    satisfy = SATISFY_NOSPEC;
    satisfies = fake_satisfies;
    return 0;
}

static void no_user_is_asked_for_when_access_is_granted(void **)
{
    assert_int_equal(cl_request_gate(make_request("/")), OK);
    assert_string_equal(asked, "axf");
}

static void a_refused_host_ends_it_with_all(void **)
{
    satisfy = SATISFY_ALL;
    say.access = HTTP_FORBIDDEN;
    assert_int_equal(cl_request_gate(make_request("/")), HTTP_FORBIDDEN);
    assert_string_equal(asked, "a");
}

static void declined_means_find_out_who_it_is(void **)
{
    say.access_ex = DECLINED;
    assert_int_equal(cl_request_gate(make_request("/")), OK);
    assert_string_equal(asked, "axuz");
}

static void force_authn_asks_although_nobody_had_to(void **)
{
    say.force = OK;
    assert_int_equal(cl_request_gate(make_request("/")), OK);
    assert_string_equal(asked, "axfuz");
}

static void a_granted_host_is_enough_with_any(void **)
{
    satisfy = SATISFY_ANY;
    say.access_ex = DECLINED;
    assert_int_equal(cl_request_gate(make_request("/")), OK);
    assert_string_equal(asked, "a");
}

static void a_refused_host_may_still_log_in_with_any(void **)
{
    satisfy = SATISFY_ANY;
    say.access = HTTP_FORBIDDEN;
    say.access_ex = DECLINED;
    say.user = HTTP_UNAUTHORIZED;
    assert_int_equal(cl_request_gate(make_request("/")), HTTP_UNAUTHORIZED);
    assert_string_equal(asked, "axu");
}

static void a_check_that_names_no_user_is_a_broken_setup(void **)
{
    say.access_ex = DECLINED;
    sets_user = false;
    assert_int_equal(cl_request_gate(make_request("/")),
                     HTTP_INTERNAL_SERVER_ERROR);
}

static void nobody_checking_is_a_broken_setup(void **)
{
    say.access_ex = DECLINED;
    say.user = DECLINED;
    assert_int_equal(cl_request_gate(make_request("/")),
                     HTTP_INTERNAL_SERVER_ERROR);
    say.user = OK;
    say.auth = DECLINED;
    assert_int_equal(cl_request_gate(make_request("/")),
                     HTTP_INTERNAL_SERVER_ERROR);
}

static request_rec *internal_request(const char *from, const char *to)
{
    request_rec *r = make_request(to);

    r->prev = make_request(from);
    r->prev->user = (char *)"ann";
    return r;
}

static void the_same_configuration_is_not_asked_twice(void **)
{
    request_rec *r = internal_request("/a", "/b");

    assert_int_equal(cl_request_gate(r), OK);
    assert_string_equal(asked, "");
    assert_string_equal(r->user, "ann");
}

static void another_uri_is_asked_if_rules_look_at_it(void **)
{
    per_conf = false;
    assert_int_equal(cl_request_gate(internal_request("/a", "/b")), OK);
    assert_string_equal(asked, "axf");
    asked[0] = '\0';
    assert_int_equal(cl_request_gate(internal_request("/a", "/a")), OK);
    assert_string_equal(asked, "");
}

static void another_configuration_is_asked(void **)
{
    request_rec *r = internal_request("/a", "/a");

    r->per_dir_config = make_vector(&dir_conf);
    say.access_ex = HTTP_FORBIDDEN;
    assert_int_equal(cl_request_gate(r), HTTP_FORBIDDEN);
}

static void needing_a_user_is_told_without_a_log_line(void **)
{
    request_rec *r = make_request("/");
    const struct ap_logconf *log = r->log;

    assert_int_equal(ap_some_authn_required(r), 0);
    say.access_ex = DECLINED;
    assert_int_equal(ap_some_authn_required(r), 1);
    say.access = HTTP_FORBIDDEN;
    assert_int_equal(ap_some_authn_required(r), 0);
    satisfy = SATISFY_ANY;
    assert_int_equal(ap_some_authn_required(r), 1);
    assert_ptr_equal(r->log, log);
}

int main(void)
{
#define GATE_TEST(f) \
    cmocka_unit_test_setup_teardown(f, open_gate, close_fixture)
    const struct CMUnitTest tests[] = {
        GATE_TEST(no_user_is_asked_for_when_access_is_granted),
        GATE_TEST(a_refused_host_ends_it_with_all),
        GATE_TEST(declined_means_find_out_who_it_is),
        GATE_TEST(force_authn_asks_although_nobody_had_to),
        GATE_TEST(a_granted_host_is_enough_with_any),
        GATE_TEST(a_refused_host_may_still_log_in_with_any),
        GATE_TEST(a_check_that_names_no_user_is_a_broken_setup),
        GATE_TEST(nobody_checking_is_a_broken_setup),
        GATE_TEST(the_same_configuration_is_not_asked_twice),
        GATE_TEST(another_uri_is_asked_if_rules_look_at_it),
        GATE_TEST(another_configuration_is_asked),
        GATE_TEST(needing_a_user_is_told_without_a_log_line),
    };

    apr_initialize();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
