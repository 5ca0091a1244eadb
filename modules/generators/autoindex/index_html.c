/* SPDX-License-Identifier: Apache-2.0 */
/* index_html.c -- the page: head, header document, listing, readme, foot.
 *
 * The bytes are a contract: scripts parse these listings.  A plain listing is
 * a list, a fancy one preformatted columns or a table.
 */
#include "autoindex.h"

#include <string.h>

#include "http_core.h"
#include "http_log.h"
#include "http_protocol.h"
#include "http_request.h"

#include "apr_strings.h"

APLOG_USE_MODULE(autoindex);

#define HTML_DOCTYPE \
    "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" " \
    "\"http://www.w3.org/TR/html4/strict.dtd\">\n"
#define XHTML_DOCTYPE \
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\"\n" \
    "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"

/* What every part of the page needs. */
struct page {
    request_rec *r;
    const struct index_view *view;
    const char *tag_end;            /* ">" or " />" */
    const char *title;              /* escaped URL of the directory */
    int name_width;
    int description_width;
};

static bool wants(const struct page *page, unsigned options)
{
    return (page->view->options & options) != 0;
}

static bool has_style(const struct page *page)
{
    return page->view->dir->style_sheet != NULL;
}

static void put(const struct page *page, const char *text)
{
    ap_rputs(text, page->r);
}

static void put_spaces(const struct page *page, int count)
{
    static const char spaces[] = "                                ";

    while (count > 0) {
        int now = count < (int)sizeof spaces - 1 ? count
                                                 : (int)sizeof spaces - 1;

        ap_rwrite(spaces, now, page->r);
        count -= now;
    }
}

/* ---- head and foot */

static void write_head(const struct page *page)
{
    const struct index_dir *dir = page->view->dir;
    request_rec *r = page->r;

    if (wants(page, INDEX_XHTML)) {
        put(page, XHTML_DOCTYPE
                  "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n");
    }
    else {
        put(page, HTML_DOCTYPE "<html>\n");
    }
    ap_rvputs(r, " <head>\n  <title>Index of ", page->title, "</title>\n",
              NULL);
    if (dir->style_sheet != NULL) {
        ap_rvputs(r, "  <link rel=\"stylesheet\" href=\"", dir->style_sheet,
                  "\" type=\"text/css\"", page->tag_end, "\n", NULL);
    }
    if (dir->head_insert != NULL) {
        put(page, dir->head_insert);
    }
    put(page, " </head>\n <body>\n");
}

static void write_title(const struct page *page)
{
    ap_rvputs(page->r, has_style(page) ? "  <h1 id=\"indextitle\">"
                                       : "<h1>",
              "Index of ", page->title, "</h1>\n", NULL);
}

/* ---- the documents above and below */

static bool is_type(const request_rec *sub, const char *type)
{
    return sub->content_type != NULL
        && ap_cstr_casecmpn(sub->content_type, type, strlen(type)) == 0;
}

/* A file of plain text, escaped. */
static bool write_text(const struct page *page, const request_rec *sub)
{
    char line[MAX_STRING_LEN];
    apr_file_t *file;

    if (apr_file_open(&file, sub->filename, APR_READ | APR_BUFFERED,
                      APR_OS_DEFAULT, page->r->pool) != APR_SUCCESS) {
        return false;
    }
    put(page, "<pre>\n");
    while (apr_file_gets(line, sizeof line, file) == APR_SUCCESS) {
        put(page, ap_escape_html(page->r->pool, line));
    }
    apr_file_close(file);
    put(page, "</pre>\n");
    return true;
}

static request_rec *look_up(const struct page *page, const char *name)
{
    request_rec *sub;

    if (name == NULL) {
        return NULL;
    }
    sub = ap_sub_req_lookup_uri(name, page->r, page->r->output_filters);
    if (sub->status == HTTP_OK && is_type(sub, "text/")) {
        return sub;
    }
    ap_destroy_sub_req(sub);
    return NULL;
}

/* What this page has written waits in a filter that may have come after the
 * look-up: lead the sub-request's output through it, to keep the order.
 */
