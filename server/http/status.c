/* SPDX-License-Identifier: Apache-2.0 */
/* status.c -- status codes and their lines, as one table.
 *
 * The table's index is public: modules use it with ap_response_code_string(),
 * and RESPONSE_CODES is its size.  Codes without a name have a hole in it.
 */
#include "http/http.h"

#include <stdlib.h>

/* Where the codes of a hundred begin in the table. */
enum {
    AT_100 = 0,
    AT_200 = 4,
    AT_300 = 31,
    AT_400 = 40,
    AT_500 = 92
};

static const char *const lines[RESPONSE_CODES] = {
    [AT_100 + 0] = "100 Continue",
    [AT_100 + 1] = "101 Switching Protocols",
    [AT_100 + 2] = "102 Processing",
    [AT_100 + 3] = "103 Early Hints",

    [AT_200 + 0] = "200 OK",
    [AT_200 + 1] = "201 Created",
    [AT_200 + 2] = "202 Accepted",
    [AT_200 + 3] = "203 Non-Authoritative Information",
    [AT_200 + 4] = "204 No Content",
    [AT_200 + 5] = "205 Reset Content",
    [AT_200 + 6] = "206 Partial Content",
    [AT_200 + 7] = "207 Multi-Status",
    [AT_200 + 8] = "208 Already Reported",
    [AT_200 + 26] = "226 IM Used",

    [AT_300 + 0] = "300 Multiple Choices",
    [AT_300 + 1] = "301 Moved Permanently",
    [AT_300 + 2] = "302 Found",
    [AT_300 + 3] = "303 See Other",
    [AT_300 + 4] = "304 Not Modified",
    [AT_300 + 5] = "305 Use Proxy",
    [AT_300 + 7] = "307 Temporary Redirect",
    [AT_300 + 8] = "308 Permanent Redirect",

    [AT_400 + 0] = "400 Bad Request",
    [AT_400 + 1] = "401 Unauthorized",
    [AT_400 + 2] = "402 Payment Required",
    [AT_400 + 3] = "403 Forbidden",
    [AT_400 + 4] = "404 Not Found",
    [AT_400 + 5] = "405 Method Not Allowed",
    [AT_400 + 6] = "406 Not Acceptable",
    [AT_400 + 7] = "407 Proxy Authentication Required",
    [AT_400 + 8] = "408 Request Timeout",
    [AT_400 + 9] = "409 Conflict",
    [AT_400 + 10] = "410 Gone",
    [AT_400 + 11] = "411 Length Required",
    [AT_400 + 12] = "412 Precondition Failed",
    [AT_400 + 13] = "413 Request Entity Too Large",
    [AT_400 + 14] = "414 Request-URI Too Long",
    [AT_400 + 15] = "415 Unsupported Media Type",
    [AT_400 + 16] = "416 Requested Range Not Satisfiable",
    [AT_400 + 17] = "417 Expectation Failed",
    [AT_400 + 21] = "421 Misdirected Request",
    [AT_400 + 22] = "422 Unprocessable Entity",
    [AT_400 + 23] = "423 Locked",
    [AT_400 + 24] = "424 Failed Dependency",
    [AT_400 + 26] = "426 Upgrade Required",
    [AT_400 + 28] = "428 Precondition Required",
    [AT_400 + 29] = "429 Too Many Requests",
    [AT_400 + 31] = "431 Request Header Fields Too Large",
    [AT_400 + 51] = "451 Unavailable For Legal Reasons",

    [AT_500 + 0] = "500 Internal Server Error",
    [AT_500 + 1] = "501 Not Implemented",
    [AT_500 + 2] = "502 Bad Gateway",
    [AT_500 + 3] = "503 Service Unavailable",
    [AT_500 + 4] = "504 Gateway Timeout",
    [AT_500 + 5] = "505 HTTP Version Not Supported",
    [AT_500 + 6] = "506 Variant Also Negotiates",
    [AT_500 + 7] = "507 Insufficient Storage",
    [AT_500 + 8] = "508 Loop Detected",
    [AT_500 + 10] = "510 Not Extended",
    [AT_500 + 11] = "511 Network Authentication Required",
};

static int find_index(int status)
{
    static const int start[] = {
        AT_100, AT_200, AT_300, AT_400, AT_500, RESPONSE_CODES
    };
    int hundred = status / 100 - 1;
    int at;

    if (status < 100 || status > 599) {
        return -1;
    }
    at = start[hundred] + status % 100;
    return at < start[hundred + 1] && lines[at] ? at : -1;
}

AP_DECLARE(int) ap_index_of_response(int status)
{
    int at = find_index(status);

    return at >= 0 ? at : AT_500;       /* no such status: our fault */
}

AP_DECLARE(const char *) ap_get_status_line(int status)
{
    return lines[ap_index_of_response(status)];
}

AP_DECLARE(const char *) ap_get_status_line_ex(apr_pool_t *p, int status)
{
    int at = find_index(status);

    if (at < 0 && ap_is_HTTP_VALID_RESPONSE(status)) {
        return apr_psprintf(p, "%d Status %d", status, status);
    }
    return lines[at >= 0 ? at : AT_500];
}

int cl_http_status_of_index(int index)
{
    return index >= 0 && index < RESPONSE_CODES && lines[index]
           ? atoi(lines[index]) : 0;
}
