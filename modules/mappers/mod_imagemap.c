/* SPDX-License-Identifier: Apache-2.0 */
/* mod_imagemap -- server-side image maps: a click at ?x,y becomes a URL.
 *
 *   ImapMenu none|formatted|semiformatted|unformatted    without a click
 *   ImapDefault error|nocontent|map|referer|URL          no area was hit
 *   ImapBase map|referer|URL                  relative values start here
 *   hooks: handler (imap-file, application/x-httpd-imap)
 *
 * A map is a list of lines: directive value ["text"] [x,y ...] ["text"].
 * Areas are tried in their order; the first that holds the click wins,
 * otherwise the nearest point, otherwise the default.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "apr_strings.h"
#include "http_config.h"
#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"
#include "httpd.h"
#include "util_script.h"

extern module AP_MODULE_DECLARE_DATA imagemap_module;

enum { MAX_CORNERS = 100 };

enum menu { MENU_UNSET, MENU_NONE, MENU_FORMATTED, MENU_SEMI, MENU_PLAIN };

struct imagemap_dir {
    enum menu menu;
    const char *fallback;       /* ImapDefault */
    const char *base;
};

struct spot {
    double x, y;
};

struct area {
    const char *kind;           /* rect, poly, default, base, ... */
    const char *value;
    const char *text;           /* NULL: none */
    struct spot corners[MAX_CORNERS];
    int count;
};

/* One request's walk through its map. */
struct walk {
    request_rec *r;
    const char *base;
    const char *fallback;
    enum menu menu;             /* MENU_NONE: no menu is wanted */
    bool clicked;
    struct spot click;
    const char *nearest;        /* value of the nearest point; NULL: none */
    double distance;            /* to it, squared */
};

static void *imagemap_create_dir(apr_pool_t *p, char *)
{
    return apr_pcalloc(p, sizeof(struct imagemap_dir));
}

static void *imagemap_merge_dir(apr_pool_t *p, void *basev, void *addv)
{
    const struct imagemap_dir *base = basev;
    const struct imagemap_dir *add = addv;
    struct imagemap_dir *dir = apr_palloc(p, sizeof *dir);

    dir->menu = add->menu != MENU_UNSET ? add->menu : base->menu;
    dir->fallback = add->fallback != NULL ? add->fallback : base->fallback;
    dir->base = add->base != NULL ? add->base : base->base;
    return dir;
}

/* ---- directives */

static const char *imagemap_set_menu(cmd_parms *cmd, void *mconfig,
                                     const char *arg)
{
    static const struct { const char *word; enum menu menu; } words[] = {
        { "none", MENU_NONE }, { "formatted", MENU_FORMATTED },
        { "semiformatted", MENU_SEMI }, { "unformatted", MENU_PLAIN },
    };
    struct imagemap_dir *dir = mconfig;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ap_cstr_casecmp(arg, words[i].word) == 0) {
            dir->menu = words[i].menu;
            return NULL;
        }
    }
    return apr_psprintf(cmd->pool, "ImapMenu needs none, formatted, "
                        "semiformatted or unformatted, not \"%s\"", arg);
}

/* ---- reading lines */

/* Pairs "x,y" or "x y" with white space between; what is left of text. */
static const char *read_corners(const char *text, struct area *area)
{
    area->count = 0;
    while (apr_isdigit(*text) && area->count < MAX_CORNERS) {
        struct spot *spot = &area->corners[area->count];
        char *end;
        const char *second;

        spot->x = strtod(text, &end);
        second = end + strspn(end, ", ");
        if (second == end) {
            break;
        }
        spot->y = strtod(second, &end);
        if (end == second) {
            break;
        }
        area->count++;
        text = end + strspn(end, " \t");
    }
    return text;
}

static const char *read_text(apr_pool_t *p, const char *from,
                             struct area *area)
{
    size_t len = strcspn(from + 1, "\"");

    area->text = apr_pstrmemdup(p, from + 1, len);
    from += 1 + len;
    from += *from == '"';
    return from + strspn(from, " \t");
}

/* False: the line has no value. */
static bool read_line(apr_pool_t *p, const char *line, struct area *area)
{
    const char *rest = line;

    area->kind = ap_getword_white(p, &rest);
    area->value = ap_getword_white(p, &rest);
    area->text = NULL;
    if (*rest == '"') {
        rest = read_text(p, rest, area);
    }
    rest = read_corners(rest, area);
    if (area->text == NULL && *rest == '"') {
        read_text(p, rest, area);
    }
    return *area->value != '\0';
}

