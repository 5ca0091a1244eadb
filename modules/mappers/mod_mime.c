/* SPDX-License-Identifier: Apache-2.0 */
/* mod_mime -- what the extensions of a file name say about its content.
 *
 *   AddType AddCharset AddLanguage AddEncoding AddHandler AddInputFilter
 *   AddOutputFilter value extension ...      and RemoveX extension ...
 *   TypesConfig file         media types by extension for the whole server
 *   DefaultLanguage tag      for files whose extensions name none
 *   ModMimeUsePathInfo on|off
 *   MultiviewsMatch Any|NegotiatedOnly|Filters|Handlers
 *   hooks: post_config (read TypesConfig), type_checker
 *
 * Sections are not copied when they are merged: the result is a node that
 * points to both, and a look-up asks the inner one first.
 */
#include <stdbool.h>
#include <string.h>

#include "apr_hash.h"
#include "apr_lib.h"
#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"

extern module AP_MODULE_DECLARE_DATA mime_module;

#define LONGEST_EXTENSION 255

/* mod_negotiation reads it from the notes of the requests it tries */
#define UNKNOWN_PARTS_NOTE "ap-mime-exceptions-list"

enum field {
    TYPE, CHARSET, LANGUAGE, ENCODING, HANDLER, INPUT_FILTER, OUTPUT_FILTER,
    FIELDS
};

enum flag { UNSET = -1, OFF, ON };

enum match {
    MATCH_UNSET = 0, MATCH_NEGOTIATED = 1, MATCH_HANDLERS = 2,
    MATCH_FILTERS = 4, MATCH_ANY = 8
};

struct extension {
    const char *value[FIELDS];      /* TYPE "": not the one of TypesConfig */
    unsigned removed;               /* bit per field: hide what is outside */
};

struct layer {
    apr_hash_t *extensions;         /* of one section, NULL in a node */
    const struct layer *outer, *inner;
};

struct mime_dir {
    const struct layer *layer;      /* NULL: no extension was mentioned */
    const char *default_language;
    unsigned match;                 /* bits of enum match */
    int use_path_info;
};

struct mime_server {
    const char *types_file;
};

static apr_hash_t *types_by_extension;  /* const after post_config */

/* ---- configuration */

static void *mime_create_dir(apr_pool_t *p, char *)
{
    struct mime_dir *dir = apr_pcalloc(p, sizeof *dir);

    dir->use_path_info = UNSET;
    return dir;
}

static const struct layer *join_layers(apr_pool_t *p,
                                       const struct layer *outer,
                                       const struct layer *inner)
{
    struct layer *node;

    if (inner == NULL) {
        return outer;
    }
    node = apr_pcalloc(p, sizeof *node);
    node->outer = outer;
    node->inner = inner;
    return node;
}

static void *mime_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct mime_dir *base = basev;
    const struct mime_dir *add = addv;
    struct mime_dir *dir = apr_palloc(p, sizeof *dir);

    dir->layer = join_layers(p, base->layer, add->layer);
    dir->default_language = add->default_language != NULL
        ? add->default_language : base->default_language;
    dir->match = add->match != MATCH_UNSET ? add->match : base->match;
    dir->use_path_info = add->use_path_info != UNSET ? add->use_path_info
                                                     : base->use_path_info;
    return dir;
}

static void *mime_create_server(apr_pool_t *p, server_rec *)
{
    return apr_pcalloc(p, sizeof(struct mime_server));
}

static const char *lower_extension(apr_pool_t *p, const char *name)
{
    char *lower = apr_pstrdup(p, *name == '.' ? name + 1 : name);

    ap_str_tolower(lower);
    return lower;
}

