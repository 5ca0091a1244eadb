/* SPDX-License-Identifier: Apache-2.0 */
/* util_ebcdic.h -- platforms that are not ASCII: none here */
#ifndef CLEAT_UTIL_EBCDIC_H
#define CLEAT_UTIL_EBCDIC_H

#include "ap_config.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Conversions between the platform's and HTTP's characters: nothing to do. */
#define ap_xlate_proto_to_ascii(x, y)
#define ap_xlate_proto_from_ascii(x, y)
#define ap_rvputs_proto_in_ascii ap_rvputs

#ifdef __cplusplus
}
#endif

#endif
