/* SPDX-License-Identifier: Apache-2.0 */
/* directory.c -- <Directory> sections and .htaccess files for the file name
 * of a request, one path segment per step.
 *
 * The name is examined once as a whole.  If that tells what it is and links
 * may be followed, the steps need no further system call; otherwise each
 * segment is looked at by itself, links included.  What lies behind the first
 * segment that is not a directory becomes r->path_info.
 *
 * Sections are sorted by the number of slashes in their name, regular
 * expressions behind all others (ap_core_reorder_directories()).
 */
#include "request/request.h"

#include "http_log.h"
#include "http_request.h"

#include <apr_fnmatch.h>

APLOG_USE_MODULE(core);

#define STAT_WANTED (APR_FINFO_MIN | APR_FINFO_USER)

struct dir_walk {
    request_rec *r;
    ap_conf_vector_t **sections;
    int count;
    int next;                   /* first section not looked at yet */
    ap_conf_vector_t *conf;     /* merged so far */
    const core_dir_config *core;        /* the core's part of conf */
    const char *access_name;
    char *path;                 /* the file name, one byte longer */
    size_t length;
    size_t dir;                 /* length of the directory part, with slash */
    unsigned depth;             /* slashes in it */
    bool known;                 /* r->finfo tells of the whole name */
};

enum step { STEP_MORE, STEP_END, STEP_REFUSED };

static void merge_into(struct dir_walk *w, ap_conf_vector_t *add)
{
    w->conf = cl_request_merge(w->r, w->conf, add);
    w->core = ap_get_core_module_config(w->conf);
}

/* path[0..length) with a slash at its end against a section */
static bool section_names(const core_dir_config *section, char *path,
                          size_t length)
{
    char behind = path[length];
    bool same;

    if (!section->d_is_fnmatch) {
        return strncmp(section->d, path, length) == 0
               && section->d[length] == '\0';
    }
    path[length] = '\0';
    same = apr_fnmatch(section->d, path, APR_FNM_PATHNAME) == APR_SUCCESS;
    path[length] = behind;
    return same;
}

static void apply_sections(struct dir_walk *w)
{
    for (; w->next < w->count; w->next++) {
        const core_dir_config *section
            = ap_get_core_module_config(w->sections[w->next]);

        if (section->r || section->d_components > w->depth) {
            return;
        }
        if (section_names(section, w->path, w->dir)) {
            merge_into(w, w->sections[w->next]);
        }
    }
}

static int apply_htaccess(struct dir_walk *w)
{
    ap_conf_vector_t *local = NULL;
    int status;

    if (!cl_request_reads_htaccess(w->core)) {
        return OK;
    }
    status = ap_parse_htaccess(&local, w->r, w->core->override,
                               w->core->override_opts, w->core->override_list,
                               apr_pstrmemdup(w->r->pool, w->path, w->dir),
                               w->access_name);
    if (status == OK && local) {
        merge_into(w, local);
    }
    return status;
}

/* path[0..end) is a directory */
static int enter_directory(struct dir_walk *w, size_t end)
{
    w->path[end] = '/';
    w->dir = end + 1;
    w->depth++;
    apply_sections(w);
    return apply_htaccess(w);
}

static int refuse_unreadable(request_rec *r, apr_status_t rv)
{
    if (APR_STATUS_IS_EACCES(rv)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00035)
                      "could not reach \"%s\": a directory of \"%s\" may not be "
                      "searched; give the server's user execute permission on "
                      "each directory of the path", r->uri, r->filename);
    }
    else {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, rv, r, APLOGNO(00036)
                      "could not answer \"%s\": file \"%s\" cannot be examined",
                      r->uri, r->filename);
    }
    return HTTP_FORBIDDEN;
}

/* What is path[0..end)?  Fills finfo; a missing file is APR_NOFILE. */
static int examine(struct dir_walk *w, size_t end, apr_finfo_t *finfo)
{
    request_rec *r = w->r;
    char *whole = r->filename;
    char behind = w->path[end];
    apr_finfo_t link;
    apr_status_t rv;
    int status = OK;

    w->path[end] = '\0';
    r->filename = w->path;
    finfo->filetype = APR_NOFILE;
    rv = ap_run_dirwalk_stat(finfo, r, STAT_WANTED | APR_FINFO_LINK);
    if (APR_STATUS_IS_ENOENT(rv) || APR_STATUS_IS_ENOTDIR(rv)) {
        finfo->filetype = APR_NOFILE;
    }
    else if (rv != APR_SUCCESS && rv != APR_INCOMPLETE) {
        status = refuse_unreadable(r, rv);
    }
    else if (finfo->filetype == APR_LNK) {
        link = *finfo;
        status = cl_request_follow_link(r, w->core->opts, &link, finfo);
    }
    w->path[end] = behind;
    r->filename = whole;
    return status;
}

static int refuse_special_file(struct dir_walk *w, size_t end)
{
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, w->r, APLOGNO(00038)
                  "\"%.*s\" is neither a file nor a directory and is not "
                  "served",
                  (int)end, w->path);
    return HTTP_FORBIDDEN;
}

/* The walk ends at path[0..end); the rest is path info. */
static void finish_name(struct dir_walk *w, size_t end)
{
    request_rec *r = w->r;
    const char *before = r->path_info ? r->path_info : "";

    if (end == w->length) {
        r->path_info = apr_pstrdup(r->pool, before);
        return;
    }
    r->path_info = apr_pstrcat(r->pool, r->filename + end, before, NULL);
    w->path[end] = '\0';
    r->filename = w->path;
}

