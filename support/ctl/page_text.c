/* SPDX-License-Identifier: Apache-2.0 */
/* page_text.c -- a page of HTML as text: tags away, a line for each block,
 * a gap for each cell, entities as characters, runs of space as one.
 */
#include "ctl.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum space { NONE, BLANK, CELL, LINE };

struct page {
    enum space pending;                 /* comes before the next letter */
    bool begun;                         /* a letter was printed */
    bool keep;                          /* inside <pre> */
    bool hidden;                        /* inside <style> or <script> */
};

static void want(struct page *page, enum space space)
{
    if (space > page->pending) {
        page->pending = space;
    }
}

static void letter(struct page *page, int c)
{
    static const char *const spaces[] = { "", " ", "  ", "\n" };

    if (page->hidden) {
        return;
    }
    if (isspace(c) && !(page->keep && c == '\n')) {
        want(page, BLANK);
        return;
    }
    if (page->begun) {
        fputs(spaces[page->pending], stdout);
    }
    page->begun = true;
    page->pending = NONE;
    putchar(c);
}

static bool is_one_of(const char *name, size_t length, const char *list)
{
    for (; *list; list += strlen(list) + 1) {
        if (strlen(list) == length && strncasecmp(list, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* At a '<'; returns what follows the tag. */
static const char *tag(struct page *page, const char *at)
{
    bool end = at[1] == '/';
    const char *name = at + 1 + end;
    size_t length = strcspn(name, " \t\r\n/>");

    if (is_one_of(name, length, "style\0script\0")) {
        page->hidden = !end;
    }
    else if (is_one_of(name, length, "pre\0")) {
        page->keep = !end;
        want(page, LINE);
    }
    else if (is_one_of(name, length, "td\0th\0")) {
        want(page, CELL);
    }
    else if (is_one_of(name, length, "p\0br\0hr\0h1\0h2\0h3\0h4\0dl\0dt\0dd\0"
                       "ul\0li\0table\0tr\0div\0body\0address\0title\0")) {
        want(page, LINE);
    }
    at = strchr(name, '>');
    return at ? at + 1 : name + strlen(name);
}

/* At an '&'; returns what follows the entity. */
static const char *entity(struct page *page, const char *at)
{
    static const struct {
        const char *name;
        char is;
    } known[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
        { "&quot;", '"' }, { "&#39;", '\'' }, { "&nbsp;", ' ' }, { 0 }
    };

    for (int i = 0; known[i].name; i++) {
        size_t length = strlen(known[i].name);

        if (strncmp(at, known[i].name, length) == 0) {
            letter(page, known[i].is);
            return at + length;
        }
    }
    letter(page, '&');
    return at + 1;
}

void ctl_print_page(const char *html)
{
    struct page page = { 0 };

    while (*html) {
        if (*html == '<') {
            html = tag(&page, html);
        }
        else if (*html == '&') {
            html = entity(&page, html);
        }
        else {
            letter(&page, (unsigned char)*html++);
        }
    }
    putchar('\n');
}
