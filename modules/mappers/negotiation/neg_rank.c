/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant is best: first a quality in each dimension, from what the
 * client said; then either httpd's elimination (compare dimension after
 * dimension) or RVSA/1.0 of RFC 2296 (compare the product), if the client
 * asks for that one.
 */
#include "negotiation.h"

#include <string.h>

#include "apr_lib.h"
#include "apr_strings.h"

/* Qualities of what the client did not mention, where that is no refusal. */
enum {
    ENCODING_UNMENTIONED = 1,
    LANGUAGE_OF_PARENT = FINE_ONE / 1000,
    LANGUAGE_NONE = 1,
};

enum { RANK_NONE = 1 << 30 };

static int fine(int quality)
{
    return quality * (FINE_ONE / QUALITY_ONE);
}

static bool is_literal(const struct variant_set *set)
{
    return set->wishes.permission & NO_GUESSING;
}

static struct range *ranges_of(const apr_array_header_t *list)
{
    return (struct range *)list->elts;
}

/* ---- media types */

/* Browsers that give no q at all and a wildcard mean: rather not those. */
static void lower_wildcards(apr_array_header_t *types)
{
    struct range *range = (struct range *)types->elts;

    for (int i = 0; i < types->nelts; i++) {
        if (range[i].quality != QUALITY_ONE) {
            return;
        }
    }
    for (int i = 0; i < types->nelts; i++) {
        size_t length = strlen(range[i].name);

        if (strcmp(range[i].name, "*/*") == 0
            || strcmp(range[i].name, "*") == 0) {
            range[i].quality = 10;
        }
        else if (length > 2 && strcmp(range[i].name + length - 2,
                                      "/*") == 0) {
            range[i].quality = 20;
        }
    }
}

/* Documents that the server works on are HTML for the client. */
static const char *outward_type(const struct variant *variant)
{
    return strcmp(variant->type, INCLUDES_MAGIC_TYPE) == 0
        || strcmp(variant->type, INCLUDES_MAGIC_TYPE3) == 0
        ? "text/html" : variant->type;
}

/* How exactly a range names a type: 0 not at all, 1 star, 2 type, 3 fully. */
static int match_type(const struct range *range, const char *type)
{
    size_t length = strlen(range->name);

    if (strcmp(range->name, "*/*") == 0 || strcmp(range->name, "*") == 0) {
        return 1;
    }
    if (length > 2 && strcmp(range->name + length - 2, "/*") == 0) {
        return strncmp(range->name, type, length - 1) == 0 ? 2 : 0;
    }
    return strcmp(range->name, type) == 0 ? 3 : 0;
}

/* The highest level of the type the client can use. */
static int level_limit(const struct range *range)
{
    if (range->level >= 0) {
        return range->level;
    }
    return strcmp(range->name, "text/html") == 0 ? 2 : 0;
}

static void rate_type(const struct variant_set *set, struct variant *variant)
{
    const apr_array_header_t *types = set->wishes.types;
    const char *type = outward_type(variant);
    int best = 0;

    variant->matched_level = 0;
    if (types == NULL) {
        variant->type_quality = QUALITY_ONE;
        variant->is_definite = false;
        return;
    }
    variant->type_quality = 0;
    for (int i = 0; i < types->nelts; i++) {
        const struct range *range = &ranges_of(types)[i];
        int match = match_type(range, type);

        if (match <= best
            || (match == 3 && variant->level > level_limit(range))) {
            continue;
        }
        best = match;
        variant->type_quality = range->quality;
        variant->matched_level = match == 3 ? variant->level : 0;
    }
    if (best == 1 || best == 2) {
        variant->is_definite = false;
    }
}

/* ---- charsets */

static bool is_text(const struct variant *variant)
{
    return strncmp(variant->type, "text/", 5) == 0;
}

static bool is_latin1(const char *charset)
{
    return strcmp(charset, "iso-8859-1") == 0;
}

static void rate_charset(const struct variant_set *set,
                         struct variant *variant)
{
    const apr_array_header_t *charsets = set->wishes.charsets;
    const char *charset = variant->charset;
    const struct range *star = NULL;