/* The query "x,y"; what is no digit before a number is passed over. */
static bool read_click(const char *query, struct spot *click)
{
    const char *comma = query != NULL ? strchr(query, ',') : NULL;
    const char *digit;

    if (comma == NULL) {
        return false;
    }
    digit = query + strcspn(query, "0123456789");
    if (digit > comma) {
        return false;
    }
    click->x = strtod(digit, NULL);
    digit = comma + strcspn(comma, "0123456789");
    if (*digit == '\0') {
        return false;
    }
    click->y = strtod(digit, NULL);
    return click->x != 0 || click->y != 0;      /* lynx: 0,0 is no click */
}

/* ---- hitting areas */

static double square_distance(struct spot one, struct spot other)
{
    return (one.x - other.x) * (one.x - other.x)
        + (one.y - other.y) * (one.y - other.y);
}

static bool is_between(double value, double one, double other)
{
    return one < other ? one <= value && value <= other
                       : other <= value && value <= one;
}

static bool is_in_rect(const struct area *area, struct spot at)
{
    return area->count >= 2
        && is_between(at.x, area->corners[0].x, area->corners[1].x)
        && is_between(at.y, area->corners[0].y, area->corners[1].y);
}

static bool is_in_circle(const struct area *area, struct spot at)
{
    return area->count >= 2
        && square_distance(area->corners[0], at)
            <= square_distance(area->corners[0], area->corners[1]);
}

/* On which side of the line from one to other: 0 is on it. */
static double side_of(struct spot at, struct spot one, struct spot other)
{
    return (other.x - one.x) * (at.y - one.y)
        - (other.y - one.y) * (at.x - one.x);
}

/* A ray to the right crosses the border an odd number of times; points on
 * the border belong to the polygon. */
static bool is_in_poly(const struct area *area, struct spot at)
{
    bool in = false;

    for (int i = 0; i < area->count; i++) {
        struct spot one = area->corners[i];
        struct spot other = area->corners[(i + 1) % area->count];
        double side = side_of(at, one, other);

        if (side == 0 && is_between(at.x, one.x, other.x)
            && is_between(at.y, one.y, other.y)) {
            return true;
        }
        if ((one.y > at.y) != (other.y > at.y)
            && (other.y > one.y) == (side > 0)) {
            in = !in;
        }
    }
    return in;
}

static const struct {
    const char *kind;
    bool (*is_in)(const struct area *, struct spot);
} shapes[] = {
    { "poly", is_in_poly }, { "circle", is_in_circle }, { "rect", is_in_rect },
};

static bool is_hit(const struct area *area, struct spot at)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (ap_cstr_casecmp(area->kind, shapes[i].kind) == 0) {
            return shapes[i].is_in(area, at);
        }
    }
    return false;
}

/* ---- values to URLs */

static bool is_one_of(const char *word, const char *one, const char *other)
{
    return ap_cstr_casecmp(word, one) == 0
        || ap_cstr_casecmp(word, other) == 0;
}

static bool has_scheme(const char *url)
{
    while (apr_isalpha(*url)) {
        url++;
    }
    return *url == ':';
}

static bool starts_with_up(const char *path)
{
    return strncmp(path, "..", 2) == 0 && (path[2] == '/' || path[2] == '\0');
}

/* Where the path of a URL begins, which may be at its end. */
static size_t path_offset(const char *url)
{
    const char *host = strstr(url, "://");
    const char *path;

    if (host != NULL) {
        host += 3;
    }
    else {
        host = strncmp(url, "//", 2) == 0 ? url + 2 : url;
    }
    path = host + strcspn(host, "/");
    return path - url;
}

/* Join "../../x" to a base, from whose path the file name is cut already;
 * NULL: it leads out of the root. */
static const char *climb(request_rec *r, char *base, size_t root,
                         const char *value)
{
    char *path = base + root;
    size_t len = strlen(path);

    if (len == 0) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, APR_SUCCESS, r, APLOGNO(00677)
                      "\"%s\" of map \"%s\" needs a base with a path, not "
                      "\"%s\"", value, r->uri, base);
        return NULL;
    }
    if (len > 1) {
        path[len - 1] = '\0';
    }
    while (starts_with_up(value)) {
        char *slash = strrchr(path, '/');

        if (slash == NULL) {
            ap_log_rerror(APLOG_MARK, APLOG_ERR, APR_SUCCESS, r,
                          APLOGNO(00678)
                          "a value of map \"%s\" has more \"..\" than its "
                          "base has directories", r->uri);
            return NULL;
        }
        *slash = '\0';
        value += 2;
        if (starts_with_up(value + (*value == '/'))) {
            value++;
        }
    }
    return apr_pstrcat(r->pool, base, value, NULL);
}

