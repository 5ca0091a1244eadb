/* SPDX-License-Identifier: Apache-2.0 */
/* index_config.c -- the directives of mod_autoindex and what they select.
 *
 * Every Add* directive makes a rule; the first rule that fits a file wins,
 * and the rules of an inner section come before those of the outer ones.
 */
#include "autoindex.h"

#include <stdlib.h>
#include <string.h>

#include "http_core.h"

#include "apr_fnmatch.h"
#include "apr_strings.h"

#define STANDARD_ICON_WIDTH 20
#define STANDARD_ICON_HEIGHT 22

#define DIRECTORY_NAME "^^DIRECTORY^^"
#define BLANK_NAME "^^BLANKICON^^"

enum rule_by { BY_PATH, BY_TYPE, BY_ENCODING };

struct index_rule {
    enum rule_by by;
    const char *section;            /* pattern for the path, from <Directory> */
    const char *pattern;
    const char *value;
};

/* ---- create and merge */

void *index_create_dir(apr_pool_t *p, char *)
{
    struct index_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->name_width.bytes = INDEX_NAME_WIDTH;
    dir->description_width.bytes = INDEX_DESCRIPTION_WIDTH;
    dir->icons = apr_array_make(p, 4, sizeof(struct index_rule));
    dir->alts = apr_array_make(p, 4, sizeof(struct index_rule));
    dir->descriptions = apr_array_make(p, 4, sizeof(struct index_rule));
    dir->ignored = apr_array_make(p, 4, sizeof(struct index_rule));
    return dir;
}

static const char *either(const char *inner, const char *outer)
{
    return inner != NULL ? inner : outer;
}

static struct index_width either_width(struct index_width inner,
                                       struct index_width outer)
{
    return inner.kind != WIDTH_UNSET ? inner : outer;
}

/* Options without a sign start afresh and make signed ones beside them void;
 * signed ones change what is there, and a "-" holds for inner sections too.
 */
static void merge_options(struct index_dir *dir, const struct index_dir *base,
                          const struct index_dir *add)
{
    if (add->options & INDEX_NONE) {
        dir->options = INDEX_NONE;
        return;
    }
    if (add->options == 0) {
        dir->plus = (base->plus | add->plus) & ~add->minus;
        dir->minus = base->minus | add->minus;
        dir->options = base->options;
    }
    else {
        dir->options = add->options;
    }
    dir->options |= dir->plus;
    dir->options &= ~dir->minus;
    if (dir->options != INDEX_NONE) {
        dir->options &= ~(unsigned)INDEX_NONE;
    }
}

void *index_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct index_dir *base = basev;
    const struct index_dir *add = addv;
    struct index_dir *dir = apr_pcalloc(p, sizeof *dir);

    merge_options(dir, base, add);
    dir->name_width = either_width(add->name_width, base->name_width);
    dir->description_width = either_width(add->description_width,
                                          base->description_width);
    dir->icon_width = add->icon_width ? add->icon_width : base->icon_width;
    dir->icon_height = add->icon_height ? add->icon_height
                                        : base->icon_height;
    dir->type = either(add->type, base->type);
    dir->charset = either(add->charset, base->charset);
    dir->default_icon = either(add->default_icon, base->default_icon);
    dir->header = either(add->header, base->header);
    dir->readme = either(add->readme, base->readme);
    dir->head_insert = either(add->head_insert, base->head_insert);
    dir->style_sheet = either(add->style_sheet, base->style_sheet);
    dir->key = add->key ? add->key : base->key;
    dir->direction = add->key ? add->direction : base->direction;
    dir->icons = apr_array_append(p, add->icons, base->icons);
    dir->alts = apr_array_append(p, add->alts, base->alts);
    dir->descriptions = apr_array_append(p, add->descriptions,
                                         base->descriptions);
    /* sections are merged with each other before the server's: resetting
     * reaches one merge and no further
     */
    dir->ignored = add->forget_ignored ? add->ignored
        : apr_array_append(p, add->ignored, base->ignored);
    return dir;
}

/* ---- rules */

/* Rules hold below the section they stand in. */
static const char *section_of(cmd_parms *cmd)
{
    return cmd->path != NULL ? apr_pstrcat(cmd->pool, cmd->path, "*", NULL)
                             : "*";
}