static bool run(const struct page *page, request_rec *sub)
{
    ap_filter_t *f = sub->output_filters;

    while (f != NULL && (f->r != sub
                         || f->frec != ap_subreq_core_filter_handle)) {
        f = f->next;
    }
    if (f != NULL) {
        f->next = page->r->output_filters;
    }
    return ap_run_sub_req(sub) == OK;
}

static void write_top(const struct page *page)
{
    request_rec *sub = look_up(page, page->view->dir->header);
    bool is_html = sub != NULL && is_type(sub, "text/html");
    bool has_head = !is_html || !wants(page, INDEX_NO_PREAMBLE);
    bool written;

    if (has_head) {
        write_head(page);
    }
    written = sub != NULL && (is_html ? run(page, sub)
                                      : write_text(page, sub));
    if (!written && !has_head) {
        write_head(page);       /* the document did not bring one along */
    }
    if (!written) {
        write_title(page);
    }
    if (sub != NULL) {
        ap_destroy_sub_req(sub);
    }
}

static void write_bottom(const struct page *page)
{
    request_rec *sub = look_up(page, page->view->dir->readme);
    bool written = false;
    bool close = true;

    if (sub != NULL && is_type(sub, "text/html")) {
        written = run(page, sub);
        close = !written || !wants(page, INDEX_NO_PREAMBLE);
    }
    else if (sub != NULL) {
        written = write_text(page, sub);
    }
    if (!written) {
        put(page, ap_psignature("", page->r));
    }
    if (close) {
        put(page, "</body></html>\n");
    }
    if (sub != NULL) {
        ap_destroy_sub_req(sub);
    }
}

/* ---- columns */

/* A column's heading, a link that sorts by it. */
static void write_heading(const struct page *page, const char *label,
                          enum index_key key)
{
    const struct index_view *view = page->view;
    char order[] = "?C=N;O=A";

    if (wants(page, INDEX_NO_SORT_LINKS | INDEX_IGNORE_CLIENT)) {
        put(page, label);
        return;
    }
    order[3] = (char)key;
    if (view->key == key && view->direction == ASCENDING) {
        order[7] = DESCENDING;
    }
    ap_rvputs(page->r, "<a href=\"", order, view->link_tail, "\">", label,
              "</a>", NULL);
}

static const char *href_of(const struct page *page,
                           const struct index_entry *entry)
{
    apr_pool_t *p = page->r->pool;

    return ap_escape_html(p, ap_os_escape_path(p, entry->name, 0));
}

static const char *label_of(const struct index_entry *entry)
{
    return entry->is_parent ? "Parent Directory" : entry->name;
}

static void write_icon(const struct page *page, const char *icon,
                       const char *alt)
{
    const struct index_dir *dir = page->view->dir;
    request_rec *r = page->r;

    ap_rvputs(r, "<img src=\"", ap_escape_html(r->pool, icon), "\" alt=\"",
              alt, "\"", NULL);
    if (dir->icon_width != 0) {
        ap_rprintf(r, " width=\"%d\"", dir->icon_width);
    }
    if (dir->icon_height != 0) {
        ap_rprintf(r, " height=\"%d\"", dir->icon_height);
    }
    put(page, page->tag_end);
}

static void write_entry_icon(const struct page *page,
                             const struct index_entry *entry,
                             const char *href)
{
    bool linked = wants(page, INDEX_ICONS_ARE_LINKS);

    if (linked) {
        ap_rvputs(page->r, "<a href=\"", href, "\">", NULL);
    }
    if (entry->icon != NULL) {
        write_icon(page, entry->icon,
                   apr_pstrcat(page->r->pool, "[",
                               entry->alt != NULL ? entry->alt : "   ", "]",
                               NULL));
    }
    else {
        put(page, wants(page, INDEX_TABLE) ? "&nbsp;" : "     ");
    }
    if (linked) {
        put(page, "</a>");
    }
}