static const char *join(request_rec *r, const char *base, const char *value)
{
    size_t root = path_offset(base);
    char *start;
    char *slash;

    if (*value == '/') {
        return apr_pstrcat(r->pool, apr_pstrmemdup(r->pool, base, root),
                           value, NULL);
    }
    start = apr_pstrdup(r->pool, base);
    slash = strrchr(start + root, '/');
    if (slash != NULL) {
        slash[1] = '\0';
    }
    return starts_with_up(value) ? climb(r, start, root, value)
                                 : apr_pstrcat(r->pool, start, value, NULL);
}

/* The URL for a value (or the words error and nocontent as they are);
 * relative ones stay so without a base.  NULL: the map is wrong. */
static const char *resolve(request_rec *r, const char *base,
                           const char *value)
{
    if (is_one_of(value, "map", "menu")) {
        return ap_construct_url(r->pool, r->uri, r);
    }
    if (is_one_of(value, "nocontent", "error")) {
        return value;
    }
    if (ap_cstr_casecmp(value, "referer") == 0) {
        const char *referer = apr_table_get(r->headers_in, "Referer");

        if (referer != NULL && *referer != '\0') {
            return referer;
        }
        if (base == NULL) {
            return ap_construct_url(r->pool, "/", r);
        }
        value = "";
    }
    if (base == NULL || has_scheme(value)) {
        return value;
    }
    return join(r, base, value);
}

static int send_answer(request_rec *r, const char *url)
{
    if (url == NULL || ap_cstr_casecmp(url, "error") == 0) {
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    if (ap_cstr_casecmp(url, "nocontent") == 0) {
        return HTTP_NO_CONTENT;
    }
    apr_table_setn(r->headers_out, "Location", url);
    return HTTP_MOVED_TEMPORARILY;
}

/* ---- menus */

static void start_menu(struct walk *walk)
{
    request_rec *r = walk->r;
    const char *title = ap_escape_html(r->pool, r->uri);

    ap_set_content_type(r, "text/html; charset=ISO-8859-1");
    ap_rvputs(r, DOCTYPE_HTML_4_01 "\n<html><head>\n<title>Menu for ", title,
              "</title>\n</head><body>\n", NULL);
    if (walk->menu == MENU_FORMATTED) {
        ap_rvputs(r, "<h1>Menu for ", title, "</h1>\n<hr />\n\n", NULL);
    }
}

static void end_menu(struct walk *walk)
{
    ap_rputs("\n\n</body>\n</html>\n", walk->r);
}

static void show_comment(struct walk *walk, const char *line)
{
    request_rec *r = walk->r;

    if (walk->menu == MENU_FORMATTED) {
        ap_rputs("\n", r);
    }
    else if (*line == '\0') {
        ap_rputs(walk->menu == MENU_SEMI ? "<br />\n" : "\n", r);
    }
    else if (line[1] != '\0') {
        ap_rvputs(r, line + 1, "\n", NULL);     /* may be HTML: the map's */
    }
}

static void show_item(struct walk *walk, bool is_default, const char *url,
                      const char *text)
{
    request_rec *r = walk->r;

    if (is_one_of(url, "nocontent", "error")) {
        return;
    }
    if (walk->menu != MENU_PLAIN) {
        ap_rputs(is_default ? "<pre>(Default) " : "<pre>          ", r);
    }
    ap_rvputs(r, "<a href=\"", ap_escape_uri(r->pool, url), "\">",
              ap_escape_html(r->pool, text), "</a>", NULL);
    if (walk->menu != MENU_PLAIN) {
        ap_rputs("</pre>\n", r);
    }
}

/* ---- the walk: each step says DECLINED to go on with the next line */

/* Something is wrong; a menu that has begun is closed with a word on it. */
static int break_off(struct walk *walk)
{
    if (walk->menu == MENU_NONE) {
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    ap_rputs("\n\n[an internal server error occured]\n", walk->r);
    end_menu(walk);
    return OK;
}

static int take_default(struct walk *walk, const struct area *area)
{
    request_rec *r = walk->r;
    const char *url;

    walk->fallback = resolve(r, NULL, area->value);
    if (walk->menu == MENU_NONE) {
        return DECLINED;
    }
    url = resolve(r, walk->base, walk->fallback);
    if (url == NULL) {
        return break_off(walk);
    }
    show_item(walk, true, url, area->text != NULL ? area->text
                                                  : walk->fallback);
    return DECLINED;
}

static int list_area(struct walk *walk, const struct area *area)
{
    const char *url = resolve(walk->r, walk->base, area->value);

    if (url == NULL) {
        return break_off(walk);
    }
    show_item(walk, false, url, area->text != NULL ? area->text
                                                   : area->value);
    return DECLINED;
}

static int try_area(struct walk *walk, const struct area *area)
{
    double distance;

    if (is_hit(area, walk->click)) {
        return send_answer(walk->r, resolve(walk->r, walk->base,
                                            area->value));
    }
    if (ap_cstr_casecmp(area->kind, "point") == 0 && area->count > 0) {
        distance = square_distance(area->corners[0], walk->click);
        if (walk->nearest == NULL || distance < walk->distance) {
            walk->nearest = area->value;
            walk->distance = distance;
        }
    }
    return DECLINED;
}

static int take_area(struct walk *walk, const struct area *area)
{
    if (is_one_of(area->kind, "base", "base_uri")) {
        walk->base = resolve(walk->r, NULL, area->value);
        return DECLINED;
    }
    if (ap_cstr_casecmp(area->kind, "default") == 0) {
        return take_default(walk, area);
    }
    if (walk->menu != MENU_NONE) {
        return list_area(walk, area);
    }
    return walk->clicked ? try_area(walk, area) : DECLINED;
}

static int take_line(struct walk *walk, apr_pool_t *p, const char *line,
                     const ap_configfile_t *map)
{
    struct area area;

    if (*line == '\0' || *line == '#') {
        if (walk->menu != MENU_NONE) {
            show_comment(walk, line);
        }
        return DECLINED;
    }
    if (!read_line(p, line, &area)) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, APR_SUCCESS, walk->r,
                      APLOGNO(00679) "line %u of map \"%s\" needs a value "
                      "after \"%s\"", map->line_number, walk->r->uri,
                      area.kind);
        return break_off(walk);
    }
    return take_area(walk, &area);
}

