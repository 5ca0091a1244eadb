libcleat_a_SOURCES += \
    server/log/assert.c \
    server/log/data.c \
    server/log/error_log.c \
    server/log/format.c \
    server/log/format_items.c \
    server/log/id.c \
    server/log/level.c \
    server/log/open.c \
    server/log/pid.c \
    server/log/piped.c
