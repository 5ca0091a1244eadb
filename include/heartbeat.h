/* SPDX-License-Identifier: Apache-2.0 */
/* heartbeat.h -- servers that told of themselves by heartbeat */
#ifndef CLEAT_HEARTBEAT_H
#define CLEAT_HEARTBEAT_H

#include <apr.h>
#include <apr_time.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Names of records, so that the declarations below may use them. */
typedef struct hm_slot_server_t hm_slot_server_t;

/* Name of the file, or of the table. */
#define DEFAULT_HEARTBEAT_STORAGE "hb.dat"

/* Bytes of an address with its NUL. */
#define MAXIPSIZE 46

/* A server. */
struct hm_slot_server_t {
    char ip[46];        /* its address */
    int busy;           /* workers that serve */
    int ready;          /* workers that wait */
    apr_time_t seen;    /* when it was last heard */
    int id;             /* of its slot */
};

#ifdef __cplusplus
}
#endif

#endif
