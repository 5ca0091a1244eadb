/* SPDX-License-Identifier: Apache-2.0 */
/* apache_noprobes.h -- probe points, for sources that name them: no probes are
 * built in, so each is empty and never enabled.
 */
#ifndef CLEAT_APACHE_NOPROBES_H
#define CLEAT_APACHE_NOPROBES_H

#define AP_INTERNAL_REDIRECT(...)
#define AP_INTERNAL_REDIRECT_ENABLED() (0)
#define AP_PROCESS_REQUEST_ENTRY(...)
#define AP_PROCESS_REQUEST_ENTRY_ENABLED() (0)
#define AP_PROCESS_REQUEST_RETURN(...)
#define AP_PROCESS_REQUEST_RETURN_ENABLED() (0)
#define AP_PROXY_RUN(...)
#define AP_PROXY_RUN_ENABLED() (0)
#define AP_PROXY_RUN_FINISHED(...)
#define AP_PROXY_RUN_FINISHED_ENABLED() (0)
#define AP_READ_REQUEST_ENTRY(...)
#define AP_READ_REQUEST_ENTRY_ENABLED() (0)
#define AP_READ_REQUEST_FAILURE(...)
#define AP_READ_REQUEST_FAILURE_ENABLED() (0)
#define AP_READ_REQUEST_SUCCESS(...)
#define AP_READ_REQUEST_SUCCESS_ENABLED() (0)
#define AP_REWRITE_LOG(...)
#define AP_REWRITE_LOG_ENABLED() (0)

#endif
