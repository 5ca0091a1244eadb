libcleat_a_SOURCES += \
    server/vhost/vhost.h \
    server/vhost/address.c \
    server/vhost/dump.c \
    server/vhost/host.c \
    server/vhost/match.c \
    server/vhost/names.c \
    server/vhost/table.c
