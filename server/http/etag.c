/* SPDX-License-Identifier: Apache-2.0 */
/* etag.c -- entity tags of files: which facts make one, strong or weak.
 *
 * A tag is "inode-size-mtime" in hexadecimal, of whichever parts FileETag
 * names, or the file's SHA-1 digest.  While a file is younger than a second
 * it can change without changing its tag, so the tag is weak (RFC 9110
 * section 8.8.1).
 */
#include "http/http.h"

#include "http_core.h"
#include "http_log.h"

#include <apr_base64.h>
#include <apr_sha1.h>

APLOG_USE_MODULE(http);

/* ---- configuration ---- */

static etag_components_t bits_for(const core_dir_config *conf)
{
    etag_components_t bits = conf->etag_bits == ETAG_UNSET ? ETAG_BACKWARD
                                                           : conf->etag_bits;

    bits = (bits & ~conf->etag_remove) | conf->etag_add;
    if (conf->etag_add) {
        bits &= ~(etag_components_t)ETAG_NONE;
    }
    return bits;
}

static const struct {
    const char *name;
    etag_components_t bits;
} components[] = {
    { "None", ETAG_NONE }, { "All", ETAG_ALL }, { "Size", ETAG_SIZE },
    { "MTime", ETAG_MTIME }, { "LMTime", ETAG_MTIME },
    { "LastModified", ETAG_MTIME }, { "INode", ETAG_INODE },
    { "Digest", ETAG_DIGEST }
};

static etag_components_t component_bits(const char *name)
{
    for (size_t i = 0; i < sizeof components / sizeof *components; i++) {
        if (ap_cstr_casecmp(name, components[i].name) == 0) {
            return components[i].bits;
        }
    }
    return ETAG_UNSET;
}

/* One word of FileETag. */
static const char *apply_component(cmd_parms *cmd, core_dir_config *conf,
                                   const char *word)
{
    char sign = *word == '+' || *word == '-' ? *word++ : '\0';
    etag_components_t bits = component_bits(word);

    if (bits == ETAG_UNSET) {
        return apr_psprintf(cmd->pool, "FileETag does not know \"%s\"; it "
                            "knows INode, MTime, Size, Digest, All and None, "
                            "each with + or - in front", word);
    }
    if (sign && bits == ETAG_NONE) {
        return "FileETag None stands for no tag at all; it takes no + or -";
    }
    if (sign == '+') {
        conf->etag_add |= bits;
        conf->etag_remove &= ~bits;
    }
    else if (sign == '-') {
        conf->etag_remove |= bits;
        conf->etag_add &= ~bits;
    }
    else if (bits == ETAG_NONE) {
        conf->etag_bits = ETAG_NONE;
    }
    else {
        conf->etag_bits = (conf->etag_bits & ~(etag_components_t)ETAG_NONE)
                          | bits;
    }
    return NULL;
}

const char *cl_set_file_etag(cmd_parms *cmd, void *dir, const char *args)
{
    const char *err = NULL;

    if (!*args) {
        return "FileETag needs at least one component; example: "
               "FileETag MTime Size";
    }
    while (!err && *args) {
        const char *word = ap_getword_conf(cmd->pool, &args);

        if (*word) {
            err = apply_component(cmd, dir, word);
        }
    }
    return err;
}

/* ---- tags ---- */

/* Append a number in hexadecimal and move on. */
static char *put_hex(char *to, apr_uint64_t value)
{
    static const char digits[] = "0123456789abcdef";
    int shift = 60;

    while (shift > 0 && (value >> shift) == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        *to++ = digits[(value >> shift) & 0xf];
    }
    return to;
}

enum { HEX64 = 16 };

static char *put_part(char *to, char *start, apr_uint64_t value)
{
    if (to != start) {
        *to++ = '-';
    }
    return put_hex(to, value);
}

static bool digest_file(apr_file_t *fd, unsigned char digest[])
{
    apr_sha1_ctx_t sha;
    char buf[AP_IOBUFSIZE];
    apr_off_t offset = 0;
    apr_status_t rv;
    apr_size_t n;

    if (apr_file_seek(fd, APR_SET, &offset) != APR_SUCCESS) {
        return false;
    }
    apr_sha1_init(&sha);
    for (n = sizeof buf; (rv = apr_file_read(fd, buf, &n)) == APR_SUCCESS;
         n = sizeof buf) {
        apr_sha1_update_binary(&sha, (unsigned char *)buf, (unsigned int)n);
    }
    offset = 0;
    apr_file_seek(fd, APR_SET, &offset);
    apr_sha1_final(digest, &sha);
    return APR_STATUS_IS_EOF(rv);
}

