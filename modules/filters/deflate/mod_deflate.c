/* SPDX-License-Identifier: Apache-2.0 */
/* mod_deflate -- compress responses, expand requests (gzip, RFC 1952).
 *
 *   DeflateBufferSize, DeflateCompressionLevel, DeflateMemLevel,
 *   DeflateWindowSize, DeflateFilterNote [type] note, DeflateAlterETag
 *   DeflateInflateLimitRequestBody, DeflateInflateRatioLimit,
 *   DeflateInflateRatioBurst
 *   filters: DEFLATE out (deflate_out.c) and in (inflate_in.c),
 *            INFLATE out (inflate_out.c)
 */
#include "deflate.h"

#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#define DEFAULT_RATIO_LIMIT 200
#define DEFAULT_RATIO_BURST 3

static void *deflate_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct deflate_server));
}

#define CHOOSE(field) s->field = add->field ? add->field : base->field

static void *deflate_merge_server(apr_pool_t *p, void *basev, void *addv)
{
    const struct deflate_server *base = basev;
    const struct deflate_server *add = addv;
    struct deflate_server *s = apr_palloc(p, sizeof *s);

    CHOOSE(window_bits);
    CHOOSE(memory_level);
    CHOOSE(level);
    CHOOSE(buffer_size);
    CHOOSE(note_ratio);
    CHOOSE(note_input);
    CHOOSE(note_output);
    CHOOSE(etag);
    return s;
}

static void *deflate_create_dir(apr_pool_t *p, char *)
{
    struct deflate_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->limit = -1;
    return dir;
}

static void *deflate_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct deflate_dir *base = basev;
    const struct deflate_dir *add = addv;
    struct deflate_dir *dir = apr_palloc(p, sizeof *dir);

    dir->limit = add->limit != -1 ? add->limit : base->limit;
    dir->ratio_limit = add->ratio_limit ? add->ratio_limit
                                        : base->ratio_limit;
    dir->ratio_burst = add->ratio_burst ? add->ratio_burst
                                        : base->ratio_burst;
    return dir;
}

const struct deflate_server *deflate_server_of(const request_rec *r)
{
    return ap_get_module_config(r->server->module_config, &deflate_module);
}

const struct deflate_dir *deflate_dir_of(const request_rec *r)
{
    return ap_get_module_config(r->per_dir_config, &deflate_module);
}

/* ---- what the filters share */

struct deflate_state *deflate_new_state(request_rec *r,
                                        apr_bucket_alloc_t *alloc)
{
    const struct deflate_server *s = deflate_server_of(r);
    struct deflate_state *state = apr_pcalloc(r->pool, sizeof *state);

    state->out = apr_brigade_create(r->pool, alloc);
    state->size = s->buffer_size ? s->buffer_size : DEFAULT_BUFFER_SIZE;
    state->buffer = apr_palloc(r->pool, state->size);
    state->stream.next_out = state->buffer;
    state->stream.avail_out = (uInt)state->size;
    return state;
}

void deflate_change_etag(request_rec *r, const char *ending)
{
    enum etag_change change = deflate_server_of(r)->etag;
    const char *etag = apr_table_get(r->headers_out, "ETag");
    size_t length = etag != NULL ? strlen(etag) : 0;

    if (length < 3 || change == ETAG_NO_CHANGE) {
        return;
    }
    if (change == ETAG_REMOVE) {
        apr_table_unset(r->headers_out, "ETag");
    }
    else if (etag[length - 1] == '"') {
        apr_table_setn(r->headers_out, "ETag", apr_pstrcat(r->pool,
            apr_pstrmemdup(r->pool, etag, length - 1), ending, NULL));
    }
}

void deflate_drain(struct deflate_state *state, apr_bucket_alloc_t *alloc)
{
    apr_size_t length = state->size - state->stream.avail_out;

    if (length > 0) {
        APR_BRIGADE_INSERT_TAIL(state->out, apr_bucket_heap_create(
            (const char *)state->buffer, length, NULL, alloc));
        state->stream.next_out = state->buffer;
        state->stream.avail_out = (uInt)state->size;
        state->held += length;
    }
}

