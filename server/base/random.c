/* SPDX-License-Identifier: Apache-2.0 */
/* random.c -- fast random numbers that need not be secret.
 *
 * For load balancing, boundaries, jitter: xoshiro256** (Blackman and Vigna),
 * one state per thread, so there is no lock.  The operating system seeds it;
 * after a fork a process seeds again, so that children differ.
 */
#include "base/base.h"

#include <apr_general.h>
#include <apr_time.h>

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned forks;                  /* how many lie behind us, plus one */

static _Thread_local struct {
    uint64_t word[4];
    unsigned seeded_after;              /* value of `forks` then; 0: never */
} state;

static void count_fork(void)
{
    forks++;
}

static void watch_forks(void)
{
    forks = 1;
    pthread_atfork(NULL, NULL, count_fork);
}

static void seed(void)
{
    if (apr_generate_random_bytes((unsigned char *)state.word,
                                  sizeof state.word) != APR_SUCCESS) {
        state.word[0] ^= (uint64_t)apr_time_now();
        state.word[1] ^= (uint64_t)getpid() << 32 ^ (uintptr_t)&state;
    }
    state.word[3] |= 1;                 /* all zero would stay zero */
    state.seeded_after = forks;
}

static uint64_t rotate(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static uint64_t next(void)
{
    pthread_once(&once, watch_forks);
    if (state.seeded_after != forks) {
        seed();
    }
    uint64_t *s = state.word;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

AP_DECLARE(void) ap_random_insecure_bytes(void *buf, apr_size_t size)
{
    unsigned char *out = buf;

    while (size) {
        uint64_t bits = next();
        apr_size_t n = size < sizeof bits ? size : sizeof bits;
        memcpy(out, &bits, n);
        out += n;
        size -= n;
    }
}

/* A number from MIN to MAX, both included. */
AP_DECLARE(apr_uint32_t) ap_random_pick(apr_uint32_t min, apr_uint32_t max)
{
    uint64_t count = (uint64_t)(max - min) + 1;

    /* The high half of a product: less bias than 1 in 2^32, no division. */
    return min + (apr_uint32_t)((next() >> 32) * count >> 32);
}