static void add_rule(cmd_parms *cmd, apr_array_header_t *rules,
                     const char *pattern, const char *value)
{
    struct index_rule *rule = apr_array_push(rules);

    rule->by = (enum rule_by)(apr_size_t)cmd->info;
    rule->section = section_of(cmd);
    rule->pattern = pattern;
    rule->value = value;
    /* a plain name is what a file's path ends in */
    if (rule->by == BY_PATH && pattern[0] != '^'
        && !ap_is_matchexp(pattern)) {
        rule->pattern = apr_pstrcat(cmd->pool, "*", pattern, NULL);
    }
}

static bool fits(const struct index_rule *rule,
                 const struct index_subject *subject)
{
    if (ap_strcmp_match(subject->path, rule->section) != 0) {
        return false;
    }
    switch (rule->by) {
    case BY_TYPE:
        return subject->type != NULL
            && ap_strcasecmp_match(subject->type, rule->pattern) == 0;
    case BY_ENCODING:
        return subject->encoding != NULL
            && ap_strcasecmp_match(subject->encoding, rule->pattern) == 0;
    default:
        return ap_strcmp_match(subject->path, rule->pattern) == 0;
    }
}

/* The rule for one of the names that stand for no file. */
static const char *named(const apr_array_header_t *rules, const char *name)
{
    const struct index_rule *rule = (const struct index_rule *)rules->elts;

    for (int i = 0; i < rules->nelts; i++) {
        if (strcmp(rule[i].pattern, name) == 0) {
            return rule[i].value;
        }
    }
    return NULL;
}

/* A directory's own name goes before ^^DIRECTORY^^. */
static const char *choose(const apr_array_header_t *rules,
                          const struct index_subject *subject)
{
    const struct index_rule *rule = (const struct index_rule *)rules->elts;

    for (int i = 0; i < rules->nelts; i++) {
        if (fits(&rule[i], subject)) {
            return rule[i].value;
        }
    }
    return subject->is_directory ? named(rules, DIRECTORY_NAME) : NULL;
}

const char *index_icon_of(const struct index_dir *dir,
                          const struct index_subject *subject)
{
    const char *icon = choose(dir->icons, subject);

    return icon != NULL ? icon : dir->default_icon;
}

const char *index_alt_of(const struct index_dir *dir,
                         const struct index_subject *subject)
{
    return choose(dir->alts, subject);
}

const char *index_blank_icon(const struct index_dir *dir)
{
    return named(dir->icons, BLANK_NAME);
}

/* A pattern with a slash looks at the whole path, others at the last part. */
const char *index_description_of(const struct index_dir *dir,
                                 const struct index_subject *subject)
{
    const struct index_rule *rule = (const struct index_rule *)
        dir->descriptions->elts;
    const char *slash = strrchr(subject->path, '/');
    const char *name = slash != NULL ? slash + 1 : subject->path;

    for (int i = 0; i < dir->descriptions->nelts; i++) {
        bool whole = strchr(rule[i].pattern, '/') != NULL;

        if (apr_fnmatch(rule[i].pattern, whole ? subject->path : name,
                        APR_FNM_NOESCAPE) == APR_SUCCESS) {
            return rule[i].value;
        }
    }
    return NULL;
}

