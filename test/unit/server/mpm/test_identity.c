/* SPDX-License-Identifier: Apache-2.0 */
/* Names of users and groups to numbers. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "mpm/identity.c"

#include <sys/wait.h>

static void root_is_user_and_group_0(void **)
{
    assert_int_equal(ap_uname2id("root"), 0);
    assert_int_equal(ap_gname2id("root"), 0);
}

static void a_number_after_a_hash_needs_no_entry(void **)
{
    assert_int_equal(ap_uname2id("#54321"), 54321);
    assert_int_equal(ap_gname2id("#54321"), 54321);
    assert_int_equal(ap_uname2id("#-1"), (uid_t)-1);
}

static void a_hash_without_a_number_is_a_name(void **)
{
    long id;

    assert_false(number_after_hash("#", &id));
    assert_false(number_after_hash("#12x", &id));
    assert_false(number_after_hash("12", &id));
}

static int status_of_lookup(const char *name)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        close(STDERR_FILENO);
        ap_uname2id(name);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

static void an_unknown_name_ends_the_program(void **)
{
    assert_int_equal(status_of_lookup("root"), 0);
    assert_int_equal(status_of_lookup("no such user"), 1);
}

static void the_handlers_of_privileges_are_counted(void **)
{
    assert_int_equal(ap_sys_privileges_handlers(0), 0);
    assert_int_equal(ap_sys_privileges_handlers(1), 1);
    assert_int_equal(ap_sys_privileges_handlers(-1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_is_user_and_group_0),
        cmocka_unit_test(a_number_after_a_hash_needs_no_entry),
        cmocka_unit_test(a_hash_without_a_number_is_a_name),
        cmocka_unit_test(an_unknown_name_ends_the_program),
        cmocka_unit_test(the_handlers_of_privileges_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