/* At most width bytes of a name, "..>" at the end of what is cut. */
static const char *fit_name(apr_pool_t *p, const char *name, int width)
{
    int kept = width > 3 ? width - 3 : 0;

    return (int)strlen(name) <= width ? name
        : apr_pstrcat(p, apr_pstrmemdup(p, name, (apr_size_t)kept), "..>",
                      NULL);
}

/* The name as a link, cut or filled up to the column's width; a table whose
 * names may grow needs neither.
 */
static void write_name(const struct page *page,
                       const struct index_entry *entry, const char *href)
{
    bool fits_itself = wants(page, INDEX_TABLE)
        && page->view->dir->name_width.kind == WIDTH_GROW;
    apr_pool_t *p = page->r->pool;
    const char *label = label_of(entry);

    if (!fits_itself) {
        label = fit_name(p, label, page->name_width);
    }
    ap_rvputs(page->r, "<a href=\"", href, "\">", ap_escape_html(p, label),
              "</a>", NULL);
    if (!fits_itself) {
        put_spaces(page, page->name_width - (int)strlen(label));
    }
}

/* Past a tag, an entity or a byte. */
static const char *step_over(const char *at)
{
    if (*at == '<' || *at == '&') {
        at += strcspn(at, *at == '<' ? ">" : ";");
    }
    return *at != '\0' ? at + 1 : at;
}

/* Cut a description to the column's width: tags take no room in it and an
 * entity takes one place.  What is cut ends in ">", in place of its last byte.
 */
static const char *cut_description(apr_pool_t *p, const char *text, int width)
{
    const char *at = text;

    while (*at != '\0' && (width > 0 || *at == '<')) {
        width -= *at != '<';
        at = step_over(at);
    }
    if (at == text) {
        return "";
    }
    return *at == '\0' ? text
        : apr_pstrcat(p, apr_pstrmemdup(p, text, (apr_size_t)(at - text - 1)),
                      ">", NULL);
}

static const char *description_of(const struct page *page,
                                  const struct index_entry *entry)
{
    if (page->view->dir->description_width.kind == WIDTH_GROW) {
        return entry->description;
    }
    return cut_description(page->r->pool, entry->description,
                           page->description_width);
}

static const char *date_of(const struct page *page,
                           const struct index_entry *entry, char *buffer,
                           apr_size_t size)
{
    apr_time_exp_t when;
    apr_size_t len;

    apr_time_exp_lt(&when, entry->modified);
    apr_strftime(buffer, &len, size,
                 wants(page, INDEX_OLD_DATE) ? "%d-%b-%Y %H:%M  "
                                             : "%Y-%m-%d %H:%M  ", &when);
    return buffer;
}

/* ---- fancy listing as preformatted text */

static void write_pre_head(const struct page *page)
{
    const char *blank = index_blank_icon(page->view->dir);

    put(page, "<pre>");
    if (!wants(page, INDEX_NO_ICON)) {
        if (blank != NULL) {
            write_icon(page, blank, "Icon ");
            put(page, " ");
        }
        else {
            put(page, "      ");
        }
    }
    write_heading(page, "Name", KEY_NAME);
    put_spaces(page, page->name_width - 3);
    if (!wants(page, INDEX_NO_DATE)) {
        write_heading(page, "Last modified", KEY_DATE);
        put(page, "      ");
    }
    if (!wants(page, INDEX_NO_SIZE)) {
        write_heading(page, "Size", KEY_SIZE);
        put(page, "  ");
    }
    if (!wants(page, INDEX_NO_DESCRIPTION)) {
        write_heading(page, "Description", KEY_DESCRIPTION);
    }
    if (wants(page, INDEX_NO_RULES)) {
        put(page, "\n");
    }
    else {
        ap_rvputs(page->r, "<hr", page->tag_end, NULL);
    }
}

