/* SPDX-License-Identifier: Apache-2.0 */
/* FastCGI record headers: reading and writing again must be the same. */
#include "util_fcgi.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char bytes[AP_FCGI_HEADER_LEN];
    unsigned char again[AP_FCGI_HEADER_LEN];
    unsigned char version, type, padding;
    apr_uint16_t id, length;
    ap_fcgi_header header;

    if (size < sizeof bytes) {
        return 0;
    }
    memcpy(bytes, data, sizeof bytes);
    ap_fcgi_header_fields_from_array(&version, &type, &id, &length, &padding,
                                     bytes);
    ap_fcgi_fill_in_header(&header, type, id, length, padding);
    ap_fcgi_header_to_array(&header, again);
    if (memcmp(bytes + 1, again + 1, sizeof bytes - 2) != 0) {
        abort();
    }
    return 0;
}
