/* SPDX-License-Identifier: Apache-2.0 */
/* id.c -- short unique ids, so that log lines of one connection or request
 * can be found together.
 *
 * 64 bits in 11 characters: time, process and a counter, mixed so that ids
 * made one after the other differ at a glance.
 */
#include "log/log.h"

#include <apr_time.h>

#include <stdint.h>
#include <unistd.h>

APR_HOOK_STRUCT(
    APR_HOOK_LINK(generate_log_id)
)
AP_IMPLEMENT_HOOK_RUN_FIRST(int, generate_log_id,
                            (const conn_rec *c, const request_rec *r,
                             const char **id),
                            (c, r, id), DECLINED)

enum { ID_LENGTH = 11 };

static AP_THREAD_LOCAL uint32_t made_by_thread;

/* The finalizer of splitmix64: one to one, so unique stays unique. */
static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static void encode(uint64_t bits, char *to)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (int i = 0; i < ID_LENGTH; i++) {
        to[i] = digits[bits & 63];
        bits >>= 6;
    }
    to[ID_LENGTH] = '\0';
}

int cl_log_make_id(const conn_rec *c, const request_rec *r, const char **id)
{
    char *text = apr_palloc(r ? r->pool : c->pool, ID_LENGTH + 1);
    uint64_t place = (uint64_t)getpid() << 40
                     ^ (uint64_t)(uintptr_t)&made_by_thread << 8;

    encode(mix((uint64_t)apr_time_now() + mix(place + made_by_thread++)),
           text);
    *id = text;
    return OK;
}

void cl_log_add_connection_id(const conn_rec *c)
{
    const char *id = NULL;

    /* By contract of the hook the log owns this one field. */
    if (ap_run_generate_log_id(c, NULL, &id) == OK) {
        ((conn_rec *)c)->log_id = id;
    }
}

void cl_log_add_request_id(const request_rec *r)
{
    const char *id = NULL;

    if (ap_run_generate_log_id(r->connection, r, &id) == OK) {
        ((request_rec *)r)->log_id = id;
    }
}