bool deflate_is_bomb(request_rec *r, struct deflate_state *state)
{
    const struct deflate_dir *dir = deflate_dir_of(r);
    apr_off_t limit = dir->limit != -1 ? dir->limit
                                       : ap_get_limit_req_body(r);
    int ratio = dir->ratio_limit ? dir->ratio_limit : DEFAULT_RATIO_LIMIT;
    int burst = dir->ratio_burst ? dir->ratio_burst : DEFAULT_RATIO_BURST;

    if (limit > 0 && (apr_off_t)state->stream.total_out > limit) {
        ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(02647)
                      "the expanded request body is larger than the limit "
                      "of %" APR_OFF_T_FMT " bytes", limit);
        return true;
    }
    if (state->stream.total_in == 0
        || state->stream.total_out / state->stream.total_in
           <= (uLong)ratio) {
        state->over_ratio = 0;
        return false;
    }
    if (++state->over_ratio <= burst) {
        return false;
    }
    ap_log_rerror(APLOG_MARK, APLOG_INFO, 0, r, APLOGNO(02650)
                  "the request body expands more than %d times, %d pieces in "
                  "a row", ratio, burst);
    return true;
}

static bool is_gzip(const char *coding)
{
    return ap_cstr_casecmp(coding, "gzip") == 0
        || ap_cstr_casecmp(coding, "x-gzip") == 0;
}

bool deflate_strip_coding(request_rec *r, apr_table_t *fields)
{
    const char *list = apr_table_get(fields, "Content-Encoding");
    const char *comma, *last;

    if (list == NULL && fields == r->headers_out) {
        list = r->content_encoding;
    }
    if (list == NULL) {
        return false;
    }
    comma = strrchr(list, ',');
    last = comma != NULL ? comma + 1 : list;
    while (*last == ' ' || *last == '\t') {
        last++;
    }
    if (!is_gzip(last)) {
        return false;
    }
    if (comma == NULL) {
        apr_table_unset(fields, "Content-Encoding");
    }
    else {
        apr_table_setn(fields, "Content-Encoding",
                       apr_pstrmemdup(r->pool, list, comma - list));
    }
    if (fields == r->headers_out) {
        r->content_encoding = apr_table_get(fields, "Content-Encoding");
    }
    return true;
}

/* ---- directives */

static struct deflate_server *server_of(const cmd_parms *cmd)
{
    return ap_get_module_config(cmd->server->module_config, &deflate_module);
}

static const char *set_number(cmd_parms *cmd, const char *arg, int low,
                              int high, int *number)
{
    char *end;
    long value = strtol(arg, &end, 10);

    if (end == arg || *end != '\0' || value < low || value > high) {
        return apr_psprintf(cmd->pool, "%s must be between %d and %d, not "
                            "\"%s\"", cmd->cmd->name, low, high, arg);
    }
    *number = (int)value;
    return NULL;
}

static const char *deflate_set_window(cmd_parms *cmd, void *, const char *arg)
{
    /* zlib cannot make gzip with the smallest window */
    const char *wrong = set_number(cmd, arg, 1, 15,
                                   &server_of(cmd)->window_bits);

    if (wrong == NULL && server_of(cmd)->window_bits < 9) {
        server_of(cmd)->window_bits = 9;
    }
    return wrong;
}

static const char *deflate_set_memory(cmd_parms *cmd, void *, const char *arg)
{
    return set_number(cmd, arg, 1, 9, &server_of(cmd)->memory_level);
}

static const char *deflate_set_level(cmd_parms *cmd, void *, const char *arg)
{
    return set_number(cmd, arg, 1, 9, &server_of(cmd)->level);
}

static const char *deflate_set_buffer(cmd_parms *cmd, void *, const char *arg)
{
    int size = 0;
    const char *wrong = set_number(cmd, arg, 1, 1 << 30, &size);

    if (wrong == NULL) {
        server_of(cmd)->buffer_size = size;
    }
    return wrong;
}

static const char *deflate_set_note(cmd_parms *cmd, void *, const char *first,
                                    const char *second)
{
    struct deflate_server *s = server_of(cmd);

    if (second == NULL || ap_cstr_casecmp(first, "ratio") == 0) {
        s->note_ratio = second != NULL ? second : first;
    }
    else if (ap_cstr_casecmp(first, "input") == 0) {
        s->note_input = second;
    }
    else if (ap_cstr_casecmp(first, "output") == 0) {
        s->note_output = second;
    }
    else {
        return apr_psprintf(cmd->pool, "DeflateFilterNote knows Input, "
                            "Output and Ratio, not \"%s\"", first);
    }
    return NULL;
}