static size_t segment_end(const struct dir_walk *w)
{
    const char *slash = memchr(w->path + w->dir, '/', w->length - w->dir);

    return slash ? (size_t)(slash - w->path) : w->length;
}

/* Is the kind of the next segment known without looking? */
static bool foreseen(const struct dir_walk *w)
{
    return w->known
           && cl_request_link_policy(w->core->opts) == CL_LINKS_FOLLOW;
}

/* One segment: HTTP status in *status when the step is STEP_REFUSED. */
static enum step walk_segment(struct dir_walk *w, int *status)
{
    request_rec *r = w->r;
    size_t end = segment_end(w);
    bool last = end == w->length;
    bool sure = foreseen(w);
    apr_finfo_t finfo = { .filetype = APR_DIR };

    if (sure && last) {
        finfo = r->finfo;
    }
    else if (!sure) {
        *status = examine(w, end, &finfo);
        if (*status != OK) {
            return STEP_REFUSED;
        }
    }
    if (finfo.filetype == APR_DIR) {
        if (last) {
            r->finfo = finfo;
        }
        *status = enter_directory(w, end);
        return *status != OK ? STEP_REFUSED : last ? STEP_END : STEP_MORE;
    }
    if (finfo.filetype != APR_REG && finfo.filetype != APR_NOFILE) {
        *status = refuse_special_file(w, end);
        return STEP_REFUSED;
    }
    r->finfo = finfo;
    if (sure) {
        /* a section that names the file itself takes part, as it always
         * did where links may be followed */
        w->path[end] = '/';
        w->dir = end + 1;
        w->depth++;
        apply_sections(w);
    }
    finish_name(w, end);
    return STEP_END;
}

static int walk_segments(struct dir_walk *w)
{
    enum step step = STEP_MORE;
    int status = enter_directory(w, 0);

    if (status != OK) {
        return status;
    }
    while (step == STEP_MORE && w->dir < w->length) {
        step = walk_segment(w, &status);
    }
    if (step == STEP_REFUSED) {
        return status;
    }
    if (!w->r->path_info) {
        w->r->path_info = apr_pstrdup(w->r->pool, "");
    }
    return OK;
}

static void apply_regex_sections(struct dir_walk *w)
{
    for (; w->next < w->count; w->next++) {
        const core_dir_config *section
            = ap_get_core_module_config(w->sections[w->next]);

        if (section->r
            && cl_section_regex_matches(w->r, section, w->r->filename)) {
            merge_into(w, w->sections[w->next]);
        }
    }
}

/* Leaves one spelling for each file, so that sections cannot be slipped by. */
static int make_canonical(request_rec *r)
{
    char *clean;

    if (!cl_request_path_needs_care(r->filename)) {
        r->canonical_filename = r->filename;
        return OK;
    }
    if (apr_filepath_merge(&clean, NULL, r->filename,
                           APR_FILEPATH_NOTRELATIVE, r->pool) != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(00034)
                      "could not find the root of file name \"%s\" for \"%s\"",
                      r->filename, r->uri);
        return HTTP_FORBIDDEN;
    }
    r->filename = r->canonical_filename = clean;
    return OK;
}

static bool examine_whole_name(request_rec *r)
{
    apr_status_t rv;

    if (r->finfo.filetype != APR_NOFILE && r->finfo.filetype != APR_LNK) {
        return true;                    /* the subrequest brought it along */
    }
    rv = ap_run_dirwalk_stat(&r->finfo, r, APR_FINFO_MIN);
    if (rv == APR_SUCCESS || rv == APR_INCOMPLETE) {
        return true;
    }
    r->finfo.filetype = APR_NOFILE;
    return false;
}

static void start_walk(struct dir_walk *w, request_rec *r)
{
    const core_server_config *sconf
        = ap_get_core_module_config(r->server->module_config);

    *w = (struct dir_walk){ .r = r, .conf = r->per_dir_config };
    if (sconf->sec_dir) {
        w->sections = (ap_conf_vector_t **)sconf->sec_dir->elts;
        w->count = sconf->sec_dir->nelts;
    }
    w->core = ap_get_core_module_config(w->conf);
    w->access_name = sconf->access_name ? sconf->access_name
                                        : DEFAULT_ACCESS_FNAME;
    w->length = strlen(r->filename);
    w->path = apr_palloc(r->pool, w->length + 2);
    memcpy(w->path, r->filename, w->length + 1);
    w->path[w->length + 1] = '\0';
    w->known = examine_whole_name(r);
}

AP_DECLARE(int) ap_directory_walk(request_rec *r)
{
    struct dir_walk w;
    int status;

    if (!r->filename) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, APLOGNO(50550)
                      "no module found a file name for \"%s\"; one that "
                      "claims to translate names left r->filename empty",
                      r->uri);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    if (r->filename[0] != '/') {
        ap_log_rerror(APLOG_MARK, APLOG_DEBUG, 0, r, APLOGNO(50551)
                      "\"%s\" is no path of the file system, no <Directory> "
                      "applies", r->filename);
        return OK;
    }
    status = make_canonical(r);
    if (status != OK) {
        return status;
    }
    start_walk(&w, r);
    status = walk_segments(&w);
    if (status != OK) {
        return status;
    }
    apply_regex_sections(&w);
    r->canonical_filename = r->filename;
    r->per_dir_config = w.conf;
    return OK;
}

/* The last of the dirwalk_stat hooks: ask the system. */
apr_status_t cl_request_dirwalk_stat(apr_finfo_t *finfo, request_rec *r,
                                     apr_int32_t wanted)
{
    return apr_stat(finfo, r->filename, wanted, r->pool);
}
