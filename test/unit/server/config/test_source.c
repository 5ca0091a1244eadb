/* SPDX-License-Identifier: Apache-2.0 */
/* Lines from configuration sources. */
#include "fixture.h"

#include "config/source.c"

#include <apr_file_io.h>

static ap_configfile_t *open_chars(const char *text)
{
    struct text_source *source = apr_pcalloc(pool, sizeof *source);

    source->at = text;
    return ap_pcfg_open_custom(pool, "chars", source, text_getch, NULL, NULL);
}

/* Lines as [text]last-number, then what ended the reading. */
static const char *read_all(ap_configfile_t *cfp, apr_size_t size)
{
    char *buf = apr_palloc(pool, size);
    const char *got = "";
    apr_status_t rv;

    while ((rv = ap_cfg_getline(buf, size, cfp)) == APR_SUCCESS) {
        got = apr_psprintf(pool, "%s[%s]%u", got, buf, cfp->line_number);
    }
    return apr_pstrcat(pool, got, rv == APR_EOF ? "" : "!", NULL);
}

static const char *read_long(ap_configfile_t *cfp)
{
    struct cl_config_line line = { .pool = pool };
    const char *got = "";
    apr_status_t rv;

    while ((rv = cl_config_read_line(&line, cfp)) == APR_SUCCESS) {
        got = apr_psprintf(pool, "%s[%s]%u", got, line.text,
                           cfp->line_number);
    }
    return apr_pstrcat(pool, got, rv == APR_EOF ? "" : "!", NULL);
}

static void white_space_at_both_ends_goes(void **)
{
    assert_string_equal(read_all(open_text("  a b \t\n\n c"), 64),
                        "[a b]1[]2[c]3");
}

static void a_backslash_joins_lines_and_numbers_go_on(void **)
{
    assert_string_equal(read_all(open_text("ab\\\ncd\nef"), 64),
                        "[abcd]2[ef]3");
    assert_string_equal(read_all(open_text("a\\\n\\\n\\\nb\n"), 64), "[ab]4");
    assert_string_equal(read_all(open_chars("ab\\\ncd\nef\n"), 64),
                        "[abcd]2[ef]3");
}

static void cr_lf_ends_a_line_too(void **)
{
    assert_string_equal(read_all(open_text("a\r\nb\\\r\nc\r\n"), 64),
                        "[a]1[bc]3");
}

static void only_the_last_of_two_backslashes_goes(void **)
{
    assert_string_equal(read_all(open_text("a\\\\\nb\n"), 64), "[a\\b]2");
    assert_string_equal(read_all(open_text("a\\\\\n\nb"), 64), "[a\\]2[b]3");
}

static void a_backslash_at_the_very_end_stays(void **)
{
    assert_string_equal(read_all(open_text("a\\"), 64), "[a\\]1");
}

static void text_may_end_in_a_joined_line(void **)
{
    assert_string_equal(read_long(open_text("ab\\\n")), "[ab]2");
}

static void a_line_must_fit_with_its_end(void **)
{
    assert_string_equal(read_all(open_text("abcd\n"), 6), "[abcd]1");
    assert_string_equal(read_all(open_text("abcd\n"), 5), "!");
    assert_string_equal(read_all(open_chars("abcd\n"), 6), "[abcd]1");
    assert_string_equal(read_all(open_chars("abcd\n"), 5), "!");
    assert_string_equal(read_all(open_text("ab\\\nabc\n"), 6), "!");
}

static void lines_of_any_length_can_be_had(void **)
{
    char *text = apr_palloc(pool, 100001);
    struct cl_config_line line = { .pool = pool };
    ap_configfile_t *cfp;

    memset(text, 'x', 100000);
    text[50000] = '\\';
    text[50001] = '\n';
    text[99999] = '\n';
    text[100000] = '\0';
    cfp = open_text(text);
    assert_int_equal(cl_config_read_line(&line, cfp), APR_SUCCESS);
    assert_int_equal(strlen(line.text), 100000 - 3);
    assert_int_equal(cfp->line_number, 2);
    assert_int_equal(cl_config_read_line(&line, cfp), APR_EOF);
}