static int finish(struct walk *walk)
{
    request_rec *r = walk->r;
    const char *value = walk->nearest != NULL ? walk->nearest
                                              : walk->fallback;

    if (walk->menu != MENU_NONE) {
        end_menu(walk);
        return OK;
    }
    return send_answer(r, resolve(r, walk->base, value));
}

static int walk_map(struct walk *walk, ap_configfile_t *map)
{
    char line[MAX_STRING_LEN];
    int answer = DECLINED;

    while (answer == DECLINED
           && ap_cfg_getline(line, sizeof line, map) == APR_SUCCESS) {
        answer = take_line(walk, walk->r->pool, line, map);
    }
    return answer == DECLINED ? finish(walk) : answer;
}

static bool is_ours(const request_rec *r)
{
    return r->handler != NULL
        && (strcmp(r->handler, "imap-file") == 0
            || strcmp(r->handler, "application/x-httpd-imap") == 0);
}

static int imagemap_handler(request_rec *r)
{
    const struct imagemap_dir *dir;
    struct walk walk = { .r = r };
    ap_configfile_t *map;
    apr_status_t rv;
    int answer;

    if (r->method_number != M_GET || !is_ours(r)) {
        return DECLINED;
    }
    rv = ap_pcfg_openfile(&map, r->pool, r->filename);
    if (rv != APR_SUCCESS) {
        return HTTP_NOT_FOUND;
    }
    dir = ap_get_module_config(r->per_dir_config, &imagemap_module);
    walk.base = resolve(r, NULL, dir->base != NULL ? dir->base : "map");
    walk.fallback = resolve(r, NULL, dir->fallback != NULL ? dir->fallback
                                                           : "nocontent");
    walk.clicked = read_click(r->args, &walk.click);
    walk.menu = walk.clicked ? MENU_NONE
        : dir->menu == MENU_UNSET ? MENU_FORMATTED : dir->menu;
    if (walk.menu != MENU_NONE) {
        start_menu(&walk);
    }
    answer = walk_map(&walk, map);
    ap_cfg_closefile(map);
    return answer;
}

static const command_rec imagemap_directives[] = {
    AP_INIT_TAKE1("ImapBase", ap_set_string_slot,
        (void *)offsetof(struct imagemap_dir, base), OR_INDEXES,
        "where relative URLs of maps start: map, referer or a URL"),
    AP_INIT_TAKE1("ImapDefault", ap_set_string_slot,
        (void *)offsetof(struct imagemap_dir, fallback), OR_INDEXES,
        "for clicks beside all areas: error, nocontent, map, referer or a "
        "URL"),
    AP_INIT_TAKE1("ImapMenu", imagemap_set_menu, NULL, OR_INDEXES,
        "what to show without a click: none, formatted, semiformatted or "
        "unformatted"),
    { 0 }
};

static void imagemap_register_hooks(apr_pool_t *)
{
    ap_hook_handler(imagemap_handler, NULL, NULL, APR_HOOK_MIDDLE);
}

AP_DECLARE_MODULE(imagemap) = {
    STANDARD20_MODULE_STUFF, imagemap_create_dir, imagemap_merge_dir, NULL,
    NULL, imagemap_directives, imagemap_register_hooks, AP_MODULE_FLAG_NONE
};