/* The entry to write to; it is made when it is not there. */
static struct extension *own_extension(apr_pool_t *p, struct mime_dir *dir,
                                       const char *name)
{
    const char *key = lower_extension(p, name);
    struct extension *extension;

    if (dir->layer == NULL) {
        struct layer *leaf = apr_pcalloc(p, sizeof *leaf);

        leaf->extensions = apr_hash_make(p);
        dir->layer = leaf;
    }
    extension = apr_hash_get(dir->layer->extensions, key,
                             APR_HASH_KEY_STRING);
    if (extension == NULL) {
        extension = apr_pcalloc(p, sizeof *extension);
        apr_hash_set(dir->layer->extensions, key, APR_HASH_KEY_STRING,
                     extension);
    }
    return extension;
}

/* ---- directives */

static enum field field_of(const cmd_parms *cmd)
{
    return (enum field)(apr_uintptr_t)cmd->info;
}

static const char *mime_add(cmd_parms *cmd, void *mconfig, const char *value,
                            const char *name)
{
    struct extension *extension = own_extension(cmd->pool, mconfig, name);
    char *lower = apr_pstrdup(cmd->pool, value);

    ap_str_tolower(lower);
    extension->value[field_of(cmd)] = lower;
    return NULL;
}

static const char *mime_remove(cmd_parms *cmd, void *mconfig,
                               const char *name)
{
    struct extension *extension = own_extension(cmd->pool, mconfig, name);
    enum field field = field_of(cmd);

    if (field == TYPE) {                /* the types file knows it too */
        extension->value[field] = "";
    }
    extension->removed |= 1u << field;
    return NULL;
}

static const char *mime_set_match(cmd_parms *cmd, void *mconfig,
                                  const char *word)
{
    static const struct { const char *word; unsigned bit; } words[] = {
        { "Any", MATCH_ANY }, { "NegotiatedOnly", MATCH_NEGOTIATED },
        { "Filters", MATCH_FILTERS }, { "Handlers", MATCH_HANDLERS },
    };
    struct mime_dir *dir = mconfig;
    const char *refusal = ap_check_cmd_context(cmd, NOT_IN_LOCATION);

    if (refusal != NULL) {
        return refusal;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(word, words[i].word) != 0) {
            continue;
        }
        if (dir->match != MATCH_UNSET
            && ((dir->match | words[i].bit)
                & (MATCH_ANY | MATCH_NEGOTIATED))) {
            return apr_psprintf(cmd->pool, "MultiviewsMatch: \"%s\" does not "
                                "go with another word; only Handlers and "
                                "Filters may stand together", word);
        }
        dir->match |= words[i].bit;
        return NULL;
    }
    return apr_psprintf(cmd->pool, "MultiviewsMatch needs Any, "
                        "NegotiatedOnly, Handlers or Filters, not \"%s\"",
                        word);
}

static const char *mime_set_types_file(cmd_parms *cmd, void *,
                                       const char *path)
{
    struct mime_server *server = ap_get_module_config(
        cmd->server->module_config, &mime_module);
    const char *refusal = ap_check_cmd_context(cmd, NOT_IN_VIRTUALHOST);

    if (refusal == NULL) {
        server->types_file = path;
    }
    return refusal;
}

/* ---- TypesConfig */

static void read_types_line(apr_pool_t *p, apr_hash_t *types,
                            const char *line)
{
    const char *type = ap_getword_conf(p, &line);

    while (*line != '\0') {
        const char *name = ap_getword_conf(p, &line);

        apr_hash_set(types, lower_extension(p, name), APR_HASH_KEY_STRING,
                     type);
    }
}

