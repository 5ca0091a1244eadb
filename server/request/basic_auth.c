/* SPDX-License-Identifier: Apache-2.0 */
/* basic_auth.c -- user and password from "Authorization: Basic", RFC 7617,
 * and the way to the module that writes the challenge. */
#include "request/request.h"

#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

APLOG_USE_MODULE(core);

static const char *credentials_field(const request_rec *r)
{
    return apr_table_get(r->headers_in, r->proxyreq == PROXYREQ_PROXY
                                        ? "Proxy-Authorization"
                                        : "Authorization");
}

/* What follows the scheme; NULL if it is another scheme. */
static const char *skip_scheme(const char *field)
{
    static const char scheme[] = "Basic";
    size_t length = sizeof scheme - 1;

    if (ap_cstr_casecmpn(field, scheme, length) != 0) {
        return NULL;
    }
    field += length;
    if (*field != ' ' && *field != '\t' && *field != '\0') {
        return NULL;
    }
    return field + strspn(field, " \t");
}

/* "user:password" cut at the first colon */
static apr_status_t split_credentials(char *text, const char **user,
                                      const char **password)
{
    char *colon = strchr(text, ':');

    if (!colon) {
        return APR_EINVAL;
    }
    *colon = '\0';
    *user = text;
    *password = colon + 1;
    return APR_SUCCESS;
}

AP_DECLARE(apr_status_t) ap_get_basic_auth_components(const request_rec *r,
                                                      const char **username,
                                                      const char **password)
{
    const char *field = credentials_field(r);
    const char *encoded = field ? skip_scheme(field) : NULL;
    const char *user;
    const char *secret;
    apr_status_t rv;

    if (!encoded) {
        return APR_EINVAL;
    }
    rv = split_credentials(ap_pbase64decode(r->pool, encoded), &user, &secret);
    if (rv != APR_SUCCESS) {
        return rv;
    }
    if (username) {
        *username = user;
    }
    if (password) {
        *password = secret;
    }
    return APR_SUCCESS;
}

static bool is_basic_wanted(request_rec *r)
{
    const char *type = ap_auth_type(r);

    return (type && ap_cstr_casecmp(type, "Basic") == 0)
           || apr_table_get(r->notes, AP_GET_BASIC_AUTH_PW_NOTE);
}

AP_DECLARE(int) ap_get_basic_auth_pw(request_rec *r, const char **pw)
{
    const char *user;
    const char *field;

    if (!is_basic_wanted(r)) {
        return DECLINED;
    }
    if (!ap_auth_name(r)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50554)
                      "authentication for \"%s\" has no realm; add AuthName",
                      r->uri);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    field = credentials_field(r);
    if (field && !skip_scheme(field)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50556)
                      "client used wrong authentication scheme: %s", r->uri);
    }
    if (ap_get_basic_auth_components(r, &user, pw) != APR_SUCCESS) {
        ap_note_auth_failure(r);
        return HTTP_UNAUTHORIZED;
    }
    r->user = apr_pstrdup(r->pool, user);
    r->ap_auth_type = (char *)"Basic";
    return OK;
}

AP_DECLARE(void) ap_note_auth_failure(request_rec *r)
{
    const char *type = ap_auth_type(r);

    if (!type) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50557)
                      "\"%s\" needs authentication but no kind of it is set; "
                      "add AuthType", r->uri);
        return;
    }
    ap_run_note_auth_failure(r, type);
}

AP_DECLARE(void) ap_note_basic_auth_failure(request_rec *r)
{
    ap_run_note_auth_failure(r, "Basic");
}

AP_DECLARE(void) ap_note_digest_auth_failure(request_rec *r)
{
    ap_run_note_auth_failure(r, "Digest");
}
