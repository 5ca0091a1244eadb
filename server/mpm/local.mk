# SPDX-License-Identifier: Apache-2.0
libcleat_a_SOURCES += \
    server/mpm/mpm.h \
    server/mpm/accept.c \
    server/mpm/children.c \
    server/mpm/crash.c \
    server/mpm/generation_count.c \
    server/mpm/identity.c \
    server/mpm/mpm_directives.c \
    server/mpm/mpm_query.c \
    server/mpm/pod.c \
    server/mpm/restart_check.c \
    server/mpm/rlimit.c \
    server/mpm/scoreboard.c \
    server/mpm/scoreboard_update.c \
    server/mpm/signal.c \
    server/mpm/suexec.c \
    server/mpm/wake.c
