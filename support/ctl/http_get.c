/* SPDX-License-Identifier: Apache-2.0 */
/* http_get.c -- one page over plain HTTP/1.0, so that its body is all that
 * comes until the server closes.
 */
#include "ctl.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PATIENCE = 10, BLOCK = 8192 };

struct url {
    char host[256];
    char port[8];
    char path[1024];
};

static bool parse_url(struct url *url, const char *text)
{
    strcpy(url->port, "80");
    strcpy(url->path, "/");
    return sscanf(text, "http://%255[^:/]:%7[0-9]%1023s", url->host, url->port,
                  url->path) >= 2
           || sscanf(text, "http://%255[^:/]%1023s", url->host,
                     url->path) >= 1;
}

/* Addresses of the host; "localhost" is known even to a machine that has no
 * hosts file (RFC 6761 section 6.3). */
static struct addrinfo *look_up(const struct url *url)
{
    struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found;

    if (getaddrinfo(url->host, url->port, &hints, &found) == 0) {
        return found;
    }
    if (strcmp(url->host, "localhost") == 0
        && getaddrinfo("127.0.0.1", url->port, &hints, &found) == 0) {
        return found;
    }
    return NULL;
}

static int connect_to(const struct url *url)
{
    struct timeval patience = { PATIENCE, 0 };
    struct addrinfo *found = look_up(url);
    struct addrinfo *each;
    int fd = -1;

    if (found == NULL) {
        return -1;
    }
    for (each = found; each && fd < 0; each = each->ai_next) {
        fd = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
        if (fd >= 0 && connect(fd, each->ai_addr, each->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(found);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }
    return fd;
}

/* Everything until the other side closes; NULL if it breaks off. */
static char *read_all(int fd)
{
    char *text = NULL;
    size_t length = 0;
    ssize_t got;

    do {
        char *longer = realloc(text, length + BLOCK + 1);

        if (!longer) {
            free(text);
            return NULL;
        }
        text = longer;
        got = read(fd, text + length, BLOCK);
        length += got > 0 ? (size_t)got : 0;
    } while (got > 0);
    text[length] = '\0';
    if (got < 0) {
        free(text);
        return NULL;
    }
    return text;
}

static char *ask(const struct url *url, int fd)
{
    char head[1400];
    int length = snprintf(head, sizeof head, "GET %s HTTP/1.0\r\nHost: %s\r\n"
                          "User-Agent: cleatctl\r\n\r\n", url->path,
                          url->host);

    if (send(fd, head, (size_t)length, MSG_NOSIGNAL) != length) {
        return NULL;
    }
    return read_all(fd);
}

/* The body of a whole answer, moved to its front. */
static char *body_of(char *answer, const char *url)
{
    char *body = strstr(answer, "\r\n\r\n");
    int status = 0;

    sscanf(answer, "HTTP/%*s %d", &status);
    if (status != 200 || !body) {
        fprintf(stderr, "cleatctl: \"%s\" was answered with status %d; is "
                "mod_status loaded, and are you allowed to see it?\n", url,
                status);
        free(answer);
        return NULL;
    }
    memmove(answer, body + 4, strlen(body + 4) + 1);
    return answer;
}

char *ctl_http_get(const char *text)
{
    struct url url;
    char *answer = NULL;
    int fd;

    if (!parse_url(&url, text)) {
        fprintf(stderr, "cleatctl: CLEAT_STATUSURL needs the form "
                "http://host:port/path, not \"%s\"\n", text);
        return NULL;
    }
    fd = connect_to(&url);
    if (fd >= 0) {
        answer = ask(&url, fd);
        close(fd);
    }
    if (!answer) {
        fprintf(stderr, "cleatctl: no answer from \"%s\"; is the server "
                "running?\n", text);
        return NULL;
    }
    return body_of(answer, text);
}
