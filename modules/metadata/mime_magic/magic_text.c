/* SPDX-License-Identifier: Apache-2.0 */
/* Guesses where no rule matches: tar archives by their checksum, some sorts
 * of text by how they begin or by a word that gives them away.
 */
#include "mime_magic.h"

#include <stdlib.h>
#include <string.h>

#include "apr_lib.h"

#define TAR_HEADER 512
#define TAR_CHECKSUM 148
#define TAR_CHECKSUM_SIZE 8

/* Words are looked for in this much of the file. */
#define TEXT_WINDOW 1024

static bool is_tar(const unsigned char *data, size_t size)
{
    char field[TAR_CHECKSUM_SIZE + 1] = { 0 };
    unsigned long sum = 0;
    char *end;

    if (size < TAR_HEADER) {
        return false;
    }
    memcpy(field, data + TAR_CHECKSUM, TAR_CHECKSUM_SIZE);
    for (size_t i = 0; i < TAR_HEADER; i++) {
        bool in_checksum = i >= TAR_CHECKSUM
            && i < TAR_CHECKSUM + TAR_CHECKSUM_SIZE;

        sum += in_checksum ? ' ' : data[i];     /* POSIX pax, ustar header */
    }
    return strtoul(field, &end, 8) == sum && end != field;
}

/* A request line of troff: a dot and a name of two characters. */
static bool is_troff(const char *text)
{
    if (*text++ != '.') {
        return false;
    }
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    return apr_isalnum(text[0]) && apr_isalnum(text[1]);
}

/* A comment line of old Fortran. */
static bool is_fortran(const char *text)
{
    return (*text == 'c' || *text == 'C') && apr_isspace(text[1]);
}

static const char *type_of_word(const char *word)
{
    static const struct { const char *word, *type; } words[] = {
        { "<!--", "text/html" }, { "<h1>", "text/html" },
        { "<H1>", "text/html" }, { "<head>", "text/html" },
        { "<HEAD>", "text/html" }, { "<html>", "text/html" },
        { "<HTML>", "text/html" }, { "<title>", "text/html" },
        { "<TITLE>", "text/html" },
        { "Cc:", "message/rfc822" }, { ">From", "message/rfc822" },
        { "Received:", "message/rfc822" },
        { "Return-Path:", "message/rfc822" },
        { "Newsgroups:", "message/news" },
        { "Organization:", "message/news" }, { "Path:", "message/news" },
        { "the", "text/plain" }, { "The", "text/plain" },
        { "#include", "text/plain" }, { "/*", "text/plain" },
        { "char", "text/plain" }, { "double", "text/plain" },
        { "extern", "text/plain" }, { "float", "text/plain" },
        { "real", "text/plain" }, { "struct", "text/plain" },
        { "union", "text/plain" }, { "dcl", "text/plain" },
        { "CFLAGS", "text/plain" }, { "LDFLAGS", "text/plain" },
        { "all:", "text/plain" }, { ".PRECIOUS", "text/plain" },
        { ".ascii", "text/plain" }, { ".asciiz", "text/plain" },
        { ".byte", "text/plain" }, { ".globl", "text/plain" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i].word) == 0) {
            return words[i].type;
        }
    }
    return NULL;
}

const char *magic_guess_text(const unsigned char *data, size_t size)
{
    static const char delimiters[] = " \t\n\r\f";
    char text[TEXT_WINDOW + 1];
    char *word = text;

    if (is_tar(data, size)) {
        return "application/x-tar";
    }
    if (size > TEXT_WINDOW) {
        size = TEXT_WINDOW;
    }
    memcpy(text, data, size);
    text[size] = '\0';                  /* text holds no NUL: stop at one */
    if (is_troff(text)) {
        return "application/x-troff";
    }
    if (is_fortran(text)) {
        return "text/plain";
    }
    for (;;) {
        const char *type;
        size_t length;
        bool is_last;

        word += strspn(word, delimiters);
        length = strcspn(word, delimiters);
        is_last = word[length] == '\0';
        word[length] = '\0';
        type = type_of_word(word);
        if (type != NULL || is_last) {
            return type;
        }
        word += length + 1;
    }
}