bool index_is_ignored(const struct index_dir *dir, const char *path)
{
    const struct index_rule *rule = (const struct index_rule *)
        dir->ignored->elts;
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    for (int i = 0; i < dir->ignored->nelts; i++) {
        if (ap_strcmp_match(path, rule[i].section) == 0
            && ap_strcmp_match(name, rule[i].pattern) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- directives: rules */

static const char *index_add_alt(cmd_parms *cmd, void *mconfig,
                                 const char *text, const char *pattern)
{
    struct index_dir *dir = mconfig;

    add_rule(cmd, dir->alts, pattern, text);
    return NULL;
}

/* icon is a URL or (text,URL). */
static const char *index_add_icon(cmd_parms *cmd, void *mconfig,
                                  const char *icon, const char *pattern)
{
    struct index_dir *dir = mconfig;
    size_t len = strlen(icon);
    const char *text;

    if (icon[0] != '(') {
        add_rule(cmd, dir->icons, pattern, icon);
        return NULL;
    }
    if (icon[len - 1] != ')') {
        return apr_psprintf(cmd->pool, "%s needs \"(text,URL)\", not \"%s\": "
                            "the closing parenthesis is missing",
                            cmd->cmd->name, icon);
    }
    icon = apr_pstrmemdup(cmd->pool, icon + 1, len - 2);
    text = ap_getword(cmd->pool, &icon, ',');
    add_rule(cmd, dir->alts, pattern, text);
    add_rule(cmd, dir->icons, pattern, icon);
    return NULL;
}

static const char *index_add_description(cmd_parms *cmd, void *mconfig,
                                         const char *text,
                                         const char *pattern)
{
    struct index_dir *dir = mconfig;
    struct index_rule *rule = apr_array_push(dir->descriptions);

    rule->value = text;
    rule->pattern = strchr(pattern, '/') != NULL
        ? apr_pstrcat(cmd->pool, "*/", pattern, "*", NULL)
        : apr_pstrcat(cmd->pool, "*", pattern, "*", NULL);
    return NULL;
}

static const char *index_add_ignored(cmd_parms *cmd, void *mconfig,
                                     const char *pattern)
{
    struct index_dir *dir = mconfig;
    struct index_rule *rule = apr_array_push(dir->ignored);
    const char *slash = strrchr(pattern, '/');

    rule->section = section_of(cmd);
    rule->pattern = slash != NULL ? slash + 1 : pattern;
    return NULL;
}

static const char *index_reset_ignored(cmd_parms *, void *mconfig, int on)
{
    struct index_dir *dir = mconfig;

    dir->forget_ignored = on != 0;
    return NULL;
}

/* ---- directives: order */

static const char *index_set_order(cmd_parms *cmd, void *mconfig,
                                   const char *direction, const char *key)
{
    static const struct { const char *word; enum index_key key; } keys[] = {
        { "Name", KEY_NAME }, { "Date", KEY_DATE }, { "Size", KEY_SIZE },
        { "Description", KEY_DESCRIPTION },
    };
    struct index_dir *dir = mconfig;

    if (ap_cstr_casecmp(direction, "Ascending") == 0) {
        dir->direction = ASCENDING;
    }
    else if (ap_cstr_casecmp(direction, "Descending") == 0) {
        dir->direction = DESCENDING;
    }
    else {
        return apr_psprintf(cmd->pool, "IndexOrderDefault begins with "
                            "Ascending or Descending, not \"%s\"", direction);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ap_cstr_casecmp(key, keys[i].word) == 0) {
            dir->key = keys[i].key;
            return NULL;
        }
    }
    return apr_psprintf(cmd->pool, "IndexOrderDefault sorts by Name, Date, "
                        "Size or Description, not by \"%s\"", key);
}

/* ---- directives: IndexOptions */

static const struct { const char *word; unsigned bit; } option_words[] = {
    { "AddAltClass", INDEX_ALT_CLASS },
    { "FancyIndexing", INDEX_FANCY },
    { "FoldersFirst", INDEX_FOLDERS_FIRST },
    { "HTMLTable", INDEX_TABLE },
    { "IconsAreLinks", INDEX_ICONS_ARE_LINKS },
    { "IgnoreCase", INDEX_IGNORE_CASE },
    { "IgnoreClient", INDEX_IGNORE_CLIENT },
    { "ScanHTMLTitles", INDEX_SCAN_TITLES },
    { "ShowForbidden", INDEX_SHOW_FORBIDDEN },
    { "SuppressColumnSorting", INDEX_NO_SORT_LINKS },
    { "SuppressDescription", INDEX_NO_DESCRIPTION },
    { "SuppressHTMLPreamble", INDEX_NO_PREAMBLE },
    { "SuppressIcon", INDEX_NO_ICON },
    { "SuppressLastModified", INDEX_NO_DATE },
    { "SuppressRules", INDEX_NO_RULES },
    { "SuppressSize", INDEX_NO_SIZE },
    { "TrackModified", INDEX_TRACK_MODIFIED },
    { "UseOldDateFormat", INDEX_OLD_DATE },
    { "VersionSort", INDEX_VERSION_SORT },
    { "XHTML", INDEX_XHTML },
};

/* One word of IndexOptions, taken apart. */
struct option_word {
    char sign;                      /* '+', '-' or '\0' */
    const char *name;               /* without sign */
    const char *value;              /* after "=", or NULL */
};

static bool is_named(const struct option_word *word, const char *name)
{
    size_t len = strlen(name);

    return ap_cstr_casecmpn(word->name, name, len) == 0
        && (word->name[len] == '\0' || word->name[len] == '=');
}

static struct option_word split_word(const char *text)
{
    struct option_word word = { 0 };
    const char *equals;

    word.name = text;
    if (*text == '+' || *text == '-') {
        word.sign = *text;
        word.name = text + 1;
    }
    equals = strchr(word.name, '=');
    word.value = equals != NULL ? equals + 1 : NULL;
    return word;
}

static const char *minus_with_value(apr_pool_t *p, const char *name)
{
    return apr_psprintf(p, "IndexOptions takes either -%s or %s=value, not "
                        "both at once", name, name);
}

/* NameWidth and DescriptionWidth: =n or =*, or -Name for the standard. */
static const char *set_width(apr_pool_t *p, struct index_width *width,
                             const struct option_word *word,
                             const char *name, int least, int standard)
{
    if (word->value == NULL) {
        if (word->sign != '-') {
            return apr_psprintf(p, "IndexOptions %s needs a value: %s=n or "
                                "%s=*; only -%s goes without", name, name,
                                name, name);
        }
        *width = (struct index_width){ WIDTH_FIXED, standard };
        return NULL;
    }
    if (word->sign == '-') {
        return minus_with_value(p, name);
    }
    if (*word->value == '*') {
        width->kind = WIDTH_GROW;       /* from the width so far */
        return NULL;
    }
    *width = (struct index_width){ WIDTH_FIXED, atoi(word->value) };
    if (width->bytes != 0 && width->bytes < least) {
        return apr_psprintf(p, "IndexOptions %s needs at least %d, or *, not "
                            "\"%s\"", name, least, word->value);
    }
    return NULL;
}

static const char *set_icon_side(apr_pool_t *p, int *side,
                                 const struct option_word *word,
                                 const char *name, int standard)
{
    if (word->value == NULL) {
        *side = word->sign == '-' ? 0 : standard;
        return NULL;
    }
    if (word->sign == '-') {
        return minus_with_value(p, name);
    }
    *side = atoi(word->value);
    return NULL;
}

static const char *set_none(struct index_dir *dir,
                            const struct option_word *word)
{
    if (word->sign != '\0') {
        return "IndexOptions None takes no + or -";
    }
    dir->options = INDEX_NONE;
    dir->plus = dir->minus = 0;
    return NULL;
}

static const char *set_flag(cmd_parms *cmd, struct index_dir *dir,
                            const struct option_word *word)
{
    unsigned bit = 0;

    for (size_t i = 0; i < sizeof option_words / sizeof *option_words; i++) {
        if (ap_cstr_casecmp(word->name, option_words[i].word) == 0) {
            bit = option_words[i].bit;
        }
    }
    if (bit == 0) {
        return apr_psprintf(cmd->pool, "IndexOptions does not know \"%s\"; "
                            "the manual lists the options", word->name);
    }
    switch (word->sign) {
    case '+':
        dir->plus |= bit;
        dir->minus &= ~bit;
        return NULL;
    case '-':
        dir->minus |= bit;
        dir->plus &= ~bit;
        return NULL;
    default:
        if (dir->options & INDEX_NONE) {
            return "IndexOptions None must be the only option";
        }
        dir->options |= bit;
        dir->plus = dir->minus = 0;
        return NULL;
    }
}

/* Options with a value; false: it is none of them. */
static bool set_value(cmd_parms *cmd, struct index_dir *dir,
                      const struct option_word *word, const char **why)
{
    apr_pool_t *p = cmd->pool;

    *why = NULL;
    if (is_named(word, "NameWidth")) {
        *why = set_width(p, &dir->name_width, word, "NameWidth", 5,
                         INDEX_NAME_WIDTH);
    }
    else if (is_named(word, "DescriptionWidth")) {
        *why = set_width(p, &dir->description_width, word,
                         "DescriptionWidth", 12, INDEX_DESCRIPTION_WIDTH);
    }
    else if (is_named(word, "IconWidth")) {
        *why = set_icon_side(p, &dir->icon_width, word, "IconWidth",
                             STANDARD_ICON_WIDTH);
    }
    else if (is_named(word, "IconHeight")) {
        *why = set_icon_side(p, &dir->icon_height, word, "IconHeight",
                             STANDARD_ICON_HEIGHT);
    }
    else if (is_named(word, "Type") && word->value != NULL) {
        dir->type = word->value;
    }
    else if (is_named(word, "Charset") && word->value != NULL) {
        dir->charset = word->value;
    }
    else {
        return false;
    }
    return true;
}

static const char *set_option(cmd_parms *cmd, struct index_dir *dir,
                              const struct option_word *word)
{
    const char *why;

    if (set_value(cmd, dir, word, &why)) {
        if (word->sign == '\0') {
            dir->plus = dir->minus = 0;     /* as any word without a sign */
        }
        return why;
    }
    return is_named(word, "None") && word->value == NULL
        ? set_none(dir, word) : set_flag(cmd, dir, word);
}

static const char *index_set_options(cmd_parms *cmd, void *mconfig,
                                     int argc, char *const argv[])
{
    for (int i = 0; i < argc; i++) {
        struct option_word word = split_word(argv[i]);
        const char *why = set_option(cmd, mconfig, &word);

        if (why != NULL) {
            return why;
        }
    }
    return NULL;
}

static const char *index_refuse_fancy(cmd_parms *, void *, const char *)
{
    return "FancyIndexing is not a directive any more; write "
           "\"IndexOptions FancyIndexing\"";
}

#define STRING_SLOT(field) \
    (void *)offsetof(struct index_dir, field)

const command_rec index_directives[] = {
    AP_INIT_ITERATE2("AddAlt", index_add_alt, (void *)BY_PATH, OR_INDEXES,
        "a text to show instead of an icon, then names of files"),
    AP_INIT_ITERATE2("AddAltByEncoding", index_add_alt, (void *)BY_ENCODING,
        OR_INDEXES, "a text, then content encodings"),
    AP_INIT_ITERATE2("AddAltByType", index_add_alt, (void *)BY_TYPE,
        OR_INDEXES, "a text, then media types"),
    AP_INIT_ITERATE2("AddDescription", index_add_description, NULL,
        OR_INDEXES, "a description, then names of files"),
    AP_INIT_ITERATE2("AddIcon", index_add_icon, (void *)BY_PATH, OR_INDEXES,
        "an icon's URL or (text,URL), then names of files"),
    AP_INIT_ITERATE2("AddIconByEncoding", index_add_icon,
        (void *)BY_ENCODING, OR_INDEXES,
        "an icon's URL or (text,URL), then content encodings"),
    AP_INIT_ITERATE2("AddIconByType", index_add_icon, (void *)BY_TYPE,
        OR_INDEXES, "an icon's URL or (text,URL), then media types"),
    AP_INIT_TAKE1("DefaultIcon", ap_set_string_slot,
        STRING_SLOT(default_icon), OR_INDEXES,
        "the URL of the icon for everything else"),
    AP_INIT_RAW_ARGS("FancyIndexing", index_refuse_fancy, NULL, OR_ALL,
        "gone: use IndexOptions FancyIndexing"),
    AP_INIT_TAKE1("HeaderName", ap_set_string_slot, STRING_SLOT(header),
        OR_INDEXES, "the document to put above the listing"),
    AP_INIT_TAKE1("IndexHeadInsert", ap_set_string_slot,
        STRING_SLOT(head_insert), OR_INDEXES,
        "markup to put into the head of the page"),
    AP_INIT_ITERATE("IndexIgnore", index_add_ignored, NULL, OR_INDEXES,
        "names of files to leave out"),
    AP_INIT_FLAG("IndexIgnoreReset", index_reset_ignored, NULL, OR_INDEXES,
        "on: forget what outer sections ignore"),
    AP_INIT_TAKE_ARGV("IndexOptions", index_set_options, NULL, OR_INDEXES,
        "how to list directories: options, with + or - to change some"),
    AP_INIT_TAKE2("IndexOrderDefault", index_set_order, NULL, OR_INDEXES,
        "Ascending or Descending, then Name, Date, Size or Description"),
    AP_INIT_TAKE1("IndexStyleSheet", ap_set_string_slot,
        STRING_SLOT(style_sheet), OR_INDEXES, "the URL of a style sheet"),
    AP_INIT_TAKE1("ReadmeName", ap_set_string_slot, STRING_SLOT(readme),
        OR_INDEXES, "the document to put below the listing"),
    { 0 }
};