static const char *deflate_set_etag(cmd_parms *cmd, void *, const char *arg)
{
    static const struct { const char *word; enum etag_change change; }
    words[] = {
        { "AddSuffix", ETAG_ADD_SUFFIX }, { "NoChange", ETAG_NO_CHANGE },
        { "Remove", ETAG_REMOVE },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(arg, words[i].word) == 0) {
            server_of(cmd)->etag = words[i].change;
            return NULL;
        }
    }
    return "DeflateAlterETag needs AddSuffix, NoChange or Remove";
}

static const char *deflate_set_limit(cmd_parms *, void *mconfig,
                                     const char *arg)
{
    struct deflate_dir *dir = mconfig;
    char *end;

    if (apr_strtoff(&dir->limit, arg, &end, 10) != APR_SUCCESS || *end != '\0'
        || dir->limit < 0) {
        return "DeflateInflateLimitRequestBody needs a number of bytes";
    }
    return NULL;
}

static const char *deflate_set_ratio(cmd_parms *cmd, void *mconfig,
                                     const char *arg)
{
    return set_number(cmd, arg, 1, 1 << 30,
                      &((struct deflate_dir *)mconfig)->ratio_limit);
}

static const char *deflate_set_burst(cmd_parms *cmd, void *mconfig,
                                     const char *arg)
{
    return set_number(cmd, arg, 1, 1 << 30,
                      &((struct deflate_dir *)mconfig)->ratio_burst);
}

static const command_rec deflate_directives[] = {
    AP_INIT_TAKE12("DeflateFilterNote", deflate_set_note, NULL, RSRC_CONF,
        "Input, Output or Ratio (optional) and the note to keep it in"),
    AP_INIT_TAKE1("DeflateWindowSize", deflate_set_window, NULL, RSRC_CONF,
        "size of zlib's window, 1 to 15 (powers of two)"),
    AP_INIT_TAKE1("DeflateBufferSize", deflate_set_buffer, NULL, RSRC_CONF,
        "bytes that are passed on at once"),
    AP_INIT_TAKE1("DeflateMemLevel", deflate_set_memory, NULL, RSRC_CONF,
        "memory zlib may use, 1 to 9"),
    AP_INIT_TAKE1("DeflateCompressionLevel", deflate_set_level, NULL,
        RSRC_CONF, "1 (fast) to 9 (small)"),
    AP_INIT_TAKE1("DeflateAlterETag", deflate_set_etag, NULL, RSRC_CONF,
        "AddSuffix, NoChange or Remove: the ETag of compressed responses"),
    AP_INIT_TAKE1("DeflateInflateLimitRequestBody", deflate_set_limit, NULL,
        OR_ALL, "most bytes of a request body after expanding"),
    AP_INIT_TAKE1("DeflateInflateRatioLimit", deflate_set_ratio, NULL,
        OR_ALL, "how many times larger a request body may become"),
    AP_INIT_TAKE1("DeflateInflateRatioBurst", deflate_set_burst, NULL,
        OR_ALL, "how often in a row the ratio may be exceeded"),
    { 0 }
};

static void deflate_register_hooks(apr_pool_t *)
{
    ap_register_output_filter("DEFLATE", deflate_out_filter, NULL,
                              AP_FTYPE_CONTENT_SET);
    /* before other filters read the response */
    ap_register_output_filter("INFLATE", deflate_inflate_out_filter, NULL,
                              AP_FTYPE_RESOURCE - 1);
    ap_register_input_filter("DEFLATE", deflate_inflate_in_filter, NULL,
                             AP_FTYPE_CONTENT_SET);
}

AP_DECLARE_MODULE(deflate) = {
    STANDARD20_MODULE_STUFF, deflate_create_dir, deflate_merge_dir,
    deflate_create_server, deflate_merge_server, deflate_directives,
    deflate_register_hooks, AP_MODULE_FLAG_NONE
};
