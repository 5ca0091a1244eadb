/* SPDX-License-Identifier: Apache-2.0 */
/* ap_release.h -- the httpd release whose API and ABI this server offers
 *
 * Modules test these and tools parse them, so they name httpd, not us; what the
 * server calls itself is ap_get_server_description().
 */
#ifndef CLEAT_AP_RELEASE_H
#define CLEAT_AP_RELEASE_H

#ifdef __cplusplus
extern "C" {
#endif

/* Whose API it is. */
#define AP_SERVER_BASEVENDOR "Apache Software Foundation"
#define AP_SERVER_BASEPROJECT "Apache HTTP Server"
#define AP_SERVER_BASEPRODUCT "Apache"
#define AP_SERVER_COPYRIGHT "Copyright 2026 The Apache Software Foundation."

/* Numbers. */
#define AP_SERVER_MAJORVERSION_NUMBER 2
#define AP_SERVER_MINORVERSION_NUMBER 4
#define AP_SERVER_PATCHLEVEL_NUMBER 71
#define AP_SERVER_PATCHLEVEL_CSV (AP_SERVER_MAJORVERSION_NUMBER | AP_SERVER_MINORVERSION_NUMBER | AP_SERVER_PATCHLEVEL_NUMBER)
#define AP_SERVER_DEVBUILD_BOOLEAN 0

/* The same as text, and what a vendor adds. */
#define AP_SERVER_MAJORVERSION "2"
#define AP_SERVER_MINORVERSION "4"
#define AP_SERVER_PATCHLEVEL "71"
#define AP_SERVER_MINORREVISION "2.4"
#define AP_SERVER_BASEREVISION "2.4.71"
#define AP_SERVER_ADD_STRING ""

/* Name and version as in the Server field. */
#define AP_SERVER_BASEVERSION "Apache/2.4.71"
#define AP_SERVER_VERSION "Apache/2.4.71"

#ifdef __cplusplus
}
#endif

#endif
