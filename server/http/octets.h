/* SPDX-License-Identifier: Apache-2.0 */
/* octets.h -- which bytes may stand where in a message head (RFC 9110
 * section 5.6.2, RFC 5234 appendix B.1), and how far a run of them goes.
 */
#ifndef CLEAT_HTTP_OCTETS_H
#define CLEAT_HTTP_OCTETS_H

#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    CL_OCTET_TOKEN = 1,         /* tchar */
    CL_OCTET_VISIBLE = 2,       /* VCHAR and obs-text */
    CL_OCTET_BLANK = 4,         /* SP HT VT FF */
    CL_OCTET_CONTENT = 8        /* VISIBLE, SP and HT: a field's value */
};

extern const uint8_t cl_http_octets[256];

static inline int cl_octet_is(char c, int what)
{
    return cl_http_octets[(unsigned char)c] & what;
}

/* cl_http_skip_*(p, end): the first byte of [p, end) that is not of the kind,
 * or end.  Half of the time spent on a request's head is spent here, so runs
 * are looked at sixteen bytes at a time where the processor can; the table
 * decides what is left over, and is the whole truth elsewhere. */
static inline const char *cl_skip_by_table(const char *p, const char *end,
                                           int what)
{
    while (p < end && cl_octet_is(*p, what)) {
        p++;
    }
    return p;
}

#ifdef __SSE2__

/* All ones where lo <= byte <= hi. */
static inline __m128i cl_octets_between(__m128i v, char lo, char hi)
{
    __m128i shifted = _mm_sub_epi8(v, _mm_set1_epi8(lo));

    return _mm_cmpeq_epi8(shifted,
                          _mm_min_epu8(shifted,
                                       _mm_set1_epi8((char)(hi - lo))));
}

static inline __m128i cl_octets_is(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

/* Bit n is set when byte n ends the run.  These may end a run early, never
 * late: what they stop at is looked up in the table. */
static inline int cl_octets_ends_common_token(__m128i v)
{
    __m128i lower = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter = cl_octets_between(lower, 'a', 'z');
    __m128i other = _mm_or_si128(cl_octets_is(v, '-'),
                                 cl_octets_between(v, '0', '9'));

    return 0xffff ^ _mm_movemask_epi8(_mm_or_si128(letter, other));
}

static inline int cl_octets_ends_visible(__m128i v)
{
    return _mm_movemask_epi8(_mm_or_si128(cl_octets_between(v, 0, ' '),
                                          cl_octets_is(v, 0x7f)));
}

static inline int cl_octets_ends_content(__m128i v)
{
    return _mm_movemask_epi8(_mm_or_si128(cl_octets_between(v, 0, 0x1f),
                                          cl_octets_is(v, 0x7f)));
}

#define CL_SKIP_SIXTEEN(p, end, ends) \
    if ((end) - (p) >= 16) { \
        const char *last = (end) - 16; \
\
        do { \
            int stop = ends(_mm_loadu_si128((const __m128i *)(p))); \
            if (stop) { \
                (p) += __builtin_ctz((unsigned)stop); \
                break; \
            } \
            (p) += 16; \
        } while ((p) <= last); \
    }
#else
#define CL_SKIP_SIXTEEN(p, end, ends)
#endif

static inline const char *cl_http_skip_token(const char *p,
                                         const char *end)
{
    CL_SKIP_SIXTEEN(p, end, cl_octets_ends_common_token)
    return cl_skip_by_table(p, end, CL_OCTET_TOKEN);
}

static inline const char *cl_http_skip_visible(const char *p,
                                           const char *end)
{
    CL_SKIP_SIXTEEN(p, end, cl_octets_ends_visible)
    return cl_skip_by_table(p, end, CL_OCTET_VISIBLE);
}

static inline const char *cl_http_skip_content(const char *p,
                                           const char *end)
{
    CL_SKIP_SIXTEEN(p, end, cl_octets_ends_content)
    return cl_skip_by_table(p, end, CL_OCTET_CONTENT);
}

#endif