/* The base64 digest of the file's content, NULL if it cannot be read. */
static const char *digest_tag(request_rec *r, const etag_rec *er)
{
    unsigned char digest[APR_SHA1_DIGESTSIZE];
    apr_file_t *fd = er->fd;
    bool good;
    char *text;

    if (!fd) {
        apr_status_t rv = apr_file_open(&fd, er->pathname,
                                        APR_READ | APR_BINARY, 0, r->pool);

        if (rv != APR_SUCCESS) {
            ap_log_rerror(APLOG_MARK, APLOG_WARNING, rv, r, APLOGNO(50455)
                          "could not read \"%s\" to make its ETag",
                          er->pathname);
            return NULL;
        }
    }
    good = digest_file(fd, digest);
    if (!er->fd) {
        apr_file_close(fd);
    }
    if (!good) {
        return NULL;
    }
    text = apr_palloc(r->pool, (apr_size_t)apr_base64_encode_len(sizeof digest));
    apr_base64_encode_binary(text, digest, sizeof digest);
    return text;
}

static bool may_still_change(request_rec *r, const etag_rec *er)
{
    return er->request_time - er->finfo->mtime < apr_time_from_sec(1)
           && !AP_REQUEST_IS_STRONG_ETAG(r);
}

/* Prefix, quotes, and the list's validator if the file was negotiated. */
static char *finish_tag(request_rec *r, const etag_rec *er, const char *core,
                        bool weak)
{
    const char *list = er->vlist_validator;

    if (!list || !*list) {
        return apr_pstrcat(r->pool, weak ? "W/\"" : "\"", core, "\"", NULL);
    }
    if (strncmp(list, "W/", 2) == 0) {
        weak = true;
        list += 2;
    }
    if (*list == '"') {
        list++;
    }
    return apr_psprintf(r->pool, "%s%s;%.*s\"", weak ? "W/\"" : "\"", core,
                        (int)strcspn(list, "\""), list);
}

AP_DECLARE(char *) ap_make_etag_ex(request_rec *r, etag_rec *er)
{
    etag_components_t bits =
        bits_for(ap_get_core_module_config(r->per_dir_config));
    bool weak = er->force_weak;
    char core[3 * (HEX64 + 1)];
    char *end = core;

    if (bits & ETAG_NONE) {
        return apr_pstrdup(r->pool, "");
    }
    if ((bits & ETAG_DIGEST) && er->finfo->filetype == APR_REG
        && (er->fd || er->pathname)) {
        const char *digest = digest_tag(r, er);

        return digest ? finish_tag(r, er, digest, weak)
                      : apr_pstrdup(r->pool, "");
    }
    weak = weak || may_still_change(r, er);
    if (er->finfo->filetype == APR_NOFILE) {
        end = put_part(end, core, (apr_uint64_t)r->mtime);
    }
    else {
        if (bits & ETAG_INODE) {
            end = put_part(end, core, (apr_uint64_t)er->finfo->inode);
        }
        if (bits & ETAG_SIZE) {
            end = put_part(end, core, (apr_uint64_t)er->finfo->size);
        }
        if (bits & ETAG_MTIME) {
            end = put_part(end, core, (apr_uint64_t)er->finfo->mtime);
        }
    }
    *end = '\0';
    return end == core ? apr_pstrdup(r->pool, "")
                       : finish_tag(r, er, core, weak);
}

static void describe(etag_rec *er, request_rec *r, apr_file_t *fd, int weak)
{
    er->vlist_validator = r->vlist_validator;
    er->request_time = r->request_time;
    er->finfo = &r->finfo;
    er->pathname = r->filename;
    er->fd = fd;
    er->force_weak = weak;
}

AP_DECLARE(char *) ap_make_etag(request_rec *r, int force_weak)
{
    etag_rec er;

    describe(&er, r, NULL, force_weak);
    return ap_make_etag_ex(r, &er);
}

AP_DECLARE(void) ap_set_etag_fd(request_rec *r, apr_file_t *fd)
{
    etag_rec er;
    char *tag;

    describe(&er, r, fd, 0);
    tag = ap_make_etag_ex(r, &er);
    if (*tag) {
        apr_table_setn(r->headers_out, "ETag", tag);
    }
    else {
        apr_table_setn(r->notes, "no-etag", "omit");
    }
}

AP_DECLARE(void) ap_set_etag(request_rec *r)
{
    ap_set_etag_fd(r, NULL);
}