    variant->charset_quality = QUALITY_ONE;
    if (charsets == NULL) {
        if (*charset != '\0') {
            variant->is_definite = false;
        }
        return;
    }
    if (*charset == '\0') {
        if (is_literal(set) || !is_text(variant)) {
            return;
        }
        charset = "iso-8859-1";
    }
    for (int i = 0; i < charsets->nelts; i++) {
        const struct range *range = &ranges_of(charsets)[i];

        if (strcmp(range->name, charset) == 0) {
            variant->charset_quality = range->quality;
            return;
        }
        if (strcmp(range->name, "*") == 0) {
            star = range;
        }
    }
    if (star != NULL) {
        variant->charset_quality = star->quality;
        variant->is_definite = false;
        return;
    }
    if (!is_latin1(charset)) {          /* which is always acceptable */
        variant->charset_quality = 0;
    }
}

/* ---- encodings */

static const char *without_x(const char *encoding)
{
    return strncmp(encoding, "x-", 2) == 0 ? encoding + 2 : encoding;
}

static bool is_identity(const char *encoding)
{
    static const char *const names[] = { "7bit", "8bit", "binary" };

    if (encoding == NULL || *encoding == '\0') {
        return true;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(encoding, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* BrowserMatch may know better than the client what it can decode. */
static bool is_decoding_doubtful(const struct variant_set *set,
                                 const struct variant *variant)
{
    const apr_table_t *env = set->r->subprocess_env;

    return apr_table_get(env, "no-gzip") != NULL
        || (apr_table_get(env, "gzip-only-text/html") != NULL
            && strcmp(variant->type, "text/html") != 0);
}

static void rate_encoding(const struct variant_set *set,
                          struct variant *variant)
{
    const apr_array_header_t *encodings = set->wishes.encodings;
    bool identity = is_identity(variant->encoding);
    const char *name = identity ? "identity" : without_x(variant->encoding);
    const struct range *star = NULL;

    if (!identity && is_decoding_doubtful(set, variant)) {
        variant->encoding_quality = 0;
        return;
    }
    if (encodings == NULL) {
        variant->encoding_quality = identity ? FINE_ONE : ENCODING_UNMENTIONED;
        return;
    }
    for (int i = 0; i < encodings->nelts; i++) {
        const struct range *range = &ranges_of(encodings)[i];

        if (strcmp(without_x(range->name), name) == 0) {
            variant->encoding_quality = fine(range->quality);
            return;
        }
        if (strcmp(range->name, "*") == 0) {
            star = range;
        }
    }
    if (star != NULL) {
        variant->encoding_quality = fine(star->quality);
        return;
    }
    variant->encoding_quality = identity ? ENCODING_UNMENTIONED : 0;
}

/* ---- languages */

/* Does the range ("en") cover the tag ("en-GB")?  RFC 4647 section 3.3.1 */
static bool covers(const char *range, size_t length, const char *tag)
{
    return ap_cstr_casecmpn(range, tag, length) == 0
        && (tag[length] == '\0' || tag[length] == '-' || length == 0);
}

/* Quality of one tag, by the longest range that covers it; -1: none does. */
static int rate_tag(const apr_array_header_t *languages, const char *tag,
                    bool *by_star)
{
    size_t longest = 0;
    int quality = -1;

    *by_star = false;
    for (int i = 0; i < languages->nelts; i++) {
        const struct range *range = &ranges_of(languages)[i];
        size_t length = strlen(range->name);

        if (strcmp(range->name, "*") == 0) {
            if (quality < 0) {
                quality = range->quality;
                *by_star = true;
            }
        }
        else if (length > longest && covers(range->name, length, tag)) {
            longest = length;
            quality = range->quality;
            *by_star = false;
        }
    }
    return quality;
}

/* Does the client read the parent ("en" of "en-GB") of one of its own
 * languages, and is this what the variant is written in? */
static bool has_parent(const apr_array_header_t *languages,
                       const apr_array_header_t *tags)
{
    for (int i = 0; i < languages->nelts; i++) {
        const char *name = ranges_of(languages)[i].name;
        const char *dash = strchr(name, '-');

        for (int j = 0; dash != NULL && j < tags->nelts; j++) {
            if (covers(name, dash - name,
                       APR_ARRAY_IDX(tags, j, const char *))) {
                return true;
            }
        }
    }
    return false;
}

static void rate_language(const struct variant_set *set,
                          struct variant *variant)
{
    const apr_array_header_t *languages = set->wishes.languages;
    const apr_array_header_t *tags = variant->languages;
    int best = -1;
    bool best_by_star = false;

    if (tags == NULL) {
        variant->language_quality = !is_literal(set)
            && set->varies_by_language ? LANGUAGE_NONE : FINE_ONE;
        return;
    }
    if (languages == NULL) {
        variant->language_quality = FINE_ONE;
        variant->is_definite = false;
        return;
    }
    for (int i = 0; i < tags->nelts; i++) {
        bool by_star;
        int quality = rate_tag(languages,
                               APR_ARRAY_IDX(tags, i, const char *),
                               &by_star);

        if (quality > best) {
            best = quality;
            best_by_star = by_star;
        }
        else if (quality == best) {
            best_by_star &= by_star;
        }
    }
    if (best < 0) {
        variant->language_quality = !is_literal(set)
            && has_parent(languages, tags) ? LANGUAGE_OF_PARENT : 0;
        return;
    }
    variant->language_quality = fine(best);
    if (best_by_star) {
        variant->is_definite = false;
    }
}

/* The first place in LanguagePriority that one of the languages has. */
static int rank_languages(const apr_array_header_t *tags,
                          const apr_array_header_t *priority)
{
    if (tags == NULL || priority == NULL) {
        return RANK_NONE;
    }
    for (int i = 0; i < priority->nelts; i++) {
        const char *wanted = APR_ARRAY_IDX(priority, i, const char *);

        for (int j = 0; j < tags->nelts; j++) {
            if (covers(wanted, strlen(wanted),
                       APR_ARRAY_IDX(tags, j, const char *))) {
                return i;
            }
        }
    }
    return RANK_NONE;
}

/* ---- dimensions */

static bool same_languages(const apr_array_header_t *a,
                           const apr_array_header_t *b)
{
    if (a == NULL || b == NULL || a->nelts != b->nelts) {
        return a == b;
    }
    for (int i = 0; i < a->nelts; i++) {
        if (strcmp(APR_ARRAY_IDX(a, i, const char *),
                   APR_ARRAY_IDX(b, i, const char *)) != 0) {
            return false;
        }
    }
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static void find_dimensions(struct variant_set *set)
{
    const struct variant *first = (struct variant *)set->variants->elts;

    for (int i = 1; i < set->variants->nelts; i++) {
        const struct variant *other = first + i;

        set->varies_by_type |= !same_text(first->type, other->type);
        set->varies_by_language |= !same_languages(first->languages,
                                                   other->languages);
        set->varies_by_charset |= !same_text(first->charset, other->charset);
        set->varies_by_encoding |= !same_text(first->encoding,
                                              other->encoding);
    }
}

/* ---- algorithms */

static bool is_acceptable(const struct variant *variant)
{
    return variant->source_quality > 0 && variant->type_quality > 0
        && variant->charset_quality > 0 && variant->language_quality > 0
        && variant->encoding_quality > 0;
}

static int compare(apr_int64_t a, apr_int64_t b)
{
    return (a > b) - (a < b);
}

/* A level the client named: the higher the better.  Otherwise the lower one
 * is more likely to be understood. */
static int compare_levels(const struct variant *a, const struct variant *b)
{
    int order;

    if (strcmp(outward_type(a), outward_type(b)) != 0) {
        return 0;
    }
    order = compare(a->matched_level, b->matched_level);
    return order != 0 ? order : compare(b->level, a->level);
}

static bool may_be_latin1(const struct variant *variant)
{
    return *variant->charset == '\0' || is_latin1(variant->charset);
}

/* Above 0 if the new one is better than the best so far, dimension after
 * dimension.  Order counts: what is not Latin-1 beats a Latin-1 variant that
 * came before it, but not one that comes later. */
static int compare_by_elimination(struct variant_set *set,
                                  struct variant *new, struct variant *best)
{
    int order = compare((apr_int64_t)new->type_quality * new->source_quality,
                        (apr_int64_t)best->type_quality
                        * best->source_quality);

    if (order == 0) {
        order = compare(new->language_quality, best->language_quality);
    }
    if (order == 0) {
        order = compare(best->language_rank, new->language_rank);
    }
    if (order == 0) {
        order = compare_levels(new, best);
    }
    if (order == 0) {
        order = compare(new->charset_quality, best->charset_quality);
    }
    if (order == 0 && may_be_latin1(best) && !may_be_latin1(new)) {
        order = 1;
    }
    if (order == 0) {
        order = compare(new->encoding_quality, best->encoding_quality);
    }
    if (order == 0) {
        order = compare(negotiation_length_of(set, best),
                        negotiation_length_of(set, new));
    }
    return order;
}

static apr_int64_t overall_quality(const struct variant *variant)
{
    return (apr_int64_t)variant->source_quality * variant->type_quality
        * variant->charset_quality * variant->language_quality;
}

static int compare_by_product(struct variant_set *, struct variant *a,
                              struct variant *b)
{
    int order = compare(overall_quality(a), overall_quality(b));

    return order != 0 ? order : compare(a->encoding_quality,
                                        b->encoding_quality);
}

typedef int compare_fn(struct variant_set *set, struct variant *new,
                       struct variant *best);

static struct variant *find_best(struct variant_set *set, compare_fn *order)
{
    struct variant *each = (struct variant *)set->variants->elts;
    struct variant *best = NULL;

    for (int i = 0; i < set->variants->nelts; i++) {
        if (is_acceptable(&each[i])
            && (best == NULL || order(set, &each[i], best) > 0)) {
            best = &each[i];
        }
    }
    return best;
}

/* Where LanguagePriority counts: Prefer, to break ties; Fallback, when no
 * language of the variant fits (better than none, worse than any that fits). */
static void rank_language(const struct variant_set *set,
                          struct variant *variant,
                          const struct language_policy *policy)
{
    int rank = rank_languages(variant->languages, policy->priority);

    variant->language_rank = policy->force & FORCE_PREFER ? rank : RANK_NONE;
    if (policy->force & FORCE_FALLBACK
        && !(set->wishes.permission & MAY_CHOOSE_RVSA)
        && rank != RANK_NONE && variant->language_quality == 0) {
        variant->language_quality = LANGUAGE_NONE;
        variant->language_rank = rank;
    }
}

static void rate_all(struct variant_set *set,
                     const struct language_policy *policy)
{
    struct variant *each = (struct variant *)set->variants->elts;

    for (int i = 0; i < set->variants->nelts; i++) {
        each[i].is_definite = true;
        rate_type(set, &each[i]);
        rate_charset(set, &each[i]);
        rate_encoding(set, &each[i]);
        rate_language(set, &each[i]);
        rank_language(set, &each[i], policy);
    }
}

/* The environment may say which language this user reads.  If there is a
 * variant in it that will do, the others are out of the question. */
static struct variant *find_preferred(struct variant_set *set,
                                      compare_fn *order)
{
    const char *wanted = apr_table_get(set->r->subprocess_env,
                                       "prefer-language");
    struct variant *each = (struct variant *)set->variants->elts;
    struct variant_set fitting = *set;

    if (wanted == NULL) {
        return NULL;
    }
    fitting.variants = apr_array_make(set->r->pool, set->variants->nelts,
                                      sizeof(struct variant));
    for (int i = 0; i < set->variants->nelts; i++) {
        if (each[i].languages != NULL
            && ap_array_str_contains(each[i].languages, wanted)) {
            APR_ARRAY_PUSH(fitting.variants, struct variant) = each[i];
            APR_ARRAY_IDX(fitting.variants, fitting.variants->nelts - 1,
                          struct variant).language_rank = RANK_NONE;
            APR_ARRAY_IDX(fitting.variants, fitting.variants->nelts - 1,
                          struct variant).language_quality = FINE_ONE;
        }
    }
    return find_best(&fitting, order);
}

struct variant *negotiation_choose(struct variant_set *set,
                                   const struct language_policy *policy)
{
    struct wishes *wishes = &set->wishes;
    compare_fn *order;
    struct variant *best;

    if (!set->is_transparent) {
        wishes->permission = MAY_CHOOSE;        /* Negotiate says nothing */
    }
    if (!is_literal(set) && wishes->types != NULL) {
        lower_wildcards(wishes->types);
    }
    find_dimensions(set);
    if (!(wishes->permission & (MAY_CHOOSE | MAY_CHOOSE_RVSA))) {
        return NULL;
    }
    order = wishes->permission & MAY_CHOOSE ? compare_by_elimination
                                            : compare_by_product;
    rate_all(set, policy);
    best = find_preferred(set, order);
    if (best != NULL) {
        return best;
    }
    best = find_best(set, order);
    if (order == compare_by_product && best != NULL && !best->is_definite) {
        return NULL;                    /* RFC 2296 section 3.5: a list */
    }
    return best;
}