static void write_pre_row(const struct page *page,
                          const struct index_entry *entry)
{
    const char *href = href_of(page, entry);
    char buffer[MAX_STRING_LEN];

    if (!wants(page, INDEX_NO_ICON)) {
        write_entry_icon(page, entry, href);
        put(page, " ");
    }
    write_name(page, entry, href);
    put(page, " ");
    if (!wants(page, INDEX_NO_DATE)) {
        put(page, entry->modified == -1 ? "                   "
            : date_of(page, entry, buffer, sizeof buffer));
    }
    if (!wants(page, INDEX_NO_SIZE)) {
        ap_rvputs(page->r, apr_strfsize(entry->size, buffer), "  ", NULL);
    }
    if (!wants(page, INDEX_NO_DESCRIPTION) && entry->description != NULL) {
        put(page, description_of(page, entry));
    }
    put(page, "\n");
}

static void write_pre_foot(const struct page *page)
{
    if (!wants(page, INDEX_NO_RULES)) {
        ap_rvputs(page->r, "<hr", page->tag_end, NULL);
    }
    put(page, "</pre>\n");
}

/* ---- fancy listing as a table */

/* A cell's start: a class for style sheets, or what it looks like. */
static void open_cell(const struct page *page, const char *element,
                      const char *class, const char *plain)
{
    if (has_style(page)) {
        ap_rvputs(page->r, "<", element, " class=\"indexcol", class, "\">",
                  NULL);
    }
    else {
        ap_rvputs(page->r, "<", element, plain, ">", NULL);
    }
}

static void write_table_rule(const struct page *page, int columns)
{
    if (!wants(page, INDEX_NO_RULES)) {
        ap_rprintf(page->r, "   <tr%s><th colspan=\"%d\"><hr%s></th></tr>\n",
                   has_style(page) ? " class=\"indexbreakrow\"" : "", columns,
                   wants(page, INDEX_XHTML) ? " /" : "");
    }
}

static void write_table_heading(const struct page *page, const char *class,
                                const char *label, enum index_key key)
{
    open_cell(page, "th", class, "");
    write_heading(page, label, key);
    put(page, "</th>");
}

static int write_table_head(const struct page *page)
{
    const char *blank = index_blank_icon(page->view->dir);
    int columns = 1;

    put(page, has_style(page) ? "  <table id=\"indexlist\">\n"
                                "   <tr class=\"indexhead\">"
                              : "  <table>\n   <tr>");
    if (!wants(page, INDEX_NO_ICON)) {
        columns++;
        open_cell(page, "th", "icon", " valign=\"top\"");
        if (blank != NULL) {
            write_icon(page, blank, "[ICO]");
        }
        else {
            put(page, "&nbsp;");
        }
        put(page, "</th>");
    }
    write_table_heading(page, "name", "Name", KEY_NAME);
    if (!wants(page, INDEX_NO_DATE)) {
        columns++;
        write_table_heading(page, "lastmod", "Last modified", KEY_DATE);
    }
    if (!wants(page, INDEX_NO_SIZE)) {
        columns++;
        write_table_heading(page, "size", "Size", KEY_SIZE);
    }
    if (!wants(page, INDEX_NO_DESCRIPTION)) {
        columns++;
        write_table_heading(page, "desc", "Description", KEY_DESCRIPTION);
    }
    put(page, "</tr>\n");
    write_table_rule(page, columns);
    return columns;
}

static void open_row(const struct page *page, const struct index_entry *entry,
                     int number)
{
    const char *parity = number % 2 != 0 ? "odd" : "even";

    if (!has_style(page)) {
        put(page, "<tr>");
        return;
    }
    ap_rvputs(page->r, "   <tr class=\"", parity, NULL);
    if (wants(page, INDEX_ALT_CLASS) && entry->alt != NULL) {
        char *alt = apr_pstrdup(page->r->pool, entry->alt);

        ap_str_tolower(alt);
        ap_rvputs(page->r, "-", alt, NULL);
    }
    put(page, "\">");
}

