libcleat_a_SOURCES += \
    server/base/base.h \
    server/base/base64.c \
    server/base/cgi_env.c \
    server/base/cgi_headers.c \
    server/base/charset.c \
    server/base/cookie.c \
    server/base/debug.c \
    server/base/escape.c \
    server/base/fcgi.c \
    server/base/fnmatch.c \
    server/base/form.c \
    server/base/hostname.c \
    server/base/loadavg.c \
    server/base/md5.c \
    server/base/mutex.c \
    server/base/path.c \
    server/base/pool.c \
    server/base/process.c \
    server/base/provider.c \
    server/base/random.c \
    server/base/regex.c \
    server/base/regsub.c \
    server/base/rlimit.c \
    server/base/rxplus.c \
    server/base/split.c \
    server/base/status.c \
    server/base/string.c \
    server/base/thread.c \
    server/base/time.c \
    server/base/token.c \
    server/base/unescape.c \
    server/base/varbuf.c \
    server/base/xml.c

# base, part A
libcleat_a_SOURCES += \
    server/base/base64.c \
    server/base/charset.c \
    server/base/cookie.c \
    server/base/escape.c \
    server/base/fnmatch.c \
    server/base/form.c \
    server/base/md5.c \
    server/base/path.c \
    server/base/random.c \
    server/base/regex.c \
    server/base/regsub.c \
    server/base/rxplus.c \
    server/base/split.c \
    server/base/string.c \
    server/base/time.c \
    server/base/token.c \
    server/base/unescape.c \
    server/base/varbuf.c