static void every_buffer_border_gives_the_same_lines(void **)
{
    for (int pad = 500; pad < 520; ++pad) {
        char *text = apr_psprintf(pool, "%*s\\\r\nb\\\\\nc \n d", pad, "x");
        struct cl_config_line line = { .pool = pool };
        ap_configfile_t *cfp = open_text(text);

        assert_int_equal(cl_config_read_line(&line, cfp), APR_SUCCESS);
        assert_string_equal(line.text, "xb\\c");
        assert_int_equal(cfp->line_number, 3);
        assert_int_equal(cl_config_read_line(&line, cfp), APR_SUCCESS);
        assert_string_equal(line.text, "d");
    }
}

static void sixteen_megabytes_are_the_end(void **)
{
    char *text = malloc(CL_CONFIG_MAX_LINE + 10);

    memset(text, 'x', CL_CONFIG_MAX_LINE + 9);
    text[CL_CONFIG_MAX_LINE + 9] = '\0';
    ap_configfile_t *cfp = open_text(text);
    struct cl_config_line line = { .pool = pool };
    assert_int_equal(cl_config_read_line(&line, cfp), APR_ENOSPC);
    assert_string_equal(ap_pcfg_strerror(pool, cfp, APR_ENOSPC),
                        "Error reading text at line 1: the line is too long");
    free(text);
}

static void characters_count_lines(void **)
{
    ap_configfile_t *cfp = open_text("a\nb");
    char ch;

    assert_int_equal(ap_cfg_getc(&ch, cfp), APR_SUCCESS);
    assert_int_equal(cfp->line_number, 0);
    assert_int_equal(ap_cfg_getc(&ch, cfp), APR_SUCCESS);
    assert_int_equal(ch, '\n');
    assert_int_equal(cfp->line_number, 1);
}

static void a_source_without_a_close_function_closes(void **)
{
    assert_int_equal(ap_cfg_closefile(open_text("")), 0);
}

static void directories_and_devices_are_refused(void **)
{
    ap_configfile_t *cfp;

    assert_int_equal(ap_pcfg_openfile(&cfp, pool, "/tmp"), APR_EBADF);
    assert_int_equal(ap_pcfg_openfile(&cfp, pool, "/dev/zero"), APR_EBADF);
    assert_int_equal(ap_pcfg_openfile(&cfp, pool, NULL), APR_EBADF);
    assert_true(APR_STATUS_IS_ENOENT(
        ap_pcfg_openfile(&cfp, pool, "/no/such/file")));
    assert_int_equal(ap_pcfg_openfile(&cfp, pool, "/dev/null"), APR_SUCCESS);
    assert_string_equal(read_all(cfp, 64), "");
}

static void files_are_read_like_text(void **)
{
    char name[] = "/tmp/cleat-source-XXXXXX";
    ap_configfile_t *cfp;
    apr_file_t *file;

    assert_int_equal(apr_file_mktemp(&file, name, APR_FOPEN_CREATE
                                     | APR_FOPEN_WRITE, pool), APR_SUCCESS);
    apr_file_puts("a \\\n b\nc", file);
    apr_file_close(file);
    assert_int_equal(ap_pcfg_openfile(&cfp, pool, name), APR_SUCCESS);
    assert_string_equal(read_all(cfp, 64), "[a  b]2[c]3");
    assert_string_equal(cfp->name, name);
    assert_int_equal(ap_cfg_closefile(cfp), 0);
    apr_file_remove(name, pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test(white_space_at_both_ends_goes),
        test(a_backslash_joins_lines_and_numbers_go_on),
        test(cr_lf_ends_a_line_too),
        test(only_the_last_of_two_backslashes_goes),
        test(a_backslash_at_the_very_end_stays),
        test(text_may_end_in_a_joined_line),
        test(a_line_must_fit_with_its_end),
        test(lines_of_any_length_can_be_had),
        test(every_buffer_border_gives_the_same_lines),
        test(sixteen_megabytes_are_the_end),
        test(characters_count_lines),
        test(a_source_without_a_close_function_closes),
        test(directories_and_devices_are_refused),
        test(files_are_read_like_text),
    };

    return cmocka_run_group_tests(tests, start_apr, NULL);
}
