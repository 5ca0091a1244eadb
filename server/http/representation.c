/* SPDX-License-Identifier: Apache-2.0 */
/* representation.c -- what a response says about its body: type and charset,
 * length, modification time, whether ranges are served.
 */
#include "http/http.h"

#include "http_core.h"
#include "util_time.h"

static const core_dir_config *dir_config_of(const request_rec *r)
{
    return ap_get_core_module_config(r->per_dir_config);
}

/* ---- type ---- */

/* AddDefaultCharset speaks about these only (as its manual page says). */
static bool wants_default_charset(const char *type)
{
    static const struct {
        const char *name;
        apr_size_t len;
    } types[] = { { "text/plain", 10 }, { "text/html", 9 } };
    apr_size_t len = strcspn(type, "; \t");

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (len == types[i].len
            && ap_cstr_casecmpn(type, types[i].name, len) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_charset(const char *type)
{
    const char *p = strchr(type, ';');

    while (p) {
        p += strspn(p, "; \t");
        if (ap_cstr_casecmpn(p, "charset=", 8) == 0) {
            return true;
        }
        p = strchr(p, ';');
    }
    return false;
}

AP_DECLARE(void) ap_setup_make_content_type(apr_pool_t *)
{
    /* The types that get a charset are compiled in: nothing to prepare. */
}

AP_DECLARE(const char *) ap_make_content_type(request_rec *r,
    const char *type)
{
    const core_dir_config *conf = dir_config_of(r);
    const core_request_config *mine =
        ap_get_core_module_config(r->request_config);
    const char *charset = DEFAULT_ADD_DEFAULT_CHARSET_NAME;

    if (!type || conf->add_default_charset != ADD_DEFAULT_CHARSET_ON
        || (mine && mine->suppress_charset) || !wants_default_charset(type)
        || has_charset(type)) {
        return type;
    }
    if (conf->add_default_charset_name) {
        charset = conf->add_default_charset_name;
    }
    return apr_pstrcat(r->pool, type, "; charset=", charset, NULL);
}

AP_DECLARE(void) ap_set_content_type(request_rec *r, const char *ct)
{
    r->content_type = ct;
    AP_REQUEST_SET_BNOTE(r, AP_REQUEST_TRUSTED_CT, 0);
}

AP_DECLARE(void) ap_set_content_type_ex(request_rec *r, const char *ct,
    int trusted)
{
    ap_set_content_type(r, ct);
    AP_REQUEST_SET_BNOTE(r, AP_REQUEST_TRUSTED_CT,
                         trusted ? AP_REQUEST_TRUSTED_CT : 0);
}

/* ---- length ---- */

AP_DECLARE(void) ap_set_content_length(request_rec *r, apr_off_t length)
{
    r->clength = length;
    apr_table_setn(r->headers_out, "Content-Length",
                   apr_off_t_toa(r->pool, length));
}

AP_DECLARE(void) ap_set_accept_ranges(request_rec *r)
{
    bool none = dir_config_of(r)->max_ranges == AP_MAXRANGES_NORANGES;

    apr_table_setn(r->headers_out, "Accept-Ranges", none ? "none" : "bytes");
}

/* ---- time ---- */

AP_DECLARE(apr_time_t) ap_rationalize_mtime(request_rec *r, apr_time_t mtime)
{
    apr_time_t now;

    /* RFC 9110 section 8.8.2.1: Last-Modified is never later than Date */
    if (mtime <= r->request_time) {
        return mtime;
    }
    now = apr_time_now();
    return mtime > now ? now : mtime;
}

AP_DECLARE(void) ap_update_mtime(request_rec *r, apr_time_t dependency_mtime)
{
    if (r->mtime < dependency_mtime) {
        r->mtime = dependency_mtime;
    }
}

AP_DECLARE(void) ap_set_last_modified(request_rec *r)
{
    char *date;

    if (r->assbackwards) {
        return;
    }
    date = apr_palloc(r->pool, APR_RFC822_DATE_LEN);
    ap_recent_rfc822_date(date, ap_rationalize_mtime(r, r->mtime));
    apr_table_setn(r->headers_out, "Last-Modified", date);
}

/* ---- directives ---- */

static core_dir_config *set_in(void *dir)
{
    return dir;
}

const char *cl_set_add_default_charset(cmd_parms *, void *dir,
                                       const char *arg)
{
    core_dir_config *conf = set_in(dir);

    if (ap_cstr_casecmp(arg, "Off") == 0) {
        conf->add_default_charset = ADD_DEFAULT_CHARSET_OFF;
        return NULL;
    }
    conf->add_default_charset = ADD_DEFAULT_CHARSET_ON;
    conf->add_default_charset_name =
        ap_cstr_casecmp(arg, "On") == 0 ? DEFAULT_ADD_DEFAULT_CHARSET_NAME
                                        : arg;
    return NULL;
}

const char *cl_set_content_digest(cmd_parms *, void *dir, int on)
{
    set_in(dir)->content_md5 = on != 0;
    return NULL;
}
