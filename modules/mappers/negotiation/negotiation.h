/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of mod_negotiation share: what the client wants
 * (neg_accept.c), what there is (neg_variants.c), which one is best
 * (neg_rank.c) and how the answer says so (neg_reply.c).
 *
 * Qualities are counted in thousandths: the wire form has three decimals.
 */
#ifndef NEGOTIATION_H
#define NEGOTIATION_H

#include <stdbool.h>

#include "apr_tables.h"
#include "httpd.h"

enum { QUALITY_ONE = 1000, FINE_ONE = 10 * QUALITY_ONE };

/* Media type of files that hold a type map. */
#define TYPE_MAP_TYPE "application/x-type-map"

/* ---- neg_accept.c */

/* One element of an Accept-like field, or the description of a variant. */
struct range {
    const char *name;           /* lower case */
    int quality;                /* q; 1 if there is none or it is senseless */
    int source_quality;         /* qs */
    int level;                  /* -1: not given */
    const char *charset;        /* lower case, NULL: not given */
};

/* What the Negotiate field allows (RFC 2295 section 8.4). */
enum permission {
    MAY_CHOOSE = 1,             /* with some algorithm */
    MAY_CHOOSE_RVSA = 2,        /* with RVSA/1.0 only (RFC 2296) */
    WANTS_LIST = 4,             /* understands transparent negotiation */
    NO_GUESSING = 8             /* the field is there: take all literally */
};

struct wishes {                 /* arrays of struct range; NULL: no field */
    apr_array_header_t *types, *languages, *charsets, *encodings;
    unsigned permission;        /* bits of enum permission */
};

int negotiation_read_quality(const char *text);
apr_array_header_t *negotiation_read_list(apr_pool_t *p, const char *field);

/* The element at *text, which is left behind the comma that ends it. */
void negotiation_read_range(apr_pool_t *p, const char **text,
                            struct range *range);
void negotiation_read_wishes(request_rec *r, struct wishes *wishes);

/* ---- neg_variants.c */

struct variant {
    request_rec *sub;           /* NULL: from a type map, not looked up */
    const char *name;           /* URL relative to that of the set */
    const char *type;           /* "" unknown */
    const char *charset;        /* "" unknown or none */
    const char *encoding;       /* NULL none */
    apr_array_header_t *languages;      /* of const char *, NULL none */
    const char *description;
    apr_off_t length;           /* -1 not known yet, -2 cannot be known */
    bool is_made;               /* by a handler: the length says nothing */
    apr_off_t body;             /* where it stands in the map, or -1 */
    int level;
    int source_quality;

    /* filled by neg_rank.c */
    int type_quality, charset_quality;
    int language_quality, encoding_quality;     /* of FINE_ONE */
    int matched_level;
    int language_rank;          /* place in LanguagePriority */
    bool is_definite;           /* no wildcard and no default was used */
};

struct variant_set {
    request_rec *r;
    struct wishes wishes;
    apr_array_header_t *variants;       /* of struct variant */
    const char *map;            /* name of the map, NULL: a directory */
    bool is_transparent;        /* RFC 2295 negotiation is possible */
    bool found_any;             /* files that did not qualify were there */

    /* filled by neg_rank.c: in which dimensions the variants differ */
    bool varies_by_type, varies_by_language, varies_by_charset,
        varies_by_encoding;
};

struct variant_set *negotiation_make_set(request_rec *r);
void negotiation_clear_variant(struct variant *variant);
void negotiation_set_type(apr_pool_t *p, struct variant *variant,
                          const char *type);
int negotiation_read_directory(struct variant_set *set);
apr_off_t negotiation_length_of(struct variant_set *set,
                                struct variant *variant);

/* ---- neg_map.c */

/* OK or a status for the client; variants go to the end of the set. */
int negotiation_read_map(struct variant_set *set, request_rec *map);

/* The same for text in memory, which is changed. */
int negotiation_parse_map(struct variant_set *set, char *text);

/* ---- neg_rank.c */

/* LanguagePriority and what ForceLanguagePriority lets it do. */
enum force { FORCE_UNSET = 0, FORCE_NONE = 1, FORCE_PREFER = 2,
             FORCE_FALLBACK = 4 };

struct language_policy {
    apr_array_header_t *priority;       /* of const char *, NULL none */
    unsigned force;                     /* bits of enum force */
};

/* The variant to send, or NULL: none fits or the client wants the list. */
struct variant *negotiation_choose(struct variant_set *set,
                                   const struct language_policy *policy);

/* ---- neg_reply.c */

/* Header fields for the choice, or for the list if there is none. */
void negotiation_set_fields(struct variant_set *set,
                            const struct variant *choice);

/* 300 or 406, with the list of variants as note for the page. */
int negotiation_refuse(struct variant_set *set);

/* Write the field Content-Encoding the way the client writes it. */
int negotiation_name_encoding(request_rec *r);

#endif
