/* SPDX-License-Identifier: Apache-2.0 */
/* A look into compressed files: the beginning of gzip (RFC 1952, by zlib)
 * and of what compress(1) makes (LZW with codes of 9 to 16 bits).
 */
#include "mime_magic.h"

#include <string.h>

#include <zlib.h>

/* ---- gzip */

static size_t unpack_gzip(const unsigned char *packed, size_t packed_size,
                          unsigned char *out)
{
    z_stream stream = { 0 };
    size_t size;

    if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) {
        return 0;
    }
    stream.next_in = (unsigned char *)packed;
    stream.avail_in = packed_size;
    stream.next_out = out;
    stream.avail_out = MAGIC_WINDOW;
    inflate(&stream, Z_SYNC_FLUSH);     /* an error is the end, too */
    size = stream.total_out;
    inflateEnd(&stream);
    return size;
}

/* ---- compress */

enum { LZW_CLEAR = 256, LZW_FIRST_BITS = 9, LZW_MAX_BITS = 16 };

/* Every code is a byte behind an earlier code.  4096 bytes of output need
 * no more codes than that. */
struct lzw {
    const unsigned char *packed;
    size_t packed_size;
    size_t bit;                 /* position of the next code */
    size_t block;               /* where codes of this width began */
    int bits, max_bits;
    bool has_clear;
    unsigned next;              /* the code to be defined next */
    unsigned short prefix[MAGIC_WINDOW + 512];
    unsigned char suffix[MAGIC_WINDOW + 512];
    unsigned char *out;
    size_t size;
};

/* Codes are written in groups of eight: when the width changes the rest of
 * the group is left out. */
static void align_to_group(struct lzw *lzw)
{
    size_t group = (size_t)lzw->bits * 8;
    size_t used = (lzw->bit - lzw->block) % group;

    if (used > 0) {
        lzw->bit += group - used;
    }
    lzw->block = lzw->bit;
}

static int read_code(struct lzw *lzw)
{
    int code = 0;

    if ((lzw->bit + lzw->bits + 7) / 8 > lzw->packed_size) {
        return -1;
    }
    for (int i = 0; i < lzw->bits; i++, lzw->bit++) {
        code |= (lzw->packed[lzw->bit / 8] >> (lzw->bit % 8) & 1) << i;
    }
    return code;
}

/* Write the bytes of a code, the last one first found; returns the first
 * byte of them.  What is behind the window is left out. */
static unsigned char write_code(struct lzw *lzw, unsigned code)
{
    size_t length = 1;
    size_t at;

    for (unsigned c = code; c >= LZW_CLEAR; c = lzw->prefix[c]) {
        length++;
    }
    at = lzw->size + length;
    lzw->size = at < MAGIC_WINDOW ? at : MAGIC_WINDOW;
    for (;;) {
        unsigned char byte = code < LZW_CLEAR ? code : lzw->suffix[code];

        if (--at < MAGIC_WINDOW) {
            lzw->out[at] = byte;
        }
        if (code < LZW_CLEAR) {
            return byte;
        }
        code = lzw->prefix[code];
    }
}

static unsigned char first_byte(const struct lzw *lzw, unsigned code)
{
    while (code >= LZW_CLEAR) {
        code = lzw->prefix[code];
    }
    return code;
}

static void define_code(struct lzw *lzw, unsigned prefix, unsigned char byte)
{
    if (lzw->next < sizeof lzw->suffix) {
        lzw->prefix[lzw->next] = prefix;
        lzw->suffix[lzw->next] = byte;
        lzw->next++;
    }
}

static void clear_codes(struct lzw *lzw)
{
    align_to_group(lzw);
    lzw->bits = LZW_FIRST_BITS;
    lzw->next = LZW_CLEAR + lzw->has_clear;
}

static void unpack_codes(struct lzw *lzw)
{
    int previous = -1;

    while (lzw->size < MAGIC_WINDOW) {
        int code;

        if (lzw->next >= 1u << lzw->bits && lzw->bits < lzw->max_bits) {
            align_to_group(lzw);
            lzw->bits++;
        }
        code = read_code(lzw);
        if (code < 0) {
            return;
        }
        if (code == LZW_CLEAR && lzw->has_clear) {
            clear_codes(lzw);
            previous = -1;
            continue;
        }
        if (previous < 0) {
            if (code >= LZW_CLEAR) {
                return;                         /* must be a byte */
            }
            lzw->out[lzw->size++] = code;
        }
        else {
            if ((unsigned)code > lzw->next
                || lzw->next >= sizeof lzw->suffix) {
                return;                         /* not defined yet */
            }
            define_code(lzw, previous, first_byte(lzw,
                (unsigned)code == lzw->next ? previous : code));
            write_code(lzw, code);
        }
        previous = code;
    }
}

static size_t unpack_compress(const unsigned char *packed,
                              size_t packed_size, unsigned char *out)
{
    struct lzw lzw = { .packed = packed + 3, .out = out,
                       .bits = LZW_FIRST_BITS };

    if (packed_size <= 3) {
        return 0;
    }
    lzw.packed_size = packed_size - 3;
    lzw.max_bits = packed[2] & 0x1f;
    lzw.has_clear = packed[2] & 0x80;
    lzw.next = LZW_CLEAR + lzw.has_clear;
    if (lzw.max_bits < LZW_FIRST_BITS || lzw.max_bits > LZW_MAX_BITS) {
        return 0;
    }
    unpack_codes(&lzw);
    return lzw.size;
}

const char *magic_unpack(const unsigned char *packed, size_t packed_size,
                         unsigned char out[MAGIC_WINDOW], size_t *size)
{
    static const struct {
        unsigned char mark[2];
        const char *encoding;
        size_t (*unpack)(const unsigned char *, size_t, unsigned char *);
    } formats[] = {
        { { 0x1f, 0x8b }, "x-gzip", unpack_gzip },
        { { 0x1f, 0x9d }, "x-compress", unpack_compress },
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (packed_size > 2 && memcmp(packed, formats[i].mark, 2) == 0) {
            *size = formats[i].unpack(packed, packed_size, out);
            return *size > 0 ? formats[i].encoding : NULL;
        }
    }
    return NULL;
}
