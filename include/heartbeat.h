/* SPDX-License-Identifier: Apache-2.0 */
/* heartbeat.h -- public interface */
#ifndef CLEAT_HEARTBEAT_H
#define CLEAT_HEARTBEAT_H

#include <apr.h>
#include <apr_time.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DEFAULT_HEARTBEAT_STORAGE "hb.dat"
#define MAXIPSIZE 46

typedef struct hm_slot_server_t hm_slot_server_t;

struct hm_slot_server_t {
    char ip[46];
    int busy;
    int ready;
    apr_time_t seen;
    int id;
};

#ifdef __cplusplus
}
#endif

#endif