static int mime_post_config(apr_pool_t *p, apr_pool_t *, apr_pool_t *ptemp,
                            server_rec *s)
{
    const struct mime_server *server = ap_get_module_config(s->module_config,
                                                            &mime_module);
    const char *name = server->types_file != NULL ? server->types_file
                                                  : AP_TYPES_CONFIG_FILE;
    const char *path = ap_server_root_relative(p, name);
    apr_hash_t *types = apr_hash_make(p);
    char line[MAX_STRING_LEN];
    ap_configfile_t *file;
    apr_status_t rv;

    if (path == NULL) {
        ap_log_error(APLOG_MARK, APLOG_ERR, APR_EBADPATH, s, APLOGNO(01596)
                     "could not make a path of \"%s\"; name the file of "
                     "TypesConfig by its full path", name);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    rv = ap_pcfg_openfile(&file, ptemp, path);
    if (rv != APR_SUCCESS) {
        ap_log_error(APLOG_MARK, APLOG_ERR, rv, s, APLOGNO(01597)
                     "could not open the list of media types \"%s\"; set "
                     "TypesConfig to a file that is there", path);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    while (ap_cfg_getline(line, sizeof line, file) == APR_SUCCESS) {
        if (*line != '#' && *line != '\0') {
            read_types_line(p, types, line);
        }
    }
    ap_cfg_closefile(file);
    types_by_extension = types;
    return OK;
}

/* ---- look-up */

enum position { INNERMOST, OUTER };

/* Fill the fields of `found` that are still empty and not hidden.  Returns
 * the fields this layer hides from the one outside it.  What a section
 * removes counts against its direct neighbour only, and against itself where
 * it is the last: httpd's binary modules and configurations were tested
 * against that. */
static unsigned gather(const struct layer *layer, const char *key,
                       apr_ssize_t length, unsigned hidden,
                       enum position position, struct extension *found)
{
    const struct extension *here;

    if (layer == NULL) {
        return 0;
    }
    if (layer->extensions == NULL) {
        unsigned removed = gather(layer->inner, key, length, hidden,
                                  position, found);

        gather(layer->outer, key, length, hidden | removed, OUTER, found);
        return 0;
    }
    here = apr_hash_get(layer->extensions, key, length);
    if (here == NULL) {
        return 0;
    }
    if (position == INNERMOST) {
        hidden |= here->removed & ~(1u << TYPE);
    }
    for (int i = 0; i < FIELDS; i++) {
        if (found->value[i] == NULL && !(hidden & 1u << i)) {
            found->value[i] = here->value[i];
        }
    }
    return here->removed;
}

/* All that is known about an extension, which is not ended by NUL. */
static void look_up(const struct mime_dir *dir, const char *name,
                    size_t length, struct extension *found)
{
    char key[LONGEST_EXTENSION];

    memset(found, 0, sizeof *found);
    if (length > sizeof key) {
        return;
    }
    for (size_t i = 0; i < length; i++) {
        key[i] = apr_tolower(name[i]);
    }
    gather(dir->layer, key, length, 0, INNERMOST, found);
    if (found->value[TYPE] == NULL && types_by_extension != NULL) {
        found->value[TYPE] = apr_hash_get(types_by_extension, key, length);
    }
    if (found->value[TYPE] != NULL && *found->value[TYPE] == '\0') {
        found->value[TYPE] = NULL;
    }
}

/* ---- media types with parameters */

struct parameter {
    const char *name, *value;
};

static bool is_token(char c)
{
    return c > ' ' && c < 0x7f && strchr("()<>@,;:\\/[]?={}\"", c) == NULL;
}

static const char *skip_blanks(const char *s)
{
    while (*s == ' ') {
        s++;
    }
    return s;
}

/* The end of the quoted string at s; the end of text may stand for a quote.
 * NULL: the text ends in an escape. */
static const char *skip_quoted(const char *s)
{
    for (s++; *s != '\0' && *s != '"'; s++) {
        if (*s == '\\' && *++s == '\0') {
            return NULL;
        }
    }
    return *s == '"' ? s + 1 : s;
}

/* One "name=value" at *text, which is left at the next one.  A last name
 * without value is passed over.  False: not well formed. */
static bool read_parameter(apr_pool_t *p, const char **text,
                           apr_array_header_t *list)
{
    const char *name = skip_blanks(*text);
    const char *after = name;
    const char *value, *end;
    struct parameter *parameter;

    while (is_token(*after)) {
        after++;
    }
    end = after;
    after = skip_blanks(after);
    if (end != name && *after == '\0') {
        *text = after;
        return true;
    }
    if (end == name || *after != '=') {
        return false;
    }
    value = after = skip_blanks(after + 1);
    if (*value == '"') {
        after = skip_quoted(value);
        if (after == NULL) {
            return false;
        }
    }
    else {
        while (is_token(*after)) {
            after++;
        }
    }
    if (after == value) {
        return false;
    }
    parameter = apr_array_push(list);
    parameter->name = apr_pstrmemdup(p, name, end - name);
    parameter->value = apr_pstrmemdup(p, value, after - value);
    if (*value == '"') {
        after = skip_blanks(after);
    }
    if (*after != '\0' && *after != ';') {
        return false;
    }
    *text = *after == ';' ? after + 1 : after;
    return true;
}

/* "type/subtype" without blanks in *plain, what follows it in the list. */
static bool split_type(apr_pool_t *p, const char *type, const char **plain,
                       apr_array_header_t *list)
{
    const char *start = skip_blanks(type);
    size_t major = strcspn(start, "/;");
    const char *minor, *rest;
    size_t length;

    if (major == 0 || start[major] != '/') {
        return false;
    }
    minor = skip_blanks(start + major + 1);
    length = strcspn(minor, "; ");
    if (length == 0) {
        return false;
    }
    *plain = apr_psprintf(p, "%.*s/%.*s", (int)major, start, (int)length,
                          minor);
    rest = minor + strcspn(minor, ";");
    if (*rest == '\0') {
        return true;
    }
    rest++;
    do {
        if (!read_parameter(p, &rest, list)) {
            return false;
        }
    } while (*rest != '\0');
    return true;
}

/* The type with its parameters written one way, and with the given charset,
 * if any, in place of the one it names itself. */
static const char *join_type(apr_pool_t *p, const char *plain,
                             const apr_array_header_t *list,
                             const char *charset)
{
    const struct parameter *each = (const struct parameter *)list->elts;
    const char *rest = charset;
    const char *type = plain;

    for (int i = 0; i < list->nelts; i++) {
        const char *value = each[i].value;

        if (charset != NULL
            && ap_cstr_casecmp(each[i].name, "charset") == 0) {
            if (rest == NULL) {
                continue;                       /* has been written */
            }
            value = rest;
            rest = NULL;
        }
        type = apr_pstrcat(p, type, "; ", each[i].name, "=", value, NULL);
    }
    return rest != NULL ? apr_pstrcat(p, type, "; charset=", rest, NULL)
                        : type;
}

static const char *with_charset(request_rec *r, const char *type,
                                const char *charset)
{
    apr_array_header_t *list;
    const char *plain;

    if (charset == NULL && strpbrk(type, "; ") == NULL) {
        return type;                            /* most of them */
    }
    list = apr_array_make(r->pool, 2, sizeof(struct parameter));
    if (split_type(r->pool, type, &plain, list)) {
        return join_type(r->pool, plain, list, charset);
    }
    ap_log_error(APLOG_MARK, APLOG_WARNING, 0, r->server, APLOGNO(01599)
                 "could not read the media type \"%s\" of \"%s\"; write it "
                 "as type/subtype;name=value", type, r->filename);
    return type;
}

/* ---- type_checker */

struct finding {
    const char *type, *charset;
    bool languages_are_mine;        /* the array may be appended to */
    apr_array_header_t *unknown;    /* parts of the name, NULL: not wanted */
};

static void add_language(request_rec *r, struct finding *finding,
                         const char *language)
{
    if (!finding->languages_are_mine) {
        r->content_languages = apr_array_make(r->pool, 2, sizeof(char *));
        finding->languages_are_mine = true;
    }
    APR_ARRAY_PUSH(r->content_languages, const char *) = language;
}

/* Filters are given as "one;two"; they run in this order. */
static void add_filters(request_rec *r, const char *names, enum field field)
{
    char *last;
    char *copy = apr_pstrdup(r->pool, names);

    for (char *name = apr_strtok(copy, ";", &last); name != NULL;
         name = apr_strtok(NULL, ";", &last)) {
        if (field == INPUT_FILTER) {
            ap_add_input_filter(name, NULL, r, r->connection);
        }
        else {
            ap_add_output_filter(name, NULL, r, r->connection);
        }
    }
}

/* Does MultiviewsMatch count an extension that says this as known? */
static bool is_known(const struct mime_dir *dir,
                     const struct extension *found)
{
    const char *const *value = found->value;

    return value[TYPE] != NULL || value[CHARSET] != NULL
        || value[LANGUAGE] != NULL || value[ENCODING] != NULL
        || (value[HANDLER] != NULL && dir->match & MATCH_HANDLERS)
        || ((value[INPUT_FILTER] != NULL || value[OUTPUT_FILTER] != NULL)
            && dir->match & MATCH_FILTERS);
}

static void use_extension(request_rec *r, const struct extension *found,
                          struct finding *finding)
{
    const char *const *value = found->value;

    if (value[TYPE] != NULL) {
        finding->type = value[TYPE];
    }
    if (value[CHARSET] != NULL) {
        finding->charset = value[CHARSET];
    }
    if (value[LANGUAGE] != NULL) {
        add_language(r, finding, value[LANGUAGE]);
    }
    if (value[ENCODING] != NULL) {
        r->content_encoding = r->content_encoding == NULL ? value[ENCODING]
            : apr_pstrcat(r->pool, r->content_encoding, ", ",
                          value[ENCODING], NULL);
    }
    if (value[HANDLER] != NULL && r->proxyreq == PROXYREQ_NONE) {
        r->handler = value[HANDLER];
    }
    if (value[INPUT_FILTER] != NULL) {
        add_filters(r, value[INPUT_FILTER], INPUT_FILTER);
    }
    if (value[OUTPUT_FILTER] != NULL) {
        add_filters(r, value[OUTPUT_FILTER], OUTPUT_FILTER);
    }
}

static void note_unknown(request_rec *r, const struct finding *finding,
                         const char *part, size_t length)
{
    if (finding->unknown != NULL) {
        APR_ARRAY_PUSH(finding->unknown, const char *) =
            apr_pstrmemdup(r->pool, part, length);
    }
}

/* The last segment of the name whose extensions count. */
static const char *name_with_extensions(request_rec *r,
                                        const struct mime_dir *dir)
{
    const char *name = r->filename;
    const char *slash;

    if (dir->use_path_info == ON && r->path_info != NULL) {
        name = apr_pstrcat(r->pool, name, r->path_info, NULL);
    }
    else if (r->proxyreq != PROXYREQ_NONE) {
        const char *query = strchr(name, '?');

        if (query != NULL) {
            name = apr_pstrmemdup(r->pool, name, query - name);
        }
    }
    slash = strrchr(name, '/');
    return slash != NULL ? slash + 1 : name;
}

/* Dots at the start belong to the base name, which has no meaning. */
static void read_name(request_rec *r, const struct mime_dir *dir,
                      const char *name, struct finding *finding)
{
    const char *part = name + strspn(name, ".");
    size_t length = strcspn(part, ".");

    note_unknown(r, finding, name, part - name + length);
    for (part += length; *part != '\0'; part += length) {
        struct extension found;

        part++;                                 /* the dot */
        length = strcspn(part, ".");
        if (length == 0) {
            continue;
        }
        look_up(dir, part, length, &found);
        use_extension(r, &found, finding);
        if (!is_known(dir, &found)) {
            note_unknown(r, finding, part, length);
        }
    }
}

/* Types from the configuration may name a handler: they are trusted. */
static int set_type(request_rec *r, const struct finding *finding)
{
    if (finding->type != NULL) {
        ap_set_content_type_ex(r, with_charset(r, finding->type,
                                               finding->charset), 1);
    }
    return r->content_type != NULL ? OK : DECLINED;
}

static int mime_type_checker(request_rec *r)
{
    const struct mime_dir *dir = ap_get_module_config(r->per_dir_config,
                                                      &mime_module);
    struct finding finding = { 0 };

    if (r->finfo.filetype == APR_DIR) {
        ap_set_content_type_ex(r, DIR_MAGIC_TYPE, 1);
        return OK;
    }
    if (r->filename == NULL) {
        return DECLINED;
    }
    if (r->main != NULL && !(dir->match & MATCH_ANY)) {
        finding.unknown = apr_array_make(r->pool, 2, sizeof(char *));
        apr_table_setn(r->notes, UNKNOWN_PARTS_NOTE, (void *)finding.unknown);
    }
    read_name(r, dir, name_with_extensions(r, dir), &finding);
    if (r->content_languages == NULL && dir->default_language != NULL) {
        add_language(r, &finding, dir->default_language);
    }
    return set_type(r, &finding);
}

#define ADD(name, field, help) \
    AP_INIT_ITERATE2("Add" name, mime_add, (void *)(field), OR_FILEINFO, help)
#define REMOVE(name, field, help) \
    AP_INIT_ITERATE("Remove" name, mime_remove, (void *)(field), \
                    OR_FILEINFO, help)

static const command_rec mime_directives[] = {
    ADD("Charset", CHARSET, "a charset, then the extensions that mean it"),
    ADD("Encoding", ENCODING,
        "a content encoding (gzip), then the extensions that mean it"),
    ADD("Handler", HANDLER,
        "a handler, then the extensions of files it takes care of"),
    ADD("InputFilter", INPUT_FILTER,
        "filters for request bodies, joined by ;, then extensions"),
    ADD("Language", LANGUAGE,
        "a language (en, pt-BR), then the extensions that mean it"),
    ADD("OutputFilter", OUTPUT_FILTER,
        "filters for responses, joined by ;, then extensions"),
    ADD("Type", TYPE, "a media type, then the extensions that mean it"),
    AP_INIT_TAKE1("DefaultLanguage", ap_set_string_slot,
        (void *)offsetof(struct mime_dir, default_language), OR_FILEINFO,
        "language of files whose extensions name none"),
    AP_INIT_FLAG("ModMimeUsePathInfo", ap_set_flag_slot,
        (void *)offsetof(struct mime_dir, use_path_info), ACCESS_CONF,
        "on: extensions in the path behind the file name count too"),
    AP_INIT_ITERATE("MultiviewsMatch", mime_set_match, NULL, OR_FILEINFO,
        "NegotiatedOnly, Any, or Handlers and Filters: the extensions that "
        "MultiViews may add to a name"),
    REMOVE("Charset", CHARSET, "extensions that mean no charset any more"),
    REMOVE("Encoding", ENCODING, "extensions that mean no encoding any more"),
    REMOVE("Handler", HANDLER, "extensions that mean no handler any more"),
    REMOVE("InputFilter", INPUT_FILTER,
           "extensions that mean no input filters any more"),
    REMOVE("Language", LANGUAGE, "extensions that mean no language any more"),
    REMOVE("OutputFilter", OUTPUT_FILTER,
           "extensions that mean no output filters any more"),
    REMOVE("Type", TYPE, "extensions that mean no media type any more"),
    AP_INIT_TAKE1("TypesConfig", mime_set_types_file, NULL, RSRC_CONF,
        "the file that lists media types and their extensions"),
    { 0 }
};

static void mime_register_hooks(apr_pool_t *)
{
    ap_hook_post_config(mime_post_config, NULL, NULL, APR_HOOK_MIDDLE);
    ap_hook_type_checker(mime_type_checker, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(mime) = {
    STANDARD20_MODULE_STUFF, mime_create_dir, mime_merge_dir,
    mime_create_server, NULL, mime_directives, mime_register_hooks,
    AP_MODULE_FLAG_NONE
};
