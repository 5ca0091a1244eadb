/* SPDX-License-Identifier: Apache-2.0 */
/* util_xml.h -- XML request bodies */
#ifndef CLEAT_UTIL_XML_H
#define CLEAT_UTIL_XML_H

#include <apr_xml.h>
#include "httpd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads r's body as a document in r->pool, *pdoc NULL: there is no body. OK or
 * a status; at most LimitXMLRequestBody bytes. */
AP_DECLARE(int) ap_xml_parse_input(request_rec *r, apr_xml_doc **pdoc);

#ifdef __cplusplus
}
#endif

#endif
