libcleat_a_SOURCES += \
    server/config/config.h \
    server/config/source.c \
    server/config/word.c \
    server/config/define.c \
    server/config/tree.c \
    server/config/walk.c \
    server/config/command.c \
    server/config/context.c \
    server/config/slots.c \
    server/config/condition.c \
    server/config/include.c \
    server/config/paths.c \
    server/config/vector.c \
    server/config/loglevels.c \
    server/config/modules.c \
    server/config/prelinked.c \
    server/config/mod_so.c \
    server/config/retained.c \
    server/config/show.c \
    server/config/unknown.c \
    server/config/directive_index.c \
    server/config/read.c \
    server/config/hooks.c \
    server/config/section.c \
    server/config/override.c \
    server/config/core_dir.c \
    server/config/core_server.c