static void write_table_row(const struct page *page,
                            const struct index_entry *entry, int number)
{
    const char *href = href_of(page, entry);
    char buffer[MAX_STRING_LEN];

    open_row(page, entry, number);
    if (!wants(page, INDEX_NO_ICON)) {
        open_cell(page, "td", "icon", " valign=\"top\"");
        write_entry_icon(page, entry, href);
        put(page, "</td>");
    }
    open_cell(page, "td", "name", "");
    write_name(page, entry, href);
    put(page, "</td>");
    if (!wants(page, INDEX_NO_DATE)) {
        bool known = entry->modified != -1;

        open_cell(page, "td", "lastmod", known ? " align=\"right\"" : "");
        ap_rvputs(page->r, known ? date_of(page, entry, buffer, sizeof buffer)
                                 : "&nbsp;", "</td>", NULL);
    }
    if (!wants(page, INDEX_NO_SIZE)) {
        open_cell(page, "td", "size", " align=\"right\"");
        ap_rvputs(page->r, apr_strfsize(entry->size, buffer), "</td>", NULL);
    }
    if (!wants(page, INDEX_NO_DESCRIPTION)) {
        open_cell(page, "td", "desc", "");
        put(page, entry->description != NULL ? description_of(page, entry)
                                             : "&nbsp;");
        put(page, "</td>");
    }
    put(page, "</tr>\n");
}

/* ---- listings */

static void write_plain(const struct page *page,
                        const apr_array_header_t *entries)
{
    put(page, "<ul>");
    for (int i = 0; i < entries->nelts; i++) {
        const struct index_entry *entry =
            APR_ARRAY_IDX(entries, i, const struct index_entry *);

        ap_rvputs(page->r, "<li><a href=\"", href_of(page, entry), "\"> ",
                  ap_escape_html(page->r->pool, label_of(entry)),
                  "</a></li>\n", NULL);
    }
    put(page, "</ul>\n");
}

static void write_pre(const struct page *page,
                      const apr_array_header_t *entries)
{
    write_pre_head(page);
    for (int i = 0; i < entries->nelts; i++) {
        write_pre_row(page, APR_ARRAY_IDX(entries, i, struct index_entry *));
    }
    write_pre_foot(page);
}

static void write_table(const struct page *page,
                        const apr_array_header_t *entries)
{
    int columns = write_table_head(page);

    for (int i = 0; i < entries->nelts; i++) {
        write_table_row(page, APR_ARRAY_IDX(entries, i, struct index_entry *),
                        i);
    }
    write_table_rule(page, columns);
    put(page, "</table>\n");
}

/* ---- widths */

static int name_width_of(const struct index_view *view,
                         const apr_array_header_t *entries)
{
    int width = view->dir->name_width.bytes;

    if (view->dir->name_width.kind != WIDTH_GROW) {
        return width;
    }
    for (int i = 0; i < entries->nelts; i++) {
        const struct index_entry *entry =
            APR_ARRAY_IDX(entries, i, const struct index_entry *);
        int len = (int)strlen(entry->name);     /* the parent: its URL */

        width = len > width ? len : width;
    }
    return width;
}

/* A description may use the room of the columns that are left out. */
static int description_width_of(const struct index_view *view)
{
    int width = view->dir->description_width.bytes;

    if (view->dir->description_width.kind == WIDTH_FIXED) {
        return width;
    }
    width += view->options & INDEX_NO_ICON ? 6 : 0;
    width += view->options & INDEX_NO_SIZE ? 7 : 0;
    width += view->options & INDEX_NO_DATE ? 19 : 0;
    return width;
}

static const char *title_of(request_rec *r)
{
    char *title = ap_escape_html(r->pool, r->uri);
    size_t len = strlen(title);

    while (len > 1 && title[len - 1] == '/') {
        title[--len] = '\0';
    }
    return title;
}

void index_write(request_rec *r, const struct index_view *view,
                 const apr_array_header_t *entries)
{
    struct page page = {
        .r = r,
        .view = view,
        .tag_end = view->options & INDEX_XHTML ? " />" : ">",
        .title = title_of(r),
        .name_width = name_width_of(view, entries),
        .description_width = description_width_of(view),
    };

    write_top(&page);
    if (view->options & INDEX_TABLE) {
        write_table(&page, entries);
    }
    else if (view->options & INDEX_FANCY) {
        write_pre(&page, entries);
    }
    else {
        write_plain(&page, entries);
    }
    write_bottom(&page);
}
