/* SPDX-License-Identifier: Apache-2.0 */
/* command.c -- call a directive's function by the shape of its arguments.
 *
 * The shapes are a table: how many words at least and at most, whether the
 * words must have characters in them, which call, which sentence when the
 * count is wrong.  The sentence ends in the directive's own help text.
 */
#include "config/config.h"

#include <apr_strings.h>

#define MAX_ARGV 64

enum gap { NO_GAP, MAY_SKIP_TWO };      /* one or three, not two */

struct shape {
    const char *takes;          /* what the sentence says */
    const char *(*call)(const command_rec *cmd, cmd_parms *parms,
                        void *mconfig, const char *args);
    int least, most;            /* words */
    int full;                   /* that many must not be empty */
    enum gap gap;
};

static const struct shape shapes[];

static const char *wrong_count(const command_rec *cmd, cmd_parms *parms)
{
    return apr_pstrcat(parms->pool, cmd->name, " ",
                       shapes[cmd->args_how].takes, cmd->errmsg ? ", " : NULL,
                       cmd->errmsg, NULL);
}

static const char *call_raw(const command_rec *cmd, cmd_parms *parms,
                            void *mconfig, const char *args)
{
    return cmd->AP_RAW_ARGS(parms, mconfig, args);
}

static const char *call_none(const command_rec *cmd, cmd_parms *parms,
                             void *mconfig, const char *args)
{
    if (*args != '\0') {
        return apr_pstrcat(parms->pool, cmd->name, " takes no arguments",
                           NULL);
    }
    return cmd->AP_NO_ARGS(parms, mconfig);
}

/* Up to three words; those not there are NULL.  False when the number does
 * not fit the shape. */
static bool cut_words(const struct shape *shape, cmd_parms *parms,
                      const char *args, const char *words[3])
{
    int count = 0;

    while (count < shape->most
           && (*args != '\0' || count < shape->full)) {
        words[count] = ap_getword_conf(parms->pool, &args);
        if (*words[count] == '\0' && count < shape->full) {
            return false;
        }
        ++count;
    }
    if (*args != '\0' || count < shape->least) {
        return false;
    }
    return shape->gap == NO_GAP || count != 2 || *words[1] == '\0';
}

static const char *call_words(const command_rec *cmd, cmd_parms *parms,
                              void *mconfig, const char *args)
{
    const struct shape *shape = &shapes[cmd->args_how];
    const char *w[3] = { NULL, NULL, NULL };

    if (!cut_words(shape, parms, args, w)) {
        return wrong_count(cmd, parms);
    }
    switch (shape->most) {
    case 1:
        return cmd->AP_TAKE1(parms, mconfig, w[0]);
    case 2:                     /* an empty second word counts as none */
        return cmd->AP_TAKE2(parms, mconfig, w[0],
                             w[1] && *w[1] ? w[1] : NULL);
    default:
        return cmd->AP_TAKE3(parms, mconfig, w[0], w[1], w[2]);
    }
}

static bool is_error(const char *result)
{
    return result != NULL && strcmp(result, DECLINE_CMD) != 0;
}

/* An empty word ends the list. */
static const char *call_each(const command_rec *cmd, cmd_parms *parms,
                             void *mconfig, const char *args)
{
    const char *word = ap_getword_conf(parms->pool, &args);
    const char *result = NULL;

    if (*word == '\0') {
        return wrong_count(cmd, parms);
    }
    while (*word != '\0' && !is_error(result)) {
        result = cmd->AP_TAKE1(parms, mconfig, word);
        word = ap_getword_conf(parms->pool, &args);
    }
    return result;
}

static const char *call_each_with_first(const command_rec *cmd,
                                        cmd_parms *parms, void *mconfig,
                                        const char *args)
{
    const char *first = ap_getword_conf(parms->pool, &args);
    const char *result = NULL;
    const char *word;

    if (*first == '\0' || *args == '\0') {
        return wrong_count(cmd, parms);
    }
    word = ap_getword_conf(parms->pool, &args);
    while (*word != '\0' && !is_error(result)) {
        result = cmd->AP_TAKE2(parms, mconfig, first, word);
        word = ap_getword_conf(parms->pool, &args);
    }
    return result;
}

static const char *call_flag(const command_rec *cmd, cmd_parms *parms,
                             void *mconfig, const char *args)
{
    const char *word = ap_getword_conf(parms->pool, &args);
    bool on = ap_cstr_casecmp(word, "on") == 0;

    if (!on && ap_cstr_casecmp(word, "off") != 0) {
        return apr_pstrcat(parms->pool, cmd->name, " must be On or Off",
                           *word ? ", not \"" : NULL, word, "\"", NULL);
    }
    return cmd->AP_FLAG(parms, mconfig, on);
}

/* Empty words count, but not at the end of the line.  A NULL follows. */
static const char *call_argv(const command_rec *cmd, cmd_parms *parms,
                             void *mconfig, const char *args)
{
    char *argv[MAX_ARGV + 1];
    int argc = 0;

    while (*args != '\0' && argc < MAX_ARGV) {
        char *word = ap_getword_conf(parms->pool, &args);

        if (*word == '\0' && *args == '\0') {
            break;
        }
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    return cmd->AP_TAKE_ARGV(parms, mconfig, argc, argv);
}

static const struct shape shapes[] = {
    [RAW_ARGS] = { .call = call_raw },
    [NO_ARGS] = { .call = call_none },
    [TAKE_ARGV] = { .call = call_argv },
    [FLAG] = { .call = call_flag },
    [ITERATE] = { .takes = "requires at least one argument",
                  .call = call_each },
    [ITERATE2] = { .takes = "requires at least two arguments",
                   .call = call_each_with_first },
    [TAKE1] = { "takes one argument", call_words, 1, 1, 1, NO_GAP },
    [TAKE2] = { "takes two arguments", call_words, 2, 2, 2, NO_GAP },
    [TAKE3] = { "takes three arguments", call_words, 3, 3, 3, NO_GAP },
    [TAKE12] = { "takes 1-2 arguments", call_words, 1, 2, 1, NO_GAP },
    [TAKE13] = { "takes one or three arguments", call_words, 1, 3, 1,
                 MAY_SKIP_TWO },
    [TAKE23] = { "takes two or three arguments", call_words, 2, 3, 2,
                 NO_GAP },
    [TAKE123] = { "takes one, two or three arguments", call_words, 1, 3, 1,
                  NO_GAP },
};

const char *cl_config_call(const command_rec *cmd, cmd_parms *parms,
                           void *mconfig, const char *args)
{
    unsigned how = (unsigned)cmd->args_how;

    parms->info = cmd->cmd_data;
    parms->cmd = cmd;
    if (how >= sizeof shapes / sizeof *shapes) {
        return apr_psprintf(parms->pool, "%s cannot be used: its module "
                            "declares arguments of the unknown kind %u; get "
                            "a newer module", cmd->name, how);
    }
    return shapes[how].call(cmd, parms, mconfig, args);
}
