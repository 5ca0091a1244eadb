/* SPDX-License-Identifier: Apache-2.0 */
/* octets.c -- the table behind octets.h. */
#include "http/octets.h"

enum {
    C = CL_OCTET_CONTENT,
    V = CL_OCTET_VISIBLE | C,
    T = CL_OCTET_TOKEN | V,
    B = CL_OCTET_BLANK
};

const uint8_t cl_http_octets[256] = {
    ['\t'] = B | C, ['\v' ... '\f'] = B, [' '] = B | C,
    ['!'] = T, ['"'] = V, ['#' ... '\''] = T, ['(' ... ')'] = V,
    ['*' ... '+'] = T, [','] = V, ['-' ... '.'] = T, ['/'] = V,
    ['0' ... '9'] = T, [':' ... '@'] = V, ['A' ... 'Z'] = T,
    ['[' ... ']'] = V, ['^' ... 'z'] = T, ['{'] = V, ['|'] = T, ['}'] = V,
    ['~'] = T, [0x80 ... 0xff] = V
};
